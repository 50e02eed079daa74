//! One request in, one response out.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming as IncomingBody};
use hyper::header::HOST;
use hyper::http::request::Parts;
use hyper::{Method, Request, Response, StatusCode};

use super::auth::{Access, Refused};
use super::response::{SimulatedResponse, header_text};
use super::router::{Routed, Router};
use super::served::{Authentication, Log, Observer, ServedRequest};
use super::validate::{self, Incoming};

/// The largest body taken, in bytes: 1 MiB.
const BODY_LIMIT: usize = 1 << 20;
/// How much of a larger body is read before the connection is given up, in bytes: 16 MiB.
const BODY_DRAINED: usize = 16 << 20;
/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// Everything that a response needs.
pub(crate) struct Handler {
    pub(crate) router: Router,
    access: Access,
    pub(crate) log: Log,
    observer: Option<Observer>,
    request_ids: RequestIds,
}

/// A response together with what the log keeps of how it came about.
struct Outcome {
    response: SimulatedResponse,
    operation: Option<(String, String)>,
    authentication: Authentication,
}

impl From<SimulatedResponse> for Outcome {
    fn from(response: SimulatedResponse) -> Self {
        Self {
            response,
            operation: None,
            authentication: Authentication::None,
        }
    }
}

impl Handler {
    pub(crate) fn new(router: Router, access: Access, observer: Option<Observer>) -> Self {
        Self {
            router,
            access,
            log: Log::default(),
            observer,
            request_ids: RequestIds::new(),
        }
    }

    /// Responds to one request and remembers it.
    pub(crate) async fn respond(&self, request: Request<IncomingBody>) -> Response<Full<Bytes>> {
        let (head, body) = request.into_parts();
        // The body is read before anything is decided: the signature covers it, and a response
        // sent while the client still writes may never be read.
        let outcome = match read(body).await {
            Ok(body) => self.decide(&head, &body),
            Err((status, message)) => {
                SimulatedResponse::gateway(status, "APIGW.0201", message).into()
            }
        };
        let served = ServedRequest {
            status: outcome.response.status.as_u16(),
            path: header_text(head.uri.path()),
            method: head.method,
            operation: outcome.operation,
            authentication: outcome.authentication,
            reason: outcome.response.reason.as_deref().map(header_text),
        };
        if let Some(observer) = &self.observer {
            observer(&served);
        }
        self.log.add(served);
        outcome.response.into_response(&self.request_ids.next())
    }

    fn decide(&self, head: &Parts, body: &[u8]) -> Outcome {
        let path = head.uri.path();
        let host = head.headers.get(HOST).and_then(|host| host.to_str().ok());
        let (operation, path_values) = match self.router.route(&head.method, path, host) {
            Routed::Found { operation, values } => (operation, values),
            Routed::OtherMethods(methods) if head.method == Method::OPTIONS => {
                return SimulatedResponse::options(methods).into();
            }
            Routed::OtherMethods(methods) => {
                return SimulatedResponse::other_methods(methods).into();
            }
            Routed::Ambiguous(services) => {
                let message = format!(
                    "several services have this path: {}; send the Host of one, or put its name \
                     before the path: /{}{path}",
                    services.join(", "),
                    services.first().copied().unwrap_or_default(),
                );
                let status = StatusCode::MISDIRECTED_REQUEST;
                return SimulatedResponse::gateway(status, "APIGW.0101", &message).into();
            }
            Routed::Unknown => {
                return SimulatedResponse::gateway(
                    StatusCode::NOT_FOUND,
                    "APIGW.0101",
                    "no document describes this path",
                )
                .into();
            }
        };
        let outcome = |response, authentication| Outcome {
            response,
            operation: Some((operation.service().to_owned(), operation.name().to_owned())),
            authentication,
        };
        let authentication = if operation.needs_authentication {
            match self.access.check(head, body, SystemTime::now()) {
                Ok(authentication) => authentication,
                Err(Refused { code, message }) => {
                    let response =
                        SimulatedResponse::gateway(StatusCode::UNAUTHORIZED, code, &message);
                    return outcome(response, Authentication::None);
                }
            }
        } else {
            Authentication::NotNeeded
        };
        let problems = validate::problems(
            operation,
            &Incoming {
                path_values: &path_values,
                query: head.uri.query().unwrap_or_default(),
                headers: &head.headers,
                body,
            },
        );
        let response = if problems.is_empty() {
            SimulatedResponse::to_valid_request(operation, &head.headers).hand_out(&self.access)
        } else {
            SimulatedResponse::to_invalid_request(operation, &problems.join("; "))
        };
        outcome(response, authentication)
    }
}

/// The body, or status and words of the refusal.
async fn read(body: IncomingBody) -> Result<Vec<u8>, (StatusCode, &'static str)> {
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
async fn collect(mut body: IncomingBody) -> hyper::Result<Option<Vec<u8>>> {
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

/// Request ids that differ inside one simulator and, by its start time, from those of another.
struct RequestIds {
    start: u64,
    next: AtomicU64,
}

impl RequestIds {
    fn new() -> Self {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH);
        // The low 64 bits of the nanoseconds last until the year 2554.
        let start = since_epoch.map_or(0, |since| since.as_nanos() as u64);
        Self {
            start,
            next: AtomicU64::new(1),
        }
    }

    /// 32 lower-case hexadecimal digits, as the cloud writes them.
    fn next(&self) -> String {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        format!("{:016x}{number:016x}", self.start)
    }
}
