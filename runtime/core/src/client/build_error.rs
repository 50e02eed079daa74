//! What a client refuses to be built from.

use crate::endpoint::InvalidEndpoint;
use crate::error::{CallError, CredentialsFailure};
use crate::invalid::InvalidRequest;
use crate::region::UnknownRegion;
use crate::sanitize::{self, sanitized};
use crate::transport::{InvalidProxy, ResolveProblem, TransportError};

/// Why a client cannot be built; `C` is the error of the vendor's credentials.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuilderError<C: CredentialsFailure> {
    /// No credentials were given.
    #[error("no credentials: {}", C::ways())]
    NoCredentials,
    /// The credentials hold an unusable value.
    #[error(transparent)]
    Credentials(C),
    /// The region's name is malformed.
    #[error(
        "`{}` is no region name: use lower-case letters, digits and dashes, as in north-1",
        sanitized(.0, sanitize::NAME)
    )]
    MalformedRegion(String),
    /// No service knows the region, and no endpoint was given.
    #[error(transparent)]
    UnknownRegion(UnknownRegion),
    /// An endpoint or a limit was given for a service that this client does not have.
    #[error(
        "no service is called `{}`; the services of this client are: {known}",
        sanitized(service, sanitize::NAME)
    )]
    UnknownService {
        /// The name given.
        service: String,
        /// The names there are.
        known: String,
    },
    /// An endpoint cannot be used.
    #[error(transparent)]
    Endpoint(InvalidEndpoint),
    /// An address in the environment is not text.
    #[error("the environment variable {name} is not UTF-8 text; set it to an address, or unset it")]
    EnvironmentEndpoint {
        /// The variable.
        name: String,
    },
    /// The id or the name of the project cannot be part of an address.
    #[error(transparent)]
    ProjectId(InvalidRequest),
    /// The User-Agent cannot be sent.
    #[error("the user agent holds characters that no header can carry; use visible ASCII")]
    UserAgent,
    /// The transport cannot be set up, for example without TLS.
    #[error("the transport cannot be set up: {}", .0.reason())]
    Transport(TransportError),
    /// The proxy cannot be used.
    #[error(transparent)]
    Proxy(InvalidProxy),
    /// A name that cannot be given an address.
    #[error("`.resolve(\"{host}\", ..)`: {problem}")]
    Resolve {
        /// What was given as the name, as far as it can be shown.
        host: String,
        /// What is wrong.
        problem: ResolveProblem,
    },
    /// The runtime of a blocking client cannot be started.
    #[error("the runtime of the blocking client cannot be started: {0}")]
    Runtime(std::io::Error),
    /// A timeout of nothing, or a limit of no calls or no time, with which no call could succeed.
    #[error("`.{setting}(..)` is zero, so no call could succeed; give it more")]
    NoTime {
        /// The method of [`ClientBuilder`](crate::ClientBuilder) that set it.
        setting: &'static str,
    },
    /// A setting of connections beside a transport that makes its own.
    #[error(
        "`.{setting}(..)` has no effect on a transport of your own; \
         set it up there, or leave the transport to this builder"
    )]
    OwnTransport {
        /// The method of [`ClientBuilder`](crate::ClientBuilder) that set it.
        setting: &'static str,
    },
}

/// `?` builds a client in a function that returns an [`AnyError`](crate::AnyError).
impl<C: CredentialsFailure> CallError for BuilderError<C> {
    fn is_auth(&self) -> bool {
        matches!(self, Self::NoCredentials | Self::Credentials(_))
    }
}
