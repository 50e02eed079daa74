//! Lines of a text: where they begin, and words put into lines.

/// The start of the line that holds a byte.
pub(crate) fn line_start(text: &str, byte: usize) -> usize {
    let before = text.get(..byte).unwrap_or_default();
    before.rfind('\n').map_or(0, |at| at + 1)
}

/// The start of the line behind the one that holds a byte.
pub(crate) fn next_line(text: &str, byte: usize) -> usize {
    let after = text.get(byte..).unwrap_or_default();
    after.find('\n').map_or(text.len(), |at| byte + at + 1)
}

/// The lines of a text that is broken between words, of so many characters where words are no longer.
pub(crate) fn filled(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
