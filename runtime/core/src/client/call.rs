//! One call: what it is, and where it stands.

use tokio::time::Instant;
use tracing::Span;

use super::checked::Checked;
use super::clock::Offset;
use super::lockout::Pass;
use crate::authentication::Authentication;
use crate::endpoint::Endpoint;
use crate::media::Documented;
use crate::operation::Operation;
use crate::rate::QueuePosition;
use crate::wire;

/// One call of an operation.
pub(super) struct Call<'a, A> {
    pub(super) settings: &'a Checked<A>,
    pub(super) operation: &'static Operation,
    pub(super) endpoint: &'a Endpoint,
    /// The project that the call is about, where the API has such a thing.
    pub(super) project_id: Option<&'a str>,
    pub(super) request: wire::Request,
    /// Where the body of a success is left to be read as it comes: the media types that tell.
    pub(super) left: Option<Documented>,
    pub(super) started: Instant,
    pub(super) deadline: Instant,
    /// Kept, since the current span is that of the caller where this one is
    /// filtered out.
    pub(super) span: Span,
}

/// What the attempts so far leave behind.
pub(super) struct Progress<'a, A: Authentication> {
    pub(super) attempts: u32,
    /// Those of them that were refused for being too many, and went no further: no failures.
    pub(super) throttled: u32,
    /// Where the call stands in the queue for the service.
    pub(super) position: QueuePosition,
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
    pub(super) credentials: Option<A::Credentials>,
    /// Whether other credentials were tried.
    pub(super) renewed: bool,
}

impl<A: Authentication> Default for Progress<'_, A> {
    fn default() -> Self {
        Self {
            attempts: 0,
            throttled: 0,
            position: QueuePosition::default(),
            waits_in_queue: false,
            may_have_arrived: false,
            offset: None,
            pass: None,
            credentials: None,
            renewed: false,
        }
    }
}

impl<A: Authentication> Progress<'_, A> {
    /// The attempts that count.
    pub(super) fn counted(&self) -> u32 {
        self.attempts - self.throttled
    }
}
