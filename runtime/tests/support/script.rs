//! A transport that plays a script, for tests that need no socket.

use std::collections::VecDeque;
use std::sync::Mutex;

use bytes::Bytes;
use huaweicloud_runtime::generated::wire::SecretBytes;
use huaweicloud_runtime::transport::TransportFuture;
use huaweicloud_runtime::{Transport, TransportError};

/// How the transport reacts to one request.
pub enum Act {
    Response(http::Response<Bytes>),
    Fail(TransportError),
    /// Never ends.
    Hang,
}

/// A response with this status, these headers and this body.
pub fn status(status: u16, headers: &[(&str, &str)], body: &'static str) -> Act {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    Act::Response(response.body(Bytes::from_static(body.as_bytes())).unwrap())
}

/// Acts in this order, then hangs; keeps the requests.
#[derive(Default)]
pub struct Script {
    acts: Mutex<VecDeque<Act>>,
    pub requests: Mutex<Vec<http::Request<SecretBytes>>>,
}

impl Script {
    pub fn new(acts: impl IntoIterator<Item = Act>) -> Self {
        Self {
            acts: Mutex::new(acts.into_iter().collect()),
            requests: Mutex::default(),
        }
    }

    pub fn count(&self) -> usize {
        self.requests.lock().unwrap().len()
    }
}

impl Transport for Script {
    fn send(&self, request: http::Request<SecretBytes>) -> TransportFuture<'_> {
        self.requests.lock().unwrap().push(request);
        let act = self.acts.lock().unwrap().pop_front().unwrap_or(Act::Hang);
        Box::pin(async move {
            match act {
                Act::Response(response) => Ok(response),
                Act::Fail(error) => Err(error),
                Act::Hang => std::future::pending().await,
            }
        })
    }
}
