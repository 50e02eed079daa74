//! One fetch however many callers, and what failures do.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use huaweicloud_runtime::credentials::{
    Cached, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials,
};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::Clock;

const CALLERS: usize = 1_000;
const SOON: Duration = Duration::from_secs(20);
const HOUR: Duration = Duration::from_secs(3600);

/// Gives credentials of an hour when it is let; counts its calls.
#[derive(Debug, Clone)]
struct Source {
    calls: Arc<AtomicUsize>,
    /// A permit is for one call.
    permits: Arc<Semaphore>,
    behaviour: Arc<AtomicUsize>,
    clock: Clock,
}

const GIVES: usize = 0;
const FAILS: usize = 1;
const PANICS: usize = 2;

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

impl ProvideCredentials for Source {
    fn provide(&self) -> CredentialsFuture<'_> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        Box::pin(async {
            self.permits.acquire().await.unwrap().forget();
            match self.behaviour.load(Ordering::SeqCst) {
                FAILS => Err(CredentialsError::other("the source is dry")),
                PANICS => panic!("on purpose"),
                _ => Ok(Credentials::aksk("ak", "sk").expires_at(self.clock.now() + HOUR)),
            }
        })
    }
}

impl Source {
    fn new() -> (Self, Arc<Cached<Self>>) {
        let source = Self {
            calls: Arc::default(),
            permits: Arc::new(Semaphore::new(0)),
            behaviour: Arc::default(),
            clock: Clock::new(),
        };
        let cached = Cached::with_clock(source.clone(), source.clock.read());
        (source, Arc::new(cached))
    }

    fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    fn now_it(&self, behaviour: usize) {
        self.behaviour.store(behaviour, Ordering::SeqCst);
    }
}

type Call = tokio::task::JoinHandle<Result<Credentials, CredentialsError>>;

fn call(cached: &Arc<Cached<Source>>) -> Call {
    let cached = cached.clone();
    tokio::spawn(async move { cached.provide().await })
}

fn calls(cached: &Arc<Cached<Source>>, count: usize) -> Vec<Call> {
    (0..count).map(|_| call(cached)).collect()
}

async fn result(call: Call) -> Result<Credentials, CredentialsError> {
    timeout(SOON, call).await.unwrap().unwrap()
}

