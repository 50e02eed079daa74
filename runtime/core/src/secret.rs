//! Secrets that never print.
//!
//! [`Password`] is the type of every `format: password` string. Its value
//! leaves the type in two ways only: [`Password::expose`], and the body of a
//! request while this crate writes it.

mod json;
mod read;
pub(crate) mod runs;
mod scope;

use std::fmt;
use std::sync::{Arc, OnceLock};

use self::runs::Runs;
use self::scope::Admission;
use secrecy::{ExposeSecret, SecretString};
use serde::ser::{Serialize, Serializer};
use zeroize::Zeroize;

pub use json::SecretJson;
pub use scope::{Secrets, collect, refuse};

/// What is shown in place of a secret.
pub const REDACTED: &str = "[redacted]";
/// How many secrets of one text are remembered. With one more, nothing of a response is shown.
pub(crate) const MOST_SECRETS: usize = 8 * 1024;
/// Why what stands there is not read as a secret.
const REDACTED_BEFORE: &str = "the secret was redacted when it was written";

/// A secret text: wiped from memory on drop, never shown by `Debug`, without
/// `Display`. Clones share the one copy there is, which is wiped with the last
/// of them.
///
/// Serializing it gives `"[redacted]"`, except inside the body of a request
/// that this crate is writing, so that `serde_json::to_string(&body)` in a log
/// line leaks nothing.
///
/// ```
/// use openapi_client_runtime::Password;
///
/// let password = Password::new("correct horse");
/// assert_eq!(format!("{password:?}"), "Password([redacted])");
/// assert_eq!(password.expose(), "correct horse");
/// ```
#[derive(Clone)]
pub struct Password(Arc<Secret>);

struct Secret {
    text: SecretString,
    /// What no response may show of it; found when a response has to be looked at.
    runs: OnceLock<Runs>,
}

impl Password {
    /// Takes the text over; the buffer it came in is wiped.
    pub fn new(value: impl Into<String>) -> Self {
        let mut value = value.into();
        // Shrinking the given buffer could leave its old bytes behind in the
        // allocator, so the text is copied once and the old buffer wiped.
        let exact: Box<str> = Box::from(value.as_str());
        value.zeroize();
        Self::of(exact)
    }

    /// The text itself. Keep the borrow short and out of logs.
    pub fn expose(&self) -> &str {
        self.0.text.expose_secret()
    }

    fn of(text: Box<str>) -> Self {
        Self(Arc::new(Secret {
            text: SecretString::from(text),
            runs: OnceLock::new(),
        }))
    }

    /// The parts of it that no text of a response may hold.
    pub(crate) fn runs(&self) -> &Runs {
        self.0.runs.get_or_init(|| Runs::of(self.expose()))
    }
}

impl From<String> for Password {
    fn from(value: String) -> Self {
        Self::new(value)
    }
}

impl From<&str> for Password {
    fn from(value: &str) -> Self {
        // One copy, of the exact size; there is no other buffer to wipe.
        Self::of(Box::from(value))
    }
}

/// Compares the texts in a time that depends on their lengths alone.
impl PartialEq for Password {
    fn eq(&self, other: &Self) -> bool {
        self == other.expose()
    }
}

impl Eq for Password {}

impl PartialEq<str> for Password {
    fn eq(&self, other: &str) -> bool {
        let (one, other) = (self.expose().as_bytes(), other.as_bytes());
        let differing = one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b));
        one.len() == other.len() && std::hint::black_box(differing) == 0
    }
}

impl PartialEq<&str> for Password {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Password({REDACTED})")
    }
}

impl Serialize for Password {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match scope::admission() {
            Admission::Plain => {
                scope::remember(self);
                serializer.serialize_str(self.expose())
            }
            Admission::Redacted => serializer.serialize_str(REDACTED),
            Admission::Refused => Err(scope::refused()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Serialize)]
    struct Body {
        user: &'static str,
        password: Password,
    }

    fn body() -> Body {
        Body {
            user: "admin",
            password: Password::new("S3cret-text"),
        }
    }

    #[test]
    fn never_prints() {
        let password = Password::new("S3cret-text");
        for shown in [
            format!("{password:?}"),
            format!("{password:#?}"),
            format!("{:?}", Some(&password)),
        ] {
            assert!(shown.contains("[redacted]"), "{shown}");
            assert!(!shown.contains("S3cret"), "{shown}");
        }
    }

    #[test]
    fn serializes_redacted_outside_a_request() {
        let json = serde_json::to_string(&body()).unwrap();
        assert_eq!(json, r#"{"user":"admin","password":"[redacted]"}"#);
    }

    #[test]
    fn serializes_plain_inside_a_request_and_is_remembered_once() {
        let (json, secrets) = collect(|| {
            let _measured_first = serde_json::to_string(&body());
            serde_json::to_string(&body()).unwrap()
        });
        assert_eq!(json, r#"{"user":"admin","password":"S3cret-text"}"#);
        assert_eq!(secrets.len(), 1);
        assert_eq!(secrets[0].expose(), "S3cret-text");
        // The scope is over.
        assert!(!serde_json::to_string(&body()).unwrap().contains("S3cret"));
    }

    #[test]
    fn a_panic_inside_the_scope_closes_it() {
        let caught = std::panic::catch_unwind(|| collect(|| panic!("on purpose")));
        assert!(caught.is_err());
        assert!(!serde_json::to_string(&body()).unwrap().contains("S3cret"));
    }

    #[test]
    fn the_scope_does_not_reach_other_threads() {
        let (json, _) = collect(|| {
            std::thread::spawn(|| serde_json::to_string(&body()).unwrap())
                .join()
                .unwrap()
        });
        assert!(!json.contains("S3cret"));
    }

    #[test]
    fn a_url_refuses_it() {
        let error = refuse(|| serde_json::to_string(&body())).unwrap_err();
        assert!(error.to_string().contains("never put into a URL"));
        assert!(!error.to_string().contains("S3cret"));
    }

    #[test]
    fn a_text_is_read_as_it_is() {
        let password: Password = serde_json::from_str("\"a\\u0062c\"").unwrap();
        assert_eq!(password.expose(), "abc");
    }
}
