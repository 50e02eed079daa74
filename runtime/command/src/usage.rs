//! Arguments that are wrong, told without repeating what may be a secret in the wrong place.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::outcome::USAGE;

/// Tells what is wrong, or what was asked for. Gives the exit code.
/// `decoys` are flags that are never offered.
pub(crate) fn tell(error: &clap::Error, decoys: &[String]) -> u8 {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let argument = text(ContextKind::InvalidArg);
    // The name of a flag is no secret; what stands behind it, or without one, may be.
    let flag = argument
        .filter(|it| it.starts_with("--"))
        .map(|it| it.split(['=', ' ']).next().unwrap_or(it));
    let words = match (error.kind(), flag) {
        (ErrorKind::UnknownArgument, Some(flag)) => {
            let is_offered = |it: &&str| !decoys.iter().any(|decoy| it.starts_with(decoy.as_str()));
            let like = text(ContextKind::SuggestedArg).filter(is_offered);
            let like = like.map(|it| format!("; did you mean {it}?"));
            format!("there is no flag {flag} here{}", like.unwrap_or_default())
        }
        (ErrorKind::UnknownArgument, None) => "an argument is one too many. It is not repeated \
             here: if it is a password, change it, since arguments are seen by everybody on this \
             machine and kept by the shell"
            .to_owned(),
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, Some(flag)) => {
            let possible = match error.get(ContextKind::ValidValue) {
                Some(ContextValue::Strings(words)) if !words.is_empty() => {
                    format!("; it is one of {}", words.join(", "))
                }
                _ => String::new(),
            };
            let given = text(ContextKind::InvalidValue).unwrap_or_default();
            match given.is_empty() {
                true => format!("{flag} needs a value{possible}"),
                false => format!("{flag}: what is given is none of its values{possible}"),
            }
        }
        (ErrorKind::InvalidSubcommand, _) => {
            let like = match error.get(ContextKind::SuggestedSubcommand) {
                Some(ContextValue::Strings(words)) if !words.is_empty() => {
                    format!("; did you mean {}?", words.join(" or "))
                }
                _ => String::new(),
            };
            format!("there is no such subcommand{like}")
        }
        _ => {
            // Help and versions too, which go to standard output.
            let _ = error.print();
            return match error.exit_code() {
                0 => 0,
                _ => USAGE,
            };
        }
    };
    eprintln!("error: {words}\n\nFor more, try --help.");
    USAGE
}
