//! What arrived, taken apart.

use std::fmt;
use std::ops::Deref;

use http::HeaderMap;
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;

use super::parts::{self, ReceivedPart};
use super::path;
use crate::media::is_among;
use crate::operation::Operation;
use crate::secret::REDACTED;
use crate::wire::{SecretBytes, Spelling, query_pairs};

/// A request that arrived, by the parts of its operation.
///
/// `Debug` shows the parameters of the path, the names of those of the query and
/// of headers, and no body: a key may be in them.
#[derive(Clone)]
pub struct Received {
    operation: &'static Operation,
    path: Vec<(&'static str, String)>,
    query: Vec<(String, String)>,
    /// As it came, for lists that are joined.
    spelled: String,
    headers: HeaderMap,
    body: SecretBytes,
}

impl Received {
    /// Takes a request of this operation apart; `None` if it is of another.
    pub(super) fn of(
        operation: &'static Operation,
        request: &http::Request<SecretBytes>,
    ) -> Option<Self> {
        if request.method().as_str() != operation.method {
            return None;
        }
        Some(Self {
            operation,
            path: path::fill(operation.path, request.uri().path())?,
            query: request.uri().query().map(query_pairs).unwrap_or_default(),
            spelled: request.uri().query().unwrap_or_default().to_owned(),
            headers: request.headers().clone(),
            body: request.body().clone(),
        })
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// A parameter of the path by its name in the document.
    pub fn path(&self, name: &str) -> Option<&str> {
        let found = self.path.iter().find(|(given, _)| *given == name);
        found.map(|(_, value)| value.as_str())
    }

    /// A parameter of the query, its first value.
    pub fn query(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The entries of a list in the query, by how it is spelled.
    pub fn query_list(&self, name: &str, spelling: Spelling) -> Vec<String> {
        let pairs = self
            .spelled
            .split('&')
            .filter_map(|pair| pair.split_once('='));
        let values = pairs.filter(|(given, _)| decoded(given) == name);
        let joined = values
            .clone()
            .next()
            .map(|(_, value)| spelling.entries(value));
        match joined {
            Some(Some(entries)) => entries,
            _ => values.map(|(_, value)| decoded(value)).collect(),
        }
    }

    /// The entries of a list in the query as their type.
    ///
    /// # Errors
    /// When one is no text of that type.
    pub fn query_list_as<T: std::str::FromStr>(
        &self,
        name: &str,
        spelling: Spelling,
    ) -> Result<Vec<T>, Unreadable> {
        let entries = self.query_list(name, spelling);
        let entries = entries.iter().map(|entry| entry.parse());
        entries
            .collect::<Result<_, _>>()
            .map_err(|_| Unreadable::new(name))
    }

    /// The pairs of the query, decoded.
    pub fn query_pairs(&self) -> &[(String, String)] {
        &self.query
    }

    /// A cookie's value by its name, decoded.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let pairs = self.header("cookie")?.split("; ");
        let mut pairs = pairs.filter_map(|pair| pair.split_once('='));
        let found = pairs.find(|(given, _)| *given == name);
        found.map(|(_, value)| decoded(value))
    }

    /// The fields of a form, decoded.
    pub fn form(&self) -> Hidden<Vec<(String, String)>> {
        let body = String::from_utf8_lossy(self.body.as_slice());
        Hidden(query_pairs(&body.replace('+', "%20")))
    }

    /// The parts of a form of several.
    ///
    /// # Errors
    /// When the body is none.
    pub fn parts(&self) -> Result<Vec<ReceivedPart>, Unreadable> {
        if self.body.as_slice().is_empty() {
            return Ok(Vec::new());
        }
        let boundary = self.header("content-type").and_then(parts::boundary);
        let parts = boundary.and_then(|boundary| parts::read(self.body.as_slice(), boundary));
        parts.ok_or_else(|| Unreadable::new("the body"))
    }

    /// The body as text.
    ///
    /// # Errors
    /// When it is no UTF-8.
    pub fn text(&self) -> Result<&str, Unreadable> {
        std::str::from_utf8(self.body.as_slice()).map_err(|_| Unreadable::new("the body"))
    }

    /// A header's value, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body, as it went out.
    pub fn body(&self) -> &SecretBytes {
        &self.body
    }

    /// The body as a value; none if there is no body, or one that says it is no JSON.
    ///
    /// # Errors
    /// When it is no JSON of this type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<Option<T>, Unreadable> {
        let is_json = |given: &str| is_among(given, &["application/json", "text/json"]);
        if self.body.is_empty() || !self.header("content-type").is_none_or(is_json) {
            return Ok(None);
        }
        serde_json::from_slice(self.body.as_slice())
            .map(Some)
            .map_err(|_| Unreadable::new("the body"))
    }

    /// The body as a value, for generated code.
    ///
    /// # Errors
    /// When there is none, or it is no JSON of this type.
    #[doc(hidden)]
    pub fn body_as<T: DeserializeOwned>(&self) -> Result<T, Unreadable> {
        self.json()?.ok_or_else(|| Unreadable::new("the body"))
    }

    /// A parameter of the path as its type.
    ///
    /// # Errors
    /// When there is none, or it is no text of that type.
    pub fn path_as<T: std::str::FromStr>(&self, name: &str) -> Result<T, Unreadable> {
        let value = self.path(name).and_then(|value| value.parse().ok());
        value.ok_or_else(|| Unreadable::new(name))
    }

