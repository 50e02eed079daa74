//! Which keyword says which aspect: one table for reading a document and for writing it.

use crate::claim::Aspect;

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

/// The keywords of a schema in the order in which they stand, and what each is said of.
pub(crate) const SCHEMA: &[(&str, Of)] = &[
    ("$ref", Of::Schema),
    ("allOf", Of::Schema),
    ("title", Of::Schema),
    ("type", Of::Schema),
    ("format", Of::Text),
    ("writeOnly", Of::Any),
    ("readOnly", Of::Any),
    ("nullable", Of::Any),
    ("deprecated", Of::Any),
    ("description", Of::Schema),
    ("enum", Of::Plain),
    ("default", Of::Any),
    ("minimum", Of::Numbers),
    ("exclusiveMinimum", Of::Numbers),
    ("maximum", Of::Numbers),
    ("exclusiveMaximum", Of::Numbers),
    ("multipleOf", Of::Numbers),
    ("minLength", Of::Text),
    ("maxLength", Of::Text),
    ("pattern", Of::Text),
    ("minItems", Of::Lists),
    ("maxItems", Of::Lists),
    ("uniqueItems", Of::Lists),
    ("minProperties", Of::Objects),
    ("maxProperties", Of::Objects),
    ("x-secret", Of::Any),
    ("x-password-policy", Of::Text),
    ("required", Of::Objects),
    ("properties", Of::Objects),
    ("additionalProperties", Of::Objects),
    ("items", Of::Lists),
    ("example", Of::Any),
];

/// Keywords of a schema that are `true` or left out.
pub(crate) const FLAGS: &[(&str, Aspect)] = &[
    ("nullable", Aspect::Nullable),
    ("deprecated", Aspect::Deprecated),
];

/// Keywords of a schema with a value.
pub(crate) const VALUES: &[(&str, Aspect)] = &[
    ("enum", Aspect::Enum),
    ("default", Aspect::Default),
    ("minLength", Aspect::LengthMin),
    ("maxLength", Aspect::LengthMax),
    ("minimum", Aspect::RangeMin),
    ("maximum", Aspect::RangeMax),
    ("minItems", Aspect::MinItems),
    ("maxItems", Aspect::MaxItems),
    ("pattern", Aspect::Pattern),
];

/// Keys of `x-password-policy`.
pub(crate) const POLICY: &[(&str, Aspect)] = &[
    ("min", Aspect::PasswordMin),
    ("max", Aspect::PasswordMax),
    ("minClasses", Aspect::PasswordKinds),
    ("specials", Aspect::PasswordSpecials),
];

/// Keys of an item of `x-iam-actions`.
pub(crate) const IAM: &[(&str, Aspect)] = &[
    ("action", Aspect::Action),
    ("access", Aspect::Access),
    ("resource", Aspect::Resource),
];

/// Keys of an item of `x-iam-actions` that are lists.
pub(crate) const IAM_LISTS: &[(&str, Aspect)] = &[
    ("conditions", Aspect::Conditions),
    ("alias", Aspect::Alias),
    ("dependencies", Aspect::Dependencies),
];

/// The keyword that says an aspect.
pub(crate) fn keyword(table: &[(&'static str, Aspect)], aspect: Aspect) -> Option<&'static str> {
    let found = table.iter().find(|(_, it)| *it == aspect);
    found.map(|(keyword, _)| *keyword)
}

/// What a keyword is said of; nothing where a schema has no such keyword.
pub(crate) fn said_of(keyword: &str) -> Option<Of> {
    let found = SCHEMA.iter().find(|(it, _)| *it == keyword);
    found.map(|(_, of)| *of)
}

impl Of {
    /// Whether it is said of plain values.
    pub(crate) fn is_values(self) -> bool {
        matches!(self, Of::Plain | Of::Text | Of::Numbers)
    }
}

/// Whether it is said of plain values: of a list, it is then said of its items.
pub(crate) fn is_of_values(aspect: Aspect) -> bool {
    let of = keyword(VALUES, aspect).and_then(said_of);
    aspect == Aspect::Secret || of.is_some_and(Of::is_values)
}
