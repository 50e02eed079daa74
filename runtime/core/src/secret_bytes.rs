//! Bytes of a request body, wiped on drop.

use std::fmt;
use std::io;

use bytes::Bytes;
use http::header::{HeaderValue, InvalidHeaderValue};
use serde::Serialize;
use zeroize::Zeroizing;

/// A request body; `Debug` shows its length.
///
/// Clones share the same memory, so that a body is sent again without being
/// copied. It is wiped when the last of them, the transport's included, is
/// dropped.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SecretBytes(Bytes);

impl SecretBytes {
    /// Writes `value` as JSON.
    #[doc(hidden)]
    pub fn json<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Self> {
        write_json(value).map(Self::of)
    }

    /// Bytes that are another's, which are not wiped.
    #[doc(hidden)]
    pub fn shared(bytes: Bytes) -> Self {
        Self(bytes)
    }

    pub(super) fn of(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(Bytes::from_owner(Owner(bytes)))
    }

    /// A text, which is copied once.
    pub(super) fn text(text: &str) -> Self {
        Self::from(text.as_bytes().to_vec())
    }

    /// The same memory as the value of a header that `Debug` does not show.
    pub(super) fn into_header(self) -> Result<HeaderValue, InvalidHeaderValue> {
        let mut value = HeaderValue::from_maybe_shared(self.0)?;
        value.set_sensitive(true);
        Ok(value)
    }

    /// The bytes.
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }

    /// The number of bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no byte.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same memory as [`Bytes`], for what carries it on. Their `Debug`
    /// shows everything.
    pub fn to_bytes(&self) -> Bytes {
        self.0.clone()
    }
}

impl From<Vec<u8>> for SecretBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self::of(Zeroizing::new(bytes))
    }
}

impl fmt::Debug for SecretBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretBytes({} bytes)", self.len())
    }
}

struct Owner(Zeroizing<Vec<u8>>);

impl AsRef<[u8]> for Owner {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// `value` as JSON. The length is measured first, so that the buffer never
/// grows and leaves no copy of a secret behind.
pub(crate) fn write_json<T: Serialize + ?Sized>(
    value: &T,
) -> serde_json::Result<Zeroizing<Vec<u8>>> {
    let mut length = Counter(0);
    serde_json::to_writer(&mut length, value)?;
    let mut buffer = FixedBuffer(Zeroizing::new(Vec::with_capacity(length.0)));
    serde_json::to_writer(&mut buffer, value)?;
    Ok(buffer.0)
}

struct Counter(usize);

impl io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.saturating_add(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct FixedBuffer(Zeroizing<Vec<u8>>);

impl io::Write for FixedBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.len() > self.0.capacity() - self.0.len() {
            return Err(io::Error::other(
                "the value was longer the second time it was written",
            ));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn the_buffer_has_the_exact_size() {
        let value = ("é\"\n", 17, [true, false]);
        let buffer = write_json(&value).unwrap();
        assert_eq!(buffer.as_slice(), r#"["é\"\n",17,[true,false]]"#.as_bytes());
        assert_eq!(buffer.capacity(), buffer.len());
        let body = SecretBytes::json(&value).unwrap();
        assert_eq!(body.as_slice(), buffer.as_slice());
        assert_eq!(format!("{body:?}"), "SecretBytes(26 bytes)");
    }

    #[test]
    fn clones_share_the_memory() {
        let body = SecretBytes::from(b"Hidden".to_vec());
        let shared = body.clone().to_bytes();
        assert_eq!(shared.as_ptr(), body.as_slice().as_ptr());
        drop(body);
        assert_eq!(&shared[..], b"Hidden");
    }

    #[test]
    fn a_value_that_grows_is_an_error() {
        struct Growing(Cell<usize>);
        impl Serialize for Growing {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                self.0.set(self.0.get() + 1);
                s.serialize_str(&"x".repeat(self.0.get()))
            }
        }
        assert!(SecretBytes::json(&Growing(Cell::new(0))).is_err());
    }
}
