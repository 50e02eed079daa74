//! Parameters and limits that only sentences outside of tables give.

use super::describe::greatest_length;
use super::page::Page;
use super::source;
use crate::block::Text;
use crate::facts::{Bounds, Fact, FieldFacts, FieldLocation, Required, SourceKind};
use crate::vocabulary::lexicon::{Word, says};
use crate::vocabulary::{Section, demands_header, half, is_header};

/// The most headers that sentences give; more are no API.
const MAX_HEADERS: usize = 20;

/// Adds headers that a sentence asks for, as "use the HTTP header X-… to …".
pub(super) fn headers(page: &Page<'_>, parameters: &mut Vec<(FieldLocation, FieldFacts)>) {
    let mut added = 0;
    for text in introductions(page) {
        for sentence in text.text.split('\n') {
            let lower = half(sentence).to_lowercase();
            if !demands_header(&lower) {
                continue;
            }
            let names = header_names(sentence);
            let must = says(sentence, &[Word::Must]);
            // One of several: none of them must be there.
            let required = if must && names.len() == 1 {
                Required::Yes
            } else {
                Required::Unknown
            };
            for name in names {
                let known = parameters.iter().any(|(place, field)| {
                    *place == FieldLocation::Header && field.path.eq_ignore_ascii_case(&name)
                });
                if known || added >= MAX_HEADERS {
                    continue;
                }
                added += 1;
                let said = source(SourceKind::Prose, text.lines);
                let field = FieldFacts {
                    path: name,
                    named: vec![said.clone()],
                    required: (required, Some(said)),
                    ..FieldFacts::default()
                };
                let at = parameters
                    .iter()
                    .position(|(place, _)| *place == FieldLocation::Body)
                    .unwrap_or(parameters.len());
                parameters.insert(at, (FieldLocation::Header, field));
            }
        }
    }
}

/// Adds the lengths that the list of constraints gives a parameter by its name: "The tag contains
/// a maximum of 80 characters".
pub(super) fn lengths(page: &Page<'_>, parameters: &mut [(FieldLocation, FieldFacts)]) {
    for text in introductions(page) {
        let line = text.text.trim().trim_end_matches('.');
        let Some(max) = greatest_length(line) else {
            continue;
        };
        let Some((name, _)) = after_article(line).and_then(|rest| rest.split_once(' ')) else {
            continue;
        };
        let verb = ["contains", "can", "must", "consists", "cannot"];
        let follows = line
            .split_whitespace()
            .nth(2)
            .is_some_and(|word| verb.contains(&word));
        let mut named = parameters
            .iter_mut()
            .filter(|(_, field)| field.path.rsplit('.').next() == Some(name));
        let (Some((_, field)), None, true) = (named.next(), named.next(), follows) else {
            continue;
        };
        if !field.lengths.is_empty() {
            continue;
        }
        let empty = introductions(page).any(|text| {
            let line = text.text.to_lowercase();
            line.starts_with(&format!("an empty {name} cannot"))
                || line.starts_with(&format!("the {name} cannot be empty"))
        });
        let bounds = Bounds {
            min: max.min.or_else(|| empty.then(|| "1".to_owned())),
            ..max
        };
        field
            .lengths
            .push(Fact::new(bounds, source(SourceKind::Prose, text.lines)));
    }
}

fn after_article(line: &str) -> Option<&str> {
    line.strip_prefix("The ")
        .or_else(|| line.strip_prefix("A "))
}

/// The texts that are about the operation and not about its parts.
pub(super) fn introductions<'b>(page: &Page<'b>) -> impl Iterator<Item = &'b Text> {
    page.texts()
        .filter(|(placed, _)| {
            matches!(
                placed.section,
                None | Some(Section::Function | Section::Constraints)
            )
        })
        .map(|(_, text)| text)
}

/// The names of headers in a sentence, each once.
fn header_names(sentence: &str) -> Vec<String> {
    let words = sentence.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let mut out: Vec<String> = Vec::new();
    for word in words {
        let known = is_header(word)
            && word.contains('-')
            && word.starts_with(|c: char| c.is_ascii_uppercase());
        if known && !out.iter().any(|old| old == word) {
            out.push(word.to_owned());
        }
    }
    out
}
