//! Bounds leave room for a value.

use super::Check;
use super::outline::{Outline, Site};
use crate::diagnostic::{Class, Report, Rule, Severity};
use crate::grammar::Kind;
use crate::load::tree::Node;
use crate::number::compare;

pub(super) const CHECK: Check = Check {
    rules: &[RULE],
    run: check,
};

const RULE: Rule = Rule {
    code: "schema::bounds",
    severity: Severity::Error,
    class: Class::Invalid,
    explanation: "A lower bound lies above its upper bound, or a bound lacks its partner.",
    remedy: "Correct one of the bounds, or add the one that is missing.",
    fires: &[
        "components: {schemas: {A: {type: string, minLength: 3, maxLength: 2}}}",
        "components: {schemas: {A: {type: number, exclusiveMinimum: true}}}",
        "components: {schemas: {A: {type: integer, minimum: 9007199254740993, maximum: 9007199254740992}}}",
    ],
    silent: &["components: {schemas: {A: {type: string, minLength: 2, maxLength: 2}}}"],
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    for site in outline.of(Kind::Schema) {
        look(site, report);
    }
}

fn look(site: &Site<'_>, report: &mut Report<'_>) {
    for (low, high) in [
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
        ("minProperties", "maxProperties"),
        ("minimum", "maximum"),
    ] {
        let number = |field: &str| {
            let entry = site.node.entry(field)?;
            Some((entry, entry.value.as_number()?))
        };
        let (Some((low_at, least)), Some((high_at, most))) = (number(low), number(high)) else {
            continue;
        };
        let excludes = |field: &str| site.node.get(field).and_then(Node::as_bool) == Some(true);
        let exclusive =
            low == "minimum" && (excludes("exclusiveMinimum") || excludes("exclusiveMaximum"));
        let order = compare(least, most);
        if order.is_gt() || (exclusive && order.is_eq()) {
            let message = format!("`{low}` is above `{high}`: no value fits");
            report
                .find(&RULE, &low_at.value.span, message, "the lower bound")
                .related(&high_at.value.span, "the upper bound")
                .help("correct one of the bounds");
        }
    }
    for (flag, partner) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        if let Some(entry) = site.node.entry(flag)
            && entry.value.as_bool() == Some(true)
            && site.node.get(partner).is_none()
        {
            let message = format!("`{flag}` needs `{partner}`");
            report
                .find(&RULE, &entry.key_span, message, "of which number?")
                .help(format!("add `{partner}`, or remove `{flag}`"));
        }
    }
    if let Some(step) = site.node.get("multipleOf")
        && step.as_f64().is_some_and(|it| it <= 0.0)
    {
        report
            .find(
                &RULE,
                &step.span,
                "`multipleOf` must be above 0",
                "not above 0",
            )
            .help("correct the number, or remove the field");
    }
}
