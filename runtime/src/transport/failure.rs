//! What went wrong, and whether the request had left by then.

use std::error::Error as StdError;
use std::io;

use super::dial::ProxyError;
use super::{TransportError, TransportErrorKind};

/// A request that has no answer.
pub(super) fn of_request(error: hyper_util::client::legacy::Error) -> TransportError {
    let connecting = error.is_connect();
    let timed_out = timed_out(&error);
    sorted(error, connecting, timed_out)
}

/// An answer whose body has no end.
pub(super) fn of_body(error: hyper::Error) -> TransportError {
    let timed_out = timed_out(&error);
    sorted(error, false, timed_out)
}

/// Only while connecting is it certain that no byte of the request left.
pub(super) fn sorted(
    error: impl Into<Box<dyn StdError + Send + Sync>>,
    connecting: bool,
    timed_out: bool,
) -> TransportError {
    let error = error.into();
    let kind = if any(&*error, &is_refused_by_proxy) {
        // Wrong credentials are not tried again: that locks accounts.
        TransportErrorKind::Other
    } else if any(&*error, &is_tls) {
        TransportErrorKind::Tls
    } else if timed_out {
        TransportErrorKind::Timeout
    } else if connecting {
        TransportErrorKind::Connect
    } else {
        TransportErrorKind::Body
    };
    let failure = TransportError::new(kind).caused_by(error);
    if connecting {
        failure.not_sent()
    } else {
        failure.maybe_sent()
    }
}

/// Whether this holds for the error or for one of its causes.
fn any(
    error: &(dyn StdError + 'static),
    holds: &dyn Fn(&(dyn StdError + 'static)) -> bool,
) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if holds(error) {
            return true;
        }
        // An I/O error hides what it wraps from `source`.
        let wrapped = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        if wrapped.is_some_and(|inner| any(inner, holds)) {
            return true;
        }
        if let Some(proxied) = error.downcast_ref::<ProxyError>() {
            return any(&*proxied.cause, holds);
        }
        cause = error.source();
    }
    false
}

fn is_refused_by_proxy(error: &(dyn StdError + 'static)) -> bool {
    error
        .downcast_ref::<ProxyError>()
        .is_some_and(ProxyError::is_refusal)
}

pub(super) fn timed_out(error: &(dyn StdError + 'static)) -> bool {
    any(error, &is_timeout)
}

fn is_timeout(error: &(dyn StdError + 'static)) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
}

fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    #[cfg(feature = "rustls")]
    if error.is::<::rustls::Error>() {
        return true;
    }
    #[cfg(feature = "native-tls")]
    if error.is::<::native_tls::Error>() {
        // A handshake that the network cut off is no fault of TLS.
        let cut_off = error
            .source()
            .is_some_and(|cause| any(cause, &|cause| cause.is::<io::Error>()));
        return !cut_off;
    }
    let _ = error;
    false
}
