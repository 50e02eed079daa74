//! reStructuredText, as far as the documentation of the clouds uses it: headings, lists, tables of
//! both kinds, listings, anchors and admonitions.

mod canvas;
mod cell;
mod grid;
mod inline;
mod shape;
mod simple;

use super::detect::{Fit, Source};
use super::lines::{Line, lines, listing, span};
use super::{FormError, malformed};
use crate::block::{Block, Lines, Table, Text};
use crate::slice::Slice;
use crate::vocabulary::column;
use shape::{body, is_field, item, options_skipped, trimmed, width};

/// How deep lists and directives may stand inside each other.
const MAX_DEPTH: usize = 24;

/// reStructuredText.
pub(super) struct Restructured;

impl super::Reader for Restructured {
    fn name(&self) -> &'static str {
        "reStructuredText"
    }

    fn fit(&self, source: &Source<'_>) -> Fit {
        let drawn = !source.tags && is_restructured(&source.lines, source.headed);
        Fit::sure(drawn).or(source.is_named(&[".rst"]), Fit::Named)
    }

    fn blocks(&self, text: &str) -> Result<Vec<Block>, FormError> {
        let lines = lines(text);
        let mut reader = Reader {
            blocks: Vec::new(),
            anchors: Vec::new(),
            underlines: Vec::new(),
            last: lines.behind_last(|line| !line.is_blank()),
        };
        reader.read(&lines, 0, 0)?;
        let mut blocks = reader.blocks;
        malformed::pieces(&mut blocks, |line| {
            is_border(line) || line.len() > 2 && line.starts_with('|') && line.ends_with('|')
        });
        malformed::unseen(&mut blocks, text, is_border);
        Ok(blocks)
    }
}

/// Whether a line is the border of a table of either kind.
fn is_border(text: &str) -> bool {
    grid::is_border(text) || simple::is_border(text)
}

