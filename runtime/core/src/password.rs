//! Password policies: what a service asks of a new password.
//!
//! The policies themselves come from the API documents, as constants of the
//! generated client. The server has the last word; the check here exists so
//! that a password that must fail is refused before it travels, and
//! [`PolicyEnforcement`] turns it down where the documents lag behind.
//! [`Password::generate`] makes one that passes.

mod generate;
mod rule;

pub use generate::GenerateError;
pub use rule::{CharacterClass, PolicyRule, PolicyViolations};

use crate::secret::Password;

/// Lower-case, upper-case, digits, special characters.
const ALL_CLASSES: &[CharacterClass] = &[
    CharacterClass::Lower,
    CharacterClass::Upper,
    CharacterClass::Digit,
    CharacterClass::Special,
];

/// What the client does with a password that breaks its policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum PolicyEnforcement {
    /// Refuse the request; nothing is sent.
    #[default]
    Enforce,
    /// Log the broken rules (never the password) at WARN level and send.
    Warn,
    /// Send without a look.
    Off,
}

/// The rules for one password field; built in constants.
///
/// ```
/// use openapi_client_runtime::{CharacterClass, Password, PasswordPolicy};
///
/// const POLICY: PasswordPolicy = PasswordPolicy::new(8, 32).min_classes(3).specials("~!@#");
///
/// assert!(POLICY.check(&Password::new("Abcd@1234")).is_ok());
/// let violations = POLICY.check(&Password::new("abcd")).unwrap_err();
/// assert_eq!(violations.rules().len(), 2);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordPolicy {
    min: usize,
    max: usize,
    classes: &'static [CharacterClass],
    min_classes: u8,
    specials: Option<&'static str>,
    forbidden: &'static [&'static str],
}

impl PasswordPolicy {
    /// A policy of length alone: `min` to `max` characters (Unicode scalar
    /// values), both included.
    ///
    /// Letters and digits are ASCII, and special characters any ASCII
    /// punctuation, until [`specials`](Self::specials) lists them.
    pub const fn new(min: usize, max: usize) -> Self {
        Self {
            min,
            max,
            classes: ALL_CLASSES,
            min_classes: 1,
            specials: None,
            forbidden: &[],
        }
    }

    /// The classes that count towards [`min_classes`](Self::min_classes).
    pub const fn classes(mut self, classes: &'static [CharacterClass]) -> Self {
        self.classes = classes;
        self
    }

    /// How many of the classes must occur at least once.
    pub const fn min_classes(mut self, count: u8) -> Self {
        self.min_classes = count;
        self
    }

    /// The only special characters allowed.
    pub const fn specials(mut self, characters: &'static str) -> Self {
        self.specials = Some(characters);
        self
    }

