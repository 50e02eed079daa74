//! A simulator that serves.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::curl;
use crate::fault::{FaultPlan, PlanError};
use crate::handler::Handler;
use crate::ledger::Ledger;
use crate::operation::Operation;
use crate::state::PasswordCheck;

/// A simulator that serves. Dropping it ends it as well, without waiting for open connections.
pub struct RunningSimulator {
    pub(crate) address: SocketAddr,
    pub(crate) notes: Vec<String>,
    pub(crate) handler: Arc<Handler>,
    pub(crate) stop: watch::Sender<()>,
    pub(crate) server: JoinHandle<()>,
}

impl RunningSimulator {
    /// The URL to send requests to, such as `http://127.0.0.1:41234`, without a trailing slash.
    pub fn endpoint(&self) -> String {
        endpoint(self.address)
    }

    /// The address of the explorer: what there is to call, with forms to try it.
    pub fn explorer(&self) -> String {
        format!("{}/_simulator/", self.endpoint())
    }

    /// The URL at which one service alone is served, such as `http://127.0.0.1:41234/shop`: where
    /// services share a path, it tells which is meant.
    pub fn service_endpoint(&self, service: &str) -> String {
        format!("{}/{service}", self.endpoint())
    }

    /// The operations it serves, by service and name.
    pub fn operations(&self) -> Vec<&Operation> {
        let mut operations: Vec<&Operation> = self.handler.router.operations().collect();
        operations.sort_by_key(|operation| (operation.service(), operation.name()));
        operations
    }

    /// What of the documents is served unchecked or not at all, and why; nothing of one's own documents,
    /// whose faults are errors.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The credentials that are accepted, as lines for people.
    pub fn introduction(&self) -> String {
        self.handler.gateway.introduction()
    }

    /// A shell command that calls an operation: with credentials that are accepted and the document's own
    /// examples. A key that a scheme has in the query is left to the caller.
    pub fn curl(&self, operation: &Operation) -> String {
        let credentials = self.handler.gateway.credentials(operation);
        curl::command(operation, &self.endpoint_of(operation), &credentials)
    }

    /// The URL to send a request of an operation to: that of its service where another service has
    /// the same path.
    pub fn endpoint_of(&self, operation: &Operation) -> String {
        match self.handler.router.is_shared(operation) {
            true => self.service_endpoint(operation.service()),
            false => self.endpoint(),
        }
    }

    /// What arrived so far, and what came of it.
    pub fn ledger(&self) -> &Ledger {
        &self.handler.ledger
    }

    /// The clock that limits, lock-outs, tokens and delays go by.
    pub fn clock(&self) -> &Clock {
        &self.handler.clock
    }

    /// Has other things go wrong from now on.
    ///
    /// # Errors
    /// When a share is none; the rules stay as they were.
    pub fn set_faults(&self, plan: FaultPlan) -> Result<(), PlanError> {
        let plan = plan.checked()?;
        *self.handler.plan() = plan;
        Ok(())
    }

    /// Compares a password with the one that a resource has since it was last set.
    pub fn check_password(&self, service: &str, resource: &str, password: &str) -> PasswordCheck {
        let password = password.as_bytes();
        self.handler.state.check(service, resource, password)
    }

    /// Takes no more connections, lets open responses finish for up to two seconds, and ends.
    pub async fn stop(self) {
        // Nobody listening means that the server has ended already.
        let _ = self.stop.send(());
        let _ = self.server.await;
    }
}

/// Where requests are sent to that are to arrive at an address.
pub(crate) fn endpoint(address: SocketAddr) -> String {
    let ip = match address.ip() {
        // Listening everywhere; this machine is the one place that is known to reach it.
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    format!("http://{}", SocketAddr::new(ip, address.port()))
}

impl fmt::Debug for RunningSimulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RunningSimulator")
            .field("endpoint", &self.endpoint())
            .finish_non_exhaustive()
    }
}
