//! When calls are sent again, on a transport that plays a script and a clock
//! that jumps ahead whenever everybody waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::support::script::{Act, Script, status};
use crate::support::watch::Watch;
use crate::support::*;
use huaweicloud_runtime::generated::{Core, CoreBuilder, RawResponse};
use huaweicloud_runtime::observe::Outcome;
use huaweicloud_runtime::{
    Credentials, CredentialsError, CredentialsFuture, Error, ProvideCredentials, RetryPolicy,
    SendError, TransportError, TransportErrorKind,
};
use tokio::time::Instant;

/// The gateway's own words, which prove that it did not pass the request on.
const THROTTLED: &str = r#"{"error_code":"APIGW.0308","error_msg":"later"}"#;

fn playing(script: &Arc<Script>) -> CoreBuilder {
    builder(aksk()).transport(script.clone())
}

fn core(script: &Arc<Script>) -> Core {
    playing(script).build(SERVICES).unwrap()
}

async fn show(core: &Core) -> Result<RawResponse, SendError> {
    core.execute(&SHOW, None, show_request()).await
}

async fn reset(core: &Core) -> Result<RawResponse, SendError> {
    core.execute(&RESET, None, reset_request()).await
}

fn transport_error(result: Result<RawResponse, SendError>) -> TransportError {
    match result {
        Err(SendError::Transport(error)) => error,
        other => panic!("a transport error was expected, not {other:?}"),
    }
}

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// Checks a time on the jumping clock, which counts milliseconds.
fn assert_about(elapsed: Duration, expected: Duration) {
    let latest = expected + Duration::from_millis(5);
    assert!((expected..=latest).contains(&elapsed), "{elapsed:?}");
}

fn fails(kind: TransportErrorKind) -> Act {
    Act::Fail(TransportError::new(kind))
}

