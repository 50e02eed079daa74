//! The files that a document refers to, read once each.

use std::collections::{BTreeMap, HashMap};

use super::super::parse;
use super::super::tree::{Entry, Node, Span, Value, unescaped};
use super::{Lost, Why};
use crate::diagnostic::{Diagnostics, Report};
use crate::load::modern;
use crate::source::{Referred, Source};

/// What says what stands behind a path.
pub(crate) type Open<'o> = &'o mut dyn FnMut(&str) -> Referred;

/// A file of a document; the first is the document itself.
pub(super) struct File {
    pub(super) path: String,
    /// What it holds, as it is written. That of the document is elsewhere.
    pub(super) tree: Node,
    /// Whether its schemas are those of 3.1.
    pub(super) is_modern: bool,
    /// Whether it gives itself or a part of it another address.
    pub(super) has_id: bool,
    /// Where the keys of large mappings are, by the byte at which each begins: thousands of references
    /// may lead into one.
    keys: HashMap<usize, HashMap<String, usize>>,
}

/// From this many keys on, a mapping's keys are found by hash.
const MANY_KEYS: usize = 24;

impl File {
    /// What a pointer leads to, with the bytes of the key that it stands under, if it is one.
    pub(super) fn find(&mut self, pointer: &str) -> Option<(&Node, Option<&Span>)> {
        let (mut node, mut key) = (&self.tree, None);
        for token in pointer.split('/').skip(1) {
            let token = unescaped(token);
            let entries = node.entries();
            if !entries.is_empty() {
                let at = match entries.len() < MANY_KEYS {
                    true => entries.iter().position(|it| it.key == token),
                    false => {
                        let known = self.keys.entry(node.span.start).or_insert_with(|| {
                            let keys = entries.iter().map(|it| it.key.clone());
                            keys.zip(0..).collect()
                        });
                        known.get(&token).copied()
                    }
                };
                let entry = entries.get(at?)?;
                (node, key) = (&entry.value, Some(&entry.key_span));
            } else {
                (node, key) = (node.items().get(token.parse::<usize>().ok()?)?, None);
            }
        }
        Some((node, key))
    }
}

/// All files that were come upon.
pub(super) struct Files<'o> {
    /// The document, with what is known of the files.
    pub(super) source: Source,
    pub(super) all: Vec<File>,
    /// How many values there are in them.
    pub(super) values: usize,
    /// What is wrong with them.
    pub(super) found: Diagnostics,
    open: Option<Open<'o>>,
    by_path: HashMap<String, Result<usize, Lost>>,
    by_start: BTreeMap<usize, usize>,
}

impl<'o> Files<'o> {
    /// Those of a document. Without somebody to ask, what the source knows is all there is.
    pub(super) fn of(
        source: &Source,
        is_modern: bool,
        has_id: bool,
        open: Option<Open<'o>>,
    ) -> Self {
        let document = File {
            path: source.path.clone(),
            tree: Node {
                span: 0..0,
                value: Value::Null,
            },
            is_modern,
            has_id,
            keys: HashMap::new(),
        };
        Self {
            source: source.clone(),
            all: vec![document],
            values: 0,
            found: Diagnostics::default(),
            open,
            by_path: HashMap::from([(source.path.clone(), Ok(0))]),
            by_start: BTreeMap::from([(0, 0)]),
        }
    }

    /// The file that a byte is written in.
    pub(super) fn at(&self, byte: usize) -> usize {
        let before = self.by_start.range(..=byte).next_back();
        before.map_or(0, |(_, file)| *file)
    }

    /// The file of a path.
    pub(super) fn get(&mut self, path: &str) -> Result<usize, Lost> {
        if let Some(known) = self.by_path.get(path) {
            return known.clone();
        }
        let circle = Lost::new(Why::Nowhere, "the file is known by another path alone");
        self.by_path.insert(path.to_owned(), Err(circle));
        let file = self.read(path);
        self.by_path.insert(path.to_owned(), file.clone());
        file
    }

    fn read(&mut self, path: &str) -> Result<usize, Lost> {
        let referred = match (self.source.referred().get(path), &mut self.open) {
            (Some(known), _) => known.clone(),
            (None, Some(open)) => {
                let referred = open(path);
                self.source.refer(path, referred.clone());
                referred
            }
            (None, None) => Referred::Refused("it was not given with the document".to_owned()),
        };
        let text = match referred {
            Referred::Text(text) => text,
            Referred::Same(other) => return self.get(&other),
            Referred::Missing(why) => return Err(Lost::new(Why::Nowhere, why)),
            Referred::Refused(why) => {
                let why = format!("a file that is not read: {why}");
                return Err(Lost::new(Why::Outside, why));
            }
        };
        let own = Source::new(path, &*text);
        let mut report = Report::new(&own);
        let tree = parse::parse(&text, &mut report);
        self.found.extend(report.finish());
        let Some(mut tree) = tree else {
            let why = format!("`{path}` cannot be read, as is told there");
            return Err(Lost::new(Why::Nowhere, why));
        };
        let start = self.source.span_of(path, &(0..0)).map_or(0, |it| it.start);
        move_by(&mut tree, start);
        self.values += count(&tree);
        let is_modern = match tree.get("openapi") {
            Some(_) => modern::is_modern(&tree),
            None => self.all[0].is_modern || tree.get("$schema").is_some(),
        };
        let has_id = is_modern && text.contains("$id") && has_id(&tree);
        let file = self.all.len();
        self.by_start.insert(start, file);
        self.all.push(File {
            path: path.to_owned(),
            tree,
            is_modern,
            has_id,
            keys: HashMap::new(),
        });
        Ok(file)
    }
}

/// Whether something in a tree has an address of its own, from which references are counted.
pub(crate) fn has_id(node: &Node) -> bool {
    let is_id = |it: &Entry| {
        it.key == "$id" && it.value.as_str().is_some_and(|text| !text.starts_with('#'))
    };
    let mut entries = node.entries().iter();
    entries.any(|it| is_id(it) || has_id(&it.value)) || node.items().iter().any(has_id)
}

/// How many values a node holds, itself included.
pub(super) fn count(node: &Node) -> usize {
    let entries = node.entries().iter().map(|it| count(&it.value));
    let items = node.items().iter().map(count);
    entries.chain(items).sum::<usize>() + 1
}

fn move_by(node: &mut Node, bytes: usize) {
    let moved = |span: &Span| span.start + bytes..span.end + bytes;
    node.span = moved(&node.span);
    match &mut node.value {
        Value::Sequence(items) => items.iter_mut().for_each(|it| move_by(it, bytes)),
        Value::Mapping(entries) => {
            for entry in entries {
                entry.key_span = moved(&entry.key_span);
                move_by(&mut entry.value, bytes);
            }
        }
        _ => {}
    }
}
