//! Types of the model → the OpenAPI document that progenitor can take without loss.
//!
//! progenitor sees only names that are good Rust names already, and no descriptions, constraints,
//! defaults or formats it would turn into checks of its own. Words and wire names come back in the
//! passes over its output. Requests and responses are written from the model: progenitor has no place
//! for most of what a document can say of them, and one writer for all is less than two.

use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

use crate::model::{Field, NamedSchema, SchemaKind, Type};

/// The schemas that stand for types of the runtime, which progenitor is told to put there.
const OF_THE_RUNTIME: [(&str, &str); 3] = [
    (PASSWORD, "crate::runtime::Password"),
    (INTEGER, "crate::runtime::Integer"),
    (SECRET_JSON, "crate::runtime::SecretJson"),
];

const PASSWORD: &str = "Password";
const INTEGER: &str = "WideInteger";
const SECRET_JSON: &str = "SecretJson";

/// What progenitor is given.
pub struct Prepared {
    /// The document.
    pub document: OpenAPI,
    /// The schemas that it shall make no types of.
    pub given: Vec<Given>,
}

/// A schema that there is a type for already.
pub struct Given {
    /// The name of the schema.
    pub name: String,
    /// The type.
    pub path: String,
    /// Whether it can be read from a text and shown as one.
    pub is_text: bool,
}

/// Makes the document of some types, with what they name: choices whole, of the rest no more than
/// whether it is a text.
///
/// # Errors
/// The text of what `openapiv3` did not take, which is a defect of this function.
pub fn prepare<'s>(
    made: impl IntoIterator<Item = &'s NamedSchema>,
    outlines: impl IntoIterator<Item = &'s NamedSchema>,
) -> Result<Prepared, String> {
    let mut schemas = Map::new();
    let mut given = Vec::new();
    for (name, path) in OF_THE_RUNTIME {
        schemas.insert(name.to_owned(), json!({"type": "string"}));
        given.push(Given {
            name: name.to_owned(),
            path: path.to_owned(),
            is_text: false,
        });
    }
    for schema in made {
        schemas.insert(schema.name.clone(), whole(schema));
    }
    for schema in outlines {
        let is_text = matches!(schema.kind, SchemaKind::Enum { .. });
        let ty = if is_text { "string" } else { "object" };
        schemas.insert(schema.name.clone(), json!({"type": ty}));
        given.push(Given {
            name: schema.name.clone(),
            path: schema.name.clone(),
            is_text,
        });
    }
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "types", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    });
    let document = serde_json::from_value(document).map_err(|error| error.to_string())?;
    Ok(Prepared { document, given })
}

fn whole(schema: &NamedSchema) -> Value {
    match &schema.kind {
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
                _ if is_unlisted(schema) => object["additionalProperties"] = false.into(),
                Some(extra) => object["additionalProperties"] = self::schema(extra),
                // progenitor takes an object without any words for a map.
                None if fields.is_empty() => object["additionalProperties"] = false.into(),
                None => {}
            }
            object
        }
        // Those are written from the model.
        SchemaKind::Enum { .. } => json!({"type": "string"}),
        SchemaKind::OneOf { alternatives, .. } => {
            let alternatives: Vec<_> = alternatives.iter().map(self::schema).collect();
            json!({"oneOf": alternatives})
        }
    }
}

/// Whether a type is an object of which nothing is listed, not even what its values are.
pub fn is_unlisted(schema: &NamedSchema) -> bool {
    matches!(&schema.kind, SchemaKind::Object { fields, extra: Some(Type::Any) } if fields.is_empty())
}

/// Whether a type is an object with values of one type, under any name.
pub fn is_map(schema: &NamedSchema) -> bool {
    matches!(&schema.kind, SchemaKind::Object { fields, extra: Some(_) } if fields.is_empty())
        && !is_unlisted(schema)
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
    value
}

fn schema(ty: &Type) -> Value {
    match ty {
        Type::String | Type::Text | Type::SecretText | Type::Bytes => json!({"type": "string"}),
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
    fn progenitor_sees_neither_rules_nor_secrets_nor_odd_names() {
        let text = include_str!("../../../tests/fixtures/generator/tour.yaml");
        let loaded = load(&[Source::new("spec/tour.yaml", text)]);
        let (model, _) = lower(&loaded.documents, crate::profile::of_the_workspace());
        let prepared = prepare(model.services[0].schemas.values(), []).unwrap();
        let text = serde_json::to_string(&prepared.document).unwrap();
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
            "\"fooBar\":",
            "\"not\":",
            "\"description\"",
        ] {
            assert!(!text.contains(word), "{word} is left in {text}");
        }
        assert!(text.contains("#/components/schemas/Password"), "{text}");
    }
}
