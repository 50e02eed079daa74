use serde_json::{Value as Json, json};

use super::super::load;
use crate::diagnostic::codes;
use crate::source::Source;

/// The schema of a document of 3.1 as it is read, and the codes of what was found.
fn read(schema: &Json) -> (Json, Vec<&'static str>) {
    let document = json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"},
        "components": {"schemas": {"A": schema}}});
    let loaded = load(&[Source::new("a.json", document.to_string())]);
    let tree = loaded.documents[0].tree.to_json();
    let codes = loaded.diagnostics.iter().map(|it| it.code).collect();
    (tree["components"]["schemas"]["A"].clone(), codes)
}

#[test]
fn schemas_are_said_as_in_3_0() {
    let reference = json!({"$ref": "#/components/schemas/B"});
    for (modern, classic) in [
        (
            json!({"type": ["string", "null"]}),
            json!({"type": "string", "nullable": true}),
        ),
        (json!({"type": ["null"]}), json!({"nullable": true})),
        (json!({"type": "null"}), json!({"nullable": true})),
        (
            json!({"type": ["string", "array", "null"], "items": {"type": "integer"}, "maxLength": 3}),
            json!({"nullable": true, "anyOf": [
                {"type": "string", "maxLength": 3},
                {"type": "array", "items": {"type": "integer"}}]}),
        ),
        (
            json!({"const": "a"}),
            json!({"type": "string", "enum": ["a"]}),
        ),
        (
            json!({"type": "integer", "const": 2}),
            json!({"type": "integer", "enum": [2]}),
        ),
        (
            json!({"exclusiveMinimum": 1, "maximum": 4, "exclusiveMaximum": 9}),
            json!({"minimum": 1, "exclusiveMinimum": true, "maximum": 4}),
        ),
        (json!({"examples": ["a", "b"]}), json!({"example": "a"})),
        (
            json!({"examples": ["a"], "example": "b"}),
            json!({"example": "b"}),
        ),
        (
            json!({"$ref": "#/components/schemas/B", "description": "d"}),
            json!({"description": "d", "allOf": [reference]}),
        ),
        (reference.clone(), reference.clone()),
        (
            json!({"anyOf": [reference, {"type": "null"}]}),
            json!({"nullable": true, "allOf": [reference]}),
        ),
        (
            json!({"oneOf": [{"type": "string"}, {"type": "null"}, {"type": ["boolean", "null"]}]}),
            json!({"nullable": true, "oneOf": [{"type": "string"}, {"type": "boolean", "nullable": true}]}),
        ),
        (
            json!({"contentEncoding": "base64"}),
            json!({"format": "byte", "type": "string"}),
        ),
        (
            json!({"type": "string", "contentMediaType": "application/octet-stream"}),
            json!({"type": "string", "format": "binary"}),
        ),
        (
            json!({"type": "object", "patternProperties": {"^x": {"type": ["integer", "null"]}}, "additionalProperties": false}),
            json!({"type": "object", "additionalProperties": {"type": "integer", "nullable": true},
                "x-json-schema": {"patternProperties": {"^x": {"type": ["integer", "null"]}}}}),
        ),
        (
            json!({"properties": {"type": {"const": true}}}),
            json!({"properties": {"type": {"type": "boolean", "enum": [true]}}}),
        ),
        (json!({"items": true, "$comment": "c"}), json!({})),
        (
            json!({"additionalProperties": false}),
            json!({"additionalProperties": false}),
        ),
        (
            json!({"unevaluatedProperties": {"type": "integer"}}),
            json!({"additionalProperties": {"type": "integer"}}),
        ),
        (
            json!({"unevaluatedProperties": false, "additionalProperties": {}}),
            json!({"additionalProperties": {}}),
        ),
        // What is there already holds too.
        (
            json!({"type": ["string", "integer"], "anyOf": [{"minLength": 1}, {"minimum": 2}]}),
            json!({"anyOf": [{"minLength": 1}, {"minimum": 2}],
                "allOf": [{"anyOf": [{"type": "string"}, {"type": "integer"}]}]}),
        ),
        (
            json!({"allOf": [{"title": "A"}], "anyOf": [reference, {"type": "null"}]}),
            json!({"nullable": true, "allOf": [{"title": "A"}, reference]}),
        ),
        (
            json!({"exclusiveMinimum": 9_007_199_254_740_993_u64, "minimum": 9_007_199_254_740_992_u64}),
            json!({"minimum": 9_007_199_254_740_993_u64, "exclusiveMinimum": true}),
        ),
        (
            json!({"$ref": "#/components/schemas/A/$defs/B", "$defs": {"B": {"type": ["string", "null"]}}}),
            json!({"allOf": [{"$ref": "#/components/schemas/A/$defs/B"}], "$defs": {"B": {"type": "string", "nullable": true}}}),
        ),
    ] {
        let (read, found) = read(&modern);
        assert_eq!(read, classic, "{modern}");
        assert!(found.is_empty(), "{modern}: {found:?}");
    }
}

