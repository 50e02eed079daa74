//! The inside of a cell: paragraphs and lists, written one below the other.

use super::inline::text;
use crate::block::{Cell, INDENT, Lines};
use crate::form::lines::{Line, span};

/// Reads a cell from the pieces of its lines. `sources` are the lines they were cut from.
pub(super) fn cell(pieces: &[String], sources: &[Line<'_>], column: usize) -> Cell {
    let mut parts: Vec<String> = Vec::new();
    let mut at: Option<Lines> = None;
    let mut fresh = true;
    // How far in the items begin whose lists are open.
    let mut open: Vec<usize> = Vec::new();
    for (piece, source) in pieces.iter().zip(sources) {
        let indent = piece.len() - piece.trim_start().len();
        let piece = piece.trim();
        // Admonitions and the like show their words only; the mark itself is not shown.
        let is_mark = piece.starts_with(".. ");
        if piece.is_empty() || is_mark || piece == "::" {
            fresh = true;
            continue;
        }
        let lines = at.get_or_insert(Lines::of(source.number));
        lines.last = source.number;
        let item = ["-  ", "- ", "*  ", "* ", "•"]
            .iter()
            .find_map(|mark| piece.strip_prefix(mark));
        if item.is_some() || fresh {
            open.retain(|outer| *outer < indent);
        }
        match (item, parts.last_mut()) {
            (Some(item), _) => {
                parts.push(format!("{}- {}", INDENT.repeat(open.len()), item.trim()));
                open.push(indent);
            }
            (None, Some(last)) if !fresh => {
                last.push(' ');
                last.push_str(piece);
            }
            (None, _) => parts.push(piece.to_owned()),
        }
        fresh = false;
    }
    Cell {
        text: text(&parts.join("\n"), at.unwrap_or(span(sources))),
        column: Some(column),
    }
}

#[cfg(test)]
mod tests {
    use crate::block::Block;
    use crate::form::{Form, blocks};

    /// Lists inside of items are moved in, in every form that tells.
    #[test]
    fn lists_inside_of_items_are_moved_in() {
        let rst = "\
+------+------------+
| Name | Meaning    |
+======+============+
| tide | The tide.  |
|      |            |
|      | -  A: low  |
|      |            |
|      |    -  one  |
|      |    -  two  |
|      |            |
|      | -  B: high |
|      |            |
|      | Then:      |
|      |            |
|      |    -  C    |
+------+------------+
";
        let html = "<html><body><table><tr><th>Name</th><th>Meaning</th></tr><tr><td>tide</td>\
                    <td>The tide.<ul><li><p>A: low</p><ul><li>one</li><li>two</li></ul></li>\
                    <li>B: high</li></ul>Then:<ul><li>C</li></ul></td></tr></table></body></html>";
        for (text, form) in [(rst, Form::Restructured), (html, Form::Html)] {
            let blocks = blocks(text, form).unwrap();
            let cell = blocks.iter().find_map(|block| match block {
                Block::Table(table) => Some(&table.rows.last()?.last()?.text.text),
                _ => None,
            });
            assert_eq!(
                cell.map(String::as_str),
                Some("The tide.\n- A: low\n  - one\n  - two\n- B: high\nThen:\n- C"),
                "{form:?}"
            );
        }
    }
}
