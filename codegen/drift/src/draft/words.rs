//! Words of ours: names, placeholders, and questions with the line that raises them.

use huaweicloud_pages::facts::{FactSource, SourceKind};

use crate::patch::value::New;
use crate::scalar;

/// The longest piece of a page in a comment.
const LONGEST: usize = 60;

/// A question for people, as the text of a comment.
pub(super) fn ask(question: &str, at: &[FactSource]) -> String {
    format!("ask: {question} ({})", place(at))
}

/// Where something was read: `page line 12`.
fn place(at: &[FactSource]) -> String {
    let Some(first) = at.first() else {
        return "no line says it".to_owned();
    };
    let what = match first.kind {
        SourceKind::Definition => "definition",
        _ => "page",
    };
    format!("{what} line {}", first.lines.first)
}

/// Words of a page within a comment: on one line, of a bounded length, and nothing that a reader of YAML
/// or a terminal would obey.
pub(super) fn foreign(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let harmless = |it: char| match it {
        it if it.is_control() => '\u{fffd}',
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        '\u{feff}' | '\u{fff0}'..='\u{ffff}' => '\u{fffd}',
        it => it,
    };
    let text: String = words.join(" ").chars().map(harmless).collect();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// The words of a name in lower case: `ResetPassword` and `reset_password` are two each.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let letters: Vec<char> = name.chars().collect();
    for (index, letter) in letters.iter().enumerate() {
        if !letter.is_ascii_alphanumeric() {
            words.push(String::new());
            continue;
        }
        let before = index.checked_sub(1).and_then(|it| letters.get(it));
        let after = letters.get(index + 1);
        let is_hump = letter.is_ascii_uppercase()
            && (before.is_some_and(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
                || before.is_some_and(char::is_ascii_uppercase)
                    && after.is_some_and(char::is_ascii_lowercase));
        if is_hump {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(letter.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A name for a component: `reset-password` becomes `ResetPassword`.
pub(super) fn pascal(name: &str) -> String {
    let words = words(name);
    let name: String = words.iter().map(|it| capital(it)).collect();
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => name,
        Some(_) => format!("N{name}"),
        None => "Value".to_owned(),
    }
}

/// A name as the beginning of a sentence: `Reset password`.
pub(super) fn sentence(name: &str) -> String {
    capital(&words(name).join(" "))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => format!("{}{}", first.to_ascii_uppercase(), letters.as_str()),
        None => String::new(),
    }
}

/// What one of several is called.
pub(super) fn one_of(name: &str) -> String {
    let kept = ["ss", "us", "is", "as", "os"];
    match name.strip_suffix("ies") {
        Some(stem) if stem.len() > 1 => format!("{stem}y"),
        _ if kept.iter().any(|it| name.ends_with(it)) => name.to_owned(),
        _ => name.strip_suffix('s').unwrap_or(name).to_owned(),
    }
}

/// The place of a description until somebody writes it.
pub(super) fn description(name: &str, at: &[FactSource]) -> New {
    placeholder(&words_for(name), at)
}

/// What stands in that place.
pub(super) fn words_for(name: &str) -> String {
    format!("The `{}`.", foreign(name))
}

/// Words that stand until somebody writes better ones.
pub(super) fn placeholder(text: &str, at: &[FactSource]) -> New {
    asked(text, "say it in your own words", at)
}

/// A text with a question behind it.
pub(super) fn asked(text: &str, question: &str, at: &[FactSource]) -> New {
    let is_plain = text.starts_with(|it: char| it.is_ascii_alphabetic())
        && !text.ends_with([':', ' '])
        && !text.contains(": ")
        && !text.contains(" #")
        && text.chars().all(|it| it == ' ' || it.is_ascii_graphic());
    let scalar = match is_plain {
        true => text.to_owned(),
        false => scalar::quoted(text),
    };
    New::Scalar(format!("{scalar} # {}", ask(question, at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_part_into_words() {
        assert_eq!(
            words("ListBareMetalServersDetail").join(" "),
            "list bare metal servers detail"
        );
        assert_eq!(
            words("OS-EXT-SRV-ATTR:host").join(" "),
            "os ext srv attr host"
        );
        assert_eq!(words("maxTotalRAMSize").join(" "), "max total ram size");
        assert_eq!(pascal("ip_addresses"), "IpAddresses");
        assert_eq!(pascal("2fa"), "N2fa");
        assert_eq!(pascal("服务"), "Value");
        assert_eq!(sentence("ResetPassword"), "Reset password");
        assert_eq!(one_of("policies"), "policy");
        assert_eq!(one_of("address"), "address");
        assert_eq!(one_of("tags"), "tag");
    }

    #[test]
    fn foreign_words_stay_in_their_comment() {
        assert_eq!(foreign("a\nb\u{2028}c\u{1b}[0m\u{85}"), "a b c\u{fffd}[0m");
        assert_eq!(foreign(&"x".repeat(99)).chars().count(), LONGEST + 1);
    }
}
