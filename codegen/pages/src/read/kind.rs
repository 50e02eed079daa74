//! The kinds of tables there are.

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
    /// Nothing the model holds.
    Other,
}
