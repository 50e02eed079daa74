//! From the name of a machine to where it is reached.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::{GaiResolver, Name};
use tower_service::Service;

use crate::endpoint::{host_is_plain, is_loopback};
use crate::sanitize::{self, sanitized};

/// The future of a [`Resolve`].
pub type ResolveFuture<'a> = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>>;

/// Looks names of servers up in place of the system; see
/// `ClientBuilder::resolver`.
///
/// ```
/// use openapi_client_runtime::transport::{Resolve, ResolveFuture};
///
/// struct Private;
///
/// impl Resolve for Private {
///     fn resolve<'a>(&'a self, host: &'a str) -> ResolveFuture<'a> {
///         let _ = host;
///         Box::pin(async { Ok(vec![[10, 0, 0, 7].into()]) })
///     }
/// }
/// ```
pub trait Resolve: Send + Sync {
    /// The addresses of `host`, the best first. It is a name in lower case,
    /// never an address nor `localhost`. Its time counts as that of connecting,
    /// and the future may be dropped at any moment.
    ///
    /// # Errors
    /// What the call's error shows, so it must not hold secrets. No address at
    /// all is an error too.
    fn resolve<'a>(&'a self, host: &'a str) -> ResolveFuture<'a>;
}

/// Why a name cannot be given an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ResolveProblem {
    /// A URL, an address, or nothing that a host can be called.
    #[error(
        "it is not the name of a host; write it like service.region.example.com, without scheme and port"
    )]
    NotAName,
    /// `localhost` elsewhere would send plain http over the network.
    #[error("it stands for this machine, and stays so; give the endpoint as the address itself")]
    ThisMachine,
    /// An address without a port.
    #[error("its port is 0; give the one to connect to, such as 443")]
    NoPort,
}

/// Who knows where a name is reached: what was fixed by hand, then the caller's
/// resolver, then the system.
#[derive(Clone, Default)]
pub struct Names {
    fixed: Arc<BTreeMap<String, Vec<SocketAddr>>>,
    resolver: Option<Arc<dyn Resolve>>,
}

impl Names {
    /// One more address of a name, behind those it has.
    pub fn fix(&mut self, host: &str, address: SocketAddr) {
        let fixed = Arc::make_mut(&mut self.fixed);
        fixed.entry(key(host)).or_default().push(address);
    }

    pub fn ask(&mut self, resolver: Arc<dyn Resolve>) {
        self.resolver = Some(resolver);
    }

    /// The first name that cannot be fixed, fit to be shown, and why.
    pub fn problem(&self) -> Option<(String, ResolveProblem)> {
        self.fixed.iter().find_map(|(host, addresses)| {
            let problem = if host.is_empty() || !host_is_plain(host) || is_address(host) {
                ResolveProblem::NotAName
            } else if is_loopback(host) {
                ResolveProblem::ThisMachine
            } else if addresses.iter().any(|address| address.port() == 0) {
                ResolveProblem::NoPort
            } else {
                return None;
            };
            Some((sanitized(&sanitize::address(host), sanitize::NAME), problem))
        })
    }

    fn fixed(&self, host: &str) -> Option<&Vec<SocketAddr>> {
        if self.fixed.is_empty() {
            return None;
        }
        self.fixed.get(&key(host))
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Names")
            .field("fixed", &self.fixed)
            .finish_non_exhaustive()
    }
}

/// A name as it is compared: DNS knows no case, and a dot at the end is no part of it.
fn key(host: &str) -> String {
    let host = host.strip_suffix('.').unwrap_or(host);
    host.to_ascii_lowercase()
}

fn is_address(host: &str) -> bool {
    host.starts_with('[') || host.parse::<IpAddr>().is_ok()
}

impl Service<Name> for Names {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        if let Some(fixed) = self.fixed(name.as_str()) {
            return Box::pin(std::future::ready(Ok(fixed.clone().into_iter())));
        }
        let resolver = self.resolver.clone();
        Box::pin(async move {
            // Plain http is for this machine, so nobody else says which that is.
            let Some(resolver) = resolver.filter(|_| !is_loopback(&key(name.as_str()))) else {
                let found = GaiResolver::new().call(name).await?;
                return Ok(found.collect::<Vec<_>>().into_iter());
            };
            let found = resolver.resolve(name.as_str()).await?;
            if found.is_empty() {
                return Err(io::Error::new(
                    io::ErrorKind::NotFound,
                    "the resolver has no address of this name",
                ));
            }
            // The port is that of the URL.
            let found = found.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(found.collect::<Vec<_>>().into_iter())
        })
    }
}

/// TCP to where a name is reached.
#[derive(Clone)]
pub(super) struct Tcp {
    connector: HttpConnector<Names>,
    names: Names,
}

impl Tcp {
    /// `set` makes the settings of the connections.
    pub(super) fn new(names: &Names, set: impl FnOnce(&mut HttpConnector<Names>)) -> Self {
        let mut connector = HttpConnector::new_with_resolver(names.clone());
        set(&mut connector);
        Self {
            connector,
            names: names.clone(),
        }
    }
}

impl Service<Uri> for Tcp {
    type Response = <HttpConnector<Names> as Service<Uri>>::Response;
    type Error = <HttpConnector<Names> as Service<Uri>>::Error;
    type Future = <HttpConnector<Names> as Service<Uri>>::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.connector.poll_ready(context)
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let is_fixed = server
            .host()
            .is_some_and(|host| self.names.fixed(host).is_some());
        // A port in the URL would go before the one that was fixed.
        let server = if is_fixed {
            without_port(server)
        } else {
            server
        };
        self.connector.call(server)
    }
}

fn without_port(server: Uri) -> Uri {
    let portless = server.host().and_then(|host| host.parse().ok());
    let mut parts = server.clone().into_parts();
    parts.authority = portless;
    Uri::from_parts(parts).unwrap_or(server)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_other_machines_are_fixed() {
        let of = |host: &str, address: &str| {
            let mut names = Names::default();
            names.fix(host, address.parse().unwrap());
            names.problem().map(|(_, problem)| problem)
        };
        let there = "10.0.0.7:443";
        for good in ["dcs.example.com", "DCS.example.com.", "a_b-c"] {
            assert_eq!(of(good, there), None, "{good}");
        }
        for bad in [
            "",
            "https://dcs.a.b",
            "dcs.a.b:443",
            "10.0.0.1",
            "[::1]",
            "a b",
            "é",
        ] {
            assert_eq!(of(bad, there), Some(ResolveProblem::NotAName), "{bad}");
        }
        for here in ["localhost", "LOCALHOST."] {
            assert_eq!(of(here, there), Some(ResolveProblem::ThisMachine), "{here}");
        }
        assert_eq!(of("a.b", "10.0.0.7:0"), Some(ResolveProblem::NoPort));
    }

    #[test]
    fn the_port_is_taken_out_of_a_url_and_nothing_else() {
        for (url, portless) in [
            ("https://a.b:8443/c?d", "https://a.b/c?d"),
            ("http://a.b/", "http://a.b/"),
        ] {
            assert_eq!(without_port(Uri::from_static(url)), portless);
        }
    }
}
