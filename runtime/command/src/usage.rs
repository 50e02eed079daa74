//! Arguments that are wrong, told without repeating what may be a secret in the wrong place.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::outcome::USAGE;
use crate::problem::Problem;
use crate::report::write_problem;
use crate::say::say;
use crate::settings::{Format, OUTPUT, OUTPUT_VARIABLE};

/// What is said of a value in the wrong place.
const NOT_REPEATED: &str = "It is not repeated here: if it is a password, change it, since arguments \
                            are seen by everybody on this machine and kept by the shell";

/// Tells what is wrong, or what was asked for. Gives the exit code. `decoys` are flags that are never
/// offered.
pub(crate) fn tell(error: &clap::Error, decoys: &[String]) -> u8 {
    match told(error, decoys) {
        Some(words) => {
            let problem = Problem::Usage(words);
            if !asked(std::env::args_os()).is_some_and(|it| write_problem(&problem, it)) {
                say(format_args!("error: {problem}\n\nFor more, try --help."));
            }
            USAGE
        }
        None => {
            // Where nobody reads on, there is nobody to tell.
            let _ = error.print();
            if error.exit_code() == 0 { 0 } else { USAGE }
        }
    }
}

/// The form that was asked for: arguments that clap could not read may still say it.
fn asked(arguments: impl Iterator<Item = OsString>) -> Option<Format> {
    let arguments: Vec<OsString> = arguments.collect();
    let flag = format!("--{OUTPUT}");
    let mut words = arguments.iter().enumerate().filter_map(|(at, argument)| {
        let rest = argument.to_str()?.strip_prefix(&flag)?;
        match rest.strip_prefix('=') {
            None if rest.is_empty() => arguments.get(at + 1)?.to_str(),
            word => word,
        }
    });
    match words.next_back() {
        Some(word) => Format::of(word),
        None => Format::of(&std::env::var(OUTPUT_VARIABLE).ok()?),
    }
}

/// What is wrong, where clap would repeat what was given.
fn told(error: &clap::Error, decoys: &[String]) -> Option<String> {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let list = |kind| match error.get(kind) {
        Some(ContextValue::Strings(words)) if !words.is_empty() => Some(words.as_slice()),
        _ => None,
    };
    // The name of a flag is no secret; what stands behind it, or without one, may be.
    let argument = text(ContextKind::InvalidArg);
    let flag = argument.filter(|it| it.starts_with("--"));
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let flag = flag.map(|it| it.split(|c| !is_name(c)).next().unwrap_or(it));
    // Where a value is what is wrong, the argument is the command's own.
    let own = flag.or(argument).unwrap_or("an argument");
    Some(match (error.kind(), flag) {
        (ErrorKind::UnknownArgument, Some(flag)) => {
            let is_offered = |it: &&str| !decoys.iter().any(|decoy| decoy == it);
            let like = text(ContextKind::SuggestedArg).filter(is_offered);
            let like = like.map(|it| format!("; did you mean {it}?"));
            format!("there is no flag {flag} here{}", like.unwrap_or_default())
        }
        (ErrorKind::UnknownArgument, None) => {
            format!("an argument is one too many. {NOT_REPEATED}")
        }
        (ErrorKind::TooManyValues, _) => format!("{own} takes no value. {NOT_REPEATED}"),
        // The usage that clap would show besides lists what the environment sets as needed too.
        (ErrorKind::MissingRequiredArgument, _) => {
            let needed = list(ContextKind::InvalidArg)?;
            format!("needed and not given: {}", needed.join(", "))
        }
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, _) => {
            let possible = list(ContextKind::ValidValue);
            let possible = possible.map(|words| format!("; it is one of {}", words.join(", ")));
            let possible = possible.unwrap_or_default();
            match text(ContextKind::InvalidValue).unwrap_or_default() {
                "" => format!("{own} needs a value{possible}"),
                _ => format!("{own}: what is given is none of its values{possible}"),
            }
        }
        (ErrorKind::InvalidSubcommand, _) => {
            let like = list(ContextKind::SuggestedSubcommand);
            let like = like.map(|words| format!("; did you mean {}?", words.join(" or ")));
            format!("there is no such subcommand{}", like.unwrap_or_default())
        }
        (ErrorKind::InvalidUtf8, _) => {
            "an argument, or a variable HWC_…, is no UTF-8 text".to_owned()
        }
        (ErrorKind::ArgumentConflict | ErrorKind::MissingSubcommand, _)
        | (ErrorKind::DisplayHelp | ErrorKind::DisplayVersion, _)
        | (ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand, _) => return None,
        _ => format!("{own}: it is not used as it is here. {NOT_REPEATED}"),
    })
}

