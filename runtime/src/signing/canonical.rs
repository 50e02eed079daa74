//! The canonical request: one spelling for all spellings of a request.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::SigningInput;

/// Everything but `A-Z a-z 0-9 - . _ ~` is escaped.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Percent-encodes a path segment, a query key or a query value.
pub fn encode_component(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// The query as it is signed and sent: sorted by key, then value, in their
/// decoded form, and encoded once. An empty value keeps its `=`.
pub fn canonical_query(pairs: &[(String, String)]) -> String {
    let mut sorted: Vec<&(String, String)> = pairs.iter().collect();
    sorted.sort();
    let mut text = String::new();
    for (key, value) in sorted {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(&encode_component(key));
        text.push('=');
        text.push_str(&encode_component(value));
    }
    text
}

/// The pairs of a query as it came over the wire; the reverse of
/// [`canonical_query`]. A plus sign stays a plus sign.
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
fn canonical_path(path: &str) -> String {
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    let mut text = String::with_capacity(path.len() + 1);
    for (index, segment) in decoded.split('/').enumerate() {
        if index > 0 {
            text.push('/');
        }
        text.push_str(&encode_component(segment));
    }
    if !text.ends_with('/') {
        text.push('/');
    }
    text
}

/// Headers by lower-case name, sorted. Names with `_` are not signed, nor is
/// Authorization. The values of a repeated header are sorted and joined.
pub(super) struct HeaderBlock(BTreeMap<String, String>);

impl HeaderBlock {
    pub(super) fn of<'a>(headers: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut values: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        let signed =
            |name: &str| !name.contains('_') && !name.eq_ignore_ascii_case("Authorization");
        for (name, value) in headers.filter(|(name, _)| signed(name)) {
            values
                .entry(name.to_ascii_lowercase())
                .or_default()
                .push(value.trim());
        }
        let joined = |mut values: Vec<&str>| {
            values.sort_unstable();
            values.join(",")
        };
        Self(
            values
                .into_iter()
                .map(|(name, values)| (name, joined(values)))
                .collect(),
        )
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}

/// The value of a header by name, trimmed as it is signed.
pub(super) fn header(headers: &[(&str, &str)], name: &str) -> Option<String> {
    headers
        .iter()
        .find(|(given, _)| given.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim().to_owned())
}

/// The canonical request.
pub(super) fn request(input: &SigningInput<'_>, block: &HeaderBlock, payload: &str) -> String {
    let mut text = input.method.to_ascii_uppercase();
    text.push('\n');
    text.push_str(&canonical_path(input.path));
    text.push('\n');
    text.push_str(&canonical_query(input.query));
    text.push('\n');
    for (name, value) in &block.0 {
        text.push_str(name);
        text.push(':');
        text.push_str(value);
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&block.names().join(";"));
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
            assert_eq!(canonical_path(path), expected, "{path}");
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
        assert_eq!(block.names(), ["x-a", "x-b"]);
        assert_eq!(block.0["x-a"], "y,z");
        assert_eq!(block.0["x-b"], "2");
    }
}
