//! Extensions that compare a field with a value: `x-success-when`, `x-required-unless`,
//! `x-predicate`.

use super::Look;
use crate::check::outline::Outline;
use crate::check::schemas::has_type;
use crate::check::spelling;
use crate::diagnostic::codes;
use crate::load::tree::{Node, Value};
use crate::names;

const SUCCESS: &str = "x-success-when: {field: code, equals: '1'}";
const UNLESS: &str = "x-required-unless: {field: no_password_access, equals: true}";
const PREDICATE: &str = "x-predicate: {name: is_supported, equals: 'True'}";

impl<'a> Look<'_, 'a, '_> {
    pub(super) fn success_when(&mut self) {
        let value = self.value();
        if !self.fields(value, &["field", "equals"], &["field", "equals"], SUCCESS) {
            return;
        }
        if self.site.role == "responses"
            && let Some(status) = self.site.key
            && status.len() == 3
            && !status.starts_with('2')
        {
            let message = format!("`x-success-when` has no meaning for the status {status}");
            let key = &self.extension.entry.key_span;
            self.report
                .error(
                    codes::EXTENSION_PLACE,
                    key,
                    message,
                    "this is no success anyway",
                )
                .help("move it to the response of a call that succeeds");
        }
        let Some(name) = self.text(value, "field", SUCCESS) else {
            return;
        };
        let content = self.site.node.get("content").map_or(&[][..], Node::entries);
        let schemas: Vec<&Node> = content
            .iter()
            .filter_map(|it| it.value.get("schema"))
            .collect();
        let property = schemas
            .iter()
            .find_map(|schema| self.outline.property(schema, name));
        match property {
            Some(property) => self.equals(value, property, name),
            None => {
                let names = schemas
                    .iter()
                    .flat_map(|it| property_names(self.outline, it));
                self.no_field(value, "the body of the response", name, names.collect());
            }
        }
    }

    pub(super) fn required_unless(&mut self) {
        let value = self.value();
        if !self.fields(value, &["field", "equals"], &["field", "equals"], UNLESS) {
            return;
        }
        let (Some(own), Some(object)) = (self.site.key, self.outline.parent(self.site)) else {
            return;
        };
        let always = object
            .node
            .get("required")
            .map_or(&[][..], Node::items)
            .iter();
        // Members of `allOf` are one object, so the other property may stand in another member.
        let mut whole = object;
        while whole.role == "allOf"
            && let Some(around) = self.outline.parent(whole)
        {
            whole = around;
        }
        let object = whole.node;
        if let Some(item) = always.into_iter().find(|item| item.as_str() == Some(own)) {
            let message =
                format!("`{own}` is always required, so `x-required-unless` has no meaning");
            let key = &self.extension.entry.key_span;
            self.report
                .error(codes::EXTENSION, key, message, "never lifted")
                .related(&item.span, "required here")
                .help(format!("remove `{own}` from `required`"));
        }
        let Some(name) = self.text(value, "field", UNLESS) else {
            return;
        };
        match self.outline.property(object, name) {
            Some(_) if name == own => {
                let message = format!("`{own}` cannot depend on itself");
                self.wrong(
                    value.get("field").unwrap_or(value),
                    message,
                    "name another property",
                );
            }
            Some(property)
                if self
                    .outline
                    .schema_field(property, "format")
                    .and_then(Node::as_str)
                    == Some("password") =>
            {
                let message = format!("`{name}` is a secret, which is not compared");
                self.wrong(
                    value.get("field").unwrap_or(value),
                    message,
                    "name a property that is no secret",
                );
            }
            Some(property) => self.equals(value, property, name),
            None => {
                let names = property_names(self.outline, object).into_iter();
                let others = names.filter(|other| *other != own);
                self.no_field(value, "the object", name, others.collect());
            }
        }
    }

