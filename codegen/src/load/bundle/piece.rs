//! What is brought in: components under names of their own.

use std::collections::{HashMap, HashSet};

use super::super::modern;
use super::super::tree::{Entry, Node, Span, Value, escaped, percent_decoded};
use super::files::count;
use super::resolve::Target;
use super::{Bundle, Lost, Why, way};
use crate::diagnostic::Report;
use crate::grammar::Kind;

/// How many values may be brought in more than the files hold, twice taken: a piece of a piece is
/// written out for each.
const MORE_VALUES: usize = 50_000;

impl Bundle<'_> {
    /// The reference by which the document has what is at a place.
    pub(super) fn piece(&mut self, target: Target, kind: Kind) -> Result<String, Lost> {
        let target = self.through(target, kind);
        if target.file == 0 {
            return Ok(format!("#{}", target.pointer));
        }
        let key = (kind, target);
        if let Some(known) = self.pieces.get(&key) {
            return Ok(known.clone());
        }
        let section = kind.section().unwrap_or_default();
        let own = self.name(&key.1);
        let Some(Some(taken)) = self.sections.get_mut(section) else {
            let words = format!("another file, and `components.{section}` is no mapping");
            return Err(Lost::new(Why::Outside, words));
        };
        let name = taken.unique(&own);
        let value = self.copy(&key.1, kind)?;
        let reference = format!("#/components/{section}/{name}");
        if name != own {
            self.outside.names.insert(reference.clone(), escaped(&own));
        }
        let first = value.entries().first().map(|it| &it.key_span);
        let first = first.unwrap_or(&value.span).clone();
        let found = self.files.all[key.1.file].find(&key.1.pointer);
        let key_span = found.and_then(|(_, key)| key.cloned()).unwrap_or(first);
        self.remember(key, &value, reference.clone());
        self.waiting.push_back((
            kind,
            Entry {
                key: name,
                key_span,
                value,
            },
        ));
        Ok(reference)
    }

    /// What is at a place, in the vocabulary of 3.0.
    pub(super) fn copy(&mut self, target: &Target, kind: Kind) -> Result<Node, Lost> {
        let file = &mut self.files.all[target.file];
        let is_modern = file.is_modern;
        let fits = |it: &&Node| kind != Kind::PathItem || !it.entries().is_empty();
        let found = file.find(&target.pointer).map(|(node, _)| node);
        let Some(found) = found.filter(fits) else {
            let words = format!("there is no path item in `{}`", file.path);
            return Err(Lost::new(Why::Nowhere, words));
        };
        self.brought = self.brought.saturating_add(count(found));
        let most = self
            .files
            .values
            .saturating_mul(2)
            .saturating_add(MORE_VALUES);
        if self.brought > most {
            let words = "more than is taken: pieces of files come to over twice what these hold";
            return Err(Lost::new(Why::Outside, words));
        }
        let mut node = found.clone();
        if is_modern {
            let mut report = Report::new(&self.files.source);
            modern::rewrite_object(&mut node, kind, &mut report);
            self.found.extend(report.finish());
        }
        Ok(node)
    }

    /// Keeps by which reference the document has what is at a place, and brings in what is derived
    /// from it: a discriminator tells those apart that nothing else refers to.
    pub(super) fn remember(&mut self, key: (Kind, Target), node: &Node, reference: String) {
        self.pieces.insert(key.clone(), reference);
        let (kind, target) = key;
        let lists = || node.get("oneOf").or(node.get("anyOf")).is_some();
        let is_base = node.get("discriminator").is_some() && !lists();
        if kind != Kind::Schema || !(is_base || self.families.contains(&target)) {
            return;
        }
        let Some((above, _)) = target.pointer.rsplit_once('/') else {
            return;
        };
        let above = Target {
            file: target.file,
            pointer: above.to_owned(),
        };
        if !self.derived.contains_key(&above) {
            let all = self.node(&above).map(|it| derived(it, &above.pointer));
            self.derived.insert(above.clone(), all.unwrap_or_default());
        }
        let derived = self
            .derived
            .get(&above)
            .and_then(|it| it.get(&target.pointer));
        for pointer in derived.cloned().unwrap_or_default() {
            let child = Target {
                file: target.file,
                pointer,
            };
            if self.families.insert(child.clone()) {
                self.heirs.push_back(child);
            }
        }
    }
}

/// The schemas of a mapping that are derived with `allOf` from another of the same file, by the
/// pointer to that.
fn derived(all: &Node, pointer: &str) -> HashMap<String, Vec<String>> {
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    for entry in all.entries() {
        let members = entry.value.get("allOf").map_or(&[][..], Node::items);
        let parents = members.iter().filter_map(|it| it.get("$ref")?.as_str());
        for parent in parents {
            let fragment = parent.strip_prefix('#').map(percent_decoded);
            if let Some(parent) = fragment.and_then(|it| way::pointer(&it)) {
                let child = format!("{pointer}/{}", escaped(&entry.key));
                found.entry(parent).or_default().push(child);
            }
        }
    }
    found
}

/// The names of a section of the components.
pub(super) struct Taken {
    pub(super) names: HashSet<String>,
    /// The number to try next for a name that was given away: thousands may want the same.
    pub(super) next: HashMap<String, usize>,
}

impl Taken {
    /// A name that a component can have and none has.
    fn unique(&mut self, name: &str) -> String {
        let sign = |it: char| match it {
            '.' | '-' => it,
            it if it.is_ascii_alphanumeric() => it,
            _ => '_',
        };
        let plain: String = match name {
            "" => "_".to_owned(),
            name => name.chars().map(sign).collect(),
        };
        let mut unique = plain.clone();
        while !self.names.insert(unique.clone()) {
            let number = self.next.entry(plain.clone()).or_insert(1);
            *number += 1;
            unique = format!("{plain}{number}");
        }
        unique
    }
}

/// Adds a component to its section.
pub(super) fn attach(root: &mut Node, kind: Kind, piece: Entry) {
    let section = kind.section().unwrap_or_default();
    let span = root.span.start..root.span.start;
    let all = under(root, "components", &span);
    let all = all.and_then(|all| under(all, section, &span));
    if let Some(Value::Mapping(entries)) = all.map(|it| &mut it.value) {
        entries.push(piece);
    }
}

/// The value beside a key, which is added to a mapping that does not have it.
fn under<'n>(node: &'n mut Node, key: &str, span: &Span) -> Option<&'n mut Node> {
    let Value::Mapping(entries) = &mut node.value else {
        return None;
    };
    let at = entries.iter().position(|it| it.key == key);
    let at = at.unwrap_or_else(|| {
        entries.push(Entry {
            key: key.to_owned(),
            key_span: span.clone(),
            value: Node {
                span: span.clone(),
                value: Value::Mapping(Vec::new()),
            },
        });
        entries.len() - 1
    });
    entries.get_mut(at).map(|it| &mut it.value)
}
