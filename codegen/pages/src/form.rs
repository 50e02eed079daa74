//! The forms a page is written in, and how each becomes blocks.
//!
//! Nothing here knows what a table means beyond what its form needs: text that lost its layout can
//! only be put back together by knowing how a heading, a type or a "yes" looks.

mod bars;
mod detect;
mod flow;
mod html;
mod lined;
mod lines;
mod malformed;
mod markdown;
mod pipe;
mod plain;
mod prose;
mod rebuild;
mod rst;
mod words;

pub use detect::detect;

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use icu_normalizer::ComposingNormalizerBorrowed;

use crate::block::Block;
use crate::slice::Slice;

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

/// The name of a form for messages, and the blocks of a page.
type Reader = (&'static str, fn(&str) -> Result<Vec<Block>, FormError>);

/// What reads a form.
fn reader(form: Form) -> Reader {
    match form {
        // Told here, and read elsewhere.
        Form::Explorer => ("API Explorer JSON", |_| Err(FormError::NotAPage)),
        Form::Html => ("HTML", html::blocks),
        Form::Pipe => ("text with pipe tables", pipe::blocks),
        Form::Restructured => ("reStructuredText", rst::blocks),
        Form::Markdown => ("Markdown", markdown::blocks),
        Form::Plain => ("plain text", plain::blocks),
    }
}

impl Form {
    /// The form's name, for messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        reader(self).0
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
    /// The bytes of UTF-8 were taken for those of Latin-1 or Windows-1252.
    #[error(
        "each character that is not ASCII is several (\"Ã©\" for \"é\"): UTF-8 was read as \
         Latin-1 or Windows-1252; save the page again as UTF-8"
    )]
    Misread,
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
            column: before.len() - before.behind_last(|byte| *byte == b'\n') + 1,
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
    if is_misread(text) {
        return Err(FormError::Misread);
    }
    Ok(text)
}

/// So many characters at least are misread where a whole page was.
const FEWEST_MISREAD: usize = 5;

/// Whether the characters of a text that are not ASCII are the bytes of UTF-8 in Latin-1 or Windows-1252.
fn is_misread(text: &str) -> bool {
    // No other of that encoding is farther behind.
    if text.is_ascii() || text.chars().any(|it| it > '™') {
        return false;
    }
    let latin: Option<Vec<u8>> = text.chars().map(|it| u8::try_from(it).ok()).collect();
    let windows = || {
        let (bytes, _, is_lossy) = WINDOWS_1252.encode(text);
        (!is_lossy).then(|| bytes.into_owned())
    };
    let bytes = latin.or_else(windows);
    let meant = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    // A few may be a slip of who wrote the page.
    meant.is_some_and(|it| it.chars().filter(|it| !it.is_ascii()).count() >= FEWEST_MISREAD)
}

/// A text in which letters with accents are one character each.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
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
    reader(form).1(text)
}
