//! A service of the model → the OpenAPI document that progenitor can take without loss.
//!
//! progenitor sees only names that are good Rust names already, one JSON body per request, no
//! constraints, defaults or formats it would turn into checks of its own, and no responses: which
//! response means what is emitted from the model. The wire names come back in the passes over its
//! output.

use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

use super::docs;
use crate::model::{
    Body, Content, Field, NamedSchema, Operation, Parameter, ParameterLocation, SchemaKind,
    Service, Spelling, Style, Type,
};

/// The schema that stands for every secret; progenitor is told which type to put there.
pub const PASSWORD: &str = "Password";

/// The schema that stands for whole numbers of any size, likewise.
pub const INTEGER: &str = "WideInteger";

/// The schema that stands for any JSON with a secret in it, likewise.
pub const SECRET_JSON: &str = "SecretJson";

/// Makes the document for one service.
///
/// # Errors
/// The text of what `openapiv3` did not take, which is a defect of this function.
pub fn prepare(service: &Service) -> Result<OpenAPI, String> {
    let mut paths = Map::new();
    for operation in service.operations.iter().filter(|it| is_plain(it, service)) {
        let item = paths
            .entry(template(operation))
            .or_insert_with(|| json!({}));
        // Of two operations of one method and path, the second is written from the model.
        if item.get(operation.method.key()).is_none() {
            item[operation.method.key()] = lower_operation(operation);
        }
    }
    let mut schemas = Map::new();
    for name in [PASSWORD, INTEGER, SECRET_JSON] {
        schemas.insert(name.to_owned(), json!({"type": "string"}));
    }
    for schema in service.schemas.values() {
        schemas.insert(schema.name.clone(), named(schema));
    }
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": service.name, "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    });
    serde_json::from_value(document).map_err(|error| error.to_string())
}

/// Whether progenitor takes an operation without loss: a body of JSON or none, and parameters that
/// stand in their places as they are.
pub fn is_plain(operation: &Operation, service: &Service) -> bool {
    let is_json = |body: &Body| body.content == Content::Json && body.others.is_empty();
    // Of two slashes in a row, progenitor sends one.
    operation.query.is_empty()
        && !operation.path.contains("//")
        && operation.body.as_ref().is_none_or(is_json)
        && super::contents::accept(operation).is_none()
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
            Type::Array(_) | Type::Map(_) | Type::Nullable(_) | Type::Any
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

/// The path with the Rust names of its parameters.
fn template(operation: &Operation) -> String {
    let mut path = String::with_capacity(operation.path.len());
    let mut rest = operation.path.as_str();
    while let Some((before, opened)) = rest.split_once('{') {
        let Some((name, after)) = opened.split_once('}') else {
            break;
        };
        let parameter = operation
            .parameters
            .iter()
            .find(|it| it.location == ParameterLocation::Path && it.name == name);
        let name = parameter.map_or(name, |parameter| &parameter.ident);
        path.push_str(&format!("{before}{{{name}}}"));
        rest = after;
    }
    path + rest
}

fn lower_operation(operation: &Operation) -> Value {
    let parameters: Vec<_> = operation
        .parameters
        .iter()
        .filter(|p| is_sent(p))
        .map(parameter)
        .collect();
    let mut value = json!({
        "operationId": operation.ident,
        "parameters": parameters,
        "responses": {"200": {"description": "any response"}},
    });
    if let Some(body) = &operation.body {
        let schema = self::schema(&body.ty);
        value["requestBody"] =
            json!({"required": true, "content": {"application/json": {"schema": schema}}});
    }
    value
}

/// Whether the operation itself puts the parameter into the request. The token is set when signing.
pub fn is_sent(parameter: &Parameter) -> bool {
    parameter.client_parameter != Some(crate::model::ClientParameter::AuthToken)
}

fn parameter(parameter: &Parameter) -> Value {
    let place = match parameter.location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    };
    // A secret in a header is handed over as text at the last moment, and what goes into a path
    // is text that is checked as an identifier.
    let is_text = parameter.ty == Type::Password || parameter.location == ParameterLocation::Path;
    let ty = if is_text {
        &Type::String
    } else {
        &parameter.ty
    };
    json!({
        "name": parameter.ident,
        "in": place,
        "required": parameter.required,
        "schema": schema(ty),
    })
}

