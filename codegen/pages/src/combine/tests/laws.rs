//! Whatever the files say: what each of them says is kept, in whatever order they come.

use proptest::prelude::*;

use super::*;

fn said(line: usize, is_definition: bool) -> FactSource {
    FactSource {
        kind: if is_definition {
            SourceKind::Definition
        } else {
            SourceKind::Table
        },
        lines: Lines::of(line),
        cell: None,
    }
}

/// A field, of a definition or of a page, with whatever is said of it.
fn any_field(is_definition: bool) -> impl Strategy<Value = FieldFacts> {
    let names = prop::sample::select(vec!["mode", "depth", "crew", "crew.name", "tags[].id"]);
    let types = prop::option::of(prop::sample::select(vec![
        "String",
        "Integer",
        "Array of objects",
    ]));
    let flag = || prop::option::of(Just(true));
    let values = prop::option::of(prop::sample::subsequence(vec!["A", "B", "C"], 1..=3));
    let end = || prop::option::of(0_u32..4);
    let required = prop::sample::select(vec![Required::Yes, Required::No, Required::Unknown]);
    let rules = prop::option::of((1_u32..4, 5_u32..8));
    (
        names,
        types,
        (required, any::<bool>()),
        flag(),
        values,
        (end(), end()),
        end(),
        rules,
        1_usize..99,
    )
        .prop_map(
            move |(
                name,
                type_,
                (required, is_said),
                flag,
                values,
                (min, max),
                number,
                rules,
                line,
            )| {
                let at = || said(line, is_definition);
                FieldFacts {
                    path: name.into(),
                    named: vec![at()],
                    type_: type_.map(|it| Fact::new(it.into(), at())),
                    required: (required, is_said.then(at)),
                    deprecated: flag.map(|it| Fact::new(it, at())),
                    enum_values: values
                        .map(|it| Fact::new(it.into_iter().map(str::to_owned).collect(), at())),
                    default: number.map(|it| Fact::new(json!(it), at())),
                    lengths: (min.is_some() || max.is_some())
                        .then(|| {
                            let text = |it: Option<u32>| it.map(|it| it.to_string());
                            Fact::new(
                                Bounds {
                                    part: None,
                                    min: text(min),
                                    max: text(max),
                                },
                                at(),
                            )
                        })
                        .into_iter()
                        .collect(),
                    max_items: number.map(|it| Fact::new(it.into(), at())),
                    password: rules.filter(|_| !is_definition).map(|length| {
                        Fact::new(
                            PasswordRules {
                                length: Some(length),
                                ..PasswordRules::default()
                            },
                            at(),
                        )
                    }),
                    ..FieldFacts::default()
                }
            },
        )
}

fn any_fields(is_definition: bool) -> impl Strategy<Value = Vec<FieldFacts>> {
    prop::collection::vec(any_field(is_definition), 0..5).prop_map(|mut all| {
        all.sort_by(|a, b| a.path.cmp(&b.path));
        all.dedup_by(|a, b| a.path == b.path);
        all
    })
}

fn any_facts(name: &'static str) -> impl Strategy<Value = Facts> {
    let form = match name.ends_with(".json") {
        true => Form::Explorer,
        false => Form::Markdown,
    };
    let is_definition = form == Form::Explorer;
    (
        any_fields(is_definition),
        any_fields(is_definition),
        any::<bool>(),
        0_usize..3,
    )
        .prop_map(move |(body, answer, flag, statuses)| {
            let at = || said(1, is_definition);
            let route = Route {
                method: "PUT".into(),
                path: "/v1/gauges/{id}".into(),
            };
            let statuses = ["200", "400", "403"].into_iter().take(statuses);
            Facts {
                files: vec![SourceFile {
                    name: name.into(),
                    form,
                }],
                routes: vec![Fact::new(route, at())],
                deprecated: flag.then(|| Fact::new(true, at())),
                parameters: body
                    .into_iter()
                    .map(|it| (FieldLocation::Body, it))
                    .collect(),
                responses: vec![ResponseFacts {
                    status: "200".into(),
                    named: vec![at()],
                    fields: answer,
                    ..ResponseFacts::default()
                }],
                statuses: statuses.map(|it| Fact::new(it.to_owned(), at())).collect(),
                unreadable: vec![(name.into(), Lines::of(7))],
                ..Facts::default()
            }
        })
}

