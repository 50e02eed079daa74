//! The built client, and the way of a call through it.

use std::fmt;
use std::sync::Arc;

use http::HeaderMap;
use tokio::time::Instant;
use tracing::field::Empty;
use tracing::{Instrument as _, Span};

use super::call::Call;
use super::checked::Checked;
use crate::authentication::Authentication;
use crate::endpoint::Endpoint;
use crate::error::SendError;
use crate::invalid::{InvalidRequest, InvalidRule};
use crate::media::Documented;
use crate::observe::Report;
use crate::operation::Operation;
use crate::password::PolicyEnforcement;
use crate::region::UnknownRegion;
use crate::response::RawResponse;
use crate::transport::in_tokio;
use crate::wire;

/// A client without operations: it addresses, authenticates, sends and reads.
///
/// Cloning is cheap; clones share connections, the budget of retries, the
/// [rates](crate::rate) of the services and what was learned about the servers'
/// clocks and about credentials they refused.
pub struct Engine<A>(pub(super) Arc<Checked<A>>);

impl<A> Clone for Engine<A> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// A call that has begun, and has not put its request together yet.
pub struct Begun<'a, A> {
    settings: &'a Checked<A>,
    operation: &'static Operation,
    endpoint: &'a Endpoint,
    started: Instant,
    deadline: Instant,
    /// Where the body of a success is left to be read as it comes: the media types that tell.
    left: Option<Documented>,
}

impl<A: Authentication> Engine<A> {
    pub(super) fn new(settings: Checked<A>) -> Self {
        Self(Arc::new(settings))
    }

    /// The region the client was built for.
    pub fn region(&self) -> &str {
        &self.0.region
    }

    /// What to do with a password that breaks its policy.
    pub fn policy_enforcement(&self) -> PolicyEnforcement {
        self.0.enforcement
    }

    /// How it says who calls.
    pub fn authentication(&self) -> &A {
        &self.0.authentication
    }

    /// The same client for another caller. Connections, rates and what was learned are shared.
    #[must_use]
    pub fn authenticated_by<B: Authentication>(&self, authentication: B) -> Engine<B> {
        Engine::new(self.0.authenticated_by(authentication))
    }

    /// Begins a call: from here on its time counts.
    ///
    /// # Errors
    /// Before anything is sent: when the options of the call cannot be used or are not for a request
    /// with these headers, when its service has no address, or outside of a tokio runtime.
    pub fn begin(
        &self,
        operation: &'static Operation,
        headers: &HeaderMap,
    ) -> Result<Begun<'_, A>, SendError<A::Error>> {
        self.0.extra.check()?;
        self.0.extra.check_against(headers)?;
        let endpoint = self.endpoint(operation)?;
        in_tokio().map_err(|error| error.not_sent().during(operation))?;
        let started = Instant::now();
        Ok(Begun {
            settings: &self.0,
            operation,
            endpoint,
            started,
            deadline: started + self.0.timeouts.operation,
            left: None,
        })
    }

    /// [Begins](Self::begin) a call and [sends](Begun::send) its request.
    ///
    /// # Errors
    /// Those of the two.
    pub async fn execute(
        &self,
        operation: &'static Operation,
        project_id: Option<&str>,
        request: wire::Request,
    ) -> Result<RawResponse, SendError<A::Error>> {
        let call = self.begin(operation, request.headers())?;
        call.send(project_id, request).await
    }

    /// The same, and the body of a success is left to be read as it comes, by
    /// [`RawResponse::download`], as [`Begun::download`] says.
    ///
    /// # Errors
    /// Those of [`execute`](Self::execute).
    pub async fn download(
        &self,
        operation: &'static Operation,
        project_id: Option<&str>,
        request: wire::Request,
        documented: Documented,
    ) -> Result<RawResponse, SendError<A::Error>> {
        let call = self.begin(operation, request.headers())?;
        call.download(documented).send(project_id, request).await
    }

    fn endpoint(&self, operation: &Operation) -> Result<&Endpoint, InvalidRequest> {
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

impl<A: Authentication> Begun<'_, A> {
    /// Leaves the body of a success to be read as it comes, by
    /// [`RawResponse::download`]. Its time is over with the head of the response then.
    ///
    /// The `documented` media types tell which are read all the same. What says no media type is of
    /// the first, and what is of none of them is left.
    #[must_use]
    pub fn download(mut self, documented: Documented) -> Self {
        self.left = Some(documented);
        self
    }

    /// When its time is over.
    pub fn deadline(&self) -> Instant {
        self.deadline
    }

    /// Begins what the observer is told, for what is done before the request is put together.
    pub fn report(&self) -> Report<'_> {
        Report::begin(
            self.settings.observer.as_deref(),
            self.operation,
            self.endpoint.authority(),
            self.started,
        )
    }

    /// The span of the call. No path, header or body: they hold identifiers and secrets.
    pub fn span(&self) -> Span {
        tracing::info_span!(
            "api.call",
            service = self.operation.service,
            operation = self.operation.name,
            method = self.operation.method,
            host = self.endpoint.authority(),
            status = Empty,
            attempts = Empty,
            request_id = Empty,
            elapsed_ms = Empty,
        )
    }

    /// Sends a request and reads the response, whatever its status.
    ///
    /// The request gets the service's endpoint, User-Agent, Accept, the operation's Content-Type if
    /// it has a body, and what says who calls. `project_id` is what the call is about, where the
    /// API has such a thing. A caller's own Authorization header is left alone.
    ///
    /// It is sent again as [`RetryPolicy`](crate::RetryPolicy) says, authenticated afresh each
    /// time, until the operation's timeout. Dropping the future cancels the call: nothing is sent
    /// afterwards, but what was sent already may still be processed; with HTTP/2 see
    /// [`ClientBuilder`](super::ClientBuilder)'s `http2`.
    ///
    /// # Errors
    /// [`SendError`]: without a response, or before anything is sent.
    ///
    /// # Panics
    /// In a tokio runtime that was built without timers; those of `#[tokio::main]` and
    /// `Runtime::new` have them.
    pub async fn send(
        self,
        project_id: Option<&str>,
        request: wire::Request,
    ) -> Result<RawResponse, SendError<A::Error>> {
        let span = self.span();
        let call = Call {
            settings: self.settings,
            operation: self.operation,
            endpoint: self.endpoint,
            project_id,
            request,
            left: self.left,
            started: self.started,
            deadline: self.deadline,
            span: span.clone(),
        };
        // On the heap, so that callers do not move all of it with their own futures.
        Box::pin(call.run().instrument(span)).await
    }
}

impl<A: Authentication> fmt::Debug for Engine<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine")
            .field("region", &self.0.region)
            .field("endpoints", &self.0.endpoints)
            .field("credentials", &Described(&self.0.authentication))
            .field("enforcement", &self.0.enforcement)
            .finish_non_exhaustive()
    }
}

/// Who calls, as far as it may be shown.
struct Described<'a, A>(&'a A);

impl<A: Authentication> fmt::Debug for Described<'_, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show(f)
    }
}
