//! The simulator's own addresses.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use serde_json::json;

use super::raw::Call;
use super::started;

const PASSWORD: &str = "Horse42battery";

fn set(customer: &str) -> Call {
    let path = format!("/v1/customers/{customer}/password");
    Call::new("PUT", path)
        .token()
        .json(&json!({"password": PASSWORD}))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ledger_is_read_followed_and_cleared() {
    let simulator = started().await;
    let host = simulator.endpoint().replace("http://", "");
    let mut stream = TcpStream::connect(&host).unwrap();
    write!(
        stream,
        "GET /_simulator/ledger/events HTTP/1.1\r\nHost: {host}\r\n\r\n"
    )
    .unwrap();
    let mut events = BufReader::new(stream);
    let mut line = String::new();
    while line != "\r\n" {
        line.clear();
        events.read_line(&mut line).unwrap();
    }

    set("c1").send(&simulator).await;
    set("c2").fault("unavailable").send(&simulator).await;
    let ledger = Call::new("GET", "/_simulator/ledger")
        .send(&simulator)
        .await;
    let entries = &ledger.json()["entries"];
    assert_eq!(entries[0]["resource"], "c1");
    assert_eq!(entries[0]["processed"], true);
    assert_eq!(entries[0]["key"], "token");
    assert_eq!(entries[1]["fault"], "unavailable");
    assert_eq!(entries[1]["status"], 503);
    assert!(!ledger.body.contains(PASSWORD));
    let after = Call::new("GET", "/_simulator/ledger?after=1")
        .send(&simulator)
        .await;
    assert_eq!(after.json()["entries"].as_array().unwrap().len(), 1);
    let processed = Call::new("GET", "/_simulator/ledger/processed/shop/c1");
    assert_eq!(
        processed.clone().send(&simulator).await.json()["processed"],
        1
    );

    let followed = tokio::task::spawn_blocking(move || {
        let mut line = String::new();
        while !line.starts_with("data: ") {
            line.clear();
            events.read_line(&mut line).unwrap();
        }
        line
    });
    let followed = followed.await.unwrap();
    let entry: serde_json::Value = serde_json::from_str(&followed["data: ".len()..]).unwrap();
    assert_eq!(entry, entries[0]);

    let clear = Call::new("DELETE", "/_simulator/ledger")
        .send(&simulator)
        .await;
    assert_eq!(clear.status, 204);
    assert_eq!(simulator.ledger().entries(), []);
    assert_eq!(processed.send(&simulator).await.json()["processed"], 0);
}

#[tokio::test]
async fn faults_are_switched_and_wrong_ones_change_nothing() {
    let simulator = started().await;
    let put = |plan: serde_json::Value| Call::new("PUT", "/_simulator/faults").json(&plan);
    let plan = json!({"seed": 7, "rules": [{"service": "shop", "fault": "html"}]});
    assert_eq!(put(plan.clone()).send(&simulator).await.status, 204);
    for wrong in [
        json!({"rules": [{"fault": "htlm"}]}),
        json!({"rules": [{"fault": "html", "share": 2}]}),
        json!({"rule": []}),
        json!([]),
    ] {
        let response = put(wrong).send(&simulator).await;
        assert_eq!(response.status, 400);
        assert!(response.json()["error"].is_string());
    }
    let now = Call::new("GET", "/_simulator/faults")
        .send(&simulator)
        .await;
    assert_eq!(now.json(), plan);
    let response = set("c1").send(&simulator).await;
    assert!(response.header("content-type").starts_with("text/html"));
}

#[tokio::test]
async fn passwords_are_checked_and_judged_and_never_repeated() {
    let simulator = started().await;
    set("c1").send(&simulator).await;
    let check = |password: &str| {
        let asked = json!({"service": "shop", "resource": "c1", "password": password});
        Call::new("POST", "/_simulator/check").json(&asked)
    };
    let word = async |call: Call| call.send(&simulator).await.json()["password"].clone();
    assert_eq!(word(check(PASSWORD)).await, "right");
    assert_eq!(word(check("other")).await, "wrong");

    let judge = |operation: &str, password: &str| {
        let asked = json!({"service": "shop", "operation": operation, "password": password});
        Call::new("POST", "/_simulator/password").json(&asked)
    };
    let broken = judge("SetPassword", "weak").send(&simulator).await;
    let broken = broken.json()["broken"].as_array().unwrap().clone();
    assert_eq!(broken.len(), 2, "{broken:?}");
    let fine = judge("SetPassword", PASSWORD).send(&simulator).await;
    assert_eq!(fine.json(), json!({"broken": []}));
    // Below a way, as in a body that holds it deeper.
    let deep = judge("SignIn", "weak").send(&simulator).await;
    assert_eq!(deep.json()["broken"].as_array().unwrap().len(), 2);
    assert_eq!(judge("Nothing", "x").send(&simulator).await.status, 404);
    let odd = json!({"service": "shop", "password": PASSWORD, "more": PASSWORD});
    for path in ["/_simulator/check", "/_simulator/password"] {
        let response = Call::new("POST", path).json(&odd).send(&simulator).await;
        assert_eq!(response.status, 400);
        assert!(!response.body.contains(PASSWORD), "{response:?}");
    }
}

#[tokio::test]
async fn the_clock_is_put_ahead() {
    let simulator = started().await;
    let before = simulator.clock().since_start();
    let ahead = Call::new("POST", "/_simulator/clock").json(&json!({"advance_ms": 60_000}));
    assert_eq!(ahead.send(&simulator).await.status, 200);
    let since = simulator.clock().since_start() - before;
    assert!(since >= std::time::Duration::from_secs(60));
    let wrong = Call::new("POST", "/_simulator/clock").json(&json!({"advance_ms": -1}));
    assert_eq!(wrong.send(&simulator).await.status, 400);
    let unknown = Call::new("GET", "/_simulator/nothing")
        .send(&simulator)
        .await;
    assert_eq!(unknown.status, 404);
}
