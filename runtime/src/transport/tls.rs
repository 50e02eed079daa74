//! rustls with ring, configured here so that no process-wide provider is
//! installed behind the back of the program.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use super::{TransportError, TransportErrorKind};

/// Verifies servers with the trust store of the system.
pub(super) fn system_trust() -> Result<ClientConfig, TransportError> {
    let provider = provider();
    let verifier = Verifier::new(Arc::clone(&provider)).map_err(failure)?;
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

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

fn failure(error: rustls::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Tls)
        .not_sent()
        .caused_by(error)
}
