//! How the client works: by flags, the environment, and a file, in this order.

mod file;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches};
use huaweicloud_runtime::{PolicyEnforcement, RateLimit};

use crate::problem::Problem;

/// A setting. In the file it has the same name.
pub(crate) struct Setting {
    /// The flag, without its hyphens.
    pub(crate) name: &'static str,
    /// The environment variable.
    variable: &'static str,
    value: &'static str,
    help: &'static str,
}

/// All of them.
pub(crate) const SETTINGS: &[Setting] = &[
    Setting {
        name: "region",
        variable: "HWC_REGION",
        value: "REGION",
        help: "The region, such as cn-north-4",
    },
    Setting {
        name: "project-id",
        variable: "HWC_PROJECT_ID",
        value: "ID",
        help: "The project; otherwise that of the credentials, else IAM is asked for the region's",
    },
    Setting {
        name: "credentials",
        variable: "HWC_CREDENTIALS",
        value: "PLACE",
        help: "Where the credentials are: environment, file, metadata, koocli, or chain: the first three in this order [default: chain]",
    },
    Setting {
        name: "profile",
        variable: "HWC_PROFILE",
        value: "NAME",
        help: "The section of the credentials file, or the profile of KooCLI",
    },
    Setting {
        name: "credentials-file",
        variable: "HWC_CREDENTIALS_FILE",
        value: "FILE",
        help: "The credentials file, instead of the official SDKs' ~/.huaweicloud/credentials",
    },
    Setting {
        name: "endpoint",
        variable: "HWC_ENDPOINT",
        value: "URL",
        help: "One address for all services, instead of the region's",
    },
    Setting {
        name: "endpoint-template",
        variable: "HWC_ENDPOINT_TEMPLATE",
        value: "URL",
        help: "A pattern of addresses, such as https://{service}.{region}.example.com",
    },
    Setting {
        name: "proxy",
        variable: "HWC_PROXY",
        value: "URL",
        help: "The proxy, or `environment` for that of HTTPS_PROXY; its login is for the file or the variable, never a flag",
    },
    Setting {
        name: "ca-file",
        variable: "HWC_CA_FILE",
        value: "FILE",
        help: "Certificate authorities to trust besides those of the system, as PEM",
    },
    Setting {
        name: "rate",
        variable: "HWC_RATE",
        value: "CALLS/TIME",
        help: "How many calls to a service may leave: 500/min, 10/s, or none [default: what the API says]",
    },
    Setting {
        name: "timeout",
        variable: "HWC_TIMEOUT",
        value: "TIME",
        help: "How long a call may take with all its attempts and waits, such as 90s [default: 60s]",
    },
    Setting {
        name: "attempts",
        variable: "HWC_ATTEMPTS",
        value: "N",
        help: "How often a call is sent at most where a second time is certain to do no harm [default: 3]",
    },
    Setting {
        name: "password-policy",
        variable: "HWC_PASSWORD_POLICY",
        value: "WORD",
        help: "What becomes of a password that breaks the documented rules: enforce, warn or off [default: enforce]",
    },
    Setting {
        name: "allow-plain-http",
        variable: "HWC_ALLOW_PLAIN_HTTP",
        value: "BOOLEAN",
        help: "Whether http:// to other machines is allowed, where everybody on the way can read the passwords [default: false]",
    },
    Setting {
        name: OUTPUT,
        variable: OUTPUT_VARIABLE,
        value: "FORMAT",
        help: "How results are written: table, json or yaml [default: table]",
    },
];

/// The setting that says how results are written.
pub(crate) const OUTPUT: &str = "output";
pub(crate) const OUTPUT_VARIABLE: &str = "HWC_OUTPUT";

/// The flag that names the file.
const FILE: &str = "config";
/// The environment variable that names it.
const FILE_VARIABLE: &str = "HWC_CONFIG";

/// The flags of all settings, for every subcommand.
pub(crate) fn flags() -> impl Iterator<Item = Arg> {
    let flags = SETTINGS.iter().map(|setting| {
        let flag = Arg::new(setting.name)
            .long(setting.name)
            .env(setting.variable)
            .hide_env_values(true)
            .value_name(setting.value)
            .help(setting.help)
            .help_heading("Settings")
            .hide_short_help(true)
            .global(true);
        match setting.name {
            "allow-plain-http" => flag
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("true"),
            _ => flag,
        }
    });
    let file = Arg::new(FILE)
        .long(FILE)
        .env(FILE_VARIABLE)
        .hide_env_values(true)
        .value_name("FILE")
        .help("A file with these settings as YAML [default: hwc-password/config.yaml in the folder of configurations]")
        .help_heading("Settings")
        .hide_short_help(true)
        .global(true);
    let verbose = Arg::new("verbose")
        .long("verbose")
        .short('v')
        .action(ArgAction::SetTrue)
        .help("Tell of every attempt")
        .help_heading("Settings")
        .global(true);
    flags.chain([file, verbose])
}

