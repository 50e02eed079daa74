//! What one cloud of the file says.

use super::yaml::{Node, Value};
use crate::config::{Caller, CloudConfig, Project};
use crate::credential::{ConfigProblem, Credentials, Malformed};
use crate::identity::{Scope, SignIn};
use crate::sanitize::{self, sanitized};

/// What the address of IAM ends in, in such a file; paths of this client begin with it.
const VERSIONS: [&str; 2] = ["/v3", "/v3.0"];
/// What stands for the region in an address.
const REGION: &str = "{region_name}";

/// Where the entry is unusable, and why.
pub(super) struct Wrong {
    pub(super) line: Option<usize>,
    pub(super) problem: ConfigProblem,
}

impl From<ConfigProblem> for Wrong {
    fn from(problem: ConfigProblem) -> Self {
        Self {
            line: None,
            problem,
        }
    }
}

type Read<T> = Result<T, Wrong>;

/// Other names of a key, in the order of their weight.
fn names(key: &'static str) -> &'static [&'static str] {
    match key {
        "ak" => &["access_key", "ak"],
        "sk" => &["secret_key", "sk"],
        "project_id" => &["project_id", "tenant_id"],
        "project_name" => &["project_name", "tenant_name"],
        "username" => &["username", "user_name"],
        "token" => &["token", "auth_token"],
        "auth_type" => &["auth_type", "auth_plugin"],
        _ => &[],
    }
}

/// Says what an entry is.
pub(super) fn read(entry: &Node) -> Read<CloudConfig> {
    if entry.fields().is_none() {
        return Err(Wrong {
            line: Some(entry.line),
            problem: ConfigProblem::Shape {
                key: "clouds",
                expected: "a mapping of mappings",
            },
        });
    }
    let entry = Entry(entry);
    entry.refuse_agencies()?;
    let region = entry.region()?;
    let iam = entry.iam(region.as_deref())?;
    let mut config = match entry.way()? {
        Way::Password => entry.sign_in(iam.is_some())?,
        Way::Keys => CloudConfig::of(Caller::Credentials(entry.keys()?)),
        Way::Token => {
            let token = entry.needed("token")?;
            CloudConfig::of(Caller::Credentials(Credentials::token(token)))
        }
    };
    if let Caller::Credentials(_) = &config.caller {
        let id = entry.usable("project_id")?.map(Project::Id);
        let name = entry.usable("project_name")?.map(Project::Name);
        config.project = id.or(name);
    }
    config.region = region;
    config.iam_endpoint = iam;
    Ok(config)
}

/// How a cloud is told who calls.
enum Way {
    Password,
    Keys,
    Token,
}

struct Entry<'n>(&'n Node);

