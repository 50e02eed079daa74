//! What was emitted, compared with the model before anything is written.
//!
//! A defect of an emitter, or a new version of what it stands on, must not become a client that
//! calls something else than its documents say. So the code is read once more: each
//! operation has one request, with its method and path, and the facts that go with it; and every
//! module has a file.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};

use crate::model::{ClientParameter, Operation, Parameter, ParameterLocation, Service};

use super::EmitError;

/// Compares the file of an operation with the model.
pub(super) fn operation(
    service: &Service,
    operation: &Operation,
    text: &str,
) -> Result<(), String> {
    let verified = Code::read(text).and_then(|code| {
        request(operation, &code)?;
        facts(service, operation, &code)
    });
    verified.map_err(different)
}

/// Whether every module of a service has its file.
pub(super) fn modules(service: &Service, files: &BTreeMap<String, String>) -> Vec<EmitError> {
    let operations = service.operations.iter().map(|it| it.ident.as_str());
    let modules = ["types"].into_iter().chain(operations);
    let beside = ["src", "src/mock"].map(|it| format!("{it}/{}.rs", service.module));
    let modules = modules.map(|module| format!("src/{}/{module}.rs", service.module));
    let missing = modules.chain(beside).filter(|it| !files.contains_key(it));
    let errors = missing.map(|file| EmitError {
        path: service.path.clone(),
        operation: None,
        message: different(format!("there is no `{file}`")),
    });
    errors.collect()
}

fn different(message: String) -> String {
    format!("what was emitted is not what the document says: {message}")
}

/// Every request that the operation builds, with body or without, has the method and path of the
/// document.
fn request(operation: &Operation, code: &Code) -> Result<(), String> {
    let calls = calls_after(&code.0, &["wire", "RequestBuilder"]);
    let (method, path) = (operation.method.key(), pattern(operation));
    if calls.is_empty() {
        return Err("there is no request".to_owned());
    }
    let is_other = |(called, arguments): &&(String, TokenStream)| {
        called != method || path_of(arguments).as_deref() != Some(path.as_str())
    };
    match calls.iter().find(is_other) {
        None => Ok(()),
        Some((wrong, arguments)) => Err(format!(
            "it sends {wrong} {} instead of {method} {path}",
            path_of(arguments).unwrap_or_default()
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

/// The path in a text, or in what `format!` makes it of.
fn path_of(arguments: &TokenStream) -> Option<String> {
    let mut tokens = arguments.clone().into_iter();
    match tokens.next()? {
        TokenTree::Ident(name) if name == "format" => match tokens.nth(1)? {
            TokenTree::Group(inside) => {
                let format = text(inside.stream().into_iter().next()?)?;
                Some(format.replace("{{", "{").replace("}}", "}"))
            }
            _ => None,
        },
        first => text(first),
    }
}

/// The text of a literal.
fn text(token: TokenTree) -> Option<String> {
    let literal = syn::parse2::<syn::LitStr>(token.into());
    literal.ok().map(|literal| literal.value())
}

/// Code as tokens, which cost less than a syntax tree.
struct Code(Vec<TokenTree>);

impl Code {
    /// # Errors
    /// When its brackets do not match.
    fn read(text: &str) -> Result<Self, String> {
        let tokens: TokenStream = text
            .parse()
            .map_err(|error| format!("its brackets do not match: {error}"))?;
        let mut flat = Vec::new();
        flatten(tokens, &mut flat);
        Ok(Self(flat))
    }
}

/// What is called after a path, and with what: `path::function(arguments)`.
fn calls_after(code: &[TokenTree], path: &[&str]) -> Vec<(String, TokenStream)> {
    let begins = |tokens: &[TokenTree]| {
        let mut tokens = tokens.iter();
        path.iter().all(|name| {
            let named = tokens.next();
            let is_named = matches!(named, Some(TokenTree::Ident(it)) if it == name);
            is_named && is_colon(tokens.next()) && is_colon(tokens.next())
        })
    };
    let length = path.len() * 3;
    let calls = code.windows(length + 2).filter_map(|window| {
        let (head, call) = window.split_at(length);
        match call {
            [TokenTree::Ident(function), TokenTree::Group(arguments)] if begins(head) => {
                Some((function.to_string(), arguments.stream()))
            }
            _ => None,
        }
    });
    calls.collect()
}

/// Puts what is in a group behind the group.
fn flatten(tokens: TokenStream, flat: &mut Vec<TokenTree>) {
    for token in tokens {
        flat.push(token.clone());
        if let TokenTree::Group(group) = token {
            flatten(group.stream(), flat);
        }
    }
}

fn is_colon(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':')
}

/// The facts that the runtime is told: service, name, method and path.
fn facts(service: &Service, operation: &Operation, code: &Code) -> Result<(), String> {
    let is_word =
        |token: &TokenTree, word: &str| matches!(token, TokenTree::Ident(it) if it == word);
    let is_declared = |pair: &[TokenTree]| matches!(pair, [a, b] if is_word(a, "static") && is_word(b, "OPERATION"));
    let declared = code.0.windows(2).position(is_declared);
    let value = declared.and_then(|at| code.0.get(at..)).unwrap_or_default();
    let calls = calls_after(value, &["Operation"]);
    let call = calls.iter().find(|(function, _)| function == "new");
    let (_, arguments) = call.ok_or("there are no facts `OPERATION`")?;
    let told: Vec<_> = arguments.clone().into_iter().filter_map(text).collect();
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
        let files = emit(&model, crate::profile::of_the_workspace(), &|_, _| {}).unwrap();
        let mut files: BTreeMap<_, _> = files
            .into_iter()
            .map(|(path, text)| (path.replacen("generated/", "", 1), text))
            .collect();
        let service = &model.services[0];
        let verify = |files: &BTreeMap<String, String>| {
            let mut errors = modules(service, files);
            for operation in &service.operations {
                let Some(text) = files.get(&format!("src/demo/{}.rs", operation.ident)) else {
                    continue;
                };
                let told = super::operation(service, operation, text);
                errors.extend(told.err().map(|message| EmitError {
                    path: service.path.clone(),
                    operation: Some(operation.id.clone()),
                    message,
                }));
            }
            errors
        };
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
            ("src/demo/two.rs", "pub", "", None, "no `src/demo/two.rs`"),
            (
                "src/demo/two.rs",
                "impl Two",
                "impl Two (",
                Some("two"),
                "brackets do not match",
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