    /// A parameter of the query as its type; none if it was not sent.
    ///
    /// # Errors
    /// When it is no text of that type.
    pub fn query_as<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, Unreadable> {
        parsed(name, self.query(name))
    }

    /// A cookie as its type; none if it was not sent.
    ///
    /// # Errors
    /// When it is no text of that type.
    pub fn cookie_as<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, Unreadable> {
        let value = self.cookie(name).map(|value| value.parse());
        value.transpose().map_err(|_| Unreadable::new(name))
    }

    /// A header as its type; none if it was not sent.
    ///
    /// # Errors
    /// When it is no text of that type.
    pub fn header_as<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, Unreadable> {
        parsed(name, self.header(name))
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn parsed<T: std::str::FromStr>(name: &str, value: Option<&str>) -> Result<Option<T>, Unreadable> {
    match value {
        None => Ok(None),
        Some(text) => match text.parse() {
            Ok(value) => Ok(Some(value)),
            Err(_) => Err(Unreadable::new(name)),
        },
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers.keys().map(http::HeaderName::as_str).collect();
        let query: Vec<_> = self.query.iter().map(|(name, _)| name).collect();
        f.debug_struct("Received")
            .field("operation", &format_args!("{}", self.operation))
            .field("path", &self.path)
            .field("query", &query)
            .field("headers", &headers)
            .field("body", &format_args!("{REDACTED}"))
            .finish()
    }
}

/// What arrived, and may be secret: it is there, and `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Hidden<T>(pub T);

impl<T> Deref for Hidden<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Hidden<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// A part of a request that is not what the operation's type says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{part} of the request cannot be read as its type")]
pub struct Unreadable {
    part: String,
}

impl Unreadable {
    /// Names the part. Its value is no part of the error.
    pub fn new(part: impl Into<String>) -> Self {
        Self { part: part.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static LIST: Operation = Operation::new("demo", "List", "GET", "/");

    #[test]
    fn a_list_is_read_as_it_was_spelled() {
        use crate::wire::{RequestBuilder, Style};
        for (style, more) in [
            (Style::Form, "a|d e"),
            (Style::PipeDelimited, "d e"),
            (Style::SpaceDelimited, "a|d"),
        ] {
            for spelling in [style.joined(), style.exploded()] {
                let given = ["b,c", more, "%7C", "%2C%20", "50%", "a"];
                let request = RequestBuilder::get("/").query_param("n m", spelling, &given);
                let query = request.build().unwrap().query_text();
                let mut request = http::Request::new(SecretBytes::default());
                *request.uri_mut() = format!("https://a.b/?x=1&{query}").parse().unwrap();
                let received = Received::of(&LIST, &request).unwrap();
                let read = received.query_list("n m", spelling);
                assert_eq!(read, given, "{query}");
                assert!(received.query_list("y", spelling).is_empty());
                assert_eq!(received.query_list_as::<u8>("x", spelling).unwrap(), [1]);
                assert!(received.query_list_as::<u8>("n m", spelling).is_err());
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_list_is_read_as_it_was_spelled(
            given in proptest::collection::vec(proptest::prop_oneof![".*", "[%|, 0-9A-F]*"], 1..4),
        ) {
            use crate::wire::{RequestBuilder, Style};
            for (style, delimiter) in [
                (Style::Form, ""),
                (Style::PipeDelimited, "|"),
                (Style::SpaceDelimited, " "),
            ] {
                let without = |it: &String| match delimiter {
                    "" => it.clone(),
                    delimiter => it.replace(delimiter, ""),
                };
                let given: Vec<String> = given.iter().map(without).collect();
                for spelling in [style.joined(), style.joined().allow_reserved()] {
                    let request = RequestBuilder::get("/").query_param("n", spelling, &given);
                    let query = request.build().unwrap().query_text();
                    let read = query.strip_prefix("n=").and_then(|it| spelling.entries(it));
                    proptest::prop_assert_eq!(read, Some(given.clone()), "{}", query);
                }
            }
        }
    }

    #[test]
    fn no_value_of_a_query_is_shown() {
        let mut request = http::Request::new(SecretBytes::default());
        *request.uri_mut() = "https://a.b/?key=Hidden-1&x=Hidden-2".parse().unwrap();
        let shown = format!("{:?}", Received::of(&LIST, &request).unwrap());
        assert!(
            shown.contains("key") && !shown.contains("Hidden"),
            "{shown}"
        );
    }

    #[test]
    fn cookies_and_forms_are_read() {
        use crate::wire::{RequestBuilder, Style};
        let value = serde_json::json!({"a": "1+2 &", "b": [1, 2]});
        let written = RequestBuilder::get("/")
            .cookie_param("c", Style::Form.exploded(), "x; y")
            .cookie_param("d", Style::Form.exploded(), "z")
            .form(&value, &[])
            .build()
            .unwrap();
        let mut request = http::Request::new(written.body().unwrap().clone());
        *request.headers_mut() = written.headers().clone();
        let received = Received::of(&LIST, &request).unwrap();
        assert_eq!(received.cookie("c").as_deref(), Some("x; y"));
        assert_eq!(received.cookie("d").as_deref(), Some("z"));
        assert_eq!(received.cookie("e"), None);
        assert_eq!(format!("{:?}", received.form()), REDACTED);
        let Hidden(mut fields) = received.form();
        fields.sort();
        let expected = [("a", "1+2 &"), ("b", "1"), ("b", "2")];
        assert_eq!(
            fields,
            expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
        assert!(received.text().unwrap().contains("b=1") && received.parts().is_err());
    }
}
