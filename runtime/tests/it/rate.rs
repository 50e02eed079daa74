//! How fast calls leave: limits that are known, and services that refuse what
//! is too many. Counted is what arrived.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::support::faults::{Fault, FaultServer};
use crate::support::script::{Act, Script, status};
use crate::support::*;
use bytes::Bytes;
use huaweicloud_runtime::generated::wire::{Request, RequestBuilder, SecretBytes};
use huaweicloud_runtime::generated::{Core, CoreBuilder};
use huaweicloud_runtime::transport::TransportFuture;
use huaweicloud_runtime::{
    Error, Operation, RateLimit, RateLimited, RetryPolicy, SendError, ServiceEndpoints, Transport,
    TransportError, TransportErrorKind,
};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

const THROTTLED: &str = r#"{"error_code":"APIGW.0308","error_msg":"slower, please"}"#;
const MS: Duration = Duration::from_millis(1);
const SECOND: Duration = Duration::from_secs(1);

/// A server's own limit: so many in each stretch of time from the first one on.
struct Windows {
    calls: usize,
    per: Duration,
    state: Mutex<(Option<Instant>, usize)>,
}

impl Windows {
    fn new(calls: usize, per: Duration) -> Self {
        Self {
            calls,
            per,
            state: Mutex::default(),
        }
    }

    fn admits(&self) -> bool {
        let mut state = self.state.lock().unwrap();
        let now = Instant::now();
        if state.0.is_none_or(|begun| now - begun >= self.per) {
            *state = (Some(now), 0);
        }
        state.1 += 1;
        state.1 <= self.calls
    }
}

/// A reset of this instance.
fn reset_of(number: usize) -> Request {
    RequestBuilder::post(target(number))
        .json(&ResetBody {
            new_password: PASSWORD.into(),
        })
        .build()
        .unwrap()
}

fn target(number: usize) -> String {
    format!("/v2/{PROJECT}/instances/i-{number}/password/reset")
}

/// What came to a cloud without sockets, for tests on a clock that jumps.
struct Arrived {
    at: Instant,
    target: String,
    refused: bool,
}

/// A cloud without sockets.
#[derive(Default)]
struct Cloud {
    limit: Option<Windows>,
    /// The status and the body of a refusal.
    refusal: Option<(u16, &'static str)>,
    retry_after: Option<&'static str>,
    /// How long requests and responses travel, at most, each.
    travel: Duration,
    arrived: Mutex<Vec<Arrived>>,
}

impl Cloud {
    fn limited(calls: usize, per: Duration, retry_after: Option<&'static str>) -> Arc<Self> {
        Arc::new(Self {
            limit: Some(Windows::new(calls, per)),
            retry_after,
            ..Self::default()
        })
    }

    fn client(self: &Arc<Self>) -> CoreBuilder {
        builder(aksk()).transport(self.clone())
    }

    /// The instances that were reset, in order.
    fn processed(&self) -> Vec<String> {
        let arrived = self.arrived.lock().unwrap();
        let processed = arrived.iter().filter(|it| !it.refused);
        processed.map(|it| it.target.clone()).collect()
    }

    fn count(&self) -> usize {
        self.arrived.lock().unwrap().len()
    }
}

impl Transport for Cloud {
    fn send(&self, request: http::Request<SecretBytes>) -> TransportFuture<'_> {
        Box::pin(async move {
            sleep(self.travel.mul_f64(fastrand::f64())).await;
            let refused = self.limit.as_ref().is_some_and(|limit| !limit.admits());
            self.arrived.lock().unwrap().push(Arrived {
                at: Instant::now(),
                target: request.uri().path().to_owned(),
                refused,
            });
            sleep(self.travel.mul_f64(fastrand::f64())).await;
            let (status, body) = match refused {
                true => self.refusal.unwrap_or((429, THROTTLED)),
                false => (200, "{}"),
            };
            let mut response = http::Response::builder().status(status);
            if let (true, Some(asked)) = (refused, self.retry_after) {
                response = response.header("retry-after", asked);
            }
            Ok(response.body(Bytes::from_static(body.as_bytes())).unwrap())
        })
    }
}

