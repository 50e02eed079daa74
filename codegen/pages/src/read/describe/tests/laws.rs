//! Laws of lists, each with several ways of saying it.

use super::*;

#[test]
fn an_explicit_list_is_whole_however_short_and_whatever_its_words() {
    Each(values, "String").gives(&[
        ("Tide. Values:\n- ebb", "ebb"),
        ("Tide.\nEnumeration values:\n- EBB", "EBB"),
        (
            "How to join. and: both hold. or: one holds.\nEnumeration values:\n- and\n- or",
            "and or",
        ),
        (
            "Form. The value can be JSON (plain) or TAR (packed).\nEnumeration values:\n- json\n- tar",
            "json tar",
        ),
        (
            "Tide. Options: ebb: it falls flood: it rises slack: neither\nEnumeration values:\n- ebb\n- flood\n- slack",
            "ebb flood slack",
        ),
        (
            "Tide, in metres.\n- Minimum value: 1\n- Maximum value: 9",
            "",
        ),
        (
            "Tide. (default: 3 days)\nMinimum value: 1\nMaximum value: 9",
            "",
        ),
    ]);
}

#[test]
fn values_with_remarks_behind_a_colon_need_no_announcement() {
    Each(values, "String").gives(&[
        ("Tide: 0 (falling), 1 (rising).", "0 1"),
        (
            "State of the tide: 0 (falling), 1 (rising), or 2 (slack). It turns.",
            "0 1 2",
        ),
        ("Tide: ebb (falling) or flood (rising).", "ebb flood"),
        (
            "The tide can only be ebb (falling) or flood (rising).",
            "ebb flood",
        ),
        ("See the gauges: north (by the pier).", ""),
        (
            "Tide. All must be of one kind, that is, ebb (low), flood (high), or slack II (none).",
            "",
        ),
        (
            "Offset.\n- If the action value is count, this is invalid.\n- If the action value is filter, this is set.",
            "",
        ),
        (
            "Label. Start with a letter. Underscores (_), and hyphens (-) are allowed.",
            "",
        ),
    ]);
}

#[test]
fn values_that_sentences_explain_one_after_the_other() {
    Each(values, "String").gives(&[
        (
            "Tide. ebb indicates that it falls, and flood indicates that it rises.",
            "ebb flood",
        ),
        (
            "Tide. ebb indicates falling, whereas flood indicates rising.",
            "ebb flood",
        ),
        ("Tide. A high level indicates that it rises.", ""),
        ("水流。ebb表示退潮，flood表示涨潮。", "ebb flood"),
    ]);
}

#[test]
fn items_may_say_which_value_belongs_to_what() {
    Each(values, "String").gives(&[
        (
            "Tide. The following are supported:\n- Falling water: The value is ebb.\n- Rising water: The value is flood.",
            "ebb flood",
        ),
        (
            "Tide.\n- If mode is set to ebb, it falls.\n- If mode is set to flood, it rises.",
            "ebb flood",
        ),
        (
            "Tide.\n- Set the value to ebb if it falls.\n- Set the value to flood if it rises.",
            "ebb flood",
        ),
        (
            "Tide.\nValid value:\n- For open water, the value can be ebb, flood, or slack.\n- For a lock, the value is shut.",
            "ebb flood slack shut",
        ),
        (
            "水流。取值：\n- 大河为“ebb”或“flood”。\n- 小河为“slack”。",
            "ebb flood slack",
        ),
        (
            "水流。取值如下：\n- 大河：EBB、FLOOD\n- 小河：SLACK、DRY",
            "EBB FLOOD SLACK DRY",
        ),
        (
            "水流，枚举取值：\n- ebb或fall（退潮）\n- flood（涨潮）",
            "ebb fall flood",
        ),
    ]);
}

