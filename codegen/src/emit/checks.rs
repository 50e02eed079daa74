//! What is checked before a request is sent: one `check` method for every type that has rules.

mod equals;
mod policy;
mod rules;

use std::collections::HashSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::emit::prepare::is_required;
use crate::model::{Field, NamedSchema, SchemaKind, Service, Type};

use super::catalog::{Catalog, inside, inside_map};
use super::tokens::{Beginnings, ident, print};

use equals::equals;
use policy::policy_of_field;
use rules::borrowed;

pub use policy::{policy_constant, policy_expression, policy_name};
pub use rules::{bound, rules};

/// The types that have a check.
#[derive(Default)]
pub struct Checked {
    /// Those that have rules, themselves or somewhere inside.
    types: HashSet<String>,
    /// Those among them that hold a password with a policy, whose check asks how to enforce it.
    enforced: HashSet<String>,
}

impl Checked {
    /// Finds them.
    pub fn of(service: &Service) -> Self {
        Self {
            types: holders(service, has_rules),
            enforced: holders(service, |field| {
                policy_name(&field.ident, &field.ty, field.policy.as_ref()).is_some()
            }),
        }
    }

    /// The check of a value of a named type, if the type has one; `enforcement` is what says how to
    /// enforce policies.
    pub fn call(
        &self,
        name: &str,
        value: &TokenStream,
        enforcement: &TokenStream,
    ) -> Option<TokenStream> {
        let argument = self.enforced.contains(name).then_some(enforcement);
        self.types
            .contains(name)
            .then(|| quote!(#value.check(#argument)))
    }

    fn call_inside(&self, name: &str, value: &TokenStream) -> Option<TokenStream> {
        self.call(name, value, &quote!(enforcement))
    }

    fn reaches(&self, ty: &Type) -> bool {
        reaches(ty, &self.types)
    }

    /// Whether a check of the type asks how to enforce policies.
    pub fn asks(&self, ty: &Type) -> bool {
        reaches(ty, &self.enforced)
    }
}

/// The names of the request's types that have such a field, themselves or somewhere inside.
fn holders(service: &Service, is_such: impl Fn(&Field) -> bool) -> HashSet<String> {
    let schemas = service.schemas.values();
    let requested = schemas.filter(|schema| schema.usage.request);
    let (mut found, mut open) = (HashSet::new(), Vec::new());
    for schema in requested {
        match &schema.kind {
            SchemaKind::Object { fields, .. } if fields.iter().any(&is_such) => {
                found.insert(schema.name.clone());
            }
            _ => open.push(schema),
        }
    }
    loop {
        let before = found.len();
        open.retain(|schema| {
            let has_any = match &schema.kind {
                SchemaKind::Object { fields, .. } => {
                    fields.iter().any(|field| reaches(&field.ty, &found))
                }
                SchemaKind::OneOf { alternatives, .. } => {
                    alternatives.iter().any(|it| reaches(it, &found))
                }
                SchemaKind::Enum { .. } => false,
            };
            if has_any {
                found.insert(schema.name.clone());
            }
            !has_any
        });
        if found.len() == before {
            return found;
        }
    }
}

fn has_rules(field: &Field) -> bool {
    field.policy.is_some()
        || field.required_unless.is_some()
        || !rules(&field.ty, &field.constraints, None, "", &quote!()).is_empty()
}

fn reaches(ty: &Type, names: &HashSet<String>) -> bool {
    match ty {
        Type::Named(name) => names.contains(name),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => reaches(inner, names),
        _ => false,
    }
}

/// Emits the checks of a service, or nothing when its document has no rules.
pub fn emit(
    service: &Service,
    catalog: &Catalog,
    checked: &Checked,
) -> Result<Option<String>, String> {
    if checked.types.is_empty() {
        return Ok(None);
    }
    let impls: Vec<_> = service
        .schemas
        .values()
        .filter(|schema| checked.types.contains(&schema.name))
        .map(|schema| check_method(schema, checked, catalog))
        .collect();
    let code = quote!(#(#impls)*);
    let begin = Beginnings::of([&code]);
    let check = begin.has("check").then(|| {
        quote!(
            use crate::runtime::generated::check;
        )
    });
    let runtime = begin.imports(&[
        "CharacterClass",
        "InvalidRequest",
        "PasswordPolicy",
        "PolicyEnforcement",
    ]);
    print(
        &service.path,
        quote! {
            //! The rules of the document that are checked before a request is sent.

            #check
            use crate::runtime::#runtime;

            use super::types;

            #code
        },
    )
    .map(Some)
}

fn check_method(schema: &NamedSchema, checked: &Checked, catalog: &Catalog) -> TokenStream {
    let name = ident(&schema.name);
    let fields = match &schema.kind {
        SchemaKind::Object { fields, .. } => fields.as_slice(),
        _ => &[],
    };
    let mut checks: Vec<_> = fields
        .iter()
        .map(|field| check_field(field, schema, fields, checked))
        .collect();
    if matches!(schema.kind, SchemaKind::OneOf { .. }) {
        let alternatives = catalog.alternatives(&schema.name);
        let all = alternatives.iter().filter_map(|(variant, inner)| {
            let variant = ident(variant);
            let checks = inside_alternative(inner, &quote!(value), checked)?;
            Some((quote!(Self::#variant(value)), checks))
        });
        let arms: Vec<_> = all.collect();
        let is_each = arms.len() == alternatives.len();
        checks.push(match (arms.as_slice(), is_each) {
            ([(pattern, checks)], true) => quote!(let #pattern = self; #checks),
            ([(pattern, checks)], false) => quote!(if let #pattern = self { #checks }),
            (arms, _) => {
                let (patterns, checks) = (arms.iter().map(|it| &it.0), arms.iter().map(|it| &it.1));
                let others = (!is_each).then(|| quote!(_ => {}));
                quote!(match self { #(#patterns => { #checks })* #others })
            }
        });
    }
    let checks = ends_with_last(quote!(#(#checks)*));
    // The documentation of a private one stands with the operation.
    let is_public = super::types::is_public(schema);
    let policies = fields
        .iter()
        .filter_map(|field| policy_of_field(field, is_public));
    let enforcement = checked
        .enforced
        .contains(&schema.name)
        .then(|| quote!(, enforcement: PolicyEnforcement));
    quote! {
        impl types::#name {
            #(#policies)*

            pub(crate) fn check(&self #enforcement) -> Result<(), InvalidRequest> {
                #checks
            }
        }
    }
}

/// Steps that end with what the last of them says, where that is a check itself.
fn ends_with_last(steps: TokenStream) -> TokenStream {
    let mut tokens: Vec<_> = steps.clone().into_iter().collect();
    let is_sign = |token: Option<TokenTree>, sign| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign);
    match is_sign(tokens.pop(), ';') && is_sign(tokens.pop(), '?') {
        true => tokens.into_iter().collect(),
        false => quote!(#steps Ok(())),
    }
}

/// The checks of an alternative of a choice, which has no name on the wire; none when it has no rules.
fn inside_alternative(
    ty: &syn::Type,
    value: &TokenStream,
    checked: &Checked,
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
    let call = checked.call_inside(&name.to_string(), value)?;
    Some(quote!(#call?;))
}

fn check_field(
    field: &Field,
    owner: &NamedSchema,
    fields: &[Field],
    checked: &Checked,
) -> TokenStream {
    let name = ident(&field.ident);
    let wire = &field.name;
    let optional = !is_required(field, owner) || field.nullable;
    let policy = policy_name(&field.ident, &field.ty, field.policy.as_ref());
    let checks = |value: &TokenStream, borrowed: &TokenStream| {
        let mut checks = rules(
            &field.ty,
            &field.constraints,
            policy.clone(),
            wire,
            borrowed,
        );
        checks.extend(nested(&field.ty, value, wire, checked));
        checks
    };
    let mut out = required_unless(field, owner, fields, optional);
    if !optional {
        out.extend(checks(&quote!(self.#name), &quote!(&self.#name)));
        return out;
    }
    let checks = checks(&quote!(value), &quote!(value));
    if !checks.is_empty() {
        out.extend(quote! { if let Some(value) = &self.#name { #checks } });
    }
    out
}

/// The check that a field is there, or is not, by what another field is.
fn required_unless(
    field: &Field,
    owner: &NamedSchema,
    fields: &[Field],
    optional: bool,
) -> TokenStream {
    let Some(rule) = &field.required_unless else {
        return TokenStream::new();
    };
    let Some(other) = fields.iter().find(|other| other.name == rule.field) else {
        return TokenStream::new();
    };
    let (name, wire) = (ident(&field.ident), &field.name);
    let (other_name, other_wire) = (ident(&other.ident), &rule.field);
    let exempting = rule
        .equals
        .as_str()
        .map_or_else(|| rule.equals.to_string(), str::to_owned);
    let other_optional = !is_required(other, owner) || other.nullable;
    let exempt = equals(
        &quote!(self.#other_name),
        &other.ty,
        other_optional,
        &rule.equals,
    );
    let present = if optional {
        quote!(self.#name.is_some())
    } else {
        quote!(true)
    };
    quote! {
        check::required_unless(#wire, #present, #other_wire, #exempting, #exempt)?;
    }
}

/// The checks of what is inside a value, with the path to it in the error.
pub fn nested(ty: &Type, value: &TokenStream, wire: &str, checked: &Checked) -> TokenStream {
    if !checked.reaches(ty) {
        return TokenStream::new();
    }
    let value = &borrowed(value);
    let each = |inner: &Type, items: &str| {
        let items = ident(items);
        let (inner, items) = match inner {
            Type::Nullable(inner) => (&**inner, quote!(#value.#items().flatten())),
            _ => (inner, quote!(#value.#items())),
        };
        let inside = nested(inner, &quote!(item), wire, checked);
        quote!(for item in #items { #inside })
    };
    match ty {
        Type::Named(name) => {
            let call = checked.call_inside(name, value);
            quote!(check::within(#wire, #call)?;)
        }
        Type::Array(inner) => each(inner, "iter"),
        Type::Map(inner) => each(inner, "values"),
        Type::Nullable(inner) => {
            let inside = nested(inner, &quote!(item), wire, checked);
            quote!(if let Some(item) = #value.as_ref() { #inside })
        }
        _ => TokenStream::new(),
    }
}