#[test]
fn what_3_0_has_no_word_for_is_told() {
    for (modern, classic) in [
        (
            json!({"if": {"required": ["a"]}}),
            json!({"x-json-schema": {"if": {"required": ["a"]}}}),
        ),
        (
            json!({"type": "array", "prefixItems": [{"type": "string"}]}),
            json!({"type": "array", "items": {}, "x-json-schema": {"prefixItems": [{"type": "string"}]}}),
        ),
        (
            json!({"prefixItems": [{"type": "string"}, {"type": "integer"}], "items": false}),
            json!({"items": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
                "x-json-schema": {"prefixItems": [{"type": "string"}, {"type": "integer"}]}}),
        ),
        // What may hold a secret keeps its shape.
        (
            json!({"prefixItems": [{"type": "string", "format": "password"}]}),
            json!({"items": {"anyOf": [{"type": "string", "format": "password"}, {}]},
                "x-json-schema": {"prefixItems": [{"type": "string", "format": "password"}]}}),
        ),
        (
            json!({"patternProperties": {"^x": {"type": "integer"}}}),
            json!({"additionalProperties": {}, "x-json-schema": {"patternProperties": {"^x": {"type": "integer"}}}}),
        ),
        (
            json!({"patternProperties": {"^x": {"type": "integer"}}, "additionalProperties": {"type": "string"}}),
            json!({"additionalProperties": {"anyOf": [{"type": "integer"}, {"type": "string"}]},
                "x-json-schema": {"patternProperties": {"^x": {"type": "integer"}}}}),
        ),
        (
            json!({"properties": {"b": false}}),
            json!({"properties": {"b": {}}}),
        ),
        (
            json!({"type": "string", "contentEncoding": "base32"}),
            json!({"type": "string", "x-json-schema": {"contentEncoding": "base32"}}),
        ),
    ] {
        let (read, found) = read(&modern);
        assert_eq!(read, classic);
        assert_eq!(found, [codes::NOT_READ], "{modern}");
    }
}

#[test]
fn the_document_around_is_said_as_in_3_0() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1', summary: s}\n\
        paths: {/a: {$ref: '#/components/pathItems/A'}}\nwebhooks: {w: {}}\n\
        components: {pathItems: {A: {get: {parameters: [{name: q, in: query, schema: {type: [string, 'null']}}]}}}}\n";
    let loaded = load(&[Source::new("a.yaml", text)]);
    let tree = loaded.documents[0].tree.to_json();
    let get = &tree["paths"]["/a"]["get"];
    assert_eq!(
        get["parameters"][0]["schema"],
        json!({"type": "string", "nullable": true})
    );
    assert_eq!(get["responses"], json!({"default": {"description": ""}}));
    assert_eq!(tree["components"], json!({}));
    assert_eq!(tree["info"], json!({"title": "T", "version": "1"}));
    let found: Vec<_> = loaded
        .diagnostics
        .iter()
        .map(|it| &text[it.span.clone()])
        .collect();
    assert_eq!(found, ["webhooks"]);
}

#[test]
fn a_document_of_3_0_stays_as_it_is() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\ncomponents: {schemas: {A: {type: [string, 'null']}}}\n";
    let loaded = load(&[Source::new("a.yaml", text)]);
    let schema = loaded.documents[0]
        .tree
        .pointer("/components/schemas/A/type")
        .unwrap();
    assert_eq!(schema.items().len(), 2);
}
