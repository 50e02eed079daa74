//! A success with its value.

use std::fmt;
use std::ops::Deref;

use super::RawResponse;

/// A successful response: the value, and on request how it came.
///
/// It dereferences to the value. `Debug` shows the value, unless it holds a part of a secret of
/// the request in any spelling.
#[derive(Clone)]
pub struct Response<T> {
    pub(super) value: T,
    pub(super) raw: RawResponse,
}

impl<T> Response<T> {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.raw.status()
    }

    /// The id that the vendor's support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.raw.request_id()
    }

    /// The value, taken out.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// A header's value by its name in any case, the first where there are several; none where it
    /// is not UTF-8.
    pub fn header(&self, name: &str) -> Option<&str> {
        let value = self.raw.headers.get(name)?;
        std::str::from_utf8(value.as_bytes()).ok()
    }

    /// All headers whose values are UTF-8, names in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.raw.headers.iter();
        all.filter_map(|(name, value)| {
            let text = std::str::from_utf8(value.as_bytes()).ok()?;
            Some((name.as_str(), text))
        })
    }

    /// The value as JSON for people to see: secrets in it write themselves as `[redacted]`, and a
    /// text that holds a part of a secret of the request in any spelling is withheld. None where it
    /// cannot be written as JSON.
    #[doc(hidden)]
    pub fn shown_as_json(&self) -> Option<serde_json::Value>
    where
        T: serde::Serialize,
    {
        let mut value = serde_json::to_value(&self.value).ok()?;
        self.raw.redactor.examine().clean(&mut value, &[]);
        Some(value)
    }

    /// How it came, for generated code.
    #[doc(hidden)]
    pub fn raw(&self) -> &RawResponse {
        &self.raw
    }

    /// The body as it came, which may repeat every secret of the request: for eyes, not for logs.
    pub fn expose_body(&self) -> &[u8] {
        self.raw.expose_body()
    }
}

/// Without headers and body: they may hold what no log should.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = match f.alternate() {
            true => format!("{:#?}", self.value),
            false => format!("{:?}", self.value),
        };
        let value = self.raw.redactor.examine().redacted(value);
        f.debug_struct("Response")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("value", &format_args!("{value}"))
            .finish()
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
