//! A request, put together and checked, not yet addressed or signed.

use std::fmt;
use std::ops::Range;

use http::Method;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};

use super::body::SecretBytes;
use super::encode_path;
use super::error::BuildError;
use crate::secret::Secrets;

/// A request without endpoint and credentials.
///
/// `Debug` shows the method, the path's shape, header names and the length of
/// the body.
#[derive(Clone)]
pub struct Request {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<SecretBytes>,
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

    /// Sets the Content-Type.
    ///
    /// # Errors
    /// When `value` holds characters that no header can carry.
    pub fn set_content_type(&mut self, value: &str) -> Result<(), BuildError> {
        let value = HeaderValue::from_str(value).map_err(|_| BuildError::HeaderValue)?;
        self.headers.insert(CONTENT_TYPE, value);
        Ok(())
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
        let mut request = RequestBuilder::post("/v2/0af1/instances/Hidden1/password")
            .header("X-Auth-Token", "Hidden2")
            .body(b"Hidden3".to_vec())
            .build()
            .unwrap();
        request.set_content_type("application/json").unwrap();
        let shown = format!("{request:?}");
        assert!(shown.contains("/v2/{}/instances/{}/password"), "{shown}");
        assert!(shown.contains("x-auth-token"), "{shown}");
        assert!(shown.contains("body_len: 7"), "{shown}");
        assert!(!shown.contains("Hidden"), "{shown}");
        assert!(request.set_content_type("a\nb").is_err());
    }
}
