//! The events of Markdown into blocks.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

use super::{cut, pipes};
use crate::block::{Block, Cell, Lines, Table, Text, TextLink};
use crate::form::flow::Flow;
use crate::form::words::{raised, split_row};
use crate::form::{FormError, html};

/// The blocks of Markdown whose HTML tables stand in `tables`, in the order of their marks.
pub(super) fn blocks(
    text: &str,
    tables: Vec<Vec<Block>>,
    max_depth: usize,
) -> Result<Vec<Block>, FormError> {
    let starts: Vec<usize> = std::iter::once(0)
        .chain(text.match_indices('\n').map(|(at, _)| at + 1))
        .collect();
    let mut walk = Walk {
        text,
        starts,
        tables,
        max_depth,
        depth: 0,
        flow: Flow::default(),
        run: None,
        links: Vec::new(),
        raised: None,
        table: None,
        html: None,
        code: None,
    };
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        walk.event(event, range)?;
    }
    walk.flush();
    Ok(walk.flow.blocks())
}

struct Walk<'t> {
    text: &'t str,
    /// Where each line starts.
    starts: Vec<usize>,
    tables: Vec<Vec<Block>>,
    max_depth: usize,
    depth: usize,
    flow: Flow,
    /// The text being put together.
    run: Option<Text>,
    /// Links not yet closed: where their text starts, and their target.
    links: Vec<(usize, String)>,
    /// Where raised words began.
    raised: Option<usize>,
    table: Option<(Table, Vec<Cell>)>,
    html: Option<(String, usize)>,
    code: Option<Text>,
}

