//! What the configuration of other tools says.

#[cfg(feature = "clouds-yaml")]
mod clouds_yaml;
mod koo_cli;

#[cfg(feature = "clouds-yaml")]
pub use clouds_yaml::CloudsYaml;
pub use koo_cli::KooCli;

use crate::credential::Credentials;
use crate::identity::{Agency, SignIn};

/// What the configuration of another tool says: who calls, in which region and project, and where
/// IAM is. [`ClientBuilder::cloud_config`](crate::ClientBuilder::cloud_config) builds a client by it.
///
/// `Debug` shows no secret.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CloudConfig {
    pub(crate) region: Option<String>,
    pub(crate) project: Option<Project>,
    pub(crate) iam_endpoint: Option<String>,
    pub(crate) caller: Caller,
    pub(crate) agency: Option<Agency>,
}

/// Who calls, before any agency.
#[derive(Debug, Clone)]
pub(crate) enum Caller {
    Credentials(Credentials),
    #[cfg_attr(
        not(feature = "clouds-yaml"),
        allow(dead_code, reason = "KooCLI keeps no password")
    )]
    SignIn(SignIn),
    /// The agency of the cloud server.
    Metadata,
}

/// The project that calls are made in.
#[derive(Debug, Clone)]
pub(crate) enum Project {
    Id(String),
    #[cfg_attr(
        not(feature = "clouds-yaml"),
        allow(dead_code, reason = "KooCLI keeps the id")
    )]
    Name(String),
}

impl CloudConfig {
    pub(super) fn of(caller: Caller) -> Self {
        Self {
            region: None,
            project: None,
            iam_endpoint: None,
            caller,
            agency: None,
        }
    }

    /// The region, such as `cn-north-4`.
    pub fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    /// The credentials, where IAM need not be asked for them.
    pub(super) fn into_credentials(self) -> Option<Credentials> {
        let credentials = match (self.caller, self.agency) {
            (Caller::Credentials(credentials), None) => credentials,
            _ => return None,
        };
        let credentials = match self.project {
            Some(Project::Id(id)) => credentials.project_id(id),
            _ => credentials,
        };
        Some(match self.iam_endpoint {
            Some(url) => credentials.iam_endpoint(url),
            None => credentials,
        })
    }
}
