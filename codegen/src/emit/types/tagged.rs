//! Choices that a word tells apart, in the place of what progenitor makes of them.

use std::fmt::Write;

use quote::ToTokens;
use syn::ItemEnum;

use crate::emit::docs::schema_text;
use crate::emit::text;
use crate::emit::tokens::{ident, rust_type};
use crate::model::{NamedSchema, SchemaKind, Service, Tag, Type};
use crate::names::Names;

/// The type of this name, if it is such a choice.
pub(super) fn tag_of<'s>(
    service: &'s Service,
    name: &str,
) -> Option<(&'s NamedSchema, &'s [Type], &'s Tag)> {
    let schema = service.schemas.get(name)?;
    match &schema.kind {
        SchemaKind::OneOf {
            alternatives,
            tag: Some(tag),
        } => Some((schema, alternatives, tag)),
        _ => None,
    }
}

/// The shape of such a choice, for what is read off types.
pub(super) fn declared(schema: &NamedSchema, alternatives: &[Type]) -> ItemEnum {
    let name = ident(&schema.name);
    let variants = variants(alternatives).map(|(variant, ty)| {
        let (variant, ty) = (ident(&variant), inside(ty));
        quote::quote!(#variant(Box<#ty>))
    });
    syn::parse_quote!(pub enum #name { #(#variants,)* Unknown(serde_json::Value) })
}

/// The variants: each is named after its type.
fn variants(alternatives: &[Type]) -> impl Iterator<Item = (String, &Type)> {
    let mut names = Names::reserving(["Unknown"]);
    alternatives.iter().map(move |ty| {
        let name = match ty {
            Type::Named(name) => names.pascal(name),
            _ => names.pascal("Value"),
        };
        (name, ty)
    })
}

/// A type as the module of types calls it.
fn inside(ty: &Type) -> proc_macro2::TokenStream {
    match ty {
        Type::Named(name) => ident(name).into_token_stream(),
        ty => rust_type(ty),
    }
}

/// The declaration, which the runtime makes a type of.
pub(super) fn emit(
    service: &Service,
    schema: &NamedSchema,
    alternatives: &[Type],
    tag: &Tag,
) -> String {
    let mut out = String::from("tagged! {\n");
    out.push_str(&text::docs(4, &schema_text(schema)));
    if schema.deprecated {
        let _ = writeln!(out, "    {}", text::DEPRECATED);
    }
    let property = text::literal(&tag.property);
    let _ = writeln!(out, "    pub enum {} by {property} {{", ident(&schema.name));
    for ((variant, ty), words) in variants(alternatives).zip(&tag.words) {
        let words: Vec<_> = words.iter().map(|word| text::literal(word)).collect();
        let with = match has_word(service, ty, &tag.property) {
            true => "",
            false => " with",
        };
        let head = format!("{}({}) = [", ident(&variant), text::tidy(&inside(ty)));
        let _ = writeln!(out, "{}{with};", text::list(8, &head, &words, "]"));
    }
    out.push_str("    }\n}\n");
    out
}

/// Whether values of a type always have the word themselves.
fn has_word(service: &Service, ty: &Type, property: &str) -> bool {
    let Type::Named(name) = ty else { return false };
    match service.schemas.get(name).map(|schema| &schema.kind) {
        Some(SchemaKind::Object { fields, .. }) => fields
            .iter()
            .any(|it| it.name == property && it.required && !it.nullable),
        Some(SchemaKind::OneOf { tag: Some(tag), .. }) => tag.property == property,
        _ => false,
    }
}
