//! What is checked before a request is sent: one `check` method for every type that has rules.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use crate::emit::prepare::is_required;
use crate::model::{Constraints, Field, NamedSchema, PasswordPolicy, SchemaKind, Service, Type};

use super::catalog::{Catalog, inside, inside_map};
use super::docs::code;
use super::tokens::{doc, ident, print};

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
        || !rules(&field.ty, &field.constraints, None, "", &quote!()).is_empty()
}

fn reaches(ty: &Type, checked: &HashSet<String>) -> bool {
    match ty {
        Type::Named(name) => checked.contains(name),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => reaches(inner, checked),
        _ => false,
    }
}

fn mentions(ty: &Type, wanted: &str) -> bool {
    match ty {
        Type::Named(name) => name == wanted,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => mentions(inner, wanted),
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
    let imports = has_policies(service, &checked).then(|| {
        quote!(
            use crate::runtime::{CharacterClass, PasswordPolicy};
        )
    });
    let deprecated = super::allow_deprecated(service);
    print(
        &service.path,
        quote! {
            //! The rules of the document that are checked before a request is sent.
            #deprecated

            use crate::runtime::generated::check;
            use crate::runtime::{InvalidRequest, PolicyEnforcement};
            #imports

            use super::types;

            #(#impls)*
        },
    )
    .map(Some)
}

fn has_policies(service: &Service, checked: &HashSet<String>) -> bool {
    let mut schemas = service.schemas.values();
    schemas.any(|schema| match &schema.kind {
        SchemaKind::Object { fields, .. } if checked.contains(&schema.name) => {
            fields.iter().any(|field| policy_of_field(field).is_some())
        }
        _ => false,
    })
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
            .filter_map(|(variant, inner)| {
                let variant = ident(variant);
                let checks = inside_alternative(inner, &quote!(value), checked)?;
                Some(quote!(if let Self::#variant(value) = self { #checks }))
            })
            .collect(),
        SchemaKind::Enum { .. } => Vec::new(),
    };
    let policies = match &schema.kind {
        SchemaKind::Object { fields, .. } => fields.iter().filter_map(policy_of_field).collect(),
        _ => TokenStream::new(),
    };
    let holds_itself = match &schema.kind {
        SchemaKind::Object { fields, .. } => fields.iter().any(|it| mentions(&it.ty, &schema.name)),
        SchemaKind::OneOf { alternatives } => {
            alternatives.iter().any(|it| mentions(it, &schema.name))
        }
        SchemaKind::Enum { .. } => false,
    };
    let recursive = holds_itself.then(|| {
        quote!(#[allow(clippy::only_used_in_recursion, reason = "not every type holds passwords")])
    });
    quote! {
        impl types::#name {
            #policies

            /// Refuses what the document forbids, before anything is sent.
            #recursive
            #[allow(deprecated, unused_variables, irrefutable_let_patterns, reason = "every field is looked at")]
            pub(crate) fn check(&self, enforcement: PolicyEnforcement) -> Result<(), InvalidRequest> {
                #(#checks)*
                Ok(())
            }
        }
    }
}

/// The checks of an alternative of a choice, which has no name on the wire; none when it has no rules.
fn inside_alternative(
    ty: &syn::Type,
    value: &TokenStream,
    checked: &HashSet<String>,
) -> Option<TokenStream> {
    if let Some(inner) = inside(ty, "Box") {
        return inside_alternative(inner, value, checked);
    }
    if let Some(inner) = inside(ty, "Option") {
        let checks = inside_alternative(inner, &quote!(item), checked)?;
        return Some(quote!(if let Some(item) = #value { #checks }));
    }
    if let Some(inner) = inside(ty, "Vec") {
        let checks = inside_alternative(inner, &quote!(item), checked)?;
        return Some(quote!(for item in #value.iter() { #checks }));
    }
    if let Some(inner) = inside_map(ty) {
        let checks = inside_alternative(inner, &quote!(item), checked)?;
        return Some(quote!(for item in #value.values() { #checks }));
    }
    let syn::Type::Path(path) = ty else {
        return None;
    };
    let name = path.path.get_ident()?;
    checked
        .contains(&name.to_string())
        .then(|| quote!(#value.check(enforcement)?;))
}

/// The least value a number may have. A bound that is excluded becomes the nearest that is not.
fn least(ty: &Type, constraints: &Constraints) -> Option<f64> {
    let bound = constraints.minimum?;
    Some(match (constraints.exclusive_minimum, ty) {
        (false, _) => bound,
        (true, Type::Integer { .. }) => bound.floor() + 1.0,
        (true, _) => bound.next_up(),
    })
}

/// The greatest value a number may have; see [`least`].
fn greatest(ty: &Type, constraints: &Constraints) -> Option<f64> {
    let bound = constraints.maximum?;
    Some(match (constraints.exclusive_maximum, ty) {
        (false, _) => bound,
        (true, Type::Integer { .. }) => bound.ceil() - 1.0,
        (true, _) => bound.next_down(),
    })
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
    let policy = policy_name(&field.ident, &field.ty, field.policy.as_ref());
    let mut checks = rules(&field.ty, &field.constraints, policy, wire, &quote!(value));
    if reaches(&field.ty, checked) {
        checks.extend(nested(&field.ty, &quote!(value), wire, checked));
    }
    let mut out = TokenStream::new();
    if let Some(rule) = &field.required_unless
        && let Some(other) = fields.iter().find(|other| other.name == rule.field)
    {
        let other_name = ident(&other.ident);
        let other_wire = &rule.field;
        let exempting = rule
            .equals
            .as_str()
            .map_or_else(|| rule.equals.to_string(), str::to_owned);
        let other_optional = !is_required(other, owner) || other.nullable;
        let other_field = quote!(self.#other_name);
        let exempt = equals(&other_field, &other.ty, other_optional, &rule.equals);
        let present = if optional {
            quote!(self.#name.is_some())
        } else {
            quote!(true)
        };
        out.extend(quote! {
            check::required_unless(#wire, #present, #other_wire, #exempting, #exempt)?;
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

/// Whether a field has a value of the document: a comparison with a literal of the field's type.
fn equals(
    field: &TokenStream,
    ty: &Type,
    optional: bool,
    value: &serde_json::Value,
) -> TokenStream {
    let literal = match (ty, value) {
        (Type::Boolean, serde_json::Value::Bool(true)) if !optional => return field.clone(),
        (Type::Boolean, serde_json::Value::Bool(false)) if !optional => return quote!(!#field),
        (Type::Boolean, serde_json::Value::Bool(value)) => quote!(#value),
        (Type::Integer { .. }, serde_json::Value::Number(number)) => {
            let whole = number.as_i64().or_else(|| {
                // 1.0 is the whole number 1; 1.5 is none.
                let number = number.as_f64()?;
                (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64)
            });
            let Some(whole) = whole else {
                return quote!(false);
            };
            proc_macro2::Literal::i64_unsuffixed(whole).into_token_stream()
        }
        (Type::Number { .. }, serde_json::Value::Number(number)) => {
            proc_macro2::Literal::f64_unsuffixed(number.as_f64().unwrap_or_default())
                .into_token_stream()
        }
        (Type::String, serde_json::Value::String(text)) if optional => {
            return quote!(#field.as_deref() == Some(#text));
        }
        (Type::String, serde_json::Value::String(text)) => quote!(#text),
        (Type::Named(_), serde_json::Value::String(text)) if optional => {
            return quote!(#field.as_ref().is_some_and(|value| value.to_string() == #text));
        }
        (Type::Named(_), serde_json::Value::String(text)) => {
            return quote!(#field.to_string() == #text);
        }
        // A value of another type is never this one; the documents are checked for it.
        _ => return quote!(false),
    };
    if optional {
        quote!(#field == Some(#literal))
    } else {
        quote!(#field == #literal)
    }
}

/// The name of the constant that has a password's policy, for a password that has one.
///
/// Identifiers differ in more than a `_` at their end, which only keywords get.
pub fn policy_name(ident: &str, ty: &Type, policy: Option<&PasswordPolicy>) -> Option<Ident> {
    let has_one = policy.is_some() && *ty == Type::Password;
    let name = ident.trim_end_matches('_').to_ascii_uppercase();
    has_one.then(|| format_ident!("{name}_POLICY"))
}

/// The constant that has a password's policy.
pub fn policy_constant(
    name: &Ident,
    wire: &str,
    ty: &TokenStream,
    value: &TokenStream,
) -> TokenStream {
    let docs = doc(&format!(
        "The rules for {}. [`Password::generate`](crate::runtime::Password::generate) makes \
         one that keeps them.",
        code(wire)
    ));
    quote! {
        #docs
        pub const #name: #ty = #value;
    }
}

fn policy_of_field(field: &Field) -> Option<TokenStream> {
    let policy = field.policy.as_ref();
    let name = policy_name(&field.ident, &field.ty, policy)?;
    let policy = policy_expression(policy?);
    Some(policy_constant(
        &name,
        &field.name,
        &quote!(PasswordPolicy),
        &policy,
    ))
}

/// The checks of one value that its constraints ask for. `policy` is the constant of the policy of a
/// password, which belongs to the type that is checked.
pub fn rules(
    ty: &Type,
    constraints: &Constraints,
    policy: Option<Ident>,
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
            Some(policy) => quote!(check::password(#wire, #value, &Self::#policy, enforcement)?;),
            None if min_length.is_some() || max_length.is_some() => {
                quote!(check::secret_length(#wire, #value, #min, #max)?;)
            }
            None => TokenStream::new(),
        },
        Type::String if min_length.is_some() || max_length.is_some() => {
            quote!(check::length(#wire, #value, #min, #max)?;)
        }
        Type::Integer { .. } | Type::Number { .. } if minimum.is_some() || maximum.is_some() => {
            let (min, max) = (
                float(least(ty, constraints)),
                float(greatest(ty, constraints)),
            );
            let text = value.to_string();
            let number = match text.strip_prefix("& ").and_then(|place| place.parse().ok()) {
                Some(place) => place,
                None => quote!(*#value),
            };
            let number: TokenStream = match ty {
                Type::Number { bits: 64 } => number,
                _ => quote!(#number as f64),
            };
            quote!(check::range(#wire, #number, #min, #max)?;)
        }
        Type::Array(_) if min_items.is_some() || max_items.is_some() => {
            let (min, max) = (bound(*min_items), bound(*max_items));
            quote!(check::items(#wire, #value.len(), #min, #max)?;)
        }
        _ => TokenStream::new(),
    }
}

/// The policy as a constant expression, where `CharacterClass` and `PasswordPolicy` are in scope.
pub fn policy_expression(policy: &PasswordPolicy) -> TokenStream {
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
            let (inner, items) = match &**inner {
                Type::Nullable(inner) => (inner, quote!(#value.iter().flatten())),
                _ => (inner, quote!(#value.iter())),
            };
            let inside = nested(inner, &quote!(item), wire, checked);
            quote!(for item in #items { #inside })
        }
        Type::Map(inner) if reaches(inner, checked) => {
            let (inner, values) = match &**inner {
                Type::Nullable(inner) => (inner, quote!(#value.values().flatten())),
                _ => (inner, quote!(#value.values())),
            };
            let inside = nested(inner, &quote!(item), wire, checked);
            quote!(for item in #values { #inside })
        }
        Type::Nullable(inner) if reaches(inner, checked) => {
            let inside = nested(inner, &quote!(item), wire, checked);
            quote!(if let Some(item) = #value { #inside })
        }
        _ => TokenStream::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn compared(ty: &Type, optional: bool, value: serde_json::Value) -> String {
        equals(&quote!(f), ty, optional, &value).to_string()
    }

    #[test]
    fn values_are_compared_as_their_type() {
        let int = Type::Integer { bits: 32 };
        assert_eq!(compared(&int, true, json!(1.0)), "f == Some (1)");
        assert_eq!(compared(&int, false, json!(7)), "f == 7");
        assert_eq!(compared(&int, true, json!(1.5)), "false");
        let number = Type::Number { bits: 64 };
        assert_eq!(compared(&number, true, json!(1)), "f == Some (1.0)");
        assert_eq!(compared(&Type::Boolean, false, json!(false)), "! f");
        assert_eq!(
            compared(&Type::Boolean, true, json!(true)),
            "f == Some (true)"
        );
        assert_eq!(compared(&Type::String, false, json!("a")), "f == \"a\"");
        assert_eq!(compared(&Type::Password, true, json!("a")), "false");
    }

    #[test]
    fn every_password_with_a_policy_has_one_constant_and_none_two() {
        let text = "openapi: 3.0.3\ninfo: {title: Demo, version: '1'}\npaths:\n  /a:\n    post:\n      \
            operationId: CharacterClass\n      parameters:\n        \
            - {name: X-Pass, in: header, schema: &p {type: string, format: password, \
            x-password-policy: {min: 8, max: 9}}}\n      \
            requestBody: {required: true, content: {application/json: {schema: \
            {$ref: '#/components/schemas/Body'}}}}\n      \
            responses: {'204': {description: ok}}\ncomponents:\n  schemas:\n    \
            Body: {type: object, properties: {pass: *p, Pass: *p, x_pass: *p, type: *p, \
            pass_policy: *p, inner: {$ref: '#/components/schemas/Deep'}}}\n    \
            Deep: {type: object, properties: {pass: *p}}\n";
        let source = crate::source::Source::new("spec/demo.yaml", text);
        let loaded = crate::load::load(&[source]);
        let (model, _) = crate::lower::lower(&loaded.documents, crate::profile::of_the_workspace());
        let files = crate::emit::emit(&model, crate::profile::of_the_workspace()).unwrap();
        let constants = |path: &str| -> Vec<String> {
            let lines = files[path].lines().map(str::trim);
            lines
                .filter_map(|line| line.strip_prefix("pub const "))
                .map(|line| line.split(':').next().unwrap_or_default().to_owned())
                .collect()
        };
        let of_types = constants("generated/src/demo/checks.rs");
        let all = ["PASS", "PASS_2", "X_PASS", "TYPE", "PASS_POLICY", "PASS"];
        assert_eq!(of_types, all.map(|name| format!("{name}_POLICY")));
        let of_operation = constants("generated/src/demo/character_class.rs");
        let all = [
            "X_PASS",
            "PASS",
            "PASS_2",
            "X_PASS_2",
            "TYPE",
            "PASS_POLICY",
        ];
        assert_eq!(of_operation, all.map(|name| format!("{name}_POLICY")));
        // One fact in one place: what the check uses is the constant.
        let checks = &files["generated/src/demo/checks.rs"];
        assert_eq!(checks.matches("PasswordPolicy::new(8, 9)").count(), 6);
        assert!(checks.contains("&Self::TYPE_POLICY"));
    }

    #[test]
    fn excluded_bounds_become_the_nearest_that_are_not() {
        let constraints = Constraints {
            minimum: Some(0.0),
            maximum: Some(1.0),
            exclusive_minimum: true,
            exclusive_maximum: true,
            ..Constraints::default()
        };
        let int = Type::Integer { bits: 64 };
        assert_eq!(least(&int, &constraints), Some(1.0));
        assert_eq!(greatest(&int, &constraints), Some(0.0));
        let number = Type::Number { bits: 64 };
        assert!(least(&number, &constraints).is_some_and(|bound| bound > 0.0));
        assert!(greatest(&number, &constraints).is_some_and(|bound| bound < 1.0));
    }
}
