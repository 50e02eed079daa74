//! Telling a fake how to respond, in the types of an operation.

use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, PoisonError};

use super::{MockedOperation, Reply, Script};
use crate::transport::TransportErrorKind;

type Predicate<R> = Box<dyn Fn(&R) -> bool + Send + Sync>;

/// The response that a call of an operation is to get. It counts once one of
/// the methods that end it was called: [`returns`](Self::returns),
/// [`fails`](Self::fails) and the like.
#[must_use = "say how it responds, with `returns` or `fails`"]
pub struct Expectation<M: MockedOperation> {
    script: Script,
    with: Vec<Predicate<M::Request>>,
    times: Option<usize>,
    headers: Vec<(String, String)>,
    operation: PhantomData<fn() -> M>,
}

impl<M: MockedOperation> Expectation<M> {
    /// Begins one that takes every call.
    pub fn new(script: Script) -> Self {
        Self {
            script,
            with: Vec::new(),
            times: None,
            headers: Vec::new(),
            operation: PhantomData,
        }
    }

    /// Takes only calls whose request is like this. Several must all be true. It must not use the
    /// mock itself, which waits for it.
    pub fn with(mut self, predicate: impl Fn(&M::Request) -> bool + Send + Sync + 'static) -> Self {
        self.with.push(Box::new(predicate));
        self
    }

    /// Takes this many calls, attempts counted one by one, and then leaves
    /// them to the expectations after it. Without it, it takes all, and is to
    /// take one at least.
    pub fn times(mut self, calls: usize) -> Self {
        self.times = Some(calls);
        self
    }

    /// With this header in the response. Those that the document promises have the values of its
    /// example otherwise.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Responds with this value.
    pub fn returns(self, output: M::Output) -> Calls<M::Request> {
        self.replies(M::success(&output))
    }

    /// Responds with the success that the document shows.
    pub fn returns_example(self) -> Calls<M::Request> {
        self.replies(M::example())
    }

    /// Responds with a documented error. One that stands for several statuses
    /// gets one of them; [`replies`](Self::replies) takes any.
    pub fn fails(self, failure: M::Failure) -> Calls<M::Request> {
        self.replies(M::failure(&failure))
    }

    /// Gives no response at all, and the request is certain not to have arrived:
    /// as if the connection was refused.
    pub fn refuses_connection(self) -> Calls<M::Request> {
        self.replies(Reply::no_response(TransportErrorKind::Connect, false))
    }

    /// Gives no response, and nobody knows whether the request was processed: as
    /// if the connection broke off.
    pub fn breaks_off(self) -> Calls<M::Request> {
        self.replies(Reply::no_response(TransportErrorKind::Body, true))
    }

    /// Responds with this, documented or not.
    pub fn replies(self, reply: Reply) -> Calls<M::Request> {
        self.replies_with(move |_| reply.clone())
    }

    /// Responds with what is worked out from the request. It must not use the mock itself, which
    /// waits for it.
    pub fn replies_with(
        self,
        reply: impl Fn(&M::Request) -> Reply + Send + Sync + 'static,
    ) -> Calls<M::Request> {
        let calls = Calls(Arc::default());
        let seen = calls.clone();
        let (with, headers) = (self.with, self.headers);
        let responder = Box::new(move |received: &super::Received| {
            // A request that cannot be read as its type is not the expected one.
            let request = M::request(received).ok()?;
            if !with.iter().all(|predicate| predicate(&request)) {
                return None;
            }
            let reply = headers
                .iter()
                .fold(reply(&request), |reply, (name, value)| {
                    reply.with_header(name, value)
                });
            seen.push(request);
            Some(reply)
        });
        self.script.add(M::OPERATION, self.times, responder);
        calls
    }
}

impl<M: MockedOperation> fmt::Debug for Expectation<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expectation({})", M::OPERATION)
    }
}

/// The requests that an expectation has taken so far.
pub struct Calls<R>(Arc<Mutex<Vec<R>>>);

impl<R: Clone> Calls<R> {
    /// All of them, in their order.
    pub fn requests(&self) -> Vec<R> {
        let requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        requests.clone()
    }

    /// The last one.
    pub fn last(&self) -> Option<R> {
        self.requests().pop()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        let requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        requests.len()
    }
}

impl<R> Calls<R> {
    fn push(&self, request: R) {
        let mut requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        requests.push(request);
    }
}

impl<R> Clone for Calls<R> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<R: Clone + fmt::Debug> fmt::Debug for Calls<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Calls").field(&self.requests()).finish()
    }
}
