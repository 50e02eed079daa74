//! What a description announces is read, or it is said that it was not.

use huaweicloud_pages::facts::Facts;
use huaweicloud_pages::read;

/// A page with a request field `mode` and an answer's field `depth`, described as told.
fn page(mode: &str, depth: &str) -> Facts {
    let text = format!(
        "# Setting a Gauge\n\n## URI\n\nPUT /v1/gauges\n\n## Request\n\nTable 1 Request parameters\n\n\
         | Parameter | Mandatory | Type | Description |\n|---|---|---|---|\n| mode | Yes | String | {mode} |\n\n\
         ## Response\n\nTable 2 Response parameters\n\n\
         | Parameter | Type | Description |\n|---|---|---|\n| depth | String | {depth} |\n"
    );
    read("gauge.md", text.as_bytes()).expect("a page")
}

fn values(facts: &Facts) -> Option<Vec<String>> {
    let (_, mode) = facts.parameters.first().expect("a field");
    mode.enum_values.as_ref().map(|fact| fact.value.clone())
}

#[test]
fn an_announced_list_is_read_or_reported() {
    for list in [
        "**ebb**, **null**",
        "**ebb**, **退潮**",
        "**ebb**, **(low**",
        "**ebb**, **high tide at sea**",
        "ebb, {low}",
    ] {
        let facts = page(&format!("Mode. Enumeration values: {list}"), "Depth.");
        assert_eq!(values(&facts), None, "{list}");
        let [(words, lines)] = facts.unreadable.as_slice() else {
            panic!("{list}: {:?}", facts.unreadable);
        };
        assert!(words.starts_with("mode: the allowed values"), "{words}");
        assert_eq!(lines.first, 13, "{list}");
    }
}

#[test]
fn lists_behind_other_clear_words_are_reported_too() {
    for words in [
        "Options: ebb, high tide, low tide",
        "The value can be ebb or high tide.",
        "Possible values:<br>- high tide at sea<br>- low tide",
        "枚举值：退潮、涨潮",
    ] {
        let facts = page(words, "Depth.");
        assert_eq!(values(&facts), None, "{words}");
        assert_eq!(facts.unreadable.len(), 1, "{words}");
    }
    // Not a list at all.
    for words in [
        "The value can be changed later, by another call.",
        "The value, which can be obtained by calling an API or from the console.",
        "The value can be the name of a gate or a part of it.",
    ] {
        assert_eq!(page(words, "Depth.").unreadable, [], "{words}");
    }
}

#[test]
fn plain_words_and_quoted_ones_are_values() {
    for (list, expected) in [
        ("**ebb**, **/dev/tide**", ["ebb", "/dev/tide"]),
        ("ebb, and y#z", ["ebb", "y#z"]),
        ("\"ebb\", or \"low tide\"", ["ebb", "low tide"]),
    ] {
        let facts = page(&format!("Mode. Enumeration values: {list}"), "Depth.");
        assert_eq!(
            values(&facts),
            Some(expected.map(str::to_owned).to_vec()),
            "{list}"
        );
        assert_eq!(facts.unreadable, [], "{list}");
    }
}

#[test]
fn bounds_that_cannot_be_read_are_reported() {
    let facts = page("The length ranges from 9 to 1 characters.", "Depth.");
    assert_eq!(facts.unreadable.len(), 1, "{:?}", facts.unreadable);
    let facts = page("The length ranges from 1 to 9 characters.", "Depth.");
    assert_eq!(facts.unreadable, []);
    assert_eq!(facts.parameters[0].1.lengths.len(), 1);
}

#[test]
fn bounds_of_what_comes_back_are_kept_apart() {
    for said in [
        "The value ranges from 1 to 9.",
        "The length ranges from 1 to 9 characters.",
    ] {
        let facts = page("Mode.", said);
        assert_eq!(facts.unreadable, []);
        let [(words, lines)] = facts.left_out.as_slice() else {
            panic!("{said}: {:?}", facts.left_out);
        };
        assert!(words.starts_with("depth: "), "{words}");
        assert_eq!(lines.first, 21);
    }
}

#[test]
fn lists_that_stand_elsewhere_are_not_lost() {
    let facts = page(
        "Mode. Enumeration values: For details, see Modes.",
        "Depth.",
    );
    assert_eq!((facts.unreadable.len(), facts.left_out.len()), (0, 1));
}

#[test]
fn a_column_for_values_that_gives_none_is_unreadable() {
    let cells = |range: &str| {
        let text = format!(
            "# Setting a Gauge\n\n## URI\n\nPUT /v1/gauges\n\n## Request\n\nTable 1 Request parameters\n\n\
             | Parameter | Mandatory | Type | Value Range | Description |\n|---|---|---|---|---|\n| mode | Yes | String | {range} | Mode. |\n"
        );
        crate::refused(&read("gauge.md", text.as_bytes()).expect("a page"))
    };
    assert_eq!(cells("ebb, {low}"), 1);
    assert_eq!(cells("ebb, low"), 0);
    assert_eq!(cells("N/A"), 0);
}

#[test]
fn classes_of_statuses_are_told_in_text_too() {
    for class in ["4XX", "5xx"] {
        let text = format!(
            "Querying a Gauge\n\nURI\n\nGET /v1/gauges\n\nStatus Codes\n\n\
             Status Code\n\nDescription\n\n200\n\nIt is done.\n\n{class}\n\nIt is refused.\n"
        );
        let facts = read("gauge.txt", text.as_bytes()).expect("a page");
        assert_eq!(crate::refused(&facts), 2, "{class}");
    }
}
