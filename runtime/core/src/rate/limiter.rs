//! The gates of a client.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::gate::{Gate, Ticket};
use super::{RateLimit, RateLimited};
use crate::operation::Operation;

/// A gate for each service, and one for each operation that has a limit of its
/// own. Clones of a client share it.
pub struct Limiter {
    services: BTreeMap<&'static str, Arc<Gate>>,
    /// Made when the operation is first called: a client does not know its
    /// operations. None where the document's limits do not hold.
    operations: Option<Mutex<OperationGates>>,
}

/// By service and name.
type OperationGates = BTreeMap<(&'static str, &'static str), Arc<Gate>>;

impl Limiter {
    /// `documented` says whether the limits of operations hold.
    pub fn new(
        services: impl Iterator<Item = (&'static str, Option<RateLimit>)>,
        documented: bool,
    ) -> Self {
        Self {
            services: services
                .map(|(service, limit)| (service, Arc::new(Gate::new(service, limit))))
                .collect(),
            operations: documented.then(Mutex::default),
        }
    }

    /// Waits until a call may be sent.
    ///
    /// # Errors
    /// [`RateLimited`] when that is after the `deadline`: at once where that is
    /// certain, else when the time is over.
    pub async fn turn(
        &self,
        operation: &'static Operation,
        place: &mut Place,
        deadline: Instant,
    ) -> Result<Turn, RateLimited> {
        let of_operation = match self.of_operation(operation) {
            // Before the queue of the service, where it would hold up others.
            Some(gate) => Some(gate.enter(&mut place.of_operation, deadline).await?),
            None => None,
        };
        let of_service = match self.services.get(operation.service) {
            Some(gate) => Some(gate.enter(&mut place.of_service, deadline).await?),
            None => None,
        };
        Ok(Turn {
            of_service,
            of_operation,
        })
    }

    fn of_operation(&self, operation: &'static Operation) -> Option<Arc<Gate>> {
        let limit = operation.rate_limit?;
        let mut gates = self
            .operations
            .as_ref()?
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let gate = gates
            .entry((operation.service, operation.name))
            .or_insert_with(|| Arc::new(Gate::new(operation.service, Some(limit))));
        Some(Arc::clone(gate))
    }
}

impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.services.keys()).finish()
    }
}

/// Where a call stands in the queues; it keeps its place when it comes again.
#[derive(Debug, Default)]
pub struct Place {
    of_service: Option<u64>,
    of_operation: Option<u64>,
}

/// The right to send one request. What became of it has to be said; dropped
/// without a word, it counts as sent if the request left.
#[derive(Debug)]
pub struct Turn {
    of_service: Option<Ticket>,
    of_operation: Option<Ticket>,
}

impl Turn {
    /// The request is sent now.
    pub fn leaves(&mut self) {
        self.tickets().for_each(Ticket::leaves);
    }

    /// The request certainly did not arrive.
    pub fn never_arrived(mut self) {
        self.tickets().for_each(Ticket::never_arrived);
    }

    /// The request was let through, whatever its response says.
    pub fn accepted(mut self) {
        self.tickets().for_each(Ticket::accepted);
    }

    /// The request was refused for being one too many. `asked` is what the
    /// response asks to wait; `pause` gives the wait after this many refusals one
    /// after the other. Gives how long the service's calls now wait.
    pub fn refused(mut self, asked: Option<Duration>, pause: impl Fn(u32) -> Duration) -> Duration {
        if let Some(ticket) = &mut self.of_operation {
            ticket.over();
        }
        match &mut self.of_service {
            Some(ticket) => ticket.refused(asked, pause),
            None => Duration::ZERO,
        }
    }

    fn tickets(&mut self) -> impl Iterator<Item = &mut Ticket> {
        self.of_operation.iter_mut().chain(&mut self.of_service)
    }
}
