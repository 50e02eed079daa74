//! The report for programs.

use huaweicloud_pages::block::Lines;
use serde_json::{Value as Json, json};

use super::{Page, Report, Told};
use crate::check::{Checked, Standing};
use crate::claim::ClaimValue;
use crate::foreign;

/// The version of this form; a field may be added without raising it, none is taken away.
const VERSION: u32 = 2;

impl Report<'_> {
    /// For programs: everything.
    pub fn json(&self) -> String {
        let pages: Vec<Json> = self.pages().map(page).collect();
        let failures = self.failures.iter();
        let failures = failures.map(|it| json!({"file": it.file, "message": it.message}));
        let failures: Vec<Json> = failures.collect();
        let counts = self.counts();
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
}

fn page(page: Page<'_>) -> Json {
    let Page {
        checked, operation, ..
    } = page;
    let comparison = &checked.comparison;
    let places = |key: &'static str, said: &[(String, Lines)]| {
        let said = said.iter();
        let said = said.map(|(said, at)| place_and(checked, *at, key, json!(said)));
        said.collect::<Vec<_>>()
    };
    json!({
        "file": checked.files.first(),
        "files": checked.files,
        "operation": operation.label(),
        "document": operation.file,
        "reviewed": page.review.map(|it| it.reviewed.to_string()),
        "differences": page.told().map(difference).collect::<Vec<_>>(),
        "onPurpose": comparison.differences.len() - comparison.open().count(),
        "unreadable": places("why", &checked.page.unreadable),
        "besides": places("says", &comparison.besides),
        "notes": comparison.notes,
    })
}

fn difference(told: Told<'_>) -> Json {
    let (it, checked) = (told.it, told.page.checked);
    let (file, line, column) = told.place();
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
            let also = place_and(checked, also, "value", json!(it.second()));
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