impl Entry<'_> {
    /// A value by one of its names; `auth` goes before the entry itself.
    fn find(&self, key: &'static str) -> Option<&Node> {
        let only = [key];
        let names = match names(key) {
            [] => &only,
            names => names,
        };
        let auth = self.0.get("auth");
        let mut places = [auth, Some(self.0)].into_iter().flatten();
        places.find_map(|place| names.iter().find_map(|name| place.get(name)))
    }

    /// A text; one that is empty counts as missing.
    fn text(&self, key: &'static str) -> Read<Option<&str>> {
        let Some(node) = self.find(key) else {
            return Ok(None);
        };
        match node.text() {
            Some(text) => Ok(Some(text).filter(|text| !text.is_empty())),
            None => Err(Wrong {
                line: Some(node.line),
                problem: ConfigProblem::Shape {
                    key,
                    expected: "a text",
                },
            }),
        }
    }

    /// A text that a header can carry.
    fn usable(&self, key: &'static str) -> Read<Option<String>> {
        let text = self.text(key)?;
        match text.and_then(Malformed::of) {
            None => Ok(text.map(str::to_owned)),
            Some(problem) => Err(self.malformed(key, problem)),
        }
    }

    fn needed(&self, key: &'static str) -> Read<String> {
        let value = self.usable(key)?;
        value.ok_or_else(|| self.missing(vec![key]))
    }

    fn malformed(&self, key: &'static str, problem: Malformed) -> Wrong {
        Wrong {
            line: self.find(key).map(|node| node.line),
            problem: ConfigProblem::Malformed { key, problem },
        }
    }

    fn missing(&self, keys: Vec<&'static str>) -> Wrong {
        Wrong {
            line: Some(self.0.line),
            problem: ConfigProblem::MissingKeys { keys },
        }
    }

    fn unsupported(&self, key: &'static str, what: String, help: &'static str) -> Wrong {
        Wrong {
            line: self.find(key).map(|node| node.line),
            problem: ConfigProblem::Unsupported { what, help },
        }
    }

    /// What is left out would be a call in another account.
    fn refuse_agencies(&self) -> Read<()> {
        for key in ["agency_name", "target_agency_name"] {
            if self.find(key).is_some() {
                let help = "name it with `.assume_agency(..)`, and leave it out of the file";
                return Err(self.unsupported(key, "an agency".to_owned(), help));
            }
        }
        Ok(())
    }

    fn way(&self) -> Read<Way> {
        let Some(word) = self.text("auth_type")? else {
            // OpenStack's tools take a password for what is meant; what is missing is then told.
            let ways = [
                ("password", Way::Password),
                ("ak", Way::Keys),
                ("sk", Way::Keys),
                ("token", Way::Token),
            ];
            let given = ways.into_iter().find(|(key, _)| self.find(key).is_some());
            return Ok(given.map_or(Way::Password, |(_, way)| way));
        };
        let help = match word.to_ascii_lowercase().as_str() {
            "password" | "v3password" => return Ok(Way::Password),
            "token" | "v3token" => return Ok(Way::Token),
            "aksk" | "v3aksk" => return Ok(Way::Keys),
            "v3applicationcredential" => {
                "IAM of this cloud has no application credentials; give it access keys, or a \
                 user's password"
            }
            "v3totp" | "v3multifactor" => "a passcode is good once; see `SignIn::totp`",
            "v3oidcaccesstoken"
            | "v3oidcpassword"
            | "v3oidcclientcredentials"
            | "v3oidcauthcode"
            | "v3oidcdeviceauthz" => "see `.sign_in_with_id_token(..)`",
            _ => "`password`, `token` and access keys are",
        };
        let what = format!("`auth_type: {}`", sanitized(word, sanitize::NAME));
        Err(self.unsupported("auth_type", what, help))
    }

    /// The region: the first, where there are several, as OpenStack's tools take it.
    fn region(&self) -> Read<Option<String>> {
        let text = |key, text: Option<&str>| match text.and_then(Malformed::of) {
            None => Ok(text.map(str::to_owned)),
            Some(problem) => Err(self.malformed(key, problem)),
        };
        if let Some(Value::List(regions)) = self.find("regions").map(|node| &node.value) {
            let first = regions.first();
            let named = first.and_then(|first| first.text().or(first.get("name")?.text()));
            return text("regions", named);
        }
        let named = self.text("region_name")?;
        let first = named.and_then(|named| named.split(',').next());
        text("region_name", first.map(str::trim))
    }

    /// The address of IAM, without the version that the paths of this client begin with.
    fn iam(&self, region: Option<&str>) -> Read<Option<String>> {
        let Some(url) = self.text("auth_url")? else {
            if self.find("profile").is_some() || self.0.get("cloud").is_some() {
                let help = "write its auth_url into the entry";
                let what = "what a vendor's profile says".to_owned();
                return Err(self.unsupported("profile", what, help));
            }
            return Ok(None);
        };
        let mut url = url.to_owned();
        if url.contains(REGION) {
            let region = region.ok_or_else(|| self.missing(vec!["region_name"]))?;
            url = url.replace(REGION, region);
        }
        let plain = url.trim_end_matches('/');
        let version = VERSIONS.iter().find_map(|it| plain.strip_suffix(it));
        if version.is_none() && plain.ends_with("/v2.0") {
            let help = "IAM of this cloud speaks v3 only";
            return Err(self.unsupported("auth_url", "version 2.0 of IAM".to_owned(), help));
        }
        Ok(Some(version.unwrap_or(plain).to_owned()))
    }

    fn keys(&self) -> Read<Credentials> {
        let (access_key, secret_key) = match (self.usable("ak")?, self.usable("sk")?) {
            (Some(access_key), Some(secret_key)) => (access_key, secret_key),
            (access_key, secret_key) => {
                let given = [("ak", access_key), ("sk", secret_key)];
                let missing = given.into_iter().filter(|(_, value)| value.is_none());
                return Err(self.missing(missing.map(|(key, _)| key).collect()));
            }
        };
        if access_key.contains([',', ' ']) {
            return Err(self.malformed("ak", Malformed::Separator));
        }
        let mut credentials = Credentials::aksk(access_key, secret_key);
        if let Some(token) = self.usable("security_token")? {
            credentials = credentials.security_token(token);
        }
        Ok(credentials)
    }

    /// A user of an account, both by name: IAM takes no ids here.
    fn sign_in(&self, has_address: bool) -> Read<CloudConfig> {
        let user = self.text("username")?;
        let password = self.text("password")?;
        let domain = self.text("domain_name")?;
        let account = self.text("user_domain_name")?.or(domain);
        let needed = [
            ("auth_url", has_address),
            ("username", user.is_some()),
            ("password", password.is_some()),
            ("user_domain_name", account.is_some()),
        ];
        let missing = needed.into_iter().filter(|(_, is_there)| !is_there);
        let missing: Vec<_> = missing.map(|(key, _)| key).collect();
        let (Some(user), Some(password), Some(account)) = (user, password, account) else {
            return Err(self.missing(missing));
        };
        if !missing.is_empty() {
            return Err(self.missing(missing));
        }
        if let Some(other) = self.text("project_domain_name")?
            && other != account
        {
            let what = "a project of another account than the user's".to_owned();
            let help = "name an agency of that account with `.assume_agency(..)`";
            return Err(self.unsupported("project_domain_name", what, help));
        }
        let user = SignIn::new(account, user, password);
        let (id, name) = (self.usable("project_id")?, self.usable("project_name")?);
        let scope = match (id, name) {
            (Some(id), _) => Scope::ProjectId(id),
            (None, Some(name)) => Scope::ProjectName(name),
            // Without a project, the tools take the domain for what the token is to be for.
            (None, None) if domain.is_some() => Scope::Account,
            (None, None) => Scope::Region,
        };
        Ok(CloudConfig::of(Caller::SignIn(user.scope(scope))))
    }
}
