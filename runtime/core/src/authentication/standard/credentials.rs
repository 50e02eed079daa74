//! What a caller has, and what of it an operation gets.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::mem::discriminant;
use std::sync::Arc;

use http::header::HeaderName;

use super::error::CredentialsError;
use super::scheme::{Location, Scheme, Secret, fingerprint};
use crate::authentication::{Credential, Unauthenticated};
use crate::operation::{Security, SecurityScheme, words};
use crate::secret::{Password, REDACTED};

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
        let mut problem = None;
        for asked in security.iter().filter(|asked| !asked.is_empty()) {
            let given = asked.iter().map(|it| credentials.position(it, asked));
            let Some(mut indices) = given.collect::<Option<BTreeSet<_>>>() else {
                continue;
            };
            // One token for several schemes goes along once.
            let mut sent = BTreeSet::new();
            indices.retain(|index| sent.insert(fingerprint(&credentials.given[*index].scheme)));
            let given = indices.iter().map(|index| &credentials.given[*index]);
            match apart(&given.collect::<Vec<_>>(), |_, _| true) {
                Err(place) => problem = Some(CredentialsError::NoRoom { place }),
                Ok(()) => return Ok(Some(Self::only(credentials, &indices))),
            }
        }
        match security.iter().any(|asked| asked.is_empty()) || security.is_empty() {
            true => Ok(None),
            false => Err(problem.unwrap_or_else(|| CredentialsError::NotAskedFor {
                asked: words(security),
            })),
        }
    }

    /// What of them a request has room for. What the caller set by hand stays; where the document
    /// does not say which it asks for, the first for a place stands there.
    pub(super) fn with_room<'a>(
        credentials: Cow<'a, Self>,
        is_set: &dyn Fn(&HeaderName) -> bool,
    ) -> Option<Cow<'a, Self>> {
        let mut places = Vec::with_capacity(credentials.given.len());
        let mut indices = BTreeSet::new();
        for (index, Given { scheme, .. }) in credentials.given.iter().enumerate() {
            let place = scheme.place();
            let is_set = place.header().is_some_and(|name| is_set(&name));
            if !is_set && !places.contains(&place) {
                places.push(place);
                indices.insert(index);
            }
        }
        (!indices.is_empty()).then(|| Self::only(credentials, &indices))
    }

    /// Those of these indices.
    fn only<'a>(credentials: Cow<'a, Self>, indices: &BTreeSet<usize>) -> Cow<'a, Self> {
        if indices.len() == credentials.given.len() {
            return credentials;
        }
        let given = indices
            .iter()
            .map(|index| credentials.given[*index].clone());
        Cow::Owned(Self::of(given.collect()))
    }

    /// The one for a scheme: that of its name goes before one without. Where schemes of one kind are
    /// asked for together, as two flows of OAuth 2 are, the token for one is that for all: a request
    /// has room for one.
    fn position(
        &self,
        (name, asked): &(&str, SecurityScheme),
        together: &[(&str, SecurityScheme)],
    ) -> Option<usize> {
        let of = |only: Option<&str>| {
            let fits = |it: &Given| it.only.as_deref() == only && it.scheme.is(asked);
            self.given.iter().position(fits)
        };
        let mut others = together.iter().filter(|(_, other)| other == asked);
        of(Some(name))
            .or_else(|| of(None))
            .or_else(|| others.find_map(|(other, _)| of(Some(other))))
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
        // Wrong passwords lock users out, whatever else goes along with them. A request has room for
        // one.
        let password = given.iter().find(|it| it.scheme.locks());
        Self {
            fingerprint: given.iter().fold(0, sum),
            lock: password.map(|it| fingerprint(&it.scheme)),
            given,
        }
    }

    /// Refuses what cannot be sent, and two that nothing tells apart.
    pub(super) fn check(&self) -> Result<(), CredentialsError> {
        self.given.iter().try_for_each(|it| it.scheme.check())?;
        let all: Vec<_> = self.given.iter().collect();
        apart(&all, |one, other| {
            one.only == other.only && discriminant(&one.scheme) == discriminant(&other.scheme)
        })
        .map_err(|place| CredentialsError::SamePlace { place })
    }

    /// Puts them where they belong.
    pub(super) fn add_to(&self, request: &mut Unauthenticated<'_>) -> Result<(), CredentialsError> {
        let mut schemes = self.given.iter().map(|it| &it.scheme);
        schemes.try_for_each(|scheme| scheme.add_to(request))
    }
}

/// Refuses two that stand in one place, which it gives, where they do at once.
fn apart(given: &[&Given], at_once: impl Fn(&Given, &Given) -> bool) -> Result<(), String> {
    for (index, one) in given.iter().enumerate() {
        let place = one.scheme.place();
        let mut others = given[index + 1..].iter();
        if others.any(|it| at_once(one, it) && it.scheme.place() == place) {
            return Err(place.to_string());
        }
    }
    Ok(())
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
