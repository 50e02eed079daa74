//! The examples that files give of bodies: written where they fit the schemas of the draft, asked about
//! where they do not.

use std::collections::HashSet;
use std::slice;

use huaweicloud_codegen::check::{Direction, misfits};
use huaweicloud_codegen::load::Document;
use huaweicloud_codegen::load::tree::Node;
use huaweicloud_pages::facts::{Example, ExampleBody, FactSource, Facts};
use serde_json::{Value, json};

use super::operation::{JSON, key_of};
use super::place::Placed;
use super::words::{ask, foreign, placeholder, whole};
use crate::harmless::{Place, harmless, is_deep};
use crate::patch::schema::{Keywords, take};
use crate::piece::{New, entry, written};
use crate::scalar;

/// How many places are told where an example does not fit.
const MOST_PLACES: usize = 3;

/// How many examples of a body are shown, and how many are asked about.
const MOST_EXAMPLES: usize = 16;

/// Puts the examples into an operation, which stands in a document as it is; says whether there is
/// anything to put.
pub(super) fn put<'f>(
    operation: &mut New,
    document: &'f Document,
    placed: &'f Placed,
    facts: &'f Facts,
) -> bool {
    let Some(drafted) = placed.find(&document.tree) else {
        return false;
    };
    let statuses = drafted.get("responses").map(Node::entries);
    let statuses = statuses.unwrap_or_default().iter();
    let statuses: Vec<&str> = statuses.map(|it| it.key.as_str()).collect();
    let success = statuses.iter().find(|it| it.starts_with('2')).copied();
    let mut bodies = vec![vec!["requestBody", "content", JSON]];
    let returned = statuses.iter();
    bodies.extend(returned.map(|it| vec!["responses", it, "content", JSON]));
    // The errors of many statuses have one example, which is asked about once.
    let mut told = Vec::new();
    // By the status of the document that each is of; those of a request have none.
    let status_of = |it: &'f Example| match &it.status {
        _ if !it.is_response => None,
        None => success,
        Some(own) => Some(own.as_str())
            .filter(|it| statuses.contains(it))
            .or(Some("default")),
    };
    let all = facts.examples.iter().filter(|it| !shows_nothing(it));
    let mut left: Vec<_> = all.map(|it| (status_of(it), it)).collect();
    let mut is_other = !left.is_empty();
    for way in bodies {
        let read = way.iter().try_fold(drafted, |node, it| node.get(it));
        let read = read.and_then(|it| Some((it, it.get("schema")?)));
        let (Some((read, schema)), Some(keywords)) = (read, find(operation, &way)) else {
            continue;
        };
        let status = way.get(1).filter(|_| way.len() > 3).copied();
        let body = Body {
            document,
            schema,
            at: described_at(facts, status).unwrap_or(&placed.at),
            direction: status.map_or(Direction::Request, |_| Direction::Response),
        };
        let given = left.extract_if(.., |it| it.0 == status);
        let given: Vec<&Example> = given.map(|it| it.1).collect();
        let made = read.get("example").map(Node::to_json);
        if !given.is_empty() || made.is_none() {
            is_other |= made.is_none();
            body.put(keywords, made.as_ref(), &given, &mut told);
        }
    }
    let none = "it has an example of a body that has no fields here; what does it show?";
    let (shown, more) = left.split_at(left.len().min(MOST_EXAMPLES));
    let shown = shown.iter();
    let mut asks: Vec<_> = shown
        .map(|(_, it)| ask(none, slice::from_ref(&it.source)))
        .collect();
    if let Some((_, first)) = more.first() {
        let question = format!("it has {} more of them; what do they show?", more.len());
        asks.push(ask(&question, slice::from_ref(&first.source)));
    }
    operation.comment(asks);
    is_other
}

/// Whether an example leaves everything open.
fn shows_nothing(example: &Example) -> bool {
    let nothing = [Value::Null, json!({}), json!([])];
    matches!(&example.body, ExampleBody::Json(value) if nothing.contains(value))
}

/// Where the body that is sent, or that of a status, is described.
fn described_at<'f>(facts: &'f Facts, status: Option<&str>) -> Option<&'f [FactSource]> {
    let Some(status) = status else {
        let first = facts.fields_of(None).first().copied();
        return facts.body.as_ref().or(first).map(|it| it.named.as_slice());
    };
    let mut responses = facts.responses.iter();
    let own = responses.find(|it| key_of(&it.status) == status)?;
    Some(&own.named)
}

/// A body that there may be examples of.
struct Body<'d> {
    document: &'d Document,
    schema: &'d Node,
    /// Where it is described.
    at: &'d [FactSource],
    direction: Direction,
}

