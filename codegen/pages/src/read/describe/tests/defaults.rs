//! Defaults.

use super::{Each, Typed, default, field};

#[test]
fn defaults() {
    Typed(default).give(&[
        (
            "String",
            "The tide:\n- ebb: it falls. It is the default value.\n- flood: it rises.",
            "\"ebb\"",
        ),
        (
            "Boolean",
            "Whether the gate closes. The default value is false.",
            "false",
        ),
        (
            "Integer",
            "The depth. If it is left out, the default value is 12.",
            "12",
        ),
        ("Integer", "The depth.\nDefault value: 12", "12"),
        (
            "Integer",
            "Depth. The default value 12 is used when none is given.",
            "12",
        ),
        (
            "Integer",
            "The default value on each page is 25, and there are at most 40.",
            "25",
        ),
        ("String", "The value defaults to tide.", "\"tide\""),
        (
            "String",
            "If it is not given, the default port is used.",
            "",
        ),
        (
            "Boolean",
            "The value true indicates to close it and false (default) not to.",
            "false",
        ),
        (
            "String",
            "- ebb (default): falling\n- flood: rising",
            "\"ebb\"",
        ),
        ("Integer", "水深。默认值为12。", "12"),
        (
            "Integer",
            "If it is not set, the default depth 12 will be used.",
            "12",
        ),
        (
            "Boolean",
            "是否关闸取值范围true：关闸。false（默认值）：不关闸。",
            "false",
        ),
        ("Integer", "水流：\n- 0：退潮\n- 1：默认值，涨潮", "1"),
        ("String", "取值为ebb和flood，默认为退潮ebb。", "\"ebb\""),
        ("Boolean", "是否关闸，默认取true。", "true"),
        ("String", "默认为当前region的水位。", ""),
        (
            "Boolean",
            "If it is not set, the default value false is used.",
            "false",
        ),
        (
            "String",
            "The default value is null when the tide is not low.",
            "",
        ),
        ("Integer", "The default value is 1,440.", "1440"),
        // The sentence before ends within its bracket.
        (
            "Integer",
            "Depth (not shown at ebb.) If tide is set to low, the value defaults to 3.",
            "",
        ),
        (
            "Boolean",
            "是否关闭，默认为false，如果设置为true，则关闭。",
            "false",
        ),
        ("Integer", "默认为3，如果type设置为2，则为4。", ""),
        ("Integer", "水深，默认为10分钟。", "10"),
        ("Boolean", "是否关闭，缺省值为true", "true"),
        (
            "Integer",
            "Profundidad. El valor predeterminado es 12.",
            "12",
        ),
        ("Integer", "Profondeur. La valeur par défaut est 12.", "12"),
        ("Integer", "Profundidade. O valor padrão é 12.", "12"),
        ("Integer", "Diepte. De standaardwaarde is 12.", "12"),
        (
            "Integer",
            "The default value is the greatest depth of the gauge.",
            "",
        ),
        ("Integer", "The default sorting order is by depth.", ""),
        (
            "Boolean",
            "If no boolean is given, the value is set to false.",
            "",
        ),
        ("String", "Default value: N/A", ""),
        (
            "Integer",
            "The default value is 1 for rivers. The default value is 2 for seas.",
            "",
        ),
        ("Object", "The default value is 3.", ""),
        (
            "Integer",
            "The default value is 10 for ebb and 20 for flood.",
            "",
        ),
        ("Integer", "The default value is 10 for ebb.", ""),
        ("Integer", "Default value: 10 (ebb) or 20 (flood)", ""),
        (
            "Integer",
            "If the gauge is small, the default value is 10.",
            "",
        ),
        (
            "Integer",
            "The default value is 10 if it is not specified.",
            "10",
        ),
        ("Integer", "The default value is 10 minutes.", "10"),
        ("Integer", "The default value is 1,000.", "1000"),
        ("Integer", "The default value is 10 million.", ""),
        (
            "Boolean",
            "The default value is false. If it is true, the default value of f01 is 3.",
            "false",
        ),
        ("Integer", "水深，默认100。", "100"),
        ("Integer", "水深，默认100万。", ""),
        (
            "Boolean",
            "True: it is kept. False: it is not. This is the default value.",
            "false",
        ),
        (
            "Boolean",
            "取值： true：看前面。 false：看后面，默认。",
            "false",
        ),
        (
            "String",
            "The value is an empty character string by default.",
            "\"\"",
        ),
        ("String", "水深。全局恢复默认：tide", ""),
        ("String", "The depth. Default value: null", ""),
    ]);
}

