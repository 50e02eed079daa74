//! Who calls, and how a request says so: what a client has to be told of an API's credentials.
//!
//! [`Authentication`] is what the way of a call asks. [`standard`] has the schemes that OpenAPI
//! names; a vendor with signatures or sign-in of its own brings another.

mod malformed;
mod refused;
pub mod standard;

use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::time::{Duration, SystemTime};

use http::header::{HeaderMap, HeaderName};

pub use self::malformed::Malformed;
pub use self::refused::RefusedCredentials;

use crate::endpoint::Endpoint;
use crate::error::{Conventions, CredentialsFailure, Plain, SendError};
use crate::operation::Operation;
use crate::secret::Password;

/// Credentials of one caller.
pub trait Credential: Clone + Send + Sync + 'static {
    /// What tells them from all others in this process: the same for the same values, and of no
    /// use to whoever finds it.
    fn fingerprint(&self) -> u128;

    /// Every value that a response must not show.
    fn secrets(&self) -> impl Iterator<Item = &Password>;

    /// What a few refusals lock, wherever they come from: the same for all credentials that are
    /// locked together. None where they lock nothing: what one server refuses may be good at another
    /// then.
    fn lock(&self) -> Option<u128>;
}

/// How a client says who calls.
pub trait Authentication: Clone + Send + Sync + 'static {
    /// What requests are authenticated with.
    type Credentials: Credential;
    /// Why there are none.
    type Error: CredentialsFailure + From<RefusedCredentials>;

    /// What the API's responses mean.
    const CONVENTIONS: &'static dyn Conventions = &Plain;
    /// How far the clocks of client and server may be apart before a signature is refused.
    const MAX_CLOCK_SKEW: Duration = Duration::from_secs(15 * 60);
    /// The headers by which requests say who calls, in lower case and besides `authorization`; one
    /// that ends with `*` stands for all that begin so. Nobody else sets them.
    const HEADERS: &'static [&'static str] = &[];
    /// Those of them whose values are secret.
    const SECRET_HEADERS: &'static [&'static str] = &[];

    /// Whether it has to see the body. What is not in memory is refused then.
    const SIGNS_BODY: bool = true;

    /// The credentials, where they are always the same; they were checked when the client was
    /// built.
    fn fixed(&self) -> Option<&Self::Credentials>;

    /// The credentials of this moment, checked.
    ///
    /// # Errors
    /// Why there are none. The future may be dropped at any time.
    fn provide(&self) -> impl Future<Output = Result<Self::Credentials, Self::Error>> + Send;

    /// What of the credentials goes along with a call of the operation; `None` where it is made
    /// without any. What the server says of the caller is held against that alone. `is_set` knows the
    /// headers that the caller set by hand.
    ///
    /// # Errors
    /// When they have nothing that it asks for.
    fn select<'a>(
        &self,
        operation: &Operation,
        is_set: &dyn Fn(&HeaderName) -> bool,
        credentials: Cow<'a, Self::Credentials>,
    ) -> Result<Option<Cow<'a, Self::Credentials>>, Self::Error> {
        let _ = (operation, is_set);
        Ok(Some(credentials))
    }

    /// Told that a server refused these; whoever keeps them lets go of them.
    fn rejected(&self, credentials: &Self::Credentials) {
        let _ = credentials;
    }

    /// Where calls of the operation go with these credentials, if not to the client's address.
    ///
    /// # Errors
    /// When the address that they bring along cannot be used.
    fn endpoint(
        &self,
        operation: &Operation,
        credentials: &Self::Credentials,
    ) -> Result<Option<Endpoint>, Self::Error> {
        let _ = (operation, credentials);
        Ok(None)
    }

    /// Whether the caller's own headers say who calls, which then stay as they are.
    fn is_authenticated(&self, headers: &HeaderMap, credentials: &Self::Credentials) -> bool;

    /// Says in the request who calls, in the project that the call is about.
    ///
    /// `true` when it was signed for the date of `now`.
    ///
    /// # Errors
    /// When the request or the credentials cannot be written so.
    fn authenticate(
        &self,
        credentials: &Self::Credentials,
        project_id: Option<&str>,
        request: &mut Unauthenticated<'_>,
        now: SystemTime,
    ) -> Result<bool, SendError<Self::Error>>;

    /// Writes what a client's `Debug` says of the credentials: their kind.
    ///
    /// # Errors
    /// Those of the formatter.
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// A request that does not say yet who calls.
pub struct Unauthenticated<'a> {
    /// The method in upper case.
    pub method: &'a str,
    /// The server, as host and port.
    pub host: &'a str,
    /// The path as it is sent, without the query.
    pub path: &'a str,
    /// The query, decoded.
    pub query: Cow<'a, [(String, String)]>,
    /// All headers.
    pub headers: &'a mut HeaderMap,
    /// The body, byte for byte as it is sent.
    pub body: &'a [u8],
}

impl fmt::Debug for Unauthenticated<'_> {
    /// No path, query, header or body: they hold identifiers and secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unauthenticated")
            .field("method", &self.method)
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}
