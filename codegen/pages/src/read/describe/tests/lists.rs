//! Lists of values: kinds of lists, not phrases.

use super::*;

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
                assert_eq!(values("String", &text), "ebb flood", "{text}");
            }
        }
    }
}

#[test]
fn lists_that_lost_their_lines_or_their_marks() {
    Each(values, "String").gives(&[
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
        ("TIDE对应的状态\n- EBB：退潮\n- FLOOD：涨潮", "EBB FLOOD"),
        (
            "- If it falls, set it to EBB.\n- If it rises, set it to FLOOD.",
            "EBB FLOOD",
        ),
        (
            "The tide:\n- **0**: it falls.\n- **1**: it rises.\n- If none is given, it falls.",
            "0 1",
        ),
    ]);
}

/// A list is items, what parts them, how a value and its meaning stand to each other, and what
/// announces it: every way of one goes with every way of the others.
#[test]
fn explained_values_in_every_order_with_every_mark_between() {
    let items = [
        ("EBB：退潮", "FLOOD：涨潮"),
        ("EBB-退潮", "FLOOD-涨潮"),
        ("EBB表示退潮", "FLOOD表示涨潮"),
        ("EBB（退潮）", "FLOOD（涨潮）"),
        ("退潮：EBB", "涨潮：FLOOD"),
        ("退潮(EBB)", "涨潮(FLOOD)"),
        ("退潮为EBB", "涨潮为FLOOD"),
    ];
    for announced in ["水流。", "水流，取值：", "水流，包括如下2种。\n"] {
        for (one, other) in items {
            for between in ["，", "；", "。", "、"] {
                let text = format!("{announced}{one}{between}{other}");
                assert_eq!(values("String", &text), "EBB FLOOD", "{text}");
            }
        }
    }
    for (one, other) in items.iter().take(6) {
        let text = format!("水流，取值为：{one} {other}");
        assert_eq!(values("String", &text), "EBB FLOOD", "{text}");
    }
}

#[test]
fn lists_behind_a_noun_and_lists_of_one() {
    Each(values, "String").gives(&[
        ("水流 ebb, flood", "ebb flood"),
        ("水流EBB|FLOOD", "EBB FLOOD"),
        ("水流级别 tide_1 退潮 tide_2 涨潮", "tide_1 tide_2"),
        ("水流，支持ebb和flood方向。", "ebb flood"),
        ("水流，取值为on/off，一般为on。", "on off"),
        ("水流，仅支持EBB类型。", "EBB"),
        ("水流。EBB：退潮", "EBB"),
        ("水流：\n- EBB：退潮", "EBB"),
        ("水流。取值为EBB。", "EBB"),
        (
            "水流。\n- EBB：退潮\n- 不填写：涨潮\n- FLOOD：平潮",
            "EBB FLOOD",
        ),
        (
            "水流。\n- EBB：退潮 >\n- 说明一下\n- FLOOD：平潮",
            "EBB FLOOD",
        ),
        ("最小长度：1 最大长度：64", ""),
        ("水流，EBB和FLOOD时必填。", ""),
        (
            "The code.\nExample: tide.ebb.2\n- **tide.ebb** indicates the tide.\n- **2** indicates the gate.",
            "",
        ),
        ("水深限制，-1表示不限。", ""),
        ("水闸。水位不超过9。水深合适。图形支持EBB、FLOOD。", ""),
    ]);
}

#[test]
fn the_ends_of_a_fraction_are_no_list() {
    let ends = "0: it has begun.\n1: it is done.";
    assert_eq!(values("Integer", ends), "0 1");
    assert_eq!(values("Double", ends), "");
}

#[test]
fn one_value_is_a_list_where_words_say_so() {
    for text in [
        "Only ebb is supported.",
        "Currently, only ebb is supported.",
        "The value can only be ebb.",
        "The only value is ebb.",
        "The value is fixed to ebb.",
        "Set the value to ebb.",
        "Possible value: ebb",
        "目前只支持ebb。",
        "固定为ebb。",
        "取值只能为ebb",
    ] {
        assert_eq!(values("String", text), "ebb", "{text}");
    }
    for text in [
        "The value is ebb.",
        "The value must be unique.",
        "The value is tide_id.",
        "Only either tide_id or gate_id can be specified.",
        "The tide can be passed or not.",
        "取值范围：IP地址，或者cidr格式",
        "Set it to the value of tide_id.",
        "The gate only opens.",
        "Gauges of that kind only have ebb.",
        "The format is ebb or flood.",
        "gauge_id的取值为ebb或flood。",
        "例如：ebb、flood",
        "The value can contain only letters (a to z), digits (0 to 9), and hyphens.",
        "闸门的结果码。1：已打开。",
        "如果水位高，取值为ebb或flood。",
    ] {
        assert_eq!(values("String", text), "", "{text}");
    }
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
            let found = values("String", &text);
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
    ] {
        assert_eq!(values("String", text), "", "{text}");
    }
}

