//! Credentials from environment variables.

use openapi_client_runtime::Environment;

use super::{Credentials, CredentialsError, CredentialsFuture, Malformed, ProvideCredentials, env};

/// A variable that a header can carry.
pub(crate) fn text(
    environment: &Environment,
    name: &'static str,
) -> Result<Option<String>, CredentialsError> {
    let Some(value) = environment.var(name) else {
        return Ok(None);
    };
    let value = value
        .into_string()
        .map_err(|_| CredentialsError::Malformed {
            name,
            problem: Malformed::NotUtf8,
        })?;
    match Malformed::of(&value) {
        None => Ok(Some(value)),
        Some(problem) => Err(CredentialsError::Malformed { name, problem }),
    }
}

/// The access key pair that the variables of [`env`](mod@env) hold.
pub(super) fn credentials(environment: &Environment) -> Result<Credentials, CredentialsError> {
    let (access_key, secret_key) = match (text(environment, env::AK)?, text(environment, env::SK)?)
    {
        (Some(access_key), Some(secret_key)) => (access_key, secret_key),
        (access_key, secret_key) => {
            let names = [(env::AK, access_key), (env::SK, secret_key)]
                .into_iter()
                .filter(|(_, value)| value.is_none())
                .map(|(name, _)| name)
                .collect();
            return Err(CredentialsError::MissingVariables { names });
        }
    };
    let mut credentials = Credentials::aksk(access_key, secret_key);
    if let Some(token) = text(environment, env::SECURITY_TOKEN)? {
        credentials = credentials.security_token(token);
    }
    if let Some(id) = text(environment, env::PROJECT_ID)? {
        credentials = credentials.project_id(id);
    }
    if let Some(id) = text(environment, env::DOMAIN_ID)? {
        credentials = credentials.domain_id(id);
    }
    Ok(credentials)
}

/// An access key pair from the environment, read anew each time.
///
/// The variables are those of [`env`](mod@env): `HUAWEICLOUD_SDK_AK` and
/// `HUAWEICLOUD_SDK_SK` are needed, `HUAWEICLOUD_SDK_SECURITY_TOKEN`,
/// `HUAWEICLOUD_SDK_PROJECT_ID` and `HUAWEICLOUD_SDK_DOMAIN_ID` are taken
/// along.
#[derive(Debug, Clone, Default)]
pub struct EnvironmentProvider {
    environment: Environment,
}

impl EnvironmentProvider {
    /// Reads the environment of this process.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads another environment.
    pub fn with_environment(environment: Environment) -> Self {
        Self { environment }
    }
}

impl ProvideCredentials for EnvironmentProvider {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(async { credentials(&self.environment) })
    }

    fn kind(&self) -> &'static str {
        "environment"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Password;

    fn from(pairs: &'static [(&str, &str)]) -> Result<Credentials, CredentialsError> {
        credentials(&Environment::from_fn(|name| {
            pairs
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).into())
        }))
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
        let secrets: Vec<&Password> = credentials.secrets().collect();
        assert_eq!(secrets, ["ak-1", "sk-1", "st-1"]);
    }

    #[test]
    fn missing_variables_are_named() {
        let error = from(&[(env::AK, "")]).unwrap_err();
        let text = error.to_string();
        assert!(text.contains(env::AK) && text.contains(env::SK), "{text}");
        assert!(error.is_absence());

        let error = from(&[(env::AK, "ak-1")]).unwrap_err();
        let text = error.to_string();
        assert!(!text.contains(env::AK) && text.contains(env::SK), "{text}");
        assert!(!error.is_absence(), "half a pair is a mistake");
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
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_text_are_named() {
        use std::ffi::OsString;
        use std::os::unix::ffi::OsStringExt as _;

        let environment = Environment::from_fn(|_| Some(OsString::from_vec(vec![0xff])));
        let error = credentials(&environment).unwrap_err();
        assert!(error.to_string().contains("not UTF-8"), "{error}");
    }
}
