//! Documents written down in each form. Every line remembers where it comes from.

pub mod explorer;
mod html;
mod markdown;
mod pipe;
mod plain;
mod rst;

use crate::mutations::doc::Doc;
use crate::mutations::model::Form;
use crate::mutations::words::Words;

/// Where a line of a file comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Between the parts, or a part that claims nothing.
    Nothing,
    /// Heading, route, caption, status line: its part.
    Part(usize),
    Code(usize),
    /// What draws a table.
    Frame(usize),
    Caption(usize),
    Head(usize, usize),
    /// Table, row, and column when the line holds one cell only.
    Row(usize, usize, Option<usize>),
    /// A line of a description: table, row, column, and whether it is the first.
    About(usize, usize, usize, bool),
}

/// A file by lines.
#[derive(Debug, Clone, Default)]
pub struct File {
    pub lines: Vec<(Origin, String)>,
}

impl File {
    pub fn line(&mut self, origin: Origin, text: impl Into<String>) {
        for line in text.into().split('\n') {
            self.lines.push((origin, line.to_owned()));
        }
    }

    pub fn blank(&mut self) {
        self.lines.push((Origin::Nothing, String::new()));
    }

    pub fn text(&self) -> String {
        let mut out = String::new();
        for (_, line) in &self.lines {
            out.push_str(line);
            out.push('\n');
        }
        out
    }
}

/// A document in its form.
pub fn render(doc: &Doc) -> File {
    match doc.form {
        Form::Html => html::page(doc),
        Form::MarkdownHtml | Form::MarkdownGfm => markdown::page(doc),
        Form::Grid | Form::Simple => rst::page(doc),
        Form::Plain => plain::page(doc),
        Form::PipeCells | Form::PipeBars | Form::PipeRows | Form::OpenRows => pipe::page(doc),
        Form::Explorer => File::default(),
    }
}

/// Writes references to tables, `{{3}}`, in the manner of the form.
fn refer(text: &str, words: &Words, write: impl Fn(&str, usize) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (number, after) = after.split_once("}}").unwrap();
        out.push_str(before);
        out.push_str(&write(
            &format!("{}{number}", words.table),
            number.parse().unwrap(),
        ));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// References as text can show them.
fn named(text: &str, words: &Words) -> String {
    refer(text, words, |name, _| name.to_owned())
}
