//! Model → files: progenitor's output through the passes, and everything around it.

mod blocking;
mod catalog;
mod checks;
mod client;
mod conformance;
mod contents;
pub mod docs;
mod examples;
mod mock;
mod operation;
mod package;
mod paths;
mod prepare;
mod progenitor;
mod security;
mod service;
mod setter;
mod setup;
mod size;
mod text;
mod tokens;
mod types;
mod verify;
mod wire;

use std::collections::{BTreeMap, HashSet};
use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

use indexmap::IndexMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::disk;
use crate::model::{Model, NamedSchema, Operation, Service, Type, type_names, types_inside};
use crate::profile::{OwnCalls, Profile, Unfit};

use catalog::Catalog;
use checks::Checked;
use operation::Context;

pub use package::operations_table;

/// A service that could not be emitted, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmitError {
    /// The document of the service.
    pub path: String,
    /// The `operationId` of the operation that stands in the way, where one alone does.
    pub operation: Option<String>,
    /// What stands in the way.
    pub message: String,
}

/// Emits every file of the crate, by its path in the workspace.
///
/// # Errors
/// One error for every operation that progenitor or a pass over its output cannot take.
pub fn emit(
    model: &Model,
    profile: &dyn Profile,
) -> Result<BTreeMap<String, String>, Vec<EmitError>> {
    let mut files = BTreeMap::new();
    let mut errors = Vec::new();
    for emitted in emit_services(model, profile) {
        match emitted {
            Ok(its_files) => files.extend(its_files),
            Err(its_errors) => errors.extend(its_errors),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    // What is one for all services shows calls, and none of their types.
    let (catalog, checked) = (Catalog::default(), Checked::default());
    let contexts: Vec<_> = model
        .services
        .iter()
        .flat_map(|service| contexts(service, &catalog, &checked))
        .collect();
    let crate_wide = |message| {
        vec![EmitError {
            path: "spec/".to_owned(),
            operation: None,
            message,
        }]
    };
    files.insert(
        "src/lib.rs".to_owned(),
        client::emit_root(model, profile).map_err(crate_wide)?,
    );
    files.insert(
        "src/client.rs".to_owned(),
        client::emit_client(model, profile).map_err(crate_wide)?,
    );
    files.extend(security::emit(model));
    files.extend(blocking::emit(model, &contexts).map_err(crate_wide)?);
    files.extend(mock::emit(model, &contexts).map_err(crate_wide)?);
    files.extend(conformance::emit(model).map_err(crate_wide)?);
    let own_calls = model.services.iter().any(|it| profile.has_own_calls(it));
    files.extend(package::emit(model, &contexts, own_calls));
    let errors = verify::same_but_for_case(&files);
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut files: BTreeMap<_, _> = files
        .into_iter()
        .map(|(path, text)| {
            let text = tokens::signed(&text, &model.package);
            (format!("generated/{path}"), text)
        })
        .collect();
    let list = disk::list(&tokens::header("#", "spec/"), files.keys());
    let list = tokens::signed(&list, &model.package);
    files.insert(disk::LIST.to_owned(), list);
    Ok(files)
}

/// The stack of a thread that emits. Thousands of parameters make a chain of calls that syntax trees
/// hold, and let go, one inside the other.
const STACK: usize = 128 << 20;

/// Emits each service by itself, on as many threads as there are processors; in the order of the
/// model.
fn emit_services(model: &Model, profile: &dyn Profile) -> Vec<Emitted> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let emit = |services: &[Service]| -> Vec<Emitted> {
        let services = services.iter();
        services.map(|it| emit_service(it, profile)).collect()
    };
    let share = model.services.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let parts = model.services.chunks(share);
        let running = parts.map(|part| {
            let thread = thread::Builder::new().stack_size(STACK);
            let running = thread.spawn_scoped(scope, move || emit(part));
            // Where no thread is to be had, the work is done in this one.
            running.map_err(|_| emit(part))
        });
        let running: Vec<_> = running.collect();
        let parts = running.into_iter().map(|it| match it.map(|it| it.join()) {
            Ok(Ok(part)) | Err(part) => part,
            Ok(Err(panic)) => resume_unwind(panic),
        });
        parts.flatten().collect()
    })
}

