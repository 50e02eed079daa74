//! Definitions with secrets and sentences in odd places, and far too much of something.

use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use super::{questions, read, text_of, tide};
use crate::draft::{Drafted, draft};

/// A draft of an operation with a body of some fields, with more in the operation or in place of it.
fn drafted(fields: &Value, more: &Value) -> Drafted {
    let mut operation = json!({
        "operationId": "OpenSluice",
        "parameters": [{"in": "body", "name": "body", "required": true,
            "schema": {"type": "object", "properties": fields}}],
        "responses": {"204": {"description": "-"}},
    });
    for (key, value) in more.as_object().into_iter().flatten() {
        operation[key] = value.clone();
    }
    of_path("/v2/{project_id}/sluices", &operation)
}

fn of_path(path: &str, operation: &Value) -> Drafted {
    let text = json!({"product_short": "TIDE", "paths": {path: {"post": operation}}});
    let text = serde_json::to_string_pretty(&text).unwrap();
    let drafted = draft(&tide(), vec![read("open_sluice.json", &text)], None);
    assert_eq!(drafted.failures, []);
    drafted
}

/// Every piece of it that is nobody's business begins like this.
fn shows_none(drafted: &Drafted) {
    for word in ["Hidden", "9f86d081884c"] {
        let text = text_of(drafted);
        assert!(!text.contains(word), "{text}");
    }
}

#[test]
fn no_example_and_no_default_shows_a_secret_or_a_sentence() {
    let token = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b";
    let sentence = "Hidden from you.";
    let fields = json!({
        "note": {"type": "string", "example": sentence, "default": sentence},
        "hash": {"type": "string", "example": token, "default": token},
        "depth": {"type": "integer", "example": sentence, "default": sentence},
        "zones": {"type": "array", "items": {"type": "string"}, "example": [token], "default": [token]},
        "any": {"default": {"password": "Hidden1"}, "example": {"password": "Hidden1"}},
        "token": {"default": "Hidden2"},
        "pin": {"type": "integer", "default": 4711, "example": 4711},
        "credentials": {"type": "object", "properties": {
            "user": {"type": "string", "example": "Hidden-a", "default": "Hidden-b"},
        }},
        "pair": {"type": "object", "properties": {
            "key": {"type": "string", "example": "password"},
            "value": {"type": "string", "example": "Hidden-c", "default": "Hidden-d"},
        }},
        "pairs": {"type": "array", "items": {"type": "object", "properties": {
            "key": {"type": "string"}, "value": {"type": "string"}, "size": {"type": "integer"},
        }}},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "odd": {"type": "string", "x-hidden": {"passwd": "Hidden-e"}, "x-token": "Hidden-f", "x-hash": token,
            "pattern": "^a", "maxLength": "Hidden7"},
    });
    let back = json!({
        "pairs": [{"key": "password", "value": "Hidden-g", "size": 1234}],
        "labels": {sentence: "up", "login.passwd": "Hidden-h"},
        "hash": token,
        "zones": ["north", token],
    });
    let header = json!({"type": "string", "default": sentence, "x-example": token});
    let more = json!({
        "x-request-examples-1": back,
        "x-request-examples-2": "{\"pairs\": Hidden",
        "x-tide-security": {"pdpKey": sentence},
        "consumes": [sentence],
        "responses": {"200": {"description": sentence, "headers": {"X-Tide": header},
            "schema": {"type": "object", "properties": {"note": {"type": "string"}}},
            "examples": {sentence: {"note": sentence}, "more": {"note": {"a": token}}}}},
    });
    let drafted = drafted(&fields, &more);
    shows_none(&drafted);
    assert!(!text_of(&drafted).contains("4711") && !text_of(&drafted).contains("1234"));
    let questions = questions(text_of(&drafted));
    for (wanted, count) in [
        ("can what it has be its example? it does not fit", 1),
        ("can what it has be its default? it does not fit", 1),
        ("its default is more than a word; which is it?", 5),
        ("it has a default, and is a secret; may it have one?", 4),
    ] {
        let found = questions.iter().filter(|it| it.starts_with(wanted));
        assert_eq!(found.count(), count, "{wanted}\n{questions:#?}");
    }
}

