//! What the body of a response is: nothing, one type, or several that are told apart by the media
//! type that arrives.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::emit::contents::{accepted, contents_of};
use crate::emit::size;
use crate::emit::text;
use crate::emit::tokens::rust_type;
use crate::media_type::essence;
use crate::model::{Representation, Response, Status, Type};
use crate::names;

use super::super::Context;
use super::errors::{error_variant, success_variant};
use super::{Success, errors, is_checked_object, success, successes};

/// What the body of a response is.
#[derive(Debug, Clone, Copy)]
pub enum BodyShape<'m> {
    /// Nothing that the document describes.
    Empty,
    /// Always of this type.
    One(&'m Type),
    /// One of these, by media type.
    Several(&'m [Representation]),
}

/// Two are the same where the same is read, whatever their examples.
impl PartialEq for BodyShape<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Empty, Self::Empty) => true,
            (Self::One(one), Self::One(other)) => one == other,
            (Self::Several(one), Self::Several(other)) => {
                let read = |it: &Representation| (it.media_type.clone(), it.ty.clone());
                one.iter().map(read).eq(other.iter().map(read))
            }
            _ => false,
        }
    }
}

/// Where a body stands: files are read as they come there, or held in memory.
pub(super) enum Place {
    /// In a success: of this status, where statuses tell several apart.
    Success(Option<Status>),
    /// In an error of this status.
    Failure(Status),
}

/// What the body of a response is.
pub fn shape<'m>(context: &Context<'_>, response: &'m Response) -> BodyShape<'m> {
    let contents = contents_of(context.operation, response);
    match (response.is_several(), contents) {
        (_, []) => BodyShape::Empty,
        (true, several) => BodyShape::Several(several),
        (false, [first, ..]) => match &first.ty {
            Some(ty) => BodyShape::One(ty),
            None => BodyShape::Empty,
        },
    }
}

