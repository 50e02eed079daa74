//! Reads API documentation pages into facts with sources.
//!
//! `form` turns a file into blocks, `read` turns blocks into facts, `combine` makes one of the facts of
//! several files; nothing here knows the spec, and only `vendor` whose pages they are.
//!
//! ```
//! let page = "# Closing a Gate\n\n## URI\n\nPOST /v1/{project_id}/gates/{gate_id}/close\n";
//! let facts = huaweicloud_pages::read("close_gate.md", page.as_bytes())?;
//! assert_eq!(facts.routes[0].value.method, "POST");
//! # Ok::<(), huaweicloud_pages::ReadError>(())
//! ```

pub mod block;
mod combine;
mod error;
mod explorer;
pub mod facts;
pub mod form;
pub mod notation;
mod read;
mod slice;
mod steps;
mod value;
pub mod vendor;
pub mod vocabulary;

pub use combine::{combine, is_another_call, is_same_operation};
pub use error::ReadError;
pub use read::{is_part_label, password_rules, says_no_default, says_no_values};

use block::{Block, Lines};
use facts::{CellOutcome, Facts, SourceFile};
use form::Form;

/// The most tables of a page; real ones have a few dozen.
const MAX_TABLES: usize = 1_000;

/// The most rows of all tables of a page together; real ones have a few hundred.
const MAX_ROWS: usize = 20_000;

/// Reads one page, or one definition of the API Explorer.
///
/// `name` is the file's name: it helps to tell the form, and stands in messages.
///
/// # Errors
/// When the bytes are no text, too large, or nested too deep; when the form cannot be made out;
/// when a definition is no Swagger 2.0. A page without any facts is no error.
pub fn read(name: &str, bytes: &[u8]) -> Result<Facts, ReadError> {
    let text = &*form::composed(form::decode(bytes)?);
    let form = form::detect(name, text);
    let file = SourceFile {
        name: name.to_owned(),
        form,
    };
    let mut facts = facts_of(name, text, form)?;
    facts.files = vec![file];
    facts.unreadable_lines = unreadable_lines(text, &facts);
    Ok(facts)
}

fn unreadable_lines(text: &str, facts: &Facts) -> Vec<String> {
    let cells = facts.ledger.cells.iter();
    let cells = cells.filter(|(_, _, outcome)| matches!(outcome, CellOutcome::Unreadable(_)));
    let cells = cells.map(|(_, at, _)| at);
    let places = facts.unreadable.iter().map(|(_, at)| at).chain(cells);
    let mut places: Vec<(usize, usize)> = places.map(|at| (at.first, at.last)).collect();
    places.sort_unstable();
    let all: Vec<&str> = text.lines().collect();
    // Of lines that several places are on, each once.
    let (mut lines, mut next) = (Vec::new(), 1);
    for (first, last) in places {
        let own = all.get(first.max(next) - 1..last.min(all.len()));
        lines.extend(
            own.unwrap_or_default()
                .iter()
                .map(|line| (*line).to_owned()),
        );
        next = next.max(last + 1);
    }
    lines
}

/// Where characters were lost when a page was saved.
fn lost_characters(blocks: &[Block]) -> impl Iterator<Item = (String, Lines)> {
    let texts = blocks.iter().flat_map(|block| {
        let table = match block {
            Block::Table(table) => Some(table),
            _ => None,
        };
        let rows = table
            .into_iter()
            .flat_map(|it| it.rows.iter().flatten().chain(&it.header));
        block.words().into_iter().chain(rows.map(|cell| &cell.text))
    });
    let lost = texts.filter(|text| text.text.contains(char::REPLACEMENT_CHARACTER));
    lost.map(|text| {
        (
            "characters were lost when the page was saved".to_owned(),
            text.lines,
        )
    })
}

fn facts_of(name: &str, text: &str, form: Form) -> Result<Facts, ReadError> {
    match form {
        Form::Explorer => explorer::facts(name, text),
        form => {
            let blocks = form::blocks(text, form)?;
            let tables = blocks.iter().filter_map(|block| match block {
                Block::Table(table) => Some(table),
                _ => None,
            });
            let (tables, rows) = tables.fold((0, 0), |(tables, rows), table| {
                (tables + 1, rows + table.rows.len())
            });
            for (found, limit) in [(tables, MAX_TABLES), (rows, MAX_ROWS)] {
                if found > limit {
                    return Err(ReadError::TooMany {
                        name: name.to_owned(),
                        found,
                        limit,
                    });
                }
            }
            let mut facts = read::facts(&blocks);
            facts.unreadable.extend(lost_characters(&blocks));
            Ok(facts)
        }
    }
}
