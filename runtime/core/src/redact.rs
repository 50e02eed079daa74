//! Whether a text of the server repeats a secret of the request.
//!
//! A server, gateway or proxy may echo what it was sent, spelled in any way. The words of an
//! response are therefore shown only where this finds no part of a secret in them, however they are
//! read: `decode` has the ways of reading, and `Runs` says what a part is. Nothing is cut out
//! of a text: one that holds a part is withheld whole. A cipher (rot13 too), a compression, or
//! letters with others between them are not read.

mod decode;
#[cfg(test)]
mod tests;

use http::HeaderValue;
use serde_json::Value;

use self::decode::readings;
use crate::secret::runs::{Runs, backwards, forms};
use crate::secret::{MOST_SECRETS, Password};

/// What stands in place of a text that is not shown.
pub const WITHHELD: &str = "[withheld]";

/// How many encodings may lie around each other.
const DEEPEST: usize = 4;
/// How many bytes all readings of one response may come to, times the secrets that are looked for
/// in them. An error's message needs a hundredth of it; what needs more is no message, and is
/// withheld.
const MOST_WORK: usize = 256 * 1024;
/// What beginning to read a text costs, however short it is, in bytes.
const BEGINNING: usize = 32;
// With more secrets than a request is known to have, no text is read within the bound.
const _: () = assert!(MOST_SECRETS * BEGINNING >= MOST_WORK);
/// The longest text that is read, in bytes. Of a message, 1,000 characters are shown.
const LONGEST: usize = 32 * 1024;

/// The secrets of one request.
pub struct Redactor {
    secrets: Vec<Password>,
    /// The header that ends with the signature; most are never looked at again.
    signed: Option<HeaderValue>,
}

impl Default for Redactor {
    fn default() -> Self {
        Self {
            // Access key, secret key, its token, and a password.
            secrets: Vec::with_capacity(4),
            signed: None,
        }
    }
}

impl Redactor {
    /// Adds a secret of which no part may be shown.
    pub fn add(&mut self, secret: &Password) {
        if !self.knows(secret.expose()) {
            self.secrets.push(secret.clone());
        }
    }

    /// Adds the value of a header. A token is among the credentials as well.
    pub fn add_text(&mut self, text: &str) {
        if !self.knows(text) {
            self.secrets.push(text.into());
        }
    }

    fn knows(&self, text: &str) -> bool {
        self.secrets.iter().any(|known| known.expose() == text)
    }

    /// Adds the header that holds the signature of the request.
    pub fn add_signed(&mut self, header: &HeaderValue) {
        self.signed = Some(header.clone());
    }

    /// Begins to look at a response, or at another whole text.
    pub fn examine(&self) -> Examination<'_> {
        let signature = self.signed.as_ref().and_then(signature_in);
        Examination {
            redactor: self,
            tables: self.secrets.len() + usize::from(signature.is_some()),
            signature: signature.map(Runs::of_signature),
            deepest: DEEPEST,
            work: MOST_WORK,
        }
    }

    /// Looks at a text that is encoded to begin with, and so long that reading on and on in it
    /// would find nothing but time.
    pub fn examine_encoded(&self) -> Examination<'_> {
        Examination {
            deepest: 2,
            ..self.examine()
        }
    }
}

/// What stands behind the names and the key id.
fn signature_in(header: &HeaderValue) -> Option<&str> {
    let text = std::str::from_utf8(header.as_bytes()).ok()?;
    text.rsplit_once("Signature=")
        .map(|(_, signature)| signature)
}

/// Looks at the texts of one response, with one bound for the time of all.
pub struct Examination<'r> {
    redactor: &'r Redactor,
    /// How many secrets there are.
    tables: usize,
    signature: Option<Runs>,
    deepest: usize,
    work: usize,
}

impl Examination<'_> {
    /// Whether the text holds a part of a secret in any spelling, or cannot be read to its end
    /// within the bound.
    pub fn finds(&mut self, text: &[u8]) -> bool {
        self.tables > 0 && (text.len() > LONGEST || self.reads(text, self.deepest))
    }

    /// The text, or what stands in its place.
    pub fn redacted(&mut self, text: String) -> String {
        if self.finds(text.as_bytes()) {
            WITHHELD.to_owned()
        } else {
            text
        }
    }

    /// Whether a text holds a run of a secret as it is read.
    fn are_in(&self, text: &[u8]) -> bool {
        // Those of a secret are made when the first response has to be looked at.
        let all = || {
            self.redactor
                .secrets
                .iter()
                .map(Password::runs)
                .chain(&self.signature)
        };
        forms(text).into_iter().any(|form| {
            [backwards(&form), form]
                .into_iter()
                .any(|form| all().any(|runs| runs.are_in(&form)))
        })
    }

    fn reads(&mut self, text: &[u8], deeper: usize) -> bool {
        let cost = (text.len() + BEGINNING).saturating_mul(1 + self.tables);
        let Some(left) = self.work.checked_sub(cost) else {
            return true;
        };
        self.work = left;
        self.are_in(text)
            || deeper > 0
                && readings().any(|reading| {
                    let decoded = reading.of(text);
                    !decoded.is_empty() && self.reads(&decoded, deeper - 1)
                })
    }

    /// Puts [`WITHHELD`] in the place of every text of an error's body that holds a part of a
    /// secret, and leaves out numbers that do, and fields whose names do and are not among `names`.
    /// Whether something was there.
    pub fn clean(&mut self, value: &mut Value, names: &[&[&str]]) -> bool {
        match value {
            Value::String(text) => {
                let found = self.finds(text.as_bytes());
                if found {
                    *text = WITHHELD.to_owned();
                }
                found
            }
            Value::Number(number) => {
                let found = self.finds(number.to_string().as_bytes());
                if found {
                    *value = Value::Null;
                }
                found
            }
            Value::Array(list) => list
                .iter_mut()
                .fold(false, |found, inner| self.clean(inner, names) | found),
            Value::Object(fields) => {
                let all = fields.len();
                fields.retain(|name, _| {
                    let is_known = names.iter().any(|names| names.contains(&name.as_str()));
                    is_known || !self.finds(name.as_bytes())
                });
                let is_less = fields.len() < all;
                fields
                    .values_mut()
                    .fold(is_less, |found, inner| self.clean(inner, names) | found)
            }
            Value::Null | Value::Bool(_) => false,
        }
    }
}
