//! A tree of elements and texts that knows the lines they come from.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};
use std::rc::{Rc, Weak};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, QualName, local_name, ns, parse_document};

use super::MAX_DEPTH;
use crate::block::Lines;
use crate::form::FormError;

/// How much is handed to the parser before the depth is looked at again.
const CHUNK: usize = 4 * 1024;

/// A node of the tree: an element, a text, or, without a name and words, something else without
/// meaning here.
pub(super) struct Node {
    name: QualName,
    attributes: Vec<Attribute>,
    /// The words of a text.
    pub(super) words: Option<String>,
    /// The line it starts on.
    pub(super) line: usize,
    depth: Cell<usize>,
    parent: RefCell<Weak<Self>>,
    children: RefCell<Vec<Rc<Self>>>,
}

impl Node {
    /// The name of an element, empty for anything else.
    pub(super) fn name(&self) -> &str {
        crate::steps::count(1);
        &self.name.local
    }

    /// An attribute of an element.
    pub(super) fn attribute(&self, wanted: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|attribute| &*attribute.name.local == wanted)
            .map(|attribute| &*attribute.value)
    }

    pub(super) fn children(&self) -> Ref<'_, [Rc<Self>]> {
        Ref::map(self.children.borrow(), Vec::as_slice)
    }

    /// Every text below, in order, with its line; a line break is one.
    pub(super) fn texts(&self, each: &mut dyn FnMut(&str, usize)) {
        let mut open: Vec<Rc<Self>> = self.children().iter().rev().cloned().collect();
        while let Some(node) = open.pop() {
            match &node.words {
                Some(words) => each(words, node.line),
                None if node.name() == "br" => each("\n", node.line),
                None => open.extend(node.children().iter().rev().cloned()),
            }
        }
    }

    /// The lines of the tables below that have words.
    pub(super) fn tables(&self) -> Vec<Lines> {
        let mut out = Vec::new();
        let mut open: Vec<Rc<Self>> = self.children().iter().rev().cloned().collect();
        while let Some(node) = open.pop() {
            if node.name() == "table" && node.has_words() {
                out.push(node.lines());
            } else {
                open.extend(node.children().iter().rev().cloned());
            }
        }
        out
    }

    /// Whether there are words below, be they shown or not.
    pub(super) fn has_words(&self) -> bool {
        let mut has = false;
        self.texts(&mut |words, _| has |= words.contains(is_visible));
        has
    }

    /// The lines it reaches over.
    pub(super) fn lines(&self) -> Lines {
        let mut lines = Lines::of(self.line);
        self.texts(&mut |words, line| {
            if !words.trim().is_empty() {
                let end = line + words.trim_end().matches('\n').count();
                lines.last = lines.last.max(end);
            }
        });
        lines
    }

    fn parent(&self) -> Option<Rc<Self>> {
        self.parent.borrow().upgrade()
    }

    /// Its place among the children of its parent.
    fn place(&self) -> Option<(Rc<Self>, usize)> {
        let parent = self.parent()?;
        let at = parent
            .children()
            .iter()
            .rposition(|child| std::ptr::eq(&raw const **child, self))?;
        Some((parent, at))
    }

    fn detach(&self) {
        if let Some((parent, at)) = self.place() {
            parent.children.borrow_mut().remove(at);
        }
        self.parent.take();
    }
}

/// Whether a character is shown; a space of no width is not.
pub(super) fn is_visible(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}')
}

/// Parses HTML.
pub(super) fn parse(text: &str) -> Result<Rc<Node>, FormError> {
    let nameless = QualName::new(None, ns!(html), local_name!(""));
    let sink = Sink {
        document: node(nameless, Vec::new(), None, 1),
        line: Cell::new(1),
        deepest: Cell::new((0, 0)),
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
        if depth > MAX_DEPTH {
            let limit = MAX_DEPTH;
            return Err(FormError::TooDeep { line, limit });
        }
    }
    Ok(parser.finish())
}

