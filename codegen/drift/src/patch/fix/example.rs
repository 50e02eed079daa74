//! Examples that follow their schemas, so that a fixed document still makes a client.

use huaweicloud_codegen::check::sounds_secret;
use huaweicloud_codegen::load::tree::{Node, Value as Yaml};
use huaweicloud_pages::vocabulary::{LIST_OF, is_of_kind};

use super::Fixer;
use super::schema::converted;
use crate::claim::{Aspect, ClaimValue, Subject, SubjectClaims, outer_kind};
use crate::document::layers;
use crate::document::pointer::{Pointer, entries, resolve};
use crate::patch::example;
use crate::patch::schema::typed;
use crate::patch::splice::Splice;
use crate::piece::{New, written};
use crate::scalar;

impl<'a> Fixer<'a> {
    /// Gives every example of a body that lacks a field a made-up value for it.
    pub(super) fn add_to_examples<P: Clone>(
        &self,
        subject: &Subject,
        entry: &SubjectClaims<P>,
    ) -> Vec<Splice> {
        let Some((holders, name)) = self.holders(subject) else {
            return Vec::new();
        };
        let value = self
            .known_example(subject)
            .unwrap_or_else(|| made_up(name, entry));
        let lacking = holders.into_iter().filter(|it| it.get(name).is_none());
        lacking
            .filter_map(|holder| {
                let key = scalar::as_text(name);
                self.editor.insert(holder, &[], &key, &value).ok()
            })
            .collect()
    }

    /// Puts a value of another kind in the place of examples that no longer have the right one.
    pub(super) fn retype_examples<P: Clone>(
        &self,
        subject: &Subject,
        kind: &str,
        entry: Option<&SubjectClaims<P>>,
    ) -> Vec<Splice> {
        self.replace_examples(subject, |node| {
            if node.value == Yaml::Null || is_of_kind(kind, &node.to_json()) {
                return None;
            }
            let item = scalar::text(node);
            let is_item = kind == "array" && !matches!(node.value, Yaml::Mapping(_));
            let list = is_item.then(|| format!("[{}]", scalar::as_text(&item)));
            converted(node, kind)
                .or(list)
                .or_else(|| Some(made_up(subject.leaf(), entry?).flow()))
        })
    }

    /// Puts an allowed value in the place of examples that are none any more: where the list is as long as
    /// it was, the new one of the same place.
    pub(super) fn allow_examples(&self, subject: &Subject, allowed: &[String]) -> Vec<Splice> {
        let kind = self.kind(subject);
        let known = self.operation.claims.said(subject, Aspect::Enum);
        let known = ClaimValue::items_of(known);
        self.replace_examples(subject, |node| {
            let text = scalar::text(node);
            let is_fine = node.value == Yaml::Null || allowed.contains(&text);
            let place = known.iter().position(|it| *it == text);
            let place = place.filter(|_| known.len() == allowed.len());
            let new = place.and_then(|it| allowed.get(it));
            let new = new.filter(|it| !known.contains(it));
            typed(new.or(allowed.first()).filter(|_| !is_fine)?, kind).ok()
        })
    }

    fn replace_examples(
        &self,
        subject: &Subject,
        new: impl Fn(&Node) -> Option<String>,
    ) -> Vec<Splice> {
        let mut nodes = self.own_examples(subject);
        if let Some((holders, name)) = self.holders(subject) {
            nodes.extend(holders.into_iter().filter_map(|it| it.get(name)));
        }
        let replaced = nodes
            .into_iter()
            .filter_map(|node| Some(self.editor.replace_scalar(node, &new(node)?)));
        replaced.collect()
    }

