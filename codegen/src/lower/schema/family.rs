//! Discriminators: shapes that a word in them tells apart, be they listed by a choice or found by
//! what they are derived from.

use indexmap::IndexMap;

use crate::load::tree::{Node, escaped, unescaped};
use crate::model::{SchemaKind, Tag, Type};

use super::super::context::Context;
use super::super::reached::{COMPONENTS, full_reference};
use super::merge;

/// How many schemas may be derived from each other in a row.
const MAX_GENERATIONS: usize = 16;

/// The schemas that are derived from one with a discriminator.
pub(super) struct Family {
    /// The references to them.
    children: Vec<String>,
    /// The words of the base itself.
    own_words: Vec<String>,
}

impl<'d> Context<'d> {
    /// Whether a schema is a reference to one that others are derived from.
    pub(super) fn is_base(&self, node: &Node) -> bool {
        let reference = node.get("$ref").and_then(Node::as_str);
        reference.is_some_and(|reference| {
            let target = self.tree.reference(reference);
            target.is_some_and(|target| self.family(reference, target).is_some())
        })
    }

    /// The children of a component with a discriminator, if there are any and it does not list them
    /// itself.
    pub(super) fn family(&self, reference: &str, node: &Node) -> Option<Family> {
        let discriminator = node.get("discriminator")?;
        discriminator.get("propertyName")?;
        if node.get("oneOf").is_some() || node.get("anyOf").is_some() {
            return None;
        }
        let mapping = discriminator.get("mapping").map(Node::entries);
        let mapped: Vec<_> = mapping
            .unwrap_or_default()
            .iter()
            .filter_map(|entry| Some((entry.key.clone(), full_reference(entry.value.as_str()?))))
            .collect();
        let mut children: Vec<String> = Vec::new();
        let mapped_to = mapped.iter().map(|(_, to)| to.clone());
        for child in mapped_to.chain(self.derived_from(reference)) {
            let is_there = || self.tree.reference(&child).is_some();
            if child != reference && !children.contains(&child) && is_there() {
                children.push(child);
            }
        }
        let own_words = mapped.into_iter().filter(|(_, to)| to == reference);
        let own_words = own_words.map(|(word, _)| word).collect();
        (!children.is_empty()).then_some(Family {
            children,
            own_words,
        })
    }

    /// The components that are derived from another with `allOf`, directly or not.
    fn derived_from(&self, base: &str) -> Vec<String> {
        let components = self.tree.pointer("/components/schemas").map(Node::entries);
        let components = components.unwrap_or_default();
        let mut found = vec![base.to_owned()];
        for _ in 0..MAX_GENERATIONS {
            let before = found.len();
            for entry in components {
                let reference = format!("{COMPONENTS}{}", escaped(&entry.key));
                let members = entry.value.get("allOf").map(Node::items);
                let mut parents = members
                    .unwrap_or_default()
                    .iter()
                    .filter_map(|member| member.get("$ref")?.as_str());
                if !found.contains(&reference)
                    && parents.any(|it| found.iter().any(|base| base == it))
                {
                    found.push(reference);
                }
            }
            if found.len() == before {
                break;
            }
        }
        found.remove(0);
        found
    }

    /// The choice of the schemas that are derived from one.
    pub(super) fn lower_family(&mut self, node: &'d Node, family: &Family, name: String) -> Type {
        let open = SchemaKind::OneOf {
            alternatives: Vec::new(),
            tag: None,
        };
        self.define_named(node, &name, open);
        let mut shapes: IndexMap<Type, Vec<String>> = IndexMap::new();
        let mapping = words_by_reference(node);
        for child in &family.children {
            // Those that are derived from a child with a discriminator of its own are here too.
            let target = self.tree.reference(child);
            if target.is_some_and(|it| self.family(child, it).is_some()) {
                continue;
            }
            let ty = self.lower_reference(child, node, &name);
            let words = self.words(node, child, target, &mapping);
            shapes.entry(ty).or_default().extend(words);
        }
        if !family.own_words.is_empty()
            && let Some(parts) = merge::all_of(self, node)
        {
            let own = self.lower_object(node, &parts, &format!("{name}Base"), None);
            shapes.insert(own, family.own_words.clone());
        }
        let kind = self.tagged(node, shapes);
        match kind {
            Some(kind) => {
                self.define_named(node, &name, kind);
                Type::Named(name)
            }
            // Children that are no objects make no family.
            None => {
                let parts = merge::Parts::of(node);
                self.lower_object(node, &parts, &name.clone(), Some(name))
            }
        }
    }

