//! Regular expressions of `pattern` compile.

use std::collections::{HashMap, HashSet};

use jsonschema::Draft;
use serde_json::{Value, json};

use super::grammar::Kind;
use super::outline::Outline;
use crate::diagnostic::{Report, codes};
use crate::load::tree::Node;

/// Warns of patterns that do not compile, and returns them.
pub(super) fn check<'a>(outline: &Outline<'a>, report: &mut Report<'_>) -> HashSet<&'a str> {
    let mut places: HashMap<&str, Vec<&Node>> = HashMap::new();
    for site in outline.of(Kind::Schema) {
        if let Some(node) = site.node.get("pattern")
            && let Some(pattern) = node.as_str()
        {
            places.entry(pattern).or_default().push(node);
        }
    }
    if places.is_empty() || compiles(places.keys().map(|it| json!({"pattern": it})).collect()) {
        return HashSet::new();
    }
    // At least one is broken; now each is tried alone.
    places.retain(|pattern, _| !compiles(vec![json!({"pattern": pattern})]));
    for (pattern, nodes) in &places {
        for node in nodes {
            let message = format!("the pattern `{pattern}` does not compile");
            report
                .warning(
                    codes::PATTERN,
                    &node.span,
                    message,
                    "not a regular expression",
                )
                .help("write it as ECMA 262 does; `\\` is written once, unless in double quotes");
        }
    }
    places.into_keys().collect()
}

fn compiles(schemas: Vec<Value>) -> bool {
    jsonschema::options()
        .with_draft(Draft::Draft7)
        .offline()
        .build(&json!({"anyOf": schemas}))
        .is_ok()
}
