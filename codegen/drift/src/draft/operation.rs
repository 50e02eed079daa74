//! Facts → an operation: its parameters, its body, its responses.

use huaweicloud_codegen::load::tree::Node;
use huaweicloud_pages::facts::{
    FactSource, Facts, FieldFacts, FieldLocation, Required, ResponseFacts,
};
use huaweicloud_pages::vendor::IMPLIED_HEADERS;
use serde_json::Value;

use super::components::Components;
use super::json::written;
use super::place::Placed;
use super::schema::{Made, Schemas, Travel, words_at};
use super::tree::{ROOT, Tree};
use super::words::{ask, asked, description, foreign, pascal, placeholder, sentence, words_for};
use crate::claim::{Aspect, ParameterLocation, Subject, location_word};
use crate::document::Spec;
use crate::document::keywords::{IAM, IAM_LISTS};
use crate::page::{PageClaims, field_claims};
use crate::pair::Pairing;
use crate::patch::schema::in_order;
use crate::patch::status::meaning;
use crate::patch::value::New;
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

/// Drafts one operation.
pub(super) struct Operation<'a> {
    pub(super) spec: &'a Spec,
    pub(super) facts: &'a Facts,
    pub(super) placed: &'a Placed,
    pub(super) components: &'a mut Components,
    /// The tag it gets, and the question about it.
    pub(super) tag: New,
    /// The page it is written from.
    pub(super) origin: New,
}

