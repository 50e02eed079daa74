//! Plain scalars → values, by the YAML 1.2 core schema as serde_yaml reads it.

use serde_json::Number;

use super::tree::Value;

/// What a plain scalar means.
#[derive(Debug, PartialEq)]
pub(super) enum Plain {
    /// A value JSON has too.
    Value(Value),
    /// `.inf` or `.nan`, in any spelling.
    NoJsonNumber,
}

/// Resolves a plain scalar without a tag.
pub(super) fn resolve(text: &str) -> Plain {
    Plain::Value(match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ if !may_be_number(text) => Value::String(text.to_owned()),
        _ if is_infinite_or_nan(text) => return Plain::NoJsonNumber,
        _ => match number(text) {
            Some(number) => Value::Number(number),
            None => Value::String(text.to_owned()),
        },
    })
}

/// Whether a scalar is a whole number, as a status key is.
pub(super) fn is_whole_number(text: &str) -> bool {
    may_be_number(text) && whole_number(text).is_some()
}

fn may_be_number(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.'))
}

fn is_infinite_or_nan(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN")
}

fn number(text: &str) -> Option<Number> {
    whole_number(text).or_else(|| float(text))
}

fn whole_number(text: &str) -> Option<Number> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.starts_with(['+', '-']) {
        return None;
    }
    let (radix, digits) = match digits.get(..2) {
        Some("0x") => (16, &digits[2..]),
        Some("0o") => (8, &digits[2..]),
        Some("0b") => (2, &digits[2..]),
        _ => (10, digits),
    };
    // `007` is text in YAML 1.2; hexadecimal and the like may begin with zeros.
    if digits.starts_with(['+', '-']) || (radix == 10 && has_leading_zero(digits)) {
        return None;
    }
    let size = u128::from_str_radix(digits, radix).ok()?;
    if !negative {
        return Number::from_u128(size).or_else(|| Number::from_f64(size as f64));
    }
    let signed = i128::try_from(size).ok()?.checked_neg()?;
    Number::from_i128(signed).or_else(|| Number::from_f64(signed as f64))
}

fn float(text: &str) -> Option<Number> {
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if (text.len() > unsigned.len() && unsigned.starts_with(['+', '-'])) || has_leading_zero(digits)
    {
        return None;
    }
    // `from_f64` refuses what is infinite: `1e400` stays text.
    unsigned.parse::<f64>().ok().and_then(Number::from_f64)
}

fn has_leading_zero(digits: &str) -> bool {
    digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn json(text: &str) -> Option<serde_json::Value> {
        match resolve(text) {
            Plain::Value(value) => Some(super::super::tree::Node { span: 0..0, value }.to_json()),
            Plain::NoJsonNumber => None,
        }
    }

    fn agrees_with_serde_yaml(text: &str) {
        let Some(ours) = json(text) else { return };
        let theirs: serde_json::Value = serde_yaml::from_str(text).unwrap();
        assert_eq!(ours, theirs, "{text:?}");
    }

    #[test]
    fn scalars_read_as_serde_yaml_reads_them() {
        let texts = [
            "null",
            "Null",
            "NULL",
            "~",
            "nUll",
            "true",
            "True",
            "TRUE",
            "tRue",
            "False",
            "yes",
            "no",
            "on",
            "off",
            "y",
            "0",
            "-0",
            "+0",
            "7",
            "-7",
            "+7",
            "007",
            "-007",
            "+007",
            "0.0",
            "00.5",
            "1.5",
            "-1.5",
            "+1.5",
            ".5",
            "-.5",
            "5.",
            "1e3",
            "1E-3",
            "1e400",
            "0x1F",
            "-0x1F",
            "+0x1f",
            "0xg",
            "0x",
            "0o17",
            "0b101",
            "0b102",
            "0x-1",
            "1_000",
            "12:30",
            "2024-01-01",
            "1.2.3",
            "inf",
            "nan",
            "18446744073709551615",
            "-9223372036854775808",
            "9223372036854775808",
            "eu-north-4",
            "3.0.3",
            "--1",
            "+-1",
            "-+1",
            "0777",
            "08",
            "1,5",
        ];
        for text in texts {
            agrees_with_serde_yaml(text);
        }
    }

    #[test]
    fn what_json_cannot_write_is_told_apart() {
        for text in [".inf", "-.inf", "+.Inf", ".NaN", ".nan", ".INF"] {
            assert_eq!(resolve(text), Plain::NoJsonNumber, "{text}");
        }
        assert_eq!(
            resolve("-.nan"),
            Plain::Value(Value::String("-.nan".into()))
        );
    }

    #[test]
    fn only_whole_numbers_are_status_keys() {
        assert!(is_whole_number("200"));
        for text in ["2XX", "default", "2.5", "true", "", "~"] {
            assert!(!is_whole_number(text), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn number_like_text_reads_as_serde_yaml_reads_it(text in "[+-]?[0-9xob.eE]{1,12}") {
            // Three dots end a document.
            prop_assume!(!text.starts_with("..."));
            agrees_with_serde_yaml(&text);
        }
    }
}
