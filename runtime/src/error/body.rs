//! Reading the body of an error, in every shape the services use.

use http::StatusCode;
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
/// Names under which the gateway puts the request id.
const REQUEST_ID_KEYS: &[&str] = &["request_id", "requestId"];

/// The name under which IAM puts what only it can decode.
const ENCODED_KEY: &str = "encoded_authorization_message";

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

/// What an error's body says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) encoded_authorization_message: Option<String>,
}

impl Reading {
    /// Reads a body that may be anything. Without a message of its own, the
    /// usual words for `status` stand in.
    pub(crate) fn of(status: StatusCode, body: &[u8]) -> Self {
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        let mut reading = match serde_json::from_slice::<Value>(body) {
            Ok(value) => Self::of_json(&value),
            Err(_) => Self {
                message: message_of_text(&String::from_utf8_lossy(body)),
                ..Self::default()
            },
        };
        if reading.message.is_none() {
            reading.message = status.canonical_reason().map(str::to_owned);
        }
        reading
    }

    fn of_json(value: &Value) -> Self {
        let mut budget = MOST_VALUES;
        let mut reading = find(value, DEEPEST, &mut budget).unwrap_or_default();
        if let (Value::Object(top), None) = (value, &reading.request_id) {
            reading.request_id = first(top, REQUEST_ID_KEYS, LONGEST_CODE);
        }
        if let (Value::Object(top), None) = (value, &reading.encoded_authorization_message) {
            reading.encoded_authorization_message = encoded(top);
        }
        if let (Value::String(text), None) = (value, &reading.message) {
            reading.message = one_line(text, LONGEST_MESSAGE);
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
                code: first(object, CODE_KEYS, LONGEST_CODE),
                message: first(object, MESSAGE_KEYS, LONGEST_MESSAGE),
                request_id: first(object, REQUEST_ID_KEYS, LONGEST_CODE),
                encoded_authorization_message: encoded(object),
            };
            // `{"error": "invalid_token", "error_description": …}`.
            if reading.code.is_none() && reading.message.is_some() {
                reading.code = first(object, &["error"], LONGEST_CODE);
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

/// The message of a body that is no JSON: the title of HTML, or the first line
/// of plain text.
fn message_of_text(text: &str) -> Option<String> {
    let text = text.trim_start();
    if text.starts_with('<') {
        return title(text);
    }
    if text.starts_with(['{', '[']) {
        // JSON that broke off says nothing that could be trusted.
        return None;
    }
    one_line(text.lines().next().unwrap_or_default(), LONGEST_MESSAGE)
}

fn title(html: &str) -> Option<String> {
    let lower = html.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower[start..].find('>')? + 1;
    let end = start + lower[start..].find("</title")?;
    one_line(&html[start..end], LONGEST_MESSAGE)
}

/// `text` without control characters, trimmed and cut to `longest` characters.
fn one_line(text: &str, longest: usize) -> Option<String> {
    let text = text.trim();
    let mut line: String = text
        .chars()
        .take(longest)
        .map(super::details::plain)
        .collect();
    if text.chars().nth(longest).is_some() {
        line.push('…');
    }
    (!line.is_empty()).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> (Option<String>, Option<String>) {
        let reading = Reading::of(StatusCode::BAD_REQUEST, body.as_bytes());
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
    fn html_gives_its_title() {
        let html = "\n<!DOCTYPE html><html><head><TITLE lang=en>\n502 Bad\tGateway </Title></head>";
        assert_eq!(read(html).1.as_deref(), Some("502 Bad Gateway"));
        for without in ["<html><body>x</body></html>", "<title>", "<title></title>"] {
            assert_eq!(read(without).1.as_deref(), Some("Bad Request"), "{without}");
        }
    }

    #[test]
    fn plain_text_gives_its_first_line() {
        assert_eq!(read("no upstream\nmore").1.as_deref(), Some("no upstream"));
        assert_eq!(read("\"quoted\"").1.as_deref(), Some("quoted"));
    }

    #[test]
    fn a_status_without_a_name_has_no_message() {
        let reading = Reading::of(StatusCode::from_u16(599).unwrap(), b"");
        assert_eq!(reading, Reading::default());
    }

    #[test]
    fn an_encoded_message_is_kept_whole_or_not_at_all() {
        let read = |body: &str| {
            Reading::of(StatusCode::FORBIDDEN, body.as_bytes()).encoded_authorization_message
        };
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
        assert_eq!(code.unwrap().chars().count(), LONGEST_CODE + 1);
        assert_eq!(message.unwrap().chars().count(), LONGEST_MESSAGE + 1);

        let deep = format!("{}{{\"code\":1}}{}", "[".repeat(50), "]".repeat(50));
        assert_eq!(read(&deep).0, None);
        let deeper_than_json_allows = "[".repeat(100_000);
        assert_eq!(read(&deeper_than_json_allows).0, None);
        let wide = format!("[{}{{\"code\":1}}]", "{},".repeat(5_000));
        assert_eq!(read(&wide).0, None);
    }
}
