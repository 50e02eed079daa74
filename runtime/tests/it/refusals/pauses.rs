//! Refusals and pauses on a clock that jumps ahead whenever everybody waits.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use huaweicloud_runtime::generated::wire::SecretBytes;
use huaweicloud_runtime::transport::TransportFuture;
use huaweicloud_runtime::{Transport, TransportError, TransportErrorKind};
use tokio::time::{Instant, sleep};

use super::*;
use crate::support::*;

/// A status and a body, or no response.
type Said = Result<(u16, &'static str), TransportErrorKind>;

/// Responds after a while, and writes down when requests came and how many were under way.
struct Slow {
    takes: Duration,
    respond: Box<dyn Fn(usize) -> Said + Send + Sync>,
    came: Mutex<Vec<Instant>>,
    under_way: AtomicUsize,
    most: AtomicUsize,
}

impl Slow {
    fn new(takes: Duration, respond: impl Fn(usize) -> Said + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self {
            takes,
            respond: Box::new(respond),
            came: Mutex::default(),
            under_way: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
        })
    }

    fn count(&self) -> usize {
        self.came.lock().unwrap().len()
    }

    fn core(self: &Arc<Self>) -> Core {
        builder(aksk())
            .transport(self.clone())
            .retry_policy(RetryPolicy::none())
            .build(SERVICES)
            .unwrap()
    }
}

impl Transport for Slow {
    fn send(&self, _: http::Request<SecretBytes>) -> TransportFuture<'_> {
        let number = {
            let mut came = self.came.lock().unwrap();
            came.push(Instant::now());
            came.len() - 1
        };
        let now = self.under_way.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        Box::pin(async move {
            sleep(self.takes).await;
            self.under_way.fetch_sub(1, Ordering::SeqCst);
            let (status, body) = (self.respond)(number).map_err(TransportError::new)?;
            let body = Bytes::from_static(body.as_bytes());
            Ok(http::Response::builder().status(status).body(body).unwrap())
        })
    }
}

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

#[tokio::test(start_paused = true)]
async fn however_slow_the_refusals_are_no_five_come_in_a_row() {
    for millis in [0, 100, 3_000, 10_000] {
        let slow = Slow::new(Duration::from_millis(millis), |_| Ok((401, WRONG_KEY)));
        let results = at_once(&slow.core(), 50, &RESET).await;
        assert!(results.iter().all(|result| !matches!(result, Ok(200))));
        assert!(slow.count() < 5, "{millis}: {}", slow.count());
    }
}

#[tokio::test(start_paused = true)]
async fn hours_of_calls_with_a_wrong_key_stay_far_from_the_lock() {
    let slow = Slow::new(Duration::ZERO, |_| Ok((401, WRONG_KEY)));
    let core = slow.core();
    for _ in 0..4 * 3_600 {
        let _ = call(&core, &RESET).await;
        sleep(seconds(1)).await;
    }
    let came = slow.came.lock().unwrap();
    // It is asked again for as long as there are calls.
    assert!(came.len() > 20, "{}", came.len());
    for (number, first) in came.iter().enumerate() {
        let lock = came[number..]
            .iter()
            .filter(|it| it.duration_since(*first) <= seconds(300));
        assert!(lock.count() <= 3, "{number}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_that_is_known_to_be_good_waits_for_nothing() {
    let slow = Slow::new(seconds(1), |_| Ok((200, "{}")));
    let core = slow.core();
    call(&core, &RESET).await.unwrap();
    let begun = Instant::now();
    let results = at_once(&core, 200, &RESET).await;
    assert!(results.iter().all(|result| matches!(result, Ok(200))));
    assert!(
        begun.elapsed() < Duration::from_millis(1_010),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(slow.most.load(Ordering::SeqCst), 200);
}

#[tokio::test(start_paused = true)]
async fn a_token_waits_for_nothing() {
    let slow = Slow::new(seconds(1), |_| Ok((200, "{}")));
    let core = builder(huaweicloud_runtime::Credentials::token(TOKEN).project_id(PROJECT))
        .transport(slow.clone())
        .build(SERVICES)
        .unwrap();
    at_once(&core, 200, &RESET).await;
    assert_eq!(slow.most.load(Ordering::SeqCst), 200);
}

#[tokio::test(start_paused = true)]
async fn a_first_response_that_comes_late_makes_nobody_late() {
    // Each takes 12 s, and the first proves the key.
    let slow = Slow::new(seconds(12), |_| Ok((200, "{}")));
    let begun = Instant::now();
    let results = at_once(&slow.core(), 50, &RESET).await;
    assert!(results.iter().all(|result| matches!(result, Ok(200))));
    assert!(begun.elapsed() <= seconds(25), "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn servers_in_trouble_prove_nothing_and_stop_nobody() {
    let behaviours: [fn(usize) -> Said; 4] = [
        |_| Ok((503, "")),
        |_| Ok((404, "<html>nothing here</html>")),
        |_| Err(TransportErrorKind::Connect),
        |_| Err(TransportErrorKind::Timeout),
    ];
    for respond in behaviours {
        let slow = Slow::new(Duration::from_millis(100), respond);
        let begun = Instant::now();
        at_once(&slow.core(), 50, &RESET).await;
        assert_eq!(slow.count(), 50);
        assert!(slow.most.load(Ordering::SeqCst) < 5);
        assert!(begun.elapsed() < seconds(3), "{:?}", begun.elapsed());
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_gives_its_turn_away() {
    let slow = Slow::new(seconds(20), |_| Ok((200, "{}")));
    let core = slow.core();
    let first = tokio::spawn({
        let core = core.clone();
        async move { call(&core, &RESET).await }
    });
    sleep(Duration::from_millis(1)).await;
    let second = tokio::spawn({
        let core = core.clone();
        async move { call(&core, &RESET).await }
    });
    sleep(Duration::from_millis(1)).await;
    assert_eq!(slow.count(), 1);
    first.abort();
    sleep(Duration::from_millis(1)).await;
    assert_eq!(slow.count(), 2);
    assert_eq!(second.await.unwrap().unwrap(), 200);
}

#[tokio::test(start_paused = true)]
async fn a_service_that_says_no_has_accepted_the_key() {
    let no = r#"{"error_code":"DCS.4845","error_msg":"no"}"#;
    let slow = Slow::new(seconds(1), move |_| Ok((400, no)));
    let core = slow.core();
    assert_eq!(call(&core, &RESET).await.unwrap(), 400);
    at_once(&core, 50, &RESET).await;
    assert_eq!(slow.most.load(Ordering::SeqCst), 50);
}
