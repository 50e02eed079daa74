//! The passes over progenitor's methods: each keeps how it builds its request and loses how it sends it.
//!
//! progenitor writes `async fn op(&self, …)` that builds a `reqwest::Request`, sends it and sorts
//! the responses. Signing, retries and responses are the runtime's, so the method is cut where the
//! request is built, and what it takes is put in the place of its arguments.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprLit, ExprMethodCall, FnArg, ImplItemFn, Lit, LitStr, Pat, Stmt, Token};

use crate::model::{ClientParameter, Operation, Parameter};

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

/// Puts what is given in the place of the arguments.
struct Give {
    given: HashMap<String, Expr>,
}

impl Give {
    fn of(given: &HashMap<String, TokenStream>) -> Result<Self, String> {
        let parsed = given.iter().map(|(name, value)| {
            let value = syn::parse2(value.clone()).map_err(|error| format!("{value}: {error}"))?;
            Ok((name.clone(), value))
        });
        Ok(Self {
            given: parsed.collect::<Result<_, String>>()?,
        })
    }
}

impl VisitMut for Give {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Path(path) = expr
            && let Some(name) = path.path.get_ident()
            && let Some(value) = self.given.get(&name.to_string())
        {
            *expr = value.clone();
            return;
        }
        visit_mut::visit_expr_mut(self, expr);
        // A method borrows by itself.
        if let Expr::MethodCall(call) = expr
            && let Expr::Reference(borrowed) = &*call.receiver
        {
            call.receiver = borrowed.expr.clone();
        }
    }

    /// What `if let Some(value) = …` binds is no argument, whatever its name.
    fn visit_expr_if_mut(&mut self, conditional: &mut syn::ExprIf) {
        self.visit_expr_mut(&mut conditional.cond);
        let bound = match &*conditional.cond {
            Expr::Let(condition) => bound(&condition.pat),
            _ => None,
        };
        let hidden = bound.and_then(|name| self.given.remove_entry(&name));
        self.visit_block_mut(&mut conditional.then_branch);
        self.given.extend(hidden);
    }
}

/// The name in `Some(name)`.
fn bound(pattern: &Pat) -> Option<String> {
    let Pat::TupleStruct(pattern) = pattern else {
        return None;
    };
    match pattern.elems.first()? {
        Pat::Ident(name) => Some(name.ident.to_string()),
        _ => None,
    }
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

/// Puts the runtime in the place of reqwest and progenitor's support crate, and wire names in the
/// place of Rust names.
struct Rewrite<'o> {
    operation: &'o Operation,
    given: &'o HashMap<String, TokenStream>,
    texts: Vec<String>,
    /// Whether the body is a reference already.
    borrows_body: bool,
    /// The name of the URL among progenitor's locals, and what makes its path, once that was read.
    url: String,
    path: Option<TokenStream>,
    failure: Option<String>,
}

