//! Sets of bytes, to ask whether a text is made of nothing else.

/// A set of bytes.
///
/// It is a table, not a row of comparisons: letters and digits of an identifier
/// come in an order that no processor guesses, and each wrong guess costs more
/// than the look into a table.
pub struct ByteSet([bool; 256]);

impl ByteSet {
    /// ASCII letters, digits, and these.
    pub const fn alphanumeric_and(others: &[u8]) -> Self {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < table.len() {
            table[byte] = (byte as u8).is_ascii_alphanumeric();
            byte += 1;
        }
        let mut index = 0;
        while index < others.len() {
            table[others[index] as usize] = true;
            index += 1;
        }
        Self(table)
    }

    /// Whether `text` has no byte outside of the set.
    pub fn holds_all(&self, text: &str) -> bool {
        let known = |all, byte: u8| all & self.0[usize::from(byte)];
        text.bytes().fold(true, known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_looked_at_to_its_end() {
        static SET: ByteSet = ByteSet::alphanumeric_and(b"-~");
        for inside in ["", "aZ09-~"] {
            assert!(SET.holds_all(inside), "{inside}");
        }
        for outside in [
            "_ab", "a_b", "ab_", "é", "\u{0}", "[", "`", "@", "/", ":", "{",
        ] {
            assert!(!SET.holds_all(outside), "{outside}");
        }
    }
}
