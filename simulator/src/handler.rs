//! One request in, one response out.

mod arrival;

use std::collections::HashMap;
use std::convert::Infallible;
use std::future;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::body::Body as HttpBody;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::header::{CONTENT_LENGTH, DATE, HOST, HeaderName, HeaderValue, LOCATION, RETRY_AFTER};
use http::request::Parts;
use http::{Method, Request, Response, StatusCode};

use crate::clock::Clock;
use crate::fault::socket::Cut;
use crate::fault::{Fault, FaultPlan, Meets};
use crate::gateway::{Call, Caller, Gateway, Refusal, RefusalKind};
use crate::ledger::{Authentication, Entry, Ledger};
use crate::operation::Operation;
use crate::rate::Windows;
use crate::request_id::RequestIds;
use crate::response::{Body, Preference, SimulatedResponse};
use crate::router::{Routed, Router};
use crate::state::{Found, State};
use crate::validate::{self, Incoming};
use crate::written::decode;

use self::arrival::Arrival;

/// Asks for a fault for this call.
pub(crate) const FAULT: HeaderName = HeaderName::from_static("x-simulator-fault");

/// Called after every request.
pub type Observer = std::sync::Arc<dyn Fn(&Entry) + Send + Sync>;

/// Everything that a response needs.
pub(crate) struct Handler {
    pub(crate) router: Router,
    pub(crate) gateway: Box<dyn Gateway>,
    pub(crate) ledger: Ledger,
    pub(crate) state: State,
    pub(crate) clock: Clock,
    pub(crate) faults: Mutex<FaultPlan>,
    pub(crate) observer: Option<Observer>,
    pub(crate) request_ids: RequestIds,
    pub(crate) windows: Windows,
    pub(crate) keeps_rates: bool,
    pub(crate) refusals: Mutex<HashMap<String, (u32, Duration)>>,
}

impl Handler {
    /// Responds to one request and remembers it.
    pub(crate) async fn respond(&self, request: Request<HttpBody>) -> Response<HttpBody> {
        let (head, body) = request.into_parts();
        let mut arrival = Arrival::new(self, &head);
        // The body is read before anything is decided: the signature covers it, and a response
        // sent while the client still writes may never be read.
        let response = match arrival::read(body).await {
            Ok(body) => self.decide(&head, &body, &mut arrival).await,
            Err((status, message)) => {
                SimulatedResponse::refused(Refusal::new(RefusalKind::Body, status, message))
            }
        };
        self.send(response, &head, arrival).await
    }

    async fn decide(
        &self,
        head: &Parts,
        body: &[u8],
        arrival: &mut Arrival<'_>,
    ) -> SimulatedResponse {
        let (operation, path_values) = match self.route(head) {
            Ok(found) => found,
            Err(response) => return response,
        };
        arrival.operation(operation);
        let incoming = Incoming {
            path_values: &path_values,
            query: head.uri.query().unwrap_or_default(),
            headers: &head.headers,
            body,
        };
        let judged = validate::judge(operation, &incoming);
        let values: Vec<(&str, String)> = path_values
            .iter()
            .map(|(name, text)| (*name, decode(text)))
            .collect();
        let resource = operation.subject.resource(&values, judged.body.as_ref());
        arrival.resource(resource.clone());
        let resource = resource.unwrap_or_default();
        let found = self.state.call(operation.service(), &resource);
        let (call, preset) = match &found {
            Found::Exists { call, preset } => (*call, preset.clone()),
            _ => (0, None),
        };
        if let Err(response) = self.meet(head, operation, &resource, call, arrival) {
            return response;
        }
        match &arrival.fault {
            Some(Fault::Stall) => {
                arrival.record(None);
                return future::pending().await;
            }
            Some(fault) if !fault.reaches_the_service() => return self.instead(fault, operation),
            _ => {}
        }
        let caller = match self.admit(operation, head, body, arrival.fault.as_ref()) {
            Ok(caller) => caller,
            Err(refusal) => {
                arrival.entry.key.clone_from(&refusal.key);
                return SimulatedResponse::refused(refusal);
            }
        };
        arrival.caller(&caller);
        if let Err(response) = self.within_rate(operation, &caller) {
            return response;
        }
        if !judged.problems.is_empty() {
            return SimulatedResponse::to_invalid_request(operation, &judged.problems.join("; "));
        }
        if let Some(refusal) = missing(&found) {
            return SimulatedResponse::of_operation_or(operation, refusal);
        }
        let wish = match Preference::read(&head.headers) {
            Ok(wish) if wish.is_none() => preset.as_ref().map_or(wish, Preference::preset),
            Ok(wish) => wish,
            Err(problem) => return SimulatedResponse::to_invalid_request(operation, &problem),
        };
        let chosen = match wish.choose(operation) {
            Ok(chosen) => chosen,
            Err(problem) => return SimulatedResponse::to_invalid_request(operation, &problem),
        };
        let is_done = chosen.status.is_success() && preset.is_none();
        if is_done && let Err(refusal) = self.process(operation, &resource, judged.body.as_ref()) {
            return SimulatedResponse::of_operation_or(operation, refusal);
        }
        arrival.entry.processed = is_done;
        let mut response = SimulatedResponse::documented(&chosen);
        let maker = chosen.documented.and_then(|it| it.maker.as_ref());
        if let (Body::Documented { value, .. }, Some(maker)) = (&mut response.body, maker) {
            if chosen.is_dynamic {
                let seed = self
                    .faults
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .seed;
                let lot = format!(
                    "{seed} {}.{} {resource} {call}",
                    operation.service(),
                    operation.name()
                );
                *value = maker.random(lot.as_bytes());
            } else if arrival.fault == Some(Fault::Misfit) {
                *value = maker.misfit(value);
            }
        }
        if is_done {
            self.gateway
                .hand_out(operation, response.reply(), self.clock.now());
        }
        response
    }

