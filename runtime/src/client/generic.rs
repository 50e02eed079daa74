//! One builder for whatever client: what a client adds to the settings, and how it is made.

use super::BuilderError;
use super::builder::ClientBuilder;
use super::core::Core;
use super::identity::IdentityCalls;
use crate::region::ServiceEndpoints;

/// What a client is, apart from its settings.
#[derive(Debug, Clone, Copy)]
pub struct ClientDescription {
    /// The services it has, with their addresses.
    pub services: &'static [ServiceEndpoints],
    /// What User-Agent says unless the builder says otherwise.
    pub user_agent: &'static str,
    /// How it calls IAM for itself, if it has the calls for it.
    pub identity: Option<IdentityCalls>,
}

/// A client that [`ClientBuilder`] builds; generated code implements it.
pub trait BuiltClient: Sized {
    /// What the client is.
    fn description() -> &'static ClientDescription;

    /// The client that stands on `core`.
    ///
    /// # Errors
    /// When the system does not give what it needs.
    fn from_core(core: Core) -> Result<Self, BuilderError>;
}

#[cfg(feature = "blocking")]
impl<C: BuiltClient> BuiltClient for crate::Blocking<C> {
    fn description() -> &'static ClientDescription {
        C::description()
    }

    /// Starts its thread.
    fn from_core(core: Core) -> Result<Self, BuilderError> {
        Self::new(C::from_core(core)?).map_err(BuilderError::Runtime)
    }
}

impl<C: BuiltClient> ClientBuilder<C> {
    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    /// [`BuilderError`] names the setting and what to do: without credentials, with a region that
    /// no service has, with an address that is no address, or when the system gives no thread to
    /// a client without async.
    pub fn build(self) -> Result<C, BuilderError> {
        C::from_core(self.build_core(C::description())?)
    }
}

/// Builds a [`Core`] alone.
pub type CoreBuilder = ClientBuilder<Core>;

impl CoreBuilder {
    /// Checks everything and builds the client of these services. It has no calls of IAM.
    ///
    /// # Errors
    /// [`BuilderError`] names the setting and what to do.
    pub fn build(self, services: &'static [ServiceEndpoints]) -> Result<Core, BuilderError> {
        self.build_core(&ClientDescription {
            services,
            user_agent: concat!("huaweicloud-runtime/", env!("CARGO_PKG_VERSION")),
            identity: None,
        })
    }
}
