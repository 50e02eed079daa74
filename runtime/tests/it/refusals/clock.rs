//! Clocks that are off, and servers that only say so.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use huaweicloud_runtime::Credentials;
use huaweicloud_runtime::signing::{format_date, parse_date};

use super::*;
use crate::support::faults::{Fault, FaultServer};
use crate::support::*;

const HOUR: Duration = Duration::from_secs(3600);
const CODE: &str = r#"{"error_code":"APIG.0303","error_msg":"x-sdk-date is off"}"#;

/// The ways in which gateways say it.
const WORDINGS: &[(u16, &str)] = &[
    (401, CODE),
    (403, r#"{"error_code":"APIGW.0303","error_msg":"no"}"#),
    (
        401,
        r#"{"error_msg":"Incorrect IAM authentication information: calc aksk signature fail:signature expired, signature time:20211217T064303Z","error_code":"APIGW.0301","request_id":"r"}"#,
    ),
    (
        401,
        r#"{"error_msg":"Incorrect IAM authentication information: calc ak sk signature fail:signature expired","error_code":"APIG.0301"}"#,
    ),
    (
        401,
        r#"{"error_msg":"Incorrect app authentication information: signature expired","error_code":"APIG.0303"}"#,
    ),
    (
        401,
        r#"{"error_msg":"the signature is not yet valid","error_code":"APIGW.0301"}"#,
    ),
    (401, r#"{"message":"Signature has expired"}"#),
    (
        401,
        r#"{"error":{"code":"401","message":"x-sdk-date differs from the server's time by more than 15 minutes"}}"#,
    ),
];

fn shifted(seconds: i64) -> SystemTime {
    let by = Duration::from_secs(seconds.unsigned_abs());
    match seconds < 0 {
        true => SystemTime::now() - by,
        false => SystemTime::now() + by,
    }
}

/// A gateway whose clock is off by this many seconds from ours.
async fn gateway(off: Arc<AtomicI64>, status: u16, refusal: &'static str) -> FaultServer {
    FaultServer::start(move |_, seen| {
        let now = shifted(off.load(Ordering::SeqCst));
        let date = httpdate::fmt_http_date(now);
        match signature_holds(seen, now) {
            true => fine(),
            false => Fault::Response(response(status, &[("Date", &date)], refusal)),
        }
    })
    .await
}

fn off(seconds: i64) -> Arc<AtomicI64> {
    Arc::new(AtomicI64::new(seconds))
}

fn date_of(seen: &Received) -> SystemTime {
    parse_date(seen.header("x-sdk-date").unwrap()).unwrap()
}

/// How far the date in the signature of this request is from the time here.
fn distance(server: &FaultServer, number: usize) -> Duration {
    let signed = date_of(&server.received.lock().unwrap()[number]);
    SystemTime::now()
        .duration_since(signed)
        .unwrap_or_else(|earlier| earlier.duration())
}

#[tokio::test]
async fn a_clock_that_is_off_is_corrected_once_and_for_all_calls() {
    for seconds in [3600, -3600, 2 * 86_400] {
        for operation in [&SHOW, &RESET] {
            let server = gateway(off(seconds), 401, CODE).await;
            let core = core(&server.url);
            assert_eq!(call(&core, operation).await.unwrap(), 200);
            assert_eq!(server.count(), 2);
            assert_eq!(call(&core.clone(), &RESET).await.unwrap(), 200);
            assert_eq!(server.count(), 3, "the correction was forgotten");
            let expected = Duration::from_secs(seconds.unsigned_abs());
            assert!(distance(&server, 1).abs_diff(expected) < Duration::from_secs(60));
        }
    }
}

#[tokio::test]
async fn every_wording_is_understood() {
    for (status, refusal) in WORDINGS {
        let server = gateway(off(3600), *status, refusal).await;
        let core = core(&server.url);
        assert_eq!(call(&core, &RESET).await.unwrap(), 200, "{refusal}");
        assert_eq!(server.count(), 2, "{refusal}");
        // The words about it, where it cannot be helped: the date is right, or not there.
        let server = always(*status, &[], refusal).await;
        let response = send(&super::core(&server.url), &SHOW).await.unwrap();
        let hint = response.details().hint().unwrap_or_default();
        assert!(hint.contains("clock"), "{refusal}: {hint}");
        assert_eq!(server.count(), 1, "{refusal}");
    }
}

#[tokio::test]
async fn the_time_in_the_message_will_do() {
    let server = FaultServer::start(move |_, seen| {
        let now = SystemTime::now() - HOUR;
        let refusal = format!(
            r#"{{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information: calc aksk signature fail:signature expired, signature time:20211217T064303Z,server time:{}"}}"#,
            format_date(now)
        );
        match signature_holds(seen, now) {
            true => fine(),
            false => Fault::Response(response(401, &[], &refusal)),
        }
    })
    .await;
    assert_eq!(call(&core(&server.url), &RESET).await.unwrap(), 200);
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_signature_that_is_wrong_is_not_taken_for_a_clock() {
    let far = httpdate::fmt_http_date(SystemTime::now() + HOUR);
    for refusal in [
        WRONG_KEY,
        r#"{"error_msg":"Incorrect IAM authentication information: verify aksk signature fail, canonicalRequest:GET|/v1/expired/||host:vpc.example.com|x-sdk-date:20230301T084422Z||host;x-sdk-date|44136fa3","error_code":"APIGW.0301"}"#,
        r#"{"error_msg":"Incorrect IAM authentication information: Get secretKey failed,ak:x,err:ak not exist","error_code":"APIGW.0301"}"#,
        r#"{"error_msg":"the security token has expired, so the signature is not looked at","error_code":"APIGW.0301"}"#,
    ] {
        let server = always(401, &[("Date", &far)], refusal).await;
        let response = send(&core(&server.url), &RESET).await.unwrap();
        let hint = response.details().hint().unwrap_or_default().to_owned();
        assert!(!hint.contains("clock"), "{refusal}: {hint}");
        assert_eq!(server.count(), 1, "{refusal}");
    }
}

#[tokio::test]
async fn a_date_that_makes_no_sense_is_passed_over() {
    let next_year = httpdate::fmt_http_date(SystemTime::now() + 24 * 365 * HOUR);
    for date in [
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Mon, 03 Mar 2003 00:00:00 GMT",
        next_year.as_str(),
        "noon",
    ] {
        let owned = date.to_owned();
        let server = FaultServer::start(move |number, _| match number {
            0 => Fault::Response(response(401, &[("Date", &owned)], CODE)),
            _ => fine(),
        })
        .await;
        let core = core(&server.url);
        assert_eq!(call(&core, &RESET).await.unwrap(), 401, "{date}");
        assert_eq!(server.count(), 1, "{date}");
        assert_eq!(call(&core, &RESET).await.unwrap(), 200, "{date}");
        assert!(distance(&server, 1) < HOUR / 60, "{date} poisoned a call");
    }
}

#[tokio::test]
async fn a_correction_that_did_not_help_is_forgotten() {
    for refusal in [CODE, WRONG_KEY] {
        let far = httpdate::fmt_http_date(SystemTime::now() + HOUR);
        let server = FaultServer::start(move |number, _| match number {
            0 => Fault::Response(response(401, &[("Date", &far)], CODE)),
            1 => Fault::Response(response(401, &[("Date", &far)], refusal)),
            _ => fine(),
        })
        .await;
        let core = core(&server.url);
        assert_eq!(call(&core, &RESET).await.unwrap(), 401);
        assert_eq!(server.count(), 2);
        assert_eq!(call(&core, &RESET).await.unwrap(), 200);
        assert!(distance(&server, 1) > HOUR / 2);
        assert!(distance(&server, 2) < HOUR / 60, "{refusal}");
    }
}

#[tokio::test]
async fn a_response_that_says_nothing_proves_no_correction() {
    let far = httpdate::fmt_http_date(SystemTime::now() + HOUR);
    let server = FaultServer::start(move |number, _| match number {
        0 => Fault::Response(response(401, &[("Date", &far)], CODE)),
        1 => Fault::Response(response(503, &[], "<html>busy</html>")),
        _ => fine(),
    })
    .await;
    let core = core(&server.url);
    assert_eq!(call(&core, &RESET).await.unwrap(), 503);
    assert_eq!(call(&core, &RESET).await.unwrap(), 200);
    assert!(distance(&server, 2) < HOUR / 60);
}

#[tokio::test]
async fn a_correction_is_for_the_host_it_came_from() {
    static DWS: Operation = Operation::new("dws", "ShowOther", "GET", "/v1/x");
    let odd = gateway(off(3600), 401, CODE).await;
    let right = always(200, &[], "{}").await;
    let core = builder(aksk())
        .service_endpoint("dcs", odd.url.clone())
        .service_endpoint("dws", right.url.clone())
        .build(SERVICES)
        .unwrap();
    assert_eq!(call(&core, &SHOW).await.unwrap(), 200);
    assert_eq!(call(&core, &DWS).await.unwrap(), 200);
    assert!(distance(&right, 0) < HOUR / 60);
    // Clones know what was learned.
    assert_eq!(call(&core.clone(), &SHOW).await.unwrap(), 200);
    assert_eq!(odd.count(), 3);
}

#[tokio::test]
async fn a_clock_that_is_put_right_is_followed() {
    let off = off(3600);
    let server = gateway(off.clone(), 401, CODE).await;
    let core = core(&server.url);
    for (seconds, arrived) in [(3600, 2), (0, 4), (-7200, 6), (-7200, 7)] {
        off.store(seconds, Ordering::SeqCst);
        assert_eq!(call(&core, &RESET).await.unwrap(), 200);
        assert_eq!(server.count(), arrived, "{seconds}");
    }
}

#[tokio::test]
async fn a_correction_that_is_no_longer_accepted_does_not_stay() {
    let server = FaultServer::start(move |number, seen| {
        let far = SystemTime::now() + HOUR;
        let date = httpdate::fmt_http_date(far);
        match number {
            0 => Fault::Response(response(401, &[("Date", &date)], CODE)),
            1 => fine(),
            // From here on by the right time, without a word about clocks.
            _ if signature_holds(seen, SystemTime::now()) => fine(),
            _ => Fault::Response(response(401, &[], WRONG_KEY)),
        }
    })
    .await;
    let core = core(&server.url);
    assert_eq!(call(&core, &RESET).await.unwrap(), 200);
    assert_eq!(call(&core, &RESET).await.unwrap(), 401);
    assert_eq!(call(&core, &RESET).await.unwrap(), 200);
}

#[tokio::test]
async fn fifty_calls_at_once_find_the_time_together() {
    let off = off(3600);
    let server = gateway(off.clone(), 401, CODE).await;
    let core = core(&server.url);
    let results = at_once(&core, 50, &RESET).await;
    assert!(results.iter().all(|result| matches!(result, Ok(200))));
    assert_eq!(server.count(), 51, "one refusal is enough to know");
    // And when it changes under a key that is known to be good.
    off.store(-3600, Ordering::SeqCst);
    let results = at_once(&core, 50, &RESET).await;
    assert!(results.iter().all(|result| matches!(result, Ok(200))));
}

#[tokio::test]
async fn a_clock_that_cannot_be_corrected_does_not_lock_the_key() {
    let server = gateway(off(30 * 86_400), 401, WORDINGS[2].1).await;
    let core = core(&server.url);
    for _ in 0..50 {
        match call(&core, &RESET).await {
            Ok(status) => assert_eq!(status, 401),
            Err(error) => assert!(error.to_string().contains("clock"), "{error}"),
        }
    }
    let in_sequence = server.count();
    assert!(in_sequence < 5, "{in_sequence}");
    let results = at_once(&super::core(&server.url), 50, &RESET).await;
    assert!(results.iter().all(|result| !matches!(result, Ok(200))));
    assert!(server.count() - in_sequence < 5);
}

#[tokio::test]
async fn a_clock_that_is_off_hides_no_wrong_key() {
    let server = FaultServer::start(|_, seen| {
        let now = SystemTime::now() + HOUR;
        let date = httpdate::fmt_http_date(now);
        let near = date_of(seen) > now - HOUR / 2;
        let refusal = if near { WRONG_KEY } else { CODE };
        Fault::Response(response(401, &[("Date", &date)], refusal))
    })
    .await;
    for operation in [&SHOW, &RESET] {
        let before = server.count();
        at_once(&core(&server.url), 50, operation).await;
        assert!(server.count() - before < 5);
        let before = server.count();
        let core = core(&server.url);
        for _ in 0..50 {
            let _ = call(&core, operation).await;
        }
        assert!(server.count() - before < 5);
    }
}

#[tokio::test]
async fn a_clock_that_is_right_is_not_blamed() {
    let now = httpdate::fmt_http_date(SystemTime::now());
    for headers in [&[][..], &[("Date", "noon")], &[("Date", now.as_str())]] {
        let server = always(401, headers, CODE).await;
        assert_eq!(call(&core(&server.url), &SHOW).await.unwrap(), 401);
        assert_eq!(server.count(), 1, "{headers:?}");
    }
    // One that is never content is tried once more and no further.
    let far = httpdate::fmt_http_date(SystemTime::now() + 24 * HOUR);
    let server = always(401, &[("Date", &far)], CODE).await;
    assert_eq!(call(&core(&server.url), &RESET).await.unwrap(), 401);
    assert_eq!(server.count(), 2);
    // A token has no date that could be wrong.
    let server = always(401, &[("Date", &far)], CODE).await;
    let core = builder(Credentials::token(TOKEN).project_id(PROJECT))
        .endpoint(&server.url)
        .build(SERVICES)
        .unwrap();
    assert_eq!(call(&core, &SHOW).await.unwrap(), 401);
    assert_eq!(server.count(), 1);
}
