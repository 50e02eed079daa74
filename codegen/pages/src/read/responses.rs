//! The statuses and what comes back with each.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::duplicates::Duplicates;
use super::examples::Read;
use super::kind::TableKind;
use super::{Context, examples, fields, prose, source};
use crate::block::Block;
use crate::facts::{Fact, FactSource, ResponseFacts, SourceKind};
use crate::vocabulary::{
    Column, Section, among, is_header, is_none, is_status, plain, status_told,
};

/// The statuses given as an outcome, in the order of the page.
pub(super) fn statuses(context: &Context<'_, '_>, examples: &[Read]) -> Vec<Fact<String>> {
    let mut out: Vec<Fact<String>> = Vec::new();
    for placed in &context.page.placed {
        if let Some(status) = &placed.status
            && matches!(
                placed.section,
                Some(Section::Response | Section::ResponseExample | Section::Status) | None
            )
        {
            add(
                &mut out,
                &status.code,
                source(SourceKind::Prose, status.lines),
            );
        }
        let (Block::Paragraph(text) | Block::Item { text, .. }) = placed.block else {
            continue;
        };
        let listed = match placed.section {
            Some(Section::Status) => leading(&text.text).or_else(|| status_told(&text.text)),
            // A sentence about the response.
            Some(Section::Response | Section::ResponseExample) => {
                status_told(&text.text).filter(|code| is_success(code))
            }
            _ => None,
        };
        if let Some(code) = listed {
            add(&mut out, &code, source(SourceKind::StatusList, text.lines));
        }
    }
    for table in context
        .tables
        .iter()
        .filter(|table| table.kind == TableKind::Status)
    {
        for row in &table.cells {
            let Some((_, read)) = row.iter().find(|(kind, _)| *kind == Column::Status) else {
                continue;
            };
            for code in codes(&read.text.text) {
                let said = FactSource {
                    kind: SourceKind::StatusList,
                    ..read.source.clone()
                };
                add(&mut out, &code, said);
            }
        }
    }
    let succeeds = |out: &[Fact<String>]| out.iter().any(|status| is_success(&status.value));
    if !succeeds(&out) {
        for example in examples.iter().filter(|example| example.fact.is_response) {
            if let Some(code) = &example.told {
                add(&mut out, code, example.fact.source.clone());
            }
        }
    }
    if !succeeds(&out) {
        // What the page says of the operation as a whole tells it last.
        let told = prose::introductions(context.page).find_map(|text| {
            let code = status_told(&text.text).filter(|code| is_success(code))?;
            Some((code, source(SourceKind::Prose, text.lines)))
        });
        if let Some((code, said)) = told {
            add(&mut out, &code, said);
        }
    }
    out.sort_by(|one, other| one.value.cmp(&other.value));
    out
}

fn add(out: &mut Vec<Fact<String>>, code: &str, said: FactSource) {
    match out.iter_mut().find(|fact| fact.value == code) {
        Some(fact) => {
            if !fact.sources.contains(&said) {
                fact.sources.push(said);
            }
        }
        None => out.push(Fact::new(code.to_owned(), said)),
    }
}

/// The status a text begins with, as "200 OK" or "204" does.
pub(super) fn leading(text: &str) -> Option<String> {
    let text = plain(text);
    let digits = text.get(..3)?;
    let after = text.get(3..)?.chars().next();
    (is_status(digits)
        && after.is_none_or(|c| {
            !c.is_alphanumeric() && c != '.' && c != '-' || ('\u{4e00}'..='\u{9fff}').contains(&c)
        }))
    .then(|| digits.to_owned())
}

/// The statuses of a cell: "404/410" and "429, 503" are two.
fn codes(text: &str) -> Vec<String> {
    let text = plain(text);
    let parts: Vec<&str> = text
        .split(['/', ',', '、', '或', '，', '\n'])
        .flat_map(|part| part.split(" or "))
        .map(str::trim)
        .collect();
    if parts.len() > 1 && parts.iter().all(|part| is_status(part)) {
        return parts.into_iter().map(str::to_owned).collect();
    }
    leading(&text).into_iter().collect()
}

pub(super) fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

/// The responses, those with fields and the successes without.
pub(super) fn responses(
    context: &Context<'_, '_>,
    statuses: &[Fact<String>],
    examples: &[Read],
    duplicates: &mut Duplicates,
) -> Vec<ResponseFacts> {
    let success = statuses.iter().find(|status| is_success(&status.value));
    let default = success.map_or("?", |status| status.value.as_str());
    let mut out: Vec<ResponseFacts> = Vec::new();
    for table in context.tables {
        if context.links.is_claimed(table.at.number)
            || !matches!(table.kind, TableKind::Response | TableKind::Error)
        {
            continue;
        }
        let open = match table.kind {
            TableKind::Error => "error",
            _ => default,
        };
        let status = table.at.code().unwrap_or(open);
        let all = fields::fields(context, table);
        // Headers of the response stand in such tables too; the model has no place for them.
        let fields = all.into_iter().filter(|field| !is_header(&field.path));
        let response = entry(
            &mut out,
            status,
            table
                .at
                .status
                .as_ref()
                .map(|status| source(SourceKind::Prose, status.lines)),
        );
        let paths = response.fields.iter().map(|field| field.path.clone());
        let mut known: HashMap<String, usize> = paths.zip(0..).collect();
        for field in fields {
            crate::steps::count(1);
            let at = *known
                .entry(field.path.clone())
                .or_insert(response.fields.len());
            match response.fields.get(at) {
                Some(first) => duplicates.again(&format!("response {status}"), first, &field),
                None => response.fields.push(field),
            }
        }
    }
    for status in statuses.iter().filter(|status| is_success(&status.value)) {
        entry(&mut out, &status.value, status.sources.first().cloned());
    }
    by_example(&mut out, examples, default);
    without_table(context, &mut out, examples, default);
    let order = |status: &str| match status {
        "?" => 0,
        "error" => 1_000,
        code => code.parse().unwrap_or(999),
    };
    out.sort_by_key(|response| order(&response.status));
    out
}

