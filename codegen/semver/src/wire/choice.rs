//! Two choices of shapes: which alternative is which, and the words that tell them.

use huaweicloud_codegen::load::tree::Node;

use super::Comparison;
use super::at::{At, Part};
use super::codes;
use super::shape::Shape;

/// Alternatives of a choice that are compared each with each; of longer choices, in their order.
const MOST_TRIED: usize = 32;

impl<'d> Comparison<'d> {
    pub(super) fn choices(&mut self, at: At<'_>, was: &Shape<'d>, is: &Shape<'d>) {
        let all = |shape: &Shape<'d>| -> Vec<&'d Node> {
            shape.choices.iter().flat_map(|it| it.items()).collect()
        };
        let (old, new) = (all(was), all(is));
        if old.is_empty() && new.is_empty() {
            return;
        }
        let spans = |shape: &Shape<'d>| shape.choices.first().map(|it| &it.span).or(shape.span);
        if was.choices.is_empty() != is.choices.is_empty() {
            if old.iter().chain(&new).any(|it| fits_all(it)) {
                return;
            }
            let (code, message) = match was.choices.is_empty() {
                // Whatever fitted without a choice may not fit any of its alternatives.
                true => (
                    codes::TYPE_NARROWED,
                    format!("{at} has to fit one of some schemas"),
                ),
                false => (
                    codes::TYPE_WIDENED,
                    format!("{at} need not fit one of some schemas"),
                ),
            };
            return self.tell(code, at.direction, (spans(was), spans(is)), message);
        }
        let (words_of_old, words_of_new) = (words_of(was, &old), words_of(is, &new));
        let (gone, come) = self.unpaired(at, (&old, &words_of_old), (&new, &words_of_new));
        if let ([old], [new]) = (gone.as_slice(), come.as_slice()) {
            let name = alternative_name(new);
            let step = at.step(Part::Named(&name));
            return self.schemas(at.under(&step), &[old], &[new]);
        }
        for alternative in gone {
            let message = format!("{at} may no longer be {}", alternative_name(alternative));
            let places = (Some(&alternative.span), spans(is));
            self.tell(codes::ALTERNATIVE_REMOVED, at.direction, places, message);
        }
        for alternative in come {
            let message = format!("{at} may also be {}", alternative_name(alternative));
            let places = (spans(was), Some(&alternative.span));
            self.tell(codes::ALTERNATIVE_ADDED, at.direction, places, message);
        }
    }

