//! Numbers of documents, digit for digit.

use std::cmp::Ordering;

use serde_json::Number;

/// Two numbers in order: digit for digit where both are whole.
pub fn compare(one: &Number, other: &Number) -> Ordering {
    match (whole(one), whole(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => {
            let value = |it: &Number| it.as_f64().unwrap_or_default();
            value(one).total_cmp(&value(other))
        }
    }
}

/// A number that is written as a whole one of up to 64 bits.
pub(crate) fn whole(number: &Number) -> Option<i128> {
    let signed = number.as_i64().map(i128::from);
    signed.or_else(|| number.as_u64().map(i128::from))
}
