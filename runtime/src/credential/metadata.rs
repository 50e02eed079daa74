//! Credentials of the cloud server that a program runs on.

mod fetch;
mod response;

use std::fmt;
use std::net::Ipv4Addr;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use self::fetch::Fetch;
use super::error::{MetadataError, MetadataProblem, Step};
use super::{Cached, CredentialsError, CredentialsFuture, ProvideCredentials};
use crate::endpoint::Endpoint;
use crate::transport::Transport;

/// The same on every cloud server, and not routed beyond it.
const ADDRESS: &str = "http://169.254.169.254";
/// How long each of the two requests may take.
const TIMEOUT: Duration = Duration::from_secs(3);

/// Temporary keys of the agency of a cloud server, from its metadata service.
///
/// They are fetched when first asked for and kept as [`Cached`] does: one
/// fetch however many callers, renewed before they expire. It holds them
/// itself; another [`Cached`] around it is not needed.
///
/// A fetch is two requests over plain http to 169.254.169.254, an address that
/// does not leave the host: `PUT /meta-data/latest/api/token`, and with what
/// it returns `GET /openstack/latest/securitykey`. Clouds that have no such token
/// are asked without it. No proxy is used and no redirect followed.
///
/// The keys come without a project; give it to the client or to
/// [`MetadataBuilder::project_id`].
pub struct MetadataProvider(Cached<Fetch>);

impl MetadataProvider {
    /// The metadata service at its own address.
    pub fn new() -> Self {
        let settings = Self::builder();
        Self::of(settings, ADDRESS.to_owned())
    }

    /// Other settings.
    pub fn builder() -> MetadataBuilder {
        MetadataBuilder {
            address: None,
            transport: None,
            timeout: TIMEOUT,
            project_id: None,
            domain_id: None,
            clock: Box::new(SystemTime::now),
        }
    }

    fn of(settings: MetadataBuilder, address: String) -> Self {
        let transport = OnceLock::new();
        if let Some(given) = settings.transport {
            // It is empty, so this sets it.
            let _ = transport.set(Ok(given));
        }
        let fetch = Fetch {
            address,
            transport,
            timeout: settings.timeout,
            project_id: settings.project_id,
            domain_id: settings.domain_id,
        };
        Self(Cached::with_clock(fetch, settings.clock))
    }
}

impl Default for MetadataProvider {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for MetadataProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MetadataProvider({})", self.0.provider().address)
    }
}

impl ProvideCredentials for MetadataProvider {
    fn provide(&self) -> CredentialsFuture<'_> {
        self.0.provide()
    }

    fn kind(&self) -> &'static str {
        "metadata service"
    }
}

/// Settings of a [`MetadataProvider`].
#[must_use]
pub struct MetadataBuilder {
    address: Option<String>,
    transport: Option<Arc<dyn Transport>>,
    timeout: Duration,
    project_id: Option<String>,
    domain_id: Option<String>,
    clock: Box<dyn Fn() -> SystemTime + Send + Sync>,
}

impl MetadataBuilder {
    /// Another address, for tests: `http://127.0.0.1:8080`. It must be
    /// link-local or this machine, for the keys come unencrypted.
    pub fn address(mut self, url: impl Into<String>) -> Self {
        self.address = Some(url.into());
        self
    }

    /// Sends through another transport. It must follow no redirect and use no
    /// proxy.
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// How long each of the two requests may take; 3 seconds by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The project that calls are made in, unless client or call say
    /// otherwise.
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.project_id = Some(id.into());
        self
    }

    /// The account, for services that work on accounts and not on projects.
    pub fn domain_id(mut self, id: impl Into<String>) -> Self {
        self.domain_id = Some(id.into());
        self
    }

    /// The clock by which keys expire, for tests.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Checks the settings. Nothing is sent yet.
    ///
    /// # Errors
    /// [`MetadataProblem::Address`] when the address is neither link-local nor
    /// this machine's.
    pub fn build(self) -> Result<MetadataProvider, CredentialsError> {
        let address = match &self.address {
            None => ADDRESS.to_owned(),
            Some(given) => checked(given)?,
        };
        Ok(MetadataProvider::of(self, address))
    }
}

impl fmt::Debug for MetadataBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MetadataBuilder")
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// The address without a slash at its end.
fn checked(address: &str) -> Result<String, CredentialsError> {
    let refused = |shown: &str| {
        CredentialsError::Metadata(Box::new(MetadataError {
            address: shown.to_owned(),
            step: Step::Setup,
            problem: MetadataProblem::Address,
        }))
    };
    let is_link_local = |endpoint: &Endpoint| {
        let host = endpoint.authority().split(':').next().unwrap_or_default();
        host.parse::<Ipv4Addr>()
            .is_ok_and(|host| host.is_link_local())
    };
    let endpoint = Endpoint::parse_allowing_plain_http(address)
        // What is no URL may hold anything, a password among it.
        .map_err(|_| refused("the given address"))?;
    let may_be_plain = Endpoint::parse(address).is_ok() || is_link_local(&endpoint);
    if endpoint.is_https() || !may_be_plain || endpoint.join("") != "/" {
        return Err(refused(endpoint.as_str()));
    }
    Ok(endpoint.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_link_local_or_here() {
        for good in [
            ADDRESS,
            "http://169.254.169.254/",
            "http://169.254.0.1:80",
            "http://127.0.0.1:9",
            "http://[::1]:9",
        ] {
            assert!(checked(good).is_ok(), "{good}");
        }
        for bad in [
            "http://10.0.0.1",
            "http://example.com",
            "http://169.254.169.254.example.com",
            "https://169.254.169.254",
            "http://169.254.169.254/latest",
            "169.254.169.254",
        ] {
            let error = checked(bad).unwrap_err();
            assert!(error.to_string().contains("169.254.x.x"), "{bad}: {error}");
        }
        let error = checked("http://user:Hidden@169.254.169.254").unwrap_err();
        assert!(!format!("{error} {error:?}").contains("Hidden"), "{error}");
        assert!(checked(ADDRESS).is_ok_and(|address| address == ADDRESS));
    }

    #[test]
    fn debug_shows_the_address_only() {
        let shown = format!(
            "{:?}",
            MetadataProvider::builder().project_id("p").build().unwrap()
        );
        assert!(shown.contains(ADDRESS), "{shown}");
    }
}
