//! Path items, of which there are no components.

use super::super::tree::{Node, Value};
use super::super::walk::get_mut;
use super::{Bundle, Lost, Why};
use crate::diagnostic::{Report, codes};
use crate::grammar::Kind;

impl Bundle<'_> {
    /// A path item becomes what it refers to.
    pub(super) fn path_item(&mut self, item: &mut Node) {
        let mut seen = Vec::new();
        while let Some(reference) = get_mut(item, "$ref") {
            let Some(text) = reference.as_str().map(str::to_owned) else {
                return;
            };
            if self.is_own(&text, &reference.span) {
                return;
            }
            let target = match self.resolve(&text, &reference.span, Kind::PathItem) {
                Ok(target) if target.file == 0 => {
                    reference.value = Value::String(format!("#{}", target.pointer));
                    return;
                }
                Ok(target) if seen.contains(&target) => {
                    let lost = Lost::new(Why::Nowhere, "it leads back to itself");
                    return self.settle(reference, &text, Err(lost));
                }
                target => target,
            };
            let copy = target.and_then(|target| {
                let copy = self.copy(&target, Kind::PathItem);
                seen.push(target);
                copy
            });
            match copy {
                Ok(copy) => self.put(item, copy),
                Err(lost) => return self.settle(reference, &text, Err(lost)),
            }
        }
    }

    /// Puts what a path item refers to in its place; what stands beside the reference stays.
    fn put(&mut self, item: &mut Node, copy: Node) {
        let (Value::Mapping(own), Value::Mapping(copied)) = (&mut item.value, &copy.value) else {
            *item = copy;
            return;
        };
        own.retain(|it| it.key != "$ref");
        if own.is_empty() {
            *item = copy;
            return;
        }
        let mut report = Report::new(&self.files.source);
        for entry in copied {
            match own.iter().find(|it| it.key == entry.key) {
                None => own.push(entry.clone()),
                Some(taken) => {
                    let key = &entry.key;
                    let message = format!("`{key}` stands beside `$ref` too, and that is taken");
                    report
                        .warning(codes::REF_SIBLINGS, &entry.key_span, message, "not taken")
                        .related(&taken.key_span, "what is taken")
                        .help("keep one of them");
                }
            }
        }
        self.found.extend(report.finish());
    }
}
