//! The simulator's own reading of `x-password-policy`.
//!
//! The client crate checks the same rules before it sends. This check is written apart from it on
//! purpose: a mistake there must not be repeated by the server that is to catch it.

use serde_json::Value;

/// The rules of one `x-password-policy`.
#[derive(Debug)]
pub(crate) struct PasswordRule {
    min: Option<usize>,
    max: Option<usize>,
    classes: Vec<Class>,
    min_classes: usize,
    specials: Option<String>,
    forbidden: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Lower,
    Upper,
    Letter,
    Digit,
    Special,
}

impl Class {
    const DEFAULT: [Self; 4] = [Self::Lower, Self::Upper, Self::Digit, Self::Special];

    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "lower" => Self::Lower,
            "upper" => Self::Upper,
            "letter" => Self::Letter,
            "digit" => Self::Digit,
            "special" => Self::Special,
            _ => return None,
        })
    }

    fn holds(self, character: char) -> bool {
        match self {
            Self::Lower => character.is_ascii_lowercase(),
            Self::Upper => character.is_ascii_uppercase(),
            Self::Letter => character.is_ascii_alphabetic(),
            Self::Digit => character.is_ascii_digit(),
            Self::Special => character.is_ascii_punctuation() || character == ' ',
        }
    }
}

impl PasswordRule {
    /// Reads the extension's value; the error says which field is wrong.
    pub(crate) fn parse(policy: &Value) -> Result<Self, String> {
        let classes = texts(policy, "classes")?
            .iter()
            .map(|name| Class::parse(name).ok_or_else(|| format!("`{name}` is no character class")))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            min: count(policy, "min")?,
            max: count(policy, "max")?,
            classes: if classes.is_empty() {
                Class::DEFAULT.to_vec()
            } else {
                classes
            },
            min_classes: count(policy, "minClasses")?.unwrap_or(1),
            specials: match policy.get("specials") {
                None => None,
                Some(Value::String(specials)) => Some(specials.clone()),
                Some(_) => return Err("`specials` must be text".to_owned()),
            },
            forbidden: texts(policy, "forbidden")?,
        })
    }

    /// Every rule the password breaks, in words that hold no part of it.
    pub(crate) fn broken_by(&self, password: &str) -> Vec<String> {
        let mut broken = Vec::new();
        let length = password.chars().count();
        if self.min.is_some_and(|min| length < min) || self.max.is_some_and(|max| length > max) {
            broken.push(match (self.min, self.max) {
                (Some(min), Some(max)) => format!("it must have {min} to {max} characters"),
                (Some(min), None) => format!("it must have at least {min} characters"),
                (None, max) => format!("it must have at most {} characters", max.unwrap_or(0)),
            });
        }
        let found = self
            .classes
            .iter()
            .filter(|class| password.chars().any(|character| class.holds(character)))
            .count();
        if found < self.min_classes {
            broken.push(format!(
                "it must mix at least {} kinds of characters",
                self.min_classes
            ));
        }
        if !password.chars().all(|character| self.may_hold(character)) {
            broken.push("it holds a character that is not allowed".to_owned());
        }
        let reversed: String = password.chars().rev().collect();
        if self
            .forbidden
            .iter()
            .any(|word| word == password || *word == reversed)
        {
            broken.push("it is a forbidden word or the reverse of one".to_owned());
        }
        broken
    }

    fn may_hold(&self, character: char) -> bool {
        character.is_ascii_alphanumeric()
            || match &self.specials {
                Some(specials) => specials.contains(character),
                None => character.is_ascii_punctuation(),
            }
    }
}

fn count(policy: &Value, field: &str) -> Result<Option<usize>, String> {
    match policy.get(field) {
        None => Ok(None),
        Some(value) => value
            .as_u64()
            .and_then(|number| usize::try_from(number).ok())
            .map(Some)
            .ok_or_else(|| format!("`{field}` must be a whole number")),
    }
}

fn texts(policy: &Value, field: &str) -> Result<Vec<String>, String> {
    let wrong = || format!("`{field}` must be a list of texts");
    match policy.get(field) {
        None => Ok(Vec::new()),
        Some(value) => value
            .as_array()
            .ok_or_else(wrong)?
            .iter()
            .map(|item| item.as_str().map(str::to_owned).ok_or_else(wrong))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rule() -> PasswordRule {
        PasswordRule::parse(&json!({
            "min": 8, "max": 12, "minClasses": 3, "specials": "!@", "forbidden": ["Dbadmin-1", "Dbadmin1!"],
        }))
        .unwrap()
    }

    #[test]
    fn accepts_what_keeps_every_rule() {
        assert!(rule().broken_by("Passw0rd").is_empty());
        assert!(rule().broken_by("passw0rd!").is_empty());
    }

    #[test]
    fn names_each_broken_rule_and_never_the_password() {
        for (password, part) in [
            ("Sh0rt!", "8 to 12 characters"),
            ("Much-too-l0ng-for-this", "8 to 12 characters"),
            ("lowercase1", "3 kinds"),
            ("Passw0rd#", "not allowed"),
            ("Pässw0rd!", "not allowed"),
            ("Dbadmin1!", "forbidden"),
            ("!1nimdabD", "forbidden"),
        ] {
            let broken = rule().broken_by(password).join("; ");
            assert!(broken.contains(part), "{part}: {broken}");
            assert!(!broken.contains(password));
        }
    }

    #[test]
    fn counts_letters_as_one_class_when_asked() {
        let rule = PasswordRule::parse(
            &json!({"classes": ["letter", "digit", "special"], "minClasses": 3}),
        )
        .unwrap();
        assert!(!rule.broken_by("Passw0rd").is_empty());
        assert!(rule.broken_by("passw0rd-").is_empty());
    }

    #[test]
    fn a_malformed_policy_is_an_error() {
        for policy in [
            json!({"min": "eight"}),
            json!({"classes": ["vowel"]}),
            json!({"specials": 1}),
            json!({"forbidden": "word"}),
        ] {
            assert!(PasswordRule::parse(&policy).is_err(), "{policy}");
        }
    }
}
