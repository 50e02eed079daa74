//! A client that asks IAM for what it needs.

use std::sync::Arc;

use openapi_client_runtime::client::{Begun, Engine};
use tokio::time::{Instant, timeout_at};
use tracing::Instrument as _;

use super::BuilderError;
use super::authentication::Caller;
use super::core::{Core, Project, no_project_id};
use super::identity_requests::{Configured, IdentityRequests, ProjectLookUp};
use crate::credential::{Cached, CredentialsError};
use crate::error::SendError;
use crate::identity::{AgencyProvider, IdentityService, ProjectIds};
use crate::operation::Operation;
use crate::signing::SigningScheme;
use crate::transport::{TransportError, TransportErrorKind};

/// Makes the calls of IAM out of a client to make them with.
pub type IdentityCalls = fn(Core) -> Arc<dyn IdentityService>;

/// A client that signs in, assumes an agency and looks up its project, where its builder was told
/// to.
pub(super) fn asking(
    engine: &Engine<Caller>,
    mut project: Project,
    requests: IdentityRequests,
    calls: Option<IdentityCalls>,
) -> Result<Core, BuilderError> {
    let mut caller = engine.authentication().clone();
    let service = |caller: &Caller, project: Project, setting| {
        let calls = calls.ok_or(CredentialsError::NoIdentity { setting });
        let calls = calls.map_err(BuilderError::Credentials)?;
        // A derived key is for one service, and IAM is another.
        let engine = engine.authenticated_by(Caller {
            signing: SigningScheme::default(),
            ..caller.clone()
        });
        Ok::<_, BuilderError>(calls(Core::new(engine, project)))
    };
    let name = requests.project_name;
    if let Some(Configured { mut value, setting }) = requests.login {
        // With an agency, the project is one of the other account's.
        if let (Some(name), None) = (&name, &requests.agency) {
            project.is_scoped = value.choose_project(&name.value);
        }
        caller.provider = value.provider(service(&caller, project.clone(), setting)?);
    }
    if let Some(Configured { value, setting }) = requests.agency {
        let of_nobody = Project {
            id: None,
            ..project.clone()
        };
        let service = service(&caller, of_nobody, setting)?;
        let provider = AgencyProvider::new(service, caller.provider, value);
        // Nobody calls as the caller itself any more.
        caller.provider = Arc::new(Cached::new(provider));
        caller.fixed = None;
    }
    let looked_up_by = match (requests.look_up, &name) {
        (ProjectLookUp::Always, _) => Some("look_up_project_id"),
        (_, Some(name)) => Some(name.setting),
        (ProjectLookUp::IfPossible, None) => calls.is_some().then_some("cloud_config"),
        (ProjectLookUp::Never, None) => None,
    };
    if let Some(setting) = looked_up_by {
        let service = service(&caller, project.clone(), setting)?;
        project.ids = Some(Arc::new(ProjectIds::new(service)));
    }
    Ok(Core::new(engine.authenticated_by(caller), project))
}

impl Core {
    /// The project that goes with the credentials of this moment: the one they are kept with,
    /// else the region's own, which IAM is asked for once.
    ///
    /// It is part of the call; the observer is told when that call ends here.
    pub(super) async fn find_project_id(
        &self,
        operation: &'static Operation,
        call: &Begun<'_, Caller>,
    ) -> Result<String, SendError> {
        if self.engine.authentication().fixed.is_some() && self.project.ids.is_none() {
            let error = no_project_id();
            return Err(error.into());
        }
        let report = call.report();
        let span = tracing::debug_span!(
            "huaweicloud.project",
            service = operation.service,
            operation = operation.name,
        );
        let search = self.search(operation, call.deadline());
        let found = search.instrument(span).await;
        match &found {
            Ok(_) => report.leave_to_the_call(),
            Err(error) => {
                let span = call.span();
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
        let project = &*self.project;
        let search = async {
            let credentials = self.engine.authentication().provider.provide().await?;
            let is_meant = project.name.is_none() || project.is_scoped;
            if let Some(id) = credentials.project().filter(|_| is_meant) {
                return Ok::<_, SendError>(id.to_owned());
            }
            let Some(ids) = &project.ids else {
                let error = no_project_id();
                return Err(error.into());
            };
            let name = project.name.as_deref().unwrap_or(self.region());
            ids.find(&credentials, name)
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
