//! What an object is made of, `allOf` members merged in.

use crate::load::tree::{Entry, Node};

use super::super::context::Context;
use super::shape;

/// The properties of an object from one schema or several.
#[derive(Debug, Default)]
pub(crate) struct Parts<'d> {
    pub(super) properties: Vec<&'d Entry>,
    pub(super) required: Vec<&'d str>,
    pub(super) additional: Option<&'d Node>,
}

impl<'d> Parts<'d> {
    /// The parts of one schema without `allOf`.
    pub(super) fn of(node: &'d Node) -> Self {
        let mut parts = Self::default();
        parts.add(node);
        parts
    }

    fn add(&mut self, node: &'d Node) {
        for property in node
            .get("properties")
            .map(Node::entries)
            .unwrap_or_default()
        {
            match self
                .properties
                .iter_mut()
                .find(|known| known.key == property.key)
            {
                Some(known) => *known = property,
                None => self.properties.push(property),
            }
        }
        let required = node.get("required").map(Node::items).unwrap_or_default();
        self.required
            .extend(required.iter().filter_map(Node::as_str));
        if let Some(additional) = node.get("additionalProperties") {
            // What one part takes, the whole does: a closed part means its own list of names.
            if self.additional.is_none() || additional.as_bool() != Some(false) {
                self.additional = Some(additional);
            }
        }
    }
}

/// The parts of all members together, or nothing when one of them is no plain object.
pub(super) fn all_of<'d>(context: &Context<'d>, node: &'d Node) -> Option<Parts<'d>> {
    let mut parts = Parts::default();
    collect(context, node, &mut parts, 0)?;
    Some(parts)
}

fn collect<'d>(
    context: &Context<'d>,
    node: &'d Node,
    parts: &mut Parts<'d>,
    depth: usize,
) -> Option<()> {
    // Deeper than any real document: the members go in a circle.
    if depth > 16 {
        return None;
    }
    let node = context.resolve(node);
    // What is derived from a schema that lists it takes the properties, not the list.
    let is_listed_base =
        depth > 0 && node.get("discriminator").is_some() && node.get("properties").is_some();
    let is_object = matches!(
        node.get("type").and_then(Node::as_str),
        None | Some("object")
    );
    if !is_object
        || ["oneOf", "anyOf"]
            .iter()
            .any(|key| node.get(key).is_some() && !shape::only_asks(node, key) && !is_listed_base)
        || node.get("enum").is_some()
        || shape::is_secret(node)
    {
        return None;
    }
    for member in node.get("allOf").map(Node::items).unwrap_or_default() {
        collect(context, member, parts, depth + 1)?;
    }
    parts.add(node);
    Some(())
}
