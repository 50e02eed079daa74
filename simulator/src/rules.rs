//! The two rules of a request that JSON Schema has no word for: `x-password-policy` and
//! `x-required-unless`.

use std::collections::{BTreeMap, HashMap};

use huaweicloud_codegen::load::tree::Node;
use serde_json::Value;

use crate::password::PasswordRule;

/// How many parts of parts of a schema are looked into for one value; one that is a part of itself has
/// no end.
const DEEPEST: usize = 24;

/// The extension rules of a schema and of all that it refers to, each schema once: it may hold itself.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    /// The first is the schema itself.
    places: Vec<Place>,
}

/// The rules of one schema, with the places of those that are below it. What holds no rule is left out.
#[derive(Debug, Default)]
struct Place {
    password: Option<PasswordRule>,
    required_unless: Vec<RequiredUnless>,
    properties: Vec<(String, usize)>,
    items: Option<usize>,
    all_of: Vec<usize>,
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

impl Place {
    fn below(&self) -> impl Iterator<Item = usize> {
        let properties = self.properties.iter().map(|(_, place)| *place);
        let others = self.items.iter().chain(&self.all_of).copied();
        properties.chain(others)
    }
}

/// Schemas to be looked at, each with its place and the way to it.
struct Compiler<'n> {
    root: &'n Node,
    places: HashMap<*const Node, usize>,
    open: Vec<(&'n Node, String)>,
}

impl<'n> Compiler<'n> {
    /// The place of a schema, which is looked at later if it has none yet.
    fn place(&mut self, schema: &'n Node, way: String) -> usize {
        let schema = self.root.resolved(schema);
        let next = self.places.len();
        *self.places.entry(schema).or_insert_with(|| {
            self.open.push((schema, way));
            next
        })
    }

    fn read(&mut self, schema: &'n Node) -> Result<Place, String> {
        let mut rules = Place::default();
        if let Some(policy) = schema.get("x-password-policy") {
            let rule = PasswordRule::parse(&policy.to_json());
            rules.password = Some(rule.map_err(|problem| format!("x-password-policy: {problem}"))?);
        }
        for entry in schema.get("properties").map_or(&[][..], Node::entries) {
            let (name, property) = (&entry.key, self.root.resolved(&entry.value));
            let way = format!("property `{name}`: ");
            if let Some(extension) = property.get("x-required-unless") {
                let rule = required_unless(self.root, name, extension, schema);
                rules
                    .required_unless
                    .push(rule.map_err(|problem| format!("{way}{problem}"))?);
            }
            let place = self.place(property, way);
            rules.properties.push((name.clone(), place));
        }
        let items = schema.get("items");
        rules.items = items.map(|it| self.place(it, String::new()));
        let parts = schema.get("allOf").map_or(&[][..], Node::items);
        rules.all_of = parts
            .iter()
            .map(|part| self.place(part, String::new()))
            .collect();
        Ok(rules)
    }
}

impl Rules {
    /// Collects the extensions of a schema; the error says which one is malformed and where.
    pub(crate) fn compile(root: &Node, schema: &Node) -> Result<Self, String> {
        let mut compiler = Compiler {
            root,
            places: HashMap::new(),
            open: Vec::new(),
        };
        compiler.place(schema, String::new());
        let mut read = BTreeMap::new();
        while let Some((schema, way)) = compiler.open.pop() {
            let place = compiler.place(schema, String::new());
            let rules = compiler.read(schema);
            read.insert(place, rules.map_err(|problem| format!("{way}{problem}"))?);
        }
        let mut rules = Self {
            places: read.into_values().collect(),
        };
        rules.leave_out_what_is_empty();
        Ok(rules)
    }

