//! Allowed values.

use super::{field, values};

#[test]
fn allowed_values() {
    for (type_, description, expected) in [
        (
            "String",
            "The mode. The value can be ebb, flood, or slack.",
            Some("ebb flood slack"),
        ),
        (
            "String",
            "The mode. The value is ebb or flood.",
            Some("ebb flood"),
        ),
        (
            "String",
            "The mode.\nOptions:\nEBB, FLOOD, and SLACK_WATER\nSee elsewhere.",
            Some("EBB FLOOD SLACK_WATER"),
        ),
        ("String", "Mode. Options: ebb, flood", Some("ebb flood")),
        (
            "String",
            "Possible values are ebb and flood.",
            Some("ebb flood"),
        ),
        (
            "String",
            "The mode:\n- ebb: it falls.\n- flood: it rises.",
            Some("ebb flood"),
        ),
        (
            "String",
            "Enumeration values:\n- ebb\n- flood",
            Some("ebb flood"),
        ),
        ("Integer", "The kind. The value can be 4 or 6.", Some("4 6")),
        (
            "String",
            "模式。\n- 退潮：ebb；\n- 涨潮：flood。",
            Some("ebb flood"),
        ),
        ("String", "模式，取值为“ebb”或“flood”。", Some("ebb flood")),
        ("String", "枚举值：ebb、flood", Some("ebb flood")),
        ("String", "Set it to ebb.", Some("ebb")),
        ("String", "Modo. Opciones: ebb, flood.", Some("ebb flood")),
        ("String", "模式，取值如下：ebb、flood。", Some("ebb flood")),
        (
            "String",
            "重启方式。SOFT：慢。HARD：快。",
            Some("SOFT HARD"),
        ),
        ("String", "See the note. NOTE: it can wait.", None),
        ("Boolean", "- true: it closes.\n- false: it does not.", None),
        ("String", "If the gate is shut, the value is ebb.", None),
        ("String", "The value is in the format of UUID.", None),
        (
            "String",
            "Commands:\n- Linux: run the tool.\n- Windows: run the other tool.",
            None,
        ),
        (
            "String",
            "Requirements:\n- start: with a letter\n- end: with a digit",
            None,
        ),
        ("String", "Value range: N/A", None),
        ("Integer", "取值范围：1-100", None),
        ("Object", "The value can be ebb or flood.", None),
        (
            "String",
            "The value can be: ebb, flood or slack",
            Some("ebb flood slack"),
        ),
        (
            "String",
            "It can be set to ebb or flood.",
            Some("ebb flood"),
        ),
        (
            "String",
            "可选值为ebb或flood，默认为ebb。",
            Some("ebb flood"),
        ),
        (
            "String",
            "支持的取值包括：ebb：退潮；flood：涨潮。",
            Some("ebb flood"),
        ),
        ("String", "Possible values: 0: shut; 1: open", Some("0 1")),
        ("String", "The value can be ebb, flood, etc.", None),
        ("String", "The value can be ebb, flood, and so on.", None),
        ("String", "Enumeration values: ebb, flood, etc.", None),
        ("String", "取值可以为ebb、flood等。", None),
        (
            "String",
            "The value can be numbers, letters, or underscores.",
            None,
        ),
    ] {
        assert_eq!(
            values(type_, description).as_deref(),
            expected,
            "{description}"
        );
    }
}

/// What a secret's words list is not the secret.
#[test]
fn a_secret_has_no_list_of_values() {
    let words = "How to sign in. The value can be TIDE or GATE.";
    assert!(field("X-Auth-Token", "String", words).enum_values.is_none());
    assert_eq!(values("String", words).as_deref(), Some("TIDE GATE"));
}

#[test]
fn what_is_done_with_a_value_is_no_list() {
    let words = "The value can be obtained from the console or the list of gauges.";
    let field = field("gauge", "String", words);
    assert!(field.enum_values.is_none() && field.unclear.is_empty());
    assert_eq!(
        values("Array of strings", "Tides. Multiple options can be set."),
        None
    );
}

#[test]
fn two_numbers_are_a_list_or_the_ends_of_a_range() {
    let listed = field(
        "mode",
        "Integer",
        "How it flows - 1：it falls - 2：it rises 枚举值： - 1 - 2",
    );
    assert!(listed.enum_values.is_some() && listed.ranges.is_empty());
    let range = "涨潮的可能性。取值范围：0-100，0表示不会，100表示一定会";
    let range = field("chance", "Integer", range);
    assert!(range.enum_values.is_none() && !range.ranges.is_empty());
}

#[test]
fn words_beside_a_list_are_none_of_it() {
    for (type_, words, expected) in [
        (
            "Integer",
            "How it is kept. Options:\n- 1: tree. Example: a/1.jpg.\n- 2: tile. Example: 1.jpg, 1.txt.",
            Some("1 2"),
        ),
        (
            "String",
            "The options are as follows: - A gauge of its own. Minimum: 1 Maximum: 64",
            None,
        ),
        (
            "String",
            "Where it flows. A fixed basin is taken. It has the highest priority.",
            None,
        ),
    ] {
        assert_eq!(values(type_, words).as_deref(), expected, "{words}");
    }
}
