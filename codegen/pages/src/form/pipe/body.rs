//! The cells below a heading, in each dialect.

use super::head::{Dialect, Head, bars};
use crate::form::lines::{Line, span};
use crate::form::rebuild::Unit;
use crate::form::words::{heading, is_json_start, is_outside_tables, split_row};
use crate::slice::Slice;
use crate::vocabulary::{Section, column};

/// The most lines below a blank one in which the end of a row is looked for.
const MAX_ROW_LINES: usize = 40;

/// The cells below a rule.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// The cells in rows, as far as the bars show them.
    pub(super) rows: Vec<Vec<Unit>>,
    /// Where the table ends.
    pub(super) end: usize,
    /// What is wrong, when a cell is never closed.
    pub(super) broken: Option<String>,
    /// No table follows.
    last: bool,
    /// The page ends within the last row.
    pub(super) cut: bool,
}

impl Body {
    /// The body in parts, each but the first beginning with a row that is a heading.
    pub(super) fn parted(&self) -> Vec<Self> {
        let is_heading =
            |row: &Vec<Unit>| row.len() >= 2 && row.iter().all(|unit| column(&unit.text).is_some());
        let mut parts = vec![Self {
            end: self.end,
            ..Self::default()
        }];
        for row in &self.rows {
            if is_heading(row) {
                parts.push(Self {
                    end: self.end,
                    ..Self::default()
                });
            }
            if let Some(part) = parts.last_mut() {
                part.rows.push(row.clone());
            }
        }
        if let Some(part) = parts.last_mut() {
            part.broken.clone_from(&self.broken);
            part.cut = self.cut;
        }
        parts
    }

