//! Blocks into facts.
//!
//! `page` places blocks in sections, `roles` says what each table describes, `rows` reads its rows
//! and accounts for every cell, `fields` nests them, `describe` mines the descriptions.

mod align;
mod cell;
pub(crate) mod conflict;
mod describe;
mod duplicates;
mod examples;
mod fields;
mod iam;
mod ledger;
mod levels;
mod nest;
mod order;
mod page;
mod parameters;
mod prose;
mod responses;
mod roles;
mod route;
mod row;
mod rows;
mod service;
mod texts;
mod title;
mod wrapper;

pub(crate) use describe::is_secret;
pub use describe::{is_part_label, password_rules, says_no_default, says_no_values};
pub(crate) use route::{add_queries, queries, unread};

use std::collections::HashSet;

use crate::block::Block;
use crate::facts::{CellOutcome, Fact, FactSource, Facts, Route, SourceKind};
use crate::vocabulary::{Column, TableKind, is_header, is_none, kind_of_type};
use ledger::LedgerBuilder;
use page::Page;
use rows::{Row, TableRows, WHOLE_LIST};

/// What the blocks of a page say.
pub(crate) fn facts(blocks: &[Block]) -> Facts {
    let page = Page::new(blocks);
    let mut ledger = LedgerBuilder::default();
    let tables = page.tables.iter();
    let mut tables: Vec<_> = tables.map(|at| rows::read(at, &mut ledger)).collect();
    let (routes, mut queries) = route::routes(&page, &tables);
    roles::settle(&mut tables, &page, &routes);
    let mut examples = examples::examples(&page);
    // A guide shows calls of several operations: the fields of its examples belong to no one of them.
    let described = tables.iter().any(|table| table.has(Column::Name));
    let guide = (!described)
        .then(|| service::second_call(&page, &routes))
        .flatten();
    if guide.is_some() {
        examples.clear();
        queries.clear();
    }
    let mut links = order::links(&mut tables, &examples);
    nest::links(&tables, &page, &mut links);
    order::promote(&mut tables, &links);
    let context = Context {
        page: &page,
        tables: &tables,
        links: &links,
        routes: &routes,
        examples: &examples,
        queries: &queries,
    };

    let mut facts = Facts {
        title: title::title(&page),
        operation: title::operation(&page),
        services: service::services(&page, &routes),
        deprecated: title::deprecated(&page),
        asynchronous: title::asynchronous(&page),
        statuses: responses::statuses(&context),
        ..Facts::default()
    };
    let mut duplicates = duplicates::Duplicates::default();
    facts.parameters = parameters::parameters(&context, &mut duplicates);
    add_queries(&queries, &mut facts.parameters);
    prose::headers(&page, &mut facts.parameters);
    prose::lengths(&page, &mut facts.parameters);
    facts.responses = responses::responses(&context, &facts.statuses, &mut duplicates);
    wrapper::responses(&mut facts.responses, &examples);
    facts.iam = iam::rows(&tables);
    facts.texts = texts::texts(&page, &tables, facts.title.as_ref());
    facts.routes.clone_from(&routes);
    // Before contradictions take values back, which is told as a contradiction.
    describe::note_unclear(&mut facts);
    facts.contradictions = conflict::contradictions(&mut facts, &examples);
    facts.contradictions.append(&mut duplicates.contradictions);
    facts
        .contradictions
        .extend(service::other_route(&page, &routes));
    let mut told = HashSet::new();
    facts
        .contradictions
        .retain(|found| told.insert(found.about.clone()));
    for cell in duplicates.repeats {
        ledger.ignore(cell..=cell, "a repeat of a row above");
    }
    facts.examples = examples.into_iter().map(|example| example.fact).collect();
    facts.unreadable.extend(page.tables.iter().filter_map(|at| {
        let broken = at.table.broken.as_ref()?;
        Some((format!("table {}: {broken}", at.number), at.table.lines))
    }));
    facts.unreadable.extend(guide.map(|at| {
        let why = "calls of several operations, and no table with the parameters of one";
        (why.to_owned(), at)
    }));
    if let (true, Some(first)) = (facts.routes.is_empty(), page.tables.first()) {
        facts.unreadable.push((
            "no request line, as \"GET /v1/…\", before or after this table".to_owned(),
            first.table.lines,
        ));
    }
    let returned = tables.iter().filter(|table| table.kind.is_response());
    let headers = returned.flat_map(|table| {
        let all = table.kind == TableKind::ResponseHeader;
        let rows = table.rows.iter();
        rows.filter(move |row| all || is_header(&row.name))
    });
    let headers = headers.map(|row| (format!("{}: {RESPONSE_HEADER}", row.name), row.named.lines));
    facts.left_out.extend(headers);
    account(&facts, &tables, &links, &mut ledger);
    facts.ledger = ledger.close();
    facts
}

