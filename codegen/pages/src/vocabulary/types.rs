//! The words pages have for types, and the kinds that OpenAPI knows.
//!
//! A kind is written `string`, `integer`, `number`, `boolean`, `object`, `array`, or `array of …`.

use serde_json::Value;

use super::lexicon::{Kind, Term};
use super::lookup::{Meaning, is_han};
use super::{plain, yes_no};

/// The kind of a word among others, in the plural too.
fn kind_of_word(word: &str) -> Option<&'static str> {
    let kind = Kind::of(word).or_else(|| Kind::of(word.strip_suffix('s')?));
    match kind?.0 {
        "" | "scalar" => None,
        "text of a form" => Some("string"),
        kind => Some(kind),
    }
}

/// Whether a word is a scalar that OpenAPI has no kind for.
pub(crate) fn is_other_scalar(word: &str) -> bool {
    Kind("scalar").is(word)
}

/// Whether a type is that of texts of a certain form, which their kind does not tell: `UUID`, `Date`.
pub(crate) fn is_of_form(text: &str) -> bool {
    let text = plain(text);
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| Kind("text of a form").is(word.strip_suffix('s').unwrap_or(word)))
}

/// The kind that a page's type stands for; nothing for words that stand for none.
#[must_use]
pub fn kind_of_type(text: &str) -> Option<String> {
    kind(&plain(text), 0)
}

fn kind(text: &str, depth: usize) -> Option<String> {
    let text = without_reference(text.trim().trim_end_matches('?').trim());
    if depth > 4 {
        return None;
    }
    if let Some(items) = items(text) {
        return Some(array_of(kind(items, depth + 1)));
    }
    let mut objects = Kind("object").words().filter(|it| it.starts_with(is_han));
    let mut kinds = text.split(|c: char| !c.is_alphanumeric()).map(kind_of_word);
    let first = kinds.next().flatten();
    let kind = kind_of_word(text).or_else(|| {
        let holds = objects.any(|it| text.contains(it)) || kinds.any(|it| it == Some("object"));
        if holds { Some("object") } else { first }
    });
    kind.map(str::to_owned)
}

/// A type without the table that its link names: "表4object".
fn without_reference(text: &str) -> &str {
    let behind = Term::Table.begins(text).and_then(|(_, rest)| {
        let name = rest
            .trim_start()
            .trim_start_matches(|c: char| c.is_ascii_digit());
        (name.len() < rest.trim_start().len()).then(|| name.trim_start())
    });
    behind.filter(|name| !name.is_empty()).unwrap_or(text)
}

/// What a list is of: "Array of strings", "List<String>", "String[]", "[]String", "字符串数组".
fn items(text: &str) -> Option<&str> {
    let behind = Kind("array").words().find_map(|list| {
        let rest = text.strip_prefix(list)?;
        // "Array of arrays of strings".
        let plural = rest.strip_prefix('s').filter(|rest| rest.starts_with(' '));
        let rest = plural.unwrap_or(rest);
        // "Listener object" is no list, "Arrayof object" is.
        let goes_on = rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        let items = rest.trim_start_matches([' ', '<', '(', '[']);
        let items = Term::Of.begins(items).map_or(items, |(_, items)| items);
        let items = items.trim_end_matches(['>', ')', ']', ' ']);
        (!goes_on || rest.starts_with("of ")).then_some(items)
    });
    let before = || Kind("array").ends(text);
    let marked = text.strip_suffix("[]").or(text.strip_prefix("[]"));
    marked.or(behind).or_else(before)
}

