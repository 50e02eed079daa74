//! What a document says that no page is read for: whom it lets in, and every `x-…` of an operation.

use std::collections::BTreeSet;

use huaweicloud_codegen::load::tree::{Entry, Node};

/// Deeper than this nobody writes.
const DEEPEST: usize = 32;
/// Values of the API in whose midst a key that begins so is no extension.
const VALUES: &[&str] = &["default", "enum", "example", "examples"];
/// Facts of pages, which reviews hold already.
const FACTS: &[&str] = &["x-iam-actions"];

/// All of it, a line each: `body new_password x-password-policy: {…}`. `node` is the operation.
pub(super) fn extensions(root: &Node, node: &Node) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    let security = node.get("security").or(root.get("security"));
    lines.extend(security.map(|security| line("", "security", security)));
    let mut walk = Walk {
        root,
        lines: &mut lines,
        above: Vec::new(),
    };
    walk.node("", node);
    lines
}

struct Walk<'a> {
    root: &'a Node,
    lines: &'a mut BTreeSet<String>,
    /// Where what is walked through begins: what is inside itself is known already.
    above: Vec<usize>,
}

impl Walk<'_> {
    fn node(&mut self, at: &str, node: &Node) {
        let node = self.root.resolved(node);
        if self.above.len() == DEEPEST || self.above.contains(&node.span.start) {
            return;
        }
        self.above.push(node.span.start);
        self.inside(at, node);
        self.above.pop();
    }

    fn inside(&mut self, at: &str, node: &Node) {
        for item in node.items() {
            // A parameter.
            let name = |key| self.root.resolved(item).get(key)?.as_str();
            let at = match (name("in"), name("name")) {
                (Some(place), Some(name)) => format!("{place} {name}"),
                _ => at.to_owned(),
            };
            self.node(&at, item);
        }
        for Entry { key, value, .. } in node.entries() {
            match key.as_str() {
                key if FACTS.contains(&key) || VALUES.contains(&key) => {}
                key if key.starts_with("x-") => {
                    self.lines.insert(line(at, key, value));
                }
                "properties" => self.each(at, value),
                "responses" => self.each("response", value),
                "requestBody" => self.node("body", value),
                _ => self.node(at, value),
            }
        }
    }

    fn each(&mut self, at: &str, node: &Node) {
        for Entry { key, value, .. } in node.entries() {
            self.node(&format!("{at} {key}"), value);
        }
    }
}

fn line(at: &str, key: &str, value: &Node) -> String {
    format!("{at} {key}: {}", value.to_json())
        .trim_start()
        .to_owned()
}
