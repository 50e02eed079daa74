//! How long a server asks to wait.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// What the Retry-After header asks for: seconds, or a date. `None` without the
/// header, and when it is neither.
///
/// A date is compared with the server's own Date where there is one, so that a
/// clock that is off on this side does not count; `now` stands in otherwise. A
/// number that is too large for any clock is the longest duration there is.
pub fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(value.parse().map_or(Duration::MAX, Duration::from_secs));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    let now = server_date(headers).unwrap_or(now);
    // A moment that has passed asks for no wait.
    Some(date.duration_since(now).unwrap_or_default())
}

/// The time of the response, by the server's clock.
pub fn server_date(headers: &HeaderMap) -> Option<SystemTime> {
    let value = headers.get(DATE)?.to_str().ok()?;
    httpdate::parse_http_date(value.trim()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    const NOON: &str = "Sun, 21 Dec 2025 12:00:00 GMT";

    fn asked(value: &[u8], date: Option<&str>) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_bytes(value).unwrap());
        if let Some(date) = date {
            headers.insert(DATE, date.parse().unwrap());
        }
        let now = httpdate::parse_http_date(NOON).unwrap();
        retry_after(&headers, now)
    }

    #[test]
    fn seconds() {
        let seconds = |count| Some(Duration::from_secs(count));
        assert_eq!(asked(b"0", None), seconds(0));
        assert_eq!(asked(b" 7 ", None), seconds(7));
        assert_eq!(asked(b"86400", None), seconds(86_400));
        assert_eq!(asked(b"18446744073709551615", None), seconds(u64::MAX));
        assert_eq!(asked(&[b'9'; 200], None), Some(Duration::MAX));
    }

    #[test]
    fn a_date_counts_from_the_server_s_own() {
        let date = b"Sun, 21 Dec 2025 12:00:09 GMT";
        let seconds = |count| Some(Duration::from_secs(count));
        assert_eq!(asked(date, None), seconds(9));
        let server = Some("Sun, 21 Dec 2025 12:00:05 GMT");
        assert_eq!(asked(date, server), seconds(4));
        let past = Some("Sun, 21 Dec 2025 13:00:00 GMT");
        assert_eq!(asked(date, past), seconds(0));
        assert_eq!(asked(date, Some("noon")), seconds(9));
        // The two older forms that servers may still write.
        assert_eq!(asked(b"Sunday, 21-Dec-25 12:00:09 GMT", None), seconds(9));
        assert_eq!(asked(b"Sun Dec 21 12:00:09 2025", None), seconds(9));
    }

    #[test]
    fn anything_else_asks_for_nothing() {
        for garbage in [
            &b""[..],
            b"-1",
            b"+1",
            b"1.5",
            b"1s",
            b"soon",
            b"\xff",
            b"0x10",
            b"Sun, 99 Dec 2025 12:00:09 GMT",
        ] {
            assert_eq!(asked(garbage, None), None, "{garbage:?}");
        }
        assert_eq!(retry_after(&HeaderMap::new(), SystemTime::now()), None);
    }
}
