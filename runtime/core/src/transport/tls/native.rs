//! The system's own library: Schannel, Secure Transport, OpenSSL.

use native_tls::{Certificate, TlsConnector};

pub(in crate::transport) use hyper_tls::{HttpsConnector, MaybeHttpsStream as MaybeTls};

use super::{NO_CERTIFICATE, refusal};
use crate::transport::TransportError;
use crate::transport::settings::ConnectionSettings;

/// The settings of connections to servers and to proxies.
pub(in crate::transport) struct Tls {
    server: TlsConnector,
    proxy: TlsConnector,
}

impl Tls {
    /// The system's trust store counts, and these settings' further authorities.
    /// It is the same for http alone: this library needs nothing for it.
    pub(in crate::transport) fn new(
        settings: &ConnectionSettings,
        _https: bool,
    ) -> Result<Self, TransportError> {
        let authorities = certificates(&settings.ca_certificates)?;
        Ok(Self {
            server: connector(&authorities, settings.http2)?,
            // A proxy is asked in HTTP/1.1.
            proxy: connector(&authorities, false)?,
        })
    }

    /// For connections to servers.
    pub(in crate::transport) fn to_server<T>(&self, inner: T) -> HttpsConnector<T> {
        HttpsConnector::from((inner, self.server.clone().into()))
    }

    /// For connections to proxies.
    pub(in crate::transport) fn to_proxy<T>(&self, inner: T) -> HttpsConnector<T> {
        HttpsConnector::from((inner, self.proxy.clone().into()))
    }
}

/// A connection as it is.
pub(in crate::transport) fn without_tls<T>(connection: T) -> MaybeTls<T> {
    MaybeTls::Http(connection)
}

fn connector(authorities: &[Certificate], http2: bool) -> Result<TlsConnector, TransportError> {
    let mut builder = TlsConnector::builder();
    for authority in authorities {
        builder.add_root_certificate(authority.clone());
    }
    #[cfg(feature = "http2")]
    if http2 {
        builder.request_alpns(&["h2", "http/1.1"]);
    }
    let _ = http2;
    builder.build().map_err(refusal)
}

/// All certificates of these PEM texts.
fn certificates(pems: &[Vec<u8>]) -> Result<Vec<Certificate>, TransportError> {
    let mut all = Vec::new();
    for pem in pems {
        match Certificate::stack_from_pem(pem) {
            Ok(found) if !found.is_empty() => all.extend(found),
            _ => return Err(refusal(NO_CERTIFICATE)),
        }
    }
    Ok(all)
}
