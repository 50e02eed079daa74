//! Servers that say "not you": a clock that is off, a key that is wrong, a token that ended. What
//! arrives is counted, since five refusals in a row lock a key.

mod clock;
mod keys;
mod pauses;
mod tokens;

use std::time::{Duration, SystemTime};

use crate::support::faults::{Fault, FaultServer};
use crate::support::*;
use huaweicloud_runtime::generated::{Core, CoreBuilder, RawResponse};
use huaweicloud_runtime::signing::{SigningInput, verify};
use huaweicloud_runtime::{Error, Operation, RetryPolicy, SendError};

/// What the gateway says of a signature that does not hold.
const WRONG_KEY: &str = r#"{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information: verify aksk signature fail","request_id":"r-301"}"#;

fn settings(url: &str) -> CoreBuilder {
    builder(aksk())
        .endpoint(url)
        .retry_policy(RetryPolicy::default().base_delay(Duration::from_millis(20)))
}

fn core(url: &str) -> Core {
    settings(url).build(SERVICES).unwrap()
}

async fn send(core: &Core, operation: &'static Operation) -> Result<RawResponse, SendError> {
    let request = match operation.method {
        "GET" => show_request(),
        _ => reset_request(),
    };
    core.execute(operation, None, request).await
}

/// Sends one request; the status of its response, or the error.
async fn call(core: &Core, operation: &'static Operation) -> Result<u16, Error<()>> {
    Ok(send(core, operation).await?.status())
}

/// This many calls at once.
async fn at_once(
    core: &Core,
    count: usize,
    operation: &'static Operation,
) -> Vec<Result<u16, Error<()>>> {
    let calls: Vec<_> = (0..count)
        .map(|_| {
            let core = core.clone();
            tokio::spawn(async move { call(&core, operation).await })
        })
        .collect();
    let mut results = Vec::new();
    for call in calls {
        results.push(call.await.unwrap());
    }
    results
}

/// Always the same response.
async fn always(status: u16, headers: &[(&str, &str)], body: &str) -> FaultServer {
    FaultServer::always(Fault::Response(response(status, headers, body))).await
}

fn fine() -> Fault {
    Fault::Response(response(200, &[], "{}"))
}

/// Lets the time of timers jump ahead.
async fn after(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

fn signature_holds(seen: &Received, now: SystemTime) -> bool {
    signed_with(seen, SECRET_KEY, now)
}

fn signed_with(seen: &Received, secret_key: &str, now: SystemTime) -> bool {
    let headers: Vec<(&str, &str)> = seen
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let input = SigningInput {
        access_key: ACCESS_KEY,
        secret_key,
        method: &seen.method,
        host: seen.header("host").unwrap(),
        path: &seen.target,
        query: &[],
        headers: &headers,
        body: &seen.body,
    };
    verify(&input, seen.header("authorization").unwrap(), now).is_ok()
}
