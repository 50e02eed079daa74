//! Parameters, as far as an address or a header can carry them.

use huaweicloud_codegen::load::tree::Node;
use huaweicloud_pages::facts::{FieldFacts, FieldLocation, Required};
use huaweicloud_pages::vendor::IMPLIED_HEADERS;
use serde_json::Value;

use super::{Operation, is_header};
use crate::claim::{ParameterLocation, Subject, location_word};
use crate::draft::schema::{Made, Schemas, Travel, words_at};
use crate::draft::tree::Tree;
use crate::draft::words::{Asks, description, foreign, words_for};
use crate::page::field_claims;
use crate::patch::example;
use crate::patch::schema::in_order;
use crate::piece::{New, entry, written};
use crate::scalar;

impl Operation<'_> {
    pub(super) fn parameters(&mut self, asks: &mut Asks) -> Vec<New> {
        let mut list = Vec::new();
        let in_path = self.placed.parameters.clone();
        let of = |place: FieldLocation| {
            let parameters = self.facts.parameters.iter();
            parameters
                .filter(move |(at, _)| *at == place)
                .map(|(_, field)| field)
        };
        for (name, document) in &in_path {
            let field = of(FieldLocation::Path).find(|it| it.path == *name);
            list.push((ParameterLocation::Path, document.clone(), field));
        }
        for (name, own) in in_path.iter().filter(|(name, own)| name != own) {
            let question = format!(
                "the document calls `{}` `{own}`; is it the same?",
                foreign(name)
            );
            asks.at(question, &self.placed.at);
        }
        for field in of(FieldLocation::Path) {
            if !in_path.iter().any(|(name, _)| *name == field.path) {
                let name = foreign(&field.path);
                let question = format!(
                    "`{name}` is described, and the path has no such parameter; what is it?"
                );
                asks.at(question, &field.named);
            }
        }
        for (place, at) in [
            (ParameterLocation::Query, FieldLocation::Query),
            (ParameterLocation::Header, FieldLocation::Header),
        ] {
            for field in of(at) {
                let name = foreign(&field.path);
                let question = match place {
                    ParameterLocation::Header if !is_header(&field.path) => {
                        format!("no header can be called `{name}`; what is meant?")
                    }
                    ParameterLocation::Header if is_implied(&field.path) => {
                        format!("`{name}` is left out: the client sends it; is that right?")
                    }
                    _ => String::new(),
                };
                if !question.is_empty() {
                    asks.at(question, &field.named);
                    continue;
                }
                list.push((place, field.path.clone(), Some(field)));
            }
        }
        list.into_iter()
            .map(|(place, name, field)| self.parameter(place, &name, field))
            .collect()
    }

    fn parameter(
        &mut self,
        place: ParameterLocation,
        name: &str,
        field: Option<&FieldFacts>,
    ) -> New {
        let travel = match place {
            ParameterLocation::Header => Travel::Sent,
            _ => Travel::Address,
        };
        let at = field.map_or(self.placed.at.clone(), |it| it.named.clone());
        // It stands by its name alone here, whatever dots that has.
        let alone = field.map(|it| FieldFacts {
            path: name.to_owned(),
            ..it.clone()
        });
        let nothing = FieldFacts {
            path: name.to_owned(),
            named: at.clone(),
            ..FieldFacts::default()
        };
        let mut tree = Tree::of(None, []);
        let index = tree.alone(name, alone.as_ref().unwrap_or(&nothing));
        let mut made = Schemas {
            tree: &tree,
            components: self.components,
            travel,
            owner: &self.placed.id,
        }
        .of(index, &[]);
        let sibling = self.sibling(place, name);
        let needed = field.map_or(Required::Unknown, |it| it.required.0);
        let mut asks = std::mem::take(&mut made.asks);
        if field.is_none() {
            asks.list.clear();
            asks.ask("only the path names it; what is it?");
        }
        let mut entries = vec![
            entry("name", New::Scalar(scalar::as_text(name))),
            entry("in", New::scalar(location_word(place))),
        ];
        if place == ParameterLocation::Path || needed == Required::Yes {
            entries.push(entry("required", New::scalar("true")));
        } else if needed == Required::Unknown {
            asks.ask("must it be given? that is not said");
        } else if needed == Required::Conditional {
            asks.ask("in which cases must it be given?");
        }
        if place == ParameterLocation::Path && needed == Required::No {
            asks.ask(
                "it is in the path, so it is always given, and it need not be; which is right?",
            );
        }
        if place != ParameterLocation::Path
            && matches!(needed, Required::No | Required::Conditional)
        {
            entries.push(entry("required", New::scalar("false")));
        }
        // What is deprecated is the parameter, not its schema.
        if let Some(flag) = made
            .keywords
            .iter()
            .position(|(key, _)| key == "deprecated")
        {
            entries.push(made.keywords.remove(flag));
        }
        if let Some((_, node)) = sibling
            && let Some(word) = node.get("x-client-parameter").and_then(Node::as_str)
        {
            let value = New::Scalar(scalar::as_text(word));
            entries.push(entry("x-client-parameter", value));
        }
        let own = sibling.filter(|(file, _)| *file == self.placed.file);
        let words = own.and_then(|(_, node)| node.get("description")?.as_str());
        // A placeholder is nobody's words.
        let words = words.filter(|it| *it != words_for(name));
        let words = words.map_or_else(
            || description(name, field.map_or(&at, |it| words_at(Some(it)))),
            |words| New::Scalar(scalar::as_text(words)),
        );
        entries.push(entry("description", words));
        plain(place, &mut made, &mut asks, field);
        let example = sibling.and_then(|(_, node)| Some(node.get("example")?.to_json()));
        let example = example.filter(|it| fits(it, &made, field));
        let example = example.or(made.example.take());
        entries.push(entry("schema", New::Map(made.keywords)));
        match example {
            Some(example) => entries.push(entry("example", written(&example))),
            None => asks.ask("which value is an example?"),
        }
        New::Map(entries).below(asks.list)
    }

    /// A parameter of the same name that a document has, the same document first.
    fn sibling(&self, place: ParameterLocation, name: &str) -> Option<(&str, &Node)> {
        let wanted = Subject::Parameter(place, name.to_owned());
        let mut operations: Vec<_> = self.spec.operations.iter().collect();
        operations.sort_by_key(|it| it.file != self.placed.file);
        operations.into_iter().find_map(|it| {
            let place = it.pointers.get(&wanted)?.object.clone()?;
            Some((it.file.as_str(), place.find(self.spec.tree(&it.file)?)?))
        })
    }
}

