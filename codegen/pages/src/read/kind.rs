//! The kinds of tables there are.

use crate::vocabulary::Section;

/// What a table describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableKind {
    /// Parameters of the path.
    Path,
    /// Parameters of the path or the query; the route tells which.
    Uri,
    /// Parameters of the query.
    Query,
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
    /// Fields of something another table names.
    Nested,
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
    pub(super) fn by_section(section: Option<Section>) -> Option<Self> {
        match section? {
            Section::Uri => Some(Self::Uri),
            Section::Request | Section::RequestExample => Some(Self::Request),
            Section::Response | Section::ResponseExample => Some(Self::Response),
            _ => None,
        }
    }

    /// It holds parameters or fields, and says where they belong.
    pub(super) fn is_placed(self) -> bool {
        !matches!(
            self,
            Self::Nested | Self::Other | Self::Status | Self::ErrorCodes | Self::Iam | Self::Route
        )
    }

    /// It holds fields of what comes back.
    pub(super) fn is_response(self) -> bool {
        matches!(self, Self::Response | Self::Error | Self::ResponseHeader)
    }

    /// It holds something that no field of a body holds.
    pub(super) fn is_outer(self) -> bool {
        self.is_placed() && !self.is_body() && self != Self::Error
    }

    /// It holds the fields of a body.
    pub(super) fn is_body(self) -> bool {
        matches!(self, Self::Request | Self::RequestBody | Self::Response)
    }
}
