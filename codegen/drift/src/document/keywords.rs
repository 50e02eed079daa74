//! Which keyword says which aspect: one table for reading a document and for writing it.

use huaweicloud_codegen::load::tree::{Node, Span};

use crate::claim::{Aspect, ClaimValue, SubjectClaims};
use crate::scalar::text;

/// Keywords of a schema that are `true` or left out.
pub(crate) const FLAGS: &[(&str, Aspect)] = &[
    ("nullable", Aspect::Nullable),
    ("deprecated", Aspect::Deprecated),
];

/// What operations and parameters have of those beside any schema.
pub(crate) const DEPRECATED: &[(&str, Aspect)] = &[("deprecated", Aspect::Deprecated)];

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

/// Says about `entry` what a node says by keywords.
pub(super) fn say<'t>(
    entry: &mut SubjectClaims<Span>,
    node: &Node,
    keywords: impl IntoIterator<Item = &'t (&'t str, Aspect)>,
) {
    for (keyword, aspect) in keywords {
        let said = node.get(keyword);
        if let Some((value, said)) = said.and_then(|it| Some((value(*aspect, it)?, it))) {
            entry.say(*aspect, value, said.span.clone());
        }
    }
}

fn value(aspect: Aspect, said: &Node) -> Option<ClaimValue> {
    let is_list = IAM_LISTS.iter().any(|it| it.1 == aspect) || aspect == Aspect::Enum;
    Some(match aspect {
        _ if is_list => ClaimValue::Many(said.items().iter().map(text).collect()),
        aspect if aspect.is_flag() => ClaimValue::flag(said.as_bool()?),
        _ => ClaimValue::one(text(said)),
    })
}

/// The keyword that says an aspect.
pub(crate) fn keyword(table: &[(&'static str, Aspect)], aspect: Aspect) -> Option<&'static str> {
    let found = table.iter().find(|(_, it)| *it == aspect);
    found.map(|(keyword, _)| *keyword)
}

/// Whether it is said of plain values: of a list, it is then said of its items.
pub(crate) fn is_of_values(aspect: Aspect) -> bool {
    matches!(
        aspect,
        Aspect::Enum
            | Aspect::LengthMin
            | Aspect::LengthMax
            | Aspect::RangeMin
            | Aspect::RangeMax
            | Aspect::Pattern
            | Aspect::Secret
    )
}
