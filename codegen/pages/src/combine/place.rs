//! Makes the places that facts point at those of files further down the list.

use crate::facts::{Fact, FactSource, Facts, FieldFacts};

/// Shifts every place of some facts by so many files.
pub(super) fn shift(facts: &mut Facts, by: usize) {
    all(&mut facts.title, by);
    all(&mut facts.operation, by);
    all(&mut facts.services, by);
    all(&mut facts.deprecated, by);
    all(&mut facts.asynchronous, by);
    all(&mut facts.routes, by);
    all(&mut facts.statuses, by);
    all(&mut facts.iam, by);
    all(facts.texts.iter_mut().map(|(_, it)| it), by);
    all(facts.keywords.iter_mut().map(|(_, it)| it), by);
    let parameters = facts.parameters.iter_mut().map(|(_, it)| it);
    let mut fields: Vec<&mut FieldFacts> = parameters.chain(&mut facts.body).collect();
    for response in &mut facts.responses {
        sources(&mut response.named, by);
        fields.extend(response.fields.iter_mut().chain(&mut response.headers));
        fields.extend(&mut response.body);
    }
    fields.into_iter().for_each(|it| field(it, by));
    sources(facts.examples.iter_mut().map(|it| &mut it.source), by);
    for found in &mut facts.contradictions {
        sources([&mut found.first.1, &mut found.second.1], by);
    }
    for (_, lines) in facts.unreadable.iter_mut().chain(&mut facts.left_out) {
        lines.file += by;
    }
    for (_, lines, _) in &mut facts.ledger.cells {
        lines.file += by;
    }
}

fn field(field: &mut FieldFacts, by: usize) {
    sources(field.named.iter_mut().chain(&mut field.required.1), by);
    all(&mut field.type_, by);
    all(&mut field.condition, by);
    all(&mut field.description, by);
    all(&mut field.enum_values, by);
    all(&mut field.default, by);
    all(&mut field.lengths, by);
    all(&mut field.ranges, by);
    all(&mut field.max_items, by);
    let flags = [
        &mut field.deprecated,
        &mut field.nullable,
        &mut field.secret,
    ];
    all(flags.into_iter().flatten(), by);
    all(&mut field.password, by);
    all(&mut field.schema, by);
    all(field.keywords.iter_mut().map(|(_, fact)| fact), by);
    if let Some(values) = &mut field.values {
        self::field(values, by);
    }
}

fn all<'f, T: 'f>(facts: impl IntoIterator<Item = &'f mut Fact<T>>, by: usize) {
    sources(facts.into_iter().flat_map(|it| &mut it.sources), by);
}

fn sources<'s>(sources: impl IntoIterator<Item = &'s mut FactSource>, by: usize) {
    for source in sources {
        source.lines.file += by;
    }
}
