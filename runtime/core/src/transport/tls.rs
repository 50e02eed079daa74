//! Encrypting a connection: by rustls, by the system's own library, or not at
//! all. Where a build has both libraries, it is rustls.

#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod hint;
#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
mod native;
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
mod none;
#[cfg(feature = "rustls")]
mod rustls;

#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
pub(super) use self::native::{HttpsConnector, MaybeTls, Tls, without_tls};
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
pub(super) use self::none::{HttpsConnector, MaybeTls, Tls, without_tls};
#[cfg(feature = "rustls")]
pub(super) use self::rustls::{HttpsConnector, MaybeTls, Tls, without_tls};

#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub(super) use self::hint::of as hint;
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
pub(super) use self::none::hint;

#[cfg(any(feature = "rustls", feature = "native-tls"))]
use super::{TransportError, TransportErrorKind};

/// What is wrong with a file that was meant to hold certificates.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
const NO_CERTIFICATE: &str = "the CA certificate holds no certificate in PEM; it should begin with \
     `-----BEGIN CERTIFICATE-----`";

/// TLS that cannot be set up.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn refusal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> TransportError {
    TransportError::new(TransportErrorKind::Tls)
        .not_sent()
        .caused_by(cause)
}
