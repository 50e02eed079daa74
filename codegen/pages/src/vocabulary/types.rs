//! The words pages have for types, and the kinds that OpenAPI knows.
//!
//! A kind is written `string`, `integer`, `number`, `boolean`, `object`, `array`, or `array of …`.

use super::value::SPOKEN_ANSWERS;
use super::{among, is_among, plain, yes_no};

/// Types as cells have them most often, which are no names when written so.
pub(crate) const WRITTEN_TYPES: &str = "String|Integer|Int|Boolean|Long|Float|Double|Object|Array";

/// Words that are types by themselves, by their kind; empty for types that OpenAPI has no kind for.
const BY_THEMSELVES: &[(&str, &str)] = &[
    (
        "string",
        "string|str|date|datetime|date-time|timestamp|uuid|字符串|chaîne|cadena|cuerda|cadeia|tekenreeks",
    ),
    (
        "integer",
        "integer|int|int32|int64|long|short|整数|整型|entier|entero|inteiro|geheel getal",
    ),
    ("number", "float|double|number|bigdecimal|浮点数"),
    (
        "boolean",
        "boolean|bool|布尔|布尔值|booléen|booleano|booleaans",
    ),
    (
        "object",
        "object|map|dict|dictionary|json|对象|字典|objet|objeto|dictionary data structure|字典数据结构|dict object",
    ),
    (
        "array",
        "array|list|数组|列表|tableau|arreglo|matriz|list data structure|列表数据结构",
    ),
    ("", "file|binary|byte|enum|any|none"),
];

/// The kind of a word that is a type by itself.
fn by_itself(word: &str) -> Option<&'static str> {
    let known = BY_THEMSELVES
        .iter()
        .find(|(_, words)| is_among(words, word));
    known.map(|(kind, _)| *kind)
}

/// The kind of a word among others, in the plural too; some are too much like other words to be
/// types by themselves.
fn kind_of_word(word: &str) -> Option<&'static str> {
    let kind = match word {
        "char" => "string",
        "decimal" | "浮点型" => "number",
        "struct" | "hashmap" => "object",
        "jsonarray" => "array",
        _ => by_itself(word).or_else(|| by_itself(word.strip_suffix('s')?))?,
    };
    Some(kind).filter(|kind| !kind.is_empty())
}

/// What a list begins with where its items follow: "Array of strings", "List<String>".
const LISTS: &[&str] = &[
    "array", "list", "set", "lista", "tableau", "arreglo", "matriz", "数组", "列表",
];

/// What stands between the word for a list and its items.
const OF: &[&str] = &["of ", "de ", "des ", "d'"];

/// The kind that a page's type stands for; nothing for words that stand for none.
#[must_use]
pub fn kind_of_type(text: &str) -> Option<String> {
    kind(&plain(text), 0)
}

fn kind(text: &str, depth: usize) -> Option<String> {
    let text = text.trim().trim_end_matches('?').trim();
    if text.is_empty() || depth > 4 {
        return None;
    }
    if let Some(rest) = text.strip_suffix("[]") {
        return Some(array_of(kind(rest, depth + 1)));
    }
    for open in LISTS {
        let rest = text.strip_prefix(open).filter(|rest| {
            // "Listener object" is no list, "Arrayof object" is.
            !rest.starts_with(|c: char| c.is_ascii_alphanumeric()) || rest.starts_with("of ")
        });
        if let Some(rest) = rest {
            let items = rest.trim_start_matches([' ', '<', '(', '[']);
            let items = OF
                .iter()
                .find_map(|of| items.strip_prefix(of))
                .unwrap_or(items);
            let items = items.trim_end_matches(['>', ')', ']', ' ']);
            return Some(array_of(kind(items, depth + 1)));
        }
    }
    for end in [" array", " list", "数组", "列表"] {
        if let Some(items) = text.strip_suffix(end) {
            return Some(array_of(kind(items, depth + 1)));
        }
    }
    if let Some(kind) = kind_of_word(text) {
        return Some(kind.to_owned());
    }
    let is_map = ["map", "dict", "hashmap", "字典"]
        .iter()
        .any(|open| text.starts_with(open));
    if is_map
        || ["object", "objet", "对象"]
            .iter()
            .any(|word| text.contains(word))
    {
        return Some("object".to_owned());
    }
    let word: String = text.chars().take_while(|it| it.is_alphanumeric()).collect();
    kind_of_word(&word).map(str::to_owned)
}

/// A type of text without the length in brackets behind it, and that length: at least and at most.
/// Other types are left as they are.
pub(crate) fn without_length(text: &str) -> (&str, Option<(Option<&str>, &str)>) {
    let found = text.trim_end().strip_suffix([')', '）']).and_then(|text| {
        let (name, inside) = text.rsplit_once(['(', '（'])?;
        let is_number = |text: &&str| {
            (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let (least, most) = match inside.split_once(['-', '~', '–']) {
            Some((least, most)) => (Some(least.trim()).filter(is_number)?.into(), most),
            None => (None, inside),
        };
        let most = Some(most.trim()).filter(is_number)?;
        let name = name.trim_end();
        (kind_of_type(name).as_deref() == Some("string")).then_some((name, Some((least, most))))
    });
    found.unwrap_or((text, None))
}

/// The kind of an array by the kind of its items.
#[must_use]
pub fn array_of(items: Option<String>) -> String {
    match items {
        Some(items) => format!("array of {items}"),
        None => "array".to_owned(),
    }
}

/// How types begin that hold others.
const LIST_STARTS: &str = "array of |list of |map of |array<|list<|map<|array[|list[|array (|array(|list (|set<|dict<\
     |tableau d|arreglo de |matriz de |lista de ";

/// Whether a cell's text is a type: a word of the closed list, or "Array of …", "List<…>",
/// "Map<…>", "… object", "… objects".
pub(crate) fn is_type(text: &str) -> bool {
    // "Tag list." describes; no type ends as a sentence does.
    if text.trim_end().ends_with(['.', '。', '!', '！', ';', '；']) {
        return false;
    }
    let written = text.trim();
    let text = plain(text);
    if text.is_empty()
        || text.chars().count() > 80
        || (text.contains('。') || text.contains(". ")) && !text.contains('<')
    {
        return false;
    }
    let words = text.split(' ').count();
    // "Long integer" too.
    if by_itself(&text).is_some()
        || words == 2 && text.split(' ').all(|word| by_itself(word).is_some())
    {
        return true;
    }
    if among(LIST_STARTS).any(|start| text.starts_with(start)) {
        return words <= 7;
    }
    if let Some((head, _)) = text.split_once(['<', '(', '[']) {
        return by_itself(head.trim()).is_some() && words <= 6;
    }
    if text
        .strip_suffix("[]")
        .is_some_and(|head| by_itself(head.trim()).is_some())
    {
        return true;
    }
    let last = text.rsplit(' ').next().unwrap_or("");
    // "No Array of objects" and "NoArray of objects" are two cells in one.
    let glued = among(SPOKEN_ANSWERS).chain(["是", "否"]).any(|response| {
        let rest = written.strip_prefix(response);
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
    });
    if glued
        || text
            .split(' ')
            .next()
            .is_some_and(|first| words > 1 && yes_no(first).is_some())
    {
        return false;
    }
    let closing = matches!(
        last,
        "object" | "objects" | "array" | "arrays" | "structure" | "dictionary" | "list"
    );
    (closing && words <= 4)
        || ["数组", "对象", "列表", "结构体"]
            .iter()
            .any(|end| text.ends_with(end) && text.chars().count() <= 20)
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
