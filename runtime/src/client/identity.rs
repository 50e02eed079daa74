//! A client that asks IAM for what it needs.

use std::sync::Arc;

use tokio::time::{Instant, timeout_at};
use tracing::Instrument as _;

use super::build_error::BuilderError;
use super::core::{Core, call_span, no_project_id};
use super::pending::{Asked, LookUp, Pending};
use super::settings::Settings;
use crate::credential::{Cached, CredentialsError};
use crate::endpoint::Endpoint;
use crate::error::SendError;
use crate::identity::{AgencyProvider, IdentityService, ProjectIds};
use crate::observe::Report;
use crate::operation::Operation;
use crate::signing::SigningScheme;
use crate::transport::{TransportError, TransportErrorKind};

/// Makes the calls of IAM out of a client to make them with.
pub type IdentityCalls = fn(Core) -> Arc<dyn IdentityService>;

impl Settings {
    /// Lets the client sign in, assume an agency and look up its project, where its builder was
    /// told to.
    pub(super) fn ask_identity(
        &mut self,
        pending: Pending,
        calls: Option<IdentityCalls>,
    ) -> Result<(), BuilderError> {
        let service = |settings: &Self, setting| {
            let calls = calls.ok_or(BuilderError::NoIdentity { setting })?;
            // A derived key is for one service, and IAM is another.
            Ok(calls(Core::new(Settings {
                signing: SigningScheme::default(),
                ..settings.clone()
            })))
        };
        let name = pending.project_name;
        if let Some(Asked { mut what, setting }) = pending.login {
            // With an agency, the project is one of the other account's.
            if let (Some(name), None) = (&name, &pending.agency) {
                self.is_scoped = what.choose_project(&name.what);
            }
            self.provider = what.provider(service(self, setting)?);
        }
        if let Some(Asked { what, setting }) = pending.agency {
            let as_caller = Settings {
                project_id: None,
                ..self.clone()
            };
            let service = service(&as_caller, setting)?;
            let provider = AgencyProvider::new(service, as_caller.provider, what);
            // Nobody calls as the caller itself any more.
            self.provider = Arc::new(Cached::new(provider));
            self.fixed = None;
        }
        let looked_up_by = match (pending.look_up, &name) {
            (LookUp::Always, _) => Some("look_up_project_id"),
            (_, Some(name)) => Some(name.setting),
            (LookUp::IfPossible, None) => calls.is_some().then_some("cloud_config"),
            (LookUp::Never, None) => None,
        };
        if let Some(setting) = looked_up_by {
            self.projects = Some(Arc::new(ProjectIds::new(service(self, setting)?)));
        }
        Ok(())
    }
}

impl Core {
    /// The project that goes with the credentials of this moment: the one they are kept with,
    /// else the region's own, which IAM is asked for once.
    ///
    /// It is part of the call of `operation` that began at `started`; the observer is told when
    /// that call ends here.
    pub(super) async fn find_project_id(
        &self,
        operation: &'static Operation,
        endpoint: &Endpoint,
        started: Instant,
        deadline: Instant,
    ) -> Result<String, SendError> {
        if self.0.fixed.is_some() && self.0.projects.is_none() {
            let error = no_project_id();
            return Err(error.into());
        }
        let report = Report::begin(
            self.0.observer.as_deref(),
            operation,
            endpoint.authority(),
            started,
        );
        let span = tracing::debug_span!(
            "huaweicloud.project",
            service = operation.service,
            operation = operation.name,
        );
        let found = self.search(operation, deadline).instrument(span).await;
        match &found {
            Ok(_) => report.leave_to_the_call(),
            Err(error) => {
                let span = call_span(operation, endpoint);
                span.in_scope(|| report.fail(&span, error));
            }
        }
        found
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
                let error = no_project_id();
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
