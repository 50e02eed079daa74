//! What the reader of pages makes of whole pages: one binary, a module an idea.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod damaged;
mod hostile;
mod kinds;
mod mutations;
mod nothing_silent;
mod pages;
mod reading_shapes;
mod small_print;
mod text_forms;
mod text_reading;

use huaweicloud_pages::facts::{CellOutcome, Facts};
use huaweicloud_pages::{notation, read};

/// What a page says, as the model holds it.
fn facts(name: &str, text: &str) -> Facts {
    read(name, text.as_bytes()).expect("a page")
}

/// What a page says, as it is printed.
fn shown(name: &str, text: &str) -> serde_json::Value {
    notation::facts(&facts(name, text))
}

/// How many cells of a page could not be read.
fn refused(facts: &Facts) -> usize {
    let outcomes = facts.ledger.cells.iter().map(|(.., outcome)| outcome);
    let lost = |outcome: &&CellOutcome| matches!(outcome, CellOutcome::Unreadable(_));
    outcomes.filter(lost).count()
}
