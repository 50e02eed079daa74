//! Values of a document as the client sends them: an example may say `5` where a `5.0` goes out, or
//! `null` where nothing does.

use serde_json::{Map, Value};

use crate::model::{Field, SchemaKind, Service, Tag, Type};
use crate::sample::fits;

/// The value as it goes out when it was read into the type and written again.
pub(super) fn on_the_wire(service: &Service, ty: &Type, value: Value) -> Value {
    match (ty, value) {
        (Type::Number { bits: 32 }, Value::Number(number)) => {
            // Written with the digits that a number of 32 bits needs.
            let short = number
                .as_f64()
                .and_then(|number| (number as f32).to_string().parse::<f64>().ok());
            short.map_or(Value::Number(number), Value::from)
        }
        (Type::Number { .. }, Value::Number(number)) => {
            number.as_f64().map_or(Value::Number(number), Value::from)
        }
        (Type::Integer { .. } | Type::Wide, Value::Number(number)) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 => {
                Value::from(float as i64)
            }
            _ => Value::Number(number),
        },
        (Type::Array(item), Value::Array(items)) => items
            .into_iter()
            .map(|value| on_the_wire(service, item, value))
            .collect(),
        (Type::Map(inner), Value::Object(entries)) => entries
            .into_iter()
            .map(|(key, value)| (key, on_the_wire(service, inner, value)))
            .collect(),
        (Type::Nullable(inner), value) if !value.is_null() => on_the_wire(service, inner, value),
        (Type::Named(name), value) => match service.schemas.get(name).map(|schema| &schema.kind) {
            Some(SchemaKind::Object { fields, extra }) => match value {
                Value::Object(entries) => object(service, fields, extra.as_ref(), entries),
                value => value,
            },
            Some(SchemaKind::OneOf { alternatives, tag }) => {
                let found = match tag {
                    Some(tag) => tagged(alternatives, tag, &value),
                    None => alternatives
                        .iter()
                        .find(|alternative| fits(service, alternative, &value)),
                };
                match found {
                    Some(alternative) => on_the_wire(service, alternative, value),
                    None => value,
                }
            }
            Some(SchemaKind::Enum { .. }) | None => value,
        },
        (_, value) => value,
    }
}

/// The alternative that the word of a value names.
fn tagged<'t>(alternatives: &'t [Type], tag: &Tag, value: &Value) -> Option<&'t Type> {
    let word = value.get(&tag.property)?.as_str()?;
    let is_it = |words: &Vec<String>| words.iter().any(|it| it == word);
    alternatives.get(tag.words.iter().position(is_it)?)
}

fn object(
    service: &Service,
    fields: &[Field],
    extra: Option<&Type>,
    entries: Map<String, Value>,
) -> Value {
    let entries = entries.into_iter().filter_map(|(key, value)| {
        let Some(field) = fields.iter().find(|field| field.name == key) else {
            // What the document does not list has no place to be kept.
            return extra.map(|ty| (key, on_the_wire(service, ty, value)));
        };
        if value.is_null() {
            return field.required.then_some((key, value));
        }
        Some((key, on_the_wire(service, &field.ty, value)))
    });
    Value::Object(entries.collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::load::load;
    use crate::lower::lower;
    use crate::source::Source;

    const SCHEMAS: &str = r"
      N:
        type: object
        required: [must]
        properties:
          must: {type: string, nullable: true}
          may: {type: string, nullable: true}
          ratio: {type: number}
          part: {type: number, format: float}
          count: {type: integer}
          inner: {$ref: '#/components/schemas/N'}
          list: {type: array, items: {type: number}}
          choice: {oneOf: [{type: number}, {type: string}]}
          map: {type: object, additionalProperties: {type: number, nullable: true}}
";

    #[test]
    fn what_goes_out_is_compared() {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: Demo, version: '1'}}\npaths:\n  /x:\n    post:\n      \
             operationId: x\n      requestBody: {{required: true, content: {{application/json: \
             {{schema: {{$ref: '#/components/schemas/N'}}}}}}}}\n      \
             responses: {{'200': {{description: ok}}}}\ncomponents:\n    schemas:{SCHEMAS}"
        );
        let loaded = load(&[Source::new("spec/demo.yaml", text)]);
        let (model, _) = lower(&loaded.documents, crate::profile::of_the_workspace());
        let sent = on_the_wire(
            &model.services[0],
            &Type::Named("N".to_owned()),
            json!({
                "must": null, "may": null, "ratio": 5, "part": 0.123456789, "count": 3.0,
                "inner": {"must": "a", "may": null, "other": 1, "ratio": 2}, "list": [1],
                "choice": 4, "map": {"a": 1, "b": null},
            }),
        );
        assert_eq!(
            sent,
            json!({
                "must": null, "ratio": 5.0, "part": 0.12345679, "count": 3,
                "inner": {"must": "a", "ratio": 2.0}, "list": [1.0],
                "choice": 4.0, "map": {"a": 1.0, "b": null},
            })
        );
    }
}
