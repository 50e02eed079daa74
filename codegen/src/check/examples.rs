//! Examples and defaults fit the schemas they stand with.

use std::collections::HashMap;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, ValidationError, Validator};
use serde_json::{Map, Value, json};

use super::Check;
use super::outline::{Outline, Site};
use super::patterns;
use super::translate::{Direction, Translator, closed_schema};
use crate::diagnostic::{Report, codes};
use crate::grammar::Kind;
use crate::load::Document;
use crate::load::tree::{Entry, Node, Span};
use crate::media_type::is_json;

/// Findings told of one example; the rest would repeat them.
const MOST_FINDINGS: usize = 8;

/// Places of one value where it does not fit; the rest would repeat them.
const MOST_PLACES: usize = 64;

/// One value with the schema it must fit.
struct Case<'a> {
    /// `example` or `default`.
    what: &'static str,
    value: &'a Node,
    /// What to point at if the value itself takes no bytes.
    at: &'a Span,
    schema: &'a Node,
    /// Where the schema is given, if not around the value.
    schema_at: Option<&'a Span>,
    direction: Direction,
}

pub(super) const CHECK: Check = Check {
    rules: &[],
    run: check,
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    // What a schema without end says of an example cannot be known.
    if outline.is_endless.get() {
        return;
    }
    let cases = cases(outline);
    if cases.is_empty() {
        return;
    }
    let mut translator = Translator::new(outline, patterns::broken(outline));
    let mut schemas = Map::new();
    let mut values = Map::new();
    for (index, case) in cases.iter().enumerate() {
        let key = index.to_string();
        schemas.insert(key.clone(), translator.schema(case.schema, case.direction));
        values.insert(key, case.value.to_json());
    }
    let definitions = translator.definitions();
    let levels = definitions
        .values()
        .chain(schemas.values())
        .map(depth)
        .sum();
    // One validator for all cases: what they share is compiled once.
    let schema = json!({"properties": schemas, "definitions": definitions});
    if let Err(reason) =
        with_stack_for(levels, || validate(&schema, &values.into(), &cases, report))
    {
        let message = format!("the examples were not checked: {reason}");
        report
            .warning(codes::EXAMPLE, cases[0].at, message, "the first one")
            .help("split the document, or make its schemas less deep");
    }
}

fn validate(schema: &Value, values: &Value, cases: &[Case<'_>], report: &mut Report<'_>) {
    let validator = jsonschema::options()
        .with_draft(Draft::Draft7)
        .should_validate_formats(true)
        .offline()
        .build(schema);
    // A schema that cannot be compiled has mistakes of its own, told elsewhere.
    let Ok(validator) = validator else { return };
    let mut told: HashMap<usize, usize> = HashMap::new();
    for error in validator.iter_errors(values) {
        let path = error.instance_path().to_string();
        let path = path.strip_prefix('/').unwrap_or(&path);
        let (index, rest) = path.split_at(path.find('/').unwrap_or(path.len()));
        let Some((index, case)) = index.parse().ok().and_then(|it| Some((it, cases.get(it)?)))
        else {
            continue;
        };
        let count = told.entry(index).or_default();
        *count += 1;
        if *count <= MOST_FINDINGS {
            tell(
                case,
                case.value.pointer(rest).unwrap_or(case.value),
                &error,
                report,
            );
        }
    }
}

/// Where each of some values does not fit a schema of a document, a field that nobody documented among
/// it: pointers into the value, and why, in words that never hold what stands there.
pub fn misfits(
    document: &Document,
    schema: &Node,
    direction: Direction,
    values: &[&Value],
) -> Vec<Vec<(String, String)>> {
    let schema = closed_schema(document, schema, direction);
    let failed = |why: &str| vec![vec![(String::new(), why.to_owned())]; values.len()];
    let mut found = Vec::new();
    let compared = with_stack_for(depth(&schema), || {
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .offline()
            .build(&schema);
        found = match validator {
            Ok(validator) => values.iter().map(|it| told_of(&validator, it)).collect(),
            Err(_) => failed("its schema cannot be used"),
        };
    });
    match compared {
        Ok(()) => found,
        Err(why) => failed(&why),
    }
}

/// Where a value does not fit, and why.
fn told_of(validator: &Validator, value: &Value) -> Vec<(String, String)> {
    let errors = validator.iter_errors(value).take(MOST_PLACES);
    let errors = errors.map(|error| {
        let why = match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected }
            | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
                format!("the schema has no field `{}`", unexpected.join("`, `"))
            }
            _ => error.masked_with("the value").to_string(),
        };
        (error.instance_path().to_string(), why)
    });
    errors.collect()
}

