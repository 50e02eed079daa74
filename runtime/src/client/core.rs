//! The built client, and the project of its calls.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use openapi_client_runtime::CallOptions;
use openapi_client_runtime::client::{Begun, Engine};

use super::authentication::Caller;
use crate::check;
use crate::error::SendError;
use crate::identity::ProjectIds;
use crate::invalid::{InvalidRequest, InvalidRule};
use crate::operation::Operation;
use crate::password::PolicyEnforcement;
use crate::response::{Documented, RawResponse};
use crate::wire;

/// A client without operations: it addresses, signs, sends and reads.
///
/// Cloning is cheap; clones share connections, the budget of retries, the
/// [rates](crate::rate) of the services and what was learned about the servers'
/// clocks and about credentials they refused.
#[derive(Clone)]
pub struct Core {
    pub(super) engine: Engine<Caller>,
    pub(super) project: Arc<Project>,
}

/// Which project calls are made in.
#[derive(Clone, Default)]
pub(super) struct Project {
    /// That of calls that name none.
    pub(super) id: Option<String>,
    /// Its name, where it was given; else it is called like the region.
    pub(super) name: Option<String>,
    /// Whether the credentials are for that very project, so that theirs is the one meant.
    pub(super) is_scoped: bool,
    /// Looks up the projects of calls that name none, where the builder was told to.
    pub(super) ids: Option<Arc<ProjectIds>>,
}

impl Core {
    pub(super) fn new(engine: Engine<Caller>, project: Project) -> Self {
        let project = Arc::new(project);
        Self { engine, project }
    }

    /// The region the client was built for.
    pub fn region(&self) -> &str {
        self.engine.region()
    }

    /// The project of calls that name none.
    pub fn project_id(&self) -> Option<&str> {
        self.project.id.as_deref()
    }

    /// What to do with a password that breaks its policy.
    pub fn policy_enforcement(&self) -> PolicyEnforcement {
        self.engine.policy_enforcement()
    }

    /// The same client with the options of a call; what they do not set stays. Connections,
    /// credentials and all that was learned are shared.
    #[must_use]
    pub fn with_options(&self, options: &CallOptions) -> Self {
        Self {
            engine: self.engine.with_options(options),
            project: Arc::clone(&self.project),
        }
    }

    /// Sends a request and reads the response, whatever its status.
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
    /// It is sent again as [`RetryPolicy`](crate::RetryPolicy) says, signed afresh each time, until
    /// the operation's timeout. Dropping the future cancels the call: nothing
    /// is sent afterwards, but what was sent already may still be processed; with
    /// HTTP/2 see [`ClientBuilder`](super::ClientBuilder)'s `http2`.
    ///
    /// # Errors
    /// [`SendError`]: without a response, or before anything is sent.
    ///
    /// # Panics
    /// In a tokio runtime that was built without timers; those of
    /// `#[tokio::main]` and `Runtime::new` have them. Outside of any tokio
    /// runtime the call is an error.
    pub async fn execute(
        &self,
        operation: &'static Operation,
        project_id: Option<&str>,
        request: wire::Request,
    ) -> Result<RawResponse, SendError> {
        let call = self.engine.begin(operation, request.headers())?;
        self.send(call, operation, project_id, request).await
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
    ) -> Result<RawResponse, SendError> {
        let call = self.engine.begin(operation, request.headers())?;
        self.send(call.download(documented), operation, project_id, request)
            .await
    }

    async fn send(
        &self,
        call: Begun<'_, Caller>,
        operation: &'static Operation,
        project_id: Option<&str>,
        mut request: wire::Request,
    ) -> Result<RawResponse, SendError> {
        let mut project_id = project_id.or(self.project_id()).map(Cow::Borrowed);
        if let Some(parameter) = operation.project_id.filter(|it| request.is_open(it.name)) {
            let id = match project_id {
                Some(id) => id,
                // On the heap: few calls look for one, and every call moves its future.
                None => Box::pin(self.find_project_id(operation, &call))
                    .await?
                    .into(),
            };
            check::identifier("project_id", &id)?;
            check::length("project_id", &id, parameter.min, parameter.max)?;
            request.fill(parameter.name, &id);
            project_id = Some(id);
        }
        call.send(project_id.as_deref(), request).await
    }
}

/// Nobody named a project.
pub(super) fn no_project_id() -> InvalidRequest {
    let places = "on the client (`.project_id(..)`), on the credentials (`.project_id(..)`), in the \
                  environment (HUAWEICLOUD_SDK_PROJECT_ID) or on this call";
    InvalidRequest::of_field("project_id", InvalidRule::NotKnown { places })
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.engine.fmt(f)
    }
}
