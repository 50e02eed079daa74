//! What reading the text finds.

use super::rules;

rules! { YAML;
    SYNTAX = "yaml::syntax", Invalid Error,
        "The text is not YAML, so nothing in it can be read.",
        "Correct the place shown: most often a value with `: ` that needs quotes, or keys that do not stand in one column.",
        fires ["tags: [{name: a]"], silent ["tags: [{name: a}]"];
    EMPTY = "yaml::empty", Invalid Error,
        "The file holds no document: it is empty, or comments are all there is.",
        "Begin it with `openapi: 3.0.3`, `info:` and `paths:`.",
        fires [], silent ["tags: []"];
    SEVERAL_DOCUMENTS = "yaml::several-documents", Invalid Error,
        "The file holds a second YAML document behind `---`, which no reader of OpenAPI takes.",
        "Keep one document in a file.",
        fires ["---\na: 1"], silent ["tags: [{name: '---'}]"];
    DUPLICATE_KEY = "yaml::duplicate-key", Invalid Error,
        "A mapping has the same key twice. Readers differ in which one they take.",
        "Keep one of them.",
        fires ["x-a: {b: 1, b: 2}"], silent ["x-a: {b: 1, c: 2}"];
    KEY_NOT_TEXT = "yaml::key-not-text", Invalid Error,
        "A key is neither text nor a whole number: YAML reads `true`, `null` and `1.5` as something else.",
        "Put the key in quotes.",
        fires ["x-a: {true: 1}"], silent ["x-a: {'true': 1, 200: 2}"];
    TAG = "yaml::tag", Invalid Error,
        "A value carries a tag that YAML's core schema does not have, or one that contradicts the value.",
        "Remove the tag: plain YAML says what kind a value is.",
        fires ["x-a: !secret b", "x-a: !!int b"], silent ["x-a: !!str b"];
    NUMBER = "yaml::number", Invalid Error,
        "A number that JSON cannot write: infinite, or none at all.",
        "Leave the field out, or put the value in quotes if it is text.",
        fires ["x-a: .inf"], silent ["x-a: '.inf'"];
    MERGE_KEY = "yaml::merge-key", Invalid Error,
        "`<<` merges something that is not a mapping.",
        "Name the anchor of a mapping, or quote the key if it is a plain one.",
        fires ["x-a: {<<: text}"], silent ["x-a: {<<: {b: 1}}"];
    TOO_DEEP = "yaml::too-deep", Invalid Error,
        "Lists and mappings stand inside each other more than 64 deep.",
        "Move inner schemas to `components` and refer to them.",
        fires ["x-a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"],
        silent ["x-a: [[[[]]]]"];
    ALIAS = "yaml::alias", Invalid Error,
        "An alias stands inside the value that it repeats, or aliases blow the document up.",
        "Write the value out, and describe recursion with `$ref`.",
        fires ["x-a: &a [*a]"], silent ["x-a: [&a 1, *a]"];
}