#[test]
fn a_noun_may_stand_between_an_adjective_and_its_values() {
    Each(values, "String").gives(&[
        ("Tide. Possible tides are EBB, FLOOD, and 1.", "EBB FLOOD 1"),
        ("Tide. Supported tides: EBB, FLOOD.", "EBB FLOOD"),
        ("水流。支持的水流：EBB、FLOOD。", "EBB FLOOD"),
        ("水流。支持的水流：EBB-Tide。", "EBB-Tide"),
        ("水流。可以指定的其他mode为ebb/flood。", "ebb flood"),
        ("Possible reasons are wind and rain.", ""),
    ]);
}

#[test]
fn what_joins_a_value_and_its_meaning_may_change_within_a_list() {
    Each(values, "String").gives(&[
        (
            "水流，取值范围：EBB为退潮、FLOOD 涨潮，SLACK 平潮",
            "EBB FLOOD SLACK",
        ),
        ("水流的状态。ebb：退潮；flood 涨潮。", "ebb flood"),
        ("水流：EBB-退潮，FLOOD-涨潮，SLACK-SLACK", "EBB FLOOD SLACK"),
        (
            "水流。 ebb：EBB潮 flood：FLOOD潮 slack：平潮",
            "ebb flood slack",
        ),
        ("水流。取值：\n- ebb，退潮\n- flood，FLOOD潮", "ebb flood"),
        (
            "Tide. Values:\n- EBB-falling\n- FLOOD - rising\n- SLACK: neither",
            "EBB FLOOD SLACK",
        ),
        (
            "水流（ebbTime:退潮耗时, floodTime:涨潮耗时, slack:平潮）。",
            "ebbTime floodTime slack",
        ),
    ]);
}

#[test]
fn alternatives_in_brackets_and_behind_counts() {
    Each(values, "String").gives(&[
        ("水流的方向（ebb或flood）。", "ebb flood"),
        ("查询水流（ebb或者flood-2）的记录。", "ebb flood-2"),
        ("ebb和flood两种枚举", "ebb flood"),
        ("水流，目前只有ebb", "ebb"),
        ("There are three tides. Options: ebb, flood", "ebb flood"),
        (
            "The value can be one of the following 3 tides: ebb, flood.",
            "",
        ),
        ("水流，支持如下3种：ebb、flood。", ""),
        ("水流，支持如下2种：ebb、flood。", "ebb flood"),
    ]);
}

#[test]
fn an_example_in_another_sentence_rules_no_list() {
    Each(values, "String").gives(&[
        (
            "水流。例如水流为EBB，潮位为low代表退潮。\n- EBB：退潮\n- FLOOD：涨潮",
            "EBB FLOOD",
        ),
        ("水流。例如：\n- EBB：退潮\n- FLOOD：涨潮", ""),
    ]);
}

#[test]
fn spans_with_units_are_no_values() {
    Each(values, "String").gives(&[
        ("Value range: 3s-900s", ""),
        ("The value range is 3s-900s.", ""),
        ("取值范围：3s-900s。", ""),
        ("Valid values: 1MB-5GB", ""),
        (
            "Set this parameter to application/json;charset=UTF-8.",
            "application/json;charset=UTF-8",
        ),
        (
            "Set this parameter to text/csv;header=absent.",
            "text/csv;header=absent",
        ),
    ]);
}

#[test]
fn a_list_ends_where_its_sentence_does_and_is_whole() {
    Each(values, "String").gives(&[
        (
            "Tide: 0 (falling) or 1 (rising). It must be given when the lock is set to 0 (shut) or 2 (open).",
            "0 1",
        ),
        ("Rule kind: 0 (falling), 1 (rising).", "0 1"),
        (
            "Tide: 0 (low - falling), 1 (low - rising), 2 (slack).",
            "0 1 2",
        ),
        (
            "Days. The value can be 1, 5, or 9 in the unit of days.",
            "1 5 9",
        ),
        (
            "The value can be tide_ebb or tide_flood, indicating what is asked for.",
            "tide_ebb tide_flood",
        ),
        (
            "Tide.\n- If the value is UUID, it falls.\n- If the value is tide_ebb, it rises.",
            "",
        ),
        (
            "Tide. Letters only.\n- If action is set to make, this parameter is mandatory.\n- If action is set to drop, this parameter is optional.",
            "",
        ),
        (
            "水流，仅限大河（包括ebb_1、ebb_2）场景下填写，支持两种：\n- flood：涨潮\n- slack：平潮",
            "flood slack",
        ),
        (
            "水流。EBB-退潮，FLOOD-涨潮，LOW-low潮。GaugeLock分为两期。",
            "EBB FLOOD LOW",
        ),
    ]);
}