impl Operation<'_> {
    /// The operation as it is written, below its comments.
    pub(super) fn write(mut self) -> New {
        let id = self.placed.id.clone();
        let named = self
            .facts
            .operation
            .as_ref()
            .map(|it| it.sources.as_slice());
        let at = named.unwrap_or(&self.placed.at).to_vec();
        let mut asks = self.asks();
        let mut entries = Vec::new();
        let mut say = |key: &str, value: New| entries.push((key.to_owned(), value));
        let name = match self.placed.is_named {
            true => New::Scalar(scalar::as_text(&id)),
            false => asked(&id, "what does the vendor call it?", &at),
        };
        say("operationId", name);
        if let Some(said) = self.facts.deprecated.as_ref().filter(|it| it.value) {
            say("deprecated", New::scalar("true"));
            asks.push(ask("it is deprecated; is it still wanted?", &said.sources));
        }
        say("summary", placeholder(&sentence(&id), &at));
        say("tags", New::List(vec![self.tag.clone()]));
        say("externalDocs", self.origin.clone());
        if let Some(actions) = self.actions() {
            say("x-iam-actions", actions);
        }
        let parameters = self.parameters(&mut asks);
        if !parameters.is_empty() {
            say("parameters", New::List(parameters));
        }
        if let Some(body) = self.body(&mut asks) {
            say("requestBody", body);
        }
        say("responses", New::Map(self.responses(&mut asks)));
        New::Map(entries).below(asks)
    }

    /// What is to be decided about the operation as a whole.
    fn asks(&self) -> Vec<String> {
        let mut asks = Vec::new();
        let facts = self.facts;
        for found in &facts.contradictions {
            let (first, at) = &found.first;
            let (second, other) = &found.second;
            let question = format!(
                "{}: `{}` here, `{}` at line {}; which is right?",
                foreign(&found.about),
                foreign(first),
                foreign(second),
                other.lines.first
            );
            asks.push(ask(&question, std::slice::from_ref(at)));
        }
        for (why, at) in facts.unreadable.iter() {
            asks.push(format!(
                "ask: it cannot be read here: {} (page line {})",
                foreign(why),
                at.first
            ));
        }
        for (_, at, outcome) in &facts.ledger.cells {
            if let huaweicloud_pages::facts::CellOutcome::Unreadable(why) = outcome {
                let why = foreign(why);
                asks.push(format!(
                    "ask: a cell cannot be read: {why} (page line {})",
                    at.first
                ));
            }
        }
        for (words, at) in &facts.left_out {
            let words = foreign(words);
            asks.push(format!(
                "ask: it also says: {words} (page line {})",
                at.first
            ));
        }
        if let Some(said) = facts.asynchronous.as_ref().filter(|it| it.value) {
            asks.push(ask(
                "the work goes on after the response; say so in the description",
                &said.sources,
            ));
        }
        for route in facts.routes.iter().skip(1) {
            let (method, path) = (foreign(&route.value.method), foreign(&route.value.path));
            asks.push(ask(
                &format!("it has the route {method} {path} too; is that wanted?"),
                &route.sources,
            ));
        }
        asks
    }

    /// The rights it takes, the first row being its own.
    fn actions(&self) -> Option<New> {
        let page = PageClaims::of(self.facts, &Pairing::default());
        let claims = page.claims.get(&Subject::Operation)?;
        let said = |aspect: Aspect| claims.facts.get(&aspect).map(|it| &it.value);
        said(Aspect::Action)?;
        let mut row: Vec<(String, New)> = Vec::new();
        for (key, aspect) in IAM {
            if let Some(value) = said(*aspect) {
                let text = scalar::as_text(&value.to_string());
                row.push(((*key).to_owned(), New::Scalar(text)));
            }
        }
        for (key, aspect) in IAM_LISTS {
            if let Some(value) = said(*aspect) {
                let items = value
                    .items()
                    .iter()
                    .map(|it| New::Scalar(scalar::as_text(it)));
                row.push(((*key).to_owned(), New::List(items.collect())));
            }
        }
        let further = self.facts.iam.iter().skip(1);
        let asks = further.map(|it| {
            let action = foreign(&it.value.action);
            ask(
                &format!("it also names the action {action}; is it needed?"),
                &it.sources,
            )
        });
        Some(New::List(vec![New::Map(row)]).below(asks.collect()))
    }

    fn parameters(&mut self, asks: &mut Vec<String>) -> Vec<New> {
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
            asks.push(ask(&question, &self.placed.at));
        }
        for field in of(FieldLocation::Path) {
            if !in_path.iter().any(|(name, _)| *name == field.path) {
                let name = foreign(&field.path);
                let question = format!(
                    "`{name}` is described, and the path has no such parameter; what is it?"
                );
                asks.push(ask(&question, &field.named));
            }
        }
        for (place, at) in [
            (ParameterLocation::Query, FieldLocation::Query),
            (ParameterLocation::Header, FieldLocation::Header),
        ] {
            for field in of(at) {
                if place == ParameterLocation::Header && !is_header(&field.path) {
                    let name = foreign(&field.path);
                    asks.push(ask(
                        &format!("no header can be called `{name}`; what is meant?"),
                        &field.named,
                    ));
                    continue;
                }
                if place == ParameterLocation::Header && is_implied(&field.path) {
                    let name = foreign(&field.path);
                    asks.push(ask(
                        &format!("`{name}` is left out: the client sends it; is that right?"),
                        &field.named,
                    ));
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
            asks = vec![ask("only the path names it; what is it?", &at)];
        }
        let mut entries = vec![
            ("name".to_owned(), New::Scalar(scalar::as_text(name))),
            ("in".to_owned(), New::scalar(location_word(place))),
        ];
        if place == ParameterLocation::Path || needed == Required::Yes {
            entries.push(("required".to_owned(), New::scalar("true")));
        } else if needed == Required::Unknown {
            asks.push(ask("must it be given? that is not said", &at));
        }
        if place != ParameterLocation::Path && needed == Required::No {
            entries.push(("required".to_owned(), New::scalar("false")));
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
            entries.push(("x-client-parameter".to_owned(), value));
        }
        let own = sibling.filter(|(file, _)| *file == self.placed.file);
        let words = own.and_then(|(_, node)| node.get("description")?.as_str());
        // A placeholder is nobody's words.
        let words = words.filter(|it| *it != words_for(name));
        let words = words.map_or_else(
            || description(name, field.map_or(&at, |it| words_at(Some(it)))),
            |words| New::Scalar(scalar::as_text(words)),
        );
        entries.push(("description".to_owned(), words));
        self.plain(place, &mut made, &mut asks, field, &at);
        let example = sibling.and_then(|(_, node)| Some(node.get("example")?.to_json()));
        let example = example.filter(|it| fits(it, &made, field));
        let example = example.or(made.example.take());
        entries.push(("schema".to_owned(), New::Map(made.keywords)));
        match example {
            Some(example) => entries.push(("example".to_owned(), written(&example))),
            None => asks.push(ask("which value is an example?", &at)),
        }
        New::Map(entries).below(asks)
    }

    /// Keeps a parameter to what an address or a header can carry.
    fn plain(
        &self,
        place: ParameterLocation,
        made: &mut Made,
        asks: &mut Vec<String>,
        field: Option<&FieldFacts>,
        at: &[FactSource],
    ) {
        let is = |made: &Made, key: &str, word: &str| {
            made.keywords
                .iter()
                .any(|(it, value)| it == key && *value == New::scalar(word))
        };
        let is_list = is(made, "type", "array");
        let is_object =
            is(made, "type", "object") || made.keywords.iter().any(|(it, _)| it == "$ref");
        if is_object || is_list && place != ParameterLocation::Query {
            let word = if is_list { "a list" } else { "an object" };
            asks.push(ask(
                &format!("{word} has no one way to be written here; how is it?"),
                at,
            ));
            made.keywords = vec![("type".to_owned(), New::scalar("string"))];
            made.example = Some(Value::from("example"));
        } else if is_list
            && field.is_some_and(|it| {
                it.keywords
                    .iter()
                    .any(|(key, said)| key == "collectionFormat" && said.value != "multi")
            })
        {
            asks.push(ask(
                "its values are one text with signs between them; the client repeats the name",
                at,
            ));
        }
        let has_length = made.keywords.iter().any(|(key, _)| key == "minLength");
        // An empty part of a path is another path.
        if place == ParameterLocation::Path && is(made, "type", "string") && !has_length {
            made.keywords
                .push(("minLength".to_owned(), New::scalar("1")));
            in_order(&mut made.keywords);
        }
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

    fn body(&mut self, asks: &mut Vec<String>) -> Option<New> {
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
            asks.push(ask(
                "it is sent as a form, and the client sends JSON; may it?",
                &form.named,
            ));
        }
        let names = [format!("{}Request", pascal(&self.placed.id))];
        let any_required = fields.iter().any(|it| it.required.0 == Required::Yes);
        let is_required = match whole {
            Some(whole) => whole.required.0 == Required::Yes,
            None => any_required,
        };
        if !is_required && any_required {
            asks.push(ask(
                "some fields must be given, and the body need not be; must it?",
                at,
            ));
        }
        let tree = Tree::of(whole, fields.iter().copied());
        let content = self.content(&tree, Travel::Sent, &names, at, asks);
        let mut entries = Vec::new();
        if is_required {
            entries.push(("required".to_owned(), New::scalar("true")));
        }
        entries.push(("description".to_owned(), placeholder("The body.", at)));
        entries.push(("content".to_owned(), content));
        Some(New::Map(entries))
    }

    /// The content of a body as JSON.
    fn content(
        &mut self,
        tree: &Tree<'_>,
        travel: Travel,
        names: &[String],
        at: &[FactSource],
        asks: &mut Vec<String>,
    ) -> New {
        let made = Schemas {
            tree,
            components: self.components,
            travel,
            owner: &self.placed.id,
        }
        .of(ROOT, names);
        asks.extend(made.asks);
        let mut media = vec![("schema".to_owned(), New::Map(made.keywords))];
        match made.example {
            Some(example) => media.push(("example".to_owned(), written(&example))),
            None => asks.push(ask("which body is an example?", at)),
        }
        New::Map(vec![("application/json".to_owned(), New::Map(media))])
    }

    fn responses(&mut self, asks: &mut Vec<String>) -> Vec<(String, New)> {
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
            asks.push(ask("no status of a success is named; is it 200?", &at));
            statuses.push(("200".to_owned(), at));
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
            let mut above = Vec::new();
            let value = self.response(&status, &at, response, &mut above);
            let key = match status.as_str() {
                "default" => status.clone(),
                status => scalar::quoted(status),
            };
            list.push((key, value.below(above)));
        }
        list
    }

    fn response(
        &mut self,
        status: &str,
        at: &[FactSource],
        response: Option<&ResponseFacts>,
        asks: &mut Vec<String>,
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
        let mut entries = vec![("description".to_owned(), words)];
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
            entries.push(("headers".to_owned(), New::Map(headers)));
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
            asks.push(ask(
                &format!("may `{name}` say no in a success? then `x-success-when` says so"),
                &code.named,
            ));
        }
        let is_required = response
            .fields
            .iter()
            .find(|it| it.keywords.iter().any(|(key, _)| key == "required"));
        if let Some(field) = is_required {
            asks.push(ask(
                "are the fields that are required here always sent?",
                &field.named,
            ));
        }
        let tree = Tree::of(response.body.as_ref(), &response.fields);
        let content = self.content(&tree, Travel::Received, &names, at, asks);
        entries.push(("content".to_owned(), content));
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
        let mut entries = vec![(
            "description".to_owned(),
            description(&field.path, words_at(Some(field))),
        )];
        entries.push(("schema".to_owned(), New::Map(made.keywords)));
        if let Some(example) = made.example {
            entries.push(("example".to_owned(), written(&example)));
        }
        (
            scalar::as_text(&field.path),
            New::Map(entries).below(made.asks),
        )
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
    !is_bound && super::example::fits(example, &kind, &facts)
}

/// Whether HTTP or signing adds a header.
fn is_implied(name: &str) -> bool {
    IMPLIED_HEADERS
        .iter()
        .any(|it| it.eq_ignore_ascii_case(name))
}

/// Whether a text can be the name of a header.
fn is_header(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&it))
}
