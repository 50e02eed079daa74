//! Credentials that a server has just refused.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::error::ErrorDetails;

/// Why credentials are not sent: a server refused them, and asking on could lock them.
///
/// It ends by itself, and at once where the provider gives other credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedCredentials {
    details: Arc<ErrorDetails>,
    asked_again_in: Duration,
}

impl RefusedCredentials {
    /// Those of which the server said this, to be sent again after the wait.
    #[doc(hidden)]
    pub fn new(details: Arc<ErrorDetails>, asked_again_in: Duration) -> Self {
        Self {
            details,
            asked_again_in,
        }
    }

    /// The response that refused them: status, code, message, request id.
    pub fn details(&self) -> &ErrorDetails {
        &self.details
    }

    /// How long until one call is sent with them again; nothing while one is under way.
    pub fn asked_again_in(&self) -> Duration {
        self.asked_again_in
    }
}

impl fmt::Display for RefusedCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the server refused these credentials, and they are held back so that no key gets \
             locked; ",
        )?;
        match self.asked_again_in {
            Duration::ZERO => f.write_str("one call is asking again now")?,
            wait => write!(
                f,
                "it is asked again in {} s, or at once when they change",
                wait.as_secs_f64().ceil()
            )?,
        }
        write!(f, "; it said: {}", self.details)
    }
}

impl std::error::Error for RefusedCredentials {}
