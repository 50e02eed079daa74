//! The examples that files give of bodies: written where they fit the schemas of the draft, asked about
//! where they do not.

use std::slice;

use huaweicloud_codegen::check::{Direction, misfits, sounds_secret};
use huaweicloud_codegen::load::Document;
use huaweicloud_codegen::load::tree::Node;
use huaweicloud_pages::facts::{Example, ExampleBody, FactSource, Facts};
use serde_json::{Value, json};

use super::operation::JSON;
use super::place::Placed;
use super::words::{ask, foreign, placeholder, whole};
use crate::patch::example::{as_kind, is_harmless};
use crate::patch::schema::{Keywords, take};
use crate::piece::{New, entry, written};
use crate::scalar;

/// How many places are told where an example does not fit.
const MOST_PLACES: usize = 3;

/// Puts the examples into an operation, which stands in a document as it is.
pub(super) fn put(operation: &mut New, document: &Document, placed: &Placed, facts: &Facts) {
    let way = ["paths", &placed.path, &placed.method];
    let Some(drafted) = way.iter().try_fold(&document.tree, |node, it| node.get(it)) else {
        return;
    };
    let statuses = drafted.get("responses").map(Node::entries);
    let statuses = statuses
        .unwrap_or_default()
        .iter()
        .map(|it| it.key.as_str());
    let success = statuses.clone().find(|it| it.starts_with('2'));
    let mut bodies = vec![vec!["requestBody", "content", JSON]];
    bodies.extend(statuses.map(|it| vec!["responses", it, "content", JSON]));
    // The errors of many statuses have one example, which is asked about once.
    let mut told = Vec::new();
    let mut left: Vec<&Example> = facts.examples.iter().collect();
    for way in bodies {
        let read = way.iter().try_fold(drafted, |node, it| node.get(it));
        let read = read.and_then(|it| Some((it, it.get("schema")?)));
        let (Some((read, schema)), Some(keywords)) = (read, find(operation, &way)) else {
            continue;
        };
        let status = way.get(1).filter(|_| way.len() > 3).copied();
        let is_of_body = |it: &&Example| match (it.is_response, &it.status) {
            (false, _) => status.is_none(),
            (true, Some(own)) => status == Some(own),
            (true, None) => status == success,
        };
        let body = Body {
            document,
            media: read,
            schema,
            at: &placed.at,
            direction: status.map_or(Direction::Request, |_| Direction::Response),
        };
        let given = left.extract_if(.., |it| is_of_body(it));
        let mut given: Vec<(Option<Value>, &FactSource)> = given
            .map(|it| match &it.body {
                ExampleBody::Json(value) => (Some(value.clone()), &it.source),
                ExampleBody::Unreadable(_) => (None, &it.source),
            })
            .collect();
        let made = read.get("example").map(Node::to_json);
        given.extend(of_fields(facts, status, made.as_ref()));
        body.put(keywords, &given, &mut told);
    }
    let none = "it has an example of a body that has no fields here; what does it show?";
    let is_nothing = |it: &Value| it.is_null() || *it == json!({});
    left.retain(|it| !matches!(&it.body, ExampleBody::Json(value) if is_nothing(value)));
    let more = left.iter().map(|it| ask(none, slice::from_ref(&it.source)));
    operation.comment(more.collect());
}

/// A body that there may be examples of.
struct Body<'d> {
    document: &'d Document,
    media: &'d Node,
    schema: &'d Node,
    /// Where the route is said.
    at: &'d [FactSource],
    direction: Direction,
}