    fn route(&self, head: &Parts) -> Result<(&Operation, Vec<(&str, String)>), SimulatedResponse> {
        let path = head.uri.path();
        let query = head.uri.query().unwrap_or_default();
        let host = head.headers.get(HOST).and_then(|host| host.to_str().ok());
        let refused = |kind, status, message: String| {
            SimulatedResponse::refused(Refusal::new(kind, status, message))
        };
        Err(match self.router.route(&head.method, path, query, host) {
            Routed::Found { operation, values } => return Ok((operation, values)),
            Routed::OtherMethods(methods) if head.method == Method::OPTIONS => {
                SimulatedResponse::options(methods)
            }
            Routed::OtherMethods(methods) => SimulatedResponse::other_methods(methods),
            Routed::Ambiguous(services) => refused(
                RefusalKind::Ambiguous,
                StatusCode::MISDIRECTED_REQUEST,
                format!(
                    "several services have this path: {}; send the Host of one, or put its name \
                     before the path: /{}{path}",
                    services.join(", "),
                    services.first().copied().unwrap_or_default(),
                ),
            ),
            Routed::Unknown => refused(
                RefusalKind::UnknownPath,
                StatusCode::NOT_FOUND,
                "no document describes this path".to_owned(),
            ),
        })
    }

    /// Finds the fault that a call meets: that of its header, else that of the first rule.
    fn meet(
        &self,
        head: &Parts,
        operation: &Operation,
        resource: &str,
        call: u64,
        arrival: &mut Arrival<'_>,
    ) -> Result<(), SimulatedResponse> {
        let asked = head.headers.get(FAULT).map(|value| value.to_str());
        arrival.fault = match asked {
            Some(text) => {
                let fault = text.unwrap_or_default().parse::<Fault>();
                let refused = |error: crate::fault::UnknownFault| {
                    let problem = format!("X-Simulator-Fault: {error}");
                    SimulatedResponse::to_invalid_request(operation, &problem)
                };
                Some(fault.map_err(refused)?)
            }
            None => {
                let faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
                faults.fault(Meets {
                    service: operation.service(),
                    operation: operation.name(),
                    resource,
                    call,
                })
            }
        };
        Ok(())
    }

