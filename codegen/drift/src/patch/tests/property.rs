//! Whatever changes on a page, the patch follows it and leaves nothing to do.

use huaweicloud_pages::facts::{Facts, FieldFacts, FieldLocation, Required};
use proptest::prelude::*;

use super::fixture::{TEXT, comments, differences, page_of, patched, sources};
use crate::lock::Lock;
use crate::testing::{bounds, fact, field, source};

/// One change of one fact.
#[derive(Debug, Clone)]
enum Mutation {
    Required(usize),
    Type(usize, &'static str),
    Enum(usize, Vec<String>),
    Default(usize, String),
    Length(usize, u32, u32),
    Range(usize, i32, i32),
    Deprecated(usize),
    Nullable(usize),
    AddField(usize, String, &'static str, bool),
    AddQuery(String, &'static str, bool),
    AddStatus(u32),
    Path(String),
    Action(String),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let kind = prop::sample::select(vec![
        "String",
        "Integer",
        "Boolean",
        "Number",
        "Array of strings",
    ]);
    let word = "[a-zA-Z][a-zA-Z0-9_-]{0,8}";
    let text = "[ -~äé中]{1,8}";
    let at = 0..64usize;
    prop_oneof![
        at.clone().prop_map(Mutation::Required),
        (at.clone(), kind.clone()).prop_map(|(at, kind)| Mutation::Type(at, kind)),
        (at.clone(), prop::collection::vec(text, 1..4))
            .prop_map(|(at, all)| Mutation::Enum(at, all)),
        (at.clone(), text).prop_map(|(at, text)| Mutation::Default(at, text)),
        (at.clone(), 0..99u32, 100..999u32).prop_map(|(at, a, b)| Mutation::Length(at, a, b)),
        (at.clone(), -99..99i32, 100..999i32).prop_map(|(at, a, b)| Mutation::Range(at, a, b)),
        at.clone().prop_map(Mutation::Deprecated),
        at.clone().prop_map(Mutation::Nullable),
        (at, word, kind.clone(), any::<bool>())
            .prop_map(|(at, name, kind, required)| Mutation::AddField(at, name, kind, required)),
        (word, kind, any::<bool>())
            .prop_map(|(name, kind, required)| Mutation::AddQuery(name, kind, required)),
        (402..499u32).prop_map(Mutation::AddStatus),
        "[a-z]{1,6}".prop_map(Mutation::Path),
        "[a-z]{1,6}:[a-z]{1,6}:[a-zA-Z]{1,6}".prop_map(Mutation::Action),
    ]
}

/// Applies a mutation; a mutation that the documents could not follow is none.
fn mutate(facts: &mut Facts, mutation: &Mutation) {
    let at = |facts: &Facts, at: usize| at % facts.parameters.len();
    let own = |facts: &mut Facts, index: usize, edit: &dyn Fn(&mut FieldFacts)| {
        let index = at(facts, index);
        edit(&mut facts.parameters[index].1);
    };
    let scalar = |it: &FieldFacts| it.type_.as_ref().is_some_and(|it| it.value == "string");
    match mutation.clone() {
        Mutation::Required(index) => {
            let index = at(facts, index);
            let (place, field) = &mut facts.parameters[index];
            if *place != FieldLocation::Path {
                let flipped = if field.required.0 == Required::Yes {
                    Required::No
                } else {
                    Required::Yes
                };
                field.required = (flipped, Some(source(9)));
            }
        }
        Mutation::Type(index, kind) => {
            let index = at(facts, index);
            let field = &mut facts.parameters[index].1;
            // What has parts, bounds or values of its own kind would change in more than its type.
            let simple = field.lengths.is_empty()
                && field.ranges.is_empty()
                && field.enum_values.is_none()
                && field.default.is_none()
                && field.max_items.is_none()
                && field.secret.is_none();
            if simple {
                field.type_ = Some(fact(kind.to_owned(), 9));
            }
        }
        Mutation::Enum(index, all) => own(facts, index, &|it| {
            if scalar(it) && it.default.is_none() {
                it.enum_values = Some(fact(all.clone(), 9));
            }
        }),
        Mutation::Default(index, text) => own(facts, index, &|it| {
            if scalar(it) {
                it.default = Some(fact(text.clone().into(), 9));
            }
        }),
        Mutation::Length(index, min, max) => own(facts, index, &|it| {
            if scalar(it) && it.password.is_none() {
                it.lengths = vec![fact(
                    bounds(Some(&min.to_string()), Some(&max.to_string())),
                    9,
                )];
            }
        }),
        Mutation::Range(index, min, max) => own(facts, index, &|it| {
            if it.type_.as_ref().is_some_and(|it| it.value == "integer") {
                it.ranges = vec![fact(
                    bounds(Some(&min.to_string()), Some(&max.to_string())),
                    9,
                )];
            }
        }),
        Mutation::Deprecated(index) => own(facts, index, &|it| it.deprecated = Some(fact(true, 9))),
        Mutation::Nullable(index) => own(facts, index, &|it| it.nullable = Some(fact(true, 9))),
        Mutation::AddField(index, name, kind, required) => {
            let prefixes = ["", "tags[]."];
            let path = format!("{}{name}", prefixes[index % 2]);
            let required = if required {
                Required::Yes
            } else {
                Required::No
            };
            if !facts.parameters.iter().any(|(_, it)| it.path == path) {
                facts
                    .parameters
                    .push((FieldLocation::Body, field(&path, kind, required, 9)));
            }
        }
        Mutation::AddQuery(name, kind, required) => {
            let required = if required {
                Required::Yes
            } else {
                Required::No
            };
            if !facts.parameters.iter().any(|(_, it)| it.path == name) {
                facts
                    .parameters
                    .push((FieldLocation::Query, field(&name, kind, required, 9)));
            }
        }
        Mutation::AddStatus(status) => facts.statuses.push(fact(status.to_string(), 60)),
        Mutation::Path(word) => {
            facts.routes[0].value.path = format!("/v1/{{project_id}}/{word}/{{gauge_id}}");
        }
        Mutation::Action(action) => facts.iam[0].value.action = action,
    }
}

/// So many cases, or as many as the environment asks for.
fn bounded(cases: u32) -> ProptestConfig {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => ProptestConfig::default(),
        None => ProptestConfig::with_cases(cases),
    }
}

proptest! {
    // Enough to find what an edit breaks; PROPTEST_CASES asks for more.
    #![proptest_config(bounded(100))]

    /// Applying the patch leaves no difference, a second run changes nothing, no comment is lost,
    /// and Windows line endings stay.
    #[test]
    fn a_patch_leaves_nothing_to_do(mutations in prop::collection::vec(mutation(), 1..4), windows in any::<bool>()) {
        let text = if windows { TEXT.replace('\n', "\r\n") } else { TEXT.to_owned() };
        let mut facts = page_of(&text);
        for mutation in &mutations {
            mutate(&mut facts, mutation);
        }
        let once = patched(&text, &facts, &Lock::default());
        prop_assert_eq!(differences(&once.sources, &facts), Vec::<String>::new(), "{:?}\n{}", once.left, once.diff(&sources(&text)));
        let new = &once.sources[0].text;
        let again = patched(new, &facts, &Lock::default());
        prop_assert_eq!(&again.sources[0].text, new);
        prop_assert!(again.fixed.is_empty());
        let kept = comments(new);
        let lost: Vec<&str> = comments(&text).into_iter().filter(|it| !kept.contains(it)).collect();
        // A list item that goes takes what stands behind it on its line along.
        prop_assert!(lost.is_empty() || mutations.iter().any(|it| matches!(it, Mutation::Required(_))), "{:?}", lost);
        prop_assert_eq!(windows, new.contains("\r\n"));
        prop_assert_eq!(new.matches('\n').count(), if windows { new.matches("\r\n").count() } else { new.matches('\n').count() });
    }
}
