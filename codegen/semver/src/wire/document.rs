//! Two documents, and two sets of them.

use std::collections::HashMap;

use huaweicloud_codegen::load::Document;
use huaweicloud_codegen::load::tree::Node;
use huaweicloud_codegen::model::Method;
use huaweicloud_codegen::profile::Profile;

use super::at::At;
use super::codes;
use super::operation::{Operation, without_names};
use super::{Comparison, Side};
use crate::change::{Change, Direction, Place, Severity};

/// Two sets of documents: one document a service.
pub struct Services<'d> {
    /// The old documents.
    pub old: &'d [Document],
    /// The new documents.
    pub new: &'d [Document],
    /// Whose documents they are.
    pub profile: &'d dyn Profile,
}

impl<'d> Services<'d> {
    /// Compares services of one name, and finds operations that have moved to another service.
    pub fn compare(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        let name = |document: &Document| document.source.service().to_owned();
        let mut come: Vec<_> = self.new.iter().collect();
        let mut gone = Vec::new();
        let mut pairs = Vec::new();
        for old in self.old {
            match come.iter().position(|it| name(it) == name(old)) {
                Some(place) => pairs.push((old, come.remove(place))),
                None => gone.push(old),
            }
        }
        // One document against one is one service, whatever its files are called.
        if let ([old], [new], []) = (gone.as_slice(), come.as_slice(), pairs.as_slice()) {
            pairs.push((old, new));
            gone.clear();
            come.clear();
        }
        for (old, new) in pairs {
            changes.extend(super::compare(old, new, self.profile));
        }
        self.moved(&mut changes);
        let service = |code: codes::Code, document: &'d Document, message| Change {
            code: code.name,
            severity: code.severity(Direction::Both),
            direction: Direction::Both,
            operations: Vec::new(),
            message,
            old: Some(Place::new(&document.source.path, &document.tree.span)),
            new: None,
        };
        for old in gone {
            let message = format!("the service `{}` is gone", name(old));
            changes.push(service(codes::SERVICE_REMOVED, old, message));
        }
        for new in come {
            let message = format!("the service `{}` is new", name(new));
            let mut change = service(codes::SERVICE_ADDED, new, message);
            std::mem::swap(&mut change.old, &mut change.new);
            changes.push(change);
        }
        changes
    }

    /// Takes an operation that is gone from one service and new in another, and the same in all else,
    /// for one that moved.
    fn moved(&self, changes: &mut Vec<Change>) {
        let is = |change: &Change, code: codes::Code| change.code == code.name;
        let gone: Vec<_> = (0..changes.len())
            .filter(|&at| is(&changes[at], codes::OPERATION_REMOVED))
            .collect();
        let mut told = Vec::new();
        for at in gone {
            let moved = (0..changes.len()).find(|&to| {
                is(&changes[to], codes::OPERATION_ADDED)
                    && !told.contains(&to)
                    && self.is_moved(&changes[at], &changes[to])
            });
            let Some(to) = moved else { continue };
            let new = changes[to].new.clone();
            let change = &mut changes[at];
            change.code = codes::OPERATION_MOVED.name;
            change.severity = Severity::Breaking;
            let path = new.as_ref().map(|it| it.path.clone()).unwrap_or_default();
            change.message = super::clean(&format!("the operation has moved to `{path}`"));
            change.new = new;
            told.push(to);
        }
        let mut at = 0;
        changes.retain(|_| {
            at += 1;
            !told.contains(&(at - 1))
        });
    }

    fn is_moved(&self, gone: &Change, come: &Change) -> bool {
        let found = |documents: &'d [Document], place: &Option<Place>| {
            let place = place.as_ref()?;
            let document = documents.iter().find(|it| it.source.path == place.path)?;
            Some((document, place.span()))
        };
        let (Some((old, was)), Some((new, is))) =
            (found(self.old, &gone.old), found(self.new, &come.new))
        else {
            return false;
        };
        if old.source.service() == new.source.service() {
            return false;
        }
        let mut comparison = Comparison::of(old, new, self.profile);
        let at = |side: &Side<'d>, span| {
            let mut operations = operations(side).into_iter();
            operations.find(|it| it.entry.key_span == span)
        };
        match (at(&comparison.old, was), at(&comparison.new, is)) {
            (Some(old), Some(new)) => comparison.is_alike(old, new),
            _ => false,
        }
    }
}