    /// Reads the cells below a heading; `lines` end where the next heading begins, or with the page
    /// when it is the last.
    pub(super) fn read(lines: &[Line<'_>], head: &Head, last: bool) -> Self {
        let mut body = Self {
            end: head.rule + 1,
            last,
            ..Self::default()
        };
        match head.dialect {
            Dialect::Rows => body.row_lines(lines, head.columns),
            Dialect::Cells => body.cell_lines(lines, head.columns),
            Dialect::BarredCells => body.barred_cell_lines(lines, head.columns),
        }
        // Cells that go on below the end show that the rows above are not what they seem.
        let left = lines
            .iter()
            .skip(body.end)
            .take_while(|line| !ends_table(line.trimmed()))
            .find(|line| line.trimmed().ends_with('|'));
        if let Some(left) = left
            && body.broken.is_none()
        {
            body.broken = Some(format!(
                "line {}: a cell stands here outside of any row",
                left.number
            ));
        }
        body
    }

    fn row_lines(&mut self, lines: &[Line<'_>], columns: usize) {
        while let Some(line) = lines.get(self.end) {
            let words = line.trimmed();
            if !words.contains('|') || is_json_start(words) {
                break;
            }
            // A cell of several lines ends with the bar that ends its row.
            let mut last = self.end;
            let mut row = words.to_owned();
            while !row.ends_with('|') {
                let Some(next) = lines.get(last + 1) else {
                    break;
                };
                let words = next.trimmed();
                if words.is_empty() && row_goes_on(lines, last + 1) {
                    last += 1;
                    continue;
                }
                let starts_row = words.starts_with('|') && words != "|";
                if words.is_empty() || starts_row || ends_table(words) || bars(words) >= columns {
                    break;
                }
                row.push('\n');
                row.push_str(words);
                last += 1;
            }
            let at = span(lines.get(self.end..=last).unwrap_or_default());
            self.rows.push(
                split_row(&row, columns)
                    .into_iter()
                    .map(|text| Unit::new(text, at))
                    .collect(),
            );
            self.end = last + 1;
        }
    }

    fn cell_lines(&mut self, lines: &[Line<'_>], columns: usize) {
        let mut row = Vec::new();
        while let Some(cell) = self.cell(lines, row.is_empty()) {
            if row.is_empty() && cell.text.is_empty() {
                let line = cell.lines.last;
                self.broken = Some(format!(
                    "line {line}: a bar stands where a row should begin"
                ));
                return;
            }
            row.push(cell);
            if row.len() == columns {
                self.rows.push(std::mem::take(&mut row));
            }
        }
        if !row.is_empty() {
            self.rows.push(row);
        }
    }

    fn barred_cell_lines(&mut self, lines: &[Line<'_>], columns: usize) {
        while let Some(bar) = next_words(lines, self.end).filter(|index| is_bar(lines, *index)) {
            self.end = bar + 1;
            let mut row = Vec::new();
            while row.len() < columns {
                if let Some(bar) = next_words(lines, self.end).filter(|index| is_bar(lines, *index))
                {
                    // A lone bar within a row: an empty cell, or the next row when this one is short.
                    if row.len() + 1 + cells_to_bar(lines, bar + 1, columns) != columns {
                        break;
                    }
                    row.push(Unit::new(
                        "",
                        span(lines.get(bar..=bar).unwrap_or_default()),
                    ));
                    self.end = bar + 1;
                    continue;
                }
                match self.cell(lines, false) {
                    Some(cell) => row.push(cell),
                    None => break,
                }
            }
            self.rows.push(row);
        }
    }

    /// Reads one cell: the lines to the one that ends with a bar. At the start of a row, the cell
    /// is a name and stands on one line.
    fn cell(&mut self, lines: &[Line<'_>], starts_row: bool) -> Option<Unit> {
        let first = next_words(lines, self.end)?;
        let mut words: Vec<&str> = Vec::new();
        for (index, line) in lines.iter().enumerate().skip(first) {
            let text = line.trimmed();
            let closes = text.ends_with('|');
            if !closes && (starts_row || ends_table(text)) {
                if !words.is_empty() {
                    let line = lines.get(first).map_or(0, |line| line.number);
                    self.broken = Some(format!("line {line}: a cell begins here and does not end"));
                }
                return None;
            }
            words.push(text.strip_suffix('|').unwrap_or(text).trim());
            if closes {
                self.end = index + 1;
                let kept: Vec<&str> = words
                    .into_iter()
                    .filter(|words| !words.is_empty())
                    .collect();
                return Some(Unit::new(
                    kept.join("\n"),
                    span(lines.get(first..=index).unwrap_or_default()),
                ));
            }
        }
        if !self.last {
            let line = lines.get(first).map_or(0, |line| line.number);
            self.broken = Some(format!("line {line}: a cell begins here and does not end"));
            return None;
        }
        self.cut = true;
        self.end = lines.len();
        Some(Unit::new(words.join("\n"), span(lines.from(first))))
    }
}

/// Whether the row of a blank line goes on below it: the lines after it, up to the next row, end in
/// the bar that closes a row.
fn row_goes_on(lines: &[Line<'_>], from: usize) -> bool {
    let below = lines
        .iter()
        .skip(from)
        .take(MAX_ROW_LINES)
        .map(|line| line.trimmed());
    for words in below.filter(|words| !words.is_empty()) {
        if words.starts_with('|') || ends_table(words) || bars(words) > 1 {
            return false;
        }
        if words.ends_with('|') {
            return true;
        }
    }
    false
}

/// The next line that is not blank.
fn next_words(lines: &[Line<'_>], from: usize) -> Option<usize> {
    (from..lines.len()).find(|index| lines.is_at(*index, |line| !line.trimmed().is_empty()))
}

fn is_bar(lines: &[Line<'_>], index: usize) -> bool {
    lines.get(index).is_some_and(|line| line.trimmed() == "|")
}

/// How many cells there are until the next lone bar that no cell needs to end; at most `enough`.
fn cells_to_bar(lines: &[Line<'_>], from: usize, enough: usize) -> usize {
    let mut cells = 0;
    let mut open = false;
    for line in lines
        .iter()
        .skip(from)
        .filter(|line| !line.trimmed().is_empty())
    {
        let words = line.trimmed();
        if (words == "|" && !open) || ends_table(words) || cells > enough {
            break;
        }
        open = !words.ends_with('|');
        if !open {
            cells += 1;
        }
    }
    cells
}

/// Whether a line shows that a table is over.
fn ends_table(words: &str) -> bool {
    is_outside_tables(words)
        || heading(words).is_some_and(|section| section != Section::Constraints)
}
