//! Everything that goes wrong on the way, through the client: a reset is done at most once for each
//! call, whatever the client is told; what is safe to send again is sent again. What was done stands
//! in the ledger of the simulator, not in what the client believes.

use std::fmt::Debug;
use std::time::Duration;

use huaweicloud_password::{Client, Credentials, Error, RetryPolicy};
use huaweicloud_password_workbench::calls;
use huaweicloud_password_workbench::cloud::{self, DEMO_ACCESS_KEY, DEMO_SECRET_KEY};
use openapi_simulator::RunningSimulator;
use openapi_simulator::fault::{Fault, FaultPlan, FaultRule};
use openapi_simulator::state::PasswordCheck;

const PROJECT: &str = "bbf1946d374b44a0a2a95533562ba954";
const PASSWORD: &str = "Demo-Only_Pass4";

fn client(simulator: &RunningSimulator) -> Client {
    let key = Credentials::aksk(DEMO_ACCESS_KEY, DEMO_SECRET_KEY).project_id(PROJECT);
    let retries = RetryPolicy::default().base_delay(Duration::from_millis(5));
    Client::builder("cn-north-4")
        .endpoint(simulator.endpoint())
        .credentials(key)
        .attempt_timeout(Duration::from_millis(700))
        .retry_policy(retries)
        .build()
        .unwrap()
}

fn rule(fault: &str) -> FaultRule {
    let text = format!("rules: [{{fault: {fault}}}]");
    FaultPlan::parse(&text).unwrap().rules.remove(0)
}

async fn failing(rules: Vec<FaultRule>) -> RunningSimulator {
    let simulator = cloud::simulator().faults(FaultPlan { seed: 1, rules });
    simulator.start().await.unwrap()
}

/// How a call ended: `done`, or whether it may have been processed.
fn ending<T, E: Debug>(result: &Result<T, Error<E>>) -> &'static str {
    match result {
        Ok(_) => "done",
        Err(error) if error.may_have_been_processed() => "perhaps",
        Err(_) => "not done",
    }
}

/// Fault; how often a reset arrives and is done, and what the client says of it; how often a call
/// arrives that may be sent again.
const FAULTS: &[(&str, u64, u64, &str, u64)] = &[
    ("delay=10ms", 1, 1, "done", 1),
    ("stall", 1, 0, "perhaps", 3),
    ("refuse", 1, 0, "perhaps", 3),
    ("reset-before", 1, 0, "perhaps", 3),
    ("reset-after", 1, 1, "perhaps", 3),
    // A reset of DWS has so short a body that its half is nothing.
    ("break", 1, 1, "perhaps", 3),
    ("wrong-length", 1, 1, "perhaps", 3),
    ("trickle=1ms", 1, 1, "done", 1),
    ("redirect", 1, 0, "perhaps", 1),
    ("throttle=0", 2, 1, "done", 2),
    ("throttle-silent", 2, 1, "done", 2),
    ("unavailable", 1, 0, "perhaps", 3),
    ("internal-error=500", 1, 0, "perhaps", 1),
    ("html", 1, 0, "perhaps", 1),
    ("wrong-clock=3h", 2, 1, "done", 1),
    ("misfit", 1, 1, "done", 1),
];

