//! Text whose bars stand on lines of their own, one below each cell, without a rule below the heading:
//! as text whose cells end in their bars.

use super::lines::Line;
use super::words::is_small;
use crate::vocabulary::column;

/// A line that was made, and where it stands.
type Made = (usize, String);

/// How many bars alone on their lines tell this form.
const ENOUGH: usize = 4;

/// Whether a page is written so: bars below its cells, and no other.
pub(super) fn is_written(lines: &[Line<'_>]) -> bool {
    let bars = lines.iter().filter(|line| line.trimmed() == "|").count();
    bars >= ENOUGH && lines.iter().filter(|line| line.text.contains('|')).count() == bars
}

/// The lines with each bar put behind its cell, and with a rule below each heading.
pub(super) fn joined(lines: &[Line<'_>]) -> Vec<Made> {
    let mut out: Vec<Made> = Vec::with_capacity(lines.len());
    // How many headings stand right above, each with its bar.
    let mut heading = 0;
    for line in lines {
        let words = line.trimmed();
        if words != "|" {
            let heads = is_heading(words);
            if heading >= 2 && !heads {
                // The first cell below headings.
                out.push((line.number.saturating_sub(1), "---|".repeat(heading)));
            }
            heading = if heads { heading } else { 0 };
            out.push((line.number, line.text.to_owned()));
        } else if let Some((_, cell)) = out.last_mut().filter(|(_, cell)| !cell.ends_with('|')) {
            heading = if is_heading(cell.trim()) {
                heading + 1
            } else {
                0
            };
            cell.push_str(" |");
        } else {
            // An empty cell.
            out.push((line.number, "|".to_owned()));
        }
    }
    out
}

/// Whether a cell heads a column; a parameter may be called "name".
fn is_heading(cell: &str) -> bool {
    column(cell).is_some() && !is_small(cell)
}
