//! The built client, and the way of a call through it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use http::HeaderValue;
use tracing::Instrument as _;
use tracing::field::Empty;

use super::prepare::{self, Prepared};
use crate::check;
use crate::credentials::Credentials;
use crate::endpoint::Endpoint;
use crate::error::SendError;
use crate::invalid::{InvalidRequest, InvalidRule};
use crate::operation::Operation;
use crate::password::PolicyEnforcement;
use crate::region::{ServiceEndpoints, UnknownRegion};
use crate::response::RawResponse;
use crate::transport::{MAX_BODY, Transport, TransportError, TransportErrorKind};
use crate::wire;

/// A client without operations: it addresses, signs, sends and reads.
///
/// Cloning is cheap; clones share connections.
#[derive(Clone)]
pub struct Core(Arc<Settings>);

/// Checked settings.
pub(super) struct Settings {
    pub(super) region: String,
    pub(super) services: &'static [ServiceEndpoints],
    pub(super) endpoints: BTreeMap<&'static str, Endpoint>,
    pub(super) credentials: Credentials,
    pub(super) project_id: Option<String>,
    pub(super) enforcement: PolicyEnforcement,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) user_agent: HeaderValue,
}

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

    /// The project of one call: the one it names, else the client's.
    ///
    /// # Errors
    /// [`InvalidRule::NoProjectId`] when there is neither, saying where one can
    /// be set; [`InvalidRule::Identifier`] when it would bend the path.
    pub fn resolve_project_id(&self, of_call: Option<&str>) -> Result<String, InvalidRequest> {
        let id = of_call
            .or(self.project_id())
            .ok_or_else(|| InvalidRequest::of_field("project_id", InvalidRule::NoProjectId))?;
        check::identifier("project_id", id)?;
        Ok(id.to_owned())
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
    /// header is left alone. Each call is one attempt.
    ///
    /// # Errors
    /// [`SendError`]: without an answer, or before anything is sent.
    pub async fn execute(
        &self,
        operation: &'static Operation,
        project_id: Option<&str>,
        request: wire::Request,
    ) -> Result<RawResponse, SendError> {
        let endpoint = self.endpoint(operation)?;
        let prepared = prepare::prepare(
            prepare::Context {
                endpoint,
                credentials: &self.0.credentials,
                project_id: project_id.or(self.project_id()),
                user_agent: &self.0.user_agent,
                now: SystemTime::now(),
            },
            operation,
            request,
        )?;
        // No path, header or body: they hold identifiers and secrets.
        let span = tracing::info_span!(
            "huaweicloud.call",
            service = operation.service,
            operation = operation.name,
            method = operation.method,
            host = endpoint.authority(),
            status = Empty,
            request_id = Empty,
            elapsed_ms = Empty,
        );
        self.send(operation, endpoint, prepared)
            .instrument(span)
            .await
    }

    async fn send(
        &self,
        operation: &'static Operation,
        endpoint: &Endpoint,
        prepared: Prepared,
    ) -> Result<RawResponse, SendError> {
        let span = tracing::Span::current();
        let start = Instant::now();
        let answer = self.0.transport.send(prepared.request).await;
        span.record("elapsed_ms", start.elapsed().as_millis() as u64);
        let answer = answer.and_then(|response| {
            // A transport of another's making may not have bounded it.
            if response.body().len() > MAX_BODY {
                let error = TransportError::new(TransportErrorKind::TooLarge);
                return Err(error.to_host(endpoint.authority()));
            }
            Ok(response)
        });
        match answer {
            Ok(response) => {
                let response = RawResponse::new(operation, response, &prepared.scrubber);
                span.record("status", response.status());
                if let Some(id) = response.request_id() {
                    span.record("request_id", id);
                }
                tracing::debug!("answered");
                Ok(response)
            }
            Err(error) => {
                tracing::debug!(kind = ?error.kind(), "no answer");
                Err(error.during(operation).into())
            }
        }
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
            .and_then(|known| known.lookup(&self.0.region).err())
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("region", &self.0.region)
            .field("endpoints", &self.0.endpoints)
            .field("credentials", &self.0.credentials)
            .field("enforcement", &self.0.enforcement)
            .finish_non_exhaustive()
    }
}
