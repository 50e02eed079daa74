//! The configuration of OpenStack's tools, which can call this cloud too.

mod entry;
mod yaml;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use self::yaml::{Node, Value};
use super::CloudConfig;
use crate::credential::file::{self, FileProblem};
use crate::credential::{
    ConfigError, ConfigProblem, CredentialsError, CredentialsFuture, Environment,
    ProvideCredentials,
};

const NOT_FOUND: &str = "write it, or name another in OS_CLIENT_CONFIG_FILE";
/// The folder for all users of a machine.
const OF_THE_SYSTEM: &str = "/etc/openstack";
/// How a file may end, in the order looked for. JSON is YAML too.
const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];

mod var {
    pub(super) const CLOUD: &str = "OS_CLOUD";
    pub(super) const FILE: &str = "OS_CLIENT_CONFIG_FILE";
    pub(super) const SECURE_FILE: &str = "OS_CLIENT_SECURE_FILE";
    pub(super) const CONFIG_HOME: &str = "XDG_CONFIG_HOME";
}

/// A cloud of `clouds.yaml`, the configuration of OpenStack's tools. The file is read anew each
/// time and never written.
///
/// - **Files**: the one that the variable `OS_CLIENT_CONFIG_FILE` names, else the first `clouds.yaml`
///   (`.yml`, `.json`) in the working directory, `~/.config/openstack` and `/etc/openstack`. What a
///   `secure.yaml` in these places says (or the file of `OS_CLIENT_SECURE_FILE`) is laid over it.
/// - **Which cloud**: the one that [`cloud`](Self::cloud) names, else the variable `OS_CLOUD`, else
///   the only one there is.
/// - **A user's password** (`auth_type` `password`, `v3password`, or none): signs in at `auth_url`,
///   which has to be there: a password is for the cloud it is written for. The account is
///   `user_domain_name` or `domain_name`; the token is for `project_id`, `project_name`, or the
///   region's own project.
/// - **Keys** (`ak` and `sk`, or `access_key` and `secret_key`, with `security_token`), in the entry
///   or its `auth`, as the tools of clouds of this make read them.
/// - **A token** (`auth_type` `token`, `v3token`).
///
/// Everything else that a cloud can be told to prove itself by is an error that says so, and so is
/// an agency in the file: what is not understood must not become another account's call.
///
/// [`load`](Self::load) gives the whole entry; as a provider it gives keys and tokens.
///
/// ```no_run
/// use huaweicloud_runtime::ClientBuilder;
/// use huaweicloud_runtime::credentials::CloudsYaml;
///
/// # fn set_up<C>() -> Result<ClientBuilder<C>, Box<dyn std::error::Error>> {
/// let config = CloudsYaml::new().cloud("production").load()?;
/// let region = config.region().unwrap_or("cn-north-4").to_owned();
/// Ok(ClientBuilder::new(region).cloud_config(config))
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct CloudsYaml {
    environment: Environment,
    file: Option<PathBuf>,
    cloud: Option<String>,
    said: Arc<Said>,
}

/// Warned of permissions.
#[derive(Debug, Default)]
struct Said {
    clouds: AtomicBool,
    secure: AtomicBool,
}

/// A file that was read, and the secret one that lies over it.
struct Files {
    path: PathBuf,
    secure: Option<PathBuf>,
    root: Node,
}

/// What is added to the lines of the secret file, so that a place tells which file it is in. No
/// file has as many lines as this.
const SECURE_LINES: usize = 1 << 24;

impl CloudsYaml {
    /// The cloud and the file that the environment names.
    pub fn new() -> Self {
        Self::default()
    }

    /// The cloud of this name.
    #[must_use]
    pub fn cloud(mut self, name: impl Into<String>) -> Self {
        self.cloud = Some(name.into());
        self
    }

    /// This file, whatever the environment says.
    #[must_use]
    pub fn file(mut self, path: impl Into<PathBuf>) -> Self {
        self.file = Some(path.into());
        self
    }

    /// Looks for the variables and the home directory in another environment.
    #[must_use]
    pub fn with_environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    /// Reads the files, on this thread, and says what the cloud is.
    ///
    /// # Errors
    /// [`CredentialsError::Config`]: the file, the line, the cloud and what is wrong there.
    pub fn load(&self) -> Result<CloudConfig, CredentialsError> {
        self.read().map(|(config, ..)| config).map_err(Into::into)
    }

