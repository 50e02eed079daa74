//! Telling the form of a page by what only that form has.

use super::lines::{Line, lines};
use super::{FORMS, Form, reader};

/// How sure a file is written in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It is not.
    No,
    /// It may be: every text may.
    Perhaps,
    /// Its name says so.
    Named,
    /// It has what the form has, and others may have too.
    Likely,
    /// It has what only this form has.
    Sure,
}

impl Fit {
    /// Sure, or not.
    pub(super) fn sure(is: bool) -> Self {
        if is { Self::Sure } else { Self::No }
    }

    /// This, when it is so, or else the other.
    pub(super) fn or(self, is: bool, other: Self) -> Self {
        if self == Self::No && is { other } else { self }
    }
}

/// A file whose form is looked for.
pub(super) struct Source<'t> {
    name: String,
    pub(super) text: &'t str,
    pub(super) lines: Vec<Line<'t>>,
    /// Whether a line is a heading with `#`.
    pub(super) headed: bool,
    /// Whether there are tags of tables.
    pub(super) tags: bool,
}

impl Source<'_> {
    /// Whether the file's name ends in one of these.
    pub(super) fn is_named(&self, endings: &[&str]) -> bool {
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
    let mut best = (Fit::No, Form::Plain);
    for form in FORMS {
        let fit = reader(form).1(&source);
        if fit > best.0 {
            best = (fit, form);
        }
        if fit == Fit::Sure {
            break;
        }
    }
    best.1
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
