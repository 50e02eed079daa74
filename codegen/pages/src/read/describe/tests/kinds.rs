//! One statement for each way of saying a thing, beside the others: kinds of words, not phrases.

use super::{default, field, length, range, values};

/// A list is the same whatever parts it and whatever announces it.
#[test]
fn values_in_every_shape_of_list() {
    let shapes = [
        "- ebb: it falls\n- flood: it rises",
        "ebb: it falls\nflood: it rises",
        "- ebb\n- flood",
        "ebb, flood",
        "ebb (falling) or flood (rising)",
        "\"ebb\" and \"flood\"",
        "ebb | flood",
        "ebb/flood",
        "[ebb, flood]",
    ];
    let announced = [
        "Options:",
        "Possible value:",
        "Valid values are:",
        "Enumeration values:",
        "Value range:",
        "The value can be one of the following:",
        "The options are as follows:",
        "取值范围：",
        "枚举值：",
        "可选值如下：",
        "Valeurs possibles :",
        "Valores posibles:",
        "Opções:",
        "Mogelijke waarden:",
        "Mögliche Werte:",
    ];
    for words in announced {
        for shape in shapes {
            for between in [" ", "\n"] {
                let text = format!("The tide. {words}{between}{shape}");
                assert_eq!(
                    values("String", &text).as_deref(),
                    Some("ebb flood"),
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn lists_that_lost_their_lines_or_their_marks() {
    for (text, expected) in [
        ("Options: EBB FLOOD SLACK", "EBB FLOOD SLACK"),
        ("水流 - EBB：退潮 - FLOOD：涨潮", "EBB FLOOD"),
        ("水流 * `EBB` - 退潮 * `FLOOD` - 涨潮", "EBB FLOOD"),
        ("水流 EBB：退潮 FLOOD：涨潮", "EBB FLOOD"),
        ("水流。EBB：退潮，很快；FLOOD：涨潮", "EBB FLOOD"),
        ("水流，1为退潮，2为涨潮", "1 2"),
        ("水流：EBB(退潮)，FLOOD(涨潮)", "EBB FLOOD"),
        ("水流，ebb退潮，flood涨潮", "ebb flood"),
        ("取值： ebb 退潮 flood 涨潮", "ebb flood"),
        ("水流(EBB,FLOOD)", "EBB FLOOD"),
        ("1. EBB: falling\n2. FLOOD: rising", "EBB FLOOD"),
        (
            "- If it falls, set it to EBB.\n- If it rises, set it to FLOOD.",
            "EBB FLOOD",
        ),
    ] {
        assert_eq!(values("String", text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn one_value_is_a_list_where_words_say_so() {
    for text in [
        "Only ebb is supported.",
        "The value can only be ebb.",
        "The only value is ebb.",
        "The value is fixed to ebb.",
        "Set the value to ebb.",
        "Possible value: ebb",
        "目前只支持ebb。",
        "固定为ebb。",
        "取值只能为ebb",
    ] {
        assert_eq!(values("String", text).as_deref(), Some("ebb"), "{text}");
    }
    for text in [
        "The value is ebb.",
        "The gate only opens.",
        "Gauges of that kind only have ebb.",
        "The format is ebb or flood.",
        "gauge_id的取值为ebb或flood。",
        "例如：ebb、flood",
        "The value can contain only letters (a to z), digits (0 to 9), and hyphens.",
        "如果水位高，取值为ebb或flood。",
    ] {
        assert_eq!(values("String", text), None, "{text}");
    }
}

#[test]
fn a_sentence_ends_where_its_stop_lost_the_blank_behind_it() {
    for text in [
        "The label of a gauge.It can contain 3 to 32 characters.The gauge keeps it.",
        "Gauges have one.The label contains 3 to 32 characters.Letters only.",
    ] {
        assert_eq!(length("String", text), "3..32", "{text}");
    }
    assert_eq!(
        values("String", "Options: tide.Ebb, tide.Flood").as_deref(),
        Some("tide.Ebb tide.Flood")
    );
}

/// In a list the position makes a value, whatever else the word means.
#[test]
fn a_word_alone_between_the_marks_of_a_list_is_a_value() {
    let words = [
        "never", "always", "none", "default", "only", "both", "all", "open", "empty", "valid",
        "not", "on", "key", "length", "to", "None",
    ];
    for word in words {
        for text in [
            format!("How fast. The value can be quick, slow, or {word}."),
            format!("How fast. The value can be quick, {word}, or slow."),
            format!("How fast. The value can be {word}, quick, or slow."),
            format!("How fast. The value is quick or {word}."),
            format!("How fast. Options: quick, slow, {word}"),
            format!("How fast.\nOptions:\n- quick\n- {word}"),
            format!("快慢。取值为quick、slow或{word}。"),
        ] {
            let found = values("String", &text).unwrap_or_default();
            let mut found: Vec<&str> = found.split(' ').filter(|value| *value != "slow").collect();
            found.sort_unstable();
            let mut expected = ["quick", word];
            expected.sort_unstable();
            assert_eq!(found, expected, "{text}");
        }
    }
    for text in [
        "The value can be quick, slow, etc.",
        "The value can be quick, slow, or not given.",
        "It cannot be empty or null.",
        "The value can be empty or null.",
        "Value range: none",
        "The value can be quick, slow, or null.",
    ] {
        assert_eq!(values("String", text), None, "{text}");
    }
}

#[test]
fn media_types_and_paths_are_values_and_not_split() {
    for (text, expected) in [
        (
            "The value can be application/json or text/plain.",
            "application/json text/plain",
        ),
        ("Options: /dev/vda, /dev/vdb", "/dev/vda /dev/vdb"),
        ("Set it to application/json.", "application/json"),
        ("Options: on/off", "on off"),
    ] {
        assert_eq!(values("String", text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn a_number_of_characters_is_a_length_however_it_is_said() {
    for (text, expected) in [
        ("The value can contain 32 characters.", "32..32"),
        ("长度为32个字符。", "32..32"),
        (
            "It is 36 characters long: the length is 36 characters.",
            "36..36",
        ),
        ("The label contains 43 Unicode characters at most.", "_..43"),
        ("64个字符以内", "_..64"),
        (
            "It contains 1 to 64 characters and cannot exceed 128 bytes.",
            "1..64",
        ),
        (
            "The value must be 4 to 64 characters in length and start with a letter.",
            "4..64",
        ),
        (
            "It has a maximum of 16 characters, including letters and digits.",
            "_..16",
        ),
        (
            "A label of up to 43 characters, without signs such as ASCII (0-31) characters.",
            "_..43",
        ),
        ("The length cannot exceed 2 K.", ""),
        ("Longueur maximale : 64", "_..64"),
        ("Höchstens 64 Zeichen.", "_..64"),
    ] {
        assert_eq!(length("String", text), expected, "{text}");
    }
    // Of the items of a list and of the list itself.
    let list = field(
        "labels",
        "Array of strings",
        "A maximum of 10 labels. Each label has up to 36 characters.",
    );
    assert_eq!(list.max_items.map(|fact| fact.value), Some(10));
    assert!(list.lengths.is_empty());
    let each = field(
        "labels",
        "Array of strings",
        "Each label has up to 30 notes.",
    );
    assert_eq!(each.max_items, None);
}

#[test]
fn ranges_and_what_is_none() {
    for (type_, text, expected) in [
        ("Integer", "The value ranges from 1 GB to 64 GB.", "1..64"),
        (
            "Integer",
            "The value must be an integer greater than 0 but less than the depth.",
            "1.._",
        ),
        ("Integer", "最大支持0-7。", "0..7"),
        (
            "Integer",
            "The value ranges from 1 to 9. If this parameter is not set, 20 gauges are shown.",
            "1..9",
        ),
        (
            "Integer",
            "The value ranges from 1 to 9. The step is 1 if the depth is from 10 to 90.",
            "1..9",
        ),
        ("String", "只能由字母（a~z）、数字（0~9）组成。", ""),
        ("String", "Value range: 1-1000", "1..1000"),
        ("Integer", "Depth. 1 to 31 of May.", ""),
    ] {
        assert_eq!(range(type_, text), expected, "{text}");
    }
}

#[test]
fn defaults_however_they_are_said() {
    for (type_, text, expected) in [
        ("Integer", "Depth. It is set to 12 by default.", Some("12")),
        ("Integer", "Depth, 12 by default.", Some("12")),
        ("Integer", "The value ranges from 1 to 12 by default.", None),
        (
            "String",
            "The value can be ebb or flood, and is ebb by default.",
            Some("\"ebb\""),
        ),
        (
            "String",
            "- ebb: falling (default)\n- flood: rising",
            Some("\"ebb\""),
        ),
        (
            "String",
            "- ebb: It falls. (Default value)\n- flood: It rises.",
            Some("\"ebb\""),
        ),
        ("String", "The default value is \"\".", Some("\"\"")),
        (
            "String",
            "The default value is an empty string.",
            Some("\"\""),
        ),
        ("String", "The default value is null.", Some("null")),
        ("String", "By default, the gate is shut.", None),
        ("String", "Watching is enabled by default.", None),
        ("String", "The default way is decided by the gauge.", None),
        ("Integer", "默认5~20。", None),
        ("Integer", "如果水位高默认为10。", None),
        ("Integer", "默认为10，当水位高时该参数生效。", Some("10")),
        ("Array of strings", "The default value is ebb.", None),
    ] {
        assert_eq!(default(type_, text).as_deref(), expected, "{text}");
    }
}

#[test]
fn policies_without_must_and_what_they_leave_out() {
    let policy = |text: &str| {
        let field = field("password", "String", text);
        let rules = field.password.map(|fact| fact.value);
        (rules, field.unclear.first().map(|unclear| unclear.why))
    };
    let (rules, _) = policy(
        "A string of 8 to 32 characters with letters, digits, and special characters ~ ! @ # $ %.",
    );
    let rules = rules.expect("rules");
    assert_eq!(rules.length, Some((8, 32)));
    assert_eq!(rules.specials.as_deref(), Some("~!@#$%"));
    let (rules, why) = policy(
        "It has 8 to 32 characters of at least three types.\n- One: special characters ~!@#% are allowed.\n- Two: special characters ~!@#%& are allowed.",
    );
    assert_eq!(rules.and_then(|rules| rules.specials), None);
    assert!(why.is_some_and(|why| why.contains("special characters")));
    let (rules, why) = policy("It must be different from the old password.");
    assert_eq!((rules, why.is_some()), (None, true));
    let (rules, why) =
        policy("It has 8 to 32 characters and must have three of the following types:");
    assert_eq!((rules, why.is_some()), (None, true));
}

#[test]
fn the_least_may_be_told_in_words() {
    for (text, expected) in [
        (
            "The label contains at most 36 characters and cannot be blank.",
            "1..36",
        ),
        (
            "The label contains at most 36 characters. It cannot be an empty string.",
            "1..36",
        ),
        (
            "It can be an empty string. The label contains at most 36 characters.",
            "0..36",
        ),
        ("The label contains at most 36 characters.", "_..36"),
        ("标签。不能为空。长度不超过36个字符。", "1..36"),
        (
            "If the gauge is shut, it cannot be empty. The label contains at most 36 characters.",
            "_..36",
        ),
        ("note_text不能为空。长度最大36个字符。", "_..36"),
    ] {
        assert_eq!(length("String", text), expected, "{text}");
    }
    for (type_, text, expected) in [
        ("Integer", "The value cannot be negative.", "0.."),
        ("Integer", "It must be a non-negative integer.", "0.."),
        ("Integer", "必须为数字，不能为负数。", "0.."),
        ("", "条数，不能为负数，最小值为1，最大值为100。", "1..100"),
        ("Integer", "When it is -1, the depth is negative.", ""),
        ("Integer", "取值范围：1~100，1代表最浅。", "1..100"),
        (
            "Integer",
            "When the gate is open, the value ranges from 0 to 90. When it is shut, this parameter does not take effect.",
            "0..90",
        ),
        (
            "Integer",
            "When the gate is open, the value ranges from 0 to 90.",
            "",
        ),
        ("String", "The value cannot be negative.", ""),
    ] {
        let expected = if expected == "0.." { "0.._" } else { expected };
        assert_eq!(range(type_, text), expected, "{text}");
    }
}

#[test]
fn a_length_stands_in_labels_on_one_line_in_an_adjective_or_far_from_its_marker() {
    for (text, expected) in [
        ("The note. Minimum: 0 Maximum: 255", "0..255"),
        ("The note. Minimum: 0 Maximum:", ""),
        ("The note. Minimum: Maximum: 255", ""),
        ("36-byte ID of a gauge", "36..36"),
        ("A 36-character serial number.", "36..36"),
        ("The gauge of a 36-character ID.", ""),
        ("36- or 40-byte ID", ""),
        (
            "The maximum size of the stored gauge key is 1024 bytes.",
            "_..1024",
        ),
    ] {
        assert_eq!(length("String", text), expected, "{text}");
    }
}

#[test]
fn a_clause_may_announce_values_and_one_may_be_explained() {
    for (text, expected) in [
        (
            "The way, which can be ebb, flood, or slack.",
            Some("ebb flood slack"),
        ),
        ("The way, which can be ebb or flood", Some("ebb flood")),
        ("The way, which can be changed or deleted.", None),
        ("The way, which can be any word.", None),
        ("The way, which can be tide_gauge.", Some("tide_gauge")),
        ("The way, which can be ebb.", None),
        (
            "The way. It can be set to ebb or flood only.",
            Some("ebb flood"),
        ),
        (
            "The gauge ID, which can be EBB or FLOOD.",
            Some("EBB FLOOD"),
        ),
        (
            "Value range: EBB_1, which indicates that it falls.",
            Some("EBB_1"),
        ),
        (
            "The way. The value can be the following:\ntide_gauge: a gauge",
            Some("tide_gauge"),
        ),
        (
            "The way. The value can be the following:\nNote: a gauge",
            None,
        ),
        (
            "水流。mode=EBB代表退潮，mode=FLOOD代表涨潮。",
            Some("EBB FLOOD"),
        ),
        ("水流 EBB:down退潮 FLOOD:up涨潮", Some("EBB FLOOD")),
        ("状态，available可用，closed关闭", Some("available closed")),
        (
            "水流，支持退潮（en）和涨潮（zh），默认为退潮。",
            Some("en zh"),
        ),
        ("协议，支持http、https。", Some("http https")),
        ("水流（仅限于ebb，flood）：ebb（退潮）。", Some("ebb flood")),
        ("是否关闸。默认为no，可选值为yes或no。", Some("yes no")),
        ("水流，分为Ebb和Flood，注册必选", Some("Ebb Flood")),
        ("水流，分为Ebb，Flood，注册必选", None),
        ("**取值范围**： 0 TIDE关闸 1 开闸", Some("0 1")),
    ] {
        assert_eq!(values("String", text).as_deref(), expected, "{text}");
    }
}

/// What is denied, and how, is put together from the words.
#[test]
fn a_denied_comparison_is_a_bound() {
    for not in [
        "cannot be",
        "must not be",
        "is not",
        "should not be",
        "is no",
    ] {
        for (more, expected) in [("larger than", "_..50"), ("less than", "50.._")] {
            let text = format!("The depth {not} {more} 50.");
            assert_eq!(range("Integer", &text), expected, "{text}");
        }
        let text = format!("The label {not} longer than 50 characters.");
        assert_eq!(length("String", &text), "_..50", "{text}");
    }
    for not in ["不", "不能", "不得", "不可", "不可以", "不应"] {
        for (more, expected) in [
            ("大于", "0..50"),
            ("超过", "0..50"),
            ("小于", "50.._"),
            ("低于", "50.._"),
        ] {
            let text = format!("深度{not}{more}50。");
            assert_eq!(range("Integer", &text), expected, "{text}");
        }
    }
    for text in [
        "长度最多支持50个字符。",
        "最大长度为50。",
        "最多可输入50个字符。",
    ] {
        assert_eq!(length("String", text), "_..50", "{text}");
    }
    for (text, expected) in [
        ("目前仅支持ebb。", Some("ebb")),
        ("只能设置为ebb。", Some("ebb")),
        ("取值固定为ebb。", Some("ebb")),
        ("支持以下几种：ebb、flood。", Some("ebb flood")),
        ("取值如下：ebb、flood。", Some("ebb flood")),
    ] {
        assert_eq!(values("String", text).as_deref(), expected, "{text}");
    }
}

/// A list is read whole or not at all, whatever stands between its values.
#[test]
fn no_value_of_a_list_is_lost_on_the_way() {
    for (text, expected) in [
        ("水流，EBB：退潮；SLACK、FLOOD：涨潮", "EBB SLACK FLOOD"),
        ("水流。枚举值：EBB 退潮，FLOOD 涨潮, NONE", "EBB FLOOD NONE"),
        ("水流。EBB：退潮FLOOD：涨潮，SLACK：平潮", "EBB FLOOD SLACK"),
        (
            "水流。 EBB：退潮 LOW_EBB：低潮， FLOOD：涨潮",
            "EBB LOW_EBB FLOOD",
        ),
        (
            "水流。EBB：退潮。如果水位高，则等待。FLOOD：涨潮",
            "EBB FLOOD",
        ),
        ("水流。EBB：退潮，LOW3型闸门；FLOOD：涨潮", "EBB FLOOD"),
        (
            "水流。EBB：退潮；FLOOD在EBB之后；SLACK：平潮",
            "EBB FLOOD SLACK",
        ),
        ("水流: ebb：Ebb flood：Flood slack：平潮", "ebb flood slack"),
        ("水流：\n- EBB：退潮。- FLOOD：涨潮", "EBB FLOOD"),
        (
            "水流，取值：\n- warning：退潮\n- error：涨潮",
            "warning error",
        ),
        (
            "水流：\n- gate:up：退潮\n- gate:down：涨潮",
            "gate:up gate:down",
        ),
    ] {
        assert_eq!(values("String", text).as_deref(), Some(expected), "{text}");
    }
    for text in [
        "TIDE水流，TIDE闸门见下",
        "水流，[说明](gauge.md)(tag:ebb,flood,slack)，见[说明](ebb,flood,slack)",
    ] {
        assert_eq!(values("String", text), None, "{text}");
    }
}

#[test]
fn one_sentence_may_bound_the_key_and_the_value_of_a_map() {
    let both = "The key cannot exceed 32 characters and the value cannot exceed 64 characters.";
    assert_eq!(length("Map<String,String>", both), "key:_..32 value:_..64");
}

#[test]
fn the_root_is_a_default() {
    assert_eq!(
        default("String", "Defaults to 25%.").as_deref(),
        Some("\"25%\"")
    );
    for text in [
        "The default value is /, and it must begin with a slash.",
        "默认值为/。",
    ] {
        assert_eq!(default("String", text).as_deref(), Some("\"/\""), "{text}");
    }
    assert_eq!(default("String", "Default: /"), None);
}
