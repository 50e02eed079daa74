//! Lengths and ranges.

use super::{Each, Typed, field, length, range};

#[test]
fn lengths() {
    Typed(length).give(&[
        ("String", "The label contains 1 to 64 characters.", "1..64"),
        ("String", "It is 1–64 characters long.", "1..64"),
        ("String", "The length ranges from 1 to 64.", "1..64"),
        (
            "String",
            "The length is greater than 0 and less than 256",
            "1..255",
        ),
        ("String", "A maximum of 255 bytes is allowed.", "_..255"),
        ("String", "长度限制为64个字符。", "_..64"),
        (
            "String",
            "The maximum length of the ID is 4096 bytes.",
            "_..4096",
        ),
        (
            "String",
            "It contains at most 36 characters and cannot be left blank.",
            "1..36",
        ),
        (
            "String",
            "It can contain up to 1,024 characters, all told.",
            "_..1024",
        ),
        ("String", "长度为4～64个字符。", "4..64"),
        ("String", "The code. Contains exactly 6 characters.", "6..6"),
        ("String", "The code must be 6 characters.", "6..6"),
        (
            "String",
            "O código. Contém exatamente 6 caracteres.",
            "6..6",
        ),
        (
            "String",
            "Código. Contiene exactamente 6 caracteres.",
            "6..6",
        ),
        (
            "String",
            "Le code. Contient exactement 6 caractères.",
            "6..6",
        ),
        ("String", "必须为6个字符。", "6..6"),
        ("String", "标签。最大长度：1024", "_..1024"),
        ("String", "最小长度：1\n最大长度：64", "1..64"),
        ("String", "描述不能超过256个字符。", "_..256"),
        (
            "String",
            "描述。若不指定，描述为空。描述不能超过256个字符。",
            "0..256",
        ),
        (
            "String",
            "描述。描述为空时不校验。描述不能超过256个字符。",
            "_..256",
        ),
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
        ("String", "水位名称。字符范围0-64", "0..64"),
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
    ]);
}

#[test]
fn ranges() {
    Typed(range).give(&[
        ("Integer", "The value ranges from 1 to 100.", "1..100"),
        ("Integer", "Value range: 1-100", "1..100"),
        ("Integer", "取值范围[1,100]，默认为10。", "1..100"),
        ("Integer", "取值范围(0,100]", "1..100"),
        // What is next to an end that is left out is no number for fractions.
        ("Double", "The value range is (0,1].", ""),
        ("Float", "The value ranges from 0.5 to 1.", "0.5..1"),
        ("Double", "取值范围：0.1~0.9", "0.1..0.9"),
        ("Float", "The maximum value is 0.95.", "_..0.95"),
        ("Integer", "The value ranges from 0.5 to 1.", ""),
        ("String", "取值范围：3.0~3.6", ""),
        (
            "Integer",
            "The value ranges from 1 to 9,999, in seconds.",
            "1..9999",
        ),
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
    ]);
}

/// A bare number of characters is exact where a value of that length is shown, otherwise it may be the most.
#[test]
fn a_bare_count_is_exact_where_a_value_shows_it() {
    Each(length, "String").gives(&[
        ("水尺ID，12字节，例如：gauge0123456", "12..12"),
        ("水尺编号，12字节序列号。例如：gauge0123456", "12..12"),
        (
            "Gauge ID, 12 characters, for example gauge0123456",
            "12..12",
        ),
        ("水尺ID，12字节，例如：gauge01", ""),
        ("Gauge name, 10 characters", ""),
        ("Gauge name, 4 bytes", ""),
        ("水尺和水尺的摘要（12字节）。例如：gauge0123456", ""),
    ]);
}

/// Of one of those that a text puts together; each value is the field.
#[test]
fn the_length_of_each_part_of_a_text_is_none_of_the_text() {
    Each(length, "String").gives(&[
        ("标签。单个标签不超过16个字节，多个用逗号分隔。", ""),
        (
            "Parts, separated by commas. Each part can contain a maximum of 16 characters.",
            "",
        ),
        ("每个值最大长度16个字符。", "_..16"),
        ("单个名称长度不超过64个字符。", "_..64"),
        (
            "Each value can contain a maximum of 16 characters.",
            "_..16",
        ),
    ]);
}

