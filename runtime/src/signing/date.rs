//! The date of a signature: `YYYYMMDDTHHMMSSZ` in UTC.
//!
//! Small enough to stand here and to be tested in full, so that users compile
//! no date library for one format.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

const SECONDS_A_DAY: u64 = 86_400;
/// The last second that four digits of year can name: 9999-12-31T23:59:59Z.
const LAST_SECOND: u64 = 253_402_300_799;

/// Writes a time as `YYYYMMDDTHHMMSSZ`. Times before 1970 or after 9999 are
/// moved to that bound.
pub fn format_date(time: SystemTime) -> String {
    let seconds = time
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
        .min(LAST_SECOND);
    let (year, month, day) = civil(seconds / SECONDS_A_DAY);
    let of_day = seconds % SECONDS_A_DAY;
    let mut text = String::with_capacity(16);
    for (number, mark) in [
        (year / 100, None),
        (year % 100, None),
        (month, None),
        (day, Some('T')),
        (of_day / 3600, None),
        (of_day / 60 % 60, None),
        (of_day % 60, Some('Z')),
    ] {
        for digit in [number / 10, number % 10] {
            text.push(char::from(b'0' + (digit % 10) as u8));
        }
        text.extend(mark);
    }
    text
}

/// Reads `YYYYMMDDTHHMMSSZ`; `None` when it is not a date of that form from
/// 1970 on.
pub fn parse_date(text: &str) -> Option<SystemTime> {
    let bytes = text.as_bytes();
    if bytes.len() != 16 || bytes[8] != b'T' || bytes[15] != b'Z' {
        return None;
    }
    let number = |range: std::ops::Range<usize>| {
        bytes[range].iter().try_fold(0u64, |sum, digit| {
            digit
                .is_ascii_digit()
                .then(|| sum * 10 + u64::from(digit - b'0'))
        })
    };
    let (year, month, day) = (number(0..4)?, number(4..6)?, number(6..8)?);
    let (hour, minute, second) = (number(9..11)?, number(11..13)?, number(13..15)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let days = days(year, month, day)?;
    Some(
        UNIX_EPOCH + Duration::from_secs(days * SECONDS_A_DAY + hour * 3600 + minute * 60 + second),
    )
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of_month(year: u64, month: u64) -> u64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Year, month and day of the day with this number, counted from 1970-01-01.
///
/// Years begin in March here, so that the leap day is the last of its year and
/// whole 400-year eras of 146,097 days divide evenly.
fn civil(day_number: u64) -> (u64, u64, u64) {
    let since_march_0000 = day_number + 719_468;
    let era = since_march_0000 / 146_097;
    let day_of_era = since_march_0000 % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    (year, month, day)
}

/// The number of a day, counted from 1970-01-01; `None` for days that are not.
fn days(year: u64, month: u64, day: u64) -> Option<u64> {
    if year < 1970 || !(1..=12).contains(&month) || !(1..=days_of_month(year, month)).contains(&day)
    {
        return None;
    }
    let leaps_before = |year: u64| {
        let last = year - 1;
        last / 4 - last / 100 + last / 400
    };
    let years = (year - 1970) * 365 + leaps_before(year) - leaps_before(1970);
    let months: u64 = (1..month).map(|month| days_of_month(year, month)).sum();
    Some(years + months + day - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn known_dates() {
        for (seconds, text) in [
            (0, "19700101T000000Z"),
            (951_782_399, "20000228T235959Z"),
            (951_782_400, "20000229T000000Z"),
            (951_868_800, "20000301T000000Z"),
            (1_077_926_400, "20040228T000000Z"),
            (1_766_304_550, "20251221T080910Z"),
            (4_107_542_399, "21000228T235959Z"),
            (4_107_542_400, "21000301T000000Z"),
            (LAST_SECOND, "99991231T235959Z"),
        ] {
            assert_eq!(format_date(at(seconds)), text);
            assert_eq!(parse_date(text), Some(at(seconds)), "{text}");
        }
    }

    #[test]
    fn every_day_of_800_years_follows_the_one_before() {
        let (mut year, mut month, mut day) = (1970, 1, 1);
        for number in 0..(2 * 146_097) {
            assert_eq!(civil(number), (year, month, day));
            assert_eq!(days(year, month, day), Some(number));
            day += 1;
            if day > days_of_month(year, month) {
                (month, day) = (month + 1, 1);
            }
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
        }
    }

    #[test]
    fn out_of_bounds_is_moved_to_the_bound() {
        assert_eq!(
            format_date(UNIX_EPOCH - Duration::from_secs(1)),
            "19700101T000000Z"
        );
        assert_eq!(format_date(at(LAST_SECOND + 1)), "99991231T235959Z");
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "20251221T080910",
            "20251221 080910Z",
            "20251321T080910Z",
            "20250229T000000Z",
            "21000229T000000Z",
            "20251221T240000Z",
            "2025-12-21T08:09Z",
            "19691231T235959Z",
            "２０25T080910Z",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