    /// The examples beside a parameter or in the schema of a subject.
    fn own_examples(&self, subject: &Subject) -> Vec<&'a Node> {
        let schema = self.schema_of(subject).ok();
        let schema = schema.and_then(|it| resolve(self.root, it));
        let object = match subject {
            Subject::Parameter(..) => self.object_of(subject).ok(),
            _ => None,
        };
        let places = [schema.map(|(_, node)| node), object];
        let nodes = places.into_iter().flatten();
        nodes.filter_map(|node| node.get("example")).collect()
    }

    fn known_example(&self, subject: &Subject) -> Option<New> {
        let node = self.own_examples(subject).into_iter().next()?;
        let is_scalar = !matches!(node.value, Yaml::Mapping(_) | Yaml::Sequence(_));
        let text = self.editor.text.get(node.span.clone())?;
        (is_scalar && !text.contains('\n')).then(|| New::scalar(text))
    }

    /// The mappings in the examples of the document that hold a field, or should, and the field's name:
    /// a schema describes those of every body that has it.
    pub(super) fn holders<'s>(&self, subject: &'s Subject) -> Option<(Vec<&'a Node>, &'s str)> {
        let path = subject.path()?;
        let name = path.rsplit_once('.').map_or(path, |it| it.1);
        let object = match self.property_of(subject) {
            Ok((parent, _)) => self.own(parent),
            Err(_) => self.object_schema(&self.container(subject).ok()??),
        };
        let mut holders = Holders {
            root: self.root,
            object: object.ok()?,
            found: Vec::new(),
        };
        holders.look_in(self.root, &Pointer::default(), 0);
        Some((holders.found, name))
    }
}

/// Schemas nested more deeply than this are not looked at.
const DEEPEST: usize = 64;

/// The search for the examples of an object.
struct Holders<'a> {
    root: &'a Node,
    /// The schema that has the properties of the object.
    object: &'a Node,
    found: Vec<&'a Node>,
}

impl<'a> Holders<'a> {
    /// Looks at every example below a node beside its schema.
    fn look_in(&mut self, node: &'a Node, place: &Pointer, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        let several = entries(node, "examples").iter();
        let several = several.filter_map(|it| it.value.get("value"));
        let schema = match node.get("schema") {
            Some(_) => place.below("schema"),
            None => place.clone(),
        };
        for example in node.get("example").into_iter().chain(several) {
            self.descend(&schema, example);
        }
        for entry in node.entries() {
            if !matches!(
                entry.key.as_str(),
                "example" | "examples" | "default" | "enum"
            ) {
                self.look_in(&entry.value, &place.below(entry.key.clone()), depth + 1);
            }
        }
        for (index, item) in node.items().iter().enumerate() {
            self.look_in(item, &place.below(index.to_string()), depth + 1);
        }
    }

    /// Follows an example along its schema.
    fn descend(&mut self, schema: &Pointer, example: &'a Node) {
        for layer in layers(self.root, schema) {
            let Some(node) = layer.find(self.root) else {
                continue;
            };
            let is_mapping = matches!(example.value, Yaml::Mapping(_));
            let is_known = self.found.iter().any(|it| std::ptr::eq(*it, example));
            if is_mapping && std::ptr::eq(node, self.object) && !is_known {
                self.found.push(example);
            }
            for entry in example.entries() {
                let properties = node.get("properties");
                if properties.is_some_and(|it| it.get(&entry.key).is_some()) {
                    let property = layer.below("properties").below(entry.key.clone());
                    self.descend(&property, &entry.value);
                }
            }
            let has_items = node.get("items").is_some();
            for item in example.items().iter().filter(|_| has_items) {
                self.descend(&layer.below("items"), item);
            }
        }
    }
}

/// A value that what is known about a field allows.
fn made_up<P: Clone>(name: &str, entry: &SubjectClaims<P>) -> New {
    let kind = entry.one(Aspect::Type).unwrap_or("string");
    let plain = |kind: &str| {
        let value = example::plain(None, name, kind, entry, !sounds_secret(name));
        written(&value.unwrap_or_else(|| "example".into()))
    };
    match outer_kind(kind) {
        "object" => New::Map(Vec::new()),
        kind if kind.starts_with("array") => {
            let least = entry.one(Aspect::MinItems).and_then(|it| it.parse().ok());
            let item = kind.strip_prefix(LIST_OF).map(plain);
            let items = item.into_iter().cycle();
            let least = least.filter(|it| *it <= example::MOST_ITEMS).unwrap_or(0);
            New::List(items.take(least).collect())
        }
        kind => plain(kind),
    }
}
