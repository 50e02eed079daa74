//! What to do about an encrypted connection that could not be set up.

use std::error::Error as StdError;

const ISSUER: &str = "the server's certificate comes from an authority that is not trusted here: \
     check the address; for an authority of your own give its certificate with \
     `.ca_certificate(pem)`; in a container image install the package ca-certificates, or name a \
     file of CA certificates in SSL_CERT_FILE";
const CLOCK: &str = "the server's certificate has ended or has not begun to hold: check the clock \
     of this computer, else it is for the server's operator to renew it";
const NAME: &str = "the server's certificate is for another name: check the host in the endpoint, \
     and what is between here and the server; a private cloud's certificate has to name the host";
#[cfg(feature = "rustls")]
const OWN_AUTHORITY: &str = "the server shows a certificate of an authority (CA:TRUE) as its own, \
     which no server should: let that authority issue one for the server with CA:FALSE, and give \
     the authority's with `.ca_certificate(pem)`";
const NO_TLS: &str = "what is at this address speaks no TLS: check host and port, and whether the \
     endpoint is an http one";
/// For a machine that trusts nobody.
#[cfg(feature = "rustls")]
pub(super) const NO_STORE: &str = "there are no CA certificates to verify servers with: install \
     them (the package ca-certificates in most container images), name a file of them in \
     SSL_CERT_FILE, or give your own with `.ca_certificate(pem)`";

/// What helps against this error, if that is known.
pub(in crate::transport) fn of(error: &(dyn StdError + 'static)) -> Option<&'static str> {
    #[cfg(feature = "rustls")]
    if let Some(error) = error.downcast_ref::<::rustls::Error>() {
        return of_rustls(error);
    }
    #[cfg(feature = "native-tls")]
    if error.is::<::native_tls::Error>() {
        return of_text(&error.to_string());
    }
    None
}

#[cfg(feature = "rustls")]
fn of_rustls(error: &::rustls::Error) -> Option<&'static str> {
    use ::rustls::CertificateError as E;

    let error = match error {
        ::rustls::Error::InvalidCertificate(error) => error,
        // Of the first bytes, which are no record of TLS.
        ::rustls::Error::InvalidMessage(_) => return Some(NO_TLS),
        _ => return None,
    };
    Some(match error {
        E::UnknownIssuer => ISSUER,
        E::Expired | E::ExpiredContext { .. } => CLOCK,
        E::NotValidYet | E::NotValidYetContext { .. } => CLOCK,
        E::NotValidForName | E::NotValidForNameContext { .. } => NAME,
        // It has no name of its own there but the one in the text.
        E::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => OWN_AUTHORITY,
        _ => return None,
    })
}

/// By the words of OpenSSL; other libraries' are not known here.
#[cfg(feature = "native-tls")]
fn of_text(text: &str) -> Option<&'static str> {
    const WORDS: &[(&str, &str)] = &[
        ("certificate has expired", CLOCK),
        ("certificate is not yet valid", CLOCK),
        ("ostname mismatch", NAME),
        ("address mismatch", NAME),
        ("self-signed certificate", ISSUER),
        ("self signed certificate", ISSUER),
        ("issuer certificate", ISSUER),
        ("unable to verify the first certificate", ISSUER),
        ("wrong version number", NO_TLS),
        ("packet length too long", NO_TLS),
        ("http request", NO_TLS),
    ];
    let found = WORDS.iter().find(|(words, _)| text.contains(words));
    found.map(|(_, hint)| *hint)
}
