//! reStructuredText, as far as the documentation of the clouds uses it: headings, lists, tables
//! that are drawn, listings, anchors and admonitions.

mod canvas;
mod grid;
mod inline;
mod shape;
mod simple;

use std::ops::Range;

use super::flow::{Flow, joined};
use super::lines::{Line, lines, listing, loose, span};
use super::{FormError, malformed};
use crate::block::{Block, Cell, Lines, Table, Text, TextLink};
use crate::slice::Slice;
use crate::vocabulary::column;
use canvas::Drawn;
use shape::{
    body, drawn, is_border, is_field, is_underline, item, options_skipped, starts_block, trimmed,
    width,
};

/// How deep lists and directives may stand inside each other.
const MAX_DEPTH: usize = 24;

/// The blocks of a page.
pub(super) fn blocks(text: &str) -> Result<Vec<Block>, FormError> {
    let lines = lines(text);
    let mut reader = Reader {
        last: lines.behind_last(|line| !line.is_blank()),
        ..Reader::default()
    };
    reader.read(&lines, 0)?;
    let mut blocks = reader.flow.out;
    malformed::pieces(&mut blocks, |line| {
        is_border(line) || line.len() > 2 && line.starts_with('|') && line.ends_with('|')
    });
    Ok(blocks)
}

