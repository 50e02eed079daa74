//! Two crates, made of no more than what differs between their documents: enough to compare the two,
//! at a part of the cost of making both.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::emit::{self, named_by, named_in, needed};
use crate::load::Document;
use crate::lower;
use crate::model::{Model, Operation, Service};
use crate::profile::Profile;
use crate::render::without;

/// The files of the two crates by their paths, as [`Rendered::files`](crate::Rendered::files), but for
/// tests and examples. What cannot be emitted is left out, as under a permissive policy.
///
/// An operation is left out of both where it is the same in both, with every type that it needs; each
/// service keeps one operation at least.
///
/// # Errors
/// What forbids to emit one of the two at all.
pub fn render_changed(
    old: Vec<Document>,
    new: Vec<Document>,
    profile: &dyn Profile,
) -> Result<[BTreeMap<String, String>; 2], String> {
    // What they are made of is let go: the trees of large documents take more than all that follows.
    let lowered = |documents: Vec<Document>| lower::lower(&documents, profile).0;
    let (mut old, mut new) = (lowered(old), lowered(new));
    for service in &mut old.services {
        let other = new.services.iter_mut().find(|it| it.name == service.name);
        if let Some(other) = other {
            keep_changed(service, other);
        }
    }
    Ok([files(old, profile)?, files(new, profile)?])
}

/// Leaves out of two services what is the same in both.
fn keep_changed(old: &mut Service, new: &mut Service) {
    let differ = differing(old, new);
    let news: HashMap<_, _> = new.operations.iter().map(|it| (&it.id, it)).collect();
    let is_same = |was: &&Operation| {
        let is_like = news.get(&was.id).is_some_and(|is| was == is);
        is_like && named_by(was).iter().all(|it| !differ.contains(it))
    };
    let same = old.operations.iter().filter(is_same);
    let same: HashSet<String> = same.map(|it| it.id.clone()).collect();
    // A service without operations is none.
    let kept = old.operations.iter().map(|it| &it.id);
    let kept = kept.filter(|id| same.contains(*id)).min().cloned();
    let mut types = HashSet::new();
    for service in [&mut *old, &mut *new] {
        let stays = |id: &String| !same.contains(id) || Some(id) == kept.as_ref();
        service.operations.retain(|it| stays(&it.id));
        types.extend(needed(service));
    }
    // What one of them needs may be there in the other for an operation that was left out.
    for service in [old, new] {
        service.schemas.retain(|name, _| types.contains(name));
    }
}

/// The names of the types that differ, or that hold one that does.
fn differing(old: &Service, new: &Service) -> HashSet<String> {
    let names = old.schemas.keys().chain(new.schemas.keys());
    let mut differ: HashSet<String> = names
        .filter(|name| old.schemas.get(*name) != new.schemas.get(*name))
        .cloned()
        .collect();
    let mut holders: HashMap<String, Vec<&str>> = HashMap::new();
    for schema in old.schemas.values() {
        for name in named_in(schema) {
            holders.entry(name).or_default().push(&schema.name);
        }
    }
    let mut open: Vec<String> = differ.iter().cloned().collect();
    while let Some(name) = open.pop() {
        for holder in holders.get(&name).into_iter().flatten() {
            if differ.insert((*holder).to_owned()) {
                open.push((*holder).to_owned());
            }
        }
    }
    differ
}

fn files(mut model: Model, profile: &dyn Profile) -> Result<BTreeMap<String, String>, String> {
    loop {
        match emit::emit_library(&model, profile) {
            Ok(files) => return Ok(files),
            Err(errors) if without(&errors, &mut model) => {}
            Err(errors) => {
                let message = errors.first().map(|it| it.message.clone());
                return Err(message.unwrap_or_default());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::load;
    use crate::source::Source;

    fn files_of(old: &str, new: &str) -> [BTreeMap<String, String>; 2] {
        let load = |text: &str| load(&[Source::new("spec/demo.yaml", text)]).documents;
        let profile = crate::profile::of_the_workspace();
        render_changed(load(old), load(new), profile).unwrap()
    }

    #[test]
    fn what_is_the_same_in_both_is_made_in_neither() {
        let document = |kind: &str| {
            let operation = |name: &str, schema: &str| {
                format!(
                    "  /{name}: {{get: {{operationId: {name}, responses: {{'200': {{description: ok, \
                     content: {{application/json: {{schema: {{$ref: '#/components/schemas/{schema}'}}}}}}}}}}}}}}\n"
                )
            };
            format!(
                "openapi: 3.0.3\ninfo: {{title: Demo, version: '1'}}\npaths:\n{}{}{}components:\n  schemas:\n    \
                 One: {{type: object, properties: {{in: {{$ref: '#/components/schemas/Inner'}}}}}}\n    \
                 Two: {{type: object, properties: {{x: {{type: string}}}}}}\n    \
                 Inner: {{type: object, properties: {{x: {{type: {kind}}}}}}}\n",
                operation("one", "One"),
                operation("two", "Two"),
                operation("three", "Two"),
            )
        };
        let [old, new] = files_of(&document("string"), &document("integer"));
        for files in [&old, &new] {
            assert!(files.contains_key("generated/src/demo/one.rs"));
            // One of those that are the same stays, the first by name.
            assert!(files.contains_key("generated/src/demo/three.rs"));
            assert!(!files.contains_key("generated/src/demo/two.rs"));
        }
        let [old, new] = files_of(&document("string"), &document("string"));
        assert_eq!(old, new);
    }

    #[test]
    fn what_an_operation_lets_go_stays_for_the_others() {
        let document = |kind: &str| {
            let operation = |name: &str, schema: &str| {
                format!(
                    "  /{name}: {{get: {{operationId: {name}, responses: {{'200': {{description: ok, \
                     content: {{application/json: {{schema: {schema}}}}}}}}}}}}}\n"
                )
            };
            let two = "{$ref: '#/components/schemas/Two'}";
            format!(
                "openapi: 3.0.3\ninfo: {{title: Demo, version: '1'}}\npaths:\n{}{}{}components:\n  schemas:\n    \
                 Two: {{type: object, properties: {{x: {{type: string}}}}}}\n",
                operation("one", "{type: boolean}"),
                operation("two", two),
                operation("three", kind),
            )
        };
        let shared = document("{$ref: '#/components/schemas/Two'}");
        for files in files_of(&shared, &document("{type: boolean}")) {
            let declares = |text: &String| text.contains("pub struct Two");
            assert!(files.values().any(declares));
            assert!(!files.contains_key("generated/src/demo/two.rs"));
        }
    }
}
