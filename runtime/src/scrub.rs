//! Taking secrets out of answers.
//!
//! A server, gateway or proxy may echo a request. Before anything reads an
//! answer, every occurrence of a secret of the request is replaced, in
//! whatever way the echo spells it: plain, with JSON escapes (also of JSON
//! inside JSON), percent-encoded, or with HTML entities.

use crate::secret::{Password, REDACTED};

/// Shorter secrets would blank out ordinary words.
const SHORTEST: usize = 4;
/// How many backslashes in a row count as one escape: JSON inside JSON inside
/// JSON.
const MOST_BACKSLASHES: usize = 8;
/// What an escaped spelling begins with.
const ESCAPES: &[u8] = b"\\%+&";

/// The secrets of one request.
pub(crate) struct Scrubber {
    secrets: Vec<Password>,
    /// Whether a spelling of a secret can begin with a byte.
    begins: [bool; 256],
}

impl Default for Scrubber {
    fn default() -> Self {
        let mut begins = [false; 256];
        for byte in ESCAPES {
            begins[usize::from(*byte)] = true;
        }
        Self {
            // Access key, secret key, its header, and a password.
            secrets: Vec::with_capacity(4),
            begins,
        }
    }
}

impl Scrubber {
    /// Adds a secret; texts of fewer than 4 characters are left out.
    pub(crate) fn add(&mut self, secret: &Password) {
        let text = secret.expose();
        if text.chars().nth(SHORTEST - 1).is_none()
            || self.secrets.iter().any(|s| s.expose() == text)
        {
            return;
        }
        if let Some(first) = text.as_bytes().first() {
            self.begins[usize::from(*first)] = true;
        }
        // The longest first, in case one holds another.
        let shorter = |s: &Password| s.expose().len() < text.len();
        let place = self.secrets.iter().position(shorter);
        let place = place.unwrap_or(self.secrets.len());
        self.secrets.insert(place, secret.clone());
    }

    /// The place, from `at` on, where a spelling of a secret can begin: the
    /// quick way over nearly every byte of nearly every answer.
    fn next_beginning(&self, body: &[u8], mut at: usize) -> Option<usize> {
        let begins = |byte: &u8| self.begins[usize::from(*byte)];
        let mut rest = body.get(at..)?;
        // Several at a time, without a question after each.
        while let Some((chunk, after)) = rest.split_first_chunk::<8>() {
            if chunk.iter().fold(false, |any, byte| any | begins(byte)) {
                break;
            }
            at += chunk.len();
            rest = after;
        }
        rest.iter().position(begins).map(|skipped| at + skipped)
    }

    /// `body` without secrets, or `None` if it held none.
    pub(crate) fn clean(&self, body: &[u8]) -> Option<Vec<u8>> {
        let mut cleaned = Vec::new();
        let (mut copied, mut at) = (0, 0);
        while let Some(next) = self.next_beginning(body, at) {
            at = next;
            match self
                .secrets
                .iter()
                .find_map(|s| match_at(body, at, s.expose()))
            {
                Some(end) => {
                    cleaned.extend_from_slice(&body[copied..at]);
                    cleaned.extend_from_slice(REDACTED.as_bytes());
                    (copied, at) = (end, end);
                }
                None => at += 1,
            }
        }
        if copied == 0 {
            return None;
        }
        cleaned.extend_from_slice(&body[copied..]);
        Some(cleaned)
    }
}

/// The end of `secret` in `body` if it begins at `start`, in any spelling.
///
/// Each character has several spellings, so all positions that the text so
/// far can end at are carried along.
fn match_at(body: &[u8], start: usize, secret: &str) -> Option<usize> {
    let first = body.get(start)?;
    if secret.as_bytes().first() != Some(first) && !ESCAPES.contains(first) {
        return None;
    }
    // Nearly every other text differs in its second byte already.
    if let (Some(second), Some(byte)) = (secret.as_bytes().get(1), body.get(start + 1))
        && second != byte
        && !ESCAPES.contains(first)
        && !ESCAPES.contains(byte)
    {
        return None;
    }
    let mut ends = vec![start];
    for c in secret.chars() {
        let mut next = Vec::new();
        for end in ends {
            spellings(body, end, c, &mut next);
        }
        next.sort_unstable();
        next.dedup();
        if next.is_empty() {
            return None;
        }
        ends = next;
    }
    ends.last().copied()
}

/// Adds every position at which a spelling of `c` that begins at `at` ends.
fn spellings(body: &[u8], at: usize, c: char, ends: &mut Vec<usize>) {
    let rest = &body[at..];
    let mut utf8 = [0; 4];
    let utf8 = c.encode_utf8(&mut utf8).as_bytes();

    let slashes = rest
        .iter()
        .take(MOST_BACKSLASHES)
        .take_while(|byte| **byte == b'\\')
        .count();
    if c == '\\' {
        ends.extend((1..=slashes).map(|count| at + count));
    }
    let escaped = &rest[slashes..];
    if c != '\\' && escaped.starts_with(utf8) {
        ends.push(at + slashes + utf8.len());
    }
    if slashes > 0
        && let Some(length) = unicode_escape(escaped, c)
    {
        ends.push(at + slashes + length);
    }
    if let Some(length) = percent_escape(rest, utf8) {
        ends.push(at + length);
    }
    if c == ' ' && rest.first() == Some(&b'+') {
        ends.push(at + 1);
    }
    if let Some(length) = html_entity(rest, c) {
        ends.push(at + length);
    }
}

