//! Every object of a document by kind, so that each check is a plain loop.

use std::cell::{Cell, OnceCell};
use std::collections::HashSet;

use crate::grammar::{EXTENSIONS, Kind, PERMISSIONS_PLACE};
use crate::load::Document;
use crate::load::references::References;
use crate::load::tree::{Entry, Node, Span};
use crate::profile::Profile;

/// How many references may lead to references: the cycle check tells of more.
const LONGEST_CHAIN: usize = 32;

/// One object of the document, found at the place it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site<'a> {
    /// What kind of object it is.
    pub(crate) kind: Kind,
    /// The object.
    pub(crate) node: &'a Node,
    /// The bytes messages point at: the key it stands under, or its own beginning.
    pub(crate) at: &'a Span,
    /// The key it stands under; none in a list.
    pub(crate) key: Option<&'a str>,
    /// The field of the parent that holds it: `properties`, `items`, `content`.
    pub(crate) role: &'static str,
    /// The index of the parent among the sites.
    pub(crate) parent: Option<usize>,
}

/// One `$ref`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reference<'a> {
    /// The kind of object its place needs.
    pub(crate) kind: Kind,
    /// Its text.
    pub(crate) text: &'a str,
    /// The bytes of the text.
    pub(crate) span: &'a Span,
}

/// One `x-…` field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extension<'a> {
    /// The field.
    pub(crate) entry: &'a Entry,
    /// The index of the object that has it.
    pub(crate) site: usize,
}

/// The whole document, its objects sorted out.
#[derive(Debug)]
pub(crate) struct Outline<'a> {
    /// The document.
    pub(crate) document: &'a Document,
    /// Whose document it is.
    pub(crate) profile: &'a dyn Profile,
    /// Every object, parents before children.
    pub(crate) sites: Vec<Site<'a>>,
    /// Every `$ref`.
    pub(crate) references: Vec<Reference<'a>>,
    /// Every `x-…` field.
    pub(crate) extensions: Vec<Extension<'a>>,
    /// The patterns that do not compile, once somebody asked.
    pub(crate) broken_patterns: OnceCell<HashSet<String>>,
    /// Whether following the references might never end.
    pub(crate) is_endless: Cell<bool>,
    components: References<'a>,
}

impl<'a> Outline<'a> {
    /// An outline without sites.
    pub(crate) fn new(document: &'a Document, profile: &'a dyn Profile) -> Self {
        Self {
            document,
            profile,
            sites: Vec::new(),
            references: Vec::new(),
            extensions: Vec::new(),
            broken_patterns: OnceCell::new(),
            is_endless: Cell::new(false),
            components: References::of(&document.tree),
        }
    }

    /// The extensions that mean something to the generator, with where each belongs.
    pub(crate) fn known_extensions(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let permissions = self.profile.permissions();
        let permissions = permissions.map(|it| (it.name, PERMISSIONS_PLACE));
        EXTENSIONS.iter().copied().chain(permissions)
    }

    /// Where an extension belongs; none if it means nothing to the generator.
    pub(crate) fn extension(&self, name: &str) -> Option<&'static str> {
        let mut known = self.known_extensions();
        known.find_map(|(it, place)| (it == name).then_some(place))
    }

    /// The root of the document.
    pub(crate) fn root(&self) -> &'a Node {
        &self.document.tree
    }

    /// The sites of one kind.
    pub(crate) fn of(&self, kind: Kind) -> impl Iterator<Item = &Site<'a>> {
        self.sites.iter().filter(move |site| site.kind == kind)
    }

    /// The object a site stands in.
    pub(crate) fn parent(&self, site: &Site<'a>) -> Option<&Site<'a>> {
        self.sites.get(site.parent?)
    }

    /// The component a reference names: `#/components/<section>/<name>`, nothing longer.
    pub(crate) fn component(&self, reference: &str) -> Option<&'a Entry> {
        self.components.component(reference)
    }

    /// What a reference leads to, wherever that is in the document.
    pub(crate) fn follow(&self, reference: &str) -> Option<&'a Node> {
        self.components.node(reference)
    }

    /// Follows `$ref` to the object itself; `None` if it leads nowhere or in a circle.
    pub(crate) fn resolve(&self, node: &'a Node) -> Option<&'a Node> {
        let mut node = node;
        for _ in 0..LONGEST_CHAIN {
            match node.get("$ref") {
                None => return Some(node),
                Some(reference) => node = self.follow(reference.as_str()?)?,
            }
        }
        None
    }

    /// The value of a schema's field, looked for through `$ref` and a single `allOf` wrapper, the
    /// usual way to write something beside a reference.
    pub(crate) fn schema_field(&self, schema: &'a Node, field: &str) -> Option<&'a Node> {
        let mut schema = self.resolve(schema)?;
        for _ in 0..LONGEST_CHAIN {
            if let Some(value) = schema.get(field) {
                return Some(value);
            }
            match schema.get("allOf").map(Node::items) {
                Some([only]) => schema = self.resolve(only)?,
                _ => return None,
            }
        }
        None
    }

    /// The property of an object schema, looked for through `$ref` and all of `allOf`.
    pub(crate) fn property(&self, schema: &'a Node, name: &str) -> Option<&'a Node> {
        self.find_property(schema, name, LONGEST_CHAIN)
    }

    fn find_property(&self, schema: &'a Node, name: &str, left: usize) -> Option<&'a Node> {
        let schema = self.resolve(schema)?;
        let own = schema.get("properties").and_then(|all| all.get(name));
        if own.is_some() || left == 0 {
            return own;
        }
        let parts = schema.get("allOf").map_or(&[][..], Node::items);
        // Each level may look into few parts only, or a wide and deep `allOf` takes for ever.
        parts
            .iter()
            .find_map(|part| self.find_property(part, name, (left - 1) / parts.len().max(1)))
    }
}
