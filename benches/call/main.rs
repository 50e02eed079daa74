//! What a call through the client costs beside the same call written by hand with reqwest.
//!
//! Both go to the same server on this machine, over connections that are kept: the same bytes out,
//! signed with the same key, and the same JSON read into the same type. So what is left between
//! them is what the client adds: the checks, the policy, the wiping, the time-outs, the spans.
//!
//! They are measured twice: over https, both by rustls and with the same certificate trusted, and
//! over plain HTTP. The limit is for https and decides how the program ends, since a password never
//! travels otherwise: the client itself refuses plain HTTP to any other machine. Plain HTTP is
//! shown beside it because there is the least around what the client adds, so that its ratio is
//! the first to move.
//!
//! `cargo bench --bench call` prints criterion's figures for each, and then the ratios, for which
//! the two take turns, so that whatever else the machine does slows both.
#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

mod by_hand;
mod server;

use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime};

use criterion::Criterion;
use huaweicloud_password::runtime::signing::{SigningInput, sign};
use huaweicloud_password::{Client, Credentials};
use huaweicloud_password_workbench::calls;
use tokio::runtime::Runtime;

use self::server::Server;

const ACCESS_KEY: &str = "AKIDEXAMPLE0000000001";
const SECRET_KEY: &str = "SkExampleSecretKeyForBenchmarks000000001";
const PROJECT: &str = "bbf1946d374b44a0a2a95533562ba954";
const INSTANCE: &str = "5560df16-cebf-4473-95c4-d1b573c16e79";
const PASSWORD: &str = "Correct-Horse-42";

/// The most that the client may take, in times of the call by hand.
const LIMIT: f64 = 1.10;
/// Calls of one kind before it is the other's turn.
const TURN: u32 = 20;

/// The two ways to call one server.
struct Pair {
    scheme: &'static str,
    client: Client,
    by_hand: by_hand::Client,
}

impl Pair {
    fn new(server: &Server, certificate: &str) -> Self {
        let client = Client::builder("cn-north-4")
            .credentials(Credentials::aksk(ACCESS_KEY, SECRET_KEY).project_id(PROJECT))
            .endpoint(format!("{}://{}", server.scheme, server.host))
            .ca_certificate(certificate)
            .build()
            .unwrap();
        Self {
            scheme: server.scheme,
            client,
            by_hand: by_hand::Client::new(server, certificate),
        }
    }
}

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let servers = server::start();
    let pairs =
        [&servers.http, &servers.https].map(|server| Pair::new(server, &servers.certificate));

    let mut criterion = Criterion::default().configure_from_args();
    for pair in &pairs {
        signs_alike(&pair.by_hand);
        let mut group = criterion.benchmark_group(format!("call/{}", pair.scheme));
        group.bench_function("by_hand", |bench| {
            bench.iter(|| runtime.block_on(call_by_hand(&pair.by_hand)));
        });
        group.bench_function("client", |bench| {
            bench.iter(|| runtime.block_on(call(&pair.client)));
        });
        group.finish();
    }
    criterion.final_summary();

    // `-- --test` asks only whether it works, the others for something else altogether.
    let asked = |flag| std::env::args().any(|argument| argument == flag);
    if asked("--profile-time") || asked("--list") {
        return ExitCode::SUCCESS;
    }
    let turns = if asked("--test") { 2 } else { 2_000 };
    let [_, https] = pairs.map(|pair| compare(&runtime, &pair, turns));
    if https > LIMIT && turns > 2 {
        eprintln!(
            "error: over https the client takes more than {LIMIT:.2} times what the call by hand takes"
        );
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

async fn call(client: &Client) {
    let call = calls::reset_cache(client, INSTANCE, PASSWORD);
    let response = call.send().await.unwrap();
    assert_eq!(response.message.as_deref(), Some("success"));
}

async fn call_by_hand(client: &by_hand::Client) {
    let response = client.reset_password(INSTANCE, PASSWORD).await.unwrap();
    assert_eq!(response.message.as_deref(), Some("success"));
}

/// The two are worth comparing only if the one by hand signs as well.
fn signs_alike(client: &by_hand::Client) {
    let now = SystemTime::now();
    let path = by_hand::path(INSTANCE);
    let body = by_hand::body(PASSWORD);
    let (date, authorization) = client.sign(&path, &body, now);
    let signed = sign(
        &SigningInput {
            access_key: ACCESS_KEY,
            secret_key: SECRET_KEY,
            method: "POST",
            host: client.host(),
            path: &path,
            query: &[],
            headers: &[
                ("content-type", "application/json"),
                ("host", client.host()),
                ("x-project-id", PROJECT),
                ("x-sdk-date", &date),
            ],
            body: &body,
        },
        now,
    );
    assert_eq!(authorization, signed.authorization);
}

/// Measures in turns, says how the two compare, and gives the ratio.
fn compare(runtime: &Runtime, pair: &Pair, turns: u32) -> f64 {
    let time = |future: &mut dyn FnMut()| {
        let begun = Instant::now();
        for _ in 0..TURN {
            future();
        }
        begun.elapsed() / TURN
    };
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    let mut ratios = Vec::new();
    for turn in 0..turns {
        let mut one = || runtime.block_on(call(&pair.client));
        let mut other = || runtime.block_on(call_by_hand(&pair.by_hand));
        // Neither is always the first.
        let (a, b) = if turn % 2 == 0 {
            let a = time(&mut one);
            (a, time(&mut other))
        } else {
            let b = time(&mut other);
            (time(&mut one), b)
        };
        ratios.push(a.as_secs_f64() / b.as_secs_f64());
        ours.push(a);
        theirs.push(b);
    }
    ratios.sort_by(f64::total_cmp);
    let ratio = ratios[ratios.len() / 2];
    println!(
        "{} in turns, {turns} times {TURN} calls each: client {:.1} us, by hand {:.1} us (medians)",
        pair.scheme,
        micros(ours),
        micros(theirs),
    );
    println!(
        "{} ratio client / by hand: {ratio:.3} (median; a quarter below {:.3}, a quarter above {:.3}), limit {LIMIT:.2}",
        pair.scheme,
        ratios[ratios.len() / 4],
        ratios[ratios.len() * 3 / 4],
    );
    ratio
}

/// The median in microseconds.
fn micros(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e6
}
