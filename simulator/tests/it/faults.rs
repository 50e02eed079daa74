//! Everything that goes wrong on purpose: what a client sees of it, and what was done nevertheless.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use openapi_simulator::fault::{Fault, FaultPlan};
use openapi_simulator::{Entry, RunningSimulator};
use serde_json::json;

use super::raw::{Call, Response};
use super::{shop, started};

const DONE: &str = r#"{"code":"1","left":5}"#;

fn set(customer: &str) -> Call {
    let path = format!("/v1/customers/{customer}/password");
    Call::new("PUT", path)
        .token()
        .json(&json!({"password": "Horse42battery"}))
}

/// Sends a call with a fault: what came back, and whether the service did what was asked.
async fn met(simulator: &RunningSimulator, fault: &str) -> (Response, bool) {
    let before = simulator.ledger().processed("shop", fault);
    let response = set(fault).fault(fault).send(simulator).await;
    let entry = simulator.ledger().entries().pop().unwrap();
    assert_eq!(entry.resource.as_deref(), Some(fault));
    let done = simulator.ledger().processed("shop", fault) - before;
    assert_eq!(done == 1, entry.processed, "{entry:?}");
    (response, done == 1)
}

#[tokio::test]
async fn a_connection_is_cut_before_or_after() {
    let simulator = started().await;
    for (fault, done) in [
        ("refuse", false),
        ("reset-before", false),
        ("reset-after", true),
    ] {
        let (response, was_done) = met(&simulator, fault).await;
        assert_eq!(response.error, Some(ErrorKind::ConnectionReset), "{fault}");
        assert_eq!((response.status, was_done), (0, done), "{fault}");
        let entry = simulator.ledger().entries().pop().unwrap();
        assert_eq!((entry.status, entry.fault.as_deref()), (None, Some(fault)));
    }
}

#[tokio::test]
async fn a_body_ends_too_early_or_comes_too_slowly() {
    let simulator = started().await;
    let (response, done) = met(&simulator, "break").await;
    assert!(done && response.status == 200);
    assert_eq!(response.header("content-length"), DONE.len().to_string());
    assert!(!response.body.is_empty() && response.body.len() < DONE.len());

    let (response, done) = met(&simulator, "wrong-length").await;
    assert!(done && response.status == 200);
    assert_eq!(response.body, DONE);
    let promised: usize = response.header("content-length").parse().unwrap();
    assert!(promised > DONE.len());

    let start = Instant::now();
    let (response, done) = met(&simulator, "trickle=10ms").await;
    assert!(done && response.body == DONE);
    assert!(start.elapsed() >= Duration::from_millis(10) * DONE.len() as u32);

    let start = Instant::now();
    let (response, done) = met(&simulator, "delay=120ms").await;
    assert!(done && response.body == DONE);
    assert!(start.elapsed() >= Duration::from_millis(120));
}

#[tokio::test]
async fn somebody_else_responds() {
    let simulator = started().await;
    for (fault, status) in [
        ("redirect", 302),
        ("throttle=7", 429),
        ("throttle-silent", 429),
        ("unavailable", 503),
        ("internal-error=502", 502),
        ("html", 200),
    ] {
        let (response, done) = met(&simulator, fault).await;
        assert_eq!((response.status, done), (status, false), "{fault}");
        let wait = if fault == "throttle=7" { "7" } else { "" };
        assert_eq!(response.header("retry-after"), wait, "{fault}");
        let is_html = response.header("content-type").starts_with("text/html");
        assert_eq!(is_html, fault == "html");
    }
    let (response, _) = met(&simulator, "redirect").await;
    assert!(response.header("location").starts_with('/'));
}

#[tokio::test]
async fn the_body_or_the_clock_is_wrong() {
    let simulator = started().await;
    let (response, done) = met(&simulator, "misfit").await;
    assert!(done && response.status == 200);
    assert_ne!(response.body, DONE);
    let fitting = response.json()["code"].is_string() && response.json()["left"].is_u64();
    assert!(!fitting, "{response:?}");

    let (response, _) = met(&simulator, "wrong-clock=2h").await;
    let date = httpdate::parse_http_date(&upper(response.header("date"))).unwrap();
    let ahead = date.duration_since(std::time::SystemTime::now()).unwrap();
    assert!(ahead > Duration::from_secs(7_000), "{ahead:?}");
}

