//! What went wrong, and whether the request had left by then.

use std::error::Error as StdError;
use std::fmt;
use std::io;

use super::error::source;
use super::proxy_error::ProxyError;
use super::{MAX_HEAD, MAX_LINES, TransportError, TransportErrorKind, tls};
use crate::sanitize::{self, sanitized};

/// How many causes of causes are kept.
const DEEPEST: usize = 16;

/// A request that has no response.
pub(super) fn of_request(error: hyper_util::client::legacy::Error) -> TransportError {
    let connecting = error.is_connect();
    let timed_out = timed_out(&error);
    let hint = find(&error, &tls::hint);
    sorted(error, connecting, timed_out).with_hint(hint)
}

/// A response whose body has no end.
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
    // What was to be sent could not be read: it says so itself.
    if let Some(own) = find(&*error, &|error| {
        error.downcast_ref::<TransportError>().cloned()
    }) {
        return own;
    }
    if any(&*error, &is_large_head) {
        return TransportError::new(TransportErrorKind::TooLarge).caused_by(format!(
            "its head has more than {} KiB, or more than {MAX_LINES} lines",
            MAX_HEAD / 1024
        ));
    }
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
    let failure = TransportError::new(kind).caused_by(Cause::of(&*error, DEEPEST));
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
    find(error, &|error| holds(error).then_some(())).is_some()
}

/// What there is to say of the error or of the first of its causes of which
/// there is something.
fn find<T>(
    error: &(dyn StdError + 'static),
    of: &dyn Fn(&(dyn StdError + 'static)) -> Option<T>,
) -> Option<T> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(found) = of(error) {
            return Some(found);
        }
        // An I/O error hides what it wraps from `source`.
        let wrapped = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        if let Some(found) = wrapped.and_then(|inner| find(inner, of)) {
            return Some(found);
        }
        if let Some(proxied) = error.downcast_ref::<ProxyError>() {
            return find(&*proxied.cause, of);
        }
        cause = error.source();
    }
    None
}

/// Of what a client gets, hyper has no name for it but its text.
fn is_large_head(error: &(dyn StdError + 'static)) -> bool {
    error
        .downcast_ref::<hyper::Error>()
        .is_some_and(|error| error.is_parse() && error.to_string() == "message head is too large")
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

/// What the error says, and what its causes say, fit for a log.
#[cfg(feature = "reqwest")]
pub(super) fn words(error: &(dyn StdError + 'static)) -> impl StdError + Send + Sync + use<> {
    Cause::of(error, DEEPEST)
}

/// What a layer below says, fit for a log. The names in a certificate, for one,
/// are the server's own words, and who writes out an error's causes would write
/// them as they are.
#[derive(Debug)]
struct Cause {
    text: String,
    source: Option<Box<Cause>>,
}

impl Cause {
    fn of(error: &(dyn StdError + 'static), depth: usize) -> Self {
        let below = source(error).filter(|_| depth > 0);
        let text = error.to_string();
        Self {
            text: sanitized(without_words_of_peer(&text), sanitize::SENTENCE),
            source: below.map(|cause| Box::new(Self::of(cause, depth - 1))),
        }
    }
}

/// The end of a connection of HTTP/2 without what the peer says about it, which may repeat the
/// request. h2 has no name for it but its text: `connection error received: reason (b"words")`.
fn without_words_of_peer(text: &str) -> &str {
    let is_of_http2 = text.starts_with("connection error ");
    let end = text.find(" (").filter(|_| is_of_http2);
    &text[..end.unwrap_or(text.len())]
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl StdError for Cause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|cause| cause as _)
    }
}