/// Whether there is a directive, a drawn table, or headings that are underlined.
pub(super) fn is_written(lines: &[Line<'_>], headed: bool) -> bool {
    let drawn = lines.iter().any(|line| {
        let text = line.trimmed();
        let directive = text.strip_prefix(".. ").is_some_and(|rest| {
            rest.contains("::") || (rest.starts_with('_') && rest.ends_with(':'))
        });
        directive || is_border(text)
    });
    let underlines = |pair: &&[Line<'_>]| match pair {
        [words, mark] => {
            mark.text.starts_with(['=', '-', '~'])
                && is_underline(mark.text)
                && !words.is_blank()
                && !words.text.starts_with([' ', '|'])
                && mark.text.len() >= words.text.chars().count()
        }
        _ => false,
    };
    drawn || (!headed && lines.windows(2).filter(underlines).count() >= 2)
}

/// The page that a field of a page names as the one it was made of.
fn original(field: &str) -> Option<TextLink> {
    let target = field.strip_prefix(":original_name:")?.trim();
    Some(TextLink {
        text: String::new(),
        target: target.to_owned(),
    })
}

/// What is read of a page, or of one cell.
#[derive(Default)]
struct Reader {
    flow: Flow,
    /// The caption that waits for its table.
    caption: Option<Text>,
    /// The page that this one was made of, until the title stands.
    original: Option<TextLink>,
    /// The last line of the page that is not blank; none in a cell, whose drawings are words.
    last: usize,
    /// The marks that underline headings, in the order they first occur: the first is the title's.
    underlines: Vec<char>,
}

impl Reader {
    /// Reads lines of one indentation; deeper ones belong to what stands above them. `depth` counts
    /// how often this is inside itself.
    fn read(&mut self, lines: &[Line<'_>], depth: usize) -> Result<(), FormError> {
        if depth > MAX_DEPTH {
            return Err(FormError::TooDeep {
                line: span(lines).first,
                limit: MAX_DEPTH,
            });
        }
        let indent = lines.first().map_or(0, |line| line.indent());
        let mut index = 0;
        while let Some(line) = lines.get(index) {
            let text = line.trimmed();
            let below = || body(lines, index + 1, line.indent());
            let underline = lines.get(index + 1).filter(|next| {
                line.indent() == indent
                    && next.indent() == indent
                    && is_underline(next.trimmed())
                    && width(next.trimmed()) >= width(text)
            });
            index = if line.is_blank() {
                index + 1
            } else if let Some(kind) = drawn(text).filter(|_| self.last > 0) {
                let drawing = lines.from(index);
                let drawing = drawing.to((kind.extent)(drawing));
                self.table((kind.table)(drawing, span(drawing).last >= self.last));
                index + drawing.len()
            } else if text.starts_with(".. ") || text == ".." {
                self.directive(lines.to(below()).from(index), depth)?;
                below()
            } else if text == "::" {
                self.code(lines.to(below()).from(index + 1));
                below()
            } else if let Some(mark) = item(text) {
                self.item(lines.to(below()).from(index), mark, depth)?;
                below()
            } else if is_field(text) {
                self.original = self.original.take().or_else(|| original(text));
                self.skip(lines.to(below()).from(index));
                below()
            } else if let Some(underline) = underline {
                self.heading(*line, underline.trimmed());
                index + 2
            } else {
                let more = lines.from(index + 1);
                let end = index + 1 + more.lead(|line| !line.is_blank() && !starts_block(line));
                if self.words(lines.to(end).from(index)) {
                    let code = body(lines, end, line.indent());
                    self.code(lines.to(code).from(end));
                    code
                } else {
                    end
                }
            };
        }
        Ok(())
    }

    fn heading(&mut self, line: Line<'_>, underline: &str) {
        let mark = underline.chars().next().unwrap_or('-');
        let known = self.underlines.iter().position(|known| *known == mark);
        let level = known.unwrap_or(self.underlines.len());
        if known.is_none() {
            self.underlines.push(mark);
        }
        let level = u8::try_from(level).unwrap_or(u8::MAX).saturating_add(1);
        let mut text = self.resolved(&[line]);
        text.links.extend(self.original.take());
        self.flow.heading(level, text);
    }

    /// Reads words, and tells whether they announce a listing by ending in `::`.
    fn words(&mut self, lines: &[Line<'_>]) -> bool {
        let mut text = self.resolved(lines);
        let announces = text.text.ends_with("::");
        if announces {
            text.text.pop();
        }
        self.flow.words(text);
        announces
    }

    /// Reads `.. name:: argument` with what belongs to it, or `.. _anchor:`, or a comment.
    fn directive(&mut self, lines: &[Line<'_>], depth: usize) -> Result<(), FormError> {
        let Some(first) = lines.first() else {
            return Ok(());
        };
        let text = first.trimmed().trim_start_matches('.').trim();
        if let Some(anchor) = text.strip_prefix('_') {
            let anchor = anchor.trim_end_matches(':').trim_matches('`');
            self.flow.anchors([anchor.to_owned()]);
            // Nothing belongs to an anchor: what is moved in below it has lost its own directive.
            return self.read(lines.from(1), depth + 1);
        }
        let Some((name, argument)) = text.split_once("::") else {
            self.skip(lines);
            return Ok(());
        };
        let words = (!argument.trim().is_empty())
            .then(|| inline::text(argument.trim(), Lines::of(first.number)));
        let inside = options_skipped(lines.from(1));
        match name.trim() {
            name @ ("list-table" | "csv-table") if self.last > 0 => {
                self.caption = words;
                let why = match name {
                    "list-table" => "it is written as a list",
                    _ => "it is written as values between commas",
                };
                let lines = trimmed(inside);
                self.table(Table::broken(why, span(lines), loose(lines)));
            }
            "table" => {
                self.caption = words;
                self.read(inside, depth + 1)?;
                if self.caption.is_some() {
                    // The caption stands, and its table cannot be read.
                    let why = "there is no table below its caption";
                    self.table(Table::broken(why, span(lines), []));
                }
            }
            "code-block" | "code" | "parsed-literal" | "sourcecode" | "highlight" => {
                self.code(inside);
            }
            "image" | "figure" | "toctree" | "contents" | "raw" | "only" | "include" => {
                self.skip(inside);
            }
            _ => {
                // Notes and warnings: words beside the mark, and below it. In a cell the mark is not
                // shown, so that lists below an item seem to be that item's.
                let above = self.flow.out.last().filter(|_| self.last == 0);
                let in_item = matches!(above, Some(Block::Item { .. }));
                if let Some(words) = words {
                    self.flow.words(words);
                }
                if in_item {
                    self.flow.open_list();
                }
                self.read(inside, depth + 1)?;
                if in_item {
                    self.flow.close_list();
                }
            }
        }
        Ok(())
    }

    fn table(&mut self, mut table: Table) {
        if table.header.iter().all(|cell| cell.text.text.is_empty()) {
            table.header.clear();
        }
        // The rule below the heading was lost: the heading seems the first row.
        let is_heading = table.rows.first().is_some_and(|row| {
            row.len() >= 2 && row.iter().all(|cell| column(&cell.text.text).is_some())
        });
        if table.header.is_empty() && table.broken.is_none() && is_heading {
            table.header = table.rows.remove(0);
        }
        table.caption = self.caption.take();
        if let Some(caption) = &table.caption {
            table.lines.first = caption.lines.first;
        }
        self.flow.table(table);
    }

    /// Skips lines that are not shown; a table among them is lost, as below a malformed directive.
    fn skip(&mut self, lines: &[Line<'_>]) {
        if let Some(line) = lines.iter().find(|line| is_border(line.trimmed())) {
            let line = line.number;
            let why = format!("line {line}: a table that stands in nothing");
            self.table(Table::broken(why, Lines::of(line), []));
        }
    }

    /// A listing: its lines without the indentation they share.
    fn code(&mut self, lines: &[Line<'_>]) {
        let lines = trimmed(options_skipped(lines));
        if !lines.is_empty() {
            self.flow.code(listing(lines, str::to_owned));
        }
    }

    /// An item of a list: what is beside its mark, and what is below.
    fn item(&mut self, lines: &[Line<'_>], mark: usize, depth: usize) -> Result<(), FormError> {
        let Some(first) = lines.first() else {
            return Ok(());
        };
        let beside = Line {
            margin: first.indent() + mark,
            text: first.trimmed().get(mark..).unwrap_or_default(),
            ..*first
        };
        let inside = [&[beside], lines.from(1)].concat();
        self.flow.open_list();
        self.flow.item(true);
        self.read(&inside, depth + 1)?;
        self.flow.item(false);
        self.flow.close_list();
        Ok(())
    }

    /// The text of some lines, marks resolved.
    fn resolved(&self, lines: &[Line<'_>]) -> Text {
        let words: Vec<&str> = lines.iter().map(|line| line.trimmed()).collect();
        let between = if self.last > 0 { "\n" } else { " " };
        inline::text(&words.join(between), span(lines))
    }
}

/// Reads the cell that stands between two columns of drawn lines.
fn cell(drawn: &[Drawn<'_>], between: &Range<usize>, column: usize) -> Cell {
    let words: Vec<String> = drawn.iter().map(|line| line.between(between)).collect();
    let lines = words.iter().zip(drawn).map(|(text, line)| Line {
        text,
        ..line.source
    });
    let lines: Vec<Line<'_>> = lines.collect();
    let mut reader = Reader::default();
    let text = match reader.read(&lines, 0) {
        Ok(()) => joined(reader.flow.out),
        // Deeper than any list: the words as they stand.
        Err(_) => Some(reader.resolved(&lines)),
    };
    Cell {
        text: text.unwrap_or_else(|| Text::new("", span(&lines))),
        column: Some(column),
    }
}

#[cfg(test)]
mod tests {
    use crate::block::Block;
    use crate::form::{Form, blocks};

    /// Tables that are written as text are told, with their captions and their words.
    #[test]
    fn tables_that_are_not_drawn_are_broken() {
        let rst = "\
.. list-table:: Table 1 Tides
   :header-rows: 1

   * - Name
     - Meaning

.. csv-table:: Table 2 Gauges

   Name,Meaning
   tide,The tide
";
        let found = blocks(rst, Form::Restructured).expect("it is read");
        let told = found.iter().map(|block| match block {
            Block::Table(table) => (
                table.broken.as_deref(),
                table.caption.is_some(),
                table.rows.len(),
            ),
            other => panic!("{other:?}"),
        });
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                (Some("it is written as a list"), true, 2),
                (Some("it is written as values between commas"), true, 2)
            ]
        );
    }

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
