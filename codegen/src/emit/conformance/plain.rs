//! Which requests the tests that are emitted can look at as JSON.

use crate::model::{
    Body, Content, Operation, Parameter, ParameterLocation, SchemaKind, Service, Spelling, Style,
    Type,
};

/// Whether the request of an operation can be looked at as JSON: a body of JSON or none, and
/// parameters that stand in their places as they are.
pub(super) fn is_plain(operation: &Operation, service: &Service) -> bool {
    let is_null = |body: &Body| matches!(body.ty, Type::Nullable(_));
    let is_json =
        |body: &Body| body.content == Content::Json && body.others.is_empty() && !is_null(body);
    operation.query.is_empty()
        && operation.body.as_ref().is_none_or(is_json)
        && crate::emit::contents::accept(operation).is_none()
        && operation
            .parameters
            .iter()
            .all(|it| is_plain_parameter(it, service))
}

fn is_plain_parameter(parameter: &Parameter, service: &Service) -> bool {
    let Spelling {
        style,
        explode,
        allow_reserved,
    } = parameter.spelling;
    let is_scalar = |ty: &Type| match ty {
        Type::Named(name) => {
            let kind = service.schemas.get(name).map(|schema| &schema.kind);
            matches!(kind, Some(SchemaKind::Enum { .. }))
        }
        ty => !matches!(
            ty,
            Type::Array(_) | Type::Map(_) | Type::Nullable(_) | Type::Any | Type::SecretJson
        ),
    };
    let is_usual = match parameter.location {
        ParameterLocation::Path | ParameterLocation::Header => style == Style::Simple,
        ParameterLocation::Query => style == Style::Form && !allow_reserved,
        ParameterLocation::Cookie => false,
    };
    is_usual
        && match &parameter.ty {
            Type::Array(item) => {
                parameter.location == ParameterLocation::Query && explode && is_scalar(item)
            }
            ty => is_scalar(ty),
        }
}
