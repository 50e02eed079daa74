//! Bodies that are no JSON, as generated code sets them.

use std::fmt::Write as _;

use http::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;

use super::builder::RequestBuilder;
use super::multipart::{Multipart, whole};
use super::shape::Shape;
use crate::media::is_among;
use crate::request_error::BuildError;
use crate::secret_bytes::SecretBytes;
use crate::upload::{Payload, Piece, Upload};

impl RequestBuilder {
    /// Sets a body of this media type: bytes, a file or a stream. The type that the upload was given
    /// goes before it.
    #[must_use]
    pub fn upload(mut self, media_type: &str, upload: &Upload) -> Self {
        match upload.in_memory() {
            Some(bytes) => self.request.body = Some(SecretBytes::shared(bytes.clone())),
            None => self.request.payload = Some(Payload(vec![Piece::File(upload.clone())])),
        }
        self.typed(upload.given_type().unwrap_or(media_type))
    }

    /// Sets a body that callers wrote themselves, in one of these media types, which the upload names.
    #[must_use]
    pub fn written(mut self, documented: &[&str], upload: &Upload) -> Self {
        match upload.given_type() {
            Some(given) if is_among(given, documented) => self.upload(given, upload),
            given => {
                self.fail(BuildError::Body {
                    problem: match given {
                        Some(_) => "its media type is none that the API takes here",
                        None => "it does not say its media type; `Upload::content_type` does",
                    },
                });
                self
            }
        }
    }

    /// Sets a body of text in UTF-8, of this media type: a text, a number or the like; none for what
    /// is absent.
    #[must_use]
    pub fn text<T: Serialize + ?Sized>(mut self, media_type: &str, value: &T) -> Self {
        let text = match self.shape(value) {
            Ok((Shape::Null, _)) => return self,
            Ok((shape, _)) => shape.scalar().map(SecretBytes::text),
            Err(problem) => Err(problem),
        };
        match text {
            Ok(text) => self.request.body = Some(text),
            Err(problem) => self.fail(BuildError::Body { problem }),
        }
        match media_type.contains(';') {
            true => self.typed(media_type),
            false => self.typed(&format!("{media_type}; charset=utf-8")),
        }
    }

    /// Sets a body of several parts. One that is all in memory and small is put together; of all
    /// others, files and streams are read while they are sent.
    #[must_use]
    pub fn multipart(mut self, form: Multipart) -> Self {
        let mut random = [0; 16];
        if getrandom::fill(&mut random).is_err() {
            self.fail(BuildError::Body {
                problem: "the system gives no random bytes for the boundary of its parts",
            });
        }
        let mut boundary = String::from("part-");
        for byte in random {
            let _ = write!(boundary, "{byte:02x}");
        }
        match form.build(&boundary) {
            Ok((payload, secrets)) => {
                self.request.secrets.extend(secrets);
                match whole(&payload) {
                    Some(bytes) => self.request.body = Some(bytes),
                    None => self.request.payload = Some(payload),
                }
            }
            Err(error) => self.fail(error),
        }
        self.typed(&format!("multipart/form-data; boundary={boundary}"))
    }

    /// Sets the Content-Type, which that of the operation does not replace.
    fn typed(mut self, media_type: &str) -> Self {
        self.request.is_typed = true;
        match HeaderValue::from_str(media_type) {
            Ok(value) => {
                self.request.headers.insert(CONTENT_TYPE, value);
            }
            Err(_) => self.fail(BuildError::HeaderValue),
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Password;

    #[test]
    fn a_text_is_utf_8_and_may_be_secret() {
        let post = || RequestBuilder::post("/");
        let request = post().text("text/plain", "é").build().unwrap();
        assert_eq!(request.body().unwrap().as_slice(), "é".as_bytes());
        assert_eq!(request.headers()[CONTENT_TYPE], "text/plain; charset=utf-8");
        let secret = post().text("text/plain", &Password::new("Hidden-1"));
        assert_eq!(secret.build().unwrap().secrets().len(), 1);
        assert!(post().text("text/plain", &[1]).build().is_err());
        assert!(
            post()
                .text("text/plain", &None::<u8>)
                .build()
                .unwrap()
                .body()
                .is_none()
        );
    }

    #[test]
    fn what_is_written_already_says_a_documented_type() {
        let build = |upload: Upload| {
            let documented = ["application/json", "application/xml"];
            let request = RequestBuilder::post("/").written(&documented, &upload);
            request.build()
        };
        let xml = Upload::bytes("<a/>").content_type("application/xml; charset=utf-8");
        let request = build(xml).unwrap();
        assert_eq!(request.body().unwrap().as_slice(), b"<a/>");
        let given = &request.headers()[CONTENT_TYPE];
        assert_eq!(given, "application/xml; charset=utf-8");
        assert!(build(Upload::bytes("{}")).is_err());
        assert!(build(Upload::bytes("a").content_type("text/csv")).is_err());
    }

    #[test]
    fn an_upload_says_its_type_itself() {
        let post = |upload: &Upload| RequestBuilder::post("/").upload("image/*", upload);
        let request = post(&Upload::bytes("x").content_type("image/gif"))
            .build()
            .unwrap();
        assert_eq!(request.headers()[CONTENT_TYPE], "image/gif");
        assert_eq!(request.body().unwrap().as_slice(), b"x");
        let request = post(&Upload::path("none")).build().unwrap();
        assert!(request.body().is_none() && request.payload().is_some());
        let bad = Upload::bytes("x").content_type("a\nb");
        assert!(post(&bad).build().is_err());
    }
}
