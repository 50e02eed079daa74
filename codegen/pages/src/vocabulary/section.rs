//! Section headings.

use super::concept::{
    AUTHORIZATION, BODY, CALLING, CODE, CONSTRAINT, DEBUGGING, DESCRIPTION, ERROR, EXAMPLE,
    FUNCTION, HEADER, NONE, PARAMETER, PATH, QUERY, REQUEST, RESPONSE, RETURN, Rule, SDK, STATUS,
    URI, VALUE, concepts, first,
};
use super::plain;

/// What the words below every page begin with.
pub(crate) const FOOTERS: &str = "Feedback|Was this page helpful|Last Article|Next Article|Previous topic|Next topic\
     |Parent topic|Parent Topic|Previous Article|Did this article|Copyright|©|父主题|上一篇|下一篇\
     |意见反馈|相关文档|Related Documents|Commentaires";

/// What a section of a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Section {
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
    /// What is sent.
    Request,
    /// What comes back.
    Response,
    /// An example of a request.
    RequestExample,
    /// An example of a response.
    ResponseExample,
    /// Examples that may be of either.
    Example,
    /// Programs that call it.
    SdkExample,
    /// The status codes.
    Status,
    /// The error codes.
    ErrorCodes,
}

/// The section a line of text heads when it is a heading: every word of it must belong to such
/// headings, so that a sentence is none. What stands in brackets at the end is not looked at.
#[must_use]
pub fn section(heading: &str) -> Option<Section> {
    if heading.len() > 160 {
        return None;
    }
    let mut line = plain(heading);
    if line.ends_with(')')
        && let Some((before, _)) = line.split_once('(')
    {
        line = before.trim().to_owned();
    }
    if line == "uri" || line == "url" {
        return Some(Section::Uri);
    }
    if line.split(' ').count() > 7 {
        return None;
    }
    let (set, unknown) = concepts(&line);
    if !unknown.is_empty() || set.is_empty() {
        return None;
    }
    first(SECTIONS, set)
}

/// The sections by the ideas of their headings; the first that fits is meant.
const SECTIONS: &[Rule<Section>] = &[
    (SDK, NONE, NONE, Section::SdkExample),
    (
        CODE.and(EXAMPLE),
        REQUEST.and(RESPONSE),
        NONE,
        Section::SdkExample,
    ),
    (
        EXAMPLE.and(RESPONSE),
        REQUEST,
        NONE,
        Section::ResponseExample,
    ),
    (
        EXAMPLE.and(REQUEST),
        RESPONSE,
        NONE,
        Section::RequestExample,
    ),
    (EXAMPLE, NONE, NONE, Section::Example),
    (ERROR.and(CODE), NONE, NONE, Section::ErrorCodes),
    (STATUS.and(CODE), NONE, NONE, Section::Status),
    (RETURN, NONE, VALUE.and(CODE), Section::Status),
    (URI, NONE, NONE, Section::Uri),
    (AUTHORIZATION, NONE, NONE, Section::Authorization),
    (DEBUGGING, NONE, NONE, Section::Debugging),
    (CONSTRAINT, NONE, NONE, Section::Constraints),
    (FUNCTION, NONE, NONE, Section::Function),
    (CALLING, NONE, NONE, Section::Calling),
    (REQUEST, RESPONSE, NONE, Section::Request),
    (RESPONSE, REQUEST, NONE, Section::Response),
    (PARAMETER, NONE, PATH.and(QUERY), Section::Uri),
    (PARAMETER, NONE, BODY.and(HEADER), Section::Request),
    (DESCRIPTION, NONE, BODY.and(HEADER), Section::Request),
];
