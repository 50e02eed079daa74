//! The macros of the runtime: a reader for each, which writes down what its input is expanded to.
//!
//! A reader follows `runtime/core/src/macros/`, file by file. The table has all that generated code
//! may use; what is not in it is an error, so that nothing public is passed over.

mod accessor;
mod by_media_type;
mod call_builder;
mod constructors;
mod endpoints;
mod failures;
mod mocked_operation;
mod open_enum;
mod tagged;

use syn::parse::ParseStream;
use syn::{Attribute, Ident, Macro, Token, Type};

use super::declare::Writer;

pub use endpoints::endpoints;

/// The input of a macro.
pub trait Declaration {
    /// The names that it declares in its module.
    fn names(&self) -> Vec<&Ident>;

    /// Writes down what it declares.
    ///
    /// # Errors
    /// What of it cannot be understood.
    fn write(&self, to: &mut Writer<'_>) -> syn::Result<()>;
}

type Reader = fn(ParseStream<'_>) -> syn::Result<Box<dyn Declaration>>;

fn read<D: Declaration + syn::parse::Parse + 'static>(
    input: ParseStream<'_>,
) -> syn::Result<Box<dyn Declaration>> {
    Ok(Box::new(input.parse::<D>()?))
}

/// The macros that stand where items do.
const READERS: &[(&str, Reader)] = &[
    ("accessor", read::<accessor::Accessor>),
    ("by_media_type", read::<by_media_type::ByMediaType>),
    ("call_builder", read::<call_builder::CallBuilder>),
    ("constructors", read::<constructors::Constructors>),
    ("failures", read::<failures::Failures>),
    (
        "mocked_operation",
        read::<mocked_operation::MockedOperation>,
    ),
    ("open_enum", read::<open_enum::OpenEnum>),
    ("tagged", read::<tagged::Tagged>),
];

/// Reads what a macro stands for.
///
/// # Errors
/// When nobody knows the macro, or its input is none that it takes.
pub fn declaration(invoked: &Macro) -> syn::Result<Box<dyn Declaration>> {
    let name = invoked.path.segments.last().map(|it| it.ident.to_string());
    let name = name.unwrap_or_default();
    match READERS.iter().find(|(known, _)| *known == name) {
        Some((_, reader)) => invoked.parse_body_with(*reader),
        None => {
            let problem = "a macro that is not known, so that nobody knows what it declares";
            Err(syn::Error::new_spanned(&invoked.path, problem))
        }
    }
}

/// `pub enum Name` or `pub struct Name`, after attributes.
fn head(input: ParseStream<'_>) -> syn::Result<(Vec<Attribute>, Ident)> {
    let attributes = input.call(Attribute::parse_outer)?;
    input.parse::<Token![pub]>()?;
    if input.parse::<Option<Token![enum]>>()?.is_none() {
        input.parse::<Token![struct]>()?;
    }
    Ok((attributes, input.parse()?))
}

/// What is in the parentheses, brackets or braces that follow.
fn inside(input: ParseStream<'_>) -> syn::Result<proc_macro2::TokenStream> {
    match input.parse()? {
        proc_macro2::TokenTree::Group(group) => Ok(group.stream()),
        other => Err(syn::Error::new_spanned(other, "no brackets")),
    }
}

/// The rows of a table, which stands between the braces that follow.
fn rows<T>(
    input: ParseStream<'_>,
    row: impl Fn(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<Vec<T>> {
    let table;
    syn::braced!(table in input);
    let mut rows = Vec::new();
    while !table.is_empty() {
        rows.push(row(&table)?);
    }
    Ok(rows)
}

/// What a table says of a field or of an argument.
struct Row {
    attributes: Vec<Attribute>,
    name: Ident,
    ty: Type,
}

impl Row {
    /// `name: type`, after attributes.
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let name = input.parse()?;
        input.parse::<Token![:]>()?;
        let ty = input.parse()?;
        Ok(Self {
            attributes,
            name,
            ty,
        })
    }

    /// The same before its value, which is code.
    fn with_value(input: ParseStream<'_>) -> syn::Result<Self> {
        let row = Self::parse(input)?;
        input.parse::<Token![=]>()?;
        skip_value(input)?;
        Ok(row)
    }
}

/// A value, which is code.
fn skip_value(input: ParseStream<'_>) -> syn::Result<()> {
    input.parse::<syn::Expr>().map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_macro_of_the_runtime_has_a_reader() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../runtime/core/src/macros");
        let files = std::fs::read_dir(folder).unwrap();
        let names = files.map(|it| it.unwrap().path().with_extension(""));
        let names = names.map(|it| it.file_name().unwrap().to_string_lossy().into_owned());
        let mut names: Vec<_> = names.collect();
        names.sort();
        let mut known: Vec<&str> = READERS.iter().map(|(name, _)| *name).collect();
        known.push("endpoints");
        known.sort_unstable();
        assert_eq!(names, known);
    }
}