fn generate(service: &Service) -> Result<progenitor::Generated, String> {
    progenitor::generate(&prepare::prepare(service)?)
}

/// Finds the operations that fail, each with the types that it and its neighbours need and no others.
fn failing_operations(service: &Service, message: String) -> Vec<Failure> {
    let frame = Service {
        operations: Vec::new(),
        schemas: IndexMap::new(),
        ..service.clone()
    };
    let found = failing_among(&service.operations, service, &frame);
    match found.is_empty() {
        true => vec![message.into()],
        false => found,
    }
}

/// Halves what fails until it is one operation: few of many do.
fn failing_among(operations: &[Operation], service: &Service, frame: &Service) -> Vec<Failure> {
    if operations.is_empty() {
        return Vec::new();
    }
    let types = operations.iter().flat_map(types_of).collect();
    let needed = reachable_from(types, &service.schemas);
    let schemas = service.schemas.iter();
    let schemas = schemas.filter(|(name, _)| needed.contains(*name));
    let part = Service {
        operations: operations.to_vec(),
        schemas: schemas
            .map(|(name, it)| (name.clone(), it.clone()))
            .collect(),
        ..frame.clone()
    };
    let Err(message) = generate(&part) else {
        return Vec::new();
    };
    if let [operation] = operations {
        let operation = Some(operation.id.clone());
        return vec![Failure { operation, message }];
    }
    let (first, second) = operations.split_at(operations.len() / 2);
    let mut found = failing_among(first, service, frame);
    found.extend(failing_among(second, service, frame));
    found
}

/// The types that an operation names itself.
fn types_of(operation: &Operation) -> impl Iterator<Item = &Type> {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
    let bodies = operation.body.iter().map(|body| &body.ty);
    let responses = operation.responses.iter().flat_map(|it| &it.contents);
    let responses = responses.filter_map(|it| it.ty.as_ref());
    parameters.chain(bodies).chain(responses)
}

/// The names of the types that these are made of, at any depth.
fn reachable_from<'m>(
    open: Vec<&'m Type>,
    schemas: &'m IndexMap<String, NamedSchema>,
) -> HashSet<String> {
    type_names(types_inside(open, schemas))
        .into_iter()
        .collect()
}

