//! The setters of an operation: of two inputs that would be called alike, the field of the body is,
//! and a parameter says besides where it stands.

use indexmap::IndexMap;

use crate::model::{NamedSchema, Operation, Parameter, ParameterLocation, SchemaKind, Type};
use crate::names::{self, snake};

/// Names the parameters that are no argument and that the client does not fill in.
pub(super) fn name(operations: &mut [Operation], schemas: &IndexMap<String, NamedSchema>) {
    for operation in operations {
        let fields = match operation.body.as_ref().map(|body| &body.ty) {
            Some(Type::Named(name)) => match schemas.get(name).map(|schema| &schema.kind) {
                Some(SchemaKind::Object { fields, .. }) => fields.as_slice(),
                _ => &[],
            },
            _ => &[],
        };
        let fields: Vec<_> = fields.iter().map(|it| it.name.as_str()).collect();
        let kept = operation.parameters.iter().filter(|it| !is_set(it));
        let kept: Vec<_> = kept.map(|it| it.ident.clone()).collect();
        let (_, mut names) = names::of_setters(kept.iter().map(String::as_str), &fields);
        names.reserve("body");
        let set = operation.parameters.iter_mut().filter(|it| is_set(it));
        let mut set: Vec<_> = set.collect();
        // Whatever their order in the document is.
        set.sort_by_cached_key(|it| (place(it.location), it.name.clone()));
        for parameter in set {
            let name = snake(&parameter.name);
            parameter.ident = match names.is_taken(&name) {
                true => names.snake(&format!(
                    "{} {}",
                    parameter.name,
                    place(parameter.location).1
                )),
                false => names.snake(&parameter.name),
            };
        }
    }
}

/// Whether callers set a parameter by a method.
fn is_set(parameter: &Parameter) -> bool {
    parameter.location != ParameterLocation::Path && parameter.client_parameter.is_none()
}

/// Where a parameter stands, those before others that go by the plain name first.
fn place(location: ParameterLocation) -> (u8, &'static str) {
    match location {
        ParameterLocation::Path => (0, "path"),
        ParameterLocation::Query => (1, "query"),
        ParameterLocation::Header => (2, "header"),
        ParameterLocation::Cookie => (3, "cookie"),
    }
}
