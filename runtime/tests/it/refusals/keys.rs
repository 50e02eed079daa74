//! Keys that are wrong, on real sockets.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use huaweicloud_runtime::generated::wire::RequestBuilder;
use huaweicloud_runtime::{
    Credentials, CredentialsError, CredentialsFuture, ProvideCredentials, RateLimit,
};

use super::*;
use crate::support::faults::{Fault, FaultServer};
use crate::support::*;

const MANY: usize = 50;

fn wrong_key() -> Credentials {
    Credentials::aksk(ACCESS_KEY, "SkHiddenAndWrongForTests0002").project_id(PROJECT)
}

/// Accepts what is signed with [`SECRET_KEY`], if the key is known by now.
async fn gateway(known: Arc<AtomicBool>) -> FaultServer {
    FaultServer::start(move |_, seen| {
        let holds = signature_holds(seen, SystemTime::now());
        match holds && known.load(Ordering::SeqCst) {
            true => fine(),
            false => Fault::Response(response(401, &[], WRONG_KEY)),
        }
    })
    .await
}

fn known(yes: bool) -> Arc<AtomicBool> {
    Arc::new(AtomicBool::new(yes))
}

fn with(credentials: Credentials, url: &str) -> Core {
    settings(url)
        .credentials(credentials)
        .build(SERVICES)
        .unwrap()
}

/// Checks that a call ended before anything was sent, and that it says why.
fn assert_withheld(error: &Error<()>) {
    assert!(matches!(error, Error::Credentials(_)), "{error:?}");
    assert_eq!(error.status(), Some(401));
    assert_eq!(error.code(), Some("APIGW.0301"));
    assert_eq!(error.request_id(), Some("r-301"));
    assert!(
        error
            .message()
            .unwrap()
            .contains("verify aksk signature fail")
    );
    assert!(error.is_auth() && !error.is_retryable() && !error.may_have_been_processed());
    let text = error.to_string();
    for part in [
        "nothing was sent",
        "dcs.ResetPassword",
        "APIGW.0301",
        "asked again in",
        "r-301",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!format!("{text} {error:?}").contains("Hidden"));
    let Error::Credentials(CredentialsError::Refused(refused)) = error else {
        panic!("{error:?}");
    };
    assert_eq!(refused.details().code(), error.code());
    let wait = refused.asked_again_in();
    assert!(wait <= Duration::from_secs(300), "{wait:?}");
}

#[tokio::test]
async fn fifty_resets_at_once_with_a_wrong_key_do_not_lock_it() {
    let server = gateway(known(true)).await;
    let core = with(wrong_key(), &server.url);
    let results = at_once(&core, MANY, &RESET).await;
    assert_eq!(server.count(), 1, "five in a row lock the key");
    let sent = results.iter().filter(|result| matches!(result, Ok(401)));
    assert_eq!(sent.count(), 1);
    for error in results.iter().filter_map(|result| result.as_ref().err()) {
        assert_withheld(error);
    }
}