    /// Words the password must not equal, nor be the reverse of.
    pub const fn forbidden(mut self, words: &'static [&'static str]) -> Self {
        self.forbidden = words;
        self
    }

    /// Checks every rule.
    ///
    /// # Errors
    /// All broken rules at once; neither the value nor its length or
    /// characters are in the error.
    pub fn check(&self, password: &Password) -> Result<(), PolicyViolations> {
        let value = password.expose();
        let mut broken = Vec::new();

        let length = value.chars().count();
        if length < self.min {
            broken.push(PolicyRule::TooShort { min: self.min });
        }
        if length > self.max {
            broken.push(PolicyRule::TooLong { max: self.max });
        }
        let present = self
            .classes
            .iter()
            .filter(|class| value.chars().any(|c| self.belongs(c, **class)))
            .count();
        if present < usize::from(self.min_classes) {
            broken.push(PolicyRule::TooFewClasses {
                min: self.min_classes,
                classes: self.classes,
            });
        }
        if value.chars().any(|c| !self.allowed(c)) {
            broken.push(PolicyRule::CharacterNotAllowed {
                specials: self.specials,
            });
        }
        if self.forbidden.iter().any(|word| {
            value == *word || (value.len() == word.len() && value.chars().rev().eq(word.chars()))
        }) {
            broken.push(PolicyRule::Forbidden {
                words: self.forbidden,
            });
        }
        PolicyViolations::none_or(broken)
    }

    fn special(&self, c: char) -> bool {
        match self.specials {
            // An ASCII byte stands for itself wherever it is in UTF-8.
            Some(listed) => match u8::try_from(c) {
                Ok(byte) if byte.is_ascii() => listed
                    .bytes()
                    .fold(false, |found, one| found | (one == byte)),
                _ => listed.contains(c),
            },
            None => c.is_ascii_punctuation(),
        }
    }

    fn belongs(&self, c: char, class: CharacterClass) -> bool {
        match class {
            CharacterClass::Lower => c.is_ascii_lowercase(),
            CharacterClass::Upper => c.is_ascii_uppercase(),
            CharacterClass::Letter => c.is_ascii_alphabetic(),
            CharacterClass::Digit => c.is_ascii_digit(),
            CharacterClass::Special => self.special(c),
        }
    }

    fn allowed(&self, c: char) -> bool {
        c.is_ascii_alphanumeric() || self.special(c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREE_OF_FOUR: PasswordPolicy = PasswordPolicy::new(8, 12)
        .min_classes(3)
        .specials("~!@#")
        .forbidden(&["Dbadmin1"]);

    fn broken(policy: &PasswordPolicy, value: &str) -> Vec<PolicyRule> {
        match policy.check(&Password::new(value)) {
            Ok(()) => Vec::new(),
            Err(violations) => violations.rules().to_vec(),
        }
    }

    #[test]
    fn length_counts_characters_at_both_ends() {
        let policy = PasswordPolicy::new(8, 12);
        assert!(matches!(
            broken(&policy, "Abcd@12")[..],
            [PolicyRule::TooShort { min: 8 }]
        ));
        assert!(broken(&policy, "Abcd@123").is_empty());
        assert!(broken(&policy, "Abcd@1234567").is_empty());
        assert!(matches!(
            broken(&policy, "Abcd@12345678")[..],
            [PolicyRule::TooLong { max: 12 }]
        ));
        // Eight characters, though more bytes: the length is fine.
        assert!(matches!(
            broken(&policy, "éééééééé")[..],
            [
                PolicyRule::TooFewClasses { .. },
                PolicyRule::CharacterNotAllowed { .. }
            ]
        ));
    }

    #[test]
    fn classes_are_counted() {
        assert!(broken(&THREE_OF_FOUR, "Abcd1234").is_empty());
        assert!(broken(&THREE_OF_FOUR, "abcd@123").is_empty());
        assert!(matches!(
            broken(&THREE_OF_FOUR, "abcd1234")[..],
            [PolicyRule::TooFewClasses { min: 3, .. }]
        ));
    }

    #[test]
    fn a_letter_is_lower_or_upper() {
        const LETTERS: PasswordPolicy = PasswordPolicy::new(1, 9)
            .classes(&[
                CharacterClass::Letter,
                CharacterClass::Digit,
                CharacterClass::Special,
            ])
            .min_classes(3);
        assert!(broken(&LETTERS, "a1!").is_empty());
        assert!(broken(&LETTERS, "A1!").is_empty());
        assert_eq!(broken(&LETTERS, "aA1").len(), 1);
    }

    #[test]
    fn specials_are_those_listed_or_any_punctuation() {
        assert!(matches!(
            broken(&THREE_OF_FOUR, "Abcd%1234")[..],
            [PolicyRule::CharacterNotAllowed { .. }]
        ));
        let any = PasswordPolicy::new(1, 99);
        for c in (' '..='~').filter(char::is_ascii_punctuation) {
            assert!(broken(&any, &format!("a{c}")).is_empty(), "{c}");
        }
        for refused in ["a b", "a\tb", "a\u{0}b", "aé"] {
            assert_eq!(broken(&any, refused).len(), 1, "{refused:?}");
        }
    }

    #[test]
    fn forbidden_words_and_their_reverse() {
        for word in ["Dbadmin1", "1nimdabD"] {
            assert!(matches!(
                broken(&THREE_OF_FOUR, word)[..],
                [PolicyRule::Forbidden { .. }]
            ));
        }
        assert!(broken(&THREE_OF_FOUR, "Dbadmin12").is_empty());
    }

    #[test]
    fn the_message_names_every_rule_and_no_value() {
        let error = THREE_OF_FOUR
            .check(&Password::new("zzz%"))
            .unwrap_err()
            .to_string();
        for part in ["at least 8 characters", "at least 3 of", "~!@#"] {
            assert!(error.contains(part), "{error}");
        }
        assert!(!error.contains("zzz") && !error.contains('%'), "{error}");
    }
}
