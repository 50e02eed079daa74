//! A way through a document along its grammar, on which objects can be changed.

use super::tree::{Entry, Node, Value};
use crate::grammar::{Keys, Kind, Shape};

/// Calls with an object and with every object in it, what holds them first. What stands in an object
/// for which the call says no is left out.
pub(super) fn walk(node: &mut Node, kind: Kind, see: &mut impl FnMut(&mut Node, Kind) -> bool) {
    if !see(node, kind) {
        return;
    }
    let grammar = kind.grammar();
    for entry in entries_mut(node) {
        if let Some(field) = grammar.field(&entry.key) {
            value(&mut entry.value, &field.shape, see);
        }
    }
}

fn value(node: &mut Node, shape: &Shape, see: &mut impl FnMut(&mut Node, Kind) -> bool) {
    match shape {
        Shape::Object(kind) | Shape::OrReference(kind) => walk(node, *kind, see),
        Shape::List(item) => items_mut(node).for_each(|it| value(it, item, see)),
        Shape::Map(keys, item) => {
            let extensible = matches!(keys, Keys::Path | Keys::Status);
            entries_mut(node)
                .filter(|it| !(extensible && it.key.starts_with("x-")))
                .for_each(|it| value(&mut it.value, item, see));
        }
        Shape::FlagOr(_) if matches!(node.value, Value::Bool(_)) => {}
        Shape::FlagOr(other) => value(node, other, see),
        _ => {}
    }
}

pub(super) fn get_mut<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    entries_mut(node)
        .find(|entry| entry.key == key)
        .map(|entry| &mut entry.value)
}

pub(super) fn entries_mut(node: &mut Node) -> impl Iterator<Item = &mut Entry> {
    match &mut node.value {
        Value::Mapping(entries) => entries.iter_mut(),
        _ => [].iter_mut(),
    }
}

pub(super) fn items_mut(node: &mut Node) -> impl Iterator<Item = &mut Node> {
    match &mut node.value {
        Value::Sequence(items) => items.iter_mut(),
        _ => [].iter_mut(),
    }
}