#[cfg(test)]
mod tests {
    use clap::{Arg, ArgAction, Command};

    use super::*;

    fn words(arguments: &[&str]) -> Option<String> {
        let needs = Arg::new("needed").long("needed").required(true);
        let set = Arg::new("set").long("set").action(ArgAction::SetTrue);
        let needing = Command::new("t").arg(needs).arg(set.clone());
        let command = Command::new("c").subcommand(needing).subcommand(
            Command::new("s")
                .arg(Arg::new("file").long("password-file"))
                .arg(
                    Arg::new("password")
                        .long("password")
                        .hide(true)
                        .num_args(0..=1),
                )
                .arg(Arg::new("kind").long("kind").value_parser(["one", "two"]))
                .arg(
                    Arg::new("perhaps")
                        .long("perhaps")
                        .num_args(0..=1)
                        .require_equals(true)
                        .value_parser(["true", "false"]),
                )
                .arg(set)
                .arg(Arg::new("shell").value_name("SHELL").value_parser(["sh"])),
        );
        let error = command.try_get_matches_from(arguments).unwrap_err();
        told(&error, &["--password".to_owned()])
    }

    #[test]
    fn the_form_is_found_among_arguments_that_are_wrong() {
        for (arguments, expected) in [
            (
                &["c", "--output", "json", "--wrong"][..],
                Some(Format::Json),
            ),
            (&["c", "--wrong", "--output=yaml"], Some(Format::Yaml)),
            (
                &["c", "--output=json", "--output", "yaml"],
                Some(Format::Yaml),
            ),
            (&["c", "--output", "xml"], None),
            (&["c", "--outputs=json"], None),
            (&["c", "--output"], None),
        ] {
            let arguments = arguments.iter().map(OsString::from);
            assert_eq!(asked(arguments.clone()), expected, "{arguments:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_and_never_what_was_given() {
        for (arguments, expected) in [
            (&["c", "s", "sh", "Secret-Sec12"][..], "one too many"),
            (
                &["c", "s", "Secret-Sec12"],
                "[SHELL]: what is given is none of its values; it is one of sh",
            ),
            (
                &["c", "s", "--pasword=Secret-Sec12"],
                "there is no flag --pasword here",
            ),
            (
                &["c", "s", "--passwort-file", "Secret-Sec12"],
                "did you mean --password-file?",
            ),
            (&["c", "s", "-pSecret-Sec12"], "one too many"),
            (&["c", "s", "--set=Secret-Sec12"], "--set takes no value"),
            (
                &["c", "s", "--password:Secret-Sec12"],
                "there is no flag --password here",
            ),
            (&["c", "s", "--perhaps=Secret-Sec12"], "--perhaps: what"),
            (
                &["c", "t", "--set"],
                "needed and not given: --needed <needed>",
            ),
            (
                &["c", "s", "--kind=Secret-Sec12"],
                "none of its values; it is one of one, two",
            ),
            (
                &["c", "s", "--kind"],
                "--kind needs a value; it is one of one, two",
            ),
            (&["c", "Secret-Sec12"], "there is no such subcommand"),
        ] {
            let words = words(arguments).unwrap();
            assert!(words.contains(expected), "{arguments:?}: {words}");
            assert!(!words.contains("Secret"), "{words}");
        }
        // A decoy is never offered.
        let words = words(&["c", "s", "--pasword"]).unwrap();
        assert!(!words.contains("did you mean --password?"), "{words}");
    }
}
