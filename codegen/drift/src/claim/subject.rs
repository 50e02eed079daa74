//! What something is said about.

use std::fmt;

use super::Aspect;
use crate::foreign;

pub use huaweicloud_codegen::model::ParameterLocation;

/// Every place a parameter outside the body travels in, by the word OpenAPI has for it.
pub(crate) const LOCATIONS: &[(&str, ParameterLocation)] = &[
    ("path", ParameterLocation::Path),
    ("query", ParameterLocation::Query),
    ("header", ParameterLocation::Header),
    ("cookie", ParameterLocation::Cookie),
];

/// What two places of a page can disagree about, by the words of the page's reader.
const DISPUTES: &[(&str, Aspect)] = &[
    ("type", Aspect::Type),
    ("values", Aspect::Enum),
    ("required", Aspect::Required),
    ("default", Aspect::Default),
];

/// The aspect that a contradiction names: one page in words of its own, two files in ours.
fn disputed_aspect(what: &str) -> Option<Aspect> {
    let of_page = DISPUTES.iter().find(|it| it.0 == what).map(|it| it.1);
    of_page.or_else(|| Aspect::ALL.iter().copied().find(|it| it.words() == what))
}

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

/// The words of a name in lower case: of `serverId` as of `server_id`.
pub(crate) fn words_of_name(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let letters: Vec<char> = name.chars().collect();
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|it| letters.get(it));
        let after = letters.get(index + 1);
        // `ServersDetail`, and `RAMSize`.
        let is_hump = letter.is_uppercase()
            && (before.is_some_and(|it| it.is_lowercase() || it.is_numeric())
                || before.is_some_and(|it| it.is_uppercase())
                    && after.is_some_and(|it| it.is_lowercase()));
        if is_hump || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|it| !it.is_empty());
    words
}

/// The last name in a path.
pub(crate) fn leaf_of(path: &str) -> &str {
    let path = path.trim_end_matches("[]");
    path.rsplit('.').next().unwrap_or(path)
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

    /// Whether both are the same header, whatever the case of its name.
    pub(crate) fn is_same_header(&self, other: &Subject) -> bool {
        use ParameterLocation::Header;
        matches!((self, other), (Subject::Parameter(Header, a), Subject::Parameter(Header, b))
            if a.eq_ignore_ascii_case(b))
    }

    /// Whether it is a parameter of the path.
    pub(crate) fn is_of_path(&self) -> bool {
        matches!(self, Subject::Parameter(ParameterLocation::Path, _))
    }

    /// Whether it is about the page itself, and nothing that a document could have.
    pub(crate) fn is_trouble(&self) -> bool {
        matches!(self, Subject::Contradiction(_) | Subject::Unreadable)
    }

    /// The path of a field in its body.
    pub(crate) fn path(&self) -> Option<&str> {
        match self {
            Subject::Field(path) | Subject::Response(_, path) => Some(path),
            _ => None,
        }
    }

    /// The field at another path of the same body.
    pub(crate) fn at(&self, path: String) -> Subject {
        match self {
            Subject::Field(_) => Subject::Field(path),
            Subject::Response(status, _) => Subject::Response(status.clone(), path),
            other => other.clone(),
        }
    }

    /// The last name in it, which schemas that are shared have in common.
    pub fn leaf(&self) -> &str {
        match self {
            Subject::Parameter(_, name) | Subject::Field(name) | Subject::Response(_, name) => {
                leaf_of(name)
            }
            Subject::Status(text) | Subject::Contradiction(text) => text,
            Subject::Operation | Subject::Unreadable => "",
        }
    }

    /// The thing at the same place that is called otherwise.
    pub(crate) fn called(&self, name: &str) -> Subject {
        match (self, self.path().and_then(|it| it.rsplit_once('.'))) {
            (Subject::Parameter(place, _), _) => Subject::Parameter(*place, name.to_owned()),
            (field, Some((above, _))) => field.at(format!("{above}.{name}")),
            (field, None) => field.at(name.to_owned()),
        }
    }

    /// Whether it is a field inside another, or inside the response with a status.
    pub(crate) fn is_inside(&self, outer: &Subject) -> bool {
        let below = |inner: &str, outer: &str| {
            inner
                .strip_prefix(outer)
                .is_some_and(|rest| rest.starts_with(['.', '[']))
        };
        match (self, outer) {
            (Subject::Field(inner), Subject::Field(outer)) => below(inner, outer),
            (Subject::Response(a, inner), Subject::Response(b, outer)) => {
                a == b && below(inner, outer)
            }
            (Subject::Response(a, _), Subject::Status(b)) => a == b,
            _ => false,
        }
    }

    /// What it is in.
    pub(crate) fn outer(&self) -> Option<Subject> {
        let above = |path: &str| {
            let path = path.trim_end_matches("[]");
            Some(path.rsplit_once('.')?.0.trim_end_matches("[]").to_owned())
        };
        match (self, self.path().and_then(above)) {
            (Subject::Operation | Subject::Contradiction(_) | Subject::Unreadable, _) => None,
            (field, Some(path)) => Some(field.at(path)),
            (Subject::Response(status, _), None) => Some(Subject::Status(status.clone())),
            _ => Some(Subject::Operation),
        }
    }

    /// All that it is in, the innermost first.
    pub(crate) fn outers(&self) -> impl Iterator<Item = Subject> {
        std::iter::successors(self.outer(), Subject::outer)
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

    /// What a contradiction is about: a subject, and which aspect of it unless all of it. The words
    /// are those of the page's reader: `path parameter id`, `response 200 flag: type`.
    pub(crate) fn disputed(about: &str) -> Option<(Self, Option<Aspect>)> {
        let (thing, aspect) = match about.rsplit_once(": ") {
            Some((thing, what)) => (thing, Some(disputed_aspect(what)?)),
            None => (about, None),
        };
        let subject = match thing.split_once(" parameter ") {
            Some((place, name)) => Self::parse(&format!("{place} {name}"))?,
            None => Self::parse(thing).filter(|it| {
                matches!(
                    it,
                    Subject::Response(..) | Subject::Status(_) | Subject::Operation
                )
            })?,
        };
        Some((subject, aspect))
    }

    /// What it is about if it is a contradiction, as far as its words tell.
    pub(crate) fn about(&self) -> Option<(Self, Option<Aspect>)> {
        match self {
            Subject::Contradiction(about) => Self::disputed(about),
            _ => None,
        }
    }

    /// The subject in words, for a message.
    pub fn words(&self) -> String {
        let short = foreign::name;
        match self {
            Subject::Operation => "the operation".to_owned(),
            Subject::Parameter(place, name) => {
                format!("the {} parameter `{}`", location_word(*place), short(name))
            }
            Subject::Field(name) => format!("the request field `{}`", short(name)),
            Subject::Status(status) => format!("the status {}", short(status)),
            Subject::Response(status, name) => {
                let (status, name) = (short(status), short(name));
                format!("the field `{name}` of the response {status}")
            }
            Subject::Contradiction(about) => short(about),
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
