//! What the documents say about each operation, made ready for serving.

use hyper::{Method, StatusCode};
use serde_json::Value;

use super::schema::{SchemaCheck, type_of};

/// One operation of the spec: a method at a path.
#[derive(Debug)]
pub struct Operation {
    pub(crate) service: String,
    pub(crate) name: String,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) needs_authentication: bool,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<RequestBody>,
    pub(crate) answers: Vec<DocumentedAnswer>,
}

impl Operation {
    /// The service: the file name of its document without the ending, such as `dcs`.
    pub fn service(&self) -> &str {
        &self.service
    }

    /// The document's `operationId`, or method and path where it has none.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path with its parameters in braces, after the base path of the document's server.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The answer documented for a status: by number, else by class (`4XX`), else the default one.
    pub(crate) fn answer(&self, status: StatusCode) -> Option<&DocumentedAnswer> {
        let class = format!("{}XX", status.as_u16() / 100);
        [status.as_str(), &class, "default"]
            .iter()
            .find_map(|wanted| {
                self.answers
                    .iter()
                    .find(|answer| answer.status.eq_ignore_ascii_case(wanted))
            })
    }

    /// The lowest documented success; 200 stands for a class or a default.
    pub(crate) fn success(&self) -> Option<(StatusCode, &DocumentedAnswer)> {
        let lowest = self
            .answers
            .iter()
            .filter_map(|answer| Some((answer.status.parse::<StatusCode>().ok()?, answer)))
            .filter(|(status, _)| status.is_success())
            .min_by_key(|(status, _)| *status);
        lowest.or_else(|| Some((StatusCode::OK, self.answer(StatusCode::OK)?)))
    }
}

/// Where a parameter stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// A parameter and its check.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) required: bool,
    /// `x-client-parameter`, such as `auth_token`.
    pub(crate) client_parameter: Option<String>,
    pub(crate) schema: Value,
    /// Whether a list repeats the name (`a=1&a=2`) instead of separating by commas.
    pub(crate) explode: bool,
    pub(crate) check: SchemaCheck,
    pub(crate) example: Value,
}

/// The documented request body.
#[derive(Debug)]
pub(crate) struct RequestBody {
    pub(crate) required: bool,
    pub(crate) media_types: Vec<MediaType>,
}

/// One media type of a request body.
#[derive(Debug)]
pub(crate) struct MediaType {
    /// As documented, such as `application/json`.
    pub(crate) name: String,
    pub(crate) check: SchemaCheck,
    pub(crate) example: Value,
}

/// The answer documented for one status.
#[derive(Debug)]
pub(crate) struct DocumentedAnswer {
    /// `200`, `4XX` or `default`.
    pub(crate) status: String,
    /// The headers that every such answer has, with their examples.
    pub(crate) headers: Vec<(String, String)>,
    /// As documented; `None` when the answer has no body.
    pub(crate) content_type: Option<String>,
    /// Example bodies with their names, the one to answer with first. Never empty with a content type.
    pub(crate) examples: Vec<(String, Value)>,
    /// Whether the document itself gives an example instead of leaving it to the schema.
    pub(crate) has_own_example: bool,
}

/// Whether a media type, with or without parameters, is JSON.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

/// A media type without its parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

impl Parameter {
    /// Reads the text of a parameter as the type its schema names; text that does not fit stays
    /// text, so that the check can say so.
    pub(crate) fn value(&self, texts: &[&str]) -> Value {
        if type_of(&self.schema) != Some("array") {
            return scalar(&self.schema, texts.first().copied().unwrap_or_default());
        }
        let items = self.schema.get("items").unwrap_or(&Value::Null);
        let parts: Vec<&str> = if self.explode && self.place != Place::Path {
            texts.to_vec()
        } else {
            texts.iter().flat_map(|text| text.split(',')).collect()
        };
        Value::Array(parts.iter().map(|text| scalar(items, text)).collect())
    }
}

fn scalar(schema: &Value, text: &str) -> Value {
    let typed = match type_of(schema) {
        Some("integer") => text.parse::<i64>().ok().map(Value::from),
        Some("number") => text.parse::<f64>().ok().map(Value::from),
        Some("boolean") => text.parse::<bool>().ok().map(Value::from),
        _ => None,
    };
    typed.unwrap_or_else(|| Value::from(text))
}
