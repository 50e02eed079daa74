//! The report as SARIF 2.1.0, which code hosts and editors show.

use huaweicloud_codegen::diagnostic::formats::sarif::{self, SarifRun};
use serde_json::{Value as Json, json};

use super::{Page, Report, Told};
use crate::check::Standing;
use crate::code;
use crate::foreign;

impl Report<'_> {
    /// For tools that collect findings: SARIF 2.1.0.
    pub fn sarif(&self) -> String {
        let rules: Vec<Json> = code::ALL
            .iter()
            .map(|it| json!({"id": it.code, "shortDescription": {"text": it.about}}))
            .collect();
        let results = self.pages().flat_map(Page::told).map(result).collect();
        let failures = self.failures.iter();
        let run = SarifRun {
            tool: "cargo codegen docs check",
            version: env!("CARGO_PKG_VERSION"),
            rules,
            results,
            failures: failures
                .map(|it| (it.file.as_str(), it.message.as_str()))
                .collect(),
            is_complete: self.is_complete(),
        };
        foreign::json(&run.log())
    }
}

/// The document's line is the main place: it is in the repository and can be edited.
fn result(told: Told<'_>) -> Json {
    let Told { page, it } = told;
    let (file, line, column) = told.place();
    let rule = code::ALL.iter().position(|rule| *rule == it.code());
    let related: Vec<Json> = it
        .places()
        .enumerate()
        .map(|(index, at)| {
            let mut region =
                json!({"startLine": at.first.max(1), "endLine": at.last.max(at.first).max(1)});
            if let (Some(fields), 1..) = (region.as_object_mut(), at.column) {
                fields.insert("startColumn".into(), at.column.into());
            }
            json!({
                "id": index + 1,
                "message": {"text": page.checked.page.witness([at.file]).who()},
                "physicalLocation": sarif::place(page.checked.file(at), region),
            })
        })
        .collect();
    let mut out = json!({
        "ruleId": it.code().code,
        "ruleIndex": rule,
        "level": sarif::level(told.weight()),
        "message": {"text": format!("{}; {}", it.to_string(), told.standing())},
        "locations": [{"physicalLocation": sarif::place(
            file,
            json!({"startLine": line, "startColumn": column}),
        )}],
        "relatedLocations": related,
        "partialFingerprints": {"fact/v1": format!("{} {}", page.operation.label(), it.name)},
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
