//! Model → files: progenitor's output through the passes, and everything around it.

mod blocking;
mod catalog;
mod checks;
mod client;
mod command;
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

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;
use rayon::prelude::*;

use crate::disk;
use crate::model::{
    Constraints, Model, NamedSchema, Operation, PasswordPolicy, SchemaKind, Service, Type,
    type_names, types_inside,
};
use crate::profile::{OwnCalls, Profile, Unfit};

use catalog::Catalog;
use checks::Checked;
use operation::Context;
use types::{Types, Unmade};

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
/// One error for every operation whose types, request or responses cannot be made.
pub fn emit(
    model: &Model,
    profile: &dyn Profile,
    watch: Watch<'_>,
) -> Result<BTreeMap<String, String>, Vec<EmitError>> {
    on_all_cores(|| emit_files(model, profile, watch, Extent::Whole))
}

/// Emits the files of the crate in which something public may stand: all but tests and examples.
///
/// # Errors
/// As [`emit`].
pub(crate) fn emit_library(
    model: &Model,
    profile: &dyn Profile,
) -> Result<BTreeMap<String, String>, Vec<EmitError>> {
    on_all_cores(|| emit_files(model, profile, &|_, _| {}, Extent::Library))
}

/// How much of a crate is emitted.
#[derive(Clone, Copy, PartialEq)]
enum Extent {
    Whole,
    /// All but tests and examples.
    Library,
}

/// Is told how many operations have been emitted, and of how many.
pub type Watch<'w> = &'w (dyn Fn(usize, usize) + Sync);

/// How far it is, and how far it goes.
struct Progress<'w> {
    extent: Extent,
    done: AtomicUsize,
    of: usize,
    watch: Watch<'w>,
}

impl Progress<'_> {
    fn one_more(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        (self.watch)(done, self.of);
    }
}

