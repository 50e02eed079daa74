//! Findings as SARIF 2.1.0.

use serde_json::{Value as Json, json};

use super::{Finding, Linted};
use crate::check;
use crate::diagnostic::formats::sarif::{SarifRun, level, place};

pub(super) fn render(all: &[Linted], failures: &[(String, String)]) -> String {
    let rules = check::rules().map(|rule| {
        json!({
            "id": rule.code,
            "shortDescription": {"text": rule.explanation},
            "help": {"text": rule.remedy},
            "defaultConfiguration": {"level": level(rule.severity.into())},
            "properties": {"class": rule.class.to_string()},
        })
    });
    let run = SarifRun {
        tool: "cargo codegen lint",
        version: env!("CARGO_PKG_VERSION"),
        rules: rules.collect(),
        results: all
            .iter()
            .flat_map(|linted| linted.each(|it, _| result(it)))
            .collect(),
        failures: failures
            .iter()
            .map(|(file, message)| (file.as_str(), message.as_str()))
            .collect(),
        is_complete: failures.is_empty(),
    };
    run.log()
}

fn result(it: Finding<'_>) -> Json {
    let found = it.diagnostic;
    let help = found.help.iter().map(|help| format!("; {help}"));
    let text = format!("{}{}", found.message, help.collect::<String>());
    let region = json!({
        "startLine": it.start.line,
        "startColumn": it.start.column,
        "endLine": it.end.line,
        "endColumn": it.end.column,
    });
    let pointer = it.owner.pointer();
    json!({
        "ruleId": found.code,
        "ruleIndex": check::rules().position(|rule| rule.code == found.code),
        "level": level(found.severity.into()),
        "message": {"text": text},
        "locations": [{
            "physicalLocation": place(&found.path, region),
            "logicalLocations": [{
                "name": it.owner.name(),
                "fullyQualifiedName": pointer,
                "kind": it.owner.kind(),
            }],
        }],
        "partialFingerprints": {"finding/v1": format!("{} {pointer} {}", found.code, found.message)},
        "properties": {"class": it.class.to_string()},
    })
}
