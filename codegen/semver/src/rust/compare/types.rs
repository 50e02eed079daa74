//! A struct or an enumeration, before and after.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::change::Effect;
use crate::rust::codes::{self, RustCode};
use crate::rust::model::{About, Body, Function, Gates, Member, OPEN, TypeBody, TypeKind};
use crate::rust::shown;

use super::layout::Home;
use super::members::{Named, pairs};
use super::{Comparison, functions};

/// The codes of members: of fields, or of variants.
struct Codes {
    removed: RustCode,
    added: RustCode,
    added_to_exhaustive: RustCode,
    renamed: RustCode,
    type_changed: RustCode,
    means_another: RustCode,
}

const FIELDS: Codes = Codes {
    removed: codes::FIELD_REMOVED,
    added: codes::FIELD_ADDED,
    added_to_exhaustive: codes::FIELD_ADDED_TO_EXHAUSTIVE,
    renamed: codes::FIELD_RENAMED,
    type_changed: codes::FIELD_TYPE_CHANGED,
    means_another: codes::FIELD_MEANS_ANOTHER,
};

const VARIANTS: Codes = Codes {
    removed: codes::VARIANT_REMOVED,
    added: codes::VARIANT_ADDED,
    added_to_exhaustive: codes::VARIANT_ADDED_TO_EXHAUSTIVE,
    renamed: codes::VARIANT_RENAMED,
    type_changed: codes::VARIANT_TYPE_CHANGED,
    means_another: codes::VARIANT_MEANS_ANOTHER,
};

/// A type with what is said about it.
type Whole<'s> = (&'s TypeBody, &'s About);
type Methods = BTreeMap<String, (About, Function)>;

impl<'s> Comparison<'s> {
    pub(super) fn types(&mut self, path: &str, scope: &str, old: Whole<'s>, new: Whole<'s>) {
        let ((was, _), (is, about)) = (old, new);
        let name = self.name(path);
        if was.kind != is.kind {
            let word = |it: &TypeBody| match it.kind {
                TypeKind::Struct => "a struct",
                TypeKind::Tuple => "a struct without names for its fields",
                TypeKind::Enum => "an enumeration",
            };
            let message = format!("`{name}` is {} now and was {}", word(is), word(was));
            self.tell(codes::ITEM_KIND_CHANGED, path, &about.gates, message);
            return;
        }
        if was.generics != is.generics {
            let message = format!("`{name}{}` is `{name}{}` now", was.generics, is.generics);
            self.tell(
                codes::SIGNATURE_CHANGED,
                path,
                &about.gates,
                shown::cut(&message),
            );
        }
        let (code, what) = match (was.non_exhaustive, is.non_exhaustive) {
            (false, true) => (Some(codes::NON_EXHAUSTIVE_ADDED), "is"),
            (true, false) => (Some(codes::NON_EXHAUSTIVE_REMOVED), "is no longer"),
            _ => (None, ""),
        };
        if let Some(code) = code {
            let message = format!("`{name}` {what} `#[non_exhaustive]`");
            self.tell(code, path, &about.gates, message);
        }
        self.members(path, scope, old, new);
        self.constants(path, scope, old, new);
        self.methods(path, scope, old, new);
        self.traits(path, scope, was, is);
    }

