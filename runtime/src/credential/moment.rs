//! The time of day as IAM and the metadata service write it.

use std::time::SystemTime;

use crate::signing::parse_date;

/// Reads `2030-01-31T12:00:00.000000Z`; parts of a second are left out.
pub(crate) fn parse_moment(text: &str) -> Option<SystemTime> {
    let (seconds, rest) = text.split_at_checked(19)?;
    let fraction = rest.strip_suffix('Z').or(rest.strip_suffix("+00:00"))?;
    let digits = match fraction.strip_prefix('.') {
        Some(digits) if !digits.is_empty() => digits,
        Some(_) => return None,
        None => fraction,
    };
    let compact: String = seconds
        .char_indices()
        .filter(|(at, sign)| !matches!((at, sign), (4 | 7, '-') | (13 | 16, ':')))
        .map(|(_, sign)| sign)
        .chain(['Z'])
        .collect();
    let plain = digits.bytes().all(|digit| digit.is_ascii_digit())
        && (fraction.is_empty() || fraction.starts_with('.'));
    plain.then(|| parse_date(&compact)).flatten()
}
