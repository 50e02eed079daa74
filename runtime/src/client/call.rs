//! One call: what it is, and where it stands.

use tokio::time::Instant;
use tracing::Span;

use super::clock::Offset;
use super::gate::Pass;
use super::settings::Settings;
use crate::credential::Credentials;
use crate::endpoint::Endpoint;
use crate::operation::Operation;
use crate::rate::Place;
use crate::wire;

/// One call of an operation.
pub(super) struct Call<'a> {
    pub(super) settings: &'a Settings,
    pub(super) operation: &'static Operation,
    pub(super) endpoint: &'a Endpoint,
    /// The project of the call or of the client.
    pub(super) project_id: Option<&'a str>,
    pub(super) request: wire::Request,
    pub(super) started: Instant,
    pub(super) deadline: Instant,
    /// Kept, since the current span is that of the caller where this one is
    /// filtered out.
    pub(super) span: Span,
}

/// What the attempts so far leave behind.
#[derive(Default)]
pub(super) struct Progress<'a> {
    pub(super) attempts: u32,
    /// Those of them that the gateway refused for being too many: no failures.
    pub(super) throttled: u32,
    /// Where the call stands in the queue for the service.
    pub(super) place: Place,
    /// Whether the wait before the next attempt is spent there.
    pub(super) waits_in_queue: bool,
    /// Whether a request may have been processed.
    pub(super) may_have_arrived: bool,
    /// How far the server's clock is from the system's, as it said when it
    /// refused this call; kept for others once it has accepted a signature.
    pub(super) offset: Option<Offset>,
    /// The turn of the next attempt, where it has one.
    pub(super) pass: Option<Pass<'a>>,
    /// The credentials of the next attempt, where they are known already.
    pub(super) credentials: Option<Credentials>,
    /// Whether other credentials were tried.
    pub(super) renewed: bool,
}

impl Progress<'_> {
    /// The attempts that count.
    pub(super) fn counted(&self) -> u32 {
        self.attempts - self.throttled
    }
}
