//! What a client is, apart from its settings.

use crate::region::ServiceEndpoints;

/// What a client is, apart from its settings.
#[derive(Debug, Clone, Copy)]
pub struct ClientDescription {
    /// The services it has, with their addresses.
    pub services: &'static [ServiceEndpoints],
    /// What User-Agent says unless the builder says otherwise.
    pub user_agent: &'static str,
}
