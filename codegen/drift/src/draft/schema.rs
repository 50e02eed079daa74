//! Fields → schemas: every object a component, everything that is not sure a question.

mod keywords;
mod kind;

use huaweicloud_pages::block::Lines;
use huaweicloud_pages::facts::{FactSource, FieldFacts, Required};
use serde_json::{Value, json};

use super::components::{Component, Components, reference};
use super::tree::{Branch, Tree};
use super::words::{Asks, description, foreign, one_of, pascal, whole};
use crate::claim::Aspect;
use crate::page::field_claims;
use crate::patch::example;
use crate::patch::schema::{Keywords, in_order, write};
use crate::piece::{New, entry, written};
use crate::scalar;
use keywords::{OF_OBJECTS, default, further, is_taken_for_secret, marked, settle};

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
pub(super) struct Made {
    /// Its keywords in order.
    pub(super) keywords: Keywords,
    /// A value that fits.
    pub(super) example: Option<Value>,
    /// What people have to decide, as comments.
    pub(super) asks: Asks,
}

/// Makes the schemas of one body.
pub(super) struct Schemas<'a, 'f> {
    pub(super) tree: &'a Tree<'f>,
    pub(super) components: &'a mut Components,
    pub(super) travel: Travel,
    /// Names for what has none: the operation's, for a component that another has the name of.
    pub(super) owner: &'a str,
}

/// A value that is written: a field, or a value of the map that it is.
#[derive(Clone, Copy)]
struct Place<'p, 'f> {
    field: Option<&'p FieldFacts>,
    branch: &'p Branch<'f>,
    /// Names for a component, the best first.
    names: &'p [String],
}

type Facts = example::Facts<Lines>;

impl Schemas<'_, '_> {
    /// The schema of a field, or of the body itself, with names for its object.
    pub(super) fn of(&mut self, index: usize, names: &[String]) -> Made {
        let tree = self.tree;
        let branch = tree.get(index);
        let place = Place {
            field: branch.field,
            branch,
            names,
        };
        self.value(place, "")
    }

    fn value(&mut self, place: Place<'_, '_>, through: &str) -> Made {
        let claims = place.field.map(field_claims);
        let mut facts = claims.map(|it| it.facts).unwrap_or_default();
        let at: &[FactSource] = place.field.map_or(&[], |it| &it.named);
        let mut asks = Asks::about(at);
        let kind = self.kind(place, through, &facts, &mut asks);
        self.secret(place, &kind, &mut facts, &mut asks);
        settle(&mut facts, place.field, &mut asks);
        let mut made = if kind.is_empty() {
            Vec::new()
        } else {
            let written = write(&kind, &facts, self.travel == Travel::Received);
            for doubt in &written.doubts {
                asks.ask(whole(doubt.trim_end_matches("; write it by hand")));
            }
            written.keywords
        };
        default(&mut made, place.field, &kind, &facts, &mut asks);
        further(&mut made, place.field, &kind, &facts, &mut asks);
        marked(
            &mut made,
            place.branch,
            self.travel,
            &kind,
            &facts,
            &mut asks,
        );
        let example = self.fill(&mut made, &kind, &facts, place, through, &mut asks);
        in_order(&mut made);
        Made {
            keywords: made,
            example,
            asks,
        }
    }

