//! Good, unique Rust names for what the documents call anything.

pub(crate) mod reserved;

use std::collections::{HashMap, HashSet};

use heck::{ToPascalCase, ToSnakeCase};
use proc_macro2::{Ident, Span};

/// Hands out names and never the same twice.
#[derive(Debug, Clone, Default)]
pub struct Names {
    taken: HashSet<String>,
    /// The number to try next for a name that was given away: thousands may want the same.
    next: HashMap<String, usize>,
}

impl Names {
    /// Starts with names that may not be given.
    pub fn reserving<'a>(reserved: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            taken: reserved.into_iter().map(str::to_owned).collect(),
            next: HashMap::new(),
        }
    }

    /// Keeps a name from being given.
    pub fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// Whether a name was given already.
    pub fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// A snake-case name for a field, parameter or method.
    pub fn snake(&mut self, text: &str) -> String {
        self.unique(snake(text), "_")
    }

    /// A Pascal-case name for a type or variant.
    pub fn pascal(&mut self, text: &str) -> String {
        self.unique(pascal(text), "")
    }

    /// Snake-case names for what stands side by side. Of two that would be called alike, one is, and
    /// the other by how its spelling differs: neither their order nor a third decides.
    pub fn snakes<T: AsRef<str>>(&mut self, texts: &[T]) -> Vec<String> {
        self.each(texts, snake, "_")
    }

    /// The same for types or variants.
    pub fn pascals<T: AsRef<str>>(&mut self, texts: &[T]) -> Vec<String> {
        self.each(texts, pascal, "")
    }

    fn each<T: AsRef<str>>(
        &mut self,
        texts: &[T],
        case: fn(&str) -> String,
        separator: &str,
    ) -> Vec<String> {
        let mut wanted: Vec<_> = texts
            .iter()
            .enumerate()
            .map(|(at, text)| (case(text.as_ref()), text.as_ref(), at))
            .collect();
        wanted.sort_by_cached_key(|(name, text, _)| (name.clone(), oddity(text, name)));
        let mut given = vec![String::new(); texts.len()];
        let mut later = Vec::new();
        let mut last = None;
        for (name, text, at) in wanted {
            if last.as_ref() == Some(&name) {
                later.push((text, at));
                continue;
            }
            last = Some(name.clone());
            given[at] = self.unique(name, separator);
        }
        for (text, at) in later {
            given[at] = self.unique(case(&spelled(text)), separator);
        }
        given
    }

    fn unique(&mut self, name: String, separator: &str) -> String {
        if self.taken.insert(name.clone()) {
            return name;
        }
        let stem = format!("{}{separator}", name.trim_end_matches('_'));
        let mut number = self.next.get(&stem).copied().unwrap_or(2);
        let mut candidate = format!("{stem}{number}");
        while !self.taken.insert(candidate.clone()) {
            number += 1;
            candidate = format!("{stem}{number}");
        }
        self.next.insert(stem, number + 1);
        candidate
    }
}

/// The setters of a body's fields, in a builder that keeps these arguments, and what is left to name.
pub fn of_setters<'a>(
    arguments: impl IntoIterator<Item = &'a str>,
    fields: &[&str],
) -> (Vec<String>, Names) {
    // A body of one piece is the input `body` itself.
    let own = reserved::IN_A_BUILDER.iter().copied();
    let own = own.filter(|name| *name != "body");
    let mut names = Names::reserving(own.chain(arguments));
    (names.snakes(fields), names)
}

/// The name of an operation that has none, from its method and path, whatever else the document
/// holds: `get` and `/pets/{petId}/tags` → `get_pets_by_pet_id_tags`.
pub fn of_operation(method: &str, template: &str) -> String {
    let path = template.split(['#', '?']).next().unwrap_or_default();
    let spelt = path.replace('{', " by ");
    let name = snake(&format!("{method} {spelt}"));
    match template[path.len()..].trim_matches(['#', '?']) {
        "" => name,
        more => format!("{name}_{}", snake(more)),
    }
}

