//! The transport that ships: reqwest.

use std::error::Error as StdError;

use bytes::{Bytes, BytesMut};

use super::connect::{ATTEMPT_TIMEOUT, ConnectionSettings};
use crate::wire::SecretBytes;

use super::{MAX_BODY, Transport, TransportError, TransportErrorKind, TransportFuture};

/// Sends through a [`reqwest::Client`].
///
/// The default client speaks HTTP/1.1, follows no redirect, uses no proxy,
/// sends each request once, waits 10 s for a connection and 30 s for the answer.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: ::reqwest::Client,
}

impl ReqwestTransport {
    /// A transport for https and http.
    ///
    /// # Errors
    /// [`TransportErrorKind::Tls`] when the crate was built without TLS, or the
    /// system's trust store cannot be read.
    pub fn new() -> Result<Self, TransportError> {
        Self::with_settings(|settings| settings)
    }

    /// [`new`](Self::new) with other settings: `change` gets those of the
    /// default client and may turn on a proxy or set other timeouts.
    ///
    /// TLS is preconfigured, so a root certificate is not added here: give it
    /// to [`CoreBuilder::ca_certificate`](crate::CoreBuilder::ca_certificate),
    /// put it into the system's trust store (or name a file in
    /// `SSL_CERT_FILE`), or hand over a whole configuration with
    /// `tls_backend_preconfigured`.
    ///
    /// # Errors
    /// As for [`new`](Self::new), and when the changed settings do not fit
    /// together.
    pub fn with_settings(
        change: impl FnOnce(::reqwest::ClientBuilder) -> ::reqwest::ClientBuilder,
    ) -> Result<Self, TransportError> {
        ConnectionSettings::default()
            .builder(true)
            .map(|settings| change(settings.timeout(ATTEMPT_TIMEOUT)))
            .and_then(Self::from_builder)
    }

    /// A transport for plain http alone. It needs no trust store, so it works
    /// on machines without CA certificates; https fails.
    ///
    /// # Errors
    /// When the client cannot be set up.
    pub fn plain_http() -> Result<Self, TransportError> {
        Self::plain_http_with_settings(|settings| settings)
    }

    /// [`plain_http`](Self::plain_http) with other settings.
    ///
    /// # Errors
    /// When the changed settings do not fit together.
    pub fn plain_http_with_settings(
        change: impl FnOnce(::reqwest::ClientBuilder) -> ::reqwest::ClientBuilder,
    ) -> Result<Self, TransportError> {
        ConnectionSettings::default()
            .builder(false)
            .map(|settings| change(settings.timeout(ATTEMPT_TIMEOUT)))
            .and_then(Self::from_builder)
    }

    /// A transport with these settings, for https and http or for http alone,
    /// to be used where the time of attempts is bounded.
    pub(crate) fn connecting(
        settings: &ConnectionSettings,
        https: bool,
    ) -> Result<Self, TransportError> {
        settings.builder(https).and_then(Self::from_builder)
    }

    /// Sends through a client of the caller's making, with all its settings.
    ///
    /// It should follow no redirect and retry nothing: both would send signed
    /// requests to places, or at times, they were not signed for.
    /// [`with_settings`](Self::with_settings) begins with such settings, and
    /// with TLS; with this crate's feature `rustls`, a bare
    /// `reqwest::Client::builder().build()` panics unless the program installs
    /// a rustls provider first.
    pub fn with_client(client: ::reqwest::Client) -> Self {
        Self { client }
    }

    fn from_builder(builder: ::reqwest::ClientBuilder) -> Result<Self, TransportError> {
        builder
            .build()
            .map(Self::with_client)
            .map_err(|error| failure(error, TransportErrorKind::Other).not_sent())
    }

    /// Apart from [`send_once`](Self::send_once), whose future would otherwise
    /// keep room for each form of the request.
    fn begin(
        &self,
        request: http::Request<SecretBytes>,
    ) -> Result<impl Future<Output = ::reqwest::Result<::reqwest::Response>>, TransportError> {
        let (parts, body) = request.into_parts();
        Ok(self.client.execute(address(parts, body.to_bytes())?))
    }

