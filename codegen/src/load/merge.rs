//! YAML's merge key `<<`, which copies the entries of other mappings.

use std::collections::HashSet;

use super::tree::{Entry, Node, Span, Value};
use crate::diagnostic::{Report, codes};

/// One `<<: value` of a mapping.
pub(super) struct Merge {
    /// How many entries stand before it.
    pub(super) position: usize,
    /// The bytes of the `<<`.
    pub(super) key_span: Span,
    /// A mapping, or a list of mappings.
    pub(super) value: Node,
}

/// Puts merged entries where their `<<` stands. A key the mapping writes itself wins over merged
/// ones, and an earlier mapping of a list over later ones.
pub(super) fn apply(
    entries: Vec<Entry>,
    merges: Vec<Merge>,
    report: &mut Report<'_>,
) -> Vec<Entry> {
    let mut merges = merges.into_iter();
    let Some(merge) = merges.next() else {
        return entries;
    };
    for second in merges {
        report
            .error(
                codes::DUPLICATE_KEY,
                &second.key_span,
                "the key `<<` is there twice",
                "this one",
            )
            .related(&merge.key_span, "the first one")
            .help("merge several mappings with one list: `<<: [*a, *b]`");
    }

    let mut taken: HashSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
    let mut merged = Vec::new();
    for mapping in mappings(merge.value, report) {
        for entry in mapping {
            if taken.insert(entry.key.clone()) {
                merged.push(entry);
            }
        }
    }
    let mut entries = entries;
    let at = merge.position.min(entries.len());
    entries.splice(at..at, merged);
    entries
}

fn mappings(value: Node, report: &mut Report<'_>) -> Vec<Vec<Entry>> {
    let nodes = match value.value {
        Value::Sequence(items) => items,
        _ => vec![value],
    };
    let mut found = Vec::new();
    for node in nodes {
        match node.value {
            Value::Mapping(entries) => found.push(entries),
            _ => {
                report
                    .error(
                        codes::MERGE_KEY,
                        &node.span,
                        "`<<` can only merge mappings",
                        "not a mapping",
                    )
                    .help("name the anchor of a mapping, or quote the key if it is a plain one");
            }
        }
    }
    found
}
