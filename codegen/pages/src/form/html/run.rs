//! Text on its way into a block: white space collapsed, lines and links kept.

use super::tree::{Node, is_visible};
use crate::block::{Lines, Text, TextLink};
use crate::form::words::raised;

/// A text being put together.
#[derive(Default)]
pub(super) struct Run {
    text: String,
    lines: Option<Lines>,
    links: Vec<TextLink>,
    /// White space was met after the last word.
    blank: bool,
}

impl Run {
    /// Adds words as HTML shows them; `line` is where they start.
    pub(super) fn words(&mut self, words: &str, mut line: usize) {
        for c in words.chars() {
            if c != '\u{a0}' && !is_visible(c) {
                self.blank |= c.is_whitespace();
                line += usize::from(c == '\n');
                continue;
            }
            if self.blank && !self.text.is_empty() && !self.text.ends_with(['\n', ' ']) {
                self.text.push(' ');
            }
            self.blank = false;
            self.text.push(if c == '\u{a0}' { ' ' } else { c });
            self.mark(line);
        }
    }

    /// Adds a listing as it is.
    pub(super) fn verbatim(&mut self, words: &str, mut line: usize) {
        for c in words.chars() {
            self.text.push(if c == '\u{a0}' { ' ' } else { c });
            if c == '\n' {
                line += 1;
            } else if !c.is_whitespace() {
                self.mark(line);
            }
        }
    }

    /// Begins a new line within the text.
    pub(super) fn new_line(&mut self) {
        self.blank = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// How much text there is, to cut a link's text out later.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Ends raised words that began at `start`.
    pub(super) fn raised(&mut self, start: usize) {
        raised(&mut self.text, start);
    }

    /// Notes a link over the text from `start` on.
    pub(super) fn link(&mut self, start: usize, target: &str) {
        let text = self.text.get(start..).unwrap_or("").trim().to_owned();
        self.links.push(TextLink {
            text,
            target: target.to_owned(),
        });
    }

    fn mark(&mut self, line: usize) {
        let lines = self.lines.get_or_insert(Lines::of(line));
        lines.first = lines.first.min(line);
        lines.last = lines.last.max(line);
    }

    /// The text, and an empty run in its place. `None` when there are no words.
    pub(super) fn take(&mut self) -> Option<Text> {
        let run = std::mem::take(self);
        let text = run.text.trim_matches(|c: char| c.is_whitespace());
        let lines = run.lines?;
        Some(Text {
            text: text.to_owned(),
            lines,
            links: run.links,
        })
    }
}

/// The text of a listing, its line breaks kept.
pub(super) fn listing(node: &Node) -> Option<Text> {
    let mut run = Run::default();
    node.texts(&mut |words, line| run.verbatim(words, line));
    run.take()
}