fn named(schema: &NamedSchema) -> Value {
    let mut value = match &schema.kind {
        SchemaKind::Object { fields, extra } => {
            let mut properties = Map::new();
            for field in fields {
                properties.insert(field.ident.clone(), property(field, schema));
            }
            let required: Vec<_> = fields
                .iter()
                .filter(|field| is_required(field, schema))
                .map(|field| field.ident.clone())
                .collect();
            let mut object =
                json!({"type": "object", "properties": properties, "required": required});
            match extra {
                Some(extra) => object["additionalProperties"] = self::schema(extra),
                // progenitor takes an object without any words for a map.
                None if fields.is_empty() => object["additionalProperties"] = false.into(),
                None => {}
            }
            object
        }
        SchemaKind::Enum { variants } => {
            // The enumeration is written from the model: one word says that it is one.
            let words = variants.iter().take(1);
            let words: Vec<_> = words.map(|variant| variant.ident.as_str()).collect();
            json!({"type": "string", "enum": words})
        }
        // A name for others to refer to; what it is, `types` says. It is no text, which progenitor
        // would take for something that can be shown.
        SchemaKind::OneOf { tag: Some(_), .. } => json!({
            "type": "object", "properties": {"tagged": {"type": "boolean"}}, "required": ["tagged"],
        }),
        SchemaKind::OneOf { alternatives, .. } => {
            let alternatives: Vec<_> = alternatives.iter().map(self::schema).collect();
            json!({"oneOf": alternatives})
        }
    };
    value["description"] = docs::schema_text(schema).into();
    value
}

/// Whether the field is always there. In a response `null` and absence are taken as the same.
pub fn is_required(field: &Field, owner: &NamedSchema) -> bool {
    field.required && (!field.nullable || owner.usage.request)
}

fn property(field: &Field, owner: &NamedSchema) -> Value {
    let mut value = schema(&field.ty);
    let optional_container =
        matches!(field.ty, Type::Array(_) | Type::Map(_)) && !is_required(field, owner);
    // An absent list and an empty one are two things; `Option` tells them apart and takes `null`.
    if optional_container || (field.nullable && is_required(field, owner)) {
        value = nullable(value);
    }
    let text = docs::field_text(field);
    if value.get("$ref").is_some() {
        // Words beside a reference are ignored in OpenAPI 3.0; the document pass adds them.
        return value;
    }
    value["description"] = text.into();
    value
}

fn schema(ty: &Type) -> Value {
    match ty {
        Type::String | Type::Text | Type::Bytes => json!({"type": "string"}),
        Type::Password => json!({"$ref": format!("#/components/schemas/{PASSWORD}")}),
        Type::Integer { bits, signed } => {
            let sign = if *signed { "" } else { "u" };
            json!({"type": "integer", "format": format!("{sign}int{bits}")})
        }
        Type::Wide => json!({"$ref": format!("#/components/schemas/{INTEGER}")}),
        Type::Number { bits: 32 } => json!({"type": "number", "format": "float"}),
        Type::Number { .. } => json!({"type": "number", "format": "double"}),
        Type::Boolean => json!({"type": "boolean"}),
        Type::Any => json!({}),
        Type::SecretJson => json!({"$ref": format!("#/components/schemas/{SECRET_JSON}")}),
        Type::Array(item) => json!({"type": "array", "items": schema(item)}),
        Type::Map(value) => json!({"type": "object", "additionalProperties": schema(value)}),
        Type::Nullable(inner) => nullable(schema(inner)),
        Type::Named(name) => json!({"$ref": format!("#/components/schemas/{name}")}),
    }
}

fn nullable(schema: Value) -> Value {
    if schema.get("$ref").is_some() {
        return json!({"allOf": [schema], "nullable": true});
    }
    let mut schema = schema;
    schema["nullable"] = true.into();
    schema
}

#[cfg(test)]
mod tests {
    use super::prepare;
    use crate::load::load;
    use crate::lower::lower;
    use crate::source::Source;

    #[test]
    fn names_that_look_like_names_given_are_no_trouble() {
        let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /x/{instanceId}/y/{instance_id}:\n    get:\n      \
            operationId: a\n      parameters:\n      - {name: instanceId, in: path, required: true, schema: {type: string}}\n      \
            - {name: instance_id, in: path, required: true, schema: {type: string}}\n      responses: {'200': {description: ok}}\n";
        let loaded = load(&[Source::new("spec/a.yaml", text)]);
        let (model, _) = lower(&loaded.documents, crate::profile::of_the_workspace());
        let path = super::template(&model.services[0].operations[0]);
        assert_eq!(path, "/x/{instance_id}/y/{instance_id_2}");
    }

    #[test]
    fn progenitor_sees_neither_rules_nor_secrets_nor_odd_names() {
        let text = include_str!("../../../tests/fixtures/generator/tour.yaml");
        let loaded = load(&[Source::new("spec/tour.yaml", text)]);
        let (model, _) = lower(&loaded.documents, crate::profile::of_the_workspace());
        let prepared = prepare(&model.services[0]).unwrap();
        let text = serde_json::to_string(&prepared).unwrap();
        for word in [
            "\"minLength\"",
            "maxLength",
            "pattern",
            "\"default\"",
            "minimum",
            "maxItems",
            "uuid",
            "date-time",
            "additionalProperties\":false",
            "X-Request-Key",
            "\"fooBar\":",
            "request info",
            "x_auth_token",
            "\"not\":",
        ] {
            assert!(!text.contains(word), "{word} is left in {text}");
        }
        assert!(text.contains("#/components/schemas/Password"), "{text}");
    }
}
