//! Sample values: what stands in examples and tests where the document gives no example.

use serde_json::{Map, Value, json};

use crate::model::{Constraints, Field, Parameter, PasswordPolicy, SchemaKind, Service, Type};

/// How deep samples nest before optional fields are left out.
const MAX_DEPTH: usize = 6;

/// A value of a type. Required fields are there; optional ones are not.
pub fn value(service: &Service, ty: &Type) -> Value {
    sample(service, ty, &Constraints::default(), None, 0)
}

/// A sample of a parameter that fulfils its constraints.
pub fn parameter_value(service: &Service, parameter: &Parameter) -> Value {
    sample(
        service,
        &parameter.ty,
        &parameter.constraints,
        parameter.policy.as_ref(),
        0,
    )
}

/// The example of a field, else its default, else a sample of its type.
pub fn field_value(service: &Service, field: &Field) -> Value {
    field_at(service, field, 0)
}

fn field_at(service: &Service, field: &Field, depth: usize) -> Value {
    let given = field.example.clone().or_else(|| field.default.clone());
    given.unwrap_or_else(|| {
        sample(
            service,
            &field.ty,
            &field.constraints,
            field.policy.as_ref(),
            depth,
        )
    })
}

fn sample(
    service: &Service,
    ty: &Type,
    constraints: &Constraints,
    policy: Option<&PasswordPolicy>,
    depth: usize,
) -> Value {
    match ty {
        Type::String => text(constraints).into(),
        Type::Password => match policy {
            Some(policy) => password(policy).into(),
            None => text(constraints).into(),
        },
        Type::Integer { .. } => json!(constraints.minimum.unwrap_or(1.0) as i64),
        Type::Number { .. } => json!(constraints.minimum.unwrap_or(1.5)),
        Type::Boolean => json!(true),
        Type::Any => json!({}),
        Type::Array(item) => {
            // One item, or as many as must be there; none when it would never end.
            let count = constraints.min_items.unwrap_or(1).clamp(1, 16);
            if depth > MAX_DEPTH {
                return json!([]);
            }
            let item = sample(service, item, &Constraints::default(), None, depth + 1);
            Value::Array((0..count).map(|_| item.clone()).collect())
        }
        Type::Map(inner) => {
            if depth > MAX_DEPTH {
                return json!({});
            }
            json!({"key": sample(service, inner, &Constraints::default(), None, depth + 1)})
        }
        Type::Nullable(inner) => sample(service, inner, constraints, policy, depth),
        Type::Named(name) => match service.schemas.get(name).map(|schema| &schema.kind) {
            Some(SchemaKind::Enum { variants }) => variants
                .first()
                .map_or(Value::Null, |variant| variant.wire.clone().into()),
            Some(SchemaKind::OneOf { alternatives }) if depth <= MAX_DEPTH => {
                let first = alternatives.first().unwrap_or(&Type::Any);
                sample(service, first, &Constraints::default(), None, depth + 1)
            }
            Some(SchemaKind::Object { fields, .. }) if depth <= MAX_DEPTH => {
                let required = fields
                    .iter()
                    .filter(|field| field.required || field.required_unless.is_some());
                let entries: Map<_, _> = required
                    .map(|field| (field.name.clone(), field_at(service, field, depth + 1)))
                    .collect();
                Value::Object(entries)
            }
            _ => json!({}),
        },
    }
}

fn text(constraints: &Constraints) -> String {
    let min = constraints.min_length.unwrap_or(0).min(4096) as usize;
    let max = constraints.max_length.unwrap_or(u64::MAX);
    let mut text = "sample".to_owned();
    while text.len() < min {
        text.push_str("-sample");
    }
    let longest = usize::try_from(max).unwrap_or(usize::MAX).min(text.len());
    text.truncate(longest.max(min));
    text
}

/// A password that fulfils a policy. It stands in published examples, so it is no secret.
fn password(policy: &PasswordPolicy) -> String {
    let special = policy
        .specials
        .as_deref()
        .and_then(|all| all.chars().next())
        .unwrap_or('!');
    let mut password = String::new();
    for class in &policy.classes {
        match class.as_str() {
            "lower" => password.push('s'),
            "upper" => password.push('S'),
            "letter" => password.push('e'),
            "digit" => password.push('7'),
            _ => password.push(special),
        }
    }
    for filler in "ample9Password".chars().cycle() {
        if password.chars().count() as u64 >= policy.min.min(policy.max).min(256) {
            break;
        }
        password.push(filler);
    }
    password
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_password_has_every_class_and_the_length() {
        let policy = PasswordPolicy {
            min: 12,
            max: 32,
            classes: ["lower", "upper", "digit", "special"]
                .map(str::to_owned)
                .to_vec(),
            min_classes: 3,
            specials: Some("~!".to_owned()),
            forbidden: Vec::new(),
        };
        let password = password(&policy);
        assert_eq!(password.len(), 12);
        assert!(password.contains('~') && password.contains('7') && password.contains('S'));
    }

    #[test]
    fn texts_keep_their_bounds() {
        let bounds = |min, max| Constraints {
            min_length: min,
            max_length: max,
            ..Constraints::default()
        };
        assert_eq!(text(&bounds(None, Some(3))).len(), 3);
        assert!(text(&bounds(Some(20), None)).len() >= 20);
    }
}
