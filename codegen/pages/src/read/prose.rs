//! Parameters and limits that only sentences outside of tables give.

use super::describe::greatest_length;
use super::page::Page;
use super::source;
use crate::block::Text;
use crate::facts::{Fact, FieldFacts, FieldLocation, Required, SourceKind};
use crate::vocabulary::lexicon::Word;
use crate::vocabulary::{Meaning, Section, demands_header, half, is_header};

/// The most headers that sentences give; more are no API.
const MAX_HEADERS: usize = 20;

/// Adds headers that a sentence asks for, as "use the HTTP header X-… to …".
pub(super) fn headers(page: &Page<'_>, parameters: &mut Vec<(FieldLocation, FieldFacts)>) {
    let mut new: Vec<FieldFacts> = Vec::new();
    let lines =
        introductions(page).flat_map(|text| text.text.split('\n').map(|line| (line, text.lines)));
    for (sentence, at) in lines {
        if !demands_header(&half(sentence).to_lowercase()) {
            continue;
        }
        let said = source(SourceKind::Prose, at);
        let names = header_names(sentence);
        // One of several: none of them must be there.
        let required = match names.as_slice() {
            [_] if Word::says(sentence, &[Word::Must]) => Required::Yes,
            _ => Required::Unknown,
        };
        for path in names {
            let is = |field: &FieldFacts| field.path.eq_ignore_ascii_case(&path);
            let mut headers = parameters.iter();
            if new.len() < MAX_HEADERS
                && !new.iter().any(is)
                && !headers.any(|(place, field)| *place == FieldLocation::Header && is(field))
            {
                new.push(FieldFacts {
                    path,
                    named: vec![said.clone()],
                    required: (required, Some(said.clone())),
                    ..FieldFacts::default()
                });
            }
        }
    }
    let body = parameters
        .iter()
        .position(|(place, _)| *place == FieldLocation::Body);
    let at = body.unwrap_or(parameters.len());
    let new = new.into_iter().map(|field| (FieldLocation::Header, field));
    parameters.splice(at..at, new);
}

/// Adds the lengths that the list of constraints gives a parameter by its name: "The tag contains
/// a maximum of 80 characters", "An empty tag cannot be added".
pub(super) fn lengths(page: &Page<'_>, parameters: &mut [(FieldLocation, FieldFacts)]) {
    for text in introductions(page) {
        let Some(mut bounds) = greatest_length(&text.text) else {
            continue;
        };
        let subject = text.text.strip_prefix("The ");
        let subject = subject.and_then(|rest| rest.split(' ').next());
        let is_subject = |(_, field): &&mut (FieldLocation, FieldFacts)| {
            subject.is_some() && field.path.rsplit('.').next() == subject
        };
        let mut named = parameters.iter_mut().filter(is_subject);
        if let (Some((_, field)), None) = (named.next(), named.next())
            && field.lengths.is_empty()
        {
            let mut others = introductions(page);
            let filled = others.any(|it| {
                let mut words = it.text.split_whitespace().skip(1).take(2);
                it.text.contains("empty") && words.any(|word| word == field.path)
            });
            bounds.min = bounds.min.or_else(|| filled.then(|| "1".to_owned()));
            let said = source(SourceKind::Prose, text.lines);
            field.lengths.push(Fact::new(bounds, said));
        }
    }
}

/// The texts that are about the operation and not about its parts.
pub(super) fn introductions<'b>(page: &Page<'b>) -> impl Iterator<Item = &'b Text> {
    page.texts()
        .filter(|(placed, _)| {
            let about = |it| matches!(it, Section::Function | Section::Constraints);
            placed.section.is_none_or(about)
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
