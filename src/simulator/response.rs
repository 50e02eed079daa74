//! How the simulator responds.

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Response, StatusCode};
use serde_json::{Value, json};

use super::auth::Access;
use super::spec::{DocumentedResponse, Operation, is_json};

/// Says in words why a request was refused.
pub(crate) const REASON: HeaderName = HeaderName::from_static("x-simulator-reason");
/// Names the response, as the cloud does.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Carries the token that was asked for.
const SUBJECT_TOKEN: &str = "X-Subject-Token";
/// The part of a response that holds the keys that were asked for.
const CREDENTIAL: &str = "credential";
/// Asks for one of the documented responses.
const PREFER: HeaderName = HeaderName::from_static("prefer");

/// The longest reason sent, in bytes; clients bound the headers they take.
const REASON_LIMIT: usize = 600;

/// A response before it gets its request id.
#[derive(Debug)]
pub(crate) struct SimulatedResponse {
    pub(crate) status: StatusCode,
    body: Body,
    headers: Vec<(String, String)>,
    allow: Vec<Method>,
    pub(crate) reason: Option<String>,
}

#[derive(Debug)]
enum Body {
    Empty,
    Documented {
        content_type: String,
        value: Value,
    },
    /// An error of the gateway in front of the service.
    Gateway {
        code: &'static str,
        message: String,
    },
}

impl SimulatedResponse {
    /// An error as the API gateway tells it; the message doubles as the reason.
    pub(crate) fn gateway(status: StatusCode, code: &'static str, message: &str) -> Self {
        Self {
            status,
            body: Body::Gateway {
                code,
                message: message.to_owned(),
            },
            headers: Vec::new(),
            allow: Vec::new(),
            reason: Some(message.to_owned()),
        }
    }

    /// 405 with the methods that would do.
    pub(crate) fn other_methods(methods: Vec<Method>) -> Self {
        let mut response = Self::gateway(
            StatusCode::METHOD_NOT_ALLOWED,
            "APIGW.0101",
            "the path is documented, but not with this method",
        );
        response.allow = with_implied(methods);
        response
    }

    /// The response to OPTIONS for a documented path.
    pub(crate) fn options(methods: Vec<Method>) -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            body: Body::Empty,
            headers: Vec::new(),
            allow: with_implied(methods),
            reason: None,
        }
    }

    /// The documented success, or what the request's `Prefer` header asks for.
    pub(crate) fn to_valid_request(operation: &Operation, headers: &HeaderMap) -> Self {
        let preference = match Preference::read(headers) {
            Ok(preference) => preference,
            Err(problem) => return Self::to_invalid_request(operation, &problem),
        };
        let found = match preference.status {
            Some(status) => operation
                .response(status)
                .map(|response| (status, response)),
            None => operation.success(),
        };
        let Some((status, documented)) = found else {
            let problem = "Prefer asks for a status that this operation does not document";
            return Self::to_invalid_request(operation, problem);
        };
        match &preference.example {
            None => Self::documented(status, documented, 0),
            Some(wanted) => {
                let named = |(name, _): &(String, Value)| name == wanted;
                match documented.examples.iter().position(named) {
                    Some(index) => Self::documented(status, documented, index),
                    None => {
                        let problem = "Prefer asks for an example that this response does not have";
                        Self::to_invalid_request(operation, problem)
                    }
                }
            }
        }
    }

    /// The operation's own 400 where the document shows one, else the gateway's.
    pub(crate) fn to_invalid_request(operation: &Operation, reason: &str) -> Self {
        let documented = operation
            .response(StatusCode::BAD_REQUEST)
            .filter(|response| response.has_own_example);
        let mut response = match documented {
            Some(documented) => Self::documented(StatusCode::BAD_REQUEST, documented, 0),
            None => Self::gateway(
                StatusCode::BAD_REQUEST,
                "APIGW.0201",
                "the request is not what the API documents",
            ),
        };
        response.reason = Some(reason.to_owned());
        response
    }

    fn documented(status: StatusCode, documented: &DocumentedResponse, example: usize) -> Self {
        let body = match (&documented.content_type, documented.examples.get(example)) {
            (Some(content_type), Some((_, value))) => Body::Documented {
                content_type: content_type.clone(),
                value: value.clone(),
            },
            _ => Body::Empty,
        };
        Self {
            status,
            body,
            headers: documented.headers.clone(),
            allow: Vec::new(),
            reason: None,
        }
    }

    /// Has the response hand out the token that is accepted, and the keys that it hands out be
    /// accepted: whoever signs in or assumes an agency is let in afterwards.
    pub(crate) fn hand_out(mut self, access: &Access) -> Self {
        for (name, value) in &mut self.headers {
            if name.eq_ignore_ascii_case(SUBJECT_TOKEN) {
                access.token().clone_into(value);
            }
        }
        let keys = match &self.body {
            Body::Documented { value, .. } => value.get(CREDENTIAL),
            _ => None,
        };
        let key = |name| keys?.get(name)?.as_str();
        if let (Some(access_key), Some(secret_key)) = (key("access"), key("secret")) {
            access.accept(access_key, secret_key);
        }
        self
    }

    /// The HTTP response.
    pub(crate) fn into_response(self, request_id: &str) -> Response<Full<Bytes>> {
        let (content_type, body) = match self.body {
            Body::Empty => (None, Vec::new()),
            Body::Gateway { code, message } => {
                let value =
                    json!({"error_msg": message, "error_code": code, "request_id": request_id});
                (
                    Some("application/json".to_owned()),
                    value.to_string().into(),
                )
            }
            Body::Documented {
                content_type,
                value,
            } => {
                let text = match value {
                    Value::String(text) if !is_json(&content_type) => text,
                    value => value.to_string(),
                };
                (Some(content_type), text.into_bytes())
            }
        };
        let mut response = Response::new(Full::new(Bytes::from(body)));
        *response.status_mut() = self.status;
        for (name, text) in self.headers {
            let name = HeaderName::try_from(name);
            if let (Ok(name), Ok(value)) = (name, HeaderValue::try_from(text)) {
                response.headers_mut().insert(name, value);
            }
        }
        let allow = self.allow.iter().map(Method::as_str).collect::<Vec<_>>();
        let texts = [
            (CONTENT_TYPE, content_type),
            (REASON, self.reason.map(|reason| header_text(&reason))),
            (ALLOW, (!allow.is_empty()).then(|| allow.join(", "))),
            (REQUEST_ID, Some(request_id.to_owned())),
        ];
        for (name, text) in texts {
            // A documented media type that is no header text is left out rather than fatal.
            if let Some(value) = text.and_then(|text| HeaderValue::try_from(text).ok()) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// HEAD comes with GET, and OPTIONS is always allowed.
fn with_implied(mut methods: Vec<Method>) -> Vec<Method> {
    if methods.contains(&Method::GET) && !methods.contains(&Method::HEAD) {
        methods.push(Method::HEAD);
    }
    if !methods.contains(&Method::OPTIONS) {
        methods.push(Method::OPTIONS);
    }
    methods
}

/// Printable ASCII of bounded length: field names in a reason come from the client.
pub(crate) fn header_text(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            ' '..='~' => character,
            _ => '?',
        })
        .take(REASON_LIMIT)
        .collect()
}

