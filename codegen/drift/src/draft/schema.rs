//! Fields → schemas: every object a component, everything that is not sure a question.

mod keywords;
mod kind;

use huaweicloud_pages::block::Lines;
use huaweicloud_pages::facts::{FactSource, FieldFacts, Required};
use huaweicloud_pages::vocabulary::LIST_OF;
use serde_json::{Value, json};

use super::components::{Component, Components};
use super::tree::{Branch, Tree};
use super::words::{Asks, description, foreign, must, name_of, one_of, whole};
use crate::claim::{Aspect, SubjectClaims};
use crate::document::keywords::{Of, said_of};
use crate::harmless::names_secret;
use crate::page::field_claims;
use crate::patch::example;
use crate::patch::schema::{Keywords, get, put, reference, write};
use crate::piece::{New, entry, written};
use crate::scalar;

/// Where a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Travel {
    /// In the address.
    Address,
    /// In a header or a body, to the service.
    Sent,
    /// In a response.
    Received,
}

/// A schema with what goes along.
#[derive(Debug)]
pub(super) struct Made<'p> {
    /// What it is of; nothing where only what is in that is named.
    field: Option<&'p FieldFacts>,
    name: &'p str,
    /// Whether it is in, or beside, something that sounds like a secret.
    is_in_secret: bool,
    /// The kind of value; empty where any will do.
    kind: String,
    claims: SubjectClaims<Lines>,
    /// Its keywords.
    pub(super) keywords: Keywords,
    /// A value that fits.
    pub(super) example: Option<Value>,
    /// What people have to decide, as comments.
    pub(super) asks: Asks,
}

/// Makes the schemas of one body.
pub(super) struct Schemas<'a, 'f, 'c> {
    pub(super) tree: &'a Tree<'f>,
    pub(super) components: &'c mut Components,
    pub(super) travel: Travel,
    /// Names for a body that is an object, the best first.
    pub(super) names: &'c [String],
    /// The operation's name, for a component that another has the name of.
    pub(super) owner: &'c str,
    /// Whether what is being written is in, or beside, something that sounds like a secret.
    pub(super) is_in_secret: bool,
}

/// A value that is written: a field, or a value of the map that it is.
#[derive(Clone, Copy)]
struct Place<'p, 'f> {
    field: Option<&'p FieldFacts>,
    branch: &'p Branch<'f>,
}

