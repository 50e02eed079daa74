//! The canonical request: one spelling for all spellings of a request.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::SigningInput;
use crate::byte_set::ByteSet;

/// Everything but `A-Z a-z 0-9 - . _ ~` is escaped.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// The same for a whole path, where slashes part the segments.
const ESCAPED_IN_PATH: &AsciiSet = &ESCAPED.remove(b'/');

/// Percent-encodes a path segment, a query key or a query value.
pub fn encode_component(text: &str) -> String {
    static PLAIN: ByteSet = ByteSet::alphanumeric_and(b"-._~");
    if PLAIN.holds_all(text) {
        return text.to_owned();
    }
    Cow::from(utf8_percent_encode(text, ESCAPED)).into_owned()
}

/// The query as it is signed and sent: sorted by key, then value, in their
/// decoded form, and encoded once. An empty value keeps its `=`.
pub fn canonical_query(pairs: &[(String, String)]) -> String {
    let mut text = String::new();
    push_query(&mut text, pairs);
    text
}

fn push_query(text: &mut String, pairs: &[(String, String)]) {
    let mut sorted: Vec<&(String, String)> = pairs.iter().collect();
    sorted.sort();
    for (index, (key, value)) in sorted.into_iter().enumerate() {
        if index > 0 {
            text.push('&');
        }
        text.extend(utf8_percent_encode(key, ESCAPED));
        text.push('=');
        text.extend(utf8_percent_encode(value, ESCAPED));
    }
}

/// The pairs of a query as it came over the wire; the reverse of
/// [`canonical_query`]. A plus sign stays a plus sign.
#[cfg(any(feature = "mock", feature = "verify"))]
pub fn query_pairs(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(key), decode(value))
        })
        .collect()
}

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

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect()
    }

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
    fn a_query_goes_there_and_back() {
        let given = pairs(&[("b", "1+2 3"), ("a", ""), ("b", "&=%"), ("é", "x")]);
        let text = canonical_query(&given);
        assert_eq!(text, "a=&b=%26%3D%25&b=1%2B2%203&%C3%A9=x");
        let mut sorted = given;
        sorted.sort();
        assert_eq!(query_pairs(&text), sorted);
        assert_eq!(query_pairs("flag"), pairs(&[("flag", "")]));
        assert!(query_pairs("").is_empty());
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
