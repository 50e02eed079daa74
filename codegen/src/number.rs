//! Numbers of documents, digit for digit.

use std::cmp::Ordering;

use serde_json::Number;

/// Two numbers in order: digit for digit where both are whole.
pub fn compare(one: &Number, other: &Number) -> Ordering {
    match (whole(one), whole(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => {
            let value = |it: &Number| it.as_f64().unwrap_or_default();
            // None is NaN.
            let order = value(one).partial_cmp(&value(other));
            order.unwrap_or(Ordering::Equal)
        }
    }
}

/// A number that is written as a whole one of up to 64 bits.
pub(crate) fn whole(number: &Number) -> Option<i128> {
    let signed = number.as_i64().map(i128::from);
    signed.or_else(|| number.as_u64().map(i128::from))
}

/// The least whole number that a lower bound allows.
pub(crate) fn at_least(bound: &Number, excluded: bool) -> i128 {
    match whole(bound) {
        Some(bound) => bound.saturating_add(excluded.into()),
        None => {
            let bound = bound.as_f64().unwrap_or_default();
            let next = if excluded {
                bound.floor() + 1.0
            } else {
                bound.ceil()
            };
            // A cast of a float ends at the bounds of its type.
            next as i128
        }
    }
}

/// The greatest whole number that an upper bound allows.
pub(crate) fn at_most(bound: &Number, excluded: bool) -> i128 {
    match whole(bound) {
        Some(bound) => bound.saturating_sub(excluded.into()),
        None => {
            let bound = bound.as_f64().unwrap_or_default();
            let next = if excluded {
                bound.ceil() - 1.0
            } else {
                bound.floor()
            };
            next as i128
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_go_to_the_next_whole_number_inside() {
        for (bound, excluded, least, most) in [
            ("2.5", false, 3, 2),
            ("2.5", true, 3, 2),
            ("-2.5", false, -2, -3),
            ("2", true, 3, 1),
            ("2.0", true, 3, 1),
            ("2.0", false, 2, 2),
            (
                "9007199254740993",
                true,
                9_007_199_254_740_994,
                9_007_199_254_740_992,
            ),
        ] {
            let number: Number = bound.parse().unwrap();
            assert_eq!(at_least(&number, excluded), least, "{bound} {excluded}");
            assert_eq!(at_most(&number, excluded), most, "{bound} {excluded}");
        }
    }
}
