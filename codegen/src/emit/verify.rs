//! What was emitted, compared with the model before anything is written.
//!
//! A defect of an emitter, or a new version of what it stands on, must not become a client that
//! calls something else than its documents say. So the syntax trees are read once more: each
//! operation has one request, with its method and path, and the facts that go with it; and every
//! module has a file.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, Item, Lit};

use crate::model::{ClientParameter, Operation, Parameter, ParameterLocation, Service};

use super::EmitError;

/// Compares the files of a service with its model: one error for every operation that is not what
/// the model says, or for the document.
pub(super) fn service(service: &Service, files: &BTreeMap<String, String>) -> Vec<EmitError> {
    let mut errors = Vec::new();
    let mut fail = |operation: Option<&Operation>, message: String| {
        errors.push(EmitError {
            path: service.path.clone(),
            operation: operation.map(|it| it.id.clone()),
            message: format!("what was emitted is not what the document says: {message}"),
        });
    };
    for operation in &service.operations {
        let file = format!("src/{}/{}.rs", service.module, operation.ident);
        let verified = parse(files, &file).and_then(|file| {
            request(operation, &file)?;
            facts(service, operation, &file)
        });
        if let Err(message) = verified {
            fail(Some(operation), message);
        }
    }
    let operations = service.operations.iter().map(|it| it.ident.as_str());
    let modules = ["types"].into_iter().chain(operations);
    let beside = ["src", "src/mock"].map(|it| format!("{it}/{}.rs", service.module));
    let modules = modules.map(|module| format!("src/{}/{module}.rs", service.module));
    for file in modules.chain(beside).filter(|it| !files.contains_key(it)) {
        fail(None, format!("there is no `{file}`"));
    }
    errors
}

fn parse(files: &BTreeMap<String, String>, path: &str) -> Result<syn::File, String> {
    let text = files
        .get(path)
        .ok_or_else(|| format!("there is no `{path}`"))?;
    syn::parse_file(text).map_err(|error| format!("`{path}` is no Rust: {error}"))
}

/// Every request that the operation builds, with body or without, has the method and path of the
/// document.
fn request(operation: &Operation, file: &syn::File) -> Result<(), String> {
    let mut calls = Calls::default();
    calls.visit_file(file);
    let (method, path) = (operation.method.key(), pattern(operation));
    if calls.0.is_empty() {
        return Err("there is no request".to_owned());
    }
    let other = calls
        .0
        .iter()
        .find(|call| (call.0.as_str(), &call.1) != (method, &path));
    match other {
        None => Ok(()),
        Some((wrong, place)) => Err(format!(
            "it sends {wrong} {place} instead of {method} {path}"
        )),
    }
}

/// The path with `{}` for each parameter but the project, which the client puts in.
fn pattern(operation: &Operation) -> String {
    let mut pattern = operation.path.clone();
    let is_put_in = |it: &&Parameter| {
        it.location == ParameterLocation::Path
            && it.client_parameter != Some(ClientParameter::ProjectId)
    };
    for parameter in operation.parameters.iter().filter(is_put_in) {
        pattern = pattern.replace(&format!("{{{}}}", parameter.name), "{}");
    }
    pattern
}

/// What requests are built: method and path of each.
#[derive(Default)]
struct Calls(Vec<(String, String)>);

impl<'ast> Visit<'ast> for Calls {
    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        let function = call.func.to_token_stream().to_string().replace(' ', "");
        if let Some(method) = function.strip_prefix("wire::RequestBuilder::") {
            let path = call.args.first().and_then(path_of);
            self.0.push((method.to_owned(), path.unwrap_or_default()));
        }
        visit::visit_expr_call(self, call);
    }
}

/// The path in a text, or in what `format!` makes it of.
fn path_of(argument: &Expr) -> Option<String> {
    match argument {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(path) => Some(path.value()),
            _ => None,
        },
        Expr::Macro(call) if call.mac.path.is_ident("format") => {
            let first = call.mac.tokens.clone().into_iter().next()?;
            let literal = syn::parse2::<syn::LitStr>(first.into()).ok()?;
            Some(literal.value().replace("{{", "{").replace("}}", "}"))
        }
        _ => None,
    }
}

