//! Section headings.

use super::concept::{
    AUTHORIZATION, BODY, CALLING, CODE, CONSTRAINT, DEBUGGING, DESCRIPTION, ERROR, EXAMPLE,
    FUNCTION, HEADER, PARAMETER, PATH, QUERY, REQUEST, RESPONSE, RETURN, SDK, STATUS, URI, VALUE,
    concepts,
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
    let set_is = |idea| set.has(idea);
    Some(
        if set_is(SDK) || (set_is(CODE) && set_is(EXAMPLE) && !set.any(REQUEST.and(RESPONSE))) {
            Section::SdkExample
        } else if set_is(EXAMPLE) && set_is(RESPONSE) && !set_is(REQUEST) {
            Section::ResponseExample
        } else if set_is(EXAMPLE) && set_is(REQUEST) && !set_is(RESPONSE) {
            Section::RequestExample
        } else if set_is(EXAMPLE) {
            Section::Example
        } else if set_is(ERROR.and(CODE)) {
            Section::ErrorCodes
        } else if set_is(STATUS.and(CODE)) || set_is(RETURN) && set.any(VALUE.and(CODE)) {
            Section::Status
        } else if set_is(URI) {
            Section::Uri
        } else if set_is(AUTHORIZATION) {
            Section::Authorization
        } else if set_is(DEBUGGING) {
            Section::Debugging
        } else if set_is(CONSTRAINT) {
            Section::Constraints
        } else if set_is(FUNCTION) {
            Section::Function
        } else if set_is(CALLING) {
            Section::Calling
        } else if set_is(REQUEST) && !set_is(RESPONSE) {
            Section::Request
        } else if set_is(RESPONSE) && !set_is(REQUEST) {
            Section::Response
        } else if set.any(PATH.and(QUERY)) && set_is(PARAMETER) {
            Section::Uri
        } else if set.any(BODY.and(HEADER)) && set.any(PARAMETER.and(DESCRIPTION)) {
            Section::Request
        } else {
            return None;
        },
    )
}
