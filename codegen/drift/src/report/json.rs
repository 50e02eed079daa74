//! The report for programs.

use serde_json::{Value as Json, json};

use super::{Report, place};
use crate::check::{Checked, PageDifference, Standing};
use crate::claim::ClaimValue;
use crate::document::DocumentOperation;
use crate::foreign;

/// The version of this form; a field may be added without raising it, none is taken away.
const VERSION: u32 = 2;

pub(super) fn render(report: &Report<'_>) -> String {
    let pages: Vec<Json> = report
        .pages
        .iter()
        .filter_map(|(checked, _)| {
            let operation = report.operation(checked)?;
            let differences: Vec<Json> = report
                .told(checked)
                .map(|it| difference(report, operation, checked, it))
                .collect();
            let unreadable: Vec<Json> = checked
                .comparison
                .unreadable
                .iter()
                .map(|(why, at)| json!({"file": checked.file(*at), "line": at.first, "endLine": at.last, "why": why}))
                .collect();
            let besides: Vec<Json> = checked
                .comparison
                .besides
                .iter()
                .map(|(said, at)| json!({"file": checked.file(*at), "line": at.first, "endLine": at.last, "says": said}))
                .collect();
            Some(json!({
                "file": checked.files.first(),
                "files": checked.files,
                "operation": operation.label(),
                "document": operation.file,
                "reviewed": report.review(operation).map(|it| it.reviewed.to_string()),
                "differences": differences,
                "onPurpose": checked.comparison.differences.len() - checked.comparison.open().count(),
                "unreadable": unreadable,
                "besides": besides,
                "notes": checked.comparison.notes,
            }))
        })
        .collect();
    let failures: Vec<Json> = report
        .failures
        .iter()
        .map(|it| json!({"file": it.file, "message": it.message}))
        .collect();
    let counts = report.counts();
    let out = json!({
        "version": VERSION,
        "pages": pages,
        "failures": failures,
        "summary": {
            "open": counts.open,
            "pending": counts.pending,
            "breaking": counts.breaking,
            "onPurpose": counts.on_purpose,
        },
    });
    foreign::json(&format!("{out:#}\n"))
}

fn difference(
    report: &Report<'_>,
    operation: &DocumentOperation,
    checked: &Checked,
    it: &PageDifference,
) -> Json {
    let (file, line, column) = place(report.spec, operation, it);
    let mut out = json!({
        "code": it.code().code,
        "fact": it.name.to_string(),
        "kind": it.kind.word(),
        "message": it.to_string(),
        "page": {"value": value(it.page.as_ref()), "file": checked.file(it.page_at), "line": it.page_at.first, "endLine": it.page_at.last},
        "spec": {"value": value(it.spec.as_ref()), "file": file, "line": line, "column": column},
        "standing": it.standing.word(),
        "breaking": it.breaking.breaks,
        "why": it.breaking.why,
    });
    if let Some(fields) = out.as_object_mut() {
        if let Some(also) = it.page_also {
            let also =
                json!({"file": checked.file(also), "line": also.first, "endLine": also.last});
            fields.insert("pageAlso".into(), also);
        }
        if let Some(before) = &it.reviewed {
            fields.insert("reviewed".into(), value(Some(before)));
        }
        if let Standing::OnPurpose { reason } = &it.standing {
            fields.insert("reason".into(), json!(reason));
        }
    }
    out
}

fn value(value: Option<&ClaimValue>) -> Json {
    match value {
        None => Json::Null,
        Some(ClaimValue::One(text)) => json!(text),
        Some(ClaimValue::Many(items)) => json!(items),
    }
}
