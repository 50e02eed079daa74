//! A request, put together and checked, not yet addressed or signed.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use http::Method;
use http::header::HeaderMap;
use percent_encoding::utf8_percent_encode;

use super::encoding::{ESCAPED, encode_component as encode_path};
use super::style::Pair;
use crate::secret::Secrets;
use crate::secret_bytes::SecretBytes;
use crate::upload::Payload;

/// A request without endpoint and credentials.
///
/// `Debug` shows the method, the path's shape, header names and the length of
/// the body.
#[derive(Clone)]
pub struct Request {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    /// How those of these names are spelled whose values are not just encoded: by value.
    pub(super) spelled: BTreeMap<String, Vec<(String, String)>>,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<SecretBytes>,
    /// A body that is not in memory, in the place of the other.
    pub(super) payload: Option<Payload>,
    /// Whether the body says itself what type it is.
    pub(super) is_typed: bool,
    pub(super) secrets: Secrets,
}

impl Request {
    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path, encoded, without base path and query. The name of what is still to be put in,
    /// the project, stands in braces.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether the path still has an open place of this name.
    pub fn is_open(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// Puts a value into the open place of this name.
    pub fn fill(&mut self, name: &str, value: &str) {
        if let Some(place) = self.place(name) {
            let (before, after) = (&self.path[..place.start], &self.path[place.end..]);
            self.path = [before, &encode_path(value), after].concat();
        }
    }

    /// Where the name stands in braces. No other brace is in a path that is encoded.
    fn place(&self, name: &str) -> Option<Range<usize>> {
        let names = |&(start, _): &(usize, &str)| {
            let rest = self.path[start + 1..].strip_prefix(name);
            rest.is_some_and(|rest| rest.starts_with('}'))
        };
        let (start, _) = self.path.match_indices('{').find(names)?;
        Some(start..start + name.len() + "{}".len())
    }

    /// The query, decoded, in the order it was set.
    pub fn query(&self) -> &[(String, String)] {
        &self.query
    }

    /// The query as it is sent without further pairs.
    pub fn query_text(&self) -> String {
        self.query_of(&self.query)
    }

    /// These pairs, those of this request among them, as they are sent: sorted by name, so that the
    /// entries of a list keep their order, and each spelled as it was told.
    pub(crate) fn query_of(&self, pairs: &[(String, String)]) -> String {
        let mut sorted: Vec<&(String, String)> = pairs.iter().collect();
        sorted.sort_by(|(one, _), (other, _)| one.cmp(other));
        self.spell(sorted)
    }

    /// The same, with the entries of lists sorted too, as a signature may ask for.
    pub(crate) fn canonical_query_of(&self, pairs: &[(String, String)]) -> String {
        let mut sorted: Vec<&(String, String)> = pairs.iter().collect();
        sorted.sort();
        self.spell(sorted)
    }

    fn spell(&self, pairs: Vec<&(String, String)>) -> String {
        let mut text = String::new();
        for (name, value) in pairs {
            if !text.is_empty() {
                text.push('&');
            }
            text.extend(utf8_percent_encode(name, ESCAPED));
            text.push('=');
            let spelled = self.spelled.get(name);
            let mut spelled = spelled.into_iter().flatten();
            match spelled.find(|(meant, _)| meant == value) {
                Some((_, spelled)) => text.push_str(spelled),
                None => text.extend(utf8_percent_encode(value, ESCAPED)),
            }
        }
        text
    }

    pub(super) fn push_query(&mut self, pair: Pair) {
        let value = pair.value.to_string();
        if let Some(spelled) = pair.spelled {
            let of_name = self.spelled.entry(pair.name.clone()).or_default();
            of_name.push((value.clone(), spelled.to_string()));
        }
        self.query.push((pair.name, value));
    }

    /// The headers set so far.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The headers, to add to.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    /// The body, if there is one.
    pub fn body(&self) -> Option<&SecretBytes> {
        self.body.as_ref()
    }

    /// The body that is not in memory, if there is one.
    pub(crate) fn payload(&self) -> Option<&Payload> {
        self.payload.as_ref()
    }

    /// Whether it can be sent, again if it was sent before: no stream of it was read.
    pub(crate) fn is_unread(&self) -> bool {
        self.payload.as_ref().is_none_or(Payload::is_unread)
    }

    /// Whether the body says itself what type it is.
    pub(crate) fn is_typed(&self) -> bool {
        self.is_typed
    }

    /// The secrets that the body holds.
    pub fn secrets(&self) -> &Secrets {
        &self.secrets
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.keys().map(http::HeaderName::as_str).collect();
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("path", &shape(&self.path))
            .field("headers", &names)
            .field("body_len", &self.body.as_ref().map_or(0, SecretBytes::len))
            .finish_non_exhaustive()
    }
}

/// The path with every segment that may be an identifier replaced by `{}`:
/// only segments of letters, dashes and underscores, and versions such as
/// `v1.0`, stay.
fn shape(path: &str) -> String {
    let fixed = |segment: &str| {
        let version = segment
            .strip_prefix('v')
            .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
        version
            || (segment.len() <= 32
                && segment
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || matches!(b, b'-' | b'_')))
    };
    let segments: Vec<&str> = path
        .split('/')
        .map(|segment| if fixed(segment) { segment } else { "{}" })
        .collect();
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use crate::wire::RequestBuilder;

    #[test]
    fn what_is_known_late_takes_its_place_in_the_path() {
        let path = "/v1/{project_id}/servers/%7B/flag";
        let mut request = RequestBuilder::get(path).build().unwrap();
        assert!(request.is_open("project_id") && !request.is_open("id"));
        request.fill("project_id", "a b");
        assert_eq!(request.path(), "/v1/a%20b/servers/%7B/flag");
        assert!(!request.is_open("project_id"));
    }

    #[test]
    fn debug_shows_names_and_lengths() {
        let request = RequestBuilder::post("/v2/0af1/instances/Hidden1/password")
            .header("X-Auth-Token", "Hidden2")
            .body(b"Hidden3".to_vec())
            .build()
            .unwrap();
        let shown = format!("{request:?}");
        assert!(shown.contains("/v2/{}/instances/{}/password"), "{shown}");
        assert!(shown.contains("x-auth-token"), "{shown}");
        assert!(shown.contains("body_len: 7"), "{shown}");
        assert!(!shown.contains("Hidden"), "{shown}");
    }
}
