//! What is said of a value by its keywords: what contradicts itself, and what pages have no words for.

use huaweicloud_codegen::check::{is_nearly_secret, sounds_secret};
use huaweicloud_pages::facts::{FieldFacts, SourceKind};
use serde_json::{Value, json};

use super::{Facts, Travel, innermost, take};
use crate::claim::{Aspect, ClaimValue};
use crate::draft::tree::Branch;
use crate::draft::words::{Asks, foreign, no_word_for};
use crate::patch::example;
use crate::patch::schema::{Keywords, in_order};
use crate::piece::{New, entry, written};

/// Keywords of definitions that OpenAPI has too, and whether they are about plain values.
const KEYWORDS: &[(&str, bool)] = &[
    ("format", true),
    ("pattern", true),
    ("multipleOf", true),
    ("minItems", false),
    ("uniqueItems", false),
    ("minProperties", false),
    ("maxProperties", false),
    ("additionalProperties", false),
    ("readOnly", false),
];

/// Those that stand where an object is written, not where it is referred to.
pub(super) const OF_OBJECTS: &[&str] = &["minProperties", "maxProperties", "additionalProperties"];

/// Keywords that are told of elsewhere, or say nothing about what is allowed.
const ELSEWHERE: &[&str] = &[
    "collectionFormat",
    "example",
    "examples",
    "in",
    "required",
    "title",
];

/// Takes out what contradicts itself: bounds that let nothing through, values that are there twice.
pub(super) fn settle(facts: &mut Facts, field: Option<&FieldFacts>, asks: &mut Asks) {
    if let Some(said) = facts.get_mut(&Aspect::Enum)
        && let ClaimValue::Many(items) = &mut said.value
    {
        let mut known = std::collections::BTreeSet::new();
        items.retain(|it| known.insert(it.clone()));
    }
    for aspect in [Aspect::LengthMin, Aspect::LengthMax] {
        let text = facts.get(&aspect).and_then(|it| it.value.as_one());
        if text.is_some_and(|it| it.parse::<u64>().is_err()) {
            facts.remove(&aspect);
            asks.ask("its length is none that there can be; which is it?");
        }
    }
    let number = |facts: &Facts, aspect| facts.get(&aspect)?.value.as_one()?.parse::<f64>().ok();
    for (least, most) in [
        (Aspect::LengthMin, Aspect::LengthMax),
        (Aspect::RangeMin, Aspect::RangeMax),
    ] {
        if let (Some(min), Some(max)) = (number(facts, least), number(facts, most))
            && min > max
        {
            facts.remove(&least);
            facts.remove(&most);
            asks.ask(format!(
                "between {min} and {max} there is nothing; which is right?"
            ));
        }
    }
    for rules in field.into_iter().flat_map(|it| &it.password) {
        let mut sources = rules.sources.iter();
        if sources.any(|it| it.kind == SourceKind::Definition) {
            let question = "the rules of the password are read from its words; are they right?";
            asks.at(question, &rules.sources);
        }
        if !rules.value.forbid.is_empty() {
            let words = foreign(&rules.value.forbid.join(", "));
            let question = format!("it must not be: {words}; say so in the description");
            asks.at(question, &rules.sources);
        }
    }
    for said in field
        .into_iter()
        .flat_map(|it| it.lengths.iter().chain(&it.ranges))
    {
        if let Some(part) = &said.value.part {
            let end = |it: &Option<String>| it.as_deref().map(foreign).unwrap_or_default();
            let (min, max) = (end(&said.value.min), end(&said.value.max));
            let question = format!(
                "each {} is bound by {min}..{max}; OpenAPI has no word for it",
                foreign(part)
            );
            asks.at(question, &said.sources);
        }
    }
}

/// A default that the schema itself refuses is asked about; one of a list is a list.
pub(super) fn default(
    made: &mut Keywords,
    field: Option<&FieldFacts>,
    kind: &str,
    facts: &Facts,
    asks: &mut Asks,
) {
    let Some(said) = field.and_then(|it| it.default.as_ref()) else {
        return;
    };
    if kind.is_empty() {
        made.push(entry("default", written(&said.value)));
        return;
    }
    let is_compound = kind.starts_with("array") || kind == "object";
    let as_kind = example::as_kind(&said.value, kind);
    let is_secret = is_taken_for_secret(field, facts) && !facts.contains_key(&Aspect::Enum);
    let written_before = take(made, "default");
    // The fields of an object have defaults of their own.
    let is_open = innermost(kind) != "object" || as_kind == json!([]) || as_kind == json!({});
    if example::fits(&as_kind, kind, facts) && is_open && !is_secret {
        let value = match (written_before, is_compound) {
            (Some(value), false) => value,
            _ => written(&as_kind),
        };
        made.push(entry("default", value));
    } else if is_secret {
        asks.ask("it has a default, and is a secret; may it have one?");
    } else {
        let value = foreign(&said.value.to_string());
        asks.ask(format!("can {value} be its default? it does not fit"));
    }
}

