//! Properties → fields, with what their values must fulfil.

use std::cmp::Ordering;
use std::collections::HashSet;

use serde_json::Number;

use crate::load::tree::{Node, Value};
use crate::model::{
    Constraints, Field, PasswordPolicy, Predicate, RequiredUnless, SchemaKind, Type,
};
use crate::names::{Names, is_method, pascal};
use crate::number::compare;

use super::super::context::{Context, text};
use super::layers::Layers;
use super::merge::Parts;
use crate::lower::registry::OneWay;

impl<'d> Context<'d> {
    pub(super) fn lower_fields(&mut self, parts: &Parts<'d>, owner: &str) -> Vec<Field> {
        // `extra` is where values under undocumented names go.
        // `new` and `check` are methods beside the setters, as are the questions.
        let questions = parts.properties.iter().filter_map(|property| {
            let rule = Layers::of(self, &property.value).get("x-predicate")?;
            rule.get("name")?.as_str()
        });
        let mut names = Names::reserving(["extra", "new", "check"].into_iter().chain(questions));
        let mut asked = HashSet::new();
        let keys = parts.properties.iter().map(|property| &property.key);
        let idents = names.snakes(&keys.collect::<Vec<_>>());
        let ident_of = |wire: &str| {
            let at = parts
                .properties
                .iter()
                .position(|property| property.key == wire)?;
            idents.get(at).cloned()
        };
        parts
            .properties
            .iter()
            .zip(&idents)
            .map(|(property, ident)| {
                let node = &property.value;
                let schema = Layers::of(self, node);
                let ty = self.lower_property(node, &format!("{owner}{}", pascal(&property.key)));
                let ty = self.unless_secret(&property.key, Some(&schema), ty);
                let flag = |key| schema.flag(key);
                let policy = (ty == Type::Password)
                    .then(|| lower_policy(&schema))
                    .flatten();
                if flag("readOnly") || flag("writeOnly") {
                    self.schemas.one_way.push(OneWay {
                        owner: owner.to_owned(),
                        field: property.key.clone(),
                        read_only: flag("readOnly"),
                    });
                }
                Field {
                    name: property.key.clone(),
                    ident: ident.clone(),
                    required: parts.required.contains(&property.key.as_str()),
                    nullable: flag("nullable") || lists_null(&schema),
                    deprecated: flag("deprecated"),
                    description: text(node.get("description"))
                        .or_else(|| text(schema.get("description"))),
                    constraints: constraints(&schema),
                    policy,
                    required_unless: schema.get("x-required-unless").and_then(|rule| {
                        let field = rule.get("field")?.as_str()?;
                        Some(RequiredUnless {
                            ident: ident_of(field)?,
                            field: field.to_owned(),
                            equals: rule.get("equals")?.to_json(),
                        })
                    }),
                    predicate: self.predicate(&schema, &ty, &mut asked),
                    default: schema.get("default").map(Node::to_json),
                    example: schema.get("example").map(Node::to_json),
                    ty,
                }
            })
            .collect()
    }

    /// The question that a field answers, where it has words and no other question is called so. Of
    /// what can be none, `check` tells.
    fn predicate(
        &self,
        schema: &Layers<'d>,
        ty: &Type,
        asked: &mut HashSet<String>,
    ) -> Option<Predicate> {
        let rule = schema.get("x-predicate")?;
        let name = rule.get("name")?.as_str()?;
        let is_asked = self.is_of_words(ty) && is_method(name) && asked.insert(name.to_owned());
        is_asked.then_some(())?;
        Some(Predicate {
            name: name.to_owned(),
            equals: rule.get("equals")?.as_str()?.to_owned(),
        })
    }

    /// Whether values of a type are words that can be compared: text that is no secret, or one of an
    /// enumeration.
    pub(in crate::lower) fn is_of_words(&self, ty: &Type) -> bool {
        match ty {
            Type::String => true,
            Type::Named(name) => {
                let schema = self.schemas.get(name);
                schema.is_some_and(|it| matches!(it.kind, SchemaKind::Enum { .. }))
            }
            _ => false,
        }
    }

