//! How wide a whole number is.

use serde_json::Number;

use crate::load::tree::Node;
use crate::model::Type;
use crate::number::whole;

use super::layers::Layers;

/// Formats whose numbers have more digits than 64 bits hold.
const WIDE: [&str; 7] = [
    "int128",
    "uint128",
    "int256",
    "uint256",
    "bigint",
    "biginteger",
    "big-integer",
];

/// The widths of Rust, from short to long.
const WIDTHS: [u8; 4] = [8, 16, 32, 64];

/// The type of the whole numbers that a schema describes.
pub(in super::super) fn of_schema(schema: &Layers<'_>) -> Type {
    let format = schema.get("format").and_then(Node::as_str);
    let bounds = ["minimum", "maximum"].into_iter();
    let bounds = bounds.filter_map(|key| schema.get(key)?.as_number());
    let listed = schema.get("enum").map(Node::items).unwrap_or_default();
    integer(
        format,
        bounds.chain(listed.iter().filter_map(Node::as_number)),
    )
}

/// The type of whole numbers that are listed.
pub(super) fn of_listed(listed: &Node) -> Type {
    integer(None, listed.items().iter().filter_map(Node::as_number))
}

/// The type of a whole number: that of its format, or a wider one where its bounds or the numbers that
/// are listed ask for it. Without a format it has 64 bits and a sign.
fn integer<'n>(format: Option<&str>, numbers: impl Iterator<Item = &'n Number>) -> Type {
    let format = format.unwrap_or("int64").to_ascii_lowercase();
    if WIDE.contains(&&*format) {
        return Type::Wide;
    }
    let of_format = |prefix: &str| {
        let bits = format.strip_prefix(prefix)?.parse().ok()?;
        WIDTHS.contains(&bits).then_some(bits)
    };
    let (least_bits, signed) = match (of_format("uint"), of_format("int")) {
        (Some(bits), _) => (bits, false),
        (None, bits) => (bits.unwrap_or(64), true),
    };
    let bounds: Vec<_> = numbers.map(largest).collect();
    let has_room = |bits: u8, signed: bool| {
        let (least, greatest) = match signed {
            true => (-(1_i128 << (bits - 1)), (1_i128 << (bits - 1)) - 1),
            false => (0, (1_i128 << bits) - 1),
        };
        bounds.iter().all(|it| (least..=greatest).contains(it))
    };
    let usual = WIDTHS.into_iter().filter(|bits| *bits >= least_bits);
    // A bound below zero makes a format without a sign one with it, one above all makes it wider.
    let fitting = usual
        .map(|bits| (bits, signed))
        .chain([(64, true), (64, false)])
        .find(|(bits, signed)| has_room(*bits, *signed));
    fitting.map_or(Type::Wide, |(bits, signed)| Type::Integer { bits, signed })
}

/// A bound as a whole number; what is too large for any is larger than all of 64 bits.
fn largest(bound: &Number) -> i128 {
    // A cast of a float ends at the bounds of its type.
    whole(bound).unwrap_or_else(|| bound.as_f64().unwrap_or_default() as i128)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_the_width_of_its_format_or_what_its_bounds_ask_for() {
        let number = |text: &str| serde_json::from_str::<Number>(text).unwrap();
        let of = |format: &str, least: &str, most: &str| {
            let bound = |text: &str| (!text.is_empty()).then(|| number(text));
            let format = (!format.is_empty()).then_some(format);
            match integer(format, bound(least).iter().chain(&bound(most))) {
                Type::Integer { bits, signed } => {
                    format!("{}{bits}", if signed { "i" } else { "u" })
                }
                _ => "wide".to_owned(),
            }
        };
        for (format, least, most, expected) in [
            ("", "", "", "i64"),
            ("int32", "", "", "i32"),
            ("uint8", "0", "255", "u8"),
            ("uint16", "", "", "u16"),
            ("uint64", "0", "18446744073709551615", "u64"),
            ("int32", "0", "4294967295", "i64"),
            ("int64", "0", "18446744073709551615", "u64"),
            ("int64", "-1", "18446744073709551615", "wide"),
            ("uint8", "-1", "", "i64"),
            ("", "", "9223372036854775807", "i64"),
            ("", "", "18446744073709551616", "wide"),
            ("", "-1e30", "", "wide"),
            ("int128", "", "", "wide"),
            ("bigint", "", "", "wide"),
            ("timestamp", "", "", "i64"),
            ("int24", "", "", "i64"),
        ] {
            assert_eq!(of(format, least, most), expected, "{format} {least} {most}");
        }
    }
}
