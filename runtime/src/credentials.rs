//! Who is calling: an access key pair, or a token.

use std::fmt;

use crate::secret::Password;

/// The environment variables read by [`Credentials::from_env`]; the names of
/// the official SDKs.
pub mod env {
    /// Access key id.
    pub const AK: &str = "HUAWEICLOUD_SDK_AK";
    /// Secret access key.
    pub const SK: &str = "HUAWEICLOUD_SDK_SK";
    /// Token of temporary access keys.
    pub const SECURITY_TOKEN: &str = "HUAWEICLOUD_SDK_SECURITY_TOKEN";
    /// Project id.
    pub const PROJECT_ID: &str = "HUAWEICLOUD_SDK_PROJECT_ID";
    /// Account (domain) id.
    pub const DOMAIN_ID: &str = "HUAWEICLOUD_SDK_DOMAIN_ID";
}

/// Credentials, with the project and account they are meant for.
///
/// Values are checked when the client is built; `Debug` shows the kind and
/// nothing of the values.
///
/// ```
/// use huaweicloud_runtime::Credentials;
///
/// let credentials = Credentials::aksk("AK", "SK").project_id("0123456789abcdef");
/// assert_eq!(format!("{credentials:?}"), "Credentials(AK/SK, [redacted])");
/// ```
#[derive(Clone)]
pub struct Credentials {
    pub(crate) kind: Kind,
    project_id: Option<String>,
    domain_id: Option<String>,
}

#[derive(Clone)]
pub(crate) enum Kind {
    /// Signs each request.
    AkSk {
        access_key: Password,
        secret_key: Password,
        security_token: Option<Password>,
    },
    /// Sent as `X-Auth-Token`.
    Token(Password),
}

impl Credentials {
    /// An access key id and its secret; requests are signed.
    pub fn aksk(access_key: impl Into<String>, secret_key: impl Into<String>) -> Self {
        Self::of(Kind::AkSk {
            access_key: Password::new(access_key),
            secret_key: Password::new(secret_key),
            security_token: None,
        })
    }

    /// A token from IAM, sent as `X-Auth-Token`.
    pub fn token(token: impl Into<String>) -> Self {
        Self::of(Kind::Token(Password::new(token)))
    }

    fn of(kind: Kind) -> Self {
        Self {
            kind,
            project_id: None,
            domain_id: None,
        }
    }

    /// The security token of temporary access keys, sent as
    /// `X-Security-Token`. Without effect on token credentials.
    #[must_use]
    pub fn security_token(mut self, token: impl Into<String>) -> Self {
        if let Kind::AkSk { security_token, .. } = &mut self.kind {
            *security_token = Some(Password::new(token));
        }
        self
    }

    /// The project that calls are made in, unless client or call say
    /// otherwise.
    #[must_use]
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.project_id = Some(id.into());
        self
    }

    /// The account, for services that work on accounts and not on projects.
    #[must_use]
    pub fn domain_id(mut self, id: impl Into<String>) -> Self {
        self.domain_id = Some(id.into());
        self
    }

    /// Reads an access key pair from the environment, see [`env`](mod@env). A
    /// variable that is set but empty counts as missing.
    ///
    /// # Errors
    /// Names the variables that are missing or hold an unusable value.
    pub fn from_env() -> Result<Self, CredentialsError> {
        Self::from_lookup(|name| match std::env::var(name) {
            Ok(value) => Ok(Some(value)),
            Err(std::env::VarError::NotPresent) => Ok(None),
            Err(std::env::VarError::NotUnicode(_)) => Err(Malformed::NotUtf8),
        })
    }

    fn from_lookup(
        lookup: impl Fn(&'static str) -> Result<Option<String>, Malformed>,
    ) -> Result<Self, CredentialsError> {
        let read = |name: &'static str| match lookup(name) {
            Ok(Some(value)) if value.is_empty() => Ok(None),
            Ok(Some(value)) => match malformed(&value) {
                None => Ok(Some(value)),
                Some(problem) => Err(CredentialsError::Malformed { name, problem }),
            },
            Ok(None) => Ok(None),
            Err(problem) => Err(CredentialsError::Malformed { name, problem }),
        };
        let (access_key, secret_key) = match (read(env::AK)?, read(env::SK)?) {
            (Some(access_key), Some(secret_key)) => (access_key, secret_key),
            (access_key, secret_key) => {
                let missing = [(env::AK, access_key), (env::SK, secret_key)]
                    .into_iter()
                    .filter(|(_, value)| value.is_none())
                    .map(|(name, _)| name)
                    .collect();
                return Err(CredentialsError::MissingVariables { names: missing });
            }
        };
        let mut credentials = Self::aksk(access_key, secret_key);
        if let Some(token) = read(env::SECURITY_TOKEN)? {
            credentials = credentials.security_token(token);
        }
        credentials.project_id = read(env::PROJECT_ID)?;
        credentials.domain_id = read(env::DOMAIN_ID)?;
        Ok(credentials)
    }

    /// The project id kept with the credentials.
    pub(crate) fn project(&self) -> Option<&str> {
        self.project_id.as_deref()
    }

    /// The account id kept with the credentials.
    pub(crate) fn domain(&self) -> Option<&str> {
        self.domain_id.as_deref()
    }

    /// Every value an answer must not show.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        let (first, second, third) = match &self.kind {
            Kind::AkSk {
                access_key,
                secret_key,
                security_token,
            } => (access_key, Some(secret_key), security_token.as_ref()),
            Kind::Token(token) => (token, None, None),
        };
        [Some(first), second, third]
            .into_iter()
            .flatten()
            .map(Password::expose)
    }

    /// Checks that every value can be sent.
    pub(crate) fn validate(&self) -> Result<(), CredentialsError> {
        let check = |name: &'static str, value: &str| match malformed(value) {
            None => Ok(()),
            Some(problem) => Err(CredentialsError::Malformed { name, problem }),
        };
        match &self.kind {
            Kind::AkSk {
                access_key,
                secret_key,
                security_token,
            } => {
                check("access key", access_key.expose())?;
                check("secret key", secret_key.expose())?;
                if access_key.expose().contains([',', ' ']) {
                    return Err(CredentialsError::Malformed {
                        name: "access key",
                        problem: Malformed::Separator,
                    });
                }
                if let Some(token) = security_token {
                    check("security token", token.expose())?;
                }
            }
            Kind::Token(token) => check("token", token.expose())?,
        }
        if let Some(domain) = self.domain() {
            check("domain id", domain)?;
        }
        Ok(())
    }
}

