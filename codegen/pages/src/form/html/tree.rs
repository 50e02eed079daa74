//! A tree of elements and texts that knows the lines they come from.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ExpandedName, LocalName, QualName, local_name, ns, parse_document};

use crate::form::FormError;

/// How much is handed to the parser before the depth is looked at again.
const CHUNK: usize = 16 * 1024;

/// The index of a node.
pub(super) type Id = usize;

/// A node of the tree.
pub(super) struct Node {
    pub(super) parent: Option<Id>,
    pub(super) children: Vec<Id>,
    /// The line it starts on.
    pub(super) line: usize,
    pub(super) data: Data,
    depth: usize,
}

/// What a node is.
pub(super) enum Data {
    /// The document, a comment, or something else without meaning here.
    Other,
    Element {
        name: LocalName,
        attributes: Vec<Attribute>,
    },
    Text(String),
}

/// A parsed piece of HTML; node 0 is the document.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

impl Tree {
    pub(super) fn node(&self, id: Id) -> Option<&Node> {
        crate::steps::count(1);
        self.nodes.get(id)
    }

    /// The name of an element, empty for anything else.
    pub(super) fn name(&self, id: Id) -> &str {
        match self.node(id).map(|node| &node.data) {
            Some(Data::Element { name, .. }) => name,
            _ => "",
        }
    }

    /// An attribute of an element.
    pub(super) fn attribute(&self, id: Id, wanted: &str) -> Option<&str> {
        match self.node(id).map(|node| &node.data) {
            Some(Data::Element { attributes, .. }) => attributes
                .iter()
                .find(|attribute| &*attribute.name.local == wanted)
                .map(|attribute| &*attribute.value),
            _ => None,
        }
    }

    pub(super) fn children(&self, id: Id) -> &[Id] {
        self.node(id).map_or(&[], |node| &node.children)
    }

    pub(super) fn line(&self, id: Id) -> usize {
        self.node(id).map_or(0, |node| node.line)
    }
}

/// Parses a piece of HTML that stands after `before` lines.
pub(super) fn parse(text: &str, before: usize, max_depth: usize) -> Result<Tree, FormError> {
    let sink = Sink {
        nodes: RefCell::new(vec![Node {
            parent: None,
            children: Vec::new(),
            line: before + 1,
            data: Data::Other,
            depth: 0,
        }]),
        before,
        line: Cell::new(before + 1),
        deepest: Cell::new((0, 0)),
        root: Rc::new(QualName::new(None, ns!(html), local_name!(""))),
    };
    let mut parser = parse_document(sink, html5ever::ParseOpts::default());
    let mut rest = text;
    while !rest.is_empty() {
        let mut end = CHUNK.min(rest.len());
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        let (chunk, after) = rest.split_at(end);
        parser.process(StrTendril::from_slice(chunk));
        rest = after;
        let (depth, line) = parser.tokenizer.sink.sink.deepest.get();
        if depth > max_depth {
            return Err(FormError::TooDeep {
                line,
                limit: max_depth,
            });
        }
    }
    Ok(parser.finish())
}

/// What the parser holds of a node.
#[derive(Clone)]
struct Handle {
    id: Id,
    name: Rc<QualName>,
}

struct Sink {
    nodes: RefCell<Vec<Node>>,
    before: usize,
    line: Cell<usize>,
    /// The greatest depth met, and its line.
    deepest: Cell<(usize, usize)>,
    root: Rc<QualName>,
}

impl Sink {
    fn add(&self, data: Data) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node {
            parent: None,
            children: Vec::new(),
            line: self.line.get(),
            data,
            depth: 0,
        });
        nodes.len() - 1
    }

    fn text(&self, text: &StrTendril) -> Id {
        let id = self.add(Data::Text(text.to_string()));
        let newlines = text.bytes().filter(|byte| *byte == b'\n').count();
        if let Some(node) = self.nodes.borrow_mut().get_mut(id) {
            node.line = node.line.saturating_sub(newlines).max(1);
        }
        id
    }

    fn detach(&self, id: Id) {
        let mut nodes = self.nodes.borrow_mut();
        let Some(parent) = nodes.get_mut(id).and_then(|node| node.parent.take()) else {
            return;
        };
        if let Some(parent) = nodes.get_mut(parent)
            && let Some(at) = parent.children.iter().rposition(|child| *child == id)
        {
            parent.children.remove(at);
        }
    }

    /// Puts a child into a parent, at a place among the children or at their end.
    fn insert(&self, parent: Id, at: Option<usize>, child: NodeOrText<Handle>) {
        let child = match child {
            NodeOrText::AppendNode(handle) => {
                self.detach(handle.id);
                handle.id
            }
            NodeOrText::AppendText(text) => self.text(&text),
        };
        let mut nodes = self.nodes.borrow_mut();
        let depth = nodes.get(parent).map_or(0, |node| node.depth) + 1;
        if let Some(parent) = nodes.get_mut(parent) {
            let at = at
                .unwrap_or(parent.children.len())
                .min(parent.children.len());
            parent.children.insert(at, child);
        }
        if let Some(node) = nodes.get_mut(child) {
            node.parent = Some(parent);
            node.depth = depth;
            if depth > self.deepest.get().0 {
                self.deepest.set((depth, node.line));
            }
        }
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Tree {
        Tree {
            nodes: self.nodes.into_inner(),
        }
    }

    fn get_document(&self) -> Handle {
        Handle {
            id: 0,
            name: Rc::clone(&self.root),
        }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> Handle {
        let id = self.add(Data::Element {
            name: name.local.clone(),
            attributes,
        });
        Handle {
            id,
            name: Rc::new(name),
        }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Handle {
            id: self.add(Data::Other),
            name: Rc::clone(&self.root),
        }
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        Handle {
            id: self.add(Data::Other),
            name: Rc::clone(&self.root),
        }
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.id, None, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        let has_parent = self
            .nodes
            .borrow()
            .get(element.id)
            .is_some_and(|node| node.parent.is_some());
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let place = {
            let nodes = self.nodes.borrow();
            nodes
                .get(sibling.id)
                .and_then(|node| node.parent)
                .and_then(|parent| {
                    let children = &nodes.get(parent)?.children;
                    children
                        .iter()
                        .rposition(|id| *id == sibling.id)
                        .map(|at| (parent, at))
                })
        };
        if let Some((parent, at)) = place {
            self.insert(parent, Some(at), child);
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut nodes = self.nodes.borrow_mut();
        let moved = nodes
            .get_mut(node.id)
            .map(|node| std::mem::take(&mut node.children))
            .unwrap_or_default();
        for child in &moved {
            if let Some(child) = nodes.get_mut(*child) {
                child.parent = Some(new_parent.id);
            }
        }
        if let Some(parent) = nodes.get_mut(new_parent.id) {
            parent.children.extend(moved);
        }
    }

    // Only `html` and `body` may come twice; nobody reads their attributes.
    fn add_attrs_if_missing(&self, _: &Handle, _: Vec<Attribute>) {}

    fn set_current_line(&self, line: u64) {
        self.line
            .set(self.before + usize::try_from(line).unwrap_or(usize::MAX).max(1));
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}
    fn set_quirks_mode(&self, _: QuirksMode) {}
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
}
