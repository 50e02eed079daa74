//! One statement for each way of saying a thing, beside the others: kinds of words, not phrases.

use super::*;

#[test]
fn a_sentence_ends_where_its_stop_lost_the_blank_behind_it() {
    for text in [
        "The label of a gauge.It can contain 3 to 32 characters.The gauge keeps it.",
        "Gauges have one.The label contains 3 to 32 characters.Letters only.",
    ] {
        assert_eq!(length("String", text), "3..32", "{text}");
    }
    assert_eq!(
        values("String", "Options: tide.Ebb, tide.Flood"),
        "tide.Ebb tide.Flood"
    );
}

/// Where the end of a line was lost, a sentence begins with the capital of a word that none names a thing by.
#[test]
fn a_sentence_begins_where_the_end_of_a_line_was_lost() {
    Each(length, "String").gives(&[
        (
            "The zone, which cannot exceed 255 characters If this is left blank, it stays.",
            "_..255",
        ),
        (
            "The zone (in short) The value contains 1 to 64 characters.",
            "1..64",
        ),
        (
            "The zone, which cannot exceed 255 characters if this is new.",
            "",
        ),
    ]);
    let text = "The maximum length of The Name is 64 characters.";
    assert_eq!(length("String", text), "_..64");
    let text =
        "The period (in seconds) The value ranges from 1 to 900. If it is left blank, it stays.";
    assert_eq!(range("Integer", text), "1..900");
}

#[test]
fn a_number_of_characters_is_a_length_however_it_is_said() {
    Each(length, "String").gives(&[
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
    ]);
    // Of the items of a list and of the list itself.
    let list = field(
        "labels",
        "Array of strings",
        "A maximum of 10 labels. Each label has up to 36 characters.",
    );
    assert_eq!(list.max_items.map(|fact| fact.value), Some(10));
    assert_eq!(shown(&list.lengths), "_..36");
    let each = field(
        "labels",
        "Array of strings",
        "Each label has up to 30 notes.",
    );
    assert_eq!(each.max_items, None);
    let bound = field("labels", "Array of strings", "Array length: 2 - 10");
    assert_eq!(bound.max_items.map(|fact| fact.value), Some(10));
    let (keyword, least) = &bound.keywords[0];
    assert_eq!((keyword.as_str(), &least.value), ("minItems", &2.into()));
    for (text, items, length) in [
        (
            "The labels. Each item is 1 to 64 characters.",
            None,
            "1..64",
        ),
        ("水位列表，每个长度为1到64个字符。", None, "1..64"),
        ("标签列表，最多10个元素。", Some(10), ""),
        ("A list of up to 5 IDs.", Some(5), ""),
        ("数组长度：1-10", Some(10), ""),
        (
            "数组长度：1-10。每个标签最小长度：1，最大长度：63",
            Some(10),
            "1..63",
        ),
        (
            "Each label has 1 to 63 characters. The list contains 1 to 10 labels.",
            Some(10),
            "1..63",
        ),
        ("The gauges at 1 to 10 harbors.", None, ""),
        ("Label length: 1 - 64", None, ""),
        ("标签长度：1-64", None, ""),
        (
            "The list contains a maximum of 20 items, each of at most 36 characters.",
            Some(20),
            "_..36",
        ),
    ] {
        let found = field("labels", "Array of strings", text);
        assert_eq!(found.max_items.map(|fact| fact.value), items, "{text}");
        assert_eq!(shown(&found.lengths), length, "{text}");
    }
}

#[test]
fn ranges_and_what_is_none() {
    Typed(range).give(&[
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
    ]);
}

