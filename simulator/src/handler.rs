//! One request in, one response out.

mod admission;
mod arrival;
mod fault;

use std::future;
use std::sync::{Mutex, PoisonError};

use axum::body::Body as HttpBody;
use http::header::{HOST, HeaderName};
use http::request::Parts;
use http::{Method, Request, Response, StatusCode};

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
        match self.fault(head, operation, &resource, call) {
            Ok(fault) => arrival.fault = fault,
            Err(error) => {
                let problem = format!("X-Simulator-Fault: {error}");
                return SimulatedResponse::to_invalid_request(operation, &problem);
            }
        }
        match &arrival.fault {
            Some(Fault::Stall) => {
                arrival.record(None);
                return future::pending().await;
            }
            Some(fault) if !fault.reaches_the_service() => return fault::instead(fault, operation),
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
        if let Some(response) = self.one_too_many(operation, &caller) {
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

    fn route(&self, head: &Parts) -> Routed<'_> {
        let query = head.uri.query().unwrap_or_default();
        let host = head.headers.get(HOST).and_then(|host| host.to_str().ok());
        self.router
            .route(&head.method, head.uri.path(), query, host)
    }

    /// Finds the fault that a call meets: that of its header, else that of the first rule.
    fn fault(
        &self,
        head: &Parts,
        operation: &Operation,
        resource: &str,
        call: u64,
    ) -> Result<Option<Fault>, UnknownFault> {
        if let Some(asked) = head.headers.get(FAULT) {
            return asked.to_str().unwrap_or_default().parse().map(Some);
        }
        let faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(faults.fault(Meets {
            service: operation.service(),
            operation: operation.name(),
            resource,
            call,
        }))
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
