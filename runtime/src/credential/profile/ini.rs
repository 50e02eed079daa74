//! The form of a credentials file: sections of `key = value`.
//!
//! As the official SDKs read it: keys in any case, `=` or `:` between key and
//! value, comments in lines of their own after `#` or `;`, nothing twice.
//! Values are borrowed from the text, so that no second copy of a secret is
//! made, and no problem holds any of the text.

use crate::credential::error::ProfileProblem;

/// A section and its entries.
#[derive(Debug)]
pub(super) struct Section<'a> {
    pub(super) name: &'a str,
    /// The line of its head, counted from 1.
    pub(super) line: usize,
    pub(super) entries: Vec<Entry<'a>>,
}

/// One `key = value`.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) key: &'a str,
    pub(super) value: &'a str,
    /// Its line, counted from 1.
    pub(super) line: usize,
}

impl Section<'_> {
    /// The entry of a key whose value is not empty.
    pub(super) fn get(&self, key: &str) -> Option<&Entry<'_>> {
        self.entries
            .iter()
            .find(|entry| entry.key.eq_ignore_ascii_case(key) && !entry.value.is_empty())
    }
}

/// Reads a file; on failure, the line and what is wrong with it.
pub(super) fn parse(text: &str) -> Result<Vec<Section<'_>>, (usize, ProfileProblem)> {
    // Editors of one system put this mark in front of UTF-8.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut sections: Vec<Section<'_>> = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        let content = content.trim();
        if content.is_empty() || content.starts_with(['#', ';']) {
            continue;
        }
        if content.starts_with('[') {
            let name = section_name(content).ok_or((line, ProfileProblem::NotReadable))?;
            if sections.iter().any(|section| section.name == name) {
                return Err((line, ProfileProblem::SectionTwice));
            }
            sections.push(Section {
                name,
                line,
                entries: Vec::new(),
            });
            continue;
        }
        let (key, value) = content
            .split_once(['=', ':'])
            .map(|(key, value)| (key.trim(), value.trim()))
            .filter(|(key, _)| !key.is_empty())
            .ok_or((line, ProfileProblem::NotReadable))?;
        let section = sections
            .last_mut()
            .ok_or((line, ProfileProblem::OutsideSections))?;
        let known = |entry: &Entry<'_>| entry.key.eq_ignore_ascii_case(key);
        if section.entries.iter().any(known) {
            return Err((line, ProfileProblem::KeyTwice));
        }
        section.entries.push(Entry { key, value, line });
    }
    Ok(sections)
}

/// The name in `[name]`, after which only a comment may stand.
fn section_name(content: &str) -> Option<&str> {
    let (name, rest) = content.strip_prefix('[')?.split_once(']')?;
    let (name, rest) = (name.trim(), rest.trim_start());
    (!name.is_empty() && (rest.is_empty() || rest.starts_with(['#', ';']))).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_official_sdks_read() {
        let sections = parse(
            "\u{feff}# comment\r\n[basic]\r\nAK = a=b:c\r\nsk: x # kept\r\n\r\n; comment\n\
             [ production ] # why\n  ak=2\nempty =\n",
        )
        .unwrap();
        let names: Vec<&str> = sections.iter().map(|section| section.name).collect();
        assert_eq!(names, ["basic", "production"]);
        let value = |section: usize, key| sections[section].get(key).map(|entry| entry.value);
        assert_eq!(value(0, "ak"), Some("a=b:c"));
        assert_eq!(value(0, "sk"), Some("x # kept"));
        assert_eq!(value(1, "ak"), Some("2"));
        assert_eq!(value(1, "empty"), None);
        assert_eq!(sections[1].line, 7);
        assert_eq!(sections[1].entries[0].line, 8);
    }

    #[test]
    fn what_it_cannot_read_has_a_line() {
        for (text, line, problem) in [
            ("ak = 1", 1, ProfileProblem::OutsideSections),
            ("[a]\nnothing", 2, ProfileProblem::NotReadable),
            ("[a]\n= x", 2, ProfileProblem::NotReadable),
            ("[a", 1, ProfileProblem::NotReadable),
            ("[]", 1, ProfileProblem::NotReadable),
            ("[a] b", 1, ProfileProblem::NotReadable),
            ("[a]\n[b]\n[a]", 3, ProfileProblem::SectionTwice),
            ("[a]\nak=1\nAK=2", 3, ProfileProblem::KeyTwice),
        ] {
            assert_eq!(parse(text).unwrap_err(), (line, problem), "{text}");
        }
    }

    #[test]
    fn no_text_panics() {
        proptest::proptest!(|(text in "[\\[\\]=:#; \\r\\n\\ta-cé]*")| {
            let _ = parse(&text);
        });
    }
}
