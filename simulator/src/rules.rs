//! The two rules of a request that JSON Schema has no word for: `x-password-policy` and
//! `x-required-unless`.

use huaweicloud_codegen::load::tree::Node;
use serde_json::Value;

use crate::password::PasswordRule;

/// How deep schemas are looked into; one that holds itself has no end.
const DEEPEST: usize = 24;

/// The extension rules of a schema, laid out like the schema itself.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    password: Option<PasswordRule>,
    required_unless: Vec<RequiredUnless>,
    properties: Vec<(String, Rules)>,
    items: Option<Box<Rules>>,
    all_of: Vec<Rules>,
}

/// `property` is needed unless `other` has the value `equals`; then it must be absent.
#[derive(Debug)]
struct RequiredUnless {
    property: String,
    other: String,
    equals: Value,
    /// What `other` counts as when it is not sent.
    default: Option<Value>,
}

impl Rules {
    /// Collects the extensions of a schema; the error says which one is malformed and where.
    pub(crate) fn compile(root: &Node, schema: &Node) -> Result<Self, String> {
        Self::at(root, schema, DEEPEST)
    }

    fn at(root: &Node, schema: &Node, left: usize) -> Result<Self, String> {
        let mut rules = Self::default();
        if left == 0 {
            return Ok(rules);
        }
        let schema = root.resolved(schema);
        if let Some(policy) = schema.get("x-password-policy") {
            let rule = PasswordRule::parse(&policy.to_json());
            rules.password = Some(rule.map_err(|problem| format!("x-password-policy: {problem}"))?);
        }
        for entry in schema.get("properties").map_or(&[][..], Node::entries) {
            let (name, property) = (&entry.key, root.resolved(&entry.value));
            let here = |problem: String| format!("property `{name}`: {problem}");
            if let Some(extension) = property.get("x-required-unless") {
                let rule = required_unless(root, name, extension, schema);
                rules.required_unless.push(rule.map_err(here)?);
            }
            let below = Self::at(root, property, left - 1).map_err(here)?;
            if !below.is_empty() {
                rules.properties.push((name.clone(), below));
            }
        }
        if let Some(items) = schema.get("items") {
            let below = Self::at(root, items, left - 1)?;
            rules.items = (!below.is_empty()).then(|| Box::new(below));
        }
        for part in schema.get("allOf").map_or(&[][..], Node::items) {
            let part = Self::at(root, part, left - 1)?;
            if !part.is_empty() {
                rules.all_of.push(part);
            }
        }
        Ok(rules)
    }

    /// The rule of a password at a way down the properties.
    pub(crate) fn password_at(&self, way: &[&str]) -> Option<&PasswordRule> {
        let here = match way.split_first() {
            None => self.password.as_ref(),
            Some((name, rest)) => {
                let found = self.properties.iter().find(|(it, _)| it == name);
                found.and_then(|(_, rules)| rules.password_at(rest))
            }
        };
        here.or_else(|| self.all_of.iter().find_map(|part| part.password_at(way)))
    }

    fn is_empty(&self) -> bool {
        self.password.is_none()
            && self.required_unless.is_empty()
            && self.properties.is_empty()
            && self.items.is_none()
            && self.all_of.is_empty()
    }

    /// Adds every broken rule to `problems`; `at` names the place of `value` for the reader.
    pub(crate) fn check(&self, value: &Value, at: &str, problems: &mut Vec<String>) {
        if let (Some(rule), Some(password)) = (&self.password, value.as_str()) {
            let broken = rule.broken_by(password);
            if !broken.is_empty() {
                problems.push(format!(
                    "{at} breaks the password policy: {}",
                    broken.join(", ")
                ));
            }
        }
        if value.is_object() {
            for rule in &self.required_unless {
                problems.extend(rule.problem(value, at));
            }
            for (name, rules) in &self.properties {
                if let Some(below) = value.get(name) {
                    rules.check(below, &format!("{at}.{name}"), problems);
                }
            }
        }
        if let (Some(rules), Some(items)) = (&self.items, value.as_array()) {
            for (index, item) in items.iter().enumerate() {
                rules.check(item, &format!("{at}[{index}]"), problems);
            }
        }
        for part in &self.all_of {
            part.check(value, at, problems);
        }
    }
}

