//! How the simulator responds.

use bytes::Bytes;
use http::header::{ALLOW, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Response, StatusCode};
use serde_json::Value;

use crate::gateway::{Gateway, Refusal, RefusalKind, Reply};
use crate::operation::{DocumentedResponse, Operation, is_json};
use crate::state::Preset;

/// Says in words why a request was refused.
pub(crate) const REASON: HeaderName = HeaderName::from_static("x-simulator-reason");
/// Names the response, as the cloud does.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Asks for one of the documented responses.
const PREFER: HeaderName = HeaderName::from_static("prefer");

/// The longest reason sent, in bytes; clients bound the headers they take.
const REASON_LIMIT: usize = 600;

/// A response before it gets its request id.
#[derive(Debug)]
pub(crate) struct SimulatedResponse {
    pub(crate) status: StatusCode,
    pub(crate) body: Body,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) reason: Option<String>,
}

#[derive(Debug)]
pub(crate) enum Body {
    Empty,
    Documented {
        content_type: String,
        value: Value,
    },
    /// An error of the gateway in front of the service.
    Refused(Refusal),
    /// What no document describes.
    Other {
        content_type: &'static str,
        text: String,
    },
}

/// Which of its responses an operation gives.
#[derive(Debug)]
pub(crate) struct Chosen<'a> {
    pub(crate) status: StatusCode,
    pub(crate) documented: Option<&'a DocumentedResponse>,
    example: usize,
    /// Whether the body is made by lot.
    pub(crate) is_dynamic: bool,
}

impl Chosen<'_> {
    /// Whether it is what the operation responds when nothing else is asked for.
    pub(crate) fn is_own(&self, operation: &Operation) -> bool {
        let own = Preference::default().choose(operation);
        own.is_ok_and(|own| self.status == own.status && self.example == own.example)
    }
}

impl SimulatedResponse {
    /// An error of the gateway; its message doubles as the reason.
    pub(crate) fn refused(refusal: Refusal) -> Self {
        Self {
            status: refusal.status,
            reason: Some(refusal.message.clone()),
            body: Body::Refused(refusal),
            headers: Vec::new(),
        }
    }

    /// 405 with the methods that would do.
    pub(crate) fn other_methods(methods: Vec<Method>) -> Self {
        let status = StatusCode::METHOD_NOT_ALLOWED;
        let message = "the path is documented, but not with this method";
        let mut response = Self::refused(Refusal::new(RefusalKind::OtherMethod, status, message));
        response.headers.push((ALLOW.to_string(), allowed(methods)));
        response
    }

    /// The response to OPTIONS for a documented path.
    pub(crate) fn options(methods: Vec<Method>) -> Self {
        let headers = vec![(ALLOW.to_string(), allowed(methods))];
        Self {
            headers,
            ..Self::bare(StatusCode::NO_CONTENT)
        }
    }

    /// A response of nothing but its status.
    pub(crate) fn bare(status: StatusCode) -> Self {
        Self {
            status,
            body: Body::Empty,
            headers: Vec::new(),
            reason: None,
        }
    }

    /// The error that an operation documents for a status, with an example of its own; else that of
    /// the gateway.
    pub(crate) fn of_operation_or(operation: &Operation, refusal: Refusal) -> Self {
        let documented = operation
            .response(refusal.status)
            .filter(|response| response.has_own_example);
        let Some(documented) = documented else {
            return Self::refused(refusal);
        };
        let mut response = Self::documented(&Chosen {
            status: refusal.status,
            documented: Some(documented),
            example: 0,
            is_dynamic: false,
        });
        response.reason = Some(refusal.message);
        response
    }

    /// The operation's own 400 where the document shows one, else the gateway's.
    pub(crate) fn to_invalid_request(operation: &Operation, reason: &str) -> Self {
        // What is sent for a person says it all; a body of the gateway says no more than it should.
        let message = "the request is not what the API documents";
        let refusal = Refusal::new(RefusalKind::Invalid, StatusCode::BAD_REQUEST, message);
        let mut response = Self::of_operation_or(operation, refusal);
        response.reason = Some(reason.to_owned());
        response
    }

    pub(crate) fn documented(chosen: &Chosen<'_>) -> Self {
        let Some(documented) = chosen.documented else {
            return Self::bare(chosen.status);
        };
        let example = documented.examples.get(chosen.example);
        let body = match (&documented.content_type, example) {
            (Some(content_type), Some((_, value))) => Body::Documented {
                content_type: content_type.clone(),
                value: value.clone(),
            },
            _ => Body::Empty,
        };
        Self {
            headers: documented.headers.clone(),
            body,
            ..Self::bare(chosen.status)
        }
    }

