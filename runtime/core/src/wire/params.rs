//! Parameters in every place and style, as generated code adds them.

use http::header::{COOKIE, HeaderMap, HeaderName, HeaderValue, InvalidHeaderValue};
use percent_encoding::{AsciiSet, CONTROLS};
use serde::Serialize;
use zeroize::Zeroizing;

use super::builder::RequestBuilder;
use super::encoding::{encode_component, encoded};
use super::shape::Shape;
use super::style::{self, Spelling, Style};
use crate::check;
use crate::invalid::{InvalidRequest, InvalidRule};
use crate::request_error::BuildError;
use crate::secret;
use crate::secret_bytes::SecretBytes;

/// What the value of a cookie cannot hold (RFC 6265), the comma between entries, and the escape.
const COOKIES: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'%')
    .add(b',')
    .add(b';')
    .add(b'\\');

/// A parameter of a path, encoded: what stands in the place of `{name}`.
///
/// # Errors
/// When it is empty, or could bend the path; see [`check::identifier`], which every word of it has
/// to pass. A secret is refused.
pub fn path_param<T: Serialize + ?Sized>(
    name: &'static str,
    spelling: Spelling,
    value: &T,
) -> Result<String, InvalidRequest> {
    let refused = |reason| InvalidRequest::of_field(name, InvalidRule::Identifier { reason });
    let shape = secret::refuse(|| Shape::of(value)).map_err(refused)?;
    let encode = |text: &str| match check::identifier(name, text) {
        Ok(()) => Ok(encode_component(text)),
        Err(error) => Err(match error.rule() {
            InvalidRule::Identifier { reason } => reason,
            _ => "it is no valid identifier",
        }),
    };
    spelling.in_path(name, &shape, &encode).map_err(refused)
}

impl RequestBuilder {
    /// Adds a parameter of the query, unless it is absent.
    #[must_use]
    pub fn query_param<T: Serialize + ?Sized>(
        mut self,
        name: &str,
        spelling: Spelling,
        value: &T,
    ) -> Self {
        let shape = secret::refuse(|| Shape::of(value));
        match shape.and_then(|shape| spelling.pairs(name, &shape)) {
            Ok(pairs) => {
                for pair in pairs {
                    self.request.push_query(pair);
                }
            }
            Err(problem) => self.fail(BuildError::Query {
                name: name.to_owned(),
                problem,
            }),
        }
        self
    }

    /// Adds a parameter that is a header, unless it is absent.
    #[must_use]
    pub fn header_param<T: Serialize + ?Sized>(
        mut self,
        name: &str,
        spelling: Spelling,
        value: &T,
    ) -> Self {
        let written = self.shape(value).and_then(|(shape, is_secret)| {
            let text = spelling.in_header(&shape)?;
            Ok(text.map(|text| (text, is_secret)))
        });
        match written {
            Ok(None) => {}
            Ok(Some((text, is_secret))) => {
                match (HeaderName::try_from(name), header(&text, is_secret)) {
                    (Ok(name), Ok(value)) => {
                        self.request.headers.append(name, value);
                    }
                    (Err(_), _) => self.fail(BuildError::HeaderName),
                    (_, Err(error)) => self.fail(error),
                }
            }
            Err(problem) => self.fail(BuildError::Header {
                name: name.to_owned(),
                problem,
            }),
        }
        self
    }

    /// Adds a parameter that is a cookie, unless it is absent. Exploded, a list or an object gives
    /// a cookie an entry.
    #[must_use]
    pub fn cookie_param<T: Serialize + ?Sized>(
        mut self,
        name: &str,
        spelling: Spelling,
        value: &T,
    ) -> Self {
        match self.cookies(name, spelling, value) {
            Ok(None) => {}
            Ok(Some((cookies, is_secret))) => {
                if add_cookies(&mut self.request.headers, &cookies, is_secret).is_err() {
                    self.fail(BuildError::HeaderValue);
                }
            }
            Err(problem) => self.fail(BuildError::Header {
                name: name.to_owned(),
                problem,
            }),
        }
        self
    }

