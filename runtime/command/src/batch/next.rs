//! What is to be done about each row.

use super::job::Job;
use super::journal::{Known, Rows};
use crate::outcome::Outcome;

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
            Self::Send => "is sent",
            Self::Skip => "was done before",
            Self::Settle => "is taken for done",
            Self::Hold => "is held back: it may have been processed",
            Self::Leave => "is left alone",
        }
    }
}

/// Decides for every job, by what the journal knows and what was said of rows by their keys.
/// `verifies` leaves all alone but those whose end nobody knows.
pub(super) fn of<C>(
    jobs: &[Job<C>],
    known: &Rows,
    again: &[&str],
    done: &[&str],
    verifies: bool,
) -> Vec<Next> {
    let decide = |job: &Job<C>| {
        let is_in = |keys: &[&str]| keys.contains(&job.key.as_str());
        let outcome = known.get(&job.key).map(Known::outcome);
        decided(outcome, job.is_safe(), is_in(again), is_in(done), verifies)
    };
    jobs.iter().map(decide).collect()
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
        Some(Outcome::MayHaveBeenProcessed) if done => Next::Settle,
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
            // Whoever says both, looked.
            (Some(Maybe), false, true, true, false, Settle),
            (Some(Maybe), true, false, false, true, Send),
            (Some(Refused), false, false, false, false, Send),
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
