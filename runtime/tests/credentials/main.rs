//! Where credentials come from, with files, sockets and many callers.
#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod cached;
mod chain;
#[cfg(feature = "clouds-yaml")]
mod clouds_yaml;
mod koo_cli;
mod log;
mod metadata;
mod profile;
mod server;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use huaweicloud_runtime::credentials::Credentials;
use huaweicloud_runtime::generated::CoreBuilder;
use huaweicloud_runtime::generated::wire::{RequestBuilder, SecretBytes};
use huaweicloud_runtime::transport::{Transport, TransportFuture};
use huaweicloud_runtime::{Operation, Retry, ServiceEndpoints};

/// A clock that stands still until it is moved.
#[derive(Clone)]
struct Clock {
    start: SystemTime,
    passed: Arc<AtomicU64>,
}

impl Clock {
    pub(crate) fn new() -> Self {
        Self {
            start: SystemTime::now(),
            passed: Arc::default(),
        }
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.passed.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) fn now(&self) -> SystemTime {
        self.start + Duration::from_secs(self.passed.load(Ordering::SeqCst))
    }

    pub(crate) fn read(&self) -> impl Fn() -> SystemTime + Send + Sync + 'static {
        let clock = self.clone();
        move || clock.now()
    }
}

/// What credentials put into a request.
struct Used {
    access_key: String,
    security_token: Option<String>,
    project: Option<String>,
}

/// Makes a request with the credentials.
async fn used(credentials: Credentials) -> Used {
    static SERVICES: &[ServiceEndpoints] = &[ServiceEndpoints::new("dcs", &[])];
    static SHOW: Operation = Operation::new("dcs", "Show", "GET", "/v2/show").retry(Retry::Safe);
    #[derive(Default)]
    struct Keep(Mutex<http::HeaderMap>);
    impl Transport for Keep {
        fn send(&self, request: http::Request<SecretBytes>) -> TransportFuture<'_> {
            *self.0.lock().unwrap() = request.headers().clone();
            Box::pin(async { Ok(http::Response::new(Bytes::from_static(b"{}"))) })
        }
    }

    let sent = Arc::new(Keep::default());
    let core = CoreBuilder::new("cn-north-4")
        .endpoint("http://127.0.0.1:1")
        .credentials(credentials)
        .transport(sent.clone())
        .build(SERVICES)
        .unwrap();
    let request = RequestBuilder::get("/v2/show").build().unwrap();
    core.execute(&SHOW, None, request).await.unwrap();
    let headers = sent.0.lock().unwrap();
    let text = |name| Some(headers.get(name)?.to_str().unwrap().to_owned());
    let authorization = text("authorization").unwrap();
    let key = authorization.split("Access=").nth(1).unwrap();
    let key = key.split(',').next().unwrap().to_owned();
    Used {
        access_key: key,
        security_token: text("x-security-token"),
        project: text("x-project-id"),
    }
}
