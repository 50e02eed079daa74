//! What references into other files lead to, brought into the document, so that every stage behind
//! has one tree.
//!
//! What a reference leads to becomes a component of the kind that its place needs, named after where
//! it is written; a path item takes the place of its reference. Each keeps the bytes it was written
//! in, by which it is known of which file it is. No file is read here: what stands behind a path, the
//! source says, or whoever is asked.

mod files;
mod path_item;
mod piece;
mod resolve;
mod way;

use std::collections::{HashMap, HashSet, VecDeque};

use super::modern;
use super::tree::{Entry, Node, Span, Value, escaped};
use super::walk::{entries_mut, get_mut, walk};
use crate::diagnostic::Diagnostics;
use crate::grammar::{Keys, Kind, Shape};
use crate::source::Source;
use files::Files;
pub(super) use files::{Open, has_id};
use piece::{Taken, attach};
use resolve::{Target, alias, is_same_name};

/// What became of the references out of a document.
#[derive(Debug, Clone, Default)]
pub struct Outside {
    /// Those that could not be followed, by their bytes.
    pub(crate) lost: HashMap<Span, Lost>,
    /// What components are called where they are written, as pointers have it, by the reference to
    /// each, where that is not how they are called here.
    pub(crate) names: HashMap<String, String>,
}

/// A reference that could not be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lost {
    pub(crate) why: Why,
    /// The same in words: what follows on "leads to" or "leads nowhere:".
    pub(crate) words: String,
}

/// Why a reference could not be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// It leads to where nothing is read.
    Outside,
    /// It leads to nothing.
    Nowhere,
    /// It leads to another kind of object, of this section.
    Kind,
}

impl Lost {
    fn new(why: Why, words: impl Into<String>) -> Self {
        let words = words.into();
        Self { why, words }
    }
}

/// Whether a text may have references out of it. What it has to be read for may turn out not to be.
pub(super) fn refers_out(text: &str) -> bool {
    let mut references = text.match_indices("$ref");
    references.any(|(at, key)| {
        let rest = text.get(at + key.len()..).unwrap_or_default();
        let between = |it: char| it.is_whitespace() || "'\":".contains(it);
        !rest.trim_start_matches(between).starts_with('#')
    }) || text.contains("discriminator") && text.contains("mapping")
}

/// Brings what is referred to in other files into a document.
pub(super) fn bundle(
    source: &Source,
    root: &mut Node,
    has_id: bool,
    open: Option<Open<'_>>,
) -> (Source, Outside, Diagnostics) {
    let is_modern = modern::is_modern(root);
    let mut bundle = Bundle {
        files: Files::of(source, is_modern, has_id, open),
        sections: HashMap::new(),
        pieces: HashMap::new(),
        waiting: VecDeque::new(),
        families: HashSet::new(),
        heirs: VecDeque::new(),
        derived: HashMap::new(),
        brought: 0,
        outside: Outside::default(),
        found: Diagnostics::default(),
    };
    bundle.components(root);
    walk(root, Kind::Document, &mut |node, kind| {
        bundle.see(node, kind)
    });
    let mut pieces = Vec::new();
    loop {
        while let Some(heir) = bundle.heirs.pop_front() {
            // What cannot be brought in is too much, which is told where it is referred to.
            _ = bundle.piece(heir, Kind::Schema);
        }
        let Some((kind, mut piece)) = bundle.waiting.pop_front() else {
            break;
        };
        walk(&mut piece.value, kind, &mut |node, kind| {
            bundle.see(node, kind)
        });
        pieces.push((kind, piece));
    }
    for (kind, piece) in pieces {
        attach(root, kind, piece);
    }
    let mut found = bundle.files.found;
    found.extend(bundle.found);
    (bundle.files.source, bundle.outside, found)
}

struct Bundle<'o> {
    files: Files<'o>,
    /// The names that are taken in each section of the components; none where it is no mapping.
    sections: HashMap<&'static str, Option<Taken>>,
    /// What was brought in, by what it is taken for and where it is from: the reference to it.
    pieces: HashMap<(Kind, Target), String>,
    /// What was brought in and may refer to more.
    waiting: VecDeque<(Kind, Entry)>,
    /// The schemas that others are told apart from by a discriminator.
    families: HashSet<Target>,
    /// Those of them that are to be brought in.
    heirs: VecDeque<Target>,
    /// The schemas that are derived from each, by what holds them.
    derived: HashMap<Target, HashMap<String, Vec<String>>>,
    /// How many values were brought in.
    brought: usize,
    outside: Outside,
    found: Diagnostics,
}