impl Body<'_> {
    /// Puts those that fit in the place of the one that was made up, and asks about the others.
    fn put(
        &self,
        keywords: &mut Keywords,
        given: &[(Option<Value>, &FactSource)],
        told: &mut Vec<String>,
    ) {
        let made = self.media.get("example").map(Node::to_json);
        let values = given.iter().map(|(value, _)| match value {
            Some(value) => self.harmless(value, Some(self.schema), made.as_ref(), false),
            None => Value::Null,
        });
        let values: Vec<Value> = values.collect();
        let found = misfits(self.document, self.schema, self.direction, &values);
        let mut fitting: Vec<(Value, &FactSource)> = Vec::new();
        let mut asks = Vec::new();
        for (((own, at), value), found) in given.iter().zip(values).zip(found) {
            let question = match own {
                None => "its example cannot be read; what does it show?".to_owned(),
                Some(_) if !found.is_empty() => misfit(&found),
                Some(_) => {
                    if fitting.iter().all(|(known, _)| *known != value) {
                        fitting.push((value, at));
                    }
                    continue;
                }
            };
            let question = ask(&question, slice::from_ref(at));
            if !told.contains(&question) {
                told.push(question.clone());
                asks.push(question);
            }
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
                    let at = slice::from_ref(*at);
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

    /// A value without secrets and without sentences: what was made up stands in their place. What is in
    /// something of a secret name is one too.
    fn harmless(
        &self,
        value: &Value,
        schema: Option<&Node>,
        made: Option<&Value>,
        sounds_so: bool,
    ) -> Value {
        let schema = schema.map(|it| self.document.tree.resolved(it));
        match value {
            Value::Object(fields) => {
                let fields = fields.iter().map(|(name, value)| {
                    let schema = schema.and_then(|it| field(&self.document.tree, it, name));
                    let made = made.and_then(|it| it.get(name));
                    let sounds_so = sounds_so || sounds_secret(name);
                    (name.clone(), self.harmless(value, schema, made, sounds_so))
                });
                Value::Object(fields.collect())
            }
            Value::Array(items) => {
                let schema = schema.and_then(|it| it.get("items"));
                let made = made.and_then(|it| it.get(0));
                let items = items.iter();
                let items = items.map(|it| self.harmless(it, schema, made, sounds_so));
                items.collect()
            }
            Value::Null => Value::Null,
            value => {
                let said = |key: &str| schema.and_then(|it| it.get(key));
                let is_open = said("x-secret").and_then(Node::as_bool) == Some(false);
                let is_secret = said("format").and_then(Node::as_str) == Some("password")
                    || sounds_so && !is_open;
                if !is_secret && is_harmless(value) {
                    return value.clone();
                }
                let example = said("example").map(Node::to_json);
                let other = example.or_else(|| made.cloned());
                other.unwrap_or_else(|| Value::from("example"))
            }
        }
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

/// The examples of objects and of lists of them in a body, each in its place in the one that was made up.
fn of_fields<'f>(
    facts: &'f Facts,
    status: Option<&str>,
    made: Option<&Value>,
) -> Vec<(Option<Value>, &'f FactSource)> {
    let fields = facts.fields_of(status).into_iter();
    let own = fields.filter_map(|field| {
        let said = field.keyword("example")?;
        let value = as_kind(&said.value, "object");
        let is_of_objects = |it: &Value| it.get(0).is_some_and(Value::is_object);
        let at = said
            .sources
            .first()
            .filter(|_| value.is_object() || is_of_objects(&value))?;
        let place = format!("/{}", field.path.replace("[]", ".0").replace('.', "/"));
        let whole = made.cloned().and_then(|mut whole| {
            *whole.pointer_mut(&place)? = value;
            Some(whole)
        });
        Some((whole, at))
    });
    own.collect()
}

/// The schema of a field of an object, or of the values of a map.
fn field<'n>(root: &'n Node, schema: &'n Node, name: &str) -> Option<&'n Node> {
    let own = schema.get("properties").and_then(|it| it.get(name));
    let parts = schema.get("allOf").map(Node::items).unwrap_or_default();
    let mut parts = parts.iter().map(|it| root.resolved(it));
    own.or_else(|| parts.find_map(|it| it.get("properties")?.get(name)))
        .or_else(|| schema.get("additionalProperties"))
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
