//! Tables that stood in a list item and were rendered a cell a line, without bars and without blank
//! lines: the caption runs into the heading of the first column, the other headings follow, a line
//! each, and so do the cells.

use super::lines::{Line, span};
use super::prose::Found;
use super::rebuild::{Names, Unit, is_anchor, table, units};
use super::words::{ends_table, is_kind, item};
use crate::block::Text;
use crate::slice::Slice;
use crate::vocabulary::{Column, column, name_like, table_number};

/// The most words a column's heading has.
const HEADING_WORDS: usize = 4;

/// Finds such tables.
pub(super) fn find(lines: &[Line<'_>], names: &Names) -> Vec<Found> {
    let mut out = Vec::new();
    let mut index = 0;
    while index < lines.len() {
        let Some(head) = head(lines, index) else {
            index += 1;
            continue;
        };
        let first = index;
        index = end(lines, head.end);
        let cells = units(lines.to(index).from(head.end), |above, below| {
            above.list && item(below).is_some()
        });
        let mut table = table(&head.cells, &cells, names);
        table.caption = Some(head.caption);
        out.push(Found {
            first,
            end: index,
            tables: vec![table],
        });
    }
    out
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
    let ends = |index: usize, line: &Line<'_>| {
        let words = line.trimmed();
        // A parameter may be called "Authorization": its type follows.
        let is_name = name_like(words) && lines.is_at(index + 1, |next| is_kind(next.trimmed()));
        ends_table(item(words).unwrap_or(words)) && !is_name || words.ends_with('|')
    };
    let mut below = from..lines.len();
    below
        .find(|index| {
            lines.is_at(*index, |line| ends(*index, line)) || head(lines, *index).is_some()
        })
        .unwrap_or(lines.len())
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn tables(text: &str) -> Vec<crate::block::Table> {
        let found = find(&lines(text), &Names::of(text)).into_iter();
        found.flat_map(|found| found.tables).collect()
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
