//! The words pages have for types, brought to the kinds that OpenAPI knows.
//!
//! A kind is written `string`, `integer`, `number`, `boolean`, `object`, `array`, or `array of …`.

/// The kind a page's type stands for; nothing for a word that stands for no kind.
pub fn of_page(text: &str) -> Option<String> {
    of_words(text, 0)
}

fn of_words(text: &str, depth: usize) -> Option<String> {
    let text = text.trim().trim_end_matches('?').trim().to_lowercase();
    if text.is_empty() || depth > 4 {
        return None;
    }
    if let Some(rest) = text.strip_suffix("[]") {
        return Some(array_of(of_words(rest, depth + 1)));
    }
    for open in ["array", "list", "set", "数组", "列表"] {
        if let Some(rest) = text.strip_prefix(open) {
            let items = rest
                .trim_start_matches([' ', '<', '(', '[', '（'])
                .trim_start_matches("of ")
                .trim_end_matches(['>', ')', ']', '）', ' ']);
            return Some(array_of(of_words(items, depth + 1)));
        }
    }
    if text.ends_with(" array") || text.ends_with(" list") || text.ends_with("数组") {
        let items = text
            .trim_end_matches("array")
            .trim_end_matches("list")
            .trim_end_matches("数组");
        return Some(array_of(of_words(items, depth + 1)));
    }
    for open in ["map", "dict", "hashmap", "字典"] {
        if text.starts_with(open) {
            return Some("object".to_owned());
        }
    }
    if text.contains("object") || text.contains("对象") {
        return Some("object".to_owned());
    }
    let word: String = text.chars().take_while(|it| it.is_alphanumeric()).collect();
    let kind = match word.as_str() {
        "string" | "strings" | "str" | "uuid" | "date" | "datetime" | "timestamp" | "char"
        | "字符串" | "cadena" | "chaîne" | "tekenreeks" => "string",
        "integer" | "integers" | "int" | "int32" | "int64" | "long" | "longs" | "short"
        | "整数" | "整型" | "entero" | "inteiro" | "entier" => "integer",
        "float" | "floats" | "double" | "doubles" | "number" | "numbers" | "decimal" | "浮点数"
        | "浮点型" => "number",
        "boolean" | "booleans" | "bool" | "布尔" | "布尔值" | "booleano" | "booléen" => {
            "boolean"
        }
        "json" | "struct" | "dictionary" => "object",
        "jsonarray" => "array",
        _ => return None,
    };
    Some(kind.to_owned())
}

/// The kind of an array by the kind of its items.
pub fn array_of(items: Option<String>) -> String {
    match items {
        Some(items) => format!("array of {items}"),
        None => "array".to_owned(),
    }
}

/// Whether two kinds may be the same; `array` does not say of what.
pub fn agree(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let items = |kind: &str| {
        if kind == "array" {
            Some(None)
        } else {
            kind.strip_prefix("array of ")
                .map(|items| Some(items.to_owned()))
        }
    };
    match (items(a), items(b)) {
        (Some(Some(a)), Some(Some(b))) => agree(&a, &b),
        (Some(_), Some(_)) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_pages_become_kinds() {
        for (words, kind) in [
            ("String", "string"),
            ("Long", "integer"),
            ("Boolean", "boolean"),
            ("Double", "number"),
            ("Array of strings", "array of string"),
            ("Array of TagInfo objects", "array of object"),
            ("List<String>", "array of string"),
            ("List", "array"),
            ("String[]", "array of string"),
            ("TagInfo object", "object"),
            ("Object?", "object"),
            ("Map<String,String>", "object"),
            ("Integer (int32)", "integer"),
            ("数组", "array"),
            ("字符串", "string"),
        ] {
            assert_eq!(of_page(words).as_deref(), Some(kind), "{words}");
        }
        for words in ["", "?", "TagInfo", "-", "see below"] {
            assert_eq!(of_page(words), None, "{words}");
        }
    }

    #[test]
    fn an_array_without_items_agrees_with_every_array() {
        assert!(agree("array", "array of string"));
        assert!(agree("array of array", "array of array of integer"));
        assert!(!agree("array of object", "array of string"));
        assert!(!agree("array", "string"));
    }
}
