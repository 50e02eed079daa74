//! Where references lead, and what a place is called.

use super::super::references::component_parts;
use super::super::tree::{Node, Span, percent_decoded, unescaped};
use super::files::File;
use super::way::{self, Way, way};
use super::{Bundle, Lost, Why};
use crate::grammar::Kind;

/// How many references to nothing but a reference are seen through in a row.
const LONGEST_CHAIN: usize = 32;

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Target {
    pub(super) file: usize,
    pub(super) pointer: String,
}

impl Bundle<'_> {
    /// Whether a reference stands in the document and leads into it.
    pub(super) fn is_own(&self, text: &str, span: &Span) -> bool {
        text.starts_with('#') && self.files.at(span.start) == 0
    }

    pub(super) fn file(&self, span: &Span) -> &File {
        &self.files.all[self.files.at(span.start)]
    }

    /// Where a reference leads.
    pub(super) fn resolve(&mut self, text: &str, span: &Span, kind: Kind) -> Result<Target, Lost> {
        let own = self.files.at(span.start);
        let from = &self.files.all[own];
        let (way, fragment) = way(&from.path, text);
        let outside = |words: &str| Err(Lost::new(Why::Outside, words));
        let file = match way {
            Way::Inside => own,
            Way::Address => return outside("an address, and nothing is fetched"),
            Way::Absolute => return outside("a place of one machine, which is not read"),
            Way::File(_) if from.has_id => {
                return outside("an address: `$id` says from which one it is counted");
            }
            Way::File(path) => self.files.get(&path)?,
        };
        let decoded = percent_decoded(fragment);
        if !(decoded.is_empty() || decoded.starts_with('/')) {
            return outside("a name given by `$anchor`, and only pointers are followed");
        }
        let mut spellings = [fragment, decoded.as_str()]
            .into_iter()
            .filter_map(way::pointer);
        let pointer = match file {
            0 => spellings.next_back(),
            _ => spellings.find(|it| self.files.all[file].find(it).is_some()),
        };
        let Some(pointer) = pointer else {
            let path = &self.files.all[file].path;
            let words = format!("there is no `{decoded}` in `{path}`");
            return Err(Lost::new(Why::Nowhere, words));
        };
        let reference = format!("#{pointer}");
        match (component_parts(&reference), kind.section()) {
            (Some((found, _)), Some(needed)) if found != needed => Err(Lost::new(Why::Kind, found)),
            _ => Ok(Target { file, pointer }),
        }
    }

    /// The node of a place that is not in the document.
    pub(super) fn node(&mut self, target: &Target) -> Option<&Node> {
        let found = self.files.all[target.file].find(&target.pointer);
        found.map(|(node, _)| node)
    }

    /// Sees through what is nothing but a reference to something of the same name, as a list of
    /// components that are files is. Another name may mean something, such as a secret.
    pub(super) fn through(&mut self, target: Target, kind: Kind) -> Target {
        let mut seen = vec![target.clone()];
        let mut at = target;
        while at.file != 0 && seen.len() < LONGEST_CHAIN {
            let Some((text, span)) = self.node(&at).and_then(alias) else {
                break;
            };
            let (text, span, name) = (text.to_owned(), span.clone(), self.name(&at));
            match self.resolve(&text, &span, kind) {
                // A circle is told of as it is written.
                Ok(next) if seen.contains(&next) => return seen.swap_remove(0),
                Ok(next) if is_same_name(&name, &self.name(&next)) => {
                    seen.push(next.clone());
                    at = next;
                }
                _ => break,
            }
        }
        at
    }

    /// What a place is called: the last key that leads to it, or the name of its file.
    pub(super) fn name(&self, target: &Target) -> String {
        if let Some((_, last)) = target.pointer.rsplit_once('/') {
            return unescaped(last);
        }
        let path = &self.files.all[target.file].path;
        let file = path.rsplit('/').next().unwrap_or(path);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        stem.to_owned()
    }
}

/// The reference that a node is, if it is nothing else.
pub(super) fn alias(node: &Node) -> Option<(&str, &Span)> {
    match node.entries() {
        [only] if only.key == "$ref" => Some((only.value.as_str()?, &only.value.span)),
        _ => None,
    }
}

/// Whether two names differ in how they are spelled alone: `error_body` and `ErrorBody`.
pub(super) fn is_same_name(one: &str, other: &str) -> bool {
    let letters = |name: &str| -> String {
        let letters = name.chars().filter(|it| it.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    letters(one) == letters(other)
}
