//! A thousand calls at once through one client, again and again: none is lost, nobody signs in
//! twice, and memory stays where it is.
//!
//! The simulator runs in a process of its own, so that what is measured here is the client.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::HashSet;
use std::io::{BufRead as _, Seek as _, Write as _};
use std::time::Duration;

use huaweicloud_password::Client;
use huaweicloud_password::identity::SignIn;
use huaweicloud_password_workbench::calls;
use peak_alloc::PeakAlloc;

#[path = "it/simulate.rs"]
mod simulate;

use simulate::Simulate;

const CALLS: usize = 1_000;
const ROUNDS: usize = 10;

/// Counts the bytes that are alive. What the system holds for the process would say more of the
/// allocator's habits, and of what else the machine does, than of the client.
#[global_allocator]
static ALIVE: PeakAlloc = PeakAlloc;

/// How long a connection waits for another call.
const IDLE: Duration = Duration::from_millis(100);

/// The bytes alive once nothing is closed any more.
async fn settled() -> usize {
    let mut before = ALIVE.current_usage();
    let mut quiet = 0;
    while quiet < 5 {
        tokio::time::sleep(IDLE).await;
        let now = ALIVE.current_usage();
        quiet = if now == before { quiet + 1 } else { 0 };
        before = now;
    }
    before
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_calls_at_once_through_one_client() {
    let mut simulate = Simulate::start();
    let address = simulate.address();
    // Read all the while, or the simulator would wait for room in the pipe; kept in a file, so that
    // it is not counted as the client's.
    let mut kept = tempfile::tempfile().unwrap();
    let mut writer = kept.try_clone().unwrap();
    let reader = std::thread::spawn(move || {
        let mut line = String::new();
        while simulate.lines.read_line(&mut line).unwrap() > 0 {
            writer.write_all(line.as_bytes()).unwrap();
            if line.contains("/the-end/") {
                break;
            }
            line.clear();
        }
        // Alive until every response has been read.
        simulate
    });
    let client = Client::builder("cn-north-4")
        .endpoint(format!("http://{address}"))
        .sign_in(SignIn::new(
            "example-account",
            "example-user",
            "Correct-Horse-42",
        ))
        // How many connections a round needs depends on the machine, and each holds 30 KB: what
        // is counted is what is left when they are closed.
        .pool_idle_timeout(IDLE)
        // The machine may be busy, and a slow response is no lost one.
        .attempt_timeout(Duration::from_secs(120))
        .operation_timeout(Duration::from_secs(120))
        .build()
        .unwrap();

    let mut after_rounds = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS {
        let calls: Vec<_> = (0..CALLS)
            .map(|number| {
                let client = client.clone();
                tokio::spawn(async move {
                    // Resets among them, of which none may be sent twice.
                    if number % 2 == 0 {
                        let call = calls::cloud_server_flag(&client, format!("s-{round}-{number}"));
                        let response = call.send().await.unwrap();
                        response.request_id().map(str::to_owned)
                    } else {
                        let call = calls::reset_cluster(
                            &client,
                            format!("c-{round}-{number}"),
                            "Correct-Horse-42",
                        );
                        let response = call.send().await.unwrap();
                        response.request_id().map(str::to_owned)
                    }
                })
            })
            .collect();
        let mut ids = HashSet::new();
        for call in calls {
            assert!(
                ids.insert(call.await.unwrap().unwrap()),
                "a response given twice"
            );
        }
        assert_eq!(ids.len(), CALLS);
        drop(ids);
        after_rounds.push(settled().await);
    }

    let last = calls::bare_metal_flag(&client, "the-end");
    last.send().await.unwrap();
    drop(reader.join().unwrap());

    kept.rewind().unwrap();
    let arrived = std::io::read_to_string(kept).unwrap();
    let arrived: Vec<&str> = arrived.lines().collect();
    assert_eq!(arrived.len(), ROUNDS * CALLS + 2);
    let signed_in = arrived
        .iter()
        .filter(|line| line.contains("/v3/auth/tokens"));
    assert_eq!(signed_in.count(), 1, "one sign-in for all of them");
    let paths: HashSet<_> = arrived.iter().map(|line| line.split(',').next()).collect();
    assert_eq!(paths.len(), arrived.len(), "nothing arrived twice");
    assert!(arrived.iter().all(|line| line.starts_with('2')));

    println!("bytes alive after each round: {after_rounds:?}");
    // The first rounds fill what is kept for reuse; then not even 100 bytes a call may stay.
    let (early, late) = after_rounds.split_at(ROUNDS / 2);
    let (most_early, most_late) = (early.iter().max().unwrap(), late.iter().max().unwrap());
    let grown = most_late.saturating_sub(*most_early);
    assert!(
        grown < 100 * CALLS * ROUNDS / 2,
        "{grown} bytes more are alive: {after_rounds:?}"
    );
}
