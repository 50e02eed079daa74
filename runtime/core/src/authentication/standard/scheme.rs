//! One credential: its value, and where it stands in a request.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::OnceLock;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use http::HeaderValue;
use http::header::{AUTHORIZATION, HeaderName, InvalidHeaderValue};
use zeroize::Zeroizing;

use super::error::CredentialsError;
use crate::authentication::{Malformed, Unauthenticated};
use crate::operation::SecurityScheme;
use crate::secret::Password;
use crate::secret_bytes::SecretBytes;
use crate::wire::add_cookies;

#[derive(Clone, Hash)]
pub(super) enum Scheme {
    Bearer(Secret),
    Basic {
        user: String,
        password: Secret,
    },
    ApiKey {
        location: Location,
        name: String,
        key: Secret,
    },
}

/// Where an API key stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Location {
    Header,
    Query,
    Cookie,
}

/// The place of one credential in a request.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    Header(&'a str),
    Query(&'a str),
    Cookie(&'a str),
}

impl Place<'_> {
    /// The header that is taken by it alone.
    pub(super) fn header(self) -> Option<HeaderName> {
        match self {
            Self::Header(name) => name.parse().ok(),
            Self::Query(_) | Self::Cookie(_) => None,
        }
    }
}

impl PartialEq for Place<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Header(one), Self::Header(other)) => one.eq_ignore_ascii_case(other),
            (Self::Query(one), Self::Query(other)) | (Self::Cookie(one), Self::Cookie(other)) => {
                one == other
            }
            _ => false,
        }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name) => write!(f, "the header `{}`", name.to_ascii_lowercase()),
            Self::Query(name) => write!(f, "the query parameter `{name}`"),
            Self::Cookie(name) => write!(f, "the cookie `{name}`"),
        }
    }
}

/// A password that a fingerprint may be made of.
#[derive(Clone)]
pub(super) struct Secret(pub(super) Password);

impl std::hash::Hash for Secret {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.expose().hash(state);
    }
}

impl Scheme {
    /// Whether it is what an operation asks for.
    pub(super) fn is(&self, asked: &SecurityScheme) -> bool {
        let asked = match (self, asked) {
            (Self::Bearer(_), SecurityScheme::Bearer)
            | (Self::Basic { .. }, SecurityScheme::Basic) => return true,
            (Self::ApiKey { .. }, SecurityScheme::ApiKeyHeader(name)) => Place::Header(name),
            (Self::ApiKey { .. }, SecurityScheme::ApiKeyQuery(name)) => Place::Query(name),
            (Self::ApiKey { .. }, SecurityScheme::ApiKeyCookie(name)) => Place::Cookie(name),
            _ => return false,
        };
        self.place() == asked
    }

    /// What `Debug` calls it.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Bearer(_) => "bearer",
            Self::Basic { .. } => "basic",
            Self::ApiKey { .. } => "API key",
        }
    }

    /// Whether a few refusals lock it.
    pub(super) fn locks(&self) -> bool {
        matches!(self, Self::Basic { .. })
    }

    /// Where it stands. No other stands there.
    pub(super) fn place(&self) -> Place<'_> {
        match self {
            Self::Bearer(_) | Self::Basic { .. } => Place::Header(AUTHORIZATION.as_str()),
            Self::ApiKey { location, name, .. } => match location {
                Location::Header => Place::Header(name),
                Location::Query => Place::Query(name),
                Location::Cookie => Place::Cookie(name),
            },
        }
    }

    pub(super) fn secret(&self) -> &Password {
        let (Self::Bearer(secret)
        | Self::Basic {
            password: secret, ..
        }
        | Self::ApiKey { key: secret, .. }) = self;
        &secret.0
    }

    pub(super) fn check(&self) -> Result<(), CredentialsError> {
        let checked = |name, value: &str| match Malformed::of(value) {
            None => Ok(()),
            Some(problem) => Err(CredentialsError::Malformed { name, problem }),
        };
        let (name, location, key) = match self {
            Self::Bearer(token) => return checked("token", token.0.expose()),
            // It is encoded: only what the encoding cannot tell apart is refused.
            Self::Basic { user, password } => {
                let problem = match (
                    user.contains(':'),
                    user.chars()
                        .chain(password.0.expose().chars())
                        .any(char::is_control),
                ) {
                    (true, _) => Malformed::Colon,
                    (_, true) => Malformed::ControlCharacter,
                    (false, false) => return Ok(()),
                };
                let name = "user or password";
                return Err(CredentialsError::Malformed { name, problem });
            }
            Self::ApiKey {
                location,
                name,
                key,
            } => (name, *location, key.0.expose()),
        };
        let (is_name, place) = match location {
            Location::Header => (HeaderName::try_from(name).is_ok(), "header"),
            Location::Query => (!name.is_empty(), "query parameter"),
            Location::Cookie => (HeaderName::try_from(name).is_ok(), "cookie"),
        };
        if !is_name {
            return Err(CredentialsError::Name {
                name: name.clone(),
                location: place,
            });
        }
        checked("API key", key)?;
        if location == Location::Cookie && key.contains([';', ',', '"', '\\', ' ']) {
            let problem = Malformed::NotForCookies;
            return Err(CredentialsError::Malformed {
                name: "API key",
                problem,
            });
        }
        Ok(())
    }

    pub(super) fn add_to(&self, request: &mut Unauthenticated<'_>) -> Result<(), CredentialsError> {
        match self {
            Self::Bearer(token) => {
                let text = Zeroizing::new(format!("Bearer {}", token.0.expose()));
                request.headers.insert(AUTHORIZATION, secret(&text)?);
            }
            Self::Basic { user, password } => {
                let plain = Zeroizing::new(format!("{user}:{}", password.0.expose()));
                let encoded = Zeroizing::new(BASE64_STANDARD.encode(plain.as_bytes()));
                let text = Zeroizing::new(format!("Basic {}", *encoded));
                request.headers.insert(AUTHORIZATION, secret(&text)?);
            }
            Self::ApiKey {
                location: Location::Header,
                name,
                key,
            } => {
                let name = HeaderName::try_from(name).map_err(|_| CredentialsError::Name {
                    name: name.clone(),
                    location: "header",
                })?;
                request.headers.insert(name, secret(key.0.expose())?);
            }
            Self::ApiKey {
                location: Location::Query,
                name,
                key,
            } => {
                let pair = (name.clone(), key.0.expose().to_owned());
                request.query.to_mut().push(pair);
            }
            Self::ApiKey {
                location: Location::Cookie,
                name,
                key,
            } => {
                let cookie = Zeroizing::new(format!("{name}={}", key.0.expose()));
                add_cookies(request.headers, &cookie, true).map_err(unwritable)?;
            }
        }
        Ok(())
    }
}

/// A header that `Debug` does not show.
fn secret(value: &str) -> Result<HeaderValue, CredentialsError> {
    SecretBytes::text(value).into_header().map_err(unwritable)
}

fn unwritable(_: InvalidHeaderValue) -> CredentialsError {
    CredentialsError::Malformed {
        name: "value",
        problem: Malformed::ControlCharacter,
    }
}

/// By keys of this process, so that it is of no use outside.
pub(super) fn fingerprint(scheme: &Scheme) -> u128 {
    static KEYS: OnceLock<[RandomState; 2]> = OnceLock::new();
    let [one, other] = KEYS.get_or_init(Default::default);
    u128::from(one.hash_one(scheme)) << 64 | u128::from(other.hash_one(scheme))
}
