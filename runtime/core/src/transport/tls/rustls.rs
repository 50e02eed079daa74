//! rustls with ring, configured here so that no process-wide provider is
//! installed behind the back of the program.

use std::sync::Arc;

pub(in crate::transport) use hyper_rustls::{HttpsConnector, MaybeHttpsStream as MaybeTls};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use super::{NO_CERTIFICATE, hint, refusal};
use crate::transport::TransportError;
use crate::transport::settings::ConnectionSettings;

/// The settings of connections to servers and to proxies.
pub(in crate::transport) struct Tls {
    server: Arc<ClientConfig>,
    proxy: Arc<ClientConfig>,
}

impl Tls {
    /// For https, with the trust store of the system and these settings'
    /// further authorities; or for http alone, trusting nobody.
    pub(in crate::transport) fn new(
        settings: &ConnectionSettings,
        https: bool,
    ) -> Result<Self, TransportError> {
        // Read even where nothing is verified with them, so that no mistake in them waits.
        let authorities = certificates(&settings.ca_certificates)?;
        let config = if https {
            system_trust(authorities)?
        } else {
            no_trust()?
        };
        // A proxy is asked in HTTP/1.1.
        let proxy = Arc::new(config.clone());
        let mut server = config;
        if settings.http2 {
            server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        }
        Ok(Self {
            server: Arc::new(server),
            proxy,
        })
    }

    /// For connections to servers.
    pub(in crate::transport) fn to_server<T>(&self, inner: T) -> HttpsConnector<T> {
        HttpsConnector::from((inner, Arc::clone(&self.server)))
    }

    /// For connections to proxies.
    pub(in crate::transport) fn to_proxy<T>(&self, inner: T) -> HttpsConnector<T> {
        HttpsConnector::from((inner, Arc::clone(&self.proxy)))
    }
}

/// A connection as it is.
pub(in crate::transport) fn without_tls<T>(connection: T) -> MaybeTls<T> {
    MaybeTls::Http(connection)
}

/// Verifies servers with the trust store of the system, and with these further
/// authorities.
fn system_trust(authorities: Vec<CertificateDer<'static>>) -> Result<ClientConfig, TransportError> {
    let provider = provider();
    let verifier = verifier(authorities, Arc::clone(&provider))?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(refusal)?
        // Named so because any verifier can be put here; this one is the
        // system's own.
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(config)
}

/// Trusts nobody: for clients that speak plain http only.
fn no_trust() -> Result<ClientConfig, TransportError> {
    let config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(refusal)?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    Ok(config)
}

#[cfg(not(target_os = "android"))]
fn verifier(
    authorities: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> Result<Verifier, TransportError> {
    if authorities.is_empty() {
        Verifier::new(provider)
            // Without a single authority in the system it says so, and not what to do.
            .map_err(|error| refusal(error).with_hint(Some(hint::NO_STORE)))
    } else {
        Verifier::new_with_extra_roots(authorities, provider).map_err(refusal)
    }
}

#[cfg(target_os = "android")]
fn verifier(
    authorities: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> Result<Verifier, TransportError> {
    if !authorities.is_empty() {
        return Err(refusal(
            "on Android the system alone says which authorities are trusted; \
             leave out the CA certificate, or bring a transport of your own",
        ));
    }
    Verifier::new(provider).map_err(refusal)
}

/// All certificates of these PEM texts.
fn certificates(pems: &[Vec<u8>]) -> Result<Vec<CertificateDer<'static>>, TransportError> {
    let mut all = Vec::new();
    for pem in pems {
        let found = CertificateDer::pem_slice_iter(pem)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|_| refusal(NO_CERTIFICATE))?;
        if found.is_empty() {
            return Err(refusal(NO_CERTIFICATE));
        }
        all.extend(found);
    }
    Ok(all)
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}