#[test]
fn words_of_a_list_in_lines_are_values_unless_they_name_fields() {
    Each(values, "String").gives(&[
        ("Kind of tide\n- ebb\n- flood\n- slack", "ebb flood slack"),
        (
            "A gate has the following fields:\n- name\n- depth\n- gauge",
            "",
        ),
        ("Parameters\n- name\n- depth\n- gauge", ""),
    ]);
}

#[test]
fn numbers_are_values_with_their_thousands_and_without_their_unit() {
    Each(values, "Integer").gives(&[
        ("Depth. Options: 512, 1,024, and 2,048.", "512 1024 2048"),
        (
            "水深，可选择16KN，32KN和64KN三种级别，另请咨询。",
            "16 32 64",
        ),
        ("水深，可选择16KN和32KT。", ""),
        ("水深，取值范围[1,100]", ""),
        (
            "How many gates. -1 indicates no end, and 0 indicates none.",
            "",
        ),
        ("Tide. 0 indicates falling, and 1 indicates rising.", "0 1"),
        ("水流。\n取值如下：\n1：退潮\n默认值：1", "1"),
        ("Tide. Value range: 1: It falls.", ""),
    ]);
}

#[test]
fn the_values_of_the_parts_of_a_text_are_none_of_the_text() {
    Each(values, "String").gives(&[
        // A part is one that the pattern of the text names.
        (
            "When it ebbs. The format must be hh:mm-HH:MM. mm and MM must be the same and must be set to any of the following: 00, 15, 30, or 45.",
            "",
        ),
        (
            "It is in the \"hh:mm\" format.\n- The values of mm can be 00 or 30.",
            "",
        ),
        ("退潮时间，格式为hh:mm。mm取值必须为00、30。", ""),
        (
            "The format of the tide. The value can be ebb or flood.",
            "ebb flood",
        ),
        // Several values in one text make texts that are in no list.
        (
            "The tides, separated by commas (,). Options: ebb, flood.",
            "",
        ),
        ("水流，多个以逗号分隔。取值：ebb、flood。", ""),
        (
            "Valores posibles: ebb, flood. Varios valores van separados por comas.",
            "",
        ),
    ]);
}

#[test]
fn what_stands_for_any_value_or_for_none_makes_no_list() {
    Each(values, "String").gives(&[
        // Kinds of signs.
        ("Only a-z, A-Z, 0-9, and hyphens (-) are allowed.", ""),
        ("The value can be a-z or A-Z.", ""),
        // A word for any value, or the pattern of one.
        ("EBB：退潮。\nFLOOD：涨潮。\nXXX：其他水流。", ""),
        (
            "The options are as follows:\n- month: the last one.\n- yyyyMMdd-yyyyMMdd: another.",
            "",
        ),
        // The name of the field itself.
        ("取值为ebb，退潮。mode取值为ebb时，闸门打开。", ""),
        // Values that ran into each other.
        ("The value can be:TLS v1.0TLS v1.1TLS v1.2", ""),
        ("The value can be ACTIVE or INACTIVE.", "ACTIVE INACTIVE"),
        // The bounds of the text.
        (
            "To list all, set this parameter to **all_gates**.\n\nMinimum: **0**\n\nMaximum: **64**",
            "",
        ),
        // Abbreviations in the middle of a noun.
        ("待打开闸门（EBB/FLOOD）的标识。", ""),
        ("闸门的水流（EBB/FLOOD）。", "EBB FLOOD"),
        // The parts of an example, wherever it is said that it is one.
        (
            "Use **gate.ebb.low.x** as an example. **gate** indicates the kind, **ebb** indicates the tide, and **low.x** indicates the level.",
            "",
        ),
        // The ends of a range.
        ("周几打开，取值1-7，1代表周一，7代表周日。", ""),
        ("The day, from 1 to 7. 1: Monday, 7: Sunday.", ""),
    ]);
}

