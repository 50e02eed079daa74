//! What every part of lowering a document needs, and the small fields that many objects have.

use crate::load::Outside;
use crate::load::references::References;
use crate::load::tree::Node;
use crate::model::{Link, RateLimit, SecurityScheme};
use crate::profile::Profile;

use super::registry::Schemas;
use super::report::Reporter;

/// What every part of lowering a document needs.
pub(super) struct Context<'d> {
    pub(super) tree: &'d Node,
    /// Where the references of the document lead.
    pub(super) references: References<'d>,
    /// What became of those that lead out of it.
    pub(super) outside: &'d Outside,
    pub(super) profile: &'d dyn Profile,
    pub(super) report: Reporter<'d>,
    pub(super) schemas: Schemas,
    /// The ways to say who calls.
    pub(super) schemes: Vec<SecurityScheme>,
}

impl<'d> Context<'d> {
    /// The node itself, or what its `$ref` leads to, through as many references as there are.
    pub(super) fn resolve(&self, node: &'d Node) -> &'d Node {
        let mut node = node;
        // A chain longer than this goes in a circle, which `check` reports.
        for _ in 0..16 {
            match node
                .get("$ref")
                .and_then(Node::as_str)
                .and_then(|to| self.references.node(to))
            {
                Some(target) => node = target,
                None => break,
            }
        }
        node
    }
}

impl Context<'_> {
    /// What a component is called where it is written, by a reference to it: in another file it may
    /// have the name of another component here.
    pub(super) fn own_name<'r>(&'r self, reference: &'r str) -> &'r str {
        match self.outside.names.get(reference) {
            Some(name) => name,
            None => reference.rsplit('/').next().unwrap_or_default(),
        }
    }
}

/// The `externalDocs` of a node.
pub(super) fn lower_link(node: &Node) -> Option<Link> {
    let docs = node.get("externalDocs")?;
    Some(Link {
        url: text(docs.get("url"))?,
        description: text(docs.get("description")),
    })
}

/// The `x-rate-limit` of a document or an operation.
pub(super) fn lower_rate_limit(node: &Node) -> Option<RateLimit> {
    let limit = node.get("x-rate-limit")?;
    let number = |field| u32::try_from(limit.get(field)?.as_u64()?).ok();
    Some(RateLimit {
        calls: number("calls")?,
        seconds: number("seconds")?,
    })
}

/// The text of a string that is there and not blank.
pub(super) fn text(node: Option<&Node>) -> Option<String> {
    let text = node?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
