//! Responses: as they came, and as values.

mod disguise;
mod download;
mod header;
mod value;

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap};
use serde::de::DeserializeOwned;
use serde_json::Value;

use self::disguise::NamesError;
pub use self::download::Download;
#[cfg(feature = "blocking")]
pub(crate) use self::download::as_io;
pub use self::header::FromHeader;
pub use self::value::Response;
use crate::error::{
    ApiError, Conventions, DecodeError, DecodeFailure, Error, ErrorDetails, KNOWN_NAMES, Reading,
    UndocumentedError, header_of, redacted_header,
};
use crate::json;
use crate::lenient;
use crate::media::{self, NoText};
pub use crate::media::{Documented, Kept};
use crate::operation::Operation;
use crate::redact::{Redactor, WITHHELD};
use crate::transport::{Body, TransportError, TransportErrorKind};

/// The largest body of an error that is read, in bytes. The services' have a few hundred.
const LARGEST_ERROR: usize = 64 * 1024;

/// A response as it came.
///
/// Generated code picks the reading by status: [`object`](Self::object),
/// [`json`](Self::json) or [`unit`](Self::unit) for success, [`documented`](Self::documented) or
/// [`documented_empty`](Self::documented_empty) for errors of the document,
/// [`undocumented`](Self::undocumented) for all else.
///
/// The values of a success are given as they came. What is shown, and the typed bodies of errors,
/// hold no secret of the request; see [`ErrorDetails`].
#[derive(Clone)]
pub struct RawResponse {
    operation: &'static Operation,
    status: http::StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// What is still to be read of the body, with the longest wait for a piece of it.
    rest: Option<Rest>,
    redactor: Arc<Redactor>,
    conventions: &'static dyn Conventions,
    /// Found when somebody asks, since it has to be looked at for secrets.
    request_id: OnceLock<Option<String>>,
    /// The JSON of an error, without secrets.
    error: OnceLock<ErrorBody>,
}

/// A body that is one of several, told apart by the media type that arrives.
pub trait ByMediaType: Sized {
    /// The body of a success.
    ///
    /// # Errors
    /// As [`RawResponse::by_media_type`].
    fn success<E, C>(response: &RawResponse) -> Result<Self, Error<E, C>>;

    /// The error that has such a body.
    fn failure<E, C>(response: RawResponse, wrap: impl FnOnce(Self) -> E) -> Error<E, C>;
}

/// A body that is still to be read. Clones share it.
#[derive(Clone)]
struct Rest {
    body: Arc<Mutex<Option<Body>>>,
    limit: Duration,
}

/// The body of an error, looked at.
#[derive(Clone)]
struct ErrorBody {
    /// Without secrets; none where it is no JSON, or too large.
    json: Option<Value>,
    /// Whether the body as it came is the same.
    is_clean: bool,
    /// What it says as it came.
    unredacted: Reading,
}

impl RawResponse {
    /// Takes over the response to a request with these secrets.
    pub fn new(
        operation: &'static Operation,
        response: http::Response<Bytes>,
        redactor: Redactor,
        conventions: &'static dyn Conventions,
    ) -> Self {
        let (parts, body) = response.into_parts();
        Self {
            operation,
            status: parts.status,
            headers: parts.headers,
            body,
            rest: None,
            redactor: Arc::new(redactor),
            conventions,
            request_id: OnceLock::new(),
            error: OnceLock::new(),
        }
    }

    /// The response with a body that is still to be read.
    pub(crate) fn with_rest(mut self, body: Body, limit: Duration) -> Self {
        let body = Arc::new(Mutex::new(Some(body)));
        self.rest = Some(Rest { body, limit });
        self
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers as they came.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came, which may repeat every secret of the request: for eyes, not for logs.
    pub fn expose_body(&self) -> &[u8] {
        &self.body
    }

    /// The request id in the headers.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id
            .get_or_init(|| {
                let names = self.conventions.request_id_headers();
                header_of(names, &self.headers, &self.redactor)
            })
            .as_deref()
    }

