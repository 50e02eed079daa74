//! Places in a document's tree, and the way along references.

use huaweicloud_codegen::load::tree::{Entry, Node, Value};

/// More references in a row than this are a circle.
const MOST_REFERENCES: usize = 32;

/// The keys and indices that lead from the root to a node.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Pointer(Vec<String>);

impl Pointer {
    /// The place of a key or index below this one.
    pub fn below(&self, token: impl Into<String>) -> Self {
        let mut tokens = self.0.clone();
        tokens.push(token.into());
        Self(tokens)
    }

    /// The place of several keys below this one.
    pub fn walk<'t>(&self, tokens: impl IntoIterator<Item = &'t str>) -> Self {
        tokens
            .into_iter()
            .fold(self.clone(), |place, token| place.below(token))
    }

    /// The place above, with the last key or index.
    pub fn split(&self) -> Option<(Pointer, &str)> {
        let (last, above) = self.0.split_last()?;
        Some((Self(above.to_vec()), last))
    }

    /// The node at this place; nothing if the tree has none there.
    pub fn find<'a>(&self, root: &'a Node) -> Option<&'a Node> {
        self.0
            .iter()
            .try_fold(root, |node, token| child(node, token))
    }

    /// The node at this place, unless it is of another file, or an alias or a merge key stands in
    /// between: what is written there is written elsewhere too.
    pub fn find_own<'a>(&self, root: &'a Node) -> Option<&'a Node> {
        self.0.iter().try_fold(root, |node, token| {
            let next = child(node, token)?;
            let inside = node.span.start <= next.span.start
                && next.span.end <= node.span.end.max(next.span.start);
            inside.then_some(next)
        })
    }

    fn of_reference(reference: &str) -> Option<Self> {
        let path = reference.strip_prefix("#/")?;
        let tokens = path
            .split('/')
            .map(|token| token.replace("~1", "/").replace("~0", "~"));
        Some(Self(tokens.collect()))
    }
}

fn child<'a>(node: &'a Node, token: &str) -> Option<&'a Node> {
    match &node.value {
        Value::Mapping(_) => node.get(token),
        Value::Sequence(items) => items.get(token.parse::<usize>().ok()?),
        _ => None,
    }
}

/// The entries of the mapping below a key; none where there is no mapping.
pub(crate) fn entries<'a>(node: &'a Node, key: &str) -> &'a [Entry] {
    node.get(key).map_or(&[], Node::entries)
}

/// The items of the list below a key; none where there is no list.
pub(crate) fn items<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    node.get(key).map_or(&[], Node::items)
}

/// Follows `$ref` from a place to where it is written out.
pub fn resolve(root: &Node, mut place: Pointer) -> Option<(Pointer, &Node)> {
    for _ in 0..MOST_REFERENCES {
        let node = place.find(root)?;
        match node.get("$ref").and_then(Node::as_str) {
            Some(reference) => place = Pointer::of_reference(reference)?,
            None => return Some((place, node)),
        }
    }
    None
}
