//! Operations: each with its method, builder, errors and fake as one thing.

use std::collections::{BTreeSet, HashMap};

use crate::change::Effect;
use crate::rust::codes;
use crate::rust::model::{Body, Item, Surface};
use crate::rust::shown;

use super::Comparison;
use super::about::{parts, sorted};
use super::layout::{Layout, Operation};
use super::renames::Renames;

/// Finds the operations that go by another name: those whose requests are what they were.
pub fn renamed(old: &Layout, new: &Layout, was: &Surface, is: &Surface, to: &mut Renames) {
    let only = |these: &'_ Layout, those: &Layout, other: &Surface| {
        let mut by_request: HashMap<String, Vec<Operation>> = HashMap::new();
        for (key, it) in &these.operations {
            let service = other.services.contains_key(&it.service);
            if service && !those.operations.contains_key(key) {
                let all = by_request.entry(nameless(&it.request)).or_default();
                all.push(it.clone());
            }
        }
        by_request
    };
    let (gone, mut added) = (only(old, new, is), only(new, old, was));
    for (request, gone) in gone {
        if let ([one], Some([other])) = (gone.as_slice(), added.remove(&request).as_deref()) {
            to.operation(one, other, was, is);
        }
    }
}

impl<'s> Comparison<'s> {
    pub(super) fn operations(&mut self) {
        let (old, new) = self.layouts;
        let keys = old.operations.keys().chain(new.operations.keys());
        for key in keys.collect::<BTreeSet<_>>() {
            let sides = (old.operations.get(key), new.operations.get(key));
            let service = sides.0.or(sides.1).map(|it| it.service.as_str());
            if !service.is_some_and(|it| self.is_kept(it)) {
                continue;
            }
            self.operation = None;
            match sides {
                (Some(was), None) => {
                    let path = method(was, self.old);
                    let name = self.name(&path);
                    let message = format!("`{name}` is gone, with `{}`", was.type_name());
                    let gates = gates(was, self.old);
                    self.tell(codes::OPERATION_REMOVED, &path, &gates, message);
                }
                (None, Some(is)) => {
                    let name = shown::path(&method(is, self.new), self.new);
                    let message = format!("`{name}` is new, with `{}`", is.type_name());
                    let gates = gates(is, self.new);
                    self.add(codes::OPERATION_ADDED, name, &gates, message, None);
                }
                (Some(was), Some(is)) => {
                    self.operation = Some(key.clone());
                    self.operation_in_both(key, was, is);
                }
                (None, None) => {}
            }
        }
    }

    fn operation_in_both(&mut self, key: &str, was: &Operation, is: &Operation) {
        if let Some((old, new)) = self.renames.operation_of(key) {
            let old_name = shown::path(&method(old, self.written), self.written);
            let new_name = shown::path(&method(new, self.new), self.new);
            let types = (old.type_name(), new.type_name());
            let mut message = format!("`{old_name}` goes by `{new_name}`");
            if types.0 != types.1 {
                message.push_str(&format!(", and `{}` by `{}`", types.0, types.1));
            }
            let with = self.renames.derived_of(&old.builder).map(|(old, new)| {
                let (old, new) = shown::both(old, new);
                format!(", `{old}` by `{new}`")
            });
            message.push_str(&shown::cut(&with.collect::<String>()));
            let instead = Some(shown::in_service(&new_name, self.new));
            let gates = gates(new, self.new);
            self.add(codes::OPERATION_RENAMED, old_name, &gates, message, instead);
        }
        self.operation_method(key, was, is);
        let [own, fake] = is.modules();
        let inside = |module: &str| {
            let in_old = self.old.items.range(format!("{module}::")..);
            let in_new = self.new.items.range(format!("{module}::")..);
            let all = in_old
                .map(|(path, _)| path)
                .take_while(|it| it.starts_with(module));
            let more = in_new
                .map(|(path, _)| path)
                .take_while(|it| it.starts_with(module));
            let prefix = format!("{module}::");
            let all = all
                .chain(more)
                .filter(|it| it.starts_with(&prefix))
                .cloned();
            all.collect::<BTreeSet<String>>()
        };
        let (mut own_items, fake_items) = (inside(&own), inside(&fake));
        own_items.remove(&is.builder);
        let facts = format!("{own}::OPERATION");
        own_items.remove(&facts);
        let (old, new) = (self.old, self.new);
        let in_both = |path: &str| Some((old.items.get(path)?, new.items.get(path)?));
        if let Some((before, after)) = in_both(&is.builder)
            && let (Body::Type(was), Body::Type(is_now)) = (&before.body, &after.body)
        {
            let around = (&before.about.gates, &after.about.gates);
            self.about(&is.builder, key, (&before.about, &after.about), around);
            self.types(
                &is.builder,
                key,
                (was, &before.about),
                (is_now, &after.about),
            );
        }
        for path in &own_items {
            let told = self.changes.len();
            self.item(path, old.items.get(path), new.items.get(path), path);
            if self.changes.len() > told {
                self.note(
                    (key.to_owned(), "responses".to_owned()),
                    Effect::Documentation,
                );
            }
        }
        if let Some((
            Item {
                body: Body::Value(was),
                ..
            },
            Item {
                body: Body::Value(is_now),
                about,
            },
        )) = in_both(&facts)
        {
            let told = self.changes.len();
            let mut was = was.clone();
            let is_renamed = self.renames.operation_of(key).is_some();
            let mut parts = was.parts.iter_mut().zip(&is_now.parts);
            // What a document calls it is what has been told.
            if let Some((was, is)) = parts.next().filter(|_| is_renamed) {
                was.clone_from(is);
            }
            // What its parameters are called is told where they are.
            if let Some((was, is)) = parts.next()
                && nameless(was) == nameless(is)
            {
                was.clone_from(is);
            }
            self.value(&facts, &was, is_now, &about.gates);
            if self.changes.len() > told {
                self.note((key.to_owned(), "facts".to_owned()), Effect::Documentation);
            }
        }
        for path in &fake_items {
            self.item(path, old.items.get(path), new.items.get(path), key);
        }
        self.setter_docs(key, is);
        self.operation_docs(key, is);
    }

