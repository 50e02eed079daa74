//! Text for a terminal.

/// No text is broken into lines shorter than this.
const NARROWEST: usize = 24;

/// A text with lines of at most so many columns, broken between words; each line begins with its
/// indentation, the first with another than those below it.
pub fn wrap(text: &str, width: usize, above: &str, below: &str) -> String {
    let options = textwrap::Options::new(width.max(NARROWEST))
        .initial_indent(above)
        .subsequent_indent(below)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(text, options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole() {
        assert_eq!(
            wrap("a line that is broken where its words end", 24, "", "  "),
            "a line that is broken\n  where its words end"
        );
        let address = "https://example.com/a-page-with-a-long-name.html";
        assert_eq!(wrap(address, 24, "  ", "  "), format!("  {address}"));
    }
}