    /// Puts into a schema what it is of, and gives an example.
    fn fill(
        &mut self,
        made: &mut Keywords,
        kind: &str,
        facts: &Facts,
        place: Place<'_, '_>,
        through: &str,
        asks: &mut Asks,
    ) -> Option<Value> {
        if let Some(items) = kind.strip_prefix("array of ") {
            let given = keyword(place.field, "example").map(|it| example::as_kind(it, kind));
            let is_open = through.is_empty() && !is_taken_for_secret(place.field, facts);
            let given = given.filter(|it| is_open && example::is_harmless(it));
            let given = given.filter(|it| it.is_array() && example::fits(it, kind, facts));
            let mut inner = match take(made, "items") {
                Some(New::Map(inner)) => inner,
                _ => Vec::new(),
            };
            let of_items = example::of_items(facts);
            let through = format!("{through}[]");
            let example = self.fill(&mut inner, items, &of_items, place, &through, asks);
            made.push(entry("items", New::Map(inner)));
            if given.is_some() {
                return given;
            }
            let least = keyword(place.field, "minItems")
                .and_then(Value::as_u64)
                .unwrap_or(1);
            let is_unique = keyword(place.field, "uniqueItems") == Some(&Value::Bool(true));
            let most = facts
                .get(&Aspect::MaxItems)
                .and_then(|it| it.value.as_one()?.parse().ok());
            return match (least, most) {
                (_, Some(0_u64)) | (0, _) if example.is_none() => Some(json!([])),
                (_, Some(0)) => Some(json!([])),
                (2.., _) if is_unique => None,
                (17.., _) => None,
                (least, _) => {
                    let item = example?;
                    Some((0..least.max(1)).map(|_| item.clone()).collect())
                }
            };
        }
        match kind {
            "array" => Some(json!([])),
            "object" => self.object(made, place, through, asks),
            "" => None,
            kind => example::plain(place.field, &place.branch.name, kind, facts),
        }
    }

    /// An object with fields becomes a component, one without is a map of whatever it has.
    fn object(
        &mut self,
        made: &mut Keywords,
        place: Place<'_, '_>,
        through: &str,
        asks: &mut Asks,
    ) -> Option<Value> {
        let tree = self.tree;
        let inside = place.branch.inside.iter().copied();
        let fields: Vec<usize> = inside
            .clone()
            .filter(|it| tree.get(*it).through == through)
            .collect();
        let of_values = format!("{through}.*");
        let has_values = inside
            .clone()
            .any(|it| tree.get(it).through.starts_with(&of_values));
        let values = place.field.and_then(|it| it.values.as_deref());
        let definition = place.field.and_then(|it| it.schema.as_ref());
        let definition = definition
            .map(|it| it.value.as_str())
            .filter(|_| values.is_none() || !fields.is_empty());
        let known = definition.and_then(|it| self.components.defined(it));
        if fields.is_empty() && known.is_none() {
            if values.is_none() && !has_values {
                return Some(json!({}));
            }
            let made_value = self.map_value(place, values, &of_values);
            asks.list.extend(made_value.asks.list);
            made.push(entry("additionalProperties", New::Map(made_value.keywords)));
            return Some(json!({"key": made_value.example?}));
        }
        let Component { name, example } = match known {
            Some(known) => known,
            None => {
                let inside = place.branch.inside.first();
                let inside = inside.map_or(&[][..], |it| self.first_inside(*it));
                let at = place.field.map_or(inside, |it| &it.named).to_vec();
                let mut names: Vec<String> = definition.map(component_name).into_iter().collect();
                names.extend(place.names.iter().cloned());
                let own = pascal(&one_of(&place.branch.name));
                if !place.branch.name.is_empty() {
                    names.push(own.clone());
                }
                let first = names.first().cloned().unwrap_or(own);
                names.push(format!("{}{first}", self.owner));
                let is_own = |it: &(String, New)| OF_OBJECTS.contains(&it.0.as_str());
                let own: Keywords = made.iter().filter(|it| is_own(it)).cloned().collect();
                let (travel, owner) = (self.travel, self.owner);
                self.components.add(definition, names, |components| {
                    let mut inner = Schemas {
                        tree,
                        components,
                        travel,
                        owner,
                    };
                    // What others use too is called by its own name.
                    let shown = match place.branch.name.as_str() {
                        "" => "body",
                        name => name,
                    };
                    let shown = definition.unwrap_or(shown);
                    let mut schema = vec![
                        entry("type", New::scalar("object")),
                        entry("description", description(shown, &at)),
                    ];
                    let example = inner.fields(&mut schema, &fields);
                    if values.is_some() || has_values {
                        let made = inner.map_value(place, values, &of_values);
                        let value = New::Map(made.keywords).below(made.asks.list);
                        schema.push(entry("additionalProperties", value));
                    }
                    schema.extend(own);
                    (New::Map(schema), example)
                })
            }
        };
        let reference = entry("$ref", reference(&name));
        made.retain(|(key, _)| matches!(key.as_str(), "nullable" | "deprecated" | "readOnly"));
        match made.is_empty() {
            true => made.push(reference),
            // Nothing may stand beside a reference.
            false => made.insert(
                0,
                entry("allOf", New::List(vec![New::Map(vec![reference])])),
            ),
        }
        example
    }