/// Whether there is a directive, a drawn table, or headings that are underlined.
fn is_restructured(lines: &[Line<'_>], headed: bool) -> bool {
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

/// Whether a line underlines a heading: one mark, repeated.
fn is_underline(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|first| {
        matches!(
            first,
            '=' | '-' | '~' | '^' | '"' | '#' | '*' | '+' | '\'' | '.' | ':' | '_' | '`'
        ) && text.len() >= 3
            && chars.all(|c| c == first)
    })
}

struct Reader {
    blocks: Vec<Block>,
    /// Anchors that wait for the table they stand in front of.
    anchors: Vec<String>,
    /// The last line that is not blank.
    last: usize,
    /// The marks that underline headings, in the order they first occur: the first is the title's.
    underlines: Vec<char>,
}

impl Reader {
    /// Reads lines of one indentation; deeper ones belong to what stands above them. `depth` counts
    /// how often this is inside itself, `list` how many lists are around.
    fn read(&mut self, lines: &[Line<'_>], depth: usize, list: u8) -> Result<(), FormError> {
        if depth > MAX_DEPTH {
            return Err(FormError::TooDeep {
                line: lines.first().map_or(0, |line| line.number),
                limit: MAX_DEPTH,
            });
        }
        let mut index = 0;
        while let Some(line) = lines.get(index) {
            let text = line.trimmed();
            let next = lines.get(index + 1);
            index = if line.is_blank() {
                index + 1
            } else if grid::is_border(text) {
                let end = index + grid::extent(lines, index);
                let lines = lines.to(end).from(index);
                let table = grid::table(lines, span(lines).last >= self.last);
                self.table(table, None);
                end
            } else if simple::is_border(text) {
                let end = index + simple::extent(lines, index);
                let lines = lines.to(end).from(index);
                let table = simple::table(lines, span(lines).last >= self.last);
                self.table(table, None);
                end
            } else if text.starts_with(".. ") || text == ".." {
                let end = body(lines, index + 1, line.indent());
                self.directive(lines.to(end).from(index), depth, list)?;
                end
            } else if text == "::" {
                let end = body(lines, index + 1, line.indent());
                self.code(lines.to(end).from(index + 1));
                end
            } else if let Some(mark) = item(text) {
                let end = body(lines, index + 1, line.indent());
                self.item(lines.to(end).from(index), mark, depth, list)?;
                end
            } else if is_field(text) {
                body(lines, index + 1, line.indent())
            } else if line.indent() == lines.first().map_or(0, |line| line.indent())
                && next.is_some_and(|next| {
                    next.indent() == line.indent()
                        && is_underline(next.trimmed())
                        && width(next.trimmed()) >= width(text)
                })
            {
                self.heading(
                    *line,
                    next.and_then(|next| next.trimmed().chars().next())
                        .unwrap_or('-'),
                );
                index + 2
            } else {
                self.paragraph(lines, index)
            };
        }
        Ok(())
    }

    fn heading(&mut self, line: Line<'_>, mark: char) {
        let level = self
            .underlines
            .iter()
            .position(|known| *known == mark)
            .unwrap_or_else(|| {
                self.underlines.push(mark);
                self.underlines.len() - 1
            });
        let text = resolved(&[line]);
        // What stood in front of the heading led to it and not to a table below.
        self.anchors.clear();
        let level = u8::try_from(level).unwrap_or(u8::MAX).saturating_add(1);
        self.blocks.push(Block::Heading { level, text });
    }

    /// Reads a paragraph, and the listing it announces by ending in `::`.
    fn paragraph(&mut self, lines: &[Line<'_>], start: usize) -> usize {
        let indent = lines.get(start).map_or(0, |line| line.indent());
        let rest = lines.from(start);
        let length = rest
            .iter()
            .enumerate()
            .take_while(|(at, line)| {
                !line.is_blank()
                    && line.indent() >= indent
                    && (*at == 0
                        || !(grid::is_border(line.trimmed()) || line.trimmed().starts_with(".. ")))
            })
            .count()
            .max(1);
        let mut text = resolved(rest.to(length));
        let announces = text.text.ends_with("::");
        if announces {
            text.text.pop();
        }
        self.blocks.push(Block::Paragraph(text));
        let mut end = start + length;
        if announces {
            let after = body(lines, end, indent);
            self.code(lines.to(after).from(end));
            end = after;
        }
        end
    }

    /// Reads `.. name:: argument` with what belongs to it, or `.. _anchor:`, or a comment.
    fn directive(&mut self, lines: &[Line<'_>], depth: usize, list: u8) -> Result<(), FormError> {
        let Some(first) = lines.first() else {
            return Ok(());
        };
        let text = first.trimmed().trim_start_matches('.').trim();
        if let Some(anchor) = text.strip_prefix('_') {
            let anchor = anchor.trim_end_matches(':').trim_matches('`');
            self.anchors.push(anchor.to_owned());
            return Ok(());
        }
        let Some((name, argument)) = text.split_once("::") else {
            return Ok(());
        };
        let inside = options_skipped(lines.from(1));
        match name.trim() {
            "table" | "list-table" | "csv-table" => {
                let caption = (!argument.trim().is_empty())
                    .then(|| inline::text(argument.trim(), Lines::of(first.number)));
                let before = self.blocks.len();
                self.read(inside, depth + 1, list)?;
                let table = self
                    .blocks
                    .iter_mut()
                    .skip(before)
                    .find_map(|block| match block {
                        Block::Table(table) => Some(table),
                        _ => None,
                    });
                match (table, caption) {
                    (Some(table), caption) => {
                        table.lines.first = first.number;
                        table.caption = caption;
                    }
                    (None, Some(caption)) => {
                        // The caption stands, and its table cannot be read.
                        let broken = Some("there is no table below its caption".to_owned());
                        let lines = span(lines);
                        self.table(
                            Table {
                                lines,
                                broken,
                                ..Table::default()
                            },
                            Some(caption),
                        );
                    }
                    (None, None) => {}
                }
            }
            "code-block" | "code" | "parsed-literal" | "sourcecode" | "highlight" => {
                self.code(inside)
            }
            "image" | "figure" | "toctree" | "contents" | "raw" | "only" | "include" => {}
            _ => {
                // Notes and warnings: words beside the mark, and below it.
                if !argument.trim().is_empty() {
                    let words = inline::text(argument.trim(), Lines::of(first.number));
                    self.blocks.push(Block::Paragraph(words));
                }
                self.read(inside, depth + 1, list)?;
            }
        }
        Ok(())
    }

    fn table(&mut self, mut table: Table, caption: Option<Text>) {
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
        table.anchors = std::mem::take(&mut self.anchors);
        table.caption = caption;
        self.blocks.push(Block::Table(table));
    }

    /// A listing: its lines without the indentation they share.
    fn code(&mut self, lines: &[Line<'_>]) {
        let lines = trimmed(options_skipped(lines));
        if lines.is_empty() {
            return;
        }
        let text = listing(lines, str::to_owned);
        self.blocks.push(Block::Code(text));
    }

    /// An item of a list: its first paragraph, and then what else is inside.
    fn item(
        &mut self,
        lines: &[Line<'_>],
        mark: usize,
        depth: usize,
        list: u8,
    ) -> Result<(), FormError> {
        let Some(first) = lines.first() else {
            return Ok(());
        };
        let content = first.indent() + mark;
        let own = Line {
            number: first.number,
            text: first
                .text
                .trim_start()
                .get(mark..)
                .unwrap_or_default()
                .trim_start(),
        };
        let mut rest = lines.from(1);
        let mut words = vec![own];
        if own.text.starts_with(".. _") {
            // An anchor in front of the item's words.
            self.directive(&[own], depth, list)?;
            words.clear();
            rest = trimmed(rest);
        }
        let starts_block = |line: &Line<'_>| {
            let text = line.trimmed();
            grid::is_border(text)
                || simple::is_border(text)
                || text.starts_with(".. ")
                || item(text).is_some()
                || text == "::"
        };
        let more = rest
            .iter()
            .take_while(|line| {
                !line.is_blank()
                    && line.indent() >= content.min(first.indent() + 1)
                    && !starts_block(line)
            })
            .count();
        words.extend_from_slice(rest.to(more));
        let rest = trimmed(rest.from(more));
        if !words.is_empty() {
            let mut text = resolved(&words);
            let announces = text.text.ends_with("::");
            if announces {
                text.text.pop();
            }
            self.blocks.push(Block::Item {
                depth: list + 1,
                text,
            });
            if announces {
                self.code(rest);
                return Ok(());
            }
        }
        self.read(rest, depth + 1, list + 1)
    }
}

/// The text of some lines, marks resolved.
fn resolved(lines: &[Line<'_>]) -> Text {
    let lines_of: Vec<&str> = lines.iter().map(|line| line.trimmed()).collect();
    inline::text(&lines_of.join("\n"), span(lines))
}
