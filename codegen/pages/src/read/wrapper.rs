//! Fields whose table does not say what is around them: the examples show an object or a list there.
//!
//! A page may describe the inside of a body alone, or list a field and what is in it side by side.

use crate::slice::Slice;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::examples::Read;
use super::source;
use crate::block::Lines;
use crate::facts::{Fact, FieldFacts, FieldLocation, Required, ResponseFacts, SourceKind, top};

/// The most examples that are looked at.
const MAX_EXAMPLES: usize = 20;

/// The most objects of the examples that are looked at.
const MAX_PLACES: usize = 200;

/// How deep the examples are searched.
const MAX_DEPTH: usize = 4;

/// Puts the fields of a response where its examples show them.
pub(super) fn responses(responses: &mut [ResponseFacts], examples: &[Read]) {
    for response in responses
        .iter_mut()
        .filter(|response| !response.status.starts_with(['4', '5', 'e']))
    {
        let own = examples.iter().filter(|example| {
            let status = example.fact.status.as_ref();
            example.fact.is_response && status.is_none_or(|status| *status == response.status)
        });
        arrange(&mut response.fields, own, true);
    }
}

/// Puts the fields of the request's body where the examples show them.
pub(super) fn request(parameters: &mut Vec<(FieldLocation, FieldFacts)>, examples: &[Read]) {
    let in_body = |(place, _): &(FieldLocation, FieldFacts)| *place == FieldLocation::Body;
    let Some(first) = parameters.iter().position(in_body) else {
        return;
    };
    let body = parameters.extract_if(.., |parameter| in_body(parameter));
    let mut fields: Vec<FieldFacts> = body.map(|(_, field)| field).collect();
    let sent = examples.iter().filter(|example| !example.fact.is_response);
    arrange(&mut fields, sent, false);
    let fields = fields.into_iter().map(|field| (FieldLocation::Body, field));
    parameters.splice(first..first, fields);
}

/// Where examples show fields.
struct Place<'v> {
    /// What stands before the names there: nothing, `gauge.`, `gauges[].`, `[].`.
    path: String,
    keys: HashSet<&'v str>,
    lines: Lines,
}

/// Moves fields on the outside of a body to the one place where all examples show them, when that
/// holds little else or most of them. `returned` tells a response.
fn arrange<'e>(
    fields: &mut Vec<FieldFacts>,
    examples: impl Iterator<Item = &'e Read>,
    returned: bool,
) {
    let mut places: Vec<Place<'_>> = Vec::new();
    let bodies = examples.take(MAX_EXAMPLES);
    let bodies: Vec<(&Read, &Value)> = bodies
        .filter_map(|example| Some((example, example.value.as_ref()?)))
        .collect();
    // An example of an error tells nothing, however the error is called, unless there is no other.
    let is_error = |(name, inner): (&String, &Value)| {
        let mut keys = inner.as_object().into_iter().flat_map(|inner| inner.keys());
        name == "error" || inner.is_object() && keys.all(|key| key == "code" || key == "message")
    };
    let fails = |body: &Value| {
        let body = body.as_object().filter(|body| returned && body.len() == 1);
        body.is_some_and(|body| body.iter().all(is_error))
    };
    let failing = bodies.iter().all(|(_, body)| fails(body));
    for (example, body) in bodies {
        if !fails(body) || failing && body.get("error").is_none() {
            collect(body, "", 0, example.fact.source.lines, &mut places);
        }
    }
    let outermost = fields.iter().filter(|field| field.top() == field.path);
    let tops: HashSet<&str> = outermost.map(FieldFacts::top).collect();
    let outside = places.iter().find(|place| place.path.is_empty());
    let is_outside = |name: &str| outside.is_some_and(|place| place.keys.contains(name));
    // What holds fields already is described.
    let is_free = |place: &&Place<'_>| {
        let mut fields = fields.iter();
        !place.path.is_empty() && !fields.any(|field| field.path.starts_with(&place.path))
    };
    let inner: Vec<&Place<'_>> = places.iter().filter(is_free).collect();
    let moving = || tops.iter().copied().filter(|name| !is_outside(name));
    let of = |name: &str| -> Vec<usize> {
        let holds = |at: &usize| inner.is_at(*at, |place| place.keys.contains(name));
        (0..inner.len()).filter(holds).collect()
    };
    let mut homes: HashMap<&str, usize> = HashMap::new();
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for name in moving() {
        if let [only] = of(name).as_slice() {
            homes.insert(name, *only);
            *counts.entry(*only).or_default() += 1;
        }
    }
    // Nothing but an object or a list that no row is about.
    let alone = outside.is_none_or(|outside| outside.keys.len() == 1);
    let is_all = |at: usize| alone && inner.is_at(at, |place| !tops.contains(top(&place.path)));
    counts.retain(|at, known| {
        let whole = inner.is_at(*at, |place| place.keys.len() == *known);
        whole || *known * 2 > tops.len() || is_all(*at) && !returned
    });
    homes.retain(|_, at| counts.contains_key(at));
    let most = counts.iter().map(|(at, known)| (*known, Reverse(*at)));
    let Some((_, Reverse(main))) = most.max() else {
        return;
    };
    // A name that several places have is that of the one with most of the others.
    for name in moving() {
        if !homes.contains_key(name) && of(name).contains(&main) {
            homes.insert(name, main);
        }
    }
    let table_of = |field: &FieldFacts| field.named.first().and_then(|said| Some(said.cell?.0));
    // Where all shown rows of a table go that are more than one; nothing where they go apart.
    let mut together: HashMap<_, (Option<usize>, usize)> = HashMap::new();
    for field in fields.iter() {
        let name = field.top();
        let home = homes.get(name).copied();
        if home.is_some() || is_outside(name) {
            let known = together.entry(table_of(field)).or_insert((home, 0));
            known.0 = known.0.filter(|_| home == known.0);
            known.1 += 1;
        }
    }
    let together = |table: &_| {
        let known = together.get(table).filter(|(_, rows)| *rows > 1);
        known.and_then(|(place, _)| *place)
    };
    // What no example shows goes where the next row of its table goes, or all of them, or all that is
    // shown.
    let mut next: Option<(Option<usize>, usize)> = None;
    let mut moves: Vec<Option<usize>> = vec![None; fields.len()];
    for (field, to) in fields.iter().zip(&mut moves).rev() {
        let name = field.top();
        let table = table_of(field);
        *to = homes.get(name).copied().or_else(|| {
            let unseen = tops.contains(name) && !is_outside(name) && of(name).is_empty();
            let near = next
                .filter(|(last, _)| *last == table)
                .map(|(_, place)| place);
            let beside = near.or_else(|| together(&table));
            beside.or(is_all(main).then_some(main)).filter(|_| unseen)
        });
        next = to.map(|place| (table, place));
    }
    let mut new: Vec<(String, Lines)> = Vec::new();
    for (field, to) in fields.iter_mut().zip(moves) {
        if let Some(place) = to.and_then(|at| inner.get(at)) {
            field.path.insert_str(0, &place.path);
            if !new.iter().any(|(path, _)| *path == place.path) {
                new.push((place.path.clone(), place.lines));
            }
        }
    }
    for (path, lines) in new {
        surround(fields, &path, lines, returned);
    }
}

