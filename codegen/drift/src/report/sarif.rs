//! The report as SARIF 2.1.0, which code hosts and editors show.

use huaweicloud_codegen::diagnostic::formats::sarif::{self, SarifRun};
use serde_json::{Value as Json, json};

use super::{Report, place, weight};
use crate::check::{Checked, PageDifference, Standing};
use crate::code;
use crate::document::DocumentOperation;
use crate::foreign;

pub(super) fn render(report: &Report<'_>) -> String {
    let rules: Vec<Json> = code::ALL
        .iter()
        .map(|it| json!({"id": it.code, "shortDescription": {"text": it.about}}))
        .collect();
    let results = report.all_told();
    let results = results.map(|(checked, operation, it)| result(report, operation, checked, it));
    let results: Vec<Json> = results.collect();
    let failures = report.failures.iter();
    let run = SarifRun {
        tool: "cargo codegen docs check",
        version: env!("CARGO_PKG_VERSION"),
        rules,
        results,
        failures: failures
            .map(|it| (it.file.as_str(), it.message.as_str()))
            .collect(),
        is_complete: report.is_complete(),
    };
    foreign::json(&run.log())
}

/// The document's line is the main place: it is in the repository and can be edited.
fn result(
    report: &Report<'_>,
    operation: &DocumentOperation,
    checked: &Checked,
    it: &PageDifference,
) -> Json {
    let (file, line, column) = place(report.spec, operation, it);
    let rule = code::ALL.iter().position(|rule| *rule == it.code());
    let places = [Some(it.page_at), it.page_also].into_iter().flatten();
    let related: Vec<Json> = places
        .enumerate()
        .map(|(index, at)| {
            let mut region =
                json!({"startLine": at.first.max(1), "endLine": at.last.max(at.first).max(1)});
            if let (Some(fields), 1..) = (region.as_object_mut(), at.column) {
                fields.insert("startColumn".into(), at.column.into());
            }
            json!({
                "id": index + 1,
                "message": {"text": checked.page.witness([at.file]).who()},
                "physicalLocation": sarif::place(checked.file(at), region),
            })
        })
        .collect();
    let mut out = json!({
        "ruleId": it.code().code,
        "ruleIndex": rule,
        "level": sarif::level(weight(it)),
        "message": {"text": format!("{}; {}", it.to_string(), report.standing(operation, it))},
        "locations": [{"physicalLocation": sarif::place(
            file,
            json!({"startLine": line, "startColumn": column}),
        )}],
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
