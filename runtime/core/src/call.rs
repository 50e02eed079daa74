//! A call that is ready to be sent, whatever its operation.

use std::future::Future;

use crate::error::{CredentialsFailure, Error};
use crate::response::Response;

/// A call that is ready to be sent: what the builder of every operation is.
///
/// It lets functions make calls whatever their operation. To send one call, the builder has a
/// method `send` of its own, which needs no import.
pub trait Call: Send + Sized + 'static {
    /// The value of a success.
    type Output: Send + 'static;
    /// The errors that the API documents.
    type Failure: Send + 'static;
    /// Why there are no credentials.
    type Credentials: CredentialsFailure;

    /// Checks the request, says who calls, sends it and reads the response.
    ///
    /// # Errors
    /// [`Error`] says whether anything was sent, how the service responded, and whether the
    /// request may have been processed.
    fn send(self) -> impl Future<Output = CallResult<Self>> + Send + 'static;
}

/// What comes of a call: the response with its value, or the error of the operation.
pub type CallResult<C> =
    Result<Response<<C as Call>::Output>, Error<<C as Call>::Failure, <C as Call>::Credentials>>;
