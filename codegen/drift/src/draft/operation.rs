//! Facts → an operation: its parameters, its body, its responses.

mod bodies;
mod parameters;

pub(super) use bodies::key_of;

use std::collections::BTreeSet;

use huaweicloud_codegen::check::sounds_secret;
use huaweicloud_pages::facts::{
    Contradiction, FactSource, Facts, FieldFacts, FieldLocation, SourceFile, SourceKind,
};
use indexmap::IndexMap;
use serde_json::Value;

use super::components::Components;
use super::document::TAGS;
use super::place::Placed;
use super::schema::{Made, Schemas, Travel};
use super::tree::{ROOT, Tree};
use super::words::{Asks, ask, asked, foreign, line, no_word_for, placeholder, sentence, whole};
use crate::claim::{Aspect, Subject};
use crate::document::Spec;
use crate::harmless::{is_action, is_harmless};
use crate::page::{PageClaims, unreadable};
use crate::pair::{Pairing, services};
use crate::patch::example::is_of_objects;
use crate::patch::schema::iam_row;
use crate::piece::{New, entry, written};

/// Extensions of ours that a definition has a word for, and what is asked about each.
pub(super) const EXTENSIONS: &[(&str, &str)] = &[
    ("x-iam-actions", "is this the action that IAM grants?"),
    (
        "x-rate-limit",
        "is it for one account, in this time? the definition gives no unit",
    ),
];

/// What bodies are written as.
pub(super) const JSON: &str = "application/json";

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

impl<'a> Operation<'a> {
    /// The operation as it is written, below its comments.
    pub(super) fn write(mut self) -> New {
        let id = self.placed.id.clone();
        let named = self.facts.operation.as_ref();
        let at = named.map_or(&self.placed.at, |it| &it.sources).to_vec();
        let mut asks = self.asks();
        let mut entries = Vec::new();
        let mut say = |key: &str, value: New| entries.push(entry(key, value));
        let name = match named {
            Some(_) if self.placed.is_named => New::text(&id),
            Some(it) => {
                let name = foreign(&it.value);
                let question = format!("the vendor calls it `{name}`; may it be called so?");
                asked(&id, &question, &at)
            }
            None => asked(&id, "what does the vendor call it?", &at),
        };
        say("operationId", name);
        if let Some(said) = self.facts.deprecated.as_ref().filter(|it| it.value) {
            say("deprecated", New::scalar("true"));
            asks.at("it is deprecated; is it still wanted?", &said.sources);
        }
        say("summary", placeholder(&sentence(&id), &at));
        say("tags", New::List(vec![self.tag.clone()]));
        say("externalDocs", self.origin.clone());
        if let Some(actions) = self.actions() {
            say("x-iam-actions", actions);
        }
        let keywords = self.facts.keywords.iter();
        for (key, said) in keywords.filter(|(key, _)| key != TAGS) {
            let Some((_, question)) = EXTENSIONS.iter().find(|(it, _)| it == key) else {
                asks.at(no_word_for(key, &said.value), &said.sources);
                continue;
            };
            match self.facts.iam.as_slice() {
                rows @ [_, ..] if key == "x-iam-actions" => {
                    let is_known = |it: &Value| rows.iter().any(|row| *it == *row.value.action);
                    let actions = said.value.as_array().into_iter().flatten();
                    for action in actions.filter(|it| !is_known(it)) {
                        let shown = match action.as_str().is_some_and(is_action) {
                            true => foreign(&action.to_string()),
                            false => "that it has".to_owned(),
                        };
                        let question = format!("it names the action {shown} too; is it needed?");
                        asks.at(question, &said.sources);
                    }
                }
                _ => {
                    let question = vec![ask(question, &said.sources)];
                    say(key, written(&said.value).below(question));
                }
            }
        }
        let parameters = self.parameters(&mut asks);
        if !parameters.is_empty() {
            say("parameters", New::List(parameters));
        }
        if let Some(body) = self.body(&mut asks) {
            say("requestBody", body);
        }
        say("responses", New::Map(self.responses(&mut asks)));
        New::Map(entries).below(asks.list)
    }

    /// The schema of what is in a tree, with names for its object.
    fn schema<'t>(&mut self, tree: &'t Tree<'_>, travel: Travel, names: &[String]) -> Made<'t> {
        let mut schemas = Schemas {
            tree,
            components: self.components,
            travel,
            names,
            owner: &self.placed.id,
            is_in_secret: false,
        };
        schemas.of(ROOT)
    }

    /// What is in a place, in order.
    fn parameters_in(
        &self,
        place: FieldLocation,
    ) -> impl Iterator<Item = &'a FieldFacts> + use<'a> {
        let all = self.facts.parameters.iter();
        all.filter(move |(at, _)| *at == place).map(|(_, it)| it)
    }

