//! Tokens that end before their written end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use huaweicloud_runtime::credentials::ChainProvider;
use huaweicloud_runtime::{
    Cached, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials, Retry,
};

use super::*;
use crate::support::faults::{Fault, FaultServer};
use crate::support::*;

/// Signs in: gives `token-1`, `token-2` and so on, and counts.
#[derive(Debug, Clone, Default)]
struct SignsIn {
    times: Arc<AtomicUsize>,
    /// From this one on it gives none.
    last: Option<usize>,
}

impl ProvideCredentials for SignsIn {
    fn provide(&self) -> CredentialsFuture<'_> {
        let number = self.times.fetch_add(1, Ordering::SeqCst) + 1;
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(20)).await;
            if self.last.is_some_and(|last| number > last) {
                return Err(CredentialsError::other("nobody at home"));
            }
            Ok(Credentials::token(format!("token-{number}")).project_id(PROJECT))
        })
    }
}

impl SignsIn {
    fn times(&self) -> usize {
        self.times.load(Ordering::SeqCst)
    }

    fn core(&self, url: &str) -> Core {
        settings(url)
            .credentials_provider(Arc::new(Cached::new(self.clone())))
            .build(SERVICES)
            .unwrap()
    }
}

const ENDED: &str = r#"{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information: token expires"}"#;

/// Takes tokens from this number on.
async fn taking_from(first: Arc<AtomicUsize>, refusal: &'static str) -> FaultServer {
    FaultServer::start(move |_, seen| {
        let token = seen.header("x-auth-token").unwrap();
        let number: usize = token.strip_prefix("token-").unwrap().parse().unwrap();
        match number >= first.load(Ordering::SeqCst) {
            true => fine(),
            false => Fault::Response(response(401, &[], refusal)),
        }
    })
    .await
}

fn from(number: usize) -> Arc<AtomicUsize> {
    Arc::new(AtomicUsize::new(number))
}

/// Anybody on the way may have responded so, and nobody knows what became of the request.
#[tokio::test]
async fn a_refusal_without_a_code_sends_no_reset_again() {
    for refusal in ["", "<html><title>401</title></html>", r#"{"message":"no"}"#] {
        let first = from(1);
        let server = taking_from(first.clone(), refusal).await;
        let core = SignsIn::default().core(&server.url);
        assert_eq!(call(&core, &RESET).await.unwrap(), 200);
        first.store(2, Ordering::SeqCst);
        assert_eq!(call(&core, &RESET).await.unwrap(), 401, "{refusal}");
        assert_eq!(server.count(), 2, "{refusal}");
    }
}

#[tokio::test]
async fn a_token_that_ended_early_is_replaced_in_the_same_call() {
    for refusal in [
        ENDED,
        "",
        r#"{"error_code":"APIG.0301","error_msg":"Incorrect IAM authentication information: decrypt token fail"}"#,
        r#"{"error_code":"APIGW.0307","error_msg":"The token must be updated."}"#,
        r#"{"error_code":"CBH.10020100","error_description":"The IAM token is invalid."}"#,
        r#"{"error_code":"DCS.1002","error_msg":"Token expired."}"#,
        r#"{"error":{"code":401,"message":"The request you have made requires authentication."}}"#,
    ] {
        for operation in [&SHOW, &RESET] {
            if refusal.is_empty() && operation.retry == Retry::Unsafe {
                continue;
            }
            let first = from(1);
            let server = taking_from(first.clone(), refusal).await;
            let signs_in = SignsIn::default();
            let core = signs_in.core(&server.url);
            assert_eq!(call(&core, operation).await.unwrap(), 200);
            // Twice within moments, each time with a token that worked before.
            for number in 2..=3 {
                first.store(number, Ordering::SeqCst);
                let status = call(&core, operation).await.unwrap();
                assert_eq!(status, 200, "{refusal}");
                assert_eq!(signs_in.times(), number);
                assert_eq!(server.count(), 1 + 2 * (number - 1), "{refusal}");
            }
        }
    }
}

#[tokio::test]
async fn fifty_calls_at_once_sign_in_once() {
    let first = from(2);
    let server = taking_from(first.clone(), ENDED).await;
    let signs_in = SignsIn::default();
    let core = signs_in.core(&server.url);
    for number in 2..=3 {
        first.store(number, Ordering::SeqCst);
        let results = at_once(&core, 50, &RESET).await;
        assert!(
            results.iter().all(|result| matches!(result, Ok(200))),
            "{results:?}"
        );
        assert_eq!(signs_in.times(), number);
    }
    assert_eq!(server.count(), 200);
}

/// Temporary keys, the first of which end early.
#[derive(Debug, Clone, Default)]
struct Agency(Arc<AtomicUsize>);