    /// What is known about this response, were it an error.
    pub fn details(&self) -> ErrorDetails {
        let body = self.error_body();
        ErrorDetails::new(
            self.operation,
            self.status,
            &self.headers,
            &self.body,
            body.unredacted.clone(),
            &self.redactor,
            self.conventions,
        )
    }

    fn error_body(&self) -> &ErrorBody {
        self.error.get_or_init(|| {
            let text = self.without_mark();
            let mut json = match text.len() {
                0..=LARGEST_ERROR => json::from_slice::<Value>(text).ok(),
                _ => None,
            };
            let unredacted = json.as_ref().map(Reading::of).unwrap_or_default();
            let mut examination = self.redactor.examine();
            // Text by text, so that the others can be shown.
            let found = json
                .as_mut()
                .is_some_and(|json| examination.clean(json, KNOWN_NAMES));
            ErrorBody {
                json,
                is_clean: !found,
                unredacted,
            }
        })
    }

    /// The media type, in lower case and without parameters, if the response says one.
    pub fn media_type(&self) -> Option<String> {
        self.content_type().map(media::essence)
    }

    /// Which of these media types of the document the response has: the one that says most about it.
    /// The first, where the response says none; `None`, where it has another.
    pub fn media_among(&self, documented: &[&str]) -> Option<usize> {
        media_among(&self.headers, documented)
    }

    /// The error of a documented status with a media type that is not documented for it.
    pub fn undocumented_media<E, C>(&self) -> Error<E, C> {
        self.undecodable(DecodeFailure::of_media())
    }

    /// Reads the body as text in its charset.
    ///
    /// # Errors
    /// [`Error::Decode`] when it is none, or its charset is not known.
    pub fn text<E, C>(&self) -> Result<String, Error<E, C>> {
        self.decode_text()
            .map_err(|failure| self.undecodable(failure))
    }

