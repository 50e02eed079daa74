//! One request in, one response out.

mod admission;
mod arrival;
mod fault;

use std::future;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body as HttpBody;
use http::header::{HOST, HeaderName};
use http::request::Parts;
use http::{Method, Request, Response, StatusCode};
use serde_json::Value;

use crate::clock::Clock;
use crate::explorer::Site;
use crate::fault::{Fault, FaultPlan, Meets, UnknownFault};
use crate::gateway::{Gateway, Refusal, RefusalKind};
use crate::ledger::{Entry, Ledger};
use crate::operation::Operation;
use crate::rate::Windows;
use crate::request_id::RequestIds;
use crate::response::{Body, Preference, SimulatedResponse};
use crate::router::{Routed, Router};
use crate::state::{Found, State};
use crate::validate::{self, Incoming};
use crate::written::decode;

pub(crate) use self::admission::Refusals;
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
    pub(crate) refusals: Refusals,
    pub(crate) site: Site,
}

/// A call of an operation.
struct Asked<'a> {
    operation: &'a Operation,
    resource: &'a str,
    /// Which call of the operation on the resource it is, of those that were let in, counted from 1.
    call: u64,
}

impl Asked<'_> {
    /// What decides by lot for this call.
    fn lot(&self, seed: u64) -> String {
        let (service, name) = (self.operation.service(), self.operation.name());
        format!("{seed} {service}.{name} {} {}", self.resource, self.call)
    }
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
            Routed::Found { operation, values } => (operation, values),
            other => return not_found(head, other),
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
            .filter(|(name, _)| !operation.secrets_in_path.iter().any(|it| it == name))
            .map(|(name, text)| (*name, decode(text)))
            .collect();
        let resource = operation.subject.resource(&values, judged.body.as_ref());
        arrival.entry.resource.clone_from(&resource);
        let resource = resource.unwrap_or_default();
        let asked = Asked {
            operation,
            resource: &resource,
            call: self.state.calls(operation, &resource) + 1,
        };
        let fault = match self.fault(head, &asked) {
            Ok(fault) => fault,
            Err(error) => {
                let problem = format!("X-Simulator-Fault: {error}");
                return SimulatedResponse::to_invalid_request(operation, &problem);
            }
        };
        if let Err(refusal) = self.enter(&asked, head, body, fault, arrival) {
            return SimulatedResponse::refused(refusal);
        }
        match &arrival.fault {
            Some(Fault::Stall) => {
                arrival.record(None);
                return future::pending().await;
            }
            Some(fault) if !fault.reaches_the_service() => return fault::instead(fault, operation),
            _ => {}
        }
        if let Some(response) = self.one_too_many(operation, arrival.entry.key.as_deref()) {
            return response;
        }
        if !judged.problems.is_empty() {
            return SimulatedResponse::to_invalid_request(operation, &judged.problems.join("; "));
        }
        self.serve(&asked, head, judged.body.as_ref(), arrival)
    }

    /// Lets a caller in, and counts the call. Whoever is not let in leaves no trace in the services; that
    /// a fault was to meet the call is not so then, but for those that keep it from being looked at.
    fn enter(
        &self,
        asked: &Asked<'_>,
        head: &Parts,
        body: &[u8],
        fault: Option<Fault>,
        arrival: &mut Arrival<'_>,
    ) -> Result<(), Refusal> {
        let is_looked_at = fault != Some(Fault::Refuse);
        let ahead = match &fault {
            Some(Fault::WrongClock(by)) => *by,
            _ => Duration::ZERO,
        };
        if is_looked_at {
            match self.admit(asked.operation, head, body, ahead) {
                Ok(caller) => arrival.caller(&caller),
                Err(refusal) => {
                    arrival.entry.key.clone_from(&refusal.key);
                    if !ahead.is_zero() {
                        arrival.fault = fault;
                        self.state.count(asked.operation, asked.resource);
                    }
                    return Err(refusal);
                }
            }
        }
        arrival.fault = fault;
        self.state.count(asked.operation, asked.resource);
        Ok(())
    }

    /// The response of the service itself, which does what was asked.
    fn serve(
        &self,
        asked: &Asked<'_>,
        head: &Parts,
        body: Option<&Value>,
        arrival: &mut Arrival<'_>,
    ) -> SimulatedResponse {
        let operation = asked.operation;
        let preset = match self.state.find(operation.service(), asked.resource) {
            Found::Exists(preset) => preset,
            other => return SimulatedResponse::of_operation_or(operation, missing(&other)),
        };
        let chosen = Preference::read(&head.headers).and_then(|wish| match &preset {
            // Operations that do not have the response go on as they are.
            Some(preset) if wish.is_none() => Preference::preset(preset)
                .choose(operation)
                .or_else(|_| wish.choose(operation)),
            _ => wish.choose(operation),
        });
        let chosen = match chosen {
            Ok(chosen) => chosen,
            Err(problem) => return SimulatedResponse::to_invalid_request(operation, &problem),
        };
        // Another response than its own says that something else came of it.
        let is_done = chosen.is_own(operation);
        if is_done && let Err(refusal) = self.process(operation, asked.resource, body) {
            return SimulatedResponse::of_operation_or(operation, refusal);
        }
        arrival.entry.processed = is_done;
        let mut response = SimulatedResponse::documented(&chosen);
        let maker = chosen.documented.and_then(|it| it.maker.as_ref());
        match (&mut response.body, maker, &arrival.fault) {
            (Body::Documented { value, .. }, Some(maker), _) if chosen.is_dynamic => {
                *value = maker.random(asked.lot(self.plan().seed).as_bytes());
            }
            (Body::Documented { value, .. }, Some(maker), Some(Fault::Misfit)) => {
                *value = maker.misfit(value);
            }
            // There is nothing to misfit.
            (_, _, Some(Fault::Misfit)) => arrival.fault = None,
            _ => {}
        }
        if is_done {
            self.gateway
                .hand_out(operation, response.reply(), self.clock.now());
        }
        response
    }

    /// The rules of faults.
    pub(crate) fn plan(&self) -> MutexGuard<'_, FaultPlan> {
        // Each change leaves them whole, so that a panic elsewhere cannot have broken them.
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn route(&self, head: &Parts) -> Routed<'_> {
        let query = head.uri.query().unwrap_or_default();
        let host = head.headers.get(HOST).and_then(|host| host.to_str().ok());
        self.router
            .route(&head.method, head.uri.path(), query, host)
    }

    /// Finds the fault that a call meets: that of its header, else that of the first rule.
    fn fault(&self, head: &Parts, asked: &Asked<'_>) -> Result<Option<Fault>, UnknownFault> {
        if let Some(wanted) = head.headers.get(FAULT) {
            let text = String::from_utf8_lossy(wanted.as_bytes());
            return text.parse().map(Some);
        }
        Ok(self.plan().fault(Meets {
            service: asked.operation.service(),
            operation: asked.operation.name(),
            resource: asked.resource,
            call: asked.call,
        }))
    }

    /// Does what was asked: a password is set or taken away; where one is shown without other
    /// credentials, it has to be the right one, if there is one.
    fn process(
        &self,
        operation: &Operation,
        resource: &str,
        body: Option<&Value>,
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
}

