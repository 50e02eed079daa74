//! The report for programs.

use huaweicloud_pages::block::Lines;
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
                .map(|(why, at)| place_and(checked, *at, "why", json!(why)))
                .collect();
            let besides: Vec<Json> = checked
                .comparison
                .besides
                .iter()
                .map(|(said, at)| place_and(checked, *at, "says", json!(said)))
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
        "page": place_and(checked, it.page_at, "value", value(it.page.as_ref())),
        "spec": {"value": value(it.spec.as_ref()), "file": file, "line": line, "column": column},
        "standing": it.standing.word(),
        "breaking": it.breaking.breaks,
        "why": it.breaking.why,
    });
    if let Some(fields) = out.as_object_mut() {
        if let Some(also) = it.page_also {
            let second = it.page.as_ref().and_then(|it| it.items().get(1));
            let also = place_and(checked, also, "value", json!(second));
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

/// Something with its place; a column is there where the line alone does not tell.
fn place_and(checked: &Checked, at: Lines, key: &str, said: Json) -> Json {
    let mut out =
        json!({key: said, "file": checked.file(at), "line": at.first, "endLine": at.last});
    if let (Some(fields), 1..) = (out.as_object_mut(), at.column) {
        fields.insert("column".into(), at.column.into());
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
