//! A client that asks IAM for what it needs.

use std::sync::Arc;

use tokio::time::{Instant, timeout_at};
use tracing::Instrument as _;

use super::core::{Core, Settings, call_span, in_tokio};
use super::report::Report;
use crate::credentials::{Cached, CredentialsError};
use crate::error::SendError;
use crate::identity::{AgencyProvider, IdentityService, ProjectIds};
use crate::invalid::{InvalidRequest, InvalidRule};
use crate::operation::Operation;
use crate::signing::SigningScheme;
use crate::transport::{TransportError, TransportErrorKind};

impl Core {
    /// Lets the client sign in, assume an agency and look up its project, where its builder was
    /// told to. `calls` makes the calls of IAM out of a client to make them with.
    #[must_use]
    pub fn with_identity(self, calls: impl Fn(Core) -> Arc<dyn IdentityService>) -> Self {
        let mut settings = Settings::clone(&self.0);
        // A derived key is for one service, and IAM is another.
        let service = |settings: &Settings| {
            calls(Core::new(Settings {
                signing: SigningScheme::default(),
                ..settings.clone()
            }))
        };
        let pending = std::mem::take(&mut settings.pending);
        let mut caller = match &pending.assumed {
            Some(assumed) => Arc::clone(&assumed.caller),
            None => Arc::clone(&settings.provider),
        };
        if let Some(mut login) = pending.login {
            // With an agency, the project is one of the other account's.
            if let (Some(name), None) = (&settings.project_name, &pending.assumed) {
                settings.is_scoped = login.choose_project(name);
            }
            caller = login.provider(service(&settings));
        }
        settings.provider = match pending.assumed {
            None => caller,
            Some(assumed) => {
                let as_caller = Settings {
                    provider: Arc::clone(&caller),
                    fixed: assumed.fixed,
                    project_id: None,
                    ..settings.clone()
                };
                let provider = AgencyProvider::new(service(&as_caller), caller, assumed.agency);
                Arc::new(Cached::new(provider))
            }
        };
        if settings.look_up_project {
            settings.projects = Some(Arc::new(ProjectIds::new(service(&settings))));
        }
        Core::new(settings)
    }

    /// Whether a call that names no project has to
    /// [look for one](Self::find_project_id) first.
    pub fn finds_project_id(&self) -> bool {
        self.0.project_id.is_none() && (self.0.fixed.is_none() || self.0.projects.is_some())
    }

    /// The project that goes with the credentials of this moment: the one they are kept with,
    /// else the region's own, which IAM is asked for once.
    ///
    /// The time it takes is part of the call of `operation` that it is for: give the deadline to
    /// [`execute_until`](Self::execute_until). The observer is told when that call ends here.
    ///
    /// # Errors
    /// [`SendError`]: no credentials, no project, or IAM does not answer.
    pub async fn find_project_id(
        &self,
        operation: &'static Operation,
    ) -> Result<FoundProject, SendError> {
        let endpoint = self.endpoint(operation)?;
        in_tokio().map_err(|error| error.during(operation))?;
        let begun = Instant::now();
        let until = begun + self.0.timeouts.operation;
        let report = Report::begin(&self.0, operation, endpoint, begun);
        let span = tracing::debug_span!(
            "huaweicloud.project",
            service = operation.service,
            operation = operation.name,
        );
        match self.search(operation, until).instrument(span).await {
            Ok(id) => {
                report.leave_to_the_call();
                let deadline = Deadline { begun, until };
                Ok(FoundProject { id, deadline })
            }
            Err(error) => {
                let span = call_span(operation, endpoint);
                span.in_scope(|| report.fail(&span, &error));
                Err(error)
            }
        }
    }

    async fn search(
        &self,
        operation: &'static Operation,
        until: Instant,
    ) -> Result<String, SendError> {
        let settings = &self.0;
        let search = async {
            let credentials = settings.provider.provide().await?;
            let is_meant = settings.project_name.is_none() || settings.is_scoped;
            if let Some(id) = credentials.project().filter(|_| is_meant) {
                return Ok::<_, SendError>(id.to_owned());
            }
            let Some(projects) = &settings.projects else {
                let error = InvalidRequest::of_field("project_id", InvalidRule::NoProjectId);
                return Err(error.into());
            };
            let name = settings.project_name.as_ref().unwrap_or(&settings.region);
            projects
                .find(&credentials, name)
                .await
                .map_err(|error| CredentialsError::ProjectId(Box::new(error)).into())
        };
        timeout_at(until, search).await.unwrap_or_else(|_| {
            Err(TransportError::new(TransportErrorKind::Timeout)
                .not_sent()
                .caused_by("the project id was not found before the operation's timeout")
                .during(operation)
                .into())
        })
    }
}

/// A project id that had to be found first.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct FoundProject {
    /// The id.
    pub id: String,
    /// When the call it is for has to be over.
    pub deadline: Deadline,
}

/// When a call has to be over, and when it began.
#[derive(Debug, Clone, Copy)]
pub struct Deadline {
    pub(super) begun: Instant,
    pub(super) until: Instant,
}
