//! Clients, built by the settings.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use huaweicloud_runtime::credentials::{
    Cached, ChainProvider, CloudConfig, EnvironmentProvider, KooCli, MetadataProvider,
    ProfileProvider, env,
};
use huaweicloud_runtime::generated::BuiltClient;
use huaweicloud_runtime::{
    ClientBuilder, Credentials, Observer, PolicyEnforcement, ProvideCredentials, RetryPolicy,
    Transport,
};
use openapi_client_runtime::sanitize;

use crate::outcome::Outcome;
use crate::problem::Problem;
use crate::settings::{self, Place, Rate, Settings};

/// The settings, and who calls.
pub(crate) struct Session {
    pub(crate) settings: Settings,
    caller: Caller,
    ca_certificates: Option<Vec<u8>>,
}

/// Who calls. All clients share what a provider remembers.
enum Caller {
    Provider(Arc<dyn ProvideCredentials>),
    Config(Box<CloudConfig>),
}

impl Session {
    /// Takes the settings over. No credentials are asked for yet.
    ///
    /// # Errors
    /// When a file that they name cannot be read.
    pub(crate) fn new(settings: Settings) -> Result<Self, Problem> {
        let ca_certificates = match &settings.ca_file {
            Some(path) => Some(fs::read(path).map_err(|error| {
                Problem::Usage(format!("--ca-file {}: {error}", path.display()))
            })?),
            None => None,
        };
        Ok(Self {
            caller: caller(&settings)?,
            settings,
            ca_certificates,
        })
    }

    /// The region that was set, or that a configuration has.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn region(&self) -> Result<&str, Problem> {
        let configured = match &self.caller {
            Caller::Config(config) => config.region(),
            Caller::Provider(_) => None,
        };
        let region = self.settings.region.as_deref().or(configured);
        region.ok_or_else(|| {
            Problem::Usage(
                "no region is given: name it, as --region cn-north-4, in HWC_REGION or in the configuration file"
                    .to_owned(),
            )
        })
    }

    /// The project that was set, or that the environment has for its credentials.
    pub(crate) fn project(&self) -> Option<String> {
        let of_environment = || {
            std::env::var(env::PROJECT_ID)
                .ok()
                .filter(|id| !id.is_empty())
        };
        self.settings.project_id.clone().or_else(of_environment)
    }

    /// The addresses that were set in place of those of the regions.
    pub(crate) fn addresses(&self) -> Option<String> {
        let settings = &self.settings;
        let set = settings
            .endpoint
            .as_ref()
            .or(settings.endpoint_template.as_ref());
        set.map(|url| sanitize::address(url))
    }

    /// A client for a region that sends.
    ///
    /// # Errors
    /// When the settings do not go together.
    pub(crate) fn client<C: BuiltClient>(
        &self,
        region: &str,
        observer: Arc<dyn Observer>,
    ) -> Result<C, Problem> {
        self.patient_client(region, observer, self.settings.timeout)
    }

    /// The same, whose calls may take another time.
    ///
    /// # Errors
    /// As [`client`](Self::client).
    pub(crate) fn patient_client<C: BuiltClient>(
        &self,
        region: &str,
        observer: Arc<dyn Observer>,
        timeout: Option<Duration>,
    ) -> Result<C, Problem> {
        let settings = &self.settings;
        let mut builder = self.addressed(region);
        builder = match &self.caller {
            Caller::Provider(provider) => builder
                .credentials_provider(Arc::clone(provider))
                .look_up_project_id(),
            Caller::Config(config) => builder.cloud_config((**config).clone()),
        };
        if let Some(id) = &settings.project_id {
            builder = builder.project_id(id);
        }
        if let Some(proxy) = &settings.proxy {
            builder = match proxy.expose() {
                "environment" => builder.proxy_from_environment(),
                url => builder.proxy(url),
            };
        }
        if let Some(pem) = &self.ca_certificates {
            builder = builder.ca_certificate(pem.clone());
        }
        builder = match settings.rate {
            Some(Rate::Unlimited) => builder.no_rate_limit(),
            Some(Rate::Limit(limit)) => C::description()
                .services
                .iter()
                .fold(builder, |builder, it| builder.rate_limit(it.service, limit)),
            None => builder,
        };
        if let Some(limit) = timeout {
            builder = builder.operation_timeout(limit);
        }
        if let Some(attempts) = settings.attempts {
            builder = builder.retry_policy(RetryPolicy::default().max_attempts(attempts));
        }
        built(builder.observer(observer))
    }

    /// A client that hands requests to `transport` and needs no credentials.
    ///
    /// # Errors
    /// When the settings do not go together.
    pub(crate) fn rehearsing<C: BuiltClient>(
        &self,
        region: &str,
        transport: Arc<dyn Transport>,
        policy: PolicyEnforcement,
    ) -> Result<C, Problem> {
        let project = self.project().unwrap_or_else(|| "PROJECT-ID".to_owned());
        let nobody = Credentials::aksk("REHEARSAL", "REHEARSAL").project_id(project);
        let builder = self
            .addressed(region)
            .credentials(nobody)
            .password_policy(policy)
            .no_rate_limit()
            .retry_policy(RetryPolicy::none())
            .transport(transport);
        built(builder)
    }

    /// What decides where requests go.
    fn addressed<C: BuiltClient>(&self, region: &str) -> ClientBuilder<C> {
        let settings = &self.settings;
        let mut builder = ClientBuilder::new(region)
            .endpoints_from_environment()
            .password_policy(settings.policy);
        if let Some(url) = &settings.endpoint {
            builder = builder.endpoint(url);
        }
        if let Some(url) = &settings.endpoint_template {
            builder = builder.endpoint_template(url);
        }
        match settings.allow_plain_http {
            true => builder.allow_plain_http(),
            false => builder,
        }
    }

    /// The places that credentials are looked for in, in order, by the names that people know.
    pub(crate) fn places(&self) -> Vec<(&'static str, Arc<dyn ProvideCredentials>)> {
        let settings = &self.settings;
        let all: [(Place, &'static str, Arc<dyn ProvideCredentials>); 4] = [
            (
                Place::Environment,
                "environment",
                Arc::new(EnvironmentProvider::new()),
            ),
            (Place::File, "credentials file", Arc::new(profile(settings))),
            (
                Place::Metadata,
                "metadata service",
                Arc::new(MetadataProvider::new()),
            ),
            (
                Place::KooCli,
                "KooCLI's configuration",
                Arc::new(koo_cli(settings)),
            ),
        ];
        let wanted = |place: &Place| match settings.credentials {
            Place::Chain => *place != Place::KooCli,
            only => *place == only,
        };
        let wanted = all.into_iter().filter(|(place, ..)| wanted(place));
        wanted.map(|(_, name, provider)| (name, provider)).collect()
    }
}

