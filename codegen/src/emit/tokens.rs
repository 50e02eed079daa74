//! Small pieces of Rust syntax that every emitter needs.

use std::collections::HashSet;

use proc_macro2::{Literal, Spacing, TokenStream, TokenTree};
use quote::quote;

use crate::model::{Package, RateLimit, Type};

/// Allows a function as many arguments as the document asks for, where that is many.
pub fn many_arguments(count: usize) -> Option<TokenStream> {
    (count > 7).then(|| {
        quote!(#[allow(clippy::too_many_arguments, reason = "as many as the document asks for")])
    })
}
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

/// The names that begin a path somewhere in code: those that it needs in scope.
#[derive(Default)]
pub struct Beginnings {
    /// Every such name.
    all: HashSet<String>,
    /// Those that stand before something inside of them.
    modules: HashSet<String>,
}

impl Beginnings {
    /// Finds them.
    pub fn of<'c>(code: impl IntoIterator<Item = &'c TokenStream>) -> Self {
        let mut found = Self::default();
        code.into_iter().for_each(|it| found.add(it.clone()));
        found
    }

    /// Whether a name is one: a type by itself, a module before what is in it.
    pub fn has(&self, name: &str) -> bool {
        let names = match name.starts_with(char::is_lowercase) {
            true => &self.modules,
            false => &self.all,
        };
        names.contains(name)
    }

    /// Takes in those of other code.
    pub fn extend(&mut self, other: Self) {
        self.all.extend(other.all);
        self.modules.extend(other.modules);
    }

    /// Those of the names that are, as `use` takes them.
    pub fn imports(&self, names: &[&str]) -> TokenStream {
        let used = names.iter().filter(|name| self.has(name));
        let used: Vec<_> = used.map(|name| ident(name)).collect();
        match used.as_slice() {
            [only] => quote!(#only),
            all => quote!({#(#all),*}),
        }
    }

    fn add(&mut self, code: TokenStream) {
        let mut in_path = false;
        let mut tokens = code.into_iter().peekable();
        while let Some(token) = tokens.next() {
            let begins = !std::mem::take(&mut in_path);
            match token {
                TokenTree::Group(group) => self.add(group.stream()),
                TokenTree::Ident(ident) if begins => {
                    let name = ident.to_string();
                    if tokens.peek().is_some_and(is_joint_colon) {
                        self.modules.insert(name.clone());
                    }
                    self.all.insert(name);
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => {
                    // In `a: b` the colon stands alone.
                    in_path = !begins || punct.spacing() == Spacing::Joint;
                }
                _ => {}
            }
        }
    }
}

fn is_joint_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
}

/// A text as a raw literal, which shows quotes as they are.
pub fn raw(text: &str) -> Literal {
    let hashes = (1..).map(|count| "#".repeat(count));
    let mut fitting = hashes.filter(|hashes| !text.contains(&format!("\"{hashes}")));
    let hashes = fitting.next().unwrap_or_default();
    // A carriage return cannot stand in one.
    let literal = format!("r{hashes}\"{text}\"{hashes}").parse();
    literal.unwrap_or_else(|_| Literal::string(text))
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
        Type::String | Type::Text => quote!(String),
        Type::Bytes => quote!(crate::runtime::Bytes),
        Type::Password | Type::SecretText => quote!(crate::runtime::Password),
        Type::Integer { bits, signed } => {
            let name = ident(&format!("{}{bits}", if *signed { 'i' } else { 'u' }));
            quote!(#name)
        }
        Type::Wide => quote!(crate::runtime::Integer),
        Type::Number { bits: 32 } => quote!(f32),
        Type::Number { .. } => quote!(f64),
        Type::Boolean => quote!(bool),
        Type::Any => quote!(serde_json::Value),
        Type::SecretJson => quote!(crate::runtime::SecretJson),
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
    let mut out = header("//", origin);
    out.push_str(&print_code(origin, inner)?);
    Ok(out)
}

/// A part of a file.
pub enum Part {
    /// Code that the printer lays out.
    Code(TokenStream),
    /// Code that is laid out already.
    Text(String),
}

/// Prints a file of parts: where it comes from, then one after the other.
///
/// # Errors
/// The text of the syntax error, which is a defect of an emitter.
pub fn print_parts(origin: &str, parts: impl IntoIterator<Item = Part>) -> Result<String, String> {
    let mut out = header("//", origin);
    for part in parts {
        let text = match part {
            Part::Code(code) if code.is_empty() => continue,
            Part::Code(code) => print_code(origin, code)?,
            Part::Text(text) => text,
        };
        if !text.is_empty() && !out.ends_with("\n\n") {
            out.push('\n');
        }
        out.push_str(&text);
    }
    Ok(out)
}

fn print_code(origin: &str, code: TokenStream) -> Result<String, String> {
    let file: syn::File = syn::parse2(code).map_err(|error| format!("{origin}: {error}"))?;
    Ok(part_items(&prettyplease::unparse(&file)))
}

/// Lays items out.
pub fn print_items(items: Vec<syn::Item>) -> String {
    let file = syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items,
    };
    part_items(&prettyplease::unparse(&file))
}

/// The tokens of code that is laid out already, but for its documentation.
///
/// # Errors
/// When it is no Rust, which is a defect of an emitter.
pub fn tokens_of(text: &str) -> Result<TokenStream, String> {
    let lines = text.lines();
    let code = lines.filter(|line| !line.trim_start().starts_with("///"));
    let code: Vec<_> = code.collect();
    code.join("\n")
        .parse()
        .map_err(|error| format!("{text}: {error}"))
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
    let starts = [
        "///", "#[", "pub ", "pub(", "impl ", "impl<", "fn ", "async ", "mod ", "use ", "const ",
        "static ", "type ",
    ];
    if before.is_empty() || !starts.iter().any(|start| after.starts_with(start)) {
        return false;
    }
    if before.starts_with("//!") || before.starts_with("#![") {
        return true;
    }
    // What belongs to the same item, and what opens or lists.
    let belongs = ["///", "#[", ")]", "let "]
        .iter()
        .any(|it| before.starts_with(it));
    if belongs || before.ends_with(['{', '(', '[', ',']) {
        return false;
    }
    // Declarations in a row stay together.
    let kind = |line: &str| {
        let words = line
            .trim_start_matches("pub ")
            .trim_start_matches("pub(crate) ");
        ["use ", "mod ", "const ", "type "]
            .iter()
            .position(|it| words.starts_with(it))
    };
    match kind(after) {
        Some(0) => !before.ends_with("};") && kind(before) != Some(0),
        of_after => {
            indent(previous) != indent(line) || of_after.is_none() || kind(before) != of_after
        }
    }
}

/// The note that stands first in every generated file that has comments; [`signed`] fills it in.
pub fn header(comment: &str, origin: &str) -> String {
    // Where it lay on somebody's machine is nobody's business.
    let path = std::path::Path::new(origin);
    let origin = match path.file_name().and_then(|name| name.to_str()) {
        Some(name) if path.is_absolute() => name,
        _ => origin,
    };
    format!(
        "{comment} {{mark}} from {origin}.\n\
         {comment} Do not edit: {{again}}.\n\n"
    )
}

/// A file whose note says who wrote it.
pub fn signed(text: &str, package: &Package) -> String {
    let Some((note, rest)) = text.split_once("\n\n").filter(|it| it.0.contains("{mark}")) else {
        return text.to_owned();
    };
    let note = note
        .replacen("{mark}", package.mark, 1)
        .replacen(" from spec/.", &format!(" from {}.", package.documents), 1)
        .replacen("{again}", package.again, 1);
    format!("{note}\n\n{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_begins_a_path_is_imported() {
        let code = quote! {
            #[doc = "Other"]
            fn f(a: A) -> b::B { C::D { e: E::<F>::G, check: types } }
        };
        let begin = Beginnings::of([&code]);
        assert!(begin.has("b") && !begin.has("types") && !begin.has("check"));
        let used = begin.imports(&["A", "B", "C", "D", "E", "F", "G", "Other"]);
        assert_eq!(used.to_string(), "{ A , C , E , F }");
    }
}
