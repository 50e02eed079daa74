//! Characters that others may have put into a text, and that are not for showing.

/// What a terminal or a compiler would obey instead of show, or a reader of text not see: control
/// characters but for tabs, marks of direction, and what has no width.
pub fn is_harmful(it: char) -> bool {
    let is_unseen = matches!(it, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}');
    is_unseen
        || matches!(
            it,
            '\u{61c}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}'
        )
        || (it.is_control() && it != '\t')
}