    /// The parts that a gateway may put something into.
    pub(crate) fn reply(&mut self) -> Reply<'_> {
        let body = match &mut self.body {
            Body::Documented { value, .. } => Some(value),
            _ => None,
        };
        Reply {
            headers: &mut self.headers,
            body,
        }
    }

    /// The HTTP response.
    pub(crate) fn into_response(self, gateway: &dyn Gateway, request_id: &str) -> Response<Bytes> {
        let (content_type, body) = match self.body {
            Body::Empty => (None, Vec::new()),
            Body::Refused(refusal) => {
                let value = gateway.refusal_body(&refusal, request_id);
                let content_type = gateway.refusal_media_type().to_owned();
                (Some(content_type), value.to_string().into())
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
            Body::Other { content_type, text } => (Some(content_type.to_owned()), text.into()),
        };
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = self.status;
        let own = [
            (CONTENT_TYPE, content_type),
            (REASON, self.reason.map(|reason| header_text(&reason))),
            (REQUEST_ID, Some(request_id.to_owned())),
        ];
        let own = own
            .into_iter()
            .filter_map(|(name, text)| Some((name, text?)));
        let documented = self.headers.into_iter();
        let documented =
            documented.filter_map(|(name, text)| Some((HeaderName::try_from(name).ok()?, text)));
        for (name, text) in documented.chain(own) {
            // What is documented and no header text is left out rather than fatal.
            if let Ok(value) = HeaderValue::try_from(text) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// The methods for `Allow`: HEAD comes with GET, and OPTIONS is always allowed.
fn allowed(mut methods: Vec<Method>) -> String {
    if methods.contains(&Method::GET) && !methods.contains(&Method::HEAD) {
        methods.push(Method::HEAD);
    }
    if !methods.contains(&Method::OPTIONS) {
        methods.push(Method::OPTIONS);
    }
    let names: Vec<_> = methods.iter().map(Method::as_str).collect();
    names.join(", ")
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

/// What is asked for of the documented responses, in the words that other mock servers use:
/// `code=404, example=name, dynamic=true`.
#[derive(Debug, Default)]
pub(crate) struct Preference {
    status: Option<StatusCode>,
    example: Option<String>,
    is_dynamic: bool,
}

impl Preference {
    /// What the `Prefer` headers of a request ask for; the error says what is no such thing.
    pub(crate) fn read(headers: &HeaderMap) -> Result<Self, String> {
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
                        let status = wanted.parse().ok();
                        let status =
                            status.filter(|it: &StatusCode| (200..600).contains(&it.as_u16()));
                        let problem = "Prefer: code is no HTTP status from 200 to 599";
                        preference.status = Some(status.ok_or(problem)?);
                    }
                    "example" => preference.example = Some(wanted.to_owned()),
                    "dynamic" => preference.is_dynamic = wanted == "true",
                    // Other preferences of RFC 7240 may be ignored by any server.
                    _ => {}
                }
            }
        }
        Ok(preference)
    }

    /// What a resource is set to respond.
    pub(crate) fn preset(preset: &Preset) -> Self {
        Self {
            // What is no status is not documented either, and choosing says so.
            status: Some(StatusCode::from_u16(preset.status).unwrap_or(StatusCode::CONTINUE)),
            example: preset.example.clone(),
            is_dynamic: false,
        }
    }

    /// Whether nothing is asked for.
    pub(crate) fn is_none(&self) -> bool {
        self.status.is_none() && self.example.is_none() && !self.is_dynamic
    }

    /// The response of an operation that is meant: without any wish, its success.
    pub(crate) fn choose<'o>(&self, operation: &'o Operation) -> Result<Chosen<'o>, String> {
        let (status, documented) = match self.status {
            Some(status) => {
                let documented = operation.response(status);
                let problem = "Prefer asks for a status that this operation does not document";
                (status, Some(documented.ok_or(problem)?))
            }
            None => match operation.success() {
                Some((status, documented)) => (status, Some(documented)),
                None => (StatusCode::OK, None),
            },
        };
        let named = |(name, _): &(String, Value)| Some(name) == self.example.as_ref();
        let examples = documented.map_or(&[][..], |it| it.examples.as_slice());
        let example = match self.example {
            None => Some(0),
            Some(_) => examples.iter().position(named),
        };
        let problem = "Prefer asks for an example that this response does not have";
        Ok(Chosen {
            status,
            documented,
            example: example.ok_or(problem)?,
            is_dynamic: self.is_dynamic,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::Standard;

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
    fn a_refusal_carries_what_the_gateway_says_and_the_request_id() {
        let kind = RefusalKind::UnknownPath;
        let refusal = Refusal::new(kind, StatusCode::NOT_FOUND, "no such thing");
        let response = SimulatedResponse::refused(refusal);
        let response = response.into_response(&Standard::default(), "id-1");
        assert_eq!(response.status(), 404);
        assert_eq!(response.headers()[REQUEST_ID], "id-1");
        assert_eq!(response.headers()[REASON], "no such thing");
        assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json");
    }
}
