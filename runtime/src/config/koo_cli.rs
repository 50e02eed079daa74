//! The configuration of KooCLI, the vendor's command line.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde_json::Value;

use super::{Caller, CloudConfig, Project};
use crate::credential::{
    ConfigError, ConfigProblem, Credentials, CredentialsError, CredentialsFuture, Environment,
    Malformed, ProvideCredentials, file,
};
use crate::identity::Agency;
use crate::sanitize::{self, sanitized};
use crate::secret::SecretJson;

const BELOW_HOME: &str = ".hcloud/config.json";
const SHOWN_WITHOUT_HOME: &str = "~/.hcloud/config.json";
const NOT_FOUND: &str = "run `hcloud configure init`, or name another file";
/// Longer than any access key; what is longer is cipher text.
const LONGEST_KEY: usize = 64;

mod key {
    pub(super) const CURRENT: &str = "current";
    pub(super) const ENCRYPTED: &str = "authEncrypt";
    pub(super) const PROFILES: &str = "profiles";
    pub(super) const NAME: &str = "name";
    pub(super) const MODE: &str = "mode";
    pub(super) const ACCESS_KEY: &str = "accessKeyId";
    pub(super) const SECRET_KEY: &str = "secretAccessKey";
    pub(super) const SECURITY_TOKEN: &str = "securityToken";
    pub(super) const REGION: &str = "region";
    pub(super) const PROJECT_ID: &str = "projectId";
    pub(super) const DOMAIN_ID: &str = "domainId";
    pub(super) const AGENCY: &str = "agencyName";
    pub(super) const AGENCY_ACCOUNT: &str = "agencyDomainName";
    pub(super) const AGENCY_ACCOUNT_ID: &str = "agencyDomainId";
    pub(super) const SOURCE_PROFILE: &str = "sourceProfile";
    pub(super) const SSO: &str = "ssoAuth";
    pub(super) const SSO_KEYS: &str = "stsToken";
}

/// A profile of KooCLI's configuration, `.hcloud/config.json` in the home directory: the one that
/// `hcloud` uses now, or one by its name. The file is read anew each time and never written.
///
/// | mode of the profile | what it is read as |
/// |---|---|
/// | `AKSK` | its keys, permanent or temporary, its project and account |
/// | `SSO` | the temporary keys that `hcloud configure sso` left in it, until they end |
/// | `agency`, `AssumeRole` | an agency that is assumed with the keys of another profile |
/// | `ecsAgency` | the keys of the metadata service |
///
/// It is a provider of the credentials of the first two; [`load`](Self::load) gives the others
/// too, and the region. KooCLI encrypts the secrets in the file unless it is told not to; such a
/// profile is an error that says so.
///
/// ```
/// use huaweicloud_runtime::credentials::{ChainProvider, EnvironmentProvider, KooCli};
///
/// let chain = ChainProvider::empty()
///     .then("environment", EnvironmentProvider::new())
///     .then("KooCLI", KooCli::new());
/// ```
#[derive(Debug, Clone, Default)]
pub struct KooCli {
    environment: Environment,
    file: Option<PathBuf>,
    profile: Option<String>,
    /// Warned of permissions.
    said: Arc<AtomicBool>,
}

impl KooCli {
    /// The profile that `hcloud` uses now.
    pub fn new() -> Self {
        Self::default()
    }

    /// The profile of this name.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// This file instead.
    #[must_use]
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.file = Some(path.into());
        self
    }

    /// Looks for the home directory in another environment.
    #[must_use]
    pub fn with_environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    /// Reads the file, on this thread, and says what the profile is.
    ///
    /// # Errors
    /// [`CredentialsError::Config`]: the file, the profile and what is wrong there.
    pub fn load(&self) -> Result<CloudConfig, CredentialsError> {
        self.read().map(|(config, _)| config).map_err(Into::into)
    }

    fn read(&self) -> Result<(CloudConfig, Location), ConfigError> {
        let path = self
            .file
            .clone()
            .or_else(|| file::at_home(&self.environment, BELOW_HOME));
        let mut location = Location {
            path: path.unwrap_or_else(|| SHOWN_WITHOUT_HOME.into()),
            profile: None,
        };
        if self.file.is_none() && file::at_home(&self.environment, BELOW_HOME).is_none() {
            return Err(location.error(ConfigProblem::NoHome));
        }
        let found = file::read(&location.path, file::LARGE).map_err(|problem| {
            location.error(match problem {
                file::FileProblem::NotFound => ConfigProblem::NotFound { help: NOT_FOUND },
                other => other.into(),
            })
        })?;
        found.warn_of_permissions(&location.path, &self.said);
        let at = |line, problem| ConfigError {
            line: Some(line),
            ..location.error(problem)
        };
        let text = found
            .text()
            .map_err(|line| at(line, ConfigProblem::NotUtf8))?;
        // Its error would quote the text, a secret among it.
        let value: Value = serde_json::from_str(text)
            .map_err(|error| at(error.line(), ConfigProblem::Syntax("JSON")))?;
        let document = Document(value.into());
        let config = document.config(self.profile.as_deref(), &mut location);
        config
            .map(|config| (config, location.clone()))
            .map_err(|problem| location.error(problem))
    }
}

