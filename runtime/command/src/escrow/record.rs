//! The one line that a file keeps and a command gets.

use std::borrow::Cow;
use std::time::SystemTime;

use huaweicloud_runtime::Password;
use openapi_client_runtime::secret;
use openapi_client_runtime::secret_bytes::SecretBytes;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

/// Whose password it is.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Identity<'a> {
    pub(crate) service: &'a str,
    pub(crate) operation: &'a str,
    /// None of a service without regions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) region: Option<&'a str>,
    /// Parameters that name what the password belongs to, in the order of the operation.
    pub(crate) target: &'a Map<String, Value>,
    /// The parameter that is the password.
    pub(crate) field: &'a str,
    /// The row of a batch, for people: what it is about says all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) row: Option<&'a str>,
}

impl<'a> Identity<'a> {
    /// What it is about, whatever row it was in.
    pub(super) fn without_row(self) -> Self {
        Self { row: None, ..self }
    }
}

/// A password, and whose it is. `Debug` does not show it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record<'a> {
    pub(crate) time: SystemTime,
    pub(crate) identity: Identity<'a>,
    /// None where no password is known any more that was set.
    pub(crate) secret: Option<&'a Password>,
}

/// As it is written: the field that everything else is about comes last.
#[derive(Serialize)]
struct Written<'a> {
    time: String,
    #[serde(flatten)]
    identity: Identity<'a>,
    secret: Option<&'a Password>,
}

impl Record<'_> {
    /// One line of JSON, without its end.
    pub(super) fn json(&self) -> serde_json::Result<Zeroizing<String>> {
        let written = Written {
            time: humantime::format_rfc3339_seconds(self.time).to_string(),
            identity: self.identity,
            secret: self.secret,
        };
        let (json, _) = secret::collect(|| SecretBytes::json(&written));
        let json = json?;
        // JSON is UTF-8; a copy of the exact size is made and wiped.
        let text = std::str::from_utf8(json.as_slice()).map_err(serde::ser::Error::custom)?;
        Ok(Zeroizing::new(text.to_owned()))
    }
}

/// A line that was read. The password stays where it is until it is asked for.
#[derive(Deserialize)]
pub(super) struct Found<'a> {
    #[serde(borrow, rename = "time")]
    _time: Cow<'a, str>,
    #[serde(borrow)]
    service: Cow<'a, str>,
    #[serde(borrow)]
    operation: Cow<'a, str>,
    #[serde(borrow, default)]
    region: Option<Cow<'a, str>>,
    target: Map<String, Value>,
    #[serde(borrow)]
    field: Cow<'a, str>,
    #[serde(borrow, default)]
    row: Option<Cow<'a, str>>,
    #[serde(borrow)]
    secret: &'a RawValue,
}

/// Reads a line; what is wrong with it otherwise.
pub(super) fn read(line: &str) -> Result<Found<'_>, &'static str> {
    serde_json::from_str::<Found<'_>>(line)
        .ok()
        .filter(|found| found.is_none() || found.secret().is_some())
        .ok_or("is no record of a password")
}

impl Found<'_> {
    pub(super) fn identity(&self) -> Identity<'_> {
        Identity {
            service: &self.service,
            operation: &self.operation,
            region: self.region.as_deref(),
            target: &self.target,
            field: &self.field,
            row: self.row.as_deref(),
        }
    }

    /// Whether it says that no password is known.
    pub(super) fn is_none(&self) -> bool {
        self.secret.get() == "null"
    }

    /// The password, read by hand: the JSON library would leave a copy of one with escapes behind.
    /// `None` if it is no text, or has escapes that are not written here.
    pub(super) fn secret(&self) -> Option<Password> {
        let text = self.secret.get().strip_prefix('"')?.strip_suffix('"')?;
        let mut plain = Zeroizing::new(String::with_capacity(text.len()));
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            plain.push(match c {
                '\\' => match rest.next()? {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    'u' => {
                        let code = rest.as_str().get(..4)?;
                        rest = rest.as_str().get(4..)?.chars();
                        char::from_u32(u32::from_str_radix(code, 16).ok()?)?
                    }
                    same @ ('"' | '\\' | '/') => same,
                    _ => return None,
                },
                c => c,
            });
        }
        Some(Password::from(plain.as_str()))
    }
}
