//! What arrived at a simulator: enough to prove which requests were sent, and no secret.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use hyper::Method;

/// How a request proved who sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Authentication {
    /// A right SDK-HMAC-SHA256 signature.
    Signature,
    /// The right token in `X-Auth-Token`.
    Token,
    /// The operation needs none.
    NotNeeded,
    /// Not proven, or never looked at because the path or method is unknown.
    None,
}

impl fmt::Display for Authentication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Signature => "signed",
            Self::Token => "token",
            Self::NotNeeded => "open",
            Self::None => "not authenticated",
        })
    }
}

/// One request and the response it got. Query, headers and bodies are not kept.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ServedRequest {
    /// The method.
    pub method: Method,
    /// The path as it stood on the request line, without the query.
    pub path: String,
    /// The status of the response.
    pub status: u16,
    /// Service and name of the operation, if the request led to one.
    pub operation: Option<(String, String)>,
    /// How the request proved who sent it.
    pub authentication: Authentication,
    /// What the response's `X-Simulator-Reason` said.
    pub reason: Option<String>,
}

/// Called after every response.
pub type Observer = Arc<dyn Fn(&ServedRequest) + Send + Sync>;

/// The newest requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Log {
    requests: Mutex<VecDeque<ServedRequest>>,
}

/// How many requests are remembered; a simulator that runs for days must not grow.
const REMEMBERED: usize = 10_000;

impl Log {
    pub(crate) fn add(&self, request: ServedRequest) {
        // Each push leaves the log whole, so that a panic elsewhere cannot have broken it.
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        if requests.len() == REMEMBERED {
            requests.pop_front();
        }
        requests.push_back(request);
    }

    pub(crate) fn all(&self) -> Vec<ServedRequest> {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.iter().cloned().collect()
    }
}