    fn cookies<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        spelling: Spelling,
        value: &T,
    ) -> Result<Option<(Zeroizing<String>, bool)>, &'static str> {
        let (shape, is_secret) = self.shape(value)?;
        let joined = spelling == Style::Form.joined();
        let mut cookies = Vec::new();
        for pair in spelling.pairs(name, &shape)? {
            if HeaderName::try_from(&pair.name).is_err() {
                return Err("its name, or that of a member, cannot be that of a cookie");
            }
            let value = match pair.spelled {
                Some(spelled) if joined => spelled,
                _ => Zeroizing::new(encoded(&pair.value, COOKIES)),
            };
            cookies.push(Zeroizing::new([&pair.name, "=", value.as_str()].concat()));
        }
        let cookies = style::joined(&cookies, "; ");
        Ok((!cookies.is_empty()).then_some((cookies, is_secret)))
    }

    /// A value that may be secret, and whether it is.
    pub(super) fn shape<T: Serialize + ?Sized>(
        &mut self,
        value: &T,
    ) -> Result<(Shape, bool), &'static str> {
        let (shape, secrets) = secret::collect(|| Shape::of(value));
        let is_secret = !secrets.is_empty();
        self.request.secrets.extend(secrets);
        Ok((shape?, is_secret))
    }
}

fn header(text: &str, is_secret: bool) -> Result<HeaderValue, BuildError> {
    let value = match is_secret {
        true => SecretBytes::text(text).into_header(),
        false => HeaderValue::from_str(text),
    };
    value.map_err(|_| BuildError::HeaderValue)
}