#[test]
fn a_list_without_its_marks_is_read_whole_or_not_at_all() {
    Each(values, "String").gives(&[
        // The second word stands as the others do, and is none that can be read.
        (
            "水流的状态。 EBB，退潮的水流 FLOOD，涨潮的水流。 SLACK，平潮的水流。",
            "",
        ),
        ("水流，EBB：退潮。FLOOD：涨潮。", "EBB FLOOD"),
        // What is said of a word is no meaning of it.
        (
            "true表示水流为EBB类型 false表示水流为FLOOD(涨潮, high)类型，FLOOD只能上涨。",
            "true false",
        ),
        ("EBB表示退潮，FLOOD表示涨潮，SLACK只能等待。", "EBB FLOOD"),
    ]);
}

#[test]
fn one_value_of_several_cases_is_none_of_the_field() {
    Each(values, "String").gives(&[
        (
            "大河下该参数取值分别为“EBB”和“FLOOD”。小河下该参数取值为“SLACK”。",
            "",
        ),
        (
            "大河下该参数取值分别为“EBB”和“FLOOD”。小河下该参数取值为“EBB”。",
            "EBB FLOOD",
        ),
        (
            "Two gates are shut. Therefore, the value of mode is 2. All are shut. The value of mode is 5.",
            "",
        ),
        (
            "取值为\"EBB\"表示退潮，取值为\"FLOOD\"表示涨潮。",
            "EBB FLOOD",
        ),
        // Of another name, which stands before what announces it.
        (
            "The rule has two parts. BYDAY can be set to MO, TU, or WE.",
            "",
        ),
        (
            "A gate is set by the tide. The value of tide_kind is EBB.",
            "",
        ),
        ("The gate. The value of mode is EBB.", "EBB"),
    ]);
}

#[test]
fn what_is_said_of_a_case_a_part_or_a_unit_is_no_value() {
    Each(values, "String").gives(&[
        ("水流的标识。“gate”为“true”时才有。", ""),
        ("水流，单位必须为ebb和flood。", ""),
        ("水流是“名称_级别”。其中名称包括EBB、FLOOD。", ""),
        ("水流。若填写则只能为ebb或flood。", "ebb flood"),
        ("水流。若水位高则只能为ebb或flood。", ""),
        ("只有EBB水流有该字段。", ""),
    ]);
}

#[test]
fn a_noun_of_a_kind_or_of_the_name_goes_with_its_values() {
    Each(values, "String").gives(&[
        ("水流，只支持ebb类型参数。", "ebb"),
        ("水流，目前API支持ebb和flood格式数据。", "ebb flood"),
        ("Which way. A gate mode can be ebb or flood.", "ebb flood"),
        ("Which way. A gate can be ebb or flood.", ""),
        (
            "Tide status: rising, falling, or slack.",
            "rising falling slack",
        ),
        ("Tide tables: rising, falling, and slack.", ""),
        ("The value can be period or tide.", "period tide"),
        ("zone类型，退潮（ebb）或者涨潮（flood）。", "ebb flood"),
        ("zone，退潮（ebb）或者涨潮（flood）。", ""),
    ]);
}

