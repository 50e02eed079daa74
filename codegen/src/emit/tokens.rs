//! Small pieces of Rust syntax that every emitter needs.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{RateLimit, Type};
pub use crate::names::ident;

/// `#[doc]` attributes, one a line, which print as `///`.
pub fn doc(text: &str) -> TokenStream {
    let lines = text.lines().map(doc_line);
    quote!(#(#[doc = #lines])*)
}

/// Documentation as inner attributes, which print as `//!`.
pub fn inner_doc(text: &str) -> Result<TokenStream, String> {
    let lines = text.lines().map(doc_line);
    Ok(quote!(#(#![doc = #lines])*))
}

/// A line of documentation with the space that follows `///`.
pub fn doc_line(line: &str) -> String {
    let line = super::docs::printable(line);
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}

/// The call that gives a service or an operation its limit.
pub fn rate_limit(limit: RateLimit) -> TokenStream {
    let calls = Literal::u32_unsuffixed(limit.calls);
    let seconds = Literal::u32_unsuffixed(limit.seconds);
    quote!(.rate_limit(#calls, #seconds))
}

/// The Rust type of a value as it is read out of a response.
pub fn rust_type(ty: &Type) -> TokenStream {
    match ty {
        Type::String => quote!(String),
        Type::Password => quote!(crate::runtime::Password),
        Type::Integer { bits: 32 } => quote!(i32),
        Type::Integer { .. } => quote!(i64),
        Type::Number { bits: 32 } => quote!(f32),
        Type::Number { .. } => quote!(f64),
        Type::Boolean => quote!(bool),
        Type::Any => quote!(serde_json::Value),
        Type::Array(item) => {
            let item = rust_type(item);
            quote!(Vec<#item>)
        }
        Type::Map(value) => {
            let value = rust_type(value);
            quote!(std::collections::HashMap<String, #value>)
        }
        Type::Nullable(inner) => {
            let inner = rust_type(inner);
            quote!(Option<#inner>)
        }
        Type::Named(name) => {
            let name = ident(name);
            quote!(types::#name)
        }
    }
}

/// Prints a file: where it comes from, then the code.
///
/// # Errors
/// The text of the syntax error, which is a defect of an emitter.
pub fn print(origin: &str, inner: TokenStream) -> Result<String, String> {
    let file: syn::File = syn::parse2(inner).map_err(|error| format!("{origin}: {error}"))?;
    Ok(format!(
        "{}{}",
        header("//", origin),
        part_items(&prettyplease::unparse(&file))
    ))
}

/// Puts a blank line between items, which the printer leaves out.
fn part_items(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 40);
    let mut previous = "";
    for line in text.lines() {
        if needs_blank_line(previous, line) {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        previous = line;
    }
    out
}

fn needs_blank_line(previous: &str, line: &str) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let (before, after) = (previous.trim(), line.trim());
    // Documentation at the margin begins an item, whatever stands before it.
    let inside = ["///", "//!", "#[", "{"];
    if indent(line) == 0
        && after.starts_with("///")
        && !before.is_empty()
        && !inside.iter().any(|start| before.starts_with(start))
    {
        return true;
    }
    if before.is_empty() || indent(previous) != indent(line) {
        return false;
    }
    let starts_item = [
        "///", "#[", "pub ", "impl ", "fn ", "async ", "mod ", "use ", "const ", "static ", "type ",
    ]
    .iter()
    .any(|start| after.starts_with(start));
    if !starts_item {
        return false;
    }
    if before.starts_with("//!") || before == "}" || before == "};" {
        return true;
    }
    // Declarations in a row stay together; imports, modules and items part.
    let kind = |line: &str| match line {
        line if line.starts_with("use ") || line.starts_with("pub use ") => 1,
        line if line.contains("mod ") => 2,
        line if line.starts_with("#![") => 3,
        _ => 0,
    };
    indent(line) == 0
        && before.ends_with([';', ']'])
        && !before.starts_with("#[")
        && kind(before) != kind(after)
}

/// The note that stands first in every generated file that has comments.
pub fn header(comment: &str, origin: &str) -> String {
    format!(
        "{comment} {} from {origin}.\n\
         {comment} Do not edit: change the document and run `cargo codegen generate`.\n\n",
        crate::disk::MARK
    )
}
