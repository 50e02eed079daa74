//! Sample values: what stands in examples and tests where the document gives no example.

use serde_json::{Map, Number, Value, json};

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
    let given = field.example.iter().chain(&field.default);
    let mut given = given.map(|it| as_text(&field.ty, it.clone()));
    let given = given.find(|it| fits(service, &field.ty, it));
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
        Type::String | Type::Text | Type::Bytes => text("sample", constraints).into(),
        Type::Password | Type::SecretText => match policy {
            Some(policy) => password(policy).into(),
            // Another word than other texts have, so that tests can look for it.
            None => text("hidden", constraints).into(),
        },
        _ if !constraints.listed.is_empty() => first_listed(&constraints.listed),
        Type::Integer { .. } | Type::Wide => json!(integer(constraints)),
        Type::Number { .. } => json!(number(constraints)),
        Type::Boolean => json!(true),
        Type::Any | Type::SecretJson => json!({}),
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
            Some(SchemaKind::OneOf { alternatives, tag }) if depth <= MAX_DEPTH => {
                let first = alternatives.first().unwrap_or(&Type::Any);
                let mut value = sample(service, first, &Constraints::default(), None, depth + 1);
                let word = tag
                    .as_ref()
                    .and_then(|tag| Some((tag, tag.words.first()?.first()?)));
                if let (Some((tag, word)), Value::Object(members)) = (word, &mut value) {
                    members.insert(tag.property.clone(), word.clone().into());
                }
                value
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

/// A number may be the example of a text.
pub(crate) fn as_text(ty: &Type, example: Value) -> Value {
    match (ty, example) {
        (Type::String | Type::Password | Type::Text | Type::SecretText, value)
            if !value.is_string() && !value.is_null() =>
        {
            value.to_string().into()
        }
        (_, value) => value,
    }
}

/// Whether a value can be read as the type; alternatives are told apart by trying.
pub(crate) fn fits(service: &Service, ty: &Type, value: &Value) -> bool {
    match ty {
        Type::String | Type::Password | Type::Text | Type::SecretText => value.is_string(),
        Type::Integer { .. } | Type::Wide => value.is_i64() || value.is_u64(),
        Type::Number { .. } => value.is_number(),
        Type::Boolean => value.is_boolean(),
        Type::Any | Type::SecretJson | Type::Bytes => true,
        Type::Array(item) => value
            .as_array()
            .is_some_and(|items| items.iter().all(|value| fits(service, item, value))),
        Type::Map(inner) => value
            .as_object()
            .is_some_and(|entries| entries.values().all(|value| fits(service, inner, value))),
        Type::Nullable(inner) => value.is_null() || fits(service, inner, value),
        Type::Named(name) => match service.schemas.get(name).map(|schema| &schema.kind) {
            Some(SchemaKind::Object { fields, extra }) => {
                value.as_object().is_some_and(|entries| {
                    fields.iter().all(|field| match entries.get(&field.name) {
                        None => !field.required,
                        Some(Value::Null) => !field.required || field.nullable,
                        Some(value) => fits(service, &field.ty, value),
                    }) && extra.as_ref().is_none_or(|ty| {
                        let mut others = entries
                            .iter()
                            .filter(|(key, _)| fields.iter().all(|field| field.name != **key));
                        others.all(|(_, value)| fits(service, ty, value))
                    })
                })
            }
            // Any object is kept.
            Some(SchemaKind::OneOf { tag: Some(_), .. }) => value.is_object(),
            Some(SchemaKind::OneOf { alternatives, .. }) => alternatives
                .iter()
                .any(|alternative| fits(service, alternative, value)),
            // Enumerations take words they do not know.
            Some(SchemaKind::Enum { .. }) => value.is_string(),
            None => true,
        },
    }
}

/// The word, repeated as often as the length asks for.
fn text(word: &str, constraints: &Constraints) -> String {
    let min = constraints.min_length.unwrap_or(0).min(4096) as usize;
    let max = constraints.max_length.unwrap_or(u64::MAX);
    let mut text = word.to_owned();
    while text.len() < min {
        text.push('-');
        text.push_str(word);
    }
    let longest = usize::try_from(max).unwrap_or(usize::MAX).min(text.len());
    text.truncate(longest.max(min));
    text
}

/// The first of the listed numbers or truth values.
fn first_listed(listed: &[String]) -> Value {
    let first = listed.first().map(|text| serde_json::from_str(text));
    first.and_then(Result::ok).unwrap_or_default()
}

/// A whole number within its bounds: the least there is, else 1 or what comes closest.
fn integer(constraints: &Constraints) -> Number {
    let closest = constraints.greatest().unwrap_or(1).min(1);
    let number = constraints.least().unwrap_or(closest);
    // What 64 bits do not hold is the bound of a wide one, as near as JSON values have it.
    Number::from_i128(number).unwrap_or_else(|| (number as i64).into())
}

/// A number within its bounds.
fn number(constraints: &Constraints) -> f64 {
    let value = |bound: &Option<Number>| bound.as_ref().and_then(Number::as_f64);
    match (value(&constraints.minimum), value(&constraints.maximum)) {
        (Some(least), _) if !constraints.exclusive_minimum => least,
        (Some(least), Some(greatest)) => f64::midpoint(least, greatest),
        (Some(least), None) => least + 1.0,
        (None, Some(greatest)) if greatest <= 1.5 && !constraints.exclusive_maximum => greatest,
        (None, Some(greatest)) => (greatest - 1.0).min(1.5),
        (None, None) => 1.5,
    }
}

/// A password that fulfils a policy. It stands in published examples, so it is no secret.
fn password(policy: &PasswordPolicy) -> String {
    let special = policy
        .specials
        .as_deref()
        .and_then(|all| all.chars().next())
        .unwrap_or('!');
    // Should a word be forbidden, another of these makes another one.
    let fillers = [
        "ample9Password",
        "bright4Morning",
        "calm6Harbour",
        "distant3Hill",
    ];
    let refused = |password: &str| {
        let backwards: String = password.chars().rev().collect();
        policy
            .forbidden
            .iter()
            .any(|word| word == password || *word == backwards)
    };
    let mut candidates = (0..2).flat_map(|more| {
        fillers
            .map(|filler| password_with(policy, special, filler, policy.min.saturating_add(more)))
    });
    let first = password_with(policy, special, fillers[0], policy.min);
    candidates
        .find(|candidate| !refused(candidate))
        .unwrap_or(first)
}

fn password_with(policy: &PasswordPolicy, special: char, filler: &str, least: u64) -> String {
    let mut password = String::new();
    // Every class, unless there is room for those only that must occur.
    let room = usize::try_from(policy.max).unwrap_or(usize::MAX);
    for class in policy.classes.iter().take(room) {
        match class.as_str() {
            "lower" => password.push('s'),
            "upper" => password.push('S'),
            "letter" => password.push('e'),
            "digit" => password.push('7'),
            _ => password.push(special),
        }
    }
    let least = least.max(password.chars().count() as u64 + least.saturating_sub(policy.min));
    let least = least.min(policy.max).min(256);
    for character in filler.chars().cycle() {
        if password.chars().count() as u64 >= least {
            break;
        }
        password.push(character);
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
    fn a_sample_password_is_no_forbidden_word_and_not_too_long() {
        let mut policy = PasswordPolicy {
            min: 1,
            max: 2,
            classes: ["lower", "upper", "digit"].map(str::to_owned).to_vec(),
            min_classes: 2,
            specials: None,
            forbidden: Vec::new(),
        };
        assert_eq!(password(&policy).len(), 2);
        policy.max = 12;
        for _ in 0..3 {
            let sample = password(&policy);
            assert!(!policy.forbidden.contains(&sample), "{sample}");
            policy.forbidden.push(sample);
        }
        policy.forbidden = vec!["7Ss".to_owned()];
        assert_ne!(password(&policy), "sS7");
    }

    #[test]
    fn numbers_keep_their_bounds() {
        let bounds = |minimum: Option<f64>, maximum: Option<f64>| Constraints {
            minimum: minimum.and_then(Number::from_f64),
            maximum: maximum.and_then(Number::from_f64),
            ..Constraints::default()
        };
        let integer = |constraints: &Constraints| integer(constraints).to_string();
        assert_eq!(integer(&bounds(None, Some(0.0))), "0");
        assert_eq!(integer(&bounds(Some(0.5), None)), "1");
        assert_eq!(integer(&bounds(Some(3.0), Some(9.0))), "3");
        assert_eq!(integer(&bounds(None, None)), "1");
        for exact in [9_007_199_254_740_993, u64::MAX] {
            let minimum = Some(exact.into());
            let constraints = Constraints {
                minimum,
                ..Constraints::default()
            };
            assert_eq!(integer(&constraints), exact.to_string());
        }
        let mut exclusive = bounds(Some(0.0), Some(1.0));
        exclusive.exclusive_minimum = true;
        exclusive.exclusive_maximum = true;
        assert_eq!(number(&exclusive), 0.5);
        assert_eq!(number(&bounds(None, Some(-4.0))), -4.0);
        exclusive.maximum = Number::from_f64(7.0);
        assert_eq!(integer(&exclusive), "1");
    }

    #[test]
    fn texts_keep_their_bounds() {
        let bounds = |min, max| Constraints {
            min_length: min,
            max_length: max,
            ..Constraints::default()
        };
        assert_eq!(text("sample", &bounds(None, Some(3))).len(), 3);
        assert!(text("sample", &bounds(Some(20), None)).len() >= 20);
    }
}
