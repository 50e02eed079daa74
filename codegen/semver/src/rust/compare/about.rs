//! Deprecation, features and documentation.

use std::collections::BTreeMap;

use crate::change::Effect;
use crate::rust::codes;
use crate::rust::model::{About, Gates};

use super::Comparison;

impl<'s> Comparison<'s> {
    /// What anything has, beyond what is around it.
    pub(super) fn about(
        &mut self,
        path: &str,
        scope: &str,
        (old, new): (&About, &About),
        around: (&Gates, &Gates),
    ) {
        let name = self.name(path);
        let own = |of: &About, around: &Gates| {
            let own = of.gates.iter().filter(|it| !around.has(it));
            own.cloned().collect::<Vec<String>>()
        };
        let (was, is) = (own(old, around.0), own(new, around.1));
        let only = |these: &[String], those: &[String]| {
            let only = these.iter().filter(|it| !those.contains(it));
            only.map(|it| format!("`{it}`"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let (gone, added) = (only(&was, &is), only(&is, &was));
        if !added.is_empty() {
            let message = format!("`{name}` is there with {added} only");
            self.tell(codes::FEATURE_NEEDED, path, &Gates::default(), message);
        }
        if !gone.is_empty() {
            let message = format!("`{name}` is there without {gone}");
            self.tell(codes::FEATURE_NOT_NEEDED, path, &Gates::default(), message);
        }
        let (code, what) = match (old.deprecated, new.deprecated) {
            (false, true) => (codes::DEPRECATED, "is deprecated"),
            (true, false) => (codes::NOT_DEPRECATED, "is no longer deprecated"),
            _ => return,
        };
        self.tell(code, path, &new.gates, format!("`{name}` {what}"));
        let last = crate::rust::names::last(path).to_owned();
        self.note((scope.to_owned(), last), code.effect);
    }

    /// The documentation of something. Where it is told of already, what the document derives from
    /// that is no news.
    pub(super) fn docs(
        &mut self,
        path: &str,
        scope: &str,
        (old, new): (&'s str, &'s str),
        gates: &Gates,
    ) {
        if old == new || sorted(&self.renames.in_words(old)) == sorted(new) {
            return;
        }
        if let Some(service) = self.layouts.1.repeats(path, self.new) {
            let repeated = self.repeated.entry(service).or_default();
            repeated.push((path.to_owned(), gates.clone()));
            return;
        }
        let last = crate::rust::names::last(path);
        let is_told = |effect| self.is_told(scope, last, effect);
        // Who has to look at it anyway reads its words anew.
        let is_news = !is_told(Effect::Breaking)
            && (!is_told(Effect::Documentation)
                || self.renames.in_words(&words(old)) != words(new));
        if !is_news || [old, new].iter().all(|it| it.starts_with(NUMBERED)) {
            return;
        }
        if self.texts.insert((old, new)) {
            self.reworded(path, gates);
        }
        self.note((scope.to_owned(), last.to_owned()), Effect::Documentation);
    }

    /// The documentation of a module, which sums up what is in it and shows examples: what it says
    /// besides.
    pub(super) fn summary(&mut self, path: &str, (old, new): (&'s str, &'s str), gates: &Gates) {
        if self.renames.in_words(&summary(old)) == summary(new) {
            return;
        }
        if let Some(service) = self.layouts.1.repeats(path, self.new) {
            let repeated = self.repeated.entry(service).or_default();
            repeated.push((path.to_owned(), gates.clone()));
        } else if self.texts.insert((old, new)) {
            self.reworded(path, gates);
            self.note((path.to_owned(), String::new()), Effect::Documentation);
        }
    }

    /// What repeats the title of a service, where its module does not say as much.
    pub(super) fn repeated(&mut self) {
        for (service, repeated) in std::mem::take(&mut self.repeated) {
            let module = format!("crate::{service}");
            if self.is_told(&module, "", Effect::Documentation) {
                continue;
            }
            if let Some((path, gates)) = repeated.first() {
                self.reworded(path, gates);
            }
        }
    }

    pub(super) fn reworded(&mut self, path: &str, gates: &Gates) {
        let message = format!("`{}` is documented in other words", self.name(path));
        self.tell(codes::DOCUMENTATION_CHANGED, path, gates, message);
    }
}

/// The lines of a text in an order that no document gives them: lists are in the document's.
pub(super) fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<_> = text.lines().collect();
    lines.sort_unstable();
    lines
}

/// What is said of a shape of which the document says nothing: its place among the others.
const NUMBERED: &str = "The shape number ";

/// A text without the paragraphs that the generator derives from the rules of a document.
fn words(text: &str) -> String {
    let is_derived = |it: &&str| {
        ["Must be: ", "Required", "[`", "The header `", "`"]
            .iter()
            .any(|start| it.starts_with(start))
    };
    let paragraphs = text.split("\n\n").filter(|it| !is_derived(it));
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// A text without its tables and code.
pub(super) fn summary(text: &str) -> String {
    let mut is_code = false;
    let lines = text.lines().filter(|line| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence && !line.starts_with('|')
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The documentation of an operation in parts: what stands under each heading. What stands before
/// all of them has none, and the line of its request that of `request`.
pub(super) fn parts(text: &str) -> BTreeMap<&str, String> {
    let mut parts = BTreeMap::<&str, String>::new();
    let (mut heading, mut is_code) = ("", false);
    for line in text.lines() {
        is_code ^= line.starts_with("```");
        match line.strip_prefix("# ") {
            Some(it) if !is_code => heading = it,
            _ => {
                let is_request = heading.is_empty() && is_request(line);
                let part = parts.entry(if is_request { "request" } else { heading });
                let part = part.or_default();
                part.push_str(line);
                part.push('\n');
            }
        }
    }
    parts
}

/// Whether a line is method and path, in whichever form.
fn is_request(line: &str) -> bool {
    let inside = line.trim_end_matches('.').replace('`', "");
    let is_method = |it: &str| !it.is_empty() && it.chars().all(|it| it.is_ascii_uppercase());
    let request = inside.split_once(" /");
    request.is_some_and(|(method, path)| is_method(method) && !path.contains(' '))
}
