//! Keywords of JSON Schema 2020-12 that nothing but the service reads.

use huaweicloud_codegen::{Source, profile};
use huaweicloud_semver::compare;
use serde_json::{Value, json};

/// A document in which a schema is sent and comes back.
fn document(schema: &Value) -> Source {
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/A"}}});
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"put": {
            "operationId": "a",
            "requestBody": {"content": content},
            "responses": {"200": {"description": "ok", "content": content}},
        }}},
        "components": {"schemas": {"A": schema, "Text": {"type": "string"}}},
    });
    Source::new("spec/a.json", document.to_string())
}

#[test]
fn what_nothing_else_reads_is_compared_and_told_once() {
    let text = json!({"$ref": "#/components/schemas/Text"});
    let (narrowed, widened) = (
        &["constraint-narrowed Breaking"][..],
        &["constraint-widened Dangerous"][..],
    );
    let other = &["constraint-changed Dangerous"][..];
    for (old, new, told) in [
        (
            json!({}),
            json!({"dependentRequired": {"a": ["b"]}}),
            narrowed,
        ),
        (
            json!({"propertyNames": {"pattern": "^a"}}),
            json!({}),
            widened,
        ),
        (
            json!({}),
            json!({"if": {"required": ["a"]}, "then": {"required": ["b"]}}),
            narrowed,
        ),
        (
            json!({"if": {"required": ["a", "b"]}, "then": {"title": "One", "minProperties": 2}}),
            json!({"if": {"required": ["b", "a"]}, "then": {"title": "Two", "minProperties": 2}}),
            &[],
        ),
        // What a property is called is no word.
        (
            json!({"dependentSchemas": {"a": {"properties": {"title": {"minLength": 1}}}}}),
            json!({"dependentSchemas": {"a": {"properties": {"title": {"minLength": 2}}}}}),
            other,
        ),
        (
            json!({}),
            json!({"patternProperties": {"^x": text}}),
            narrowed,
        ),
        (
            json!({}),
            json!({"patternProperties": {"^x": {"type": "string"}}}),
            narrowed,
        ),
        (
            json!({"patternProperties": {"^x": text}}),
            json!({"patternProperties": {"^x": {"type": "string"}}}),
            &[],
        ),
        (
            json!({"patternProperties": {"^x": text}}),
            json!({"patternProperties": {"^x": {"type": "integer"}}}),
            other,
        ),
        (
            json!({"patternProperties": {"^x": text}, "additionalProperties": false}),
            json!({"patternProperties": {"^x": {"type": "integer"}}, "additionalProperties": false}),
            &["type-changed Breaking"],
        ),
        (
            json!({"patternProperties": {"^x": text}, "additionalProperties": false}),
            json!({"patternProperties": {"^y": text}, "additionalProperties": false}),
            other,
        ),
        (
            json!({"properties": {"a": {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": false}}}),
            json!({"properties": {"a": {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], "items": false}}}),
            other,
        ),
        (
            json!({"properties": {"a": {"type": "string", "contentEncoding": "base64"}}}),
            json!({"properties": {"a": {"type": "string", "contentEncoding": "base32"}}}),
            &["format-changed Dangerous"],
        ),
        (
            json!({"properties": {"a": {"type": "string", "contentEncoding": "base64"}}}),
            json!({"properties": {"a": {"type": "string", "contentEncoding": "base64", "contentMediaType": "image/png"}}}),
            &["format-changed Dangerous"],
        ),
        (
            json!({"properties": {"a": text}}),
            json!({"properties": {"a": {"$ref": "#/components/schemas/A/$defs/Text"}}, "$defs": {"Text": {"type": "string"}}}),
            &[],
        ),
    ] {
        let of_object = |schema: &Value| {
            let mut schema = schema.clone();
            schema["type"] = json!("object");
            document(&schema)
        };
        let profile = profile::of_the_workspace();
        let found = compare(&[of_object(&old)], &[of_object(&new)], profile).unwrap();
        let found = found.wire.iter();
        let found: Vec<_> = found
            .map(|it| format!("{} {:?}", it.code, it.severity))
            .collect();
        assert_eq!(found, told, "{old} → {new}");
    }
}
