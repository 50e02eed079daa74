//! The rules a password can break, in words that never quote it.

use std::fmt;

/// A kind of character that a policy can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CharacterClass {
    /// `a` to `z`.
    Lower,
    /// `A` to `Z`.
    Upper,
    /// `a` to `z` or `A` to `Z`.
    Letter,
    /// `0` to `9`.
    Digit,
    /// The special characters of the policy.
    Special,
}

impl fmt::Display for CharacterClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Lower => "lower-case letters",
            Self::Upper => "upper-case letters",
            Self::Letter => "letters",
            Self::Digit => "digits",
            Self::Special => "special characters",
        })
    }
}

/// One rule that a password broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyRule {
    /// Fewer characters than needed.
    TooShort {
        /// The least number of characters.
        min: usize,
    },
    /// More characters than allowed.
    TooLong {
        /// The largest number of characters.
        max: usize,
    },
    /// Too few kinds of characters.
    TooFewClasses {
        /// How many kinds must occur.
        min: u8,
        /// The kinds that count.
        classes: &'static [CharacterClass],
    },
    /// A character that is no ASCII letter, no digit and no allowed special.
    CharacterNotAllowed {
        /// The allowed special characters; `None`: any ASCII punctuation.
        specials: Option<&'static str>,
    },
    /// A forbidden word, or one spelled backwards.
    Forbidden {
        /// The forbidden words.
        words: &'static [&'static str],
    },
}

impl fmt::Display for PolicyRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort { min } => write!(f, "it must have at least {min} characters"),
            Self::TooLong { max } => write!(f, "it must have at most {max} characters"),
            Self::TooFewClasses { min, classes } => {
                write!(f, "it must mix at least {min} of: ")?;
                list(f, classes)
            }
            Self::CharacterNotAllowed { specials: None } => f.write_str(
                "it may hold only ASCII letters, digits and ASCII punctuation (no spaces)",
            ),
            Self::CharacterNotAllowed {
                specials: Some(specials),
            } => write!(
                f,
                "it may hold only ASCII letters, digits and the special characters between these \
                 two quotation marks: “{specials}”"
            ),
            Self::Forbidden { words } => {
                f.write_str("it must not be one of these words, nor one spelled backwards: ")?;
                list(f, words)
            }
        }
    }
}

fn list<T: fmt::Display>(f: &mut fmt::Formatter<'_>, items: &[T]) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        write!(f, "{item}")?;
    }
    Ok(())
}

/// Every rule that a password broke; at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyViolations {
    rules: Box<[PolicyRule]>,
}

impl PolicyViolations {
    pub(super) fn none_or(rules: Vec<PolicyRule>) -> Result<(), Self> {
        if rules.is_empty() {
            Ok(())
        } else {
            Err(Self {
                rules: rules.into(),
            })
        }
    }

    /// The broken rules, in a fixed order.
    pub fn rules(&self) -> &[PolicyRule] {
        &self.rules
    }
}

impl fmt::Display for PolicyViolations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the password breaks the documented policy: ")?;
        for (index, rule) in self.rules.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{rule}")?;
        }
        Ok(())
    }
}

impl std::error::Error for PolicyViolations {}
