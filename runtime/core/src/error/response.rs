//! The three ways in which a response can be an error.

use std::fmt;

use super::details::ErrorDetails;

/// The server refused, in a way that the API documents.
#[derive(Debug)]
pub struct ApiError<E> {
    body: E,
    details: ErrorDetails,
}

impl<E> ApiError<E> {
    pub(crate) fn new(body: E, details: ErrorDetails) -> Self {
        Self { body, details }
    }

    /// The typed body for exactly this status.
    pub fn body(&self) -> &E {
        &self.body
    }

    /// The typed body, taken out.
    pub fn into_inner(self) -> E {
        self.body
    }

    /// Status, code, message and request id.
    pub fn details(&self) -> &ErrorDetails {
        &self.details
    }
}

impl<E> fmt::Display for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server refused: {}", self.details)
    }
}

impl<E: fmt::Debug> std::error::Error for ApiError<E> {}

/// The server responded with something that the API does not document.
#[derive(Debug)]
pub struct UndocumentedError {
    details: ErrorDetails,
    /// Whether the status is one of success, if another than the documented one.
    is_other_success: bool,
}

impl UndocumentedError {
    #[doc(hidden)]
    pub fn new(details: ErrorDetails) -> Self {
        Self {
            is_other_success: (200..300).contains(&details.status()),
            details,
        }
    }

    /// A success as it is documented, whose body says that it is none.
    pub(crate) fn in_disguise(mut self) -> Self {
        self.is_other_success = false;
        self
    }

    /// Status, code, message and request id.
    pub fn details(&self) -> &ErrorDetails {
        &self.details
    }
}

impl fmt::Display for UndocumentedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.is_other_success {
            "the server reports success, with another status than the API documents; the call was \
             most likely carried out, so look before making it again"
        } else {
            "the server gave a response that the API does not document"
        };
        write!(f, "{what}: {}", self.details)
    }
}

impl std::error::Error for UndocumentedError {}

/// A documented status whose body is not what it should be.
#[derive(Debug)]
pub struct DecodeError {
    details: ErrorDetails,
    content_type: Option<String>,
    failure: DecodeFailure,
}

impl DecodeError {
    pub(crate) fn new(
        details: ErrorDetails,
        content_type: Option<String>,
        failure: DecodeFailure,
    ) -> Self {
        Self {
            details,
            content_type,
            failure,
        }
    }

    /// Status, code, message and request id.
    pub fn details(&self) -> &ErrorDetails {
        &self.details
    }

    /// The Content-Type of the response.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// What did not fit.
    pub fn failure(&self) -> &DecodeFailure {
        &self.failure
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the response is not what the API documents: {}: {}",
            self.details, self.failure
        )?;
        if let Some(content_type) = &self.content_type {
            write!(f, " (Content-Type {content_type})")?;
        }
        Ok(())
    }
}

// The failure's text is already part of this one, so there is no source.
impl std::error::Error for DecodeError {}

/// Why a body does not fit its type, without any value of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeFailure {
    problem: Problem,
    expected: Option<String>,
    line: usize,
    column: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Problem {
    Empty,
    TooLarge,
    NotJson,
    BrokenOff,
    WrongShape,
    NoHeader,
    WrongHeader,
    NoText,
    UnknownCharset,
    OtherMedia,
}

impl DecodeFailure {
    /// No body where there should be one.
    pub(crate) fn empty() -> Self {
        Self::without_place(Problem::Empty)
    }

    /// An error whose body is longer than any error's.
    pub(crate) fn too_large() -> Self {
        Self::without_place(Problem::TooLarge)
    }

    /// A body that is no text in its charset, or whose charset is not known.
    pub(crate) fn of_text(is_known: bool) -> Self {
        Self::without_place(match is_known {
            true => Problem::NoText,
            false => Problem::UnknownCharset,
        })
    }

    /// A media type that the document does not have.
    pub(crate) fn of_media() -> Self {
        Self::without_place(Problem::OtherMedia)
    }

    fn without_place(problem: Problem) -> Self {
        Self {
            problem,
            expected: None,
            line: 0,
            column: 0,
        }
    }

    /// A header that the document promises and the response lacks, or one that cannot be read as
    /// the type it should have.
    pub(crate) fn of_header(name: &'static str, is_there: bool) -> Self {
        Self {
            problem: if is_there {
                Problem::WrongHeader
            } else {
                Problem::NoHeader
            },
            expected: Some(format!("`{name}`")),
            line: 0,
            column: 0,
        }
    }

