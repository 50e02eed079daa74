//! Model → files: progenitor's output through the passes, and everything around it.

mod catalog;
mod checks;
mod client;
mod conformance;
pub mod docs;
mod examples;
mod operation;
mod package;
mod service;
mod setter;
mod tokens;
mod types;
mod wire;

use std::collections::BTreeMap;

use crate::model::{Model, Service};
use crate::{prepare, progenitor};

use catalog::Catalog;
use operation::Context;

pub use package::operations_table;

/// A service that could not be emitted, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmitError {
    /// The document of the service.
    pub path: String,
    /// What stands in the way.
    pub message: String,
}

/// Emits every file of the crate, by its path in the workspace.
///
/// # Errors
/// One error for every service that progenitor or a pass over its output cannot take.
pub fn emit(model: &Model) -> Result<BTreeMap<String, String>, Vec<EmitError>> {
    let mut files = BTreeMap::new();
    let mut errors = Vec::new();
    let mut catalogs = Vec::new();
    for service in &model.services {
        match emit_service(service, &mut files) {
            Ok(catalog) => catalogs.push(catalog),
            Err(message) => errors.push(EmitError {
                path: service.path.clone(),
                message,
            }),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let contexts: Vec<_> = model
        .services
        .iter()
        .zip(&catalogs)
        .flat_map(|(service, catalog)| contexts(service, catalog))
        .collect();
    let crate_wide = |message| {
        vec![EmitError {
            path: "spec/".to_owned(),
            message,
        }]
    };
    files.insert(
        "src/lib.rs".to_owned(),
        client::emit_root(model).map_err(crate_wide)?,
    );
    files.insert(
        "src/client.rs".to_owned(),
        client::emit_client(model).map_err(crate_wide)?,
    );
    files.extend(package::emit(model, &contexts));
    Ok(files
        .into_iter()
        .map(|(path, text)| (format!("generated/{path}"), text))
        .collect())
}

fn contexts<'m>(service: &'m Service, catalog: &'m Catalog) -> Vec<Context<'m>> {
    service
        .operations
        .iter()
        .map(|operation| Context {
            service,
            operation,
            catalog,
        })
        .collect()
}

fn emit_service(
    service: &Service,
    files: &mut BTreeMap<String, String>,
) -> Result<Catalog, String> {
    let prepared = prepare::prepare(service)?;
    let generated = progenitor::generate(&prepared)?;
    let catalog = Catalog::read(&generated.types, &generated.methods);
    let folder = format!("src/{}", service.module);
    let contexts = contexts(service, &catalog);

    let checks = checks::emit(service, &catalog)?;
    files.insert(
        format!("{folder}/mod.rs"),
        service::emit(&contexts, service, checks.is_some())?,
    );
    files.extend(checks.map(|text| (format!("{folder}/checks.rs"), text)));
    files.insert(
        format!("{folder}/types.rs"),
        types::emit(service, &generated.types, &catalog)?,
    );
    files.insert(
        format!("{folder}/wire.rs"),
        wire::emit(service, generated.methods)?,
    );
    for context in &contexts {
        let file = format!("{folder}/{}.rs", context.operation.ident);
        files.insert(file, operation::emit(context)?);
        let example = format!("examples/{}.rs", package::example_name(context));
        files.insert(example, examples::emit(context));
    }
    files.insert(
        format!("tests/conformance_{}.rs", service.name),
        conformance::emit(service, &contexts)?,
    );
    Ok(catalog)
}
