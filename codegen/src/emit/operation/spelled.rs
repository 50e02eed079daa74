//! How the standard spells the values of an example: a second opinion on what the runtime writes, for
//! the tests that are emitted.
//!
//! Pairs are decoded, as a server sees them. What the standard leaves open (what is nested, members
//! without an order) is none, and not compared.

use serde_json::Value;

use crate::model::{SchemaKind, Service, Spelling, Style, Type};

/// A decoded name and value.
pub type Pair = (String, String);

/// A value whose parts are all texts.
enum Flat {
    Scalar(String),
    List(Vec<String>),
    Object(Vec<Pair>),
}

/// A value as it stands in a URL or header.
pub fn plain(ty: &Type, value: &Value) -> String {
    match (ty, value) {
        (_, Value::String(text)) => text.clone(),
        // Rust writes the number 5.0 as `5` here, JSON as `5.0`.
        (_, Value::Number(number)) if matches!(ty, Type::Number { .. }) || number.is_f64() => {
            number
                .as_f64()
                .map_or_else(|| number.to_string(), |number| number.to_string())
        }
        _ => value.to_string(),
    }
}

/// What stands between entries that are joined.
fn delimiter(style: Style) -> &'static str {
    match style {
        Style::SpaceDelimited => " ",
        Style::PipeDelimited => "|",
        _ => ",",
    }
}

/// Whether the client refuses a value: what parts two entries, and has no escape, stands in one.
pub fn is_refused(spelling: Spelling, value: &Value) -> bool {
    let delimiter = delimiter(spelling.style);
    let parts = |text: &str| text.contains(delimiter);
    let in_entry = |entry: &Value| entry.as_str().is_some_and(parts);
    let is_joined = !spelling.explode && delimiter != ",";
    is_joined
        && match value {
            Value::Array(entries) => entries.iter().any(in_entry),
            Value::Object(members) => members.iter().any(|(key, it)| parts(key) || in_entry(it)),
            _ => false,
        }
}

/// What a parameter of the query, a cookie or a field of a form becomes.
pub fn pairs(
    service: &Service,
    (name, ty): (&str, &Type),
    spelling: Spelling,
    value: &Value,
) -> Option<Vec<Pair>> {
    if spelling.style == Style::Json {
        return Some(vec![(name.to_owned(), value.to_string())]);
    }
    let named = |value: String| (name.to_owned(), value);
    let delimiter = delimiter(spelling.style);
    let is_deep = spelling.style == Style::DeepObject;
    Some(match flat(service, ty, value)? {
        Flat::Scalar(text) => vec![named(text)],
        Flat::List(_) if is_deep => return None,
        Flat::Object(members) if is_deep => {
            let members = members.into_iter();
            let members = members.map(|(key, value)| (format!("{name}[{key}]"), value));
            members.collect()
        }
        Flat::List(items) if spelling.explode => items.into_iter().map(named).collect(),
        Flat::Object(members) if spelling.explode => members,
        flat => match words(flat, false)? {
            words if words.is_empty() => Vec::new(),
            words => vec![named(words.join(delimiter))],
        },
    })
}

/// The fields of a form: those without a spelling of their own have one field an entry, and what is
/// an object is JSON.
pub fn form(
    service: &Service,
    (name, ty): (&str, &Type),
    spelling: Option<Spelling>,
    value: &Value,
) -> Option<Vec<Pair>> {
    if let Some(spelling) = spelling {
        return pairs(service, (name, ty), spelling, value);
    }
    let item = match ty {
        Type::Array(item) => item,
        ty => ty,
    };
    let entries = match value {
        Value::Array(items) => items.as_slice(),
        value => std::slice::from_ref(value),
    };
    let entries = entries.iter().filter(|entry| !entry.is_null());
    Some(
        entries
            .map(|it| (name.to_owned(), plain(item, it)))
            .collect(),
    )
}

/// What stands in a header.
pub fn header(service: &Service, ty: &Type, spelling: Spelling, value: &Value) -> Option<String> {
    match spelling.style {
        Style::Json => Some(value.to_string()),
        _ => Some(words(flat(service, ty, value)?, spelling.explode)?.join(",")),
    }
}

