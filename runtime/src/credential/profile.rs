//! Credentials from a file.

mod ini;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::error::{ProfileError, ProfileProblem};
use super::{
    Credentials, CredentialsFuture, Environment, Malformed, ProvideCredentials, env, file,
};
use crate::sanitize::{self, sanitized};

/// The sections that are read when no profile is named, the first that exists.
const OFFICIAL_SECTIONS: &[&str] = &["basic", "global"];
const BELOW_HOME: &str = ".huaweicloud/credentials";
const SHOWN_WITHOUT_HOME: &str = "~/.huaweicloud/credentials";

mod key {
    pub(super) const AK: &str = "ak";
    pub(super) const SK: &str = "sk";
    pub(super) const SECURITY_TOKEN: &str = "security_token";
    pub(super) const PROJECT_ID: &str = "project_id";
    pub(super) const DOMAIN_ID: &str = "domain_id";
    pub(super) const IAM_ENDPOINT: &str = "iam_endpoint";
    pub(super) const IDP_ID: &str = "idp_id";
    pub(super) const ID_TOKEN_FILE: &str = "id_token_file";

    pub(super) const ALL: &[&str] = &[
        AK,
        SK,
        SECURITY_TOKEN,
        PROJECT_ID,
        DOMAIN_ID,
        IAM_ENDPOINT,
        IDP_ID,
        ID_TOKEN_FILE,
    ];
}

/// An access key pair from a profile of the credentials file, read anew each
/// time, so that a changed key is taken up without a restart.
///
/// The file is the one that [`file`](Self::file) names, else the one that the
/// variable `HUAWEICLOUD_SDK_CREDENTIALS_FILE` names, else
/// `.huaweicloud/credentials` in the home directory. It is read and never
/// written:
///
/// ```ini
/// [basic]
/// ak = …
/// sk = …
/// project_id = …
///
/// [production]
/// ak = …
/// sk = …
/// security_token = …
/// ```
///
/// `ak` and `sk` are needed; `security_token`, `project_id`, `domain_id` and
/// `iam_endpoint` are taken along. Without a named profile, `[basic]` is read,
/// or `[global]` where there is no `[basic]`: the sections of the official
/// SDKs. A file that others may read is used with a warning.
#[derive(Debug, Clone, Default)]
pub struct ProfileProvider {
    environment: Environment,
    file: Option<PathBuf>,
    profile: Option<String>,
    said: Arc<Said>,
}

/// Warnings are given once, though the file is read again and again.
#[derive(Debug, Default)]
struct Said {
    permissions: AtomicBool,
    unknown_key: AtomicBool,
}

impl ProfileProvider {
    /// The first of `[basic]` and `[global]` in the file of the environment.
    pub fn new() -> Self {
        Self::default()
    }

