//! Two surfaces → what differs, each cause told once.
//!
//! What is renamed is looked for first, and the old surface then read under the new names, so that
//! whatever names it is no difference. Then one operation after another is compared, and what is left
//! item by item. What repeats something else (the fake an operation, a constructor its fields, a text
//! another) is told only where the other does not say as much.

mod about;
mod functions;
mod layout;
mod members;
mod operations;
mod renames;
mod types;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::change::{Effect, RustChange};

use super::codes::{self, RustCode};
use super::model::{Body, Gates, Item, Surface, Value};
use super::names::parent;
use super::shown;
use layout::{Home, Layout};
use renames::Renames;

/// What differs between the public surfaces of two crates.
pub fn compare(old: &Surface, new: &Surface) -> Vec<RustChange> {
    let layouts = (Layout::of(old), Layout::of(new));
    let mut renames = Renames::default();
    operations::renamed(&layouts.0, &layouts.1, old, new, &mut renames);
    let mut read = renames.apply(old);
    let types = renames::types(read.as_ref().unwrap_or(old), new, &renames);
    if !types.is_empty() {
        renames.extend(types);
        read = renames.apply(old);
    }
    let before = read.as_ref().unwrap_or(old);
    let layout = match &read {
        Some(read) => Layout::of(read),
        None => layouts.0,
    };
    let mut comparison = Comparison {
        written: old,
        old: before,
        new,
        layouts: (&layout, &layouts.1),
        renames: &renames,
        changes: Vec::new(),
        told: HashMap::new(),
        operation: None,
        texts: HashSet::new(),
        repeated: BTreeMap::new(),
    };
    comparison.features();
    comparison.services();
    comparison.renamed();
    comparison.operations();
    comparison.items();
    comparison.repeated();
    comparison.readme();
    comparison.changes
}

/// What is told, and what was.
struct Comparison<'s> {
    /// The old surface as it was.
    written: &'s Surface,
    /// The old surface under the names of the new one.
    old: &'s Surface,
    new: &'s Surface,
    layouts: (&'s Layout, &'s Layout),
    renames: &'s Renames,
    changes: Vec<RustChange>,
    /// The gravest that was told of something, by the scope that it belongs to and its name.
    told: HashMap<(String, String), Effect>,
    /// The operation that is compared, as `service::operation`.
    operation: Option<String>,
    /// The documentation that was told of: the old text and the new one.
    texts: HashSet<(&'s str, &'s str)>,
    /// What repeats the title of a service and has another text, by the service.
    repeated: BTreeMap<String, Vec<(String, Gates)>>,
}

impl<'s> Comparison<'s> {
    /// Tells of a difference in something by its path, in the new names.
    fn tell(&mut self, code: RustCode, path: &str, gates: &Gates, message: String) {
        self.add(code, self.name(path), gates, message, None);
    }

    fn add(
        &mut self,
        code: RustCode,
        item: String,
        gates: &Gates,
        message: String,
        instead: Option<String>,
    ) {
        let is_on = |it: &&String| {
            let on = |surface: &Surface| surface.features.get(*it).is_none_or(|on| *on);
            !on(self.old) || !on(self.new)
        };
        let only_with = gates.iter().filter(is_on).cloned().collect();
        self.changes.push(RustChange {
            code: code.code,
            effect: code.effect,
            silent: code.silent,
            item,
            message,
            instead,
            only_with,
        });
        if let Some(operation) = self.operation.clone() {
            self.note((operation, String::new()), code.effect);
        }
    }

    /// Notes that something was told of.
    fn note(&mut self, of: (String, String), effect: Effect) {
        let told = self.told.entry(of).or_insert(effect);
        *told = effect.max(*told);
    }

    /// Whether as much was told of something in a scope.
    fn is_told(&self, scope: &str, name: &str, effect: Effect) -> bool {
        let told = self.told.get(&(scope.to_owned(), name.to_owned()));
        told.is_some_and(|told| *told >= effect)
    }