/// Neither the words of a comment nor what is taken for its line.
#[test]
fn no_comment_is_broken_or_obeyed() {
    let formats = [
        "pass\nword",
        "pass\u{202e}word",
        "pass\u{7}word",
        "pass\u{85}word",
    ];
    let fields = formats.iter().zip(0..);
    let fields = fields.map(|(it, number)| {
        (
            format!("f{number}"),
            json!({"type": "string", "format": it}),
        )
    });
    let mut fields: Map<String, Value> = fields.collect();
    let refused = json!({"type": "array", "items": {"format": 5}});
    let odd = [
        "(definition line ",
        "(page line 7 Hidden",
        "(definition line 9\u{202e})",
    ];
    fields.extend(odd.map(|it| (it.to_owned(), refused.clone())));
    let drafted = drafted(&fields.into(), &Value::Null);
    let text = text_of(&drafted);
    let comments: Vec<&str> = text
        .lines()
        .filter_map(|it| it.split_once("# "))
        .map(|it| it.1)
        .collect();
    let is_harmful = |it: &&&str| it.contains(crate::foreign::is_harmful);
    assert_eq!(comments.iter().find(is_harmful), None, "{text}");
    let questions = questions(text);
    let about = |of: &'static str| questions.iter().filter(move |it| it.contains(of));
    assert_eq!(
        about("is nearly `password`; is it a secret?").count(),
        4,
        "{questions:#?}"
    );
    for question in about("`format: 5` is left out: ") {
        let place = question.split_once("what is meant? (definition line ");
        let line = place.and_then(|it| it.1.strip_suffix(')'));
        assert!(
            line.is_some_and(|it| it.parse::<usize>().is_ok()),
            "{question}"
        );
    }
    assert_eq!(about("`format: 5` is left out: ").count(), odd.len());
}

/// What the generator says of a value quotes it, and perhaps its sign for that.
#[test]
fn no_refusal_quotes_what_is_not_shown() {
    for value in [
        "x`Hidden token`y",
        "` Hidden token `",
        "`Hidden",
        "Hidden token",
    ] {
        let of_operation = json!({"x-iam-actions": [value], "x-rate-limit": value});
        let odd = json!({"type": "string", "enum": [value, value], "x-secret": value, "x-enum": 5});
        let fields = json!({"a": odd, "b`": odd, "c": {"type": "integer", "format": value}});
        let drafted = drafted(&fields, &of_operation);
        let text = text_of(&drafted);
        let questions = questions(text);
        let refused: Vec<_> = questions
            .iter()
            .filter(|it| it.contains("is left out: "))
            .collect();
        assert!(!refused.is_empty(), "{text}");
        assert!(
            !refused.iter().any(|it| it.contains("Hidden")),
            "{refused:#?}"
        );
    }
}

/// A path with a query has one call to it.
#[test]
fn a_secret_in_a_fixed_query_is_not_shown() {
    let operation =
        json!({"operationId": "OpenSluice", "responses": {"204": {"description": "-"}}});
    let path = "/v2/sluices?access_token=Hidden-1&mode=fast&Hidden%20words&=9f86d081884c&size=";
    let drafted = of_path(path, &operation);
    shows_none(&drafted);
    let text = text_of(&drafted);
    assert!(
        text.contains("name: access_token") && text.contains("- fast"),
        "{text}"
    );
    let questions = questions(text);
    let told = questions
        .iter()
        .filter(|it| it.contains("a part of the query of the path"));
    assert_eq!(told.count(), 1, "{questions:#?}");
}

/// What two files or a file and itself say otherwise is asked about by its place.
#[test]
fn no_dispute_shows_a_secret_or_a_sentence() {
    let definition = |default: &str| {
        let fields =
            json!({"note": {"type": "string", "default": default}, "pin": {"default": default}});
        let text = json!({"product_short": "TIDE", "paths": {"/v2/{project_id}/sluices": {"post": {
            "operationId": "OpenSluice", "responses": {"204": {"description": "-"}},
            "parameters": [{"in": "body", "name": "body", "schema": {"properties": fields}}],
        }}}});
        read(&format!("{}.json", default.len()), &text.to_string())
    };
    let drafted = draft(
        &tide(),
        vec![definition("Hidden."), definition("Hidden one.")],
        None,
    );
    assert_eq!(drafted.failures, []);
    shows_none(&drafted);
    let questions = questions(text_of(&drafted));
    assert!(
        questions
            .iter()
            .any(|it| it.starts_with("body parameter note: default: ")),
        "{questions:#?}"
    );
}

/// What a document has no place for is left out and asked about.
#[test]
fn what_is_nested_too_deep_is_left_out() {
    let deep = (0..70).fold(json!(1), |inner, _| json!([inner]));
    let fields = json!({
        "any": {"type": "array", "example": deep, "default": deep}, "free": {"type": "object"},
    });
    let drafted = drafted(
        &fields,
        &json!({"x-request-examples-1": {"free": {"a": deep}}}),
    );
    let questions = questions(text_of(&drafted));
    for wanted in [
        "its example has too many levels",
        "its default is more than a word",
    ] {
        assert!(
            questions.iter().any(|it| it.starts_with(wanted)),
            "{questions:#?}"
        );
    }
}

