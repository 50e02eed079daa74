//! The cells below a heading, in each dialect.

use super::head::{Dialect, Head, bars};
use crate::form::lines::{Line, span};
use crate::form::rebuild::Unit;
use crate::form::words::{ends_table, is_json_start, split_row};
use crate::slice::Slice;
use crate::vocabulary::{is_status, name_like};

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
    /// Reads the cells below a heading; `lines` end where the next heading begins, or with the page
    /// when it is the last.
    pub(super) fn read(lines: &[Line<'_>], head: &Head, last: bool) -> Self {
        let mut body = Self {
            end: head.rule + 1,
            last,
            ..Self::default()
        };
        match head.dialect {
            Dialect::Rows => body.row_lines(lines, head.columns, false),
            Dialect::OpenRows => body.row_lines(lines, head.columns, true),
            Dialect::Cells => body.cell_lines(lines, head.columns, false),
            Dialect::BarredCells => body.cell_lines(lines, head.columns, true),
        }
        // Cells that go on below the end show that the rows above are not what they seem.
        let left = lines.from(body.end);
        let mut left = left.upto(|line| ends_table(line.trimmed())).iter();
        if let Some(left) = left.find(|line| line.trimmed().ends_with('|')) {
            let line = left.number;
            body.broken.get_or_insert_with(|| {
                format!("line {line}: a cell stands here outside of any row")
            });
        }
        body
    }

    /// Reads rows of a line each; where they are open, every line with a bar is one, and a cell goes on
    /// in the lines without.
    fn row_lines(&mut self, lines: &[Line<'_>], columns: usize, open: bool) {
        let most = if open { 1 } else { columns };
        // What is left of an open row: its name, or its status and words.
        let is_left = |words: &str| {
            let first = words.split(' ').next().unwrap_or_default();
            is_status(first) || first == words && name_like(words) && words.contains('_')
        };
        let is_row =
            |words: &str| (words.contains('|') || open && is_left(words)) && !is_json_start(words);
        let row_at = |end: usize| lines.get(end).filter(|line| is_row(line.trimmed()));
        // A blank line ends no table whose rows go on in step.
        let behind_blank = |end: usize| {
            let next = next_words(lines, end).filter(|_| open)?;
            let in_step = |line: &&Line<'_>| bars(line.trimmed()) + 1 == columns;
            row_at(next).filter(in_step).map(|line| (next, line))
        };
        while let Some((first, line)) = row_at(self.end)
            .map(|line| (self.end, line))
            .or_else(|| behind_blank(self.end))
        {
            self.end = first + 1;
            // A cell of several lines ends with the bar that ends its row.
            let mut row = line.trimmed().to_owned();
            while let Some(next) = lines.get(self.end).filter(|_| open || !row.ends_with('|')) {
                let words = next.trimmed();
                if words.is_empty() && row_goes_on(lines, self.end) {
                    self.end += 1;
                    continue;
                }
                let starts_row = words.starts_with('|') && words != "|";
                if words.is_empty()
                    || starts_row
                    || ends_table(words)
                    || bars(words) >= most
                    || open && is_left(words)
                {
                    break;
                }
                row.push('\n');
                row.push_str(words);
                self.end += 1;
            }
            let at = span(lines.to(self.end).from(first));
            let cells = split_row(&row, columns).into_iter();
            self.rows
                .push(cells.map(|text| Unit::new(text, at)).collect());
        }
    }

    /// Reads rows of a cell a line; where they are barred, each begins with a bar of its own.
    fn cell_lines(&mut self, lines: &[Line<'_>], columns: usize, barred: bool) {
        let bar = |from| {
            next_words(lines, from)
                .filter(|index| barred && lines.is_at(*index, |line| line.trimmed() == "|"))
        };
        loop {
            match bar(self.end) {
                Some(bar) => self.end = bar + 1,
                None if barred => return,
                None => {}
            }
            let mut row = Vec::new();
            while row.len() < columns {
                // A lone bar within a row: an empty cell, or the next row when this one is short.
                let fits = |bar| row.len() + 1 + cells_to_bar(lines, bar + 1, columns) == columns;
                if !bar(self.end).is_none_or(fits) {
                    break;
                }
                let starts_row = row.is_empty() && !barred;
                match self.cell(lines, starts_row) {
                    Some(cell) if starts_row && cell.text.is_empty() => {
                        let line = cell.lines.last;
                        self.broken = Some(format!(
                            "line {line}: a bar stands where a row should begin"
                        ));
                        return;
                    }
                    Some(cell) => row.push(cell),
                    None => break,
                }
            }
            let short = row.len() < columns;
            if barred || !row.is_empty() {
                self.rows.push(row);
            }
            if short && !barred {
                return;
            }
        }
    }

    /// Reads one cell: the lines to the one that ends with a bar. At the start of a row, the cell
    /// is a name and stands on one line.
    fn cell(&mut self, lines: &[Line<'_>], starts_row: bool) -> Option<Unit> {
        let first = next_words(lines, self.end)?;
        let rest = lines.from(first);
        let closes = |line: &Line<'_>| line.trimmed().ends_with('|');
        let open = rest.upto(|line| closes(line) || starts_row || ends_table(line.trimmed()));
        let closed = rest.is_at(open.len(), closes);
        if !(closed || self.last && open.len() == rest.len()) {
            if !open.is_empty() {
                let line = span(open).first;
                self.broken = Some(format!("line {line}: a cell begins here and does not end"));
            }
            return None;
        }
        self.cut |= !closed;
        let cell = rest.to(open.len() + usize::from(closed));
        self.end = first + cell.len();
        let words = cell.iter().map(|line| line.trimmed());
        let words = words.map(|words| words.strip_suffix('|').unwrap_or(words).trim());
        let words: Vec<&str> = words.filter(|words| !words.is_empty()).collect();
        Some(Unit::new(words.join("\n"), span(cell)))
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
    (from..lines.len()).find(|index| lines.is_at(*index, |line| !line.is_blank()))
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
