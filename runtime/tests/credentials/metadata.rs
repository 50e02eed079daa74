//! The metadata service, on real sockets.

use std::sync::Arc;
use std::time::{Duration, Instant};

use huaweicloud_runtime::credentials::{
    CredentialsError, MetadataProblem, MetadataProvider, ProvideCredentials as _,
};
use huaweicloud_runtime::signing::format_date;

use crate::server::{Asked, KEYS_LINE, Reply, Service, TOKEN, TOKEN_LINE};
use crate::{Clock, log, used};

/// A response whose keys are numbered and expire an hour after `clock`.
fn keys(clock: &Clock, number: usize) -> String {
    let date = format_date(clock.now() + Duration::from_secs(3600));
    let part = |range| date.get::<std::ops::Range<usize>>(range).unwrap();
    let expires_at = format!(
        "{}-{}-{}T{}:{}:{}.000000Z",
        part(0..4),
        part(4..6),
        part(6..8),
        part(9..11),
        part(11..13),
        part(13..15)
    );
    serde_json::json!({"credential": {
        "access": format!("AK-{number}-Hidden"),
        "secret": format!("SK-{number}-Hidden"),
        "securitytoken": format!("ST-{number}-Hidden"),
        "expires_at": expires_at,
    }})
    .to_string()
}

fn provider(service: &Service, clock: &Clock) -> Arc<MetadataProvider> {
    let provider = MetadataProvider::builder()
        .address(&service.url)
        .timeout(Duration::from_secs(20))
        .clock(clock.read())
        .build();
    Arc::new(provider.unwrap())
}

