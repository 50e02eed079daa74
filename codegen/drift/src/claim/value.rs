//! What is said, and when two say the same.

use std::fmt;

use huaweicloud_pages::vocabulary::{folded, kinds_agree};

use super::Aspect;
use crate::foreign;

/// What is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimValue {
    /// One word or number.
    One(String),
    /// Several, whose order does not matter.
    Many(Vec<String>),
}

impl ClaimValue {
    /// One word or number.
    pub fn one(text: impl Into<String>) -> Self {
        ClaimValue::One(text.into())
    }

    /// `yes` or `no`.
    pub fn flag(value: bool) -> Self {
        ClaimValue::one(if value { "yes" } else { "no" })
    }

    /// Whether it is `yes`.
    pub fn is_yes(&self) -> bool {
        matches!(self, ClaimValue::One(text) if text == "yes")
    }

    /// The one word; nothing of a list.
    pub fn as_one(&self) -> Option<&str> {
        match self {
            ClaimValue::One(text) => Some(text),
            ClaimValue::Many(_) => None,
        }
    }

    /// The words of what may be said; none of what is not.
    pub(crate) fn items_of(said: Option<&ClaimValue>) -> &[String] {
        said.map_or(&[], ClaimValue::items)
    }

    /// The words of a list; the one word is a list of one.
    pub fn items(&self) -> &[String] {
        match self {
            ClaimValue::One(text) => std::slice::from_ref(text),
            ClaimValue::Many(items) => items,
        }
    }

    /// Several words, where there are any.
    pub(crate) fn many(items: &[String]) -> Option<Self> {
        (!items.is_empty()).then(|| ClaimValue::Many(items.to_vec()))
    }

    /// The words of what may be said that are not among others.
    pub(crate) fn only_in<'v>(
        said: Option<&'v ClaimValue>,
        others: Option<&'v ClaimValue>,
    ) -> impl Iterator<Item = &'v String> {
        let [said, others] = [said, others].map(ClaimValue::items_of);
        said.iter().filter(move |it| !others.contains(it))
    }

    /// Whether two say the same about an aspect.
    pub fn agrees(&self, other: &ClaimValue, aspect: Aspect) -> bool {
        match (self, other) {
            (ClaimValue::One(a), ClaimValue::One(b)) => match aspect {
                Aspect::Type => match (a.strip_prefix(MAP_OF), b.strip_prefix(MAP_OF)) {
                    (Some(a), Some(b)) => kinds_agree(a, b),
                    _ => kinds_agree(outer_kind(a), outer_kind(b)),
                },
                Aspect::Resource => a.trim_end_matches('*') == b.trim_end_matches('*'),
                Aspect::Access => a.eq_ignore_ascii_case(b),
                Aspect::PasswordSpecials => sorted(a.chars()) == sorted(b.chars()),
                aspect if aspect.is_number() => a == b || same_number(a, b),
                Aspect::Default | Aspect::Enum => folded(a) == folded(b),
                _ => a == b,
            },
            // Of two that disagree it matters who says which.
            _ if aspect == Aspect::Present => self == other,
            _ => {
                let words = |it: &ClaimValue| sorted(it.items().iter().map(|it| folded(it)));
                words(self) == words(other)
            }
        }
    }
}

/// How the kind of a map begins of which it is said of what kind its values are; otherwise it is an object.
pub(crate) const MAP_OF: &str = "map of ";

/// The kind of a map by that of its values.
pub(crate) fn map_of(values: &str) -> String {
    format!("{MAP_OF}{values}")
}

/// A kind without what is in a map.
pub(crate) fn outer_kind(kind: &str) -> &str {
    match kind.starts_with(MAP_OF) {
        true => "object",
        false => kind,
    }
}

/// Whether two say the same about an aspect, or both say nothing.
pub(crate) fn same(a: Option<&ClaimValue>, b: Option<&ClaimValue>, aspect: Aspect) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.agrees(b, aspect),
        (None, None) => true,
        _ => false,
    }
}

/// How much of a value a sentence has room for.
const LONGEST: usize = 600;

/// A value in a sentence: what is `yes` to [`Aspect::Required`] is `required`.
pub fn in_words(aspect: Aspect, value: &ClaimValue) -> String {
    let word = match (aspect, value.as_one()) {
        (Aspect::Required, Some("yes")) => "required",
        (Aspect::Required, Some("no")) => "optional",
        (Aspect::Deprecated, Some("yes")) => "deprecated",
        (Aspect::Deprecated, Some("no")) => "not deprecated",
        (Aspect::Nullable, Some("yes")) => "may be null",
        (Aspect::Nullable, Some("no")) => "never null",
        _ => return foreign::line(&value.to_string(), LONGEST),
    };
    word.to_owned()
}

impl fmt::Display for ClaimValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ClaimValue::One(text) => formatter.write_str(text),
            ClaimValue::Many(items) if items.is_empty() => formatter.write_str("none"),
            ClaimValue::Many(items) => formatter.write_str(&items.join(", ")),
        }
    }
}

fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort();
    items.dedup();
    items
}

/// As bounds, `8`, `08` and `8.0` are the same.
fn same_number(a: &str, b: &str) -> bool {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}
