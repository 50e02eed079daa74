//! Long descriptions end, and give what they say or what was not understood of them.

use super::field;
use crate::read::describe::text;

/// What readers look back or ahead for.
const PIECES: &[&str] = &[
    "EBB, ",
    "EBB ",
    "EBB(",
    "(",
    "- ",
    "\nEBB",
    "\n",
    ". ",
    "EBB表示退潮",
    "退潮(EBB)、",
    "退潮: EBB ",
    "The value can be ",
    "取值为",
    "支持",
    "only ",
    "set to ",
    "which can be ",
    "if ",
    "默认",
    "1 ",
    "1-",
    "at most ",
    "null ",
    "a.A.",
    "EBB/FLOOD ",
    "格式",
    "** Range ",
    "deprecated ",
];

/// As many tokens as no list has.
const TOKENS: usize = 20_000;

fn long(piece: &str) -> String {
    let count = text::tokens(piece).len().max(1);
    piece.repeat(TOKENS.div_ceil(count))
}

#[test]
fn a_long_description_of_any_shape_says_nothing_wrong() {
    for piece in PIECES {
        let field = field("mode", "String", &long(piece));
        let values = field.enum_values.map_or(Vec::new(), |fact| fact.value);
        let known = |value: &String| piece.contains(value.as_str());
        assert!(values.iter().all(known), "{piece}: {values:?}");
        let bounded = !field.lengths.is_empty() || !field.ranges.is_empty();
        assert!(!bounded || piece.contains('1'), "{piece}");
    }
}

#[test]
fn a_list_is_read_however_long_it_is() {
    let names: Vec<String> = (0..TOKENS / 5).map(|at| format!("GATE_{at}")).collect();
    let explained: Vec<String> = names
        .iter()
        .map(|name| format!("- {name}: it falls"))
        .collect();
    for text in [
        format!("The value can be:\n{}", explained.join("\n")),
        explained.join("\n"),
        format!("Options: {}", names.join(", ")),
        format!("取值为：{}", names.join("、")),
    ] {
        let found = field("mode", "String", &text).enum_values;
        assert_eq!(
            found.map(|fact| fact.value),
            Some(names.clone()),
            "{}",
            &text[..40]
        );
    }
}

#[test]
fn a_list_that_was_not_looked_for_is_told() {
    // At each word a list begins that the end of the line spoils.
    let text = "EBB，或 set to ".repeat(TOKENS / 5);
    let field = field("mode", "String", &text);
    assert_eq!(field.enum_values, None);
    let told = |why: &str| field.unclear.iter().any(|found| found.why == why);
    assert!(told("too long to be looked through for values"));
}
