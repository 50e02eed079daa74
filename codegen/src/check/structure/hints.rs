//! What to do about mistakes of form that people often make.

use crate::grammar::Kind;
use crate::load::tree::{Node, Value};

/// Help for a field the specification does not have, where spelling is not the trouble.
pub(super) fn unknown(kind: Kind, field: &str) -> Option<&'static str> {
    Some(match (kind, field) {
        (Kind::Schema, "const") => "OpenAPI 3.0 has no `const`: write an `enum` with one value",
        (Kind::Schema, "examples") => "OpenAPI 3.0 has one `example` for a schema",
        (Kind::Schema, "patternProperties" | "propertyNames") => {
            "OpenAPI 3.0 knows no rules for names: use `additionalProperties`"
        }
        (Kind::Schema, "if" | "then" | "else" | "dependentRequired" | "dependentSchemas") => {
            "OpenAPI 3.0 has no conditions: say the rule in the description, or use `oneOf`"
        }
        (Kind::Schema, "definitions" | "$defs") => "move the schemas to `components.schemas`",
        (Kind::Schema, "contentEncoding" | "contentMediaType") => {
            "OpenAPI 3.0 says it with `format: byte` or `format: binary`"
        }
        (
            Kind::Parameter | Kind::Header,
            "type" | "format" | "enum" | "default" | "items" | "minLength" | "maxLength"
            | "minimum" | "maximum" | "pattern" | "nullable",
        ) => "put it into the `schema` of the parameter",
        (Kind::Header, "name" | "in") => "a header is named by its key",
        (Kind::Operation, "consumes" | "produces") => {
            "media types stand in the `content` of the body and of each response"
        }
        (Kind::Operation, "body") => "the body is described in `requestBody`",
        (Kind::Response | Kind::RequestBody, "schema") => {
            "put it under its media type: `content: {application/json: {schema: …}}`"
        }
        (Kind::RequestBody, "name" | "in") => "a request body has neither a name nor a place",
        (Kind::MediaType, "type" | "properties" | "$ref") => "put it into the `schema` field",
        (Kind::Document, "host" | "basePath" | "schemes") => "write a `servers` list",
        (Kind::Document, "definitions") => "move the schemas to `components.schemas`",
        (Kind::Document, "securityDefinitions") => "write `components.securitySchemes`",
        (Kind::Document, "webhooks") => "webhooks came with OpenAPI 3.1; a client needs none",
        (Kind::PathItem, "operationId") => "it belongs to an operation, such as `get`",
        (_, "$ref") => "a reference is not possible here; write the object out",
        _ => return None,
    })
}

/// Help for a required field that is missing.
pub(super) fn missing(kind: Kind, field: &str) -> String {
    match (kind, field) {
        (Kind::Operation, "responses") => {
            "describe at least the response of a call that succeeds".to_owned()
        }
        (Kind::Parameter, "in") => "add `in: path`, `in: query` or `in: header`".to_owned(),
        (Kind::ServerVariable, "default") => {
            "add the value that is used when none is chosen".to_owned()
        }
        (Kind::Document, "openapi") => "begin the document with `openapi: 3.0.3`".to_owned(),
        _ => format!("add `{field}:`"),
    }
}

/// Help for a value of the wrong kind.
pub(super) fn wrong_kind(
    kind: Kind,
    field: &str,
    expected: &str,
    node: &Node,
) -> Option<&'static str> {
    let help = match (kind, field, &node.value) {
        (Kind::Schema, "type", Value::Sequence(_)) => {
            "OpenAPI 3.0 takes one type; say `nullable: true` where null is possible"
        }
        (Kind::Schema, "required", Value::Bool(_)) => {
            "`required` is a list of names and stands in the object that has the properties"
        }
        (Kind::Schema, "exclusiveMinimum" | "exclusiveMaximum", Value::Number(_)) => {
            "in OpenAPI 3.0 it is true or false; the number stands in `minimum` or `maximum`"
        }
        (Kind::Schema, "items", Value::Sequence(_)) => "OpenAPI 3.0 takes one schema for all items",
        (_, _, Value::Null) => "write a value, or remove the field",
        (Kind::Document, "openapi", Value::Number(_)) => "write `openapi: 3.0.3`",
        (_, "version", Value::Number(_)) => "put the version in quotes: '1.0'",
        (_, _, Value::Number(_) | Value::Bool(_)) if expected == "text" => "put it in quotes",
        (_, _, Value::String(text)) => match expected {
            "true or false" if matches!(text.as_str(), "true" | "false") => "remove the quotes",
            "true or false" if matches!(text.as_str(), "yes" | "no" | "on" | "off") => {
                "write `true` or `false`; YAML 1.2 reads other words as text"
            }
            "a number" | "a whole number of at least 0" if text.parse::<f64>().is_ok() => {
                "remove the quotes"
            }
            "a list" => "write `- ` in front of it, or `[…]` around it",
            _ => return None,
        },
        (_, _, Value::Mapping(_)) if expected == "a list" => "write `- ` in front of each item",
        _ => return None,
    };
    Some(help)
}

/// Help for a word outside its list.
pub(super) fn word(kind: Kind, field: &str, word: &str) -> Option<&'static str> {
    Some(match (kind, field, word) {
        (Kind::Parameter, "in", "body" | "formData") => "describe the body in `requestBody`",
        (Kind::Schema, "type", "null") => {
            "say `nullable: true` beside the type of the other values"
        }
        (Kind::Schema, "type", "file") => "write `type: string` and `format: binary`",
        (Kind::Schema, "type", "int" | "long" | "int32" | "int64") => "write `type: integer`",
        (Kind::Schema, "type", "float" | "double" | "decimal") => "write `type: number`",
        (Kind::Schema, "type", "map" | "dict" | "json") => "write `type: object`",
        (Kind::Schema, "type", "list" | "set") => "write `type: array` and `items`",
        (Kind::Schema, "type", "text" | "date" | "datetime" | "password" | "uuid") => {
            "write `type: string`, and a `format` if there is one"
        }
        (Kind::SecurityScheme, "type", "basic" | "bearer") => "write `type: http` and `scheme`",
        (Kind::SecurityScheme, "type", "mutualTLS") => {
            "it came with OpenAPI 3.1: begin with `openapi: 3.1.0`, or say it in the description"
        }
        _ => return None,
    })
}
