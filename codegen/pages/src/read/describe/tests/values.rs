//! Allowed values.

use super::{Each, Typed, field, values};

#[test]
fn allowed_values() {
    Typed(values).give(&[
        (
            "String",
            "The mode. The value can be ebb, flood, or slack.",
            "ebb flood slack",
        ),
        (
            "String",
            "The mode. The value is ebb or flood.",
            "ebb flood",
        ),
        (
            "String",
            "The mode.\nOptions:\nEBB, FLOOD, and SLACK_WATER\nSee elsewhere.",
            "EBB FLOOD SLACK_WATER",
        ),
        ("String", "Mode. Options: ebb, flood", "ebb flood"),
        ("String", "Possible values are ebb and flood.", "ebb flood"),
        (
            "String",
            "The mode:\n- ebb: it falls.\n- flood: it rises.",
            "ebb flood",
        ),
        ("String", "Enumeration values:\n- ebb\n- flood", "ebb flood"),
        ("Integer", "The kind. The value can be 4 or 6.", "4 6"),
        (
            "String",
            "模式。\n- 退潮：ebb；\n- 涨潮：flood。",
            "ebb flood",
        ),
        ("String", "模式，取值为“ebb”或“flood”。", "ebb flood"),
        ("String", "枚举值：ebb、flood", "ebb flood"),
        ("String", "Set it to ebb.", "ebb"),
        ("String", "Modo. Opciones: ebb, flood.", "ebb flood"),
        ("String", "模式，取值如下：ebb、flood。", "ebb flood"),
        ("String", "重启方式。SOFT：慢。HARD：快。", "SOFT HARD"),
        ("String", "See the note. NOTE: it can wait.", ""),
        ("Boolean", "- true: it closes.\n- false: it does not.", ""),
        ("String", "If the gate is shut, the value is ebb.", ""),
        ("String", "The value is in the format of UUID.", ""),
        (
            "String",
            "Commands:\n- Linux: run the tool.\n- Windows: run the other tool.",
            "",
        ),
        (
            "String",
            "Requirements:\n- start: with a letter\n- end: with a digit",
            "",
        ),
        ("String", "Value range: N/A", ""),
        ("Integer", "取值范围：1-100", ""),
        ("Object", "The value can be ebb or flood.", ""),
        (
            "String",
            "The value can be: ebb, flood or slack",
            "ebb flood slack",
        ),
        ("String", "It can be set to ebb or flood.", "ebb flood"),
        ("String", "可选值为ebb或flood，默认为ebb。", "ebb flood"),
        (
            "String",
            "支持的取值包括：ebb：退潮；flood：涨潮。",
            "ebb flood",
        ),
        ("String", "Possible values: 0: shut; 1: open", "0 1"),
        ("String", "The value can be ebb, flood, etc.", ""),
        ("String", "The value can be ebb, flood, and so on.", ""),
        ("String", "Enumeration values: ebb, flood, etc.", ""),
        ("String", "取值可以为ebb、flood等。", ""),
        (
            "String",
            "The value can be numbers, letters, or underscores.",
            "",
        ),
    ]);
}

/// What a secret's words list is not the secret.
#[test]
fn a_secret_has_no_list_of_values() {
    let words = "How to sign in. The value can be TIDE or GATE.";
    assert!(field("X-Auth-Token", "String", words).enum_values.is_none());
    assert_eq!(values("String", words), "TIDE GATE");
}

#[test]
fn what_is_done_with_a_value_is_no_list() {
    let words = "The value can be obtained from the console or the list of gauges.";
    let field = field("gauge", "String", words);
    assert!(field.enum_values.is_none() && field.unclear.is_empty());
    assert_eq!(
        values("Array of strings", "Tides. Multiple options can be set."),
        ""
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
    Typed(values).give(&[
        (
            "Integer",
            "How it is kept. Options:\n- 1: tree. Example: a/1.jpg.\n- 2: tile. Example: 1.jpg, 1.txt.",
            "1 2",
        ),
        (
            "String",
            "The options are as follows: - A gauge of its own. Minimum: 1 Maximum: 64",
            "",
        ),
        (
            "String",
            "Where it flows. A fixed basin is taken. It has the highest priority.",
            "",
        ),
    ]);
}

/// Numbers that are explained are all values where bounds leave room for no others.
#[test]
fn numbers_are_explained_one_by_one() {
    Each(values, "Integer").gives(&[
        ("Right to the gate. 7: manage. 3: open. 1: look.", "7 3 1"),
        ("From 1 to 7. 1: low, 7: high.", ""),
        ("水位\n- 0 表示独享闸门\n- 1 表示共享闸门", "0 1"),
        ("方式\n取值范围：\n- 0，ebb, 退潮\n- 1，flood, 涨潮", "0 1"),
        (
            "0 indicates that it falls. 1 indicates that it rises.\nMinimum: 0\nMaximum: 1",
            "0 1",
        ),
        (
            "0 indicates that it falls. 1 indicates that it rises.\nMinimum: 0\nMaximum: 3",
            "",
        ),
    ]);
}