#[test]
fn defaults_however_they_are_said() {
    Typed(default).give(&[
        ("Integer", "Depth. It is set to 12 by default.", "12"),
        ("Integer", "Depth, 12 by default.", "12"),
        ("Integer", "The value ranges from 1 to 12 by default.", ""),
        (
            "String",
            "The value can be ebb or flood, and is ebb by default.",
            "\"ebb\"",
        ),
        (
            "String",
            "- ebb: falling (default)\n- flood: rising",
            "\"ebb\"",
        ),
        (
            "String",
            "- ebb: It falls. (Default value)\n- flood: It rises.",
            "\"ebb\"",
        ),
        ("String", "The default value is \"\".", "\"\""),
        ("String", "The default value is an empty string.", "\"\""),
        ("String", "The default value is null.", "null"),
        ("String", "By default, the gate is shut.", ""),
        ("String", "Watching is enabled by default.", ""),
        ("String", "The default way is decided by the gauge.", ""),
        ("Integer", "默认5~20。", ""),
        ("Integer", "如果水位高默认为10。", ""),
        ("Integer", "默认为10，当水位高时该参数生效。", "10"),
        ("Array of strings", "The default value is ebb.", ""),
    ]);
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
    Each(length, "String").gives(&[
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
    ]);
    Typed(range).give(&[
        ("Integer", "The value cannot be negative.", "0.._"),
        ("Integer", "It must be a non-negative integer.", "0.._"),
        ("Integer", "必须为数字，不能为负数。", "0.._"),
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
    ]);
}

#[test]
fn a_length_stands_in_labels_on_one_line_in_an_adjective_or_far_from_its_marker() {
    Each(length, "String").gives(&[
        ("The note. Minimum: 0 Maximum: 255", "0..255"),
        ("The note. Minimum: 0 Maximum:", ""),
        ("The note. Minimum: Maximum: 255", ""),
        ("36-byte ID of a gauge", "36..36"),
        ("名称，4~64个字符，以字母开头。", "4..64"),
        ("A 36-character serial number.", "36..36"),
        ("The gauge of a 36-character ID.", ""),
        ("36- or 40-byte ID", ""),
        (
            "The maximum size of the stored gauge key is 1024 bytes.",
            "_..1024",
        ),
    ]);
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
            ("大于", "_..50"),
            ("超过", "_..50"),
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
    Each(values, "String").gives(&[
        ("目前仅支持ebb。", "ebb"),
        ("仅tide为“ebb”类型，该字段有效。可选值：", ""),
        ("仅tide为“ebb”类型时，该字段有效。可选值：", ""),
        ("只能设置为ebb。", "ebb"),
        ("取值固定为ebb。", "ebb"),
        ("支持以下几种：ebb、flood。", "ebb flood"),
        ("取值如下：ebb、flood。", "ebb flood"),
    ]);
}

#[test]
fn one_sentence_may_bound_the_key_and_the_value_of_a_map() {
    let both = "The key cannot exceed 32 characters and the value cannot exceed 64 characters.";
    assert_eq!(length("Map<String,String>", both), "key:_..32 value:_..64");
}

#[test]
fn the_root_is_a_default() {
    assert_eq!(default("String", "Defaults to 25%."), "\"25%\"");
    for text in [
        "The default value is /, and it must begin with a slash.",
        "默认值为/。",
    ] {
        assert_eq!(default("String", text), "\"/\"", "{text}");
    }
    assert_eq!(default("String", "Default: /"), "");
}

#[test]
fn a_list_with_a_way_out_is_no_list() {
    for text in [
        "The value is 0 or a string of 36 characters. Value 0 indicates the common gauge.",
        "- The gauge.\n- The value is 0 or a string. Value 0 indicates the common gauge.",
        "取值为0或UUID格式的字符串。0表示公共水位计。",
        "Le mode est 0 ou une chaîne de caractères.",
    ] {
        assert_eq!(values("String", text), "", "{text}");
    }
}

#[test]
fn one_item_of_several_speaks_for_all_only_where_it_names_the_value() {
    Each(values, "String").gives(&[
        (
            "水位计。\n- “g”是水位计。\n- 系列包括：河流（r1）、湖泊（l2）。",
            "",
        ),
        ("水位计。\n- 取值为EBB或FLOOD。\n- 可修改。", "EBB FLOOD"),
        (
            "水位计。\n- 对于河流，取值为“River-1”。\n- 对于湖泊，取值为“Lake-1”。",
            "River-1 Lake-1",
        ),
    ]);
}

