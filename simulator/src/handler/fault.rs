//! What a fault makes of a call.

use std::convert::Infallible;
use std::future;
use std::time::Duration;

use axum::body::Body as HttpBody;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::header::{CONTENT_LENGTH, DATE, HeaderValue, LOCATION, RETRY_AFTER};
use http::request::Parts;
use http::{HeaderMap, Method, Response, StatusCode};

use super::Handler;
use super::arrival::Arrival;
use crate::fault::Fault;
use crate::fault::socket::Cut;
use crate::gateway::{Refusal, RefusalKind};
use crate::operation::Operation;
use crate::response::{Body, SimulatedResponse, header_text};

impl Handler {
    /// Sends a response, or does to it what its fault says.
    pub(super) async fn send(
        &self,
        response: SimulatedResponse,
        head: &Parts,
        mut arrival: Arrival<'_>,
    ) -> Response<HttpBody> {
        let id = arrival.entry.request_id.clone();
        arrival.entry.reason = response.reason.as_deref().map(header_text);
        let status = response.status.as_u16();
        let (mut head_out, body) = response.into_response(&*self.gateway, &id).into_parts();
        // Some responses have no body that could break.
        let has_body = head.method != Method::HEAD && status != 204 && status != 304;
        if !has_body && arrival.fault.as_ref().is_some_and(Fault::is_of_the_body) {
            arrival.fault = None;
        }
        let fault = arrival.fault.clone();
        let whole = HttpBody::from(body.clone());
        let body = match fault {
            Some(Fault::Refuse | Fault::ResetBefore | Fault::ResetAfter) => {
                arrival.record(None);
                if let Some(cut) = head.extensions.get::<Cut>() {
                    cut.reset();
                }
                whole
            }
            Some(Fault::Delay(by)) => {
                tokio::time::sleep(self.clock.real(by)).await;
                whole
            }
            Some(Fault::Break) => {
                let (first, _) = body.split_at(body.len() / 2);
                promise(&mut head_out.headers, body.len().max(1));
                broken(Bytes::copy_from_slice(first))
            }
            Some(Fault::WrongLength) => {
                promise(&mut head_out.headers, body.len() + 7);
                broken(body)
            }
            Some(Fault::Trickle(pause)) => {
                promise(&mut head_out.headers, body.len());
                trickling(body, self.clock.real(pause))
            }
            Some(Fault::WrongClock(by)) => {
                let date = httpdate::fmt_http_date(self.clock.now() + by);
                if let Ok(date) = HeaderValue::try_from(date) {
                    head_out.headers.insert(DATE, date);
                }
                whole
            }
            _ => whole,
        };
        arrival.record(Some(status));
        Response::from_parts(head_out, body)
    }
}

/// The response of a fault that keeps a call from the service.
pub(super) fn instead(fault: &Fault, operation: &Operation) -> SimulatedResponse {
    let refused = |kind, status, message: &str| {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
        SimulatedResponse::refused(Refusal::new(kind, status, message))
    };
    let throttled = || refused(RefusalKind::Throttled, 429, "more calls than are allowed");
    match fault {
        Fault::Throttle(seconds) => {
            let mut response = throttled();
            let wait = (RETRY_AFTER.to_string(), seconds.to_string());
            response.headers.push(wait);
            response
        }
        Fault::ThrottleSilent => throttled(),
        Fault::ServerError(status) => refused(
            RefusalKind::Unavailable,
            *status,
            "the service fails, as it was told to",
        ),
        Fault::Redirect => {
            let mut response = SimulatedResponse::bare(StatusCode::FOUND);
            let elsewhere = format!("/_simulator/elsewhere/{}", operation.service());
            response.headers.push((LOCATION.to_string(), elsewhere));
            response
        }
        Fault::Html => SimulatedResponse {
            body: Body::Other {
                content_type: "text/html; charset=utf-8",
                text: "<!doctype html><title>Maintenance</title><p>Please come back later.\n"
                    .to_owned(),
            },
            ..SimulatedResponse::bare(StatusCode::OK)
        },
        // The connection is reset, whatever the response would be.
        _ => SimulatedResponse::bare(StatusCode::OK),
    }
}

fn promise(headers: &mut HeaderMap, length: usize) {
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
}

/// A body that is over before it is.
fn broken(bytes: Bytes) -> HttpBody {
    let first = stream::once(future::ready(Ok(bytes)));
    // What was sent has to leave before the connection ends.
    let end = stream::once(async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        Err(std::io::Error::from(std::io::ErrorKind::ConnectionAborted))
    });
    HttpBody::from_stream(first.chain(end))
}

fn trickling(body: Bytes, pause: Duration) -> HttpBody {
    let bytes = stream::iter(0..body.len()).then(move |index| {
        let byte = body.slice(index..=index);
        async move {
            tokio::time::sleep(pause).await;
            Ok::<_, Infallible>(byte)
        }
    });
    HttpBody::from_stream(bytes)
}
