//! Files of one run → those of one operation together.

use huaweicloud_pages::facts::Facts;
use huaweicloud_pages::{combine, is_another_call, is_same_operation};
use indexmap::IndexMap;

use crate::document::Spec;
use crate::pair::{PairError, pair};

/// What is known of one operation, from one file or from several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouped {
    /// What its files say together.
    pub facts: Facts,
    /// The operation's index in [`Spec::operations`].
    pub operation: usize,
}

/// What a run's files are about: operations, and the files that none was found for.
pub type Groups = (Vec<Grouped>, Vec<(String, PairError)>);

/// Finds the operation of each file, and combines definitions with the pages of the same operation.
///
/// A page that fits several operations is of the one whose definition stands beside it, and the other
/// way round. Pages alone stay apart, as each is followed by itself: what they dispute is told when
/// they are. So do definitions alone.
pub fn group(spec: &Spec, read: Vec<Facts>, asked: Option<&str>) -> Groups {
    let mut by_operation: IndexMap<usize, Vec<Facts>> = IndexMap::new();
    let mut left = Vec::new();
    for facts in read {
        match pair(spec, name(&facts), &facts, asked) {
            Ok(found) => by_operation.entry(found.operation).or_default().push(facts),
            Err(error) => left.push((facts, error)),
        }
    }
    let mut lost = Vec::new();
    let mut joined = Vec::new();
    for (facts, error) in left {
        let is_beside = |it: &Facts| {
            it.is_definition() != facts.is_definition() && is_same_operation(it, &facts)
        };
        let mut fitting = by_operation.iter().filter(|it| it.1.iter().any(is_beside));
        match (fitting.next(), fitting.next(), &error) {
            (Some((operation, _)), None, PairError::Several { .. }) => {
                joined.push((*operation, facts));
            }
            _ => lost.push((name(&facts).to_owned(), error)),
        }
    }
    for (operation, facts) in joined {
        by_operation.entry(operation).or_default().push(facts);
    }
    let groups = by_operation.into_iter().flat_map(|(operation, all)| {
        let facts = together(all).into_iter();
        facts.map(move |facts| Grouped { facts, operation })
    });
    (groups.collect(), lost)
}

/// Combines definitions and pages, but for those of another call with the same route.
fn together(all: Vec<Facts>) -> Vec<Facts> {
    let (definitions, pages): (Vec<Facts>, Vec<Facts>) =
        all.into_iter().partition(Facts::is_definition);
    let mut calls: Vec<Vec<Facts>> = Vec::new();
    for facts in definitions.into_iter().chain(pages) {
        let is_of_it = |call: &&mut Vec<Facts>| {
            let first = call.first();
            first.is_some_and(|it| it.is_definition() && !is_another_call(it, &facts))
        };
        match calls.iter_mut().find(is_of_it) {
            Some(call) => call.push(facts),
            None => calls.push(vec![facts]),
        }
    }
    let calls = calls.into_iter().flat_map(|call| {
        // Definitions without a page stay apart.
        match call.iter().all(Facts::is_definition) {
            true => call,
            false => vec![combine(call)],
        }
    });
    calls.collect()
}

fn name(facts: &Facts) -> &str {
    facts.files.first().map_or("", |file| file.name.as_str())
}

#[cfg(test)]
mod tests {
    use huaweicloud_codegen::Source;
    use huaweicloud_pages::facts::{FieldLocation, Required, SourceFile};
    use huaweicloud_pages::form::Form;

    use super::*;
    use crate::testing::{field, page, with};

    fn file(name: &str, body: &str) -> Facts {
        let facts = page("POST", "/v1/gates/action");
        let body = field(body, "Object", Required::Yes, 5);
        let form = match name.ends_with(".json") {
            true => Form::Explorer,
            false => Form::Markdown,
        };
        Facts {
            files: vec![SourceFile {
                name: name.to_owned(),
                form,
            }],
            ..with(facts, FieldLocation::Body, body)
        }
    }

    #[test]
    fn each_call_of_a_route_has_its_own_files() {
        let yaml = "paths:\n  /v1/gates/action:\n    post: {operationId: OpenGate}\n";
        let spec = Spec::read(&[Source::new("spec/gate.yaml", yaml)]).unwrap();
        let read = vec![
            file("close.md", "close"),
            file("open.md", "open"),
            file("other.md", "lift"),
            file("open.json", "open"),
            file("close.json", "close"),
            file("lower.json", "lower"),
        ];
        let (groups, lost) = group(&spec, read, None);
        assert_eq!(lost, []);
        let files: Vec<Vec<&str>> = groups
            .iter()
            .map(|it| it.facts.files.iter().map(|it| it.name.as_str()).collect())
            .collect();
        assert_eq!(
            files,
            [
                vec!["open.json", "open.md"],
                vec!["close.json", "close.md"],
                vec!["lower.json"],
                vec!["other.md"],
            ]
        );
        assert!(groups.iter().all(|it| it.facts.contradictions.is_empty()));
    }
}
