//! Every `$ref` leads to an object of the right kind, and none in a circle.

use std::collections::HashMap;

use super::Check;
use super::outline::{Outline, Reference};
use super::spelling;
use crate::diagnostic::{Class, Diagnostic, Report, Rule, Severity, codes};
use crate::grammar::Kind;
use crate::load::references::component_parts;
use crate::load::tree::{Entry, Node, Span};
use crate::load::{Lost, Why};

/// How many schemas one may come to once every part of its `allOf` and the like is written out.
/// A real one has a few; doubling at each step reaches a million after twenty.
const MOST_PARTS: usize = 10_000;

pub(super) const CHECK: Check = Check {
    rules: &[REF_EXTERNAL, REF_UNRESOLVED, REF_KIND],
    run: check,
};

const REF_EXTERNAL: Rule = Rule {
    code: "spec::ref-external",
    severity: Severity::Error,
    class: Class::Invalid,
    explanation: "`$ref` leads to where nothing is read: to an address, to a place of one machine, or to a file that was not given with the document. Files are read in the folder of the document and below it, up to 1,000 of them and 64 MiB.",
    remedy: "Put the file beside the document and refer to it from there, or copy what it leads to into `components`.",
    fires: &["components: {schemas: {A: {$ref: 'https://a.example/b.yaml#/B'}}}"],
    silent: &["components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {type: string}}}"],
};

const REF_UNRESOLVED: Rule = Rule {
    code: "spec::ref-unresolved",
    severity: Severity::Error,
    class: Class::Invalid,
    explanation: "`$ref` leads nowhere.",
    remedy: "Correct the reference, or add the component that it names.",
    fires: &["components: {schemas: {A: {$ref: '#/components/schemas/B'}}}"],
    silent: &["components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {type: string}}}"],
};

const REF_KIND: Rule = Rule {
    code: "spec::ref-kind",
    severity: Severity::Error,
    class: Class::Invalid,
    explanation: "`$ref` leads to another kind of object than its place needs.",
    remedy: "Refer to a component of the kind that belongs here.",
    fires: &[
        "components: {schemas: {A: {$ref: '#/components/responses/B'}}, responses: {B: {description: ok}}}",
    ],
    silent: &["components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {type: string}}}"],
};

/// Reports what is wrong, and leaves word if following the references might never end.
fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    for reference in &outline.references {
        target(outline, reference, report);
    }
    for site in outline.of(Kind::Discriminator) {
        let mapping = site.node.get("mapping").map_or(&[][..], Node::entries);
        for Entry { value, .. } in mapping {
            let is_lost = outline.document.outside.lost.contains_key(&value.span);
            if let Some(text) = value.as_str().filter(|_| is_lost) {
                let (kind, span) = (Kind::Schema, &value.span);
                tell_lost(outline, &Reference { kind, text, span }, report);
            }
        }
    }
    outline.is_endless.set(!cycles(outline, report));
}

fn target(outline: &Outline<'_>, reference: &Reference<'_>, report: &mut Report<'_>) {
    let Reference { kind, text, span } = *reference;
    let section = kind.section().unwrap_or("schemas");
    if !text.starts_with('#') {
        tell_lost(outline, reference, report);
        return;
    }
    let parts = component_parts(text);
    let found = outline.component(text);
    match (parts, found) {
        (Some((actual, _)), Some(entry)) if actual != section => {
            tell_kind(kind, text, actual, span, report)
                .related(&entry.key_span, "what it leads to");
        }
        (Some(_), Some(_)) => {}
        // It is followed wherever it leads.
        _ if outline.follow(text).is_some() => {}
        _ => {
            let message = format!("the reference `{text}` leads nowhere");
            let finding = report.find(&REF_UNRESOLVED, span, message, "not found");
            let wanted = text.rsplit('/').next().unwrap_or_default();
            let names = outline
                .root()
                .get("components")
                .and_then(|all| all.get(section))
                .map_or(&[][..], Node::entries);
            match spelling::nearest(wanted, names.iter().map(|entry| entry.key.as_str())) {
                Some(near) => {
                    finding.help(format!("did you mean `#/components/{section}/{near}`?"))
                }
                None => finding.help(format!(
                    "add it to `components.{section}`, or correct the name"
                )),
            };
        }
    }
}

/// Tells why a reference could not be followed.
pub(super) fn tell_lost(outline: &Outline<'_>, reference: &Reference<'_>, report: &mut Report<'_>) {
    let Reference { kind, text, span } = *reference;
    let lost = outline.document.outside.lost.get(span);
    let (why, words) = match lost {
        Some(Lost { why, words }) => (*why, words.as_str()),
        None if text.starts_with('#') => (Why::Nowhere, "the document has no such place"),
        None => (Why::Outside, "another file, which is not read"),
    };
    let section = kind.section();
    let section = section.map_or("paths".to_owned(), |it| format!("components.{it}"));
    match why {
        Why::Outside => {
            let message = format!("the reference `{text}` leads to {words}");
            report
                .find(&REF_EXTERNAL, span, message, "not followed")
                .help(format!(
                    "put the file beside the document and refer to it by its path, or copy the object to `{section}`",
                ));
        }
        Why::Nowhere => {
            let message = format!("the reference `{text}` leads nowhere: {words}");
            report
                .find(&REF_UNRESOLVED, span, message, "not found")
                .help("correct the reference, or add what it leads to");
        }
        Why::Kind => _ = tell_kind(kind, text, words, span, report),
    }
}