    /// The type of a property. Inside a component it is lowered once, since `allOf` may merge the
    /// same property into any number of types.
    fn lower_property(&mut self, node: &'d Node, hint: &str) -> Type {
        if self.schemas.open.is_empty() {
            return self.lower_type(node, hint);
        }
        if let Some(known) = self.schemas.properties.get(&std::ptr::from_ref(node)) {
            return known.clone();
        }
        let ty = self.lower_type(node, hint);
        self.schemas
            .properties
            .insert(std::ptr::from_ref(node), ty.clone());
        ty
    }
}

/// Whether an `enum` has `null` among its values, which says what `nullable` does.
pub(super) fn lists_null(schema: &Layers<'_>) -> bool {
    let listed = schema.get("enum").map(Node::items).unwrap_or_default();
    listed.iter().any(|it| it.value == Value::Null)
}

/// What the values of a schema must fulfil beyond its type; of several bounds the closest.
pub(in super::super) fn constraints(schema: &Layers<'_>) -> Constraints {
    let greatest = |key| schema.all(key).filter_map(Node::as_u64).max();
    let least = |key| schema.all(key).filter_map(Node::as_u64).min();
    let (minimum, exclusive_minimum) =
        bound(schema, "minimum", "exclusiveMinimum", Ordering::Greater);
    let (maximum, exclusive_maximum) = bound(schema, "maximum", "exclusiveMaximum", Ordering::Less);
    Constraints {
        min_length: greatest("minLength"),
        max_length: least("maxLength"),
        pattern: text(schema.get("pattern")),
        minimum,
        exclusive_minimum,
        maximum,
        exclusive_maximum,
        min_items: greatest("minItems"),
        max_items: least("maxItems"),
        listed: listed(schema),
    }
}

/// The numbers or truth values of an `enum`. Its texts are the words of a type.
fn listed(schema: &Layers<'_>) -> Vec<String> {
    let listed = schema.get("enum").map(Node::items).unwrap_or_default();
    let plain = listed
        .iter()
        .filter(|it| matches!(it.value, Value::Number(_) | Value::Bool(_)));
    let mut texts: Vec<String> = Vec::new();
    for text in plain.map(|it| it.to_json().to_string()) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    // Words that look like numbers are words.
    let is_text = schema.get("type").and_then(Node::as_str) == Some("string");
    if is_text { Vec::new() } else { texts }
}

/// The closest bound of its kind, and whether it is refused itself.
fn bound(schema: &Layers<'_>, key: &str, flag: &str, closer: Ordering) -> (Option<Number>, bool) {
    let mut closest: Option<(&Number, bool)> = None;
    for node in schema.iter() {
        let Some(bound) = node.get(key).and_then(Node::as_number) else {
            continue;
        };
        let exclusive = node.get(flag).and_then(Node::as_bool) == Some(true);
        closest = match closest {
            Some((known, refused)) => match compare(bound, known) {
                Ordering::Equal => Some((known, refused || exclusive)),
                order if order == closer => Some((bound, exclusive)),
                _ => Some((known, refused)),
            },
            None => Some((bound, exclusive)),
        };
    }
    (
        closest.map(|(bound, _)| bound.clone()),
        closest.is_some_and(|(_, refused)| refused),
    )
}

/// The `x-password-policy` of a schema; lengths it leaves out come from `minLength` and `maxLength`.
pub(in super::super) fn lower_policy(schema: &Layers<'_>) -> Option<PasswordPolicy> {
    let policy = schema.get("x-password-policy")?;
    let count = |key: &str, standard: &str| {
        policy
            .get(key)
            .or_else(|| schema.get(standard))
            .and_then(Node::as_u64)
    };
    let words = |key: &str| -> Vec<String> {
        let items = policy.get(key).map(Node::items).unwrap_or_default();
        items
            .iter()
            .filter_map(Node::as_str)
            .map(str::to_owned)
            .collect()
    };
    let classes = words("classes");
    Some(PasswordPolicy {
        min: count("min", "minLength").unwrap_or(0),
        max: count("max", "maxLength").unwrap_or(u64::from(u32::MAX)),
        classes: if classes.is_empty() {
            ["lower", "upper", "digit", "special"]
                .map(str::to_owned)
                .to_vec()
        } else {
            classes
        },
        min_classes: policy.get("minClasses").and_then(Node::as_u64).unwrap_or(1),
        // Not `text`: leading and trailing characters matter.
        specials: policy
            .get("specials")
            .and_then(Node::as_str)
            .map(str::to_owned),
        forbidden: words("forbidden"),
    })
}