/// The facts that the runtime is told: service, name, method and path.
fn facts(service: &Service, operation: &Operation, file: &syn::File) -> Result<(), String> {
    let value = file.items.iter().find_map(|item| match item {
        Item::Static(item) if item.ident == "OPERATION" => Some(&*item.expr),
        _ => None,
    });
    let mut value = value.ok_or("there are no facts `OPERATION`")?;
    while let Expr::MethodCall(call) = value {
        value = &call.receiver;
    }
    let Expr::Call(call) = value else {
        return Err("the facts are no call".to_owned());
    };
    let told: Vec<_> = call
        .args
        .iter()
        .map(|argument| match argument {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => text.value(),
                other => other.to_token_stream().to_string(),
            },
            other => other.to_token_stream().to_string(),
        })
        .collect();
    let method = operation.method.wire();
    let expected = [&service.name, &operation.id, &method, &operation.path];
    if told.iter().eq(expected) {
        return Ok(());
    }
    Err(format!("the facts are {told:?} instead of {expected:?}"))
}

/// Files that are one on a system that takes upper and lower case for the same.
pub(super) fn same_but_for_case(files: &BTreeMap<String, String>) -> Vec<EmitError> {
    let mut seen = BTreeMap::new();
    let clashes = files.keys().filter_map(|path| {
        let other = seen.insert(path.to_lowercase(), path)?;
        Some(EmitError {
            path: "spec/".to_owned(),
            operation: None,
            message: format!("`{path}` and `{other}` are one file where case does not count"),
        })
    });
    clashes.collect()
}

#[cfg(test)]
mod tests {
    use super::super::emit;
    use super::*;
    use crate::load::load;
    use crate::lower::lower;
    use crate::source::Source;

    const TEXT: &str = "openapi: 3.0.3\ninfo: {title: Demo, version: '1'}\npaths:\n  \
        '/a/{x-y}/%7B\"': {put: {operationId: one, parameters: [{name: x-y, in: path, required: true, schema: {type: string}}], \
        requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}, \
        responses: {'204': {description: ok}}}}\n  \
        /b: {get: {operationId: two, responses: {'204': {description: ok}}}}\n";

    /// What is said of a crate in which one text was replaced by another.
    fn after(file: &str, from: &str, to: &str) -> Vec<EmitError> {
        let loaded = load(&[Source::new("spec/demo.yaml", TEXT)]);
        let (model, _) = lower(&loaded.documents, crate::profile::of_the_workspace());
        let files = emit(&model, crate::profile::of_the_workspace()).unwrap();
        let mut files: BTreeMap<_, _> = files
            .into_iter()
            .map(|(path, text)| (path.replacen("generated/", "", 1), text))
            .collect();
        let verify = |files: &BTreeMap<_, _>| service(&model.services[0], files);
        assert_eq!(verify(&files), []);
        let text = files.remove(file).unwrap();
        assert!(text.contains(from), "{text}");
        if !to.is_empty() {
            files.insert(file.to_owned(), text.replacen(from, to, 1));
        }
        verify(&files)
    }

    #[test]
    fn what_is_not_as_the_document_says_is_found_and_named() {
        let (one, two) = ("src/demo/one.rs", "src/demo/two.rs");
        for (file, from, to, operation, words) in [
            (
                one,
                "/a/{}/",
                "/c/{}/",
                Some("one"),
                "instead of put /a/{}/",
            ),
            (one, "::put(", "::post(", Some("one"), "sends post"),
            (
                two,
                "RequestBuilder",
                "OtherBuilder",
                Some("two"),
                "no request",
            ),
            (two, "::get(", "::head(", Some("two"), "sends head"),
            (
                "src/demo/two.rs",
                "\"GET\"",
                "\"PUT\"",
                Some("two"),
                "\"PUT\"",
            ),
            ("src/demo/two.rs", "\"/b\"", "\"/c\"", Some("two"), "\"/c\""),
            (
                "src/demo/two.rs",
                "pub static OPERATION",
                "pub static OTHER",
                Some("two"),
                "no facts",
            ),
            (
                "src/demo/two.rs",
                "pub",
                "",
                Some("two"),
                "no `src/demo/two.rs`",
            ),
            (
                "src/demo/two.rs",
                "impl Two",
                "impl = Two",
                Some("two"),
                "no Rust",
            ),
            ("src/mock/demo.rs", "pub", "", None, "no `src/mock/demo.rs`"),
        ] {
            let found = after(file, from, to);
            let hit = found.iter().find(|error| {
                error.operation.as_deref() == operation && error.message.contains(words)
            });
            assert!(hit.is_some(), "{from} → {to}: {found:?}");
        }
    }

    #[test]
    fn files_that_differ_in_case_alone_are_refused() {
        let files = ["src/a.rs", "src/A.rs"].map(|it| (it.to_owned(), String::new()));
        assert_eq!(same_but_for_case(&files.into_iter().collect()).len(), 1);
    }
}
