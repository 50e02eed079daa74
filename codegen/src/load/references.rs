//! Where the references of a document lead, without a walk through it for each.

use std::collections::HashMap;

use super::tree::{Entry, Node, percent_decoded, unescaped};

/// The components of a document by section and name, so that a reference is found as fast in a
/// document of thousands.
#[derive(Debug)]
pub struct References<'d> {
    root: &'d Node,
    components: HashMap<(&'d str, &'d str), &'d Entry>,
}

impl<'d> References<'d> {
    /// Those of a document.
    pub fn of(root: &'d Node) -> Self {
        let sections = root.get("components").map_or(&[][..], Node::entries);
        let components = sections.iter().flat_map(|section| {
            let entries = section.value.entries().iter();
            entries.map(|entry| ((section.key.as_str(), entry.key.as_str()), entry))
        });
        Self {
            root,
            components: components.collect(),
        }
    }

    /// The component a reference names: `#/components/<section>/<name>`, nothing longer.
    pub(crate) fn component(&self, reference: &str) -> Option<&'d Entry> {
        let (section, name) = component_parts(reference)?;
        let name = match name.contains('~') {
            true => &unescaped(name),
            false => name,
        };
        self.components.get(&(section, name)).copied()
    }

    /// What a reference into the document leads to, wherever that is.
    pub fn node(&self, reference: &str) -> Option<&'d Node> {
        match self.component(reference) {
            Some(entry) => Some(&entry.value),
            None => {
                let decoded = || self.root.reference(&percent_decoded(reference));
                self.root.reference(reference).or_else(decoded)
            }
        }
    }

    /// A node of the document, or what its `$ref` leads to, through as many references as there are.
    pub fn resolved(&self, node: &'d Node) -> &'d Node {
        let mut node = node;
        // A chain longer than this goes in a circle, which `check` reports.
        for _ in 0..16 {
            let reference = node.get("$ref").and_then(Node::as_str);
            match reference.and_then(|reference| self.node(reference)) {
                Some(target) => node = target,
                None => break,
            }
        }
        node
    }

    /// A reference as the component is called that it leads to, where its name is spelled as in an
    /// address.
    pub(crate) fn plain(&self, reference: &str) -> String {
        if reference.contains('%') && self.component(reference).is_none() {
            let decoded = percent_decoded(reference);
            if self.component(&decoded).is_some() {
                return decoded;
            }
        }
        reference.to_owned()
    }
}

/// `#/components/<section>/<name>` → section and name.
pub(crate) fn component_parts(reference: &str) -> Option<(&str, &str)> {
    let (section, name) = reference.strip_prefix("#/components/")?.split_once('/')?;
    (!name.is_empty() && !name.contains('/')).then_some((section, name))
}

#[cfg(test)]
mod tests {
    use super::References;
    use crate::load::load;
    use crate::source::Source;

    #[test]
    fn a_reference_leads_where_a_walk_does() {
        let text = "components: {schemas: {a: {x: {y: 1}}, b/c: {z: 2}}}\npaths: {/p: {get: 3}}\n";
        let loaded = load(&[Source::new("a.yaml", text)]);
        let root = &loaded.documents[0].tree;
        let references = References::of(root);
        for reference in [
            "#/components/schemas/a",
            "#/components/schemas/a/x/y",
            "#/components/schemas/b~1c",
            "#/components/schemas/missing",
            "#/paths/~1p/get",
            "#",
            "other.yaml",
        ] {
            assert_eq!(references.node(reference), root.reference(reference));
        }
    }
}