    fn members(&mut self, path: &str, scope: &str, (old, about): Whole<'s>, new: Whole<'s>) {
        let around = (&about.gates, &new.1.gates);
        let new = new.0;
        let codes = match old.kind {
            TypeKind::Enum => VARIANTS,
            TypeKind::Struct | TypeKind::Tuple => FIELDS,
        };
        let names = |of: &'s TypeBody| {
            let all = of.members.iter().map(|it| (it.name.as_str(), it));
            all.collect::<HashMap<&str, &Member>>()
        };
        let (in_old, in_new) = (names(old), names(new));
        let gone = old
            .members
            .iter()
            .filter(|it| !in_new.contains_key(&*it.name));
        let added = new
            .members
            .iter()
            .filter(|it| !in_old.contains_key(&*it.name));
        let (gone, added): (Vec<_>, Vec<_>) = (gone.collect(), added.collect());
        let named = |all: &[&'s Member]| {
            let all = all.iter().map(|it| Named::of_member(it));
            all.collect::<Vec<_>>()
        };
        let renamed = pairs(&named(&gone), &named(&added));
        for was in &old.members {
            let name = renamed.get(&*was.name).copied().unwrap_or(&was.name);
            let here = format!("{path}::{}", was.name);
            let Some(is) = in_new.get(name) else {
                if self.is_covered(scope, &was.name, codes.removed.effect) {
                    continue;
                }
                let shown = declared(&self.name(&here), &was.ty, old.kind);
                let message = format!("`{shown}` is gone");
                self.tell(codes.removed, &here, &was.about.gates, message);
                self.note((scope.to_owned(), was.name.clone()), codes.removed.effect);
                continue;
            };
            if name != was.name {
                let effect = codes.renamed.effect;
                if !self.is_covered(scope, name, effect) {
                    let (item, there) = (self.name(&here), format!("{path}::{name}"));
                    let message = format!("`{item}` goes by `{name}`");
                    let there = shown::path(&there, self.new);
                    let instead = Some(shown::in_service(&there, self.new));
                    self.add(codes.renamed, item, &is.about.gates, message, instead);
                }
                self.note((scope.to_owned(), was.name.clone()), effect);
                self.note((scope.to_owned(), name.to_owned()), effect);
            }
            let here = format!("{path}::{name}");
            let code = match was.ty == OPEN && is.ty.starts_with('(') {
                true => codes::VARIANT_FILLED,
                false => codes.type_changed,
            };
            let effect = code.effect;
            if was.ty != is.ty && !self.is_covered(scope, name, effect) {
                let (before, after) = shown::both(&was.ty, &is.ty);
                let item = self.name(&here);
                let is_empty = |ty: &str| matches!(ty, "" | OPEN);
                let message = match (is_empty(&was.ty), is_empty(&is.ty)) {
                    (true, true) => format!("how `{item}` is matched is another"),
                    (true, _) => format!("`{item}` carries `{after}` and carried nothing"),
                    (_, true) => format!("`{item}` carries nothing and carried `{before}`"),
                    _ => format!("`{item}` turns from `{before}` to `{after}`"),
                };
                self.tell(code, &here, &is.about.gates, message);
                self.note((scope.to_owned(), name.to_owned()), effect);
            }
            // The plainest of those that are spelled alike has the name.
            let has = |of: &TypeBody, wire: &str| of.members.iter().any(|it| it.wire == wire);
            // Shapes that are told apart by trying have no words.
            let words = !was.wire.is_empty() && !is.wire.is_empty();
            if name == was.name
                && words
                && was.wire != is.wire
                && was.ty == is.ty
                && (has(old, &is.wire) || has(new, &was.wire))
            {
                let (item, gates) = (self.name(&here), &is.about.gates);
                let (was, is) = (was.wire.escape_debug(), is.wire.escape_debug());
                let message = format!("`{item}` stands for \"{is}\" in place of \"{was}\"");
                self.tell(codes.means_another, &here, gates, shown::cut(&message));
                self.note((scope.to_owned(), name.to_owned()), effect);
                continue;
            }
            self.about(&here, scope, (&was.about, &is.about), around);
            if name == was.name && !self.is_fake(path) {
                let docs = (was.about.docs.as_str(), is.about.docs.as_str());
                self.docs(&here, scope, docs, &is.about.gates);
            }
        }
        let code = match old.may_grow() {
            true => codes.added,
            false => codes.added_to_exhaustive,
        };
        for is in added
            .iter()
            .filter(|it| !renamed.values().any(|to| *to == it.name))
        {
            if self.is_covered(scope, &is.name, code.effect) {
                continue;
            }
            let here = format!("{path}::{}", is.name);
            let shown = declared(&shown::path(&here, self.new), &is.ty, new.kind);
            let message = format!("`{shown}` is new");
            self.tell(code, &here, &is.about.gates, message);
            self.note((scope.to_owned(), is.name.clone()), code.effect);
        }
        if old.traits.contains_key("PartialOrd") && new.traits.contains_key("PartialOrd") {
            self.order(path, old, new, new.kind);
        }
    }

    /// The order of variants that callers can compare.
    fn order(&mut self, path: &str, old: &TypeBody, new: &TypeBody, kind: TypeKind) {
        let common = |these: &TypeBody, those: &TypeBody| {
            let names: BTreeSet<&str> = those.members.iter().map(|it| it.name.as_str()).collect();
            let common = these.members.iter().map(|it| it.name.clone());
            common
                .filter(|it| names.contains(it.as_str()))
                .collect::<Vec<_>>()
        };
        let (was, is) = (common(old, new), common(new, old));
        if kind == TypeKind::Enum && was != is {
            let (was, is) = (shown::cut(&was.join(" < ")), shown::cut(&is.join(" < ")));
            let message = format!("in `{}`, `{was}` becomes `{is}`", self.name(path));
            self.tell(codes::VARIANTS_REORDERED, path, &Gates::default(), message);
        }
    }

    /// Whether as much was told of it where the fake of an operation repeats the operation.
    fn is_covered(&self, scope: &str, name: &str, effect: Effect) -> bool {
        self.operation.as_deref() == Some(scope) && self.is_told(scope, name, effect)
    }

    /// Whether something belongs to the fake.
    pub(super) fn is_fake(&self, path: &str) -> bool {
        path.starts_with("crate::mock::")
    }

    fn methods(&mut self, path: &str, scope: &str, (old, was): Whole<'s>, (new, is): Whole<'s>) {
        let around = (&was.gates, &is.gates);
        let only = |these: &'s Methods, those: &'s Methods| {
            let only = these.iter().filter(|(name, _)| !those.contains_key(*name));
            only.collect::<Vec<_>>()
        };
        let is_own = |it: &&(&String, &(About, Function))| self.is_compared(path, it.0);
        let (gone, added) = (
            only(&old.methods, &new.methods),
            only(&new.methods, &old.methods),
        );
        let gone: Vec<_> = gone.iter().filter(is_own).copied().collect();
        let added: Vec<_> = added.iter().filter(is_own).copied().collect();
        let named = |all: &[(&'s String, &'s (About, Function))]| {
            let all = all.iter();
            let all = all.filter_map(|(name, method)| Named::of_method(name, method));
            all.collect::<Vec<_>>()
        };
        let renamed = pairs(&named(&gone), &named(&added));
        for (name, (about, function)) in &gone {
            let (code, here) = (codes::METHOD_REMOVED, format!("{path}::{name}"));
            if let Some(to) = renamed.get(name.as_str()) {
                let code = codes::METHOD_RENAMED;
                if !self.repeats_fields(scope, name, function, code.effect, (old, new)) {
                    let item = self.name(&here);
                    let message = format!("`{item}` goes by `{to}`");
                    let there = shown::path(&format!("{path}::{to}"), self.new);
                    let instead = Some(shown::in_service(&there, self.new));
                    self.add(code, item, &about.gates, message, instead);
                }
                self.note((scope.to_owned(), (*name).clone()), code.effect);
                self.note((scope.to_owned(), (*to).to_owned()), code.effect);
            } else if !self.repeats_fields(scope, name, function, code.effect, (old, new)) {
                let (item, shown) = (self.name(&here), shown::arguments(function));
                let message = format!("`{item}{shown}` is gone");
                self.tell(code, &here, &about.gates, message);
                self.note((scope.to_owned(), (*name).clone()), code.effect);
            }
        }
        for (name, (was, function)) in &old.methods {
            let Some((is, now)) = new.methods.get(name) else {
                continue;
            };
            if !self.is_compared(path, name) {
                continue;
            }
            self.method(
                &format!("{path}::{name}"),
                scope,
                (function, now),
                (old, new),
                &is.gates,
            );
            let here = format!("{path}::{name}");
            let is_field = old.member(name).is_some() && new.member(name).is_some();
            if !(is_field && was.deprecated != is.deprecated) {
                self.about(&here, scope, (was, is), around);
            }
            // Of an operation it is told last, as its fake may say more.
            if self.operation.as_deref() != Some(scope) {
                self.docs(&here, scope, (&was.docs, &is.docs), &is.gates);
            }
        }
        for (name, (about, function)) in added {
            let code = codes::METHOD_ADDED;
            if renamed.values().any(|to| to == name)
                || self.repeats_fields(scope, name, function, code.effect, (old, new))
            {
                continue;
            }
            let here = format!("{path}::{name}");
            let (item, shown) = (shown::path(&here, self.new), shown::arguments(function));
            self.tell(code, &here, &about.gates, format!("`{item}{shown}` is new"));
            self.note((scope.to_owned(), name.clone()), code.effect);
        }
    }

    /// A method that is in both; `types` are those it belongs to.
    pub(super) fn method(
        &mut self,
        path: &str,
        scope: &str,
        (old, new): (&Function, &Function),
        types: (&TypeBody, &TypeBody),
        gates: &Gates,
    ) {
        let name = crate::rust::names::last(path);
        for it in functions::differences(old, new) {
            let is_setter = types.0.member(name).is_some() || types.1.member(name).is_some();
            let mut about = it.names.iter();
            let of_fields = match name {
                "new" => {
                    !it.names.is_empty()
                        && about.all(|it| self.is_told(scope, it, Effect::Breaking))
                }
                _ => is_setter && self.is_told(scope, name, it.code.effect),
            };
            if of_fields {
                continue;
            }
            let message = it.message(&self.name(path), old, new);
            self.tell(it.code, path, gates, message);
            self.note((scope.to_owned(), name.to_owned()), it.code.effect);
            // What an operation takes are its fields; what is told of `new` is told of `new`.
            if self.operation.as_deref() == Some(scope) {
                for argument in it.names {
                    self.note((scope.to_owned(), argument), it.code.effect);
                }
            }
        }
    }

    /// Whether a method that comes or goes says no more than what was told of the fields it sets.
    fn repeats_fields(
        &self,
        scope: &str,
        name: &str,
        function: &Function,
        effect: Effect,
        types: (&TypeBody, &TypeBody),
    ) -> bool {
        if name == "new" {
            let mut arguments = function.arguments.iter();
            return !function.arguments.is_empty()
                && arguments.all(|(name, _)| self.is_told(scope, name, effect));
        }
        let is_field = types.0.member(name).is_some() || types.1.member(name).is_some();
        is_field && self.is_told(scope, name, effect)
    }

    /// Whether a method is compared with its type, and not with an operation or a service.
    fn is_compared(&self, path: &str, name: &str) -> bool {
        let layouts = [self.layouts.0, self.layouts.1];
        let homes = layouts
            .into_iter()
            .filter_map(|it| it.home_of_method(path, name));
        for home in homes {
            match home {
                Home::Operation(_) => return false,
                Home::Service(service) if !self.is_kept(&service) => return false,
                _ => {}
            }
        }
        true
    }

    fn constants(&mut self, path: &str, scope: &str, (old, was): Whole<'s>, (new, is): Whole<'s>) {
        let names = old.constants.keys().chain(new.constants.keys());
        for name in names.collect::<BTreeSet<_>>() {
            let here = format!("{path}::{name}");
            match (old.constants.get(name), new.constants.get(name)) {
                (Some((about, _)), None) => {
                    let message = format!("`{}` is gone", self.name(&here));
                    self.tell(codes::METHOD_REMOVED, &here, &about.gates, message);
                }
                (None, Some((about, _))) => {
                    let message = format!("`{}` is new", shown::path(&here, self.new));
                    self.tell(codes::METHOD_ADDED, &here, &about.gates, message);
                }
                (Some((before, value)), Some((after, now))) => {
                    let told = self.changes.len();
                    self.value(&here, value, now, &after.gates);
                    // The setter that it is about repeats a policy in words.
                    let about = name.strip_suffix("_POLICY").map(str::to_lowercase);
                    if let Some(setter) = about.filter(|_| self.changes.len() > told) {
                        self.note((scope.to_owned(), setter), Effect::Documentation);
                    }
                    self.about(&here, scope, (before, after), (&was.gates, &is.gates));
                    self.docs(&here, scope, (&before.docs, &after.docs), &after.gates);
                }
                (None, None) => {}
            }
        }
    }

    fn traits(&mut self, path: &str, scope: &str, was: &TypeBody, is: &TypeBody) {
        let (old, new) = (&was.traits, &is.traits);
        let owner = self.name(path);
        for trait_ in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
            let name = shown::ty(trait_);
            let (code, gates, message) = match (old.get(trait_), new.get(trait_)) {
                (Some(was), None) => (
                    codes::TRAIT_REMOVED,
                    &was.gates,
                    format!("`{owner}` no longer implements `{name}`"),
                ),
                (None, Some(is)) => (
                    codes::TRAIT_ADDED,
                    &is.gates,
                    format!("`{owner}` implements `{name}`"),
                ),
                (Some(before), Some(is)) if before.types != is.types => {
                    let types = before.types.iter().zip(&is.types);
                    let mut differ = types.filter(|(before, is)| before != is);
                    let Some(((what, before), (_, now))) = differ.next() else {
                        continue;
                    };
                    let (was, now) = shown::both(before, now);
                    let message =
                        format!("`{what}` of `{name}` of `{owner}` turns from `{was}` to `{now}`");
                    (codes::TRAIT_TYPE_CHANGED, &is.gates, message)
                }
                _ => continue,
            };
            // What a variant carries can be made into its enumeration.
            let mut variants = was.members.iter().chain(&is.members);
            let covered = was.kind == TypeKind::Enum
                && trait_.starts_with("From<")
                && variants.any(|it| self.is_told(scope, &it.name, code.effect));
            let of_operation = self.is_fake(path) && self.is_told(scope, "", code.effect);
            if !covered && !of_operation {
                self.tell(code, path, gates, message);
            }
        }
    }

    /// The accessor's method of an operation, from each surface.
    pub(super) fn method_of(
        surface: &'s crate::rust::model::Surface,
        owner: &str,
        name: &str,
    ) -> Option<(&'s (About, Function), &'s TypeBody)> {
        match &surface.items.get(owner)?.body {
            Body::Type(body) => Some((body.methods.get(name)?, body)),
            _ => None,
        }
    }
}

/// A member as it is declared.
fn declared(path: &str, ty: &str, kind: TypeKind) -> String {
    match (kind, ty) {
        (_, "") => path.to_owned(),
        (TypeKind::Enum, ty) => format!("{path}{}", shown::ty(ty)),
        (_, ty) => format!("{path}: {}", shown::ty(ty)),
    }
}