/// Gathers the objects an example shows, each with its path.
fn collect<'v>(value: &'v Value, path: &str, depth: usize, lines: Lines, out: &mut Vec<Place<'v>>) {
    if depth > MAX_DEPTH || out.len() >= MAX_PLACES {
        return;
    }
    match value {
        Value::Object(map) => {
            match out.iter_mut().find(|place| place.path == path) {
                Some(known) => known.keys.extend(map.keys().map(String::as_str)),
                None => out.push(Place {
                    path: path.to_owned(),
                    keys: map.keys().map(String::as_str).collect(),
                    lines,
                }),
            }
            for (key, value) in map {
                let end = if value.is_object() { "." } else { "" };
                collect(value, &format!("{path}{key}{end}"), depth + 1, lines, out);
            }
        }
        Value::Array(items) => {
            for item in items
                .iter()
                .filter(|item| item.is_object())
                .take(MAX_EXAMPLES)
            {
                collect(item, &format!("{path}[]."), depth, lines, out);
            }
        }
        _ => {}
    }
}

/// Sees to it that what a path leads through stands before the fields in it.
fn surround(fields: &mut Vec<FieldFacts>, path: &str, lines: Lines, returned: bool) {
    let ends = path.match_indices('.').map(|(at, _)| at);
    for part in ends.filter_map(|at| path.get(..at)) {
        let is_list = part.ends_with("[]");
        let name = part.trim_end_matches("[]");
        if name.is_empty() {
            continue;
        }
        let known = fields.iter().position(|field| field.path == name);
        let field = match known {
            Some(at) => fields.remove(at),
            None => shown(name, is_list, lines, returned),
        };
        let first = fields.iter().position(|field| field.is_inside(name));
        let first = first.unwrap_or(fields.len());
        fields.insert(first, field);
    }
}

/// A field around others that only examples show.
fn shown(name: &str, is_list: bool, lines: Lines, returned: bool) -> FieldFacts {
    let said = source(SourceKind::Example, lines);
    let type_ = if is_list {
        "Array of objects?"
    } else {
        "Object?"
    };
    let required = (Required::Yes, Some(said.clone()));
    FieldFacts {
        path: name.to_owned(),
        type_: Some(Fact::new(type_.to_owned(), said.clone())),
        named: vec![said],
        required: if returned {
            Default::default()
        } else {
            required
        },
        ..FieldFacts::default()
    }
}