#[test]
fn media_types_and_paths_are_values_and_not_split() {
    Each(values, "String").gives(&[
        (
            "The value can be application/json or text/plain.",
            "application/json text/plain",
        ),
        ("Options: /dev/vda, /dev/vdb", "/dev/vda /dev/vdb"),
        ("Set it to application/json.", "application/json"),
        ("Options: on/off", "on off"),
    ]);
}

#[test]
fn a_clause_may_announce_values_and_one_may_be_explained() {
    Each(values, "String").gives(&[
        (
            "The way, which can be ebb, flood, or slack.",
            "ebb flood slack",
        ),
        ("The way, which can be ebb or flood", "ebb flood"),
        ("The way, which can be changed or deleted.", ""),
        ("The way, which can be any word.", ""),
        ("The way, which can be tide_gauge.", "tide_gauge"),
        ("The way, which can be ebb.", ""),
        (
            "Acceptable values are: Ebb2 - it falls\n- Flood 2 - it rises",
            "",
        ),
        (
            "The way. The value can be ebb or flood, and the default value is ebb.",
            "ebb flood",
        ),
        ("The way. The value is EBB-Tide.", "EBB-Tide"),
        ("The way. The value is UUID.", ""),
        ("The way. The value is 1.", "1"),
        ("Length of the way. The value is 36.", ""),
        ("The way. The value is generally 1.", ""),
        ("水流，退潮为EBB, 涨潮为FLOOD，默认退潮。", "EBB FLOOD"),
        ("水流，版本号，取值：v3。", "v3"),
        ("水流。目前只支持“tide:EBB”，tide:EBB表示退潮", "tide:EBB"),
        ("Possible values are:\nlow_ebb: it falls.", "low_ebb"),
        ("The way. It can be set to ebb or flood only.", "ebb flood"),
        ("The gauge ID, which can be EBB or FLOOD.", "EBB FLOOD"),
        (
            "Value range: EBB_1, which indicates that it falls.",
            "EBB_1",
        ),
        (
            "The way. The value can be the following:\ntide_gauge: a gauge",
            "tide_gauge",
        ),
        (
            "The way. The value can be the following:\nNote: a gauge",
            "",
        ),
        ("水流。mode=EBB代表退潮，mode=FLOOD代表涨潮。", "EBB FLOOD"),
        ("水流 EBB:down退潮 FLOOD:up涨潮", "EBB FLOOD"),
        ("状态，available可用，closed关闭", "available closed"),
        ("水流，支持退潮（en）和涨潮（zh），默认为退潮。", "en zh"),
        ("协议，支持http、https。", "http https"),
        ("水流（仅限于ebb，flood）：ebb（退潮）。", "ebb flood"),
        ("是否关闸。默认为no，可选值为yes或no。", "yes no"),
        ("水流，分为Ebb和Flood，注册必选", "Ebb Flood"),
        ("水流，分为Ebb，Flood，注册必选", ""),
        ("**取值范围**： 0 TIDE关闸 1 开闸", "0 1"),
    ]);
}

/// A list is read whole or not at all, whatever stands between its values.
#[test]
fn no_value_of_a_list_is_lost_on_the_way() {
    Each(values, "String").gives(&[
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
    ]);
    for text in [
        "TIDE水流，TIDE闸门见下",
        "水流，[说明](gauge.md)(tag:ebb,flood,slack)，见[说明](ebb,flood,slack)",
    ] {
        assert_eq!(values("String", text), "", "{text}");
    }
}

#[test]
fn bullets_of_a_line_are_items_by_their_chain_or_their_script() {
    Each(values, "String").gives(&[
        (
            "**取值范围**： - 301 - 302 - 303 **默认取值**：不涉及",
            "301 302 303",
        ),
        ("闸门动作 - open (开启) - shut (关闭)", "open shut"),
        (
            "闸门类型： - EbbGate - FLOOD - Slack",
            "EbbGate FLOOD Slack",
        ),
    ]);
    for text in [
        "**取值范围**： - 1 - 20 **默认取值**：不涉及",
        "Kinds of gates - open (mostly) - shut (at night)",
        "闸门字段： - name - depth",
    ] {
        assert_eq!(values("String", text), "", "{text}");
    }
}