/// Whether a value is a secret, or its name sounds like one.
pub(super) fn is_taken_for_secret(field: Option<&FieldFacts>, facts: &Facts) -> bool {
    let name = field.and_then(|it| it.path.rsplit('.').next());
    facts.contains_key(&Aspect::Secret) || name.is_some_and(sounds_secret)
}

/// Keywords that only definitions have.
pub(super) fn further(
    made: &mut Keywords,
    field: Option<&FieldFacts>,
    kind: &str,
    facts: &Facts,
    asks: &mut Asks,
) {
    let Some(of) = field else { return };
    for (key, said) in &of.keywords {
        if key == "example" {
            // Said of what a list is of, it is of an item.
            let fits = |kind: &str, facts: &Facts| {
                example::fits(&example::as_kind(&said.value, kind), kind, facts)
            };
            let is_fitting = fits(kind, facts) || fits(innermost(kind), &example::of_items(facts));
            let value = example::as_kind(&said.value, "object");
            let is_nullable = made.iter().any(|(it, _)| it == "nullable");
            // Those of bodies are compared as a whole, and no secret is shown.
            let is_elsewhere = of.path.is_empty() || value.is_object();
            let is_secret = is_taken_for_secret(field, facts);
            if said.value.is_null() && !is_nullable {
                asks.ask("its example is null; may it be null?");
            } else if !is_elsewhere && !is_secret && !is_fitting {
                let value = foreign(&said.value.to_string());
                asks.ask(format!("can {value} be its example? it does not fit"));
            }
        }
        if ELSEWHERE.contains(&key.as_str()) {
            continue;
        }
        if matches!(key.as_str(), "consumes" | "produces") {
            let value = foreign(&said.value.to_string());
            asks.at(
                format!("its body is {value}, and the client speaks JSON; may it?"),
                &said.sources,
            );
            continue;
        }
        let Some((_, is_inner)) = KEYWORDS.iter().find(|(it, _)| it == key) else {
            asks.ask(no_word_for(key, &said.value));
            continue;
        };
        // One that repeats the type says nothing.
        let word = said.value.as_str().filter(|_| key == "format");
        if word.is_some_and(|it| it.eq_ignore_ascii_case(innermost(kind))) {
            continue;
        }
        if key == "format" && said.value.as_str().is_some_and(is_nearly_secret) {
            let value = foreign(&said.value.to_string());
            asks.ask(format!(
                "its format {value} is nearly `password`; is it a secret?"
            ));
            continue;
        }
        if key == "readOnly" && made.iter().any(|(key, _)| key == "writeOnly") {
            asks.ask("it is a secret, and only comes back; is it sent at all?");
            continue;
        }
        // A mark of ours leads, and only text is secret.
        let is_odd = key == "format"
            && said.value.as_str() == Some("password")
            && innermost(kind) != "string";
        let is_flag = key == "uniqueItems" || key == "readOnly";
        if is_flag && said.value != Value::Bool(true) {
            continue;
        }
        let mut add = |holder: &mut Keywords| {
            if !is_odd && !holder.iter().any(|(it, _)| it == key) {
                holder.push((key.clone(), written(&said.value)));
                in_order(holder);
            }
        };
        match *is_inner {
            true => of_values(made, &mut add),
            false => add(made),
        }
    }
}

/// Works on the keywords of what a list is of.
fn of_values(made: &mut Keywords, act: &mut dyn FnMut(&mut Keywords)) {
    let inner = made
        .iter_mut()
        .find_map(|(key, value)| match (key.as_str(), value) {
            ("items", New::Map(inner)) => Some(inner),
            _ => None,
        });
    match inner {
        Some(inner) => of_values(inner, act),
        None => act(made),
    }
}

/// Marks text whose name sounds like a secret.
pub(super) fn marked(
    made: &mut Keywords,
    branch: &Branch<'_>,
    travel: Travel,
    kind: &str,
    facts: &Facts,
    asks: &mut Asks,
) {
    if !matches!(innermost(kind), "string" | "") || !sounds_secret(&branch.name) {
        return;
    }
    let is_open = travel == Travel::Address || facts.contains_key(&Aspect::Enum) || kind.is_empty();
    of_values(made, &mut |inner| {
        let mut is_marked = inner.iter();
        if is_marked.any(|(key, it)| key == "format" && *it == New::scalar("password")) {
            return;
        }
        if is_open {
            inner.push(entry("x-secret", New::scalar("false")));
            asks.ask("its name sounds like a secret; is it none?");
        } else {
            inner.retain(|(key, _)| key != "format");
            inner.push(entry("format", New::scalar("password")));
            if travel == Travel::Sent {
                inner.push(entry("writeOnly", New::scalar("true")));
            }
            asks.ask("its name sounds like a secret; is it one?");
        }
        in_order(inner);
    });
}
