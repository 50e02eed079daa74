//! What came of a call, for people and for scripts.

use huaweicloud_runtime::observe::Outcome as Ended;
use huaweicloud_runtime::{CallError, RateLimited};
use serde::{Deserialize, Serialize};

/// What came of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    /// The service did it.
    Done,
    /// Nothing was sent: it breaks a rule of the document.
    Invalid,
    /// The service, or the gateway before it, said no.
    Refused,
    /// There are no credentials, or they are not accepted.
    Credentials,
    /// It was sent, and nobody knows what became of it.
    MayHaveBeenProcessed,
    /// Too many calls; it was turned away.
    Throttled,
    /// It certainly did not arrive, or something on this machine failed before.
    Failed,
}

/// How a process ends besides: the arguments were wrong.
pub(crate) const USAGE: u8 = 2;
/// How a process ends that was stopped from the keyboard before anything was sent.
pub(crate) const INTERRUPTED: u8 = 130;

/// The exit codes, with what they mean.
pub(crate) const EXIT_CODES: &[(u8, &str)] = &[
    (0, "done"),
    (
        1,
        "failed, and nothing was processed: no connection, or trouble with a file here",
    ),
    (
        USAGE,
        "the arguments, the settings or the plan are wrong; nothing was sent",
    ),
    (
        3,
        "refused before sending: a value breaks a rule of the API",
    ),
    (4, "refused by the service"),
    (5, "no credentials, or they were not accepted"),
    (
        6,
        "MAY HAVE BEEN PROCESSED: sent, and no response that tells; look before sending it again",
    ),
    (7, "throttled: too many calls, and this one was turned away"),
    (
        INTERRUPTED,
        "stopped from the keyboard; nothing was sent, or of a plan no more rows were begun",
    ),
];

impl Outcome {
    /// What an error says of it.
    pub(crate) fn of(error: &dyn CallError) -> Self {
        if error.may_have_been_processed() {
            return Self::MayHaveBeenProcessed;
        }
        // Waiting for a turn longer than a call may take is the same, told by the client.
        let waited = error.source().and_then(|source| source.source());
        let sources = [error.source(), waited];
        let is_waiting = sources
            .into_iter()
            .flatten()
            .any(|it| it.is::<RateLimited>());
        if error.is_throttled() || is_waiting {
            return Self::Throttled;
        }
        match error.outcome() {
            None | Some(Ended::InvalidRequest) => Self::Invalid,
            Some(Ended::Credentials) => Self::Credentials,
            // Who is known and not allowed has good credentials.
            Some(Ended::Responded(status)) if error.is_auth() && status != 403 => Self::Credentials,
            Some(Ended::Responded(_)) => Self::Refused,
            Some(_) => Self::Failed,
        }
    }

    /// The exit code of a process that made one call.
    pub(crate) fn exit(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Invalid => 3,
            Self::Refused => 4,
            Self::Credentials => 5,
            Self::MayHaveBeenProcessed => 6,
            Self::Throttled => 7,
        }
    }

    /// In a word: the one that it is written as wherever it stands.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Invalid => "invalid",
            Self::Refused => "refused",
            Self::Credentials => "credentials",
            Self::MayHaveBeenProcessed => "may-have-been-processed",
            Self::Throttled => "throttled",
            Self::Failed => "failed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes_are_those_that_are_told() {
        let all = [
            Outcome::Done,
            Outcome::Invalid,
            Outcome::Refused,
            Outcome::Credentials,
            Outcome::MayHaveBeenProcessed,
            Outcome::Throttled,
            Outcome::Failed,
        ];
        for outcome in all {
            let known = EXIT_CODES
                .iter()
                .filter(|(code, _)| *code == outcome.exit());
            assert_eq!(known.count(), 1, "{outcome:?}");
            let written = serde_json::to_string(&outcome).unwrap();
            assert_eq!(written, format!("\"{}\"", outcome.word()));
        }
    }
}