    pub(super) fn predicate(&mut self) {
        let value = self.value();
        if !self.fields(value, &["name", "equals"], &["name", "equals"], PREDICATE) {
            return;
        }
        let schema = self.site.node;
        let is_enum = schema.get("type").and_then(Node::as_str) == Some("string")
            && schema.get("enum").is_some();
        if !is_enum {
            let key = &self.extension.entry.key_span;
            let message = "`x-predicate` needs a property that is text with an `enum`";
            self.report
                .error(codes::EXTENSION_PLACE, key, message, "no enum of texts")
                .help("write `type: string` and `enum: […]` beside it");
        } else if let Some(own) = self.site.key {
            self.equals(value, schema, own);
        }
        let Some(name) = self.text(value, "name", PREDICATE) else {
            return;
        };
        let name_node = value.get("name").unwrap_or(value);
        if !names::is_method(name) {
            let message = format!("`{name}` cannot be the name of a method");
            self.wrong(
                name_node,
                message,
                "use lower-case letters, digits and `_`, and no keyword",
            );
        }
        self.predicate_is_unique(name, name_node);
    }

    fn predicate_is_unique(&mut self, name: &str, name_node: &'a Node) {
        let Some(object) = self.outline.parent(self.site) else {
            return;
        };
        let properties = object.node.get("properties").map_or(&[][..], Node::entries);
        let earlier = properties
            .iter()
            .take_while(|entry| Some(entry.key.as_str()) != self.site.key)
            .filter_map(|entry| entry.value.get("x-predicate")?.get("name"))
            .find(|other| other.as_str() == Some(name));
        if let Some(earlier) = earlier {
            let message = format!("the method `{name}` is there twice");
            self.report
                .error(codes::EXTENSION, &name_node.span, message, "this one")
                .related(&earlier.span, "the first one")
                .help("give each predicate a name of its own");
        }
    }

    fn no_field(&mut self, value: &'a Node, owner: &str, name: &str, names: Vec<&str>) {
        let node = value.get("field").unwrap_or(value);
        let message = format!("{owner} has no property `{name}`");
        let span = self.span_of(node);
        let finding = self
            .report
            .error(codes::EXTENSION_FIELD, span, message, "not found");
        match spelling::nearest(name, names.iter().copied()) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None if names.is_empty() => finding.help("describe the properties, or remove this"),
            None => finding.help(format!("its properties are {}", spelling::one_of(&names))),
        };
    }

    /// The value of `equals` must be one the property can have.
    fn equals(&mut self, value: &'a Node, property: &'a Node, name: &str) {
        let Some(equals) = value.get("equals") else {
            return;
        };
        if matches!(
            equals.value,
            Value::Mapping(_) | Value::Sequence(_) | Value::Null
        ) {
            self.wrong(
                equals,
                "`equals` must be a single value",
                "write text, a number, true or false",
            );
            return;
        }
        let expected = self
            .outline
            .schema_field(property, "type")
            .and_then(Node::as_str);
        if let Some(expected) = expected.filter(|expected| !has_type(equals, expected)) {
            let message = format!("`{name}` is of the type `{expected}`, so it never equals this");
            let help = match expected {
                "string" => "put the value in quotes",
                "boolean" => "write `true` or `false` without quotes",
                _ => "write a value of that type",
            };
            self.wrong(equals, message, help);
            return;
        }
        let words = self
            .outline
            .schema_field(property, "enum")
            .map_or(&[][..], Node::items);
        if !words.is_empty() && !words.iter().any(|word| word.value == equals.value) {
            let words: Vec<&str> = words.iter().filter_map(Node::as_str).collect();
            let message = format!("`{name}` never has this value");
            let help = match equals
                .as_str()
                .and_then(|it| spelling::nearest(it, words.iter().copied()))
            {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its values are {}", spelling::one_of(&words)),
            };
            self.wrong(equals, message, help);
        }
    }
}

/// The names of the properties of an object schema, those of `allOf` included one level deep.
fn property_names<'a>(outline: &Outline<'a>, schema: &'a Node) -> Vec<&'a str> {
    let Some(schema) = outline.resolve(schema) else {
        return Vec::new();
    };
    let parts = schema.get("allOf").map_or(&[][..], Node::items).iter();
    std::iter::once(schema)
        .chain(parts.filter_map(|part| outline.resolve(part)))
        .flat_map(|part| part.get("properties").map_or(&[][..], Node::entries))
        .map(|entry| entry.key.as_str())
        .collect()
}