    /// The alternatives of two choices that have no like on the other side. Those that have are
    /// compared: by the word that tells them, by the reference they go by, and by all that they are.
    fn unpaired(
        &mut self,
        at: At<'_>,
        (old, old_words): (&[&'d Node], &[Vec<String>]),
        (new, new_words): (&[&'d Node], &[Vec<String>]),
    ) -> (Vec<&'d Node>, Vec<&'d Node>) {
        let reference = |node: &'d Node| node.get("$ref").and_then(Node::as_str);
        let mut gone: Vec<usize> = (0..old.len()).collect();
        let mut come: Vec<usize> = (0..new.len()).collect();
        let mut pairs = Vec::new();
        let by_word = |one: usize, other: usize| {
            let is_there = |word| new_words[other].contains(word);
            old_words[one].iter().any(is_there)
        };
        let by_name = |one: usize, other: usize| {
            let named = reference(old[one]);
            named.is_some() && named == reference(new[other])
        };
        let texts = |list: &[&'d Node]| list.iter().map(|it| it.to_json()).collect::<Vec<_>>();
        let (old_texts, new_texts) = (texts(old), texts(new));
        let by_text = |one: usize, other: usize| old_texts[one] == new_texts[other];
        let ways: [&dyn Fn(usize, usize) -> bool; 3] = [&by_word, &by_name, &by_text];
        for is_pair in ways {
            gone.retain(|&one| {
                let pair = come.iter().position(|&other| is_pair(one, other));
                let pair = pair.map(|place| come.remove(place));
                pairs.extend(pair.map(|other| (one, other)));
                pair.is_none()
            });
        }
        if gone.len().max(come.len()) <= MOST_TRIED {
            gone.retain(|&one| {
                let same = |&other: &usize| self.is_same_shape(at, old[one], new[other]);
                let pair = come.iter().position(same);
                let pair = pair.map(|place| come.remove(place));
                pairs.extend(pair.map(|other| (one, other)));
                pair.is_none()
            });
        }
        if self.tries == 0 || gone.len().max(come.len()) > MOST_TRIED {
            // Nobody knows which is which: they are taken in their order.
            let both = gone.len().min(come.len());
            pairs.extend(gone.drain(..both).zip(come.drain(..both)));
        }
        for (one, other) in pairs {
            let name = alternative_name(old[one]);
            let step = at.step(Part::Named(&name));
            self.schemas(at.under(&step), &[old[one]], &[new[other]]);
            let (was, is) = (&old_words[one], &new_words[other]);
            let gone = was.iter().filter(|it| !is.contains(it)).collect::<Vec<_>>();
            let come = is.iter().filter(|it| !was.contains(it)).collect::<Vec<_>>();
            let (code, message) = match (gone.as_slice(), come.as_slice()) {
                _ if was.is_empty() || is.is_empty() => continue,
                ([], []) => continue,
                ([], come) => (
                    codes::VALUE_ADDED,
                    format!("{at} may also say `{}`", come[0]),
                ),
                (gone, []) => (
                    codes::VALUE_REMOVED,
                    format!("{at} may no longer say `{}`", gone[0]),
                ),
                (gone, come) => {
                    let message = format!("{at} says `{}` in place of `{}`", come[0], gone[0]);
                    (codes::DISCRIMINATOR_CHANGED, message)
                }
            };
            let spans = (Some(&old[one].span), Some(&new[other].span));
            self.tell(code, at.direction, spans, message);
        }
        let nodes =
            |list: &[&'d Node], places: Vec<usize>| places.into_iter().map(|at| list[at]).collect();
        (nodes(old, gone), nodes(new, come))
    }

    /// Whether two alternatives differ in nothing but words; after so many tries none is taken for alike.
    fn is_same_shape(&mut self, at: At<'_>, old: &'d Node, new: &'d Node) -> bool {
        if self.tries == 0 {
            return false;
        }
        self.tries -= 1;
        self.is_same(|this| this.schemas(at, &[old], &[new]))
    }

    pub(super) fn discriminator(&mut self, at: At<'_>, was: &Shape<'d>, is: &Shape<'d>) {
        let property = |shape: &Shape<'d>| {
            let discriminator = shape.keyword("discriminator")?;
            discriminator.get("propertyName").and_then(Node::as_str)
        };
        let code = match (property(was), property(is)) {
            (None, Some(_)) => codes::DISCRIMINATOR_ADDED,
            (Some(_), None) => codes::DISCRIMINATOR_REMOVED,
            (old, new) if old != new => codes::DISCRIMINATOR_CHANGED,
            // Its words are those of the alternatives.
            _ => return,
        };
        self.keyword(at, was, is, "discriminator", Some(code));
    }
}

/// The words that tell each of some alternatives, where a word does: those of the mapping, else its name.
fn words_of(shape: &Shape<'_>, alternatives: &[&Node]) -> Vec<Vec<String>> {
    let name_of = |reference: &str| {
        reference
            .rsplit(['/', '#'])
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let discriminator = shape.keyword("discriminator");
    let mapping = discriminator.and_then(|it| it.get("mapping"));
    let mapping = mapping.map_or(&[][..], Node::entries);
    let words = alternatives.iter().map(|alternative| {
        let reference = alternative.get("$ref").and_then(Node::as_str);
        let Some(reference) = reference.filter(|_| discriminator.is_some()) else {
            return Vec::new();
        };
        let leads_here = |entry: &&huaweicloud_codegen::load::tree::Entry| {
            let target = entry.value.as_str().unwrap_or_default();
            target == reference || target == name_of(reference)
        };
        let mut words: Vec<_> = mapping
            .iter()
            .filter(leads_here)
            .map(|it| it.key.clone())
            .collect();
        if words.is_empty() {
            words.push(name_of(reference));
        }
        words.sort_unstable();
        words
    });
    words.collect()
}

/// Whether a schema refuses nothing.
pub(super) fn fits_all(schema: &Node) -> bool {
    let alternatives = schema.get("anyOf").map_or(&[][..], Node::items);
    schema.entries().is_empty() || alternatives.iter().any(fits_all)
}

/// An alternative as messages name it.
fn alternative_name(node: &Node) -> String {
    let word = |key| node.get(key).and_then(Node::as_str);
    let name = word("$ref").and_then(|it| it.rsplit('/').next());
    let name = name.or(word("title")).or(word("type"));
    name.unwrap_or("another schema").to_owned()
}