    /// Most of a schema has no rule anywhere below; nothing of it has to be looked at again.
    fn leave_out_what_is_empty(&mut self) {
        let mut above = vec![Vec::new(); self.places.len()];
        let mut open = Vec::new();
        for (index, place) in self.places.iter().enumerate() {
            for below in place.below() {
                above[below].push(index);
            }
            if place.password.is_some() || !place.required_unless.is_empty() {
                open.push(index);
            }
        }
        let mut is_useful = vec![false; self.places.len()];
        while let Some(index) = open.pop() {
            if !std::mem::replace(&mut is_useful[index], true) {
                open.append(&mut above[index]);
            }
        }
        for place in &mut self.places {
            place.properties.retain(|(_, below)| is_useful[*below]);
            place.items = place.items.filter(|below| is_useful[*below]);
            place.all_of.retain(|below| is_useful[*below]);
        }
    }

    /// The rule of a password at a way down the properties.
    pub(crate) fn password_at(&self, way: &[&str]) -> Option<&PasswordRule> {
        self.password_below(0, way, DEEPEST)
    }

    fn password_below(&self, place: usize, way: &[&str], left: usize) -> Option<&PasswordRule> {
        let place = self.places.get(place)?;
        let left = left.checked_sub(1)?;
        let here = match way.split_first() {
            None => place.password.as_ref(),
            Some((name, rest)) => {
                let found = place.properties.iter().find(|(it, _)| it == name);
                found.and_then(|(_, below)| self.password_below(*below, rest, left))
            }
        };
        let mut parts = place.all_of.iter();
        here.or_else(|| parts.find_map(|part| self.password_below(*part, way, left)))
    }

    /// Adds every broken rule to `problems`; `at` names the place of `value` for the reader.
    pub(crate) fn check(&self, value: &Value, at: &str, problems: &mut Vec<String>) {
        self.check_at(0, value, at, DEEPEST, problems);
    }

    fn check_at(
        &self,
        place: usize,
        value: &Value,
        at: &str,
        parts_left: usize,
        problems: &mut Vec<String>,
    ) {
        let Some(rules) = self.places.get(place) else {
            return;
        };
        if let (Some(rule), Some(password)) = (&rules.password, value.as_str()) {
            let broken = rule.broken_by(password);
            if !broken.is_empty() {
                problems.push(format!(
                    "{at} breaks the password policy: {}",
                    broken.join(", ")
                ));
            }
        }
        if value.is_object() {
            for rule in &rules.required_unless {
                problems.extend(rule.problem(value, at));
            }
            for (name, place) in &rules.properties {
                if let Some(below) = value.get(name) {
                    let at = format!("{at}.{name}");
                    self.check_at(*place, below, &at, DEEPEST, problems);
                }
            }
        }
        if let (Some(place), Some(items)) = (rules.items, value.as_array()) {
            for (index, item) in items.iter().enumerate() {
                self.check_at(place, item, &format!("{at}[{index}]"), DEEPEST, problems);
            }
        }
        if let Some(left) = parts_left.checked_sub(1) {
            for part in &rules.all_of {
                self.check_at(*part, value, at, left, problems);
            }
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
    fn a_schema_may_hold_itself_in_several_places() {
        use huaweicloud_codegen::{Source, load};
        let text = json!({"N": {"x-password-policy": {"min": 3}, "allOf": [{"$ref": "#/N"}],
            "items": {"$ref": "#/N"}, "properties": {
                "and": {"$ref": "#/N"}, "or": {"$ref": "#/N"}, "not": {"$ref": "#/N"}}}});
        let loaded = load::load(&[Source::new("a.yaml", text.to_string())]);
        let tree = &loaded.documents[0].tree;
        let rules = Rules::compile(tree, tree.get("N").unwrap()).unwrap();
        let mut problems = Vec::new();
        rules.check(&json!({"and": {"or": "x"}}), "body", &mut problems);
        assert!(
            problems
                .iter()
                .all(|it| it.starts_with("body.and.or breaks")),
            "{problems:?}"
        );
        assert!(!problems.is_empty());
        assert!(rules.password_at(&["and", "not", "or"]).is_some());
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
