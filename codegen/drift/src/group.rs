//! Files of one run → those of one operation together.

use huaweicloud_pages::facts::Facts;
use huaweicloud_pages::form::Form;
use huaweicloud_pages::{combine, is_same_operation};
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
/// they are.
pub fn group(spec: &Spec, read: Vec<Facts>, asked: Option<&str>) -> Groups {
    let mut by_operation: IndexMap<usize, Vec<Facts>> = IndexMap::new();
    let mut left = Vec::new();
    for facts in read {
        match pair(spec, name(&facts), &facts, asked) {
            Ok(pairing) => by_operation
                .entry(pairing.operation)
                .or_default()
                .push(facts),
            Err(error) => left.push((facts, error)),
        }
    }
    let mut lost = Vec::new();
    let mut joined = Vec::new();
    for (facts, error) in left {
        let mut fitting = by_operation.iter().filter(|(_, known)| {
            let mut known = known.iter();
            known.any(|it| {
                is_definition(it) != is_definition(&facts) && is_same_operation(it, &facts)
            })
        });
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
    let mut groups = Vec::new();
    for (operation, all) in by_operation {
        let definitions = all.iter().filter(|it| is_definition(it)).count();
        let facts = match definitions {
            0 => all,
            all_of_them if all_of_them == all.len() => all,
            _ => vec![combine(all)],
        };
        groups.extend(facts.into_iter().map(|facts| Grouped { facts, operation }));
    }
    (groups, lost)
}

fn name(facts: &Facts) -> &str {
    facts.files.first().map_or("", |file| file.name.as_str())
}

fn is_definition(facts: &Facts) -> bool {
    let first = facts.files.first();
    first.is_some_and(|file| file.form == Form::Explorer)
}
