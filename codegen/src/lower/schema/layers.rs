//! A schema with everything that says something of the same value: references, and words around them.

use std::collections::HashSet;

use crate::diagnostic::codes;
use crate::load::tree::Node;
use crate::model::Type;

use super::super::context::Context;
use super::shape;

/// The schemas that speak of one value, the outermost first.
#[derive(Debug)]
pub(crate) struct Layers<'d> {
    nodes: Vec<&'d Node>,
}

impl<'d> Layers<'d> {
    /// Sees through references and through `allOf`, `oneOf` and `anyOf` of one member.
    pub(crate) fn of(context: &Context<'d>, node: &'d Node) -> Self {
        let mut nodes: Vec<&'d Node> = Vec::new();
        let mut next = Some(node);
        while let Some(node) = next {
            if nodes.iter().any(|known| std::ptr::eq(*known, node)) {
                break;
            }
            nodes.push(node);
            next = match node.get("$ref").and_then(Node::as_str) {
                Some(reference) => context.references.node(reference),
                None => shape::only_member(node),
            };
        }
        // Words beside a reference mean nothing in OpenAPI 3.0.
        nodes.retain(|node| node.get("$ref").is_none());
        Self { nodes }
    }

    /// The first layer that has the key, and its value.
    pub(crate) fn with(&self, key: &str) -> Option<(&'d Node, &'d Node)> {
        self.nodes
            .iter()
            .find_map(|node| Some((*node, node.get(key)?)))
    }

    /// The value the outermost layer gives the key.
    pub(crate) fn get(&self, key: &str) -> Option<&'d Node> {
        self.with(key).map(|(_, value)| value)
    }

    /// Whether a layer sets the key to `true`.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.all(key).any(|value| value.as_bool() == Some(true))
    }

    /// The layers themselves.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'d Node> + '_ {
        self.nodes.iter().copied()
    }

    /// The values all layers give the key: each of them holds.
    pub(crate) fn all<'l>(&'l self, key: &'l str) -> impl Iterator<Item = &'d Node> + 'l {
        self.nodes.iter().filter_map(move |node| node.get(key))
    }
}

impl<'d> Context<'d> {
    /// Reports a password policy at a place where nothing checks it.
    pub(crate) fn refuse_policy(&mut self, node: &'d Node) {
        if let Some(policy) = Layers::of(self, node).get("x-password-policy") {
            self.report.error(
                policy,
                codes::POLICY_PLACE,
                "this password policy would not be checked: its value is no field of an object"
                    .to_owned(),
                "policies are checked on properties and parameters; make the value a property, or leave the policy out",
            );
        }
    }

    /// The first secret in a schema or anything it holds.
    pub(crate) fn find_secret(&self, node: &'d Node) -> Option<&'d Node> {
        let mut seen = HashSet::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            let node = self.resolve(node);
            if !seen.insert(std::ptr::from_ref(node)) {
                continue;
            }
            if shape::is_secret(node) {
                return Some(node);
            }
            let properties = node
                .get("properties")
                .map(Node::entries)
                .unwrap_or_default();
            for property in properties {
                let schema = Layers::of(self, &property.value);
                let is_text = match schema.get("type").and_then(Node::as_str) {
                    Some("integer" | "number" | "boolean") => false,
                    _ => schema.get("enum").is_none() && schema.get("properties").is_none(),
                };
                let ty = if is_text { Type::String } else { Type::Boolean };
                if self.unless_secret(&property.key, Some(&schema), ty) == Type::Password {
                    return Some(&property.value);
                }
                open.push(&property.value);
            }
            for key in ["allOf", "oneOf", "anyOf"] {
                open.extend(node.get(key).map(Node::items).unwrap_or_default());
            }
            open.extend(
                ["items", "additionalProperties", "not", "if", "then", "else"]
                    .iter()
                    .filter_map(|key| node.get(key)),
            );
            open.extend(node.get("prefixItems").map(Node::items).unwrap_or_default());
            let patterns = node.get("patternProperties").map(Node::entries);
            open.extend(patterns.into_iter().flatten().map(|entry| &entry.value));
        }
        None
    }
}
