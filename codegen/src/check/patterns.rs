//! Regular expressions of `pattern` compile.

use std::collections::HashSet;

use jsonschema::Draft;
use serde_json::{Value, json};

use super::Check;
use super::outline::Outline;
use crate::diagnostic::{Class, Report, Rule, Severity};
use crate::grammar::Kind;

pub(super) const CHECK: Check = Check {
    rules: &[RULE],
    run: check,
};

const RULE: Rule = Rule {
    code: "schema::pattern",
    severity: Severity::Warning,
    class: Class::Lint,
    explanation: "A `pattern` does not compile.",
    remedy: "Correct the pattern: a regular expression of ECMA 262.",
    fires: &["components: {schemas: {A: {type: string, pattern: '('}}}"],
    silent: &["components: {schemas: {A: {type: string, pattern: '^a+$'}}}"],
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    let broken = broken(outline);
    for site in outline.of(Kind::Schema).filter(|_| !broken.is_empty()) {
        let Some(node) = site.node.get("pattern") else {
            continue;
        };
        if let Some(pattern) = node.as_str().filter(|it| broken.contains(*it)) {
            let message = format!("the pattern `{pattern}` does not compile");
            report
                .find(&RULE, &node.span, message, "not a regular expression")
                .help("write it as ECMA 262 does; `\\` is written once, unless in double quotes");
        }
    }
}

/// The patterns that do not compile.
pub(super) fn broken<'o>(outline: &'o Outline<'_>) -> &'o HashSet<String> {
    outline.broken_patterns.get_or_init(|| {
        let schemas = outline.of(Kind::Schema);
        let patterns = schemas.filter_map(|site| site.node.get("pattern")?.as_str());
        let mut patterns: HashSet<String> = patterns.map(str::to_owned).collect();
        if patterns.is_empty()
            || compiles(patterns.iter().map(|it| json!({"pattern": it})).collect())
        {
            return HashSet::new();
        }
        // At least one is broken; now each is tried alone.
        patterns.retain(|pattern| !compiles(vec![json!({"pattern": pattern})]));
        patterns
    })
}

/// Whether a text is a regular expression that a schema can have.
pub fn is_pattern(text: &str) -> bool {
    compiles(vec![json!({"pattern": text})])
}

fn compiles(schemas: Vec<Value>) -> bool {
    jsonschema::options()
        .with_draft(Draft::Draft7)
        .offline()
        .build(&json!({"anyOf": schemas}))
        .is_ok()
}
