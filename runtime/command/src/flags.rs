//! The names of subcommands and flags, and reading the flags that several subcommands have.

use clap::{Arg, ArgAction, ArgMatches};

use crate::description::{Command, Kind, Parameter};
use crate::settings::SETTINGS;

/// Subcommands beside those of the services.
pub(crate) mod name {
    pub(crate) const BATCH: &str = "batch";
    pub(crate) const WHOAMI: &str = "whoami";
    pub(crate) const POLICY: &str = "policy";
    pub(crate) const EXPLAIN: &str = "explain";
    pub(crate) const COMPLETIONS: &str = "completions";
    pub(crate) const MAN: &str = "man";
}

/// Flags of an operation that are none of its parameters.
pub(crate) mod flag {
    pub(crate) const DRY_RUN: &str = "dry-run";
    pub(crate) const GENERATE: &str = "generate";
    pub(crate) const SECRET_FILE: &str = "secret-file";
    pub(crate) const SECRET_COMMAND: &str = "secret-command";
    pub(crate) const SHOW: &str = "show";
    /// What hands a secret over as an argument, which is refused.
    pub(crate) const PASSWORD: &str = "password";
}

/// Whether a flag is there and set; not every operation has each.
pub(crate) fn is_set(matches: &ArgMatches, name: &str) -> bool {
    matches!(matches.try_get_one::<bool>(name), Ok(Some(true)))
}

/// The text of a flag, if it is there and given.
pub(crate) fn text<'m>(matches: &'m ArgMatches, name: &str) -> Option<&'m String> {
    matches.try_get_one::<String>(name).ok().flatten()
}

/// Names that parameters cannot have on a command line, nor in a plan.
const TAKEN: &[&str] = &[
    flag::DRY_RUN,
    flag::GENERATE,
    flag::SECRET_FILE,
    flag::SECRET_COMMAND,
    flag::SHOW,
    flag::PASSWORD,
    "config",
    "verbose",
    "help",
    "version",
    "row",
    "service",
    "operation",
    "secret",
];

impl Parameter {
    /// Its flag without hyphens, and its column in a plan with `_` for `-`.
    pub(crate) fn typed(&self) -> String {
        let name = self.name.trim_matches('_').replace('_', "-");
        let is_taken =
            TAKEN.contains(&name.as_str()) || SETTINGS.iter().any(|setting| setting.name == name);
        match is_taken {
            true => format!("{name}-parameter"),
            false => name,
        }
    }

    /// The name that the sources of a secret begin with: `password` for the one password that an
    /// operation sets, else its own.
    pub(crate) fn source<C>(&self, command: &Command<C>) -> String {
        let is_new = |it: &&Parameter| matches!(it.kind, Kind::Secret(Some(_)));
        let mut new = command.parameters.iter().filter(is_new);
        let only = new.next().filter(|_| new.next().is_none());
        match only.is_some_and(|only| only.name == self.name) {
            true => flag::PASSWORD.to_owned(),
            false => self.typed(),
        }
    }
}

/// How a new password is made, and where it is safe before it is sent.
pub(crate) fn of_new_passwords() -> [Arg; 4] {
    [
        Arg::new(flag::GENERATE)
            .long(flag::GENERATE)
            .action(ArgAction::SetTrue)
            .help("Make a password by the rules of the operation; it is stored before anything is sent"),
        Arg::new(flag::SECRET_FILE)
            .long(flag::SECRET_FILE)
            .value_name("FILE")
            .help("Append a password that is made to this file, a line of JSON, before it is sent; nobody else may be able to read the file"),
        Arg::new(flag::SECRET_COMMAND)
            .long(flag::SECRET_COMMAND)
            .value_name("COMMAND")
            .help("Hand a password that is made to this command of the shell on its standard input, a line of JSON, before it is sent; it has to end with 0"),
        Arg::new(flag::SHOW)
            .long(flag::SHOW)
            .action(ArgAction::SetTrue)
            .help("Show a password that is made, on a terminal alone"),
    ]
}