/// Resets so many instances at once, and gives the statuses.
async fn reset_all(core: &Core, count: usize) -> Vec<u16> {
    let mut calls = JoinSet::new();
    for number in 0..count {
        let core = core.clone();
        calls.spawn(async move {
            let response = core.execute(&RESET, None, reset_of(number)).await;
            response.unwrap().status()
        });
    }
    calls.join_all().await
}

fn in_order(count: usize) -> Vec<String> {
    (0..count).map(target).collect()
}

#[tokio::test]
async fn resets_that_are_too_many_are_all_done_and_none_twice() {
    const RESETS: usize = 40;
    for headers in [&[][..], &[("Retry-After", "1")]] {
        let limit = Windows::new(20, MS * 200);
        let processed = Arc::new(Mutex::new(Vec::new()));
        let log = processed.clone();
        let server = FaultServer::start(move |_, seen| {
            Fault::Response(if limit.admits() {
                log.lock().unwrap().push(seen.target.clone());
                response(200, &[], "{}")
            } else {
                response(429, headers, THROTTLED)
            })
        })
        .await;
        let policy = RetryPolicy::default().base_delay(MS * 20);
        let core = builder(aksk())
            .endpoint(&server.url)
            .retry_policy(policy)
            .build(SERVICES)
            .unwrap();
        assert_eq!(reset_all(&core, RESETS).await, [200; RESETS]);
        let mut processed = processed.lock().unwrap().clone();
        processed.sort();
        let mut wanted = in_order(RESETS);
        wanted.sort();
        assert_eq!(processed, wanted);
        // 20 of the first 40 are refused; hardly any afterwards.
        assert!(server.count() <= 70, "{} requests", server.count());
    }
}