    /// The response of a fault that keeps a call from the service.
    fn instead(&self, fault: &Fault, operation: &Operation) -> SimulatedResponse {
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

    /// Whether the caller may call, with credentials that are not locked.
    fn admit(
        &self,
        operation: &Operation,
        head: &Parts,
        body: &[u8],
        fault: Option<&Fault>,
    ) -> Result<Caller, Refusal> {
        if !operation.needs_authentication {
            return Ok(Caller {
                key: None,
                authentication: Authentication::NotNeeded,
            });
        }
        let ahead = match fault {
            Some(Fault::WrongClock(by)) => *by,
            _ => Duration::ZERO,
        };
        let call = Call {
            operation,
            head,
            body,
        };
        let judged = self.gateway.authenticate(&call, self.clock.now() + ahead);
        let Some(lockout) = self.gateway.lockout() else {
            return judged;
        };
        let tried = match &judged {
            Ok(caller) => caller.key.clone(),
            Err(refusal) => refusal.key.clone(),
        };
        let Some(key) = tried else { return judged };
        let now = self.clock.since_start();
        // Each change leaves the map whole, so that a panic elsewhere cannot have broken it.
        let mut refusals = self.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        let (count, locked_until) = refusals.entry(key.clone()).or_default();
        if *locked_until > now {
            let left = (*locked_until - now).as_secs() + 1;
            let mut refusal = Refusal::credentials(format!(
                "the key is locked for {left} more seconds, after {} refusals in a row",
                lockout.refusals
            ));
            refusal.key = Some(key);
            return Err(refusal);
        }
        if judged.is_ok() {
            refusals.remove(&key);
            return judged;
        }
        *count += 1;
        if *count >= lockout.refusals {
            *count = 0;
            *locked_until = now + lockout.time;
        }
        judged
    }

    fn within_rate(&self, operation: &Operation, caller: &Caller) -> Result<(), SimulatedResponse> {
        let Some((place, limit)) = operation.rate_limit.as_ref().filter(|_| self.keeps_rates)
        else {
            return Ok(());
        };
        let key = caller.key.as_deref().unwrap_or_default();
        let now = self.clock.since_start();
        self.windows.take(key, place, *limit, now).map_err(|wait| {
            let message = format!(
                "more than {} calls in {} seconds",
                limit.calls, limit.seconds
            );
            let status = StatusCode::TOO_MANY_REQUESTS;
            let refusal = Refusal::new(RefusalKind::Throttled, status, message);
            let mut response = SimulatedResponse::refused(refusal);
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            let wait = (RETRY_AFTER.to_string(), seconds.to_string());
            response.headers.push(wait);
            response
        })
    }

    /// Does what was asked: a password is set or taken away; where one is shown without other
    /// credentials, it has to be the right one, if there is one.
    fn process(
        &self,
        operation: &Operation,
        resource: &str,
        body: Option<&serde_json::Value>,
    ) -> Result<(), Refusal> {
        let (Some(secret), Some(body)) = (&operation.subject.secret, body) else {
            return Ok(());
        };
        let service = operation.service();
        let given = secret.of(body);
        if !operation.needs_authentication {
            use crate::state::PasswordCheck::{NotSet, Right, Wrong};
            let given = given.unwrap_or_default();
            match self.state.check(service, resource, given.as_bytes()) {
                Right => {}
                NotSet => self.state.set_password(service, resource, given.as_bytes()),
                Wrong => return Err(Refusal::credentials("the password is another one")),
            }
            return Ok(());
        }
        match given {
            Some(given) => self.state.set_password(service, resource, given.as_bytes()),
            None => self.state.remove_password(service, resource),
        }
        Ok(())
    }

    /// Sends a response, or does to it what its fault says.
    async fn send(
        &self,
        response: SimulatedResponse,
        head: &Parts,
        mut arrival: Arrival<'_>,
    ) -> Response<HttpBody> {
        let id = arrival.entry.request_id.clone();
        arrival.entry.reason = response.reason.as_deref().map(crate::response::header_text);
        let status = response.status.as_u16();
        let (mut head_out, body) = response.into_response(&*self.gateway, &id).into_parts();
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
                arrival.record(Some(status));
                self.clock.sleep(by).await;
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
                trickling(body, pause)
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

/// Why a call of a resource cannot be taken.
fn missing(found: &Found) -> Option<Refusal> {
    match found {
        Found::Exists { .. } => None,
        Found::NotListed => Some(Refusal::new(
            RefusalKind::NoResource,
            StatusCode::NOT_FOUND,
            "there is no such resource among those that are listed",
        )),
        Found::Full => Some(Refusal::new(
            RefusalKind::Unavailable,
            StatusCode::SERVICE_UNAVAILABLE,
            "the simulator holds as many resources as it can; start it anew",
        )),
    }
}

fn promise(headers: &mut http::HeaderMap, length: usize) {
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
