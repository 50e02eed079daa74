//! Making the calls one after the other, and setting what arrived beside what came back.

use std::fmt;
use std::future::Future;
use std::time::Instant;

use huaweicloud_password::{Error, Response};

use super::Demonstration;
use super::table::Row;
use crate::calls::Name;
use openapi_simulator::{Authentication, Entry, RunningSimulator};

/// What a call is, and how it must end.
#[derive(Clone, Copy)]
pub(super) struct Plan {
    service: &'static str,
    operation: &'static str,
    expected: Expected,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    Success,
    /// Refused by the client before anything is sent.
    NotSent,
    /// An error that the API documents for this status.
    Documented(u16),
}

impl Plan {
    pub(super) fn new((service, operation): Name, expected: Expected) -> Self {
        Self {
            service,
            operation,
            expected,
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Success => f.write_str("success"),
            Self::NotSent => f.write_str("a refusal before anything is sent"),
            Self::Documented(status) => write!(f, "the documented {status}"),
        }
    }
}

/// The calls made so far.
pub(super) struct Stage<'a> {
    simulator: &'a RunningSimulator,
    rows: Vec<Row>,
    refusals: Vec<String>,
    faults: Vec<String>,
}

impl<'a> Stage<'a> {
    pub(super) fn new(simulator: &'a RunningSimulator) -> Self {
        Self {
            simulator,
            rows: Vec::new(),
            refusals: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Makes one call, records it, and hands back the error it ended in.
    pub(super) async fn step<T, E: fmt::Debug>(
        &mut self,
        plan: Plan,
        call: impl Future<Output = Result<Response<T>, Error<E>>>,
        say: impl FnOnce(&T) -> String,
    ) -> Option<Error<E>> {
        let before = self.simulator.ledger().arrived();
        let started = Instant::now();
        let result = call.await;
        let time = started.elapsed();
        let arrived = self.simulator.ledger().after(before);

        if let Err(error) = &result {
            self.refusals.push(error.to_string());
        }
        let (status, ended, outcome) = ending(&result, say);
        let faults = self.faults.len();
        self.judge(plan, ended, &arrived);
        self.rows.push(Row {
            service: plan.service,
            operation: plan.operation,
            request_line: arrived
                .first()
                .map(|request| format!("{} {}", request.method, request.path)),
            status,
            outcome,
            as_planned: self.faults.len() == faults,
            time,
        });
        result.err()
    }

    /// Adds what the caller of [`Stage::step`] found wrong with the error of the last call.
    pub(super) fn fault(&mut self, problem: &str) {
        self.faults
            .push(format!("call {}: {problem}", self.rows.len()));
    }

    /// Compares with the plan both how the call ended and what the simulator saw of it.
    fn judge(&mut self, plan: Plan, ended: Option<Expected>, arrived: &[Entry]) {
        let number = self.rows.len() + 1;
        let Plan {
            service,
            operation,
            expected,
        } = plan;
        let mut fault = |problem: String| {
            self.faults
                .push(format!("call {number}, {service} {operation}: {problem}"));
        };
        if ended != Some(expected) {
            fault(format!("it should have ended in {expected}"));
        }
        let status = match expected {
            Expected::NotSent => {
                if !arrived.is_empty() {
                    fault("it arrived, and should never have been sent".to_owned());
                }
                return;
            }
            Expected::Success => 200..300,
            Expected::Documented(status) => status..status + 1,
        };
        let [request] = arrived else {
            fault(format!("{} requests arrived instead of one", arrived.len()));
            return;
        };
        if request.authentication != Authentication::Signature {
            fault("the signature was not accepted".to_owned());
        }
        let led_to = (request.service.as_deref(), request.operation.as_deref());
        if led_to != (Some(service), Some(operation)) {
            fault("it arrived as another operation".to_owned());
        }
        let found = request.status.unwrap_or_default();
        if !status.contains(&found) {
            let reason = request.reason.as_deref().unwrap_or("no reason given");
            fault(format!("the response was {found}: {reason}"));
        }
    }

    pub(super) fn end(mut self) -> Demonstration {
        let served = self.simulator.ledger().entries().len();
        let planned = self.rows.iter().filter(|row| row.status.is_some()).count();
        if served != planned {
            self.faults.push(format!(
                "{served} requests arrived, {planned} got a response"
            ));
        }
        Demonstration {
            endpoint: self.simulator.endpoint(),
            operations: self.simulator.operations().len(),
            rows: self.rows,
            refusals: self.refusals,
            faults: self.faults,
            served,
        }
    }
}

/// Status, kind and words of how a call ended; no kind for an end that no plan foresees.
fn ending<T, E: fmt::Debug>(
    result: &Result<Response<T>, Error<E>>,
    say: impl FnOnce(&T) -> String,
) -> (Option<u16>, Option<Expected>, String) {
    let error = match result {
        Ok(response) => {
            let status = response.status();
            return (Some(status), Some(Expected::Success), say(response));
        }
        Err(error) => error,
    };
    let status = error.status();
    let code = error.code().unwrap_or("no code");
    let (ended, outcome) = match (error, status) {
        (Error::InvalidRequest(_), _) => {
            (Some(Expected::NotSent), "refused before sending".to_owned())
        }
        (Error::Api(_), Some(status)) => (
            Some(Expected::Documented(status)),
            format!("refused: {code}"),
        ),
        _ => (None, "failed".to_owned()),
    };
    (status, ended, outcome)
}
