//! To the server itself, or through a proxy to it.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

use super::error::BoxError;
use super::proxy::Proxy;
use super::proxy_error::ProxyError;
use super::resolve::Tcp;
use super::settings::ConnectionSettings;
use super::tls::{HttpsConnector, MaybeTls, Tls, without_tls};

/// How often a silent connection is asked whether it is still there.
const KEEPALIVE: Duration = Duration::from_secs(15);
/// How many of these probes may go without a response.
const KEEPALIVE_RETRIES: u32 = 3;

/// How long sent bytes may go without a sign that they arrived.
#[cfg(any(target_os = "android", target_os = "linux"))]
const UNACKNOWLEDGED: Duration = Duration::from_secs(30);

/// What a request's connection runs over: TCP, or TLS with the proxy.
pub(super) type Dialled = MaybeTls<TokioIo<TcpStream>>;

/// Opens the way to a server.
#[derive(Clone)]
pub(super) struct Dial {
    tcp: Tcp,
    /// To the proxy, with TLS where its address is https.
    to_proxy: HttpsConnector<Tcp>,
    proxy: Option<Proxy>,
}

impl Dial {
    pub(super) fn new(settings: &ConnectionSettings, tls: &Tls) -> Self {
        let tcp = Tcp::new(&settings.names, |tcp| {
            // It is asked for https too, and leaves TLS to others.
            tcp.enforce_http(false);
            tcp.set_nodelay(true);
            // Divided over the addresses of a name, so that a silent one does not use it all up.
            tcp.set_connect_timeout(Some(settings.connect_timeout));
            #[cfg(any(target_os = "android", target_os = "linux"))]
            tcp.set_tcp_user_timeout(Some(UNACKNOWLEDGED));
            tcp.set_keepalive(Some(KEEPALIVE));
            tcp.set_keepalive_interval(Some(KEEPALIVE));
            tcp.set_keepalive_retries(Some(KEEPALIVE_RETRIES));
        });
        Self {
            to_proxy: tls.to_proxy(tcp.clone()),
            tcp,
            proxy: settings.proxy.clone(),
        }
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
            .and_then(|proxy| proxy.on_the_way(&server));
        match through {
            Some(proxy) => {
                let server = with_port(server);
                let mut tunnel = Tunnel::new(proxy.uri().clone(), self.to_proxy.clone());
                if let Some(password) = proxy.basic_auth() {
                    tunnel = tunnel.with_auth(password.clone());
                }
                let connecting = tunnel.call(server);
                Box::pin(async move {
                    connecting
                        .await
                        .map_err(|error| ProxyError::new(proxy.uri(), error).into())
                })
            }
            None => {
                let connecting = self.tcp.call(server);
                Box::pin(async { Ok(without_tls(connecting.await?)) })
            }
        }
    }
}

/// The server with its port, for which the proxy would else be told that of https.
fn with_port(server: Uri) -> Uri {
    let host = match (server.port(), server.scheme_str(), server.host()) {
        (None, Some("http"), Some(host)) => format!("{host}:80"),
        _ => return server,
    };
    let mut parts = server.clone().into_parts();
    parts.authority = host.parse().ok();
    Uri::from_parts(parts).unwrap_or(server)
}
