//! The queues of a client.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::queue::{Permit, Queue};
use super::{RateLimit, RateLimited};
use crate::operation::Operation;

/// A queue for each service, and one for each operation that has a limit of its
/// own. Clones of a client share it.
pub struct Limiter {
    services: BTreeMap<&'static str, Arc<Queue>>,
    /// Made when the operation is first called: a client does not know its
    /// operations. None where the document's limits do not hold.
    operations: Option<Mutex<OperationQueues>>,
}

/// By service and name.
type OperationQueues = BTreeMap<(&'static str, &'static str), Arc<Queue>>;

impl Limiter {
    /// `documented` says whether the limits of operations hold.
    pub fn new(
        services: impl Iterator<Item = (&'static str, Option<RateLimit>)>,
        documented: bool,
    ) -> Self {
        Self {
            services: services
                .map(|(service, limit)| (service, Arc::new(Queue::new(service, limit))))
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
        position: &mut QueuePosition,
        deadline: Instant,
    ) -> Result<Turn, RateLimited> {
        let of_operation = match self.of_operation(operation) {
            // Before the queue of the service, where it would hold up others.
            Some(queue) => Some(queue.enter(&mut position.of_operation, deadline).await?),
            None => None,
        };
        let of_service = match self.services.get(operation.service) {
            Some(queue) => Some(queue.enter(&mut position.of_service, deadline).await?),
            None => None,
        };
        Ok(Turn {
            of_service,
            of_operation,
        })
    }

    fn of_operation(&self, operation: &'static Operation) -> Option<Arc<Queue>> {
        let limit = operation.rate_limit?;
        let mut queues = self
            .operations
            .as_ref()?
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let queue = queues
            .entry((operation.service, operation.name))
            .or_insert_with(|| Arc::new(Queue::new(operation.service, Some(limit))));
        Some(Arc::clone(queue))
    }
}

impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.services.keys()).finish()
    }
}

/// Where a call stands in the queues; it keeps its position when it comes again.
#[derive(Debug, Default)]
pub struct QueuePosition {
    of_service: Option<u64>,
    of_operation: Option<u64>,
}

/// The right to send one request. What became of it has to be said; dropped
/// without a word, it counts as sent if the request left.
#[derive(Debug)]
pub struct Turn {
    of_service: Option<Permit>,
    of_operation: Option<Permit>,
}

impl Turn {
    /// The request is sent now.
    pub fn leaves(&mut self) {
        self.permits().for_each(Permit::leaves);
    }

    /// The request certainly did not arrive.
    pub fn never_arrived(mut self) {
        self.permits().for_each(Permit::never_arrived);
    }

    /// The request was let through, whatever its response says.
    pub fn accepted(mut self) {
        self.permits().for_each(Permit::accepted);
    }

    /// The request was refused for being one too many. `asked` is what the
    /// response asks to wait; `pause` gives the wait after this many refusals one
    /// after the other. Gives how long the service's calls now wait.
    pub fn refused(mut self, asked: Option<Duration>, pause: impl Fn(u32) -> Duration) -> Duration {
        if let Some(permit) = &mut self.of_operation {
            permit.over();
        }
        match &mut self.of_service {
            Some(permit) => permit.refused(asked, pause),
            None => Duration::ZERO,
        }
    }

    fn permits(&mut self) -> impl Iterator<Item = &mut Permit> {
        self.of_operation.iter_mut().chain(&mut self.of_service)
    }
}