fn entry<'o>(
    out: &'o mut Vec<ResponseFacts>,
    status: &str,
    said: Option<FactSource>,
) -> &'o mut ResponseFacts {
    let at = match out.iter().position(|response| response.status == status) {
        Some(at) => at,
        None => {
            out.push(ResponseFacts {
                status: status.to_owned(),
                named: Vec::new(),
                ..ResponseFacts::default()
            });
            out.len() - 1
        }
    };
    #[allow(
        clippy::indexing_slicing,
        reason = "the position was just found or made"
    )]
    let response = &mut out[at];
    if let Some(said) = said
        && !response.named.contains(&said)
    {
        response.named.push(said);
    }
    response
}

/// What only examples show: an empty response, and the shape of an error.
fn by_example(out: &mut Vec<ResponseFacts>, examples: &[Read], default: &str) {
    for example in examples.iter().filter(|example| example.fact.is_response) {
        let Some(body) = example.value.as_ref().and_then(Value::as_object) else {
            continue;
        };
        let said = example.fact.source.clone();
        if body.is_empty() {
            if default == "?" && !out.iter().any(|response| response.status == "?") {
                entry(out, "?", Some(said));
            }
            continue;
        }
        let known = out.iter().any(|response| {
            response.status == "error"
                || response.status.starts_with(['4', '5']) && !response.fields.is_empty()
        });
        let Some(shown) = error_fields(body).filter(|_| !known) else {
            continue;
        };
        let listed = |name: &String| {
            let mut fields = out.iter().flat_map(|response| &response.fields);
            fields.any(|field| body.contains_key(name) && field.path == *name)
        };
        if body.keys().any(listed) {
            continue;
        }
        let fields = shown.into_iter();
        let fields = fields.map(|(path, value)| examples::field(&path, value, &said));
        let status = example.fact.status.as_deref().unwrap_or("error");
        let status = if is_success(status) { "error" } else { status };
        let fields: Vec<_> = fields.collect();
        entry(out, status, Some(said.clone())).fields.extend(fields);
    }
}

/// Fields that only bodies have which report an error.
const ERROR_NAMES: &str = "error_code|error_msg|errorCode|errorMsg|errCode";

/// The fields of a body that reports an error: in an object named so, or named so themselves.
fn error_fields(body: &Map<String, Value>) -> Option<Vec<(String, &Value)>> {
    if let (Some(Value::Object(inner)), 1) = (body.get("error"), body.len()) {
        let fields = inner.iter();
        return Some(
            fields
                .map(|(name, value)| (format!("error.{name}"), value))
                .collect(),
        );
    }
    let own = among(ERROR_NAMES).any(|name| body.contains_key(name));
    own.then(|| {
        body.iter()
            .map(|(name, value)| (name.clone(), value))
            .collect()
    })
}

/// Whether the section on the response says that there is none, or has a table for a status: what
/// cannot be read in that is not made up from the examples. An example under its status outweighs a
/// "none".
fn refuses_body(context: &Context<'_, '_>, example: &Read) -> bool {
    let status = example.fact.status.as_deref();
    let says_none = context
        .page
        .texts()
        .any(|(placed, text)| placed.section == Some(Section::Response) && is_none(&text.text));
    let mut tables = context.page.tables.iter();
    says_none && (status.is_none() || example.told.is_some())
        || tables.any(|at| {
            let own = at.code();
            let other = own.is_some() && own != status;
            at.section.is_some_and(Section::is_response) && !other
                || at.section.is_none() && at.table.broken.is_some()
        })
}

/// A response whose fields no table gives, because they stand on another page: those of its example.
fn without_table(
    context: &Context<'_, '_>,
    out: &mut Vec<ResponseFacts>,
    examples: &[Read],
    default: &str,
) {
    let described = out.iter().any(|response| {
        !response.status.starts_with(['4', '5', 'e']) && !response.fields.is_empty()
    });
    if described {
        return;
    }
    for example in examples.iter().filter(|example| example.fact.is_response) {
        let status = example.fact.status.as_deref().unwrap_or(default);
        let Some(body) = example.value.as_ref().and_then(Value::as_object) else {
            continue;
        };
        let succeeds = status == "?" || is_success(status);
        if body.is_empty()
            || body.contains_key("error")
            || error_fields(body).is_some()
            || !succeeds
            || refuses_body(context, example)
        {
            continue;
        }
        let said = example.fact.source.clone();
        let status = status.to_owned();
        let response = entry(out, &status, Some(said.clone()));
        for (name, value) in body {
            examples::fields(name, value, &said, 0, &mut response.fields);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::codes;

    #[test]
    fn a_cell_can_name_several_statuses() {
        for (cell, expected) in [
            ("404", "404"),
            ("404/410", "404 410"),
            ("429, 503", "429 503"),
            ("400、404", "400 404"),
            ("200 OK", "200"),
            ("404 Not Found, or so", "404"),
            ("none", ""),
        ] {
            assert_eq!(codes(cell).join(" "), expected, "{cell}");
        }
    }
}
