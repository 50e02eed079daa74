//! Faults: what goes wrong between a client and a service, on purpose and the same each time.
//!
//! A fault comes by a header for one call, or by a rule: for a share of calls, or for certain calls of
//! each resource. Which calls a share meets follows from the seed, the rule, the operation, the
//! resource, and how many calls of that resource there were; not from the order in which the calls of
//! several resources arrive. So the same seed makes the same faults however calls overlap.

mod plan;
pub(crate) mod socket;

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(crate) use self::plan::Meets;
pub use self::plan::{FaultPlan, FaultRule, PlanError};

/// Something that goes wrong with a call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The service does what was asked, and its response comes this much later.
    Delay(Duration),
    /// Nothing is done, and no response ever comes.
    Stall,
    /// The connection is reset before credentials are looked at.
    Refuse,
    /// The connection is reset before the service does anything.
    ResetBefore,
    /// The connection is reset after the service has done what was asked.
    ResetAfter,
    /// The service does what was asked; the connection ends in the middle of the body.
    Break,
    /// The service does what was asked; the response promises more bytes than it has.
    WrongLength,
    /// The service does what was asked; the body comes byte by byte, with this much time between.
    Trickle(Duration),
    /// 302 to another path, and nothing is done.
    Redirect,
    /// 429, and nothing is done; `Retry-After` says so many seconds.
    Throttle(u32),
    /// 429 without `Retry-After`, and nothing is done.
    ThrottleSilent,
    /// An error of this status, 500 to 599, and nothing is done.
    ServerError(u16),
    /// 200 with a page for people, and nothing is done.
    Html,
    /// The clock of the gateway is this much ahead, in its judgement of a signature and in `Date`.
    WrongClock(Duration),
    /// The service does what was asked; its body is not what the document says.
    Misfit,
}

/// A fault by its word: what it is without a value, and with one.
struct Word {
    word: &'static str,
    /// What it does, for people.
    meaning: &'static str,
    make: fn(Option<&str>) -> Option<Fault>,
}

const WORDS: [Word; 16] = [
    Word {
        word: "delay",
        meaning: "The response comes later: `delay=250ms`, one second without a value.",
        make: |it| Some(Fault::Delay(time(it, 1)?)),
    },
    Word {
        word: "stall",
        meaning: "Nothing is done, and no response comes.",
        make: |it| without(it, Fault::Stall),
    },
    Word {
        word: "refuse",
        meaning: "The connection is reset before credentials are looked at.",
        make: |it| without(it, Fault::Refuse),
    },
    Word {
        word: "reset-before",
        meaning: "The connection is reset before the service does anything.",
        make: |it| without(it, Fault::ResetBefore),
    },
    Word {
        word: "reset-after",
        meaning: "The service does what was asked; the connection is reset instead of a response.",
        make: |it| without(it, Fault::ResetAfter),
    },
    Word {
        word: "break",
        meaning: "The service does what was asked; the connection ends within the body.",
        make: |it| without(it, Fault::Break),
    },
    Word {
        word: "wrong-length",
        meaning: "The service does what was asked; the response promises more than it has.",
        make: |it| without(it, Fault::WrongLength),
    },
    Word {
        word: "trickle",
        meaning: "The service does what was asked; the body comes byte by byte: `trickle=50ms`.",
        make: |it| Some(Fault::Trickle(time(it, 1)?)),
    },
    Word {
        word: "redirect",
        meaning: "302 to another path; nothing is done.",
        make: |it| without(it, Fault::Redirect),
    },
    Word {
        word: "throttle",
        meaning: "429 with `Retry-After`, one second without a value: `throttle=5`; nothing is done.",
        make: |it| Some(Fault::Throttle(it.map_or(Some(1), |it| it.parse().ok())?)),
    },
    Word {
        word: "throttle-silent",
        meaning: "429 without `Retry-After`; nothing is done.",
        make: |it| without(it, Fault::ThrottleSilent),
    },
    Word {
        word: "unavailable",
        meaning: "503; nothing is done.",
        make: |it| without(it, Fault::ServerError(503)),
    },
    Word {
        word: "internal-error",
        meaning: "500, or another status from 500 to 599: `internal-error=502`; nothing is done.",
        make: |it| {
            let status = it.map_or(Some(500), |it| it.parse().ok())?;
            (500..600)
                .contains(&status)
                .then_some(Fault::ServerError(status))
        },
    },
    Word {
        word: "html",
        meaning: "200 with a page for people; nothing is done.",
        make: |it| without(it, Fault::Html),
    },
    Word {
        word: "wrong-clock",
        meaning: "The clock of the gateway is ahead: `wrong-clock=20m`, an hour without a value.",
        make: |it| Some(Fault::WrongClock(time(it, 3600)?)),
    },
    Word {
        word: "misfit",
        meaning: "The service does what was asked; its body is not what the document says.",
        make: |it| without(it, Fault::Misfit),
    },
];

