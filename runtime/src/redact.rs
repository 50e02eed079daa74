//! Whether a text of the server repeats a secret of the request.
//!
//! A server, gateway or proxy may echo what it was sent, spelled in any way. The words of an
//! answer are therefore shown only where this finds no part of a secret in them, however they are
//! read: [`decode`] has the ways of reading, and [`runs`] says what a part is. Nothing is cut out
//! of a text: one that holds a part is withheld whole.

mod decode;
mod runs;
#[cfg(test)]
mod tests;

use self::decode::readings;
pub(crate) use self::runs::Runs;
use self::runs::forms;
use crate::secret::Password;

/// What stands in place of a text that is not shown.
pub(crate) const WITHHELD: &str = "[withheld]";

/// How many encodings may lie around each other.
const DEEPEST: usize = 4;
/// How many bytes all readings of one answer may come to. An error's message needs a hundredth of
/// it; what needs more is no message, and is withheld.
const MOST_WORK: usize = 64 * 1024;
/// What beginning to read a text costs, however short it is, in bytes.
const BEGINNING: usize = 32;

/// The secrets of one request.
#[derive(Default)]
pub(crate) struct Redactor {
    secrets: Vec<Password>,
    signature: Option<Runs>,
}

impl Redactor {
    /// Adds a secret of which no part may be shown.
    pub(crate) fn add(&mut self, secret: &Password) {
        self.secrets.push(secret.clone());
    }

    /// Adds the signature of the request.
    pub(crate) fn add_signature(&mut self, signature: &str) {
        self.signature = Some(Runs::of_signature(signature));
    }

    /// Begins to look at an answer, or at another whole text.
    pub(crate) fn examine(&self) -> Examination<'_> {
        Examination {
            redactor: self,
            work: MOST_WORK,
        }
    }

    /// Every secret's runs; they are made when the first answer has to be looked at.
    fn runs(&self) -> impl Iterator<Item = &Runs> {
        let secrets = self.secrets.iter().map(Password::runs);
        secrets.chain(&self.signature)
    }

    /// Whether a text holds a run as it is read.
    fn is_in(&self, text: &[u8]) -> bool {
        forms(text).into_iter().any(|mut form| {
            let forwards = self.runs().any(|runs| runs.are_in(&form));
            form.reverse();
            forwards || self.runs().any(|runs| runs.are_in(&form))
        })
    }
}

/// Looks at the texts of one answer, with one bound for the time of all.
pub(crate) struct Examination<'r> {
    redactor: &'r Redactor,
    work: usize,
}

impl Examination<'_> {
    /// Whether the text holds a part of a secret in any spelling, or cannot be read to its end
    /// within the bound.
    pub(crate) fn finds(&mut self, text: &[u8]) -> bool {
        self.redactor.runs().next().is_some() && self.reads(text, DEEPEST)
    }

    /// The text, or what stands in its place.
    pub(crate) fn shown(&mut self, text: String) -> String {
        if self.finds(text.as_bytes()) {
            WITHHELD.to_owned()
        } else {
            text
        }
    }

    fn reads(&mut self, text: &[u8], deeper: usize) -> bool {
        let Some(left) = self.work.checked_sub(text.len() + BEGINNING) else {
            return true;
        };
        self.work = left;
        self.redactor.is_in(text)
            || deeper > 0
                && readings().any(|reading| {
                    let decoded = reading.of(text);
                    !decoded.is_empty() && self.reads(&decoded, deeper - 1)
                })
    }

    /// Puts [`WITHHELD`] in the place of every text of an error's body that holds a part of a
    /// secret, and leaves out numbers that do, and fields whose names do.
    pub(crate) fn clean(&mut self, value: &mut serde_json::Value) {
        use serde_json::Value;
        match value {
            Value::String(text) => {
                if self.finds(text.as_bytes()) {
                    *text = WITHHELD.to_owned();
                }
            }
            Value::Number(number) => {
                if self.finds(number.to_string().as_bytes()) {
                    *value = Value::Null;
                }
            }
            Value::Array(list) => list.iter_mut().for_each(|inner| self.clean(inner)),
            Value::Object(fields) => {
                fields.retain(|name, _| !self.finds(name.as_bytes()));
                fields.values_mut().for_each(|inner| self.clean(inner));
            }
            Value::Null | Value::Bool(_) => {}
        }
    }
}
