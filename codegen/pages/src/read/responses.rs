//! The statuses and what comes back with each.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value};

use super::duplicates::Duplicates;
use super::examples::{self, Read, join};
use super::rows::{CellAt, cell};
use super::{Context, conflict, fields, note, prose, source};
use crate::block::Lines;
use crate::facts::{Contradiction, Fact, FactSource, FieldFacts, ResponseFacts, SourceKind};
use crate::vocabulary::{
    Column, Section, TableKind, is_among, is_header, is_none, leading_statuses, status_of_outcome,
    status_told,
};

/// The statuses given as an outcome, in order.
pub(super) fn statuses(context: &Context<'_, '_>) -> Vec<Fact<String>> {
    let headed = context.page.placed.iter().filter_map(|placed| {
        let status = placed.status.as_ref()?;
        let tells = |section: Section| section.is_response() || section == Section::Status;
        let tells = placed.section.is_none_or(tells);
        let said = source(SourceKind::Prose, status.lines);
        tells.then(|| {
            status
                .codes
                .iter()
                .map(move |code| (code.clone(), said.clone()))
        })
    });
    let headed = headed.flatten();
    let listed = context.page.texts().filter_map(|(placed, text)| {
        let code = match placed.section? {
            Section::Status => leading_statuses(&text.text)
                .into_iter()
                .next()
                .or_else(|| status_told(&text.text))
                .or_else(|| status_of_outcome(&text.text)),
            // A sentence about the response.
            section if section.is_response() => success_told(&text.text),
            _ => None,
        };
        Some((code?, source(SourceKind::StatusList, text.lines)))
    });
    let tables = context.tables.iter();
    let rows = tables
        .filter(|table| table.kind == TableKind::Status)
        .flat_map(|table| table.cells.iter().filter_map(|cells| row(cells)))
        .flat_map(|(codes, said)| codes.into_iter().map(move |code| (code, said.clone())));
    let mut out = Vec::new();
    for (code, said) in headed.chain(listed).chain(rows) {
        note(&mut out, code, said);
    }
    let succeeds = |out: &[Fact<String>]| out.iter().any(|status| is_success(&status.value));
    if !succeeds(&out) {
        for example in context.examples.iter().filter(|it| it.fact.is_response) {
            if let Some(code) = &example.told {
                note(&mut out, code.clone(), example.fact.source.clone());
            }
        }
    }
    if !succeeds(&out) {
        // What the page says of the operation as a whole tells it last.
        let told = prose::introductions(context.page).find_map(|text| {
            let said = source(SourceKind::Prose, text.lines);
            Some(Fact::new(success_told(&text.text)?, said))
        });
        out.extend(told);
    }
    out.sort_by(|one, other| one.value.cmp(&other.value));
    out
}

/// The status of a success that a sentence tells.
fn success_told(text: &str) -> Option<String> {
    status_told(text).filter(|code| is_success(code))
}

/// The statuses that a row of a table of them names, and where; `None` when it names none.
pub(super) fn row(cells: &[CellAt<'_>]) -> Option<(Vec<String>, FactSource)> {
    let read = cell(cells, Column::Status)?;
    let codes = leading_statuses(&read.text.text);
    let said = FactSource {
        kind: SourceKind::StatusList,
        ..read.source.clone()
    };
    (!codes.is_empty()).then_some((codes, said))
}

pub(super) fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

/// The responses in their order: that without a status first, that of all errors last.
type Responses = BTreeMap<(u32, String), ResponseFacts>;

/// The responses, those with fields and the successes without.
pub(super) fn responses(
    context: &Context<'_, '_>,
    statuses: &[Fact<String>],
    duplicates: &mut Duplicates,
) -> Vec<ResponseFacts> {
    let success = statuses.iter().find(|status| is_success(&status.value));
    let default = success.map_or("?", |status| status.value.as_str());
    let mut out = Responses::new();
    for table in context.tables {
        let open = match table.kind {
            _ if context.links.is_claimed(table.at.number) => continue,
            TableKind::Error => "error",
            TableKind::Response => default,
            _ => continue,
        };
        let said = table.at.status.as_ref();
        let codes: Vec<&str> = match said {
            Some(status) => status.codes.iter().map(String::as_str).collect(),
            None => vec![open],
        };
        let said = said.map(|status| source(SourceKind::Prose, status.lines));
        let mut fields = fields::fields(context, table);
        // Headers of the response stand in such tables too; the model has no place for them.
        fields.retain(|field| !is_header(&field.path));
        for status in codes {
            let about = format!("response {status}");
            let own = fields
                .iter()
                .filter(|field| duplicates.is_first(&about, field));
            let own: Vec<FieldFacts> = own.cloned().collect();
            entry(&mut out, status, said.clone()).fields.extend(own);
        }
    }
    for status in statuses.iter().filter(|status| is_success(&status.value)) {
        entry(&mut out, &status.value, status.sources.first().cloned());
    }
    by_example(context, &mut out, default, &mut duplicates.contradictions);
    out.into_values().collect()
}

fn entry<'o>(
    out: &'o mut Responses,
    status: &str,
    said: Option<FactSource>,
) -> &'o mut ResponseFacts {
    let order = match status {
        "?" => 0,
        "error" => 1_000,
        code => code.parse().unwrap_or(999),
    };
    let new = || ResponseFacts {
        status: status.to_owned(),
        ..ResponseFacts::default()
    };
    let response = out.entry((order, status.to_owned())).or_insert_with(new);
    let said = said.filter(|said| !response.named.contains(said));
    response.named.extend(said);
    response
}

