//! Which of the fields, variants or setters that are gone is which of the new ones.

use std::collections::HashMap;

use crate::rust::model::{About, Function, Member, OPEN};

/// What tells whether two are one thing under two names.
#[derive(Debug, Clone, Copy)]
pub struct Named<'s> {
    pub name: &'s str,
    pub docs: &'s str,
    /// What it is called outside of Rust; nothing where nobody knows.
    pub wire: &'s str,
    /// Its type.
    pub ty: &'s str,
}

impl<'s> Named<'s> {
    /// A field or a variant.
    pub fn of_member(it: &'s Member) -> Self {
        Self {
            name: &it.name,
            docs: &it.about.docs,
            wire: &it.wire,
            ty: &it.ty,
        }
    }

    /// A setter.
    pub fn of_method(name: &'s str, (about, function): &'s (About, Function)) -> Option<Self> {
        match function.arguments.as_slice() {
            [(_, ty)] => Some(Self {
                name,
                docs: &about.docs,
                wire: "",
                ty,
            }),
            _ => None,
        }
    }

    fn is(&self, other: &Self) -> bool {
        if !self.wire.is_empty() && self.wire == other.wire {
            return true;
        }
        // Of a variant that carries nothing, its words are all there is.
        let says_something =
            !matches!(self.ty, "" | OPEN) || self.docs == other.docs && !self.docs.is_empty();
        says_something && self.ty == other.ty && self.nameless() == other.nameless()
    }

    /// Its documentation without its own names.
    fn nameless(&self) -> String {
        // A name of Rust is spelled otherwise than that of the document.
        let plain = |word: &str| {
            let letters = word.chars().filter(|it| it.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect::<String>()
        };
        let (name, wire) = (plain(self.name), plain(self.wire));
        with_words(self.docs, |word| {
            let word = plain(word);
            (word == name || word == wire).then_some("…")
        })
    }
}

/// The pairs of which each is the only one that the other can be.
pub fn pairs<'s>(gone: &[Named<'s>], added: &[Named<'s>]) -> HashMap<&'s str, &'s str> {
    let mut found = HashMap::new();
    for old in gone {
        let mut fits = added.iter().filter(|it| old.is(it));
        if let (Some(new), None) = (fits.next(), fits.next())
            && gone.iter().filter(|it| it.is(new)).count() == 1
        {
            found.insert(old.name, new.name);
        }
    }
    found
}

/// A text with some of its words in place of others.
pub fn with_words<'w>(text: &str, change: impl Fn(&str) -> Option<&'w str>) -> String {
    let is_word = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-' | '.');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let inside = is_word(first);
        let end = rest.find(|it| is_word(it) != inside);
        let (piece, more) = rest.split_at(end.unwrap_or(rest.len()));
        // A sentence may end with a word.
        let word = piece.trim_end_matches('.');
        match change(word).filter(|_| inside) {
            Some(other) => {
                out.push_str(other);
                out.push_str(&piece[word.len()..]);
            }
            None => out.push_str(piece),
        }
        rest = more;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn named<'s>(name: &'s str, docs: &'s str, wire: &'s str, ty: &'s str) -> Named<'s> {
        Named {
            name,
            docs,
            wire,
            ty,
        }
    }

    #[test]
    fn what_agrees_in_all_but_its_name_is_one_thing() {
        let size = named("size", "The `size` field.", "size", "i32");
        let gb = named("size_gb", "The `size_gb` field.", "size_gb", "i32");
        assert_eq!(pairs(&[size], &[gb]), [("size", "size_gb")].into());
        let other = named("owner", "Who owns it.", "owner", "i32");
        assert_eq!(pairs(&[size], &[other]), HashMap::new());
        assert_eq!(
            pairs(&[size], &[named("gb", "", "gb", "i32")]),
            HashMap::new()
        );
        // What it is called outside is enough.
        let cut = named("size_", "In gigabytes.", "size", "i64");
        assert_eq!(pairs(&[size], &[cut]), [("size", "size_")].into());
    }

    #[test]
    fn what_can_be_two_is_neither() {
        let size = named("size", "The `size` field.", "size", "i32");
        let gb = named("size_gb", "The `size_gb` field.", "size_gb", "i32");
        let mb = named("size_mb", "The `size_mb` field.", "size_mb", "i32");
        assert_eq!(pairs(&[size], &[gb, mb]), HashMap::new());
        assert_eq!(pairs(&[gb, mb], &[size]), HashMap::new());
    }

    #[test]
    fn words_alone_do_not_make_a_variant() {
        let random = named("Random", "`random` on the wire.", "random", "");
        let unsure = named("Unsure", "`unsure` on the wire.", "unsure", "");
        assert_eq!(pairs(&[random], &[unsure]), HashMap::new());
        let same = named("Rnd", "`random` on the wire.", "random", "");
        assert_eq!(pairs(&[random], &[same]), [("Random", "Rnd")].into());
    }
}