/// The operations of a document.
pub(super) fn operations<'d>(side: &Side<'d>) -> Vec<Operation<'d>> {
    let paths = side.root().get("paths").map_or(&[][..], Node::entries);
    let all = paths.iter().flat_map(|path| {
        let item = side.resolved(&path.value);
        let operations = item.entries().iter();
        let operations = operations.filter(|it| Method::KEYS.contains(&it.key.as_str()));
        operations.map(move |entry| Operation {
            method: &entry.key,
            path: &path.key,
            listed: path,
            item,
            entry,
        })
    });
    all.collect()
}

impl<'d> Comparison<'d> {
    pub(super) fn documents(&mut self) {
        let (old, new) = (self.old.root(), self.new.root());
        self.information(old, new);
        let pairs = self.all_operations();
        // What each operation says for itself is compared there.
        let inherits = |key: &str| {
            let by_itself = |it: &Operation<'d>| it.own(key).is_some();
            pairs.is_empty()
                || pairs
                    .iter()
                    .any(|(old, new)| !by_itself(old) && !by_itself(new))
        };
        if inherits("servers") {
            self.servers(old.get("servers"), new.get("servers"), (old, new));
        }
        self.security_schemes();
        if inherits("security") {
            let (was, is) = (old.get("security"), new.get("security"));
            self.security("the service", was, is, (old, new));
        }
        self.words(At::new(Direction::Request, "the document"), &old, &new);
    }

    fn information(&mut self, old: &'d Node, new: &'d Node) {
        let (Some(was), Some(is)) = (old.get("info"), new.get("info")) else {
            return;
        };
        let mut keys: Vec<_> = was.entries().iter().map(|it| &it.key).collect();
        keys.extend(is.entries().iter().map(|it| &it.key));
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let (before, after) = (was.get(key), is.get(key));
            if before.map(Node::to_json) != after.map(Node::to_json) {
                let spans = super::places(&was, &is, key);
                let message = format!("`{key}` of the document differs");
                self.tell(codes::INFORMATION_CHANGED, Direction::None, spans, message);
            }
        }
    }

    /// Compares the operations; gives those that are on both sides.
    fn all_operations(&mut self) -> Vec<(Operation<'d>, Operation<'d>)> {
        let (old, new) = (operations(&self.old), operations(&self.new));
        let key = |it: &Operation<'d>| (it.method, without_names(it.path));
        let mut come: HashMap<_, _> = new.iter().map(|it| (key(it), *it)).collect();
        let mut gone = Vec::new();
        let mut pairs = Vec::new();
        for operation in &old {
            match come.remove(&key(operation)) {
                Some(same) => pairs.push((*operation, same)),
                None => gone.push(*operation),
            }
        }
        // Those that are still called so are the same at another place.
        gone.retain(|operation| {
            let is_same = |it: &&Operation<'d>| !it.id().is_empty() && it.id() == operation.id();
            let other = new
                .iter()
                .find(|it| come.contains_key(&key(it)) && is_same(it));
            let Some(other) = other.and_then(|it| come.remove(&key(it))) else {
                return true;
            };
            pairs.push((*operation, other));
            false
        });
        for (old, new) in &pairs {
            self.operations(*old, *new);
        }
        for operation in gone {
            self.whole_operation(codes::OPERATION_REMOVED, operation, "gone");
        }
        for operation in &new {
            if come.contains_key(&key(operation)) {
                self.whole_operation(codes::OPERATION_ADDED, *operation, "new");
            }
        }
        pairs
    }

    fn whole_operation(&mut self, code: codes::Code, operation: Operation<'d>, state: &str) {
        let outer = self.operation.replace(operation.shown());
        let span = Some(&operation.entry.key_span);
        let spans = match state {
            "gone" => (span, None),
            _ => (None, span),
        };
        let message = format!("the operation `{}` is {state}", operation.shown());
        self.tell(code, Direction::Both, spans, message);
        self.operation = outer;
    }
}
