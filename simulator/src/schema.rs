//! The check of one value that a request carries: its schema, plus the rules of extensions.

use huaweicloud_codegen::check::{Direction, closed_schema};
use huaweicloud_codegen::load::Document;
use huaweicloud_codegen::load::tree::Node;
use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

use crate::password::PasswordRule;
use crate::rules::Rules;
use crate::subject::Secret;
use crate::validate::shown_name;

/// A compiled check of one value.
#[derive(Debug)]
pub(crate) struct SchemaCheck {
    validator: Validator,
    rules: Rules,
}

impl SchemaCheck {
    /// Compiles a schema of a document, or one that takes everything; the error says what in it
    /// cannot be used.
    pub(crate) fn compile(
        document: &Document,
        schema: Option<&Node>,
        direction: Direction,
    ) -> Result<Self, String> {
        let translated = schema.map_or(json!({}), |it| closed_schema(document, it, direction));
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .build(&translated)
            .map_err(|error| format!("the schema cannot be used: {}", error.masked()))?;
        let rules = schema.map(|schema| Rules::compile(&document.tree, schema));
        Ok(Self {
            validator,
            rules: rules.transpose()?.unwrap_or_default(),
        })
    }

    /// The rule of a password in the value.
    pub(crate) fn password_rule(&self, secret: &Secret) -> Option<&PasswordRule> {
        let way = secret.object.iter().chain([&secret.field]);
        self.rules
            .password_at(&way.map(String::as_str).collect::<Vec<_>>())
    }

    /// What is wrong with `value`, each in words that never hold the value; `at` names its place.
    pub(crate) fn problems(&self, value: &Value, at: &str) -> Vec<String> {
        let mut problems: Vec<String> = self
            .validator
            .iter_errors(value)
            .map(|error| {
                let place = format!("{at}{}", error.instance_path().as_str().replace('/', "."));
                match error.kind() {
                    ValidationErrorKind::AdditionalProperties { unexpected }
                    | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
                        let names = unexpected.iter().map(|it| shown_name(it));
                        let names = names.collect::<Vec<_>>().join(", ");
                        format!("{place} has undocumented fields: {names}")
                    }
                    _ => format!("{place}: {}", error.masked_with("the value")),
                }
            })
            .collect();
        self.rules.check(value, at, &mut problems);
        problems
    }
}

/// A check of the schema that stands alone in a document.
#[cfg(test)]
pub(crate) fn compiled(schema: &Value) -> Result<SchemaCheck, String> {
    use huaweicloud_codegen::{Source, load};
    let text = json!({"openapi": "3.0.3", "components": {"schemas": {"It": schema}}}).to_string();
    let loaded = load::load(&[Source::new("a.yaml", text)]);
    let document = &loaded.documents[0];
    let schema = document.tree.pointer("/components/schemas/It");
    SchemaCheck::compile(document, schema, Direction::Request)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(schema: Value, value: Value) -> Vec<String> {
        compiled(&schema).unwrap().problems(&value, "body")
    }

    #[test]
    fn refuses_fields_nobody_documented_also_through_all_of() {
        let schema = json!({"allOf": [
            {"type": "object", "properties": {"a": {"type": "string"}}},
            {"type": "object", "properties": {"b": {"type": "object", "properties": {"c": {}}}}},
        ]});
        assert!(problems(schema.clone(), json!({"a": "x", "b": {"c": 1}})).is_empty());
        let outer = problems(schema.clone(), json!({"z": 1}));
        assert_eq!(outer, ["body has undocumented fields: z"]);
        let inner = problems(schema, json!({"b": {"z": 1}}));
        assert!(
            inner
                .iter()
                .any(|p| p.contains("body.b has undocumented fields: z")),
            "{inner:?}"
        );
    }

    #[test]
    fn a_discriminator_chooses_among_alternatives_that_all_fit() {
        use huaweicloud_codegen::{Source, load};
        let object =
            |fields: Value| json!({"type": "object", "required": ["kind"], "properties": fields});
        let text = json!({"openapi": "3.0.3", "components": {"schemas": {
            "It": {
                "oneOf": [{"$ref": "#/components/schemas/Box"}, {"$ref": "#/components/schemas/Tank"},
                    {"$ref": "#/components/schemas/Bag"}],
                "discriminator": {"propertyName": "kind", "mapping": {"boxes": "#/components/schemas/Box"}}},
            "Box": object(json!({"kind": {"type": "string"}, "count": {"type": "integer"}})),
            "Tank": object(json!({"kind": {"type": "string"}, "count": {"type": "integer"}})),
            // Its word stands in itself.
            "Bag": {"allOf": [object(json!({"kind": {"type": "string", "enum": ["bag"]}, "count": {}}))]},
        }}});
        let loaded = load::load(&[Source::new("a.yaml", text.to_string())]);
        let document = &loaded.documents[0];
        let schema = document.tree.pointer("/components/schemas/It");
        let check = SchemaCheck::compile(document, schema, Direction::Request).unwrap();
        for word in ["boxes", "Box", "Tank", "bag"] {
            let problems = check.problems(&json!({"kind": word, "count": 1}), "body");
            assert!(problems.is_empty(), "{word}: {problems:?}");
        }
        for wrong in [
            json!({"kind": "x"}),
            json!({"kind": "Bag"}),
            json!({"count": 1}),
            json!({"kind": "boxes", "count": "1"}),
        ] {
            assert!(!check.problems(&wrong, "body").is_empty(), "{wrong}");
        }
    }

    #[test]
    fn an_object_without_documented_fields_stays_open() {
        assert!(problems(json!({"type": "object"}), json!({"anything": 1})).is_empty());
        let map = json!({"type": "object", "additionalProperties": {"type": "integer"}});
        assert!(problems(map.clone(), json!({"anything": 1})).is_empty());
        assert!(!problems(map, json!({"anything": "x"})).is_empty());
    }

    #[test]
    fn nullable_and_exclusive_bounds_are_translated() {
        let text = json!({"type": "string", "enum": ["a"], "nullable": true});
        assert!(problems(text.clone(), Value::Null).is_empty());
        assert!(!problems(text, json!("b")).is_empty());
        let number =
            json!({"type": "integer", "minimum": 1, "exclusiveMinimum": true, "maximum": 3});
        assert!(!problems(number.clone(), json!(1)).is_empty());
        assert!(problems(number.clone(), json!(3)).is_empty());
        assert!(!problems(number, json!(4)).is_empty());
    }

    #[test]
    fn what_only_responses_carry_is_neither_needed_nor_welcome() {
        let schema = json!({"type": "object", "required": ["id", "name"], "properties": {
            "id": {"type": "string", "readOnly": true}, "name": {"type": "string"}}});
        assert!(problems(schema.clone(), json!({"name": "n"})).is_empty());
        assert!(!problems(schema, json!({"name": "n", "id": "i"})).is_empty());
    }

    #[test]
    fn no_problem_repeats_the_value() {
        let schema = json!({"type": "object", "properties": {
            "secret": {"type": "string", "minLength": 30, "pattern": "^[a-z]+$", "enum": ["q"],
                       "x-password-policy": {"min": 30}}}});
        let found = problems(schema, json!({"secret": "Hunter2!Hunter2!"}));
        assert!(found.len() >= 4, "{found:?}");
        assert!(!found.join(" ").contains("Hunter2"), "{found:?}");
    }

    #[test]
    fn a_schema_that_cannot_be_used_is_an_error() {
        assert!(compiled(&json!({"type": "string", "pattern": "("})).is_err());
    }
}