#[tokio::test(start_paused = true)]
async fn a_transport_of_another_s_making_is_held_to_the_timeouts() {
    let script = Arc::new(Script::default());
    let core = core(&script);

    let start = Instant::now();
    let error = transport_error(reset(&core).await);
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    assert!(error.may_have_been_processed());
    assert!(error.to_string().contains("attempt took longer than 30s"));
    assert_about(start.elapsed(), seconds(30));
    assert_eq!(script.count(), 1);

    let start = Instant::now();
    let error = transport_error(show(&core).await);
    assert!(
        error.to_string().contains("operation took longer than 60s"),
        "{error}"
    );
    assert_about(start.elapsed(), seconds(60));
    assert_eq!(script.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn timeouts_of_any_length_work() {
    for (attempt, operation, ends) in [
        (Duration::MAX, Duration::from_millis(7), 7),
        (Duration::from_millis(9), Duration::MAX, 9),
    ] {
        let script = Arc::new(Script::default());
        let core = playing(&script)
            .attempt_timeout(attempt)
            .operation_timeout(operation)
            .build(SERVICES)
            .unwrap();
        let start = Instant::now();
        transport_error(reset(&core).await);
        assert_about(start.elapsed(), Duration::from_millis(ends));
    }
}

#[tokio::test(start_paused = true)]
async fn every_attempt_sends_the_same_body_with_a_signature_of_its_own() {
    let script = Arc::new(Script::new([
        status(429, &[("retry-after", "2")], THROTTLED),
        fails(TransportErrorKind::Connect),
        status(200, &[], "{}"),
    ]));
    let response = reset(&core(&script)).await.unwrap();
    assert_eq!(response.status(), 200);
    let requests = script.requests.lock().unwrap();
    assert_eq!(requests.len(), 3);
    for request in &requests[1..] {
        assert_eq!(request.uri(), requests[0].uri());
        // The same memory: no copy of a secret was made.
        assert_eq!(
            request.body().as_slice().as_ptr(),
            requests[0].body().as_slice().as_ptr()
        );
        assert!(request.headers().contains_key("x-sdk-date"));
    }
}

#[tokio::test(start_paused = true)]
async fn waits_are_those_of_the_policy_and_of_the_server() {
    let watch = Watch::new();
    let script = Arc::new(Script::new([
        status(503, &[], ""),
        status(503, &[("retry-after", "9")], ""),
        status(
            429,
            &[
                ("date", "Sun, 21 Dec 2025 12:00:00 GMT"),
                ("retry-after", "Sun, 21 Dec 2025 12:00:05 GMT"),
            ],
            "",
        ),
        status(429, &[("retry-after", "soon")], ""),
        status(200, &[("x-request-id", "r-5")], "{}"),
    ]));
    let core = playing(&script)
        .retry_policy(RetryPolicy::default().max_attempts(9))
        .observer(watch.clone())
        .build(SERVICES)
        .unwrap();
    let start = Instant::now();
    show(&core).await.unwrap();
    let seen = watch.take();
    let waits: Vec<Duration> = seen.iter().filter_map(|seen| seen.retry_in).collect();
    // What the server asks for comes on top of what is drawn.
    for (wait, asked, bound) in [
        (waits[0], 0, 500),
        (waits[1], 9_000, 1_000),
        (waits[2], 5_000, 2_000),
        (waits[3], 0, 4_000),
    ] {
        let asked = Duration::from_millis(asked);
        let longest = asked + Duration::from_millis(bound);
        assert!((asked..longest).contains(&wait), "{wait:?} {asked:?}");
    }
    let total: Duration = waits.iter().sum();
    assert!(start.elapsed() >= total && start.elapsed() < total + seconds(1));
    assert_eq!(seen[4].attempt, 5);
    assert_eq!(seen[4].request_id.as_deref(), Some("r-5"));
    assert_eq!(watch.take_calls(), [(5, Outcome::Responded(200))]);
}

#[tokio::test(start_paused = true)]
async fn a_wait_beyond_the_operation_s_timeout_is_not_begun() {
    for asked in ["60", "86400", "99999999999999999999999999"] {
        let script = Arc::new(Script::new([status(429, &[("retry-after", asked)], "")]));
        let start = Instant::now();
        let response = show(&core(&script)).await.unwrap();
        assert_eq!(response.status(), 429);
        assert_eq!(response.details().retry_after(), Some(asked));
        assert_eq!(start.elapsed(), Duration::ZERO);
        assert_eq!(script.count(), 1);
    }
}

/// What a call can come to, again and again.
fn endings() -> Vec<(String, Box<dyn Fn() -> Act>)> {
    use TransportErrorKind::{Body, Connect, Other, Timeout, Tls, TooLarge};
    let mut endings: Vec<(String, Box<dyn Fn() -> Act>)> = Vec::new();
    for kind in [Connect, Timeout, Tls, Body, TooLarge, Other] {
        endings.push((
            format!("{kind:?}, not sent"),
            Box::new(move || Act::Fail(TransportError::new(kind).not_sent())),
        ));
        endings.push((
            format!("{kind:?}, perhaps sent"),
            Box::new(move || Act::Fail(TransportError::new(kind).maybe_sent())),
        ));
    }
    for code in (201..=226)
        .chain(300..=308)
        .chain(400..=431)
        .chain(500..=511)
    {
        for body in [
            "",
            "<html><title>no</title></html>",
            THROTTLED,
            r#"{"error_code":"DCS.1","error_msg":"no"}"#,
        ] {
            endings.push((
                format!("{code} {body}"),
                Box::new(move || status(code, &[], body)),
            ));
        }
    }
    endings
}

#[tokio::test(start_paused = true)]
async fn what_errors_say_is_what_the_client_does() {
    let mut again = 0;
    for (name, act) in endings() {
        for safe in [true, false] {
            let call = async |policy| {
                let script = Arc::new(Script::new([act(), act()]));
                let core = playing(&script)
                    .retry_policy(policy)
                    .build(SERVICES)
                    .unwrap();
                let result = match safe {
                    true => show(&core).await,
                    false => reset(&core).await,
                };
                (result, script.count())
            };
            // What the gateway throttles is sent again until the time is over.
            let (_, sent) = call(RetryPolicy::default().max_attempts(2)).await;
            let repeated = sent > 1;
            let (result, _) = call(RetryPolicy::none()).await;
            let error: Error<()> = match result {
                Ok(response) => response.undocumented(),
                Err(error) => error.into(),
            };
            assert_eq!(error.is_retryable(), repeated, "{name}, safe: {safe}");
            if !safe && repeated {
                assert!(!error.may_have_been_processed(), "{name}");
            }
            again += usize::from(repeated);
        }
    }
    assert!(again > 20, "{again}");
}

#[tokio::test(start_paused = true)]
async fn what_may_have_arrived_is_not_denied_by_a_later_attempt() {
    for first in [fails(TransportErrorKind::Timeout), status(502, &[], "")] {
        let refused = || fails(TransportErrorKind::Connect);
        let script = Arc::new(Script::new([first, refused(), refused()]));
        let error = transport_error(show(&core(&script)).await);
        assert_eq!(error.kind(), TransportErrorKind::Connect);
        assert!(error.may_have_been_processed(), "{error}");
        assert_eq!(script.count(), 3);
    }
    let refused = [(); 3].map(|()| fails(TransportErrorKind::Connect));
    let script = Arc::new(Script::new(refused));
    let error = transport_error(reset(&core(&script)).await);
    assert!(!error.may_have_been_processed(), "{error}");
    assert_eq!(script.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn without_retries_each_call_is_one_attempt() {
    for act in [
        status(503, &[], ""),
        status(429, &[], THROTTLED),
        fails(TransportErrorKind::Connect),
    ] {
        let script = Arc::new(Script::new([act]));
        let core = playing(&script)
            .retry_policy(RetryPolicy::none())
            .build(SERVICES)
            .unwrap();
        let _ = show(&core).await;
        assert_eq!(script.count(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn clones_share_the_budget_and_successes_fill_it() {
    let refused = || status(503, &[], "");
    let fine = || status(200, &[], "{}");
    let script = Arc::new(Script::new(
        // Two repetitions and no more, then five successes for another one.
        [refused(), refused(), refused(), refused()]
            .into_iter()
            .chain((0..5).map(|_| fine()))
            .chain([refused(), fine()]),
    ));
    let core = playing(&script)
        .retry_policy(RetryPolicy::default().budget(2))
        .build(SERVICES)
        .unwrap();
    assert_eq!(show(&core).await.unwrap().status(), 503);
    assert_eq!(script.count(), 3);
    assert_eq!(show(&core.clone()).await.unwrap().status(), 503);
    assert_eq!(script.count(), 4);
    for _ in 0..5 {
        assert_eq!(show(&core).await.unwrap().status(), 200);
    }
    assert_eq!(show(&core.clone()).await.unwrap().status(), 200);
    assert_eq!(script.count(), 11);
}

/// Gives other keys each time, and none after the last.
#[derive(Debug)]
struct Rotating {
    asked: AtomicUsize,
    last: usize,
}

impl ProvideCredentials for Rotating {
    fn provide(&self) -> CredentialsFuture<'_> {
        let number = self.asked.fetch_add(1, Ordering::SeqCst);
        let given = if number < self.last {
            Ok(Credentials::aksk(format!("AK{number}"), SECRET_KEY).project_id("of-provider"))
        } else {
            Err(Credentials::from_env().unwrap_err())
        };
        Box::pin(async move { given })
    }
}

fn rotating(script: &Arc<Script>, last: usize) -> (Arc<Rotating>, Core) {
    let provider = Arc::new(Rotating {
        asked: AtomicUsize::new(0),
        last,
    });
    let core = playing(script)
        .credentials_provider(provider.clone())
        .build(SERVICES)
        .unwrap();
    (provider, core)
}

#[tokio::test(start_paused = true)]
async fn each_attempt_asks_for_credentials() {
    let script = Arc::new(Script::new([status(503, &[], ""), status(200, &[], "{}")]));
    let (provider, core) = rotating(&script, 9);
    // Only what is known without asking.
    assert_eq!(core.project_id(), None);
    show(&core).await.unwrap();
    assert_eq!(provider.asked.load(Ordering::SeqCst), 2);
    for (number, request) in script.requests.lock().unwrap().iter().enumerate() {
        let signed = request.headers()["authorization"].to_str().unwrap();
        assert!(signed.contains(&format!("Access=AK{number},")), "{signed}");
        assert_eq!(request.headers()["x-project-id"], "of-provider");
    }
}

#[tokio::test(start_paused = true)]
async fn without_credentials_nothing_is_sent_and_the_response_before_stands() {
    let script = Arc::new(Script::new([status(503, &[], "")]));
    let (_, core) = rotating(&script, 0);
    assert!(matches!(show(&core).await, Err(SendError::Credentials(_))));
    assert_eq!(script.count(), 0);

    let (provider, core) = rotating(&script, 1);
    assert_eq!(show(&core).await.unwrap().status(), 503);
    assert_eq!(provider.asked.load(Ordering::SeqCst), 2);
    assert_eq!(script.count(), 1);
}

/// Thinks for ever, or gives something that cannot be sent.
#[derive(Debug)]
struct Useless(Option<&'static str>);

impl ProvideCredentials for Useless {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(async move {
            match self.0 {
                Some(token) => Ok::<_, CredentialsError>(Credentials::token(token)),
                None => std::future::pending().await,
            }
        })
    }
}

#[tokio::test(start_paused = true)]
async fn a_useless_provider_is_an_error_in_time() {
    let script = Arc::new(Script::default());
    let with = |provider| playing(&script).credentials_provider(Arc::new(provider));

    let core = with(Useless(None)).build(SERVICES).unwrap();
    let start = Instant::now();
    let error = transport_error(reset(&core).await);
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    assert!(!error.may_have_been_processed());
    assert!(error.to_string().contains("credentials provider"));
    assert_about(start.elapsed(), seconds(60));

    let core = with(Useless(Some("a\nb"))).build(SERVICES).unwrap();
    assert!(matches!(reset(&core).await, Err(SendError::Credentials(_))));
    assert_eq!(script.count(), 0);
}

#[test]
fn outside_of_a_runtime_a_call_is_an_error() {
    let script = Arc::new(Script::new([status(200, &[], "{}")]));
    let core = core(&script);
    let mut call = Box::pin(reset(&core));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(result) = call.as_mut().poll(&mut context) else {
        panic!("it waits for a runtime that is not there");
    };
    let error = transport_error(result);
    assert!(error.to_string().contains("no tokio runtime"), "{error}");
    assert!(!error.may_have_been_processed());
    assert_eq!(script.count(), 0);
}
