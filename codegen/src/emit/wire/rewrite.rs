//! The runtime in the place of reqwest, and wire names in the place of Rust names.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprLit, ExprMethodCall, Lit, LitStr, Token};

use crate::model::Operation;

use super::project_id;

/// Puts the runtime in the place of reqwest and progenitor's support crate, and wire names in the
/// place of Rust names.
pub(super) struct Rewrite<'o> {
    pub(super) operation: &'o Operation,
    pub(super) given: &'o HashMap<String, TokenStream>,
    pub(super) texts: Vec<String>,
    /// Whether the body is a reference already.
    pub(super) borrows_body: bool,
    /// The name of the URL among progenitor's locals, and what makes its path, once that was read.
    pub(super) url: String,
    pub(super) path: Option<TokenStream>,
    pub(super) failure: Option<String>,
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
    pub(super) fn path(&self, url: &Expr) -> Result<TokenStream, String> {
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

pub(super) fn is_format(value: &Expr) -> bool {
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