    /// The path of something as the old crate has it, or the new one where the old has none.
    fn name(&self, path: &str) -> String {
        match self.renames.old_of(path) {
            Some(old) => shown::path(&old, self.written),
            None if self.written.exported.contains_key(path) => shown::path(path, self.written),
            None => shown::path(path, self.new),
        }
    }

    fn features(&mut self) {
        let (old, new) = (&self.old.features, &self.new.features);
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for name in names {
            // A service is told of as a whole.
            let is_service = |it: &Surface| it.services.contains_key(name);
            let (code, what) = match (old.get(name), new.get(name)) {
                (None, _) if is_service(self.new) => continue,
                (_, None) if is_service(self.old) => continue,
                (Some(_), None) => (codes::FEATURE_REMOVED, "is gone"),
                (None, Some(_)) => (codes::FEATURE_ADDED, "is new"),
                (Some(true), Some(false)) => {
                    (codes::FEATURE_LEFT_DEFAULT, "is no longer on by default")
                }
                (Some(false), Some(true)) => {
                    (codes::FEATURE_JOINED_DEFAULT, "is on by default now")
                }
                _ => continue,
            };
            let message = format!("the feature `{name}` {what}");
            self.add(code, name.clone(), &Gates::default(), message, None);
        }
    }

    fn services(&mut self) {
        let (old, new) = (&self.old.services, &self.new.services);
        for name in old.keys().filter(|it| !new.contains_key(*it)) {
            let message = format!("the service `{name}` is gone, and all that is in it");
            let gates = Gates::default();
            self.add(codes::SERVICE_REMOVED, name.clone(), &gates, message, None);
        }
        for name in new.keys().filter(|it| !old.contains_key(*it)) {
            let message = format!("the service `{name}` is new");
            let gates = Gates::default();
            self.add(codes::SERVICE_ADDED, name.clone(), &gates, message, None);
        }
    }

    /// Types that go by another name.
    fn renamed(&mut self) {
        for (old, new) in self.renames.types() {
            let Some(item) = self.new.items.get(new) else {
                continue;
            };
            let old_name = shown::path(old, self.written);
            let new_name = shown::path(new, self.new);
            let word = item.body.word();
            let with = self.renames.derived_of(old).map(|(old, new)| {
                let (old, new) = shown::both(old, new);
                format!("`{old}` as `{new}`")
            });
            let with: Vec<_> = with.collect();
            let mut message = format!("`{word} {old_name}` goes by `{word} {new_name}`");
            if !with.is_empty() {
                message.push_str(&format!(", and with it {}", shown::cut(&with.join(", "))));
            }
            let instead = Some(shown::in_service(&new_name, self.new));
            let gates = item.about.gates.clone();
            self.add(codes::ITEM_RENAMED, old_name, &gates, message, instead);
        }
    }

    /// What belongs to no operation.
    fn items(&mut self) {
        self.operation = None;
        let hidden = layout::of_operations_alone(self.old, self.new, self.layouts);
        let (old, new) = (self.old, self.new);
        let paths: BTreeSet<&String> = old.items.keys().chain(new.items.keys()).collect();
        for path in paths {
            let sides = (old.items.get(path), new.items.get(path));
            let home = match sides {
                (Some(item), _) => self.layouts.0.home(path, item),
                (None, Some(item)) => self.layouts.1.home(path, item),
                (None, None) => continue,
            };
            match home {
                Home::Operation(_) => continue,
                Home::Service(service) if !self.is_kept(&service) => continue,
                Home::Service(_) | Home::Crate => {}
            }
            if !hidden.contains(path.as_str()) {
                self.item(path, sides.0, sides.1, path);
            }
        }
    }

    /// Whether a service is in both.
    fn is_kept(&self, service: &str) -> bool {
        self.old.services.contains_key(service) && self.new.services.contains_key(service)
    }

