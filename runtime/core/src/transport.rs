//! Carrying a request to the server and the response back.
//!
//! [`Transport`] is the seam: [`HttpTransport`] is the one that ships, and
//! tests or special networks bring their own.
//!
//! | module | idea |
//! |---|---|
//! | `http` | the request out, the response in |
//! | `settings` | how connections are made and kept |
//! | `connect` | a connection in time: TCP, the proxy, TLS |
//! | `paced` | a connection that lets others have a turn |
//! | `dial` | to the server itself, or through a proxy |
//! | `proxy` | the proxy that is given, or that the environment names |
//! | `proxy_error` | a way through a proxy that did not come about |
//! | `resolve` | from the name of a machine to where it is reached |
//! | `tls` | rustls, the system's TLS, or none |
//! | `body` | a body that is sent or read piece by piece |
//! | `read` | the body of a response, bounded |
//! | `failure` | what went wrong, and whether the request had left |
//! | `reqwest` | a client of the caller's making, with the feature `reqwest` |

mod body;
mod connect;
mod dial;
mod error;
mod failure;
mod http;
mod paced;
mod proxy;
mod proxy_error;
mod read;
#[cfg(feature = "reqwest")]
mod reqwest;
mod resolve;
mod settings;
mod tls;

use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use tokio::runtime::Handle;

pub use crate::secret_bytes::SecretBytes;

pub use self::body::Body;
pub use self::error::{TransportError, TransportErrorKind};
pub use self::http::HttpTransport;
pub use self::proxy::{InvalidProxy, ProxyProblem};
#[doc(hidden)]
pub use self::proxy::{Login, Proxy, ProxySource};
pub(crate) use self::read::Collected;
#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
pub use self::resolve::{Resolve, ResolveFuture, ResolveProblem};
#[doc(hidden)]
pub use self::settings::{ATTEMPT_TIMEOUT, ConnectionSettings};

/// The most that is read of a response's body: 1 MiB. Responses of these APIs
/// have a few hundred bytes; more is a mistake or an attack.
pub const MAX_BODY: usize = 1024 * 1024;

/// The longest head of a response in HTTP/1.1, in bytes. The longest tokens that
/// come in headers have a tenth of it. What comes before the response (1xx) is
/// read in pieces of this size.
const MAX_HEAD: usize = 128 * 1024;

/// The most lines of headers that are read of a response. hyper's own 100 are
/// passed where gateways add some of theirs, and the response would be lost. Room
/// for so many is set aside, and filled, for each response: 256 cost a call nothing
/// that `cargo bench -p benches --bench call` shows, 400 about 1 %, 1,000 about 4 %.
const MAX_LINES: usize = 256;

/// The runtime, which timers and sockets need, and panic without.
///
/// # Errors
/// When there is none.
pub(crate) fn in_tokio() -> Result<Handle, TransportError> {
    Handle::try_current().map_err(|_| {
        TransportError::new(TransportErrorKind::Other).caused_by(
            "there is no tokio runtime; make the call, and read its response, from within one",
        )
    })
}

/// The future of a [`Transport`].
pub type TransportFuture<'a> =
    Pin<Box<dyn Future<Output = Result<::http::Response<Bytes>, TransportError>> + Send + 'a>>;

/// The future of [`Transport::exchange`].
pub type ExchangeFuture<'a> =
    Pin<Box<dyn Future<Output = Result<::http::Response<Body>, TransportError>> + Send + 'a>>;

/// Sends one request and reads its response.
///
/// A transport sends each request at most once, follows no redirect, reads at
/// most [`MAX_BODY`] bytes, and changes neither path, query, headers nor body:
/// they are signed. It need not bound its time: the client drops a future that
/// takes longer than the attempt may.
///
/// Its signature has types of the crates `http` and `bytes`, both of version 1: they are what HTTP
/// clients have in common, so that a transport on top of hyper, reqwest or tower passes requests
/// on instead of taking them apart. Nothing else that is public here has types of other crates,
/// but for what the feature `reqwest` adds.
pub trait Transport: Send + Sync {
    /// Sends `request`, whose URI is absolute. Its body shows in no `Debug`;
    /// [`SecretBytes::to_bytes`] gives what is to be sent.
    ///
    /// The returned future ends in the response, whatever its status, or in a
    /// [`TransportError`] that says whether the request may have arrived.
    fn send(&self, request: ::http::Request<SecretBytes>) -> TransportFuture<'_>;

    /// Sends a request whose body is read while it is sent, and gives a response whose body is still
    /// to be read: for files and streams. The bound on the size of a body is the caller's then.
    ///
    /// Unless a transport has a way of its own, it holds both in memory: it reads the body first and
    /// [sends](Self::send) it whole.
    fn exchange(&self, request: ::http::Request<Body>) -> ExchangeFuture<'_> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.collect(usize::MAX).await;
            let body = SecretBytes::shared(body.map_err(TransportError::not_sent)?);
            let response = self.send(::http::Request::from_parts(parts, body));
            Ok(response.await?.map(Body::from))
        })
    }
}