/// The snake-case name of a text: `X-Auth-Token` → `x_auth_token`, `type` → `type_`, `服务` → `value`.
pub fn snake(text: &str) -> String {
    let name = ascii(text).to_snake_case();
    let name = match name.chars().next() {
        None => "value".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("n{name}"),
        Some(_) => name,
    };
    if name == "gen" {
        // progenitor does not know this keyword and would take a `_` behind it away.
        "gen_value".to_owned()
    } else if is_keyword(&name) {
        format!("{name}_")
    } else {
        name
    }
}

/// The Pascal-case name of a text: `reset-password` → `ResetPassword`, `-` → `Minus`, `404` → `N404`.
pub fn pascal(text: &str) -> String {
    let mut name = ascii(&spell_signs(text)).to_pascal_case();
    // `a_b_c` → `ABC` → `Abc`: progenitor makes names of its own out of ours, which must not change.
    for _ in 0..8 {
        let again = name.to_pascal_case();
        if again == name {
            break;
        }
        name = again;
    }
    match name.chars().next() {
        None => "Value".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("N{name}"),
        Some(_) if name == "Self" => "Self_".to_owned(),
        Some(_) => name,
    }
}

/// `continue`, `override` and `abstract`.
const LONGEST_KEYWORD: usize = 8;

/// Whether a text is plainly an identifier. No word that Rust keeps for itself is as long; asking syn
/// costs more than the name.
fn is_long_word(name: &str) -> bool {
    name.len() > LONGEST_KEYWORD
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !name.starts_with(|c: char| c.is_ascii_digit())
}

/// An identifier. Names of the model are identifiers already; anything else becomes one.
pub fn ident(name: &str) -> Ident {
    if is_long_word(name) {
        return Ident::new(name, Span::call_site());
    }
    match syn::parse_str::<Ident>(name) {
        Ok(ident) => ident,
        Err(_) => Ident::new(&format!("{}_", snake(name)), Span::call_site()),
    }
}

/// How far a text is from its name: of texts with one name, the least odd has it.
fn oddity<'t>(text: &'t str, name: &str) -> (bool, usize, usize, &'t str) {
    let count = |is: fn(&char) -> bool| text.chars().filter(is).count();
    (
        !text.eq_ignore_ascii_case(name),
        count(|it| !it.is_ascii_alphanumeric()),
        count(char::is_ascii_uppercase),
        text,
    )
}

/// A text with all in words that its name leaves out: its signs, its foreign letters, else its case.
fn spelled(text: &str) -> String {
    if text.chars().all(|it| it.is_ascii_alphanumeric()) {
        let is = |case: fn(&char) -> bool| !text.chars().any(|it| case(&it));
        let case = match (is(char::is_ascii_uppercase), is(char::is_ascii_lowercase)) {
            (true, _) => "lower",
            (_, true) => "upper",
            _ => "mixed",
        };
        return format!("{text} {case}");
    }
    text.chars()
        .map(|it| match it {
            it if it.is_ascii_alphanumeric() => it.to_string(),
            it if it.is_ascii() => format!("{} ", sign(it)),
            it => format!(" u{:x} ", u32::from(it)),
        })
        .collect()
}

/// Letters and digits of ASCII; everything else parts words.
fn ascii(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect()
}

/// A text that is all signs gets the signs' names, so that `+` and `-` stay two names.
fn spell_signs(text: &str) -> String {
    if text.chars().any(char::is_alphanumeric) {
        return text.to_owned();
    }
    text.chars().map(sign).collect()
}

/// What a sign is called, as a word.
fn sign(sign: char) -> &'static str {
    match sign {
        '+' => " plus",
        '-' => " minus",
        '*' => " star",
        '/' => " slash",
        '<' => " less",
        '>' => " greater",
        '=' => " equal",
        '!' => " not",
        '.' => " dot",
        '_' => " underscore",
        ' ' => " space",
        _ => " sign",
    }
}