impl Walk<'_> {
    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    fn lines(&self, range: &Range<usize>) -> Lines {
        let end = self
            .text
            .get(range.clone())
            .map_or(range.end, |piece| range.start + piece.trim_end().len());
        Lines::new(
            self.line(range.start),
            self.line(end.saturating_sub(1).max(range.start)),
        )
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), FormError> {
        crate::steps::count(1);
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth > self.max_depth {
                    return Err(FormError::TooDeep {
                        line: self.line(range.start),
                        limit: self.max_depth,
                    });
                }
                self.start(&tag, &range);
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                self.end(tag, &range)?;
            }
            Event::Text(text) => self.words(&text, &range),
            Event::Code(text) => self.words(&text, &range),
            Event::SoftBreak | Event::HardBreak => self.words("\n", &range),
            Event::Html(text) => match &mut self.html {
                Some((html, _)) => html.push_str(&text),
                None => self.html = Some((text.to_string(), self.line(range.start))),
            },
            Event::InlineHtml(text) => self.inline_html(&text, &range),
            Event::Rule => self.flush(),
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Heading { .. } | Tag::Paragraph | Tag::BlockQuote(_) => self.flush(),
            Tag::List(_) => {
                self.flush();
                self.flow.open_list();
            }
            Tag::Item => {
                self.flush();
                self.flow.item(true);
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = Some(self.empty(range));
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html = None;
            }
            Tag::Table(_) => {
                self.flush();
                let table = Table {
                    lines: self.lines(range),
                    ..Table::default()
                };
                self.table = Some((table, Vec::new()));
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some((_, cells)) = &mut self.table {
                    cells.clear();
                }
            }
            Tag::TableCell => {
                self.raised = None;
                self.run = Some(self.empty(range));
            }
            Tag::Link { dest_url, .. } => {
                let start = self.run.as_ref().map_or(0, |run| run.text.len());
                self.links.push((start, dest_url.to_string()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) -> Result<(), FormError> {
        match tag {
            TagEnd::Heading(level) => {
                if let Some(text) = self.take() {
                    self.flow.heading(level as u8, text);
                }
            }
            TagEnd::Paragraph | TagEnd::BlockQuote(_) => self.flush(),
            TagEnd::Item => {
                self.flush();
                self.flow.item(false);
            }
            TagEnd::List(_) => {
                self.flush();
                self.flow.close_list();
            }
            TagEnd::CodeBlock => self.end_of_code(),
            TagEnd::HtmlBlock => self.end_of_html()?,
            TagEnd::Link => {
                if let Some((start, target)) = self.links.pop()
                    && let Some(run) = &mut self.run
                {
                    let text = run.text.get(start..).unwrap_or("").trim().to_owned();
                    run.links.push(TextLink { text, target });
                }
            }
            TagEnd::TableCell => {
                let text = self.take().unwrap_or_else(|| self.empty(range));
                if let Some((_, cells)) = &mut self.table {
                    let column = Some(cells.len());
                    cells.push(Cell { text, column });
                }
            }
            TagEnd::TableHead => {
                if let Some((table, cells)) = &mut self.table {
                    table.header = std::mem::take(cells);
                }
            }
            TagEnd::TableRow => self.end_of_row(range),
            TagEnd::Table => {
                if let Some((table, _)) = self.table.take() {
                    self.flow.table(table);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end_of_row(&mut self, range: &Range<usize>) {
        let lines = self.lines(range);
        let raw = split_row(
            self.text.get(range.clone()).unwrap_or("").trim(),
            usize::MAX,
        );
        if let Some((table, cells)) = &mut self.table {
            let cells = pipes::repair(std::mem::take(cells), &raw, table.header.len(), lines);
            table.rows.push(cells);
        }
    }

    fn end_of_code(&mut self) {
        let Some(mut text) = self.code.take() else {
            return;
        };
        let trimmed = text.text.trim_end().len();
        text.text.truncate(trimmed);
        if !text.text.trim().is_empty() {
            self.flow.code(text);
        }
    }

    fn end_of_html(&mut self) -> Result<(), FormError> {
        let Some((html, line)) = self.html.take() else {
            return Ok(());
        };
        if let Some(index) = cut::marked(&html) {
            self.flow.anchors(anchor_names(&html));
            let tables = self.tables.get_mut(index).map(std::mem::take);
            self.flow.extend(tables.unwrap_or_default());
            return Ok(());
        }
        let blocks = html::fragment(&html, line.saturating_sub(1))?;
        if blocks.is_empty() {
            self.flow.anchors(anchor_names(&html));
        }
        self.flow.extend(blocks);
        Ok(())
    }

    fn inline_html(&mut self, html: &str, range: &Range<usize>) {
        if cut::marked(html).is_some() {
            self.flush();
            self.html = Some((html.to_owned(), self.line(range.start)));
            // A fragment of a mark cannot fail: its table has been read already.
            let _ = self.end_of_html();
        } else if html.eq_ignore_ascii_case("<sup>") {
            self.raised = Some(self.run.as_ref().map_or(0, |run| run.text.len()));
        } else if html.eq_ignore_ascii_case("</sup>") {
            if let (Some(start), Some(run)) = (self.raised.take(), &mut self.run) {
                raised(&mut run.text, start);
            }
        } else if html.starts_with("<br") {
            self.words("\n", range);
        } else {
            self.flow.anchors(anchor_names(html));
        }
    }

    fn words(&mut self, words: &str, range: &Range<usize>) {
        if let Some(code) = &mut self.code {
            code.text.push_str(words);
            if code.text.len() == words.len() {
                code.lines.first = self.starts.partition_point(|start| *start <= range.start);
            }
            return;
        }
        let lines = self.lines(range);
        let run = self.run.get_or_insert_with(|| Text::new("", lines));
        run.lines.last = run.lines.last.max(lines.last);
        run.text.extend(
            words
                .chars()
                .filter(|c| !matches!(c, '\u{200b}' | '\u{feff}'))
                .map(|c| if c == '\u{a0}' { ' ' } else { c }),
        );
    }

    fn take(&mut self) -> Option<Text> {
        let mut text = self.run.take()?;
        text.text = text.text.trim().to_owned();
        (!text.text.is_empty()).then_some(text)
    }

    /// A text without words.
    fn empty(&self, range: &Range<usize>) -> Text {
        Text::new("", self.lines(range))
    }

    /// Ends the text being put together.
    fn flush(&mut self) {
        if let Some(text) = self.take() {
            self.flow.words(text);
        }
    }
}

/// The names of the anchors in a piece of HTML.
fn anchor_names(html: &str) -> Vec<String> {
    let names = html.match_indices("name=\"").filter_map(|(at, start)| {
        let rest = html.get(at + start.len()..)?;
        rest.split_once('"').map(|(name, _)| name.to_owned())
    });
    names.collect()
}
