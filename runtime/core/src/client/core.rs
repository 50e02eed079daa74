//! What a generated client stands on where its API has the credentials that OpenAPI names.

use super::engine::Engine;
use crate::authentication::standard::{CredentialsError, Standard};
use crate::error::SendError;
use crate::operation::Operation;
use crate::response::RawResponse;
use crate::wire;

/// A client without operations.
pub type Core = Engine<Standard>;

impl Core {
    /// Sends a request and reads the response, whatever its status.
    ///
    /// No API of this kind has calls in a project, so generated code names none.
    ///
    /// # Errors
    /// [`SendError`]: without a response, or before anything is sent.
    ///
    /// # Panics
    /// In a tokio runtime that was built without timers; those of `#[tokio::main]` and
    /// `Runtime::new` have them. Outside of any tokio runtime the call is an error.
    pub async fn execute(
        &self,
        operation: &'static Operation,
        project_id: Option<&str>,
        request: wire::Request,
    ) -> Result<RawResponse, SendError<CredentialsError>> {
        let call = self.begin(operation, request.headers())?;
        call.send(project_id, request).await
    }
}