#[tokio::test(flavor = "multi_thread")]
async fn whatever_goes_wrong_a_reset_is_done_at_most_once() {
    let mut told = Vec::new();
    for (fault, ..) in FAULTS {
        let mut rule = rule(fault);
        if fault.starts_with("throttle") {
            // The client would go on as long as it may.
            rule.calls = vec![1];
        }
        let simulator = failing(vec![rule]).await;
        let client = client(&simulator);
        let result = calls::reset_cluster(&client, "cluster-1", PASSWORD)
            .send()
            .await;
        let resets = simulator.ledger().arrived();
        let done = simulator.ledger().processed("dws", "cluster-1");
        // What was done is done with the password of this call.
        let check = simulator.check_password("dws", "cluster-1", PASSWORD);
        assert_eq!(check == PasswordCheck::Right, done > 0, "{fault}");
        let flag = calls::cloud_server_flag(&client, "server-1").send().await;
        let _ = ending(&flag);
        let flags = simulator.ledger().arrived() - resets;
        told.push((*fault, resets, done, ending(&result), flags));
    }
    assert_eq!(told, FAULTS, "{told:#?}");
    let words: Vec<_> = Fault::words().map(|(word, _)| word).collect();
    let met = FAULTS.iter().map(|it| it.0.split('=').next().unwrap());
    assert_eq!(met.collect::<Vec<_>>(), words, "every fault is here");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_resets_on_a_bad_network_none_is_done_twice() {
    let shares = ["reset-before", "reset-after", "break", "unavailable"];
    let rules = shares.map(|fault| FaultRule {
        share: Some(0.1),
        ..rule(fault)
    });
    let simulator = failing(rules.into()).await;
    let client = client(&simulator);
    let clusters: Vec<_> = (0..60).map(|number| format!("cluster-{number}")).collect();
    for cluster in &clusters {
        let result = calls::reset_cluster(&client, cluster, PASSWORD)
            .send()
            .await;
        let done = simulator.ledger().processed("dws", cluster);
        match ending(&result) {
            "done" => assert_eq!(done, 1, "{cluster}"),
            "not done" => assert_eq!(done, 0, "{cluster}"),
            _ => assert!(done <= 1, "{cluster}: {done}"),
        }
    }
    let entries = simulator.ledger().entries();
    let met = entries.iter().filter(|entry| entry.fault.is_some()).count();
    assert!((10..50).contains(&met), "{met}");
}

#[tokio::test]
async fn five_wrong_signatures_lock_the_key_for_five_minutes() {
    let simulator = cloud::simulator().start().await.unwrap();
    let call = async |secret: &str| {
        let key = Credentials::aksk(DEMO_ACCESS_KEY, secret).project_id(PROJECT);
        // A client of its own for each, or it would hold its key back by itself.
        let client = Client::builder("cn-north-4")
            .endpoint(simulator.endpoint())
            .credentials(key)
            .build()
            .unwrap();
        let result = calls::cloud_server_flag(&client, "server-1").send().await;
        result.map_or_else(|error| error.status().unwrap(), |it| it.status())
    };
    for _ in 0..4 {
        assert_eq!(call("wrong").await, 401);
    }
    assert_eq!(call(DEMO_SECRET_KEY).await, 200, "four are forgiven");
    for _ in 0..5 {
        assert_eq!(call("wrong").await, 401);
    }
    assert_eq!(call(DEMO_SECRET_KEY).await, 401, "it is locked");
    let reason = simulator.ledger().entries().pop().unwrap().reason.unwrap();
    assert!(reason.contains("locked"), "{reason}");
    simulator.clock().advance(Duration::from_secs(5 * 60));
    // The client's clock is five minutes behind now, which is less than the fifteen that are allowed.
    assert_eq!(call(DEMO_SECRET_KEY).await, 200);
}

#[tokio::test]
async fn a_token_ends_with_its_day() {
    use huaweicloud_password::identity::SignIn;
    let simulator = cloud::simulator().start().await.unwrap();
    let user = SignIn::new("example-account", "example-user", PASSWORD);
    let client = Client::builder("cn-north-4")
        .endpoint(simulator.endpoint())
        .sign_in(user)
        .build()
        .unwrap();
    let call = async || calls::cloud_server_flag(&client, "server-1").send().await;
    assert!(call().await.is_ok());
    let arrived = simulator.ledger().arrived();
    simulator.clock().advance(Duration::from_secs(25 * 60 * 60));
    // The client's clock says that the token is good; the gateway knows better, and the client signs in
    // again.
    let again = call().await;
    let statuses = simulator.ledger().after(arrived).into_iter();
    let statuses: Vec<_> = statuses.map(|it| it.status.unwrap()).collect();
    assert_eq!(statuses[0], 401, "{again:?}");
}