#[test]
fn values_beside_other_words() {
    Each(values, "String").gives(&[
        ("Flow. The value can be EBB, FLOOD, or null.", "EBB FLOOD"),
        (
            "Flow.\n- Falling tide: EBB_TIDE\n- Rising: FLOOD",
            "EBB_TIDE FLOOD",
        ),
        (
            "FLD水流的类型。分为退潮水流(ebb)、FL水流(flood)。默认值：ebb。",
            "ebb flood",
        ),
        (
            "The valid values are as follows:\n- **HG.EB**\n- **HG.EG**\n- **HG.FLOOD**",
            "HG.EB HG.EG HG.FLOOD",
        ),
        (
            "The following ways are supported:\n- **ebb** and **flood**\n- **slack**",
            "ebb flood slack",
        ),
        (
            "目前支持的水流包括：\n- “ebb”：退潮。\n- “flood”、“fill”：涨潮。",
            "ebb flood fill",
        ),
        (
            "Values:\n- EBB: it falls\n- FLOOD_2-The gate is open",
            "EBB FLOOD_2",
        ),
        (
            "- ebb表示退潮。\n- flood表示涨潮。\n- 该字段不存在时，为slack。",
            "ebb flood",
        ),
        (
            "取值范围 \"ebb\"，\"flood\"， \"slack\" 水流方式",
            "ebb flood slack",
        ),
        (
            "取值如下：\n- \"EBB ：退潮\"\n- \"FLOOD：涨潮\"",
            "EBB FLOOD",
        ),
        ("水流\n- 1：退潮\n- 0、4、5：涨潮", "1 0 4 5"),
        (
            "The following ways are supported:\n- SLACK: It is still.\n- EBB and FLOOD: It moves.",
            "SLACK EBB FLOOD",
        ),
        (
            "水流。\n- Ebb：退潮\n说明： 大坝为2时，才支持此水流。\n- Flood：涨潮\n- Slack：平潮",
            "Ebb Flood Slack",
        ),
        ("The flow can be EBB (on low gates).", ""),
        ("The value can be EBB (on low gates).", "EBB"),
        (
            "水流\n- ebb场景：mode为对应的水位。\n- flood场景： mode为对应的高度。",
            "",
        ),
        ("It supports only the EBB, FLOOD, and SLACK parameters.", ""),
        ("取值范围：[0.0, 1.0]; 一位小数", ""),
        ("当前仅支持填写ebb。", "ebb"),
        (
            "Options:\n- Minimum: it falls\n- Maximum: it rises\n- Average: it stays",
            "Minimum Maximum Average",
        ),
        ("Options:\n- Rock and Roll\n- Jazz", ""),
        ("取值如下：\n○ EBB：退潮\n○ FLOOD：涨潮", "EBB FLOOD"),
        ("水流，如EBB、FLOOD。", ""),
        ("取值范围： ebb：it fallsflood：it rises 默认取值： ebb", ""),
    ]);
    assert!(
        field("mode", "String", "The value can be EBB, FLOOD, or null.")
            .nullable
            .is_some()
    );
}

/// What a list is of is said before it, and a list of other things than values is none.
#[test]
fn lists_of_all_values_and_of_other_things() {
    Each(values, "String").gives(&[
        (
            "Tide type. The value can be:\n\n-  **Ebb**: it falls.\n-  **Flood**: it rises.\n-  The default value is **Ebb**.",
            "Ebb Flood",
        ),
        ("Tide type. The value can be:\n\n-  ebb", "ebb"),
        ("The tide. Generally, the value is EBB or FLOOD.", ""),
        ("水流，一般取值为“EBB”或者“FLOOD”。", ""),
        ("Depth. By default, this parameter is set to 1.", ""),
        ("成功时tide值为ebb。", ""),
        ("EBB时是低水位，FLOOD时是高水位。", ""),
        ("gate_mode=EBB时，水位低;\ngate_mode=FLOOD时，水位高。", ""),
        ("水位标签。\n取值格式：key1,value1|key2,value2", ""),
        ("取值范围：\n- Gauge水位为10M时，不大于3。\n- Gauge水位为20M时，不大于6。", ""),
        ("The value is fixed at EBB and cannot be changed.", "EBB"),
        ("Currently, only type ebb is supported.", "ebb"),
        ("时间必须为22:00:00、02:00:00和18:00:00。", "22:00:00 02:00:00 18:00:00"),
        ("默认值为空，名称固定为“ebb.py”。", "ebb.py"),
        ("涨潮时取值为EBB或FLOOD。", "EBB FLOOD"),
        (
            "闸门：\n包含如下字段：\n- tideType：水流\n- gateType：闸门",
            "",
        ),
        (
            "The gate contains the following fields:\n- tideType: the tide\n- gateType: the gate",
            "",
        ),
        (
            "水流。ebb：退潮flood：涨潮取值样例：\"mode\": \"ebb,flood\"",
            "",
        ),
        (
            "水流，目前支持以下类型：退潮：ebb涨潮：flood停潮：slack当前水位中，__tide均为slack。",
            "ebb flood slack",
        ),
    ]);
    // In Chinese the marks of a list part its values, blanks or not.
    let text = "水位计，支持Gauge.js 6.1、Tide 2、C#.Gauge Core 2.0和Ebb 7.3。";
    let found = super::field("mode", "枚举", text).enum_values;
    let expected = ["Gauge.js 6.1", "Tide 2", "C#.Gauge Core 2.0", "Ebb 7.3"];
    assert_eq!(
        found.map(|fact| fact.value),
        Some(expected.map(str::to_owned).to_vec())
    );
}
