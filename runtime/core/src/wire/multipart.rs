//! Forms of several parts, files among them (RFC 7578).

use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use serde::Serialize;
use zeroize::Zeroizing;

use super::shape::Shape;
use crate::request_error::BuildError;
use crate::secret::{self, Secrets};
use crate::secret_bytes::SecretBytes;
use crate::upload::{Payload, Piece, Upload};

/// A form of parts; one that was never added, or is absent, is not sent.
///
/// ```
/// use openapi_client_runtime::Upload;
/// use openapi_client_runtime::wire::{Multipart, Part, RequestBuilder};
///
/// let request = RequestBuilder::post("/pictures").multipart(
///     Multipart::new()
///         .part("title", Part::value("Cat"))
///         .part("picture", Part::files(&Some(Upload::path("cat.png"))).content_type("image/png")),
/// );
/// # let _ = request;
/// ```
#[derive(Default)]
pub struct Multipart {
    parts: Vec<(String, Part)>,
}

/// What stands under one name: nothing, or one part for a value, and for a list one an entry.
#[derive(Default)]
pub struct Part {
    contents: Vec<Content>,
    content_type: Option<String>,
    headers: Vec<(String, Option<Zeroizing<String>>)>,
    secrets: Secrets,
    problem: Option<&'static str>,
}

/// One content, and its media type where it brings one along.
enum Content {
    Text(Zeroizing<String>, Option<&'static str>),
    File(Upload),
}

impl Multipart {
    /// Without parts yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what stands under a name.
    #[must_use]
    pub fn part(mut self, name: impl Into<String>, part: Part) -> Self {
        self.parts.push((name.into(), part));
        self
    }

    /// The pieces of the body, between boundaries that nobody can guess; and the secrets in them.
    pub(super) fn build(self, boundary: &str) -> Result<(Payload, Secrets), BuildError> {
        let mut secrets = Secrets::new();
        let mut pieces = Vec::new();
        let mut texts = Texts::default();
        for (name, part) in self.parts {
            if let Some(problem) = part.problem {
                return Err(BuildError::Body { problem });
            }
            secrets.extend(part.secrets);
            for content in part.contents {
                texts.push(format!(
                    "--{boundary}\r\nContent-Disposition: form-data; name=\""
                ));
                texts.push(escaped(&with_line_breaks(&name)));
                texts.push("\"");
                let (own_type, file_name) = match &content {
                    Content::Text(_, own_type) => (*own_type, None),
                    Content::File(upload) => (
                        Some("application/octet-stream"),
                        Some(upload.given_name().unwrap_or(&name)),
                    ),
                };
                if let Some(file_name) = file_name {
                    texts.push(format!("; filename=\"{}\"", escaped(file_name)));
                }
                let given_type = match &content {
                    Content::File(upload) => upload.given_type(),
                    Content::Text(..) => None,
                };
                let content_type = given_type.or(part.content_type.as_deref()).or(own_type);
                if let Some(content_type) = content_type {
                    HeaderValue::from_str(content_type).map_err(|_| BuildError::HeaderValue)?;
                    texts.push(format!("\r\nContent-Type: {content_type}"));
                }
                for (name, value) in &part.headers {
                    let Some(value) = value else { continue };
                    HeaderName::try_from(name).map_err(|_| BuildError::HeaderName)?;
                    HeaderValue::from_str(value).map_err(|_| BuildError::HeaderValue)?;
                    texts.push(format!("\r\n{name}: "));
                    texts.push(value.as_str());
                }
                texts.push("\r\n\r\n");
                match content {
                    Content::Text(content, _) => texts.0.push(content),
                    Content::File(upload) => {
                        pieces.push(Piece::Text(texts.take()));
                        pieces.push(Piece::File(upload));
                    }
                }
                texts.push("\r\n");
            }
        }
        texts.push(format!("--{boundary}--\r\n"));
        pieces.push(Piece::Text(texts.take()));
        Ok((Payload(pieces), secrets))
    }
}

/// Texts that are to stand one behind the other. They are put together at once, in a buffer that
/// never grows: it leaves no copy of a secret behind.
#[derive(Default)]
struct Texts(Vec<Zeroizing<String>>);

impl Texts {
    fn push(&mut self, text: impl Into<String>) {
        self.0.push(Zeroizing::new(text.into()));
    }

    fn take(&mut self) -> SecretBytes {
        let texts = std::mem::take(&mut self.0);
        let texts: Vec<&[u8]> = texts.iter().map(|text| text.as_bytes()).collect();
        texts.concat().into()
    }
}

/// A name in quotes, as browsers write it: the form-data encoding of WHATWG's HTML.
fn escaped(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The line breaks of a field's name as browsers send them; those of a file's name stay.
fn with_line_breaks(name: &str) -> String {
    name.replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\n', "\r\n")
}

impl Part {
    /// A value by the standard's default: a scalar as text, an object as JSON, a list as a part an
    /// entry; nothing for what is absent. Only here and in the others are secrets written in plain
    /// text.
    pub fn value<T: Serialize + ?Sized>(value: &T) -> Self {
        Self::of(value, |shape| match shape {
            Shape::List(entries) => entries.iter().filter_map(content).collect(),
            shape => content(shape).into_iter().collect(),
        })
    }

    /// A value as JSON, whatever it is; nothing for what is absent.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Self {
        Self::of(value, |shape| match shape {
            Shape::Null => Ok(Vec::new()),
            shape => Ok(vec![json(shape)?]),
        })
    }

    /// Files: of an option or a list of them, or of an array of one.
    pub fn files<'a>(files: impl IntoIterator<Item = &'a Upload>) -> Self {
        let files = files.into_iter().cloned().map(Content::File);
        Self {
            contents: files.collect(),
            ..Self::default()
        }
    }