fn emit_files(
    model: &Model,
    profile: &dyn Profile,
    watch: Watch<'_>,
    extent: Extent,
) -> Result<BTreeMap<String, String>, Vec<EmitError>> {
    let mut files = BTreeMap::new();
    let mut errors = Vec::new();
    let progress = Progress {
        extent,
        done: AtomicUsize::new(0),
        of: model.services.iter().map(|it| it.operations.len()).sum(),
        watch,
    };
    let emitted: Vec<_> = model
        .services
        .par_iter()
        .map(|it| emit_service(it, profile, &progress))
        .collect();
    for emitted in emitted {
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
    files.extend(command::emit(model).map_err(crate_wide)?);
    if extent == Extent::Whole {
        files.extend(conformance::emit(model).map_err(crate_wide)?);
    }
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

/// Does work that is shared out among as many threads as there are processors. What each makes is put
/// together in the order of the model.
fn on_all_cores<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let threads = || rayon::ThreadPoolBuilder::new().stack_size(STACK);
    // Where no threads are to be had, the work is done in this one.
    let pool = threads().build();
    match pool.or_else(|_| threads().num_threads(1).use_current_thread().build()) {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

/// The types of a service, and of those that cannot be made the operations that need them.
fn types_for(service: &Service) -> Result<Types, Vec<Failure>> {
    let missing = service.operations.iter().filter_map(|operation| {
        let named = named_by(operation);
        let name = named.iter().find(|it| !service.schemas.contains_key(*it))?;
        Some(Failure {
            operation: Some(operation.id.clone()),
            message: format!("there is no type `{name}`"),
        })
    });
    let missing: Vec<_> = missing.collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    types::generate(service).map_err(|unmade| {
        let needs = |operation: &Operation, names: &[String]| {
            let types = types_of(operation).collect();
            let needed = reachable_from(types, &service.schemas);
            names.iter().any(|name| needed.contains(name))
        };
        let failures = unmade.into_iter().flat_map(|Unmade { names, message }| {
            let operations = service.operations.iter();
            let failing = operations.filter(|operation| needs(operation, &names));
            let failing = failing.map(|operation| Failure {
                operation: Some(operation.id.clone()),
                message: message.clone(),
            });
            let failing: Vec<_> = failing.collect();
            match failing.is_empty() {
                true => vec![message.into()],
                false => failing,
            }
        });
        failures.collect()
    })
}

/// The types that an operation names itself.
fn types_of(operation: &Operation) -> impl Iterator<Item = &Type> {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
    let bodies = operation.body.iter().map(|body| &body.ty);
    let responses = operation.responses.iter().flat_map(|it| &it.contents);
    let responses = responses.filter_map(|it| it.ty.as_ref());
    parameters.chain(bodies).chain(responses)
}

/// Leaves the types out that no operation needs.
pub(crate) fn keep_needed(service: &mut Service) {
    let needed = needed(service);
    service.schemas.retain(|name, _| needed.contains(name));
}

/// The names of the types that some operation needs.
pub(crate) fn needed(service: &Service) -> HashSet<String> {
    let types = service.operations.iter().flat_map(types_of).collect();
    reachable_from(types, &service.schemas)
}

/// The names of the types that an operation names itself.
pub(crate) fn named_by(operation: &Operation) -> HashSet<String> {
    reachable_from(types_of(operation).collect(), &IndexMap::new())
}

/// The names of the types that a type names itself.
pub(crate) fn named_in(schema: &NamedSchema) -> HashSet<String> {
    let types = match &schema.kind {
        SchemaKind::Object { fields, extra } => {
            fields.iter().map(|field| &field.ty).chain(extra).collect()
        }
        SchemaKind::OneOf { alternatives, .. } => alternatives.iter().collect(),
        SchemaKind::Enum { .. } => Vec::new(),
    };
    reachable_from(types, &IndexMap::new())
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

/// The example call of an operation with the secrets of its examples: an expression from `client` to
/// the builder, made of the examples of the model where it has some that fit.
pub fn example_call(service: &Service, operation: &Operation) -> String {
    alone(service, operation, |context| {
        let call = operation::example::call(context, operation::example::Secrets::Literal);
        call.expression.to_string()
    })
}

/// The example program of an operation, as it stands in `examples/` of its crate, without its header.
pub fn example_program(service: &Service, operation: &Operation) -> String {
    alone(service, operation, examples::program)
}

/// A call of the operation with the command for operators, which is called as `command`.
pub fn example_command(service: &Service, operation: &Operation, command: &str) -> String {
    alone(service, operation, |context| {
        command::example(context, command)
    })
}

/// What the operation does, in one line of Markdown.
pub fn operation_title(operation: &Operation) -> String {
    operation::title(operation)
}

/// What a value must fulfil, as one line of Markdown; empty when nothing is said.
pub fn value_rules(
    constraints: &Constraints,
    policy: Option<&PasswordPolicy>,
    default: Option<&serde_json::Value>,
) -> String {
    docs::rules(constraints, policy, default)
}

/// A text as inline code of Markdown, whatever backticks it has.
pub fn inline_code(text: &str) -> String {
    docs::code(text)
}

/// Something that is made of an operation without regard to the others of its crate.
fn alone<T>(service: &Service, operation: &Operation, make: impl FnOnce(&Context<'_>) -> T) -> T {
    let (catalog, checked) = (Catalog::default(), Checked::default());
    make(&Context {
        service,
        operation,
        catalog: &catalog,
        checked: &checked,
    })
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

fn emit_service(service: &Service, profile: &dyn Profile, progress: &Progress<'_>) -> Emitted {
    let types = types_for(service);
    let emitted = types.and_then(|types| emit_with(service, profile, &types, progress));
    let emitted = emitted.map_err(|failures| {
        let errors = failures.into_iter().map(|failure| EmitError {
            path: service.path.clone(),
            operation: failure.operation,
            message: failure.message,
        });
        errors.collect::<Vec<_>>()
    })?;
    let errors = verify::modules(service, &emitted);
    match errors.is_empty() {
        true => Ok(emitted),
        false => Err(errors),
    }
}

fn emit_with(
    service: &Service,
    profile: &dyn Profile,
    types: &Types,
    progress: &Progress<'_>,
) -> Result<BTreeMap<String, String>, Vec<Failure>> {
    let checked = Checked::of(service);
    let contexts = contexts(service, &types.catalog, &checked);
    let (operations, others) = rayon::join(
        || emit_operations(&contexts, progress),
        || {
            emit_others(
                service,
                profile,
                types,
                &checked,
                &contexts,
                progress.extent,
            )
        },
    );
    let mut files = operations?;
    files.extend(others?);
    Ok(files)
}

/// A file of the package: its path and its text.
type File = (String, String);

/// The file and the example of each operation.
fn emit_operations(
    contexts: &[Context<'_>],
    progress: &Progress<'_>,
) -> Result<BTreeMap<String, String>, Vec<Failure>> {
    let emit = |context: &Context<'_>| -> Result<Vec<File>, Failure> {
        let (service, operation) = (context.service, context.operation);
        let emitted = operation::emit(context).and_then(|text| {
            verify::operation(service, operation, &text)?;
            Ok(text)
        });
        let text = emitted.map_err(|message| Failure {
            operation: Some(operation.id.clone()),
            message,
        })?;
        progress.one_more();
        let file = format!("src/{}/{}.rs", service.module, operation.ident);
        let mut files = vec![(file, text)];
        if progress.extent == Extent::Whole {
            let example = format!("examples/{}.rs", examples::name(context));
            files.push((example, examples::emit(context)));
        }
        Ok(files)
    };
    let (mut files, mut failures) = (BTreeMap::new(), Vec::new());
    let emitted: Vec<_> = contexts.par_iter().map(emit).collect();
    for emitted in emitted {
        match emitted {
            Ok(emitted) => files.extend(emitted),
            Err(failure) => failures.push(failure),
        }
    }
    match failures.is_empty() {
        true => Ok(files),
        false => Err(failures),
    }
}

/// What a service has beside the files of its operations.
fn emit_others(
    service: &Service,
    profile: &dyn Profile,
    types: &Types,
    checked: &Checked,
    contexts: &[Context<'_>],
    extent: Extent,
) -> Result<Vec<File>, Vec<Failure>> {
    let failed = |message: String| vec![Failure::from(message)];
    let folder = format!("src/{}", service.module);
    let checks = checks::emit(service, &types.catalog, checked).map_err(failed)?;
    let own_calls = profile.own_calls(service);
    let own_calls = own_calls.map_err(|unfit| vec![Failure::from(unfit)])?;
    let private = service::Private {
        checks: checks.is_some(),
        own_calls: own_calls.as_ref().map(|it| it.module),
    };
    let root = service::emit(contexts, service, &private).map_err(failed)?;
    let mut files = vec![
        (format!("{folder}.rs"), root),
        (
            format!("{folder}/types.rs"),
            types::emit(service, types).map_err(failed)?,
        ),
        (
            format!("src/mock/{}.rs", service.module),
            mock::emit_service(service, contexts).map_err(failed)?,
        ),
    ];
    if extent == Extent::Whole {
        let tests = conformance::emit_service(service, contexts).map_err(failed)?;
        files.push((format!("tests/it/{}.rs", service.module), tests));
    }
    files.extend(checks.map(|text| (format!("{folder}/checks.rs"), text)));
    let command = command::emit_service(service, contexts).map_err(failed)?;
    files.extend(command.map(|text| (format!("src/command/{}.rs", service.module), text)));
    if let Some(OwnCalls { module, code }) = own_calls {
        let text = tokens::print(&service.path, code).map_err(failed)?;
        files.push((format!("{folder}/{module}.rs"), text));
    }
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
        assert!(emit(&model, crate::profile::of_the_workspace(), &|_, _| {}).is_ok());
        model.services[0].operations[1].body = Some(Body {
            media_type: "application/json".to_owned(),
            others: Vec::new(),
            required: true,
            description: None,
            ty: Type::Named("Nowhere".to_owned()),
            content: Content::Json,
            example: None,
        });
        let errors = emit(&model, crate::profile::of_the_workspace(), &|_, _| {}).unwrap_err();
        assert_eq!(errors[0].operation.as_deref(), Some("bad"));
        // All of them are, not the first alone.
        let mut worse = model.services[0].operations[1].clone();
        worse.id = "worse".to_owned();
        worse.ident = "worse".to_owned();
        worse.path = "/c".to_owned();
        model.services[0].operations.push(worse);
        let errors = emit(&model, crate::profile::of_the_workspace(), &|_, _| {}).unwrap_err();
        let named: Vec<_> = errors.iter().map(|it| it.operation.as_deref()).collect();
        assert_eq!(named, [Some("bad"), Some("worse")]);
    }

    #[test]
    fn of_a_type_that_cannot_be_made_the_operations_that_need_it_fail_and_no_other() {
        let uses = |id: &str, schema: &str| {
            format!(
                "  /{id}: {{put: {{operationId: {id}, requestBody: {{content: {{application/json: \
                 {{schema: {{$ref: '#/components/schemas/{schema}'}}}}}}}}, \
                 responses: {{'204': {{description: ok}}}}}}}}\n"
            )
        };
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: Demo, version: '1'}}\npaths:\n{}{}{}components:\n  schemas:\n    \
             Good: {{type: object, properties: {{x: {{type: string}}}}}}\n    \
             Bad: {{type: object, properties: {{x: {{type: string}}}}}}\n    \
             Outer: {{type: object, properties: {{inner: {{$ref: '#/components/schemas/Bad'}}}}}}\n",
            uses("one", "Bad"),
            uses("two", "Good"),
            uses("three", "Outer"),
        );
        let profile = crate::profile::of_the_workspace();
        let loaded = load(&[Source::new("spec/demo.yaml", text)]);
        let (mut model, _) = lower(&loaded.documents, profile);
        let Some(SchemaKind::Object { fields, .. }) = model.services[0]
            .schemas
            .get_mut("Bad")
            .map(|it| &mut it.kind)
        else {
            panic!("there is no such object");
        };
        fields[0].ident = "no identifier".to_owned();
        let errors = emit(&model, profile, &|_, _| {}).unwrap_err();
        let named: Vec<_> = errors.iter().map(|it| it.operation.as_deref()).collect();
        assert_eq!(named, [Some("one"), Some("three")], "{errors:?}");
        // Without them and what they alone needed, there is a crate.
        assert!(crate::render::without(&errors, &mut model));
        let files = emit(&model, profile, &|_, _| {}).unwrap();
        assert!(files.contains_key("generated/src/demo/two.rs"));
        assert!(!files["generated/src/demo/types.rs"].contains("Outer"));
        assert!(!crate::render::without(&errors, &mut model));
    }
}
