//! Path templates and the parameters they name.

use std::collections::HashMap;

use super::Check;
use super::outline::{Outline, Reference, Site};
use super::references::tell_lost;
use super::spelling;
use crate::diagnostic::{Report, codes};
use crate::grammar::Kind;
use crate::load::tree::{Entry, Node, Span};
use crate::model::Method;
use crate::template::{self, Template};

pub(super) const CHECK: Check = Check {
    rules: &[],
    run: check,
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    let mut shapes: HashMap<String, &Entry> = HashMap::new();
    let paths = outline.root().get("paths").map_or(&[][..], Node::entries);
    if paths.is_empty()
        && let Some(entry) = outline.root().entry("paths")
    {
        report
            .error(
                codes::EMPTY_LIST,
                &entry.key_span,
                "the document has no path",
                "nothing to call",
            )
            .help("add a path with at least one operation");
    }
    for entry in paths.iter().filter(|entry| !entry.key.starts_with("x-")) {
        let Some(template) = template(entry, report) else {
            continue;
        };
        let shape = template.shape.clone();
        if let Some(other) = shapes.get(&shape) {
            let (path, other_path) = (&entry.key, &other.key);
            let message = format!("`{path}` and `{other_path}` match the same requests");
            report
                .error(codes::PATH_CLASH, &entry.key_span, message, "this one")
                .related(&other.key_span, "and this one")
                .help(
                    "put the operations of both under one path; names in braces make no difference",
                );
        } else {
            shapes.insert(shape, entry);
        }
        parameters(outline, entry, &template, report);
    }
    for site in outline.of(Kind::PathItem) {
        // One of this document is followed.
        let is_followed = |it: &Entry| {
            it.value
                .as_str()
                .is_some_and(|text| outline.follow(text).is_some())
        };
        let reference = site.node.entry("$ref").filter(|it| !is_followed(it));
        let Some(reference) = reference.map(|it| &it.value) else {
            continue;
        };
        if let Some(text) = reference.as_str() {
            let (kind, span) = (Kind::PathItem, &reference.span);
            tell_lost(outline, &Reference { kind, text, span }, report);
        }
    }
}

fn template<'a>(entry: &'a Entry, report: &mut Report<'_>) -> Option<Template<'a>> {
    let path = &entry.key;
    let problem = if !path.starts_with('/') {
        Some("it does not begin with `/`".to_owned())
    } else if let Some(found) = path.chars().find(|it| matches!(it, '?' | '#')) {
        Some(format!(
            "a path ends before `{found}`; query parameters are declared"
        ))
    } else if path.chars().any(|it| it.is_whitespace() || it.is_control()) {
        Some("it contains a blank".to_owned())
    } else {
        None
    };
    let parsed = match problem {
        Some(problem) => Err(problem),
        None => template::parse(path),
    };
    if path.contains("//") {
        let message = format!("`{path}` has an empty part between two `/`");
        report
            .warning(codes::PATH_TEMPLATE, &entry.key_span, message, "this path")
            .help("remove one `/`, unless the service wants both");
    }
    match parsed {
        Ok(template) => Some(template),
        Err(problem) => {
            let message = format!("`{path}` is not a path template: {problem}");
            report
                .error(codes::PATH_TEMPLATE, &entry.key_span, message, "this path")
                .help("write it like `/v1/{project_id}/servers/{server_id}`");
            None
        }
    }
}

/// A parameter as a list declares it, references followed.
struct Declared<'a> {
    name: &'a str,
    place: &'a str,
    /// The item of the list, to point at.
    at: &'a Span,
}

impl Declared<'_> {
    /// Header names are the same in upper and lower case.
    fn is_same(&self, other: &Declared<'_>) -> bool {
        self.place == other.place
            && match self.place {
                "header" => self.name.eq_ignore_ascii_case(other.name),
                _ => self.name == other.name,
            }
    }
}

