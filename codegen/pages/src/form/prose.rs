//! What stands between the tables of rendered text: headings, listings, lists and paragraphs, a
//! line each.

use super::lines::{Line, listing as listing_of, span};
use super::words::{heading, is_footer, is_json_start, is_request, is_route, is_sentence};
use crate::block::{Block, Text};
use crate::slice::Slice;
use crate::vocabulary::{Section, status_code};

/// How many lines from the top the title is looked for.
const TITLE_WITHIN: usize = 40;

/// Collects the blocks of a page of rendered text.
#[derive(Debug, Default)]
pub(super) struct Prose {
    /// The blocks so far.
    pub blocks: Vec<Block>,
    /// The section the page is in.
    section: Option<Section>,
    /// Whether the footer has begun: nothing below it is the page's.
    done: bool,
}

impl Prose {
    /// Adds lines that hold no table.
    pub(super) fn add(&mut self, lines: &[Line<'_>]) {
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
                self.code(rest.to(gutter + listing).from(gutter));
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
        if is_footer(words) && !self.blocks.is_empty() {
            self.done = self.section.is_some();
            return;
        }
        let item = ["•", "▪", "◦", "- ", "* "]
            .iter()
            .find_map(|mark| words.strip_prefix(mark));
        if let Some(section) = heading(words).filter(|_| status_code(words).is_none()) {
            if self.section.is_none() {
                self.title();
            }
            self.section = Some(section);
            // An item of a list begins a part of its section, and the next item ends that.
            if item.is_none() {
                self.blocks.push(Block::Heading {
                    level: 2,
                    text: Text::new(words.trim_end_matches('¶').trim_end(), at),
                });
                return;
            }
        }
        if let Some(item) = item {
            let depth = u8::try_from(line.indent() / 4 + 1).unwrap_or(u8::MAX);
            self.blocks.push(Block::Item {
                depth,
                text: Text::new(item.trim(), at),
            });
        } else {
            self.blocks.push(Block::Paragraph(Text::new(words, at)));
        }
    }

    /// Makes the last line that is no sentence and stands before the first heading the title.
    fn title(&mut self) {
        if self.blocks.len() > TITLE_WITHIN {
            return;
        }
        let title = self.blocks.iter_mut().rev().find(|block| match block {
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

    fn code(&mut self, lines: &[Line<'_>]) {
        self.blocks.push(Block::Code(listing_of(lines, parted)));
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
    let begins = is_request(words) || (in_example && is_route(words));
    if !begins {
        return 0;
    }
    if words.contains(" {") && words.ends_with('}') {
        return 1;
    }
    let blank = lines.from(1).lead(|line| line.is_blank());
    let below = lines.from(1 + blank);
    if blank <= 1
        && below
            .first()
            .is_some_and(|line| is_json_start(line.trimmed()))
    {
        return 1 + blank + json(below);
    }
    // Further requests, one a line.
    lines.lead(|line| is_request(line.trimmed())).max(1)
}

/// How many lines JSON takes: until its brackets are closed, or a heading shows that they are not.
fn json(lines: &[Line<'_>]) -> usize {
    let mut depth = 0_i64;
    for (index, line) in lines.iter().enumerate() {
        let words = line.trimmed();
        if index > 0
            && (heading(words).is_some() || status_code(words).is_some() || is_footer(words))
        {
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
