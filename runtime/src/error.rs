//! What can go wrong with a call.
//!
//! [`Error`] separates what matters to a caller: was anything sent, did the
//! server respond, and is its response one that the API documents.

mod conventions;
mod gateway;
mod hint;
mod refusal;

pub use hint::{Explanation, explain};
pub use openapi_client_runtime::error::*;

pub(crate) use self::conventions::HuaweiCloud;
pub(crate) use self::gateway::IAM;
use crate::credential::CredentialsError;

/// What went wrong with a call; `E` is the operation's own error type.
///
/// [`AnyError`] is one type for the errors of all operations:
///
/// ```
/// use huaweicloud_runtime::{AnyError, Error, InvalidRequest, InvalidRule};
///
/// fn one() -> Result<(), Error<String>> {
///     Err(InvalidRequest::of_field("server_id", InvalidRule::Missing).into())
/// }
///
/// fn several() -> Result<(), AnyError> {
///     one()?;
///     Ok(())
/// }
///
/// let error = several().unwrap_err();
/// assert!(!error.may_have_been_processed());
/// assert_eq!(error.status(), None);
/// assert!(error.downcast_ref::<Error<String>>().is_some());
/// ```
pub type Error<E> = openapi_client_runtime::error::Error<E, CredentialsError>;

/// What a call of any operation can fail with before there is a response.
pub type SendError = openapi_client_runtime::error::SendError<CredentialsError>;

/// Credentials that were missing before any call.
impl From<CredentialsError> for AnyError {
    fn from(error: CredentialsError) -> Self {
        Error::<std::convert::Infallible>::Credentials(error).into()
    }
}

/// The details of a response to a request without secrets.
#[cfg(test)]
pub(crate) fn details_of(
    operation: &'static crate::operation::Operation,
    status: u16,
    headers: &http::HeaderMap,
    body: &str,
) -> ErrorDetails {
    let mut response = http::Response::new(bytes::Bytes::from(body.to_owned()));
    if let Ok(status) = http::StatusCode::from_u16(status) {
        *response.status_mut() = status;
    }
    *response.headers_mut() = headers.clone();
    let redactor = openapi_client_runtime::redact::Redactor::default();
    crate::response::RawResponse::new(operation, response, redactor, &HuaweiCloud).details()
}

#[cfg(test)]
mod tests;
