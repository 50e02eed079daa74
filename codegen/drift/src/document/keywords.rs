//! Which keyword says which aspect: one table for reading a document and for writing it.

use huaweicloud_codegen::load::tree::{Node, Span};

use crate::claim::{Aspect, ClaimValue, SubjectClaims};
use crate::scalar::text;

/// What a keyword of a schema is said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    /// What makes a schema this one, or is for people.
    Schema,
    /// Of any value.
    Any,
    /// Of plain values: of a list, it is then said of its items.
    Plain,
    /// Of text alone.
    Text,
    /// Of numbers alone.
    Numbers,
    /// Of lists alone.
    Lists,
    /// Of objects alone.
    Objects,
}

/// The keywords of a schema in the order in which they stand, what each is said of, and what it says.
pub(crate) const SCHEMA: &[(&str, Of, Option<Aspect>)] = &[
    ("$ref", Of::Schema, None),
    ("allOf", Of::Schema, None),
    ("title", Of::Schema, None),
    ("type", Of::Schema, None),
    ("format", Of::Text, None),
    ("writeOnly", Of::Any, None),
    ("readOnly", Of::Any, None),
    ("nullable", Of::Any, Some(Aspect::Nullable)),
    ("deprecated", Of::Any, Some(Aspect::Deprecated)),
    ("description", Of::Schema, None),
    ("enum", Of::Plain, Some(Aspect::Enum)),
    ("default", Of::Any, Some(Aspect::Default)),
    ("minimum", Of::Numbers, Some(Aspect::RangeMin)),
    ("exclusiveMinimum", Of::Numbers, None),
    ("maximum", Of::Numbers, Some(Aspect::RangeMax)),
    ("exclusiveMaximum", Of::Numbers, None),
    ("multipleOf", Of::Numbers, None),
    ("minLength", Of::Text, Some(Aspect::LengthMin)),
    ("maxLength", Of::Text, Some(Aspect::LengthMax)),
    ("pattern", Of::Text, Some(Aspect::Pattern)),
    ("minItems", Of::Lists, Some(Aspect::MinItems)),
    ("maxItems", Of::Lists, Some(Aspect::MaxItems)),
    ("uniqueItems", Of::Lists, None),
    ("minProperties", Of::Objects, None),
    ("maxProperties", Of::Objects, None),
    ("x-secret", Of::Any, None),
    ("x-password-policy", Of::Text, None),
    ("required", Of::Objects, None),
    ("properties", Of::Objects, None),
    ("additionalProperties", Of::Objects, None),
    ("items", Of::Lists, None),
    ("example", Of::Any, None),
];

/// What operations and parameters have of those beside any schema.
pub(crate) const DEPRECATED: [(&str, Aspect); 1] = [("deprecated", Aspect::Deprecated)];

/// Keys of `x-password-policy`.
pub(crate) const POLICY: &[(&str, Aspect)] = &[
    ("min", Aspect::PasswordMin),
    ("max", Aspect::PasswordMax),
    ("classes", Aspect::PasswordClasses),
    ("minClasses", Aspect::PasswordKinds),
    ("specials", Aspect::PasswordSpecials),
];

/// Keys of an item of `x-iam-actions`.
pub(crate) const IAM: &[(&str, Aspect)] = &[
    ("action", Aspect::Action),
    ("access", Aspect::Access),
    ("resource", Aspect::Resource),
    ("conditions", Aspect::Conditions),
    ("alias", Aspect::Alias),
    ("dependencies", Aspect::Dependencies),
];

/// Says about `entry` what a node says by keywords.
pub(super) fn say<'t>(
    entry: &mut SubjectClaims<Span>,
    node: &Node,
    keywords: impl IntoIterator<Item = (&'t str, Aspect)>,
) {
    for (keyword, aspect) in keywords {
        let said = node.get(keyword);
        if let Some((value, said)) = said.and_then(|it| Some((value(aspect, it)?, it))) {
            entry.say(aspect, value, said.span.clone());
        }
    }
}

fn value(aspect: Aspect, said: &Node) -> Option<ClaimValue> {
    Some(match aspect {
        aspect if aspect.is_list() => ClaimValue::Many(said.items().iter().map(text).collect()),
        aspect if aspect.is_flag() => ClaimValue::flag(said.as_bool()?),
        _ => ClaimValue::one(text(said)),
    })
}

/// The keywords of a schema that stand before one.
pub(crate) fn before(keyword: &str) -> Vec<&'static str> {
    let keywords = SCHEMA.iter().map(|(it, ..)| *it);
    keywords.take_while(|it| *it != keyword).collect()
}

/// The keyword of a schema that says an aspect.
pub(crate) fn keyword_of(aspect: Aspect) -> Option<&'static str> {
    let found = SCHEMA.iter().find(|(.., it)| *it == Some(aspect));
    found.map(|(keyword, ..)| *keyword)
}

/// The key that says an aspect.
pub(crate) fn keyword(table: &[(&'static str, Aspect)], aspect: Aspect) -> Option<&'static str> {
    let found = table.iter().find(|(_, it)| *it == aspect);
    found.map(|(keyword, _)| *keyword)
}

/// What a keyword is said of; nothing where a schema has no such keyword.
pub(crate) fn said_of(keyword: &str) -> Option<Of> {
    let found = SCHEMA.iter().find(|(it, ..)| *it == keyword);
    found.map(|(_, of, _)| *of)
}

impl Of {
    /// Whether it is said of plain values.
    pub(crate) fn is_values(self) -> bool {
        matches!(self, Of::Plain | Of::Text | Of::Numbers)
    }
}

/// Whether it is said of plain values: of a list, it is then said of its items.
pub(crate) fn is_of_values(aspect: Aspect) -> bool {
    let of = keyword_of(aspect).and_then(said_of);
    aspect == Aspect::Secret || of.is_some_and(Of::is_values)
}
