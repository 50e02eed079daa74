//! A reqwest client of the caller's making.

use bytes::Bytes;

use super::read::{Collected, too_large};
use super::{
    MAX_BODY, Transport, TransportError, TransportErrorKind, TransportFuture, failure as sort,
};
use crate::wire::SecretBytes;

/// Sends through a [`reqwest::Client`] of the caller's making, with all its
/// settings: TLS, proxies, pool, name look-up.
///
/// Needs the feature `reqwest`, which brings reqwest without TLS; the program
/// asks for it with the features of its own dependency on reqwest.
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: ::reqwest::Client,
}

impl ReqwestTransport {
    /// Sends through this client.
    ///
    /// It should follow no redirect and retry nothing: both would send signed
    /// requests to places, or at times, they were not signed for.
    ///
    /// ```
    /// use huaweicloud_runtime::{ReqwestTransport, reqwest};
    ///
    /// # fn main() -> Result<(), reqwest::Error> {
    /// let client = reqwest::Client::builder()
    ///     .redirect(reqwest::redirect::Policy::none())
    ///     .retry(reqwest::retry::never())
    ///     .build()?;
    /// let transport = ReqwestTransport::with_client(client);
    /// # let _ = transport;
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_client(client: ::reqwest::Client) -> Self {
        Self { client }
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
            .map_err(|error| failure(error).to_host(host.clone()))?;

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
    if response
        .content_length()
        .is_some_and(|length| length > MAX_BODY as u64)
    {
        return Err(too_large());
    }
    let mut read = Collected::default();
    while let Some(chunk) = response.chunk().await.map_err(failure)? {
        read.push(chunk)?;
    }
    Ok(read.finish())
}

/// Names what went wrong. The URL holds identifiers; the host is named by the
/// caller.
fn failure(error: ::reqwest::Error) -> TransportError {
    let error = error.without_url();
    let certainly_not_sent = error.is_connect() || error.is_builder();
    let timed_out = error.is_timeout();
    sort::sorted(error, certainly_not_sent, timed_out)
}