/// The response to a request that leads to no operation.
fn not_found(head: &Parts, routed: Routed<'_>) -> SimulatedResponse {
    let (kind, status, message) = match routed {
        Routed::OtherMethods(methods) if head.method == Method::OPTIONS => {
            return SimulatedResponse::options(methods);
        }
        Routed::OtherMethods(methods) => return SimulatedResponse::other_methods(methods),
        Routed::Ambiguous(services) => {
            let message = format!(
                "several services have this path: {}; send the Host of one, or put its name before \
                 the path: /{}{}",
                services.join(", "),
                services.first().copied().unwrap_or_default(),
                head.uri.path(),
            );
            let status = StatusCode::MISDIRECTED_REQUEST;
            (RefusalKind::Ambiguous, status, message)
        }
        _ => {
            let message = "no document describes this path".to_owned();
            (RefusalKind::UnknownPath, StatusCode::NOT_FOUND, message)
        }
    };
    SimulatedResponse::refused(Refusal::new(kind, status, message))
}

/// Why a call of a resource cannot be taken.
fn missing(found: &Found) -> Refusal {
    let (kind, status, message) = match found {
        Found::Full => (
            RefusalKind::Unavailable,
            StatusCode::SERVICE_UNAVAILABLE,
            "the simulator holds as many resources as it can; start it anew",
        ),
        _ => (
            RefusalKind::NoResource,
            StatusCode::NOT_FOUND,
            "there is no such resource among those that are listed",
        ),
    };
    Refusal::new(kind, status, message)
}
