//! The passes over progenitor's methods: each keeps how it builds its request and loses how it sends it.
//!
//! progenitor writes `async fn op(&self, …)` that builds a `reqwest::Request`, sends it and sorts
//! the responses. Signing, retries and responses are the runtime's, so the method is cut where the
//! request is built, and what it takes is put in the place of its arguments.

mod give;
mod rewrite;

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, FnArg, ImplItemFn, Pat, Stmt};

use crate::model::{ClientParameter, Operation, Parameter};

use give::Give;
use rewrite::{Rewrite, is_format};

/// The steps that build a request out of what the arguments of progenitor's method are given, and
/// end with it; `with_body` says whether it has its body.
pub fn request(
    operation: &Operation,
    method: &ImplItemFn,
    given: &HashMap<String, TokenStream>,
    with_body: bool,
) -> Result<TokenStream, String> {
    let project = project_id(operation).map(|it| &it.ident);
    let inputs: Vec<_> = method
        .sig
        .inputs
        .iter()
        .filter(|input| argument_name(input).is_some_and(|name| Some(&name) != project))
        .collect();
    let mut rewrite = Rewrite {
        operation,
        given,
        texts: inputs.iter().filter_map(|it| text_argument(it)).collect(),
        borrows_body: inputs.iter().any(|it| is_borrowed_body(it)),
        url: String::new(),
        path: None,
        failure: None,
    };
    let mut statements = Vec::new();
    let mut complete = false;
    for statement in method.block.stmts.iter().cloned() {
        if is_api_version(&statement) {
            continue;
        }
        let Stmt::Local(mut local) = statement else {
            let mut statement = statement;
            rewrite.visit_stmt_mut(&mut statement);
            statements.push(statement);
            continue;
        };
        if let Some(built) = local.init.as_ref().filter(|it| is_format(&it.expr)) {
            // A parameter of the same name gives it another.
            rewrite.url = local.pat.to_token_stream().to_string();
            rewrite.path = Some(rewrite.path(&built.expr)?);
            continue;
        }
        if !matches!(&local.pat, Pat::Ident(name) if name.ident == "request") {
            let mut statement = Stmt::Local(local);
            rewrite.visit_stmt_mut(&mut statement);
            statements.push(statement);
            continue;
        }
        let built = local
            .init
            .take()
            .ok_or("progenitor's request has no value")?
            .expr;
        let Expr::Try(mut tried) = *built else {
            return Err(
                "progenitor builds its request in a way this pass does not know".to_owned(),
            );
        };
        rewrite.visit_expr_mut(&mut tried.expr);
        statements.push(Stmt::Expr(Expr::Try(tried), None));
        complete = true;
        break;
    }
    if let Some(failure) = rewrite.failure {
        return Err(failure);
    }
    if !complete {
        return Err(format!(
            "progenitor's method for {} builds no request",
            operation.id
        ));
    }
    drop_empty_headers(&mut statements);
    if !with_body {
        let mut drop = DropCall { method: "json" };
        statements.iter_mut().for_each(|it| drop.visit_stmt_mut(it));
    }
    let mut give = Give::of(given)?;
    statements.iter_mut().for_each(|it| give.visit_stmt_mut(it));
    let request = statements.pop();
    Ok(quote!(#(#statements)* Ok(#request)))
}

/// Takes one call out of a chain of calls.
struct DropCall {
    method: &'static str,
}

impl VisitMut for DropCall {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        let Expr::MethodCall(call) = expr else { return };
        if call.method == self.method {
            *expr = (*call.receiver).clone();
        }
    }
}

/// The project in the path, which the client puts there once it knows it.
fn project_id(operation: &Operation) -> Option<&Parameter> {
    let mut parameters = operation.parameters.iter();
    parameters.find(|it| it.client_parameter == Some(ClientParameter::ProjectId))
}

fn argument_name(input: &FnArg) -> Option<String> {
    match input {
        FnArg::Typed(typed) => match &*typed.pat {
            Pat::Ident(name) => Some(name.ident.to_string()),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    }
}

fn is_borrowed_body(input: &FnArg) -> bool {
    let is_reference =
        matches!(input, FnArg::Typed(typed) if matches!(&*typed.ty, syn::Type::Reference(_)));
    is_reference && argument_name(input).is_some_and(|name| name == "body")
}

/// The name of an argument that is text already.
fn text_argument(input: &FnArg) -> Option<String> {
    let FnArg::Typed(typed) = input else {
        return None;
    };
    let syn::Type::Reference(reference) = &*typed.ty else {
        return None;
    };
    let is_text = matches!(&*reference.elem, syn::Type::Path(it) if it.path.is_ident("str"));
    argument_name(input).filter(|_| is_text)
}

/// The header that progenitor adds to every request and that no vendor knows.
fn is_api_version(statement: &Stmt) -> bool {
    let Stmt::Expr(Expr::MethodCall(call), _) = statement else {
        return false;
    };
    call.method == "append"
        && call
            .args
            .to_token_stream()
            .to_string()
            .contains("\"api-version\"")
}

/// Without headers of its own, a request needs no map of them.
fn drop_empty_headers(statements: &mut Vec<Stmt>) {
    let filled = statements.iter().any(|statement| {
        let text = statement.to_token_stream().to_string();
        text.contains("header_map . append")
    });
    if filled {
        return;
    }
    statements.retain(|statement| {
        !matches!(statement, Stmt::Local(local)
            if matches!(&local.pat, Pat::Ident(name) if name.ident == "header_map"))
    });
    for statement in statements {
        DropCall { method: "headers" }.visit_stmt_mut(statement);
    }
}