impl Bundle<'_> {
    /// Learns the names of the components. One that is nothing but a reference to a file, or to what
    /// has its name there, becomes what it refers to: there is one name for both.
    fn components(&mut self, root: &mut Node) {
        let mut aliases: HashMap<(Kind, Target), Vec<String>> = HashMap::new();
        for (section, kind) in sections() {
            let all = root.get("components").map(|it| it.get(section));
            let is_mapping = |it: &Node| matches!(it.value, Value::Mapping(_));
            let fits = root.get("components").is_none_or(is_mapping)
                && all.flatten().is_none_or(is_mapping);
            let entries = all.flatten().map_or(&[][..], Node::entries);
            let names = entries.iter().map(|it| it.key.clone());
            let taken = fits.then(|| Taken {
                names: names.collect(),
                next: HashMap::new(),
            });
            self.sections.insert(section, taken);
            for entry in entries {
                if let Some(target) = self.alias(&entry.value, kind) {
                    let known = aliases.entry((kind, target)).or_default();
                    known.push(entry.key.clone());
                }
            }
        }
        for (section, kind) in sections() {
            let all = get_mut(root, "components").and_then(|it| get_mut(it, section));
            for entry in all.into_iter().flat_map(entries_mut) {
                let Some(target) = self.alias(&entry.value, kind) else {
                    continue;
                };
                let names = aliases.get(&(kind, target.clone()));
                let is_only = target.pointer.is_empty() && names.is_some_and(|it| it.len() == 1);
                let key = (kind, target);
                if !(is_only || is_same_name(&entry.key, &self.name(&key.1)))
                    || self.pieces.contains_key(&key)
                {
                    continue;
                }
                if let Ok(node) = self.copy(&key.1, kind) {
                    entry.value = node;
                    let reference = format!("#/components/{section}/{}", escaped(&entry.key));
                    self.remember(key, &entry.value, reference);
                }
            }
        }
    }

    /// Where a node leads that is nothing but a reference out of the document.
    fn alias(&mut self, node: &Node, kind: Kind) -> Option<Target> {
        let (text, span) = alias(node)?;
        let target = self.resolve(text, span, kind).ok()?;
        let target = self.through(target, kind);
        (target.file != 0).then_some(target)
    }

    fn see(&mut self, node: &mut Node, kind: Kind) -> bool {
        match kind {
            Kind::PathItem => self.path_item(node),
            Kind::Discriminator => self.mapping(node),
            _ if kind.section().is_some() && node.get("$ref").is_some() => {
                if let Some(reference) = get_mut(node, "$ref") {
                    self.reference(reference, kind);
                }
                return false;
            }
            _ => {}
        }
        true
    }

    /// Makes a reference one into the document.
    fn reference(&mut self, reference: &mut Node, kind: Kind) {
        let Some(text) = reference.as_str().map(str::to_owned) else {
            return;
        };
        if self.is_own(&text, &reference.span) {
            return;
        }
        let target = self.resolve(&text, &reference.span, kind);
        let piece = target.and_then(|target| self.piece(target, kind));
        self.settle(reference, &text, piece);
    }

    /// Writes down what became of a reference.
    fn settle(&mut self, reference: &mut Node, text: &str, piece: Result<String, Lost>) {
        let own = match piece {
            Ok(own) => own,
            Err(lost) => {
                self.outside.lost.insert(reference.span.clone(), lost);
                // What it says would mean another thing in the document.
                match text.starts_with('#') {
                    true => format!("{}{text}", self.file(&reference.span).path),
                    false => text.to_owned(),
                }
            }
        };
        reference.value = Value::String(own);
    }

    /// The values of a mapping are references, or names of components.
    fn mapping(&mut self, discriminator: &mut Node) {
        let mapping = get_mut(discriminator, "mapping");
        for entry in mapping.into_iter().flat_map(entries_mut) {
            let Some(text) = entry.value.as_str().map(str::to_owned) else {
                continue;
            };
            let file = self.files.at(entry.value.span.start);
            let component = format!("/components/schemas/{}", escaped(&text));
            let is_name = match file {
                0 => {
                    let names = self.sections.get("schemas").and_then(Option::as_ref);
                    names.is_some_and(|it| it.names.contains(&text))
                }
                _ => self.files.all[file].find(&component).is_some(),
            };
            let is_file = [".json", ".yaml", ".yml"]
                .iter()
                .any(|it| text.ends_with(it));
            match text.contains(['/', '#']) || is_file && !is_name {
                true => self.reference(&mut entry.value, Kind::Schema),
                false if file == 0 => {}
                false => {
                    let mut reference = Node {
                        span: entry.value.span.clone(),
                        value: Value::String(format!("#{component}")),
                    };
                    self.reference(&mut reference, Kind::Schema);
                    entry.value = reference;
                }
            }
        }
    }
}

/// Every section of the components that references lead to, with what it holds.
fn sections() -> impl Iterator<Item = (&'static str, Kind)> {
    let fields = Kind::Components.grammar().fields.iter();
    fields.filter_map(|field| match field.shape {
        Shape::Map(Keys::Component, Shape::OrReference(kind)) => Some((field.name, *kind)),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
