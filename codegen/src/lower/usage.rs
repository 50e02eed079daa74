//! Which messages each named type occurs in.

use indexmap::IndexMap;

use crate::model::{
    Content, NamedSchema, Operation, SchemaKind, Type, Usage, type_names, types_inside,
};

/// Marks every type reachable from a request, a success or an error.
pub(super) fn mark_usage(operations: &[Operation], schemas: &mut IndexMap<String, NamedSchema>) {
    for operation in operations {
        for parameter in &operation.parameters {
            mark(&parameter.ty, schemas, |usage| &mut usage.request);
            // Callers make the objects of a list in a query themselves.
            mark(&parameter.ty, schemas, |usage| &mut usage.made_by_callers);
        }
        if let Some(body) = &operation.body {
            if !matches!(body.content, Content::Multipart(_)) {
                mark(&body.ty, schemas, |usage| &mut usage.request);
            }
            match &body.ty {
                Type::Named(name) if is_flattened(name, schemas) => {
                    for inner in inner_types(name, schemas) {
                        mark(&inner, schemas, |usage| &mut usage.request);
                        mark(&inner, schemas, |usage| &mut usage.made_by_callers);
                    }
                }
                whole => mark(whole, schemas, |usage| &mut usage.made_by_callers),
            }
        }
        for response in &operation.responses {
            for body in response.contents.iter().filter_map(|it| it.ty.as_ref()) {
                match response.status.is_success() {
                    true => mark(body, schemas, |usage| &mut usage.success),
                    false => mark(body, schemas, |usage| &mut usage.error),
                }
            }
        }
    }
}

fn mark(ty: &Type, schemas: &mut IndexMap<String, NamedSchema>, flag: fn(&mut Usage) -> &mut bool) {
    for name in type_names(types_inside(vec![ty], schemas)) {
        if let Some(schema) = schemas.get_mut(&name) {
            *flag(&mut schema.usage) = true;
        }
    }
}

/// Whether a body of this type is given field by field.
fn is_flattened(name: &str, schemas: &IndexMap<String, NamedSchema>) -> bool {
    let kind = schemas.get(name).map(|schema| &schema.kind);
    matches!(kind, Some(SchemaKind::Object { .. }))
}

/// The types that a named type is made of.
pub(super) fn inner_types(name: &str, schemas: &IndexMap<String, NamedSchema>) -> Vec<Type> {
    match schemas.get(name).map(|schema| &schema.kind) {
        Some(SchemaKind::Object { fields, extra }) => fields
            .iter()
            .map(|field| field.ty.clone())
            .chain(extra.clone())
            .collect(),
        Some(SchemaKind::OneOf { alternatives, .. }) => alternatives.clone(),
        Some(SchemaKind::Enum { .. }) | None => Vec::new(),
    }
}