/// What keeps a text out of a header, if anything does.
fn malformed(value: &str) -> Option<Malformed> {
    if value.is_empty() {
        Some(Malformed::Empty)
    } else if value.chars().any(char::is_control) {
        Some(Malformed::ControlCharacter)
    } else if !value.is_ascii() {
        Some(Malformed::NotAscii)
    } else if value.starts_with(' ') || value.ends_with(' ') {
        Some(Malformed::SpaceAtTheEnds)
    } else {
        None
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.kind {
            Kind::AkSk {
                security_token: None,
                ..
            } => "AK/SK",
            Kind::AkSk { .. } => "temporary AK/SK",
            Kind::Token(_) => "token",
        };
        write!(f, "Credentials({kind}, {})", crate::secret::REDACTED)
    }
}

/// Why credentials are unusable. No value is ever part of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialsError {
    /// The environment lacks variables.
    #[error("no credentials in the environment: set {}", names.join(" and "))]
    MissingVariables {
        /// Their names.
        names: Vec<&'static str>,
    },
    /// A value that cannot be used.
    #[error("the credentials' {name} {problem}")]
    Malformed {
        /// The value or the environment variable that holds it.
        name: &'static str,
        /// What is wrong with it.
        problem: Malformed,
    },
}

/// What keeps a credential from being used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Malformed {
    /// Nothing in it.
    #[error("is empty; give its value")]
    Empty,
    /// A control character; most often a line break from a file.
    #[error("holds a control character; look for a line break at its end")]
    ControlCharacter,
    /// A character outside ASCII.
    #[error("holds a character outside ASCII; look for a wrong paste")]
    NotAscii,
    /// Bytes that are not UTF-8.
    #[error("is not UTF-8 text; look for a wrong encoding")]
    NotUtf8,
    /// A space in front or at the end.
    #[error("begins or ends with a space; remove it")]
    SpaceAtTheEnds,
    /// A comma or space, which the Authorization header uses to separate.
    #[error("holds a comma or a space; pass the key id alone")]
    Separator,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(pairs: &'static [(&str, &str)]) -> Result<Credentials, CredentialsError> {
        Credentials::from_lookup(|name| {
            Ok(pairs
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned()))
        })
    }

    #[test]
    fn the_environment_gives_everything() {
        let credentials = from(&[
            (env::AK, "ak-1"),
            (env::SK, "sk-1"),
            (env::SECURITY_TOKEN, "st-1"),
            (env::PROJECT_ID, "p-1"),
            (env::DOMAIN_ID, "d-1"),
        ])
        .unwrap();
        assert_eq!(credentials.project(), Some("p-1"));
        assert_eq!(credentials.domain(), Some("d-1"));
        let secrets: Vec<&str> = credentials.secrets().collect();
        assert_eq!(secrets, ["ak-1", "sk-1", "st-1"]);
    }

    #[test]
    fn missing_variables_are_named() {
        let text = from(&[(env::AK, "")]).unwrap_err().to_string();
        assert!(text.contains(env::AK) && text.contains(env::SK), "{text}");
        let text = from(&[(env::AK, "ak-1")]).unwrap_err().to_string();
        assert!(!text.contains(env::AK) && text.contains(env::SK), "{text}");
    }

    #[test]
    fn unusable_values_are_named_and_not_shown() {
        let error = from(&[(env::AK, "ak-1"), (env::SK, "hidden\n")]).unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(
            text.contains(env::SK) && text.contains("line break"),
            "{text}"
        );
        assert!(!text.contains("hidden"), "{text}");
        for bad in ["", "a\r\nX: y", "a\u{0}", "é", " a", "a "] {
            assert!(Credentials::aksk("ak", bad).validate().is_err(), "{bad:?}");
            assert!(Credentials::aksk(bad, "sk").validate().is_err(), "{bad:?}");
            assert!(Credentials::token(bad).validate().is_err(), "{bad:?}");
        }
        assert!(Credentials::aksk("a,b", "sk").validate().is_err());
        assert!(Credentials::aksk("ak", "sk").validate().is_ok());
    }

    #[test]
    fn debug_shows_the_kind_only() {
        for (credentials, kind) in [
            (Credentials::aksk("Hidden1", "Hidden2"), "AK/SK"),
            (
                Credentials::aksk("Hidden1", "Hidden2").security_token("Hidden3"),
                "temporary AK/SK",
            ),
            (Credentials::token("Hidden4"), "token"),
        ] {
            let shown = format!("{credentials:?}");
            assert!(shown.contains(kind) && !shown.contains("Hidden"), "{shown}");
        }
    }
}
