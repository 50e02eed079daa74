//! Tables that stood in a list item and were rendered a cell a line, without bars and without blank
//! lines: the caption runs into the heading of the first column, the other headings follow, a line
//! each, and so do the cells.

use super::lines::{Line, span};
use super::prose::Prose;
use super::rebuild::{Names, Unit, is_anchor, table};
use super::words::{heading, is_outside_tables};
use crate::block::{Block, Text};
use crate::slice::Slice;
use crate::vocabulary::{Column, Section, column, table_number};

/// The most words a column's heading has.
const HEADING_WORDS: usize = 4;

/// Adds lines in which such tables may stand; what stands between them goes to `between`.
pub(super) fn add(
    lines: &[Line<'_>],
    names: &Names,
    prose: &mut Prose,
    mut between: impl FnMut(&[Line<'_>], &mut Prose),
) {
    let mut from = 0;
    let mut index = 0;
    while index < lines.len() {
        let Some(head) = head(lines, index) else {
            index += 1;
            continue;
        };
        between(lines.to(index).from(from), prose);
        let end = end(lines, head.end);
        let cells = units(lines.to(end).from(head.end));
        prose.blocks.push(Block::Table(table(
            &head.cells,
            &cells,
            Some(head.caption),
            names,
        )));
        index = end;
        from = end;
    }
    between(lines.from(from), prose);
}

/// The heading of such a table.
struct Head {
    caption: Text,
    cells: Vec<Unit>,
    /// The first line below it.
    end: usize,
}

/// The heading that begins at a line.
fn head(lines: &[Line<'_>], index: usize) -> Option<Head> {
    let line = lines.get(index)?;
    let at = span(&[*line]);
    let (words, first) = glued(line.trimmed())?;
    let mut seen = vec![column(first)?];
    let mut cells = vec![Unit::new(first, at)];
    let mut end = index + 1;
    while let Some(next) = lines.get(end) {
        let Some(found) = column(next.trimmed()).filter(|found| !seen.contains(found)) else {
            break;
        };
        seen.push(found);
        cells.push(Unit::new(next.trimmed(), span(&[*next])));
        end += 1;
    }
    let tells = seen.iter().any(|column| {
        matches!(
            column,
            Column::Description | Column::Type | Column::Required
        )
    });
    (seen.len() >= 2 && tells).then(|| Head {
        caption: Text::new(words, at),
        cells,
        end,
    })
}

/// Parts "Table 1 Parameters Name" into the caption and the heading of the first column: the longest
/// end that is one, and that leaves a caption with words of its own.
fn glued(text: &str) -> Option<(&str, &str)> {
    if text.chars().count() > 160 || table_number(text).is_none() {
        return None;
    }
    let blanks: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    let ends = blanks.iter().rev().take(HEADING_WORDS).rev();
    ends.filter_map(|at| Some((text.get(..*at)?.trim_end(), text.get(at + 1..)?.trim())))
        .find(|(words, heading)| {
            table_number(words).is_some_and(|(_, words)| !words.is_empty())
                && heading.starts_with(|c: char| c.is_uppercase() || !c.is_ascii())
                && column(heading).is_some_and(is_anchor)
        })
}

/// Where the cells end.
fn end(lines: &[Line<'_>], from: usize) -> usize {
    (from..lines.len())
        .find(|index| {
            let words = lines.get(*index).map_or("", |line| line.trimmed());
            let item = words.strip_prefix("- ").map(str::trim);
            let section =
                heading(item.unwrap_or(words)).filter(|section| *section != Section::Constraints);
            is_outside_tables(words)
                || section.is_some()
                || words.ends_with('|')
                || head(lines, *index).is_some()
        })
        .unwrap_or(lines.len())
}

/// The cells: a line each, and lists with what they belong to.
fn units(lines: &[Line<'_>]) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    for line in lines.iter().filter(|line| !line.trimmed().is_empty()) {
        let words = line.trimmed();
        let at = span(&[*line]);
        let list = words.starts_with("- ") || words.starts_with("• ");
        match out.last_mut() {
            Some(last) if list && last.list => {
                last.text.push('\n');
                last.text.push_str(words);
                last.lines.last = at.last;
            }
            _ => out.push(Unit {
                list,
                ..Unit::new(words, at)
            }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn blocks(text: &str) -> Vec<Block> {
        let mut prose = Prose::default();
        add(
            &lines(text),
            &Names::of(text),
            &mut prose,
            |lines, prose| prose.add(lines),
        );
        prose.blocks
    }

    fn tables(text: &str) -> Vec<crate::block::Table> {
        blocks(text)
            .into_iter()
            .filter_map(|block| {
                if let Block::Table(table) = block {
                    Some(table)
                } else {
                    None
                }
            })
            .collect()
    }

    #[test]
    fn a_table_of_lines_is_read_with_its_caption() {
        let text = "URI\n- Parameters\nTable 1 Gauge parameters Name\nMandatory\nDescription\ngauge_id\nYes\nThe gauge.\nSee the list of gauges.\nbasin\nNo\nThe basin.\nRequest\nNone\n";
        let tables = tables(text);
        assert_eq!(tables.len(), 1);
        let table = &tables[0];
        assert_eq!(
            table.caption.as_ref().map(|caption| caption.text.as_str()),
            Some("Table 1 Gauge parameters")
        );
        let rows: Vec<Vec<(&str, Option<usize>)>> = table
            .rows
            .iter()
            .map(|row| {
                row.iter()
                    .map(|cell| (cell.text.text.as_str(), cell.column))
                    .collect()
            })
            .collect();
        assert_eq!(
            rows,
            [
                vec![
                    ("gauge_id", Some(0)),
                    ("Yes", Some(1)),
                    ("The gauge.\nSee the list of gauges.", Some(2))
                ],
                vec![("basin", Some(0)), ("No", Some(1)), ("The basin.", Some(2))],
            ]
        );
        assert_eq!((table.lines.first, table.lines.last), (3, 12));
    }

    #[test]
    fn a_sentence_about_a_table_is_no_heading() {
        assert!(tables("Table 1 describes the Name\nof each gauge\n").is_empty());
        assert!(tables("Table 1 Gauges\nName\nThe gauge\n").is_empty());
        assert!(tables("Table 2 Name\nDescription\ngauge\n").is_empty());
    }
}
