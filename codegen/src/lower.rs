//! Documents → [`Model`]: references resolved, inline objects named, servers spread over their regions.
//!
//! It reads documents that `check` found no error in. What is valid OpenAPI but cannot become a
//! client here is reported with its place instead of being dropped.

mod body;
mod contents;
mod context;
mod header;
mod media;
mod operation;
mod parameter;
mod reached;
mod registry;
mod report;
mod schema;
mod security;
mod server;
mod service;
mod setters;
#[cfg(test)]
mod tests;
mod usage;

pub(crate) use operation::operation_id;
pub use operation::path_item;

use crate::diagnostic::Diagnostics;
use crate::load::Document;
use crate::model::Model;
use crate::profile::Profile;

/// Lowers every document; each becomes a service of the model.
pub fn lower(documents: &[Document], profile: &dyn Profile) -> (Model, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let mut services: Vec<_> = documents
        .iter()
        .map(|document| service::lower_service(document, profile, &mut diagnostics))
        .collect();
    services.sort_by(|a, b| a.name.cmp(&b.name));
    security::name(&mut services);
    let package = profile.package().clone();
    (Model { package, services }, diagnostics)
}
