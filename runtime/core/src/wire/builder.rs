//! The builder of requests.

use std::collections::BTreeMap;

use http::Method;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use super::request::Request;
use super::style::{self, Spelling};
use crate::request_error::BuildError;
use crate::secret::{self, Secrets};
use crate::secret_bytes::SecretBytes;

/// Builds a [`Request`]. The first error is kept and given by
/// [`build`](Self::build).
#[derive(Debug)]
pub struct RequestBuilder {
    pub(super) request: Request,
    error: Option<BuildError>,
}

macro_rules! methods {
    ($($name:ident $method:ident)*) => {$(
        #[doc = concat!("A ", stringify!($method), " request to `path`, which is already encoded.")]
        pub fn $name(path: impl Into<String>) -> Self {
            Self::new(Method::$method, path.into())
        }
    )*};
}

impl RequestBuilder {
    methods! {
        get GET post POST put PUT delete DELETE patch PATCH head HEAD options OPTIONS trace TRACE
    }

    fn new(method: Method, path: String) -> Self {
        Self {
            request: Request {
                method,
                path,
                query: Vec::new(),
                spelled: BTreeMap::new(),
                headers: HeaderMap::new(),
                body: None,
                payload: None,
                is_typed: false,
                secrets: Secrets::new(),
            },
            error: None,
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn header<K, V>(mut self, name: K, value: V) -> Self
    where
        K: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        match (name.try_into(), value.try_into()) {
            (Ok(name), Ok(value)) => {
                self.request.headers.append(name, value);
            }
            (Err(_), _) => self.fail(BuildError::HeaderName),
            (_, Err(_)) => self.fail(BuildError::HeaderValue),
        }
        self
    }

    /// Sets a JSON body. Only here are secrets written in plain text.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(mut self, value: &T) -> Self {
        let (body, secrets) = secret::collect(|| SecretBytes::json(value));
        self.request.secrets.extend(secrets);
        match body {
            Ok(body) => {
                self.request.body = Some(body);
                self.default_content_type("application/json");
            }
            // serde's text may quote the value, so it is not passed on.
            Err(_) => self.fail(BuildError::Body {
                problem: "a field does not serialize to JSON",
            }),
        }
        self
    }

    /// Sets a body of form fields. A field that is not named in `spellings` is spelled as the
    /// standard does by default: a list has one field an entry, and what is an object is written as
    /// JSON.
    #[must_use]
    pub fn form<T: Serialize + ?Sized>(
        mut self,
        value: &T,
        spellings: &[(&str, Spelling)],
    ) -> Self {
        let shape = self.shape(value);
        match shape.and_then(|(shape, _)| style::form(&shape, spellings)) {
            Ok(pairs) => {
                self.request.body = Some(SecretBytes::of(style::form_text(&pairs)));
                self.default_content_type("application/x-www-form-urlencoded");
            }
            Err(problem) => self.fail(BuildError::Body { problem }),
        }
        self
    }

    /// Sets a body of bytes.
    #[must_use]
    pub fn body(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.request.body = Some(SecretBytes::from(bytes.into()));
        self
    }

    /// The request.
    ///
    /// # Errors
    /// The first thing that went wrong on the way.
    pub fn build(self) -> Result<Request, BuildError> {
        match self.error {
            None => Ok(self.request),
            Some(error) => Err(error),
        }
    }

    fn default_content_type(&mut self, value: &'static str) {
        self.request
            .headers
            .entry(CONTENT_TYPE)
            .or_insert(HeaderValue::from_static(value));
    }

    pub(super) fn fail(&mut self, error: BuildError) {
        self.error.get_or_insert(error);
    }
}

#[cfg(test)]
mod tests {
    use super::super::style::Style;
    use super::*;
    use crate::secret::Password;

    #[derive(serde::Serialize)]
    struct Body {
        new_password: Password,
        #[serde(skip_serializing_if = "Option::is_none")]
        server_id: Option<String>,
    }

    fn body() -> Body {
        Body {
            new_password: Password::new("Hid&den \"1"),
            server_id: None,
        }
    }

    #[test]
    fn a_json_body_holds_the_secret_and_its_name_is_kept() {
        let request = RequestBuilder::put("/v2/p").json(&body()).build().unwrap();
        assert_eq!(
            request.body().unwrap().as_slice(),
            br#"{"new_password":"Hid&den \"1"}"#
        );
        assert_eq!(request.headers()[CONTENT_TYPE], "application/json");
        assert_eq!(request.secrets[0].expose(), "Hid&den \"1");
        assert!(!format!("{request:?}").contains("Hid"));
    }

    #[test]
    fn a_form_body_is_encoded() {
        let request = RequestBuilder::post("/v2/p")
            .form(&body(), &[])
            .build()
            .unwrap();
        assert_eq!(
            request.body().unwrap().as_slice(),
            b"new_password=Hid%26den%20%221"
        );
        assert_eq!(request.secrets.len(), 1);
        assert!(RequestBuilder::post("/").form(&17, &[]).build().is_err());
    }

    #[test]
    fn headers_of_every_type() {
        let request = RequestBuilder::get("/")
            .header(
                http::header::ACCEPT,
                HeaderValue::from_static("application/json"),
            )
            .header("x-b", String::from("3"))
            .header("x-a", "1")
            .header("x-a", "2")
            .build()
            .unwrap();
        let all: Vec<_> = request.headers().get_all("x-a").iter().collect();
        assert_eq!(all, ["1", "2"]);
        assert_eq!(request.headers()["x-b"], "3");
    }

    #[test]
    fn the_first_error_is_kept() {
        let error = RequestBuilder::get("/")
            .header("x-a", "Hidden\n")
            .header("x b", "1")
            .build()
            .unwrap_err();
        assert_eq!(error, BuildError::HeaderValue);
        assert!(!format!("{error} {error:?}").contains("Hidden"));
    }

    #[test]
    fn a_body_that_does_not_serialize_is_an_error_without_its_value() {
        let keys = std::collections::BTreeMap::from([((1, 2), "Hidden")]);
        let error = RequestBuilder::post("/").json(&keys).build().unwrap_err();
        assert!(matches!(error, BuildError::Body { .. }));
        assert!(!error.to_string().contains("Hidden"));
    }

    #[test]
    fn a_secret_is_refused_in_a_query() {
        let password = Password::new("Hidden-1");
        let error = RequestBuilder::get("/")
            .query_param("password", Style::Form.exploded(), &password)
            .build()
            .unwrap_err();
        assert!(matches!(&error, BuildError::Query { name, .. } if name == "password"));
        assert!(!format!("{error} {error:?}").contains("Hidden"));
    }
}