fn node(
    name: QualName,
    attributes: Vec<Attribute>,
    words: Option<String>,
    line: usize,
) -> Rc<Node> {
    Rc::new(Node {
        name,
        attributes,
        words,
        line,
        depth: Cell::default(),
        parent: RefCell::default(),
        children: RefCell::default(),
    })
}

/// What the parser builds the tree with.
struct Sink {
    document: Rc<Node>,
    line: Cell<usize>,
    /// The greatest depth met, and its line.
    deepest: Cell<(usize, usize)>,
}

impl Sink {
    fn nameless(&self, words: Option<String>, line: usize) -> Rc<Node> {
        node(self.document.name.clone(), Vec::new(), words, line)
    }

    /// Puts a child into a parent, at a place among the children or at their end.
    fn insert(&self, parent: &Rc<Node>, at: Option<usize>, child: NodeOrText<Rc<Node>>) {
        let child = match child {
            NodeOrText::AppendNode(node) => {
                node.detach();
                node
            }
            NodeOrText::AppendText(text) => {
                let newlines = text.bytes().filter(|byte| *byte == b'\n').count();
                let line = self.line.get().saturating_sub(newlines).max(1);
                self.nameless(Some(text.to_string()), line)
            }
        };
        let depth = parent.depth.get() + 1;
        child.depth.set(depth);
        if depth > self.deepest.get().0 {
            self.deepest.set((depth, child.line));
        }
        child.parent.replace(Rc::downgrade(parent));
        let mut children = parent.children.borrow_mut();
        let at = at.unwrap_or(children.len()).min(children.len());
        children.insert(at, child);
    }
}

impl TreeSink for Sink {
    type Handle = Rc<Node>;
    type Output = Rc<Node>;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Rc<Node> {
        self.document
    }

    fn get_document(&self) -> Rc<Node> {
        Rc::clone(&self.document)
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Node>) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, of: Vec<Attribute>, _: ElementFlags) -> Rc<Node> {
        node(name, of, None, self.line.get())
    }

    fn create_comment(&self, _: StrTendril) -> Rc<Node> {
        self.nameless(None, self.line.get())
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Rc<Node> {
        self.nameless(None, self.line.get())
    }

    fn append(&self, parent: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        self.insert(parent, None, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Rc<Node>,
        previous: &Rc<Node>,
        child: NodeOrText<Rc<Node>>,
    ) {
        match element.place() {
            Some((parent, at)) => self.insert(&parent, Some(at), child),
            None => self.append(previous, child),
        }
    }

    fn append_before_sibling(&self, sibling: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        if let Some((parent, at)) = sibling.place() {
            self.insert(&parent, Some(at), child);
        }
    }

    fn remove_from_parent(&self, target: &Rc<Node>) {
        target.detach();
    }

    fn reparent_children(&self, node: &Rc<Node>, new_parent: &Rc<Node>) {
        let moved = node.children.take();
        for child in &moved {
            child.parent.replace(Rc::downgrade(new_parent));
        }
        new_parent.children.borrow_mut().extend(moved);
    }

    // Only `html` and `body` may come twice; nobody reads their attributes.
    fn add_attrs_if_missing(&self, _: &Rc<Node>, _: Vec<Attribute>) {}

    fn set_current_line(&self, line: u64) {
        self.line
            .set(usize::try_from(line).unwrap_or(usize::MAX).max(1));
    }

    fn same_node(&self, x: &Rc<Node>, y: &Rc<Node>) -> bool {
        Rc::ptr_eq(x, y)
    }

    fn get_template_contents(&self, target: &Rc<Node>) -> Rc<Node> {
        Rc::clone(target)
    }

    fn parse_error(&self, _: Cow<'static, str>) {}
    fn set_quirks_mode(&self, _: QuirksMode) {}
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
}
