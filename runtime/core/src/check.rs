//! Checks that generated code makes before anything is sent.
//!
//! `field` is always the name on the wire. Errors never quote a value, save
//! numbers.

use crate::byte_set::ByteSet;
use crate::invalid::{InvalidRequest, InvalidRule};
use crate::password::{PasswordPolicy, PolicyEnforcement};
use crate::secret::Password;

/// The longest identifier accepted, in bytes. The vendor's ids have 32 or 36.
const LONGEST_IDENTIFIER: usize = 256;

/// Accepts `value` as one segment of a path.
///
/// # Errors
/// When it is empty, longer than 256 bytes, or could bend the path or end it:
/// `/`, `\`, `.`, `..`, `?`, `#`, control characters, white space at an end, or
/// an escape such as `%2f`, which a server that decodes twice would see through.
pub fn identifier(field: &'static str, value: &str) -> Result<(), InvalidRequest> {
    // What nearly every identifier is made of can bend nothing.
    static PLAIN: ByteSet = ByteSet::alphanumeric_and(b"-_");
    if (1..=LONGEST_IDENTIFIER).contains(&value.len()) && PLAIN.holds_all(value) {
        return Ok(());
    }
    let reason = if value.is_empty() {
        "it is empty"
    } else if value.len() > LONGEST_IDENTIFIER {
        "it is longer than 256 bytes"
    } else if value == "." || value == ".." {
        "it is a step in the path (`.` or `..`)"
    } else if value.contains(['/', '\\']) {
        "it holds a slash"
    } else if value.contains(['?', '#']) {
        "it holds `?` or `#`, which would end the path"
    } else if value.chars().any(char::is_control) {
        "it holds a control character"
    } else if value.trim() != value {
        "it begins or ends with white space"
    } else if holds_escape(value) {
        "it holds an escape (`%` and two hexadecimal digits)"
    } else {
        return Ok(());
    };
    Err(InvalidRequest::of_field(
        field,
        InvalidRule::Identifier { reason },
    ))
}

/// The outcome of a check inside of `field`, with the way to it in the error.
///
/// # Errors
/// That of the check.
pub fn within(field: &str, checked: Result<(), InvalidRequest>) -> Result<(), InvalidRequest> {
    checked.map_err(|error| error.within(field))
}

/// Whether a server that decodes twice would see something else.
fn holds_escape(value: &str) -> bool {
    value
        .as_bytes()
        .windows(3)
        .any(|three| three[0] == b'%' && three[1..].iter().all(u8::is_ascii_hexdigit))
}

/// Takes a needed value out.
///
/// # Errors
/// [`InvalidRule::Missing`] when there is none.
pub fn required<T>(field: &str, value: Option<T>) -> Result<T, InvalidRequest> {
    value.ok_or_else(|| InvalidRequest::of_field(field, InvalidRule::Missing))
}

/// Checks a field that is needed unless the field `other` has a `value`.
///
/// # Errors
/// When it is neither `present` nor `exempt`, or both.
pub fn required_unless(
    field: &str,
    present: bool,
    other: &str,
    value: &str,
    exempt: bool,
) -> Result<(), InvalidRequest> {
    let (other, value) = match (present, exempt) {
        (true, false) | (false, true) => return Ok(()),
        _ => (other.to_owned(), value.to_owned()),
    };
    Err(InvalidRequest::of_field(
        field,
        if present {
            InvalidRule::NotAllowedWith { other, value }
        } else {
            InvalidRule::MissingUnless { other, value }
        },
    ))
}

/// Checks the number of characters (Unicode scalar values) of a text.
///
/// # Errors
/// [`InvalidRule::Length`], without the text.
pub fn length(
    field: &str,
    value: &str,
    min: Option<u64>,
    max: Option<u64>,
) -> Result<(), InvalidRequest> {
    let is_met = is_between(value.chars().count() as u64, min, max);
    holds(is_met, field, || InvalidRule::Length { min, max })
}

/// Checks the number of entries of a list.
///
/// # Errors
/// [`InvalidRule::Items`].
pub fn items(
    field: &str,
    len: usize,
    min: Option<u64>,
    max: Option<u64>,
) -> Result<(), InvalidRequest> {
    let is_met = is_between(len as u64, min, max);
    holds(is_met, field, || InvalidRule::Items { min, max })
}

/// Checks a number. A number that is not comparable (NaN) is out of range.
///
/// # Errors
/// [`InvalidRule::Range`].
pub fn range(
    field: &str,
    value: f64,
    min: Option<f64>,
    max: Option<f64>,
) -> Result<(), InvalidRequest> {
    let is_met = !value.is_nan() && is_between(value, min, max);
    holds(is_met, field, || InvalidRule::Range { value, min, max })
}

/// Checks a whole number, to the last digit.
///
/// # Errors
/// [`InvalidRule::WholeRange`].
pub fn whole_range(
    field: &str,
    value: i128,
    min: Option<i128>,
    max: Option<i128>,
) -> Result<(), InvalidRequest> {
    let is_met = is_between(value, min, max);
    holds(is_met, field, || InvalidRule::WholeRange {
        value,
        min,
        max,
    })
}

