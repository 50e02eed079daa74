//! What goes by another name, and the old surface under the new names.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::rust::model::{Body, Function, Item, Surface, TypeBody};
use crate::rust::names::{last, parent, pieces};

use super::layout::{Operation, correspond};
use super::members::with_words;

/// New names by old ones.
#[derive(Debug, Default)]
pub struct Renames {
    /// Of paths, and so of all that is inside of them.
    paths: BTreeMap<String, String>,
    /// The other way round.
    back: HashMap<String, String>,
    /// The operations, by `service::operation` of the new surface.
    operations: BTreeMap<String, (Operation, Operation)>,
    /// The types that are told of, and those whose names begin with that of another: they are told
    /// with it.
    types: BTreeMap<String, String>,
    derived: BTreeMap<String, Vec<(String, String)>>,
    /// Words of the documentation.
    words: HashMap<String, String>,
}

impl Renames {
    /// An operation, with all that is named after it.
    pub fn operation(&mut self, old: &Operation, new: &Operation, was: &Surface, is: &Surface) {
        for (from, to) in correspond(old, new, was, is) {
            self.path(from, to);
        }
        let key = format!("{}::{}", new.service, new.module);
        self.operations.insert(key, (old.clone(), new.clone()));
    }

    /// Types: those whose names begin with that of another are derived from it.
    pub fn extend(&mut self, types: HashMap<String, String>) {
        let operations: Vec<_> = self.operations.values().cloned().collect();
        let builders = operations.iter();
        let builders = builders.map(|(old, new)| (old.builder.clone(), new.builder.clone()));
        let roots: Vec<(String, String)> = types.clone().into_iter().chain(builders).collect();
        for (old, new) in types {
            let is_root = |(from, to): &&(String, String)| {
                let rest = last(&old).strip_prefix(last(from)).unwrap_or_default();
                !rest.is_empty()
                    && last(from) != last(to)
                    && last(&new) == format!("{}{rest}", last(to))
            };
            let moves_with = |(from, to): &&(Operation, Operation)| {
                let is_in = |path: &str, of: &Operation| {
                    path.starts_with(&format!("crate::{}::", of.service))
                };
                from.service != to.service && is_in(&old, from) && is_in(&new, to)
            };
            // The shortest is the one that all are named after.
            let root = roots
                .iter()
                .filter(is_root)
                .min_by_key(|(it, _)| last(it).len());
            let root = root.map(|(root, _)| root.clone()).or_else(|| {
                let moved = operations.iter().find(moves_with);
                moved.map(|(from, _)| from.builder.clone())
            });
            match root {
                Some(root) => {
                    let derived = self.derived.entry(root).or_default();
                    derived.push((old.clone(), new.clone()));
                    derived.sort();
                }
                None => {
                    self.types.insert(old.clone(), new.clone());
                }
            }
            self.path(old, new);
        }
    }

    fn path(&mut self, from: String, to: String) {
        if last(&from) != last(&to) {
            self.words
                .insert(last(&from).to_owned(), last(&to).to_owned());
        }
        if from != to {
            self.back.insert(to.clone(), from.clone());
            self.paths.insert(from, to);
        }
    }

    /// The types that are told of: old path and new.
    pub fn types(&self) -> impl Iterator<Item = (&String, &String)> {
        self.types.iter()
    }

    /// The types that are told with another.
    pub fn derived_of(&self, root: &str) -> impl Iterator<Item = (&String, &String)> {
        let derived = self.derived.get(root).into_iter().flatten();
        derived.map(|(old, new)| (old, new))
    }

    /// The operation that is called something else now.
    pub fn operation_of(&self, key: &str) -> Option<&(Operation, Operation)> {
        self.operations.get(key)
    }

    /// The old path of something by its new one, where they differ.
    pub fn old_of(&self, path: &str) -> Option<String> {
        if let Some((owner, name)) = path.rsplit_once("::")
            && let Some((old, _)) = self
                .operations
                .values()
                .find(|(_, new)| new.module == name && is_accessor(owner, &new.service))
        {
            let owner = self.old_of(owner).unwrap_or_else(|| owner.to_owned());
            return Some(format!("{owner}::{}", old.module));
        }
        replaced(path, |it| self.back.get(it))
    }

    /// A text with new names in place of old ones.
    pub fn in_words(&self, text: &str) -> String {
        match self.words.is_empty() {
            true => text.to_owned(),
            false => with_words(text, |word| self.words.get(word).map(String::as_str)),
        }
    }

