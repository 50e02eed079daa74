//! The passes over progenitor's methods: each keeps how it builds its request and loses how it sends it.
//!
//! progenitor writes `async fn op(&self, …)` that builds a `reqwest::Request`, sends it and sorts
//! the responses. Signing, retries and responses are the runtime's, so the method is cut where the
//! request is built and becomes a plain function on `crate::runtime::generated::wire`.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Expr, ExprLit, ExprMethodCall, FnArg, ImplItemFn, ItemFn, Lit, LitStr, Pat, Stmt, Token,
};

use crate::model::{ClientParameter, Operation, Parameter, Service};

use super::docs::code;
use super::tokens::{Beginnings, doc, print};

/// Emits the request functions of a service.
pub fn emit(service: &Service, methods: Vec<ImplItemFn>) -> Result<String, String> {
    let mut functions = Vec::new();
    for method in methods {
        let name = method.sig.ident.to_string();
        let operation = service
            .operations
            .iter()
            .find(|operation| operation.ident == name)
            .ok_or_else(|| format!("progenitor made a method `{name}` that no operation has"))?;
        if operation.body.as_ref().is_some_and(|body| !body.required) {
            functions.push(drop_body(request_function(operation, method.clone())?));
        }
        functions.push(request_function(operation, method)?);
    }
    let deprecated = super::allow_deprecated(service);
    let functions = quote!(#(#functions)*);
    let import = Beginnings::of(&functions).has("types").then(|| {
        quote!(
            use super::types;
        )
    });
    print(
        &service.path,
        quote! {
            //! Builds the requests, byte for byte as the document has them.
            #deprecated

            use crate::runtime::generated::wire;
            #import

            #functions
        },
    )
}

fn request_function(operation: &Operation, method: ImplItemFn) -> Result<ItemFn, String> {
    let project = project_id(operation).map(|it| &it.ident);
    let inputs: Vec<_> = method
        .sig
        .inputs
        .iter()
        .filter(|input| argument_name(input).is_some_and(|name| Some(&name) != project))
        .map(plain_lifetime)
        .collect();
    let texts: Vec<String> = inputs.iter().filter_map(text_argument).collect();
    let mut rewrite = Rewrite {
        operation,
        texts,
        borrows_body: inputs.iter().any(is_borrowed_body),
        url: String::new(),
        path: None,
        failure: None,
    };
    let mut statements = Vec::new();
    let mut complete = false;
    for statement in method.block.stmts {
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
        let Expr::Try(tried) = *built else {
            return Err(
                "progenitor builds its request in a way this pass does not know".to_owned(),
            );
        };
        let mut request = *tried.expr;
        rewrite.visit_expr_mut(&mut request);
        statements.push(Stmt::Expr(request, None));
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
    let name = &method.sig.ident;
    let docs = doc(&format!(
        "{} {}",
        operation.method.wire(),
        code(&operation.path)
    ));
    let many = super::tokens::many_arguments(inputs.len());
    Ok(syn::parse_quote! {
        #docs
        #many
        pub(super) fn #name(#(#inputs),*) -> Result<wire::Request, wire::BuildError> {
            #(#statements)*
        }
    })
}

/// The name of the function that builds the request of an operation without its optional body.
pub fn without_body(operation: &str) -> String {
    format!("{operation}_without_body")
}

/// The same request without its body.
fn drop_body(mut function: ItemFn) -> ItemFn {
    function.sig.ident = format_ident!("{}", without_body(&function.sig.ident.to_string()));
    function.sig.inputs = std::mem::take(&mut function.sig.inputs)
        .into_iter()
        .filter(|input| !input.to_token_stream().to_string().starts_with("body :"))
        .collect();
    DropCall { method: "json" }.visit_item_fn_mut(&mut function);
    function
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

/// `&'a str` → `&str`: the request borrows nothing.
fn plain_lifetime(input: &FnArg) -> FnArg {
    struct Drop;
    impl VisitMut for Drop {
        fn visit_type_reference_mut(&mut self, reference: &mut syn::TypeReference) {
            reference.lifetime = None;
            visit_mut::visit_type_reference_mut(self, reference);
        }
    }
    let mut input = input.clone();
    Drop.visit_fn_arg_mut(&mut input);
    input
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
    let is_text = typed.ty.to_token_stream().to_string() == "& str";
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
                    given.push(self.path_argument(argument));
                }
            }
            path.push_str(piece);
        }
        Some((path, given))
    }

    /// `encode_path(&name.to_string())` → `wire::encode_path(name)` where the name is text.
    fn path_argument(&self, argument: Expr) -> TokenStream {
        match encoded(&argument).filter(|name| self.texts.contains(name)) {
            Some(name) => {
                let name = super::tokens::ident(&name);
                quote!(wire::encode_path(#name))
            }
            None => quote!(wire::#argument),
        }
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
