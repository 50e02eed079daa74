//! What differs between two documents for whoever calls, and for whom.
//!
//! Two documents are compared by what they mean: references are followed, `allOf` is put together,
//! and nothing has an order but what a caller would notice. What many operations share is compared
//! once and told once, with all the operations that it reaches.

mod at;
mod choice;
pub mod codes;
mod document;
mod extension;
mod keyword;
mod operation;
mod parameter;
mod schema;
mod security;
mod server;
mod shape;
mod written;

use std::collections::HashMap;

use huaweicloud_codegen::characters::is_harmful;
use huaweicloud_codegen::load::Document;
use huaweicloud_codegen::load::references::References;
use huaweicloud_codegen::load::tree::{Node, Span};
use huaweicloud_codegen::profile::Profile;

use crate::change::{Change, Direction, Place, Severity};
use at::At;
use codes::Code;
use schema::Later;

pub use document::Services;

/// Compares the documents of two services of one name. The profile says which extension tells the
/// rights that a call needs.
pub fn compare(old: &Document, new: &Document, profile: &dyn Profile) -> Vec<Change> {
    let mut comparison = Comparison::of(old, new, profile);
    comparison.documents();
    comparison.finish()
}

/// One of the two documents.
pub(crate) struct Side<'d> {
    document: &'d Document,
    references: References<'d>,
}

impl<'d> Side<'d> {
    fn of(document: &'d Document) -> Self {
        Self {
            document,
            references: References::of(&document.tree),
        }
    }

    fn root(&self) -> &'d Node {
        &self.document.tree
    }

    fn resolved(&self, node: &'d Node) -> &'d Node {
        self.references.resolved(node)
    }
}

/// Two documents, and what was found to differ between them.
pub(crate) struct Comparison<'d> {
    old: Side<'d>,
    new: Side<'d>,
    changes: Vec<Change>,
    /// The operation that is being compared.
    operation: Option<String>,
    /// What was compared already, and the changes that were found in it.
    seen: HashMap<Seen, Vec<usize>>,
    /// The changes found in what is being compared, from the outside in.
    open: Vec<Vec<usize>>,
    /// What is nested too deeply to be compared at once.
    later: Vec<Later<'d>>,
    depth: usize,
    /// How often alternatives may still be tried against each other.
    tries: usize,
    /// The extension that tells the rights that a call needs.
    permissions: Option<&'static str>,
}

/// The nodes that were compared, by their addresses.
type Seen = (Vec<*const Node>, Vec<*const Node>, Direction);

/// So often alternatives of choices are tried against each other; choices inside of choices multiply.
const MOST_TRIES: usize = 20_000;

/// A value of a document that may not be there.
type Found<'d> = Option<&'d Node>;

/// Something that fields or keywords are said of: a mapping, or a schema with all its parts.
trait Says<'d> {
    /// The value of a field.
    fn said(&self, key: &str) -> Found<'d>;
    /// The names of all its fields.
    fn keys(&self) -> Vec<&'d str>;
    /// Where it stands.
    fn span(&self) -> Option<&'d Span>;
}

impl<'d> Says<'d> for &'d Node {
    fn said(&self, key: &str) -> Found<'d> {
        self.get(key)
    }

    fn keys(&self) -> Vec<&'d str> {
        self.entries().iter().map(|it| it.key.as_str()).collect()
    }

    fn span(&self) -> Option<&'d Span> {
        Some(&self.span)
    }
}

/// Where a field stands on both sides; where it is not there, what it would be a field of.
fn places<'d>(
    old: &impl Says<'d>,
    new: &impl Says<'d>,
    key: &str,
) -> (Option<&'d Span>, Option<&'d Span>) {
    let old_span = old.said(key).map(|it| &it.span).or(old.span());
    (old_span, new.said(key).map(|it| &it.span).or(new.span()))
}

fn text(node: Found<'_>) -> &str {
    node.and_then(Node::as_str).unwrap_or_default()
}

fn is_true(node: Found<'_>) -> bool {
    node.and_then(Node::as_bool).unwrap_or_default()
}

impl<'d> Comparison<'d> {
    fn of(old: &'d Document, new: &'d Document, profile: &dyn Profile) -> Self {
        Self {
            old: Side::of(old),
            new: Side::of(new),
            changes: Vec::new(),
            operation: None,
            seen: HashMap::new(),
            open: Vec::new(),
            later: Vec::new(),
            depth: 0,
            tries: MOST_TRIES,
            permissions: profile.permissions().map(|it| it.name),
        }
    }

    /// Tells a difference: of what, where in both, and in which words.
    fn tell(
        &mut self,
        code: Code,
        direction: Direction,
        places: (Option<&Span>, Option<&Span>),
        message: String,
    ) {
        let severity = code.severity(direction);
        let place = |side: &Side<'_>, span| Place::new(&side.document.source.path, span);
        let change = Change {
            code: code.name,
            severity,
            direction: match severity {
                Severity::None | Severity::Documentation => Direction::None,
                _ => direction,
            },
            operations: self.operation.iter().cloned().collect(),
            message: clean(&message),
            old: places.0.map(|span| place(&self.old, span)),
            new: places.1.map(|span| place(&self.new, span)),
        };
        self.note(self.changes.len());
        self.changes.push(change);
    }

    /// Notes a change as one of what is being compared.
    fn note(&mut self, change: usize) {
        if let Some(open) = self.open.last_mut() {
            open.push(change);
        }
    }

