//! What is checked before a request is sent: one `check` method for every type that has rules.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Constraints, Field, NamedSchema, PasswordPolicy, SchemaKind, Service, Type};
use crate::prepare::is_required;

use super::catalog::Catalog;
use super::tokens::{ident, print};

/// The names of the types that have rules, themselves or somewhere inside.
pub fn checked_types(service: &Service) -> HashSet<String> {
    let mut checked = HashSet::new();
    loop {
        let before = checked.len();
        for schema in service
            .schemas
            .values()
            .filter(|schema| schema.usage.request)
        {
            let has_any = match &schema.kind {
                SchemaKind::Object { fields, .. } => fields
                    .iter()
                    .any(|field| has_rules(field) || reaches(&field.ty, &checked)),
                SchemaKind::OneOf { alternatives } => alternatives
                    .iter()
                    .any(|alternative| reaches(alternative, &checked)),
                SchemaKind::Enum { .. } => false,
            };
            if has_any {
                checked.insert(schema.name.clone());
            }
        }
        if checked.len() == before {
            return checked;
        }
    }
}

fn has_rules(field: &Field) -> bool {
    field.policy.is_some()
        || field.required_unless.is_some()
        || !rules(
            &field.ty,
            &field.constraints,
            field.policy.as_ref(),
            "",
            &quote!(),
        )
        .is_empty()
}

fn reaches(ty: &Type, checked: &HashSet<String>) -> bool {
    match ty {
        Type::Named(name) => checked.contains(name),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => reaches(inner, checked),
        _ => false,
    }
}

/// Emits the checks of a service, or nothing when its document has no rules.
pub fn emit(service: &Service, catalog: &Catalog) -> Result<Option<String>, String> {
    let checked = checked_types(service);
    if checked.is_empty() {
        return Ok(None);
    }
    let impls = service
        .schemas
        .values()
        .filter(|schema| checked.contains(&schema.name))
        .map(|schema| check_method(schema, &checked, catalog));
    print(
        &service.path,
        quote! {
            //! The rules of the document that are checked before a request is sent.

            use huaweicloud_runtime::check;
            #[allow(unused_imports, reason = "documents without passwords need fewer")]
            use huaweicloud_runtime::{CharacterClass, InvalidRequest, PasswordPolicy, PolicyEnforcement};

            use super::types;

            #(#impls)*
        },
    )
    .map(Some)
}

fn check_method(schema: &NamedSchema, checked: &HashSet<String>, catalog: &Catalog) -> TokenStream {
    let name = ident(&schema.name);
    let checks: Vec<_> = match &schema.kind {
        SchemaKind::Object { fields, .. } => fields
            .iter()
            .map(|field| check_field(field, schema, fields, checked))
            .collect(),
        SchemaKind::OneOf { .. } => catalog
            .alternatives(&schema.name)
            .iter()
            .filter(|(_, inner)| checked.contains(inner))
            .map(|(variant, _)| {
                let variant = ident(variant);
                quote!(if let Self::#variant(value) = self { value.check(enforcement)?; })
            })
            .collect(),
        SchemaKind::Enum { .. } => Vec::new(),
    };
    quote! {
        impl types::#name {
            /// Refuses what the document forbids, before anything is sent.
            #[allow(deprecated, unused_variables, irrefutable_let_patterns, reason = "every field is looked at")]
            pub(crate) fn check(&self, enforcement: PolicyEnforcement) -> Result<(), InvalidRequest> {
                #(#checks)*
                Ok(())
            }
        }
    }
}

