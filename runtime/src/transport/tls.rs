//! rustls with ring, configured here so that no process-wide provider is
//! installed behind the back of the program.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use super::connect::NO_CERTIFICATE;
use super::{TransportError, TransportErrorKind};

/// Verifies servers with the trust store of the system, and with these further
/// authorities, in PEM.
pub(super) fn system_trust(authorities: &[Vec<u8>]) -> Result<ClientConfig, TransportError> {
    let provider = provider();
    let verifier = verifier(certificates(authorities)?, Arc::clone(&provider))?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(failure)?
        // Named so because any verifier can be put here; this one is the
        // system's own.
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(config)
}

/// Trusts nobody: for clients that speak plain http only.
pub(super) fn no_trust() -> Result<ClientConfig, TransportError> {
    let config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(failure)?
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
    } else {
        Verifier::new_with_extra_roots(authorities, provider)
    }
    .map_err(failure)
}

#[cfg(target_os = "android")]
fn verifier(
    authorities: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> Result<Verifier, TransportError> {
    if !authorities.is_empty() {
        return Err(refusal(
            "on Android the system alone says which authorities are trusted; \
             leave out the CA certificate, or bring a reqwest client of your own",
        ));
    }
    Verifier::new(provider).map_err(failure)
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

fn refusal(text: &'static str) -> TransportError {
    TransportError::new(TransportErrorKind::Tls)
        .not_sent()
        .caused_by(text)
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

fn failure(error: rustls::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Tls)
        .not_sent()
        .caused_by(error)
}
