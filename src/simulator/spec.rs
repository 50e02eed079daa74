//! What the documents say about each operation, made ready for serving.

use huaweicloud_codegen::model::{ClientParameter, ParameterLocation, Status, Type};
use hyper::{Method, StatusCode};
use serde_json::Value;

use super::schema::SchemaCheck;

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
    pub(crate) responses: Vec<DocumentedResponse>,
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

    /// The response documented for a status: by number, else by class (`4XX`), else the default
    /// one.
    pub(crate) fn response(&self, status: StatusCode) -> Option<&DocumentedResponse> {
        let code = status.as_u16();
        let hundred = u8::try_from(code / 100).unwrap_or_default();
        let precedence = [Status::Code(code), Status::Range(hundred), Status::Default];
        precedence.iter().find_map(|wanted| {
            self.responses
                .iter()
                .find(|response| response.status == *wanted)
        })
    }

    /// The lowest documented success; 200 stands for a class or a default.
    pub(crate) fn success(&self) -> Option<(StatusCode, &DocumentedResponse)> {
        let lowest = self
            .responses
            .iter()
            .filter_map(|response| match response.status {
                Status::Code(code) => Some((StatusCode::from_u16(code).ok()?, response)),
                _ => None,
            })
            .filter(|(status, _)| status.is_success())
            .min_by_key(|(status, _)| *status);
        lowest.or_else(|| Some((StatusCode::OK, self.response(StatusCode::OK)?)))
    }
}

/// A parameter and its check.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) location: ParameterLocation,
    pub(crate) required: bool,
    /// What the client fills in by itself.
    pub(crate) client_parameter: Option<ClientParameter>,
    pub(crate) ty: Type,
    pub(crate) check: SchemaCheck,
    pub(crate) example: Value,
}

/// The documented request body.
#[derive(Debug)]
pub(crate) struct RequestBody {
    pub(crate) required: bool,
    /// As documented, such as `application/json`.
    pub(crate) media_type: String,
    pub(crate) check: SchemaCheck,
    pub(crate) example: Value,
}

/// The response documented for one status.
#[derive(Debug)]
pub(crate) struct DocumentedResponse {
    pub(crate) status: Status,
    /// The headers that every such response has, with their examples.
    pub(crate) headers: Vec<(String, String)>,
    /// As documented; `None` when the response has no body.
    pub(crate) content_type: Option<String>,
    /// Example bodies with their names, the one to respond with first. Never empty with a content
    /// type.
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
    /// Reads the text of a parameter as its type; text that does not fit stays text, so that the
    /// check can say so.
    pub(crate) fn value(&self, texts: &[&str]) -> Value {
        match &self.ty {
            Type::Array(item) => texts.iter().map(|text| scalar(item, text)).collect(),
            ty => scalar(ty, texts.first().copied().unwrap_or_default()),
        }
    }
}

fn scalar(ty: &Type, text: &str) -> Value {
    let typed = match ty {
        Type::Integer { .. } => text.parse::<i64>().ok().map(Value::from),
        Type::Number { .. } => text.parse::<f64>().ok().map(Value::from),
        Type::Boolean => text.parse::<bool>().ok().map(Value::from),
        _ => None,
    };
    typed.unwrap_or_else(|| Value::from(text))
}