impl ProvideCredentials for KooCli {
    fn provide(&self) -> CredentialsFuture<'_> {
        let this = self.clone();
        let provide = move || {
            let (config, location) = this.read()?;
            config
                .into_credentials()
                .ok_or_else(|| location.error(ConfigProblem::NeedsClient))
        };
        Box::pin(file::aside("the configuration of KooCLI", provide))
    }

    fn kind(&self) -> &'static str {
        "KooCLI"
    }
}

/// Where in which file.
#[derive(Clone)]
struct Location {
    path: PathBuf,
    profile: Option<String>,
}

impl Location {
    fn error(&self, problem: ConfigProblem) -> ConfigError {
        ConfigError {
            path: self.path.clone(),
            line: None,
            entry: self.profile.clone(),
            problem,
        }
    }
}

/// The whole file.
struct Document(SecretJson);

impl Document {
    fn config(
        &self,
        named: Option<&str>,
        location: &mut Location,
    ) -> Result<CloudConfig, ConfigProblem> {
        let current = text(self.0.expose(), key::CURRENT)?;
        location.profile = named.or(current).map(str::to_owned);
        let profile = match (named.or(current), self.profiles()?.as_slice()) {
            (Some(name), profiles) => self.profile(name, profiles)?,
            // KooCLI has always one that it uses; a file by hand may say nothing.
            (None, [only]) => only,
            (None, profiles) => {
                let known = names(profiles);
                return Err(ConfigProblem::Unchosen { known });
            }
        };
        let mut config = self.caller(profile)?;
        config.region = text(profile, key::REGION)?.map(str::to_owned);
        config.project = usable(profile, key::PROJECT_ID)?.map(|id| Project::Id(id.to_owned()));
        Ok(config)
    }

    fn profiles(&self) -> Result<Vec<&Value>, ConfigProblem> {
        match self.0.expose().get(key::PROFILES) {
            Some(Value::Array(profiles)) => Ok(profiles.iter().collect()),
            None if self.0.expose().is_object() => Ok(Vec::new()),
            _ => Err(ConfigProblem::Shape {
                key: key::PROFILES,
                expected: "a list",
            }),
        }
    }

