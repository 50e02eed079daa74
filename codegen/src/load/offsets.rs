//! The parser counts characters; everything else counts bytes.

/// The byte of every character.
pub(super) struct Offsets {
    /// Bytes before the text the parser saw.
    skipped: usize,
    /// The byte of every character and of the end; `None` while both counts are the same.
    bytes: Option<Vec<usize>>,
    length: usize,
}

impl Offsets {
    /// `skipped` bytes stand before the text the parser sees.
    pub(super) fn new(text: &str, skipped: usize) -> Self {
        let bytes = (!text.is_ascii()).then(|| {
            let starts = text.char_indices().map(|(at, _)| at);
            starts.chain(std::iter::once(text.len())).collect()
        });
        Self {
            skipped,
            bytes,
            length: text.len(),
        }
    }

    /// For a text of which some characters were replaced: the byte each of them had.
    pub(super) fn of_replaced(bytes: Vec<usize>, skipped: usize, length: usize) -> Self {
        Self {
            skipped,
            bytes: Some(bytes),
            length,
        }
    }

    /// The byte a character begins at; one behind the end counts as the end.
    pub(super) fn byte(&self, character: usize) -> usize {
        let byte = match &self.bytes {
            None => character.min(self.length),
            Some(bytes) => bytes.get(character).copied().unwrap_or(self.length),
        };
        self.skipped + byte
    }
}
