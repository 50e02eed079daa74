//! The values, and where they stand in a request.

use std::borrow::Cow;
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, OnceLock};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use http::HeaderValue;
use http::header::{AUTHORIZATION, HeaderMap, HeaderName, InvalidHeaderValue};
use zeroize::Zeroizing;

use super::error::CredentialsError;
use crate::authentication::{Credential, Malformed, Unauthenticated};
use crate::operation::{Security, SecurityScheme, words};
use crate::secret::{Password, REDACTED};
use crate::secret_bytes::SecretBytes;
use crate::wire::add_cookies;

/// What tells the server who calls: one of the schemes of OpenAPI, or several at once.
///
/// Of several, each operation gets what it asks for: where the API's document has two schemes of one
/// kind, [`for_scheme`](Self::for_scheme) says which one they are for.
///
/// Values are checked when the client is built, or when a provider gives them; `Debug` shows the
/// schemes and nothing of the values.
///
/// ```
/// use openapi_client_runtime::authentication::standard::Credentials;
///
/// let credentials = Credentials::bearer("token").and(Credentials::api_key_header("X-Key", "key"));
/// assert_eq!(format!("{credentials:?}"), "Credentials(bearer and API key, [redacted])");
/// ```
#[derive(Clone)]
pub struct Credentials {
    given: Vec<Given>,
    fingerprint: u128,
    lock: Option<u128>,
}

/// One of them.
#[derive(Clone)]
struct Given {
    scheme: Scheme,
    /// The only scheme that it is for, by its name in the document; none for all of its kind.
    only: Option<Arc<str>>,
}

#[derive(Clone, Hash)]
enum Scheme {
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
#[derive(Clone, Copy, Hash)]
enum Location {
    Header,
    Query,
    Cookie,
}

/// A password that a fingerprint may be made of.
#[derive(Clone)]
struct Secret(Password);

impl std::hash::Hash for Secret {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.expose().hash(state);
    }
}

impl Credentials {
    /// A bearer token: `Authorization: Bearer …` (RFC 6750).
    pub fn bearer(token: impl Into<Password>) -> Self {
        Self::one(Scheme::Bearer(Secret(token.into())))
    }

    /// A user and a password: `Authorization: Basic …` (RFC 7617, in UTF-8).
    pub fn basic(user: impl Into<String>, password: impl Into<Password>) -> Self {
        Self::one(Scheme::Basic {
            user: user.into(),
            password: Secret(password.into()),
        })
    }

    /// A key in a header of this name.
    pub fn api_key_header(name: impl Into<String>, key: impl Into<Password>) -> Self {
        Self::api_key(Location::Header, name.into(), key.into())
    }

    /// A key in the query, in a parameter of this name. Addresses end up in logs of servers and
    /// proxies, so prefer a header where the API has one.
    pub fn api_key_query(name: impl Into<String>, key: impl Into<Password>) -> Self {
        Self::api_key(Location::Query, name.into(), key.into())
    }

    /// A key in a cookie of this name.
    pub fn api_key_cookie(name: impl Into<String>, key: impl Into<Password>) -> Self {
        Self::api_key(Location::Cookie, name.into(), key.into())
    }