impl Body<'_> {
    /// Puts those that fit in the place of the one that was made up, and asks about the others.
    fn put(
        &self,
        keywords: &mut Keywords,
        made: Option<&Value>,
        given: &[&Example],
        told: &mut Vec<String>,
    ) {
        let place = Place::of(&self.document.tree, self.schema, made);
        let read = |it: &&Example| match &it.body {
            ExampleBody::Json(value) if is_deep(value) => Err("has too many levels"),
            ExampleBody::Json(value) => Ok(harmless(value, place)),
            ExampleBody::Unreadable(_) => Err("cannot be read"),
        };
        let values: Vec<Result<Value, &str>> = given.iter().map(read).collect();
        let read: Vec<&Value> = values.iter().flatten().collect();
        let mut found = misfits(self.document, self.schema, self.direction, &read).into_iter();
        let (mut known, mut fitting, mut asks) = (HashSet::new(), Vec::new(), Vec::new());
        let (mut more_fitting, mut more_asks) = (Vec::new(), Vec::new());
        for (value, example) in values.iter().zip(given) {
            let at = slice::from_ref(&example.source);
            let found = value.as_ref().ok().and_then(|_| found.next());
            let question = match (value, found.unwrap_or_default().as_slice()) {
                (Ok(value), []) => {
                    match fitting.len() {
                        _ if !known.insert(value) => {}
                        MOST_EXAMPLES => more_fitting.extend_from_slice(at),
                        _ => fitting.push((value, at)),
                    }
                    continue;
                }
                (Ok(_), found) => misfit(found),
                (Err(why), _) => format!("its example {why}; what does it show?"),
            };
            let question = ask(&question, at);
            match asks.len() {
                _ if told.contains(&question) => {}
                MOST_EXAMPLES => more_asks.extend_from_slice(at),
                _ => {
                    told.push(question.clone());
                    asks.push(question);
                }
            }
        }
        let (fit, asked) = (more_fitting.len(), more_asks.len());
        if fit > 0 {
            let question = format!("it has {fit} more examples; which are worth showing?");
            asks.push(ask(&question, &more_fitting));
        }
        if asked > 0 {
            let question = format!("{asked} more of its examples do not fit; which are right?");
            asks.push(ask(&question, &more_asks));
        }
        let new = match fitting.as_slice() {
            [] => {
                if made.is_none() {
                    asks.push(ask("which body is an example?", self.at));
                }
                // The question stands where the example would.
                let at = keywords.iter().position(|(key, _)| key == "example");
                if let Some((_, value)) = keywords.get_mut(at.unwrap_or_default()) {
                    value.comment(asks);
                }
                return;
            }
            [(only, _)] => entry("example", written(only).below(asks)),
            several => {
                let named = several.iter().zip(1..).map(|((value, at), number)| {
                    let summary = placeholder(&format!("Example {number}"), at);
                    let entries = vec![entry("summary", summary), entry("value", written(value))];
                    (format!("example{number}"), New::Map(entries))
                });
                entry("examples", New::Map(named.collect()).below(asks))
            }
        };
        take(keywords, "example");
        keywords.push(new);
    }
}

/// The question about an example that does not fit.
fn misfit(found: &[(String, String)]) -> String {
    // The items of a list do not fit for one reason.
    let mut places: Vec<String> = Vec::new();
    for (at, why) in found {
        let place = match field_at(at).as_str() {
            "" => whole(why),
            at => format!("`{}`: {}", foreign(at), whole(why)),
        };
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let more = match places.len().saturating_sub(MOST_PLACES) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    places.truncate(MOST_PLACES);
    let places = places.join("; ");
    format!("its example does not fit: {places}{more}; which is right?")
}

/// The field that a pointer into a value leads to: `a[].b` for `/a/0/b`.
fn field_at(pointer: &str) -> String {
    let mut out = String::new();
    for name in pointer.split('/').skip(1) {
        if !name.is_empty() && name.bytes().all(|it| it.is_ascii_digit()) {
            out.push_str("[]");
            continue;
        }
        if !out.is_empty() {
            out.push('.');
        }
        out.push_str(name);
    }
    out
}

/// The entries of the mapping that a way of keys leads to.
fn find<'n>(new: &'n mut New, way: &[&str]) -> Option<&'n mut Keywords> {
    match (new, way) {
        (New::Commented(_, inner), way) => find(inner, way),
        (New::Map(entries), []) => Some(entries),
        (New::Map(entries), [name, rest @ ..]) => {
            let is_it = |key: &str| key == *name || key == scalar::quoted(name);
            let (_, inner) = entries.iter_mut().find(|(key, _)| is_it(key))?;
            find(inner, rest)
        }
        _ => None,
    }
}