/// Whether one says all that the other says, apart from what both leave open.
fn keeps(all: &FieldFacts, part: &FieldFacts) -> bool {
    fn same<T: PartialEq>(all: &Option<Fact<T>>, part: &Option<Fact<T>>) -> bool {
        let part = part.as_ref().map(|it| &it.value);
        part.is_none() || all.as_ref().map(|it| &it.value) == part
    }
    let ends = part.lengths.iter().all(|part| {
        let end = |all: &Option<String>, part: &Option<String>| part.is_none() || all == part;
        let mut all = all.lengths.iter();
        all.any(|all| end(&all.value.min, &part.value.min) && end(&all.value.max, &part.value.max))
    });
    let required = match part.required {
        (Required::Unknown, _) | (Required::No, None) => true,
        (said, _) => all.required.0 == said,
    };
    ends && required
        && same(&all.type_, &part.type_)
        && same(&all.deprecated, &part.deprecated)
        && same(&all.enum_values, &part.enum_values)
        && same(&all.default, &part.default)
        && same(&all.max_items, &part.max_items)
        && same(&all.password, &part.password)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A copy says nothing new.
    #[test]
    fn with_itself_it_is_itself(facts in any_facts("set.json"), page in any_facts("set.md")) {
        for facts in [facts, page] {
            let mut copy = facts.clone();
            copy.files[0].name.insert(0, '~');
            let both = combine(vec![facts.clone(), copy]);
            prop_assert_eq!(notation::facts(&both), notation::facts(&facts));
        }
    }

    /// The order of files changes nothing.
    #[test]
    fn the_order_of_files_changes_nothing(
        a in any_facts("a.json"), b in any_facts("b.json"), c in any_facts("c.md"), d in any_facts("d.md"),
        order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle(),
    ) {
        let all = [a, b, c, d];
        let turned = order.iter().map(|it| all[*it].clone()).collect();
        prop_assert_eq!(combine(turned), combine(all.to_vec()));
    }

    /// Nothing of the definition is lost, and what the page says is there or told.
    #[test]
    fn nothing_is_lost(first in any_facts("set.json"), second in any_facts("set.md")) {
        let both = combine(vec![second.clone(), first.clone()]);
        let bodies = |facts: &Facts| -> Vec<FieldFacts> {
            let parameters = facts.parameters.iter().map(|it| it.1.clone());
            parameters.collect()
        };
        let answers = |facts: &Facts| facts.responses[0].fields.clone();
        for (about, all, of_first, of_second) in [
            ("body parameter", bodies(&both), bodies(&first), bodies(&second)),
            ("response 200", answers(&both), answers(&first), answers(&second)),
        ] {
            for part in &of_first {
                let all = all.iter().find(|it| it.path == part.path);
                prop_assert!(all.is_some_and(|all| keeps(all, part)), "{part:?}");
            }
            for part in &of_second {
                let all = all.iter().find(|it| it.path == part.path);
                let about = format!("{about} {}", part.path);
                let is_told = both.contradictions.iter().any(|it| it.about.starts_with(&about));
                prop_assert!(all.is_some_and(|all| is_told || keeps(all, part)), "{part:?}");
            }
        }
        for status in first.statuses.iter().chain(&second.statuses) {
            prop_assert!(both.statuses.iter().any(|it| it.value == status.value));
        }
        prop_assert_eq!(both.unreadable.len(), 2);
        let mut all = both.contradictions.iter();
        prop_assert!(all.all(|it| it.first.1.lines.file == 0 && it.second.1.lines.file == 1));
    }
}
