//! Keywords that say nothing about the type of their schema.

use super::Check;
use super::outline::{Outline, Site};
use super::spelling;
use crate::diagnostic::{Class, Report, Rule, Severity};
use crate::grammar::Kind;

pub(super) const CHECK: Check = Check {
    rules: &[RULE],
    run: check,
};

const RULE: Rule = Rule {
    code: "schema::keyword-type",
    severity: Severity::Warning,
    class: Class::Lint,
    explanation: "A keyword says nothing about the type of its schema.",
    remedy: "Remove the keyword, or correct the type.",
    fires: &["components: {schemas: {A: {type: integer, maxLength: 3}}}"],
    silent: &[
        "components: {schemas: {A: {type: string, maxLength: 3}}}",
        "components: {schemas: {A: {maxLength: 3}}}",
    ],
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    for site in outline.of(Kind::Schema) {
        look(site, report);
    }
}

/// Which keywords speak of which type.
const KEYWORDS: &[(&[&str], &[&str])] = &[
    (&["minLength", "maxLength", "pattern"], &["string"]),
    (
        &[
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
        ],
        &["integer", "number"],
    ),
    (
        &["items", "minItems", "maxItems", "uniqueItems"],
        &["array"],
    ),
    (
        &[
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
        ],
        &["object"],
    ),
];

fn look(site: &Site<'_>, report: &mut Report<'_>) {
    let Some(schema_type) = site.node.entry("type") else {
        return;
    };
    let Some(word) = schema_type.value.as_str() else {
        return;
    };
    for (keywords, types) in KEYWORDS.iter().filter(|(_, types)| !types.contains(&word)) {
        for entry in site.node.entries() {
            if !keywords.contains(&entry.key.as_str()) {
                continue;
            }
            let (key, types) = (&entry.key, spelling::one_of(types));
            let message = format!("`{key}` says nothing about the type `{word}`");
            report
                .find(&RULE, &entry.key_span, message, "no effect")
                .related(&schema_type.value.span, "the type")
                .help(format!("remove it, or change the type to {types}"));
        }
    }
}