/// Checks a password against its policy, as strictly as the client was told.
///
/// # Errors
/// [`InvalidRule::Password`] under [`PolicyEnforcement::Enforce`]; never under
/// the others. [`PolicyEnforcement::Warn`] logs the broken rules.
pub fn password(
    field: &str,
    value: &Password,
    policy: &PasswordPolicy,
    enforcement: PolicyEnforcement,
) -> Result<(), InvalidRequest> {
    if enforcement == PolicyEnforcement::Off {
        return Ok(());
    }
    match policy.check(value) {
        Ok(()) => Ok(()),
        Err(violations) if enforcement == PolicyEnforcement::Warn => {
            tracing::warn!(field, %violations, "sending a password that breaks its policy");
            Ok(())
        }
        Err(violations) => Err(InvalidRequest::of_field(
            field,
            InvalidRule::Password(violations),
        )),
    }
}

/// [`length`] for a secret.
///
/// # Errors
/// [`InvalidRule::Length`], without the text.
pub fn secret_length(
    field: &str,
    value: &Password,
    min: Option<u64>,
    max: Option<u64>,
) -> Result<(), InvalidRequest> {
    length(field, value.expose(), min, max)
}

fn is_between<T: PartialOrd>(value: T, min: Option<T>, max: Option<T>) -> bool {
    min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max)
}

fn holds(
    is_met: bool,
    field: &str,
    rule: impl FnOnce() -> InvalidRule,
) -> Result<(), InvalidRequest> {
    match is_met {
        true => Ok(()),
        false => Err(InvalidRequest::of_field(field, rule())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_that_pass() {
        for id in [
            "cf2a8b97-b5c6-47ef-9714-eb27adf26e5b",
            "bbf1946d374b44a0a2a95533562ba954",
            "a.b",
            "...",
            "a b",
            "服务器",
            "100%",
        ] {
            assert!(identifier("server_id", id).is_ok(), "{id}");
        }
        assert!(identifier("server_id", &"a".repeat(256)).is_ok());
    }

    #[test]
    fn identifiers_that_would_bend_the_path() {
        for id in [
            "", ".", "..", "a/b", "/", "a\\b", "a?b", "a#b", "a\nb", "a\u{0}", "a\u{7f}", "%2e%2E",
            "%2F", "a%2fb", "%5C", "%252e", "a\u{85}",
        ] {
            let error = identifier("server_id", id).unwrap_err();
            assert_eq!(error.field(), Some("server_id"));
            assert!(matches!(error.rule(), InvalidRule::Identifier { .. }));
        }
        assert!(identifier("server_id", &"a".repeat(257)).is_err());
    }

    #[test]
    fn required_values() {
        assert_eq!(required("a", Some(1)).unwrap(), 1);
        assert!(matches!(
            required::<u8>("a", None).unwrap_err().rule(),
            InvalidRule::Missing
        ));
    }

    #[test]
    fn required_unless_has_four_cases() {
        let check = |present, exempt| required_unless("a", present, "b", "true", exempt);
        assert!(check(true, false).is_ok());
        assert!(check(false, true).is_ok());
        let missing = check(false, false).unwrap_err().to_string();
        assert!(missing.contains("`a`") && missing.contains("unless `b` is true"));
        let both = check(true, true).unwrap_err().to_string();
        assert!(both.contains("must not be sent"), "{both}");
    }

    #[test]
    fn lengths_items_and_ranges() {
        assert!(length("a", "éé", Some(2), Some(2)).is_ok());
        assert!(length("a", "éé", Some(3), None).is_err());
        assert!(length("a", "éé", None, Some(1)).is_err());
        assert!(items("a", 0, Some(1), None).is_err());
        assert!(items("a", 1, Some(1), Some(1)).is_ok());
        assert!(range("a", 1.0, Some(1.0), Some(2.0)).is_ok());
        assert!(range("a", f64::NAN, None, None).is_err());
        let error = range("a", 3.0, Some(1.0), Some(2.0)).unwrap_err();
        assert!(error.to_string().contains("3 is out of range"), "{error}");
    }

    #[test]
    fn long_bounds_are_said_to_the_last_digit() {
        let most = i128::from(u64::MAX);
        let error = whole_range("a", most, Some(9_007_199_254_740_993), Some(most - 2));
        let error = error.unwrap_err().to_string();
        for number in [
            "18446744073709551615 is out of range",
            "9007199254740993 to 18446744073709551613",
        ] {
            assert!(error.contains(number), "{number} in {error}");
        }
        assert!(whole_range("a", most, None, Some(most)).is_ok());
        assert!(whole_range("a", 0, Some(1), None).is_err());
    }

    #[test]
    fn a_length_error_never_quotes() {
        let error = secret_length("a", &Password::new("zq"), Some(3), None).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("zq"));
    }

    #[test]
    fn enforcement_decides() {
        const POLICY: PasswordPolicy = PasswordPolicy::new(8, 9);
        let weak = Password::new("zq");
        let run = |how| password("new_password", &weak, &POLICY, how);
        let error = run(PolicyEnforcement::Enforce).unwrap_err();
        assert!(matches!(error.rule(), InvalidRule::Password(_)));
        assert!(!format!("{error} {error:?}").contains("zq"));
        assert!(run(PolicyEnforcement::Warn).is_ok());
        assert!(run(PolicyEnforcement::Off).is_ok());
    }
}
