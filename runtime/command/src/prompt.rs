//! Asking for a secret on the terminal.
//!
//! The terminal is asked, and not standard input, which may be a file. What is typed is not shown,
//! and however the asking ends, the terminal is as it was before: by Ctrl-C, Ctrl-\, Ctrl-Z, Ctrl-D,
//! `kill`, or the end of the line to it. Only SIGKILL leaves no time for that.

#[cfg(unix)]
mod signals;
#[cfg(unix)]
mod terminal;

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests;

use huaweicloud_runtime::Password;

/// How often a secret is asked for before that is given up.
const TRIES: usize = 3;
/// The longest secret that is typed, in bytes. A terminal cuts longer lines off without a word.
const LONGEST: usize = 1024;

/// Why there is no secret. Nothing of what was typed is shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PromptError {
    #[error("there is no terminal to ask for the secret on")]
    NoTerminal,
    /// The process is to end, with [`exit_code`](Self::exit_code).
    #[error("interrupted at the prompt; nothing was sent")]
    Interrupted {
        /// The number of the signal.
        signal: i32,
    },
    #[error("the input ended at the prompt (Ctrl-D); nothing was sent")]
    Ended,
    #[error("no secret after {TRIES} tries ({0}); nothing was sent")]
    GaveUp(Refusal),
    #[error("the terminal cannot be asked: {0}")]
    Terminal(String),
}

impl PromptError {
    /// What a shell expects of a process that ends so, where it expects something: 130 for Ctrl-C.
    pub(crate) fn exit_code(&self) -> Option<u8> {
        match self {
            Self::Interrupted { signal } => u8::try_from(128 + signal).ok(),
            Self::Ended => Some(130),
            _ => None,
        }
    }
}

/// What is wrong with what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("the two are not the same")]
    Mismatch,
    #[error("it is empty")]
    Empty,
    #[error("it is longer than {LONGEST} bytes; put it in a file")]
    TooLong,
    #[error("it is not UTF-8 text")]
    NotText,
    #[error("it holds a control character, as of an arrow key")]
    Control,
}

/// Asks for a secret, and for the same again where it is to be confirmed. The label is shown before a
/// colon: `New password`.
#[cfg(unix)]
pub(crate) fn ask(label: &str, confirm: bool) -> Result<Password, PromptError> {
    let mut terminal = terminal::Hidden::open()?;
    let mut last = Refusal::Empty;
    for _ in 0..TRIES {
        match once(&mut terminal, label, confirm)? {
            Ok(secret) => return Ok(secret),
            Err(refusal) => {
                terminal.say(&format!("Not taken: {refusal}.\n"))?;
                last = refusal;
            }
        }
    }
    Err(PromptError::GaveUp(last))
}

#[cfg(unix)]
fn once(
    terminal: &mut terminal::Hidden,
    label: &str,
    confirm: bool,
) -> Result<Result<Password, Refusal>, PromptError> {
    let typed = match taken(&terminal.line(&format!("{label}: "))?) {
        Ok(typed) => typed,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if confirm {
        let again = terminal.line(&format!("{label} again: "))?;
        if !taken(&again).is_ok_and(|again| again == typed) {
            return Ok(Err(Refusal::Mismatch));
        }
    }
    Ok(Ok(typed))
}

/// A line that was typed, as a secret.
#[cfg(unix)]
fn taken(line: &[u8]) -> Result<Password, Refusal> {
    if line.len() > LONGEST {
        return Err(Refusal::TooLong);
    }
    match std::str::from_utf8(line) {
        Ok("") => Err(Refusal::Empty),
        Ok(text) if text.chars().any(char::is_control) => Err(Refusal::Control),
        Ok(text) => Ok(Password::from(text)),
        Err(_) => Err(Refusal::NotText),
    }
}

/// Nobody is asked here: without signals to catch, echo could stay off for good.
#[cfg(not(unix))]
pub(crate) fn ask(_label: &str, _confirm: bool) -> Result<Password, PromptError> {
    Err(PromptError::NoTerminal)
}

/// To be called by who handles SIGINT, SIGTERM and SIGHUP from here on, as a batch does that ends what
/// runs: after an asking they would end the process otherwise.
pub(crate) fn leave_to_caller() {
    #[cfg(unix)]
    signals::leave_to_caller();
}
