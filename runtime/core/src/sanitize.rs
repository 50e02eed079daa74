//! Foreign words, fit for an error or a log: of servers, files, the environment
//! and of whoever sets a client up.
//!
//! A line break would begin a line of its own in a log, an escape would be
//! obeyed by a terminal, and a password in an address would be kept for good.

use std::fmt;

/// The longest name of a region, a service, a section or the like that is
/// shown, in characters.
pub const NAME: usize = 64;
/// The longest address or path that is shown, in characters.
pub const ADDRESS: usize = 256;
/// The longest sentence that is shown, in characters.
pub const SENTENCE: usize = 1_000;

/// The text with all escaped that is not to be seen as it is: control
/// characters, line and paragraph separators, what turns the direction of
/// writing, what has no width. At most `longest` characters of the text, and
/// `…` in place of the rest.
pub fn sanitized(text: &str, longest: usize) -> String {
    Sanitized(text, longest).to_string()
}

/// [`sanitized`], for `format!` and its like.
pub struct Sanitized<'a>(pub &'a str, pub usize);

impl fmt::Display for Sanitized<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;

        let mut rest = self.0.chars();
        for c in rest.by_ref().take(self.1) {
            match is_shown(c) {
                true => f.write_char(c)?,
                false => write!(f, "{}", c.escape_debug())?,
            }
        }
        match rest.next() {
            Some(_) => f.write_char('…'),
            None => Ok(()),
        }
    }
}

/// Whether a character is to be seen as it is.
pub fn is_shown(c: char) -> bool {
    // What is escaped besides, and harmless.
    matches!(c, '\\' | '\'' | '"') || c.escape_debug().len() == 1
}

/// A character for people's eyes: a space in place of one that controls how
/// the text around it is shown.
pub fn plain(c: char) -> char {
    let turns =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if c.is_control() || turns { ' ' } else { c }
}

/// An address without what may be secret in it: user and password in front of
/// the host, and the query.
///
/// It may be no address at all, for what is none is what errors are about. So
/// nothing is shown as soon as a part of it might be user or password.
pub fn address(text: &str) -> String {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, text),
    };
    if may_hold_user_info(text, rest) {
        return match scheme {
            Some(scheme @ ("http" | "https")) => format!("{scheme}://…"),
            _ => "…".to_owned(),
        };
    }
    let end = text.find(['?', '#']);
    let mark = match end {
        Some(at) => &text[at..at + 1],
        None => "",
    };
    let query = if mark.is_empty() { "" } else { "…" };
    let text = Sanitized(&text[..end.unwrap_or(text.len())], ADDRESS);
    format!("{text}{mark}{query}")
}

/// Whether something in it looks like `user:password@`, in any spelling.
fn may_hold_user_info(text: &str, rest: &str) -> bool {
    // The last two look like `@`; what is percent-encoded may be one.
    if text.contains(['@', '%', '\u{fe6b}', '\u{ff20}']) {
        return true;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let port = match authority.rsplit_once(']') {
        // The colons of `[::1]` are its own.
        Some((host, port)) if host.starts_with('[') => port,
        _ => authority,
    };
    // These look like `:`.
    let mut parts = port.splitn(2, [':', '\u{a789}', '\u{fe55}', '\u{ff1a}']);
    let _host = parts.next();
    parts
        .next()
        .is_some_and(|port| port.trim_end().len() > 5 || !is_number(port.trim_end()))
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_is_left_and_what_acts_is_escaped() {
        for (text, expected) in [
            ("", ""),
            ("cn-north-4", "cn-north-4"),
            (r#"C:\keys\"a".txt"#, r#"C:\keys\"a".txt"#),
            ("密码 été", "密码 été"),
            ("a\r\nb\t\0\u{1b}[2J", r"a\r\nb\t\0\u{1b}[2J"),
            (
                "\u{85}\u{2028}\u{2029}\u{202e}",
                r"\u{85}\u{2028}\u{2029}\u{202e}",
            ),
            (
                "\u{200b}\u{feff}\u{2066}\u{ad}\u{e0041}",
                r"\u{200b}\u{feff}\u{2066}\u{ad}\u{e0041}",
            ),
        ] {
            assert_eq!(sanitized(text, NAME), expected);
        }
        assert_eq!(sanitized("abcd", 4), "abcd");
        assert_eq!(sanitized("abcde", 4), "abcd…");
        assert_eq!(sanitized("\n\n\n", 2), r"\n\n…");
    }

    #[test]
    fn an_address_is_shown_where_it_is_nothing_else() {
        for (text, expected) in [
            (
                "https://h.example.com:8443/a",
                "https://h.example.com:8443/a",
            ),
            ("h.example.com", "h.example.com"),
            ("http://[::1]:80/a:b", "http://[::1]:80/a:b"),
            ("https://h.example.com\r\n", r"https://h.example.com\r\n"),
            ("https://h:443\n", r"https://h:443\n"),
            ("https://h/?a=b#c", "https://h/?…"),
            ("https://h#c", "https://h#…"),
            ("ftp://h", "ftp://h"),
            ("https://u:p@h", "https://…"),
            ("https://u:p@q@h", "https://…"),
            ("ftp://u:p@h", "…"),
            ("u:p", "…"),
            ("https://u:p", "https://…"),
            ("https://[u:p]x:y", "https://…"),
            ("https://h/%2e", "https://…"),
        ] {
            assert_eq!(address(text), expected, "{text}");
        }
    }
}
