//! The canonical request: one spelling for all spellings of a request.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, percent_decode_str, utf8_percent_encode};

use super::SigningInput;
use crate::byte_set::ByteSet;
use crate::wire::{ESCAPED, push_query};

/// The same for a whole path, where slashes part the segments.
const ESCAPED_IN_PATH: &AsciiSet = &ESCAPED.remove(b'/');

/// The path, decoded, encoded once segment by segment, with a slash at its end.
fn push_path(text: &mut String, path: &str) {
    static PLAIN: ByteSet = ByteSet::alphanumeric_and(b"/-._~");
    if PLAIN.holds_all(path) {
        text.push_str(path);
    } else {
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        text.extend(utf8_percent_encode(&decoded, ESCAPED_IN_PATH));
    }
    if !text.ends_with('/') {
        text.push('/');
    }
}

/// Headers by lower-case name, sorted. Names with `_` are not signed, nor is
/// Authorization. The values of a repeated header are sorted and joined.
pub(super) struct HeaderBlock<'a> {
    headers: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    joined_names: String,
}

impl<'a> HeaderBlock<'a> {
    pub(super) fn of(given: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut sorted: Vec<(Cow<'a, str>, &'a str)> = given
            .filter(|(name, _)| !name.contains('_') && !name.eq_ignore_ascii_case("Authorization"))
            .map(|(name, value)| (lower_case(name), trimmed(value)))
            .collect();
        sorted.sort_unstable();

        let mut headers: Vec<(Cow<'a, str>, Cow<'a, str>)> = Vec::with_capacity(sorted.len());
        let mut joined_names = String::with_capacity(16 * sorted.len());
        for (name, value) in sorted {
            match headers.last_mut() {
                Some((last, values)) if *last == name => {
                    let values = values.to_mut();
                    values.push(',');
                    values.push_str(value);
                }
                last => {
                    if last.is_some() {
                        joined_names.push(';');
                    }
                    joined_names.push_str(&name);
                    headers.push((name, Cow::Borrowed(value)));
                }
            }
        }
        Self {
            headers,
            joined_names,
        }
    }

    /// The names with semicolons between them.
    pub(super) fn joined_names(&self) -> &str {
        &self.joined_names
    }

    pub(super) fn into_joined_names(self) -> String {
        self.joined_names
    }
}

fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// A value without white space at its ends. The four separators of ASCII count
/// as white space here, as they do for the official signer.
fn trimmed(value: &str) -> &str {
    if let [first, .., last] = value.as_bytes()
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        return value;
    }
    value.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\x1c'..='\x1f'))
}

/// The value of a header by name, trimmed as it is signed.
pub(super) fn header<'a>(headers: &[(&str, &'a str)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(given, _)| given.eq_ignore_ascii_case(name))
        .map(|(_, value)| trimmed(value))
}

/// The canonical request.
pub(super) fn request(input: &SigningInput<'_>, block: &HeaderBlock<'_>, payload: &str) -> String {
    let headers = block.headers.iter();
    let header_bytes: usize = headers
        .map(|(name, value)| name.len() + value.len() + 2)
        .sum();
    let mut text = String::with_capacity(
        // Escapes in path and query can need more; then it grows.
        input.method.len()
            + input.path.len()
            + header_bytes
            + block.joined_names.len()
            + payload.len()
            + 64,
    );
    text.push_str(input.method);
    text.make_ascii_uppercase();
    text.push('\n');
    push_path(&mut text, input.path);
    text.push('\n');
    push_query(&mut text, input.query);
    text.push('\n');
    for (name, value) in &block.headers {
        text.push_str(name);
        text.push(':');
        text.push_str(value);
        text.push('\n');
    }
    text.push('\n');
    text.push_str(block.joined_names());
    text.push('\n');
    text.push_str(payload);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_encoded_once_and_ends_in_a_slash() {
        for (path, expected) in [
            ("", "/"),
            ("/", "/"),
            ("/v1/a", "/v1/a/"),
            ("/v1/a/", "/v1/a/"),
            ("/v1/a%20b", "/v1/a%20b/"),
            ("/v1/a b", "/v1/a%20b/"),
            ("/v1/%E6%9C%8D", "/v1/%E6%9C%8D/"),
        ] {
            let mut text = String::new();
            push_path(&mut text, path);
            assert_eq!(text, expected, "{path}");
        }
    }

    #[test]
    fn header_names_fold_and_underscores_stay_out() {
        let block =
            HeaderBlock::of([("X-B", " 2 "), ("x-a", "z"), ("X_C", "3"), ("X-A", "y")].into_iter());
        assert_eq!(block.joined_names(), "x-a;x-b");
        assert_eq!(block.headers[0].1, "y,z");
        assert_eq!(block.headers[1].1, "2");
    }
}