    /// The old surface under the new names; nothing where there are none.
    pub fn apply(&self, old: &Surface) -> Option<Surface> {
        if self.paths.is_empty() && self.operations.is_empty() {
            return None;
        }
        let mut read = Surface {
            features: old.features.clone(),
            readme: old.readme.clone(),
            services: old.services.clone(),
            ..Surface::default()
        };
        for (path, item) in &old.items {
            let mut item = item.clone();
            item.for_types(&mut |ty| self.in_type(ty));
            let there = self.new_of(path).unwrap_or_else(|| path.clone());
            // What moves to another service needs the feature of that.
            let services = self.operations.values();
            let mut services = services.map(|(old, new)| (&old.service, &new.service));
            let is_in = |path: &str, service: &String| path.split("::").any(|it| it == service);
            let moved = services.find(|(from, to)| {
                from != to && there != *path && is_in(path, from) && is_in(&there, to)
            });
            if let Some((from, to)) = moved {
                item.for_gates(&mut |gates| gates.rename(from, to));
            }
            read.items.insert(there, item);
        }
        for (old, new) in &old.exported {
            let of = |it: &String| self.new_of(it).unwrap_or_else(|| it.clone());
            read.exported.insert(of(old), of(new));
        }
        for (old, new) in self.operations.values() {
            for mock in ["", "mock::"] {
                let accessor = |of: &Operation| {
                    let ty = read.services.get(&of.service).map(|it| last(it).to_owned());
                    format!("crate::{mock}{}::{}", of.service, ty.unwrap_or_default())
                };
                let (from, to) = (accessor(old), accessor(new));
                let Some(method) =
                    methods(&mut read, &from).and_then(|it| it.methods.remove(&old.module))
                else {
                    continue;
                };
                if let Some(body) = methods(&mut read, &to) {
                    body.methods.insert(new.module.clone(), method);
                }
            }
        }
        Some(read)
    }

    fn new_of(&self, path: &str) -> Option<String> {
        replaced(path, |it| self.paths.get(it))
    }

    fn in_type(&self, text: &mut String) {
        if text.contains("crate::") {
            *text = spelled(text, |path| self.new_of(path));
        }
    }
}

fn methods<'s>(of: &'s mut Surface, path: &str) -> Option<&'s mut TypeBody> {
    match &mut of.items.get_mut(path)?.body {
        Body::Type(body) => Some(body),
        _ => None,
    }
}

fn is_accessor(owner: &str, service: &str) -> bool {
    let module = parent(owner);
    module == format!("crate::{service}") || module == format!("crate::mock::{service}")
}

/// A path whose beginning has another name.
fn replaced<'n>(path: &str, name: impl Fn(&str) -> Option<&'n String>) -> Option<String> {
    let mut end = path.len();
    loop {
        if let Some(new) = name(&path[..end]) {
            return Some(format!("{new}{}", &path[end..]));
        }
        end = path[..end].rfind("::")?;
    }
}

/// A type whose paths are others.
fn spelled(text: &str, path: impl Fn(&str) -> Option<String>) -> String {
    let pieces = pieces(text).map(|piece| match piece.starts_with("crate::") {
        true => path(piece).unwrap_or_else(|| piece.to_owned()),
        false => piece.to_owned(),
    });
    pieces.collect()
}

/// The types that go by another name: where the old surface has one and the new another, in a place
/// that both have, and the two agree in all but their names.
pub fn types(old: &Surface, new: &Surface, known: &Renames) -> HashMap<String, String> {
    let is_type = |it: &Item| it.body.as_type().is_some();
    let is_new =
        |path: &str| new.items.get(path).is_some_and(is_type) && !old.items.contains_key(path);
    if !new.items.keys().any(|it| is_new(it)) {
        return HashMap::new();
    }
    let mut found = Proposals::default();
    for (path, item) in &old.items {
        if let Some(other) = new.items.get(path) {
            align(item, other, &mut found.open);
        }
    }
    while let Some((from, to)) = found.open.pop() {
        if from == to || !is_new(&to) || found.pairs.contains_key(&from) {
            found.contradict(&from, &to);
            continue;
        }
        let (Some(item), Some(other)) = (old.items.get(&from), new.items.get(&to)) else {
            continue;
        };
        if is_type(item) {
            align(item, other, &mut found.open);
            found.pairs.insert(from, to);
        }
    }
    let mut pairs = found.into_pairs();
    pairs.retain(|from, _| !known.paths.contains_key(from));
    // One that turns out to differ may be what another stood on.
    loop {
        let agrees = |from: &String, to: &String| {
            let (Some(item), Some(other)) = (old.items.get(from), new.items.get(to)) else {
                return false;
            };
            let mut item = item.clone();
            item.for_types(&mut |ty| *ty = spelled(ty, |path| pairs.get(path).cloned()));
            // One that is still there has not gone by another name.
            let stays = new.items.get(from).is_some_and(|it| is_same(&item, it));
            is_same(&item, other) && !stays
        };
        let wrong = pairs.iter().filter(|(from, to)| !agrees(from, to));
        let wrong: Vec<String> = wrong.map(|(from, _)| from.clone()).collect();
        if wrong.is_empty() {
            return pairs;
        }
        wrong.iter().for_each(|it| drop(pairs.remove(it)));
    }
}

