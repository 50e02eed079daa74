//! Services: one a document.

use std::sync::Arc;

use indexmap::IndexMap;

use super::{NamedSchema, Operation, Package, SecurityScheme};

/// All documents together.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The crate they become.
    pub package: Arc<Package>,
    /// The services, sorted by name.
    pub services: Vec<Service>,
}

/// What one document describes.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// The crate it is part of.
    pub package: Arc<Package>,
    /// The name in paths, features and host names: `demo`. The document's file stem.
    pub name: String,
    /// The Rust module: the name in snake case.
    pub module: String,
    /// The Rust type of the accessor: `Demo`.
    pub type_name: String,
    /// The document it comes from: `spec/demo.yaml`.
    pub path: String,
    /// `info.title`.
    pub title: String,
    /// `info.description`, Markdown.
    pub description: Option<String>,
    /// `externalDocs` of the document.
    pub docs: Option<Link>,
    /// The base path that servers carry behind the host (`/v1`), empty mostly; without a trailing slash.
    pub base_path: String,
    /// Where the service is in each region, in the document's order.
    pub endpoints: Vec<RegionEndpoint>,
    /// The address for all regions that have none of their own.
    pub global_endpoint: Option<String>,
    /// Every address that the document lists, its base path included, where there are no regions.
    pub servers: Vec<Link>,
    /// The ways to say who calls, in the document's order.
    pub schemes: Vec<SecurityScheme>,
    /// How many calls the service takes: `x-rate-limit` of the document.
    pub rate_limit: Option<RateLimit>,
    /// The operations in the document's order.
    pub operations: Vec<Operation>,
    /// The named types by their Rust name.
    pub schemas: IndexMap<String, NamedSchema>,
}

impl Service {
    /// Whether the document gives an address, so that callers need not.
    pub fn has_address(&self) -> bool {
        !self.endpoints.is_empty() || self.global_endpoint.is_some()
    }

    /// The security scheme that the document calls so.
    pub fn scheme(&self, name: &str) -> Option<&SecurityScheme> {
        self.schemes.iter().find(|scheme| scheme.name == name)
    }
}

/// The address of a service in a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionEndpoint {
    /// The region's id: `north-4`.
    pub region: String,
    /// The address without base path or trailing slash: `https://demo.north-4.example.com`.
    pub url: String,
}

/// So many calls in so much time: `x-rate-limit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// How many calls.
    pub calls: u32,
    /// In how many seconds.
    pub seconds: u32,
}

/// A page elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its address.
    pub url: String,
    /// What it is called.
    pub description: Option<String>,
}