/// Settles the cells that are no fact after all: those of tables that describe nothing the model
/// holds or whose fields belong nowhere, and those of rows and columns that gave nothing.
fn account(
    facts: &Facts,
    tables: &[TableRows<'_>],
    links: &nest::Links,
    ledger: &mut LedgerBuilder,
) {
    let cell = |said: &FactSource| said.cell;
    let named = facts.fields().flat_map(|field| &field.named);
    let reached: HashSet<usize> = named.filter_map(cell).map(|(table, ..)| table).collect();
    let used: HashSet<ledger::Place> = facts
        .fields()
        .flat_map(|field| {
            let values = field.enum_values.iter().flat_map(|fact| &fact.sources);
            let bounds = field.lengths.iter().chain(&field.ranges);
            values.chain(bounds.flat_map(|fact| &fact.sources))
        })
        .filter_map(cell)
        .collect();
    for table in tables {
        let number = table.at.number;
        let claimed = links.is_claimed(number);
        for row in &table.cells {
            let reason = match table.kind {
                TableKind::Iam if iam::row(row).is_none() => "the row names no action",
                TableKind::Status if responses::row(row).is_none() => "the row names no status",
                TableKind::Route if route::tabled(row).is_none() => "the row names no route",
                _ => continue,
            };
            // Also where it has lost all that it said.
            for (_, read) in row {
                ledger.note_read(read, CellOutcome::Unreadable(reason.to_owned()));
            }
        }
        let returned = table.rows.iter().filter(|_| table.kind.is_response());
        for row in returned.filter(|row| is_header(&row.name)) {
            if let Some((_, row, _)) = row.named.cell {
                ledger.ignore(
                    (number, row, 0)..=(number, row, usize::MAX),
                    RESPONSE_HEADER,
                );
            }
        }
        let is_field = |row: &Row<'_>| !is_header(&row.name) && row.name != WHOLE_LIST;
        let is_placed = table.kind.is_placed();
        let cells = (number, 0, 0)..=(number, usize::MAX, usize::MAX);
        match table.kind {
            _ if reached.contains(&number) => {
                let ranges = table.rows.iter().filter_map(lost_range);
                for cell in ranges.filter(|cell| !used.contains(cell)) {
                    ledger.refuse(cell..=cell, "the allowed values or bounds cannot be read");
                }
            }
            TableKind::ErrorCodes => ledger.ignore(cells, "a list of error codes"),
            TableKind::ResponseHeader => ledger.ignore(cells, RESPONSE_HEADER),
            TableKind::Other
                if table.has(Column::Name)
                    && (table.has(Column::Required) || table.has(Column::Type)) =>
            {
                ledger.refuse(
                    cells,
                    "no heading or caption tells what the fields of this table are of",
                );
            }
            TableKind::Other => ledger.ignore(cells, "a table that describes no parameters"),
            TableKind::Nested if !claimed => {
                ledger.refuse(cells, "nothing on the page refers to this table");
            }
            _ if claimed || is_placed && table.rows.iter().any(is_field) => {
                ledger.refuse(
                    cells,
                    "where the fields of this table belong cannot be told",
                );
            }
            _ => {}
        }
    }
}

/// Why what a page says of the headers of responses is left out.
const RESPONSE_HEADER: &str = "a header of a response, which the model has no place for";

/// The cell for allowed values of a row, when it must give a fact.
fn lost_range(row: &Row<'_>) -> Option<ledger::Place> {
    let said = row.range.as_ref()?;
    let kind = row.type_.as_ref().and_then(|(name, _)| kind_of_type(name));
    let says_none = said.text.text.trim().is_empty() || is_none(&said.text.text);
    let must = kind.as_deref() != Some("boolean") && !says_none;
    said.source.cell.filter(|_| must)
}

/// What the readers of parameters and responses look at.
struct Context<'c, 'b> {
    page: &'c Page<'b>,
    tables: &'c [TableRows<'b>],
    links: &'c nest::Links,
    routes: &'c [Fact<Route>],
    examples: &'c [examples::Read],
    /// What is in the query of the URI.
    queries: &'c [Fact<route::Query>],
}

impl Context<'_, '_> {
    /// The examples of requests or of responses, each with its body.
    fn bodies(
        &self,
        responses: bool,
    ) -> impl Iterator<Item = (&examples::Read, &serde_json::Value)> {
        let examples = self.examples.iter();
        let own = examples.filter(move |example| example.fact.is_response == responses);
        own.filter_map(|example| Some((example, example.value.as_ref()?)))
    }
}

/// Adds what a place says; one that says it again is another source.
fn note<T: PartialEq>(facts: &mut Vec<Fact<T>>, value: T, said: FactSource) {
    match facts.iter_mut().find(|fact| fact.value == value) {
        Some(fact) if fact.sources.contains(&said) => {}
        Some(fact) => fact.sources.push(said),
        None => facts.push(Fact::new(value, said)),
    }
}

/// A source outside of tables.
fn source(kind: SourceKind, lines: crate::block::Lines) -> FactSource {
    FactSource {
        kind,
        lines,
        cell: None,
    }
}
