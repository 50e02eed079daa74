//! What a fake was told, and what became of it.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Received, Reply};
use crate::operation::Operation;
use crate::transport::{Transport, TransportError, TransportErrorKind, TransportFuture};
use crate::wire::SecretBytes;

/// Whether an expectation takes a request, and how it responds.
pub(super) type Responder = Box<dyn Fn(&Received) -> Option<Reply> + Send + Sync>;

/// Serves requests from expectations. Clones share them.
///
/// A request is served by the first expectation of its operation that takes
/// it and is not used up. One that none takes is refused, with an error that
/// names the operation and what there is.
#[derive(Clone)]
pub struct Script(Arc<Inner>);

struct Inner {
    /// All operations of the client by service, so that any request can be named.
    operations: &'static [&'static [&'static Operation]],
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    lines: Vec<Line>,
    unexpected: Vec<String>,
    served: u64,
}

/// One expectation.
struct Line {
    operation: &'static Operation,
    responder: Responder,
    /// How often it responds; no bound if there is none.
    times: Option<usize>,
    used: usize,
}

impl Script {
    /// An empty script for a client of these operations.
    pub fn new(operations: &'static [&'static [&'static Operation]]) -> Self {
        Self(Arc::new(Inner {
            operations,
            state: Mutex::default(),
        }))
    }

    /// The address of a service where this is the transport. Nothing is ever
    /// sent there; it tells the services apart.
    pub fn endpoint(service: &str) -> String {
        // Dashes stand for what a host name cannot have.
        format!("https://{}.mock.invalid", service.replace('_', "-"))
    }

    pub(super) fn add(
        &self,
        operation: &'static Operation,
        times: Option<usize>,
        responder: Responder,
    ) {
        self.state().lines.push(Line {
            operation,
            responder,
            times,
            used: 0,
        });
    }

    /// Everything that is not as the test said: expectations that were not used
    /// as often as they should, and requests that nothing took.
    ///
    /// # Errors
    /// All of it, one line each.
    pub fn verify(&self) -> Result<(), String> {
        let state = self.state();
        let unmet = state.lines.iter().filter_map(|line| match line.times {
            Some(times) if line.used != times => Some(format!(
                "{}: expected {}, got {}",
                line.operation,
                calls(times),
                calls(line.used)
            )),
            None if line.used == 0 => {
                Some(format!("{}: expected a call, got none", line.operation))
            }
            _ => None,
        });
        let problems: Vec<String> = unmet.chain(state.unexpected.iter().cloned()).collect();
        if problems.is_empty() {
            Ok(())
        } else {
            Err(problems.join("\n"))
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A test that panicked in a closure of its own has said why.
        let state = self.0.state.lock();
        state.unwrap_or_else(PoisonError::into_inner)
    }

    /// The operation of a request and its parts; several where documents have several of one method
    /// and path.
    fn read(&self, request: &http::Request<SecretBytes>) -> Vec<Received> {
        let host = request.uri().host().unwrap_or_default();
        let of_service = |operation: &&&'static Operation| {
            Self::endpoint(operation.service)
                .strip_prefix("https://")
                .is_some_and(|expected| expected == host)
        };
        let candidates = self
            .0
            .operations
            .iter()
            .copied()
            .flatten()
            .filter(of_service);
        let mut fitting: Vec<_> = candidates
            .filter_map(|operation| Received::of(operation, request))
            .collect();
        // Of two templates that fit, the one with fewer parameters.
        let parameters = |it: &Received| it.operation().path.matches('{').count();
        let fewest = fitting.iter().map(parameters).min();
        fitting.retain(|it| Some(parameters(it)) == fewest);
        fitting
    }

    fn respond(
        &self,
        request: &http::Request<SecretBytes>,
    ) -> Result<(Reply, u64), TransportError> {
        let fitting = self.read(request);
        let Some(first) = fitting.first() else {
            let text = format!("a {} request of no known operation", request.method());
            return Err(self.unexpected(text));
        };
        let mut state = self.state();
        state.served += 1;
        let number = state.served;
        for line in &mut state.lines {
            let left = line.times.is_none_or(|times| line.used < times);
            let mut fitting = fitting.iter();
            if let Some(received) = fitting.find(|it| line.operation == it.operation())
                && left
                && let Some(reply) = (line.responder)(received)
            {
                line.used += 1;
                return Ok((reply, number));
            }
        }
        drop(state);
        Err(self.unexpected(first.operation().to_string()))
    }

    fn unexpected(&self, what: String) -> TransportError {
        let mut state = self.state();
        let there_is = if state.lines.is_empty() {
            "nothing is mocked".to_owned()
        } else {
            let lines: Vec<_> = state.lines.iter().map(ToString::to_string).collect();
            format!("mocked: {}", lines.join(", "))
        };
        let text = format!("unexpected call of {what}; {there_is}");
        state.unexpected.push(text.clone());
        TransportError::new(TransportErrorKind::Other)
            .not_sent()
            .caused_by(text)
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (used {}", self.operation, calls(self.used))?;
        match self.times {
            Some(times) if self.used >= times => f.write_str(", no more)"),
            Some(times) => write!(f, " of {times}, its `with` said no)"),
            None => f.write_str(")"),
        }
    }
}

fn calls(count: usize) -> String {
    match count {
        1 => "1 call".to_owned(),
        count => format!("{count} calls"),
    }
}

impl Transport for Script {
    fn send(&self, request: http::Request<SecretBytes>) -> TransportFuture<'_> {
        let response = self.respond(&request);
        Box::pin(async move {
            let (reply, number) = response?;
            if !reply.delay().is_zero() {
                tokio::time::sleep(reply.delay()).await;
            }
            reply.give(number)
        })
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        let lines: Vec<_> = state.lines.iter().map(ToString::to_string).collect();
        f.debug_tuple("Script").field(&lines).finish()
    }
}