fn check_field(
    field: &Field,
    owner: &NamedSchema,
    fields: &[Field],
    checked: &HashSet<String>,
) -> TokenStream {
    let name = ident(&field.ident);
    let wire = &field.name;
    let optional = !is_required(field, owner) || field.nullable;
    let mut checks = rules(
        &field.ty,
        &field.constraints,
        field.policy.as_ref(),
        wire,
        &quote!(value),
    );
    if reaches(&field.ty, checked) {
        checks.extend(nested(&field.ty, &quote!(value), wire, checked));
    }
    let mut out = TokenStream::new();
    if let Some(rule) = &field.required_unless
        && let Some(other) = fields.iter().find(|other| other.name == rule.field)
        && optional
    {
        let other_name = ident(&other.ident);
        let other_wire = &rule.field;
        let exempting = rule
            .equals
            .as_str()
            .map_or_else(|| rule.equals.to_string(), str::to_owned);
        let other_optional = !is_required(other, owner) || other.nullable;
        let exempt = equals(&quote!(self.#other_name), other_optional, &rule.equals);
        out.extend(quote! {
            check::required_unless(#wire, self.#name.is_some(), #other_wire, #exempting, #exempt)?;
        });
    }
    if checks.is_empty() {
        return out;
    }
    out.extend(if optional {
        quote! { if let Some(value) = &self.#name { #checks } }
    } else {
        quote! { { let value = &self.#name; #checks } }
    });
    out
}

/// Whether a field has a value of the document.
fn equals(field: &TokenStream, optional: bool, value: &serde_json::Value) -> TokenStream {
    match value {
        serde_json::Value::Bool(value) if optional => quote!(#field == Some(#value)),
        serde_json::Value::Bool(value) => quote!(#field == #value),
        serde_json::Value::Number(number) => {
            let number = number.as_i64().unwrap_or_default();
            if optional {
                quote!(#field == Some(#number))
            } else {
                quote!(#field == #number)
            }
        }
        other => {
            let text = other.as_str().unwrap_or_default();
            if optional {
                quote!(#field.as_ref().is_some_and(|value| value.to_string() == #text))
            } else {
                quote!(#field.to_string() == #text)
            }
        }
    }
}

/// The checks of one value that its constraints ask for.
pub fn rules(
    ty: &Type,
    constraints: &Constraints,
    policy: Option<&PasswordPolicy>,
    wire: &str,
    value: &TokenStream,
) -> TokenStream {
    let bound = |bound: Option<u64>| match bound {
        Some(bound) => quote!(Some(#bound)),
        None => quote!(None),
    };
    let float = |bound: Option<f64>| match bound {
        Some(bound) => quote!(Some(#bound)),
        None => quote!(None),
    };
    let Constraints {
        min_length,
        max_length,
        minimum,
        maximum,
        min_items,
        max_items,
        ..
    } = constraints;
    let (min, max) = (bound(*min_length), bound(*max_length));
    match ty {
        Type::Password => match policy {
            Some(policy) => {
                let policy = policy_expression(policy);
                quote! {
                    const POLICY: PasswordPolicy = #policy;
                    check::password(#wire, #value, &POLICY, enforcement)?;
                }
            }
            None if min_length.is_some() || max_length.is_some() => {
                quote!(check::secret_length(#wire, #value, #min, #max)?;)
            }
            None => TokenStream::new(),
        },
        Type::String if min_length.is_some() || max_length.is_some() => {
            quote!(check::length(#wire, #value, #min, #max)?;)
        }
        Type::Integer { .. } | Type::Number { .. } if minimum.is_some() || maximum.is_some() => {
            let (min, max) = (float(*minimum), float(*maximum));
            quote!(check::range(#wire, *(#value) as f64, #min, #max)?;)
        }
        Type::Array(_) if min_items.is_some() || max_items.is_some() => {
            let (min, max) = (bound(*min_items), bound(*max_items));
            quote!(check::items(#wire, #value.len(), #min, #max)?;)
        }
        _ => TokenStream::new(),
    }
}

/// The policy as a constant expression.
fn policy_expression(policy: &PasswordPolicy) -> TokenStream {
    let min = usize_literal(policy.min);
    let max = usize_literal(policy.max);
    let min_classes = u8::try_from(policy.min_classes).unwrap_or(u8::MAX);
    let classes = policy.classes.iter().map(|class| {
        let class = format_ident!("{}", crate::names::pascal(class));
        quote!(CharacterClass::#class)
    });
    let mut expression = quote! {
        PasswordPolicy::new(#min, #max)
            .classes(&[#(#classes),*])
            .min_classes(#min_classes)
    };
    if let Some(specials) = &policy.specials {
        expression = quote!(#expression.specials(#specials));
    }
    if !policy.forbidden.is_empty() {
        let words = &policy.forbidden;
        expression = quote!(#expression.forbidden(&[#(#words),*]));
    }
    expression
}

fn usize_literal(number: u64) -> proc_macro2::Literal {
    proc_macro2::Literal::u64_unsuffixed(number)
}

/// The checks of what is inside a value, with the path to it in the error.
fn nested(ty: &Type, value: &TokenStream, wire: &str, checked: &HashSet<String>) -> TokenStream {
    match ty {
        Type::Named(name) if checked.contains(name) => {
            quote!(#value.check(enforcement).map_err(|error| error.within(#wire))?;)
        }
        Type::Array(inner) if reaches(inner, checked) => {
            let inside = nested(inner, &quote!(item), wire, checked);
            quote!(for item in #value.iter() { #inside })
        }
        Type::Map(inner) if reaches(inner, checked) => {
            let inside = nested(inner, &quote!(item), wire, checked);
            quote!(for item in #value.values() { #inside })
        }
        Type::Nullable(inner) if reaches(inner, checked) => {
            let inside = nested(inner, &quote!(item), wire, checked);
            quote!(if let Some(item) = #value { #inside })
        }
        _ => TokenStream::new(),
    }
}