impl Rewrite<'_> {
    /// The wire name of a query or header parameter that progenitor knows by its Rust name.
    fn wire_name(&self, literal: &mut Expr) {
        let Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) = literal
        else {
            return;
        };
        let found = self
            .operation
            .parameters
            .iter()
            .find(|p| p.ident == text.value());
        if let Some(parameter) = found {
            // `HeaderMap::append` takes names in lower case as they go over the wire.
            *text = LitStr::new(&parameter.name, text.span());
        }
    }

    /// `format!("{}/v1/{}", self.baseurl, …)` → the path alone, with the place of the project open:
    /// a text where nothing has to be put in.
    fn path(&self, url: &Expr) -> Result<TokenStream, String> {
        let parts = match url {
            Expr::Macro(call) if call.mac.path.is_ident("format") => self.parts(&call.mac.tokens),
            _ => None,
        };
        let (path, arguments) = parts.ok_or("progenitor formats the URL in another way")?;
        Ok(match arguments.as_slice() {
            [] => {
                let path = path.replace("{{", "{").replace("}}", "}");
                quote!(#path)
            }
            arguments => quote!(format!(#path, #(#arguments),*)),
        })
    }

    /// The text of the path as `format!` takes it, and what is put into it.
    fn parts(&self, tokens: &TokenStream) -> Option<(String, Vec<TokenStream>)> {
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        let mut arguments = parser.parse2(tokens.clone()).ok()?.into_iter();
        let Expr::Lit(ExprLit {
            lit: Lit::Str(format),
            ..
        }) = arguments.next()?
        else {
            return None;
        };
        let format = format.value();
        let base = arguments.next()?;
        if base.to_token_stream().to_string() != "self . baseurl" {
            return None;
        }
        let mut pieces = format.strip_prefix("{}")?.split("{}");
        let mut path = pieces.next()?.to_owned();
        let mut given = Vec::new();
        for (argument, piece) in arguments.zip(pieces) {
            let name = encoded(&argument);
            match project_id(self.operation).filter(|it| name.as_ref() == Some(&it.ident)) {
                Some(project) => path.push_str(&format!("{{{{{}}}}}", project.name)),
                None => {
                    path.push_str("{}");
                    given.push(self.path_argument(&argument)?);
                }
            }
            path.push_str(piece);
        }
        Some((path, given))
    }

    /// `encode_path(&name.to_string())` → `wire::encode_path(…)` of what is given for the name.
    fn path_argument(&self, argument: &Expr) -> Option<TokenStream> {
        let name = encoded(argument).filter(|name| self.texts.contains(name))?;
        let given = self.given.get(&name)?;
        Some(quote!(wire::encode_path(#given)))
    }
}

fn is_format(value: &Expr) -> bool {
    matches!(value, Expr::Macro(call) if call.mac.path.is_ident("format"))
}

/// The name in `encode_path(&name.to_string())`.
fn encoded(argument: &Expr) -> Option<String> {
    let Expr::Call(call) = argument else {
        return None;
    };
    let Some(Expr::Reference(reference)) = call.args.first() else {
        return None;
    };
    match &*reference.expr {
        Expr::MethodCall(inner) if inner.method == "to_string" => {
            Some(inner.receiver.to_token_stream().to_string())
        }
        _ => None,
    }
}

impl VisitMut for Rewrite<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        let text = path.to_token_stream().to_string().replace(' ', "");
        let rest = text
            .strip_prefix("::reqwest::header::")
            .map(|rest| format!("wire::header::{rest}"));
        let rest = rest.or_else(|| {
            text.strip_prefix("progenitor_client::")
                .map(|rest| format!("wire::{rest}"))
        });
        if let Some(rest) = rest {
            match syn::parse_str(&rest) {
                Ok(replaced) => *path = replaced,
                Err(error) => self.failure = Some(format!("{rest}: {error}")),
            }
        }
        visit_mut::visit_path_mut(self, path);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::MethodCall(ExprMethodCall {
            receiver,
            method,
            args,
            ..
        }) = expr
            && receiver.to_token_stream().to_string() == "self . client"
        {
            match self.path.take() {
                Some(path) if args.to_token_stream().to_string() == self.url => {
                    *expr = syn::parse_quote!(wire::RequestBuilder::#method(#path));
                }
                _ => self.failure = Some("progenitor uses the URL in another way".to_owned()),
            }
            return;
        }
        visit_mut::visit_expr_mut(self, expr);
        // The error is the runtime's own, not that of the crate that has the headers.
        if let Expr::Try(tried) = expr
            && let Expr::MethodCall(call) = &*tried.expr
            && call.method == "try_into"
        {
            let text = &call.receiver;
            *expr = syn::parse_quote!(wire::header_value(#text)?);
            return;
        }
        match expr {
            Expr::Call(call)
                if call
                    .func
                    .to_token_stream()
                    .to_string()
                    .ends_with("QueryParam :: new") =>
            {
                if let Some(name) = call.args.first_mut() {
                    self.wire_name(name);
                }
            }
            Expr::MethodCall(call) if call.method == "json" && self.borrows_body => {
                if let Some(Expr::Reference(body)) = call.args.first_mut() {
                    let body = (*body.expr).clone();
                    call.args = syn::parse_quote!(#body);
                }
            }
            Expr::MethodCall(call) if call.method == "append" => {
                if let Some(name) = call.args.first_mut() {
                    self.wire_name(name);
                }
            }
            _ => {}
        }
    }
}