    /// The shapes of a choice with a discriminator, where it can be read.
    pub(super) fn tag(
        &self,
        node: &'d Node,
        alternatives: &'d Node,
        types: &[Type],
    ) -> Option<SchemaKind> {
        node.get("discriminator")?.get("propertyName")?;
        let mapping = words_by_reference(node);
        let mut shapes: IndexMap<Type, Vec<String>> = IndexMap::new();
        for (alternative, ty) in alternatives.items().iter().zip(types) {
            let reference = alternative
                .get("$ref")
                .and_then(Node::as_str)
                .unwrap_or_default();
            let target = Some(self.resolve(alternative));
            let words = self.words(node, reference, target, &mapping);
            shapes.entry(ty.clone()).or_default().extend(words);
        }
        self.tagged(node, shapes)
    }

    fn tagged(&self, node: &Node, shapes: IndexMap<Type, Vec<String>>) -> Option<SchemaKind> {
        let property = node.get("discriminator")?.get("propertyName")?.as_str()?;
        let mut taken: Vec<String> = Vec::new();
        let mut tag = Tag {
            property: property.to_owned(),
            words: Vec::new(),
        };
        let mut alternatives = Vec::new();
        for (ty, words) in shapes {
            let Type::Named(name) = &ty else { return None };
            let kind = self.schemas.get(name).map(|schema| &schema.kind);
            // One that waits for its turn is an object.
            if matches!(kind, Some(SchemaKind::Enum { .. })) {
                return None;
            }
            if words.is_empty() {
                return None;
            }
            let mut own: Vec<String> = Vec::new();
            for word in words {
                if !taken.contains(&word) {
                    taken.push(word.clone());
                    own.push(word);
                }
            }
            // A shape whose words are all those of others is never there.
            if !own.is_empty() {
                alternatives.push(ty);
                tag.words.push(own);
            }
        }
        (!alternatives.is_empty()).then_some(SchemaKind::OneOf {
            alternatives,
            tag: Some(tag),
        })
    }

    /// The words that stand for a schema: those of the mapping, the one that its own property lists,
    /// and its name.
    fn words(
        &self,
        node: &Node,
        reference: &str,
        target: Option<&'d Node>,
        mapping: &IndexMap<String, Vec<String>>,
    ) -> Vec<String> {
        let property = node
            .get("discriminator")
            .and_then(|it| it.get("propertyName"));
        let listed = property.and_then(Node::as_str).zip(target);
        let listed = listed.map_or_else(Vec::new, |(property, target)| {
            self.listed_words(target, property, 0)
        });
        let mapped = mapping.get(reference).into_iter().flatten().cloned();
        let is_mapped = |word: &String| mapping.values().flatten().any(|it| it == word);
        let name = Some(self.own_name(reference)).filter(|it| !it.is_empty());
        let implicit = listed.into_iter().chain(name.map(unescaped));
        mapped
            .chain(implicit.filter(|word| !is_mapped(word)))
            .collect()
    }

    /// The one word that a property of a schema can be.
    fn listed_words(&self, schema: &'d Node, property: &str, depth: usize) -> Vec<String> {
        let schema = self.resolve(schema);
        let own = schema.get("properties").and_then(|all| all.get(property));
        let words = own.map(|it| self.resolve(it)).and_then(|it| it.get("enum"));
        let words: Vec<_> = words
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .filter_map(Node::as_str)
            .collect();
        if let [only] = words.as_slice() {
            return vec![(*only).to_owned()];
        }
        let members = schema.get("allOf").map(Node::items).unwrap_or_default();
        let mut members = members.iter().filter(|_| depth < MAX_GENERATIONS);
        let found = members.find_map(|it| {
            let words = self.listed_words(it, property, depth + 1);
            (!words.is_empty()).then_some(words)
        });
        found.unwrap_or_default()
    }

    /// Whether every shape of a choice is derived from the schema that lists them, so that it has
    /// what stands beside the choice.
    pub(super) fn is_repeated_in_all(&self, node: &Node, alternatives: &Node) -> bool {
        let is_it = |member: &Node| std::ptr::eq(self.tree.resolved(member), node);
        node.get("discriminator").is_some()
            && alternatives.items().iter().all(|alternative| {
                let members = self.tree.resolved(alternative).get("allOf");
                members
                    .map(Node::items)
                    .unwrap_or_default()
                    .iter()
                    .any(is_it)
            })
    }
}

/// The words of the mapping, by the reference that each leads to.
fn words_by_reference(node: &Node) -> IndexMap<String, Vec<String>> {
    let mapping = node.get("discriminator").and_then(|it| it.get("mapping"));
    let mut words: IndexMap<String, Vec<String>> = IndexMap::new();
    for entry in mapping.map(Node::entries).unwrap_or_default() {
        if let Some(to) = entry.value.as_str() {
            words
                .entry(full_reference(to))
                .or_default()
                .push(entry.key.clone());
        }
    }
    words
}
