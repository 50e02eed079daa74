//! The builder of clients whose API is called with the credentials that OpenAPI names.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::build::check_region;
use super::build_error::BuilderError;
use super::core::Core;
use super::description::ClientDescription;
use super::settings::Settings;
use crate::authentication::standard::{
    Credentials, CredentialsError, ProvideCredentials, Standard,
};
use crate::sanitize::{self, sanitized};

/// A client that [`ClientBuilder`] builds; generated code implements it.
pub trait BuiltClient: Sized {
    /// What the client is.
    fn description() -> &'static ClientDescription;

    /// The client that stands on `core`.
    ///
    /// # Errors
    /// When the system does not give what it needs.
    fn from_core(core: Core) -> Result<Self, BuilderError<CredentialsError>>;
}

#[cfg(feature = "blocking")]
impl<C: BuiltClient> BuiltClient for crate::blocking::Blocking<C> {
    fn description() -> &'static ClientDescription {
        C::description()
    }

    /// Starts its thread.
    fn from_core(core: Core) -> Result<Self, BuilderError<CredentialsError>> {
        Self::new(C::from_core(core)?).map_err(BuilderError::Runtime)
    }
}

/// Says how a client works, then [builds](Self::build) it: whatever client `C` is, one with async
/// or one without. What is not said has a safe default.
///
/// ```
/// use std::time::Duration;
/// use openapi_client_runtime::ClientBuilder;
/// use openapi_client_runtime::authentication::standard::Credentials;
///
/// # fn set_up<C>(token: String) -> ClientBuilder<C> {
/// ClientBuilder::new()
///     .credentials(Credentials::bearer(token))
///     .endpoint("http://127.0.0.1:8080")
///     .operation_timeout(Duration::from_secs(20))
/// # }
/// ```
#[derive(Clone)]
pub struct ClientBuilder<C> {
    settings: Settings,
    region: Option<String>,
    authentication: Option<Standard>,
    client: PhantomData<fn() -> C>,
}

impl<C> Default for ClientBuilder<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C> ClientBuilder<C> {
    /// Begins with the addresses of the API's document.
    #[must_use]
    pub fn new() -> Self {
        Self {
            settings: Settings::default(),
            region: None,
            authentication: None,
            client: PhantomData,
        }
    }

    /// The region, where the API's addresses depend on one.
    #[must_use]
    pub fn region(mut self, name: impl Into<String>) -> Self {
        self.region = Some(name.into());
        self
    }

    /// What requests are authenticated with. Of this and the other ways to say who calls, the last
    /// counts.
    #[must_use]
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.authentication = Some(Standard::fixed(credentials));
        self
    }

    /// Where credentials come from, asked anew for every attempt, so that one that takes time
    /// should remember what it got.
    #[must_use]
    pub fn credentials_provider(mut self, provider: Arc<dyn ProvideCredentials>) -> Self {
        self.authentication = Some(Standard::provided(provider));
        self
    }

    /// Builds without credentials. Operations that ask for none are called so, and those of which
    /// the API's document does not say whether they do. Any other ends before anything is sent,
    /// with [`CredentialsError::NotAskedFor`]. Of this and the other ways to say who calls, the
    /// last counts.
    #[must_use]
    pub fn without_credentials(mut self) -> Self {
        self.authentication = Some(Standard::none());
        self
    }

    crate::client_setters!();
}

impl<C: BuiltClient> ClientBuilder<C> {
    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    /// [`BuilderError`] names the setting and what to do.
    pub fn build(self) -> Result<C, BuilderError<CredentialsError>> {
        let authentication = self.authentication.ok_or(BuilderError::NoCredentials)?;
        authentication.check().map_err(BuilderError::Credentials)?;
        if let Some(region) = &self.region {
            check_region(region)?;
        }
        let region = self.region.unwrap_or_default();
        let of_environment = |_: &str| Ok(None);
        let core = self
            .settings
            .build(C::description(), region, authentication, of_environment)?;
        C::from_core(core)
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let region = self.region.as_deref();
        f.debug_struct("ClientBuilder")
            .field(
                "region",
                &region.map(|region| sanitized(region, sanitize::NAME)),
            )
            .field("credentials", &self.authentication)
            .field("enforcement", &self.settings.enforcement)
            .field("retry", &self.settings.retry)
            .finish_non_exhaustive()
    }
}
