//! Setting up the reqwest client: pool, timeouts, TLS, proxy.

use std::time::Duration;

use ::reqwest::ClientBuilder;

use super::TransportError;
#[cfg(not(feature = "rustls"))]
use super::TransportErrorKind;
use super::proxy;
#[cfg(feature = "rustls")]
use super::tls;

/// How long setting up a connection may take, unless set otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long an attempt may take, from connecting to the last byte of the answer,
/// unless set otherwise.
pub(crate) const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(30);
/// Idle connections are kept no longer, so that the clock can count it.
const LONGEST_IDLE: Duration = Duration::from_secs(365 * 24 * 3600);

/// How connections are made and kept.
#[derive(Debug, Clone)]
pub(crate) struct ConnectionSettings {
    pub(crate) connect_timeout: Duration,
    pub(crate) pool_max_idle_per_host: Option<usize>,
    pub(crate) pool_idle_timeout: Option<Duration>,
    pub(crate) http2: bool,
    pub(crate) proxy_from_environment: bool,
    /// PEM, each with one or more certificates.
    pub(crate) ca_certificates: Vec<Vec<u8>>,
}

impl Default for ConnectionSettings {
    fn default() -> Self {
        Self {
            connect_timeout: CONNECT_TIMEOUT,
            pool_max_idle_per_host: None,
            // Servers close idle connections after a minute or so, and a request
            // on a closed one fails as if it might have arrived.
            pool_idle_timeout: Some(Duration::from_secs(10)),
            http2: false,
            proxy_from_environment: false,
            ca_certificates: Vec::new(),
        }
    }
}

impl ConnectionSettings {
    /// A builder with these settings, for https and http or for http alone.
    /// The time of attempts is left to whoever makes them.
    pub(super) fn builder(&self, https: bool) -> Result<ClientBuilder, TransportError> {
        let builder = self.without_tls()?;
        if https {
            self.with_tls(builder)
        } else {
            self.with_no_trust(builder)
        }
    }

    /// What all clients of this module have in common.
    fn without_tls(&self) -> Result<ClientBuilder, TransportError> {
        let mut builder = ::reqwest::Client::builder()
            .redirect(::reqwest::redirect::Policy::none())
            .referer(false)
            .retry(::reqwest::retry::never())
            .no_proxy()
            .connect_timeout(self.connect_timeout);
        if !self.http2 {
            builder = builder.http1_only();
        }
        if let Some(most) = self.pool_max_idle_per_host {
            builder = builder.pool_max_idle_per_host(most);
        }
        match self.pool_idle_timeout {
            // reqwest takes nothing for no bound.
            Some(Duration::ZERO) => builder = builder.pool_max_idle_per_host(0),
            Some(limit) => builder = builder.pool_idle_timeout(limit.min(LONGEST_IDLE)),
            None => {}
        }
        if self.proxy_from_environment
            && let Some(proxy) = proxy::from_environment()?
        {
            builder = builder.proxy(proxy);
        }
        Ok(builder)
    }

    #[cfg(feature = "rustls")]
    fn with_tls(&self, builder: ClientBuilder) -> Result<ClientBuilder, TransportError> {
        let mut config = tls::system_trust(&self.ca_certificates)?;
        if self.http2 {
            config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        }
        Ok(builder.tls_backend_preconfigured(config))
    }

    #[cfg(all(feature = "native-tls", not(feature = "rustls")))]
    fn with_tls(&self, builder: ClientBuilder) -> Result<ClientBuilder, TransportError> {
        let mut roots = Vec::new();
        for pem in &self.ca_certificates {
            match ::reqwest::Certificate::from_pem_bundle(pem) {
                Ok(found) if !found.is_empty() => roots.extend(found),
                _ => {
                    return Err(
                        TransportError::new(TransportErrorKind::Tls).caused_by(NO_CERTIFICATE)
                    );
                }
            }
        }
        Ok(builder.tls_backend_native().tls_certs_merge(roots))
    }

    #[cfg(not(any(feature = "rustls", feature = "native-tls")))]
    fn with_tls(&self, _: ClientBuilder) -> Result<ClientBuilder, TransportError> {
        Err(TransportError::new(TransportErrorKind::Tls).caused_by(
            "this build has no TLS; enable the feature `rustls` or `native-tls`, \
             or bring a transport of your own",
        ))
    }

    /// https fails: nobody is trusted, so no trust store is read.
    #[cfg(feature = "rustls")]
    fn with_no_trust(&self, builder: ClientBuilder) -> Result<ClientBuilder, TransportError> {
        tls::no_trust().map(|config| builder.tls_backend_preconfigured(config))
    }

    #[cfg(not(feature = "rustls"))]
    fn with_no_trust(&self, builder: ClientBuilder) -> Result<ClientBuilder, TransportError> {
        Ok(builder)
    }
}

/// What is wrong with a file that was meant to hold certificates.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub(super) const NO_CERTIFICATE: &str = "the CA certificate holds no certificate in PEM; it should begin with \
     `-----BEGIN CERTIFICATE-----`";