    /// The cloud, the file and its name there.
    fn read(&self) -> Result<(CloudConfig, PathBuf, String), ConfigError> {
        let files = self.files()?;
        let clouds = files.root.get("clouds");
        let fields = match clouds.map(|it| (it, it.fields())) {
            Some((_, Some(fields))) => fields,
            None => &[],
            Some((other, None)) => {
                return Err(files.error(
                    Some(other.line),
                    None,
                    ConfigProblem::Shape {
                        key: "clouds",
                        expected: "a mapping",
                    },
                ));
            }
        };
        let known = || fields.iter().map(|(name, _)| name.clone()).collect();
        let named = self.cloud.clone().or_else(|| {
            let name = self.environment.var(var::CLOUD)?;
            Some(name.to_string_lossy().into_owned())
        });
        let (name, node) = match (named, fields) {
            (Some(name), _) => match fields.iter().find(|(known, _)| *known == name) {
                Some((_, node)) => (name, node),
                None => {
                    let known = known();
                    return Err(files.error(None, Some(name), ConfigProblem::NoEntry { known }));
                }
            },
            (None, [(name, node)]) => (name.clone(), node),
            (None, _) => {
                let known = known();
                return Err(files.error(None, None, ConfigProblem::Unchosen { known }));
            }
        };
        match entry::read(node) {
            Ok(config) => Ok((config, files.path, name)),
            Err(wrong) => Err(files.error(wrong.line, Some(name), wrong.problem)),
        }
    }

    fn files(&self) -> Result<Files, ConfigError> {
        let named = self
            .file
            .clone()
            .or_else(|| self.environment.var(var::FILE).map(PathBuf::from));
        let path = match named {
            Some(path) => path,
            None => self.search("clouds").ok_or_else(|| ConfigError {
                path: "clouds.yaml".into(),
                line: None,
                entry: None,
                problem: ConfigProblem::NotFound { help: NOT_FOUND },
            })?,
        };
        let root = read_file(&path, &self.said.clouds)?;
        let named = self.environment.var(var::SECURE_FILE).map(PathBuf::from);
        let secure = named.or_else(|| self.search("secure"));
        let mut files = Files {
            path,
            secure: None,
            root,
        };
        if let Some(path) = secure {
            let mut over = read_file(&path, &self.said.secure)?;
            mark(&mut over);
            files.root.lay_over(over);
            files.secure = Some(path);
        }
        Ok(files)
    }

    /// The first file of this name in the usual places.
    fn search(&self, name: &str) -> Option<PathBuf> {
        let of_user = self.environment.var(var::CONFIG_HOME).map(|folder| {
            let folder = PathBuf::from(folder);
            folder.join("openstack")
        });
        let folders = [
            Some(PathBuf::new()),
            of_user,
            file::at_home(&self.environment, ".config/openstack"),
            Some(PathBuf::from(OF_THE_SYSTEM)),
        ];
        folders
            .into_iter()
            .flatten()
            .flat_map(|folder| ENDINGS.map(|ending| folder.join(format!("{name}.{ending}"))))
            .find(|path| path.exists())
    }
}

impl ProvideCredentials for CloudsYaml {
    fn provide(&self) -> CredentialsFuture<'_> {
        let this = self.clone();
        let provide = move || {
            let (config, path, name) = this.read()?;
            config.into_credentials().ok_or(ConfigError {
                path,
                line: None,
                entry: Some(name),
                problem: ConfigProblem::NeedsClient,
            })
        };
        Box::pin(file::aside("clouds.yaml", provide))
    }

    fn kind(&self) -> &'static str {
        "clouds.yaml"
    }
}

impl Files {
    fn error(
        &self,
        line: Option<usize>,
        entry: Option<String>,
        problem: ConfigProblem,
    ) -> ConfigError {
        let (path, line) = match (line, &self.secure) {
            (Some(line), Some(secure)) if line > SECURE_LINES => {
                (secure, Some(line - SECURE_LINES))
            }
            (line, _) => (&self.path, line),
        };
        ConfigError {
            path: path.clone(),
            line,
            entry,
            problem,
        }
    }
}

fn read_file(path: &Path, said: &AtomicBool) -> Result<Node, ConfigError> {
    let at = |line, problem| ConfigError {
        path: path.to_owned(),
        line,
        entry: None,
        problem,
    };
    let found = file::read(path, file::LARGE).map_err(|problem| {
        let problem = match problem {
            FileProblem::NotFound => ConfigProblem::NotFound { help: NOT_FOUND },
            other => other.into(),
        };
        at(None, problem)
    })?;
    found.warn_of_permissions(path, said);
    let text = found
        .text()
        .map_err(|line| at(Some(line), ConfigProblem::NotUtf8))?;
    yaml::parse(text).map_err(|wrong| at(Some(wrong.line), ConfigProblem::Syntax(wrong.what)))
}

/// Marks every line of the secret file as one of it.
fn mark(node: &mut Node) {
    node.line += SECURE_LINES;
    match &mut node.value {
        Value::Null | Value::Text(_) => {}
        Value::List(items) => items.iter_mut().for_each(mark),
        Value::Map(fields) => fields.iter_mut().for_each(|(_, value)| mark(value)),
    }
}
