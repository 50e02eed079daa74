//! Another name for a parameter or a field: only names change, in every place that has them.

use huaweicloud_codegen::load::tree::{Entry, Node};

use super::{Edits, Fixer};
use crate::claim::{ClaimValue, Subject};
use crate::document::layers;
use crate::document::pointer::{entries, items};
use crate::patch::splice::Splice;
use crate::scalar;

/// The keys by which what an extension says names fields, and those of the standard.
const NAMING: &[&str] = &["field", "fields", "property", "properties", "propertyName"];
/// Extensions nested more deeply than this are not looked at.
const DEEPEST: usize = 8;

impl<'a> Fixer<'a> {
    pub(super) fn rename(&self, subject: &Subject, new: Option<&ClaimValue>) -> Edits {
        let new = new.and_then(ClaimValue::as_one);
        let new = new.ok_or("the page gives no name")?;
        if matches!(subject, Subject::Parameter(..)) {
            let object = self.object_of(subject)?;
            let name = object.get("name").ok_or("the parameter has no name")?;
            return Ok(vec![self.renamed_scalar(name, new)]);
        }
        let (parent, old) = self.property_of(subject)?;
        let object = self.own(parent)?;
        let properties = object.get("properties");
        let properties = properties.ok_or("its object has no properties")?;
        let entry = properties.entry(old).ok_or("its object does not have it")?;
        if properties.get(new).is_some() {
            return Err(format!(
                "the document has a field `{new}` beside it already"
            ));
        }
        let mut edits = vec![self.renamed_key(entry, new)];
        // What an object requires may stand in another part of `allOf`.
        let whole = self.container(subject).ok().flatten();
        let whole = whole.unwrap_or_else(|| parent.clone());
        let mut places = layers(self.root, &whole);
        if !places.contains(parent) {
            places.push(parent.clone());
        }
        for place in places {
            let layer = self.own(&place)?;
            let required = items(layer, "required").iter();
            let named = required.filter(|it| it.as_str() == Some(old));
            edits.extend(named.map(|it| self.renamed_scalar(it, new)));
            self.rename_in_extensions(layer, old, new, &mut edits);
            for field in entries(layer, "properties") {
                self.rename_in_extensions(&field.value, old, new, &mut edits);
            }
        }
        if let Some(response) = self.response_of(subject) {
            self.rename_in_extensions(response, old, new, &mut edits);
        }
        if let Some((holders, name)) = self.holders(subject) {
            let shown = holders.into_iter().filter_map(|it| it.entry(name));
            edits.extend(shown.map(|it| self.renamed_key(it, new)));
        }
        edits.sort_by_key(|it| it.range.start);
        edits.dedup();
        Ok(edits)
    }

    fn renamed_key(&self, entry: &Entry, new: &str) -> Splice {
        let range = entry.key_span.clone();
        let with = self.in_quotes_of(range.start, new);
        Splice { range, with }
    }

    fn renamed_scalar(&self, node: &Node, new: &str) -> Splice {
        let with = self.in_quotes_of(node.span.start, new);
        self.editor.replace_scalar(node, &with)
    }

    /// A name in the quotes of what stands at a byte.
    fn in_quotes_of(&self, at: usize, name: &str) -> String {
        let rest = self.editor.text.get(at..).unwrap_or_default();
        match rest.chars().next() {
            Some('\'' | '"') => scalar::quoted(name),
            _ => scalar::as_text(name),
        }
    }

    /// The response that a field at the top of its body belongs to.
    fn response_of(&self, subject: &Subject) -> Option<&'a Node> {
        match subject {
            Subject::Response(status, path) if !path.contains('.') => {
                self.object_of(&Subject::Status(status.clone())).ok()
            }
            _ => None,
        }
    }

    /// Renames what the extensions of a node, and its discriminator, say by name.
    fn rename_in_extensions(&self, node: &Node, old: &str, new: &str, edits: &mut Vec<Splice>) {
        let all = node.entries().iter();
        let extensions = all.filter(|it| it.key.starts_with("x-") || it.key == "discriminator");
        for extension in extensions {
            // One written through an alias is edited where it is written.
            if node.span.start <= extension.value.span.start
                && extension.value.span.end <= node.span.end
            {
                self.rename_in(&extension.value, old, new, 0, edits);
            }
        }
    }

    fn rename_in(&self, node: &Node, old: &str, new: &str, depth: usize, edits: &mut Vec<Splice>) {
        if depth > DEEPEST {
            return;
        }
        for entry in node.entries() {
            if NAMING.contains(&entry.key.as_str()) {
                let one = std::iter::once(&entry.value);
                let named = one.chain(entry.value.items());
                let named = named.filter(|it| it.as_str() == Some(old));
                edits.extend(named.map(|it| self.renamed_scalar(it, new)));
            }
            self.rename_in(&entry.value, old, new, depth + 1, edits);
        }
        for item in node.items() {
            self.rename_in(item, old, new, depth + 1, edits);
        }
    }
}
