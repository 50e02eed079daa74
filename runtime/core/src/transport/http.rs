//! The transport that ships: hyper, with its pool of connections.

use std::fmt;
#[cfg(feature = "http2")]
use std::time::Duration;

use http::{Request, Response};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::connect::Connect;
use super::settings::ConnectionSettings;
use super::{
    Body, ExchangeFuture, MAX_HEAD, MAX_LINES, Transport, TransportError, TransportFuture, failure,
    read,
};
use crate::secret_bytes::SecretBytes;

/// How often an HTTP/2 connection with calls on it is asked whether it is still
/// there: all calls share it, and none would notice.
#[cfg(feature = "http2")]
const HTTP2_PING: Duration = Duration::from_secs(10);
/// How long its acknowledgement may take.
#[cfg(feature = "http2")]
const HTTP2_PONG: Duration = Duration::from_secs(5);

/// Sends through connections of its own, which it keeps for a while.
///
/// It speaks HTTP/1.1, follows no redirect, uses no proxy, sends each request
/// once and at exactly the address that was signed, and waits 10 s for a
/// connection. `ClientBuilder` makes one with other
/// settings.
///
/// It runs on tokio. Its connections belong to the runtime in which they were
/// made: calls from another one while the first stands still can time out.
#[derive(Clone)]
pub struct HttpTransport {
    client: Client<Connect, Body>,
}

impl HttpTransport {
    /// A transport for https and http.
    ///
    /// # Errors
    /// [`TransportErrorKind::Tls`](super::TransportErrorKind::Tls) when the
    /// crate was built without TLS, or the system's trust store cannot be read.
    pub fn new() -> Result<Self, TransportError> {
        Self::with_settings(&ConnectionSettings::default(), true)
    }

    /// A transport for plain http alone. It needs no trust store, so it works
    /// on machines without CA certificates; https fails.
    ///
    /// # Errors
    /// When it cannot be set up.
    pub fn plain_http() -> Result<Self, TransportError> {
        Self::with_settings(&ConnectionSettings::default(), false)
    }

    /// A transport with these settings, for https and http or for http alone.
    #[doc(hidden)]
    pub fn with_settings(
        settings: &ConnectionSettings,
        https: bool,
    ) -> Result<Self, TransportError> {
        let connect = Connect::new(settings, https)?;
        let mut builder = Client::builder(TokioExecutor::new());
        builder
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_max_idle_per_host(settings.max_idle())
            .pool_idle_timeout(settings.idle_timeout())
            .http1_max_buf_size(MAX_HEAD)
            .http1_max_headers(MAX_LINES);
        #[cfg(feature = "http2")]
        builder
            .http2_max_header_list_size(MAX_HEAD as u32)
            .http2_keep_alive_interval(HTTP2_PING)
            .http2_keep_alive_timeout(HTTP2_PONG);
        Ok(Self {
            client: builder.build(connect),
        })
    }

    async fn exchange_once(
        &self,
        request: Request<Body>,
    ) -> Result<Response<Body>, TransportError> {
        let host = host(&request);
        match self.head(request).await {
            Ok(response) => Ok(response.map(|body| {
                let named = move |error| failure::of_body(error).to_host(host.as_str());
                Body::stream(body.map_err(named))
            })),
            Err(error) => Err(error.to_host(host)),
        }
    }

    async fn head(&self, request: Request<Body>) -> Result<Response<Incoming>, TransportError> {
        let sent = self.client.request(request);
        sent.await.map_err(failure::of_request)
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: Request<SecretBytes>) -> TransportFuture<'_> {
        let host = host(&request);
        let response = self.exchange_once(request.map(Body::from));
        Box::pin(read::whole(response, host))
    }

    fn exchange(&self, request: Request<Body>) -> ExchangeFuture<'_> {
        Box::pin(self.exchange_once(request))
    }
}

/// The server, as errors name it.
pub(super) fn host<B>(request: &Request<B>) -> String {
    let authority = request.uri().authority();
    authority.map_or_else(String::new, |authority| authority.as_str().to_owned())
}

impl fmt::Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransport").finish_non_exhaustive()
    }
}
