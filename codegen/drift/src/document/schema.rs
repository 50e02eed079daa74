//! What a schema says about the value it describes, and which fields it has.

use std::collections::BTreeMap;

use huaweicloud_codegen::load::tree::{Node, Span, Value as Yaml};

use huaweicloud_pages::vocabulary::array_of;

use super::SubjectPointers;
use super::keywords::{POLICY, SCHEMA, is_of_values, say};
use super::pointer::{Pointer, entries, items, resolve};
use crate::claim::{Aspect, ClaimValue, Claims, Subject, SubjectClaims, map_of};

/// Fields nested more deeply than this are not looked at; no page goes half as far.
const DEEPEST: usize = 16;

/// A schema's own keywords and those of its `allOf`, each with its place.
pub(crate) fn layers(root: &Node, schema: &Pointer) -> Vec<Pointer> {
    let mut found = Vec::new();
    collect_layers(root, schema.clone(), 0, &mut found);
    found
}

fn collect_layers(root: &Node, schema: Pointer, depth: usize, found: &mut Vec<Pointer>) {
    let Some((place, node)) = resolve(root, schema) else {
        return;
    };
    if depth > DEEPEST || found.contains(&place) {
        return;
    }
    found.push(place.clone());
    for index in 0..items(node, "allOf").len() {
        let part = place.below("allOf").below(index.to_string());
        collect_layers(root, part, depth + 1, found);
    }
}

/// Where the plain values of a list are described, or of a list of lists; else the schema itself. A
/// list that has such keywords itself is left to what it says.
pub(crate) fn innermost(root: &Node, schema: &Pointer) -> Pointer {
    let mut inner = schema.clone();
    for _ in 0..DEEPEST {
        let layers = layers(root, &inner);
        let layers = layers.iter().filter_map(|it| Some((it, it.find(root)?)));
        let layers: Vec<(&Pointer, &Node)> = layers.collect();
        let has = |key: &str| layers.iter().find(|(_, node)| node.get(key).is_some());
        let Some((list, _)) = has("items") else {
            return match has("properties") {
                Some(_) => schema.clone(),
                None => inner,
            };
        };
        let mut of_values = SCHEMA
            .iter()
            .filter(|(.., it)| it.is_some_and(is_of_values));
        if of_values.any(|(keyword, ..)| has(keyword).is_some()) {
            return inner;
        }
        inner = list.below("items");
    }
    inner
}

/// Says about `entry` what a schema says.
pub(super) fn describe(root: &Node, schema: &Pointer, entry: &mut SubjectClaims<Span>) {
    let kind = kind_of(root, schema, 0);
    let is_list = kind.as_ref().is_some_and(|it| it.0.starts_with("array"));
    if let Some((kind, span)) = kind {
        entry.say(Aspect::Type, ClaimValue::one(kind), span);
    }
    say_keywords(root, schema, entry, |_| true);
    if is_list {
        say_keywords(root, &innermost(root, schema), entry, is_of_values);
    }
}

fn say_keywords(
    root: &Node,
    schema: &Pointer,
    entry: &mut SubjectClaims<Span>,
    is_told: impl Fn(Aspect) -> bool,
) {
    for place in layers(root, schema) {
        let Some(node) = place.find(root) else {
            continue;
        };
        let keywords = SCHEMA.iter().filter_map(|it| Some((it.0, it.2?)));
        say(entry, node, keywords.filter(|it| is_told(it.1)));
        if let Some(said) = node.get("format")
            && said.as_str() == Some("password")
        {
            entry.say(Aspect::Secret, ClaimValue::flag(true), said.span.clone());
        }
        if let Some(policy) = node.get("x-password-policy") {
            say(entry, policy, POLICY.iter().copied());
        }
    }
}

/// The kind of a schema with the bytes that say it.
fn kind_of(root: &Node, schema: &Pointer, depth: usize) -> Option<(String, Span)> {
    for place in layers(root, schema) {
        let node = place.find(root)?;
        let inner = |key: &str| {
            let inner = place.below(key);
            let kind = (depth < 4).then(|| kind_of(root, &inner, depth + 1));
            kind.flatten().map(|it| it.0)
        };
        if let Some(said) = node.get("type") {
            let kind = match said.as_str()? {
                "array" => array_of(inner("items")),
                // A map, whose values have a kind of their own.
                "object" if node.get("properties").is_none() => {
                    let values = inner("additionalProperties");
                    let values = values.filter(|it| !it.ends_with("object"));
                    values.map_or("object".to_owned(), |it| map_of(&it))
                }
                kind => kind.to_owned(),
            };
            return Some((kind, said.span.clone()));
        }
        if let Some(properties) = node.entry("properties") {
            return Some(("object".to_owned(), properties.key_span.clone()));
        }
    }
    None
}

/// Collects the fields of a body.
pub(super) struct Fields<'a> {
    pub(super) root: &'a Node,
    pub(super) claims: &'a mut Claims<Span>,
    pub(super) pointers: &'a mut BTreeMap<Subject, SubjectPointers>,
    pub(super) subject: &'a dyn Fn(&str) -> Subject,
}

impl Fields<'_> {
    /// Adds every field below a schema; `prefix` is what stands before their names.
    pub(super) fn collect(&mut self, schema: &Pointer, prefix: &str, above: &mut Vec<Pointer>) {
        if above.len() > DEEPEST {
            return;
        }
        for place in layers(self.root, schema) {
            // A schema inside itself: its fields are known already.
            if above.contains(&place) {
                continue;
            }
            above.push(place.clone());
            self.collect_layer(schema, &place, prefix, above);
            above.pop();
        }
    }

    fn collect_layer(
        &mut self,
        schema: &Pointer,
        place: &Pointer,
        prefix: &str,
        above: &mut Vec<Pointer>,
    ) {
        let Some(node) = place.find(self.root) else {
            return;
        };
        for property in entries(node, "properties") {
            let path = match prefix {
                "" => property.key.clone(),
                _ => format!("{prefix}.{}", property.key),
            };
            let at = place.walk(["properties", &property.key]);
            let subject = (self.subject)(&path);
            let required = self.required(schema, &property.key);
            let named = || property.key_span.clone();
            let entry = self.claims.entry(subject.clone(), named);
            let is_required = ClaimValue::flag(required.is_some());
            entry.say(
                Aspect::Required,
                is_required,
                required.unwrap_or_else(named),
            );
            describe(self.root, &at, entry);
            let pointers = || SubjectPointers {
                schema: Some(at.clone()),
                parent: Some(place.clone()),
                object: None,
            };
            self.pointers.entry(subject).or_insert_with(pointers);
            self.collect(&at, &path, above);
        }
        if node.get("items").is_some() {
            self.collect(&place.below("items"), &format!("{prefix}[]"), above);
        }
        if let Some(values) = node.get("additionalProperties")
            && matches!(values.value, Yaml::Mapping(_))
        {
            let at = place.below("additionalProperties");
            self.collect(&at, &format!("{prefix}.*"), above);
        }
    }

    /// Where a schema or one it is made of says that a property is required.
    fn required(&self, schema: &Pointer, name: &str) -> Option<Span> {
        layers(self.root, schema).iter().find_map(|place| {
            let mut required = items(place.find(self.root)?, "required").iter();
            let item = required.find(|it| it.as_str() == Some(name))?;
            Some(item.span.clone())
        })
    }
}
