//! What is sent and what comes back.

use huaweicloud_pages::facts::{FactSource, FieldFacts, FieldLocation, Required, ResponseFacts};

use super::{JSON, Operation, is_header};
use crate::draft::schema::{Schemas, Travel, words_at};
use crate::draft::tree::{ROOT, Tree};
use crate::draft::words::{Asks, description, foreign, pascal, placeholder};
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
        let fields = self.facts.parameters.iter();
        let fields = fields
            .filter(|(at, _)| *at == FieldLocation::Body)
            .map(|(_, field)| field);
        let fields: Vec<&FieldFacts> = fields.collect();
        if fields.is_empty() && self.facts.body.is_none() {
            return None;
        }
        let whole = self.facts.body.as_ref();
        let at = whole
            .or(fields.first().copied())
            .map_or(&[][..], |it| &it.named);
        let is_form = fields
            .iter()
            .find(|it| it.keywords.iter().any(|(key, _)| key == "in"));
        if let Some(form) = is_form {
            asks.at(
                "it is sent as a form, and the client sends JSON; may it?",
                &form.named,
            );
        }
        let names = [format!("{}Request", pascal(&self.placed.id))];
        let any_required = fields.iter().any(|it| it.required.0 == Required::Yes);
        let is_required = match whole {
            Some(whole) => whole.required.0 == Required::Yes,
            None => any_required,
        };
        if !is_required && any_required {
            asks.at(
                "some fields must be given, and the body need not be; must it?",
                at,
            );
        }
        let tree = Tree::of(whole, fields.iter().copied());
        // A definition knows the one from the other.
        if let ([only], None) = (tree.get(ROOT).inside.as_slice(), whole)
            && let only = tree.get(*only)
            && only.name.eq_ignore_ascii_case(FieldLocation::Body.word())
        {
            asks.at(
                "is `body` a field, or the body itself?",
                only.field.map_or(at, |it| &it.named),
            );
        }
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
        let made = Schemas {
            tree,
            components: self.components,
            travel,
            owner: &self.placed.id,
        }
        .of(ROOT, names);
        asks.list.extend(made.asks.list);
        let mut media = vec![entry("schema", New::Map(made.keywords))];
        media.extend(made.example.map(|it| entry("example", written(&it))));
        New::Map(vec![entry(JSON, New::Map(media))])
    }

    pub(super) fn responses(&mut self, asks: &mut Asks) -> Vec<(String, New)> {
        let facts = self.facts;
        let mut statuses: Vec<(String, Vec<FactSource>)> = Vec::new();
        let named = facts
            .statuses
            .iter()
            .map(|it| (it.value.as_str(), &it.sources));
        let with_fields = facts
            .responses
            .iter()
            .map(|it| (it.status.as_str(), &it.named));
        for (status, at) in named.chain(with_fields) {
            let status = match status {
                "error" => "default",
                status => status,
            };
            if status != "?" && !statuses.iter().any(|(known, _)| known == status) {
                statuses.push((status.to_owned(), at.clone()));
            }
        }
        let unnamed = facts.responses.iter().find(|it| it.status == "?");
        if !statuses.iter().any(|(status, _)| status.starts_with('2')) {
            let at = unnamed.map_or(&self.placed.at, |it| &it.named).clone();
            let said = if at.is_empty() { &self.placed.at } else { &at };
            asks.at("no status of a success is named; is it 200?", said);
            statuses.push(("200".to_owned(), at));
        }
        for (status, at) in &mut statuses {
            // What a page has no line for is said where its fields are, or its route.
            if at.is_empty() {
                let fields = facts
                    .responses
                    .iter()
                    .find(|it| it.status == *status || it.status == "?");
                let first = fields.and_then(|it| it.fields.first());
                at.clone_from(first.map_or(&self.placed.at, |it| &it.named));
            }
        }
        statuses.sort();
        let mut first = true;
        let mut list = Vec::new();
        for (status, at) in statuses {
            let is_success = status.starts_with('2');
            let mut response = facts.responses.iter().find(|it| match it.status.as_str() {
                "error" => status == "default",
                it => it == status,
            });
            if is_success && first {
                first = false;
                response = response
                    .filter(|it| !it.fields.is_empty() || unnamed.is_none())
                    .or(unnamed);
            }
            let mut above = Asks::about(&at);
            let value = self.response(&status, &at, response, &mut above);
            let key = match status.as_str() {
                "default" => status.clone(),
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
        let headers: Vec<(String, New)> = response
            .headers
            .iter()
            .filter(|it| is_header(&it.path))
            .map(|it| self.header(it))
            .collect();
        if !headers.is_empty() {
            entries.push(entry("headers", New::Map(headers)));
        }
        if response.fields.is_empty() && response.body.is_none() {
            return New::Map(entries);
        }
        let owner = pascal(&self.placed.id);
        let names = match (is_success, status) {
            (true, "200") => vec![format!("{owner}Response")],
            (true, status) => vec![
                format!("{owner}Response"),
                format!("{owner}Response{status}"),
            ],
            (false, _) => vec![
                format!("{}Error", pascal(&self.placed.service)),
                format!("{owner}Error"),
            ],
        };
        let code = response
            .fields
            .iter()
            .find(|it| CODES.contains(&it.path.as_str()));
        if let Some(code) = code.filter(|_| is_success) {
            let name = foreign(&code.path);
            asks.at(
                format!("may `{name}` say no in a success? then `x-success-when` says so"),
                &code.named,
            );
        }
        let is_required = response
            .fields
            .iter()
            .find(|it| it.keywords.iter().any(|(key, _)| key == "required"));
        if let Some(field) = is_required {
            asks.at(
                "are the fields that are required here always sent?",
                &field.named,
            );
        }
        let tree = Tree::of(response.body.as_ref(), &response.fields);
        let content = self.content(&tree, Travel::Received, &names, asks);
        entries.push(entry("content", content));
        New::Map(entries)
    }

    fn header(&mut self, field: &FieldFacts) -> (String, New) {
        let mut tree = Tree::of(None, []);
        let index = tree.alone(&field.path, field);
        let made = Schemas {
            tree: &tree,
            components: self.components,
            travel: Travel::Received,
            owner: &self.placed.id,
        }
        .of(index, &[]);
        let mut entries = vec![entry(
            "description",
            description(&field.path, words_at(Some(field))),
        )];
        entries.push(entry("schema", New::Map(made.keywords)));
        if let Some(example) = made.example {
            entries.push(entry("example", written(&example)));
        }
        (
            scalar::as_text(&field.path),
            New::Map(entries).below(made.asks.list),
        )
    }
}