/// Why the service gives nothing, when it responds like this.
async fn problem(respond: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> MetadataProblem {
    let service = Service::with(move |asked, _| respond(asked)).await;
    let provider = MetadataProvider::builder()
        .address(&service.url)
        .timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    match provider.provide().await {
        Err(CredentialsError::Metadata(error)) => {
            let text = error.to_string();
            assert!(text.contains(&service.url), "{text}");
            assert!(!format!("{text} {error:?}").contains("Hidden"), "{text}");
            error.problem().clone()
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn asks_for_a_token_then_for_keys() {
    let log = log::capture();
    let clock = Clock::new();
    let service = Service::start({
        let clock = clock.clone();
        move |number| Reply::now(200, &keys(&clock, number))
    })
    .await;
    let provider = MetadataProvider::builder()
        .address(format!("{}/", service.url))
        .build()
        .unwrap();
    let given = provider.provide().await.unwrap();
    let asked = service.asked();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[0].line, TOKEN_LINE);
    assert!(
        asked[0]
            .head
            .contains("\r\nx-metadata-token-ttl-seconds: 21600\r\n")
    );
    assert_eq!(asked[1].line, KEYS_LINE);
    let token = format!("\r\nx-metadata-token: {}\r\n", TOKEN.to_lowercase());
    assert!(asked[1].head.contains(&token));

    let shown = format!("{provider:?} {given:?}");
    assert!(
        shown.contains("temporary AK/SK") && !shown.contains("Hidden"),
        "{shown}"
    );
    let used = used(given).await;
    assert_eq!(used.access_key, "AK-1-Hidden");
    assert_eq!(used.security_token.as_deref(), Some("ST-1-Hidden"));
    assert_eq!(used.project, None);

    let text = log.text();
    assert!(text.contains("keys fetched from the metadata service"));
    let leaks = log.lines("Hidden");
    assert!(leaks.is_empty(), "{leaks:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_callers_are_one_fetch_an_expiry() {
    let clock = Clock::new();
    let service = Service::start({
        let clock = clock.clone();
        move |number| Reply::now(200, &keys(&clock, number)).after(Duration::from_millis(50))
    })
    .await;
    let provider = provider(&service, &clock);
    for round in 1..=3 {
        let callers: Vec<_> = (0..1_000)
            .map(|_| {
                let provider = provider.clone();
                tokio::spawn(async move { provider.provide().await })
            })
            .collect();
        for caller in callers {
            assert!(caller.await.unwrap().is_ok());
        }
        assert_eq!(service.counts(), (round, round));
        clock.pass(3600);
    }
    let used = used(provider.provide().await.unwrap()).await;
    assert_eq!(used.access_key, "AK-4-Hidden");
}

#[tokio::test]
async fn a_caller_that_gives_up_does_not_make_a_second_fetch() {
    let clock = Clock::new();
    let service = Service::start({
        let clock = clock.clone();
        move |number| Reply::now(200, &keys(&clock, number)).after(Duration::from_millis(300))
    })
    .await;
    let provider = provider(&service, &clock);
    let call = || {
        let provider = provider.clone();
        tokio::spawn(async move { provider.provide().await })
    };
    let (first, second) = (call(), call());
    tokio::time::sleep(Duration::from_millis(100)).await;
    first.abort();
    assert!(second.await.unwrap().is_ok());
    assert_eq!(service.counts(), (1, 1));
}

#[tokio::test]
async fn clouds_without_a_token_are_asked_without_it() {
    for status in [404, 405, 503] {
        let clock = Clock::new();
        let body = keys(&clock, 1);
        let service = Service::with(move |asked, _| match asked.line.as_str() {
            TOKEN_LINE => Reply::now(status, "no"),
            _ => Reply::now(200, &body),
        })
        .await;
        assert!(provider(&service, &clock).provide().await.is_ok());
        let asked = service.asked();
        assert_eq!(asked.len(), 2);
        assert!(!asked[1].head.contains("x-metadata-token"), "{status}");
    }
}

#[tokio::test]
async fn bad_responses_are_clear_errors() {
    let to_keys = |reply: fn() -> Reply| {
        problem(move |asked| match asked.line.as_str() {
            TOKEN_LINE => Reply::now(200, TOKEN),
            _ => reply(),
        })
    };
    let malformed =
        to_keys(|| Reply::now(200, "{\"credential\": {\"access\": \"AK-Hidden\"")).await;
    assert_eq!(malformed, MetadataProblem::Malformed("it is not JSON"));
    let html = to_keys(|| Reply::now(200, "<html>Hidden</html>")).await;
    assert_eq!(html, MetadataProblem::Malformed("it is not JSON"));
    let other = to_keys(|| Reply::now(200, "{\"credential\": {\"access\": \"AK-Hidden\"}}")).await;
    assert!(matches!(other, MetadataProblem::Malformed(part) if part.contains("expires_at")));
    let status = to_keys(|| Reply::now(500, "Hidden")).await;
    assert_eq!(status, MetadataProblem::Status(500));
    let agency = to_keys(|| Reply::now(401, "Please configure Cloud Service Agency first")).await;
    assert_eq!(agency, MetadataProblem::NoAgency);
    let refused = to_keys(|| Reply::now(401, "token Hidden")).await;
    assert_eq!(refused, MetadataProblem::Status(401));
    let large = problem(|_| Reply {
        after: Duration::ZERO,
        text: "HTTP/1.1 200 X\r\nContent-Length: 2000000\r\n\r\nx".to_owned(),
    });
    assert!(matches!(large.await, MetadataProblem::Malformed(part) if part.contains("1 MiB")));
    let cut = problem(|_| Reply {
        after: Duration::ZERO,
        text: "HTTP/1.1 200 X\r\n".to_owned(),
    });
    assert!(matches!(cut.await, MetadataProblem::Timeout(_)));
    let no_http = problem(|_| Reply {
        after: Duration::ZERO,
        text: "Hidden and no HTTP\r\n\r\n".to_owned(),
    });
    assert!(matches!(no_http.await, MetadataProblem::NoResponse(_)));

    let token = problem(|_| Reply::now(200, "two\nlines")).await;
    assert!(matches!(token, MetadataProblem::Malformed(_)), "{token:?}");
    let token = problem(|_| Reply::now(400, "")).await;
    assert_eq!(token, MetadataProblem::Status(400));
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let elsewhere = Service::start(|_| Reply::now(200, "")).await;
    let location = elsewhere.url.clone();
    let status = problem(move |_| Reply {
        after: Duration::ZERO,
        text: format!("HTTP/1.1 302 X\r\nLocation: {location}/\r\nContent-Length: 0\r\n\r\n"),
    })
    .await;
    assert_eq!(status, MetadataProblem::Status(302));
    assert!(elsewhere.asked().is_empty());
}

#[tokio::test]
async fn a_stalled_service_is_given_up() {
    let start = Instant::now();
    let stalled = problem(|_| Reply::now(200, TOKEN).after(Duration::from_secs(60))).await;
    assert_eq!(
        stalled,
        MetadataProblem::Timeout(Duration::from_millis(300))
    );
    let stalled = problem(|asked| match asked.line.as_str() {
        TOKEN_LINE => Reply::now(200, TOKEN),
        _ => Reply::now(200, "").after(Duration::from_secs(60)),
    })
    .await;
    assert_eq!(
        stalled,
        MetadataProblem::Timeout(Duration::from_millis(300))
    );
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn a_place_without_the_service_says_so() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let provider = MetadataProvider::builder().address(url).build().unwrap();
    let text = provider.provide().await.unwrap_err().to_string();
    assert!(text.contains("on cloud servers only"), "{text}");
}

#[tokio::test]
async fn a_project_can_be_given_along() {
    let clock = Clock::new();
    let body = keys(&clock, 1);
    let service = Service::start(move |_| Reply::now(200, &body)).await;
    let provider = MetadataProvider::builder()
        .address(&service.url)
        .project_id("p-1")
        .build()
        .unwrap();
    let used = used(provider.provide().await.unwrap()).await;
    assert_eq!(used.project.as_deref(), Some("p-1"));
}
