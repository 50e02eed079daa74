//! The marks inside a line of reStructuredText: roles, literals, emphasis, links, escapes.

use crate::block::{Lines, Text, TextLink};

/// Encloses words that are shown as they stand.
const LITERAL: &str = "``";

/// Encloses a link, and what a role is about.
const REFERENCE: &str = "`";

/// The marks that enclose words, each before what it begins with.
const MARKS: [&str; 4] = [LITERAL, "**", "*", REFERENCE];

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

/// Words without their marks, and where they stand.
pub(super) fn text(words: &str, lines: Lines) -> Text {
    let mut reader = Reader {
        out: Text::new("", lines),
        exhausted: Vec::new(),
    };
    let mut before = None;
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        crate::steps::count(1);
        let marked = matches!(c, '`' | '*' | ':') && begins_mark(before);
        let after = marked.then(|| reader.mark(rest)).flatten();
        rest = after.unwrap_or_else(|| reader.character(rest));
        before = words
            .get(..words.len() - rest.len())
            .and_then(|read| read.chars().next_back());
    }
    reader.out
}

struct Reader {
    out: Text,
    /// The marks that are known not to end any more; without it a line of opening marks would be
    /// searched again for each.
    exhausted: Vec<&'static str>,
}

impl Reader {
    fn push(&mut self, words: &str) {
        self.out.text.push_str(words);
    }

    /// Reads one character, or the one behind a backslash, and gives the rest.
    fn character<'t>(&mut self, text: &'t str) -> &'t str {
        let mut chars = text.chars();
        let shown = match chars.next() {
            Some('\\') => chars.next().filter(|c| !c.is_whitespace()),
            c => c,
        };
        self.out.text.extend(shown);
        chars.as_str()
    }

    /// Reads the mark that begins a text, and gives the rest.
    fn mark<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        // `:role:` and then the text it is about.
        let in_role = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let text = match text.strip_prefix(':') {
            Some(role) => {
                let (role, text) = role.split_at(role.find(|c| !in_role(c))?);
                text.strip_prefix(':').filter(|_| !role.is_empty())?
            }
            None => text,
        };
        let mark = MARKS.into_iter().find(|mark| text.starts_with(mark))?;
        let (inside, after) = self.enclosed(text, mark)?;
        match mark {
            LITERAL => self.push(inside),
            REFERENCE => {
                let rest = after.strip_prefix('_').unwrap_or(after);
                let rest = rest.strip_prefix('_').unwrap_or(rest);
                self.reference(inside, rest == after);
                return Some(rest);
            }
            _ => self.push(&unescape(inside)),
        }
        Some(after)
    }

    /// The words between a mark that begins a text and the next, and the rest.
    fn enclosed<'t>(&mut self, text: &'t str, mark: &'static str) -> Option<(&'t str, &'t str)> {
        let inside = text.strip_prefix(mark)?;
        if inside.starts_with(char::is_whitespace) || self.exhausted.contains(&mark) {
            return None;
        }
        let mut before = ' ';
        let mut escaped = false;
        for (at, c) in inside.char_indices() {
            crate::steps::count(1);
            let (words, rest) = inside.split_at_checked(at)?;
            let after = rest.strip_prefix(mark).filter(|after| {
                let next = after.chars().next();
                ends_mark(next) || mark == REFERENCE && next == Some('_')
            });
            if let Some(after) = after.filter(|_| !escaped && !before.is_whitespace()) {
                return Some((words, after));
            }
            escaped = mark != LITERAL && c == '\\' && !escaped;
            before = c;
        }
        self.exhausted.push(mark);
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
            self.out.links.push(TextLink {
                text: shown.clone(),
                target,
            });
        }
        self.push(&shown);
    }
}

/// Backslashes resolved: the character after one stands for itself, a blank for nothing.
fn unescape(text: &str) -> String {
    let mut chars = text.chars();
    let shown = std::iter::from_fn(|| match chars.next()? {
        '\\' => Some(chars.next().filter(|c| !c.is_whitespace())),
        c => Some(Some(c)),
    });
    shown.flatten().collect()
}

#[cfg(test)]
mod tests {
    use crate::block::{Lines, TextLink};

    fn resolve(words: &str) -> (String, Vec<TextLink>) {
        let text = super::text(words, Lines::of(1));
        (text.text, text.links)
    }

    #[test]
    fn marks_leave_their_words() {
        assert_eq!(
            resolve("**Status** of *it* and ``a\\b``").0,
            "Status of it and a\\b"
        );
        assert_eq!(resolve(":literal:`\\`~!@#=+\\\\|{}?`").0, "`~!@#=+\\|{}?");
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