/// What stands in the place of a parameter of the path, encoded.
pub fn path(
    service: &Service,
    (name, ty): (&str, &Type),
    spelling: Spelling,
    value: &Value,
) -> Option<String> {
    if spelling.style == Style::Json {
        return Some(encoded(&value.to_string()));
    }
    let encode = |text: String| encoded(&text);
    let flat = match flat(service, ty, value)? {
        Flat::Scalar(text) => Flat::Scalar(encode(text)),
        Flat::List(items) => Flat::List(items.into_iter().map(encode).collect()),
        Flat::Object(members) => {
            let members = members.into_iter();
            let members = members.map(|(key, value)| (encode(key), encode(value)));
            Flat::Object(members.collect())
        }
    };
    let is_object = matches!(flat, Flat::Object(_));
    let words = words(flat, spelling.explode)?;
    let name = match spelling.explode && is_object {
        true => String::new(),
        false => format!("{}=", encoded(name)),
    };
    let (before, between) = match (spelling.style, spelling.explode) {
        (Style::Label, true) => (".".to_owned(), ".".to_owned()),
        (Style::Label, false) => (".".to_owned(), ",".to_owned()),
        (Style::Matrix, true) => (format!(";{name}"), format!(";{name}")),
        (Style::Matrix, false) => (format!(";{name}"), ",".to_owned()),
        _ => (String::new(), ",".to_owned()),
    };
    Some(format!("{before}{}", words.join(&between)))
}

/// A text as it stands in a path: all but letters, digits and `-._~` escaped.
pub fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The words of a value. Members that are joined have an order that nobody promises.
fn words(flat: Flat, explode: bool) -> Option<Vec<String>> {
    Some(match flat {
        Flat::Scalar(text) => vec![text],
        Flat::List(items) => items,
        Flat::Object(members) if members.len() > 1 => return None,
        Flat::Object(members) => {
            let members = members.into_iter();
            members
                .flat_map(|(key, value)| match explode {
                    true => vec![format!("{key}={value}")],
                    false => vec![key, value],
                })
                .collect()
        }
    })
}

fn flat(service: &Service, ty: &Type, value: &Value) -> Option<Flat> {
    let scalar = |ty: &Type, value: &Value| match value {
        Value::Null | Value::Array(_) | Value::Object(_) => None,
        value => Some(plain(ty, value)),
    };
    Some(match value {
        Value::Array(items) => {
            let item = match ty {
                Type::Array(item) => item,
                ty => ty,
            };
            let items = items.iter().map(|value| scalar(item, value));
            Flat::List(items.collect::<Option<_>>()?)
        }
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                let ty = member(service, ty, key).unwrap_or(&Type::Any);
                Some((key.clone(), scalar(ty, value)?))
            });
            Flat::Object(entries.collect::<Option<_>>()?)
        }
        value => Flat::Scalar(scalar(ty, value)?),
    })
}

/// The type of a member of an object.
fn member<'m>(service: &'m Service, ty: &'m Type, key: &str) -> Option<&'m Type> {
    match ty {
        Type::Map(inner) => Some(inner),
        Type::Named(name) => match &service.schemas.get(name)?.kind {
            SchemaKind::Object { fields, .. } => {
                let field = fields.iter().find(|field| field.name == key)?;
                Some(&field.ty)
            }
            SchemaKind::Enum { .. } | SchemaKind::OneOf { .. } => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_in_urls_as_rust_writes_them() {
        let number = Type::Number { bits: 64 };
        assert_eq!(plain(&number, &serde_json::json!(5.0)), "5");
        assert_eq!(plain(&number, &serde_json::json!(0.5)), "0.5");
        assert_eq!(plain(&Type::Boolean, &serde_json::json!(true)), "true");
    }

    #[test]
    fn paths_are_escaped_as_the_client_does() {
        assert_eq!(encoded("a:b@c d/é~"), "a%3Ab%40c%20d%2F%C3%A9~");
    }
}
