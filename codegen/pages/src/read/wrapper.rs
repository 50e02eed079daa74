//! Bodies whose table leaves out the object around the fields, which every example shows.

use super::examples::Read;
use super::source;
use crate::block::Lines;
use crate::facts::{Fact, FieldFacts, FieldLocation, Required, ResponseFacts, SourceKind};

/// The most examples that are looked at.
const MAX_EXAMPLES: usize = 20;

/// Puts the fields of a response into the object that all its examples show around them, when these
/// show nothing but fields of the table in it, or most of them.
pub(super) fn responses(responses: &mut [ResponseFacts], examples: &[Read]) {
    for response in responses
        .iter_mut()
        .filter(|response| !response.status.starts_with(['4', '5', 'e']))
    {
        let own = examples.iter().filter(|example| {
            let status = example.fact.status.as_ref();
            example.fact.is_response && status.is_none_or(|status| *status == response.status)
        });
        let fields = || response.fields.iter();
        if let Some((name, lines)) = outer(own, &top(fields()), true) {
            let outer = object(&name, lines);
            for field in &mut response.fields {
                field.path = format!("{name}.{}", field.path);
            }
            response.fields.insert(0, outer);
        }
    }
}

/// Puts the fields of the request's body into the object that all examples show around some of them.
pub(super) fn request(parameters: &mut Vec<(FieldLocation, FieldFacts)>, examples: &[Read]) {
    let body = |(place, _): &&(FieldLocation, FieldFacts)| *place == FieldLocation::Body;
    let fields = parameters.iter().filter(body).map(|(_, field)| field);
    let sent = examples.iter().filter(|example| !example.fact.is_response);
    let Some((name, lines)) = outer(sent, &top(fields), false) else {
        return;
    };
    let mut outer = object(&name, lines);
    outer.required = (Required::Yes, outer.named.first().cloned());
    let first = parameters.iter().position(|parameter| body(&parameter));
    for (_, field) in parameters
        .iter_mut()
        .filter(|parameter| body(&&**parameter))
    {
        field.path = format!("{name}.{}", field.path);
    }
    parameters.insert(
        first.unwrap_or(parameters.len()),
        (FieldLocation::Body, outer),
    );
}

/// The names of fields that stand in no other.
fn top<'f>(fields: impl Iterator<Item = &'f FieldFacts>) -> Vec<&'f str> {
    let paths = fields.map(|field| field.path.as_str());
    paths.filter(|path| !path.contains(['.', '['])).collect()
}

/// The name of the one object that every example is, whose own fields are among `names`: all of them
/// or most of `names`, or else some. An example of an error tells nothing.
fn outer<'e>(
    examples: impl Iterator<Item = &'e Read>,
    names: &[&str],
    all: bool,
) -> Option<(String, Lines)> {
    let mut found: Option<(&String, Lines)> = None;
    for example in examples.take(MAX_EXAMPLES) {
        let Some(body) = example.value.as_ref().and_then(|value| value.as_object()) else {
            continue;
        };
        let mut entries = body.iter();
        let (Some((key, inner)), None) = (entries.next(), entries.next()) else {
            return None;
        };
        if all && key == "error" {
            continue;
        }
        let inner = inner.as_object()?;
        let is_known = |key: &String| names.contains(&key.as_str());
        let known = inner.keys().filter(|key| is_known(key)).count();
        let fits = if all {
            // Either may have a few that the other has not.
            known > 0 && (known == inner.len() || known * 2 > names.len())
        } else {
            known > 0
        };
        if !fits || is_known(key) || found.is_some_and(|(known, _)| known != key) {
            return None;
        }
        found = found.or(Some((key, example.fact.source.lines)));
    }
    found.map(|(key, lines)| (key.clone(), lines))
}

/// The object itself, which only examples show.
fn object(name: &str, lines: Lines) -> FieldFacts {
    let said = source(SourceKind::Example, lines);
    FieldFacts {
        path: name.to_owned(),
        named: vec![said.clone()],
        type_: Some(Fact::new("Object?".to_owned(), said)),
        ..FieldFacts::default()
    }
}
