//! Scalars of YAML as text, in block and flow style alike.

use huaweicloud_codegen::load::tree::{Node, Value};

use crate::foreign::is_harmful;

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
    if is_plain(text) && !is_yes_or_no(text) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// The same where no bracket is open: paths, sentences and addresses stay plain there.
pub fn in_block(text: &str) -> String {
    let begins = text.starts_with(|it: char| it.is_ascii_alphabetic() || it == '/');
    if begins && is_plain(&text.replace(['/', '{', '}', '`', ';', ','], "x")) && !is_yes_or_no(text)
    {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// Whether readers of YAML 1.1 take it for a flag, which is what the lock means by it.
fn is_yes_or_no(text: &str) -> bool {
    ["yes", "no"].iter().any(|it| it.eq_ignore_ascii_case(text))
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

/// In single quotes, or in double quotes if it has characters that are not to be seen as they are.
pub fn quoted(text: &str) -> String {
    let harmless = |it: char| !it.is_control() && !is_harmful(it);
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
        for text in ["8", "yes", "No"] {
            assert_eq!(as_text(text), format!("'{text}'"));
        }
        for text in ["/v1/{a}/b", "The `a`; it is.", "https://a.{b}.c"] {
            assert_eq!(in_block(text), text);
        }
        for text in ["{a}", "`a`", "a, b: c", "yes", "null", "/a #b"] {
            assert_eq!(in_block(text), quoted(text));
        }
    }

    proptest! {
        #[test]
        fn every_text_is_read_back(text in "\\PC{0,12}|[a-z:#{},`/ -]{0,8}|.{0,6}") {
            let both = format!(
                "a: {}\nb: [{}, {}]\nc: {} # d\n{}: e\n",
                as_text(&text), as_text(&text), quoted(&text), in_block(&text), in_block(&format!("/{text}"))
            );
            let (key, value) = (format!("/{text}"), serde_json::Value::String(text));
            let expected = serde_json::json!({"a": value, "b": [value, value], "c": value, key: "e"});
            prop_assert_eq!(read(&both), Some(expected), "{}", both);
        }
    }
}