/// Keeps a parameter to what an address or a header can carry.
fn plain(place: ParameterLocation, made: &mut Made, asks: &mut Asks, field: Option<&FieldFacts>) {
    let is = |made: &Made, key: &str, word: &str| {
        made.keywords
            .iter()
            .any(|(it, value)| it == key && *value == New::scalar(word))
    };
    let is_list = is(made, "type", "array");
    let is_object = is(made, "type", "object") || made.keywords.iter().any(|(it, _)| it == "$ref");
    if is_object || is_list && place != ParameterLocation::Query {
        let word = if is_list { "a list" } else { "an object" };
        asks.ask(format!(
            "{word} has no one way to be written here; how is it?"
        ));
        made.keywords = vec![entry("type", New::scalar("string"))];
        made.example = Some(Value::from("example"));
    } else if is_list
        && field.is_some_and(|it| {
            it.keywords
                .iter()
                .any(|(key, said)| key == "collectionFormat" && said.value != "multi")
        })
    {
        asks.ask("its values are one text with signs between them; the client repeats the name");
    }
    let has_length = made
        .keywords
        .iter()
        .any(|(key, value)| key == "minLength" || key == "maxLength" && *value == New::scalar("0"));
    // An empty part of a path is another path.
    if place == ParameterLocation::Path && is(made, "type", "string") && !has_length {
        made.keywords.push(entry("minLength", New::scalar("1")));
        in_order(&mut made.keywords);
    }
}

/// Whether the example that another operation has for a parameter is one here.
fn fits(example: &Value, made: &Made, field: Option<&FieldFacts>) -> bool {
    let kind = made.keywords.iter().find(|(key, _)| key == "type");
    let kind = kind.map(|(_, word)| word.flow()).unwrap_or_default();
    let is_bound = made
        .keywords
        .iter()
        .any(|(key, _)| key == "pattern" || key == "multipleOf");
    let facts = field
        .map(field_claims)
        .map(|it| it.facts)
        .unwrap_or_default();
    !is_bound && example::fits(example, &kind, &facts)
}

/// Whether HTTP or signing adds a header.
fn is_implied(name: &str) -> bool {
    IMPLIED_HEADERS
        .iter()
        .any(|it| it.eq_ignore_ascii_case(name))
}