/// Lets all tasks run until each waits for something.
async fn settle() {
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_callers_are_one_fetch() {
    let (source, cached) = Source::new();
    let waiting = calls(&cached, CALLERS);
    tokio::time::sleep(Duration::from_millis(50)).await;
    source.permits.add_permits(CALLERS);
    for call in waiting {
        assert!(result(call).await.is_ok());
    }
    assert_eq!(source.calls(), 1);
    assert!(cached.provide().await.is_ok());
    assert_eq!(source.calls(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_callers_are_one_failure() {
    let (source, cached) = Source::new();
    source.now_it(FAILS);
    let waiting = calls(&cached, CALLERS);
    tokio::time::sleep(Duration::from_millis(50)).await;
    source.permits.add_permits(CALLERS);
    for call in waiting {
        let error = result(call).await.unwrap_err();
        assert_eq!(error.to_string(), "the source is dry");
    }
    assert_eq!(source.calls(), 1);

    // The failure is believed for a second, the next one for two.
    source.clock.pass(1);
    assert!(cached.provide().await.is_err());
    source.clock.pass(1);
    assert!(cached.provide().await.is_err());
    assert_eq!(source.calls(), 2);
    source.clock.pass(1);
    source.now_it(GIVES);
    assert!(cached.provide().await.is_ok());
    assert_eq!(source.calls(), 3);
}

#[tokio::test]
async fn who_gives_up_does_not_undo_the_fetch_for_others() {
    let (source, cached) = Source::new();
    let mut waiting = calls(&cached, 10);
    settle().await;
    // The first is the one that drives it; then a waiting one, then the next
    // that drives.
    for at in [0, 4, 0] {
        let gone = waiting.remove(at);
        gone.abort();
        assert!(gone.await.unwrap_err().is_cancelled());
        settle().await;
    }
    source.permits.add_permits(1);
    for call in waiting {
        assert!(result(call).await.is_ok());
    }
    assert_eq!(source.calls(), 1);
}

#[tokio::test]
async fn when_all_give_up_the_next_begins_anew() {
    let (source, cached) = Source::new();
    let waiting = calls(&cached, 10);
    settle().await;
    for call in waiting {
        call.abort();
        assert!(call.await.unwrap_err().is_cancelled());
    }
    assert_eq!(source.calls(), 1);
    source.permits.add_permits(1);
    assert!(result(call(&cached)).await.is_ok());
    assert_eq!(source.calls(), 2);
}

#[tokio::test]
async fn they_are_renewed_before_they_expire_and_nobody_else_waits() {
    let (source, cached) = Source::new();
    source.permits.add_permits(1);
    let first = cached.provide().await.unwrap();
    source.clock.pass(3600 - 361);
    assert_eq!(cached.provide().await.unwrap().expiry(), first.expiry());
    assert_eq!(source.calls(), 1);

    // Six minutes are the tenth of an hour. One caller renews.
    source.clock.pass(1);
    let renewing = call(&cached);
    settle().await;
    assert_eq!(source.calls(), 2);
    for _ in 0..100 {
        let others = timeout(SOON, cached.provide()).await.unwrap().unwrap();
        assert_eq!(others.expiry(), first.expiry());
    }
    source.permits.add_permits(1);
    let renewed = result(renewing).await.unwrap();
    assert!(renewed.expiry() > first.expiry());
    assert_eq!(cached.provide().await.unwrap().expiry(), renewed.expiry());
    assert_eq!(source.calls(), 2);
}

#[tokio::test]
async fn the_valid_ones_outlive_a_failed_renewal() {
    let (source, cached) = Source::new();
    source.permits.add_permits(1);
    let first = cached.provide().await.unwrap();
    source.now_it(FAILS);
    source.permits.add_permits(CALLERS);

    source.clock.pass(3600 - 300);
    for _ in 0..10 {
        assert_eq!(cached.provide().await.unwrap().expiry(), first.expiry());
    }
    assert_eq!(source.calls(), 2, "a failed renewal is not hammered");
    source.clock.pass(299);
    assert!(cached.provide().await.is_ok());
    assert_eq!(source.calls(), 3);
    source.clock.pass(1);
    let error = cached.provide().await.unwrap_err();
    assert_eq!(error.to_string(), "the source is dry");
    assert_eq!(source.calls(), 3, "the failure a second ago is believed");
    source.clock.pass(5);
    source.now_it(GIVES);
    assert!(cached.provide().await.is_ok());
}

#[tokio::test]
async fn a_provider_that_panics_hurts_its_caller_alone() {
    let (source, cached) = Source::new();
    source.now_it(PANICS);
    let waiting = calls(&cached, 3);
    settle().await;
    source.permits.add_permits(1);
    settle().await;
    source.now_it(GIVES);
    source.permits.add_permits(1);
    let mut panicked = 0;
    for call in waiting {
        match timeout(SOON, call).await.unwrap() {
            Ok(given) => assert!(given.is_ok()),
            Err(error) => panicked += usize::from(error.is_panic()),
        }
    }
    assert_eq!(panicked, 1);
    assert_eq!(source.calls(), 2);
}

#[test]
fn a_fetch_of_a_runtime_that_is_gone_is_forgotten() {
    let (source, cached) = Source::new();
    let runtime = || {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        builder.enable_all().build().unwrap()
    };
    let ask = |patience| {
        let cached = cached.clone();
        runtime().block_on(async move { timeout(patience, cached.provide()).await })
    };
    let given_up = ask(Duration::from_millis(20));
    assert!(given_up.is_err());
    source.permits.add_permits(1);
    let given = ask(SOON);
    assert!(given.unwrap().is_ok());
    assert_eq!(source.calls(), 2);
}
