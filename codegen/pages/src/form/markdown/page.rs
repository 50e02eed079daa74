//! A page of Markdown as HTML, in which every piece stands on the line where it stood.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

use super::cut;
use crate::form::words::{is_beside_name, split_row};
use crate::vocabulary::{is_among, name_like, table_number};

/// The tags that mean something within words.
const INLINE: &str = "a|br|sup|ul|ol|li|p|del|s|strike";

/// The page, with the tables that were cut out of it in their places.
pub(super) fn html(text: &str, tables: Vec<String>) -> String {
    let mut page = Page {
        text,
        tables,
        out: String::with_capacity(text.len() * 2),
        from: 0,
        behind: 0,
        columns: 0,
        skipped: None,
    };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        crate::steps::count(1);
        page.event(event, range);
    }
    page.out
}

struct Page<'t> {
    text: &'t str,
    tables: Vec<String>,
    out: String,
    /// Up to where the lines of the text are counted.
    from: usize,
    /// How many more lines there are in the text than were written.
    behind: isize,
    /// How many columns the table has.
    columns: usize,
    /// The end of what is written already.
    skipped: Option<TagEnd>,
}

impl Page<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if let Some(end) = self.skipped.take() {
            self.skipped = (event != Event::End(end)).then_some(end);
            return;
        }
        self.line_of(range.start);
        let indented = Event::Start(Tag::CodeBlock(CodeBlockKind::Indented));
        if let (true, Some(caption)) = (event == indented, self.caption(range.clone())) {
            self.skipped = Some(TagEnd::CodeBlock);
            self.write("<p>");
            self.words(&caption);
            self.write("</p>");
            return;
        }
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.write("<a href=\"");
                self.words(&dest_url);
                self.write("\">");
            }
            // One mark is none: lists of special characters have it.
            Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) => {
                let is_struck = self.text.get(range).is_some_and(|it| it.starts_with("~~"));
                let ends = matches!(event, Event::End(_));
                self.write(match (is_struck, ends) {
                    (true, false) => "<del>",
                    (true, true) => "</del>",
                    (false, _) => "~",
                });
            }
            Event::Start(tag) => {
                self.tag("<", tag.to_end());
                match tag {
                    Tag::Table(columns) => self.columns = columns.len(),
                    Tag::TableRow => self.row(range),
                    _ => {}
                }
            }
            Event::End(tag) => self.tag("</", tag),
            Event::Text(words) | Event::Code(words) => self.words(&words),
            Event::SoftBreak | Event::HardBreak => self.write("<br>"),
            Event::Html(html) => self.html(&html),
            Event::InlineHtml(html) => {
                let name = html.trim_start_matches(['<', '/']);
                let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next();
                let name = name.unwrap_or_default().to_ascii_lowercase();
                if is_among(INLINE, &name) || html.starts_with("<!--") {
                    self.html(&html);
                }
            }
            Event::Rule => self.write("<hr>"),
            _ => {}
        }
    }

    /// The caption of a table that was moved in as far as a listing is.
    fn caption(&self, range: Range<usize>) -> Option<String> {
        let line = self.text.get(range)?.trim();
        let words = line.strip_prefix("**").filter(|_| !line.contains('\n'))?;
        let words = words.replace("**", "").replace('\\', "");
        table_number(&words).is_some().then_some(words)
    }

    /// Goes to the line of a place in the text.
    fn line_of(&mut self, at: usize) {
        if let Some(passed) = self.text.get(self.from..at) {
            self.behind += newlines(passed);
            self.from = at;
        }
        while self.behind > 0 {
            self.write("\n");
        }
    }

    fn write(&mut self, html: &str) {
        self.behind -= newlines(html);
        self.out.push_str(html);
    }

    fn words(&mut self, words: &str) {
        let words = words.replace('&', "&amp;").replace('<', "&lt;");
        self.write(&words.replace('"', "&quot;"));
    }

    fn tag(&mut self, mark: &str, tag: TagEnd) {
        let name = match tag {
            TagEnd::Heading(level) => return self.write(&format!("{mark}{level}>")),
            TagEnd::Paragraph => "p",
            TagEnd::BlockQuote(_) => "blockquote",
            TagEnd::CodeBlock => "pre",
            TagEnd::HtmlBlock => "div",
            TagEnd::List(_) => "ul",
            TagEnd::Item => "li",
            TagEnd::Table => "table",
            TagEnd::TableHead => "thead",
            TagEnd::TableRow => "tr",
            TagEnd::TableCell => "td",
            TagEnd::Link => "a",
            _ => return,
        };
        self.write(&format!("{mark}{name}>"));
    }

    /// Writes HTML, and each table where its mark stands.
    fn html(&mut self, mut html: &str) {
        while let Some((before, index, after)) = cut::marked(html) {
            self.write(before);
            let table = self.tables.get_mut(index).map(std::mem::take);
            self.write(&table.unwrap_or_default());
            html = after;
        }
        self.write(html);
    }

    /// Writes a row that has another number of cells than the header. Markdown pads such rows or
    /// drops what is too much without a word; here nothing may get lost.
    fn row(&mut self, range: Range<usize>) {
        let row = self.text.get(range).unwrap_or_default().trim();
        let mut cells = split_row(row, usize::MAX);
        if cells.len() == self.columns {
            return;
        }
        self.skipped = Some(TagEnd::TableRow);
        // A bar in the last cell, as in a list of special characters, is a bar.
        let (first, last) = cells.split_at(cells.len().min(self.columns.saturating_sub(1)));
        let orderly = !first.is_empty()
            && last.len() > 1
            && first.iter().enumerate().all(|(column, cell)| match column {
                0 => name_like(&cell.replace('\\', "")),
                _ => is_beside_name(cell),
            });
        if orderly {
            let last = last.join("|");
            cells.truncate(self.columns - 1);
            cells.push(last);
        }
        for cell in cells {
            self.write("<td>");
            self.words(&cell.replace('\\', ""));
        }
        self.write("</tr>");
    }
}

fn newlines(text: &str) -> isize {
    isize::try_from(text.matches('\n').count()).unwrap_or(isize::MAX)
}
