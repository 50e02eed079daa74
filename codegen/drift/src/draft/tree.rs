//! Fields by their paths, as the values they are in each other.

use std::collections::HashMap;

use huaweicloud_pages::facts::{FactSource, FieldFacts};

/// The fields of a body. The first is the body itself.
#[derive(Debug)]
pub(super) struct Tree<'f> {
    fields: Vec<Branch<'f>>,
}

/// A field and what is in it.
#[derive(Debug, Default)]
pub(super) struct Branch<'f> {
    /// Its name among its neighbours.
    pub(super) name: String,
    /// What stands between it and what it is in: `[]` in the items of a list, `.*` in the values of a
    /// map, nothing in an object.
    pub(super) through: String,
    /// What is said of it; nothing where only what is in it is named.
    pub(super) field: Option<&'f FieldFacts>,
    /// The fields in it, in their order.
    pub(super) inside: Vec<usize>,
}

/// The body itself.
pub(super) const ROOT: usize = 0;

impl<'f> Tree<'f> {
    /// Puts the fields of a body in each other.
    pub(super) fn of(
        body: Option<&'f FieldFacts>,
        fields: impl IntoIterator<Item = &'f FieldFacts>,
    ) -> Self {
        let mut tree = Self::alone("", body);
        let mut known = HashMap::from([(String::new(), ROOT)]);
        for field in fields {
            tree.add(field, &mut known);
        }
        tree
    }

    /// A field that is alone, whatever its name looks like.
    pub(super) fn alone(name: &str, field: Option<&'f FieldFacts>) -> Self {
        let root = Branch {
            name: name.to_owned(),
            field,
            ..Branch::default()
        };
        Self { fields: vec![root] }
    }

    /// The field of a number.
    pub(super) fn get(&self, index: usize) -> &Branch<'f> {
        #[allow(clippy::indexing_slicing, reason = "numbers are handed out here alone")]
        &self.fields[index]
    }

    /// Where the first field in another that has a place is named.
    pub(super) fn first_inside(&self, branch: &Branch<'f>) -> &'f [FactSource] {
        let Some(inner) = branch.inside.first().map(|it| self.get(*it)) else {
            return &[];
        };
        match inner.field {
            Some(field) => &field.named,
            None => self.first_inside(inner),
        }
    }

    fn add(&mut self, field: &'f FieldFacts, known: &mut HashMap<String, usize>) {
        if let Some(index) = known.get(&field.path) {
            // It was named before by something in it, or is there twice.
            if let Some(branch) = self.fields.get_mut(*index).filter(|it| it.field.is_none()) {
                branch.field = Some(field);
            }
            return;
        }
        // Names may have dots, so the longest path that is known is what it is in.
        let ends = field.path.match_indices(['.', '[']).map(|(at, _)| at);
        let ends: Vec<usize> = std::iter::once(0).chain(ends).collect();
        let outer = ends.into_iter().rev().find_map(|end| {
            let (path, rest) = field.path.split_at(end);
            let index = known.get(path)?;
            let (through, name) = inside(rest, end == 0)?;
            Some((*index, path.len() + rest.len() - name.len(), through, name))
        });
        let Some((mut outer, mut at, mut through, mut name)) = outer else {
            return;
        };
        // A definition names what a field is in; a page may leave it out.
        let is_whole = field.is_of_definition();
        while !is_whole && let Some(end) = name.find(['.', '[']) {
            let (first, rest) = name.split_at(end);
            let Some((next_through, next)) = inside(rest, false).filter(|_| !first.is_empty())
            else {
                break;
            };
            outer = self.push(outer, first, through, None);
            known.insert(
                field.path.get(..at + end).unwrap_or_default().to_owned(),
                outer,
            );
            at = field.path.len() - next.len();
            (through, name) = (next_through, next);
        }
        let index = self.push(outer, name, through, Some(field));
        known.insert(field.path.clone(), index);
    }

    fn push(
        &mut self,
        outer: usize,
        name: &str,
        through: &str,
        field: Option<&'f FieldFacts>,
    ) -> usize {
        let index = self.fields.len();
        self.fields.push(Branch {
            name: name.to_owned(),
            through: through.to_owned(),
            field,
            inside: Vec::new(),
        });
        if let Some(branch) = self.fields.get_mut(outer) {
            branch.inside.push(index);
        }
        index
    }
}

/// What stands between a field and what it is in, and its name: `[]` and `a` of `[].a`.
fn inside(rest: &str, is_root: bool) -> Option<(&str, &str)> {
    let mut at = 0;
    loop {
        let left = rest.get(at..)?;
        let values = left.strip_prefix(".*");
        if left.starts_with("[]")
            || values.is_some_and(|it| it.is_empty() || it.starts_with(['.', '[']))
        {
            at += 2;
            continue;
        }
        let name = match left.strip_prefix('.') {
            Some(name) => name,
            None if is_root && at == 0 => left,
            None => return None,
        };
        return (!name.is_empty()).then(|| (rest.get(..at).unwrap_or_default(), name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::field;
    use huaweicloud_pages::facts::{Required, SourceKind};

    fn shown(tree: &Tree<'_>, index: usize) -> String {
        let branch = tree.get(index);
        let inside: Vec<String> = branch.inside.iter().map(|it| shown(tree, *it)).collect();
        let inside = match inside.is_empty() {
            true => String::new(),
            false => format!("({})", inside.join(" ")),
        };
        let mark = if branch.field.is_none() { "?" } else { "" };
        format!("{}{}{mark}{inside}", branch.through, branch.name)
    }

    #[test]
    fn fields_are_in_what_their_path_names() {
        let paths = ["a", "a[].b", "a[].b.*.c", "d.e", "d", "f[].g[].h", "a"];
        let fields = paths.map(|path| field(path, "Object", Required::No, 1));
        let tree = Tree::of(None, &fields);
        assert_eq!(shown(&tree, ROOT), "?(a([]b(.*c)) d(e) f?([]g?([]h)))");
    }

    #[test]
    fn a_body_may_be_a_list_and_a_name_may_have_dots() {
        let mut fields = ["[].a", "[].a.b", "[].meta", "[].meta.os.name"]
            .map(|path| field(path, "Object", Required::No, 1));
        for field in &mut fields {
            for source in &mut field.named {
                source.kind = SourceKind::Definition;
            }
        }
        let tree = Tree::of(None, &fields);
        assert_eq!(shown(&tree, ROOT), "?([]a(b) []meta(os.name))");
    }
}
