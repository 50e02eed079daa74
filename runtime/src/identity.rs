//! What a client asks of Identity and Access Management (IAM) for itself: a token for a user's
//! password or for an ID token, keys of an agency, and the id of a project.
//!
//! The calls come from an API document like all others, so generated code makes them; it does so
//! through [`IdentityService`], and everything about when to ask and what to keep is here.
//! What is found stays in memory, shared by the clones of a client; nothing is written to disk.

mod agency;
mod id_token;
mod project;
mod refused;
mod sign_in;
mod source;

use std::future::Future;
use std::pin::Pin;

pub use crate::credential::{IdentityError, ProjectIdError};
pub(crate) use agency::AgencyProvider;
pub use agency::{Agency, TemporaryKeys};
pub(crate) use id_token::IdTokenProvider;
pub use id_token::IdTokenSignIn;
pub(crate) use project::ProjectIds;
pub(crate) use sign_in::{IamPlaceholder, TokenProvider};
pub use sign_in::{Scope, SignIn};
pub use source::{SecretFile, SecretFuture, SecretSource};

use crate::secret::Password;

/// The name of the service in endpoints and operations.
pub(crate) use crate::error::IAM as SERVICE;

#[doc(hidden)]
/// The future of an [`IdentityService`].
pub type IdentityFuture<'a, T> =
    Pin<Box<dyn Future<Output = Result<T, IdentityError>> + Send + 'a>>;

#[doc(hidden)]
/// The calls of IAM that a client makes for itself; generated code implements it.
pub trait IdentityService: Send + Sync {
    /// Exchanges a password, and a passcode where there is one, for a token:
    /// `POST /v3/auth/tokens`.
    fn sign_in<'a>(
        &'a self,
        user: &'a SignIn,
        passcode: Option<Passcode>,
    ) -> IdentityFuture<'a, SignedIn>;

    /// Exchanges an ID token for a token: `POST /v3.0/OS-AUTH/id-token/tokens`.
    fn exchange<'a>(
        &'a self,
        user: &'a IdTokenSignIn,
        id_token: Password,
    ) -> IdentityFuture<'a, SignedIn> {
        let _ = (user, id_token);
        not_made_with("id-token")
    }

    /// Temporary keys of an agency: `POST /v3.0/OS-CREDENTIAL/securitytokens`.
    fn assume<'a>(&'a self, agency: &'a Agency) -> IdentityFuture<'a, TemporaryKeys> {
        let _ = agency;
        not_made_with("assume-agency")
    }

    /// The projects of a name that the caller may see: `GET /v3/projects?name=…`.
    fn projects<'a>(&'a self, name: &'a str) -> IdentityFuture<'a, Vec<Project>>;
}

/// What a client gives whose documents have no such operation.
fn not_made_with<'a, T: Send + 'a>(client_use: &str) -> IdentityFuture<'a, T> {
    let text = format!("no document of this client has an operation for it (`{client_use}`)");
    Box::pin(std::future::ready(Err(IdentityError::unusable(text))))
}

#[doc(hidden)]
/// A passcode of a virtual MFA device, for one sign-in.
#[derive(Debug)]
#[non_exhaustive]
pub struct Passcode {
    /// The id of the user whose device it is.
    pub user_id: String,
    /// The passcode.
    pub passcode: Password,
}

#[doc(hidden)]
/// A token and what came with it.
#[derive(Debug)]
#[non_exhaustive]
pub struct SignedIn {
    /// The token, from the header `X-Subject-Token`.
    pub token: Password,
    /// When it ends, as the response writes it: `2030-01-31T12:00:00.000000Z`.
    pub expires_at: Option<String>,
    /// The project it is for, if it is for one.
    pub project_id: Option<String>,
    /// The account of the user.
    pub domain_id: Option<String>,
}

impl SignedIn {
    /// A token without anything else known about it.
    pub fn new(token: Password) -> Self {
        Self {
            token,
            expires_at: None,
            project_id: None,
            domain_id: None,
        }
    }
}

#[doc(hidden)]
/// A project as IAM lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Project {
    /// Its id: 32 hexadecimal digits.
    pub id: String,
    /// Its name; that of a region's own project is the region's.
    pub name: String,
}

impl Project {
    /// A project by its id and name.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
        }
    }
}
