//! Where the secrets of a call come from, and where a new one is safe before it leaves.

use std::time::Duration;

use clap::ArgMatches;
use huaweicloud_runtime::Password;

use crate::arguments::{Arguments, Given};
use crate::description::{Command, Kind, Need, Parameter};
use crate::durable::Torn;
use crate::escrow::{Escrow, EscrowError};
use crate::flags::{flag, is_set, text};
use crate::private::shown;
use crate::problem::Problem;
use crate::prompt::{self, PromptError};
use crate::secret_input::{self, SecretInputError, Shape};

/// Why no secret is taken from an argument.
const IN_ARGUMENTS: &str = "Everybody on this machine can read the arguments of a process, and the \
                            shell keeps them in its history; change that password, it is no secret \
                            any more.";

/// How long a secret command may take.
const COMMAND_TIME: Duration = Duration::from_secs(60);

/// Refuses secrets in arguments, before anything else is looked at.
///
/// # Errors
/// When there is one.
pub(crate) fn refuse_arguments<C>(
    command: &Command<C>,
    matches: &ArgMatches,
) -> Result<(), Problem> {
    let secret = command.parameters.iter().filter(|it| it.kind.is_secret());
    for parameter in secret {
        let source = parameter.source(command);
        for decoy in [parameter.typed(), flag::PASSWORD.to_owned()] {
            let is_given = matches!(matches.try_contains_id(&decoy), Ok(true));
            if is_given {
                return Err(Problem::Usage(format!(
                    "--{decoy} is no flag: a secret is never an argument. {IN_ARGUMENTS} Leave it \
                     out to be asked for it, or use --{source}-stdin or --{source}-file{}",
                    match parameter.kind {
                        Kind::Secret(Some(_)) => ", or --generate",
                        _ => "",
                    }
                )));
            }
        }
    }
    Ok(())
}

/// Takes the secrets of a call from where the flags say; asks for those that are needed and have no
/// source. Whether one of them was made here.
///
/// # Errors
/// When one cannot be had.
pub(crate) fn collect<C>(
    command: &Command<C>,
    matches: &ArgMatches,
    arguments: &mut Arguments,
) -> Result<bool, Problem> {
    let mut made = false;
    let mut reads_stdin = None;
    for parameter in command.parameters.iter().filter(|it| it.kind.is_secret()) {
        let source = parameter.source(command);
        let (file, stdin) = (format!("{source}-file"), format!("{source}-stdin"));
        let policy = match parameter.kind {
            Kind::Secret(policy) => policy,
            _ => None,
        };
        let generates = policy.is_some() && is_set(matches, flag::GENERATE);
        let path = text(matches, &file);
        let from_stdin = is_set(matches, &stdin);
        if generates && (path.is_some() || from_stdin) {
            return Err(Problem::Usage(format!(
                "--generate makes a password, and --{source}-{} gives one: take one of the two",
                if from_stdin { "stdin" } else { "file" }
            )));
        }
        if from_stdin && let Some(other) = reads_stdin.replace(source.clone()) {
            return Err(Problem::Usage(format!(
                "--{other}-stdin and --{source}-stdin: standard input can be read once"
            )));
        }
        let shape = Shape::of(parameter.kind);
        let unread =
            |flag: &str, error: SecretInputError| Problem::Usage(format!("--{flag}: {error}"));
        let secret = match (policy.filter(|_| generates), path) {
            (Some(policy), _) => {
                made = true;
                Some(generate(policy)?)
            }
            (None, Some(path)) => Some(
                secret_input::from_file(path.as_ref(), shape).map_err(|it| unread(&file, it))?,
            ),
            (None, None) if from_stdin => {
                Some(secret_input::from_stdin(shape).map_err(|it| unread(&stdin, it))?)
            }
            (None, None) if is_needed(parameter, arguments) => {
                Some(asked(command, parameter, &source)?)
            }
            (None, None) => None,
        };
        if let Some(secret) = secret {
            let given = match parameter.kind {
                Kind::SecretJson => Given::SecretJson(secret),
                _ => Given::Secret(secret),
            };
            arguments.insert(parameter.name, given);
        }
    }
    Ok(made)
}