#[derive(Debug, Default)]
struct Proposals {
    open: Vec<(String, String)>,
    pairs: HashMap<String, String>,
    /// What stands in one place for this and in another for that.
    contradicted: HashSet<String>,
}

impl Proposals {
    fn contradict(&mut self, from: &str, to: &str) {
        if self.pairs.get(from).is_some_and(|it| it != to) {
            self.contradicted.insert(from.to_owned());
        }
    }

    fn into_pairs(mut self) -> HashMap<String, String> {
        let mut by_new: HashMap<&String, Vec<&String>> = HashMap::new();
        for (from, to) in &self.pairs {
            by_new.entry(to).or_default().push(from);
        }
        let double = by_new.into_values().filter(|all| all.len() > 1).flatten();
        let double: Vec<String> = double.cloned().collect();
        self.contradicted.extend(double);
        self.pairs
            .retain(|from, _| !self.contradicted.contains(from));
        self.pairs
    }
}

/// The paths that stand in the same places of two items and differ.
fn align(old: &Item, new: &Item, to: &mut Vec<(String, String)>) {
    match (&old.body, &new.body) {
        (Body::Type(old), Body::Type(new)) => {
            let mut gone: Vec<&str> = Vec::new();
            let new_members: HashMap<&str, &str> =
                new.members.iter().map(|it| (&*it.name, &*it.ty)).collect();
            for member in &old.members {
                match new_members.get(&*member.name) {
                    Some(ty) => align_types(&member.ty, ty, to),
                    None => gone.push(&member.ty),
                }
            }
            // A variant may be named after what it carries.
            let mut added = new
                .members
                .iter()
                .filter(|it| old.member(&it.name).is_none());
            if let ([gone], Some(added), None) = (gone.as_slice(), added.next(), added.next()) {
                align_types(gone, &added.ty, to);
            }
            for (name, (_, function)) in &old.methods {
                if let Some((_, other)) = new.methods.get(name) {
                    align_functions(function, other, to);
                }
            }
        }
        (Body::Function(old), Body::Function(new)) => align_functions(old, new, to),
        (Body::Alias(old), Body::Alias(new)) => align_types(old, new, to),
        _ => {}
    }
}

fn align_functions(old: &Function, new: &Function, to: &mut Vec<(String, String)>) {
    if old.arguments.len() == new.arguments.len() {
        for ((_, old), (_, new)) in old.arguments.iter().zip(&new.arguments) {
            align_types(old, new, to);
        }
    }
    align_types(&old.output, &new.output, to);
}

fn align_types(old: &str, new: &str, to: &mut Vec<(String, String)>) {
    if old == new {
        return;
    }
    let (mut olds, mut news) = (pieces(old), pieces(new));
    let mut found = Vec::new();
    loop {
        match (olds.next(), news.next()) {
            (None, None) => break,
            (Some(old), Some(new)) if old == new => {}
            (Some(old), Some(new)) if old.starts_with("crate::") && new.starts_with("crate::") => {
                found.push((old.to_owned(), new.to_owned()));
            }
            _ => return,
        }
    }
    to.extend(found);
}

/// Whether two items agree in all but words.
fn is_same(old: &Item, new: &Item) -> bool {
    let (Body::Type(old), Body::Type(new)) = (&old.body, &new.body) else {
        return false;
    };
    let members = |of: &TypeBody| {
        let all = of.members.iter();
        all.map(|it| (it.name.clone(), it.ty.clone(), it.wire.clone()))
            .collect::<Vec<_>>()
    };
    let methods = |of: &TypeBody| {
        let all = of.methods.iter();
        all.map(|(name, (_, it))| (name.clone(), it.clone()))
            .collect::<Vec<_>>()
    };
    let traits = |of: &TypeBody| {
        let all = of.traits.iter();
        all.map(|(name, it)| (name.clone(), it.types.clone()))
            .collect::<Vec<_>>()
    };
    old.kind == new.kind
        && old.non_exhaustive == new.non_exhaustive
        && members(old) == members(new)
        && methods(old) == methods(new)
        && traits(old) == traits(new)
}
