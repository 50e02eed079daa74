//! What something is said about.

use std::fmt;

pub use huaweicloud_codegen::model::ParameterLocation;

/// Every place a parameter outside the body travels in, by the word OpenAPI has for it.
pub(crate) const LOCATIONS: &[(&str, ParameterLocation)] = &[
    ("path", ParameterLocation::Path),
    ("query", ParameterLocation::Query),
    ("header", ParameterLocation::Header),
    ("cookie", ParameterLocation::Cookie),
];

/// The word OpenAPI has for a place.
pub(crate) fn location_word(location: ParameterLocation) -> &'static str {
    let mut all = LOCATIONS.iter();
    all.find(|(_, it)| *it == location).map_or("", |it| it.0)
}

/// The place of a word of OpenAPI.
pub(crate) fn location(word: &str) -> Option<ParameterLocation> {
    let mut all = LOCATIONS.iter();
    all.find(|it| it.0 == word).map(|it| it.1)
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
            ("body", name) => Subject::Field(name.to_owned()),
            ("status", status) => Subject::Status(status.to_owned()),
            ("contradiction", about) => Subject::Contradiction(about.to_owned()),
            ("response", rest) => {
                let (status, name) = rest.split_once(' ')?;
                Subject::Response(status.to_owned(), name.to_owned())
            }
            (word, name) => Subject::Parameter(location(word)?, name.to_owned()),
        })
    }

    /// The subject in words, for a message.
    pub fn words(&self) -> String {
        match self {
            Subject::Operation => "the operation".to_owned(),
            Subject::Parameter(place, name) => {
                format!("the {} parameter `{name}`", location_word(*place))
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
            Subject::Parameter(place, name) => {
                write!(formatter, "{} {name}", location_word(*place))
            }
            Subject::Field(name) => write!(formatter, "body {name}"),
            Subject::Status(status) => write!(formatter, "status {status}"),
            Subject::Response(status, name) => write!(formatter, "response {status} {name}"),
            Subject::Contradiction(about) => write!(formatter, "contradiction {about}"),
            Subject::Unreadable => formatter.write_str("unreadable"),
        }
    }
}
