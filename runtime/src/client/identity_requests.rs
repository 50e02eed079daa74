//! What a builder was told to ask IAM for, kept until there is a client to ask it with.

use std::sync::Arc;

use crate::credential::{Cached, ProvideCredentials};
use crate::identity::{
    Agency, IdTokenProvider, IdTokenSignIn, IdentityService, SignIn, TokenProvider,
};

/// A value, and the method of the builder that set it.
#[derive(Debug, Clone)]
pub(super) struct Configured<T> {
    pub(super) value: T,
    pub(super) setting: &'static str,
}

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

/// Who looks for the project of calls that name none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum ProjectLookUp {
    /// Nobody.
    #[default]
    Never,
    /// IAM, where the client has its calls: the configuration of a tool that does so named none.
    IfPossible,
    /// IAM.
    Always,
}

/// All that IAM is to be asked for.
pub(super) struct IdentityRequests {
    pub(super) login: Option<Configured<Login>>,
    pub(super) agency: Option<Configured<Agency>>,
    pub(super) project_name: Option<Configured<String>>,
    pub(super) look_up: ProjectLookUp,
}
