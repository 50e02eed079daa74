//! What the documents say about each operation, made ready for serving.

use http::{Method, StatusCode};
use huaweicloud_codegen::model::{
    ClientParameter, KeyLocation, ParameterLocation, RateLimit, SchemeKind, SecurityScheme, Status,
};
use serde_json::Value;

use crate::body::BodyMaker;
use crate::schema::SchemaCheck;
use crate::subject::Subject;
use crate::written::{Shape, Written};

/// One operation of the spec: a method at a path.
#[derive(Debug)]
pub struct Operation {
    pub(crate) service: String,
    pub(crate) name: String,
    pub(crate) method: Method,
    pub(crate) path: String,
    /// The query that every request has: some documents write it into the path.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) needs_authentication: bool,
    pub(crate) security: Vec<Vec<SecurityScheme>>,
    /// How many calls are taken, and the place at which they are counted.
    pub(crate) rate_limit: Option<(String, RateLimit)>,
    pub(crate) subject: Subject,
    /// The parameters of the path that nobody may see.
    pub(crate) secrets_in_path: Vec<String>,
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

    /// The schemes that the document asks for: each list holds those that are asked for together.
    pub fn security(&self) -> &[Vec<SecurityScheme>] {
        &self.security
    }

    /// What of its policy a password breaks; nothing where there is no policy, or no password.
    pub(crate) fn password_problems(&self, password: &str) -> Vec<String> {
        let secret = self.subject.secret.as_ref();
        let body = self.body.as_ref();
        let rule = secret.and_then(|secret| body?.check.password_rule(secret));
        rule.map_or_else(Vec::new, |rule| rule.broken_by(password))
    }

    /// The names in a query that are keys of a security scheme, and no parameters.
    pub(crate) fn keys_in_query(&self) -> Vec<&str> {
        let schemes = self.security.iter().flatten();
        let keys = schemes.filter_map(|scheme| match &scheme.kind {
            SchemeKind::ApiKey(KeyLocation::Query, name) => Some(name.as_str()),
            _ => None,
        });
        keys.collect()
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
    pub(crate) written: Written,
    pub(crate) check: SchemaCheck,
    pub(crate) example: Value,
}

/// The documented request body.
#[derive(Debug)]
pub(crate) struct RequestBody {
    pub(crate) required: bool,
    /// The one that is sent where any will do, as documented: `application/json`.
    pub(crate) media_type: String,
    /// The others, with their checks.
    pub(crate) others: Vec<(String, SchemaCheck)>,
    pub(crate) fields: Shape,
    /// The fields of a form that are spelled in a way of their own.
    pub(crate) spelled: Vec<(String, Written)>,
    pub(crate) check: SchemaCheck,
    pub(crate) example: Value,
}

impl RequestBody {
    /// The check of a body of a media type, if it is documented.
    pub(crate) fn check_of(&self, sent: &str) -> Option<&SchemaCheck> {
        let is_it = |documented: &str| {
            let documented = essence(documented);
            let kind = documented.strip_suffix('*').unwrap_or(&documented);
            let is_kind = kind.ends_with('/') && sent.starts_with(kind);
            documented == "*/*" || sent == documented || is_kind
        };
        if is_it(&self.media_type) {
            return Some(&self.check);
        }
        let mut others = self.others.iter();
        let found = others.find(|(media_type, _)| is_it(media_type));
        found.map(|(_, check)| check)
    }

    /// Its media types, for people.
    pub(crate) fn media_types(&self) -> String {
        let others = self
            .others
            .iter()
            .map(|(media_type, _)| media_type.as_str());
        let all = std::iter::once(self.media_type.as_str()).chain(others);
        all.collect::<Vec<_>>().join(" or ")
    }
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
    /// What makes other bodies.
    pub(crate) maker: Option<BodyMaker>,
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
