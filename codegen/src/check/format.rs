//! Formats are those that people know, or none that is nearly one.

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
    code: "schema::format",
    severity: Severity::Error,
    class: Class::Lossy,
    explanation: "A `format` is nearly one that is known: as a warning, but for what may have been meant to be a secret.",
    remedy: "Correct the format; one that nobody knows is left as it is.",
    fires: &["components: {schemas: {A: {type: string, format: pasword}}}"],
    silent: &[
        "components: {schemas: {A: {type: string, format: password}}}",
        "components: {schemas: {A: {type: string, format: colour}}}",
    ],
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    for site in outline.of(Kind::Schema) {
        look(outline, site, report);
    }
}

/// Formats people know; anything else is allowed, but a near miss is told.
const FORMATS: &[&str] = &[
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "float",
    "double",
    "decimal",
    "byte",
    "binary",
    "date",
    "time",
    "date-time",
    "duration",
    "password",
    "uuid",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "uri",
    "url",
    "uri-reference",
    "regex",
    "json-pointer",
];

/// Whether a format is none, and nearly `password`: mistyped it would print the secret, so more distance
/// is near there.
pub fn is_nearly_secret(format: &str) -> bool {
    !FORMATS.contains(&format) && spelling::distance(&format.to_lowercase(), "password") <= 2
}

fn look(outline: &Outline<'_>, site: &Site<'_>, report: &mut Report<'_>) {
    let Some(format) = site.node.get("format") else {
        return;
    };
    let Some(word) = format.as_str().filter(|word| !FORMATS.contains(word)) else {
        return;
    };
    let near = if is_nearly_secret(word) {
        Some("password")
    } else {
        let long = FORMATS.iter().copied().filter(|it| it.len() > 4);
        long.into_iter()
            .find(|it| spelling::distance(word, it) <= 1)
    };
    if let Some(near) = near {
        let message = format!("the format `{word}` is not known");
        let is_ours = !outline.profile.is_foreign();
        let severity = match near == "password" && is_ours {
            true => Severity::Error,
            false => Severity::Warning,
        };
        let label = "unknown".to_owned();
        report
            .add(severity, RULE.code, &format.span, message, label)
            .help(format!("did you mean `{near}`?"));
    }
}
