//! Rendered text: its tables, by what finds those of a form, and what stands between them: headings,
//! listings, lists and paragraphs, a line each.

use super::flow::Flow;
use super::lines::{Line, listing as listing_of, span};
use super::rebuild::Names;
use super::words::{heading, is_footer, is_json_start, is_request, is_route, is_sentence, item};
use crate::block::{Block, Table, Text};
use crate::slice::Slice;
use crate::vocabulary::{Section, is_of_status, status_told};

/// How many lines from the top the title is looked for.
const TITLE_WITHIN: usize = 40;

/// Tables that were found in lines.
pub(super) struct Found {
    /// The place of the first line.
    pub first: usize,
    /// The place behind the last line.
    pub end: usize,
    pub tables: Vec<Table>,
}

/// Finds the tables that are written in one way.
pub(super) type Finder = fn(&[Line<'_>], &Names) -> Vec<Found>;

/// The blocks of a page whose tables are written in these ways. What stands between the tables that
/// one finds is given to the next.
pub(super) fn blocks(lines: &[Line<'_>], finders: &[Finder], names: &Names) -> Vec<Block> {
    let mut prose = Prose::default();
    prose.parts(lines, finders, names);
    prose.flow.out
}

/// Collects the blocks of a page of rendered text.
#[derive(Default)]
struct Prose {
    flow: Flow,
    /// The section the page is in.
    section: Option<Section>,
    /// Whether the footer has begun: nothing below it is the page's.
    done: bool,
}

impl Prose {
    fn parts(&mut self, lines: &[Line<'_>], finders: &[Finder], names: &Names) {
        let Some((find, others)) = finders.split_first() else {
            return self.between(lines);
        };
        let mut from = 0;
        for found in find(lines, names) {
            self.parts(lines.to(found.first).from(from), others, names);
            for table in found.tables {
                self.flow.table(table);
            }
            from = found.end;
        }
        self.parts(lines.from(from), others, names);
    }

    /// Adds lines that hold no table.
    fn between(&mut self, lines: &[Line<'_>]) {
        let mut index = 0;
        while let Some(line) = lines.get(index) {
            let rest = lines.from(index);
            if line.is_blank() || self.done {
                index += 1;
                continue;
            }
            let gutter = line_numbers(rest);
            let listing = listing(rest.from(gutter), self.in_example());
            if listing > 0 {
                let lines = rest.to(gutter + listing).from(gutter);
                self.flow.out.push(Block::Code(listing_of(lines, parted)));
                index += gutter + listing;
                continue;
            }
            self.line(*line);
            index += 1;
        }
    }

    fn in_example(&self) -> bool {
        let section = self.section;
        section.is_some_and(|it| it.is_example() || it == Section::SdkExample)
    }

    fn line(&mut self, line: Line<'_>) {
        let words = line.trimmed();
        let at = span(&[line]);
        if is_footer(words) && !self.flow.out.is_empty() {
            self.done = self.section.is_some();
            return;
        }
        let item = item(words);
        if let Some(section) = heading(words).filter(|_| !is_of_status(words)) {
            if self.section.is_none() {
                self.title();
            }
            self.section = Some(section);
            // An item of a list begins a part of its section, and the next item ends that.
            if item.is_none() {
                self.flow.out.push(Block::Heading {
                    level: 2,
                    text: Text::new(words.trim_end_matches('¶').trim_end(), at),
                });
                return;
            }
        }
        if let Some(item) = item {
            let depth = u8::try_from(line.indent() / 4 + 1).unwrap_or(u8::MAX);
            self.flow.out.push(Block::Item {
                depth,
                text: Text::new(item, at),
            });
        } else {
            self.flow.out.push(Block::Paragraph(Text::new(words, at)));
        }
    }

    /// Makes the last line that is no sentence and stands before the first heading the title.
    fn title(&mut self) {
        if self.flow.out.len() > TITLE_WITHIN {
            return;
        }
        let title = self.flow.out.iter_mut().rev().find(|block| match block {
            Block::Paragraph(text) => {
                !is_sentence(&text.text)
                    && !is_route(&text.text)
                    && text.text.chars().count() <= 200
            }
            _ => false,
        });
        if let Some(block) = title
            && let Block::Paragraph(text) = block
        {
            let mut text = std::mem::take(text);
            text.text
                .truncate(text.text.trim_end_matches('¶').trim_end().len());
            *block = Block::Heading { level: 1, text };
        }
    }
}

/// A request whose body was put on its line: the body on a line of its own.
fn parted(line: &str) -> String {
    let body = line
        .match_indices(" {")
        .find(|(at, _)| line.get(at + 1..).is_some_and(is_json_start));
    match body.filter(|_| is_request(line.trim()) || is_route(line.trim())) {
        Some((at, _)) => format!(
            "{}\n{}",
            line.get(..at).unwrap_or_default(),
            line.get(at + 1..).unwrap_or_default()
        ),
        None => line.to_owned(),
    }
}

/// How many lines at the start are the numbers of a listing's lines, which rendering leaves above it.
fn line_numbers(lines: &[Line<'_>]) -> usize {
    let mut expected = 1_usize;
    let mut end = 0;
    for (index, line) in lines.iter().enumerate() {
        if line.trimmed().parse() == Ok(expected) {
            expected += 1;
            end = index + 1;
        } else if !line.is_blank() {
            break;
        }
    }
    end
}

/// How many lines at the start are a listing: a request, JSON, or a request with JSON below.
fn listing(lines: &[Line<'_>], in_example: bool) -> usize {
    let Some(first) = lines.first() else { return 0 };
    let words = first.trimmed();
    if is_json_start(words) {
        return json(lines);
    }
    // An answer as it comes back: the status, the headers, the body.
    let answers = words.starts_with("HTTP/") && status_told(words).is_some();
    let begins = answers || is_request(words) || (in_example && is_route(words));
    if !begins {
        return 0;
    }
    let is_header = |line: &Line<'_>| !line.is_blank() && line.trimmed().contains(": ");
    let head = 1 + lines.from(1).lead(|line| answers && is_header(line));
    if words.contains(" {") && words.ends_with('}') {
        return 1;
    }
    let blank = lines.from(head).lead(|line| line.is_blank());
    let below = lines.from(head + blank);
    if blank <= 1
        && below
            .first()
            .is_some_and(|line| is_json_start(line.trimmed()))
    {
        return head + blank + json(below);
    }
    // Further requests, one a line.
    lines.lead(|line| is_request(line.trimmed())).max(head)
}

/// How many lines JSON takes: until its brackets are closed, or a heading shows that they are not.
fn json(lines: &[Line<'_>]) -> usize {
    let mut depth = 0_i64;
    for (index, line) in lines.iter().enumerate() {
        let words = line.trimmed();
        if index > 0 && (heading(words).is_some() || is_of_status(words) || is_footer(words)) {
            return index;
        }
        let mut quoted = false;
        let mut escaped = false;
        for c in words.chars() {
            match c {
                _ if escaped => escaped = false,
                '\\' if quoted => escaped = true,
                '"' => quoted = !quoted,
                '{' | '[' if !quoted => depth += 1,
                '}' | ']' if !quoted => depth -= 1,
                _ => {}
            }
        }
        if depth <= 0 {
            return index + 1;
        }
    }
    lines.len()
}
