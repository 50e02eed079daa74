//! What stands before the services: who may call, and how a refusal is written.
//!
//! A vendor has a gateway of its own, with signatures and codes. Without one, [`Standard`] takes the
//! credentials that the documents' own security schemes describe.

mod standard;

use std::fmt;
use std::time::{Duration, SystemTime};

use http::StatusCode;
use http::request::Parts;
use huaweicloud_codegen::profile::Profile;
use serde_json::Value;

use crate::ledger::Authentication;
use crate::operation::Operation;

pub use self::standard::Standard;

/// A request that led to an operation.
#[derive(Debug)]
pub struct Call<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// Method, address and headers.
    pub head: &'a Parts,
    /// The body as it arrived.
    pub body: &'a [u8],
}

/// Who called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The public name of the credentials, such as an access key; never a secret.
    pub key: Option<String>,
    /// How it was proven.
    pub authentication: Authentication,
}

/// What a request is refused for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefusalKind {
    /// No document has such a path.
    UnknownPath,
    /// The path is documented, with other methods.
    OtherMethod,
    /// Several services have the path, and nothing tells which is meant.
    Ambiguous,
    /// Credentials are missing, unknown, over, or wrong.
    Credentials,
    /// The clock of the caller is too far off.
    Clock,
    /// More calls than are allowed.
    Throttled,
    /// It is not what the document says.
    Invalid,
    /// There is no such resource.
    NoResource,
    /// The body is too large, did not arrive, or not in time.
    Body,
    /// The services fail.
    Unavailable,
}

/// Why a request is refused.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// What kind of reason it is.
    pub kind: RefusalKind,
    /// The status of the response.
    pub status: StatusCode,
    /// What is wrong, without quoting credentials or values.
    pub message: String,
    /// The public name of the credentials that were tried and are known, so that trying too often
    /// locks them.
    pub key: Option<String>,
}

impl Refusal {
    /// 401 for credentials that are not accepted.
    pub fn credentials(message: impl Into<String>) -> Self {
        Self::new(RefusalKind::Credentials, StatusCode::UNAUTHORIZED, message)
    }

    /// The same for another kind and status.
    pub fn new(kind: RefusalKind, status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            kind,
            status,
            message: message.into(),
            key: None,
        }
    }
}

/// What a service responds, before it is sent: for gateways that put in what they hand out.
#[derive(Debug)]
pub struct Reply<'a> {
    /// The documented headers.
    pub headers: &'a mut Vec<(String, String)>,
    /// The body, where it is JSON.
    pub body: Option<&'a mut Value>,
}

/// So many refusals of the same credentials in a row lock them for a while.
#[derive(Clone, Copy, Debug)]
pub struct Lockout {
    /// How many.
    pub refusals: u32,
    /// How long, by the simulator's clock.
    pub time: Duration,
}

/// What stands before the services.
pub trait Gateway: fmt::Debug + Send + Sync {
    /// What the generator has to know of the vendor to read the documents.
    fn profile(&self) -> &dyn Profile;

    /// Judges who calls, at a time of day.
    ///
    /// # Errors
    /// Why they may not.
    fn authenticate(&self, call: &Call<'_>, now: SystemTime) -> Result<Caller, Refusal>;

    /// The media type of a refusal.
    fn refusal_media_type(&self) -> &'static str {
        "application/json"
    }

    /// The body of a refusal: JSON.
    fn refusal_body(&self, refusal: &Refusal, request_id: &str) -> Value;

    /// The headers with which a call of an operation is let in, for commands that people copy.
    fn credentials(&self, operation: &Operation) -> Vec<(String, String)>;

    /// The credentials that are accepted, as lines for people.
    fn introduction(&self) -> String {
        String::new()
    }

    /// Puts into the response of a service what the gateway hands out and takes afterwards, such as a
    /// token.
    fn hand_out(&self, operation: &Operation, reply: Reply<'_>, now: SystemTime) {
        let _ = (operation, reply, now);
    }

    /// When credentials are locked; never unless a vendor does.
    fn lockout(&self) -> Option<Lockout> {
        None
    }
}
