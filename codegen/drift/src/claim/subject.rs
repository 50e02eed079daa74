//! What something is said about.

use std::fmt;

/// Where a parameter outside the body travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParameterLocation {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
}

impl ParameterLocation {
    /// The word OpenAPI has for it.
    pub fn word(self) -> &'static str {
        match self {
            ParameterLocation::Path => "path",
            ParameterLocation::Query => "query",
            ParameterLocation::Header => "header",
        }
    }
}

/// What something is said about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The operation as a whole.
    Operation,
    /// A parameter of the path, the query or a header.
    Parameter(ParameterLocation, String),
    /// A field of the request's body: nested names by dots, items by `[]`, any key by `.*`.
    Field(String),
    /// A status the operation responds with.
    Status(String),
    /// A field of a response, by status.
    Response(String, String),
    /// Two places of the page that cannot both be right, by what they disagree about.
    Contradiction(String),
    /// What of the page could not be read.
    Unreadable,
}

impl Subject {
    /// Whether it belongs to what a caller sends.
    pub fn is_request(&self) -> bool {
        matches!(self, Subject::Parameter(..) | Subject::Field(_))
    }

    /// The last name in it, which schemas that are shared have in common.
    pub fn leaf(&self) -> &str {
        match self {
            Subject::Parameter(_, name) | Subject::Field(name) | Subject::Response(_, name) => {
                let path = name.trim_end_matches("[]");
                path.rsplit('.').next().unwrap_or(path)
            }
            Subject::Status(text) | Subject::Contradiction(text) => text,
            Subject::Operation | Subject::Unreadable => "",
        }
    }

    /// The notation of `docs.lock` as a subject.
    pub fn parse(text: &str) -> Option<Self> {
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        Some(match (word, rest) {
            ("operation", "") => Subject::Operation,
            ("unreadable", "") => Subject::Unreadable,
            (_, "") => return None,
            ("path", name) => Subject::Parameter(ParameterLocation::Path, name.to_owned()),
            ("query", name) => Subject::Parameter(ParameterLocation::Query, name.to_owned()),
            ("header", name) => Subject::Parameter(ParameterLocation::Header, name.to_owned()),
            ("body", name) => Subject::Field(name.to_owned()),
            ("status", status) => Subject::Status(status.to_owned()),
            ("contradiction", about) => Subject::Contradiction(about.to_owned()),
            ("response", rest) => {
                let (status, name) = rest.split_once(' ')?;
                Subject::Response(status.to_owned(), name.to_owned())
            }
            _ => return None,
        })
    }

    /// The subject in words, for a message.
    pub fn words(&self) -> String {
        match self {
            Subject::Operation => "the operation".to_owned(),
            Subject::Parameter(place, name) => {
                format!("the {} parameter `{name}`", place.word())
            }
            Subject::Field(name) => format!("the request field `{name}`"),
            Subject::Status(status) => format!("the status {status}"),
            Subject::Response(status, name) => {
                format!("the field `{name}` of the response {status}")
            }
            Subject::Contradiction(about) => about.clone(),
            Subject::Unreadable => "the page".to_owned(),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Operation => formatter.write_str("operation"),
            Subject::Parameter(place, name) => write!(formatter, "{} {name}", place.word()),
            Subject::Field(name) => write!(formatter, "body {name}"),
            Subject::Status(status) => write!(formatter, "status {status}"),
            Subject::Response(status, name) => write!(formatter, "response {status} {name}"),
            Subject::Contradiction(about) => write!(formatter, "contradiction {about}"),
            Subject::Unreadable => formatter.write_str("unreadable"),
        }
    }
}
