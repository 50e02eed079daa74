//! Statements in many shapes. The words are the project's own.

use super::*;
use crate::block::{Lines, Text};
use crate::facts::{Required, SourceKind};

pub(super) fn field(name: &str, type_: &str, description: &str) -> FieldFacts {
    let source = FactSource {
        kind: SourceKind::Table,
        lines: Lines::default(),
        cell: None,
    };
    let text = Text {
        text: description.to_owned(),
        ..Text::default()
    };
    let row = Row {
        name: name.to_owned(),
        named: source.clone(),
        type_: (!type_.is_empty()).then(|| (type_.to_owned(), source.clone())),
        required: (Required::Unknown, None),
        description: Some(Read {
            text: &text,
            source,
        }),
        default: None,
        range: None,
        place: None,
    };
    let mut field = crate::read::fields::empty(name.to_owned());
    describe(&row, false, &mut field);
    field
}

fn default(type_: &str, description: &str) -> Option<String> {
    field("depth", type_, description)
        .default
        .map(|fact| fact.value.to_string())
}

fn values(type_: &str, description: &str) -> Option<String> {
    field("mode", type_, description)
        .enum_values
        .map(|fact| fact.value.join(" "))
}

fn shown(bounds: &[Fact<crate::facts::Bounds>]) -> String {
    let end = |end: &Option<String>| end.clone().unwrap_or_else(|| "_".to_owned());
    let one = |fact: &Fact<crate::facts::Bounds>| {
        let part = fact
            .value
            .part
            .as_ref()
            .map(|part| format!("{part}:"))
            .unwrap_or_default();
        format!("{part}{}..{}", end(&fact.value.min), end(&fact.value.max))
    };
    bounds.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn length(type_: &str, description: &str) -> String {
    shown(&field("label", type_, description).lengths)
}

fn range(type_: &str, description: &str) -> String {
    shown(&field("depth", type_, description).ranges)
}

#[test]
fn defaults() {
    for (type_, description, expected) in [
        (
            "Boolean",
            "Whether the gate closes. The default value is false.",
            Some("false"),
        ),
        (
            "Integer",
            "The depth. If it is left out, the default value is 12.",
            Some("12"),
        ),
        ("Integer", "The depth.\nDefault value: 12", Some("12")),
        (
            "Integer",
            "Depth. The default value 12 is used when none is given.",
            Some("12"),
        ),
        (
            "Integer",
            "The default value on each page is 25, and there are at most 40.",
            Some("25"),
        ),
        ("String", "The value defaults to tide.", Some("\"tide\"")),
        (
            "String",
            "- ebb (default): falling\n- flood: rising",
            Some("\"ebb\""),
        ),
        ("Integer", "水深。默认值为12。", Some("12")),
        ("Integer", "水深，默认为10分钟。", Some("10")),
        ("Boolean", "是否关闭，缺省值为true", Some("true")),
        (
            "Integer",
            "Profundidad. El valor predeterminado es 12.",
            Some("12"),
        ),
        (
            "Integer",
            "Profondeur. La valeur par défaut est 12.",
            Some("12"),
        ),
        ("Integer", "Profundidade. O valor padrão é 12.", Some("12")),
        ("Integer", "Diepte. De standaardwaarde is 12.", Some("12")),
        (
            "Integer",
            "The default value is the greatest depth of the gauge.",
            None,
        ),
        ("Integer", "The default sorting order is by depth.", None),
        (
            "Boolean",
            "If no boolean is given, the value is set to false.",
            None,
        ),
        ("String", "Default value: N/A", None),
        (
            "Integer",
            "The default value is 1 for rivers. The default value is 2 for seas.",
            None,
        ),
        ("Object", "The default value is 3.", None),
        (
            "Integer",
            "The default value is 10 for ebb and 20 for flood.",
            None,
        ),
        ("Integer", "The default value is 10 for ebb.", None),
        ("Integer", "Default value: 10 (ebb) or 20 (flood)", None),
        (
            "Integer",
            "If the gauge is small, the default value is 10.",
            None,
        ),
        (
            "Integer",
            "The default value is 10 if it is not specified.",
            Some("10"),
        ),
        ("Integer", "The default value is 10 minutes.", Some("10")),
        ("Integer", "The default value is 1,000.", None),
        ("Integer", "The default value is 10 million.", None),
        (
            "Boolean",
            "The default value is false. If it is true, the default value of f01 is 3.",
            Some("false"),
        ),
        ("Integer", "水深，默认100。", Some("100")),
        ("Integer", "水深，默认100万。", None),
    ] {
        assert_eq!(
            default(type_, description).as_deref(),
            expected,
            "{description}"
        );
    }
}

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

#[test]
fn lengths() {
    for (type_, description, expected) in [
        ("String", "The label contains 1 to 64 characters.", "1..64"),
        ("String", "It is 1–64 characters long.", "1..64"),
        ("String", "The length ranges from 1 to 64.", "1..64"),
        (
            "String",
            "The length is greater than 0 and less than 256",
            "1..255",
        ),
        ("String", "A maximum of 255 bytes is allowed.", "_..255"),
        (
            "String",
            "It can contain up to 1,024 characters, all told.",
            "_..1024",
        ),
        ("String", "长度为4～64个字符。", "4..64"),
        ("String", "标签。最大长度：1024", "_..1024"),
        ("String", "最小长度：1\n最大长度：64", "1..64"),
        ("String", "描述不能超过256个字符。", "0..256"),
        ("String", "Contiene de 1 a 64 caracteres.", "1..64"),
        (
            "Map<String,String>",
            "A key consists of 1 to 36 characters. A value has a maximum of 43 characters.",
            "key:1..36 value:_..43",
        ),
        (
            "Array of strings",
            "The maximum lengths of key and value are 36 and 43 characters, respectively.",
            "key:_..36 value:_..43",
        ),
        ("Array of strings", "A maximum of 10 tags is allowed.", ""),
        ("String", "It must be an ID of 36 characters.", ""),
        ("Boolean", "1 to 64 characters", ""),
        ("String", "At least 4 characters long.", "4.._"),
        (
            "String",
            "It must contain at least 4 characters of these kinds.",
            "",
        ),
        ("String", "最多支持64个字符。", "_..64"),
        ("String", "至少8个字符。", "8.._"),
        (
            "String",
            "At least 4 characters. A maximum of 64 characters.",
            "4..64",
        ),
        (
            "String",
            "It has 1 to 64 characters. The length cannot exceed 64 characters.",
            "1..64",
        ),
        (
            "String",
            "8 to 32 characters for gauge 3.0 and 8 to 64 characters for others.",
            "",
        ),
        (
            "String",
            "32 to 36 characters in v1 and up to 64 characters in v2",
            "",
        ),
        ("String", "版本2.0以前长度为8到32位，之后为8到64位。", ""),
        (
            "String",
            "If the gauge is small, it contains 1 to 32 characters; otherwise, 1 to 64 characters.",
            "",
        ),
        (
            "String",
            "The label contains 4 to 64 characters. The note contains 0 to 256 characters.",
            "",
        ),
        (
            "String",
            "It has 1 to 64 characters. In this case, a maximum of 59 characters is left.",
            "1..64",
        ),
        (
            "String",
            "It has 1 to 64 characters. In this case, a maximum of 99 characters is left.",
            "",
        ),
        ("String", "The length ranges from 1 to 2^10.", ""),
        (
            "String",
            "It has 1 to 64 characters, for example, ebb.",
            "1..64",
        ),
    ] {
        assert_eq!(length(type_, description), expected, "{description}");
    }
}

#[test]
fn ranges() {
    for (type_, description, expected) in [
        ("Integer", "The value ranges from 1 to 100.", "1..100"),
        ("Integer", "Value range: 1-100", "1..100"),
        ("Integer", "The value range is [1, 100].", "1..100"),
        (
            "Integer",
            "It must be an integer from 1 to 100, no more.",
            "1..100",
        ),
        (
            "",
            "Ranges from 1 (inclusive) to 65,535 (exclusive).",
            "1..65534",
        ),
        (
            "Integer",
            "If the quota is sufficient, the maximum value is 500.",
            "_..500",
        ),
        ("Integer", "取值范围：1~100", "1..100"),
        (
            "Integer",
            "参数解释\n水深\n取值范围\n1~100\n默认取值\n不涉及",
            "1..100",
        ),
        ("Integer", "最小值：1\n最大值：100", "1..100"),
        ("Integer", "The value ranges from -1 to 100.", "-1..100"),
        ("String", "取值范围：1~64个字符", ""),
        ("Boolean", "ranges from 1 to 2", ""),
        ("Integer", "Value range: 1 to 2^31-1", ""),
        ("Integer", "Value range: 0 to 2^63 - 1", ""),
        ("Integer", "取值范围：0~2^32-1", ""),
        ("Integer", "Value range: 1 to 2 147 483 647", ""),
        ("Integer", "Value range: 1 to 100 000", ""),
        ("Integer", "Value range: 1 to 64K", ""),
        ("Integer", "Value range: 1 to 64 GB", "1..64"),
        ("Integer", "Value range: 1 to 10 million", ""),
        ("Integer", "取值范围：1~10万", ""),
        ("Integer", "取值范围：1~1千", ""),
        ("Integer", "取值范围：1~10个", "1..10"),
        ("Integer", "取值范围为1到100的整数。", "1..100"),
        ("Integer", "Value range: 0 to 1.5", ""),
        ("Integer", "The maximum value is 2^16.", ""),
        ("Integer", "Maximum: 2^16", ""),
        ("Integer", "Range:\n1-2^16\nDefault value:\n1", ""),
        (
            "Integer",
            "Value range: 1 to 2,147,483,647",
            "1..2147483647",
        ),
        (
            "Integer",
            "The value ranges from 1 to 64 and must be even.",
            "1..64",
        ),
        (
            "Integer",
            "The value ranges from 1 to 100. At most 20 gauges have it.",
            "1..100",
        ),
        (
            "Integer",
            "The value ranges from 1 to 100. The maximum value is 20.",
            "",
        ),
        (
            "Integer",
            "The minimum value is 1. It cannot exceed 20.",
            "1..20",
        ),
        (
            "Integer",
            "The value ranges from 60 to 86400 (1 minute to 1 day).",
            "60..86400",
        ),
        (
            "Integer",
            "The value ranges from 1 to 9 by default.",
            "1..9",
        ),
        (
            "Integer",
            "The value ranges from 10 to 1000 for ebb, and 40 to 2000 for flood.",
            "",
        ),
        (
            "Integer",
            "If the gauge is small, the value ranges from 1 to 10. If it is large, 1 to 20.",
            "",
        ),
        (
            "Integer",
            "The value ranges from 1 to 10. If the gauge is large, 1 to 20.",
            "",
        ),
        (
            "Integer",
            "If this parameter is specified, the value ranges from 1 to 10.",
            "1..10",
        ),
        ("Integer", "Value range: 1 to 64 or 128", ""),
        ("Integer", "Value range: 1 to 64, 128 to 256", ""),
        (
            "Integer",
            "The maximum value is 500. If there is water, 1000.",
            "",
        ),
        (
            "Integer",
            "The maximum value is 500. If there is water, the maximum value is 1000.",
            "",
        ),
        ("Integer", "Value range: 0, 1", ""),
        ("Integer", "Value range: [1, 64)", "1..63"),
        ("Integer", "Value range: (0, 64]", "1..64"),
        ("Integer", "取值范围为[1,64)。", "1..63"),
        ("Integer", "Value range: (1, 100)", ""),
        ("Integer", "The depth (value range: 1 to 100).", "1..100"),
        ("Integer", "取值范围：1~100(不含100)", ""),
        ("Integer", "Range: 1 to 65535 (excluding 22 and 3389).", ""),
        ("Integer", "不小于1且不大于64的整数。", "1..64"),
        ("Integer", "取值范围：大于0，小于等于100", "1..100"),
        ("Integer", "大于100时会告警。", ""),
    ] {
        assert_eq!(range(type_, description), expected, "{description}");
    }
}

/// Length, kinds and signs of a password's rules.
type Rules = (Option<(u32, u32)>, Option<u32>, Option<String>);

fn password(description: &str) -> Option<Rules> {
    let rules = field("new_password", "String", description).password?.value;
    Some((rules.length, rules.min_classes, rules.specials))
}

#[test]
fn passwords() {
    let whole = "The password must have:\n- 9 to 27 characters.\n- At least two of the following types: letters, digits, and special characters (!@()[]%).";
    assert_eq!(
        password(whole),
        Some((Some((9, 27)), Some(2), Some("!@()[]%".to_owned())))
    );
    let chinese = "密码规则：\n- 长度为9到27位。\n- 至少包含以下4种字符中的3种：\n- 大写字母\n- 特殊字符，包括!@$%^-_\n- 不能包含用户名或用户名的逆序。";
    assert_eq!(
        password(chinese),
        Some((Some((9, 27)), Some(3), Some("!@$%^-_".to_owned())))
    );
    // Two systems, two sets: the set is not known.
    let two = "密码规则：长度为9-27位，至少包含三种字符中的2种。\n- 一允许的特殊字符!@$%^\n- 二允许的特殊字符!@$%&";
    assert_eq!(password(two), Some((Some((9, 27)), Some(2), None)));
    // Two systems, two lengths; two versions, two numbers of kinds.
    for two in [
        "The password must contain 8 to 26 characters on small gauges, and 8 to 30 characters on large ones, of at least three types.",
        "密码规则：小水尺长度为8到32位，大水尺为8到64位，至少包含以下4种字符中的3种。",
        "It must have 8 to 32 characters of at least two types. If the gauge is small, at least three types.",
        "It must have 8 to 32 characters for small gauges, and at least three types of characters.",
    ] {
        assert_eq!(password(two), None, "{two}");
    }
    // Characters are no classes of characters.
    assert_eq!(
        password("It must have 9 to 27 characters, at least 4 characters of them new."),
        None
    );
    // What was lost makes the rest unknown.
    assert_eq!(
        password(
            "It has 9 to 27 characters and must have at least two types of the following characters:"
        ),
        None
    );
    assert_eq!(password("The password can have 9 to 27 characters."), None);
    assert!(field("new_password", "String", whole).secret.is_some());
    assert!(
        field("is_check_password", "Boolean", "Whether to check it.")
            .secret
            .is_none()
    );
    assert!(
        field("no_password_access", "Boolean", "Whether there is none.")
            .secret
            .is_none()
    );
}

#[test]
fn flags() {
    let deprecated = |text: &str| field("depth", "String", text).deprecated.is_some();
    assert!(deprecated("The depth. This parameter is deprecated."));
    assert!(deprecated("水深。该字段已废弃。"));
    assert!(!deprecated("See the API Querying Gauges (Deprecated)."));
    assert!(!deprecated(
        "The depth, from which the deprecated scale of the gauge is left out."
    ));
    for text in [
        "This parameter has been discarded and should not be used.",
        "(Deprecated) The old depth.",
        "Deprecated since spring: use level.",
        "Obsolete. Use level.",
        "该参数即将废弃，请使用level。",
        "废弃字段",
    ] {
        assert!(deprecated(text), "{text}");
    }
    for text in [
        "This parameter is not deprecated.",
        "This field has not been deprecated.",
        "该参数未废弃。",
        "该参数不会废弃。",
        "This parameter replaces level, which is deprecated.",
        "该字段用于替代已废弃的level。",
        "Since spring, the value old of this parameter is deprecated.",
        "The API of spring is deprecated, this parameter is not.",
    ] {
        assert!(!deprecated(text), "{text}");
    }
    let nullable = |text: &str| field("depth", "String", text).nullable.is_some();
    assert!(nullable("This parameter is null when the gauge is dry."));
    assert!(nullable("If there is no water, null is returned."));
    assert!(nullable("The value is null unless there is water."));
    for text in [
        "It is returned and is not null.",
        "This parameter is not set to null unless the gauge is dry.",
        "The depth must not be null.",
        "水深不会为null。",
    ] {
        assert!(!nullable(text), "{text}");
    }
}

#[test]
fn labels_part_a_description() {
    let run_together =
        labels::labels("Definition The depth. Constraints N/A Range 1-100 Default Value 12");
    assert_eq!(run_together.range.as_deref(), Some("1-100"));
    assert_eq!(run_together.default.as_deref(), Some("12"));
    assert_eq!(run_together.constraints, None);
    let lines =
        labels::labels("参数解释\n水深\n约束限制\n只在涨潮\n取值范围\n不涉及\n默认取值\n12");
    assert_eq!(lines.constraints.as_deref(), Some("只在涨潮"));
    assert_eq!(lines.range, None);
    assert_eq!(lines.default.as_deref(), Some("12"));
    assert!(!labels::labels("The range of a gauge.").labelled);
}

#[test]
fn statements_in_other_languages_and_lists() {
    assert_eq!(
        default("Integer", "Por padrão, esse parâmetro é definido como 3.").as_deref(),
        Some("3")
    );
    assert_eq!(
        default("Integer", "By default, this parameter is set to 3.").as_deref(),
        Some("3")
    );
    assert_eq!(
        default(
            "Integer",
            "El valor es 4 de forma predeterminada, lo que basta."
        )
        .as_deref(),
        Some("4")
    );
    assert_eq!(
        default("String", "The default value is \"tide\". Letters only.").as_deref(),
        Some("\"tide\"")
    );
    assert_eq!(
        values(
            "String",
            "- Says how.\n- The value can be EBB, FLOOD, or SLACK."
        )
        .as_deref(),
        Some("EBB FLOOD SLACK")
    );
    assert_eq!(
        values("String", "Modo.\nValores de enumeración:\n- ebb\n- flood").as_deref(),
        Some("ebb flood")
    );
    assert_eq!(
        values("String", "方式:退潮(ebb),涨潮(flood)").as_deref(),
        Some("ebb flood")
    );
    assert_eq!(values("String", "方式:退潮(见下表),涨潮(flood)"), None);
    assert_eq!(length("String", "Texto. Máximo: 40"), "_..40");
    assert_eq!(length("String", "名称，长度1~32之间。"), "1..32");
    assert_eq!(
        range(
            "Integer",
            "El valor mínimo es de 1 y el valor máximo de 100."
        ),
        "1..100"
    );
    assert_eq!(
        range("Integer", "O valor mínimo deste parâmetro é 1."),
        "1.._"
    );
    assert_eq!(
        range(
            "Integer",
            "O intervalo de valor é de 1 (inclusive) a 9 (inclusive)."
        ),
        "1..9"
    );
    assert_eq!(
        range(
            "Integer",
            "Definition:\nDepth.\nRange:\n≥ 0\nDefault value:\n0"
        ),
        "0.._"
    );
}

#[test]
fn a_full_stop_behind_the_signs_of_a_password_is_none_of_them() {
    let rules = |text| {
        field("password", "String", text)
            .password
            .and_then(|fact| fact.value.specials)
    };
    let said = "The value must be 8 to 20 characters long and contain at least three types of the following characters: letters, digits, and special characters. The allowed special characters include ~!@#$%. Keep it safe.";
    assert_eq!(rules(said).as_deref(), Some("~!@#$%"));
    assert_eq!(
        rules(&said.replace("~!@#$%. K", "~!@#$%.? K")).as_deref(),
        Some("~!@#$%.?")
    );
}

#[test]
fn bounds_of_several_things_are_no_values_and_no_bounds_of_one() {
    assert_eq!(
        values(
            "Integer",
            "Definition:\nDepth.\nRange:\n- 1-300,000 for small gauges\n- 1-600,000 for large ones"
        ),
        None
    );
    assert_eq!(
        values("Integer", "- 4: shallow\n- 6: deep").as_deref(),
        Some("4 6")
    );
    assert_eq!(
        range(
            "Integer",
            "The size of the inner and the outer gate cannot exceed 300 tons."
        ),
        ""
    );
    assert_eq!(range("Integer", "The value cannot exceed 300."), "_..300");
}

#[test]
fn a_list_joined_up_in_chinese_keeps_its_names() {
    assert_eq!(
        values("String", "闸门状态。EBB：退潮FLOOD：涨潮/停HARD_STOP：强停").as_deref(),
        Some("EBB FLOOD HARD_STOP")
    );
    assert_eq!(
        values("String", "闸门状态。例如：EBB：退潮FLOOD：涨潮"),
        None
    );
    assert_eq!(values("String", "时间格式为ISO：YYYY-MM-DD"), None);
}