    /// These and others at once, where the API asks for several.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.given.extend(others.given);
        Self::of(self.given)
    }

    /// The same for the security scheme of this name alone, as the API's document calls it. Without
    /// a name, they are for all schemes of their kind which none is named for.
    ///
    /// ```
    /// use openapi_client_runtime::authentication::standard::Credentials;
    ///
    /// let user = Credentials::bearer("token").for_scheme("user");
    /// let both = user.and(Credentials::bearer("other").for_scheme("admin"));
    /// # let _ = both;
    /// ```
    #[must_use]
    pub fn for_scheme(mut self, name: impl Into<Arc<str>>) -> Self {
        let name = name.into();
        for given in &mut self.given {
            given.only = Some(Arc::clone(&name));
        }
        self
    }

    /// None at all.
    pub(super) fn none() -> Self {
        Self::of(Vec::new())
    }

    /// The first of these ways that they fulfil, with what it takes of them; none for a way without
    /// schemes, where they fulfil no other.
    pub(super) fn select<'a>(
        credentials: Cow<'a, Self>,
        security: Security,
    ) -> Result<Option<Cow<'a, Self>>, CredentialsError> {
        let fulfilled = security.iter().filter(|asked| !asked.is_empty());
        for asked in fulfilled {
            let given = asked.iter().map(|asked| credentials.position(asked));
            let Some(given) = given.collect::<Option<Vec<_>>>() else {
                continue;
            };
            let is_all = (0..credentials.given.len()).all(|index| given.contains(&index));
            let selected = match is_all {
                true => credentials,
                false => {
                    let given = given.into_iter();
                    let given = given.map(|index| credentials.given[index].clone());
                    Cow::Owned(Self::of(given.collect()))
                }
            };
            selected.are_apart()?;
            return Ok(Some(selected));
        }
        match security.iter().any(|asked| asked.is_empty()) || security.is_empty() {
            true => Ok(None),
            false => Err(CredentialsError::NotAskedFor {
                asked: words(security),
            }),
        }
    }

    /// The one for a scheme: that of its name goes before one without.
    fn position(&self, (name, asked): &(&str, SecurityScheme)) -> Option<usize> {
        let of = |only: Option<&str>| {
            let fits = |it: &Given| it.only.as_deref() == only && it.scheme.is(asked);
            self.given.iter().position(fits)
        };
        of(Some(name)).or_else(|| of(None))
    }

    fn api_key(location: Location, name: String, key: Password) -> Self {
        let key = Secret(key);
        Self::one(Scheme::ApiKey {
            location,
            name,
            key,
        })
    }

    fn one(scheme: Scheme) -> Self {
        let only = None;
        Self::of(vec![Given { scheme, only }])
    }

    fn of(given: Vec<Given>) -> Self {
        // The same in any order.
        let sum = |sum: u128, it: &Given| sum.wrapping_add(fingerprint(&it.scheme));
        // Wrong passwords lock users out, whatever else goes along with them.
        let passwords = given.iter().filter(|it| it.scheme.locks());
        Self {
            fingerprint: given.iter().fold(0, sum),
            lock: passwords
                .map(|it| fingerprint(&it.scheme))
                .reduce(u128::wrapping_add),
            given,
        }
    }

    /// Refuses what cannot be sent, and two that nothing tells apart.
    pub(super) fn check(&self) -> Result<(), CredentialsError> {
        self.given.iter().try_for_each(|it| it.scheme.check())?;
        self.pairs().try_for_each(|(one, other)| {
            let is_same = one.only == other.only && one.scheme.kind() == other.scheme.kind();
            one.apart(other, is_same)
        })
    }

    /// Whether one of the headers that they would stand in is set already.
    pub(super) fn stand_in(&self, headers: &HeaderMap) -> bool {
        let mut names = self.given.iter().filter_map(|it| it.scheme.header());
        names.any(|name| headers.contains_key(name))
    }

    /// Puts them where they belong; what the caller set by hand stays. Where the document does not
    /// say which it asks for, the first for a place stands there.
    pub(super) fn add_to(&self, request: &mut Unauthenticated<'_>) -> Result<(), CredentialsError> {
        self.given.iter().enumerate().try_for_each(|(index, it)| {
            let place = it.scheme.place();
            let mut before = self.given[..index].iter();
            match before.any(|it| it.scheme.place() == place) {
                true => Ok(()),
                false => it.scheme.add_to(request),
            }
        })
    }

    /// Refuses two that stand in one place at once.
    fn are_apart(&self) -> Result<(), CredentialsError> {
        self.pairs()
            .try_for_each(|(one, other)| one.apart(other, true))
    }

    fn pairs(&self) -> impl Iterator<Item = (&Given, &Given)> {
        let all = self.given.iter().enumerate();
        all.flat_map(|(index, one)| self.given[index + 1..].iter().map(move |it| (one, it)))
    }
}

impl Given {
    /// Refuses two that stand in one place, where they would at once.
    fn apart(&self, other: &Self, at_once: bool) -> Result<(), CredentialsError> {
        let place = self.scheme.place();
        match at_once && place == other.scheme.place() {
            true => Err(CredentialsError::SamePlace { place }),
            false => Ok(()),
        }
    }
}