/// What only examples show: an empty response, the shape of an error, and the fields of a success
/// that no table gives, because they stand on another page.
fn by_example(
    context: &Context<'_, '_>,
    out: &mut Responses,
    default: &str,
    contradictions: &mut Vec<Contradiction>,
) {
    let fails = |response: &ResponseFacts| response.status.starts_with(['4', '5', 'e']);
    let described = |response: &ResponseFacts| !response.fields.is_empty();
    let succeeds = out.values().any(|it| !fails(it) && described(it));
    let fields = out.values().flat_map(|response| &response.fields);
    let told: HashSet<String> = fields.map(|field| field.path.clone()).collect();
    for example in context.examples.iter().filter(|it| it.fact.is_response) {
        let Some(shown @ Value::Object(body)) = &example.value else {
            continue;
        };
        let said = &example.fact.source;
        let status = example.fact.status.as_deref();
        if body.is_empty() {
            if default == "?" {
                entry(out, "?", Some(said.clone()));
            }
        } else if let Some((around, inner)) = error_fields(body) {
            let known = out
                .values()
                .any(|it| it.status == "error" || fails(it) && described(it));
            if !known && !body.keys().any(|name| told.contains(name)) {
                let status = status.filter(|status| !is_success(status));
                let response = entry(out, status.unwrap_or("error"), Some(said.clone()));
                for (name, value) in inner {
                    let field = examples::field(join(around, name), value, said);
                    response.fields.push(field);
                }
            }
        } else if !succeeds
            && !body.contains_key("error")
            && !is_fault(body)
            && status.is_none_or(is_success)
            && !refuses_body(context, example)
        {
            let status = status.unwrap_or(default);
            let response = entry(out, status, Some(said.clone()));
            examples::fields("", shown, said, &mut response.fields);
            if let Some(at) = says_none(context) {
                let none = source(SourceKind::Prose, at);
                for name in body.keys() {
                    let about = format!("response {status} {name}");
                    let first = ("the response has no body", &none);
                    conflict::add(contradictions, about, first, ("the example has it", said));
                }
            }
        }
    }
}

/// Fields that only bodies have which report an error.
const ERROR_NAMES: &str = "error_code|error_msg|errorCode|errorMsg|errCode";

/// The fields of a body that reports an error, and what is around them: an object named so, or
/// nothing when they are named so themselves.
fn error_fields(body: &Map<String, Value>) -> Option<(&'static str, &Map<String, Value>)> {
    match body.get("error") {
        Some(Value::Object(inner)) if body.len() == 1 => Some(("error", inner)),
        _ => {
            let mut names = body.keys();
            let is_error = names.any(|name| is_among(ERROR_NAMES, name));
            is_error.then_some(("", body))
        }
    }
}

/// Whether the one object of a body has the status of a failure as its code: `{"notFound": {"code": 404}}`
/// is no success, wherever it stands.
fn is_fault(body: &Map<String, Value>) -> bool {
    let mut values = body.values();
    let only = values.next().filter(|_| values.next().is_none());
    let code = only.and_then(|it| it.get("code")?.as_u64());
    code.is_some_and(|code| (400..600).contains(&code))
}

/// Where the section on the response says that there is none.
fn says_none(context: &Context<'_, '_>) -> Option<Lines> {
    let mut texts = context.page.texts();
    let none = texts
        .find(|(placed, text)| placed.section == Some(Section::Response) && is_none(&text.text));
    none.map(|(_, text)| text.lines)
}

/// Whether the section on the response says that there is none, or has a table for a status: what
/// cannot be read in that is not made up from the examples. An example under its status outweighs a
/// "none".
fn refuses_body(context: &Context<'_, '_>, example: &Read) -> bool {
    let status = example.fact.status.as_deref();
    let says_none = says_none(context).is_some();
    let mut tables = context.page.tables.iter();
    says_none && (status.is_none() || example.told.is_some())
        || tables.any(|at| {
            let own = at.code();
            let other = own.is_some() && own != status;
            at.section.is_some_and(Section::is_response) && !other
                || at.section.is_none() && at.table.broken.is_some()
        })
}
