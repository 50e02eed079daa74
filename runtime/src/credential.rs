//! Credentials, and the places they come from.

mod cached;
mod chain;
pub(crate) mod environment;
pub(crate) mod error;
pub(crate) mod file;
mod fingerprint;
mod metadata;
mod moment;
mod profile;
mod provider;
mod without;

use std::fmt;
use std::time::SystemTime;

pub use cached::Cached;
pub use chain::{ChainError, ChainProvider};
pub use environment::EnvironmentProvider;
pub use error::{
    ConfigError, ConfigProblem, CredentialsError, IdentityError, MetadataError, MetadataProblem,
    ProfileError, ProfileProblem, ProjectIdError,
};
pub use metadata::{MetadataBuilder, MetadataProvider};
pub use openapi_client_runtime::Environment;
pub use openapi_client_runtime::authentication::{Malformed, RefusedCredentials};
pub use profile::ProfileProvider;
pub use provider::{CredentialsFuture, ProvideCredentials};

pub(crate) use self::fingerprint::Fingerprint;
pub(crate) use self::moment::parse_moment;
pub(crate) use self::without::WithoutCredentials;

use crate::secret::Password;

/// The environment variables that hold credentials or say where they are; the
/// names of the official SDKs.
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
    /// The address of IAM.
    pub const IAM_ENDPOINT: &str = "HUAWEICLOUD_SDK_IAM_ENDPOINT";
    /// What the names of variables with the address of a service in a region begin with:
    /// `HUAWEICLOUD_SDK_REGION_DCS_CN_NORTH_4`.
    pub const REGION_PREFIX: &str = "HUAWEICLOUD_SDK_REGION";
    /// The id of an identity provider, see
    /// [`IdTokenSignIn`](crate::identity::IdTokenSignIn).
    pub const IDP_ID: &str = "HUAWEICLOUD_SDK_IDP_ID";
    /// The file with the ID token that the identity provider gave out.
    pub const ID_TOKEN_FILE: &str = "HUAWEICLOUD_SDK_ID_TOKEN_FILE";
    /// The file that [`ProfileProvider`](super::ProfileProvider) reads.
    pub const CREDENTIALS_FILE: &str = "HUAWEICLOUD_SDK_CREDENTIALS_FILE";
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
    fingerprint: Fingerprint,
    project_id: Option<String>,
    domain_id: Option<String>,
    iam_endpoint: Option<String>,
    expiry: Option<SystemTime>,
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
            fingerprint: Fingerprint::of(&kind),
            kind,
            project_id: None,
            domain_id: None,
            iam_endpoint: None,
            expiry: None,
        }
    }

    /// The security token of temporary access keys, sent as
    /// `X-Security-Token`. Without effect on token credentials.
    #[must_use]
    pub fn security_token(mut self, token: impl Into<String>) -> Self {
        if let Kind::AkSk { security_token, .. } = &mut self.kind {
            *security_token = Some(Password::new(token));
            self.fingerprint = Fingerprint::of(&self.kind);
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

    /// The moment from which the server refuses them.
    #[must_use]
    pub fn expires_at(mut self, moment: SystemTime) -> Self {
        self.expiry = Some(moment);
        self
    }

    /// The moment from which the server refuses them, if they expire and it is
    /// known.
    pub fn expiry(&self) -> Option<SystemTime> {
        self.expiry
    }

    /// The address of the IAM service that looks after them, where it is not
    /// the one of the region.
    #[must_use]
    pub fn iam_endpoint(mut self, url: impl Into<String>) -> Self {
        self.iam_endpoint = Some(url.into());
        self
    }

    /// The address given with [`iam_endpoint`](Self::iam_endpoint).
    pub fn iam(&self) -> Option<&str> {
        self.iam_endpoint.as_deref()
    }

    /// Reads an access key pair from the environment, see [`env`](mod@env). A
    /// variable that is set but empty counts as missing.
    ///
    /// # Errors
    /// Names the variables that are missing or hold an unusable value.
    pub fn from_env() -> Result<Self, CredentialsError> {
        environment::credentials(&Environment::of_process())
    }

    /// The project id kept with the credentials.
    pub(crate) fn project(&self) -> Option<&str> {
        self.project_id.as_deref()
    }

    /// The account id kept with the credentials.
    pub(crate) fn domain(&self) -> Option<&str> {
        self.domain_id.as_deref()
    }

    /// The kind, as `Debug` shows it.
    pub(crate) fn kind_name(&self) -> &'static str {
        match &self.kind {
            Kind::AkSk {
                security_token: None,
                ..
            } => "AK/SK",
            Kind::AkSk { .. } => "temporary AK/SK",
            Kind::Token(_) => "token",
        }
    }

    /// Whether it is a token and no access key.
    pub(crate) fn is_token(&self) -> bool {
        matches!(self.kind, Kind::Token(_))
    }

    /// What tells these credentials from all others.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// What tells one caller from another: the key id, or the token.
    pub(crate) fn identity(&self) -> &[u8] {
        match &self.kind {
            Kind::AkSk { access_key, .. } => access_key.expose().as_bytes(),
            Kind::Token(token) => token.expose().as_bytes(),
        }
    }

    /// Every value a response must not show.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &Password> {
        let (first, second, third) = match &self.kind {
            Kind::AkSk {
                access_key,
                secret_key,
                security_token,
            } => (access_key, Some(secret_key), security_token.as_ref()),
            Kind::Token(token) => (token, None, None),
        };
        [Some(first), second, third].into_iter().flatten()
    }

    /// Checks that every value can be sent.
    pub(crate) fn validate(&self) -> Result<(), CredentialsError> {
        let check = |name: &'static str, value: &str| match Malformed::of(value) {
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

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind_name();
        write!(f, "Credentials({kind}, {})", crate::secret::REDACTED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unusable_values_are_refused() {
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