impl Scheme {
    /// Whether it is what an operation asks for.
    fn is(&self, asked: &SecurityScheme) -> bool {
        match (self, asked) {
            (Self::Bearer(_), SecurityScheme::Bearer)
            | (Self::Basic { .. }, SecurityScheme::Basic) => true,
            (Self::ApiKey { location, name, .. }, asked) => match (location, asked) {
                (Location::Header, SecurityScheme::ApiKeyHeader(asked)) => {
                    name.eq_ignore_ascii_case(asked)
                }
                (Location::Query, SecurityScheme::ApiKeyQuery(asked))
                | (Location::Cookie, SecurityScheme::ApiKeyCookie(asked)) => name == asked,
                _ => false,
            },
            _ => false,
        }
    }

    /// What `Debug` calls it.
    fn kind(&self) -> &'static str {
        match self {
            Self::Bearer(_) => "bearer",
            Self::Basic { .. } => "basic",
            Self::ApiKey { .. } => "API key",
        }
    }

    /// Whether a few refusals lock it.
    fn locks(&self) -> bool {
        matches!(self, Self::Basic { .. })
    }

    /// Where it stands, in words. No other stands there.
    fn place(&self) -> String {
        match self {
            Self::ApiKey {
                location: Location::Query,
                name,
                ..
            } => {
                format!("the query parameter `{name}`")
            }
            Self::ApiKey {
                location: Location::Cookie,
                name,
                ..
            } => format!("the cookie `{name}`"),
            Self::ApiKey { name, .. } => format!("the header `{}`", name.to_ascii_lowercase()),
            Self::Bearer(_) | Self::Basic { .. } => format!("the header `{AUTHORIZATION}`"),
        }
    }

    fn secret(&self) -> &Password {
        let (Self::Bearer(secret)
        | Self::Basic {
            password: secret, ..
        }
        | Self::ApiKey { key: secret, .. }) = self;
        &secret.0
    }

    /// The header it stands in alone.
    fn header(&self) -> Option<HeaderName> {
        match self {
            Self::Bearer(_) | Self::Basic { .. } => Some(AUTHORIZATION),
            Self::ApiKey {
                location: Location::Header,
                name,
                ..
            } => name.parse().ok(),
            Self::ApiKey { .. } => None,
        }
    }

    fn check(&self) -> Result<(), CredentialsError> {
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
        let (is_name, location) = match location {
            Location::Header => (HeaderName::try_from(name).is_ok(), "header"),
            Location::Query => (!name.is_empty(), "query parameter"),
            Location::Cookie => (HeaderName::try_from(name).is_ok(), "cookie"),
        };
        if !is_name {
            let name = name.clone();
            return Err(CredentialsError::Name { name, location });
        }
        checked("API key", key)?;
        if location == "cookie" && key.contains([';', ',', '"', '\\', ' ']) {
            let problem = Malformed::NotForCookies;
            return Err(CredentialsError::Malformed {
                name: "API key",
                problem,
            });
        }
        Ok(())
    }

    fn add_to(&self, request: &mut Unauthenticated<'_>) -> Result<(), CredentialsError> {
        if self
            .header()
            .is_some_and(|name| request.headers.contains_key(name))
        {
            return Ok(());
        }
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
fn fingerprint(scheme: &Scheme) -> u128 {
    static KEYS: OnceLock<[RandomState; 2]> = OnceLock::new();
    let [one, other] = KEYS.get_or_init(Default::default);
    u128::from(one.hash_one(scheme)) << 64 | u128::from(other.hash_one(scheme))
}

impl Credential for Credentials {
    fn fingerprint(&self) -> u128 {
        self.fingerprint
    }

    fn secrets(&self) -> impl Iterator<Item = &Password> {
        self.given.iter().map(|it| it.scheme.secret())
    }

    fn lock(&self) -> Option<u128> {
        self.lock
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds: Vec<&str> = self.given.iter().map(|it| it.scheme.kind()).collect();
        write!(f, "Credentials({}, {REDACTED})", kinds.join(" and "))
    }
}