/// A password that keeps the rules of an operation.
///
/// # Errors
/// When the system gives no random numbers, or no password can keep them.
pub(crate) fn generate(policy: &huaweicloud_runtime::PasswordPolicy) -> Result<Password, Problem> {
    Password::generate(policy)
        .map_err(|error| Problem::Local(format!("no password can be made: {error}")))
}

/// Whether a call without it would be refused.
pub(crate) fn is_needed(parameter: &Parameter, arguments: &Arguments) -> bool {
    match parameter.need {
        Need::Required => true,
        Need::Optional => false,
        Need::Unless(other, value) => match arguments.get(other) {
            Some(Given::Plain(given)) => serde_json::from_str(value).ok().as_ref() != Some(given),
            _ => true,
        },
    }
}

fn asked<C>(
    command: &Command<C>,
    parameter: &Parameter,
    source: &str,
) -> Result<Password, Problem> {
    let is_new = matches!(parameter.kind, Kind::Secret(Some(_)));
    if matches!(parameter.kind, Kind::SecretJson) {
        return Err(Problem::Usage(format!(
            "--{source}-file or --{source}-stdin is needed: {} is JSON with a secret in it",
            parameter.typed()
        )));
    }
    let label = format!(
        "{} for {}",
        parameter.typed().replace('-', " "),
        command.name
    );
    prompt::ask(&label, is_new).map_err(|error| match (error.exit_code(), error) {
        (Some(code), _) => Problem::Interrupted(code),
        (None, PromptError::NoTerminal) => Problem::Usage(format!(
            "there is no terminal to ask for the {} on: use --{source}-stdin or --{source}-file{}",
            parameter.typed().replace('-', " "),
            if is_new { ", or --generate" } else { "" }
        )),
        (None, error) => Problem::Usage(error.to_string()),
    })
}

/// Whether a password that is made has a place to be stored in.
///
/// # Errors
/// When it has none, or two.
pub(crate) fn is_placed(matches: &ArgMatches, made: bool) -> Result<(), Problem> {
    let place = |name| text(matches, name);
    match (place(flag::SECRET_FILE), place(flag::SECRET_COMMAND)) {
        (Some(_), Some(_)) => Err(Problem::Usage(
            "--secret-file and --secret-command: take one of the two".to_owned(),
        )),
        (None, None) if made && !is_set(matches, flag::SHOW) => Err(Problem::Usage(
            "a password that is made here is known to nobody: say where it goes, with \
             --secret-file or --secret-command, or for one call with --show on a terminal"
                .to_owned(),
        )),
        _ => Ok(()),
    }
}

/// Where a new password is stored, if the flags name a place.
///
/// # Errors
/// When that cannot be used, or a password is made and no place is named.
pub(crate) fn escrow(matches: &ArgMatches, made: bool) -> Result<Option<Escrow>, Problem> {
    is_placed(matches, made)?;
    if let Some(path) = text(matches, flag::SECRET_FILE) {
        let (escrow, torn) = Escrow::file(path.as_ref()).map_err(unusable)?;
        Torn::tell(torn, path.as_ref());
        return Ok(Some(escrow));
    }
    let command = text(matches, flag::SECRET_COMMAND);
    Ok(command.map(|command| Escrow::command(command.clone(), COMMAND_TIME)))
}

/// Where a new password was stored, in words.
pub(crate) fn place(matches: &ArgMatches) -> String {
    match text(matches, flag::SECRET_FILE) {
        Some(path) => format!("in the file {}", shown(path.as_ref())),
        None => "handed to the secret command".to_owned(),
    }
}

pub(crate) fn unusable(error: EscrowError) -> Problem {
    Problem::Local(error.to_string())
}
