//! The checked settings of a client, and what all its calls share.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::clock::Clock;
use super::gate::Gate;
use super::headers::ExtraHeaders;
use crate::credential::{Credentials, ProvideCredentials};
use crate::endpoint::Endpoint;
use crate::identity::ProjectIds;
use crate::observe::Observer;
use crate::password::PolicyEnforcement;
use crate::rate::Limiter;
use crate::region::ServiceEndpoints;
use crate::retry::{Budget, RetryPolicy};
use crate::signing::SigningScheme;
use crate::transport::Transport;

/// Longer timeouts are cut to this, so that the clock can count them.
pub(super) const LONGEST_TIMEOUT: Duration = Duration::from_secs(365 * 24 * 3600);

/// Checked settings, and what all calls share.
#[derive(Clone)]
pub(super) struct Settings {
    pub(super) region: String,
    pub(super) services: &'static [ServiceEndpoints],
    pub(super) endpoints: BTreeMap<&'static str, Endpoint>,
    pub(super) provider: Arc<dyn ProvideCredentials>,
    /// The credentials, where they are always the same. Checked when the client was built, and
    /// `project_id` holds what they know, so that nobody need be asked.
    pub(super) fixed: Option<Credentials>,
    /// Services whose address was given by hand.
    pub(super) addressed: BTreeSet<&'static str>,
    pub(super) plain_http: bool,
    pub(super) project_id: Option<String>,
    /// The name of the project, where it was given; else it is called like the region.
    pub(super) project_name: Option<String>,
    /// Whether the credentials are for that very project, so that theirs is the one meant.
    pub(super) is_scoped: bool,
    /// Looks up the projects of calls that name none, where the builder was told to.
    pub(super) projects: Option<Arc<ProjectIds>>,
    pub(super) enforcement: PolicyEnforcement,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) user_agent: HeaderValue,
    pub(super) signing: SigningScheme,
    pub(super) timeouts: Timeouts,
    pub(super) retry: RetryPolicy,
    pub(super) budget: Arc<Budget>,
    pub(super) limiter: Arc<Limiter>,
    pub(super) clock: Arc<Clock>,
    pub(super) gate: Arc<Gate>,
    pub(super) observer: Option<Arc<dyn Observer>>,
    /// Those of the options of a call.
    pub(super) extra: ExtraHeaders,
}

/// How long things may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Timeouts {
    /// One attempt, from connecting to the last byte of the answer.
    pub(super) attempt: Duration,
    /// The whole call, with all attempts and waits.
    pub(super) operation: Duration,
}

/// Who gives the credentials: their kind where they are fixed, else the name of
/// the provider's type. Its `Debug` is its author's, who may have thought of no log.
pub(super) struct ShownProvider<'a> {
    pub(super) fixed: Option<&'a Credentials>,
    pub(super) provider: &'a dyn ProvideCredentials,
}

impl fmt::Debug for ShownProvider<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.fixed {
            Some(credentials) => credentials.fmt(f),
            None => f.write_str(self.provider.kind()),
        }
    }
}