    /// Keeps what serde says about the type, and drops what it says about the
    /// value.
    pub(crate) fn of(error: &serde_json::Error) -> Self {
        use serde_json::error::Category;
        Self {
            problem: match error.classify() {
                Category::Data => Problem::WrongShape,
                Category::Eof => Problem::BrokenOff,
                Category::Syntax | Category::Io => Problem::NotJson,
            },
            expected: (error.classify() == Category::Data)
                .then(|| expectation(&error.to_string(), error.line() > 0))
                .flatten(),
            line: error.line(),
            column: error.column(),
        }
    }

    /// The same without words of which `holds_secret` is true.
    pub(crate) fn without(mut self, holds_secret: impl FnOnce(&str) -> bool) -> Self {
        self.expected = self.expected.filter(|words| !holds_secret(words));
        self
    }

    /// The type or field that was expected, in serde's words.
    pub fn expected(&self) -> Option<&str> {
        self.expected.as_deref()
    }

    /// The line in the body, from 1; 0 if none is to blame.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column in that line, from 1; 0 if none is to blame.
    pub fn column(&self) -> usize {
        self.column
    }
}

/// The part of serde's message that comes from the type.
///
/// Only messages of serde's own making are used, for only of those is it known
/// where the value ends.
fn expectation(message: &str, has_place: bool) -> Option<String> {
    let message = match message.rfind(" at line ") {
        Some(end) if has_place => &message[..end],
        _ => message,
    };
    // Here the value comes last.
    if message.ends_with("there are no variants") || message.ends_with("there are no fields") {
        return None;
    }
    if let Some(field) = message.strip_prefix("missing field ") {
        return Some(format!("the field {field}"));
    }
    let own = [
        "invalid type: ",
        "invalid value: ",
        "invalid length ",
        "unknown variant ",
        "unknown field ",
    ];
    if !own.iter().any(|start| message.starts_with(start)) {
        return None;
    }
    message
        .rsplit_once(", expected ")
        .map(|(_, expected)| expected.to_owned())
}

impl fmt::Display for DecodeFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.problem {
            Problem::Empty => "it is empty",
            Problem::TooLarge => "it is longer than 64 KiB",
            Problem::NotJson => "it is not JSON",
            Problem::BrokenOff => "its JSON breaks off",
            Problem::WrongShape => "its JSON has another shape",
            Problem::NoHeader => "a documented header is missing",
            Problem::WrongHeader => "a documented header has an unreadable value",
            Problem::NoText => "it is no text in its charset",
            Problem::UnknownCharset => "its charset is not known",
            Problem::OtherMedia => "it has a media type that is not documented for it",
        })?;
        if let Some(expected) = &self.expected {
            write!(f, ", expected {expected}")?;
        }
        if self.line > 0 {
            write!(f, " at line {} column {}", self.line, self.column)?;
        }
        Ok(())
    }
}

impl std::error::Error for DecodeFailure {}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, serde::Deserialize)]
    #[allow(dead_code)] // Only decoded, never read.
    struct Flag {
        flag: State,
        number: u8,
    }

    #[derive(Debug, serde::Deserialize)]
    enum State {
        True,
        False,
    }

    fn failure(body: &str) -> String {
        let error = serde_json::from_str::<Flag>(body).unwrap_err();
        DecodeFailure::of(&error).to_string()
    }

    #[test]
    fn the_expectation_stays_and_the_value_goes() {
        for (body, expected) in [
            (
                r#"{"flag":"Hidden, expected nothing"}"#,
                "its JSON has another shape, expected `True` or `False` at line 1 column 34",
            ),
            (
                r#"{"flag":"True","number":"Hidden"}"#,
                "its JSON has another shape, expected u8 at line 1 column 32",
            ),
            (
                r#"{"flag":"False"}"#,
                "its JSON has another shape, expected the field `number` at line 1 column 16",
            ),
            ("<html>Hidden", "it is not JSON at line 1 column 1"),
            (r#"{"flag":"Hid"#, "its JSON breaks off at line 1 column 12"),
        ] {
            assert_eq!(failure(body), expected);
        }
        let _ = State::True;
    }

    #[test]
    fn a_message_of_another_s_making_is_dropped() {
        #[derive(Debug)]
        struct Custom;
        impl<'de> Deserialize<'de> for Custom {
            fn deserialize<D: serde::Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
                Err(serde::de::Error::custom("Hidden, expected Hidden"))
            }
        }
        let error = serde_json::from_str::<Custom>("1").unwrap_err();
        let failure = DecodeFailure::of(&error);
        assert_eq!(failure.expected(), None);
        assert!(!format!("{failure} {failure:?}").contains("Hidden"));
    }
}
