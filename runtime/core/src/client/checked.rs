//! The checked settings of a client, and what all its calls share.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::clock::Clock;
use super::headers::ExtraHeaders;
use super::lockout::LockoutGuard;
use crate::endpoint::Endpoint;
use crate::observe::Observer;
use crate::password::PolicyEnforcement;
use crate::rate::Limiter;
use crate::region::ServiceEndpoints;
use crate::retry::{Budget, RetryPolicy};
use crate::transport::Transport;

/// Longer timeouts are cut to this, so that the clock can count them.
pub(super) const LONGEST_TIMEOUT: Duration = Duration::from_secs(365 * 24 * 3600);

/// Checked settings, and what all calls share.
#[derive(Clone)]
pub(super) struct Checked<A> {
    pub(super) authentication: A,
    pub(super) region: String,
    pub(super) services: &'static [ServiceEndpoints],
    pub(super) endpoints: BTreeMap<&'static str, Endpoint>,
    pub(super) enforcement: PolicyEnforcement,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) user_agent: HeaderValue,
    pub(super) timeouts: Timeouts,
    pub(super) retry: RetryPolicy,
    pub(super) budget: Arc<Budget>,
    pub(super) limiter: Arc<Limiter>,
    pub(super) clock: Arc<Clock>,
    pub(super) lockout_guard: Arc<LockoutGuard>,
    pub(super) observer: Option<Arc<dyn Observer>>,
    /// Those of the options of a call.
    pub(super) extra: ExtraHeaders,
}

impl<A> Checked<A> {
    /// The same with another authentication. The limits, the rates and what was learned are
    /// shared.
    pub(super) fn authenticated_by<B>(&self, authentication: B) -> Checked<B> {
        Checked {
            authentication,
            region: self.region.clone(),
            services: self.services,
            endpoints: self.endpoints.clone(),
            enforcement: self.enforcement,
            transport: Arc::clone(&self.transport),
            user_agent: self.user_agent.clone(),
            timeouts: self.timeouts,
            retry: self.retry,
            budget: Arc::clone(&self.budget),
            limiter: Arc::clone(&self.limiter),
            clock: Arc::clone(&self.clock),
            lockout_guard: Arc::clone(&self.lockout_guard),
            observer: self.observer.clone(),
            extra: self.extra.clone(),
        }
    }
}

/// How long things may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Timeouts {
    /// One attempt, from connecting to the last byte of the response.
    pub(super) attempt: Duration,
    /// The whole call, with all attempts and waits.
    pub(super) operation: Duration,
}