impl<'a, 'f> Schemas<'a, 'f, '_> {
    /// The schema of a field, or of the body itself.
    pub(super) fn of(&mut self, index: usize) -> Made<'a> {
        let branch = self.tree.get(index);
        let field = branch.field;
        self.value(Place { field, branch }, "")
    }

    fn value<'p>(&mut self, place: Place<'p, 'f>, through: &str) -> Made<'p> {
        let unsaid = || SubjectClaims::named(Lines::of(1));
        let mut made = Made {
            field: place.field,
            name: &place.branch.name,
            is_in_secret: self.is_in_secret,
            kind: String::new(),
            claims: place.field.map_or_else(unsaid, field_claims),
            keywords: Vec::new(),
            example: None,
            asks: Asks::about(place.field.map_or(&[], |it| &it.named)),
        };
        made.kind = self.kind(&mut made, place, through);
        made.secret(self.travel);
        made.settle(self.travel);
        if !made.kind.is_empty() {
            let default = made.claims.facts.remove(&Aspect::Default);
            let written = write(&made.kind, &made.claims, self.travel == Travel::Received);
            let facts = &mut made.claims.facts;
            facts.extend(default.map(|it| (Aspect::Default, it)));
            for doubt in &written.doubts {
                let doubt = doubt.trim_end_matches("; write it by hand");
                made.asks.ask(whole(doubt));
            }
            made.keywords = written.keywords;
        }
        made.default();
        made.further();
        made.mark(self.travel);
        let around = std::mem::replace(&mut self.is_in_secret, made.is_taken_for_secret());
        self.fill(&mut made, place, through);
        self.is_in_secret = around;
        made
    }

    /// Puts into a schema what it is of, and gives an example.
    fn fill(&mut self, made: &mut Made<'_>, place: Place<'_, 'f>, through: &str) {
        let inner = innermost(&made.kind);
        let lists = made.kind.matches(LIST_OF).count();
        let through = format!("{through}{}", "[]".repeat(lists));
        let item = match inner {
            "array" => Some(json!([])),
            "object" => of_values(&mut made.keywords, |keywords| {
                self.object(keywords, place, &through, &mut made.asks)
            }),
            "" => None,
            kind => {
                let of_items = example::of_items(&made.claims);
                let claims = if lists == 0 { &made.claims } else { &of_items };
                example::plain(place.field, made.name, kind, claims, made.is_open())
            }
        };
        let given = made
            .keyword("example")
            .filter(|_| lists > 0 && inner != "object");
        let given = given.map(|it| example::as_kind(it, &made.kind));
        let given = given.filter(|it| made.is_open() && example::may_show(it, &made.claims));
        let given = given.filter(|it| it.is_array() && made.allows(it));
        let made_up = (0..lists).fold(item, |item, _| made.list(item));
        made.example = given.or(made_up);
    }

    /// An object with fields becomes a component, one without is a map of whatever it has.
    fn object(
        &mut self,
        made: &mut Keywords,
        place: Place<'_, 'f>,
        through: &str,
        asks: &mut Asks,
    ) -> Option<Value> {
        let tree = self.tree;
        let inside = place.branch.inside.iter().copied();
        let is_direct = |it: &usize| tree.get(*it).through == through;
        let fields: Vec<usize> = inside.clone().filter(is_direct).collect();
        let of_values = format!("{through}.*");
        let values = place.field.and_then(|it| it.values.as_deref());
        let mut through = inside.map(|it| &tree.get(it).through);
        let is_map = values.is_some() || through.any(|it| it.starts_with(&of_values));
        let place_of_values = Place {
            field: values,
            branch: place.branch,
        };
        let definition = place.field.and_then(|it| it.schema.as_ref());
        let definition = definition
            .map(|it| it.value.as_str())
            .filter(|_| values.is_none() || !fields.is_empty());
        let known = definition.and_then(|it| self.components.defined(it));
        if fields.is_empty() && known.is_none() {
            if !is_map {
                return Some(json!({}));
            }
            let value = self.value(place_of_values, &of_values);
            asks.list.extend(value.asks.list);
            put(made, "additionalProperties", New::Map(value.keywords));
            return Some(json!({"key": value.example?}));
        }
        let Component { name, example } = match known {
            Some(known) => known,
            None => {
                let names = self.names(place.branch, definition);
                let number = self.components.begin(definition, names);
                // What others use too is called by its own name.
                let shown = match place.branch.name.as_str() {
                    "" => "body",
                    name => name,
                };
                let at = match place.field {
                    Some(field) => &field.named,
                    None => tree.first_inside(place.branch),
                };
                let mut schema = vec![
                    entry("type", New::scalar("object")),
                    entry("description", description(definition.unwrap_or(shown), at)),
                ];
                let example = self.fields(&mut schema, &fields);
                if is_map {
                    let value = self.value(place_of_values, &of_values);
                    let value = New::Map(value.keywords).below(value.asks.list);
                    schema.push(entry("additionalProperties", value));
                }
                let own = made.iter().filter(|it| said_of(&it.0) == Some(Of::Objects));
                schema.extend(own.cloned());
                self.components.end(number, New::Map(schema), example)
            }
        };
        made.retain(|(key, _)| {
            matches!(
                key.as_str(),
                "nullable" | "deprecated" | "readOnly" | "writeOnly"
            )
        });
        if made.is_empty() {
            put(made, "$ref", reference(&name));
        } else {
            // Nothing may stand beside a reference.
            let part = New::Map(vec![entry("$ref", reference(&name))]);
            put(made, "allOf", New::List(vec![part]));
        }
        example
    }

    /// Names for an object, the best first.
    fn names(&self, branch: &Branch<'_>, definition: Option<&str>) -> Vec<String> {
        let own = match branch.name.as_str() {
            "" => self.names.to_vec(),
            name => name_of(&one_of(name)).into_iter().collect(),
        };
        let defined = definition.and_then(component_name);
        let mut names: Vec<String> = defined.into_iter().chain(own).collect();
        let first = names.first().map_or("Value", String::as_str);
        names.push(format!("{}{first}", self.owner));
        names
    }

    /// The fields of an object.
    fn fields(&mut self, schema: &mut Keywords, fields: &[usize]) -> Option<Value> {
        let mut required = Vec::new();
        let mut properties = Vec::new();
        let mut example = serde_json::Map::new();
        let mut is_whole = true;
        let around = self.is_in_secret;
        let mut all = fields.iter().map(|it| self.tree.get(*it));
        self.is_in_secret |= all.any(is_name_of_secret);
        for index in fields {
            let branch = self.tree.get(*index);
            let mut made = self.of(*index);
            let needed = branch.field.map_or(Required::Unknown, |it| it.required.0);
            let is_required =
                needed == Required::Yes || made.keyword("required") == Some(&Value::Bool(true));
            if let Some(question) = must(needed).filter(|_| self.travel != Travel::Received) {
                made.asks.ask(question);
            }
            if branch.field.is_none() {
                let name = foreign(&branch.name);
                let question = format!("only what is in `{name}` is named; is it right?");
                made.asks.at(question, self.tree.first_inside(branch));
            }
            if is_required {
                required.push(New::text(&branch.name));
            }
            is_whole &= made.example.is_some() || !is_required;
            if get(&made.keywords, "$ref").is_none() {
                let words = description(&branch.name, branch.field.map_or(&[], words_at));
                put(&mut made.keywords, "description", words);
                let plain = made.example.as_ref();
                if let Some(value) = plain.filter(|it| !it.is_array() && !it.is_object()) {
                    put(&mut made.keywords, "example", written(value));
                }
            }
            example.extend(made.example.map(|it| (branch.name.clone(), it)));
            let value = New::Map(made.keywords).below(made.asks.list);
            properties.push((scalar::as_text(&branch.name), value));
        }
        self.is_in_secret = around;
        if !required.is_empty() {
            schema.push(entry("required", New::List(required)));
        }
        schema.push(entry("properties", New::Map(properties)));
        is_whole.then_some(Value::Object(example))
    }
}

