//! Telling the form of a page by what only that form has.

use super::lines::{Line, lines};
use super::{Form, bars, pipe, rst};

/// The form of a page. The content decides; the name only where the content leaves it open.
#[must_use]
pub fn detect(name: &str, text: &str) -> Form {
    let start = text.trim_start();
    // A file that lost its first brace is a broken definition and no page.
    if ends_with(name, &[".json"])
        || start.starts_with('{')
            && (start.contains("\"swagger\"") || start.contains("\"openapi\""))
    {
        return Form::Explorer;
    }
    let lines = lines(text);
    let headed = lines.iter().any(|line| is_hash_heading(line.text));
    if start.starts_with('<') && !headed {
        return Form::Html;
    }
    let tags = ["<table", "<td", "<tr"]
        .iter()
        .any(|tag| text.contains(tag));
    let cells_by_line = pipe::has_cell_lines(&lines) || bars::is_written(&lines);
    if !tags && !cells_by_line && is_restructured(&lines, headed) {
        return Form::Restructured;
    }
    if cells_by_line {
        Form::Pipe
    } else if headed || tags {
        Form::Markdown
    } else if pipe::has_rule(&lines) {
        Form::Pipe
    } else if ends_with(name, &[".html", ".htm"]) && text.contains("</") {
        Form::Html
    } else if ends_with(name, &[".md", ".markdown"]) {
        Form::Markdown
    } else if ends_with(name, &[".rst"]) {
        Form::Restructured
    } else {
        Form::Plain
    }
}

fn ends_with(name: &str, endings: &[&str]) -> bool {
    let name = name.to_ascii_lowercase();
    endings.iter().any(|ending| name.ends_with(ending))
}

/// Whether a line is a heading with `#`.
fn is_hash_heading(text: &str) -> bool {
    let level = text.chars().take_while(|c| *c == '#').count();
    (1..=6).contains(&level)
        && text
            .get(level..)
            .is_some_and(|rest| rest.starts_with(' ') && !rest.trim().is_empty())
}

/// Whether there is a directive, a drawn table, or headings that are underlined.
fn is_restructured(lines: &[Line<'_>], headed: bool) -> bool {
    let drawn = lines.iter().any(|line| {
        let text = line.trimmed();
        let directive = text.strip_prefix(".. ").is_some_and(|rest| {
            rest.contains("::") || (rest.starts_with('_') && rest.ends_with(':'))
        });
        directive || rst::is_grid_border(text) || rst::is_simple_border(text)
    });
    let underlined = || {
        lines
            .windows(2)
            .filter(|pair| match pair {
                [words, mark] => {
                    let known = mark.text.starts_with(['=', '-', '~']);
                    known
                        && rst::is_underline(mark.text)
                        && !words.is_blank()
                        && !words.text.starts_with([' ', '|'])
                        && mark.text.len() >= words.text.chars().count()
                }
                _ => false,
            })
            .count()
    };
    drawn || (!headed && underlined() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_tells_the_form() {
        let page = |text| detect("gauge.txt", text);
        assert_eq!(page("<!DOCTYPE html>\n<html></html>"), Form::Html);
        assert_eq!(page("{\n \"swagger\": \"2.0\"\n}"), Form::Explorer);
        assert_eq!(
            page("# Tides\n\n|Name|Type|\n|--|--|\n|tide|String|\n"),
            Form::Markdown
        );
        assert_eq!(
            page("# Tides<a name=\"t\"></a>\n\n<table><tr><td>tide</td></tr></table>\n"),
            Form::Markdown
        );
        assert_eq!(page("Tides\n=====\n\nURI\n---\n"), Form::Restructured);
        assert_eq!(page("Tides\n\n+---+\n| a |\n+---+\n"), Form::Restructured);
        assert_eq!(
            page("Tides\nName |\nType |\n---|---|\ntide |\nString |\n"),
            Form::Pipe
        );
        assert_eq!(
            page("Tides\nName | Type |\n---|---|\ntide | String |\n"),
            Form::Pipe
        );
        assert_eq!(
            page("Tides\n|\nName |\nType |\n|---|---|\n|\ntide |\nString |\n# a comment\n"),
            Form::Pipe
        );
        assert_eq!(page("Tides\n\nFunction\n\nReads tides.\n"), Form::Plain);
    }

    #[test]
    fn the_name_decides_only_what_is_left_open() {
        assert_eq!(detect("tide.md", "Tides come.\n"), Form::Markdown);
        assert_eq!(
            detect("tide.html", "Tides\n\nName |\nType |\n---|---|\n"),
            Form::Pipe
        );
    }
}
