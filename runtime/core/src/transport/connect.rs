//! A connection to the server, in time: TCP, the proxy, TLS.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use tower_service::Service;

use super::dial::{Dial, Dialled};
use super::error::{BoxError, TransportError};
use super::failure;
use super::paced::Paced;
use super::settings::ConnectionSettings;
use super::tls::{HttpsConnector, MaybeTls, Tls};

/// Sets connections up, each within its time.
#[derive(Clone)]
pub(super) struct Connect {
    /// Shared: hyper-util clones the connector for each request, and few of them connect.
    layers: Arc<HttpsConnector<Dial>>,
    limit: Duration,
}

impl Connect {
    /// For https and http, or for http alone.
    pub(super) fn new(settings: &ConnectionSettings, https: bool) -> Result<Self, TransportError> {
        let tls = Tls::new(settings, https)?;
        let dial = Dial::new(settings, &tls);
        Ok(Self {
            layers: Arc::new(tls.to_server(dial)),
            limit: settings.connect_timeout,
        })
    }
}

impl Service<Uri> for Connect {
    type Response = Paced<MaybeTls<Dialled>>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    /// It is the connection of its own that each call makes that has to be ready.
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let mut layers = HttpsConnector::clone(&self.layers);
        let limit = self.limit;
        Box::pin(async move {
            let connecting = async {
                poll_fn(|context| layers.poll_ready(context)).await?;
                layers.call(server).await
            };
            match tokio::time::timeout(limit, connecting).await {
                // One that ends in the layer below says less.
                Ok(Err(error)) if failure::timed_out(&*error) => Err(too_late(limit).into()),
                Ok(connection) => connection.map(Paced::new),
                Err(_) => Err(too_late(limit).into()),
            }
        })
    }
}

fn too_late(limit: Duration) -> io::Error {
    io::Error::new(
        io::ErrorKind::TimedOut,
        format!("not connected within {limit:?}"),
    )
}
