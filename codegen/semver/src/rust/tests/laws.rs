//! What holds of any two documents.

use proptest::prelude::*;

use super::{VAULTS, lines, surface_of};
use crate::change::Effect;
use crate::rust::{Surface, compare};

/// Edits that can be made together, each of one place.
const EDITS: &[(&str, &str)] = &[
    ("How many.", "At most so many."),
    ("/v1/report", "/v2/report"),
    ("operationId: ShowVault", "operationId: ReadVault"),
    ("operationId: ChangePin", "operationId: SetPin"),
    (
        "operationId: ReadItem",
        "operationId: FetchItem\n      deprecated: true",
    ),
    (
        "        - {name: X-Trace, in: header, schema: {type: string}}\n",
        "",
    ),
    ("name: pageMarker", "name: marker"),
    ("format: int32, minimum: 1}", "format: int64, minimum: 1}"),
    ("required: [name, door]", "required: [door]"),
    ("enum: [safe, fast]", "enum: [safe, slow]"),
    (
        "required: [source, target, ports]",
        "required: [target, source]",
    ),
    (
        "        colour: {type: string}\n",
        "        color: {type: string}\n",
    ),
    ("        mail: {type: string}\n", ""),
    ("        '404': {description: There are none.}\n", ""),
    ("            text/csv: {schema: {type: string}}\n", ""),
    ("    Owner:\n", "    Holder:\n"),
    (
        "'#/components/schemas/Owner'",
        "'#/components/schemas/Holder'",
    ),
    ("required: [height, width]", "required: [height]"),
];

/// A document with some of the edits.
fn with(chosen: &[bool]) -> Surface {
    let mut text = VAULTS.to_owned();
    for (edit, _) in EDITS.iter().zip(chosen).filter(|(_, chosen)| **chosen) {
        text = text.replacen(edit.0, edit.1, 1);
    }
    // The two are one edit.
    let name = if text.contains("    Owner:\n") {
        "Owner"
    } else {
        "Holder"
    };
    for other in ["Owner", "Holder"] {
        let from = format!("schemas/{other}'");
        text = text.replace(&from, &format!("schemas/{name}'"));
    }
    surface_of(&text)
}

/// What comes and what goes of items that are told whatever else is.
fn told(old: &Surface, new: &Surface, verb: &str) -> Vec<String> {
    let kinds = [
        "field",
        "variant",
        "item",
        "operation",
        "method",
        "service",
        "feature",
    ];
    let codes = kinds.map(|kind| format!("{kind}-{verb}"));
    let found = compare(old, new).into_iter();
    let mut found: Vec<_> = found
        .filter(|it| codes.iter().any(|code| code == it.code))
        .map(|it| it.item)
        .collect();
    found.sort();
    found
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(16) })]

    #[test]
    fn what_comes_one_way_goes_the_other(
        one in prop::collection::vec(any::<bool>(), EDITS.len()),
        other in prop::collection::vec(any::<bool>(), EDITS.len()),
    ) {
        let (one, other) = (with(&one), with(&other));
        prop_assert_eq!(lines(&compare(&one, &one)), Vec::<String>::new());
        let (there, back) = (compare(&one, &other), compare(&other, &one));
        prop_assert_eq!(there.is_empty(), back.is_empty());
        prop_assert_eq!(told(&one, &other, "renamed").len(), told(&other, &one, "renamed").len());
        prop_assert_eq!(told(&one, &other, "removed"), told(&other, &one, "added"));
        for it in there.iter().chain(&back) {
            prop_assert!(!it.silent || it.effect == Effect::Breaking);
            prop_assert!(!it.message.contains("crate::"), "{}", it.message);
        }
        // Nothing is told twice.
        let mut all = lines(&there);
        all.sort();
        let count = all.len();
        all.dedup();
        prop_assert_eq!(all.len(), count);
    }
}
