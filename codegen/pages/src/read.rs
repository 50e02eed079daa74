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
mod kind;
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
mod title;
mod wrapper;

pub(crate) use describe::is_secret;

use std::collections::HashSet;

use crate::block::Block;
use crate::facts::{FactSource, Facts, FieldFacts, SourceKind};
use crate::vocabulary::{Column, is_header, is_none, kind_of_type};
use kind::TableKind;
use ledger::LedgerBuilder;
use page::Page;
use rows::{TableRows, WHOLE_LIST};

/// What the blocks of a page say.
pub(crate) fn facts(blocks: &[Block]) -> Facts {
    let page = Page::new(blocks);
    let mut ledger = LedgerBuilder::default();
    let (routes, queries) = route::routes(&page);
    let mut tables: Vec<TableRows<'_>> = Vec::with_capacity(page.tables.len());
    for table in &page.tables {
        tables.push(rows::read(table, &mut ledger));
    }
    roles::settle(&mut tables, &page, &routes);
    let examples = examples::examples(&page);
    let ordered = order::links(&mut tables, &examples);
    let links = nest::links(&tables, &page, &ordered);
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
        statuses: responses::statuses(&context, &examples),
        ..Facts::default()
    };
    let mut duplicates = duplicates::Duplicates::default();
    facts.parameters = parameters::parameters(&context, &examples, &mut duplicates);
    prose::headers(&page, &mut facts.parameters);
    prose::lengths(&page, &mut facts.parameters);
    facts.responses = responses::responses(&context, &facts.statuses, &examples, &mut duplicates);
    wrapper::responses(&mut facts.responses, &examples);
    facts.iam = iam::rows(&tables);
    facts.routes.clone_from(&routes);
    // Before contradictions take values back, which is told as a contradiction.
    describe::note_unclear(&mut facts);
    facts.contradictions = conflict::contradictions(&mut facts, &examples);
    facts.contradictions.append(&mut duplicates.contradictions);
    let mut told = HashSet::new();
    facts
        .contradictions
        .retain(|found| told.insert(found.about.clone()));
    for cell in duplicates.repeats {
        ledger.ignore_cell(cell, "a repeat of a row above");
    }
    facts.examples = examples.into_iter().map(|example| example.fact).collect();
    let read = reached(&facts);
    for table in &tables {
        account(table, &links, &mut ledger);
        let placed = table.kind.is_placed() && table.kind != TableKind::ResponseHeader;
        let fields = placed
            && !table
                .rows
                .iter()
                .all(|row| is_header(&row.name) || row.name == WHOLE_LIST);
        if (fields || links.is_claimed(table.at.number)) && !read.contains(&table.at.number) {
            ledger.refuse(
                table.at.number,
                "where the fields of this table belong cannot be told",
            );
        }
    }
    facts.unreadable.extend(page.tables.iter().filter_map(|at| {
        let broken = at.table.broken.as_ref()?;
        Some((format!("table {}: {broken}", at.number), at.table.lines))
    }));
    if let (true, Some(first)) = (facts.routes.is_empty(), page.tables.first()) {
        facts.unreadable.push((
            "no request line, as \"GET /v1/…\", before or after this table".to_owned(),
            first.table.lines,
        ));
    }
    refuse_ranges(&facts, &tables, &read, &mut ledger);
    facts.ledger = ledger.close();
    facts
}

/// All fields, of what is sent and of what comes back.
fn told_fields(facts: &Facts) -> impl Iterator<Item = &FieldFacts> {
    let parameters = facts.parameters.iter().map(|(_, field)| field);
    parameters.chain(facts.responses.iter().flat_map(|response| &response.fields))
}

/// The tables that fields were read from.
fn reached(facts: &Facts) -> HashSet<usize> {
    told_fields(facts)
        .flat_map(|field| &field.named)
        .filter_map(|said| said.cell)
        .map(|(table, ..)| table)
        .collect()
}

/// Refuses the cells of a column for allowed values that gave no fact.
fn refuse_ranges(
    facts: &Facts,
    tables: &[TableRows<'_>],
    reached: &HashSet<usize>,
    ledger: &mut LedgerBuilder,
) {
    let used: HashSet<_> = told_fields(facts)
        .flat_map(|field| {
            let values = field.enum_values.iter().flat_map(|fact| &fact.sources);
            let bounds = field.lengths.iter().chain(&field.ranges);
            values.chain(bounds.flat_map(|fact| &fact.sources))
        })
        .filter_map(|said| said.cell)
        .collect();
    for row in tables
        .iter()
        .filter(|table| reached.contains(&table.at.number))
        .flat_map(|table| &table.rows)
    {
        let boolean = row
            .type_
            .as_ref()
            .is_some_and(|(name, _)| kind_of_type(name).as_deref() == Some("boolean"));
        let Some(said) = row.range.as_ref().filter(|said| {
            !boolean && !said.text.text.trim().is_empty() && !is_none(&said.text.text)
        }) else {
            continue;
        };
        if let Some(cell) = said.source.cell.filter(|cell| !used.contains(cell)) {
            ledger.refuse_cell(cell, "the allowed values or bounds cannot be read");
        }
    }
}

/// Settles the cells of tables that turned out to describe nothing the model holds.
fn account(table: &TableRows<'_>, links: &nest::Links, ledger: &mut LedgerBuilder) {
    for row in &table.cells {
        let reason = match table.kind {
            TableKind::Iam if iam::row(row).is_none() => "the row names no action",
            TableKind::Status
                if !row.iter().any(|(kind, read)| {
                    *kind == Column::Status && responses::leading(&read.text.text).is_some()
                }) =>
            {
                "the row names no status"
            }
            _ => continue,
        };
        for cell in row.iter().filter_map(|(_, read)| read.source.cell) {
            ledger.refuse_cell(cell, reason);
        }
    }
    match table.kind {
        TableKind::ErrorCodes => ledger.ignore(table.at.number, "a list of error codes"),
        TableKind::Other
            if table.has(Column::Name)
                && (table.has(Column::Required) || table.has(Column::Type)) =>
        {
            ledger.refuse(
                table.at.number,
                "no heading or caption tells what the fields of this table are of",
            );
        }
        TableKind::Other => ledger.ignore(table.at.number, "a table that describes no parameters"),
        TableKind::Nested if !links.is_claimed(table.at.number) => {
            ledger.refuse(table.at.number, "nothing on the page refers to this table");
        }
        _ => {}
    }
}

/// What the readers of parameters and responses look at.
struct Context<'c, 'b> {
    page: &'c Page<'b>,
    tables: &'c [TableRows<'b>],
    links: &'c nest::Links,
    routes: &'c [crate::facts::Fact<crate::facts::Route>],
    examples: &'c [examples::Read],
    /// The names that the URI gives the parameters of its query.
    queries: &'c [String],
}

/// A source outside of tables.
fn source(kind: SourceKind, lines: crate::block::Lines) -> FactSource {
    FactSource {
        kind,
        lines,
        cell: None,
    }
}
