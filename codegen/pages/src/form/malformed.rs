//! What is left of tables that were malformed apart: rows that became paragraphs, tags without their
//! partner. It becomes a broken table, so that it is reported and nothing is read from it.

use super::Form;
use super::rst::{is_grid_border, is_simple_border};
use crate::block::{Block, Cell, Lines, Table};

/// Marks what is left of malformed tables.
pub(super) fn mark(mut blocks: Vec<Block>, text: &str, form: Form) -> Vec<Block> {
    for block in &mut blocks {
        let Block::Paragraph(words) = block else {
            continue;
        };
        if !words.text.lines().any(|line| is_drawn(line, form)) {
            continue;
        }
        let cell = Cell {
            text: words.clone(),
            column: None,
        };
        *block = Block::Table(Table {
            lines: words.lines,
            rows: vec![vec![cell]],
            broken: Some("a piece of a table".to_owned()),
            ..Table::default()
        });
    }
    if form == Form::Restructured {
        unseen(&mut blocks, text);
    }
    if form == Form::Markdown {
        for block in &mut blocks {
            let Block::Code(words) = block else { continue };
            if words
                .text
                .lines()
                .any(|line| line.starts_with("## ") || line.starts_with("<table") || is_rule(line))
            {
                let cell = Cell {
                    text: words.clone(),
                    column: None,
                };
                let broken =
                    Some("a listing that does not end before the next part of the page".to_owned());
                *block = Block::Table(Table {
                    lines: words.lines,
                    rows: vec![vec![cell]],
                    broken,
                    ..Table::default()
                });
            }
        }
    }
    if matches!(form, Form::Html | Form::Markdown) {
        partnerless(&mut blocks, &unpaired(text));
    }
    blocks
}

/// Marks the tables that stand where tags have no partner; what holds no table is one more.
fn partnerless(blocks: &mut Vec<Block>, malformed: &[(usize, usize)]) {
    if malformed.is_empty() {
        return;
    }
    let mut places: Vec<(usize, usize)> = blocks
        .iter()
        .enumerate()
        .filter_map(|(index, block)| match block {
            Block::Table(table) => Some((table.lines.first, index)),
            _ => None,
        })
        .collect();
    places.sort_unstable();
    for (from, to) in malformed {
        let broken = || {
            Some(format!(
                "line {from}: a tag of a table has lost its partner"
            ))
        };
        let start = places.partition_point(|(line, _)| line < from);
        let inside = places
            .get(start..)
            .unwrap_or_default()
            .iter()
            .take_while(|(line, _)| line <= to);
        let mut found = false;
        for (_, index) in inside {
            if let Some(Block::Table(table)) = blocks.get_mut(*index) {
                table.broken = table.broken.take().or_else(broken);
                found = true;
            }
        }
        if !found {
            let lines = Lines::new(*from, *to);
            blocks.push(Block::Table(Table {
                lines,
                broken: broken(),
                ..Table::default()
            }));
        }
    }
}

/// Reports drawn lines that no block holds, as below a directive that was malformed.
fn unseen(blocks: &mut Vec<Block>, text: &str) {
    let mut held: Vec<Lines> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table.lines),
            Block::Code(words) => Some(words.lines),
            _ => None,
        })
        .collect();
    held.sort_unstable();
    let is_held = |number: usize| {
        let after = held.partition_point(|lines| lines.first <= number);
        after
            .checked_sub(1)
            .and_then(|index| held.get(index))
            .is_some_and(|lines| number <= lines.last)
    };
    let first = text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .find(|(number, line)| {
            let line = line.trim();
            (is_grid_border(line) || is_simple_border(line)) && !is_held(*number)
        });
    if let Some((number, _)) = first {
        let broken = Some(format!("line {number}: a table that stands in nothing"));
        blocks.push(Block::Table(Table {
            lines: Lines::of(number),
            broken,
            ..Table::default()
        }));
    }
}

/// Whether a line of a paragraph draws a table.
fn is_drawn(line: &str, form: Form) -> bool {
    let line = line.trim();
    match form {
        Form::Restructured => {
            is_grid_border(line)
                || is_simple_border(line)
                || line.len() > 2 && line.starts_with('|') && line.ends_with('|')
        }
        Form::Markdown => line.starts_with('|') && line.matches('|').count() > 2 || is_rule(line),
        _ => false,
    }
}

/// `|--|--|`, as far as it is left.
fn is_rule(line: &str) -> bool {
    line.contains("--|--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The lines from a tag of a table that has no partner to where that shows.
fn unpaired(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    // The line of each open table, and whether one of its cells is open.
    let mut open: Vec<(usize, bool)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        for piece in line.split('<').skip(1) {
            let name: String = piece
                .chars()
                .take_while(|c| c.is_ascii_alphabetic() || *c == '/')
                .collect();
            match (name.to_ascii_lowercase().as_str(), open.last_mut()) {
                ("table", Some((from, false))) => {
                    out.push((*from, number));
                    *from = number;
                }
                ("table", _) => open.push((number, false)),
                ("td" | "th", Some((_, cell))) => *cell = true,
                // One report for all that is left of the table.
                ("td" | "th" | "/table", None)
                    if out
                        .last()
                        .is_none_or(|(from, to)| from != to || number > to + 50) =>
                {
                    out.push((number, number));
                }
                ("/td" | "/th" | "tr" | "/tr", Some((_, cell))) => *cell = false,
                ("/table", Some(_)) => {
                    open.pop();
                }
                _ => {}
            }
        }
    }
    out.extend(open.into_iter().map(|(from, _)| (from, from)));
    out
}
