//! What is to be done about each row.

use std::collections::HashSet;

use openapi_client_runtime::sanitize::{self, sanitized};

use super::job::Job;
use super::journal::{Known, Rows};
use crate::outcome::Outcome;
use crate::problem::Problem;
use crate::say::say;

/// What is to be done about a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// It is called.
    Send,
    /// It was done before.
    Skip,
    /// Somebody says that it was done.
    Settle,
    /// It may have been processed, and nobody said that it may be sent again.
    Hold,
    /// It is not its turn: only others are looked at.
    Leave,
}

impl Next {
    /// In a word or a few.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Send => "would be sent",
            Self::Skip => "was done before",
            Self::Settle => "would be taken for done",
            Self::Hold => "is held back: it may have been processed",
            Self::Leave => "is left alone",
        }
    }
}

/// What was said of rows, by their keys.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) again: &'a [String],
    pub(super) done: &'a [String],
    /// All are left alone but those whose end nobody knows.
    pub(super) verifies: bool,
}

/// Decides for every job, by what the journal knows and what was said.
///
/// # Errors
/// When a row is named that is done, or for both.
pub(super) fn of<C>(jobs: &[Job<C>], known: &Rows, said: Said<'_>) -> Result<Vec<Next>, Problem> {
    let decide = |job: &Job<C>| {
        let outcome = known.get(&job.key).map(Known::outcome);
        let (again, done) = (said.again.contains(&job.key), said.done.contains(&job.key));
        let wrong = match (again, done, outcome) {
            (true, true, _) => "is named by --again and by --done",
            (true, _, Some(Outcome::Done)) => {
                "is done; to do it once more, begin anew with another --journal"
            }
            _ => return Ok(decided(outcome, job.is_safe(), again, done, said.verifies)),
        };
        let row = sanitized(&job.name, sanitize::NAME);
        Err(Problem::Usage(format!("the row {row} {wrong}")))
    };
    jobs.iter().map(decide).collect()
}

/// Tells of rows that may have been processed and that the plan has no longer.
pub(super) fn tell_forgotten<C>(jobs: &[Job<C>], known: &Rows) {
    let planned: HashSet<_> = jobs.iter().map(|job| job.key.as_str()).collect();
    let forgotten = known.iter().filter(|(key, known)| {
        known.outcome() == Outcome::MayHaveBeenProcessed && !planned.contains(key.as_str())
    });
    let count = forgotten.count();
    if count > 0 {
        say(format_args!(
            "of the rows that may have been processed, {count} are in the journal and not in the \
             plan any more"
        ));
    }
}

fn decided(
    outcome: Option<Outcome>,
    is_safe: bool,
    again: bool,
    done: bool,
    verifies: bool,
) -> Next {
    match outcome {
        Some(Outcome::Done) => Next::Skip,
        // Whoever says so, looked.
        _ if done => Next::Settle,
        // The service is asked by making the call, where a second one does no harm.
        Some(Outcome::MayHaveBeenProcessed) if again || is_safe => Next::Send,
        Some(Outcome::MayHaveBeenProcessed) => Next::Hold,
        _ if verifies => Next::Leave,
        _ => Next::Send,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_have_been_processed_is_sent_again_only_when_that_is_said_or_harmless() {
        use Next::{Hold, Leave, Send, Settle, Skip};
        use Outcome::{Done, Failed, MayHaveBeenProcessed as Maybe, Refused};

        for (outcome, is_safe, again, done, verifies, next) in [
            (None, false, false, false, false, Send),
            (None, false, false, false, true, Leave),
            (Some(Done), false, false, false, false, Skip),
            (Some(Done), true, true, true, true, Skip),
            (Some(Maybe), false, false, false, false, Hold),
            (Some(Maybe), false, false, false, true, Hold),
            (Some(Maybe), false, true, false, false, Send),
            (Some(Maybe), false, false, true, false, Settle),
            (Some(Maybe), false, true, true, false, Settle),
            (Some(Maybe), true, false, false, true, Send),
            (Some(Refused), false, false, false, false, Send),
            (Some(Refused), false, false, true, false, Settle),
            (None, false, false, true, false, Settle),
            (Some(Failed), false, false, false, true, Leave),
        ] {
            assert_eq!(
                decided(outcome, is_safe, again, done, verifies),
                next,
                "{outcome:?} {is_safe} {again} {done} {verifies}"
            );
        }
    }
}
