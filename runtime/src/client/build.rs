//! Checking what is Huawei Cloud's of the settings, and building a client from all of them.

use openapi_client_runtime::client;

use super::BuilderError;
use super::authentication::Caller;
use super::builder::ClientBuilder;
use super::core::{Core, Project};
use super::generic::ClientDescription;
use super::identity::asking;
use super::identity_requests::IdentityRequests;
use crate::check;
use crate::credential::{Credentials, CredentialsError, Environment, env};
use crate::identity;

impl<C> ClientBuilder<C> {
    /// Checks everything and builds what the client of these services stands on.
    pub(super) fn build_core(
        mut self,
        description: &ClientDescription,
    ) -> Result<Core, BuilderError> {
        let provider = self.provider.clone().ok_or(BuilderError::NoCredentials)?;
        let credentials = self.credentials.as_ref();
        if let Some(credentials) = credentials {
            credentials.validate().map_err(BuilderError::Credentials)?;
        }
        client::check_region(&self.region)?;
        let project = Project {
            id: self
                .project_id
                .as_deref()
                .or(credentials.and_then(|credentials| self.project_of(credentials)))
                .map(str::to_owned),
            name: self.project_name.as_ref().map(|name| name.value.clone()),
            ..Project::default()
        };
        for (field, value) in [("project_id", &project.id), ("project_name", &project.name)] {
            if let Some(value) = value {
                check::identifier(field, value).map_err(BuilderError::ProjectId)?;
            }
        }
        if let Some(problem) = self.agency.as_ref().and_then(|it| it.value.problem()) {
            let error = CredentialsError::UnusableAgency { problem };
            return Err(BuilderError::Credentials(error));
        }
        let has_iam = |known: &client::ClientDescription| {
            let mut services = known.services.iter();
            services.any(|service| service.service == identity::SERVICE)
        };
        let services = client::ClientDescription {
            services: description.services,
            user_agent: description.user_agent,
        };
        if let Some(url) = self.iam_endpoint.take().filter(|_| has_iam(&services)) {
            let by_name = &mut self.settings.service_endpoints;
            by_name.entry(identity::SERVICE.to_owned()).or_insert(url);
        }
        let caller = Caller {
            provider,
            fixed: self.credentials,
            signing: self.signing,
            iam_is_addressed: self.settings.addresses(identity::SERVICE),
            plain_http: self.settings.plain_http,
        };
        let (environment, region) = (self.environment, self.region.clone());
        let of_environment = |service: &str| match &environment {
            Some(environment) => address(environment, service, &region),
            None => Ok(None),
        };
        let engine = self
            .settings
            .build(&services, self.region, caller, of_environment)?;
        let requests = IdentityRequests {
            login: self.login,
            agency: self.agency,
            project_name: self.project_name,
            look_up: self.look_up,
        };
        asking(&engine, project, requests, description.identity)
    }

    /// The project that is kept with the credentials, where it is the one that calls are made in.
    fn project_of<'a>(&self, credentials: &'a Credentials) -> Option<&'a str> {
        let is_meant = self.project_name.is_none() && self.agency.is_none();
        credentials.project().filter(|_| is_meant)
    }
}

/// The address that the environment gives a service in the region.
fn address(
    environment: &Environment,
    service: &str,
    region: &str,
) -> Result<Option<String>, BuilderError> {
    let regional = format!("{}_{service}_{region}", env::REGION_PREFIX)
        .to_ascii_uppercase()
        .replace('-', "_");
    let names = (service == identity::SERVICE)
        .then(|| env::IAM_ENDPOINT.to_owned())
        .into_iter()
        .chain([regional]);
    for name in names {
        let Some(value) = environment.var(&name) else {
            continue;
        };
        let Some(text) = value.to_str() else {
            return Err(BuilderError::EnvironmentEndpoint { name });
        };
        // Several addresses stand for one service; the first is as good as any.
        let first = text.split(',').next().unwrap_or_default().trim();
        return Ok(Some(first.to_owned()));
    }
    Ok(None)
}