    /// The body as it came.
    pub fn bytes(&self) -> Bytes {
        self.body.clone()
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    /// [`Error::Decode`] when it is empty, no JSON, or JSON of another shape.
    pub fn json<T: DeserializeOwned, E, C>(&self) -> Result<T, Error<E, C>> {
        self.decode().map_err(|failure| self.undecodable(failure))
    }

    /// Reads the body of a success as a JSON object that documents no error.
    ///
    /// # Errors
    /// [`Error::Undocumented`] when the object says that something went wrong,
    /// as gateways do at times with status 200; [`Error::Decode`] when it is
    /// empty, no JSON, no object, or of another shape.
    pub fn object<T: DeserializeOwned, E, C>(&self) -> Result<T, Error<E, C>> {
        if !disguise::is_plain_object(self.without_mark()) {
            self.refuse_errors_in_disguise()?;
        }
        self.json()
    }

    /// Accepts an empty body, `null` or a JSON object: the document promises nothing
    /// about it.
    ///
    /// # Errors
    /// [`Error::Undocumented`] when the object says that something went wrong;
    /// [`Error::Decode`] for anything else: a page of a proxy is no success.
    pub fn unit<E, C>(&self) -> Result<(), Error<E, C>> {
        if self.is_empty() || self.body.trim_ascii() == b"null" {
            return Ok(());
        }
        self.refuse_errors_in_disguise()
    }

    /// A success whose body is an object, and none that names an error.
    fn refuse_errors_in_disguise<E, C>(&self) -> Result<(), Error<E, C>> {
        if self.json::<NamesError, E, C>()?.0 {
            let error = UndocumentedError::new(self.details()).in_disguise();
            Err(Error::Undocumented(Box::new(error)))
        } else {
            Ok(())
        }
    }

    /// The value of a documented header.
    ///
    /// # Errors
    /// [`Error::Decode`] when the response lacks it, or its value is no such type.
    pub fn header<T: FromHeader, E, C>(&self, name: &'static str) -> Result<T, Error<E, C>> {
        self.optional_header(name)?
            .ok_or_else(|| self.undecodable(DecodeFailure::of_header(name, false)))
    }

    /// The value of a documented header that may be missing.
    ///
    /// # Errors
    /// [`Error::Decode`] when it is there and its value is no such type.
    pub fn optional_header<T: FromHeader, E, C>(
        &self,
        name: &'static str,
    ) -> Result<Option<T>, Error<E, C>> {
        let Some(value) = self.headers.get(name) else {
            return Ok(None);
        };
        value
            .to_str()
            .ok()
            .and_then(T::from_header)
            .map(Some)
            .ok_or_else(|| self.undecodable(DecodeFailure::of_header(name, true)))
    }

    /// The body as it comes, of a call that was told to leave it; any other's is all there. It is
    /// given once: to read it again is an error.
    pub fn download(&self) -> Download {
        let (body, limit) = match &self.rest {
            Some(Rest { body, limit }) => {
                let mut body = body.lock().unwrap_or_else(PoisonError::into_inner);
                (body.take().unwrap_or_else(taken), *limit)
            }
            None => (self.body.clone().into(), Duration::MAX),
        };
        Download::new(body, Some(self.operation), limit)
    }

    /// Reads the body of a success as what its media type says it is.
    ///
    /// # Errors
    /// [`Error::Decode`] when it has a media type that is not documented, or is not what that says.
    pub fn by_media_type<T: ByMediaType, E, C>(&self) -> Result<T, Error<E, C>> {
        T::success(self)
    }

    /// The error of a documented status whose body is what its media type says.
    pub fn documented_by_media_type<T: ByMediaType, E, C>(
        self,
        wrap: impl FnOnce(T) -> E,
    ) -> Error<E, C> {
        T::failure(self, wrap)
    }

    /// Success with this value.
    pub fn success<T>(self, value: T) -> Response<T> {
        Response { value, raw: self }
    }

    /// The error of a documented status with a body, or of a success whose body says no; `wrap`
    /// turns the body into the operation's error type.
    pub fn documented<T: DeserializeOwned, E, C>(self, wrap: impl FnOnce(T) -> E) -> Error<E, C> {
        match self.decode_error() {
            Ok(body) => self.documented_empty(wrap(body)),
            Err(failure) => self.undecodable(failure),
        }
    }

    /// The error of a documented status whose body is text. It is withheld where it holds a secret
    /// of the request.
    pub fn documented_text<E, C>(self, wrap: impl FnOnce(String) -> E) -> Error<E, C> {
        let text = match self.body.len() {
            0..=LARGEST_ERROR => self.decode_text(),
            _ => Err(DecodeFailure::too_large()),
        };
        match text {
            Ok(text) => {
                let text = self.redactor.examine().redacted(text);
                self.documented_empty(wrap(text))
            }
            Err(failure) => self.undecodable(failure),
        }
    }

    /// The error of a documented status whose body is bytes. They are withheld where they hold a
    /// secret of the request.
    pub fn documented_bytes<E, C>(self, wrap: impl FnOnce(Bytes) -> E) -> Error<E, C> {
        if self.body.len() > LARGEST_ERROR {
            return self.undecodable(DecodeFailure::too_large());
        }
        let bytes = match self.redactor.examine().finds(&self.body) {
            true => Bytes::from_static(WITHHELD.as_bytes()),
            false => self.body.clone(),
        };
        self.documented_empty(wrap(bytes))
    }

    /// The error of a documented status without a described body.
    pub fn documented_empty<E, C>(self, body: E) -> Error<E, C> {
        Error::Api(Box::new(ApiError::new(body, self.details())))
    }

    /// The error of a status that the API does not document.
    pub fn undocumented<E, C>(self) -> Error<E, C> {
        Error::Undocumented(Box::new(UndocumentedError::new(self.details())))
    }

    /// The body of an error, without the secrets of the request.
    fn decode_error<T: DeserializeOwned>(&self) -> Result<T, DecodeFailure> {
        if self.body.len() > LARGEST_ERROR {
            return Err(DecodeFailure::too_large());
        }
        let body = self.error_body();
        match &body.json {
            Some(json) if !body.is_clean => decode(json.to_string().as_bytes()),
            // As it came, so that a failure has its place.
            _ => self.decode(),
        }
    }

    fn content_type(&self) -> Option<&str> {
        content_type(&self.headers)
    }

    fn decode_text(&self) -> Result<String, DecodeFailure> {
        let charset = self.content_type().and_then(media::charset);
        media::text(&self.body, charset.as_deref()).map_err(|problem| match problem {
            NoText::Malformed => DecodeFailure::of_text(true),
            NoText::Charset => DecodeFailure::of_text(false),
        })
    }

    fn is_empty(&self) -> bool {
        self.body.iter().all(u8::is_ascii_whitespace)
    }

    fn decode<T: DeserializeOwned>(&self) -> Result<T, DecodeFailure> {
        if self.is_empty() {
            return Err(DecodeFailure::empty());
        }
        decode(self.without_mark())
    }

    /// The body without a byte order mark.
    fn without_mark(&self) -> &[u8] {
        let marked = self.body.strip_prefix(b"\xef\xbb\xbf");
        marked.unwrap_or(&self.body)
    }

    fn undecodable<E, C>(&self, failure: DecodeFailure) -> Error<E, C> {
        let mut examination = self.redactor.examine();
        let failure = failure.without(|words| examination.finds(words.as_bytes()));
        let content_type = redacted_header(&self.headers, "content-type", &mut examination);
        Error::Decode(Box::new(DecodeError::new(
            self.details(),
            content_type,
            failure,
        )))
    }
}

fn decode<T: DeserializeOwned>(text: &[u8]) -> Result<T, DecodeFailure> {
    json::from_slice(text).or_else(|error| {
        let kindly = error.is_data().then(|| lenient::from_slice(text));
        kindly.flatten().ok_or_else(|| DecodeFailure::of(&error))
    })
}

fn content_type(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    (!value.trim().is_empty()).then_some(value)
}

/// In the place of a body that is somebody else's now.
fn taken() -> Body {
    let mut body = Body::from(Bytes::new());
    let error = TransportError::new(TransportErrorKind::Other);
    body.break_off(error.caused_by(
        "the body was taken before, and can be read only once; read the download that was given first",
    ));
    body
}

/// Which of these media types a message with these headers has; see [`RawResponse::media_among`].
pub(crate) fn media_among(headers: &HeaderMap, documented: &[&str]) -> Option<usize> {
    match content_type(headers) {
        Some(given) => media::among(&media::essence(given), documented),
        None => (!documented.is_empty()).then_some(0),
    }
}

/// Whether the body of a success with these headers is left to be read as it comes: told by the same
/// rule as how it is read.
pub(crate) fn is_left(headers: &HeaderMap, documented: Documented) -> bool {
    let types: Vec<&str> = documented
        .iter()
        .map(|(media_type, _)| *media_type)
        .collect();
    let arrived = media_among(headers, &types);
    arrived.is_none_or(|index| documented[index].1 == Kept::Left)
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("operation", &format_args!("{}", self.operation))
            .field("status", &self.status())
            .field("body_len", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// The response to a request without secrets.
#[cfg(test)]
pub(crate) fn raw(
    operation: &'static crate::operation::Operation,
    status: u16,
    headers: &http::HeaderMap,
    body: &str,
) -> RawResponse {
    let mut response = http::Response::new(bytes::Bytes::from(body.to_owned()));
    if let Ok(status) = http::StatusCode::from_u16(status) {
        *response.status_mut() = status;
    }
    *response.headers_mut() = headers.clone();
    RawResponse::new(
        operation,
        response,
        crate::redact::Redactor::default(),
        &crate::error::Plain,
    )
}