    fn map_value(
        &mut self,
        place: Place<'_, '_>,
        values: Option<&FieldFacts>,
        through: &str,
    ) -> Made {
        let place = Place {
            field: values,
            ..place
        };
        self.value(place, through)
    }

    /// The fields of an object.
    fn fields(&mut self, schema: &mut Keywords, fields: &[usize]) -> Option<Value> {
        let mut required = Vec::new();
        let mut properties = Vec::new();
        let mut example = serde_json::Map::new();
        let mut is_whole = true;
        for index in fields {
            let branch = self.tree.get(*index);
            let mut made = self.of(*index, &[]);
            let needed = branch.field.map_or(Required::Unknown, |it| it.required.0);
            let is_required = needed == Required::Yes
                || keyword(branch.field, "required") == Some(&Value::Bool(true));
            if self.travel != Travel::Received {
                match needed {
                    Required::Unknown => made.asks.ask("must it be given? that is not said"),
                    Required::Conditional if !is_required => {
                        made.asks.ask("in which cases must it be given?");
                    }
                    _ => {}
                }
            }
            if branch.field.is_none() {
                let question = format!(
                    "only what is in `{}` is named; is it right?",
                    foreign(&branch.name)
                );
                made.asks.at(question, self.first_inside(*index));
            }
            if is_required {
                required.push(New::Scalar(scalar::as_text(&branch.name)));
            }
            match made.example {
                Some(value) => {
                    example.insert(branch.name.clone(), value);
                }
                None => is_whole &= !is_required,
            }
            if !made.keywords.iter().any(|(key, _)| key == "$ref") {
                made.keywords.push(entry(
                    "description",
                    description(&branch.name, words_at(branch.field)),
                ));
                let of_field = example
                    .get(&branch.name)
                    .filter(|it| !it.is_array() && !it.is_object());
                if let Some(value) = of_field {
                    made.keywords.push(entry("example", written(value)));
                }
                in_order(&mut made.keywords);
            }
            let value = New::Map(made.keywords).below(made.asks.list);
            properties.push((scalar::as_text(&branch.name), value));
        }
        if !required.is_empty() {
            schema.push(entry("required", New::List(required)));
        }
        schema.push(entry("properties", New::Map(properties)));
        is_whole.then_some(Value::Object(example))
    }

    /// The sources of the first field in another that has some.
    fn first_inside(&self, index: usize) -> &[FactSource] {
        let branch = self.tree.get(index);
        match (branch.field, branch.inside.first()) {
            (Some(field), _) => &field.named,
            (None, Some(inner)) => self.first_inside(*inner),
            (None, None) => &[],
        }
    }
}

/// Where the words about a field are, which are the page's if it has any.
pub(super) fn words_at(field: Option<&FieldFacts>) -> &[FactSource] {
    let said = field.and_then(|it| it.description.as_ref());
    let said = said.map(|it| it.sources.as_slice());
    said.or(field.map(|it| it.named.as_slice()))
        .unwrap_or_default()
}

/// The name of a component for the name that a definition has.
fn component_name(name: &str) -> String {
    let is_fine = name.starts_with(|it: char| it.is_ascii_uppercase())
        && name.chars().all(|it| it.is_ascii_alphanumeric());
    if is_fine {
        name.to_owned()
    } else {
        pascal(name)
    }
}

fn keyword<'k>(field: Option<&'k FieldFacts>, key: &str) -> Option<&'k Value> {
    let mut keywords = field?.keywords.iter();
    keywords
        .find(|(it, _)| it == key)
        .map(|(_, said)| &said.value)
}

/// What a list of lists is of.
fn innermost(kind: &str) -> &str {
    kind.rsplit("array of ").next().unwrap_or(kind)
}

fn take(made: &mut Keywords, key: &str) -> Option<New> {
    let at = made.iter().position(|(it, _)| it == key)?;
    Some(made.remove(at).1)
}
