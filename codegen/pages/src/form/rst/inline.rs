//! The marks inside a line of reStructuredText: roles, literals, emphasis, links, escapes.

use crate::block::{Lines, Text, TextLink};

/// What may follow the end of a mark, so that the mark ends there.
fn ends_mark(next: Option<char>) -> bool {
    next.is_none_or(|c| {
        c.is_whitespace()
            || c == '\\'
            || !(c.is_alphanumeric() || matches!(c, '~' | '`' | '$' | '+' | '=' | '^' | '|' | '<'))
    })
}

/// What may stand before a mark, so that it begins one.
fn begins_mark(before: Option<char>) -> bool {
    before.is_none_or(|c| !c.is_alphanumeric() && c != '\\')
}

/// A text without its marks, and the links it holds.
fn resolve(text: &str) -> (String, Vec<TextLink>) {
    let source: Vec<char> = text.chars().collect();
    let mut reader = Reader {
        source: &source,
        out: String::with_capacity(text.len()),
        links: Vec::new(),
        exhausted: [false; 4],
    };
    reader.run();
    (reader.out, reader.links)
}

/// Words without their marks, and where they stand.
pub(super) fn text(words: &str, lines: Lines) -> Text {
    let (text, links) = resolve(words);
    Text { text, lines, links }
}

struct Reader<'a> {
    source: &'a [char],
    out: String,
    links: Vec<TextLink>,
    /// For each mark, whether it is known not to end any more; without it a line of opening marks
    /// would be searched again for each.
    exhausted: [bool; 4],
}

impl Reader<'_> {
    fn at(&self, index: usize) -> Option<char> {
        crate::steps::count(1);
        self.source.get(index).copied()
    }

    fn starts(&self, index: usize, mark: &str) -> bool {
        mark.chars()
            .enumerate()
            .all(|(offset, c)| self.at(index + offset) == Some(c))
    }

    fn run(&mut self) {
        let mut index = 0;
        while let Some(c) = self.at(index) {
            let before = index.checked_sub(1).and_then(|index| self.at(index));
            index = match c {
                '\\' => {
                    if let Some(next) = self.at(index + 1)
                        && !next.is_whitespace()
                    {
                        self.out.push(next);
                    }
                    index + 2
                }
                '`' | '*' | ':' if begins_mark(before) => self.mark(index).unwrap_or_else(|| {
                    self.out.push(c);
                    index + 1
                }),
                _ => {
                    self.out.push(c);
                    index + 1
                }
            };
        }
    }

    /// Reads the mark that begins here, and gives where it ends.
    fn mark(&mut self, index: usize) -> Option<usize> {
        if self.starts(index, "``") {
            let (inside, after) = self.enclosed(index, "``", 0, false)?;
            self.out.push_str(&inside);
            return Some(after);
        }
        if self.starts(index, "**") {
            let (inside, after) = self.enclosed(index, "**", 1, true)?;
            self.out.push_str(&unescape(&inside));
            return Some(after);
        }
        if self.starts(index, "*") {
            let (inside, after) = self.enclosed(index, "*", 2, true)?;
            self.out.push_str(&unescape(&inside));
            return Some(after);
        }
        if self.starts(index, "`") {
            let (inside, after) = self.enclosed(index, "`", 3, true)?;
            let underscores = (after..after + 2)
                .take_while(|index| self.at(*index) == Some('_'))
                .count();
            self.reference(&inside, underscores == 0);
            return Some(after + underscores);
        }
        // `:role:` and then the text it is about.
        let mut end = index + 1;
        while self
            .at(end)
            .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        {
            end += 1;
        }
        if end == index + 1 || end - index > 40 || !self.starts(end, ":`") {
            return None;
        }
        let (inside, after) = self.enclosed(end + 1, "`", 3, true)?;
        if self
            .source
            .get(index + 1..end)
            .is_some_and(|role| role.iter().copied().eq("literal".chars()))
        {
            // What publishers escape here is shown with the backslashes by some tools and without
            // by others: left as written, so that nobody takes it for one or the other.
            self.out.push_str(&inside);
        } else {
            self.reference(&inside, true);
        }
        Some(after)
    }

    /// The text between two marks, of which the first begins at `index`.
    fn enclosed(
        &mut self,
        index: usize,
        mark: &str,
        kind: usize,
        escapes: bool,
    ) -> Option<(String, usize)> {
        let width = mark.chars().count();
        let first = index + width;
        if self.at(first).is_none_or(char::is_whitespace)
            || self.exhausted.get(kind).copied().unwrap_or(true)
        {
            return None;
        }
        let mut at = first;
        while let Some(c) = self.at(at) {
            if escapes && c == '\\' {
                at += 2;
                continue;
            }
            let ends = at > first
                && self.starts(at, mark)
                && !self.at(at - 1).is_some_and(char::is_whitespace)
                && (ends_mark(self.at(at + width))
                    || (mark == "`" && self.at(at + width) == Some('_')));
            if ends {
                let inside = self.source.get(first..at)?.iter().collect();
                return Some((inside, at + width));
            }
            at += 1;
        }
        if let Some(exhausted) = self.exhausted.get_mut(kind) {
            *exhausted = true;
        }
        None
    }

    /// `Words <target>` or words alone.
    fn reference(&mut self, inside: &str, on_page: bool) {
        let split = inside
            .strip_suffix('>')
            .and_then(|rest| rest.rsplit_once('<'));
        let (shown, target) = match split {
            Some((shown, target)) if on_page || target.contains(':') || target.contains('/') => {
                (shown.trim(), Some(target))
            }
            _ => (inside, None),
        };
        let shown = unescape(shown);
        if let Some(target) = target {
            let target = if on_page {
                format!("#{target}")
            } else {
                target.to_owned()
            };
            self.links.push(TextLink {
                text: shown.clone(),
                target,
            });
        }
        self.out.push_str(&shown);
    }
}

/// Backslashes resolved: the character after one stands for itself, a blank for nothing.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            out.extend(chars.next().filter(|c| !c.is_whitespace()));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn marks_leave_their_words() {
        assert_eq!(
            resolve("**Status** of *it* and ``a\\b``").0,
            "Status of it and a\\b"
        );
        assert_eq!(
            resolve(":literal:`\\`~!@#=+\\\\|{}?`").0,
            "\\`~!@#=+\\\\|{}?"
        );
        assert_eq!(resolve("/v3/{*gauge_id*}/tides").0, "/v3/{gauge_id}/tides");
        assert_eq!(resolve("2 * 3 and a_b* stay").0, "2 * 3 and a_b* stay");
    }

    #[test]
    fn links_keep_their_targets() {
        let (text, links) =
            resolve("see :ref:`Table 2 <gauge__table2>` or `the site <https://example.com/a>`__.");
        assert_eq!(text, "see Table 2 or the site.");
        let targets: Vec<_> = links.iter().map(|link| link.target.as_str()).collect();
        assert_eq!(targets, ["#gauge__table2", "https://example.com/a"]);
    }

    #[test]
    fn a_line_of_opening_marks_ends_quickly() {
        let text = "(*a".repeat(100_000);
        assert_eq!(resolve(&text).0, text);
    }
}
