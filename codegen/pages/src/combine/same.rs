//! What makes two files be of one operation.

use crate::facts::{Fact, Facts, FieldLocation, Route};
use crate::vocabulary::kind_of_type;

/// Whether two files are of one operation: a route of one is the own route of the other, where both
/// name their service it is the same, and they are not two of the calls that a route may have.
#[must_use]
pub fn is_same_operation(a: &Facts, b: &Facts) -> bool {
    let own = |facts: &Facts, other: &Facts| {
        let mut all = other.routes.iter();
        let own = facts.routes.first();
        own.is_some_and(|own| all.any(|it| is_same_route(&own.value, &it.value)))
    };
    let is_shared = |it: &Fact<String>| b.services.iter().any(|other| other.value == it.value);
    (own(a, b) || own(b, a))
        && (a.services.is_empty() || b.services.is_empty() || a.services.iter().any(is_shared))
        && !is_another_call(a, b)
}

/// Whether two files are of two calls, whatever their route: some have one route for many actions, and
/// tell them by the one object that the body is.
#[must_use]
pub fn is_another_call(a: &Facts, b: &Facts) -> bool {
    match (action(a), action(b)) {
        (Some(a), Some(b)) => a != b,
        _ => false,
    }
}

/// The field of a body that has one, which is an object.
fn action(facts: &Facts) -> Option<&str> {
    let fields = facts.parameters.iter();
    let fields = fields.filter(|(place, _)| *place == FieldLocation::Body);
    let mut outer = fields.filter(|(_, field)| !field.path.contains(['.', '[']));
    let (only, None) = (&outer.next()?.1, outer.next()) else {
        return None;
    };
    let kind = only.type_.as_ref().and_then(|it| kind_of_type(&it.value));
    (kind.as_deref() == Some("object")).then_some(only.path.as_str())
}

/// Whether two routes differ at most in what they call their parameters.
pub(super) fn is_same_route(a: &Route, b: &Route) -> bool {
    let is_parameter = |piece: &str| piece.starts_with('{') && piece.ends_with('}');
    let is_same = |(a, b): (&str, &str)| a == b || is_parameter(a) && is_parameter(b);
    let (a_path, b_path) = (a.path.trim_end_matches('/'), b.path.trim_end_matches('/'));
    let (a_pieces, b_pieces) = (a_path.split('/'), b_path.split('/'));
    a.method.eq_ignore_ascii_case(&b.method)
        && a_pieces.clone().count() == b_pieces.clone().count()
        && a_pieces.zip(b_pieces).all(is_same)
}
