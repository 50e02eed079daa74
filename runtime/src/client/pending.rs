//! Who calls, as long as IAM has to be asked for it and cannot be yet.

use std::sync::Arc;

use crate::credentials::{Cached, Credentials, ProvideCredentials};
use crate::identity::{
    Agency, IdTokenProvider, IdTokenSignIn, IdentityService, SignIn, TokenProvider,
};

/// A user who signs in.
#[derive(Debug, Clone)]
pub(super) enum Login {
    Password(SignIn),
    IdToken(IdTokenSignIn),
}

impl Login {
    /// Has the token be for a project, where nothing was chosen; says whether it did.
    pub(super) fn choose_project(&mut self, name: &str) -> bool {
        match self {
            Self::Password(user) => user.choose_project(name),
            Self::IdToken(user) => user.choose_project(name),
        }
    }

    /// What keeps the user signed in, through these calls.
    pub(super) fn provider(self, service: Arc<dyn IdentityService>) -> Arc<dyn ProvideCredentials> {
        match self {
            Self::Password(user) => Arc::new(Cached::new(TokenProvider::new(service, user))),
            Self::IdToken(user) => Arc::new(Cached::new(IdTokenProvider::new(service, user))),
        }
    }
}

/// An agency, and who assumes it.
#[derive(Clone)]
pub(super) struct Assumed {
    pub(super) agency: Agency,
    pub(super) caller: Arc<dyn ProvideCredentials>,
    /// What the caller gives, where that is fixed.
    pub(super) fixed: Option<Credentials>,
}

/// What is left to be done once IAM can be called.
#[derive(Clone, Default)]
pub(super) struct Pending {
    pub(super) login: Option<Login>,
    pub(super) assumed: Option<Assumed>,
}
