//! A build without TLS: http alone.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::Uri;
use tower_service::Service;

use crate::transport::error::BoxError;
use crate::transport::settings::ConnectionSettings;
use crate::transport::{TransportError, TransportErrorKind};

const NO_TLS: &str = "this build has no TLS; enable the feature `rustls` or `native-tls`, \
     or bring a transport of your own";

/// A connection as it is.
pub(in crate::transport) type MaybeTls<T> = T;

/// Nothing to encrypt with.
pub(in crate::transport) struct Tls;

impl Tls {
    /// For http alone.
    pub(in crate::transport) fn new(
        _: &ConnectionSettings,
        https: bool,
    ) -> Result<Self, TransportError> {
        if https {
            Err(TransportError::new(TransportErrorKind::Tls).caused_by(NO_TLS))
        } else {
            Ok(Self)
        }
    }

    /// Refuses https.
    pub(in crate::transport) fn to_server<T>(&self, inner: T) -> HttpsConnector<T> {
        HttpsConnector { inner }
    }

    /// Refuses proxies behind https.
    pub(in crate::transport) fn to_proxy<T>(&self, inner: T) -> HttpsConnector<T> {
        self.to_server(inner)
    }
}

/// Leaves the connection as it is.
pub(in crate::transport) fn without_tls<T>(connection: T) -> MaybeTls<T> {
    connection
}

/// No TLS, no advice about it.
pub(in crate::transport) fn hint(_: &(dyn std::error::Error + 'static)) -> Option<&'static str> {
    None
}

/// Connects for http, and refuses https.
#[derive(Clone)]
pub(in crate::transport) struct HttpsConnector<T> {
    inner: T,
}

impl<T> Service<Uri> for HttpsConnector<T>
where
    T: Service<Uri>,
    T::Future: Send + 'static,
    T::Error: Into<BoxError>,
{
    type Response = T::Response;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<T::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        if server.scheme_str() == Some("https") {
            return Box::pin(async { Err(io::Error::other(NO_TLS).into()) });
        }
        let connecting = self.inner.call(server);
        Box::pin(async { connecting.await.map_err(Into::into) })
    }
}