/// What the client says of its builder, in the words of the command: `.proxy(..)` is `--proxy`, and
/// `.endpoint(url)` is `--endpoint url`.
pub(crate) fn in_flags(words: &str) -> String {
    let mut words = words.to_owned();
    for setting in SETTINGS {
        let (flag, method) = (
            format!("--{}", setting.name),
            setting.name.replace('-', "_"),
        );
        words = words.replace(&format!("`{method}`"), &flag);
        let call = format!(".{method}(");
        while let Some((before, (given, after))) = words
            .split_once(&call)
            .and_then(|(before, rest)| Some((before, rest.split_once(')')?)))
        {
            let given = given.trim_matches(['"', '.']);
            let space = if given.is_empty() { "" } else { " " };
            words = format!("{before}{flag}{space}{given}{after}");
        }
    }
    words
}

/// Where credentials come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Chain,
    Environment,
    File,
    Metadata,
    KooCli,
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Table,
    Json,
    Yaml,
}

impl Format {
    /// The format of this name.
    pub(crate) fn of(name: &str) -> Option<Self> {
        let known = FORMATS.iter().find(|(known, _)| *known == name);
        known.map(|(_, format)| *format)
    }
}

/// A limit that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rate {
    /// No limit but those that a service makes known by refusing.
    Unlimited,
    /// This one, for each service.
    Limit(RateLimit),
}

/// All settings, read.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) region: Option<String>,
    pub(crate) project_id: Option<String>,
    pub(crate) credentials: Place,
    pub(crate) profile: Option<String>,
    pub(crate) credentials_file: Option<PathBuf>,
    pub(crate) endpoint: Option<String>,
    pub(crate) endpoint_template: Option<String>,
    pub(crate) proxy: Option<huaweicloud_runtime::Password>,
    pub(crate) ca_file: Option<PathBuf>,
    pub(crate) rate: Option<Rate>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempts: Option<u32>,
    pub(crate) policy: PolicyEnforcement,
    pub(crate) allow_plain_http: bool,
    pub(crate) output: Format,
    pub(crate) verbose: bool,
}

/// A value with where it stands, for errors.
struct Value {
    text: String,
    place: String,
}

impl Settings {
    /// Reads flags and environment, which clap has, and the file.
    ///
    /// # Errors
    /// When a value is none of those that are possible, or the file cannot be trusted or read.
    pub(crate) fn read(matches: &ArgMatches) -> Result<Self, Problem> {
        let mut values: BTreeMap<&'static str, Value> = BTreeMap::new();
        // An empty variable is none, as whoever unsets it in a script means.
        let given = |name| {
            matches
                .get_one::<String>(name)
                .filter(|text| !text.is_empty())
        };
        let named = given(FILE).map(PathBuf::from);
        for (name, text, place) in file::read(named)? {
            values.insert(name, Value { text, place });
        }
        for setting in SETTINGS {
            let Some(text) = given(setting.name) else {
                continue;
            };
            let from = matches.value_source(setting.name);
            let is_flag = from == Some(clap::parser::ValueSource::CommandLine);
            let place = match is_flag {
                true => format!("--{}", setting.name),
                false => setting.variable.to_owned(),
            };
            if is_flag && setting.name == "proxy" && text.contains('@') {
                return Err(Problem::Usage(
                    "--proxy has a login in it. Everybody on this machine can read arguments, and \
                     the shell keeps them: put the address into HWC_PROXY or the configuration file"
                        .to_owned(),
                ));
            }
            let text = text.clone();
            values.insert(setting.name, Value { text, place });
        }
        Self::of(&values, matches.get_flag("verbose"))
    }

    fn of(values: &BTreeMap<&'static str, Value>, verbose: bool) -> Result<Self, Problem> {
        let text = |name| values.get(name).map(|it: &Value| it.text.clone());
        Ok(Self {
            region: text("region"),
            project_id: text("project-id"),
            credentials: word(values, "credentials", &PLACES)?.unwrap_or(Place::Chain),
            profile: text("profile"),
            credentials_file: text("credentials-file").map(PathBuf::from),
            endpoint: text("endpoint"),
            endpoint_template: text("endpoint-template"),
            proxy: text("proxy").map(Into::into),
            ca_file: text("ca-file").map(PathBuf::from),
            rate: parsed(
                values,
                "rate",
                "a number of calls in a time, such as 500/min",
                rate,
            )?,
            timeout: parsed(values, "timeout", "a time, such as 90s or 2m", |text| {
                let time = humantime::parse_duration(text).ok()?;
                (!time.is_zero()).then_some(time)
            })?,
            attempts: parsed(values, "attempts", "a number from 1 to 10", |text| {
                let number = text.parse().ok()?;
                (1..=10).contains(&number).then_some(number)
            })?,
            policy: word(values, "password-policy", &POLICIES)?.unwrap_or_default(),
            allow_plain_http: word(values, "allow-plain-http", &BOOLEANS)?.unwrap_or(false),
            output: word(values, OUTPUT, &FORMATS)?.unwrap_or(Format::Table),
            verbose,
        })
    }
}

