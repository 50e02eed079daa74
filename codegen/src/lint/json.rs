//! Findings for programs.

use serde_json::{Value as Json, json};

use super::{Finding, Linted, Texts};
use crate::diagnostic::Severity;

/// The version of this form; a field may be added without raising it, none is taken away.
const VERSION: u32 = 1;

pub(super) fn render(all: &[Linted], failures: &[(String, String)]) -> String {
    let findings = all.iter().flat_map(|linted| linted.each(finding));
    let findings: Vec<Json> = findings.collect();
    let failures = failures
        .iter()
        .map(|(file, message)| json!({"file": file, "message": message}));
    let count = |severity: Severity| {
        let sorted = all.iter().flat_map(|it| it.found.sorted());
        sorted.filter(|it| it.severity == severity).count()
    };
    let out = json!({
        "version": VERSION,
        "findings": findings,
        "failures": failures.collect::<Vec<Json>>(),
        "summary": {
            "documents": all.len(),
            "errors": count(Severity::Error),
            "warnings": count(Severity::Warning),
        },
    });
    format!("{out:#}\n")
}

fn finding(it: Finding<'_>, texts: &Texts<'_>) -> Json {
    let related = it.diagnostic.related.iter().map(|it| {
        let at = texts.position(&it.path, it.span.start);
        json!({"file": it.path, "line": at.line, "column": at.column, "label": it.label})
    });
    json!({
        "code": it.diagnostic.code,
        "class": it.class.to_string(),
        "severity": it.diagnostic.severity.to_string(),
        "message": it.diagnostic.message,
        "help": it.diagnostic.help,
        "file": it.diagnostic.path,
        "line": it.start.line,
        "column": it.start.column,
        "endLine": it.end.line,
        "endColumn": it.end.column,
        "label": it.diagnostic.label,
        "owner": {
            "kind": it.owner.kind(),
            "name": it.owner.name(),
            "pointer": it.owner.pointer(),
        },
        "related": related.collect::<Vec<Json>>(),
    })
}
