//! JSON's `"\\ud83d\\ude00"`: one character in two escapes, which YAML does not know.

/// The text with each such pair of a JSON document as the character it means, and the byte that
/// each character and the end had before; nothing if there is no pair.
pub(super) fn join(text: &str) -> Option<(String, Vec<usize>)> {
    let is_json = text.trim_start().starts_with('{');
    if !is_json || !text.contains("\\ud") && !text.contains("\\uD") {
        return None;
    }
    let mut joined = String::with_capacity(text.len());
    let mut bytes = Vec::with_capacity(text.len());
    let (mut at, mut found) = (0, false);
    while let Some(rest) = text.get(at..) {
        let Some(next) = rest.chars().next() else {
            break;
        };
        bytes.push(at);
        if let Some(character) = pair(rest) {
            joined.push(character);
            at += PAIR;
            found = true;
            continue;
        }
        joined.push(next);
        at += next.len_utf8();
        // An escaped backslash begins no escape.
        if next == '\\' && rest.as_bytes().get(1) == Some(&b'\\') {
            joined.push('\\');
            bytes.push(at);
            at += 1;
        }
    }
    bytes.push(text.len());
    found.then_some((joined, bytes))
}

/// The length of a pair as it is written.
const PAIR: usize = 12;

/// The character a text begins with, if it is written as a pair.
fn pair(text: &str) -> Option<char> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        let digits = Some(digits).filter(|it| it.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        u16::from_str_radix(digits, 16).ok()
    };
    let (high, low) = (unit(0)?, unit(6)?);
    // A single half is no character: the parser says so.
    let both = (0xd800..0xdc00).contains(&high) && (0xdc00..0xe000).contains(&low);
    let mut characters = char::decode_utf16([high, low]).filter(|_| both);
    characters.next()?.ok()
}

#[cfg(test)]
mod tests {
    use super::join;
    use crate::load::load;
    use crate::source::Source;

    #[test]
    fn pairs_become_characters_that_keep_their_place() {
        let text = r#"{"a": "x\ud83d\ude00y", "b": "\\ud83d\\ude00", "c": 1, "c": 2}"#;
        let loaded = load(&[Source::new("spec/a.json", text)]);
        let tree = &loaded.documents[0].tree;
        assert_eq!(tree.get("a").unwrap().as_str(), Some("x\u{1f600}y"));
        assert_eq!(tree.get("b").unwrap().as_str(), Some(r"\ud83d\ude00"));
        let found: Vec<_> = loaded.diagnostics.iter().collect();
        let place = &text[found[0].span.clone()];
        assert_eq!((found.len(), place), (1, "\"c\""));
        assert_eq!(found[0].span.start, text.rfind("\"c\"").unwrap());
    }

    #[test]
    fn halves_and_yaml_stay_as_they_are() {
        assert_eq!(join(r#"{"a": "\ud83d"}"#), None);
        assert_eq!(join(r#"{"a": "\ude00\ud83d"}"#), None);
        assert_eq!(join("a: '\\ud83d\\ude00'"), None);
    }
}
