//! Writing a value as a parameter, in every style of OpenAPI: the other way round of `written`.

use huaweicloud_codegen::model::{Spelling, Style};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

const UNRESERVED_STAYS: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// How a form is spelled where its document does not say otherwise.
pub(crate) const FORM: Spelling = Spelling {
    style: Style::Form,
    explode: true,
    allow_reserved: false,
};

/// How a field of a form is spelled that is an object.
pub(crate) const JSON: Spelling = Spelling {
    style: Style::Json,
    ..FORM
};

/// Where a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A part of the path: one text, without a name.
    Path,
    /// A header: one text, in which nothing is encoded.
    Header,
    /// Pairs of names and texts: a query, cookies, a form.
    Pairs,
}

pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, &UNRESERVED_STAYS).to_string()
}

/// The texts of a value, each with the name that it stands under among pairs.
pub(crate) fn spelled(
    name: &str,
    value: &Value,
    spelling: Spelling,
    place: Place,
) -> Vec<(String, String)> {
    let escape = |text: &str| match place {
        Place::Header => text.to_owned(),
        Place::Path | Place::Pairs => encode(text),
    };
    let scalar = |value: &Value| match value {
        Value::String(text) => escape(text),
        other => escape(&other.to_string()),
    };
    let key = escape(name);
    let Spelling { style, explode, .. } = spelling;
    let is_apart = place == Place::Pairs && explode && style != Style::Json;
    match value {
        _ if style == Style::Json => vec![(key, escape(&value.to_string()))],
        Value::Array(items) if is_apart => {
            let items = items.iter();
            items.map(|item| (key.clone(), scalar(item))).collect()
        }
        Value::Object(members) if style == Style::DeepObject => {
            let members = members.iter();
            let under = |member: &str| format!("{key}%5B{}%5D", escape(member));
            members
                .map(|(member, value)| (under(member), scalar(value)))
                .collect()
        }
        Value::Object(members) if is_apart => {
            let members = members.iter();
            members
                .map(|(member, value)| (escape(member), scalar(value)))
                .collect()
        }
        _ => {
            let parts: Vec<String> = match value {
                Value::Array(items) => items.iter().map(scalar).collect(),
                Value::Object(members) => {
                    let sign = if explode { "=" } else { "," };
                    let join =
                        |(member, value)| format!("{}{sign}{}", escape(member), scalar(value));
                    // Pairs that are not apart are one list of names and values.
                    members
                        .iter()
                        .map(|(member, value)| join((member.as_str(), value)))
                        .collect()
                }
                one => vec![scalar(one)],
            };
            vec![(key.clone(), joined(&key, value, &parts, spelling))]
        }
    }
}

/// The parts of a value as one text.
fn joined(key: &str, value: &Value, parts: &[String], spelling: Spelling) -> String {
    let Spelling { style, explode, .. } = spelling;
    match (style, explode) {
        (Style::Label, true) => format!(".{}", parts.join(".")),
        (Style::Label, false) => format!(".{}", parts.join(",")),
        (Style::Matrix, true) if value.is_object() => format!(";{}", parts.join(";")),
        (Style::Matrix, true) => {
            let named = parts.iter().map(|part| format!(";{key}={part}"));
            named.collect()
        }
        (Style::Matrix, false) => format!(";{key}={}", parts.join(",")),
        (Style::SpaceDelimited, _) => parts.join("%20"),
        (Style::PipeDelimited, _) => parts.join("%7C"),
        _ => parts.join(","),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::written::{Given, Scalar, Shape, Written};
    use serde_json::json;

    /// What is written in any style is read as what it was.
    #[test]
    fn what_is_written_is_read() {
        use Style::{DeepObject, Form, Json, Label, Matrix, PipeDelimited, Simple, SpaceDelimited};
        let list = (Shape::List(Scalar::Integer), json!([1, 2]));
        let text = (Shape::Scalar(Scalar::Text), json!("a b/ü"));
        let fields = ["r", "g"].map(|name| (name.to_owned(), Scalar::Integer, false));
        let object = (Shape::Object(fields.into()), json!({"r": 1, "g": 2}));
        for (shape, value) in [list, text, object] {
            for (style, place) in [
                (Simple, Place::Path),
                (Simple, Place::Header),
                (Label, Place::Path),
                (Matrix, Place::Path),
                (Json, Place::Path),
                (Form, Place::Pairs),
                (SpaceDelimited, Place::Pairs),
                (PipeDelimited, Place::Pairs),
                (DeepObject, Place::Pairs),
                (Json, Place::Pairs),
            ] {
                if style == DeepObject && !value.is_object()
                    || matches!(style, SpaceDelimited | PipeDelimited) && !value.is_array()
                {
                    continue;
                }
                for explode in [true, false] {
                    let spelling = Spelling {
                        style,
                        explode,
                        allow_reserved: false,
                    };
                    let written = Written {
                        spelling,
                        shape: shape.clone(),
                    };
                    let texts = spelled("n", &value, spelling, place);
                    let read = match place {
                        Place::Pairs => {
                            let pairs: Vec<_> = texts
                                .iter()
                                .map(|(a, b)| (a.as_str(), b.as_str()))
                                .collect();
                            written.in_pairs("n", &pairs, &|_| false, &mut |_| {})
                        }
                        Place::Header => Given::Value(written.header("n", &texts[0].1)),
                        Place::Path => Given::Value(written.value("n", &texts[0].1)),
                    };
                    assert_eq!(read, Given::Value(value.clone()), "{spelling:?} {texts:?}");
                }
            }
        }
    }
}