/// The length of `uXXXX`, or of a surrogate pair with its second backslashes.
fn unicode_escape(text: &[u8], c: char) -> Option<usize> {
    let mut units = [0; 2];
    let mut at = 0;
    for (index, unit) in c.encode_utf16(&mut units).iter().enumerate() {
        if index > 0 {
            let slashes = text[at..].iter().take_while(|byte| **byte == b'\\').count();
            if slashes == 0 || slashes > MOST_BACKSLASHES {
                return None;
            }
            at += slashes;
        }
        let digits = text.get(at..at + 5)?.strip_prefix(b"u")?;
        let digits = std::str::from_utf8(digits).ok()?;
        if u16::from_str_radix(digits, 16).ok()? != *unit {
            return None;
        }
        at += 5;
    }
    Some(at)
}

/// The length of the bytes of a character, each as `%XX`.
fn percent_escape(text: &[u8], utf8: &[u8]) -> Option<usize> {
    for (index, byte) in utf8.iter().enumerate() {
        let digits = text.get(3 * index..3 * index + 3)?.strip_prefix(b"%")?;
        let digits = std::str::from_utf8(digits).ok()?;
        if u8::from_str_radix(digits, 16).ok()? != *byte {
            return None;
        }
    }
    Some(3 * utf8.len())
}

/// The length of an entity: `&lt;`, `&#60;` or `&#x3c;`.
fn html_entity(text: &[u8], c: char) -> Option<usize> {
    const LONGEST: usize = 10;
    let inner = text.strip_prefix(b"&")?;
    let length = inner.iter().take(LONGEST).position(|byte| *byte == b';')?;
    let name = std::str::from_utf8(&inner[..length]).ok()?;
    let named = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            }
            .and_then(char::from_u32)
        }
    };
    (named == Some(c)).then_some(length + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean_text(scrubber: &Scrubber, text: &str) -> String {
        let cleaned = scrubber.clean(text.as_bytes()).unwrap();
        String::from_utf8(cleaned).unwrap()
    }

    fn scrub(secret: &str, body: &str) -> String {
        let mut scrubber = Scrubber::default();
        scrubber.add(&secret.into());
        clean_text(&scrubber, body)
    }

    #[test]
    fn every_spelling_is_found() {
        let secret = "Ab<\"\\/é😀 +%&c";
        let json = serde_json::to_string(secret).unwrap();
        let json_in_json = serde_json::to_string(&json).unwrap();
        for spelled in [
            secret.to_owned(),
            json.trim_matches('"').to_owned(),
            json_in_json
                .trim_matches('"')
                .trim_matches(['\\', '"'])
                .to_owned(),
            crate::wire::encode_path(secret),
            crate::wire::encode_path(secret)
                .to_lowercase()
                .replace("ab", "Ab"),
            crate::wire::encode_path(secret).replace("%20", "+"),
            r#"Ab\u003c\u0022\u005c\/\u00e9\ud83d\uDE00\u0020+%\u0026c"#.to_owned(),
            "Ab&lt;&quot;\\&#47;&#xE9;&#128512; +%&amp;c".to_owned(),
        ] {
            let body = format!("before {spelled} after {spelled}");
            assert_eq!(
                scrub(secret, &body),
                "before [redacted] after [redacted]",
                "{spelled}"
            );
        }
    }

    #[test]
    fn cleaned_json_stays_json() {
        let secret = "p\\a\"ss\\";
        let body = serde_json::json!({"a": secret, "b": format!("x{secret}y"), "c": 1}).to_string();
        let cleaned: serde_json::Value = serde_json::from_str(&scrub(secret, &body)).unwrap();
        assert_eq!(
            cleaned,
            serde_json::json!({"a": "[redacted]", "b": "x[redacted]y", "c": 1})
        );
    }

    #[test]
    fn ordinary_answers_are_left_alone() {
        let mut scrubber = Scrubber::default();
        scrubber.add(&"abc".into());
        scrubber.add(&"Secret-1".into());
        assert_eq!(scrubber.clean(b"abc Secret-2 \xff %zz \\u12 &#x;"), None);
        assert_eq!(scrubber.clean(b""), None);
        assert_eq!(
            scrubber.clean(b"\xffSecret-1\xfe").as_deref(),
            Some(&b"\xff[redacted]\xfe"[..])
        );
    }

    #[test]
    fn one_secret_inside_another() {
        let mut scrubber = Scrubber::default();
        scrubber.add(&"Secret".into());
        scrubber.add(&"MySecretIsLonger".into());
        assert_eq!(
            clean_text(&scrubber, "MySecretIsLonger Secret"),
            "[redacted] [redacted]"
        );
    }
}
