//! A request refused before anything was sent.

use std::fmt;

use crate::password::PolicyViolations;
use crate::region::UnknownRegion;
use crate::request_error::BuildError;
use crate::sanitize::{self, Sanitized};

/// A request that breaks a documented rule. Nothing was sent.
///
/// It names the field by its path in the request (`reset-password.new_password`)
/// and the rule; a secret value is never part of it.
#[derive(Debug, Clone)]
pub struct InvalidRequest {
    field: Option<String>,
    // Boxed to keep `Result`s of generated code small.
    rule: Box<InvalidRule>,
}

/// The rule that a request breaks.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidRule {
    /// A needed value is missing.
    #[error("it is required; set it")]
    Missing,
    /// A value is missing that only one setting of another field excuses.
    #[error("it is required unless `{other}` is {value}; set one of the two")]
    MissingUnless {
        /// The other field.
        other: String,
        /// The value of it that makes this one needless.
        value: String,
    },
    /// A value is present although another field says that it is not needed.
    #[error("it must not be sent when `{other}` is {value}; leave one of the two out")]
    NotAllowedWith {
        /// The other field.
        other: String,
        /// The value of it that excludes this one.
        value: String,
    },
    /// An identifier that is empty, too long, or would bend the path.
    #[error("it is no valid identifier: {reason}; pass the plain id")]
    Identifier {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A text with too few or too many characters.
    #[error("it must have {} characters", Bounds(.min, .max))]
    Length {
        /// The least number of characters.
        min: Option<u64>,
        /// The largest number of characters.
        max: Option<u64>,
    },
    /// A list with too few or too many entries.
    #[error("it must have {} entries", Bounds(.min, .max))]
    Items {
        /// The least number of entries.
        min: Option<u64>,
        /// The largest number of entries.
        max: Option<u64>,
    },
    /// A floating-point number, or a whole one of more than 64 bits, out of range.
    #[error("{value} is out of range: it must be {}", Bounds(.min, .max))]
    Range {
        /// The number given.
        value: f64,
        /// The smallest number allowed.
        min: Option<f64>,
        /// The largest number allowed.
        max: Option<f64>,
    },
    /// A whole number out of range.
    #[error("{value} is out of range: it must be {}", Bounds(.min, .max))]
    WholeRange {
        /// The number given.
        value: i128,
        /// The smallest number allowed.
        min: Option<i128>,
        /// The largest number allowed.
        max: Option<i128>,
    },
    /// A password that breaks its policy.
    #[error("{0}; choose another, or turn the check down (`password_policy`)")]
    Password(PolicyViolations),
    /// A value that the client holds for all calls is not known.
    #[error("it is not known; set it {places}")]
    NotKnown {
        /// Where it can be set.
        places: &'static str,
    },
    /// The service has no endpoint in the client's region.
    #[error(transparent)]
    NoEndpoint(UnknownRegion),
    /// The request could not be put together.
    #[error(transparent)]
    Build(BuildError),
    /// A value that cannot be put into the request.
    #[error("{0}")]
    Malformed(&'static str),
}

/// "8 to 64", "at least 8", "at most 64".
struct Bounds<'a, T>(&'a Option<T>, &'a Option<T>);

impl<T: fmt::Display> fmt::Display for Bounds<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0, self.1) {
            (Some(min), Some(max)) => write!(f, "{min} to {max}"),
            (Some(min), None) => write!(f, "at least {min}"),
            (None, Some(max)) => write!(f, "at most {max}"),
            (None, None) => f.write_str("any number of"),
        }
    }
}

impl InvalidRequest {
    /// An error about one field, by its name on the wire.
    pub fn of_field(field: impl Into<String>, rule: InvalidRule) -> Self {
        Self {
            field: Some(field.into()),
            rule: Box::new(rule),
        }
    }

    /// An error about the request as a whole.
    pub fn of_request(rule: InvalidRule) -> Self {
        Self {
            field: None,
            rule: Box::new(rule),
        }
    }

    /// The path of the field in the request, if one is to blame.
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// The broken rule.
    pub fn rule(&self) -> &InvalidRule {
        &self.rule
    }

    /// The same error seen from the object that holds the field: `prefix`
    /// goes in front of the path.
    #[must_use]
    pub fn within(mut self, prefix: &str) -> Self {
        self.field = Some(match self.field {
            Some(field) => format!("{prefix}.{field}"),
            None => prefix.to_owned(),
        });
        self
    }
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid request, nothing was sent: ")?;
        if let Some(field) = &self.field {
            write!(f, "`{}`: ", Sanitized(field, sanitize::ADDRESS))?;
        }
        write!(f, "{}", self.rule)
    }
}

// The text of the rule is already part of the request's, so there is no source.
impl std::error::Error for InvalidRequest {}

impl From<BuildError> for InvalidRequest {
    fn from(error: BuildError) -> Self {
        Self::of_request(InvalidRule::Build(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn within_puts_the_holder_in_front() {
        let inner = InvalidRequest::of_field("new_password", InvalidRule::Missing);
        let outer = inner.within("reset-password");
        assert_eq!(outer.field(), Some("reset-password.new_password"));
        assert_eq!(
            outer.to_string(),
            "invalid request, nothing was sent: `reset-password.new_password`: it is required; set it"
        );
    }

    #[test]
    fn a_whole_request_gets_its_holder_as_field() {
        let error = InvalidRequest::of_request(InvalidRule::NotKnown {
            places: "on the client",
        });
        assert_eq!(error.field(), None);
        assert!(error.to_string().contains("set it on the client"));
        assert_eq!(error.within("body").field(), Some("body"));
    }

    #[test]
    fn bounds_read_as_a_sentence() {
        let length = |min, max| InvalidRule::Length { min, max }.to_string();
        assert_eq!(length(Some(8), Some(64)), "it must have 8 to 64 characters");
        assert_eq!(length(Some(8), None), "it must have at least 8 characters");
        assert_eq!(length(None, Some(64)), "it must have at most 64 characters");
    }
}
