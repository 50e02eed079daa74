//! The report as SARIF 2.1.0, which code hosts and editors show.

use std::path::{Component, Path};

use serde_json::{Value as Json, json};

use super::{Report, Severity, place};
use crate::check::{Checked, PageDifference, Standing};
use crate::code;
use crate::document::DocumentOperation;
use crate::foreign;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub(super) fn render(report: &Report<'_>) -> String {
    let rules: Vec<Json> = code::ALL
        .iter()
        .map(|it| json!({"id": it.code, "shortDescription": {"text": it.about}}))
        .collect();
    let results = report.all_told();
    let results = results.map(|(checked, operation, it)| result(report, operation, checked, it));
    let results: Vec<Json> = results.collect();
    let notifications: Vec<Json> = report
        .failures
        .iter()
        .map(|it| {
            json!({
                "level": "error",
                "message": {"text": it.message},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(&it.file)}}}],
            })
        })
        .collect();
    let out = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "cargo codegen docs check",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": report.is_complete(),
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    });
    foreign::json(&format!("{out:#}\n"))
}

/// The document's line is the main place: it is in the repository and can be edited.
fn result(
    report: &Report<'_>,
    operation: &DocumentOperation,
    checked: &Checked,
    it: &PageDifference,
) -> Json {
    let (file, line, column) = place(report.spec, operation, it);
    let level = match Severity::of(it) {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let rule = code::ALL.iter().position(|rule| *rule == it.code());
    let places = [Some(it.page_at), it.page_also].into_iter().flatten();
    let related: Vec<Json> = places
        .enumerate()
        .map(|(index, at)| {
            json!({
                "id": index + 1,
                "message": {"text": "the page"},
                "physicalLocation": {
                    "artifactLocation": {"uri": uri(checked.file(at))},
                    "region": {"startLine": at.first.max(1), "endLine": at.last.max(at.first).max(1)},
                },
            })
        })
        .collect();
    let mut out = json!({
        "ruleId": it.code().code,
        "ruleIndex": rule,
        "level": level,
        "message": {"text": format!("{}; {}", it.to_string(), report.standing(operation, it))},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": uri(file)},
            "region": {"startLine": line, "startColumn": column},
        }}],
        "relatedLocations": related,
        "partialFingerprints": {"fact/v1": format!("{} {}", operation.label(), it.name)},
        "properties": {
            "kind": it.kind.word(),
            "standing": it.standing.word(),
            "breaking": it.breaking.breaks,
            "why": it.breaking.why,
        },
    });
    if let (Standing::OnPurpose { reason }, Some(fields)) = (&it.standing, out.as_object_mut()) {
        let suppression =
            json!([{"kind": "external", "status": "accepted", "justification": reason}]);
        fields.insert("suppressions".into(), suppression);
    }
    out
}

/// A path as the reference of a URI.
fn uri(path: &str) -> String {
    let encode = |text: &str| {
        let mut out = String::new();
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                out.push(char::from(byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
        out
    };
    let components = Path::new(path).components();
    let (mut absolute, mut parts) = (false, Vec::new());
    for component in components {
        match component {
            Component::RootDir => absolute = true,
            Component::CurDir => {}
            other => parts.push(encode(&other.as_os_str().to_string_lossy())),
        }
    }
    let joined = parts.join("/");
    if absolute {
        format!("file:///{joined}")
    } else {
        joined
    }
}