fn required_unless(
    root: &Node,
    property: &str,
    extension: &Node,
    parent: &Node,
) -> Result<RequiredUnless, String> {
    let other = extension
        .get("field")
        .and_then(Node::as_str)
        .ok_or("x-required-unless: `field` must name a sibling")?;
    let equals = extension
        .get("equals")
        .ok_or("x-required-unless: `equals` is missing")?;
    let sibling = parent
        .get("properties")
        .and_then(|properties| properties.get(other))
        .ok_or_else(|| format!("x-required-unless: there is no property `{other}` beside it"))?;
    Ok(RequiredUnless {
        property: property.to_owned(),
        other: other.to_owned(),
        equals: equals.to_json(),
        default: root.resolved(sibling).get("default").map(Node::to_json),
    })
}

impl RequiredUnless {
    fn problem(&self, object: &Value, at: &str) -> Option<String> {
        let exempt = object.get(&self.other).or(self.default.as_ref()) == Some(&self.equals);
        let present = object
            .get(&self.property)
            .is_some_and(|value| !value.is_null());
        let Self {
            property,
            other,
            equals,
            ..
        } = self;
        match (exempt, present) {
            (false, false) => Some(format!(
                "{at}.{property} is needed unless {other} is {equals}"
            )),
            (true, true) => Some(format!(
                "{at}.{property} must not be sent when {other} is {equals}"
            )),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn compiled(schema: &Value) -> Result<Rules, String> {
        let source = huaweicloud_codegen::Source::new("a.yaml", schema.to_string());
        let tree = &huaweicloud_codegen::load::load(&[source]).documents[0].tree;
        Rules::compile(tree, tree)
    }

    fn problems(schema: &Value, value: &Value) -> Vec<String> {
        let mut problems = Vec::new();
        let rules = compiled(schema).unwrap();
        rules.check(value, "body", &mut problems);
        problems
    }

    fn conditional() -> Value {
        json!({"properties": {
            "password": {"type": "string", "x-required-unless": {"field": "open", "equals": true}},
            "open": {"type": "boolean", "default": false},
        }})
    }

    #[test]
    fn needs_the_property_unless_the_sibling_exempts_it() {
        let schema = conditional();
        assert_eq!(
            problems(&schema, &json!({})),
            ["body.password is needed unless open is true"]
        );
        assert_eq!(
            problems(&schema, &json!({"open": true, "password": "x"})),
            ["body.password must not be sent when open is true"]
        );
        assert!(problems(&schema, &json!({"open": true})).is_empty());
        assert!(problems(&schema, &json!({"open": false, "password": "x"})).is_empty());
    }

    #[test]
    fn a_default_of_the_sibling_counts() {
        let mut schema = conditional();
        schema["properties"]["open"]["default"] = json!(true);
        assert!(problems(&schema, &json!({})).is_empty());
    }

    #[test]
    fn finds_passwords_in_lists_and_composed_schemas() {
        let schema = json!({"allOf": [{"properties": {"users": {"type": "array", "items": {
            "properties": {"secret": {"x-password-policy": {"min": 8}}}}}}}]});
        let found = problems(
            &schema,
            &json!({"users": [{"secret": "long enough"}, {"secret": "tiny"}]}),
        );
        assert!(
            found.iter().any(|p| p.contains("users[1].secret")),
            "{found:?}"
        );
    }

    #[test]
    fn malformed_extensions_are_found_at_the_start() {
        for schema in [
            json!({"properties": {"a": {"x-required-unless": {"field": "gone", "equals": 1}}}}),
            json!({"properties": {"a": {"x-required-unless": {"field": "a"}}}}),
            json!({"properties": {"a": {"x-password-policy": {"min": -1}}}}),
        ] {
            let error = compiled(&schema).unwrap_err();
            assert!(error.contains("property `a`"), "{error}");
        }
    }
}