/// What the value is may be explained; several explained one by one are no list of one.
#[test]
fn the_one_value_of_a_sentence_may_be_explained() {
    Each(values, "String").gives(&[
        ("Its value is ebb, indicating that it falls.", "ebb"),
        ("The value is **ebb**, indicating that it falls.", "ebb"),
        ("水流。取值为ebb，表示退潮。", "ebb"),
        ("参数值为ebb，表示退潮。", "ebb"),
        ("取值为0或无该值，表示退潮。取值为UUID，表示涨潮。", ""),
        ("The value is random, which means nothing.", ""),
        ("仅支持EBB闸门开启时使用。", ""),
        ("取值为UUID，表示水尺的唯一标识。", ""),
        ("取值为UTC时间，表示开始。", ""),
        (
            "The value is EBB, indicating that it falls, or any other text.",
            "",
        ),
        (
            "The value is EBB, indicating that it falls. Other values indicate that it rises.",
            "",
        ),
    ]);
}

/// The subject of two sentences, or of two cases, is no value.
#[test]
fn a_word_that_is_explained_twice_is_a_noun() {
    Each(values, "String").gives(&[
        (
            "EBB为退潮时，水位的长度；EBB为涨潮时，水位的宽度，均为16进制。",
            "",
        ),
        ("EBB水位长度，取值范围为1~9。 EBB水位长度，取值为“6”。", ""),
        ("EBB格式的水位，默认为低。FLOOD类型的水位默认为高。", ""),
        ("EBB退潮，FLOOD涨潮", "EBB FLOOD"),
        ("EBB退潮。FLOOD涨潮。", "EBB FLOOD"),
        ("EBB表示退潮，FLOOD表示涨潮，默认值EBB表示退潮", "EBB FLOOD"),
        ("取值：\n- EBB为实时\n- FLOOD为延时", "EBB FLOOD"),
        (
            "水流：\ngate为EBB时，取值范围：\nHIGH：高；\ngate为FLOOD时，取值范围：\nLOW：低；HIGH：高。",
            "LOW HIGH",
        ),
    ]);
}

#[test]
fn lines_may_say_which_values_belong_to_what() {
    Each(values, "String").gives(&[
        (
            "水流。\n取值如下：\n大河：EBB、FLOOD\n小河：SLACK、STILL",
            "EBB FLOOD SLACK STILL",
        ),
        (
            "水流。\n取值如下：\n大河：EBB、FLOOD\n小河：SLACK、STILL\n不支持：CALM、HIGH",
            "EBB FLOOD SLACK STILL",
        ),
    ]);
}

/// A list of values whose items have no type: what is announced are theirs; what is not, names fields.
#[test]
fn values_are_those_of_the_items_of_a_list() {
    Typed(values).give(&[
        ("Array", "水流。取值：EBB、FLOOD。", "EBB FLOOD"),
        ("List", "Options: ebb, flood", "ebb flood"),
        ("Array", "水流\n- EBB：退潮\n- FLOOD：涨潮", ""),
        ("Array of Tide objects", "Options: ebb, flood", ""),
        ("List<tide>", "Only **tide_id** is supported.", ""),
    ]);
}

#[test]
fn one_item_is_a_value_and_one_beside_a_list_is_a_case_of_it() {
    Each(values, "String").gives(&[
        ("The way of the water.\n- SEA: It goes there.", "SEA"),
        ("The way of the water.\n- sea: It goes there.", ""),
        ("The way water must go.\n- SEA: It goes there.", ""),
        (
            "水流\n- EBB 退潮的API\n- FLOOD 涨潮的API\n说明： 调用者必须是API拥有者。\nEBB模式，调用者必须有API。",
            "EBB FLOOD",
        ),
        (
            "Acceptable values are: Ebb2 - it falls\nFlood 2 - it rises",
            "",
        ),
    ]);
}

#[test]
fn quoted_values_may_each_have_a_noun_of_their_own() {
    for description in [
        "水尺类型，包括“EBB”标准型和“FLOOD”性能型。",
        "取值为“EBB”水尺或“FLOOD”闸门。",
    ] {
        let found = values("String", description);
        assert_eq!(found, "EBB FLOOD", "{description}");
    }
    assert_eq!(values("String", "取值为IP地址，或者cidr格式。"), "");
}
