//! Every place that facts point at.

use crate::block::Lines;
use crate::facts::{Fact, FactSource, Facts, FieldFacts};

/// Makes the places of facts those of files further down the list.
pub(super) fn shift(facts: &mut Facts, by: usize) {
    each(facts, &mut |lines| lines.file += by);
}

/// What is done with every place.
type Visit<'v> = dyn FnMut(&mut Lines) + 'v;

fn each(facts: &mut Facts, visit: &mut Visit<'_>) {
    all(&mut facts.title, visit);
    all(&mut facts.operation, visit);
    all(&mut facts.services, visit);
    all(&mut facts.deprecated, visit);
    all(&mut facts.asynchronous, visit);
    all(&mut facts.routes, visit);
    all(&mut facts.statuses, visit);
    all(&mut facts.iam, visit);
    all(facts.keywords.iter_mut().map(|(_, it)| it), visit);
    let parameters = facts.parameters.iter_mut().map(|(_, it)| it);
    for it in parameters.chain(&mut facts.body) {
        field(it, visit);
    }
    for response in &mut facts.responses {
        sources(&mut response.named, visit);
        let fields = response.fields.iter_mut().chain(&mut response.headers);
        for it in fields.chain(&mut response.body) {
            field(it, visit);
        }
    }
    for example in &mut facts.examples {
        visit(&mut example.source.lines);
    }
    for found in &mut facts.contradictions {
        visit(&mut found.first.1.lines);
        visit(&mut found.second.1.lines);
    }
    for (_, lines) in facts.unreadable.iter_mut().chain(&mut facts.left_out) {
        visit(lines);
    }
    for (_, lines, _) in &mut facts.ledger.cells {
        visit(lines);
    }
}

fn field(field: &mut FieldFacts, visit: &mut Visit<'_>) {
    sources(&mut field.named, visit);
    if let Some(source) = &mut field.required.1 {
        visit(&mut source.lines);
    }
    all(&mut field.type_, visit);
    all(&mut field.description, visit);
    all(&mut field.deprecated, visit);
    all(&mut field.nullable, visit);
    all(&mut field.enum_values, visit);
    all(&mut field.default, visit);
    all(&mut field.lengths, visit);
    all(&mut field.ranges, visit);
    all(&mut field.max_items, visit);
    all(&mut field.secret, visit);
    all(&mut field.password, visit);
    all(&mut field.schema, visit);
    for (_, fact) in &mut field.keywords {
        sources(&mut fact.sources, visit);
    }
    if let Some(values) = &mut field.values {
        self::field(values, visit);
    }
}

fn all<'f, T: 'f>(facts: impl IntoIterator<Item = &'f mut Fact<T>>, visit: &mut Visit<'_>) {
    for fact in facts {
        sources(&mut fact.sources, visit);
    }
}

fn sources(sources: &mut [FactSource], visit: &mut Visit<'_>) {
    for source in sources {
        visit(&mut source.lines);
    }
}
