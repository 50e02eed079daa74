//! Scalars of YAML as text, in block and flow style alike.

use huaweicloud_codegen::load::tree::{Node, Value};

/// A scalar of a document as text; what is not text as JSON.
pub fn text(node: &Node) -> String {
    match &node.value {
        Value::String(text) => text.clone(),
        _ => node.to_json().to_string(),
    }
}

/// A text as a scalar that is read back as just this text: plain where that is safe, in quotes
/// otherwise. Whole numbers stay plain.
pub fn plain_or_quoted(text: &str) -> String {
    if is_plain(text) || is_whole_number(text) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// A text as a scalar that no reader takes for anything but text.
pub fn as_text(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// Whether readers of YAML 1.1 and 1.2 take it for the same text, even between brackets.
fn is_plain(text: &str) -> bool {
    let word = text.to_ascii_lowercase();
    let special = ["null", "true", "false", "on", "off", "y", "n", "inf", "nan"];
    let mut characters = text.chars();
    characters.next().is_some_and(|it| it.is_ascii_alphabetic())
        && !special.contains(&word.as_str())
        && characters.all(|it| it.is_ascii_alphanumeric() || " _-./:()=*$".contains(it))
        && !text.contains(": ")
        && !text.contains(" -")
        && !text.ends_with([' ', ':'])
        && !text.contains("  ")
}

fn is_whole_number(text: &str) -> bool {
    text.len() < 16
        && !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'))
}

/// In single quotes, or in double quotes if it has characters that only those can hold.
pub fn quoted(text: &str) -> String {
    let harmless = |it: char| {
        !it.is_control() && !matches!(it, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
    };
    if text.chars().all(harmless) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            it if harmless(it) => out.push(it),
            it => out.push_str(&format!("\\U{:08x}", u32::from(it))),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use huaweicloud_codegen::Source;
    use huaweicloud_codegen::load::load;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<serde_json::Value> {
        let loaded = load(&[Source::new("a.yaml", text)]);
        Some(loaded.documents.first()?.tree.to_json())
    }

    #[test]
    fn what_is_safe_stays_plain() {
        for text in [
            "string",
            "dcs:instance:reset",
            "body a.b",
            "8",
            "yes",
            "no",
            "https://a.b/c.html",
        ] {
            assert_eq!(plain_or_quoted(text), text);
        }
        for text in [
            "", "true", "-", "a: b", "{x}", "a, b", "1.0", "007", "a #b", " a", "it's",
        ] {
            assert!(plain_or_quoted(text).starts_with(['\'', '"']), "{text}");
        }
        assert_eq!(as_text("8"), "'8'");
    }

    proptest! {
        #[test]
        fn every_text_is_read_back(text in "\\PC{0,12}|[a-z:# -]{0,8}|.{0,6}") {
            let both = format!("a: {}\nb: [{}, {}]\n", as_text(&text), as_text(&text), quoted(&text));
            let value = serde_json::Value::String(text);
            let expected = serde_json::json!({"a": value, "b": [value, value]});
            prop_assert_eq!(read(&both), Some(expected), "{}", both);
        }
    }
}
