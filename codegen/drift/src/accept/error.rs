//! Why a review was not recorded, and what to do.

use crate::claim::{Aspect, FactName, in_room};
use crate::day::Day;
use crate::lock::LockError;
use crate::report::quoted;

/// Why a review was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// The lock cannot be written.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The reason is empty.
    #[error("a reason has to say something; write why the document does not follow the page")]
    NoReason,
    /// A fact that does not differ cannot be a deviation.
    #[error("`{name}` does not differ{}", differing(.open))]
    NoDifference {
        /// The fact.
        name: FactName,
        /// The facts that do.
        open: Vec<FactName>,
    },
    /// A page that cannot be read whole would put holes into the record.
    #[error(
        "the page cannot be read at {}, so a review would miss what is said there; if nothing is, accept \
         that first: --fact unreadable/present --reason '…'",
        lines(.at)
    )]
    Unreadable {
        /// The lines.
        at: Vec<usize>,
    },
    /// Much is gone at once.
    #[error(
        "{} things that {} are not on this page: {}; nothing is recorded. If it is the right page, and \
         whole, say of each that it is gone from the API:{}",
        .gone.len(), had(.reviewed), names(.gone), options(.gone)
    )]
    Removals {
        /// What is gone.
        gone: Vec<FactName>,
        /// The day of the review that had it; without one, the document has it.
        reviewed: Option<Day>,
    },
    /// What was named as gone is not.
    #[error("`{name}` is not gone: {}", if .gone.is_empty() { "nothing is".to_owned() } else { format!("gone are {}", names(.gone)) })]
    NoRemoval {
        /// What was named.
        name: FactName,
        /// What is gone.
        gone: Vec<FactName>,
    },
    /// Reviews go forward.
    #[error(
        "{operation} was reviewed on {on_record}, after {day}; give --day {on_record} or a later one"
    )]
    Earlier {
        /// The operation.
        operation: String,
        /// The day of the review on record.
        on_record: Day,
        /// The day that was to be recorded.
        day: Day,
    },
    /// The operation is not there.
    #[error("the operation is not in spec/ any more; run the check again")]
    NoOperation,
}

/// Lines in a message, as many as there is room for.
fn lines(at: &[usize]) -> String {
    let shown = in_room(at.iter().map(ToString::to_string));
    match at.len() {
        1 => format!("line {shown}"),
        _ => format!("the lines {shown}"),
    }
}

fn had(reviewed: &Option<Day>) -> String {
    match reviewed {
        Some(day) => format!("were on the page on {day}"),
        None => "the document has".to_owned(),
    }
}

/// Things by the names that `--accept-removal` takes.
fn removal(name: &FactName) -> String {
    match name.aspect {
        Aspect::Present => name.subject.to_string(),
        _ => name.to_string(),
    }
}

fn names(gone: &[FactName]) -> String {
    in_a_row(gone.iter().map(removal))
}

fn in_a_row(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.map(|it| format!("`{it}`")).collect();
    names.join(", ")
}

fn options(gone: &[FactName]) -> String {
    let options = gone
        .iter()
        .map(|it| format!(" --accept-removal {}", quoted(&removal(it))));
    options.collect()
}

fn differing(open: &[FactName]) -> String {
    match open {
        [] => "; nothing does".to_owned(),
        open => format!(
            "; these do: {}",
            in_a_row(open.iter().map(ToString::to_string))
        ),
    }
}
