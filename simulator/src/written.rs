//! Reading what a parameter or a form was written as, in every style of OpenAPI.

use huaweicloud_codegen::model::{SchemaKind, Service, Spelling, Style, Type};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// What a parameter is made of, as far as its spelling goes.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Scalar(Scalar),
    List(Scalar),
    /// Its fields, which may be lists; others are texts.
    Object(Vec<(String, Scalar, bool)>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scalar {
    Text,
    Integer,
    Number,
    Boolean,
    /// JSON, or a text.
    Any,
}

impl Shape {
    pub(crate) fn of(service: &Service, ty: &Type) -> Self {
        match ty {
            Type::Nullable(inner) => Self::of(service, inner),
            Type::Array(item) => Self::List(Scalar::of(service, item)),
            Type::Map(_) => Self::Object(Vec::new()),
            Type::Named(name) => match service.schemas.get(name).map(|it| &it.kind) {
                Some(SchemaKind::Object { fields, .. }) => {
                    let fields = fields.iter().map(|field| match &field.ty {
                        Type::Array(item) => (field.name.clone(), Scalar::of(service, item), true),
                        ty => (field.name.clone(), Scalar::of(service, ty), false),
                    });
                    Self::Object(fields.collect())
                }
                _ => Self::Scalar(Scalar::of(service, ty)),
            },
            _ => Self::Scalar(Scalar::of(service, ty)),
        }
    }

    /// The object that the pairs of a form make.
    pub(crate) fn form(&self, pairs: &[(String, String)]) -> Map<String, Value> {
        let mut object = Map::new();
        for (name, text) in pairs {
            let name = name.strip_suffix("[]").unwrap_or(name);
            let (scalar, is_list) = self.field(name);
            let value = scalar.value(text);
            match object.get_mut(name) {
                None if is_list => drop(object.insert(name.to_owned(), vec![value].into())),
                None => drop(object.insert(name.to_owned(), value)),
                Some(Value::Array(items)) => items.push(value),
                Some(first) => *first = Value::Array(vec![first.take(), value]),
            }
        }
        object
    }

    /// Whether it has a field of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        matches!(self, Self::Object(fields) if fields.iter().any(|(it, ..)| it == name))
    }

    /// What a field is made of, and whether it is a list.
    fn field(&self, name: &str) -> (Scalar, bool) {
        match self {
            Self::Object(fields) => {
                let found = fields.iter().find(|(it, ..)| it == name);
                found.map_or((Scalar::Text, false), |(_, scalar, is_list)| {
                    (*scalar, *is_list)
                })
            }
            _ => (Scalar::Any, false),
        }
    }
}

impl Scalar {
    fn of(service: &Service, ty: &Type) -> Self {
        match ty {
            Type::Nullable(inner) => Self::of(service, inner),
            Type::Integer { .. } | Type::Wide => Self::Integer,
            Type::Number { .. } => Self::Number,
            Type::Boolean => Self::Boolean,
            Type::Named(name) => match service.schemas.get(name).map(|it| &it.kind) {
                Some(SchemaKind::Enum { .. }) => Self::Text,
                _ => Self::Any,
            },
            Type::Any | Type::SecretJson | Type::Array(_) | Type::Map(_) => Self::Any,
            _ => Self::Text,
        }
    }

    /// The text as a value; one that does not fit stays text, so that the check can say so.
    fn value(self, text: &str) -> Value {
        let typed = match self {
            Self::Text => None,
            Self::Integer | Self::Number => {
                // As JSON writes it, whatever its size, but for the spaces that JSON would pass over.
                let number = serde_json::from_str(text).ok();
                number.filter(|it: &Value| it.is_number() && text.trim() == text)
            }
            Self::Boolean => text.parse().ok().map(Value::Bool),
            Self::Any => serde_json::from_str(text).ok(),
        };
        typed.unwrap_or_else(|| Value::from(text))
    }
}

/// How a parameter is written.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) spelling: Spelling,
    pub(crate) shape: Shape,
}

/// What a request has for a parameter.
#[derive(Debug, PartialEq)]
pub(crate) enum Given {
    Nothing,
    Value(Value),
    /// One value was asked for, and there are more.
    Repeated,
}

