//! A schema as it is meant: references followed, `allOf` put together.

use std::collections::{BTreeMap, HashMap};

use huaweicloud_codegen::load::tree::{Node, Span};
use huaweicloud_codegen::number;
use indexmap::IndexMap;

use super::{Says, Side, is_true};

/// Schemas in `allOf` below one another that are followed; deeper ones go in a circle.
const DEEPEST: usize = 32;

/// What a schema says, wherever it says it.
#[derive(Default)]
pub(super) struct Shape<'d> {
    /// Where it stands.
    pub(super) span: Option<&'d Span>,
    pub(super) nullable: bool,
    /// Keywords that have no room of their own here.
    pub(super) keywords: BTreeMap<&'d str, &'d Node>,
    pub(super) properties: IndexMap<&'d str, Property<'d>>,
    /// The names of what must be there, with where it is said.
    pub(super) required: HashMap<&'d str, &'d Span>,
    /// `oneOf` and `anyOf`, each a list of alternatives.
    pub(super) choices: Vec<&'d Node>,
}

/// A property, and all the schemas that it has to fit.
pub(super) struct Property<'d> {
    pub(super) key: &'d Span,
    pub(super) schemas: Vec<&'d Node>,
}

/// Keywords that bound a value: the name, and whether the greater of two is the tighter.
pub(super) const BOUNDS: &[(&str, bool)] = &[
    ("minLength", true),
    ("maxLength", false),
    ("minimum", true),
    ("maximum", false),
    ("minItems", true),
    ("maxItems", false),
    ("minProperties", true),
    ("maxProperties", false),
];

impl<'d> Says<'d> for Shape<'d> {
    fn said(&self, key: &str) -> Option<&'d Node> {
        self.keyword(key)
    }

    fn keys(&self) -> Vec<&'d str> {
        self.keywords.keys().copied().collect()
    }

    fn span(&self) -> Option<&'d Span> {
        self.span
    }
}

impl<'d> Shape<'d> {
    /// The shape of what has to fit all of some schemas.
    pub(super) fn of(side: &Side<'d>, schemas: &[&'d Node]) -> Self {
        let mut shape = Self::default();
        for schema in schemas {
            shape.add(side, schema, 0);
        }
        shape
    }

    pub(super) fn keyword(&self, name: &str) -> Option<&'d Node> {
        self.keywords.get(name).copied()
    }

    pub(super) fn type_name(&self) -> Option<&'d str> {
        self.keyword("type").and_then(Node::as_str)
    }

    fn add(&mut self, side: &Side<'d>, schema: &'d Node, depth: usize) {
        let schema = side.resolved(schema);
        self.span.get_or_insert(&schema.span);
        if depth < DEEPEST {
            let members = schema.get("allOf").map_or(&[][..], Node::items);
            for member in members {
                self.add(side, member, depth + 1);
            }
        }
        for entry in schema.entries() {
            let (key, value) = (entry.key.as_str(), &entry.value);
            match key {
                "allOf" | "$ref" => {}
                "nullable" => self.nullable |= is_true(Some(value)),
                "properties" => {
                    for property in value.entries() {
                        let known = self.properties.entry(&property.key).or_insert(Property {
                            key: &property.key_span,
                            schemas: Vec::new(),
                        });
                        known.schemas.push(&property.value);
                    }
                }
                "required" => {
                    let names = value.items().iter();
                    let names = names.filter_map(|name| Some((name.as_str()?, &name.span)));
                    self.required.extend(names);
                }
                "oneOf" | "anyOf" => self.choices.push(value),
                _ => self.set(key, value),
            }
        }
    }

    /// Sets a keyword; of two bounds the tighter holds, of all else the last.
    fn set(&mut self, key: &'d str, value: &'d Node) {
        let greater_is_tighter = BOUNDS.iter().find(|(name, _)| *name == key);
        if let Some((_, greater_is_tighter)) = greater_is_tighter
            && let Some(known) = self.keyword(key).and_then(Node::as_number)
            && let Some(number) = value.as_number()
            && number::compare(known, number).is_gt() == *greater_is_tighter
        {
            return;
        }
        self.keywords.insert(key, value);
    }
}

/// Whether one of some schemas, or of those they are put together from, says yes to something.
pub(super) fn says<'d>(side: &Side<'d>, schemas: &[&'d Node], keyword: &str) -> bool {
    fn one<'d>(side: &Side<'d>, schema: &'d Node, keyword: &str, depth: usize) -> bool {
        let schema = side.resolved(schema);
        let members = schema.get("allOf").map_or(&[][..], Node::items);
        is_true(schema.get(keyword))
            || depth < DEEPEST && members.iter().any(|it| one(side, it, keyword, depth + 1))
    }
    schemas.iter().any(|it| one(side, it, keyword, 0))
}