fn in_time(act: impl FnOnce() -> Drafted) -> Drafted {
    let begin = Instant::now();
    let drafted = act();
    let took = begin.elapsed();
    // What goes wrong here takes minutes; how fast it is, benchmarks tell.
    assert!(took < Duration::from_secs(60), "{took:?}");
    drafted
}

#[test]
fn many_fields_and_many_examples_take_no_time() {
    let many = |of: &dyn Fn(usize) -> Value| -> Map<String, Value> {
        (0..2000)
            .map(|number| (format!("f{number}"), of(number)))
            .collect()
    };
    let object =
        json!({"type": "object", "properties": {"a": {"type": "string"}}, "example": {"a": "b"}});
    let fields = many(&|_| object.clone()).into();
    let whole: Value = many(&|_| json!({"a": 5})).into();
    let drafted = in_time(|| self::drafted(&fields, &json!({"x-request-examples-1": whole})));
    let questions = questions(text_of(&drafted));
    let of_fields = questions
        .iter()
        .filter(|it| it.starts_with("it has an example of an object"));
    assert_eq!(of_fields.count(), 1);
    assert!(text_of(&drafted).len() < 2_000_000);

    // Each in another is called the same, and is another.
    let in_it = |number: usize| json!({format!("a{number}"): {"type": "string"}});
    let item = |number| json!({"properties": {"item": {"properties": in_it(number)}}});
    let named = (0..600).map(|number| (format!("f{number}"), item(number)));
    let named: Map<String, Value> = named.collect();
    in_time(|| self::drafted(&named.into(), &Value::Null));

    let fields = json!({"a": {"type": "integer"}, "b": {"type": "string"}});
    let examples = |of: &dyn Fn(usize) -> Value| {
        let all = (0..2000).map(|number| (format!("x-request-examples-{number}"), of(number)));
        Value::Object(all.collect())
    };
    let fitting = examples(&|number| json!({"a": number}));
    let drafted = in_time(|| self::drafted(&fields, &fitting));
    let text = text_of(&drafted);
    assert!(text.contains("example16:") && !text.contains("example17:"));
    assert!(
        text.contains("it has 1984 more examples; which are worth showing?"),
        "{text}"
    );
    let odd = examples(&|number| json!({"a": "b", "b": number}));
    let drafted = in_time(|| self::drafted(&fields, &odd));
    let text = text_of(&drafted);
    assert!(
        text.contains("1984 more of its examples do not fit"),
        "{text}"
    );
    assert!(text.len() < 100_000);
}

/// Each value of a list is looked for in those that are listed.
#[test]
fn many_values_that_are_listed_take_no_time() {
    let many = |of: &dyn Fn(usize) -> Value| Value::Array((0..16_000).map(of).collect());
    let list = |of: &Value, example: &Value| {
        json!({"type": "array", "example": example, "items": {"enum": of, "type":
            if of[0].is_number() { "integer" } else { "string" }}})
    };
    let (words, numbers) = (many(&|it| json!(format!("v{it}"))), many(&|it| json!(it)));
    let sentences = many(&|it| json!(format!("Number {it} of all.")));
    let in_lists = many(&|it| json!([format!("v{it}")]));
    for values in [&words, &numbers, &sentences] {
        let fields = json!({"token": list(values, values)});
        let example = json!({"x-request-examples-1": {"token": values}});
        in_time(|| self::drafted(&fields, &example));
    }
    let of_lists =
        json!({"type": "array", "example": in_lists, "items": list(&words, &Value::Null)});
    let example = json!({"x-request-examples-1": {"a": in_lists}});
    in_time(|| self::drafted(&json!({"a": of_lists}), &example));
}

/// A key of an example that no table describes is no name, if it is a sentence.
#[test]
fn no_key_of_an_example_of_a_page_is_shown_that_is_no_name() {
    let page = "# Opening (OpenSluice)\n\n## URI\n\nPOST /v2/sluices\n\n## Response\n\n\
        | Parameter | Type | Description |\n| --- | --- | --- |\n| depth | String | Which. |\n\n\
        ## Example Response\n\n```\n{\"Hidden from you.\": \"a\", \"Hidden=a&b\": 1}\n```\n";
    for page in [page.to_owned(), page.replace(", \"Hidden=a&b\": 1", "")] {
        let drafted = draft(&tide(), vec![read("open_sluice.md", &page)], Some("tide"));
        assert_eq!(drafted.failures, []);
        shows_none(&drafted);
    }
}
