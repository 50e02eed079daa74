//! Parameters, as far as an address or a header can carry them.

use huaweicloud_codegen::load::tree::Node;
use huaweicloud_pages::facts::{FieldFacts, FieldLocation, Required};
use huaweicloud_pages::vendor::IMPLIED_HEADERS;

use super::bodies::with_example;
use super::{Operation, is_header};
use crate::claim::{ParameterLocation, Subject, location_word};
use crate::draft::schema::{Made, Travel, words_at};
use crate::draft::tree::Tree;
use crate::draft::words::{Asks, description, foreign, must, words_for};
use crate::patch::schema::{get, put, take};
use crate::piece::{New, entry};

impl Operation<'_> {
    pub(super) fn parameters(&mut self, asks: &mut Asks) -> Vec<New> {
        let mut list = Vec::new();
        let in_path = &self.placed.parameters;
        for (name, own) in in_path {
            let mut fields = self.parameters_in(FieldLocation::Path);
            let field = fields.find(|it| it.path == *name);
            list.push((ParameterLocation::Path, own.as_str(), field));
            if name != own {
                let (name, own) = (foreign(name), foreign(own));
                let question = format!("the document calls `{name}` `{own}`; is it the same?");
                asks.at(question, &self.placed.at);
            }
        }
        for field in self.parameters_in(FieldLocation::Path) {
            if !in_path.iter().any(|(name, _)| *name == field.path) {
                let name = foreign(&field.path);
                let question = format!(
                    "`{name}` is described, and the path has no such parameter; what is it?"
                );
                asks.at(question, &field.named);
            }
        }
        for field in self.parameters_in(FieldLocation::Query) {
            list.push((ParameterLocation::Query, &field.path, Some(field)));
        }
        for field in self.parameters_in(FieldLocation::Header) {
            let name = foreign(&field.path);
            if !is_header(&field.path) {
                let question = format!("no header can be called `{name}`; what is meant?");
                asks.at(question, &field.named);
            } else if is_implied(&field.path) {
                let question = format!("`{name}` is left out: the client sends it; is that right?");
                asks.at(question, &field.named);
            } else {
                list.push((ParameterLocation::Header, &field.path, Some(field)));
            }
        }
        let list = list.into_iter();
        list.map(|(place, name, field)| self.parameter(place, name, field))
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
        let at = field.map_or(&self.placed.at, |it| &it.named);
        let tree = Tree::alone(name, field);
        let mut made = self.schema(&tree, travel, &[]);
        if field.is_none() {
            made.asks = Asks::about(at);
            made.asks.ask("only the path names it; what is it?");
        }
        let needed = field.map_or(Required::Unknown, |it| it.required.0);
        let (word, question) = match (place, needed) {
            (ParameterLocation::Path, Required::No) => (
                Some("true"),
                Some(
                    "it is in the path, so it is always given, and it need not be; which is right?",
                ),
            ),
            (ParameterLocation::Path, _) | (_, Required::Yes) => (Some("true"), None),
            (_, Required::Unknown) => (None, must(needed)),
            (_, Required::No | Required::Conditional) => (Some("false"), must(needed)),
        };
        let mut entries = vec![
            entry("name", New::text(name)),
            entry("in", New::scalar(location_word(place))),
        ];
        entries.extend(word.map(|it| entry("required", New::scalar(it))));
        if let Some(question) = question {
            made.asks.ask(question);
        }
        // What is deprecated is the parameter, not its schema.
        let deprecated = take(&mut made.keywords, "deprecated");
        entries.extend(deprecated.map(|it| entry("deprecated", it)));
        let sibling = self.sibling(place, name);
        let said = |key: &str| sibling.and_then(|(_, it)| it.get(key));
        let word = said("x-client-parameter").and_then(Node::as_str);
        entries.extend(word.map(|it| entry("x-client-parameter", New::text(it))));
        let words = said("description").and_then(Node::as_str);
        let words = words.filter(|_| sibling.is_some_and(|it| it.0 == self.placed.file));
        // A placeholder is nobody's words.
        let words = words.filter(|it| *it != words_for(name));
        let words = words.map_or_else(|| description(name, field.map_or(at, words_at)), New::text);
        entries.push(entry("description", words));
        plain(place, travel, &mut made, field);
        let example = said("example").map(Node::to_json);
        if let Some(example) = example.filter(|it| made.takes(it)) {
            made.example = Some(example);
        }
        if made.example.is_none() {
            made.asks.ask("which value is an example?");
        }
        let asks = std::mem::take(&mut made.asks);
        entries.extend(with_example(made));
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
fn plain(
    place: ParameterLocation,
    travel: Travel,
    made: &mut Made<'_>,
    field: Option<&FieldFacts>,
) {
    let is = |made: &Made<'_>, word: &str| get(&made.keywords, "type") == Some(&New::scalar(word));
    let is_list = is(made, "array");
    let is_object = is(made, "object") || get(&made.keywords, "$ref").is_some();
    let format = field.and_then(|it| it.keyword("collectionFormat"));
    if is_object || is_list && place != ParameterLocation::Query {
        let word = if is_list { "a list" } else { "an object" };
        let question = format!("{word} has no one way to be written here; how is it?");
        made.asks.ask(question);
        made.make_text(travel);
    } else if is_list && format.is_some_and(|it| it.value != "multi") {
        let question =
            "its values are one text with signs between them; the client repeats the name";
        made.asks.ask(question);
    }
    let is_bound = get(&made.keywords, "minLength").is_some();
    // An empty part of a path is another path.
    if place == ParameterLocation::Path && is(made, "string") && !is_bound {
        put(&mut made.keywords, "minLength", New::scalar("1"));
    }
}

/// Whether HTTP or signing adds a header.
fn is_implied(name: &str) -> bool {
    let mut known = IMPLIED_HEADERS.iter();
    known.any(|it| it.eq_ignore_ascii_case(name))
}
