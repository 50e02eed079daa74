//! Which messages each named type occurs in.

use indexmap::IndexMap;

use crate::model::{
    Content, NamedSchema, Operation, SchemaKind, Type, Usage, type_names, types_inside,
};

/// Marks every type reachable from a request, a success or an error.
pub(super) fn mark_usage(operations: &[Operation], schemas: &mut IndexMap<String, NamedSchema>) {
    let (mut request, mut made, mut success, mut error) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for operation in operations {
        for parameter in &operation.parameters {
            request.push(parameter.ty.clone());
            // Callers make the objects of a list in a query themselves.
            made.push(parameter.ty.clone());
        }
        if let Some(body) = &operation.body {
            if !matches!(body.content, Content::Multipart(_)) {
                request.push(body.ty.clone());
            }
            match &body.ty {
                Type::Named(name) if is_flattened(name, schemas) => {
                    let inner = inner_types(name, schemas);
                    request.extend(inner.iter().cloned());
                    made.extend(inner);
                }
                whole => made.push(whole.clone()),
            }
        }
        for response in &operation.responses {
            let bodies = response.contents.iter().filter_map(|it| it.ty.clone());
            match response.status.is_success() {
                true => success.extend(bodies),
                false => error.extend(bodies),
            }
        }
    }
    // All at once: operations share most of what they reach.
    mark(&request, schemas, |usage| &mut usage.request);
    mark(&made, schemas, |usage| &mut usage.made_by_callers);
    mark(&success, schemas, |usage| &mut usage.success);
    mark(&error, schemas, |usage| &mut usage.error);
}

fn mark(
    types: &[Type],
    schemas: &mut IndexMap<String, NamedSchema>,
    flag: fn(&mut Usage) -> &mut bool,
) {
    for name in type_names(types_inside(types.iter().collect(), schemas)) {
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
