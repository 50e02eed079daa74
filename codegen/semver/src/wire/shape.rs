//! A schema as it is meant: references followed, `allOf` put together.

use std::collections::{BTreeMap, HashMap, HashSet};

use huaweicloud_codegen::load::KEPT;
use huaweicloud_codegen::load::tree::{Node, Span};
use huaweicloud_codegen::number;
use indexmap::IndexMap;

use super::{Says, Side, is_true};

/// So many schemas are put together to one; nobody writes more.
const MOST_MEMBERS: usize = 1_000;

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
        let mut added = HashSet::new();
        for schema in schemas {
            shape.add(side, schema, &mut added);
        }
        shape
    }

    pub(super) fn keyword(&self, name: &str) -> Option<&'d Node> {
        self.keywords.get(name).copied()
    }

    pub(super) fn type_name(&self) -> Option<&'d str> {
        self.keyword("type").and_then(Node::as_str)
    }

    /// Takes a choice of one for what has to fit that one.
    pub(super) fn fold(&mut self, side: &Side<'d>) {
        let [choice] = self.choices.as_slice() else {
            return;
        };
        if let [only] = choice.items() {
            self.choices.clear();
            self.add(side, only, &mut HashSet::new());
        }
    }

    /// Adds what a schema says, once, however often it is among the members of others.
    fn add(&mut self, side: &Side<'d>, schema: &'d Node, added: &mut HashSet<*const Node>) {
        let schema = side.resolved(schema);
        self.span.get_or_insert(&schema.span);
        if added.len() == MOST_MEMBERS || !added.insert(std::ptr::from_ref(schema)) {
            return;
        }
        let members = schema.get("allOf").map_or(&[][..], Node::items);
        for member in members {
            self.add(side, member, added);
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
                KEPT => {
                    let kept = value.entries().iter();
                    kept.for_each(|it| self.set(&it.key, &it.value));
                }
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
    let mut seen = HashSet::new();
    let mut open = schemas.to_vec();
    while let Some(schema) = open.pop() {
        let schema = side.resolved(schema);
        if !seen.insert(std::ptr::from_ref(schema)) {
            continue;
        }
        if is_true(schema.get(keyword)) {
            return true;
        }
        open.extend(schema.get("allOf").map_or(&[][..], Node::items));
    }
    false
}
