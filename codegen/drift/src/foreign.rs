//! Words of pages, documents and servers, made fit to be shown.

use std::borrow::Cow;

pub(crate) use huaweicloud_codegen::characters::is_harmful;

/// A text without characters that would be obeyed instead of shown.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.contains(is_harmful) {
        Cow::Owned(text.replace(is_harmful, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Where a text has a word that is not a part of another; nothing parts Chinese ones.
pub(crate) fn places_of<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let is_part = |it: char| {
        let is_han = ('\u{4e00}'..='\u{9fff}').contains(&it);
        it == '_' || it.is_alphanumeric() && !is_han
    };
    let found = text.match_indices(word).map(|it| it.0);
    found.filter(move |at| {
        let before = text.get(..*at).unwrap_or_default();
        let after = text.get(at + word.len()..).unwrap_or_default();
        !word.is_empty() && !before.ends_with(is_part) && !after.starts_with(is_part)
    })
}

/// How much of a foreign name or value a message has room for.
const LONGEST_NAME: usize = 120;

/// A name or a value for a message: on one line, and bounded.
pub(crate) fn name(text: &str) -> String {
    line(text, LONGEST_NAME)
}

/// JSON whose texts have none of those characters as they are: there each can be written by its number.
pub fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            it if is_harmful(it) && it != '\n' => {
                out.push_str(&format!("\\u{:04x}", u32::from(it)));
            }
            it => out.push(it),
        }
    }
    out
}

/// The same on one line, of so many characters at the most.
pub fn line(text: &str, longest: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    cut(&visible(&words.join(" ")), longest).into_owned()
}

/// At most the first characters of a text, with a mark where it was cut.
pub fn cut(text: &str, longest: usize) -> Cow<'_, str> {
    match text.char_indices().nth(longest) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_obeyed() {
        assert_eq!(visible("a\tb"), "a\tb");
        assert_eq!(
            visible("a\nb\u{1b}[0m\u{202e}"),
            "a\u{fffd}b\u{fffd}[0m\u{fffd}"
        );
        assert_eq!(
            line(" a\n b\u{2028}c\u{1b}[0m\u{85}", 60),
            "a b c\u{fffd}[0m"
        );
        assert_eq!(line(&"é".repeat(99), 60).chars().count(), 61);
        assert_eq!(name("a b"), "a b");
        let value = serde_json::json!({"a\u{202e}": ["\u{1b}[0m\u{9b}\n"]});
        let text = json(&format!("{value:#}"));
        assert_eq!(
            text,
            "{\n  \"a\\u202e\": [\n    \"\\u001b[0m\\u009b\\n\"\n  ]\n}"
        );
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&text).unwrap(),
            value
        );
    }
}