    fn setter_docs(&mut self, key: &str, of: &Operation) {
        let setters = |surface: &'s Surface| {
            let builder = surface.items.get(&of.builder)?.body.as_type()?;
            Some(&builder.methods)
        };
        let (Some(old), Some(new)) = (setters(self.old), setters(self.new)) else {
            return;
        };
        for (name, (was, _)) in old {
            if let Some((is, _)) = new.get(name) {
                let here = format!("{}::{name}", of.builder);
                self.docs(&here, key, (&was.docs, &is.docs), &is.gates);
            }
        }
    }

    /// What a caller calls, and what a test expects.
    fn operation_method(&mut self, key: &str, was: &Operation, is: &Operation) {
        let (old, new) = (method(was, self.old), method(is, self.new));
        for [old, new] in [[old.clone(), new.clone()], [faked(&old), faked(&new)]] {
            let of = |surface, path: &str| {
                let (owner, name) = path.rsplit_once("::")?;
                Self::method_of(surface, owner, name)
            };
            let (Some(before), Some(after)) = (of(self.old, &old), of(self.new, &new)) else {
                continue;
            };
            let ((was, function), before) = before;
            let ((is, now), after) = after;
            if !self.is_fake(&new) || !self.is_told(key, "", Effect::Breaking) {
                self.method(&new, key, (function, now), (before, after), &is.gates);
            }
            let effect = match is.deprecated {
                true => Effect::Deprecated,
                false => Effect::Documentation,
            };
            if !self.is_fake(&new) || !self.is_told(key, "", effect) {
                let own = (&was.gates, &is.gates);
                self.about(&new, key, (was, is), own);
            }
        }
    }

    /// The builder says all that there is to say of an operation; its method, module and fake
    /// repeat some of it.
    fn operation_docs(&mut self, key: &str, of_operation: &Operation) {
        let docs = |surface: &'s Surface| {
            let builder = surface.items.get(&of_operation.builder);
            builder.map_or("", |it| it.about.docs.as_str())
        };
        let (old, new) = (docs(self.old), docs(self.new));
        let (was, is) = (parts(old), parts(new));
        let headings: BTreeSet<&str> = was.keys().chain(is.keys()).copied().collect();
        let differs = headings.into_iter().any(|heading| {
            let of = |parts: &std::collections::BTreeMap<&str, String>| {
                parts.get(heading).cloned().unwrap_or_default()
            };
            let is_told = |name| self.is_told(key, name, Effect::Documentation);
            let repeats = match heading {
                "Example" => true,
                "Parameters" => self.tells_of_inputs(key),
                "Responses" => is_told("responses") || is_told("send"),
                "" => false,
                // The addresses have that of the service.
                "Rate limit" => is_told("facts") || self.addresses_differ(&of_operation.service),
                _ => is_told("facts"),
            };
            let (was, is) = match heading {
                "request" => (nameless(&of(&was)), nameless(&of(&is))),
                _ => (self.renames.in_words(&of(&was)), of(&is)),
            };
            !repeats && sorted(&was) != sorted(&is)
        });
        if differs && self.texts.insert((old, new)) {
            let gates = gates(of_operation, self.new);
            self.reworded(&of_operation.builder, &gates);
        }
    }

    fn addresses_differ(&self, service: &str) -> bool {
        let path = format!("crate::{service}::ENDPOINTS");
        let parts = |surface: &'s Surface| match &surface.items.get(&path)?.body {
            Body::Value(value) => Some(&value.parts),
            _ => None,
        };
        parts(self.old) != parts(self.new)
    }

    /// Whether something was told of an argument or a setter of an operation.
    fn tells_of_inputs(&self, key: &str) -> bool {
        let mut told = self.told.keys();
        told.any(|(scope, name)| {
            scope == key && !matches!(name.as_str(), "" | "responses" | "send" | "facts")
        })
    }
}

/// A path without the names of its parameters.
fn nameless(path: &str) -> String {
    let mut is_name = false;
    let kept = path.chars().filter(|it| {
        is_name = *it != '}' && (is_name || *it == '{');
        !is_name
    });
    kept.collect()
}

/// The path of the method that makes a call.
fn method(of: &Operation, surface: &Surface) -> String {
    let accessor = surface.services.get(&of.service);
    let accessor = accessor.map_or_else(|| format!("crate::{}", of.service), Clone::clone);
    format!("{accessor}::{}", of.module)
}

/// The same of the mock.
fn faked(path: &str) -> String {
    path.replacen("crate::", "crate::mock::", 1)
}

fn gates(of: &Operation, surface: &Surface) -> crate::rust::model::Gates {
    let builder = surface.items.get(&of.builder);
    builder.map(|it| it.about.gates.clone()).unwrap_or_default()
}
