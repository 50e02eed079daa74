//! A reqwest client of the caller's making.

use std::fmt;

use http_body_util::BodyExt as _;
use hyper::body::Body as _;

use super::http::host;
use super::{
    Body, ExchangeFuture, MAX_LINES, Transport, TransportError, TransportErrorKind,
    TransportFuture, failure as sort, read,
};
use crate::secret_bytes::SecretBytes;

/// Sends through a reqwest client with the caller's settings: TLS, proxies,
/// pool, name look-up.
///
/// Needs the feature `reqwest`, which brings reqwest without TLS; the program
/// asks for it with the features of its own dependency on reqwest.
///
/// What these settings say is not taken on where it would lead a signed request
/// or a password elsewhere, or into a log:
///
/// | setting | here |
/// |---|---|
/// | redirects | none is followed; the response that asks for one is given |
/// | retries | none: the client itself knows what may be sent again |
/// | proxies of environment and system | none; one that is set by hand is used |
/// | decompression | none, so that the bound on the body holds for what is read |
/// | Referer, verbose logging of connections | off |
///
/// The rest is the caller's. Headers that the settings add to each request are
/// sent, but not signed; a cookie store keeps and sends cookies; layers of the
/// connector see every byte; certificates that are not verified protect nothing.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: ::reqwest::Client,
}

impl ReqwestTransport {
    /// Sends through a client with these settings.
    ///
    /// # Errors
    /// When reqwest refuses the settings.
    ///
    /// ```
    /// use std::time::Duration;
    /// use openapi_client_runtime::{ReqwestTransport, TransportError, reqwest};
    ///
    /// # fn main() -> Result<(), TransportError> {
    /// let settings = reqwest::Client::builder().tcp_keepalive(Duration::from_secs(60));
    /// let transport = ReqwestTransport::new(settings)?;
    /// # let _ = transport;
    /// # Ok(())
    /// # }
    /// ```
    pub fn new(settings: ::reqwest::ClientBuilder) -> Result<Self, TransportError> {
        // Asked last, and for nothing: with it, reqwest asks nobody else for proxies.
        let no_proxy_of_others = ::reqwest::Proxy::custom(|_| None::<::reqwest::Url>);
        let client = settings
            .redirect(::reqwest::redirect::Policy::none())
            .retry(::reqwest::retry::never())
            .proxy(no_proxy_of_others)
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate()
            .referer(false)
            .connection_verbose(false)
            .http1_max_headers(MAX_LINES)
            .build()
            .map_err(|error| {
                TransportError::new(TransportErrorKind::Other)
                    .not_sent()
                    .caused_by(sort::words(&error))
            })?;
        Ok(Self { client })
    }

    /// Apart from [`head`](Self::head), whose future would otherwise keep room for each form of the
    /// request.
    fn begin(
        &self,
        request: http::Request<::reqwest::Body>,
    ) -> Result<(::reqwest::Url, impl Future<Output = Sent>), TransportError> {
        let (parts, body) = request.into_parts();
        let request = address(parts, body)?;
        Ok((request.url().clone(), self.client.execute(request)))
    }

    /// The response whose body is still to be read.
    async fn head(
        &self,
        request: http::Request<::reqwest::Body>,
    ) -> Result<::reqwest::Response, TransportError> {
        let (asked, sent) = self.begin(request)?;
        let response = sent.await.map_err(failure)?;
        same_address(&asked, response.url())?;
        Ok(response)
    }

    async fn exchange_once(
        &self,
        request: http::Request<::reqwest::Body>,
    ) -> Result<http::Response<Body>, TransportError> {
        let host = host(&request);
        match self.head(request).await {
            Ok(response) => Ok(http::Response::from(response).map(|body| {
                let named = move |error| failure(error).to_host(host.as_str());
                Body::stream(body.map_err(named))
            })),
            Err(error) => Err(error.to_host(host)),
        }
    }
}

type Sent = ::reqwest::Result<::reqwest::Response>;

/// Refuses the response of another address than was asked, whatever led there.
fn same_address(asked: &::reqwest::Url, actual: &::reqwest::Url) -> Result<(), TransportError> {
    if asked == actual {
        return Ok(());
    }
    Err(TransportError::new(TransportErrorKind::Other)
        .maybe_sent()
        .caused_by("the response comes from another address than the one that was asked"))
}

impl fmt::Debug for ReqwestTransport {
    /// reqwest's own shows headers and proxies.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").finish_non_exhaustive()
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: http::Request<SecretBytes>) -> TransportFuture<'_> {
        let host = host(&request);
        let body = |bytes: SecretBytes| ::reqwest::Body::from(bytes.to_bytes());
        let response = self.exchange_once(request.map(body));
        Box::pin(read::whole(response, host))
    }

    fn exchange(&self, request: http::Request<Body>) -> ExchangeFuture<'_> {
        Box::pin(self.exchange_once(request.map(::reqwest::Body::wrap)))
    }
}

/// The request in reqwest's form, at exactly the address that was signed.
fn address(
    parts: http::request::Parts,
    body: ::reqwest::Body,
) -> Result<::reqwest::Request, TransportError> {
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
    if !body.is_end_stream() {
        *request.body_mut() = Some(body);
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

/// Names what went wrong. The URL holds identifiers; the host is named by the
/// caller.
fn failure(error: ::reqwest::Error) -> TransportError {
    let error = error.without_url();
    let certainly_not_sent = error.is_connect() || error.is_builder();
    let timed_out = error.is_timeout();
    sort::sorted(error, certainly_not_sent, timed_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_of_another_address_is_refused() {
        let url = |text| ::reqwest::Url::parse(text).unwrap();
        let asked = url("https://a.example.com/v2/x?y=1");
        assert!(same_address(&asked, &asked.clone()).is_ok());
        for other in [
            "https://b.example.com/v2/x?y=1",
            "http://a.example.com/v2/x?y=1",
            "https://a.example.com:8443/v2/x?y=1",
            "https://a.example.com/v2/x/?y=1",
            "https://a.example.com/v2/x",
        ] {
            let error = same_address(&asked, &url(other)).unwrap_err();
            assert!(error.may_have_been_processed(), "{other}");
            assert!(error.to_string().contains("another address"), "{error}");
        }
    }
}