fn tell_kind<'r>(
    kind: Kind,
    text: &str,
    actual: &str,
    span: &Span,
    report: &'r mut Report<'_>,
) -> &'r mut Diagnostic {
    let title = kind.title();
    let section = kind.section().unwrap_or("paths");
    let message = format!("{title} is needed here, but `{text}` is in `{actual}`");
    report
        .find(&REF_KIND, span, message, format!("not {title}"))
        .help(format!("refer to `#/components/{section}/…`"))
}

/// Which components lead to which without anything in between, by index.
struct Graph<'a> {
    entries: Vec<&'a Entry>,
    edges: Vec<Vec<usize>>,
}

impl<'a> Graph<'a> {
    fn new(outline: &Outline<'a>) -> Self {
        let sections = outline
            .root()
            .get("components")
            .map_or(&[][..], Node::entries);
        let mut entries = Vec::new();
        let mut index = HashMap::new();
        for section in sections {
            for entry in section.value.entries() {
                index.insert((section.key.as_str(), entry.key.as_str()), entries.len());
                entries.push(entry);
            }
        }
        let edges = entries
            .iter()
            .map(|entry| {
                let mut references = Vec::new();
                direct_references(&entry.value, &mut references);
                let targets = references.iter().filter_map(|text| component_parts(text));
                targets.filter_map(|key| index.get(&key).copied()).collect()
            })
            .collect();
        Self { entries, edges }
    }
}

/// The references an object consists of: its own, and those of the parts of its `allOf` and the
/// like. What stands behind a property or an item may lead back: such a type is recursive.
fn direct_references<'a>(node: &'a Node, found: &mut Vec<&'a str>) {
    if let Some(text) = node.get("$ref").and_then(Node::as_str) {
        found.push(text);
        return;
    }
    for field in ["allOf", "oneOf", "anyOf"] {
        for part in node.get(field).map_or(&[][..], Node::items) {
            direct_references(part, found);
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Visit {
    Never,
    Open,
    Done,
}

/// Walks the graph depth first, on a stack of its own: a chain may be as long as the document.
fn cycles(outline: &Outline<'_>, report: &mut Report<'_>) -> bool {
    let graph = Graph::new(outline);
    let mut visits = vec![Visit::Never; graph.entries.len()];
    let mut parts = vec![1_usize; graph.entries.len()];
    let mut finite = true;
    for start in 0..graph.entries.len() {
        if visits[start] != Visit::Never {
            continue;
        }
        visits[start] = Visit::Open;
        let mut stack = vec![(start, 0)];
        while let Some((at, edge)) = stack.last_mut() {
            let Some(next) = graph.edges[*at].get(*edge).copied() else {
                let at = *at;
                visits[at] = Visit::Done;
                let targets = graph.edges[at].iter().map(|target| parts[*target]);
                parts[at] = targets.fold(1, usize::saturating_add);
                if parts[at] > MOST_PARTS {
                    finite = false;
                    // Whatever leads here is too large as well; one word is enough.
                    parts[at] = 1;
                    tell_size(graph.entries[at], report);
                }
                stack.pop();
                continue;
            };
            *edge += 1;
            match visits[next] {
                Visit::Done => {}
                Visit::Never => {
                    visits[next] = Visit::Open;
                    stack.push((next, 0));
                }
                Visit::Open => {
                    finite = false;
                    let from = stack.iter().position(|(at, _)| *at == next).unwrap_or(0);
                    let ring: Vec<&Entry> = stack[from..]
                        .iter()
                        .map(|(at, _)| graph.entries[*at])
                        .collect();
                    tell_cycle(&ring, report);
                }
            }
        }
    }
    finite
}

fn tell_size(entry: &Entry, report: &mut Report<'_>) {
    let message = format!(
        "`{}` comes to more than {MOST_PARTS} schemas when its parts are written out",
        entry.key
    );
    report
        .error(
            codes::UNSUPPORTED,
            &entry.key_span,
            message,
            "too many parts",
        )
        .help("refer to each part once");
}

fn tell_cycle(ring: &[&Entry], report: &mut Report<'_>) {
    let Some((first, others)) = ring.split_first() else {
        return;
    };
    let names: Vec<&str> = ring
        .iter()
        .take(8)
        .map(|entry| entry.key.as_str())
        .collect();
    let message = format!("the references of `{}` lead back to it", first.key);
    let label = format!("{} → {}", names.join(" → "), first.key);
    let finding = report.error(codes::REF_CYCLE, &first.key_span, message, label);
    for entry in others.iter().take(7) {
        finding.related(&entry.key_span, "also part of the circle");
    }
    finding.help(
        "put the content into one of them; a type may hold itself only in a property or a list",
    );
}
