//! The first of several places that has credentials.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{
    Credentials, CredentialsError, CredentialsFuture, EnvironmentProvider, MetadataProvider,
    ProfileProvider, ProvideCredentials,
};
use crate::sanitize::{self, Sanitized, sanitized};

/// Asks one provider after the other and gives the first credentials there
/// are.
///
/// [`new`](Self::new) is the order of the official SDKs; a chain of your own
/// begins with [`empty`](Self::empty):
///
/// ```
/// use huaweicloud_runtime::credentials::{
///     ChainProvider, EnvironmentProvider, ProfileProvider,
/// };
///
/// let chain = ChainProvider::empty()
///     .then("environment", EnvironmentProvider::new())
///     .then("profile production", ProfileProvider::new().profile("production"));
/// ```
///
/// A place that is in use and broken (half a key pair, a file that cannot be
/// read) is passed over like one that is not in use, as the official SDKs do,
/// but with a warning: credentials of a later place may be another account's.
#[derive(Debug)]
pub struct ChainProvider {
    links: Vec<Link>,
}

struct Link {
    name: String,
    provider: Box<dyn ProvideCredentials>,
    /// The warning is given once, though the chain is asked for each attempt.
    warned: AtomicBool,
}

impl ChainProvider {
    /// Environment, credentials file, metadata service.
    pub fn new() -> Self {
        Self::empty()
            .then("environment", EnvironmentProvider::new())
            .then("credentials file", ProfileProvider::new())
            .then("metadata service", MetadataProvider::new())
    }

    /// A chain without a provider.
    pub fn empty() -> Self {
        Self { links: Vec::new() }
    }

    /// Adds a provider at the end; errors call it by `name`.
    #[must_use]
    pub fn then(
        mut self,
        name: impl Into<String>,
        provider: impl ProvideCredentials + 'static,
    ) -> Self {
        self.links.push(Link {
            name: name.into(),
            provider: Box::new(provider),
            warned: AtomicBool::new(false),
        });
        self
    }

    async fn first(&self) -> Result<Credentials, CredentialsError> {
        let mut tried = Vec::new();
        for link in &self.links {
            match link.provider.provide().await {
                Ok(credentials) => {
                    tracing::debug!(provider = link.name(), "credentials found");
                    return Ok(credentials);
                }
                Err(error) => {
                    link.report(&error);
                    tried.push((link.name.clone(), error));
                }
            }
        }
        Err(CredentialsError::Chain(Box::new(ChainError { tried })))
    }
}

impl Default for ChainProvider {
    fn default() -> Self {
        Self::new()
    }
}

impl ProvideCredentials for ChainProvider {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(self.first())
    }

    /// Every provider knows its own.
    fn rejected(&self, credentials: &Credentials) {
        for link in &self.links {
            link.provider.rejected(credentials);
        }
    }

    fn kind(&self) -> &'static str {
        "chain of providers"
    }
}

impl Link {
    fn name(&self) -> String {
        sanitized(&self.name, sanitize::NAME)
    }

    fn report(&self, error: &CredentialsError) {
        if error.is_absence() {
            tracing::debug!(provider = self.name(), %error, "no credentials here");
        } else if !self.warned.swap(true, Ordering::Relaxed) {
            tracing::warn!(provider = self.name(), %error, "credentials here are unusable");
        }
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name(), self.provider.kind())
    }
}

/// No provider of a chain has credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainError {
    tried: Vec<(String, CredentialsError)>,
}

impl ChainError {
    /// The providers in the order they were asked, and why each failed.
    pub fn tried(&self) -> impl Iterator<Item = (&str, &CredentialsError)> {
        self.tried
            .iter()
            .map(|(name, error)| (name.as_str(), error))
    }

    pub(super) fn is_absence(&self) -> bool {
        self.tried.iter().all(|(_, error)| error.is_absence())
    }
}

impl fmt::Display for ChainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.tried.is_empty() {
            return f.write_str("the chain of credentials holds no provider; add one");
        }
        f.write_str("no credentials found; tried in this order:")?;
        for (number, (name, error)) in (1..).zip(&self.tried) {
            write!(
                f,
                " ({number}) {}: {error}",
                Sanitized(name, sanitize::NAME)
            )?;
        }
        Ok(())
    }
}

impl std::error::Error for ChainError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::Environment;

    fn chain(first: &'static [&'static str]) -> ChainProvider {
        let environment = Environment::from_fn(|name| first.contains(&name).then(|| "x".into()));
        ChainProvider::empty()
            .then("first", EnvironmentProvider::with_environment(environment))
            .then("second", Credentials::token("t"))
    }

    #[tokio::test]
    async fn the_first_that_has_some_is_used() {
        use crate::credential::env::{AK, SK};

        for (set, kind) in [
            (&[AK, SK][..], "AK/SK"),
            (&[AK][..], "token"),
            (&[][..], "token"),
        ] {
            let given = chain(set).provide().await.unwrap();
            assert!(format!("{given:?}").contains(kind), "{set:?}");
        }
    }

    #[tokio::test]
    async fn all_failures_are_told_in_order() {
        let broken = |_: &str| Some("\n".into());
        let error = ChainProvider::empty()
            .then(
                "nothing set",
                EnvironmentProvider::with_environment(Environment::from_fn(|_| None)),
            )
            .then(
                "broken",
                EnvironmentProvider::with_environment(Environment::from_fn(broken)),
            )
            .provide()
            .await
            .unwrap_err();
        let text = error.to_string();
        let nothing = text.find("(1) nothing set: no credentials in the environment");
        let broken = text.find("(2) broken: the credentials' HUAWEICLOUD_SDK_AK holds");
        assert!(nothing.is_some() && broken > nothing, "{text}");
        assert!(!error.is_absence());
        let CredentialsError::Chain(chain) = error else {
            panic!("{error:?}")
        };
        let names: Vec<&str> = chain.tried().map(|(name, _)| name).collect();
        assert_eq!(names, ["nothing set", "broken"]);

        let error = ChainProvider::empty().provide().await.unwrap_err();
        assert!(error.to_string().contains("holds no provider"), "{error}");
    }
}
