//! Telling the form of a page by what only that form has.

use super::lines::{Line, lines};
use super::words::is_rule;
use super::{Form, pipe, rst};

/// A form, and whether a file has what tells it.
type Sign = (Form, fn(&Source<'_>) -> bool);

/// What tells a form: the first that a page has. What only one form has comes first, then what others
/// may have too, and then the name.
const SIGNS: [Sign; 9] = [
    (Form::Explorer, is_definition),
    (Form::Html, |page| {
        page.text.trim_start().starts_with('<') && !page.headed
    }),
    (Form::Pipe, |page| pipe::is_written(&page.lines)),
    (Form::Restructured, |page| {
        !page.tags && rst::is_written(&page.lines, page.headed)
    }),
    (Form::Markdown, |page| page.headed || page.tags),
    (Form::Pipe, |page| {
        page.lines.iter().any(|line| is_rule(line.text))
    }),
    (Form::Html, |page| {
        page.is_named(&[".html", ".htm"]) && page.text.contains("</")
    }),
    (Form::Restructured, |page| page.is_named(&[".rst"])),
    (Form::Markdown, |page| page.is_named(&[".md", ".markdown"])),
];

/// A file whose form is looked for.
struct Source<'t> {
    name: String,
    text: &'t str,
    lines: Vec<Line<'t>>,
    /// Whether a line is a heading with `#`.
    headed: bool,
    /// Whether there are tags of tables.
    tags: bool,
}

impl Source<'_> {
    /// Whether the file's name ends in one of these.
    fn is_named(&self, endings: &[&str]) -> bool {
        endings.iter().any(|ending| self.name.ends_with(ending))
    }
}

/// The form of a page. The content decides; the name only where the content leaves it open.
#[must_use]
pub fn detect(name: &str, text: &str) -> Form {
    let lines = lines(text);
    let source = Source {
        name: name.to_ascii_lowercase(),
        text,
        headed: lines.iter().any(|line| is_hash_heading(line.text)),
        tags: ["<table", "<td", "<tr"]
            .iter()
            .any(|tag| text.contains(tag)),
        lines,
    };
    let mut signs = SIGNS.iter();
    let sign = signs.find(|(_, has)| has(&source));
    sign.map_or(Form::Plain, |(form, _)| *form)
}

/// Whether a file is a definition of the API Explorer.
fn is_definition(source: &Source<'_>) -> bool {
    let start = source.text.trim_start();
    // A file that lost its first brace is a broken definition and no page.
    let marked = start.starts_with('{')
        && ["\"swagger\"", "\"openapi\""]
            .iter()
            .any(|mark| start.contains(mark));
    marked || source.is_named(&[".json"])
}

/// Whether a line is a heading with `#`.
fn is_hash_heading(text: &str) -> bool {
    let level = text.chars().take_while(|c| *c == '#').count();
    (1..=6).contains(&level)
        && text
            .get(level..)
            .is_some_and(|rest| rest.starts_with(' ') && !rest.trim().is_empty())
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
