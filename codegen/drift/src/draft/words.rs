//! Words of ours: names, placeholders, and questions with the line that raises them.

use huaweicloud_pages::facts::{FactSource, Required, SourceKind};
use serde_json::Value;

use crate::foreign;
use crate::harmless::is_harmless_as;
use crate::piece::New;
use crate::scalar;

/// The longest piece of a page in a comment.
const LONGEST: usize = 60;

/// Questions for people about one thing, as the texts of comments.
#[derive(Debug, Default)]
pub(super) struct Asks {
    /// Where the thing was read.
    place: String,
    /// The questions.
    pub(super) list: Vec<String>,
}

impl Asks {
    /// None yet about what was read at some place.
    pub(super) fn about(at: &[FactSource]) -> Self {
        Self {
            place: place(at),
            list: Vec::new(),
        }
    }

    /// Asks about the thing itself.
    pub(super) fn ask(&mut self, question: impl AsRef<str>) {
        let question = question.as_ref();
        self.list.push(format!("ask: {question} ({})", self.place));
    }

    /// Asks about what was read at another place.
    pub(super) fn at(&mut self, question: impl AsRef<str>, at: &[FactSource]) {
        self.list.push(ask(question.as_ref(), at));
    }
}

/// A question as the text of a comment.
pub(super) fn ask(question: &str, at: &[FactSource]) -> String {
    format!("ask: {question} ({})", place(at))
}

/// Where something was read: `page line 12`.
fn place(at: &[FactSource]) -> String {
    let Some(first) = at.first() else {
        return "no line says it".to_owned();
    };
    let is_definition = first.kind == SourceKind::Definition;
    line(is_definition, first.lines.first)
}

/// A line of a definition or of a page.
pub(super) fn line(is_definition: bool, number: usize) -> String {
    let what = if is_definition { "definition" } else { "page" };
    format!("{what} line {number}")
}

/// The longest sentence of ours with a piece of a page in it.
const LONGEST_SENTENCE: usize = 200;

/// A sentence of ours, whatever is in it, within a comment.
pub(super) fn whole(text: &str) -> String {
    foreign::line(text, LONGEST_SENTENCE)
}

/// The question about what a definition says by a keyword that OpenAPI does not have. No sentence is
/// copied.
pub(super) fn no_word_for(key: &str, value: &Value) -> String {
    let is_harmless = is_harmless_as(key, value);
    let key = foreign(key);
    match is_harmless {
        true => format!(
            "it says `{key}: {}`, for which OpenAPI has no word",
            foreign(&value.to_string())
        ),
        false => format!("it says something by `{key}`; say it in your own words"),
    }
}

/// A value of a definition in a question.
pub(super) fn shown(value: &Value) -> String {
    match is_harmless_as("", value) {
        true => foreign(&value.to_string()),
        false => "what it has".to_owned(),
    }
}

/// The question about what need not be given in each case.
pub(super) fn must(needed: Required) -> Option<&'static str> {
    match needed {
        Required::Unknown => Some("must it be given? that is not said"),
        Required::Conditional => Some("in which cases must it be given?"),
        Required::Yes | Required::No => None,
    }
}

/// Words of a page within a comment.
pub(super) fn foreign(text: &str) -> String {
    foreign::line(text, LONGEST)
}

/// The words of a name in lower case, as far as identifiers can have them.
pub(super) fn words(name: &str) -> Vec<String> {
    let name = name.replace(|it: char| !it.is_ascii_alphanumeric(), " ");
    crate::claim::words_of_name(&name)
}

/// The words of a name as a name, where it has letters: `reset-password` becomes `ResetPassword`.
pub(super) fn name_of(name: &str) -> Option<String> {
    let words = words(name);
    let name: String = words.iter().map(|it| capital(it)).collect();
    let first = name
        .chars()
        .next()
        .filter(|_| words.concat().contains(is_letter))?;
    match is_letter(first) {
        true => Some(name),
        false => Some(format!("N{name}")),
    }
}

fn is_letter(it: char) -> bool {
    it.is_ascii_alphabetic()
}

/// A name for a component, whatever it is made of.
pub(super) fn pascal(name: &str) -> String {
    name_of(name).unwrap_or_else(|| "Value".to_owned())
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
    let scalar = scalar::in_block(text);
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
    fn a_name_has_words() {
        for (given, name) in [
            ("OpenGate", Some("OpenGate")),
            ("open gate", Some("OpenGate")),
            ("打开闸门", None),
            ("🌊", None),
            ("123", None),
            ("--/?", None),
            ("", None),
            ("查询Gate列表", Some("Gate")),
            ("2fa 🌊 open", Some("N2faOpen")),
        ] {
            assert_eq!(name_of(given).as_deref(), name, "{given}");
        }
    }
}
