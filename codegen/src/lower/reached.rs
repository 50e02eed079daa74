//! Which components operations reach, and how each is called: what none does takes no name from
//! another.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::load::KEPT;
use crate::load::references::References;
use crate::load::tree::{Node, escaped};
use crate::model::Method;
use crate::names::{Names, pascal};

use super::operation_id;

/// Where components stand.
pub(super) const COMPONENTS: &str = "#/components/schemas/";

/// The Rust names of the components that operations reach, by the text of a reference to each.
///
/// An object that nothing but a body is has no name for callers, who set its fields one by one. It is
/// called as if it stood in the operation itself, so that neither its name nor its place decides how
/// the types in it are called.
pub(super) fn names(
    tree: &Node,
    references: &References<'_>,
    names: &mut Names,
) -> HashMap<String, String> {
    let mut walk = Walk {
        tree,
        references,
        seen: BTreeSet::new(),
        bodies: BTreeMap::new(),
        others: BTreeSet::new(),
        elsewhere: BTreeSet::new(),
        open: Vec::new(),
        children: children(tree),
    };
    walk.operations();
    let called = walk.seen.iter().map(|reference| {
        let body = walk.bodies.get(reference);
        let body = body.filter(|_| !walk.others.contains(reference));
        match (body, references.component(reference)) {
            (Some(owner), Some(entry)) if is_flat(&entry.value) => format!("{owner}Body"),
            (_, Some(entry)) => entry.key.clone(),
            (_, None) => reference.clone(),
        }
    });
    let called: Vec<_> = called.collect();
    let given = names.pascals(&called);
    walk.seen.iter().cloned().zip(given).collect()
}

/// Whether a schema is an object that callers set field by field.
fn is_flat(schema: &Node) -> bool {
    let has = |key| schema.get(key).is_some();
    let is_nullable = schema.get("nullable").and_then(Node::as_bool) == Some(true);
    let others = ["oneOf", "anyOf", "enum", "discriminator", "$ref"];
    (has("properties") || has("allOf")) && !is_nullable && !others.into_iter().any(has)
}

/// The components that are derived from others with `allOf`, by the reference to those.
fn children(tree: &Node) -> HashMap<&str, Vec<String>> {
    let mut children: HashMap<&str, Vec<String>> = HashMap::new();
    let components = tree.pointer("/components/schemas").map(Node::entries);
    for entry in components.unwrap_or_default() {
        let members = entry.value.get("allOf").map(Node::items);
        for member in members.unwrap_or_default() {
            if let Some(parent) = member.get("$ref").and_then(Node::as_str) {
                let child = format!("{COMPONENTS}{}", escaped(&entry.key));
                children.entry(parent).or_default().push(child);
            }
        }
    }
    children
}

struct Walk<'d, 'r> {
    tree: &'d Node,
    references: &'r References<'d>,
    /// The schemas that are reached.
    seen: BTreeSet<String>,
    /// Those that are the whole body of an operation, with the first of these by name.
    bodies: BTreeMap<String, String>,
    /// Those that stand elsewhere too.
    others: BTreeSet<String>,
    /// What is reached beside schemas.
    elsewhere: BTreeSet<String>,
    /// What is still to be seen.
    open: Vec<&'d Node>,
    children: HashMap<&'d str, Vec<String>>,
}

impl<'d> Walk<'d, '_> {
    fn operations(&mut self) {
        let paths = self.tree.get("paths").map(Node::entries);
        for path in paths.unwrap_or_default() {
            let item = self.references.resolved(&path.value);
            self.open.extend(item.get("parameters"));
            for method in Method::ALL {
                let Some(operation) = item.get(method.key()) else {
                    continue;
                };
                let owner = pascal(&operation_id(operation, method.key(), &path.key));
                self.open.extend(operation.get("parameters"));
                self.open.extend(operation.get("responses"));
                let body = operation.get("requestBody");
                let content = body.and_then(|it| self.references.resolved(it).get("content"));
                for media in content.map(Node::entries).unwrap_or_default() {
                    self.body(media.value.get("schema"), &owner);
                }
            }
        }
        while let Some(node) = self.open.pop() {
            self.see(node);
        }
    }

    fn body(&mut self, schema: Option<&'d Node>, owner: &str) {
        let reference = schema.and_then(|it| it.get("$ref")).and_then(Node::as_str);
        let Some(reference) = reference.map(|it| self.references.plain(it)) else {
            return self.open.extend(schema);
        };
        let first = self.bodies.entry(reference.clone());
        let first = first.or_insert_with(|| owner.to_owned());
        if owner < first.as_str() {
            owner.clone_into(first);
        }
        self.reach(reference);
    }

    /// Sees all that a node refers to.
    fn see(&mut self, node: &'d Node) {
        self.open.extend(node.items());
        let read = node.entries().iter().filter(|it| it.key != KEPT);
        self.open.extend(read.map(|it| &it.value));
        let reference = node.get("$ref").and_then(Node::as_str);
        let reference = reference.map(|it| self.references.plain(it));
        let mapping = node.get("discriminator").and_then(|it| it.get("mapping"));
        let mapped = mapping.map(Node::entries).unwrap_or_default().iter();
        let mapped = mapped
            .filter_map(|it| it.value.as_str())
            .map(full_reference);
        for reference in reference.into_iter().chain(mapped) {
            if self.others.insert(reference.clone()) {
                self.reach(reference);
            }
        }
    }

    /// What a reference leads to is to be seen, once.
    fn reach(&mut self, reference: String) {
        let Some(target) = self.references.node(&reference) else {
            return;
        };
        let is_schema =
            reference.starts_with(COMPONENTS) && self.references.component(&reference).is_some();
        let seen = match is_schema {
            true => &mut self.seen,
            false => &mut self.elsewhere,
        };
        if !seen.insert(reference.clone()) {
            return;
        }
        self.open.push(target);
        if target.get("discriminator").is_none() {
            return;
        }
        // Each that is derived from it may stand in its place.
        let mut parents = vec![reference];
        while let Some(parent) = parents.pop() {
            for child in self.children.remove(parent.as_str()).unwrap_or_default() {
                self.others.insert(child.clone());
                if self.seen.insert(child.clone()) {
                    self.open.extend(self.references.node(&child));
                }
                parents.push(child);
            }
        }
    }
}

/// The reference that a value of a mapping is: some give the bare name.
pub(super) fn full_reference(value: &str) -> String {
    match value.contains('/') || value.contains('#') {
        true => value.to_owned(),
        false => format!("{COMPONENTS}{}", escaped(value)),
    }
}