impl Written {
    /// The value in the pairs of a query or the cookies, which stand as they came; `taken` is told which
    /// of them were its own.
    pub(crate) fn in_pairs(
        &self,
        name: &str,
        pairs: &[(&str, &str)],
        is_other: &dyn Fn(&str) -> bool,
        taken: &mut dyn FnMut(usize),
    ) -> Given {
        let mut texts = Vec::new();
        let mut members = Map::new();
        for (index, (found, text)) in pairs.iter().enumerate() {
            let found = decode(found);
            let member = match (&self.shape, self.spelling.style, self.spelling.explode) {
                (_, Style::DeepObject, _) => {
                    let key = found.strip_prefix(name).and_then(|it| it.strip_prefix('['));
                    key.and_then(|it| it.strip_suffix(']')).map(str::to_owned)
                }
                (Shape::Object(fields), Style::Form, true) => {
                    let is_field = fields.iter().any(|(field, ..)| *field == found);
                    (is_field || (fields.is_empty() && !is_other(&found))).then(|| found.clone())
                }
                _ => None,
            };
            if let Some(member) = member {
                taken(index);
                let value = self.shape.field(&member).0.value(&decode(text));
                members.insert(member, value);
            } else if found == name || found.strip_suffix("[]") == Some(name) {
                taken(index);
                texts.push(*text);
            }
        }
        if !members.is_empty() {
            return Given::Value(Value::Object(members));
        }
        match (&self.shape, texts.as_slice()) {
            (_, []) => Given::Nothing,
            (Shape::List(item), many)
                if self.spelling.explode && self.spelling.style != Style::Json =>
            {
                Given::Value(many.iter().map(|text| item.value(&decode(text))).collect())
            }
            (_, [one]) => Given::Value(self.value(name, one)),
            _ => Given::Repeated,
        }
    }

    /// The value of a whole text: a header, or what stands in a path.
    pub(crate) fn value(&self, name: &str, text: &str) -> Value {
        let Spelling { style, explode, .. } = self.spelling;
        if style == Style::Json {
            let text = decode(text);
            return serde_json::from_str(&text).unwrap_or(Value::String(text));
        }
        let (text, delimiters): (&str, &[&str]) = match style {
            Style::Label => (
                text.strip_prefix('.').unwrap_or(text),
                if explode { &["."] } else { &[","] },
            ),
            Style::Matrix => (
                text.strip_prefix(';').unwrap_or(text),
                if explode { &[";"] } else { &[","] },
            ),
            Style::SpaceDelimited => (text, &["%20", "+", " "]),
            // Where a bar stands as it is, those that are encoded belong to the items.
            Style::PipeDelimited if text.contains('|') => (text, &["|"]),
            Style::PipeDelimited => (text, &["%7C", "%7c"]),
            _ => (text, &[","]),
        };
        let own = |part: &str| {
            // `;name=value`, once or before each part.
            let rest = part.strip_prefix(name).and_then(|it| it.strip_prefix('='));
            rest.unwrap_or(part).to_owned()
        };
        match &self.shape {
            Shape::Scalar(scalar) if style == Style::Matrix => scalar.value(&decode(&own(text))),
            Shape::Scalar(scalar) => scalar.value(&decode(text)),
            Shape::List(item) => {
                let parts = split(text, delimiters).into_iter();
                let parts = parts.filter(|part| !part.is_empty());
                parts
                    .map(|part| match style {
                        Style::Matrix => item.value(&decode(&own(part))),
                        _ => item.value(&decode(part)),
                    })
                    .collect()
            }
            Shape::Object(_) => {
                let text = match (style, explode) {
                    (Style::Matrix, false) => own(text),
                    _ => text.to_owned(),
                };
                let parts = split(&text, delimiters);
                let pairs: Vec<(&str, &str)> = match explode {
                    true => parts.iter().filter_map(|it| it.split_once('=')).collect(),
                    false => {
                        let pairs = parts.chunks_exact(2);
                        pairs.map(|pair| (pair[0], pair[1])).collect()
                    }
                };
                let members = pairs.into_iter().map(|(key, text)| {
                    let key = decode(key);
                    let value = self.shape.field(&key).0.value(&decode(text));
                    (key, value)
                });
                Value::Object(members.collect())
            }
        }
    }

    /// The same for a header, in which nothing is encoded.
    pub(crate) fn header(&self, name: &str, text: &str) -> Value {
        let parts = text.split(',').map(str::trim);
        let text = match self.shape {
            Shape::Scalar(_) => text.to_owned(),
            _ => parts.collect::<Vec<_>>().join(","),
        };
        self.value(name, &text.replace('%', "%25"))
    }
}

fn split<'t>(text: &'t str, delimiters: &[&str]) -> Vec<&'t str> {
    let mut parts = vec![text];
    for delimiter in delimiters {
        parts = parts.iter().flat_map(|it| it.split(delimiter)).collect();
    }
    parts
}

/// Text of an address; what is no UTF-8 shows as such to the check.
pub(crate) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
