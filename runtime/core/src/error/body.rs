//! Reading the body of an error, in every shape the services use.

use serde_json::{Map, Value};

/// Names under which services put the code, the more telling ones first.
const CODE_KEYS: &[&str] = &["error_code", "errorCode", "errCode", "code"];
/// Names under which services put the message.
const MESSAGE_KEYS: &[&str] = &[
    "error_msg",
    "errorMsg",
    "error_message",
    "error_description",
    "externalMessage",
    "message",
    "description",
];
/// Names under which gateways put the request id.
const REQUEST_ID_KEYS: &[&str] = &["request_id", "requestId"];

/// The name under which a permission service puts what only it can decode.
const ENCODED_KEY: &str = "encoded_authorization_message";

/// The names that errors are read by. They are no words of the server's, so that a password that
/// holds one of them hides nothing.
pub(crate) const KNOWN_NAMES: &[&[&str]] = &[
    CODE_KEYS,
    MESSAGE_KEYS,
    REQUEST_ID_KEYS,
    &["error", ENCODED_KEY],
];

/// How deep an error may be nested; the services use two levels.
const DEEPEST: usize = 8;
/// How many values are looked at in all.
const MOST_VALUES: usize = 1_000;
/// The longest code or request id that is kept, in characters.
const LONGEST_CODE: usize = 128;
/// The longest message that is kept, in characters.
const LONGEST_MESSAGE: usize = 1_000;
/// The longest encoded message that is kept, in bytes. A part of one is of no
/// use.
const LONGEST_ENCODED: usize = 16_384;

/// What an error's body says, in the words of the server.
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Reading {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) encoded_authorization_message: Option<String>,
}

impl Reading {
    /// Reads a body. What is in none of the known places is not read.
    pub(crate) fn of(body: &Value) -> Self {
        let mut budget = MOST_VALUES;
        let mut reading = find(body, DEEPEST, &mut budget).unwrap_or_default();
        if let (Value::Object(top), None) = (body, &reading.request_id) {
            reading.request_id = first(top, REQUEST_ID_KEYS, LONGEST_CODE);
        }
        if let (Value::Object(top), None) = (body, &reading.encoded_authorization_message) {
            reading.encoded_authorization_message = encoded(top);
        }
        reading
    }
}

/// The outermost object that has a code or a message.
fn find(value: &Value, depth: usize, budget: &mut usize) -> Option<Reading> {
    if depth == 0 || *budget == 0 {
        return None;
    }
    *budget -= 1;
    match value {
        Value::Object(object) => {
            let mut reading = Reading {
                code: first(object, CODE_KEYS, LONGEST_CODE).filter(|code| is_code(code)),
                message: first(object, MESSAGE_KEYS, LONGEST_MESSAGE),
                request_id: first(object, REQUEST_ID_KEYS, LONGEST_CODE),
                encoded_authorization_message: encoded(object),
            };
            // `{"error": "invalid_token", "error_description": …}`.
            if reading.code.is_none() && reading.message.is_some() {
                reading.code = first(object, &["error"], LONGEST_CODE).filter(|code| is_code(code));
            }
            if reading.code.is_some() || reading.message.is_some() {
                return Some(reading);
            }
            object
                .values()
                .find_map(|inner| find(inner, depth - 1, budget))
        }
        Value::Array(list) => list.iter().find_map(|inner| find(inner, depth - 1, budget)),
        _ => None,
    }
}

/// The first of these keys that holds a text or a number.
fn first(object: &Map<String, Value>, keys: &[&str], longest: usize) -> Option<String> {
    keys.iter().find_map(|key| match object.get(*key)? {
        Value::String(text) => one_line(text, longest),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    })
}

/// The encoded message, whole or not at all.
fn encoded(object: &Map<String, Value>) -> Option<String> {
    let text = object.get(ENCODED_KEY)?.as_str()?.trim();
    (!text.is_empty() && text.len() <= LONGEST_ENCODED).then(|| text.to_owned())
}

/// Whether it is a code and no sentence.
fn is_code(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b".-_:/".contains(&byte))
}

/// `text` without control characters, trimmed and cut to `longest` characters.
fn one_line(text: &str, longest: usize) -> Option<String> {
    let text = text.trim();
    let mut line: String = text
        .chars()
        .take(longest)
        .map(crate::sanitize::plain)
        .collect();
    if text.chars().nth(longest).is_some() {
        line.push('…');
    }
    (!line.is_empty()).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(body: &str) -> Reading {
        Reading::of(&serde_json::from_str(body).unwrap())
    }

    fn read(body: &str) -> (Option<String>, Option<String>) {
        let reading = reading(body);
        (reading.code, reading.message)
    }

    fn some(code: &str, message: &str) -> (Option<String>, Option<String>) {
        (Some(code.to_owned()), Some(message.to_owned()))
    }

    #[test]
    fn an_oauth_error_has_its_code_under_error() {
        assert_eq!(
            read(r#"{"error":"invalid_token","error_description":"expired"}"#),
            some("invalid_token", "expired")
        );
    }

    #[test]
    fn null_beside_the_message_is_nothing() {
        assert_eq!(
            read(r#"{"error_msg":null,"message":"m","error_code":null,"code":7}"#),
            some("7", "m")
        );
    }

    #[test]
    fn words_in_other_places_are_not_read() {
        for body in ["\"quoted\"", "17", "[\"a\"]", r#"{"title":"t"}"#, "null"] {
            assert_eq!(reading(body), Reading::default(), "{body}");
        }
        // A sentence is no code.
        assert_eq!(
            read(r#"{"error_code":"try \\x41 again","error_msg":"m"}"#),
            (None, Some("m".to_owned()))
        );
    }

    #[test]
    fn an_encoded_message_is_kept_whole_or_not_at_all() {
        let read = |body: &str| reading(body).encoded_authorization_message;
        let body = |length: usize| {
            let encoded = "x".repeat(length);
            format!(r#"{{"error_code":"P","encoded_authorization_message":"{encoded}"}}"#)
        };
        assert_eq!(read(&body(5_000)), Some("x".repeat(5_000)));
        assert_eq!(read(&body(LONGEST_ENCODED + 1)), None);
        let beside = r#"{"error":{"code":"P"},"encoded_authorization_message":"abc"}"#;
        assert_eq!(read(beside).as_deref(), Some("abc"));
    }

    #[test]
    fn everything_is_bounded() {
        let long = format!(
            r#"{{"error_code":"{0}","error_msg":"{0}"}}"#,
            "x".repeat(5_000)
        );
        let (code, message) = read(&long);
        // Cut off, it is none.
        assert_eq!(code, None);
        assert_eq!(message.unwrap().chars().count(), LONGEST_MESSAGE + 1);

        let deep = format!("{}{{\"code\":1}}{}", "[".repeat(50), "]".repeat(50));
        assert_eq!(read(&deep).0, None);
        let wide = format!("[{}{{\"code\":1}}]", "{},".repeat(5_000));
        assert_eq!(read(&wide).0, None);
    }
}
