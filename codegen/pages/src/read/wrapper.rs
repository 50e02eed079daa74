//! Responses whose table leaves out the object around the fields, which every example shows.

use super::examples::Read;
use super::source;
use crate::facts::{Fact, FieldFacts, ResponseFacts, SourceKind};

/// Puts the fields of a response into the object that all its examples show around them.
pub(super) fn wrap(responses: &mut [ResponseFacts], examples: &[Read]) {
    for response in responses
        .iter_mut()
        .filter(|response| !response.status.starts_with(['4', '5', 'e']))
    {
        if let Some(outer) = outer(response, examples) {
            for field in &mut response.fields {
                field.path = format!("{}.{}", outer.path, field.path);
            }
            response.fields.insert(0, outer);
        }
    }
}

fn outer(response: &ResponseFacts, examples: &[Read]) -> Option<FieldFacts> {
    let names: Vec<&str> = response
        .fields
        .iter()
        .map(|field| field.path.as_str())
        .filter(|path| !path.contains(['.', '[']))
        .collect();
    if names.is_empty() {
        return None;
    }
    let mut found: Option<(&str, crate::block::Lines)> = None;
    let responses = examples.iter().filter(|example| example.fact.is_response);
    let own = responses.filter(|example| {
        example
            .fact
            .status
            .as_ref()
            .is_none_or(|status| *status == response.status)
    });
    for example in own.take(20) {
        let Some(body) = example.value.as_ref().and_then(|value| value.as_object()) else {
            continue;
        };
        let mut entries = body.iter();
        let (Some((key, inner)), None) = (entries.next(), entries.next()) else {
            return None;
        };
        if key == "error" {
            continue;
        }
        let inner = inner.as_object()?;
        let fits = !names.contains(&key.as_str())
            && !inner.is_empty()
            && inner.keys().all(|key| names.contains(&key.as_str()));
        if !fits || found.is_some_and(|(known, _)| known != key) {
            return None;
        }
        found = found.or(Some((key, example.fact.source.lines)));
    }
    let (key, lines) = found?;
    let said = source(SourceKind::Example, lines);
    Some(FieldFacts {
        path: key.to_owned(),
        named: vec![said.clone()],
        type_: Some(Fact::new("Object?".to_owned(), said)),
        ..FieldFacts::default()
    })
}