/// A type of text without the length in brackets behind it, and that length: at least and at most.
/// Other types are left as they are.
pub(crate) fn without_length(text: &str) -> (&str, Option<(Option<&str>, &str)>) {
    let found = text.trim_end().strip_suffix([')', '）']).and_then(|text| {
        let (name, inside) = text.rsplit_once(['(', '（'])?;
        let is_number = |text: &&str| {
            (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let ends: Vec<&str> = inside.split(['-', '~', '–']).map(str::trim).collect();
        let length = match ends[..] {
            [most] => (None, most),
            [least, most] => (Some(least), most),
            _ => return None,
        };
        let name = name.trim_end();
        let is_text = kind_of_type(name).as_deref() == Some("string");
        (ends.iter().all(is_number) && is_text).then_some((name, Some(length)))
    });
    found.unwrap_or((text, None))
}

/// What stands before the slash of a type of media.
const MEDIA: &[&str] = &[
    "application",
    "audio",
    "image",
    "multipart",
    "text",
    "video",
];

/// Whether a word begins as a type of media does: "text/csv".
#[must_use]
pub fn is_media_type(word: &str) -> bool {
    let type_ = word.split_once('/').map(|(type_, _)| type_);
    type_.is_some_and(|type_| MEDIA.contains(&type_))
}

/// How the kind of an array begins whose items are known.
pub const LIST_OF: &str = "array of ";

/// The kind of an array by the kind of its items.
#[must_use]
pub fn array_of(items: Option<String>) -> String {
    match items {
        Some(items) => format!("{LIST_OF}{items}"),
        None => "array".to_owned(),
    }
}

/// Whether two kinds may be the same; `array` does not say of what.
#[must_use]
pub fn kinds_agree(a: &str, b: &str) -> bool {
    match (a.strip_prefix(LIST_OF), b.strip_prefix(LIST_OF)) {
        (Some(a), Some(b)) => kinds_agree(a, b),
        (None, None) => a == b,
        (None, Some(_)) => a == "array",
        (Some(_), None) => b == "array",
    }
}

/// Whether a value is of a kind.
#[must_use]
pub fn is_of_kind(kind: &str, value: &Value) -> bool {
    match kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        kind if kind.starts_with("array") => value.is_array(),
        _ => true,
    }
}

/// The kind of the values of a map whose type names it, as `Map<String,Integer>`.
pub(crate) fn kind_of_values(type_: &str) -> Option<String> {
    let text = plain(type_);
    let (head, rest) = text.split_once('<')?;
    let (_, value) = rest.strip_suffix('>')?.split_once(',')?;
    kind_of_type(value).filter(|_| kind_of_type(head).as_deref() == Some("object"))
}

/// Whether a cell's text is a type: a word of the closed list, or "Array of …", "List<…>",
/// "Map<…>", "… object", "… objects".
pub(crate) fn is_type(text: &str) -> bool {
    let written = text.trim();
    let text = plain(text);
    let text = without_reference(&text);
    let words: Vec<&str> = text.split(' ').collect();
    // "Tag list." describes; no type ends as a sentence does.
    let is_sentence = written.ends_with(['.', '。', '!', '！', ';', '；'])
        || (text.contains('。') || text.contains(". ")) && !text.contains('<');
    if is_sentence || text.chars().count() > 80 {
        return false;
    }
    let is_word = |word: &str| Kind::of(word).is_some();
    let text = text.trim_start_matches("[]");
    // "Integer/Boolean" and "Long integer" too.
    if text.split('/').all(is_word) || words.len() == 2 && words.iter().all(|word| is_word(word)) {
        return true;
    }
    // "List<String>".
    let head = text.split(['<', '(', '[']).next().unwrap_or(text);
    if is_word(head.trim()) {
        return words.len() <= 6;
    }
    // "Array of gauges", "Array Object of gauges".
    let named = words.iter().take_while(|word| is_word(word)).count();
    let behind = words.get(named..).unwrap_or(&[]).join(" ");
    if (1..=2).contains(&named) && Term::Of.begins(&behind).is_some() {
        return words.len() <= 7;
    }
    // "No Array of objects" and "NoArray of objects" are two cells in one.
    let mut behind = Term::SpokenAnswer
        .words()
        .filter_map(|it| written.strip_prefix(it));
    let glued = behind.any(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
    let answered = words.len() > 1 && words.first().is_some_and(|first| yes_no(first).is_some());
    let short = words.len() <= 4 && (text.is_ascii() || text.chars().count() <= 20);
    head == text && !glued && !answered && short && Term::EndOfType.ends(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_a_certain_form_says_more_than_its_kind() {
        for (text, expected) in [
            ("UUID", true),
            ("Date time", true),
            ("Array of UUIDs", true),
            ("String", false),
            ("String(64)", false),
            ("Array of strings", false),
            ("Integer", false),
            ("Gauge", false),
        ] {
            assert_eq!(is_of_form(text), expected, "{text}");
        }
    }

    #[test]
    fn a_length_stands_behind_a_type_of_text() {
        for (text, parts) in [
            ("String(64)", ("String", Some((None, "64")))),
            ("String (1-64)", ("String", Some((Some("1"), "64")))),
            ("字符串（32）", ("字符串", Some((None, "32")))),
            ("Integer(32)", ("Integer(32)", None)),
            ("String(uuid)", ("String(uuid)", None)),
            ("String(-)", ("String(-)", None)),
            ("String", ("String", None)),
            ("()", ("()", None)),
        ] {
            assert_eq!(without_length(text), parts, "{text}");
        }
    }

    #[test]
    fn words_of_pages_become_kinds() {
        for (words, kind) in [
            ("String", "string"),
            ("Long", "integer"),
            ("Boolean", "boolean"),
            ("Double", "number"),
            ("Array of strings", "array of string"),
            ("Array of TagInfo objects", "array of object"),
            ("Arrayof objects", "array of object"),
            ("List<String>", "array of string"),
            ("Array of arrays of strings", "array of array of string"),
            ("Array Object of gauges", "array of object"),
            ("表4object", "object"),
            ("Table 4 object", "object"),
            ("Character", "string"),
            ("List", "array"),
            ("String[]", "array of string"),
            ("TagInfo object", "object"),
            ("Listener object", "object"),
            ("Object?", "object"),
            ("Map<String,String>", "object"),
            ("Integer (int32)", "integer"),
            ("date-time", "string"),
            ("数组", "array"),
            ("字符串", "string"),
            ("字符串数组", "array of string"),
            ("Cadeia", "string"),
            ("Cuerda", "string"),
            ("Cadenas", "string"),
            ("geheel getal", "integer"),
            ("Booleaans", "boolean"),
            ("Objeto TagInfo", "object"),
            ("Tableau", "array"),
            ("Tableau d'objets", "array of object"),
            ("Tableau de chaînes", "array of string"),
            ("Matriz de cadenas", "array of string"),
            ("Lista de objetos", "array of object"),
        ] {
            assert_eq!(kind_of_type(words).as_deref(), Some(kind), "{words}");
        }
        for words in ["", "?", "TagInfo", "-", "see below", "any", "Setting"] {
            assert_eq!(kind_of_type(words), None, "{words}");
        }
    }

    #[test]
    fn a_map_may_name_the_type_of_its_values() {
        for (type_, kind) in [
            ("Map<String,Integer>", Some("integer")),
            ("Map< String , String >", Some("string")),
            ("Map<String,Array<String>>", Some("array of string")),
            ("Map<String>", None),
            ("List<String,String>", None),
            ("Map", None),
        ] {
            assert_eq!(kind_of_values(type_).as_deref(), kind, "{type_}");
        }
    }

    #[test]
    fn an_array_without_items_agrees_with_every_array() {
        assert!(kinds_agree("array", "array of string"));
        assert!(kinds_agree("array of array", "array of array of integer"));
        assert!(!kinds_agree("array of object", "array of string"));
        assert!(!kinds_agree("array", "string"));
    }
}