#[tokio::test]
async fn fifty_resets_one_after_the_other_do_not_lock_it_either() {
    let server = gateway(known(true)).await;
    let core = with(wrong_key(), &server.url);
    assert_eq!(call(&core, &RESET).await.unwrap(), 401);
    for _ in 1..MANY {
        // Each clone, and each operation.
        assert_withheld(&call(&core.clone(), &RESET).await.unwrap_err());
        call(&core, &SHOW).await.unwrap_err();
    }
    assert_eq!(server.count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn however_they_race_one_is_sent() {
    for _ in 0..20 {
        let server = gateway(known(true)).await;
        let core = with(wrong_key(), &server.url);
        at_once(&core, MANY, &RESET).await;
        at_once(&core, MANY, &SHOW).await;
        assert_eq!(server.count(), 1);
        let core = with(aksk(), &server.url);
        let results = at_once(&core, MANY, &RESET).await;
        assert!(results.iter().all(|result| matches!(result, Ok(200))));
        assert_eq!(server.count(), 1 + MANY);
    }
}

#[tokio::test]
async fn a_response_of_any_shape_is_a_refusal() {
    for body in [
        "",
        "<html>401</html>",
        r#"{"error_code":"X","error_msg":"no"}"#,
    ] {
        let server = always(401, &[], body).await;
        let core = core(&server.url);
        at_once(&core, MANY, &RESET).await;
        assert!(server.count() < 5, "{body}: {}", server.count());
    }
}

/// Gives what it holds.
#[derive(Debug)]
struct Held(Mutex<Credentials>);

impl ProvideCredentials for Held {
    fn provide(&self) -> CredentialsFuture<'_> {
        let held = self.0.lock().unwrap().clone();
        Box::pin(async move { Ok(held) })
    }
}

#[tokio::test]
async fn other_credentials_are_used_at_once() {
    let server = gateway(known(true)).await;
    let held = Arc::new(Held(Mutex::new(wrong_key())));
    let core = settings(&server.url)
        .credentials_provider(held.clone())
        .build(SERVICES)
        .unwrap();
    at_once(&core, MANY, &RESET).await;
    assert_eq!(server.count(), 1);
    *held.0.lock().unwrap() = aksk();
    let results = at_once(&core, MANY, &RESET).await;
    assert!(results.iter().all(|result| matches!(result, Ok(200))));
    assert_eq!(server.count(), 1 + MANY);
    // The wrong ones are remembered beside them.
    *held.0.lock().unwrap() = wrong_key();
    assert_withheld(&call(&core, &RESET).await.unwrap_err());
    assert_eq!(server.count(), 1 + MANY);
}

/// Gives other credentials once the first were refused.
#[derive(Debug, Default)]
struct Rotated(AtomicUsize);

impl ProvideCredentials for Rotated {
    fn provide(&self) -> CredentialsFuture<'_> {
        let given = match self.0.load(Ordering::SeqCst) {
            0 => wrong_key(),
            _ => aksk(),
        };
        Box::pin(async move { Ok(given) })
    }

    fn rejected(&self, _: &Credentials) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn keys_that_were_changed_meanwhile_are_taken_in_the_same_call() {
    let server = gateway(known(true)).await;
    let core = settings(&server.url)
        .credentials_provider(Arc::new(Rotated::default()))
        .build(SERVICES)
        .unwrap();
    let results = at_once(&core, MANY, &RESET).await;
    assert!(
        results.iter().all(|result| matches!(result, Ok(200))),
        "{results:?}"
    );
    assert_eq!(server.count(), 1 + MANY);
}

#[tokio::test]
async fn after_the_pause_one_call_asks_again() {
    let known = known(false);
    let server = gateway(known.clone()).await;
    let core = core(&server.url);
    at_once(&core, MANY, &RESET).await;
    assert_eq!(server.count(), 1);
    after(Duration::from_secs(31)).await;
    let begun = Instant::now();
    let results = at_once(&core, MANY, &RESET).await;
    assert!(results.iter().all(|result| !matches!(result, Ok(200))));
    assert_eq!(server.count(), 2);
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "they waited for nothing"
    );
    // The key is good now, and nobody has to be told.
    known.store(true, Ordering::SeqCst);
    call(&core, &RESET).await.unwrap_err();
    after(Duration::from_secs(301)).await;
    let results = at_once(&core, MANY, &RESET).await;
    assert!(
        results.iter().all(|result| matches!(result, Ok(200))),
        "{results:?}"
    );
    assert_eq!(server.count(), 2 + MANY);
}

#[tokio::test]
async fn a_good_key_survives_a_request_that_is_refused() {
    let server = FaultServer::start(|_, seen| match seen.header("x-odd") {
        None => fine(),
        Some(_) => Fault::Response(response(401, &[], WRONG_KEY)),
    })
    .await;
    let core = core(&server.url);
    for _ in 0..3 {
        assert_eq!(call(&core, &RESET).await.unwrap(), 200);
        let odd = RequestBuilder::get(format!("/v2/{PROJECT}/instances/i-1"))
            .header("x-odd", "1")
            .build()
            .unwrap();
        let refused = core.execute(&SHOW, None, odd).await.unwrap();
        assert_eq!(refused.status(), 401);
        after(Duration::from_secs(6)).await;
        assert_eq!(call(&core, &RESET).await.unwrap(), 200);
    }
}

