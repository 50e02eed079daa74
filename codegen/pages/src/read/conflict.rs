//! Where a page disagrees with itself.
//!
//! What a table declares leads; an example or a sentence that cannot be true beside it is recorded.

use serde_json::Value;

use super::examples::{Read, find};
use crate::block::Lines;
use crate::facts::{Contradiction, FactSource, Facts, FieldFacts, FieldLocation, Required};
use crate::value::{fits, type_word};
use crate::vocabulary::name_like;

/// The most examples that are compared with each field.
const MAX_EXAMPLES: usize = 40;

/// The contradictions of a page. Values of enums that an example spells otherwise are taken back:
/// which spelling the service takes, nobody can tell.
pub(super) fn contradictions(facts: &mut Facts, examples: &[Read]) -> Vec<Contradiction> {
    let (returned, sent): (Vec<&Read>, Vec<&Read>) = examples
        .iter()
        .take(MAX_EXAMPLES)
        .partition(|it| it.fact.is_response);
    let (mut out, mut names) = (Vec::new(), Vec::new());
    let sends = facts.parameters.iter_mut();
    let sends = sends.filter(|(place, _)| *place == FieldLocation::Body);
    let mut sends: Vec<&mut FieldFacts> = sends.map(|(_, field)| field).collect();
    compare("body parameter", &mut sends, &sent, &mut out);
    let told = (&mut names, &mut facts.left_out);
    named("body parameter", &sends, &sent, told);
    for response in &mut facts.responses {
        let succeeds = response.status.starts_with(['2', '?']);
        let own = |it: &&&Read| {
            let status = it.fact.status.as_ref();
            status.map_or(succeeds, |status| *status == response.status)
        };
        let own: Vec<&Read> = returned.iter().filter(own).copied().collect();
        let about = format!("response {}", response.status);
        let mut fields: Vec<&mut FieldFacts> = response.fields.iter_mut().collect();
        compare(&about, &mut fields, &own, &mut out);
        if succeeds {
            named(&about, &fields, &own, (&mut names, &mut facts.left_out));
        }
    }
    out.append(&mut names);
    path(facts, &mut out);
    out
}

/// One field that no example of a body has, beside one in the examples that no row is about: the two
/// names of one field, of which one is old. A response has all of its fields. What else only examples
/// have is no fact, and is told.
fn named(
    about: &str,
    fields: &[&mut FieldFacts],
    examples: &[&Read],
    (out, left_out): (&mut Vec<Contradiction>, &mut Vec<(String, Lines)>),
) {
    let returned = about.starts_with("response");
    let bodies = examples
        .iter()
        .filter_map(|it| Some((it.value.as_ref()?.as_object()?, it)));
    let shown: Vec<(&str, &Value, FactSource)> = bodies
        .flat_map(|(body, it)| {
            body.iter()
                .map(move |(key, value)| (key.trim(), value, it.at(key)))
        })
        .collect();
    let outer = || fields.iter().filter(|field| field.top() == field.path);
    let mut unseen = outer().filter(|field| !shown.iter().any(|(key, ..)| *key == field.path));
    let mut unknown = shown
        .iter()
        .filter(|(key, ..)| !outer().any(|field| field.path == *key));
    let is_open = fields.is_empty() || outer().any(|field| field.path == "*");
    for (key, _, said) in unknown.clone().filter(|_| !is_open) {
        // What is no name is data.
        let shown = if name_like(key) {
            key
        } else {
            "a key that is no name"
        };
        let words = format!("{shown}: an example has it, and no table describes it");
        if !left_out.iter().any(|(known, _)| *known == words) {
            left_out.push((words, said.lines));
        }
    }
    let (Some(field), None, Some((key, value, said))) =
        (unseen.next(), unseen.next(), unknown.next())
    else {
        return;
    };
    let only = unknown.all(|(other, ..)| other == key);
    let kind = field.type_.as_ref();
    let same = kind.is_none_or(|type_| fits(&type_.value, value) != Some(false));
    // What may be left out is most likely that, unless the names are alike.
    let mut words = field.path.split('_').filter(|word| word.len() > 3);
    let must = field.required.0 == Required::Yes
        || returned
        || words.any(|word| key.split('_').any(|other| other == word));
    let certain = only && same && must && field.path != "*" && name_like(key);
    if let (true, Some(row)) = (certain, field.named.first()) {
        let instead = format!("the example has {key} in its place");
        let first = ("the table has it", row);
        add(
            out,
            format!("{about} {}", field.path),
            first,
            (&instead, said),
        );
        let missing = format!("the table has {} in its place", field.path);
        let second = ("the example has it", said);
        add(out, format!("{about} {key}"), (&missing, row), second);
    }
}

