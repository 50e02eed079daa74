//! Checks on documents no fixture would hold: too long, too deep, or without any sense.

use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Severity, codes};
use crate::load::tree::{Entry, Node, Value};
use crate::load::{Outside, load};
use crate::profile::{Neutral, Profile, RuntimePlace};
use crate::source::Source;

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: T, version: v1}\npaths:\n  /a:\n    get:\n      \
                    operationId: A\n      responses: {'200': {description: D}}\ncomponents:\n  schemas:\n";

fn codes_of(text: &str) -> Vec<&'static str> {
    let loaded = load(&[Source::new("spec/a.yaml", text)]);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    check(&loaded.documents, crate::profile::of_the_workspace())
        .sorted()
        .iter()
        .map(|it| it.code)
        .collect()
}

/// `S0` leads to `S1` and so on, each the way `link` says.
fn chain(length: usize, link: impl Fn(usize) -> String) -> String {
    let mut text = HEAD.to_owned();
    for n in 0..length {
        text.push_str(&format!("    S{n}: {}\n", link(n + 1)));
    }
    text.push_str(&format!("    S{length}: {{type: string}}\n"));
    text.push_str("    Start: {type: object, properties: {a: {$ref: '#/components/schemas/S0'}}, example: {a: 5}}\n");
    text
}

#[test]
fn long_chains_of_references_are_no_trouble() {
    for length in [1, 20, 3_000] {
        let refs = chain(length, |n| format!("{{$ref: '#/components/schemas/S{n}'}}"));
        let parts = chain(length, |n| {
            format!("{{allOf: [{{$ref: '#/components/schemas/S{n}'}}]}}")
        });
        let properties = chain(length, |n| {
            format!("{{type: object, properties: {{a: {{$ref: '#/components/schemas/S{n}'}}}}}}")
        });
        for text in [refs, parts, properties] {
            assert_eq!(codes_of(&text), [codes::EXAMPLE], "{length}");
        }
    }
}

#[test]
fn examples_nobody_could_check_are_told_of() {
    let link =
        |n| format!("{{type: object, properties: {{a: {{$ref: '#/components/schemas/S{n}'}}}}}}");
    let loaded = load(&[Source::new("spec/a.yaml", chain(20_000, link))]);
    let found = check(&loaded.documents, crate::profile::of_the_workspace());
    assert!(!found.has_errors());
    assert!(found.iter().any(|it| it.message.contains("not checked")));
}

#[test]
fn parts_that_double_at_each_step_are_refused() {
    let text = chain(40, |n| {
        let part = format!("{{$ref: '#/components/schemas/S{n}'}}");
        format!("{{allOf: [{part}, {part}]}}")
    });
    let found = codes_of(&text);
    assert!(found.contains(&codes::UNSUPPORTED), "{found:?}");
}

#[test]
fn a_ring_of_many_references_is_one_error() {
    let mut text = HEAD.to_owned();
    for n in 0..5_000 {
        text.push_str(&format!(
            "    S{n}: {{$ref: '#/components/schemas/S{}'}}\n",
            (n + 1) % 5_000
        ));
    }
    assert_eq!(codes_of(&text), [codes::REF_CYCLE]);
}

#[test]
fn another_version_is_one_error_and_nothing_else() {
    for text in [
        "swagger: '2.0'\nnonsense: 1\n",
        "openapi: 3.2.0\nnonsense: 1\n",
        "openapi: 3.0.x\n",
        "openapi: '3.0.'\n",
        "openapi: 30.0.3\n",
    ] {
        assert_eq!(codes_of(text), [codes::VERSION], "{text}");
    }
    assert!(!codes_of("openapi: 3.0.0-rc2\n").contains(&codes::VERSION));
}

#[test]
fn a_secret_without_its_mark_is_an_error_here_and_a_warning_of_others() {
    let text =
        format!("{HEAD}    P: {{type: object, properties: {{db_user_pwd: {{type: string}}}}}}\n");
    let theirs = Neutral::new("a-client", RuntimePlace::Registry);
    let profiles: [(&dyn Profile, _); 2] = [
        (crate::profile::of_the_workspace(), Severity::Error),
        (&theirs, Severity::Warning),
    ];
    for (profile, severity) in profiles {
        let loaded = load(&[Source::new("spec/a.yaml", &*text)]);
        let found = check(&loaded.documents, profile);
        let found: Vec<_> = found.iter().map(|it| (it.code, it.severity)).collect();
        assert_eq!(found, [(codes::SECRET_UNMARKED, severity)]);
    }
}

