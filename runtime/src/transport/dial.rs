//! To the server itself, or through a proxy to it.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

use super::TransportError;
use super::connect::BoxError;
use super::proxy;
use super::settings::ConnectionSettings;
use super::tls::{HttpsConnector, MaybeTls, Tls, without_tls};

/// How often a silent connection is asked whether it is still there.
const KEEPALIVE: Duration = Duration::from_secs(15);
/// How many of these questions may go without an answer.
const KEEPALIVE_RETRIES: u32 = 3;

/// What a request's connection runs over: TCP, or TLS with the proxy.
pub(super) type Dialled = MaybeTls<TokioIo<TcpStream>>;

/// Opens the way to a server.
#[derive(Clone)]
pub(super) struct Dial {
    tcp: HttpConnector,
    /// To the proxy, with TLS where its address is https.
    to_proxy: HttpsConnector<HttpConnector>,
    proxy: Option<Arc<Matcher>>,
}

impl Dial {
    pub(super) fn new(settings: &ConnectionSettings, tls: &Tls) -> Result<Self, TransportError> {
        let mut tcp = HttpConnector::new();
        // It is asked for https too, and leaves TLS to others.
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_keepalive(Some(KEEPALIVE));
        tcp.set_keepalive_interval(Some(KEEPALIVE));
        tcp.set_keepalive_retries(Some(KEEPALIVE_RETRIES));
        let proxy = if settings.proxy_from_environment {
            proxy::from_environment()?.map(Arc::new)
        } else {
            None
        };
        Ok(Self {
            to_proxy: tls.to_proxy(tcp.clone()),
            tcp,
            proxy,
        })
    }
}

impl Service<Uri> for Dial {
    type Response = Dialled;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Dialled, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tcp.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let through = self
            .proxy
            .as_ref()
            .and_then(|proxy| proxy.intercept(&server));
        match through {
            Some(proxy) => {
                let mut tunnel = Tunnel::new(proxy.uri().clone(), self.to_proxy.clone());
                if let Some(password) = proxy.basic_auth() {
                    tunnel = tunnel.with_auth(password.clone());
                }
                let connecting = tunnel.call(server);
                Box::pin(async { connecting.await.map_err(Into::into) })
            }
            None => {
                let connecting = self.tcp.call(server);
                Box::pin(async { Ok(without_tls(connecting.await?)) })
            }
        }
    }
}
