//! The forms a page is written in, and how each becomes blocks.
//!
//! Nothing here knows what a table means beyond what its form needs: text that lost its layout can
//! only be put back together by knowing how a heading, a type or a "yes" looks.

pub mod html;
pub mod markdown;

mod bars;
mod detect;
mod flow;
mod lined;
mod lines;
mod malformed;
mod pipe;
mod plain;
mod prose;
mod rebuild;
mod rst;
mod words;

pub use detect::detect;

use crate::block::Block;
use crate::slice::Slice;
use detect::{Fit, Source};

/// The largest page that is read, in bytes; the largest known is a fiftieth of it.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// How a page is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Form {
    /// HTML of the publishing tool.
    Html,
    /// Markdown, its tables in HTML or in the dialect with pipes.
    Markdown,
    /// reStructuredText with grid and simple tables.
    Restructured,
    /// Rendered text whose tables kept their bars.
    Pipe,
    /// Rendered text whose tables fell apart into one cell a line.
    Plain,
    /// A Swagger definition of the API Explorer, which has no blocks.
    Explorer,
}

/// What a form has to know: how sure a file is written so, and its blocks.
trait Reader: Sync {
    /// The form's name, for messages.
    fn name(&self) -> &'static str;

    /// How sure a file is written in this form.
    fn fit(&self, source: &Source<'_>) -> Fit;

    /// The blocks of a page.
    fn blocks(&self, text: &str) -> Result<Vec<Block>, FormError>;
}

/// The forms with their readers. The first that is sure is meant, or else the first of the best.
const FORMS: &[(Form, &dyn Reader)] = &[
    (Form::Explorer, &Definition),
    (Form::Html, &html::Html),
    (Form::Pipe, &pipe::Pipe),
    (Form::Restructured, &rst::Restructured),
    (Form::Markdown, &markdown::Markdown),
    (Form::Plain, &plain::Plain),
];

impl Form {
    /// The form's name, for messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.reader().name()
    }

    fn reader(self) -> &'static dyn Reader {
        let known = FORMS.iter().find(|(form, _)| *form == self);
        known.map_or(&plain::Plain, |(_, reader)| *reader)
    }
}

/// A definition of the API Explorer: told here, and read elsewhere.
struct Definition;

impl Reader for Definition {
    fn name(&self) -> &'static str {
        "API Explorer JSON"
    }

    fn fit(&self, source: &Source<'_>) -> Fit {
        let start = source.text.trim_start();
        // A file that lost its first brace is a broken definition and no page.
        let marked = start.starts_with('{')
            && ["\"swagger\"", "\"openapi\""]
                .iter()
                .any(|mark| start.contains(mark));
        Fit::sure(marked || source.is_named(&[".json"]))
    }

    fn blocks(&self, _: &str) -> Result<Vec<Block>, FormError> {
        Err(FormError::NotAPage)
    }
}

/// Why a file is no page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormError {
    /// The file is larger than any page.
    #[error("{bytes} bytes are too many for a page (at most {MAX_BYTES}); give one page a file")]
    TooLarge {
        /// The size of the file.
        bytes: usize,
    },
    /// The file has no words.
    #[error("the file is empty; fetch the page again")]
    Empty,
    /// The file is not UTF-8.
    #[error("line {line}: byte {column} is not UTF-8; save the page as UTF-8")]
    NotUtf8 {
        /// The line, from 1.
        line: usize,
        /// The byte in the line, from 1.
        column: usize,
    },
    /// The file holds a NUL byte, which no text has.
    #[error("line {line}: a NUL byte; this is no text, save the page again as text")]
    Nul {
        /// The line, from 1.
        line: usize,
    },
    /// Lists, quotes or elements go deeper than any page.
    #[error("line {line}: nested more than {limit} deep, which no page is")]
    TooDeep {
        /// The line, from 1.
        line: usize,
        /// The depth allowed.
        limit: usize,
    },
    /// The file is a definition and not a page.
    #[error("this is an API Explorer definition, which has no blocks")]
    NotAPage,
}

/// The text of a file: UTF-8, with or without a byte order mark.
///
/// # Errors
///
/// When the file is too large, empty, not UTF-8 or holds a NUL byte.
pub fn decode(bytes: &[u8]) -> Result<&str, FormError> {
    if bytes.len() > MAX_BYTES {
        return Err(FormError::TooLarge { bytes: bytes.len() });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.to(error.valid_up_to());
        FormError::NotUtf8 {
            line: line_after(before),
            column: before
                .iter()
                .rev()
                .take_while(|byte| **byte != b'\n')
                .count()
                + 1,
        }
    })?;
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(FormError::Nul {
            line: line_after(bytes.to(at)),
        });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(FormError::Empty);
    }
    Ok(text)
}

/// The line that follows these bytes, counted from 1.
fn line_after(before: &[u8]) -> usize {
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

/// The blocks of a page.
///
/// # Errors
///
/// When the page is nested deeper than any page is, or is no page at all.
pub fn blocks(text: &str, form: Form) -> Result<Vec<Block>, FormError> {
    form.reader().blocks(text)
}