impl Made<'_> {
    /// What a definition says by a keyword.
    fn keyword(&self, key: &str) -> Option<&Value> {
        self.field?.keyword(key).map(|it| &it.value)
    }

    /// Whether a value is of its kind and within its bounds.
    fn allows(&self, value: &Value) -> bool {
        example::fits(value, &self.kind, &self.claims)
    }

    /// Whether another's example is one here; nobody knows what keeps to a pattern.
    pub(super) fn takes(&self, value: &Value) -> bool {
        let is_bound = |key: &&str| get(&self.keywords, key).is_some();
        !["pattern", "multipleOf"].iter().any(is_bound) && self.allows(value)
    }

    /// Makes it text that may be anything.
    pub(super) fn make_text(&mut self, travel: Travel) {
        self.kind = "string".to_owned();
        self.keywords = vec![entry("type", New::scalar("string"))];
        self.example = Some(json!("example"));
        self.mark(travel);
    }

    /// The example of a list of an item, as long as it must be.
    fn list(&self, item: Option<Value>) -> Option<Value> {
        let least = self.keyword("minItems").and_then(Value::as_u64);
        let least = least.map_or(1, |it| usize::try_from(it).unwrap_or(usize::MAX));
        if least == 0 && item.is_none() {
            return Some(json!([]));
        }
        let is_unique = self.keyword("uniqueItems") == Some(&Value::Bool(true));
        let can_be = least < 2 || !is_unique && least <= example::MOST_ITEMS;
        let item = item.filter(|_| can_be)?;
        Some((0..least.max(1)).map(|_| item.clone()).collect())
    }
}

/// Where the words about a field are, which are the page's if it has any.
pub(super) fn words_at(field: &FieldFacts) -> &[FactSource] {
    let said = field.description.as_ref();
    said.map_or(&field.named, |it| &it.sources)
}

/// Whether a field has the name of a secret, which may stand beside it; one that is listed is none.
fn is_name_of_secret(branch: &Branch<'_>) -> bool {
    let field = branch.field.filter(|it| it.enum_values.is_none());
    let given = field.map(|it| [it.keyword("example"), it.default.as_ref()]);
    let mut given = given.into_iter().flatten().flatten();
    given.any(|it| names_secret(&branch.name, &it.value))
}

/// The name of a component for the name that a definition has.
fn component_name(name: &str) -> Option<String> {
    let is_fine = name.starts_with(|it: char| it.is_ascii_uppercase())
        && name.chars().all(|it| it.is_ascii_alphanumeric());
    if is_fine {
        Some(name.to_owned())
    } else {
        name_of(name)
    }
}

/// What a list of lists is of.
fn innermost(kind: &str) -> &str {
    kind.rsplit(LIST_OF).next().unwrap_or(kind)
}

/// Works on the keywords of what a list is of.
fn of_values<T>(made: &mut Keywords, act: impl FnOnce(&mut Keywords) -> T) -> T {
    let inner = made.iter_mut().find_map(|(key, value)| match value {
        New::Map(inner) if key == "items" => Some(inner),
        _ => None,
    });
    match inner {
        Some(inner) => of_values(inner, act),
        None => act(made),
    }
}