    fn profile<'d>(&self, name: &str, profiles: &[&'d Value]) -> Result<&'d Value, ConfigProblem> {
        let mut fits = profiles.iter().filter(|profile| profile[key::NAME] == name);
        fits.next().copied().ok_or_else(|| ConfigProblem::NoEntry {
            known: names(profiles),
        })
    }

    /// Who calls, by the mode of a profile; one without a mode is of the time when there was one.
    fn caller(&self, profile: &Value) -> Result<CloudConfig, ConfigProblem> {
        let mode = text(profile, key::MODE)?.unwrap_or("AKSK");
        match mode.to_ascii_lowercase().as_str() {
            "aksk" => Ok(CloudConfig::of(Caller::Credentials(self.keys(profile)?))),
            "ecsagency" => Ok(CloudConfig::of(Caller::Metadata)),
            "agency" | "assumerole" => self.agency(profile),
            "sso" => self.sso(profile),
            "token" => Err(ConfigProblem::Unsupported {
                what: "a token".to_owned(),
                help: "it ends within 24 hours: sign in with `.sign_in(..)`, or give it to \
                       `Credentials::token`",
            }),
            _ => Err(ConfigProblem::Unsupported {
                what: format!("the mode `{}`", sanitized(mode, sanitize::NAME)),
                help: "AKSK, SSO, agency, AssumeRole and ecsAgency are",
            }),
        }
    }

    /// An agency, assumed with keys of the profile's own or of the one that it names.
    fn agency(&self, profile: &Value) -> Result<CloudConfig, ConfigProblem> {
        let source = match text(profile, key::SOURCE_PROFILE)? {
            Some(name) => self.profile(name, &self.profiles()?)?,
            None => profile,
        };
        let name = usable(profile, key::AGENCY)?;
        let account = usable(profile, key::AGENCY_ACCOUNT)?;
        let account_id = usable(profile, key::AGENCY_ACCOUNT_ID)?;
        let agency = match (name, account, account_id) {
            (Some(name), _, Some(id)) => Agency::of_account_id(id, name),
            (Some(name), Some(account), None) => Agency::new(account, name),
            (name, ..) => {
                let keys = match name {
                    None => key::AGENCY,
                    Some(_) => key::AGENCY_ACCOUNT,
                };
                return Err(ConfigProblem::MissingKeys { keys: vec![keys] });
            }
        };
        let mut config = CloudConfig::of(Caller::Credentials(self.keys(source)?));
        config.agency = Some(agency);
        Ok(config)
    }

    /// What signing in by the browser left behind.
    fn sso(&self, profile: &Value) -> Result<CloudConfig, ConfigProblem> {
        let left = &profile[key::SSO][key::SSO_KEYS];
        if usable(left, key::ACCESS_KEY)?.is_none() {
            return Err(ConfigProblem::Unsupported {
                what: "signing in by a browser".to_owned(),
                help: "run `hcloud configure sso`, which leaves temporary keys in it",
            });
        }
        Ok(CloudConfig::of(Caller::Credentials(self.keys(left)?)))
    }

    fn keys(&self, profile: &Value) -> Result<Credentials, ConfigProblem> {
        if [self.0.expose(), profile].into_iter().any(is_encrypted) {
            return Err(ConfigProblem::Encrypted);
        }
        let access_key = usable(profile, key::ACCESS_KEY)?;
        let secret_key = usable(profile, key::SECRET_KEY)?;
        let (Some(access_key), Some(secret_key)) = (access_key, secret_key) else {
            let given = [(key::ACCESS_KEY, access_key), (key::SECRET_KEY, secret_key)];
            let missing = given.into_iter().filter(|(_, value)| value.is_none());
            let keys = missing.map(|(key, _)| key).collect();
            return Err(ConfigProblem::MissingKeys { keys });
        };
        if access_key.len() > LONGEST_KEY || access_key.contains(['+', '/', '=']) {
            return Err(ConfigProblem::Encrypted);
        }
        if access_key.contains([',', ' ']) {
            return Err(ConfigProblem::Malformed {
                key: key::ACCESS_KEY,
                problem: Malformed::Separator,
            });
        }
        let mut credentials = Credentials::aksk(access_key, secret_key);
        if let Some(token) = usable(profile, key::SECURITY_TOKEN)? {
            credentials = credentials.security_token(token);
        }
        if let Some(id) = usable(profile, key::DOMAIN_ID)? {
            credentials = credentials.domain_id(id);
        }
        Ok(credentials)
    }
}

fn is_encrypted(entry: &Value) -> bool {
    match &entry[key::ENCRYPTED] {
        Value::Bool(encrypted) => *encrypted,
        // KooCLI writes it as a text.
        Value::String(text) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

fn names(profiles: &[&Value]) -> Vec<String> {
    let names = profiles.iter().filter_map(|it| it[key::NAME].as_str());
    names.map(str::to_owned).collect()
}

/// A text; one that is empty counts as missing.
fn text<'v>(value: &'v Value, key: &'static str) -> Result<Option<&'v str>, ConfigProblem> {
    match value.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.as_str()).filter(|text| !text.is_empty())),
        Some(_) => Err(ConfigProblem::Shape {
            key,
            expected: "a text",
        }),
    }
}

/// A text that a header can carry.
fn usable<'v>(value: &'v Value, key: &'static str) -> Result<Option<&'v str>, ConfigProblem> {
    let text = text(value, key)?;
    match text.and_then(Malformed::of) {
        None => Ok(text),
        Some(problem) => Err(ConfigProblem::Malformed { key, problem }),
    }
}