/// The value of a field that is called a length is one itself.
#[test]
fn a_length_may_be_what_the_value_is() {
    let found = super::field("data_length", "String", "明文字节长度，取值范围为1~1024。");
    assert_eq!(super::shown(&found.ranges), "1..1024");
    assert_eq!(super::shown(&found.lengths), "");
}

#[test]
fn what_is_counted_by_another_noun_is_no_length() {
    let words = "The length is limited, with a maximum of 11 layers of gates.";
    assert_eq!(length("String", words), "");
    assert_eq!(
        length("String", "The length is at most 11 characters."),
        "_..11"
    );
}

#[test]
fn numbers_that_are_none_of_the_bounds() {
    Each(range, "Integer").gives(&[
        ("The maximum value is the gauges minus 1.", ""),
        ("水位，范围为>= 5MB/s且<=10GB/s。", ""),
        ("水位，范围为>= 5MB/s且<=10MB/s。", "5..10"),
        ("- 大于等于0表示从头开始。\n- 小于0表示从尾开始。", ""),
        (
            "For example, it is 12:30. The depth is then [158, 160].",
            "",
        ),
        (
            "Minimum: 0\nMaximum: 10000\nRegular expression matching: ^([0][1-9]|10000)$",
            "0..10000",
        ),
        (
            "Minimum: 1 Maximum: 64 Regular expression: ^[a-z]{1,32}$",
            "1..64",
        ),
    ]);
    Each(range, "String").gives(&[
        ("Maximum value: 400", "_..400"),
        ("几天后，取值为7到96。", "7..96"),
        ("不能包含值ASCII(0-31)。", ""),
    ]);
    Each(length, "String").gives(&[
        ("Maximum value: 400", ""),
        ("标签。缺省值：0最小长度：0最大长度：36", "0..36"),
        (
            "It contains a maximum of 43 characters. It can be an empty string but cannot be a space.",
            "0..43",
        ),
    ]);
}

/// Ends that share what they count, units that lost their blank, and what words bound.
#[test]
fn ends_in_other_words() {
    Each(range, "Integer").gives(&[
        ("Value range: 1–300s", "1..300"),
        ("取值：1-50s。", "1..50"),
        ("It must be a positive integer.", "1.._"),
        ("正整数。", "1.._"),
        ("It must be a positive number. It is 0 by default.", ""),
        ("-1 or a positive integer.", ""),
        ("A positive integer adds gates.", ""),
        ("A positive integer. Zero means no limit.", ""),
        (
            "The number of gates (for example, 3). It ranges from 1 to 9.",
            "1..9",
        ),
        ("闸门数，例如3个。不能大于9。", "_..9"),
        ("The depth is -1 or greater than 0.", ""),
    ]);
    Each(length, "String").gives(&[
        ("It has at least 12 and at most 64 characters.", "12..64"),
        ("Contém no mínimo 12 e no máximo 64 caracteres.", "12..64"),
        (
            "Il contient un minimum de 8 caractères et un maximum de 64 caractères.",
            "8..64",
        ),
        (
            "The name can contain a maximum of 64 bytes consisting of only letters and digits.",
            "_..64",
        ),
        ("Range: String (UUID), 1 to 64 characters", "1..64"),
        (
            "A regular expression with 1 to 64 characters, such as ^[a-z]{1,3}$.",
            "1..64",
        ),
        ("取值范围：String (128)，只能包含字母。", "_..128"),
        ("标签（随闸门返回）最小长度：**0**最大长度：**36**", "0..36"),
    ]);
}

#[test]
fn bounds_that_no_keyword_has_are_noted() {
    for (type_, text, noted) in [
        (
            "Integer",
            "The value ranges from 2 to the number of gates. The maximum value is 20.",
            "from 2 to",
        ),
        (
            "Integer",
            "It must be greater than 0 and a common multiple of 4 and 10.",
            "multiple",
        ),
        ("String", "It cannot contain ASCII (0-31).", ""),
        ("Integer", "At most 64.", ""),
    ] {
        let notes = field("depth", type_, text).unclear;
        let words: Vec<&str> = notes.iter().map(|it| it.words.as_str()).collect();
        let is_noted = words.iter().any(|it| it.contains(noted)) && !noted.is_empty();
        assert_eq!(is_noted, !words.is_empty(), "{text}: {words:?}");
        assert_eq!(is_noted, !noted.is_empty(), "{text}: {words:?}");
    }
}
