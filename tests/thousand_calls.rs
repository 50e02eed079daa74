//! A thousand calls at once through one client, again and again: none is lost, nobody signs in
//! twice, and memory stays where it is.
//!
//! The simulator runs in a process of its own, so that what is measured here is the client.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::HashSet;
use std::io::BufRead as _;
use std::sync::mpsc;
use std::time::Duration;

use huaweicloud_password::Client;
use huaweicloud_password::identity::SignIn;

#[path = "support/simulate.rs"]
mod simulate;

use simulate::Simulate;

const CALLS: usize = 1_000;
const ROUNDS: usize = 10;

/// The memory this process holds, in bytes, where the system tells.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_calls_at_once_through_one_client() {
    let mut simulate = Simulate::start();
    let address = simulate.address();
    // Read all the while, or the simulator would wait for room in the pipe.
    let (line, lines) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        while simulate.lines.read_line(&mut text).unwrap() > 0 {
            let is_last = text.contains("/the-end/");
            line.send(std::mem::take(&mut text)).unwrap();
            if is_last {
                break;
            }
        }
        // Alive until every answer has been read.
        simulate
    });
    let client = Client::builder("cn-north-4")
        .endpoint(format!("http://{address}"))
        .sign_in(SignIn::new(
            "example-account",
            "example-user",
            "Correct-Horse-42",
        ))
        // The machine may be busy, and a slow answer is no lost one.
        .attempt_timeout(Duration::from_secs(120))
        .operation_timeout(Duration::from_secs(120))
        .build()
        .unwrap();

    let mut after_rounds = Vec::new();
    for round in 0..ROUNDS {
        let calls: Vec<_> = (0..CALLS)
            .map(|number| {
                let client = client.clone();
                tokio::spawn(async move {
                    // Resets among them, of which none may be sent twice.
                    if number % 2 == 0 {
                        let call = client
                            .ecs()
                            .show_reset_password_flag(format!("s-{round}-{number}"));
                        let answer = call.send().await.unwrap();
                        answer.request_id().map(str::to_owned)
                    } else {
                        let call = client.dws().reset_password(format!("c-{round}-{number}"));
                        let call = call.new_password("Correct-Horse-42");
                        let answer = call.send().await.unwrap();
                        answer.request_id().map(str::to_owned)
                    }
                })
            })
            .collect();
        let mut ids = HashSet::new();
        for call in calls {
            assert!(
                ids.insert(call.await.unwrap().unwrap()),
                "an answer given twice"
            );
        }
        assert_eq!(ids.len(), CALLS);
        after_rounds.extend(resident());
    }

    let last = client.bms().show_reset_pwd("the-end");
    last.send().await.unwrap();
    drop(reader.join().unwrap());

    let arrived: Vec<String> = lines.into_iter().collect();
    assert_eq!(arrived.len(), ROUNDS * CALLS + 2);
    let signed_in = arrived
        .iter()
        .filter(|line| line.contains("/v3/auth/tokens"));
    assert_eq!(signed_in.count(), 1, "one sign-in for all of them");
    let paths: HashSet<_> = arrived.iter().map(|line| line.split(',').next()).collect();
    assert_eq!(paths.len(), arrived.len(), "nothing arrived twice");
    assert!(arrived.iter().all(|line| line.starts_with('2')));

    // The first rounds fill what is kept for reuse; then a round leaves nothing behind. 200 bytes a
    // call would already be 2 MB here; allocators are untidy by about that much.
    if let [_, _, third, .., last] = after_rounds.as_slice() {
        let grown = last.saturating_sub(*third);
        assert!(
            grown < 8 << 20,
            "memory grew by {grown} bytes: {after_rounds:?}"
        );
        assert!(*last < 200 << 20, "{after_rounds:?}");
    }
    println!("memory after each round, in bytes: {after_rounds:?}");
}