    /// The media type. That of an [`Upload`] goes before it.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// Adds a header to each part, unless it is absent.
    #[must_use]
    pub fn header<T: Serialize + ?Sized>(mut self, name: impl Into<String>, value: &T) -> Self {
        let (shape, secrets) = secret::collect(|| Shape::of(value));
        self.secrets.extend(secrets);
        let spelling = super::style::Style::Simple.joined();
        match shape.and_then(|shape| spelling.in_header(&shape)) {
            Ok(value) => self.headers.push((name.into(), value)),
            Err(problem) => self.problem = Some(problem),
        }
        self
    }

    fn of<T: Serialize + ?Sized>(
        value: &T,
        contents: impl FnOnce(&Shape) -> Result<Vec<Content>, &'static str>,
    ) -> Self {
        let (shape, secrets) = secret::collect(|| Shape::of(value));
        let contents = shape.and_then(|shape| contents(&shape));
        Self {
            problem: contents.as_ref().err().copied(),
            contents: contents.unwrap_or_default(),
            secrets,
            ..Self::default()
        }
    }
}

fn content(shape: &Shape) -> Option<Result<Content, &'static str>> {
    match shape {
        Shape::Null => None,
        Shape::Scalar(scalar) => Some(Ok(Content::Text(scalar.text.clone(), None))),
        Shape::List(_) | Shape::Object(_) => Some(json(shape)),
    }
}

fn json(shape: &Shape) -> Result<Content, &'static str> {
    let json = shape.to_json()?;
    Ok(Content::Text(json, Some("application/json")))
}

/// The largest form that is put together in memory where all of it is there: one that is larger is
/// not copied.
const SMALL: usize = 1024 * 1024;

/// The payload as bytes, where it is all in memory and small.
pub(super) fn whole(payload: &Payload) -> Option<SecretBytes> {
    let bytes = |piece: &Piece| match piece {
        Piece::Text(text) => Some(text.to_bytes()),
        Piece::File(upload) => upload.in_memory().cloned(),
    };
    let pieces: Vec<Bytes> = payload.0.iter().map(bytes).collect::<Option<_>>()?;
    let length: usize = pieces.iter().map(Bytes::len).sum();
    if length > SMALL {
        return None;
    }
    let mut all = Zeroizing::new(Vec::with_capacity(length));
    for piece in pieces {
        all.extend_from_slice(&piece);
    }
    Some(SecretBytes::of(all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Password;
    use serde_json::json;

    fn text(form: Multipart) -> String {
        let (payload, _) = form.build("B").unwrap();
        let whole = whole(&payload).unwrap();
        String::from_utf8(whole.as_slice().to_vec()).unwrap()
    }

    #[test]
    fn each_part_has_its_head() {
        let files = vec![
            Upload::bytes("1").file_name("a\"b\r\n.txt"),
            Upload::bytes("2").content_type("text/csv"),
        ];
        let form = Multipart::new()
            .part("title", Part::value("Cät"))
            .part("tags", Part::value(&json!(["x", 2, null])))
            .part("none", Part::value(&None::<u8>))
            .part("meta", Part::value(&json!({"a": 1})))
            .part("list", Part::json(&[1, 2]))
            .part(
                "files",
                Part::files(&files)
                    .content_type("text/plain")
                    .header("X-Id", &7),
            )
            .part("absent", Part::files(&None));
        let head = "--B\r\nContent-Disposition: form-data; name=";
        let expected = [
            "\"title\"\r\n\r\nCät",
            "\"tags\"\r\n\r\nx",
            "\"tags\"\r\n\r\n2",
            "\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"a\":1}",
            "\"list\"\r\nContent-Type: application/json\r\n\r\n[1,2]",
            "\"files\"; filename=\"a%22b%0D%0A.txt\"\r\nContent-Type: text/plain\r\nX-Id: 7\r\n\r\n1",
            "\"files\"; filename=\"files\"\r\nContent-Type: text/csv\r\nX-Id: 7\r\n\r\n2",
        ];
        let expected: String = expected
            .iter()
            .map(|part| format!("{head}{part}\r\n"))
            .collect();
        assert_eq!(text(form), expected + "--B--\r\n");
        assert_eq!(text(Multipart::new()), "--B--\r\n");
    }

    #[test]
    fn secrets_are_known_and_heads_stay_whole() {
        let password = Password::new("Hidden-1");
        let (payload, secrets) = Multipart::new()
            .part(
                "p",
                Part::value(&password).header("X-P", &Password::new("Hidden-2")),
            )
            .build("B")
            .unwrap();
        let shown = String::from_utf8_lossy(whole(&payload).unwrap().as_slice()).into_owned();
        assert!(
            shown.contains("Hidden-1") && shown.contains("X-P: Hidden-2"),
            "{shown}"
        );
        assert_eq!(secrets.len(), 2);
        // As browsers send them, and nothing else is escaped.
        let named = Multipart::new()
            .part("a\\\"b\n\r\r\n%", Part::value("x\ny"))
            .part(
                "f",
                Part::files([&Upload::bytes("").file_name("a\\\"b\n\r%")]),
            );
        let named = text(named);
        for part in [
            "name=\"a\\%22b%0D%0A%0D%0A%0D%0A%\"\r\n\r\nx\ny\r\n",
            "filename=\"a\\%22b%0A%0D%\"\r\n",
        ] {
            assert!(named.contains(part), "{named}");
        }
        for bad in [
            Part::value("a").content_type("text/plain\r\nX: y"),
            Part::value("a").header("X", "a\r\nY: b"),
            Part::value("a").header("X Y", "a"),
            Part::value(&f64::NAN),
        ] {
            assert!(Multipart::new().part("a", bad).build("B").is_err());
        }
    }
}