/// Fields against examples, one by one.
fn compare(
    about: &str,
    fields: &mut [&mut FieldFacts],
    examples: &[&Read],
    out: &mut Vec<Contradiction>,
) {
    for field in fields {
        let about = format!("{about} {}", field.path);
        for (example, body) in examples
            .iter()
            .filter_map(|it| Some((it, it.value.as_ref()?)))
        {
            let shown = &example.at(&field.path);
            let mut values = Vec::new();
            find(body, &field.path, &mut values);
            odd_type(about.clone(), field, &values, shown, out);
            odd_value(&about, field, &values, shown, out);
        }
    }
}

/// The first of some values that is a word and none of those a field allows.
fn odd_value(
    about: &str,
    field: &mut FieldFacts,
    values: &[&Value],
    shown: &FactSource,
    out: &mut Vec<Contradiction>,
) {
    let Some(allowed) = &field.enum_values else {
        return;
    };
    let odd = values
        .iter()
        .filter_map(|value| value.as_str())
        .find(|value| !allowed.value.iter().any(|one| one == value));
    // A placeholder is no value.
    let Some(odd) = odd.filter(|odd| {
        !odd.is_empty()
            && !odd.contains(['{', '<', '*', ' '])
            && !odd.to_lowercase().contains("xxx")
    }) else {
        return;
    };
    if let Some(said) = allowed.sources.first() {
        add(
            out,
            format!("{about}: values"),
            (&allowed.value.join(", "), said),
            (odd, shown),
        );
    }
    if allowed
        .value
        .iter()
        .any(|one| one.eq_ignore_ascii_case(odd))
    {
        field.enum_values = None;
    }
}

/// The first of some values that is not of a field's type.
pub(crate) fn odd_type(
    about: String,
    field: &FieldFacts,
    values: &[&Value],
    shown: &FactSource,
    out: &mut Vec<Contradiction>,
) {
    let Some(type_) = &field.type_ else { return };
    let odd = values
        .iter()
        .find(|it| fits(&type_.value, it) == Some(false));
    if let (Some(value), Some(said)) = (odd, type_.sources.first()) {
        let odd = (type_word(value), shown);
        add(out, about + ": type", (&type_.value, said), odd);
    }
}

/// Adds a contradiction; of several about one thing the first is kept in the end.
pub(crate) fn add(
    out: &mut Vec<Contradiction>,
    about: String,
    first: (&str, &FactSource),
    second: (&str, &FactSource),
) {
    out.push(Contradiction {
        about,
        first: (first.0.to_owned(), first.1.clone()),
        second: (second.0.to_owned(), second.1.clone()),
    });
}

/// The placeholders of the route against the table of parameters.
fn path(facts: &Facts, out: &mut Vec<Contradiction>) {
    let Some((route, said)) = facts
        .routes
        .first()
        .and_then(|route| Some((&route.value, route.sources.first()?)))
    else {
        return;
    };
    let in_path = |(place, _): &&(FieldLocation, FieldFacts)| *place == FieldLocation::Path;
    let rows = facts.parameters.iter().filter(in_path);
    let rows = rows.filter_map(|(_, field)| Some((field.path.as_str(), field.named.first()?)));
    let rows: Vec<(&str, &FactSource)> = rows.collect();
    for (name, named) in rows.iter().filter(|(name, _)| !route.has(name)) {
        add(
            out,
            format!("path parameter {name}"),
            ("the table has it", named),
            (&format!("the path has not: {}", route.path), said),
        );
    }
    let Some((_, table)) = rows.first() else {
        return;
    };
    let is_row = |name: &&str| rows.iter().any(|(row, _)| row == name);
    for name in route.placeholders().filter(|name| !is_row(name)) {
        add(
            out,
            format!("path parameter {name}"),
            ("the table does not have it", table),
            (&format!("the path has: {}", route.path), said),
        );
    }
}
