//! What is left of tables that were malformed apart: rows that became paragraphs, tags without their
//! partner. It becomes a broken table, so that it is reported and nothing is read from it.

use crate::block::{Block, Lines, Table};
use crate::form::words::is_rule;
use crate::slice::Slice;

/// Makes paragraphs that draw a piece of a table what is left of one.
pub(super) fn pieces(blocks: &mut [Block], is_drawn: fn(&str) -> bool) {
    for block in blocks {
        if let Block::Paragraph(words) = block
            && words.text.lines().any(|line| is_drawn(line.trim()))
        {
            let table = Table::broken("a piece of a table", words.lines, [words.clone()]);
            *block = Block::Table(table);
        }
    }
}

/// Makes listings that run on into the next part of the page what is left of a table.
pub(super) fn open_listings(blocks: &mut [Block]) {
    let runs_on =
        |line: &str| line.starts_with("## ") || line.starts_with("<table") || is_rule(line);
    for block in blocks {
        if let Block::Code(words) = block
            && words.text.lines().any(runs_on)
        {
            let why = "a listing that does not end before the next part of the page";
            *block = Block::Table(Table::broken(why, words.lines, [words.clone()]));
        }
    }
}

/// Marks the tables of HTML whose tags have lost their partner.
pub(super) fn tags(mut blocks: Vec<Block>, text: &str) -> Vec<Block> {
    let (mut malformed, open) = unpaired(text);
    if let Some(from) = open {
        // The page ends in its last table: all rows but the last are whole.
        match blocks.last_mut() {
            Some(Block::Table(table)) if is_open(table, from) => table.cut = true,
            _ => malformed.push((from, from)),
        }
    }
    partnerless(&mut blocks, &malformed);
    blocks
}

/// Whether a table is the one that a line opens.
fn is_open(table: &Table, from: usize) -> bool {
    let lines = table.lines;
    table.broken.is_none() && (lines.first..=lines.last).contains(&from)
}

/// Marks the tables that stand where tags have no partner; what holds no table is one more.
fn partnerless(blocks: &mut Vec<Block>, malformed: &[(usize, usize)]) {
    if malformed.is_empty() {
        return;
    }
    let mut places: Vec<(Lines, usize)> = blocks
        .iter()
        .enumerate()
        .filter_map(|(index, block)| match block {
            Block::Table(table) => Some((table.lines, index)),
            _ => None,
        })
        .collect();
    places.sort_unstable();
    for (from, to) in malformed {
        let why = format!("line {from}: a tag of a table has lost its partner");
        let start = places.partition_point(|(lines, _)| lines.last < *from);
        let inside = places.from(start).upto(|(lines, _)| lines.first > *to);
        let mut found = false;
        for (_, index) in inside {
            crate::steps::count(1);
            if let Some(Block::Table(table)) = blocks.get_mut(*index) {
                table.broken.get_or_insert_with(|| why.clone());
                found = true;
            }
        }
        if !found {
            let lines = Lines::new(*from, *to);
            blocks.push(Block::Table(Table::broken(why, lines, [])));
        }
    }
}

/// The lines from a tag of a table that has no partner to where that shows, and the line of the table
/// that is open at the end, when only one is.
fn unpaired(text: &str) -> (Vec<(usize, usize)>, Option<usize>) {
    let mut out = Vec::new();
    // The line of each open table, and whether one of its cells is open.
    let mut open: Vec<(usize, bool)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        for piece in line.split('<').skip(1) {
            crate::steps::count(1);
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
    match open.as_slice() {
        [(from, _)] => (out, Some(*from)),
        open => {
            out.extend(open.iter().map(|(from, _)| (*from, *from)));
            (out, None)
        }
    }
}