const PLACES: [(&str, Place); 5] = [
    ("chain", Place::Chain),
    ("environment", Place::Environment),
    ("file", Place::File),
    ("metadata", Place::Metadata),
    ("koocli", Place::KooCli),
];

const POLICIES: [(&str, PolicyEnforcement); 3] = [
    ("enforce", PolicyEnforcement::Enforce),
    ("warn", PolicyEnforcement::Warn),
    ("off", PolicyEnforcement::Off),
];

const BOOLEANS: [(&str, bool); 2] = [("true", true), ("false", false)];

const FORMATS: [(&str, Format); 3] = [
    ("table", Format::Table),
    ("json", Format::Json),
    ("yaml", Format::Yaml),
];

/// A value that is one of some words.
fn word<T: Copy, const N: usize>(
    values: &BTreeMap<&'static str, Value>,
    name: &'static str,
    words: &[(&str, T); N],
) -> Result<Option<T>, Problem> {
    let all: Vec<_> = words.iter().map(|(word, _)| *word).collect();
    parsed(
        values,
        name,
        &format!("one of {}", all.join(", ")),
        |text| {
            let found = words.iter().find(|(word, _)| *word == text);
            found.map(|(_, value)| *value)
        },
    )
}

fn parsed<T>(
    values: &BTreeMap<&'static str, Value>,
    name: &'static str,
    expected: &str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, Problem> {
    let Some(Value { text, place }) = values.get(name) else {
        return Ok(None);
    };
    // What stands there is not shown: it may have been meant for somewhere else.
    let wrong = || Problem::Usage(format!("{place}: what is given is not {expected}"));
    parse(text).map(Some).ok_or_else(wrong)
}

/// `500/min`, `10/s`, `20000/h`, `none`.
fn rate(text: &str) -> Option<Rate> {
    if text == "none" {
        return Some(Rate::Unlimited);
    }
    let (calls, time) = text.split_once('/')?;
    let calls: u32 = calls.trim().parse().ok().filter(|calls| *calls > 0)?;
    let seconds = match time.trim() {
        "s" | "sec" | "second" => 1,
        "m" | "min" | "minute" => 60,
        "h" | "hour" => 3600,
        _ => return None,
    };
    Some(Rate::Limit(RateLimit::new(
        calls,
        Duration::from_secs(seconds),
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[(&'static str, &str)]) -> Result<Settings, Problem> {
        let values = values.iter().map(|(name, text)| {
            let (text, place) = ((*text).to_owned(), format!("--{name}"));
            (*name, Value { text, place })
        });
        Settings::of(&values.collect(), false)
    }

    #[test]
    fn values_are_read_or_told_without_being_repeated() {
        let settings = read(&[("rate", "500/min"), ("timeout", "2m"), ("attempts", "1")]).unwrap();
        assert_eq!(settings.rate, Some(Rate::Limit(RateLimit::per_minute(500))));
        assert_eq!(settings.timeout, Some(Duration::from_secs(120)));
        assert_eq!(
            read(&[("rate", "none")]).unwrap().rate,
            Some(Rate::Unlimited)
        );
        for (name, text) in [
            ("rate", "500"),
            ("rate", "0/s"),
            ("rate", "5/day"),
            ("timeout", "0s"),
            ("timeout", "Secret"),
            ("attempts", "0"),
            ("attempts", "11"),
            ("output", "xml"),
            ("credentials", "Secret"),
            ("allow-plain-http", "yes"),
        ] {
            let error = read(&[(name, text)]).unwrap_err();
            let words = error.to_string();
            assert!(
                words.starts_with(&format!("--{name}: what is given is not ")),
                "{words}"
            );
            assert!(!words.contains("Secret") && error.exit() == 2, "{words}");
        }
    }

    #[test]
    fn operators_are_told_flags_and_not_methods() {
        for (words, expected) in [
            (
                "set `.proxy(..)` or turn it down (`password_policy`)",
                "set `--proxy` or turn it down (--password-policy)",
            ),
            ("by `.allow_plain_http()`", "by `--allow-plain-http`"),
            (
                "give `.endpoint_template(\"https://{service}.x\")` or `.endpoint(url)`",
                "give `--endpoint-template https://{service}.x` or `--endpoint url`",
            ),
            ("a.region(b.endpoint(", "a.region(b.endpoint("),
        ] {
            assert_eq!(in_flags(words), expected);
        }
    }

    #[test]
    fn every_setting_has_a_name_and_a_variable_of_its_own() {
        for setting in SETTINGS {
            let variable = format!("HWC_{}", setting.name.replace('-', "_").to_uppercase());
            assert_eq!(setting.variable, variable);
        }
    }
}
