//! What a schema is, seen from the words it uses.

use crate::check::is_nearly_secret;
use crate::load::tree::Node;

/// Keywords that say what values look like.
const SHAPES: [&str; 8] = [
    "$ref",
    "type",
    "properties",
    "enum",
    "oneOf",
    "anyOf",
    "allOf",
    "additionalProperties",
];

/// Whether a schema says more than words and rules.
pub(super) fn has_shape(node: &Node) -> bool {
    SHAPES.iter().any(|key| node.get(key).is_some()) || is_secret(node)
}

/// Keywords of schemas that are no text.
pub(super) const COMPOUND: [&str; 8] = [
    "properties",
    "patternProperties",
    "additionalProperties",
    "items",
    "prefixItems",
    "oneOf",
    "anyOf",
    "allOf",
];

/// Whether a schema is something that must never be seen. The format says so, or one that is nearly it,
/// of which `check` tells.
pub(super) fn is_secret(node: &Node) -> bool {
    let format = node.get("format").and_then(Node::as_str);
    format.is_some_and(|it| it == "password" || is_nearly_secret(it))
}

/// The one schema that a schema stands for, if it only puts words and rules around it.
pub(super) fn only_member(node: &Node) -> Option<&Node> {
    let mut lists = ["allOf", "oneOf", "anyOf"]
        .into_iter()
        .filter_map(|key| Some((key, node.get(key)?)));
    let (Some((key, members)), None) = (lists.next(), lists.next()) else {
        return None;
    };
    // A choice between a shape and anything is no choice of one.
    if key != "allOf" && members.items().len() != 1 {
        return None;
    }
    let says_more = [
        "properties",
        "required",
        "additionalProperties",
        "enum",
        "items",
    ]
    .iter()
    .any(|key| node.get(key).is_some());
    let mut shapes = members.items().iter().filter(|member| has_shape(member));
    match (shapes.next(), shapes.next()) {
        (Some(only), None) if !says_more => {
            // A member without a shape may still ask for properties of the other.
            let asks = members
                .items()
                .iter()
                .any(|member| !has_shape(member) && member.get("required").is_some());
            (!asks).then_some(only)
        }
        _ => None,
    }
}

/// Whether the alternatives of a choice only ask for properties that stand elsewhere: `oneOf:
/// [{required: [a]}, {required: [b]}]` is a rule on an object, no choice of shapes.
pub(super) fn only_asks(node: &Node, key: &str) -> bool {
    let alternatives = node.get(key).map(Node::items).unwrap_or_default();
    let elsewhere = node.get("properties").is_some() || node.get("allOf").is_some();
    elsewhere && !alternatives.iter().any(has_shape)
}

/// Whether a schema is an object and says nothing of what it holds.
pub(super) fn is_unlisted_object(node: &Node) -> bool {
    let additional = node.get("additionalProperties");
    let is_open =
        additional.is_none_or(|it| it.as_bool() != Some(false) && it.entries().is_empty());
    let properties = node.get("properties").map(Node::entries);
    let others = ["$ref", "enum", "oneOf", "anyOf", "allOf"];
    node.get("type").and_then(Node::as_str) == Some("object")
        && is_open
        && properties.is_none_or(<[_]>::is_empty)
        && !others.iter().any(|key| node.get(key).is_some())
}

/// Whether a schema certainly becomes an object with a name.
pub(super) fn is_object_of_its_own(node: &Node) -> bool {
    let properties = node.get("properties").map(Node::entries);
    let combined = ["$ref", "allOf", "oneOf", "anyOf"]
        .iter()
        .any(|key| node.get(key).is_some());
    properties.is_some_and(|all| !all.is_empty())
        && !combined
        && matches!(
            node.get("type").and_then(Node::as_str),
            None | Some("object")
        )
}
