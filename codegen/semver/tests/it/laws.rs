//! What holds of any two documents.

use std::collections::BTreeSet;

use huaweicloud_codegen::load::load;
use huaweicloud_semver::Difference;
use huaweicloud_semver::change::Severity;
use proptest::prelude::*;
use proptest::sample::select;

use super::pairs::{BASE, difference, pairs};

/// The base with some of the changes, in their order; those that do not fit together are left out.
fn changed(chosen: &BTreeSet<usize>) -> String {
    let all = changes();
    let mut text = BASE.to_owned();
    for &at in chosen {
        let (from, to) = &all[at % all.len()];
        if text.matches(from.as_str()).count() == 1 {
            let more = text.replace(from.as_str(), to);
            if load(&[super::pairs::source(&more)]).documents.len() == 1 {
                text = more;
            }
        }
    }
    text
}

fn changes() -> Vec<(String, String)> {
    let listed = load(&[super::pairs::source(include_str!("../pairs.yaml"))]);
    let listed = listed.documents[0].tree.to_json();
    let text = |it: &serde_json::Value, key: &str| it[key].as_str().unwrap().to_owned();
    let list = listed.as_array().unwrap().iter();
    list.map(|it| (text(it, "from"), text(it, "to"))).collect()
}

fn worst(difference: &Difference) -> Option<Severity> {
    difference.wire.iter().map(|it| it.severity).max()
}

fn chosen() -> impl Strategy<Value = BTreeSet<usize>> {
    proptest::collection::btree_set(0..pairs().len() / 2, 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_differs_from_itself(chosen in chosen()) {
        let text = changed(&chosen);
        let found = difference(&text, &text);
        prop_assert!(found.wire.is_empty() && found.rust.is_empty() && !found.emitted);
    }

    #[test]
    fn what_comes_one_way_goes_the_other(one in chosen(), other in chosen()) {
        let (old, new) = (changed(&one), changed(&other));
        let (there, back) = (difference(&old, &new), difference(&new, &old));
        // A difference has the same places both ways.
        let mut places: Vec<_> = there.wire.iter().map(|it| (it.old.clone(), it.new.clone())).collect();
        let mut mirrored: Vec<_> = back.wire.iter().map(|it| (it.new.clone(), it.old.clone())).collect();
        places.sort();
        mirrored.sort();
        prop_assert_eq!(places.len(), mirrored.len());
    }

    #[test]
    fn a_longer_way_is_no_better(one in chosen(), more in chosen()) {
        // The second step takes nothing back of the first.
        let whole: BTreeSet<_> = one.union(&more).copied().collect();
        let (middle, end) = (changed(&one), changed(&whole));
        let first = difference(BASE, &middle);
        let both = difference(BASE, &end);
        prop_assert!(worst(&both) >= worst(&first));
    }

    #[test]
    fn another_spelling_is_no_change(chosen in chosen(), indent in select(&[2_usize, 4, 7])) {
        let text = changed(&chosen);
        let loaded = load(&[super::pairs::source(&text)]);
        let value = loaded.documents[0].tree.to_json();
        let mut json = Vec::new();
        let indent = " ".repeat(indent);
        let formatter = serde_json::ser::PrettyFormatter::with_indent(indent.as_bytes());
        let mut serializer = serde_json::Serializer::with_formatter(&mut json, formatter);
        serde::Serialize::serialize(&value, &mut serializer).unwrap();
        let found = difference(&text, &String::from_utf8(json).unwrap());
        prop_assert!(found.wire.is_empty(), "{:?}", found.wire);
        prop_assert!(found.rust.is_empty() && !found.emitted);
    }
}
