//! How paths and queries are spelled: percent-encoded, the same wherever it is done.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::byte_set::ByteSet;

/// Everything but `A-Z a-z 0-9 - . _ ~` is escaped.
pub const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Percent-encodes a path segment, a query key or a query value.
pub fn encode_component(text: &str) -> String {
    static PLAIN: ByteSet = ByteSet::alphanumeric_and(b"-._~");
    if PLAIN.holds_all(text) {
        return text.to_owned();
    }
    encoded(text, ESCAPED)
}

/// Percent-encodes what is in the set. The buffer never grows, so that it leaves no copy behind of
/// what may be a secret.
pub(super) fn encoded(text: &str, set: &'static AsciiSet) -> String {
    let pieces = utf8_percent_encode(text, set);
    let mut encoded = String::with_capacity(pieces.clone().map(str::len).sum());
    encoded.extend(pieces);
    encoded
}

/// The query as it is signed and sent: sorted by key, then value, in their
/// decoded form, and encoded once. An empty value keeps its `=`.
pub fn canonical_query(pairs: &[(String, String)]) -> String {
    let mut text = String::new();
    push_query(&mut text, pairs);
    text
}

/// Appends what [`canonical_query`] gives.
pub fn push_query(text: &mut String, pairs: &[(String, String)]) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect()
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
}