/// Whether a word that a document gives can be the name of a method.
pub(crate) fn is_method(name: &str) -> bool {
    let is_plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_';
    name.starts_with(|it: char| it.is_ascii_lowercase())
        && name.bytes().all(is_plain)
        && !is_keyword(name)
}

/// Whether a word cannot be an identifier, or means something else at the places we use.
pub(crate) fn is_keyword(word: &str) -> bool {
    !is_long_word(word) && (word == "gen" || syn::parse_str::<syn::Ident>(word).is_err())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_identifiers() {
        assert_eq!(snake("X-Auth-Token"), "x_auth_token");
        assert_eq!(snake("maxTotalRAMSize"), "max_total_ram_size");
        assert_eq!(snake("type"), "type_");
        assert_eq!(snake("self"), "self_");
        assert_eq!(snake("服务"), "value");
        assert_eq!(snake("2fa"), "n2fa");
        assert_eq!(pascal("reset-password"), "ResetPassword");
        assert_eq!(pascal("self"), "Self_");
        assert_eq!(pascal("-"), "Minus");
        assert_eq!(pascal(""), "Value");
        assert_eq!(snake("gen"), "gen_value");
    }

    #[test]
    fn operations_are_named_by_method_and_path() {
        for (method, template, name) in [
            ("get", "/pets/{petId}/tags", "get_pets_by_pet_id_tags"),
            ("get", "/", "get"),
            ("post", "/a/{x}/b/{y}", "post_a_by_x_b_by_y"),
            ("get", "/a/x", "get_a_x"),
            ("post", "/#X-Target=Foo.Bar", "post_x_target_foo_bar"),
            ("get", "/a?b=c", "get_a_b_c"),
        ] {
            assert_eq!(of_operation(method, template), name);
        }
    }

    #[test]
    fn names_of_types_survive_being_made_again() {
        for text in ["a_b_c", "s3_x", "a-b", "x1_y2_z3", "ListV2XFoo", "APIName"] {
            let name = pascal(text);
            assert_eq!(name.to_pascal_case(), name, "{text}");
        }
        let mut names = Names::default();
        assert_eq!(names.pascal("a-b"), "Ab");
        assert_eq!(names.pascal("ab"), "Ab2");
        assert_eq!(names.snake("type"), "type_");
        assert_eq!(names.snake("Type"), "type_2");
    }

    #[test]
    fn names_side_by_side_depend_on_no_order() {
        let all = [
            ("a-b", "AMinusB"),
            ("ab", "Ab"),
            ("a_b", "AUnderscoreB"),
            ("AB", "AbUpper"),
            ("\u{670d}", "Value"),
            ("\u{52a1}\u{670d}", "U52a1U670d"),
            ("+1", "N1"),
            ("-1", "Minus1"),
        ];
        let of = |texts: &[&str]| Names::default().pascals(texts);
        let (mut texts, mut expected): (Vec<_>, Vec<_>) = all.into_iter().unzip();
        assert_eq!(of(&texts), expected);
        texts.reverse();
        expected.reverse();
        assert_eq!(of(&texts), expected);
        // Another takes no name away.
        assert_eq!(of(&["ab", "a-b"]), ["Ab", "AMinusB"]);
        assert_eq!(
            Names::reserving(["new"]).snakes(&["fooBar", "foo_bar", "new"]),
            ["foo_bar_mixed", "foo_bar", "new_2"]
        );
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut names = Names::reserving(["body"]);
        assert_eq!(names.snake("request info"), "request_info");
        assert_eq!(names.snake("request_info"), "request_info_2");
        assert_eq!(names.snake("body"), "body_2");
        assert_eq!(names.pascal("User"), "User");
        assert_eq!(names.pascal("user"), "User2");
    }
}