#[test]
fn a_number_in_another_unit_than_that_of_the_field_is_none_of_it() {
    for text in [
        "How long it is open, 单位为秒。取值范围：15分钟~24小时，默认为15分钟。",
        "How long it is open. Unit: second. It ranges from 1 minute to 24 hours. The default value is 15 minutes.",
    ] {
        let field = field("depth", "Integer", text);
        assert_eq!(field.default, None, "{text}");
        assert!(field.ranges.is_empty(), "{text}");
        let lost = field.unclear.iter().filter(|it| it.lost).count();
        assert!(lost >= 2, "{:?}", field.unclear);
    }
    let field = field(
        "depth",
        "Integer",
        "How long it is open (unit: s). It ranges from 60 to 3600 seconds. The default value is 90 seconds.",
    );
    assert!(field.default.is_some() && field.ranges.len() == 1);
}

#[test]
fn what_is_returned_or_told_of_another_name_is_no_default() {
    for text in [
        "闸门的标识，闸门不存在时返回系统默认tide。",
        "分页的起点，每页按limit分页（limit默认为1000）。",
        "The gauge. The default value of limit is 1000.",
        "水位，大坝模式下默认值为10；小坝模式默认不限。",
    ] {
        assert_eq!(field("depth", "", text).default, None, "{text}");
    }
}

#[test]
fn a_default_among_values_is_one_of_them() {
    Each(default, "String").gives(&[
        ("Speed: fast or slow (default).", "\"slow\""),
        ("Speed: fast (default) or slow.", "\"fast\""),
        (
            "Tide. The value can be EBB or FLOOD. The default value is SLACK.",
            "",
        ),
    ]);
}

/// What is done with the default of something else, or with the thing that is it, is no value.
#[test]
fn a_default_thing_is_no_default() {
    Each(default, "String").gives(&[
        (
            "If it is left blank, the password of the default account is reset.",
            "",
        ),
        ("By default, the default gate is changed.", ""),
        ("The default mode is changed.", ""),
        (
            "Without it the default harbor is reset. Default value: low",
            "\"low\"",
        ),
        ("The default value is changed.", "\"changed\""),
        ("The default harbor is **low**.", "\"low\""),
        ("The default billing mode is prepaid.", "\"prepaid\""),
        ("The default transport protocol is tcp.", "\"tcp\""),
    ]);
    let color = super::field("color", "String", "The default color is red.");
    assert_eq!(color.default.map(|it| it.value), Some("red".into()));
}

/// A sign stands in brackets behind its name.
#[test]
fn a_sign_may_be_the_default() {
    Typed(default).give(&[
        (
            "String",
            "水尺的分隔符，默认值为分号（;）。其他为逗号。",
            "\";\"",
        ),
        ("Character", "默认为双引号（\"）。", "\"\\\"\""),
        ("String", "The default value is a comma (,).", "\",\""),
        ("String", "默认值：无（-）", ""),
        ("String", "默认升序（+）", ""),
        (
            "String",
            "The default is a semicolon (;) if the kind is csv, and a comma (,) otherwise.",
            "",
        ),
        ("String", "标签列表。默认以逗号（,）分隔。", ""),
    ]);
}

/// A label with words for nothing behind it says that there is none; one with nothing behind it lost it.
#[test]
fn that_there_is_none_can_be_said() {
    for (text, no_default, no_range) in [
        (
            "How it is set. Value range:\nDefault value: N/A",
            true,
            false,
        ),
        (
            "How it is set. Value range: N/A Default value:",
            false,
            true,
        ),
        (
            "Definition How it is set. Constraints N/A Range N/A Default Value N/A",
            true,
            true,
        ),
        ("取值范围：不涉及\n默认取值：不涉及", true, true),
        ("How it is set. Default value: N/A, or 5", false, false),
        ("How it is set.", false, false),
    ] {
        let found = (crate::says_no_default(text), crate::says_no_values(text));
        assert_eq!(found, (no_default, no_range), "{text}");
    }
}
