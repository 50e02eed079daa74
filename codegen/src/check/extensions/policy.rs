//! `x-password-policy`.

use std::collections::HashSet;

use super::Look;
use crate::check::spelling;
use crate::diagnostic::codes;
use crate::load::tree::{Node, Value};

const USAGE: &str =
    "x-password-policy: {min: 8, max: 64, classes: [lower, upper, digit, special], minClasses: 3}";
const FIELDS: &[&str] = &[
    "min",
    "max",
    "classes",
    "minClasses",
    "specials",
    "forbidden",
];
const CLASSES: &[&str] = &["lower", "upper", "digit", "special", "letter"];
/// How many classes count when `classes` is left out: all but `letter`.
const DEFAULT_CLASSES: usize = 4;

impl<'a> Look<'_, 'a, '_> {
    pub(super) fn password_policy(&mut self) {
        let policy = self.value();
        if !self.fields(policy, FIELDS, &[], USAGE) {
            return;
        }
        self.is_on_a_password();
        let (min, max) = (self.count(policy, "min"), self.count(policy, "max"));
        if let (Some((min, at)), Some((max, _))) = (min, max)
            && min > max
        {
            self.wrong(
                at,
                "`min` is above `max`: no password fits",
                "correct one of them",
            );
        }
        if let Some((0, at)) = max {
            self.wrong(
                at,
                "`max` must be at least 1",
                "write the greatest number of characters",
            );
        }
        let classes = self.classes(policy);
        if let Some((least, at)) = self.count(policy, "minClasses") {
            let count = classes.unwrap_or(DEFAULT_CLASSES);
            if usize::try_from(least).is_ok_and(|least| least > count) || least == 0 {
                let message =
                    format!("`minClasses` must be between 1 and {count}, the number of classes");
                self.wrong(at, message, "correct it, or the list of `classes`");
            }
        }
        self.specials(policy);
        self.forbidden(policy);
    }

    fn is_on_a_password(&mut self) {
        let schema = self.site.node;
        let text = |field: &str| schema.get(field).and_then(Node::as_str);
        if text("type") == Some("string") && text("format") == Some("password") {
            return;
        }
        let key = &self.extension.entry.key_span;
        let message = "`x-password-policy` stands in a schema that is no password";
        self.report
            .error(codes::EXTENSION_PLACE, key, message, "of no password")
            .help("write `type: string` and `format: password` beside it");
    }

    fn count(&mut self, policy: &'a Node, field: &str) -> Option<(u64, &'a Node)> {
        let node = policy.get(field)?;
        let number = node.as_u64();
        if number.is_none() {
            let found = node.in_words();
            let message = format!("`{field}` must be a whole number of at least 0, but is {found}");
            self.wrong(node, message, format!("write `{USAGE}`"));
        }
        Some((number?, node))
    }

    /// How many classes count, if they are listed rightly.
    fn classes(&mut self, policy: &'a Node) -> Option<usize> {
        let list = policy.get("classes")?;
        if !matches!(&list.value, Value::Sequence(items) if !items.is_empty()) {
            let message = "`classes` must be a list with at least one class";
            self.wrong(list, message, format!("use {}", spelling::one_of(CLASSES)));
            return None;
        }
        let mut seen = HashSet::new();
        for item in list.items() {
            let Some(word) = item.as_str().filter(|word| CLASSES.contains(word)) else {
                let near = item
                    .as_str()
                    .and_then(|it| spelling::nearest(it, CLASSES.iter().copied()));
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("use {}", spelling::one_of(CLASSES)),
                };
                self.wrong(item, "there is no such class of characters", help);
                continue;
            };
            if !seen.insert(word) {
                self.wrong(
                    item,
                    format!("the class `{word}` is there twice"),
                    "keep one of them",
                );
            }
        }
        if seen.contains("letter") && (seen.contains("lower") || seen.contains("upper")) {
            let message = "`letter` already means lower or upper case";
            self.wrong(
                list,
                message,
                "list either `letter`, or `lower` and `upper`",
            );
        }
        // With a class that is none, nobody knows how many were meant.
        (seen.len() == list.items().len()).then_some(seen.len())
    }

    fn specials(&mut self, policy: &'a Node) {
        let Some(node) = policy.get("specials") else {
            return;
        };
        let help = "write them as one text in single quotes: '~!@#'; leave the field out if the page lists none";
        let Some(text) = node.as_str().filter(|text| !text.is_empty()) else {
            self.wrong(
                node,
                "`specials` must be text with at least one character",
                help,
            );
            return;
        };
        let mut seen = HashSet::new();
        for character in text.chars() {
            if !(character.is_ascii_punctuation() || character == ' ') {
                let shown = character.escape_debug();
                let message = format!("`{shown}` is not a special character of ASCII");
                self.wrong(node, message, help);
            } else if !seen.insert(character) {
                let message = format!("the character `{character}` is there twice");
                self.wrong(node, message, "keep one of them");
            }
        }
    }

    fn forbidden(&mut self, policy: &'a Node) {
        let Some(list) = policy.get("forbidden") else {
            return;
        };
        let help = "write a list of words: `forbidden: [root]`";
        if !matches!(list.value, Value::Sequence(_)) {
            let message = format!("`forbidden` must be a list, but is {}", list.in_words());
            self.wrong(list, message, help);
        }
        for item in list.items() {
            if item.as_str().is_none_or(str::is_empty) {
                self.wrong(item, "a forbidden word must be text", help);
            }
        }
    }
}