    /// The section of this name.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// This file, whatever the environment says.
    #[must_use]
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.file = Some(path.into());
        self
    }

    /// Looks for the file's name and the home directory in another
    /// environment.
    #[must_use]
    pub fn with_environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    fn path(&self) -> Result<PathBuf, ProfileError> {
        let named = || {
            self.environment
                .var(env::CREDENTIALS_FILE)
                .map(PathBuf::from)
        };
        self.file
            .clone()
            .or_else(named)
            .or_else(|| file::at_home(&self.environment, BELOW_HOME))
            .ok_or_else(|| ProfileError {
                path: SHOWN_WITHOUT_HOME.into(),
                line: None,
                problem: ProfileProblem::NoHome,
            })
    }

    fn load(&self) -> Result<Credentials, ProfileError> {
        let path = self.path()?;
        let at = |line, problem| ProfileError {
            path: path.clone(),
            line,
            problem,
        };
        let found = file::read(&path, file::SMALL).map_err(|problem| at(None, problem.into()))?;
        found.warn_of_permissions(&path, &self.said.permissions);
        let text = found
            .text()
            .map_err(|line| at(Some(line), ProfileProblem::NotUtf8))?;
        let sections = ini::parse(text).map_err(|(line, problem)| at(Some(line), problem))?;
        let section = self
            .choose(&sections)
            .map_err(|problem| at(None, problem))?;
        self.warn_of_unknown_keys(&path, section);
        credentials(section).map_err(|(line, problem)| at(Some(line), problem))
    }

    fn choose<'a>(
        &self,
        sections: &'a [ini::Section<'a>],
    ) -> Result<&'a ini::Section<'a>, ProfileProblem> {
        let named = self.profile.as_deref();
        let wanted = match &named {
            Some(name) => std::slice::from_ref(name),
            None => OFFICIAL_SECTIONS,
        };
        wanted
            .iter()
            .find_map(|name| sections.iter().find(|section| section.name == *name))
            .ok_or_else(|| ProfileProblem::NoSection {
                wanted: wanted.iter().map(|name| (*name).to_owned()).collect(),
            })
    }

    /// A mistyped `security_token` is a call that fails for no visible reason.
    /// The key itself is not shown: it may be a misplaced value.
    fn warn_of_unknown_keys(&self, path: &Path, section: &ini::Section<'_>) {
        let is_known = |entry: &&ini::Entry<'_>| {
            key::ALL
                .iter()
                .any(|key| entry.key.eq_ignore_ascii_case(key))
        };
        let unknown = section.entries.iter().find(|entry| !is_known(entry));
        if let Some(entry) = unknown
            && !self.said.unknown_key.swap(true, Ordering::Relaxed)
        {
            tracing::warn!(
                file = sanitized(&path.to_string_lossy(), sanitize::ADDRESS),
                line = entry.line,
                known = %key::ALL.join(", "),
                "the credentials file holds a key that is not read"
            );
        }
    }
}

impl ProvideCredentials for ProfileProvider {
    fn provide(&self) -> CredentialsFuture<'_> {
        let provider = self.clone();
        Box::pin(file::aside("the credentials file", move || provider.load()))
    }

    fn kind(&self) -> &'static str {
        "credentials file"
    }
}

/// The credentials of a section; on failure, the line and what is wrong there.
fn credentials(section: &ini::Section<'_>) -> Result<Credentials, (usize, ProfileProblem)> {
    let get = |key: &'static str| match section.get(key) {
        None => Ok(None),
        Some(entry) => match unusable(key, entry.value) {
            None => Ok(Some(entry.value)),
            Some(problem) => Err((entry.line, ProfileProblem::Malformed { key, problem })),
        },
    };
    let (access_key, secret_key) = match (get(key::AK)?, get(key::SK)?) {
        (Some(access_key), Some(secret_key)) => (access_key, secret_key),
        (None, None) if section.get(key::IDP_ID).is_some() => {
            return Err((section.line, ProfileProblem::Federated));
        }
        (access_key, secret_key) => {
            let keys = [(key::AK, access_key), (key::SK, secret_key)]
                .into_iter()
                .filter(|(_, value)| value.is_none())
                .map(|(key, _)| key)
                .collect();
            return Err((section.line, ProfileProblem::MissingKeys { keys }));
        }
    };
    let mut credentials = Credentials::aksk(access_key, secret_key);
    if let Some(token) = get(key::SECURITY_TOKEN)? {
        credentials = credentials.security_token(token);
    }
    if let Some(id) = get(key::PROJECT_ID)? {
        credentials = credentials.project_id(id);
    }
    if let Some(id) = get(key::DOMAIN_ID)? {
        credentials = credentials.domain_id(id);
    }
    if let Some(url) = get(key::IAM_ENDPOINT)? {
        credentials = credentials.iam_endpoint(url);
    }
    Ok(credentials)
}

fn unusable(key: &str, value: &str) -> Option<Malformed> {
    if value.len() > 1
        && ['"', '\'']
            .iter()
            .any(|q| value.starts_with(*q) && value.ends_with(*q))
    {
        Some(Malformed::Quoted)
    } else if key == key::AK && value.contains([',', ' ']) {
        Some(Malformed::Separator)
    } else {
        Malformed::of(value)
    }
}