    /// Compares two values once, however often they are come upon; the operations that do are noted
    /// with the changes.
    fn once(
        &mut self,
        old: &[&'d Node],
        new: &[&'d Node],
        direction: Direction,
        compare: impl FnOnce(&mut Self),
    ) {
        let addresses =
            |nodes: &[&'d Node]| nodes.iter().map(|it| std::ptr::from_ref(*it)).collect();
        let key = (addresses(old), addresses(new), direction);
        if let Some(found) = self.seen.get(&key).cloned() {
            for change in found {
                self.note(change);
                let operations = &mut self.changes[change].operations;
                if let Some(operation) = &self.operation
                    && operations.last() != Some(operation)
                    && !operations.contains(operation)
                {
                    operations.push(operation.clone());
                }
            }
            return;
        }
        // What leads back to it finds nothing new.
        self.seen.insert(key.clone(), Vec::new());
        self.open.push(Vec::new());
        compare(self);
        let mut found = self.open.pop().unwrap_or_default();
        // What is used twice was found twice.
        found.sort_unstable();
        found.dedup();
        for &change in &found {
            self.note(change);
        }
        self.seen.insert(key, found);
    }

    /// Whether two things differ in nothing but words. Nothing is told.
    fn is_same(&mut self, compare: impl FnOnce(&mut Self)) -> bool {
        let told = std::mem::take(&mut self.changes);
        let seen = std::mem::take(&mut self.seen);
        let open = std::mem::take(&mut self.open);
        let later = std::mem::take(&mut self.later);
        compare(self);
        self.rest_of_the_schemas();
        let differ = |it: &Change| it.severity > Severity::Documentation;
        let same = !self.changes.iter().any(differ);
        (self.changes, self.seen, self.open, self.later) = (told, seen, open, later);
        same
    }

    /// Compares what is said for people and for generators, beside what else there is.
    fn words(&mut self, at: At<'_>, old: &impl Says<'d>, new: &impl Says<'d>) {
        for (key, code) in WORDS {
            let (was, is) = (old.said(key), new.said(key));
            if was.map(Node::to_json) == is.map(Node::to_json) {
                continue;
            }
            let message = match (was, is) {
                (None, _) => format!("{at} gets `{key}`"),
                (_, None) => format!("{at} loses `{key}`"),
                _ => format!("`{key}` of {at} differs"),
            };
            self.tell(*code, Direction::None, places(old, new, key), message);
        }
        let is_deprecated = |it: &dyn Fn(&str) -> Found<'d>| is_true(it("deprecated"));
        let (was, is) = (
            is_deprecated(&|key| old.said(key)),
            is_deprecated(&|key| new.said(key)),
        );
        let (code, message) = match (was, is) {
            (false, true) => (codes::DEPRECATED, format!("{at} is advised against")),
            (true, false) => (
                codes::NO_LONGER_DEPRECATED,
                format!("{at} is no longer advised against"),
            ),
            _ => return self.extensions(at, old, new),
        };
        self.tell(
            code,
            Direction::None,
            places(old, new, "deprecated"),
            message,
        );
        self.extensions(at, old, new);
    }

    /// Compares whether something must be there.
    fn requiredness(
        &mut self,
        at: At<'_>,
        was: bool,
        is: bool,
        places: (Option<&Span>, Option<&Span>),
    ) {
        match (was, is) {
            (false, true) => {
                let message = format!("{at} must be there");
                self.tell(codes::BECAME_REQUIRED, at.direction, places, message);
            }
            (true, false) => {
                let message = format!("{at} may be left out");
                self.tell(codes::BECAME_OPTIONAL, at.direction, places, message);
            }
            _ => {}
        }
    }

    /// What was found. The same difference in what is sent and in what is received is one.
    fn finish(mut self) -> Vec<Change> {
        self.rest_of_the_schemas();
        let mut told: Vec<Change> = Vec::new();
        let mut known: HashMap<_, usize> = HashMap::new();
        for mut change in self.changes {
            let key = (change.code, change.old.clone(), change.new.clone());
            match known.get(&key) {
                Some(&at) => {
                    let first = &mut told[at];
                    // The words are of the side on which it is worse.
                    if change.severity > first.severity {
                        std::mem::swap(first, &mut change);
                    }
                    if first.direction != change.direction {
                        first.direction = first.direction.and(change.direction);
                    }
                    for operation in change.operations {
                        if !first.operations.contains(&operation) {
                            first.operations.push(operation);
                        }
                    }
                }
                None => {
                    known.insert(key, told.len());
                    told.push(change);
                }
            }
        }
        told
    }
}

/// Words of a document as they may be shown: without what a terminal obeys, and not without end.
fn clean(message: &str) -> String {
    const LONGEST: usize = 400;
    let mut text = String::with_capacity(message.len());
    for letter in message.chars().take(LONGEST) {
        match is_harmful(letter) || letter == '\t' {
            true => text.extend(letter.escape_unicode()),
            false => text.push(letter),
        }
    }
    text
}

/// Fields that are words for people, anywhere.
const WORDS: &[(&str, Code)] = &[
    ("description", codes::WORDS_CHANGED),
    ("summary", codes::WORDS_CHANGED),
    ("title", codes::WORDS_CHANGED),
    ("externalDocs", codes::WORDS_CHANGED),
    ("tags", codes::WORDS_CHANGED),
    ("example", codes::EXAMPLE_CHANGED),
    ("examples", codes::EXAMPLE_CHANGED),
    ("xml", codes::INFORMATION_CHANGED),
    ("links", codes::INFORMATION_CHANGED),
    ("callbacks", codes::INFORMATION_CHANGED),
];