/// What a `Prefer` header asks for, in the words other mock servers use: `code=404, example=name`.
#[derive(Debug, Default)]
struct Preference {
    status: Option<StatusCode>,
    example: Option<String>,
}

impl Preference {
    fn read(headers: &HeaderMap) -> Result<Self, String> {
        let mut preference = Self::default();
        for value in headers.get_all(PREFER) {
            let text = value
                .to_str()
                .map_err(|_| "the Prefer header is not ASCII text".to_owned())?;
            for part in text.split([',', ';']) {
                let Some((name, wanted)) = part.split_once('=') else {
                    continue;
                };
                let wanted = wanted.trim().trim_matches('"');
                match name.trim().to_ascii_lowercase().as_str() {
                    "code" => {
                        let status = wanted
                            .parse()
                            .map_err(|_| "Prefer: code is no HTTP status".to_owned())?;
                        preference.status = Some(status);
                    }
                    "example" => preference.example = Some(wanted.to_owned()),
                    // Other preferences of RFC 7240 may be ignored by any server.
                    _ => {}
                }
            }
        }
        Ok(preference)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_are_read_among_others_and_quoted() {
        let mut headers = HeaderMap::new();
        headers.append(
            PREFER,
            HeaderValue::from_static("respond-async, code=\"404\"; wait=5"),
        );
        headers.append(PREFER, HeaderValue::from_static("example=locked"));
        let preference = Preference::read(&headers).unwrap();
        assert_eq!(preference.status, Some(StatusCode::NOT_FOUND));
        assert_eq!(preference.example.as_deref(), Some("locked"));
        headers.append(PREFER, HeaderValue::from_static("code=soon"));
        assert!(Preference::read(&headers).is_err());
    }

    #[test]
    fn a_reason_cannot_break_the_header() {
        let text = header_text("field a\r\nSet-Cookie: ü");
        assert_eq!(text, "field a??Set-Cookie: ?");
        assert_eq!(header_text(&"x".repeat(9999)).len(), REASON_LIMIT);
    }

    #[test]
    fn a_gateway_error_carries_code_message_and_request_id() {
        let response =
            SimulatedResponse::gateway(StatusCode::NOT_FOUND, "APIGW.0101", "no such thing");
        let response = response.into_response("id-1");
        assert_eq!(response.status(), 404);
        assert_eq!(response.headers()[REQUEST_ID], "id-1");
        assert_eq!(response.headers()[REASON], "no such thing");
        assert_eq!(response.headers()[CONTENT_TYPE], "application/json");
    }
}