    /// One item; `scope` is what its members belong to.
    fn item(&mut self, path: &str, old: Option<&'s Item>, new: Option<&'s Item>, scope: &str) {
        let (old, new) = match (old, new) {
            (Some(old), Some(new)) => (old, new),
            (Some(old), None) => {
                let message = format!("`{} {}` is gone", old.body.word(), self.name(path));
                self.tell(codes::ITEM_REMOVED, path, &old.about.gates, message);
                return;
            }
            (None, Some(new)) => {
                let name = shown::path(path, self.new);
                let message = format!("`{} {name}` is new", new.body.word());
                self.add(codes::ITEM_ADDED, name, &new.about.gates, message, None);
                return;
            }
            (None, None) => return,
        };
        let around = |surface: &'s Surface| {
            let around = surface.items.get(parent(path));
            around.map(|it| it.about.gates.clone()).unwrap_or_default()
        };
        let around = (around(self.old), around(self.new));
        self.about(
            path,
            scope,
            (&old.about, &new.about),
            (&around.0, &around.1),
        );
        match (&old.body, &new.body) {
            (Body::Module, Body::Module) => {}
            (Body::Type(was), Body::Type(is)) => {
                self.types(path, scope, (was, &old.about), (is, &new.about));
            }
            (Body::Function(was), Body::Function(is)) => {
                let differences = functions::differences(was, is);
                for it in differences {
                    let message = it.message(&self.name(path), was, is);
                    self.tell(it.code, path, &new.about.gates, message);
                }
            }
            (Body::Value(was), Body::Value(is)) if was.word == is.word => {
                self.value(path, was, is, &new.about.gates);
            }
            (Body::Alias(was), Body::Alias(is)) | (Body::Export(was), Body::Export(is)) => {
                if was != is {
                    let (was, is) = shown::both(was, is);
                    let name = self.name(path);
                    let message = format!("`{name}` stands for `{is}` in place of `{was}`");
                    self.tell(codes::TYPE_CHANGED, path, &new.about.gates, message);
                }
            }
            (was, is) => {
                let (was, is) = (was.word(), is.word());
                let name = self.name(path);
                let message = format!("`{was} {name}` is a `{is}` now");
                self.tell(codes::ITEM_KIND_CHANGED, path, &new.about.gates, message);
                return;
            }
        }
        let is_crate = !matches!(self.layouts.1.home(path, new), Home::Operation(_))
            && (path == "crate" || matches!(new.body, Body::Module));
        match is_crate {
            true => self.summary(path, (&old.about.docs, &new.about.docs), &new.about.gates),
            false => self.docs(
                path,
                scope,
                (&old.about.docs, &new.about.docs),
                &new.about.gates,
            ),
        }
    }

    /// A constant or static.
    fn value(&mut self, path: &str, old: &Value, new: &Value, gates: &Gates) {
        let name = self.name(path);
        if old.ty != new.ty {
            let (was, is) = shown::both(&old.ty, &new.ty);
            let message = format!("`{name}` turns from `{was}` to `{is}`");
            self.tell(codes::TYPE_CHANGED, path, gates, message);
        }
        let only_in = |these: &[String], those: &[String]| {
            let those: HashSet<&String> = those.iter().collect();
            let only: Vec<_> = these
                .iter()
                .filter(|it| !those.contains(it))
                .cloned()
                .collect();
            shown::cut(&only.join(" "))
        };
        let what = match (
            only_in(&old.parts, &new.parts),
            only_in(&new.parts, &old.parts),
        ) {
            (gone, added) if gone.is_empty() && added.is_empty() => {
                if old.parts == new.parts {
                    return;
                }
                "has its parts in another order".to_owned()
            }
            (gone, added) if added.is_empty() => format!("no longer has `{gone}`"),
            (gone, added) if gone.is_empty() => format!("has `{added}` besides"),
            (gone, added) => format!("has `{added}` in place of `{gone}`"),
        };
        let message = format!("the value of `{name}` {what}");
        self.tell(codes::VALUE_CHANGED, path, gates, message);
    }

    /// The README repeats what the documentation of the crate says.
    fn readme(&mut self) {
        let texts = (
            about::summary(&self.old.readme),
            about::summary(&self.new.readme),
        );
        if self.changes.is_empty() && texts.0 != texts.1 {
            let message = "the README says something else".to_owned();
            let item = "README.md".to_owned();
            let code = codes::DOCUMENTATION_CHANGED;
            self.add(code, item, &Gates::default(), message, None);
        }
    }
}