/// A date as it was before its letters were made small.
fn upper(date: &str) -> String {
    let words = date.split(' ').map(|word| {
        let (first, rest) = word.split_at(1);
        format!("{}{rest}", first.to_uppercase())
    });
    words.collect::<Vec<_>>().join(" ").replace("Gmt", "GMT")
}

#[tokio::test]
async fn a_client_that_does_not_wait_leaves_its_entry() {
    let simulator = started().await;
    let host = simulator.endpoint().replace("http://", "");
    {
        use std::io::Write;
        let mut stream = std::net::TcpStream::connect(&host).unwrap();
        let body = r#"{"password": "Horse42battery"}"#;
        let head = "PUT /v1/customers/c/password HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\n\
                    X-Simulator-Fault: stall\r\nContent-Type: application/json\r\n";
        let length = body.len();
        write!(stream, "{head}Content-Length: {length}\r\n\r\n{body}").unwrap();
        while simulator.ledger().arrived() == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
    let entry = simulator.ledger().entries().pop().unwrap();
    assert_eq!((entry.status, entry.processed), (None, false));
    assert_eq!(simulator.ledger().processed("shop", "c"), 0);
}

#[tokio::test]
async fn a_fault_that_is_none_is_told() {
    let simulator = started().await;
    let response = set("c").fault("explode").send(&simulator).await;
    assert_eq!(response.status, 400);
    assert!(response.reason().contains("reset-after"), "{response:?}");
}

/// What of an entry is the same in two runs with the same seed.
fn alike(mut entries: Vec<Entry>) -> Vec<Entry> {
    for entry in &mut entries {
        entry.at = Duration::ZERO;
    }
    entries
}

#[tokio::test]
async fn the_same_seed_gives_the_same_ledger() {
    let run = async |seed: u64| {
        let plan = format!(
            "seed: {seed}\nrules:\n\
             - {{operation: SetPassword, share: 0.2, fault: reset-before}}\n\
             - {{operation: SetPassword, share: 0.2, fault: reset-after}}\n\
             - {{operation: SetPassword, share: 0.2, fault: unavailable}}\n\
             - {{calls: [2], fault: throttle=3}}\n"
        );
        let simulator = shop()
            .faults(FaultPlan::parse(&plan).unwrap())
            .rate_limits(false)
            .fixed_request_ids()
            .start()
            .await
            .unwrap();
        for number in 0..60 {
            set(&format!("c{}", number % 20)).send(&simulator).await;
        }
        alike(simulator.ledger().entries())
    };
    let (first, second, other) = (run(7).await, run(7).await, run(8).await);
    assert_eq!(first, second);
    assert_ne!(first, other);
    let faults = first.iter().filter_map(|entry| entry.fault.as_deref());
    let mut faults: Vec<_> = faults.collect();
    faults.sort_unstable();
    faults.dedup();
    assert_eq!(
        faults,
        ["reset-after", "reset-before", "throttle=3", "unavailable"]
    );
}

#[tokio::test]
async fn a_seed_decides_the_same_for_calls_that_overlap() {
    let plan = "{seed: 3, rules: [{share: 0.3, fault: reset-before}]}";
    let mut runs = Vec::new();
    for _ in 0..2 {
        let plan = FaultPlan::parse(plan).unwrap();
        let simulator = shop()
            .faults(plan)
            .rate_limits(false)
            .start()
            .await
            .unwrap();
        let calls = (0..40).map(|number| set(&format!("c{number}")).send(&simulator));
        futures_util::future::join_all(calls).await;
        let entries = simulator.ledger().entries().into_iter();
        let mut met: Vec<_> = entries.map(|it| (it.resource, it.fault)).collect();
        met.sort();
        runs.push(met);
    }
    assert_eq!(runs[0], runs[1]);
}

#[test]
fn every_fault_has_a_test_here() {
    let this = include_str!("faults.rs");
    for (word, _) in Fault::words() {
        assert!(
            this.contains(&format!("\"{word}")) || this.contains(&format!(" {word}")),
            "{word}"
        );
    }
}
