//! Properties → fields, with what their values must fulfil.

use crate::load::tree::Node;
use crate::model::{Constraints, Field, PasswordPolicy, Predicate, RequiredUnless, Type};
use crate::names::{Names, pascal};

use super::super::service::{Context, text};
use super::merge::Parts;

impl<'d> Context<'d> {
    pub(super) fn lower_fields(&mut self, parts: &Parts<'d>, owner: &str) -> Vec<Field> {
        // `extra` is where values under undocumented names go.
        let mut names = Names::reserving(["extra"]);
        let idents: Vec<_> = parts
            .properties
            .iter()
            .map(|property| names.snake(&property.key))
            .collect();
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
                let schema = self.resolve(node);
                let ty = self.lower_type(node, &format!("{owner}{}", pascal(&property.key)));
                let flag = |key| schema.get(key).and_then(Node::as_bool) == Some(true);
                let policy = (ty == Type::Password)
                    .then(|| lower_policy(schema))
                    .flatten();
                Field {
                    name: property.key.clone(),
                    ident: ident.clone(),
                    required: parts.required.contains(&property.key.as_str()),
                    nullable: flag("nullable"),
                    deprecated: flag("deprecated"),
                    description: text(node.get("description"))
                        .or_else(|| text(schema.get("description"))),
                    constraints: constraints(schema),
                    policy,
                    required_unless: schema.get("x-required-unless").and_then(|rule| {
                        let field = rule.get("field")?.as_str()?;
                        Some(RequiredUnless {
                            ident: ident_of(field)?,
                            field: field.to_owned(),
                            equals: rule.get("equals")?.to_json(),
                        })
                    }),
                    predicate: schema.get("x-predicate").and_then(|rule| {
                        Some(Predicate {
                            name: rule.get("name")?.as_str()?.to_owned(),
                            equals: rule.get("equals")?.as_str()?.to_owned(),
                        })
                    }),
                    default: schema.get("default").map(Node::to_json),
                    example: schema.get("example").map(Node::to_json),
                    ty,
                }
            })
            .collect()
    }
}

/// What the values of a schema must fulfil beyond its type.
pub(in super::super) fn constraints(schema: &Node) -> Constraints {
    let count = |key| schema.get(key).and_then(Node::as_u64);
    Constraints {
        min_length: count("minLength"),
        max_length: count("maxLength"),
        pattern: text(schema.get("pattern")),
        minimum: schema.get("minimum").and_then(Node::as_f64),
        maximum: schema.get("maximum").and_then(Node::as_f64),
        min_items: count("minItems"),
        max_items: count("maxItems"),
    }
}

/// The `x-password-policy` of a schema; lengths it leaves out come from `minLength` and `maxLength`.
pub(in super::super) fn lower_policy(schema: &Node) -> Option<PasswordPolicy> {
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