#[tokio::test(start_paused = true)]
async fn forty_resets_at_five_a_second_are_forty_done_with_few_refusals() {
    for retry_after in [
        None,
        Some("0"),
        Some("1"),
        Some("soon"),
        Some("Fri, 31 Dec 1999 23:59:59 GMT"),
    ] {
        for travel in [Duration::ZERO, MS * 30, MS * 300] {
            let mut cloud = Cloud::limited(5, SECOND, retry_after);
            Arc::get_mut(&mut cloud).unwrap().travel = travel;
            let core = cloud.client().build(SERVICES).unwrap();
            let begun = Instant::now();
            assert_eq!(reset_all(&core, 40).await, [200; 40]);
            let mut processed = cloud.processed();
            if travel.is_zero() {
                assert_eq!(processed, in_order(40), "first come, first served");
            }
            processed.sort();
            processed.dedup();
            assert_eq!(processed.len(), 40);
            // 75 arrive at least: nobody knows the limit before.
            let (count, took) = (cloud.count(), begun.elapsed());
            assert!(count <= 90, "{count} with {retry_after:?}, {travel:?}");
            assert!(
                took < SECOND * 30,
                "{took:?} with {retry_after:?}, {travel:?}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn more_refusals_than_the_budget_has_are_no_loss() {
    let cloud = Cloud::limited(50, SECOND, None);
    let core = cloud.client().build(SERVICES).unwrap();
    assert_eq!(reset_all(&core, 400).await, [200; 400]);
    assert_eq!(cloud.processed().len(), 400);
    assert!(cloud.count() < 400 + 350 + 40, "{}", cloud.count());
}

#[tokio::test(start_paused = true)]
async fn refusals_without_end_are_bounded_by_the_deadline() {
    for retry_after in [None, Some("0"), Some("1")] {
        let cloud = Cloud::limited(0, SECOND, retry_after);
        for policy in [
            RetryPolicy::default(),
            RetryPolicy::default()
                .base_delay(Duration::ZERO)
                .max_delay(Duration::ZERO),
        ] {
            let core = cloud.client().retry_policy(policy).build(SERVICES).unwrap();
            let (before, begun) = (cloud.count(), Instant::now());
            let response = core.execute(&RESET, None, reset_of(1)).await.unwrap();
            assert_eq!(response.status(), 429);
            assert!(begun.elapsed() <= SECOND * 60);
            let sent = cloud.count() - before;
            assert!((4..=16).contains(&sent), "{sent}");
        }
        let once = cloud.client().retry_policy(RetryPolicy::none());
        let core = once.build(SERVICES).unwrap();
        let before = cloud.count();
        assert_eq!(reset_all(&core, 1).await, [429]);
        assert_eq!(cloud.count(), before + 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_that_proves_nothing_slows_the_others_and_sends_no_reset_again() {
    let mut cloud = Cloud::limited(1, SECOND * 3, Some("4"));
    Arc::get_mut(&mut cloud).unwrap().refusal =
        Some((429, r#"{"error_code":"DCS.1039","error_msg":"busy"}"#));
    let core = cloud.client().build(SERVICES).unwrap();
    let mut statuses = reset_all(&core, 2).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 429]);
    assert_eq!(cloud.count(), 2);
    // Another call, of a clone, keeps out of it.
    let begun = Instant::now();
    assert_eq!(reset_all(&core.clone(), 1).await, [200]);
    assert!(begun.elapsed() >= SECOND * 4);
    assert_eq!(cloud.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn what_is_safe_to_repeat_waits_its_turn_whoever_refuses() {
    let mut cloud = Cloud::limited(5, SECOND, None);
    let own = Arc::get_mut(&mut cloud).unwrap();
    (own.refusal, own.travel) = (Some((429, "<html>Too Many Requests</html>")), MS * 30);
    let core = cloud.client().build(SERVICES).unwrap();
    let mut calls = JoinSet::new();
    for _ in 0..40 {
        let core = core.clone();
        calls.spawn(async move {
            let response = core.execute(&SHOW, None, show_request()).await;
            response.unwrap().status()
        });
    }
    assert_eq!(calls.join_all().await, [200; 40]);
    assert!(cloud.count() <= 90, "{}", cloud.count());
}

#[tokio::test(start_paused = true)]
async fn a_response_stops_a_service_for_a_minute_at_most() {
    let cloud = Cloud::limited(1, SECOND * 10, Some("99999999999999999999999"));
    let patient = cloud.client().operation_timeout(SECOND * 600);
    let core = patient.build(SERVICES).unwrap();
    let mut statuses = reset_all(&core, 2).await;
    statuses.sort_unstable();
    // The call that was told to wait for ever gives up at once.
    assert_eq!(statuses, [200, 429]);
    let begun = Instant::now();
    assert_eq!(reset_all(&core, 1).await, [200]);
    assert!(begun.elapsed() <= SECOND * 61, "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn no_stretch_of_time_sees_more_arrive_than_the_limit() {
    for (limit, travel) in [
        (RateLimit::per_second(5), MS * 900),
        (RateLimit::per_second(1), MS * 10),
        (RateLimit::new(20, MS * 200), MS * 150),
        (RateLimit::per_minute(30), Duration::ZERO),
    ] {
        let cloud = Arc::new(Cloud {
            travel,
            ..Cloud::default()
        });
        let core = cloud
            .client()
            .rate_limit("dcs", limit)
            .operation_timeout(SECOND * 600)
            .build(SERVICES)
            .unwrap();
        assert_eq!(reset_all(&core, 40).await, [200; 40]);
        let arrived = cloud.arrived.lock().unwrap();
        let mut times: Vec<Instant> = arrived.iter().map(|it| it.at).collect();
        times.sort_unstable();
        let calls = limit.calls() as usize;
        for pair in times.windows(calls + 1) {
            assert!(pair[calls] - pair[0] >= limit.per(), "{limit}, {travel:?}");
        }
        // And no slower than it has to be.
        let took = times[39] - times[0];
        let longest = (limit.per() + travel * 2) * (40 / limit.calls() + 1);
        assert!(took <= longest, "{limit}, {travel:?}: {took:?}");
    }
}

#[tokio::test]
async fn a_known_limit_leaves_a_server_nothing_to_refuse() {
    let limit = Windows::new(20, MS * 200);
    let server = FaultServer::start(move |_, _| {
        Fault::Response(match limit.admits() {
            true => response(200, &[], "{}"),
            false => response(429, &[], THROTTLED),
        })
    })
    .await;
    let core = builder(aksk())
        .endpoint(&server.url)
        .rate_limit("dcs", RateLimit::new(20, MS * 200))
        .build(SERVICES)
        .unwrap();
    assert_eq!(reset_all(&core, 60).await, [200; 60]);
    assert_eq!(server.count(), 60);
}

static LIMITED: &[ServiceEndpoints] = &[
    ServiceEndpoints::new("dcs", &[("cn-north-4", "https://dcs.example.com")]).rate_limit(2, 1),
    ServiceEndpoints::new("dws", &[("cn-north-4", "https://dws.example.com")]),
];

static OTHER_SERVICE: Operation = Operation::new("dws", "ResetPassword", "POST", "/");
static OWN_LIMIT: Operation = Operation::new("dws", "Slow", "POST", "/").rate_limit(1, 10);

/// How long so many calls one after the other take.
async fn time(core: &Core, operation: &'static Operation, count: usize) -> Duration {
    let begun = Instant::now();
    for number in 0..count {
        core.execute(operation, None, reset_of(number))
            .await
            .unwrap();
    }
    begun.elapsed()
}

#[tokio::test(start_paused = true)]
async fn the_document_s_limit_holds_unless_another_is_set() {
    let cloud = Arc::new(Cloud::default());
    let built = |builder: CoreBuilder| builder.build(LIMITED).unwrap();

    let core = built(cloud.client());
    assert!(time(&core, &RESET, 9).await >= SECOND * 4);
    assert_eq!(time(&core, &OTHER_SERVICE, 99).await, Duration::ZERO);

    let core = built(cloud.client().rate_limit("dcs", RateLimit::per_minute(2)));
    let slow = core.execute(&RESET, None, reset_of(0)).await;
    assert_eq!(slow.unwrap().status(), 200);
    assert!(time(&core, &RESET, 1).await >= SECOND * 30);

    let core = built(cloud.client().no_rate_limit());
    assert_eq!(time(&core, &RESET, 99).await, Duration::ZERO);
    assert_eq!(time(&core, &OWN_LIMIT, 9).await, Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn an_operation_s_own_limit_is_its_own() {
    let cloud = Arc::new(Cloud::default());
    let core = cloud.client().build(LIMITED).unwrap();
    let waiting = core.clone();
    let slow = tokio::spawn(async move { time(&waiting, &OWN_LIMIT, 3).await });
    tokio::task::yield_now().await;
    assert_eq!(time(&core, &OTHER_SERVICE, 50).await, Duration::ZERO);
    assert!(slow.await.unwrap() >= SECOND * 20);
}

#[tokio::test(start_paused = true)]
async fn one_service_s_queue_and_refusals_are_no_other_s() {
    let cloud = Cloud::limited(1, SECOND, Some("5"));
    let core = cloud.client().build(SERVICES).unwrap();
    let busy = core.clone();
    let queue = tokio::spawn(async move { reset_all(&busy, 5).await });
    sleep(MS * 1_500).await;
    assert_eq!(time(&core, &OTHER_SERVICE, 1).await, Duration::ZERO);
    assert_eq!(queue.await.unwrap(), [200; 5]);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_leaves_its_turn_to_the_next() {
    let cloud = Arc::new(Cloud::default());
    let core = cloud
        .client()
        .rate_limit("dcs", RateLimit::new(1, SECOND * 10))
        .build(SERVICES)
        .unwrap();
    assert_eq!(time(&core, &RESET, 1).await, Duration::ZERO);
    let begun = Instant::now();
    let mut waiting: Vec<_> = (1..4)
        .map(|number| {
            let core = core.clone();
            tokio::spawn(async move {
                let response = core.execute(&RESET, None, reset_of(number)).await;
                response.unwrap();
            })
        })
        .collect();
    sleep(SECOND).await;
    waiting.remove(0).abort();
    waiting.remove(0).abort();
    waiting.remove(0).await.unwrap();
    let took = begun.elapsed();
    assert!(took >= SECOND * 10 && took < SECOND * 11, "{took:?}");
    assert_eq!(cloud.processed(), [target(0), target(3)]);
}

#[tokio::test(start_paused = true)]
async fn a_turn_that_is_not_used_is_given_back() {
    // What did not arrive is not counted.
    let refused = || Act::Fail(TransportError::new(TransportErrorKind::Connect));
    let script = Arc::new(Script::new([refused(), refused(), status(200, &[], "{}")]));
    let core = builder(aksk())
        .transport(script.clone())
        .rate_limit("dcs", RateLimit::per_minute(1))
        .build(SERVICES)
        .unwrap();
    assert!(time(&core, &RESET, 1).await < SECOND * 2);
    assert_eq!(script.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_turn_after_the_deadline_is_an_error_at_once() {
    let cloud = Arc::new(Cloud::default());
    let core = cloud
        .client()
        .rate_limit("dcs", RateLimit::new(1, SECOND * 90))
        .build(SERVICES)
        .unwrap();
    assert_eq!(time(&core, &RESET, 1).await, Duration::ZERO);
    sleep(SECOND * 10).await;
    let begun = Instant::now();
    let error = core.execute(&RESET, None, reset_of(1)).await.unwrap_err();
    assert_eq!(begun.elapsed(), Duration::ZERO);
    let SendError::Transport(inner) = &error else {
        panic!("{error:?}");
    };
    assert_eq!(inner.kind(), TransportErrorKind::Timeout);
    let source = std::error::Error::source(inner).unwrap();
    let late: &RateLimited = source.downcast_ref().unwrap();
    assert_eq!((late.service(), late.wait().as_secs()), ("dcs", 80));
    assert_eq!(
        error.to_string(),
        "dcs.ResetPassword: no response in time (dcs.cn-north-4.example.com): `dcs` takes 1 call \
         in 90s, and the turn of this one comes in 80s or later, after its time limit; the \
         request did not reach the server and can be sent again"
    );
    let error: Error<()> = error.into();
    assert!(error.is_retryable() && !error.may_have_been_processed());
    assert_eq!(cloud.count(), 1);
    // Those that can still go are not disturbed.
    sleep(SECOND * 50).await;
    assert!(time(&core, &RESET, 1).await < SECOND * 31);
}

#[tokio::test(start_paused = true)]
async fn a_queue_that_is_too_long_for_the_deadline_is_cut_at_once() {
    let cloud = Arc::new(Cloud::default());
    let core = cloud
        .client()
        .rate_limit("dcs", RateLimit::per_second(1))
        .operation_timeout(MS * 9_500)
        .build(SERVICES)
        .unwrap();
    let mut calls = JoinSet::new();
    for number in 0..30 {
        let core = core.clone();
        calls.spawn(async move {
            let begun = Instant::now();
            let response = core.execute(&RESET, None, reset_of(number)).await;
            (response.is_ok(), begun.elapsed())
        });
    }
    let ended = calls.join_all().await;
    let done = ended.iter().filter(|(done, _)| *done).count();
    assert_eq!(done, 10);
    assert_eq!(cloud.processed(), in_order(10));
    for (_, took) in ended.iter().filter(|(done, _)| !done) {
        assert_eq!(*took, Duration::ZERO);
    }
}

#[test]
fn a_limit_of_nothing_and_one_for_nobody_are_refused() {
    let with = |service, limit| builder(aksk()).rate_limit(service, limit).build(SERVICES);
    for limit in [RateLimit::per_second(0), RateLimit::new(1, Duration::ZERO)] {
        let error = with("dcs", limit).unwrap_err().to_string();
        assert!(error.contains("`.rate_limit(..)` is zero"), "{error}");
    }
    let error = with("dcx", RateLimit::per_second(1)).unwrap_err();
    assert!(error.to_string().contains("`dcx`"), "{error}");
    for limit in [
        RateLimit::new(u32::MAX, Duration::MAX),
        RateLimit::new(1, Duration::MAX),
        RateLimit::new(u32::MAX, Duration::from_nanos(1)),
    ] {
        assert!(with("dcs", limit).is_ok(), "{limit}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_wait_for_a_turn_is_told() {
    let written = Arc::new(Mutex::new(Vec::new()));
    let writer = written.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_ansi(false)
        .with_writer(move || Lines(writer.clone()))
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    // A test beside this one may be the first to come by a place that writes, at the moment in which
    // nobody listens: then the place is taken for one that nobody wants to hear of. So they are
    // asked about again, and the calls made again, by a client that has not learned the rate.
    for _ in 0..2 {
        let cloud = Cloud::limited(2, SECOND, Some("1"));
        let core = cloud.client().build(SERVICES).unwrap();
        assert!(time(&core, &RESET, 3).await >= SECOND);
        tracing::callsite::rebuild_interest_cache();
    }
    let text = String::from_utf8(written.lock().unwrap().clone()).unwrap();
    for told in [
        "the service asks for fewer calls; those to it wait wait_ms=1000",
        "waited for its turn wait_ms=1000",
    ] {
        assert!(text.contains(told), "{text}");
    }
}

struct Lines(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