#[tokio::test]
async fn a_signature_of_the_caller_s_own_says_nothing_of_the_key() {
    let server = FaultServer::start(|_, seen| {
        match seen.header("authorization").unwrap().contains(ACCESS_KEY) {
            true => fine(),
            false => Fault::Response(response(401, &[], WRONG_KEY)),
        }
    })
    .await;
    let core = core(&server.url);
    let own = RequestBuilder::get(format!("/v2/{PROJECT}/instances/i-1"))
        .header("authorization", "mine")
        .build()
        .unwrap();
    assert_eq!(core.execute(&SHOW, None, own).await.unwrap().status(), 401);
    assert_eq!(call(&core, &RESET).await.unwrap(), 200);
}

#[tokio::test]
async fn a_locked_key_is_left_alone_for_five_minutes() {
    const LOCKED: &str = r#"{"error_code":"APIG.0301","error_msg":"Incorrect IAM authentication information: AK access failed to reach the limit,forbidden."}"#;
    let server = always(401, &[], LOCKED).await;
    let core = core(&server.url);
    let response = send(&core, &RESET).await.unwrap();
    let hint = response.details().hint().unwrap_or_default().to_owned();
    assert!(
        hint.contains("locked") && hint.contains("five minutes"),
        "{hint}"
    );
    after(Duration::from_secs(290)).await;
    call(&core, &RESET).await.unwrap_err();
    assert_eq!(server.count(), 1);
    after(Duration::from_secs(11)).await;
    call(&core, &RESET).await.unwrap();
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn the_first_call_that_hangs_holds_nobody_up_for_long() {
    let server = FaultServer::start(|number, _| match number {
        0 => Fault::Stall(Vec::new()),
        _ => fine(),
    })
    .await;
    let core = core(&server.url);
    let first = tokio::spawn({
        let core = core.clone();
        async move { call(&core, &RESET).await }
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let begun = Instant::now();
    let results = at_once(&core, MANY, &RESET).await;
    assert!(results.iter().all(|result| matches!(result, Ok(200))));
    assert!(
        begun.elapsed() < Duration::from_secs(4),
        "{:?}",
        begun.elapsed()
    );
    first.abort();
}

/// Calls stand in the queue for the service while the first of them is refused.
#[tokio::test]
async fn a_key_that_is_refused_during_a_batch_is_not_sent_by_those_in_the_queue() {
    let server = FaultServer::start(|number, _| match number {
        0 => fine(),
        _ => Fault::Response(response(401, &[], WRONG_KEY)),
    })
    .await;
    let core = settings(&server.url)
        .rate_limit("dcs", RateLimit::new(4, Duration::from_millis(200)))
        .build(SERVICES)
        .unwrap();
    assert_eq!(call(&core, &RESET).await.unwrap(), 200);
    let results = at_once(&core, 40, &RESET).await;
    assert!(server.count() <= 5, "{} arrived", server.count());
    let refused = results.iter().filter(|it| it.is_err()).count();
    assert!(refused >= 36, "{refused}");
}

/// However slow the responses are and however little time there is.
#[tokio::test]
async fn fifty_resets_with_a_wrong_key_and_slow_responses_are_four_at_most() {
    for (delay, limit) in [(600, 1_000), (1_200, 2_000), (900, 1_000)] {
        let server = FaultServer::start(move |_, _| {
            Fault::Late(Duration::from_millis(delay), response(401, &[], WRONG_KEY))
        })
        .await;
        let core = settings(&server.url)
            .operation_timeout(Duration::from_millis(limit))
            .build(SERVICES)
            .unwrap();
        let results = at_once(&core, MANY, &RESET).await;
        assert!(server.count() <= 4, "{delay}: {} arrived", server.count());
        for error in results.into_iter().filter_map(Result::err) {
            assert!(!error.to_string().contains("Hidden"));
        }
    }
}

/// A service's own refusal is a word about what was asked, and not about the key.
#[tokio::test]
async fn a_service_s_own_401_holds_nobody_back() {
    let own = r#"{"error_code":"DCS.4010","error_msg":"not for this instance"}"#;
    let server = always(401, &[], own).await;
    let core = core(&server.url);
    for _ in 0..10 {
        assert_eq!(call(&core, &RESET).await.unwrap(), 401);
    }
    assert_eq!(server.count(), 10);
}
