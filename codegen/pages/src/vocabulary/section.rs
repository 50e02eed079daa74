//! Section headings.

use super::concept::{FIELDS, NONE, Rule, concepts, first};
use super::lexicon::*;
use super::plain;

/// What a section of a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Section {
    /// What the operation does.
    Function,
    /// How to call it, in general.
    Calling,
    /// Where to try it.
    Debugging,
    /// Who may call it.
    Authorization,
    /// What must hold before, or never does.
    Constraints,
    /// The route and its parameters.
    Uri,
    Request,
    Response,
    RequestExample,
    ResponseExample,
    /// Examples that may be of either.
    Example,
    SdkExample,
    Status,
    ErrorCodes,
}

impl Section {
    /// It is about what is sent.
    pub(crate) fn is_request(self) -> bool {
        matches!(self, Self::Uri | Self::Request | Self::RequestExample)
    }

    /// It is about what comes back.
    pub(crate) fn is_response(self) -> bool {
        matches!(self, Self::Response | Self::ResponseExample)
    }

    /// It describes parameters or statuses.
    pub(crate) fn describes(self) -> bool {
        matches!(
            self,
            Self::Uri | Self::Request | Self::Response | Self::Status
        )
    }

    /// It shows what is sent or what comes back.
    pub(crate) fn is_example(self) -> bool {
        matches!(
            self,
            Self::Example | Self::RequestExample | Self::ResponseExample
        )
    }
}

/// The section a line of text heads when it is a heading: every word of it must belong to such
/// headings, so that a sentence is none. What stands in brackets at the end is not looked at.
pub(crate) fn section(heading: &str) -> Option<Section> {
    if heading.len() > 160 {
        return None;
    }
    let mut line = plain(heading);
    if line.ends_with(')')
        && let Some((before, _)) = line.split_once('(')
    {
        line = before.trim().to_owned();
    }
    if line.split(' ').count() > 7 {
        return None;
    }
    let (set, unknown) = concepts(&line);
    first(SECTIONS, set).filter(|_| unknown.is_empty())
}

/// The sections by the ideas of their headings; the first that fits is meant.
const SECTIONS: &[Rule<Section>] = &[
    (SDK, NONE, NONE, Section::SdkExample),
    (
        CODE | EXAMPLE,
        REQUEST | RESPONSE,
        NONE,
        Section::SdkExample,
    ),
    (EXAMPLE | RESPONSE, REQUEST, NONE, Section::ResponseExample),
    (EXAMPLE | REQUEST, RESPONSE, NONE, Section::RequestExample),
    (EXAMPLE, NONE, NONE, Section::Example),
    (ERROR | CODE, NONE, NONE, Section::ErrorCodes),
    (STATUS | CODE, NONE, NONE, Section::Status),
    (RETURN, NONE, VALUE | CODE, Section::Status),
    (URI, NONE, NONE, Section::Uri),
    (AUTHORIZATION, NONE, NONE, Section::Authorization),
    (DEBUGGING, NONE, NONE, Section::Debugging),
    (CONSTRAINT, NONE, NONE, Section::Constraints),
    (FUNCTION, NONE, NONE, Section::Function),
    (CALLING, NONE, NONE, Section::Calling),
    (REQUEST, RESPONSE, NONE, Section::Request),
    (RESPONSE, REQUEST, NONE, Section::Response),
    (PARAMETER, NONE, PATH | QUERY, Section::Uri),
    (BODY, NONE, FIELDS, Section::Request),
    (HEADER, NONE, FIELDS, Section::Request),
];