fn declared<'a>(outline: &Outline<'a>, owner: &'a Node) -> Vec<Declared<'a>> {
    let items = owner.get("parameters").map_or(&[][..], Node::items).iter();
    items
        .filter_map(|item| {
            let node = outline.resolve(item)?;
            Some(Declared {
                name: node.get("name")?.as_str()?,
                place: node.get("in")?.as_str()?,
                at: item
                    .get("name")
                    .or(item.get("$ref"))
                    .map_or(&item.span, |it| &it.span),
            })
        })
        .collect()
}

fn parameters(
    outline: &Outline<'_>,
    path: &Entry,
    template: &Template<'_>,
    report: &mut Report<'_>,
) {
    let shared = declared(outline, &path.value);
    tell_duplicates(&shared, report);
    tell_unmatched(&shared, path, template, report);

    let entries = path.value.entries().iter();
    let operations: Vec<(&Entry, Vec<Declared<'_>>)> = entries
        .filter(|entry| Method::KEYS.contains(&&*entry.key))
        .map(|entry| (entry, declared(outline, &entry.value)))
        .collect();
    for (_, own) in &operations {
        tell_duplicates(own, report);
        tell_unmatched(own, path, template, report);
    }

    for (name, place) in &template.names {
        let has =
            |list: &[Declared<'_>]| list.iter().any(|it| it.place == "path" && it.name == *name);
        if has(&shared) {
            continue;
        }
        let mut lacking = operations.iter().filter(|(_, own)| !has(own)).peekable();
        if lacking.peek().is_none() {
            continue;
        }
        let message = format!("`{{{name}}}` of the path is not declared as a parameter");
        let span = within(outline, path, place.clone());
        let finding = report.error(codes::PATH_PARAMETER, &span, message, "not declared");
        for (operation, _) in lacking {
            finding.related(
                &operation.key_span,
                "this operation has no such path parameter",
            );
        }
        finding.help(format!(
            "add `{{name: {name}, in: path, required: true, schema: {{type: string}}}}` to `parameters`"
        ));
    }
}

fn tell_duplicates(list: &[Declared<'_>], report: &mut Report<'_>) {
    for (index, second) in list.iter().enumerate() {
        let earlier = list.iter().take(index);
        if let Some(first) = earlier.into_iter().find(|first| first.is_same(second)) {
            let message = format!(
                "the {} parameter `{}` is declared twice",
                second.place, second.name
            );
            report
                .error(codes::DUPLICATE_PARAMETER, second.at, message, "this one")
                .related(first.at, "the first one")
                .help("keep one of them");
        }
    }
}

fn tell_unmatched(
    list: &[Declared<'_>],
    path: &Entry,
    template: &Template<'_>,
    report: &mut Report<'_>,
) {
    for it in list.iter().filter(|it| it.place == "path") {
        if template.names.iter().any(|(name, _)| *name == it.name) {
            continue;
        }
        let message = format!("the path has no `{{{}}}`", it.name);
        let finding = report.error(
            codes::PATH_PARAMETER,
            it.at,
            message,
            "declared as a path parameter",
        );
        finding.related(&path.key_span, "the path");
        let names = template.names.iter().map(|(name, _)| *name);
        match spelling::nearest(it.name, names) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("add it to the path, or remove the parameter"),
        };
    }
}

/// The bytes of a part of a key, if the key is written as it is read, else of the whole key.
fn within(outline: &Outline<'_>, entry: &Entry, part: std::ops::Range<usize>) -> Span {
    let Span { start, end } = entry.key_span;
    let written = outline
        .document
        .source
        .text
        .get(start..end)
        .unwrap_or_default();
    let lead = match written.find(entry.key.as_str()) {
        Some(lead) if lead <= 1 => lead,
        _ => return start..end,
    };
    start + lead + part.start..start + lead + part.end
}

/// The operations of the document: path entry, method entry, and its site.
pub(super) fn operations<'o, 'a>(
    outline: &'o Outline<'a>,
) -> impl Iterator<Item = (&'o Site<'a>, &'a str, &'a str)> {
    outline.of(Kind::Operation).filter_map(|site| {
        let path = outline.parent(site)?.key?;
        Some((site, path, site.key?))
    })
}