    async fn send_once(
        &self,
        request: http::Request<SecretBytes>,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let host = request
            .uri()
            .authority()
            .map(|authority| authority.as_str().to_owned())
            .unwrap_or_default();
        let sent = self.begin(request);
        let mut response = sent
            .map_err(|error| error.to_host(host.clone()))?
            .await
            .map_err(|error| failure(error, TransportErrorKind::Body).to_host(host.clone()))?;

        let mut answer = http::Response::new(Bytes::new());
        *answer.status_mut() = response.status();
        *answer.version_mut() = response.version();
        std::mem::swap(answer.headers_mut(), response.headers_mut());
        *answer.body_mut() = read_body(&mut response)
            .await
            .map_err(|error| error.to_host(host))?;
        Ok(answer)
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: http::Request<SecretBytes>) -> TransportFuture<'_> {
        Box::pin(self.send_once(request))
    }
}

/// The request in reqwest's form, at exactly the address that was signed.
fn address(parts: http::request::Parts, body: Bytes) -> Result<::reqwest::Request, TransportError> {
    let refused = |text: &'static str| {
        TransportError::new(TransportErrorKind::Other)
            .not_sent()
            .caused_by(text)
    };
    let url = ::reqwest::Url::parse(&written(&parts.uri))
        .map_err(|_| refused("the address is not a URL"))?;
    // A URL parser may rewrite a path (`..`, odd characters); the server would
    // then see another request than the one that was signed.
    if url.path() != parts.uri.path() || url.query() != parts.uri.query() {
        return Err(refused("the path or query would change on the way"));
    }
    let mut request = ::reqwest::Request::new(parts.method, url);
    *request.headers_mut() = parts.headers;
    if !body.is_empty() {
        *request.body_mut() = Some(::reqwest::Body::from(body));
    }
    Ok(request)
}

/// What `to_string` gives, in one piece from the start.
fn written(uri: &http::Uri) -> String {
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return uri.to_string();
    };
    let path_and_query = uri.path_and_query().map_or("/", |it| it.as_str());
    [scheme, "://", authority.as_str(), path_and_query].concat()
}

async fn read_body(response: &mut ::reqwest::Response) -> Result<Bytes, TransportError> {
    let too_large = || TransportError::new(TransportErrorKind::TooLarge);
    if response
        .content_length()
        .is_some_and(|length| length > MAX_BODY as u64)
    {
        return Err(too_large());
    }
    // Nearly every answer comes in one piece, which need not be copied.
    let mut first = Bytes::new();
    let mut body = BytesMut::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| failure(error, TransportErrorKind::Body))?
    {
        if chunk.len() > MAX_BODY - first.len().max(body.len()) {
            return Err(too_large());
        }
        if first.is_empty() {
            first = chunk;
            continue;
        }
        if body.is_empty() {
            body.extend_from_slice(&first);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(if body.is_empty() {
        first
    } else {
        body.freeze()
    })
}

/// Names what went wrong; `otherwise` when the error does not tell.
fn failure(error: ::reqwest::Error, otherwise: TransportErrorKind) -> TransportError {
    // The URL holds identifiers; the host is named by the caller.
    let error = error.without_url();
    let connect = error.is_connect();
    let kind = if is_tls(&error) {
        TransportErrorKind::Tls
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if connect {
        TransportErrorKind::Connect
    } else if error.is_body() || error.is_decode() {
        TransportErrorKind::Body
    } else {
        otherwise
    };
    // Only while connecting is it certain that no byte of the request left.
    let not_sent = connect || error.is_builder();
    let failure = TransportError::new(kind).caused_by(error);
    if not_sent {
        failure.not_sent()
    } else {
        failure.maybe_sent()
    }
}

/// Whether TLS is somewhere in the chain of causes.
fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if is_tls_error(error) {
            return true;
        }
        // An I/O error hides what it wraps from `source`.
        let wrapped = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        if wrapped.is_some_and(|inner| is_tls(inner)) {
            return true;
        }
        cause = error.source();
    }
    false
}

fn is_tls_error(error: &(dyn StdError + 'static)) -> bool {
    #[cfg(feature = "rustls")]
    if error.is::<::rustls::Error>() {
        return true;
    }
    #[cfg(feature = "native-tls")]
    if error.is::<::native_tls::Error>() {
        return true;
    }
    let _ = error;
    false
}
