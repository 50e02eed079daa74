//! The page in sections.

use std::collections::HashMap;

use crate::block::{Block, Lines, Table, Text};
use crate::vocabulary::lexicon::Word;
use crate::vocabulary::{Caption, Meaning, Section, caption, number_in, section, status_codes};

/// A status under which blocks stand, and where it is said.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Status {
    /// The codes: of several the same is said.
    pub(super) codes: Vec<String>,
    pub(super) lines: Lines,
}

impl Status {
    /// The one that is meant; nothing where there are several.
    pub(super) fn only(&self) -> Option<&String> {
        self.codes.first().filter(|_| self.codes.len() == 1)
    }
}

/// A block and where on the page it stands.
pub(super) struct Placed<'b> {
    pub(super) block: &'b Block,
    pub(super) section: Option<Section>,
    pub(super) status: Option<Status>,
}

/// A table and where on the page it stands.
pub(super) struct TableAt<'b> {
    /// The number in reading order, from 1.
    pub(super) number: usize,
    pub(super) table: &'b Table,
    pub(super) section: Option<Section>,
    pub(super) status: Option<Status>,
    /// The caption taken apart.
    pub(super) caption: Option<Caption>,
    /// The words right before the table that head it in place of a caption.
    pub(super) hint: Option<Caption>,
}

impl TableAt<'_> {
    /// The words that head it: its caption, or what stands in its place.
    pub(super) fn heading(&self) -> Option<&Caption> {
        self.caption.as_ref().or(self.hint.as_ref())
    }

    /// The status it stands under.
    pub(super) fn code(&self) -> Option<&str> {
        self.status
            .as_ref()
            .and_then(|status| status.codes.first())
            .map(String::as_str)
    }
}

/// A page in sections.
pub(super) struct Page<'b> {
    pub(super) placed: Vec<Placed<'b>>,
    pub(super) tables: Vec<TableAt<'b>>,
    /// Whether there are headings that part the page.
    pub(super) has_sections: bool,
    /// The tables by the number in their caption, the first of each.
    by_number: HashMap<u32, usize>,
    /// The tables by the anchors on the page.
    by_anchor: HashMap<&'b str, usize>,
}

impl<'b> Page<'b> {
    /// Places every block.
    pub(super) fn new(blocks: &'b [Block]) -> Self {
        let mut page = Self {
            placed: Vec::with_capacity(blocks.len()),
            tables: Vec::new(),
            has_sections: false,
            by_number: HashMap::new(),
            by_anchor: HashMap::new(),
        };
        let mut now: Option<Section> = None;
        // The section of the last heading, and the depth of the list item that began a part of it.
        let mut base: Option<Section> = None;
        let mut part: Option<u8> = None;
        let mut status: Option<Status> = None;
        let mut hint: Option<Caption> = None;
        for block in blocks {
            if let Some(text) = words(block) {
                let codes = status_codes(&text.text);
                if !codes.is_empty() {
                    status = Some(Status {
                        codes,
                        lines: text.lines,
                    });
                    // Requests have no status: the heading of the responses was lost.
                    now = match now {
                        Some(Section::Request | Section::Uri) => Some(Section::Response),
                        Some(Section::RequestExample) => Some(Section::ResponseExample),
                        other => other,
                    };
                } else if let Some(found) = heading(block, base) {
                    // "Error response" below "Status code: 400" is said of what that heads.
                    let again = now == Some(found) && !matches!(block, Block::Heading { .. });
                    status = status.filter(|_| again);
                    now = Some(found);
                    hint = None;
                    page.has_sections = true;
                } else if matches!(block, Block::Heading { level, .. } if *level <= 2) {
                    now = None;
                    status = None;
                } else if let Block::Item { depth, .. } = block
                    && part.is_some_and(|part| *depth <= part)
                {
                    // The next item of the list ends the part that an item began.
                    now = base;
                    part = None;
                }
                match block {
                    Block::Heading { .. } => (base, part) = (now, None),
                    Block::Item { depth, .. } if now != base => part = Some(*depth),
                    _ => {}
                }
                hint = as_hint(text).or(hint);
            }
            if let Block::Table(table) = block {
                // An example between the heading and its table leads no further.
                if now.is_some_and(Section::is_example) && of_one_side(now, base) {
                    now = base;
                }
                page.tables.push(TableAt {
                    number: page.tables.len() + 1,
                    table,
                    section: now,
                    status: status.clone(),
                    caption: table.caption.as_ref().and_then(|text| caption(&text.text)),
                    hint: hint.take(),
                });
            }
            page.placed.push(Placed {
                block,
                section: now,
                status: status.clone(),
            });
        }
        for at in &page.tables {
            if let Some(number) = at.caption.as_ref().and_then(|caption| caption.number) {
                page.by_number.entry(number).or_insert(at.number);
            }
            for anchor in &at.table.anchors {
                page.by_anchor.entry(anchor).or_insert(at.number);
            }
        }
        page
    }

    /// The texts of the page that are not in tables, with their sections.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&Placed<'b>, &'b Text)> {
        crate::steps::count(self.placed.len());
        let placed = self.placed.iter();
        placed.filter_map(|placed| Some((placed, words(placed.block)?)))
    }

    /// A table by the number in its caption.
    pub(super) fn captioned(&self, number: u32) -> Option<usize> {
        self.by_number.get(&number).copied()
    }

    /// Whether any table has an anchor.
    pub(super) fn has_anchors(&self) -> bool {
        !self.by_anchor.is_empty()
    }

    /// A table by an anchor on the page.
    pub(super) fn anchored(&self, anchor: &str) -> Option<usize> {
        self.by_anchor.get(anchor).copied()
    }
}

/// The words of a block, unless it is a listing or a table.
fn words(block: &Block) -> Option<&Text> {
    block.words().filter(|_| !matches!(block, Block::Code(_)))
}

/// The section a block begins. Within a section a short line can begin a part of it, as "Example
/// request" in the section on the request; but such a line never leads back to what the page does.
/// `now` is the section of the last heading.
fn heading(block: &Block, now: Option<Section>) -> Option<Section> {
    let found = section(&words(block)?.text)?;
    let part = found.is_example() || found.describes();
    let back =
        matches!(found, Section::Request | Section::Uri) && now.is_some_and(Section::is_response);
    let heads = matches!(block, Block::Heading { .. }) || part && !back;
    heads.then_some(found)
}

/// Whether an example may stand in a section, going by the way it travels.
fn of_one_side(example: Option<Section>, section: Option<Section>) -> bool {
    match section {
        Some(Section::Uri | Section::Request) => example != Some(Section::ResponseExample),
        Some(Section::Response) => example != Some(Section::RequestExample),
        _ => false,
    }
}

/// A short line before a table, read as if it were the caption. A sentence has to speak of a table:
/// "For the request headers, see Common Headers." tells of something else.
fn as_hint(text: &Text) -> Option<Caption> {
    let words = text.text.trim_end();
    let is_of_table = !words.ends_with(['.', '。'])
        || number_in(words).is_some()
        || Word::says(words, &[Word::Following]);
    caption(words).filter(|_| is_of_table && words.chars().count() <= 120)
}
