//! What a client asks of Identity and Access Management (IAM) for itself: a token for a user's
//! password, and the project of a region.
//!
//! The calls come from an API document like all others, so generated code makes them; it does so
//! through [`IdentityService`], and everything about when to ask and what to keep is here.
//! What is found stays in memory, shared by the clones of a client; nothing is written to disk.

mod error;
mod project;
mod refused;
mod sign_in;

use std::future::Future;
use std::pin::Pin;

pub use error::{IdentityError, ProjectIdError};
pub(crate) use project::ProjectIds;
pub use sign_in::{Scope, SignIn};
pub(crate) use sign_in::{SignInPending, TokenProvider};

use crate::secret::Password;

/// The name of the service in endpoints and operations.
pub(crate) const SERVICE: &str = "iam";

#[doc(hidden)]
/// Stands for a project id that is still to be found while the rest of a request is checked.
/// It is never sent.
pub const ANY_PROJECT_ID: &str = "00000000000000000000000000000000";

#[doc(hidden)]
/// The future of an [`IdentityService`].
pub type IdentityFuture<'a, T> =
    Pin<Box<dyn Future<Output = Result<T, IdentityError>> + Send + 'a>>;

#[doc(hidden)]
/// The two calls of IAM that a client makes for itself; generated code implements it.
pub trait IdentityService: Send + Sync {
    /// Exchanges a password for a token: `POST /v3/auth/tokens`.
    fn sign_in<'a>(&'a self, user: &'a SignIn) -> IdentityFuture<'a, SignedIn>;

    /// The projects of a name that the caller may see: `GET /v3/projects?name=…`.
    fn projects<'a>(&'a self, name: &'a str) -> IdentityFuture<'a, Vec<Project>>;
}

#[doc(hidden)]
/// A token and what came with it.
#[derive(Debug)]
#[non_exhaustive]
pub struct SignedIn {
    /// The token, from the header `X-Subject-Token`.
    pub token: Password,
    /// When it ends, as the answer writes it: `2030-01-31T12:00:00.000000Z`.
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
