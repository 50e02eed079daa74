//! A request from its arrival to the ledger.

use std::time::Duration;

use axum::body::Body;
use http::StatusCode;
use http::request::Parts;
use http_body_util::BodyExt;

use super::Handler;
use crate::fault::Fault;
use crate::gateway::Caller;
use crate::ledger::{Authentication, Entry};
use crate::operation::Operation;
use crate::response::header_text;

/// The largest body taken, in bytes: 1 MiB.
const BODY_LIMIT: usize = 1 << 20;
/// How much of a larger body is read before the connection is given up, in bytes: 16 MiB.
const BODY_DRAINED: usize = 16 << 20;
/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// A request that has arrived, and what is known of it so far. It is in the ledger once, whatever
/// happens: a client that goes away before there is a response leaves its entry too.
pub(super) struct Arrival<'h> {
    handler: &'h Handler,
    pub(super) entry: Entry,
    pub(super) fault: Option<Fault>,
    is_recorded: bool,
}

impl<'h> Arrival<'h> {
    pub(super) fn new(handler: &'h Handler, head: &Parts) -> Self {
        let entry = Entry {
            number: 0,
            at: Duration::ZERO,
            method: header_text(head.method.as_str()),
            path: header_text(head.uri.path()),
            service: None,
            operation: None,
            resource: None,
            key: None,
            authentication: Authentication::None,
            status: None,
            processed: false,
            fault: None,
            reason: None,
            request_id: handler.request_ids.next(),
        };
        Self {
            handler,
            entry,
            fault: None,
            is_recorded: false,
        }
    }

    pub(super) fn operation(&mut self, operation: &Operation) {
        self.entry.service = Some(operation.service().to_owned());
        self.entry.operation = Some(operation.name().to_owned());
        if !operation.secrets_in_path.is_empty() {
            operation.path().clone_into(&mut self.entry.path);
        }
    }

    pub(super) fn caller(&mut self, caller: &Caller) {
        self.entry.key.clone_from(&caller.key);
        self.entry.authentication = caller.authentication;
    }

    /// Puts it into the ledger, with the status of its response; only the first time counts.
    pub(super) fn record(&mut self, status: Option<u16>) {
        if std::mem::replace(&mut self.is_recorded, true) {
            return;
        }
        let mut entry = self.entry.clone();
        entry.status = status;
        entry.fault = self.fault.as_ref().map(ToString::to_string);
        let entry = self.handler.ledger.add(|number| {
            entry.number = number;
            entry.at = self.handler.clock.since_start();
            entry
        });
        if let Some(observer) = &self.handler.observer {
            observer(&entry);
        }
    }
}

impl Drop for Arrival<'_> {
    fn drop(&mut self) {
        self.record(None);
    }
}

/// The body, or status and words of the refusal.
pub(super) async fn read(body: Body) -> Result<Vec<u8>, (StatusCode, &'static str)> {
    match tokio::time::timeout(BODY_TIMEOUT, collect(body)).await {
        Ok(Ok(Some(body))) => Ok(body),
        Ok(Ok(None)) => Err((
            StatusCode::PAYLOAD_TOO_LARGE,
            "the body is larger than 1 MiB",
        )),
        Ok(Err(_)) => Err((StatusCode::BAD_REQUEST, "the body broke off")),
        Err(_) => Err((
            StatusCode::REQUEST_TIMEOUT,
            "the body did not arrive in time",
        )),
    }
}

/// The whole body, or `None` if it is over the limit.
///
/// What is over the limit is still read for a while, and thrown away: closing a socket on a
/// client that writes can cost it the response.
async fn collect(mut body: Body) -> Result<Option<Vec<u8>>, axum::Error> {
    let mut kept = Vec::new();
    let mut arrived = 0;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else {
            continue;
        };
        arrived += data.len();
        if arrived > BODY_DRAINED {
            break;
        }
        if arrived <= BODY_LIMIT {
            kept.extend_from_slice(&data);
        }
    }
    Ok((arrived <= BODY_LIMIT).then_some(kept))
}