/// How many lists and mappings of a schema stand inside each other.
fn depth(schema: &Value) -> usize {
    let inner = match schema {
        Value::Array(items) => items.iter().map(depth).max(),
        Value::Object(fields) => fields.values().map(depth).max(),
        _ => return 0,
    };
    1 + inner.unwrap_or(0)
}

/// Runs a check with a stack that is large enough: the validator goes down one chain of references
/// as deep as all its schemas together.
fn with_stack_for(levels: usize, check: impl FnOnce() + Send) -> Result<(), String> {
    // Measured: under 1 KiB a level without optimization. Every thread has room for a few hundred.
    const LEVEL: usize = 4 * 1024;
    const FITS_ANYWHERE: usize = 250;
    const MOST: usize = 60_000;
    if levels <= FITS_ANYWHERE {
        check();
        return Ok(());
    }
    if levels > MOST {
        return Err(format!("the schemas are {levels} levels deep together"));
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(levels * LEVEL);
        let thread = thread
            .spawn_scoped(scope, check)
            .map_err(|error| error.to_string())?;
        thread.join().map_err(|_| "the validator failed".to_owned())
    })
}

fn tell(case: &Case<'_>, value: &Node, error: &ValidationError<'_>, report: &mut Report<'_>) {
    let what = case.what;
    let reason = error.masked_with("the value").to_string();
    let message = format!("the {what} does not fit its schema: {reason}");
    let span = if value.span.is_empty() {
        case.at
    } else {
        &value.span
    };
    let finding = report.error(codes::EXAMPLE, span, message, "does not fit");
    if let Some(schema) = case.schema_at {
        finding.related(schema, "the schema");
    }
    finding.help(format!(
        "correct the {what} or the schema; the page decides which is right"
    ));
}

fn cases<'a>(outline: &Outline<'a>) -> Vec<Case<'a>> {
    let mut cases = Vec::new();
    for site in &outline.sites {
        match site.kind {
            Kind::Schema => {
                for (what, field) in [("example", "example"), ("default", "default")] {
                    if let Some(entry) = site.node.entry(field) {
                        cases.push(Case {
                            what,
                            value: &entry.value,
                            at: &entry.key_span,
                            schema: site.node,
                            schema_at: None,
                            direction: direction(outline, site),
                        });
                    }
                }
            }
            Kind::Parameter | Kind::Header => with_schema(outline, site, &mut cases),
            // An example of another format is text, whatever the schema says.
            Kind::MediaType if site.key.is_some_and(is_json) => {
                with_schema(outline, site, &mut cases);
            }
            _ => {}
        }
    }
    cases
}

fn with_schema<'a>(outline: &Outline<'a>, site: &Site<'a>, cases: &mut Vec<Case<'a>>) {
    let Some(schema) = site.node.entry("schema") else {
        return;
    };
    let single = site.node.entry("example");
    let named = site
        .node
        .get("examples")
        .map_or(&[][..], Node::entries)
        .iter();
    let named = named.filter_map(|entry| outline.resolve(&entry.value)?.entry("value"));
    for Entry {
        key_span, value, ..
    } in single.into_iter().chain(named)
    {
        cases.push(Case {
            what: "example",
            value,
            at: key_span,
            schema: &schema.value,
            schema_at: Some(&schema.key_span),
            direction: direction(outline, site),
        });
    }
}

/// Which way a value travels, by the object it is described in.
fn direction(outline: &Outline<'_>, site: &Site<'_>) -> Direction {
    let mut site = site;
    loop {
        match site.kind {
            Kind::RequestBody | Kind::Parameter => return Direction::Request,
            Kind::Response | Kind::Header => return Direction::Response,
            _ => {}
        }
        match outline.parent(site) {
            Some(parent) => site = parent,
            None => return Direction::Either,
        }
    }
}