impl Fault {
    /// Every fault by its word, with what it does.
    pub fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
        WORDS.iter().map(|it| (it.word, it.meaning))
    }

    /// Whether it is done to the body of a response.
    pub(crate) fn is_of_the_body(&self) -> bool {
        matches!(
            self,
            Self::Break | Self::WrongLength | Self::Trickle(_) | Self::Misfit
        )
    }

    /// Whether the response is made by the service, or at least is to be.
    pub(crate) fn reaches_the_service(&self) -> bool {
        matches!(
            self,
            Self::Delay(_)
                | Self::ResetAfter
                | Self::Break
                | Self::WrongLength
                | Self::Trickle(_)
                | Self::WrongClock(_)
                | Self::Misfit
        )
    }
}

fn without(value: Option<&str>, fault: Fault) -> Option<Fault> {
    value.is_none().then_some(fault)
}

/// The longest time that a fault takes: a year.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

fn time(value: Option<&str>, seconds: u64) -> Option<Duration> {
    match value {
        None => Some(Duration::from_secs(seconds)),
        Some(text) => humantime::parse_duration(text)
            .ok()
            .filter(|it| *it <= LONGEST),
    }
}

/// A word that names no fault, or a value that it does not take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` {problem}")]
pub struct UnknownFault {
    given: String,
    problem: String,
}

fn words() -> String {
    let words: Vec<_> = Fault::words().map(|(word, _)| word).collect();
    words.join(", ")
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        let (word, value) = match text.split_once('=') {
            Some((word, value)) => (word.trim(), Some(value.trim())),
            None => (text.trim(), None),
        };
        let found = WORDS.iter().find(|it| it.word == word);
        let problem = match found {
            Some(found) => match (found.make)(value) {
                Some(fault) => return Ok(fault),
                None => format!("has a value that it does not take. {}", found.meaning),
            },
            None => format!("is no fault; there are: {}", words()),
        };
        let given = crate::response::header_text(text);
        let given = given.chars().take(40).collect();
        Err(UnknownFault { given, problem })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = |time: &Duration| humantime::format_duration(*time).to_string();
        match self {
            Self::Delay(by) => write!(f, "delay={}", time(by).replace(' ', "")),
            Self::Stall => f.write_str("stall"),
            Self::Refuse => f.write_str("refuse"),
            Self::ResetBefore => f.write_str("reset-before"),
            Self::ResetAfter => f.write_str("reset-after"),
            Self::Break => f.write_str("break"),
            Self::WrongLength => f.write_str("wrong-length"),
            Self::Trickle(by) => write!(f, "trickle={}", time(by).replace(' ', "")),
            Self::Redirect => f.write_str("redirect"),
            Self::Throttle(seconds) => write!(f, "throttle={seconds}"),
            Self::ThrottleSilent => f.write_str("throttle-silent"),
            Self::ServerError(503) => f.write_str("unavailable"),
            Self::ServerError(status) => write!(f, "internal-error={status}"),
            Self::Html => f.write_str("html"),
            Self::WrongClock(by) => write!(f, "wrong-clock={}", time(by).replace(' ', "")),
            Self::Misfit => f.write_str("misfit"),
        }
    }
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fault {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_and_written_the_same() {
        for (word, _) in Fault::words() {
            let fault: Fault = word.parse().unwrap();
            assert_eq!(fault.to_string().parse(), Ok(fault), "{word}");
        }
        assert_eq!(
            "delay=250ms".parse(),
            Ok(Fault::Delay(Duration::from_millis(250)))
        );
        for wrong in [
            "",
            "dely",
            "delay=soon",
            "wrong-clock=9000y",
            "stall=1",
            "internal-error=200",
        ] {
            let error = wrong.parse::<Fault>().unwrap_err().to_string();
            let is_value = wrong.contains('=');
            assert_eq!(error.contains("a value"), is_value, "{error}");
            assert_ne!(error.contains("reset-after"), is_value, "{error}");
        }
    }
}