/// The Rust type of a body.
pub(super) fn body_type(context: &Context<'_>, shape: BodyShape<'_>, place: &Place) -> TokenStream {
    match shape {
        BodyShape::Empty => quote!(()),
        BodyShape::One(Type::Bytes) if matches!(place, Place::Success(_)) => {
            quote!(crate::runtime::Download)
        }
        BodyShape::One(ty) => rust_type(ty),
        BodyShape::Several(_) => {
            let name = name(context, place);
            quote!(#name)
        }
    }
}

/// The name of the enumeration of a body that is one of several.
fn name(context: &Context<'_>, place: &Place) -> Ident {
    let operation = &context.operation.type_name;
    match place {
        Place::Success(None) => format_ident!("{operation}Body"),
        Place::Success(Some(status)) => {
            format_ident!("{operation}{}Body", success_variant(*status))
        }
        Place::Failure(status) => format_ident!("{operation}{}Body", error_variant(*status)),
    }
}

/// The name of the enumeration of a response whose body is one of several.
pub fn several_name(context: &Context<'_>, response: &Response) -> Ident {
    let several = matches!(success(context), Success::Several);
    let place = match response.status.is_success() {
        true => Place::Success(several.then_some(response.status)),
        false => Place::Failure(response.status),
    };
    name(context, &place)
}

/// Where bodies of successes are left to be read as they come: all media types, and whether they are
/// held instead.
pub(in super::super) fn left(context: &Context<'_>) -> Option<Vec<(String, bool)>> {
    let successes = successes(context).into_iter();
    let contents = successes.flat_map(|it| contents_of(context.operation, it));
    let mut all: Vec<(String, bool)> = Vec::new();
    for content in contents {
        let (media_type, is_held) = (accepted(content), content.ty != Some(Type::Bytes));
        // One that is both, in different statuses, is held: all of it can be read then.
        match all.iter_mut().find(|(known, _)| *known == media_type) {
            Some((_, held)) => *held |= is_held,
            None => all.push((media_type, is_held)),
        }
    }
    all.iter().any(|(_, is_held)| !is_held).then_some(all)
}

/// What a type with the bodies of successes can do: none that is read as it comes is there twice.
pub(super) fn derive(context: &Context<'_>) -> TokenStream {
    match left(context) {
        Some(_) => quote!(#[derive(Debug)]),
        None => quote!(#[derive(Clone, Debug)]),
    }
}

/// The enumerations of bodies that are one of several, as the runtime's tables.
pub(in super::super) fn bodies(context: &Context<'_>) -> String {
    let several = matches!(success(context), Success::Several);
    let good = successes(context).into_iter().map(|response| {
        let status = several.then_some(response.status);
        (response, Place::Success(status))
    });
    let bad = errors(context)
        .into_iter()
        .map(|response| (response, Place::Failure(response.status)));
    let mut seen = Vec::new();
    let tables = good.chain(bad).filter_map(|(response, place)| {
        let BodyShape::Several(contents) = shape(context, response) else {
            return None;
        };
        let name = name(context, &place);
        if seen.contains(&name) {
            return None;
        }
        seen.push(name.clone());
        Some(table(
            context,
            &name,
            contents,
            &place,
            &response.status.key(),
        ))
    });
    let tables: Vec<_> = tables.collect();
    tables.join("\n")
}

fn table(
    context: &Context<'_>,
    name: &Ident,
    contents: &[Representation],
    place: &Place,
    key: &str,
) -> String {
    let is_success = matches!(place, Place::Success(_));
    let mut out = String::from("by_media_type! {\n");
    out.push_str(&text::docs(
        4,
        &format!(
            "The body of `{key}` of `{}`, by the media type that arrives.",
            context.operation.id
        ),
    ));
    let bodies = contents.iter().map(|content| content.ty.as_ref());
    if let Some(uneven) = size::allow_uneven(context.service, bodies) {
        out.push_str(&format!("    {}\n", text::tidy(&uneven)));
    }
    // What is read as it comes is read once.
    let is_left = is_success && contents.iter().any(|it| it.ty == Some(Type::Bytes));
    let derived = if is_left { "Debug" } else { "Clone, Debug" };
    out.push_str(&format!(
        "    #[derive({derived})]\n    pub enum {name} {{\n"
    ));
    for (content, variant) in contents.iter().zip(variants(contents)) {
        let (ty, how) = match &content.ty {
            Some(Type::Bytes) if is_success => (quote!(crate::runtime::Download), "download"),
            Some(Type::Bytes) => (rust_type(&Type::Bytes), "bytes"),
            Some(Type::Text) => (rust_type(&Type::Text), "text"),
            Some(Type::SecretText) => (rust_type(&Type::SecretText), "secret"),
            Some(ty) if is_success && is_checked_object(context, ty) => (rust_type(ty), "object"),
            Some(ty) => (rust_type(ty), "json"),
            None => continue,
        };
        let media_type = accepted(content);
        out.push_str(&text::docs(8, &crate::emit::docs::code(&media_type)));
        out.push_str(&format!(
            "        {} => {variant}({} as {how});\n",
            text::literal(&media_type),
            text::tidy(&ty)
        ));
    }
    out.push_str("    }\n}\n");
    out
}

/// The variants, named after the media types: `Json`, `Csv`, `VndApiJson`. Where that is one name for
/// several, with what they are: `TextXml` and `ApplicationXml`.
pub fn variants(contents: &[Representation]) -> Vec<Ident> {
    let short = |content: &Representation| {
        let accepted = accepted(content);
        match essence(&accepted).split_once('/') {
            Some(("*", _)) | None => "Any".to_owned(),
            Some((kind, "*")) => names::pascal(kind),
            Some((_, subtype)) => names::pascal(subtype.strip_prefix("x-").unwrap_or(subtype)),
        }
    };
    let all: Vec<_> = contents.iter().map(short).collect();
    let mut unique = names::Names::reserving(["Self"]);
    let variants = contents.iter().zip(&all).map(|(content, name)| {
        let is_shared = all.iter().filter(|it| *it == name).count() > 1;
        let name = match is_shared {
            true => unique.pascal(&accepted(content)),
            false => unique.pascal(name),
        };
        format_ident!("{name}")
    });
    variants.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_are_named_after_media_types_whatever_their_order() {
        let named = |media_types: &[&str]| {
            let contents = media_types.iter().map(|media_type| Representation {
                media_type: (*media_type).to_owned(),
                ty: Some(Type::Text),
                example: None,
            });
            let contents: Vec<_> = contents.collect();
            let variants = variants(&contents).into_iter();
            let mut variants: Vec<_> = variants.map(|it| it.to_string()).collect();
            variants.sort();
            variants
        };
        let some = ["text/csv", "image/*", "application/vnd.demo.v1+xml", "*/*"];
        assert_eq!(named(&some), ["Any", "Csv", "Image", "VndDemoV1Xml"]);
        let shared = [
            "text/xml",
            "application/xml; charset=utf-8",
            "application/x-tar",
        ];
        let expected = ["ApplicationXmlCharsetUtf8", "Tar", "TextXml"];
        assert_eq!(named(&shared), expected);
    }
}