#[test]
fn how_many_things_come_back_is_a_number() {
    for (text, expected) in [
        (
            "If it is not specified, 10 gauges are displayed on each page by default.",
            "10",
        ),
        ("By default, 25 gauges are returned.", "25"),
        ("The first 100 gauges are queried by default.", "100"),
        ("每页条数，不传时默认返回10条。", "10"),
        ("By default, at most 25 gauges are returned.", ""),
        ("By default, gauges 1 to 25 are returned.", ""),
        ("By default, a page has 25 gauges.", ""),
        ("If gauges are filtered, 25 are returned by default.", ""),
    ] {
        let found = field("limit", "Integer", text).default;
        let found = found.map_or_else(String::new, |fact| fact.value.to_string());
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn what_is_counted_may_stand_before_the_colon() {
    Each(length, "String").gives(&[
        ("Max characters: 255", "_..255"),
        ("Maximum number of characters: 64", "_..64"),
        ("Minimum number of characters: 2", "2.._"),
        ("最大字符数：64", "_..64"),
    ]);
}

#[test]
fn a_clause_behind_the_signs_does_not_bar_them() {
    for (text, expected) in [
        (
            "Special characters (!@$%^&), and it cannot begin with one.",
            Some("!@$%^&"),
        ),
        ("特殊字符包括!@$%^&，且不能以-开头。", Some("!@$%^&")),
        ("Special characters (!@$%^&) are not allowed.", None),
        ("No special characters (!@$%^&).", None),
    ] {
        let text =
            format!("The password must have 9 to 27 characters, letters and digits.\n- {text}");
        let rules = field("new_password", "String", &text).password;
        let rules = rules
            .map(|fact| fact.value)
            .unwrap_or_else(|| panic!("{text}"));
        assert_eq!(rules.specials.as_deref(), expected, "{text}");
    }
}

#[test]
fn a_sentence_may_say_of_a_series_that_it_is_all() {
    Each(values, "String").gives(&[
        (
            "The tide. EBB, FLOOD, and SLACK are supported.",
            "EBB FLOOD SLACK",
        ),
        (
            "EBB and FLOOD indicate falling and rising, respectively.",
            "EBB FLOOD",
        ),
        (
            "ebb, not_ebb, and flood_2 represent falling, not falling and rising.",
            "ebb not_ebb flood_2",
        ),
        ("Only ebb and flood are supported currently.", "ebb flood"),
        ("The tide. Tides and gauges are supported.", ""),
        ("The tide. G4 and G6 gauges are supported.", ""),
        (
            "When it rains, the tide is set to flood. Only flood is returned.",
            "",
        ),
        (
            "Format: from.to\nParameter description:\n- fromMillis: its start.\n- toMillis: its end.",
            "",
        ),
    ]);
}

#[test]
fn a_list_inside_of_an_item_says_what_the_item_means() {
    Each(values, "String").gives(&[
        (
            "Range:\n- A: a river\n  - depth: 2\n  - width: 3\n- B: a lake\n  - depth: 4",
            "A B",
        ),
        (
            "- The mode.\n- The value can be:\n  - EBB\n  - FLOOD\n- It may be changed.",
            "EBB FLOOD",
        ),
        (
            "- The mode.\n- Modes:\n  - EBB: it falls.\n  - FLOOD: it rises.\n- Later.",
            "EBB FLOOD",
        ),
        (
            "- The blocks.\n- Range:\n  - 10.0.0.0/8-24\n  - 172.16.0.0/12",
            "",
        ),
    ]);
}

#[test]
fn a_value_besides_a_range_or_another_unit_makes_bounds_unclear() {
    for description in [
        "Depth. The value is 0 or ranges from 5 to 60.",
        "Depth. The value ranges from 5 to 60. The value 0 indicates that it is dry.",
        "水深。取值范围为5~60，0表示无水。",
        "Depth, in MB. Value range: 1 GB to 10 GB",
        "Depth, in MB. Value range: 1 to 10 (GB)",
    ] {
        let field = field("depth", "Integer", description);
        assert!(field.ranges.is_empty(), "{description}");
        assert!(field.unclear.iter().any(|it| it.lost), "{description}");
    }
    Each(range, "Integer").gives(&[
        (
            "Depth. The value ranges from 5 to 60. The value 7 indicates rain.",
            "5..60",
        ),
        (
            "Depth. The value ranges from 5 to 60. In a storm, 404 or 500 is returned.",
            "5..60",
        ),
        ("水深。取值范围为5~60，大于100时报错。", "5..60"),
        ("Depth, in GB. Value range: 1 to 10 (GB)", "1..10"),
    ]);
}

#[test]
fn what_is_taken_where_nothing_is_given_is_the_default() {
    Typed(default).give(&[
        (
            "Integer",
            "Depth. If this parameter is not specified, 600 is used by default.",
            "600",
        ),
        (
            "Integer",
            "Depth. If this parameter is left blank, 600 is used.",
            "600",
        ),
        (
            "Boolean",
            "Flag. If this parameter is left blank, the value is false.",
            "false",
        ),
        (
            "String",
            "Mode. If it is not specified, \"ebb\" is used.",
            "\"ebb\"",
        ),
        ("Integer", "Depth. 600 by default.", "600"),
        (
            "Integer",
            "Depth. If gauge_id is not specified, the value is 3.",
            "",
        ),
        (
            "Integer",
            "Depth. If the gate is shut and it is not specified, 12 is used.",
            "",
        ),
        (
            "Integer",
            "Depth. If it is not specified, the value is 3 times the width.",
            "",
        ),
        (
            "Integer",
            "Depth. If it is not specified, the value is 1 to 9.",
            "",
        ),
        (
            "Integer",
            "Depth. If this parameter is not specified, 3 gauges are read.",
            "",
        ),
        (
            "String",
            "Mode. If it is not specified, the value is generated.",
            "",
        ),
    ]);
    let word = field(
        "mode",
        "String",
        "Mode. If not specified, the value is routine.",
    );
    assert!(word.default.is_none());
    assert!(word.unclear[0].why.contains("told in words"));
}

#[test]
fn what_may_be_left_blank_has_no_least_length_and_the_texts_of_a_list_have_one() {
    Typed(length).give(&[
        (
            "String",
            "The label can be left blank or contain 1 to 64 characters.",
            "0..64",
        ),
        (
            "String",
            "The label cannot be left blank and contains 1 to 64 characters.",
            "1..64",
        ),
        (
            "Array of strings",
            "Labels. The value contains 1 to 64 characters.",
            "1..64",
        ),
        (
            "Array of strings",
            "Labels. The key has at most 36 characters, and the value at most 43 characters.",
            "key:_..36 value:_..43",
        ),
    ]);
}

#[test]
fn a_word_behind_a_misspelt_label_of_a_range_is_no_value() {
    for label in ["Value range", "Vaule range", "Range"] {
        let description = format!("Parameter description: The result. {label}: success");
        assert_eq!(values("String", &description), "", "{label}");
    }
}

#[test]
fn what_is_required_and_told_to_be_so_in_a_case_is_noted() {
    let described = "The order. This parameter is mandatory when the gate is closed.";
    for (required, why) in [
        (
            Required::Yes,
            "it is marked as mandatory, and told to be so in some cases only",
        ),
        (Required::No, "it must be given in some cases only"),
    ] {
        let field = row("order", "String", described, required);
        assert_eq!(field.unclear[0].why, why);
    }
    assert!(
        row("order", "String", "The order.", Required::Yes)
            .unclear
            .is_empty()
    );
}

#[test]
fn what_bounds_each_item_of_a_list_is_noted() {
    for (type_, description) in [
        (
            "Array of integers",
            "Ports. A maximum of 5 ports can be specified. Each port ranges from 1 to 65535.",
        ),
        (
            "Array of strings",
            "Labels.\nArray Length: 1 - 20\nMinimum: 1\nMaximum: 64",
        ),
        (
            "Array of strings",
            "名称。\n数组长度：1 - 20\n最小长度：1\n最大长度：64",
        ),
    ] {
        let field = field("labels", type_, description);
        assert!(
            field.max_items.is_some() && field.lengths.is_empty(),
            "{description}"
        );
        assert!(field.unclear[0].why.contains("each item"), "{description}");
    }
    let field = field(
        "labels",
        "Array of strings",
        "Labels.\nArray Length: 1 - 20",
    );
    assert!(field.unclear.is_empty());
}
