//! The kinds of tables there are.

use super::Section;

/// What a table describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum TableKind {
    /// Parameters of the path.
    Path,
    /// Parameters of the path or the query; the route tells which.
    Uri,
    /// Parameters of the query.
    Query,
    /// Headers, of whichever direction the section has.
    Header,
    /// Headers of the request.
    RequestHeader,
    /// The body of the request.
    RequestBody,
    /// Parameters of the request; what is no header is the body, or the query of a GET.
    Request,
    /// Headers of the response.
    ResponseHeader,
    /// The body of a response.
    Response,
    /// The body of a response that reports an error.
    Error,
    /// Fields of something another table names: a field, a structure.
    Nested,
    /// Parameters of something: where it stands tells of what.
    Parameters,
    /// Status codes.
    Status,
    /// Error codes.
    ErrorCodes,
    /// Actions of IAM.
    Iam,
    /// The operation itself: its method and its path.
    Route,
    /// Nothing the model holds.
    Other,
}

impl TableKind {
    /// What a table is when only its section tells.
    pub(crate) fn by_section(section: Option<Section>) -> Option<Self> {
        match section? {
            Section::Uri => Some(Self::Uri),
            Section::Request | Section::RequestExample => Some(Self::Request),
            Section::Response | Section::ResponseExample => Some(Self::Response),
            _ => None,
        }
    }

    /// It holds parameters or fields, and says where they belong.
    pub(crate) fn is_placed(self) -> bool {
        self.is_outer() || self.is_body() || self == Self::Error
    }

    /// It holds fields of what comes back.
    pub(crate) fn is_response(self) -> bool {
        matches!(self, Self::Response | Self::Error | Self::ResponseHeader)
    }

    /// It holds something that no field of a body holds.
    pub(crate) fn is_outer(self) -> bool {
        matches!(self, Self::Path | Self::Uri | Self::Query)
            || matches!(
                self,
                Self::Header | Self::RequestHeader | Self::ResponseHeader
            )
    }

    /// It holds the fields of a body.
    pub(crate) fn is_body(self) -> bool {
        matches!(self, Self::Request | Self::RequestBody | Self::Response)
    }
}