impl ProvideCredentials for Agency {
    fn provide(&self) -> CredentialsFuture<'_> {
        let number = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        Box::pin(async move {
            Ok(Credentials::aksk(ACCESS_KEY, SECRET_KEY)
                .security_token(format!("security-token-{number}"))
                .project_id(PROJECT))
        })
    }
}

#[tokio::test]
async fn temporary_keys_that_ended_early_are_replaced_too() {
    let server = FaultServer::start(|_, seen| match seen.header("x-security-token").unwrap() {
        "security-token-1" => Fault::Response(response(401, &[], ENDED)),
        _ => fine(),
    })
    .await;
    let agency = Agency::default();
    let core = settings(&server.url)
        .credentials_provider(Arc::new(Cached::new(agency.clone())))
        .build(SERVICES)
        .unwrap();
    let results = at_once(&core, 50, &RESET).await;
    assert!(
        results.iter().all(|result| matches!(result, Ok(200))),
        "{results:?}"
    );
    assert_eq!(agency.0.load(Ordering::SeqCst), 2);
    assert_eq!(server.count(), 51);
}

#[tokio::test]
async fn a_chain_passes_the_news_on() {
    let server = taking_from(from(2), ENDED).await;
    let signs_in = SignsIn::default();
    let chain = ChainProvider::empty().then("signs in", Cached::new(signs_in.clone()));
    let core = settings(&server.url)
        .credentials_provider(Arc::new(chain))
        .build(SERVICES)
        .unwrap();
    assert_eq!(call(&core, &RESET).await.unwrap(), 200);
    assert_eq!(signs_in.times(), 2);
}

#[tokio::test]
async fn a_token_given_by_hand_is_tried_once() {
    let server = always(401, &[], ENDED).await;
    let core = builder(Credentials::token(TOKEN).project_id(PROJECT))
        .endpoint(&server.url)
        .build(SERVICES)
        .unwrap();
    assert_eq!(call(&core, &SHOW).await.unwrap(), 401);
    assert_eq!(server.count(), 1);
    for _ in 0..50 {
        let error = call(&core, &SHOW).await.unwrap_err();
        assert_eq!(error.status(), Some(401));
    }
    assert_eq!(server.count(), 1);
    // It stays usable where it was not refused.
    static DWS: Operation = Operation::new("dws", "ShowOther", "GET", "/v1/x");
    let other = always(200, &[], "{}").await;
    let core = builder(Credentials::token(TOKEN).project_id(PROJECT))
        .service_endpoint("dcs", server.url.clone())
        .service_endpoint("dws", other.url.clone())
        .build(SERVICES)
        .unwrap();
    assert_eq!(call(&core, &SHOW).await.unwrap(), 401);
    assert_eq!(call(&core, &DWS).await.unwrap(), 200);
}

#[tokio::test]
async fn tokens_that_are_all_refused_make_no_storm() {
    let server = always(401, &[], ENDED).await;
    let signs_in = SignsIn::default();
    let core = signs_in.core(&server.url);
    assert_eq!(call(&core, &RESET).await.unwrap(), 401);
    assert_eq!((server.count(), signs_in.times()), (2, 2));
    at_once(&core, 50, &RESET).await;
    for _ in 0..50 {
        let _ = call(&core, &RESET).await;
    }
    assert!(server.count() < 5 && signs_in.times() < 5);
}

#[tokio::test(start_paused = true)]
async fn tokens_that_are_all_refused_for_an_hour_make_no_storm_either() {
    use crate::support::script::{Script, status};
    let script = Arc::new(Script::new((0..10_000).map(|_| status(401, &[], ENDED))));
    let signs_in = SignsIn::default();
    let core = builder(aksk())
        .transport(script.clone())
        .credentials_provider(Arc::new(Cached::new(signs_in.clone())))
        .build(SERVICES)
        .unwrap();
    for _ in 0..7_200 {
        let _ = call(&core, &RESET).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let times = signs_in.times();
    assert!(
        (10..=181).contains(&times),
        "{times}: at most three a minute"
    );
}

#[tokio::test]
async fn where_signing_in_fails_the_refusal_stands() {
    let server = always(401, &[], ENDED).await;
    let signs_in = SignsIn {
        last: Some(1),
        ..SignsIn::default()
    };
    let core = signs_in.core(&server.url);
    assert_eq!(call(&core, &RESET).await.unwrap(), 401);
    assert_eq!((server.count(), signs_in.times()), (1, 2));
}

#[tokio::test]
async fn a_token_for_another_project_is_not_replaced() {
    let other = r#"{"error_code":"DCS.1004","error_msg":"Project ID does not match the token."}"#;
    let server = always(401, &[], other).await;
    let signs_in = SignsIn::default();
    let core = signs_in.core(&server.url);
    for arrived in 1..=2 {
        assert_eq!(call(&core, &RESET).await.unwrap(), 401);
        assert_eq!((server.count(), signs_in.times()), (arrived, 1));
    }
}