fn built<C: BuiltClient>(builder: ClientBuilder<C>) -> Result<C, Problem> {
    builder.build().map_err(|error| {
        let words = settings::in_flags(&error.to_string());
        Problem::Usage(format!("the client cannot be built: {words}"))
    })
}

fn profile(settings: &Settings) -> ProfileProvider {
    let mut provider = ProfileProvider::new();
    if let Some(file) = &settings.credentials_file {
        provider = provider.file(file);
    }
    match &settings.profile {
        Some(name) => provider.profile(name),
        None => provider,
    }
}

fn koo_cli(settings: &Settings) -> KooCli {
    match &settings.profile {
        Some(name) => KooCli::new().profile(name),
        None => KooCli::new(),
    }
}

fn caller(settings: &Settings) -> Result<Caller, Problem> {
    Ok(match settings.credentials {
        Place::Chain => Caller::Provider(Arc::new(Cached::new(
            ChainProvider::empty()
                .then("environment", EnvironmentProvider::new())
                .then("credentials file", profile(settings))
                .then("metadata service", MetadataProvider::new()),
        ))),
        Place::Environment => Caller::Provider(Arc::new(EnvironmentProvider::new())),
        Place::File => Caller::Provider(Arc::new(profile(settings))),
        Place::Metadata => Caller::Provider(Arc::new(Cached::new(MetadataProvider::new()))),
        Place::KooCli => {
            let config = koo_cli(settings).load();
            let config = config.map_err(|error| {
                Problem::Call(Outcome::Credentials, format!("no credentials: {error}"))
            })?;
            Caller::Config(Box::new(config))
        }
    })
}
