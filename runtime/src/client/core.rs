//! The built client, and the way of a call through it.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use tokio::time::Instant;
use tracing::Instrument as _;
use tracing::field::Empty;

use super::call::Call;
use super::settings::{Settings, ShownProvider};
use crate::check;
use crate::endpoint::Endpoint;
use crate::error::SendError;
use crate::invalid::{InvalidRequest, InvalidRule};
use crate::operation::Operation;
use crate::password::PolicyEnforcement;
use crate::region::UnknownRegion;
use crate::response::RawResponse;
use crate::transport::{TransportError, TransportErrorKind};
use crate::wire;

/// A client without operations: it addresses, signs, sends and reads.
///
/// Cloning is cheap; clones share connections, the budget of retries, the
/// [rates](crate::rate) of the services and what was learned about the servers'
/// clocks and about credentials they refused.
#[derive(Clone)]
pub struct Core(pub(super) Arc<Settings>);

impl Core {
    pub(super) fn new(settings: Settings) -> Self {
        Self(Arc::new(settings))
    }

    /// The region the client was built for.
    pub fn region(&self) -> &str {
        &self.0.region
    }

    /// The project of calls that name none.
    pub fn project_id(&self) -> Option<&str> {
        self.0.project_id.as_deref()
    }

    /// What to do with a password that breaks its policy.
    pub fn policy_enforcement(&self) -> PolicyEnforcement {
        self.0.enforcement
    }

    /// Sends a request and reads the answer, whatever its status.
    ///
    /// The request gets the service's endpoint, User-Agent, Accept, the
    /// operation's Content-Type if it has a body, and the credentials:
    /// signed with an access key pair (`project_id`, or the client's, then goes
    /// along as X-Project-Id), or with the token. A caller's own Authorization
    /// header is left alone.
    ///
    /// Where its path has a place for the project and neither call nor client names one, the
    /// project is looked for first. That is part of the call, its time too.
    ///
    /// It is sent again as [`RetryPolicy`] says, signed afresh each time, until
    /// the operation's timeout. Dropping the future cancels the call: nothing
    /// is sent afterwards, but what was sent already may still be processed; with
    /// HTTP/2 see [`ClientBuilder`](super::ClientBuilder)'s `http2`.
    ///
    /// # Errors
    /// [`SendError`]: without an answer, or before anything is sent.
    ///
    /// # Panics
    /// In a tokio runtime that was built without timers; those of
    /// `#[tokio::main]` and `Runtime::new` have them. Outside of any tokio
    /// runtime the call is an error.
    pub async fn execute(
        &self,
        operation: &'static Operation,
        project_id: Option<&str>,
        mut request: wire::Request,
    ) -> Result<RawResponse, SendError> {
        self.0.extra.check()?;
        self.0.extra.check_against(request.headers())?;
        let endpoint = self.endpoint(operation)?;
        in_tokio().map_err(|error| error.during(operation))?;
        let started = Instant::now();
        let deadline = started + self.0.timeouts.operation;
        let mut project_id = project_id.or(self.project_id()).map(Cow::Borrowed);
        if let Some(parameter) = operation.project_id.filter(|it| request.is_open(it.name)) {
            let id = match project_id {
                Some(id) => id,
                None => {
                    let search = self.find_project_id(operation, endpoint, started, deadline);
                    // On the heap: few calls look for one, and every call moves its future.
                    Box::pin(search).await?.into()
                }
            };
            check::identifier("project_id", &id)?;
            check::length("project_id", &id, parameter.min, parameter.max)?;
            request.fill(parameter.name, &id);
            project_id = Some(id);
        }
        let span = call_span(operation, endpoint);
        let call = Call {
            settings: &self.0,
            operation,
            endpoint,
            project_id: project_id.as_deref(),
            request,
            started,
            deadline,
            span: span.clone(),
        };
        // On the heap, so that callers do not move all of it with their own futures.
        Box::pin(call.run().instrument(span)).await
    }

    pub(super) fn endpoint(&self, operation: &Operation) -> Result<&Endpoint, InvalidRequest> {
        self.0.endpoints.get(operation.service).ok_or_else(|| {
            InvalidRequest::of_request(match self.unknown_region(operation.service) {
                Some(unknown) => InvalidRule::NoEndpoint(unknown),
                None => InvalidRule::Malformed(
                    "the operation belongs to a service that this client was not built with",
                ),
            })
        })
    }

    fn unknown_region(&self, service: &str) -> Option<UnknownRegion> {
        self.0
            .services
            .iter()
            .find(|known| known.service == service)
            .and_then(|known| known.missing(&self.0.region))
    }
}

/// Nobody named a project.
pub(super) fn no_project_id() -> InvalidRequest {
    let places = "on the client (`.project_id(..)`), on the credentials (`.project_id(..)`), in the \
                  environment (HUAWEICLOUD_SDK_PROJECT_ID) or on this call";
    InvalidRequest::of_field("project_id", InvalidRule::NotKnown { places })
}

/// The span of one call. No path, header or body: they hold identifiers and
/// secrets.
pub(super) fn call_span(operation: &Operation, endpoint: &Endpoint) -> tracing::Span {
    tracing::info_span!(
        "huaweicloud.call",
        service = operation.service,
        operation = operation.name,
        method = operation.method,
        host = endpoint.authority(),
        status = Empty,
        attempts = Empty,
        request_id = Empty,
        elapsed_ms = Empty,
    )
}

/// Timers and sockets need a runtime, and panic without one.
pub(super) fn in_tokio() -> Result<(), TransportError> {
    if tokio::runtime::Handle::try_current().is_ok() {
        return Ok(());
    }
    Err(TransportError::new(TransportErrorKind::Other)
        .not_sent()
        .caused_by("there is no tokio runtime; call from within one"))
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let credentials = ShownProvider {
            fixed: self.0.fixed.as_ref(),
            provider: &*self.0.provider,
        };
        f.debug_struct("Core")
            .field("region", &self.0.region)
            .field("endpoints", &self.0.endpoints)
            .field("credentials", &credentials)
            .field("enforcement", &self.0.enforcement)
            .finish_non_exhaustive()
    }
}