/// Adds cookies behind those that are there, whatever bytes these have, in one header.
///
/// # Errors
/// When a header cannot carry them.
pub(crate) fn add_cookies(
    headers: &mut HeaderMap,
    cookies: &str,
    is_secret: bool,
) -> Result<(), InvalidHeaderValue> {
    let before = headers.get_all(COOKIE);
    let is_secret = is_secret || before.iter().any(HeaderValue::is_sensitive);
    let all: Vec<&[u8]> = before
        .iter()
        .map(HeaderValue::as_bytes)
        .chain([cookies.as_bytes()])
        .collect();
    let mut value = SecretBytes::from(all.join(&b"; "[..])).into_header()?;
    value.set_sensitive(is_secret);
    headers.insert(COOKIE, value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::{Password, SecretJson};
    use serde_json::json;

    fn get() -> RequestBuilder {
        RequestBuilder::get("/")
    }

    #[test]
    fn no_word_of_a_path_bends_it() {
        let path = |spelling, value: serde_json::Value| path_param("id", spelling, &value);
        assert_eq!(
            path(Style::Label.exploded(), json!([3, 4])).unwrap(),
            ".3.4"
        );
        assert_eq!(
            path(Style::Json.joined(), json!({"a": 1})).unwrap(),
            "%7B%22a%22%3A1%7D"
        );
        for bent in [
            json!("a/b"),
            json!(".."),
            json!(""),
            json!(["a", "."]),
            json!({"..": 1}),
            json!([]),
            json!("%2e"),
            json!(null),
        ] {
            for style in [Style::Simple, Style::Label, Style::Matrix] {
                for spelling in [style.joined(), style.exploded()] {
                    let error = path(spelling, bent.clone()).unwrap_err();
                    assert!(error.to_string().contains("`id`"), "{error}");
                }
            }
        }
        let error = path_param("id", Style::Simple.joined(), &Password::new("Hidden-1"));
        assert!(!format!("{:?}", error.unwrap_err()).contains("Hidden"));
    }

    #[test]
    fn a_query_is_spelled_as_told_and_means_the_same() {
        let request = get()
            .query_param("ids", Style::Form.joined(), &[2, 1])
            .query_param("tags", Style::Form.exploded(), &["z", "a"])
            .query_param(
                "filter",
                Style::DeepObject.exploded(),
                &json!({"color": "x"}),
            )
            .query_param("at", Style::Form.exploded().allow_reserved(), "a/b")
            .query_param("none", Style::Form.exploded(), &None::<u8>)
            .build()
            .unwrap();
        let text = request.query_text();
        assert_eq!(text, "at=a/b&filter%5Bcolor%5D=x&ids=2,1&tags=z&tags=a");
        let mut meant = request.query().to_vec();
        meant.sort();
        let mut read = super::super::query_pairs(&text);
        read.sort();
        assert_eq!(read, meant);
        let nested = json!([[1]]);
        let error = get()
            .query_param("q", Style::Form.joined(), &nested)
            .build();
        assert!(error.unwrap_err().to_string().contains("`q`"));
    }

    #[test]
    fn headers_and_cookies_may_be_secret_and_are_known_then() {
        let request = get()
            .header_param("x-tags", Style::Simple.joined(), &["a", "b"])
            .header_param("x-key", Style::Simple.joined(), &Password::new("Hidden-1"))
            .header_param("x-json", Style::Json.joined(), &json!({"a": [1]}))
            .cookie_param("a", Style::Form.exploded(), &["1", "2;="])
            .cookie_param("b", Style::Form.joined(), &["x,y", "z"])
            .cookie_param("c", Style::Form.exploded(), &Password::new("Hidden-2"))
            .header_param(
                "x-secret",
                Style::Json.joined(),
                &SecretJson::new(json!({"a": 7})),
            )
            .build()
            .unwrap();
        let headers = request.headers();
        assert_eq!(headers["x-tags"], "a,b");
        assert_eq!(headers["x-json"], r#"{"a":[1]}"#);
        assert!(headers["x-key"].is_sensitive() && headers[COOKIE].is_sensitive());
        assert!(headers["x-secret"].is_sensitive());
        assert_eq!(headers[COOKIE], "a=1; a=2%3B=; b=x%2Cy,z; c=Hidden-2");
        assert_eq!(request.secrets().len(), 3);
        // Those that are there stay, whatever they hold, and wherever.
        let request = get()
            .header("cookie", "a=\u{e9}".as_bytes())
            .header("cookie", "b=1")
            .cookie_param("c", Style::Form.exploded(), "\u{e9}")
            .build()
            .unwrap();
        let cookies: Vec<_> = request.headers().get_all(COOKIE).iter().collect();
        assert_eq!(cookies, ["a=\u{e9}; b=1; c=%C3%A9".as_bytes()]);
        for bad in [
            get().header_param("x", Style::Simple.joined(), "a\nb"),
            get().header_param("x", Style::Simple.joined(), &Password::new("a\nb")),
            get().header_param("x", Style::Simple.joined(), &json!([[1]])),
            get().cookie_param("x", Style::Form.exploded(), &json!({"a b": 1})),
        ] {
            assert!(bad.build().is_err());
        }
    }

    fn pairs_of<T: Serialize>(value: T) -> Vec<String> {
        RequestBuilder::get("/")
            .query_param("k", Style::Form.exploded(), &value)
            .build()
            .unwrap()
            .query()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect()
    }

    #[derive(serde::Serialize)]
    #[serde(rename_all = "UPPERCASE")]
    enum State {
        Active,
    }

    #[derive(serde::Serialize)]
    struct Page(u32);

    #[derive(serde::Serialize)]
    struct Filter {
        limit: u32,
        tags: Vec<&'static str>,
        marker: Option<String>,
    }

    #[test]
    fn scalars_texts_enums_and_newtypes() {
        assert_eq!(pairs_of(true), ["k=true"]);
        assert_eq!(pairs_of(-7i64), ["k=-7"]);
        assert_eq!(pairs_of(1.5), ["k=1.5"]);
        assert_eq!(pairs_of("a b&c"), ["k=a b&c"]);
        assert_eq!(pairs_of(String::new()), ["k="]);
        assert_eq!(pairs_of(State::Active), ["k=ACTIVE"]);
        assert_eq!(pairs_of(Page(3)), ["k=3"]);
    }

    #[test]
    fn options_and_lists() {
        assert!(pairs_of(None::<u8>).is_empty());
        assert_eq!(pairs_of(Some("x")), ["k=x"]);
        assert_eq!(pairs_of(vec!["b", "a"]), ["k=b", "k=a"]);
        assert!(pairs_of(Vec::<u8>::new()).is_empty());
        assert_eq!(pairs_of((1, "x")), ["k=1", "k=x"]);
    }

    #[test]
    fn structs_and_maps_give_their_fields() {
        let filter = Filter {
            limit: 2,
            tags: vec!["a", "b"],
            marker: None,
        };
        assert_eq!(pairs_of(filter), ["limit=2", "tags=a", "tags=b"]);
        let map = std::collections::BTreeMap::from([(1, "x"), (2, "y")]);
        assert_eq!(pairs_of(map), ["1=x", "2=y"]);
    }

    #[test]
    fn deeper_values_are_refused() {
        for refused in [
            serde_json::json!([[1]]),
            serde_json::json!([{"a": 1}]),
            serde_json::json!({"a": {"b": 1}}),
        ] {
            let builder =
                RequestBuilder::get("/").query_param("k", Style::Form.exploded(), &refused);
            assert!(builder.build().is_err(), "{refused}");
        }
    }
}