    /// What is to be decided about the operation as a whole.
    fn asks(&self) -> Asks {
        let mut asks = Asks::about(&self.placed.at);
        let facts = self.facts;
        let all = || self.spec.operations.iter();
        let is_own = |word: &String| {
            let mut own = all().filter(|it| it.file == self.placed.file);
            *word == self.placed.service || own.any(|it| it.services.contains(word))
        };
        let named = services(facts);
        if !named.is_empty() && !named.iter().any(is_own) {
            let (named, own) = (foreign(&named.join(", ")), &self.placed.service);
            let at = facts.services.first().map(|it| it.sources.as_slice());
            let question = format!("it names the service {named}, and this is {own}; is it of it?");
            asks.at(question, at.unwrap_or(&self.placed.at));
        }
        // Where an example of a definition does not fit is asked about at its place.
        let is_example = |at: &FactSource| {
            let mut examples = facts.examples.iter();
            at.kind == SourceKind::Definition && examples.any(|it| it.source == *at)
        };
        let contradictions = facts.contradictions.iter();
        for found in contradictions.filter(|it| !is_example(&it.second.1)) {
            let (first, at) = &found.first;
            let (second, other) = &found.second;
            let may_show = may_show_both(found);
            let [about, first, second] = [&found.about, first, second].map(|it| foreign(it));
            let number = other.lines.first;
            let question = match may_show {
                true => format!("`{first}` here, `{second}` at line {number}"),
                false => format!("there is another at line {number}"),
            };
            let question = format!("{about}: {question}; which is right?");
            asks.at(question, std::slice::from_ref(at));
        }
        let lost = unreadable(facts).into_iter();
        let lost = lost.map(|it| ("it cannot be read here", it));
        let left_out = facts.left_out.iter().cloned();
        let sent = facts.parameters.iter().map(|(_, it)| it);
        let returned = facts.responses.iter().flat_map(|it| &it.fields);
        let of_objects = sent.chain(returned).filter(|it| is_of_objects(it));
        // One question for a reason, however many cells of a table it is said of.
        let mut reasons: IndexMap<(String, usize), BTreeSet<usize>> = IndexMap::new();
        let said = lost.chain(left_out.map(|it| ("it also says", it)));
        let said = said.map(|(what, (why, at))| (format!("{what}: {}", unquoted(&why)), at));
        let of_objects = of_objects.filter_map(|it| it.keyword("example")?.sources.first());
        let of_objects = of_objects.map(|it| {
            let question = "it has an example of an object; does that of its body show the same?";
            (question.to_owned(), it.lines)
        });
        for (question, at) in said.chain(of_objects) {
            let lines = reasons.entry((question, at.file)).or_default();
            lines.insert(at.first);
        }
        for ((question, file), lines) in reasons {
            let file = facts.files.get(file);
            let first = lines.first().copied().unwrap_or_default();
            let at = line(file.is_some_and(SourceFile::is_definition), first);
            let more = match (lines.len() - 1, lines.last()) {
                (more @ 1.., Some(last)) => format!(", and {more} more to {last}"),
                _ => String::new(),
            };
            asks.list.push(format!("ask: {question} ({at}{more})"));
        }
        if let Some(said) = facts.asynchronous.as_ref().filter(|it| it.value) {
            let question = "the work goes on after the response; say so in the description";
            asks.at(question, &said.sources);
        }
        for route in facts.routes.iter().skip(1) {
            let (method, path) = (foreign(&route.value.method), foreign(&route.value.path));
            let question = format!("it has the route {method} {path} too; is that wanted?");
            asks.at(question, &route.sources);
        }
        asks
    }

    /// The rights it takes, the first row being its own.
    fn actions(&self) -> Option<New> {
        let page = PageClaims::of(self.facts, &Pairing::default());
        let claims = page.claims.get(&Subject::Operation)?;
        claims.value(Aspect::Action)?;
        let further = self.facts.iam.iter().skip(1);
        let asks = further.map(|it| {
            let action = foreign(&it.value.action);
            let question = format!("it also names the action {action}; is it needed?");
            ask(&question, &it.sources)
        });
        Some(New::List(vec![New::Map(iam_row(claims))]).below(asks.collect()))
    }
}

/// What a reader says of a page, without what it quotes.
fn unquoted(text: &str) -> String {
    let own = text.split('"').next().unwrap_or_default();
    whole(own.trim_end_matches([':', ' ']))
}

/// Whether both of what is disputed may be shown: values are those of a default or of an example.
fn may_show_both(found: &Contradiction) -> bool {
    let mut values = [": default", ": values"].iter();
    let Some(about) = values.find_map(|it| found.about.strip_suffix(*it)) else {
        return true;
    };
    let is_secret = about.split([' ', '.']).any(sounds_secret);
    let mut values = [&found.first.0, &found.second.0].into_iter();
    !is_secret && values.all(|it| it.split(", ").all(|it| is_harmless(&Value::from(it))))
}

/// Whether a text can be the name of a header.
fn is_header(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&it))
}