/// Words the checks look for, so that nonsense reaches deep into them.
const WORDS: &[&str] = &[
    "openapi",
    "3.0.3",
    "info",
    "title",
    "version",
    "paths",
    "/a/{b}",
    "/a/{c}",
    "get",
    "post",
    "operationId",
    "parameters",
    "name",
    "in",
    "path",
    "query",
    "header",
    "required",
    "schema",
    "content",
    "application/json",
    "example",
    "examples",
    "value",
    "responses",
    "200",
    "default",
    "description",
    "components",
    "schemas",
    "S",
    "T",
    "$ref",
    "#/components/schemas/S",
    "#/components/schemas/T",
    "#/components/responses/S",
    "type",
    "string",
    "integer",
    "array",
    "object",
    "items",
    "properties",
    "allOf",
    "oneOf",
    "enum",
    "format",
    "password",
    "nullable",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "minLength",
    "maxLength",
    "pattern",
    "[a",
    "not",
    "additionalProperties",
    "servers",
    "url",
    "https://{a}",
    "variables",
    "security",
    "securitySchemes",
    "tags",
    "requestBody",
    "x-password-policy",
    "classes",
    "minClasses",
    "min",
    "max",
    "specials",
    "forbidden",
    "x-success-when",
    "field",
    "equals",
    "x-client-parameter",
    "x-iam-actions",
    "action",
    "x-retry",
    "x-rate-limit",
    "calls",
    "seconds",
    "x-required-unless",
    "x-predicate",
    "links",
    "headers",
    "discriminator",
    "propertyName",
    "readOnly",
    "writeOnly",
    "style",
    "",
    "ü",
    "multipleOf",
];

fn word() -> impl Strategy<Value = String> {
    proptest::sample::select(WORDS).prop_map(str::to_owned)
}

fn node(value: Value) -> Node {
    Node { span: 0..1, value }
}

fn any_node() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        4 => word().prop_map(Value::String),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => any::<i64>().prop_map(|it| Value::Number(it.into())),
        1 => any::<f64>().prop_map(|it| serde_json::Number::from_f64(it).map_or(Value::Null, Value::Number)),
    ]
    .prop_map(node);
    leaf.prop_recursive(8, 96, 8, |inner| {
        prop_oneof![
            1 => proptest::collection::vec(inner.clone(), 0..5).prop_map(|it| node(Value::Sequence(it))),
            4 => mapping(inner),
        ]
    })
}

fn mapping(inner: impl Strategy<Value = Node>) -> impl Strategy<Value = Node> {
    proptest::collection::btree_map(word(), inner, 0..8).prop_map(|entries| {
        let entries = entries.into_iter().map(|(key, value)| Entry {
            key,
            key_span: 0..1,
            value,
        });
        node(Value::Mapping(entries.collect()))
    })
}

fn entry(key: &str, value: Node) -> Entry {
    Entry {
        key: key.to_owned(),
        key_span: 0..1,
        value,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_tree_makes_the_checks_panic(paths in any_node(), schemas in any_node(), root in any_node()) {
        let source = Source::new("spec/a.yaml", "x");
        let sections = vec![entry("schemas", schemas.clone()), entry("responses", schemas)];
        let document = vec![
            entry("openapi", node(Value::String("3.0.3".into()))),
            entry("paths", paths),
            entry("components", node(Value::Mapping(sections))),
        ];
        for tree in [root, node(Value::Mapping(document))] {
            let document = Document {
                source: source.clone(),
                tree,
                outside: Outside::default(),
            };
            let found = check(&[document.clone(), document], crate::profile::of_the_workspace());
            found.render(std::slice::from_ref(&source), false);
        }
    }
}

/// A piece of a document, made whole.
fn whole(piece: &str) -> Source {
    let paths = "paths: {/a: {get: {operationId: a, responses: {'204': {description: ok}}}}}\n";
    let head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n";
    let head = match piece.contains("openapi:") || piece.contains("swagger:") {
        true => "",
        false => head,
    };
    let paths = if piece.contains("paths:") { "" } else { paths };
    Source::new("spec/piece.yaml", format!("{head}{paths}{piece}\n"))
}

fn codes_in(piece: &str) -> Vec<&'static str> {
    let sources = [whole(piece)];
    let (found, _) = crate::render::find(&sources, crate::profile::of_the_workspace());
    found.iter().map(|it| it.code).collect()
}

/// What no piece of one document shows.
const SHOWN_ELSEWHERE: &[&str] = &[
    codes::EMPTY,
    codes::SERVICE_NAME,
    codes::SERVICE_CLASH,
    codes::CALL_CLASH,
    codes::TYPES_TOO_DEEP,
    codes::NOT_EMITTED,
];

#[test]
fn rules_are_found_in_their_examples_and_nowhere_else() {
    let mut wrong = Vec::new();
    for rule in super::rules() {
        let code = rule.code;
        let is_shown = !SHOWN_ELSEWHERE.contains(&code);
        assert_eq!(!rule.fires.is_empty(), is_shown, "examples of {code}");
        assert!(!rule.silent.is_empty(), "{code}");
        let pieces = rule.fires.iter().map(|piece| (piece, true));
        for (piece, fires) in pieces.chain(rule.silent.iter().map(|piece| (piece, false))) {
            let codes = codes_in(piece);
            if codes.contains(&code) != fires {
                wrong.push(format!("{code} in {piece}: {codes:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_say_what_they_are_in_whole_sentences() {
    for rule in super::rules() {
        for text in [rule.explanation, rule.remedy] {
            assert!(
                text.ends_with('.') && text.len() < 300,
                "{}: {text}",
                rule.code
            );
        }
    }
}

#[test]
fn codes_are_unique_and_spelt_alike() {
    let mut seen = std::collections::BTreeSet::new();
    for code in super::rules().map(|rule| rule.code) {
        assert!(seen.insert(code), "{code} is there twice");
        let (group, name) = code.split_once("::").unwrap();
        let plain = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        assert!(plain(group) && plain(name), "{code}");
    }
}
