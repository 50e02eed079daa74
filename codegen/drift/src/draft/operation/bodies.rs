//! What is sent and what comes back.

use std::collections::BTreeMap;

use huaweicloud_pages::facts::{FactSource, FieldFacts, FieldLocation, Required, ResponseFacts};

use super::{JSON, Operation, is_header};
use crate::draft::schema::{Made, Travel, words_at};
use crate::draft::tree::{ROOT, Tree};
use crate::draft::words::{Asks, description, foreign, pascal, placeholder};
use crate::patch::schema::Keywords;
use crate::patch::status::meaning;
use crate::piece::{New, entry, written};
use crate::scalar;

/// Fields of a success by which a service may still say no.
const CODES: &[&str] = &[
    "code",
    "error_code",
    "errCode",
    "err_code",
    "errorCode",
    "error_msg",
];

impl Operation<'_> {
    pub(super) fn body(&mut self, asks: &mut Asks) -> Option<New> {
        let fields = self.facts.fields_of(None);
        let whole = self.facts.body.as_ref();
        let at = &whole.or(fields.first().copied())?.named;
        if let Some(form) = fields.iter().find(|it| it.keyword("in").is_some()) {
            let question = "it is sent as a form, and the client sends JSON; may it?";
            asks.at(question, &form.named);
        }
        let any_required = fields.iter().any(|it| it.required.0 == Required::Yes);
        let is_required = whole.map_or(any_required, |it| it.required.0 == Required::Yes);
        if !is_required && any_required {
            let question = "some fields must be given, and the body need not be; must it?";
            asks.at(question, at);
        }
        let tree = Tree::of(whole, fields);
        // A definition knows the one from the other.
        if let ([only], None) = (tree.get(ROOT).inside.as_slice(), whole)
            && let only = tree.get(*only)
            && only.name.eq_ignore_ascii_case(FieldLocation::Body.word())
        {
            let at = only.field.map_or(at, |it| &it.named);
            asks.at("is `body` a field, or the body itself?", at);
        }
        let names = [format!("{}Request", pascal(&self.placed.id))];
        let content = self.content(&tree, Travel::Sent, &names, asks);
        let mut entries = Vec::new();
        if is_required {
            entries.push(entry("required", New::scalar("true")));
        }
        entries.push(entry("description", placeholder("The body.", at)));
        entries.push(entry("content", content));
        Some(New::Map(entries))
    }

    /// The content of a body as JSON.
    fn content(
        &mut self,
        tree: &Tree<'_>,
        travel: Travel,
        names: &[String],
        asks: &mut Asks,
    ) -> New {
        let mut made = self.schema(tree, travel, names);
        asks.list.append(&mut made.asks.list);
        New::Map(vec![entry(JSON, New::Map(with_example(made)))])
    }

    pub(super) fn responses(&mut self, asks: &mut Asks) -> Vec<(String, New)> {
        let facts = self.facts;
        let unnamed = facts.responses.iter().find(|it| it.status == "?");
        let named = facts.statuses.iter().map(|it| (&it.value, &it.sources));
        let with_fields = facts.responses.iter().map(|it| (&it.status, &it.named));
        let named = named.chain(with_fields).filter(|it| it.0 != "?");
        let mut statuses: BTreeMap<&str, &[FactSource]> = BTreeMap::new();
        for (status, at) in named {
            statuses.entry(key_of(status)).or_insert(at);
        }
        let success = statuses.keys().find(|it| it.starts_with('2')).copied();
        if success.is_none() {
            let at = unnamed.map_or(&[][..], |it| &it.named);
            let said = if at.is_empty() { &self.placed.at } else { at };
            asks.at("no status of a success is named; is it 200?", said);
            statuses.insert("200", at);
        }
        let success = success.unwrap_or("200");
        let mut list = Vec::new();
        for (status, at) in statuses {
            let mut own = facts.responses.iter();
            let mut response = own.find(|it| key_of(&it.status) == status);
            if status == success {
                let is_there = |it: &&ResponseFacts| !it.fields.is_empty() || unnamed.is_none();
                response = response.filter(is_there).or(unnamed);
            }
            // What a page has no line for is said where its fields are, or its route.
            let first = response.or(unnamed).and_then(|it| it.fields.first());
            let at = match at {
                [] => first.map_or(&self.placed.at, |it| &it.named),
                at => at,
            };
            let mut above = Asks::about(at);
            let value = self.response(status, at, response, &mut above);
            let key = match status {
                "default" => status.to_owned(),
                status => scalar::quoted(status),
            };
            list.push((key, value.below(above.list)));
        }
        list
    }

    fn response(
        &mut self,
        status: &str,
        at: &[FactSource],
        response: Option<&ResponseFacts>,
        asks: &mut Asks,
    ) -> New {
        let is_success = status.starts_with('2');
        let words = match status {
            "default" => "Any other response.",
            status => meaning(status),
        };
        let words = match is_success {
            true => placeholder(words, at),
            false => New::scalar(words),
        };
        let mut entries = vec![entry("description", words)];
        let Some(response) = response else {
            return New::Map(entries);
        };
        let headers = response.headers.iter().filter(|it| is_header(&it.path));
        let headers: Vec<(String, New)> = headers.map(|it| self.header(it)).collect();
        if !headers.is_empty() {
            entries.push(entry("headers", New::Map(headers)));
        }
        if response.fields.is_empty() && response.body.is_none() {
            return New::Map(entries);
        }
        let owner = pascal(&self.placed.id);
        let mut names = match is_success {
            true => vec![format!("{owner}Response")],
            false => vec![
                format!("{}Error", pascal(&self.placed.service)),
                format!("{owner}Error"),
            ],
        };
        if is_success && status != "200" {
            names.push(format!("{owner}Response{status}"));
        }
        let mut fields = response.fields.iter();
        let code = fields.find(|it| CODES.contains(&it.path.as_str()));
        if let Some(code) = code.filter(|_| is_success) {
            let name = foreign(&code.path);
            let question =
                format!("may `{name}` say no in a success? then `x-success-when` says so");
            asks.at(question, &code.named);
        }
        let mut fields = response.fields.iter();
        if let Some(field) = fields.find(|it| it.keyword("required").is_some()) {
            let question = "are the fields that are required here always sent?";
            asks.at(question, &field.named);
        }
        let tree = Tree::of(response.body.as_ref(), &response.fields);
        let content = self.content(&tree, Travel::Received, &names, asks);
        entries.push(entry("content", content));
        New::Map(entries)
    }

    fn header(&mut self, field: &FieldFacts) -> (String, New) {
        let tree = Tree::alone(&field.path, Some(field));
        let mut made = self.schema(&tree, Travel::Received, &[]);
        let asks = std::mem::take(&mut made.asks);
        let words = description(&field.path, words_at(field));
        let mut entries = vec![entry("description", words)];
        entries.extend(with_example(made));
        let name = scalar::as_text(&field.path);
        (name, New::Map(entries).below(asks.list))
    }
}

/// The key of a response for the status that a file gives it.
pub(in crate::draft) fn key_of(status: &str) -> &str {
    match status {
        "error" => "default",
        status => status,
    }
}

/// A schema and its example, as parameters, headers and bodies have them.
pub(super) fn with_example(made: Made<'_>) -> Keywords {
    let example = made.example.map(|it| entry("example", written(&it)));
    let schema = entry("schema", New::Map(made.keywords));
    [Some(schema), example].into_iter().flatten().collect()
}