/// Whether any service is compiled in, for `cfg`.
fn any_service(model: &Model) -> TokenStream {
    let features = model.services.iter().map(|service| &service.name);
    // With one service there is nothing to choose from.
    match model.services.len() {
        1 => quote!(#(feature = #features)*),
        _ => quote!(any(#(feature = #features),*)),
    }
}

/// Lets a file name types that the document calls deprecated, where it has such types: warning of
/// them is for callers.
fn allow_deprecated(service: &Service) -> Option<TokenStream> {
    service
        .schemas
        .values()
        .any(|schema| schema.deprecated)
        .then(|| quote!(#![allow(deprecated, reason = "the document has deprecated types")]))
}

fn contexts<'m>(
    service: &'m Service,
    catalog: &'m Catalog,
    checked: &'m Checked,
) -> Vec<Context<'m>> {
    service
        .operations
        .iter()
        .map(|operation| Context {
            service,
            operation,
            catalog,
            checked,
        })
        .collect()
}

/// Why a service could not be emitted.
pub(crate) struct Failure {
    operation: Option<String>,
    message: String,
}

impl From<Unfit> for Failure {
    fn from(unfit: Unfit) -> Self {
        Self {
            operation: Some(unfit.operation),
            message: unfit.message,
        }
    }
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self {
            operation: None,
            message,
        }
    }
}

/// The files of a service by their path in the package.
type Emitted = Result<BTreeMap<String, String>, Vec<EmitError>>;

fn emit_service(service: &Service, profile: &dyn Profile) -> Emitted {
    let generated = generate(service).map_err(|message| failing_operations(service, message));
    let emitted = generated.and_then(|generated| emit_generated(service, profile, generated));
    let emitted = emitted.map_err(|failures| {
        let errors = failures.into_iter().map(|failure| EmitError {
            path: service.path.clone(),
            operation: failure.operation,
            message: failure.message,
        });
        errors.collect::<Vec<_>>()
    })?;
    let errors = verify::service(service, &emitted);
    match errors.is_empty() {
        true => Ok(emitted),
        false => Err(errors),
    }
}

fn emit_generated(
    service: &Service,
    profile: &dyn Profile,
    mut generated: progenitor::Generated,
) -> Result<BTreeMap<String, String>, Vec<Failure>> {
    let mut files = BTreeMap::new();
    paths::shorten(&mut generated);
    types::tagged::put_in(service, &mut generated.types);
    let catalog = Catalog::read(&generated.types, generated.methods);
    let known: HashSet<_> = service.operations.iter().map(|it| &it.ident).collect();
    if let Some(name) = catalog.methods().keys().find(|name| !known.contains(name)) {
        let message = format!("progenitor made a method `{name}` that no operation has");
        return Err(vec![message.into()]);
    }
    let folder = format!("src/{}", service.module);
    let checked = Checked::of(service);
    let contexts = contexts(service, &catalog, &checked);

    let failed = |message: String| vec![Failure::from(message)];
    let checks = checks::emit(service, &catalog, &checked).map_err(failed)?;
    let own_calls = profile.own_calls(service);
    let own_calls = own_calls.map_err(|unfit| vec![Failure::from(unfit)])?;
    let private = service::Private {
        checks: checks.is_some(),
        own_calls: own_calls.as_ref().map(|it| it.module),
    };
    files.insert(
        format!("{folder}.rs"),
        service::emit(&contexts, service, &private).map_err(failed)?,
    );
    files.extend(checks.map(|text| (format!("{folder}/checks.rs"), text)));
    if let Some(OwnCalls { module, code }) = own_calls {
        let text = tokens::print(&service.path, code).map_err(failed)?;
        files.insert(format!("{folder}/{module}.rs"), text);
    }
    files.insert(
        format!("{folder}/types.rs"),
        types::emit(service, generated.types, &catalog).map_err(failed)?,
    );
    let mut failures = Vec::new();
    for context in &contexts {
        let file = format!("{folder}/{}.rs", context.operation.ident);
        match operation::emit(context) {
            Ok(text) => files.insert(file, text),
            Err(message) => {
                let operation = Some(context.operation.id.clone());
                failures.push(Failure { operation, message });
                continue;
            }
        };
        let example = format!("examples/{}.rs", examples::name(context));
        files.insert(example, examples::emit(context));
    }
    if !failures.is_empty() {
        return Err(failures);
    }
    files.insert(
        format!("tests/it/{}.rs", service.module),
        conformance::emit_service(service, &contexts).map_err(failed)?,
    );
    files.insert(
        format!("src/mock/{}.rs", service.module),
        mock::emit_service(service, &contexts).map_err(failed)?,
    );
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::load;
    use crate::lower::lower;
    use crate::model::{Body, Content};
    use crate::source::Source;

    #[test]
    fn the_operations_that_fail_are_named() {
        let text = "openapi: 3.0.3\ninfo: {title: Demo, version: '1'}\npaths:\n  \
            /a: {get: {operationId: good, responses: {'204': {description: ok}}}}\n  \
            /b: {get: {operationId: bad, responses: {'204': {description: ok}}, \
            parameters: [{name: q, in: query, schema: {type: string}}]}}\n";
        let loaded = load(&[Source::new("spec/demo.yaml", text)]);
        let (mut model, _) = lower(&loaded.documents, crate::profile::of_the_workspace());
        assert!(emit(&model, crate::profile::of_the_workspace()).is_ok());
        model.services[0].operations[1].body = Some(Body {
            media_type: "application/json".to_owned(),
            others: Vec::new(),
            required: true,
            description: None,
            ty: Type::Named("Nowhere".to_owned()),
            content: Content::Json,
            example: None,
        });
        let errors = emit(&model, crate::profile::of_the_workspace()).unwrap_err();
        assert_eq!(errors[0].operation.as_deref(), Some("bad"));
        // All of them are, not the first alone.
        let mut worse = model.services[0].operations[1].clone();
        worse.id = "worse".to_owned();
        worse.ident = "worse".to_owned();
        worse.path = "/c".to_owned();
        model.services[0].operations.push(worse);
        let errors = emit(&model, crate::profile::of_the_workspace()).unwrap_err();
        let named: Vec<_> = errors.iter().map(|it| it.operation.as_deref()).collect();
        assert_eq!(named, [Some("bad"), Some("worse")]);
    }
}
