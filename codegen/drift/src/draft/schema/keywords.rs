//! What is said of a value by its keywords: what contradicts itself, and what pages have no words for.

use huaweicloud_codegen::check::{is_nearly_secret, sounds_secret};
use huaweicloud_pages::facts::{FieldFacts, SourceKind};
use serde_json::{Value, json};

use super::{Made, Travel, innermost, of_values};
use crate::claim::{Aspect, ClaimValue};
use crate::document::keywords::{Of, said_of};
use crate::draft::words::{foreign, no_word_for, shown};
use crate::patch::example;
use crate::patch::schema::{get, put, take};
use crate::piece::{New, written};

impl Made<'_> {
    /// Takes out what contradicts itself: bounds that let nothing through, values that are there twice.
    pub(super) fn settle(&mut self, travel: Travel) {
        let allowed = self.claims.value(Aspect::Enum).map(ClaimValue::items);
        let is_one = allowed.is_some_and(|it| it.len() == 1);
        if is_one && travel == Travel::Address && sounds_secret(self.name) {
            self.claims.facts.remove(&Aspect::Enum);
            let question = "the one value that it has is left out; is it a secret?";
            self.asks.ask(question);
        }
        if let Some(said) = self.claims.facts.get_mut(&Aspect::Enum)
            && let ClaimValue::Many(items) = &mut said.value
        {
            let mut known = std::collections::BTreeSet::new();
            items.retain(|it| known.insert(it.clone()));
        }
        for aspect in [Aspect::LengthMin, Aspect::LengthMax] {
            let text = self.claims.one(aspect);
            if text.is_some_and(|it| it.parse::<u64>().is_err()) {
                self.claims.facts.remove(&aspect);
                let question = "its length is none that there can be; which is it?";
                self.asks.ask(question);
            }
        }
        for (least, most) in [
            (Aspect::LengthMin, Aspect::LengthMax),
            (Aspect::RangeMin, Aspect::RangeMax),
        ] {
            let number = |aspect| example::number(&self.claims, aspect);
            if let (Some(min), Some(max)) = (number(least), number(most))
                && min > max
            {
                self.claims.facts.remove(&least);
                self.claims.facts.remove(&most);
                let question = format!("between {min} and {max} there is nothing; which is right?");
                self.asks.ask(question);
            }
        }
        let Some(field) = self.field else { return };
        if let Some(rules) = &field.password {
            let mut sources = rules.sources.iter();
            if sources.any(|it| it.kind == SourceKind::Definition) {
                let question = "the rules of the password are read from its words; are they right?";
                self.asks.at(question, &rules.sources);
            }
            if !rules.value.forbid.is_empty() {
                let words = foreign(&rules.value.forbid.join(", "));
                let question = format!("it must not be: {words}; say so in the description");
                self.asks.at(question, &rules.sources);
            }
        }
        for said in field.lengths.iter().chain(&field.ranges) {
            if let Some(part) = &said.value.part {
                let end = |it: &Option<String>| it.as_deref().map(foreign).unwrap_or_default();
                let (min, max) = (end(&said.value.min), end(&said.value.max));
                let part = foreign(part);
                let question =
                    format!("each {part} is bound by {min}..{max}; OpenAPI has no word for it");
                self.asks.at(question, &said.sources);
            }
        }
    }

    /// A default that the schema itself refuses is asked about; one of a list is a list.
    pub(super) fn default(&mut self) {
        let Some(said) = self.field.and_then(|it| it.default.as_ref()) else {
            return;
        };
        let value = match self.kind.as_str() {
            "" => said.value.clone(),
            kind => example::as_kind(&said.value, kind),
        };
        // The fields of an object have defaults of their own.
        let is_object = innermost(&self.kind) == "object";
        let may_be = !is_object || value == json!([]) || value == json!({});
        if !self.is_open() {
            self.asks
                .ask("it has a default, and is a secret; may it have one?");
        } else if !may_be || !self.allows(&value) {
            let value = shown(&said.value);
            let question = format!("can {value} be its default? it does not fit");
            self.asks.ask(question);
        } else if example::may_show(&value, &self.claims) {
            put(&mut self.keywords, "default", written(&value));
        } else {
            self.asks
                .ask("its default is more than a word; which is it?");
        }
    }

    /// Whether what is given for it may be shown. Everybody is told the values that are listed.
    pub(super) fn is_open(&self) -> bool {
        !self.is_taken_for_secret() || self.claims.says(Aspect::Enum)
    }

    /// Whether it is a secret, or in one, by what is said or what it is called.
    pub(super) fn is_taken_for_secret(&self) -> bool {
        self.is_in_secret || self.claims.says(Aspect::Secret) || sounds_secret(self.name)
    }

    /// Keywords that only definitions have.
    pub(super) fn further(&mut self) {
        let keywords = self.field.map_or(&[][..], |it| &it.keywords);
        for (key, said) in keywords {
            let value = &said.value;
            let word = value.as_str().unwrap_or_default();
            let inner = innermost(&self.kind);
            match key.as_str() {
                "example" => self.example(value),
                // They are told of elsewhere, or say nothing about what is allowed.
                "collectionFormat" | "examples" | "in" | "required" | "title" => {}
                "consumes" | "produces" => {
                    let types = shown(value);
                    let question =
                        format!("its body is {types}, and the client speaks JSON; may it?");
                    self.asks.at(question, &said.sources);
                }
                // One that repeats the type says nothing.
                "format" if word.eq_ignore_ascii_case(inner) => {}
                "format" if is_nearly_secret(word) => {
                    let word = foreign(word);
                    let question =
                        format!("its format `{word}` is nearly `password`; is it a secret?");
                    self.asks.ask(question);
                }
                // It is marked already where it can be.
                "format" if word == "password" => {}
                // Nothing else is said by it that stands here.
                "additionalProperties" if inner != "object" => {
                    let question = "it is closed for more fields, and is no object; what is meant?";
                    self.asks.ask(question);
                }
                "uniqueItems" | "readOnly" | "writeOnly" if *value != Value::Bool(true) => {}
                "readOnly" if get(&self.keywords, "writeOnly").is_some() => {
                    let question = "it is a secret, and only comes back; is it sent at all?";
                    self.asks.ask(question);
                }
                // No extension of ours is one of theirs.
                key => match said_of(key).filter(|it| *it != Of::Schema && !key.contains('-')) {
                    // A mark of ours leads.
                    Some(of) => {
                        let add = |keywords: &mut _| {
                            if get(keywords, key).is_none() {
                                put(keywords, key, written(value));
                            }
                        };
                        match of.is_values() || of == Of::Objects {
                            true => of_values(&mut self.keywords, add),
                            false => add(&mut self.keywords),
                        }
                    }
                    None => self.asks.ask(no_word_for(key, value)),
                },
            }
        }
    }

    /// Asks about an example that does not fit. Those of objects are compared as a whole.
    fn example(&mut self, value: &Value) {
        let is_body = |it: &FieldFacts| it.path.is_empty();
        let is_elsewhere = self
            .field
            .is_some_and(|it| is_body(it) || example::is_of_objects(it));
        // Said of what a list is of, it is of an item.
        let inner = innermost(&self.kind);
        let item = example::as_kind(value, inner);
        let is_fitting = self.allows(&example::as_kind(value, &self.kind))
            || example::fits(&item, inner, &example::of_items(&self.claims));
        let may_be_null = is_elsewhere || self.claims.says(Aspect::Nullable);
        if value.is_null() && !may_be_null {
            self.asks.ask("its example is null; may it be null?");
        } else if ![json!(""), Value::Null].contains(value)
            && !is_elsewhere
            && self.is_open()
            && !is_fitting
        {
            let value = shown(value);
            let question = format!("can {value} be its example? it does not fit");
            self.asks.ask(question);
        }
    }

    /// Marks text whose name sounds like a secret.
    pub(super) fn mark(&mut self, travel: Travel) {
        let inner = innermost(&self.kind);
        if !matches!(inner, "string" | "array" | "") || !sounds_secret(self.name) {
            return;
        }
        let is_open =
            travel == Travel::Address || self.claims.says(Aspect::Enum) || inner != "string";
        let password = New::scalar("password");
        let question = of_values(&mut self.keywords, |keywords| {
            if get(keywords, "format") == Some(&password) {
                return None;
            }
            if is_open {
                put(keywords, "x-secret", New::scalar("false"));
                return Some("its name sounds like a secret; is it none?");
            }
            take(keywords, "format");
            put(keywords, "format", password);
            if travel == Travel::Sent {
                put(keywords, "writeOnly", New::scalar("true"));
            }
            Some("its name sounds like a secret; is it one?")
        });
        if let Some(question) = question {
            self.asks.ask(question);
        }
    }
}
