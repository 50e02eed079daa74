//! How large values are, roughly: enumerations of very uneven ones say that they mean to be.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{SchemaKind, Service, Type};

/// How much larger the largest variant may be than the next, in bytes; clippy draws the line at 200,
/// and these sizes are rough.
const UNEVEN: usize = 150;

/// How deep objects are followed; what is deeper is behind a pointer or never ends.
const DEEPEST: usize = 4;

/// Lets an enumeration of these bodies be uneven, where it is.
pub fn allow_uneven<'t>(
    service: &Service,
    bodies: impl Iterator<Item = Option<&'t Type>>,
) -> Option<TokenStream> {
    let mut sizes: Vec<_> = bodies
        .map(|body| body.map_or(0, |ty| size(service, ty, 0)))
        .collect();
    sizes.sort_unstable();
    let largest = sizes.pop()?;
    let next = sizes.pop()?;
    (largest - next >= UNEVEN).then(|| {
        quote!(#[allow(clippy::large_enum_variant, reason = "callers match on the value itself")])
    })
}

fn size(service: &Service, ty: &Type, depth: usize) -> usize {
    match ty {
        Type::Boolean => 1,
        Type::Integer { .. } | Type::Wide | Type::Number { .. } => 16,
        Type::String | Type::Password | Type::Text | Type::SecretText | Type::Array(_) => 24,
        Type::Any | Type::SecretJson | Type::Bytes => 32,
        Type::Map(_) => 48,
        Type::Nullable(inner) => size(service, inner, depth),
        Type::Named(_) if depth > DEEPEST => 8,
        Type::Named(name) => match service.schemas.get(name).map(|schema| &schema.kind) {
            Some(SchemaKind::Object { fields, extra }) => {
                let fields = fields
                    .iter()
                    .map(|field| size(service, &field.ty, depth + 1));
                let extra = if extra.is_some() { 48 } else { 0 };
                fields.fold(extra, usize::saturating_add)
            }
            // Objects stand behind a pointer there.
            Some(SchemaKind::OneOf { .. }) => 32,
            Some(SchemaKind::Enum { .. }) | None => 24,
        },
    }
}
