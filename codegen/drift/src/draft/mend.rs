//! What the generator refuses of a draft: taken out, and asked about where it stood.

use std::collections::HashMap;
use std::slice;

use huaweicloud_codegen::check::check;
use huaweicloud_codegen::load::load;
use huaweicloud_codegen::load::tree::{Entry, Node, Value};
use huaweicloud_codegen::{Policy, Source, profile};

use super::operation::EXTENSIONS;
use super::words::{foreign, whole};
use crate::document::keywords::{Of, said_of};
use crate::harmless::is_harmless;
use crate::patch::splice::{Editor, Splice, apply};
use crate::piece::comment_lines;

/// What holds schemas, or says that what they hold must be there.
const HOLDERS: &[&str] = &["additionalProperties", "items", "properties", "required"];

/// Where keys are names, whatever they sound like.
const NAMES: &[&str] = &["headers", "paths", "properties", "responses", "schemas"];

/// What is taken out may be what kept another from being looked at.
const MOST_ROUNDS: usize = 8;

/// A draft without what the generator refuses of it and did not refuse before.
pub(super) fn mend(before: Option<&Source>, mut source: Source) -> Source {
    let known = before.map(complaints).unwrap_or_default().1;
    let known: Vec<String> = known.into_iter().map(|(_, message)| message).collect();
    for _ in 0..MOST_ROUNDS {
        let (root, mut found) = complaints(&source);
        // A line that was there has its place before the draft was made.
        found.retain(|(_, message)| !known.contains(message));
        let splices = root.map(|root| splices(&source.text, &root, &found));
        let text = splices
            .filter(|it| !it.is_empty())
            .and_then(|it| apply(&source.text, it));
        match text {
            Some(text) => source = source.with_text(text),
            None => break,
        }
    }
    source
}

/// A document, and what the generator refuses of it, by the byte.
fn complaints(source: &Source) -> (Option<Node>, Vec<(usize, String)>) {
    let loaded = load(slice::from_ref(source));
    let mut found = loaded.diagnostics;
    found.extend(check(&loaded.documents, profile::of_the_workspace()));
    let found = Policy::strict().judge(found);
    let found = found.iter().filter(|it| it.path == source.path);
    let found = found.map(|it| (it.span.start, it.message.clone()));
    let found = found.collect();
    let root = loaded.documents.into_iter().next().map(|it| it.tree);
    (root, found)
}

/// The edits that put a question in the place of each entry that is refused.
fn splices(text: &str, root: &Node, found: &[(usize, String)]) -> Vec<Splice> {
    let editor = Editor { text };
    let mut splices: Vec<Splice> = Vec::new();
    let mut left = HashMap::new();
    for (at, message) in found {
        let Some((around, mapping, entry)) = entry_at(root, *at) else {
            continue;
        };
        // No draft is written between brackets, where no comment has room.
        if editor.is_flow(mapping) {
            continue;
        }
        let (key, value) = (entry.key.as_str(), &entry.value);
        // A mapping stays one without the only thing in it, which the last is in the next round.
        let is_only = mapping.entries().len() == 1;
        let left = left
            .entry(mapping.span.start)
            .or_insert(mapping.entries().len());
        if *left == 1 && !is_only {
            continue;
        }
        let edit = match is_only {
            true => {
                let end = value.span.end.max(entry.key_span.end);
                Ok(Splice::new(entry.key_span.start..end, ""))
            }
            false => editor.remove(mapping, key),
        };
        let Ok(mut splice) = edit else { continue };
        if splices.iter().any(|it| it.range == splice.range) {
            continue;
        }
        *left -= 1;
        let line = text.get(splice.range.clone()).unwrap_or_default();
        let indent = line.len() - line.trim_start_matches(' ').len();
        let value = value.to_json();
        let place = around.iter().rev().find_map(|it| place(text, it));
        let place = place.unwrap_or("no line says it");
        // What a pattern says is no example of anything.
        let (what, why) = match key == "pattern" || is_harmless(&value) {
            true => (
                format!("{key}: {}", foreign(&value.to_string())),
                message.clone(),
            ),
            false => (key.to_owned(), without_values(message)),
        };
        let question = format!(
            "ask: `{what}` is left out: {}; what is meant? ({place})",
            whole(&why)
        );
        splice.with = match is_only {
            true => format!("{{}} # {question}"),
            false => {
                let lines = comment_lines(&[question], indent);
                format!("{}{}\n", " ".repeat(indent), lines.trim_end())
            }
        };
        splices.push(splice);
    }
    splices
}

/// A message without what it quotes. A value may have the sign for that in it, so that nothing between
/// the first and the last is taken for words of ours.
fn without_values(message: &str) -> String {
    let ends = message.split_once('`').zip(message.rsplit_once('`'));
    ends.map_or_else(
        || message.to_owned(),
        |((before, _), (_, after))| format!("{before}…{after}"),
    )
}

/// Whether a document can do without what a key says.
fn is_optional(key: &str) -> bool {
    let of = said_of(key).filter(|it| *it != Of::Schema && !HOLDERS.contains(&key));
    of.is_some() || key == "examples" || EXTENSIONS.iter().any(|(it, _)| *it == key)
}

/// The outermost entry around a byte that a document can do without, the mapping that it is in, and all
/// mappings around it.
fn entry_at(root: &Node, at: usize) -> Option<(Vec<&Node>, &Node, &Entry)> {
    let (mut around, mut node, mut has_names) = (Vec::new(), root, false);
    loop {
        match &node.value {
            Value::Mapping(_) => {
                around.push(node);
                let mut entries = node.entries().iter();
                let entry =
                    entries.find(|it| (it.key_span.start..it.value.span.end).contains(&at))?;
                if !has_names && is_optional(&entry.key) {
                    return Some((around, node, entry));
                }
                has_names = !has_names && NAMES.contains(&entry.key.as_str());
                node = &entry.value;
            }
            Value::Sequence(items) => {
                has_names = false;
                node = items.iter().find(|it| it.span.contains(&at))?;
            }
            _ => return None,
        }
    }
}

/// The first line of a file that is named inside of a mapping. A name or a value may begin like one.
fn place<'t>(text: &'t str, mapping: &Node) -> Option<&'t str> {
    let inside = text.get(mapping.span.clone())?;
    inside.match_indices('(').find_map(|(at, sign)| {
        let place = inside.get(at + sign.len()..)?;
        let mut words = ["definition line ", "page line "].iter();
        let number = words.find_map(|it| place.strip_prefix(it))?;
        let after = number.trim_start_matches(|it: char| it.is_ascii_digit());
        let is_line = after.len() < number.len() && after.starts_with([')', ',']);
        place.get(..place.len() - after.len()).filter(|_| is_line)
    })
}
