//! `cargo codegen docs read`.

use std::collections::BTreeMap;
use std::fmt::Write;

use huaweicloud_drift::foreign::{json as plain_json, visible};
use huaweicloud_drift::pair::{PairError, is_no_call};
use huaweicloud_pages::facts::{FactSource, Facts, FieldFacts, Required};
use serde_json::json;

use crate::args::{Read, ReadFormat};
use crate::out::{errln, out, say_line};
use crate::pages::{Page, read_all, tell_failures};
use crate::{DONE, FAILED};

/// Where what is said begins, behind the line and the word for it.
const HANGING: usize = 21;

pub(super) fn run(args: &Read) -> u8 {
    let (read, failures) = read_all(&args.pages);
    tell_failures(&failures);
    match args.format {
        ReadFormat::Json => {
            let list: Vec<_> = read
                .iter()
                .map(|page| json!({"file": page.title, "facts": huaweicloud_pages::notation::facts(&page.facts)}))
                .collect();
            let list = serde_json::Value::Array(list);
            out!("{}", plain_json(&format!("{list:#}\n")));
        }
        ReadFormat::Text => {
            for (index, page) in read.iter().enumerate() {
                let gap = if index > 0 { "\n" } else { "" };
                out!("{gap}");
                for line in text(page).lines() {
                    let indent = line.len() - line.trim_start().len();
                    say_line(line, HANGING.saturating_sub(indent).max(2));
                }
                if is_no_call(&page.facts) {
                    errln!("note: {}: {}", page.title, PairError::NoCall);
                }
            }
        }
    }
    if failures.is_empty() { DONE } else { FAILED }
}

/// A page for people: each fact with its line.
fn text(page: &Page) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_text(&mut out, page);
    out
}

fn write_text(out: &mut String, page: &Page) -> std::fmt::Result {
    let facts = &page.facts;
    writeln!(out, "{}", page.title)?;
    let mut say = |at: &[FactSource], word: &str, text: &str| {
        line(out, at, format!("{word:11} {text}").trim_end())
    };
    let names = facts.title.iter().map(|it| ("title", it));
    let names = names.chain(facts.operation.iter().map(|it| ("operation", it)));
    for (word, it) in names.chain(facts.services.iter().map(|it| ("service", it))) {
        say(&it.sources, word, &it.value)?;
    }
    for route in &facts.routes {
        let text = format!("{} {}", route.value.method, route.value.path);
        say(&route.sources, "route", &text)?;
    }
    for said in facts.deprecated.iter().filter(|it| it.value) {
        say(&said.sources, "deprecated", "")?;
    }
    for said in facts.asynchronous.iter().filter(|it| it.value) {
        say(&said.sources, "asynchronous", "")?;
    }
    for (place, field) in &facts.parameters {
        say(&field.named, place.word(), &shown(field, true))?;
    }
    for response in &facts.responses {
        say(&response.named, "response", &response.status)?;
        for field in &response.fields {
            say(&field.named, "", &shown(field, false))?;
        }
    }
    for status in &facts.statuses {
        say(&status.sources, "status", &status.value)?;
    }
    for row in &facts.iam {
        say(&row.sources, "iam", &row.value.action)?;
    }
    for found in &facts.contradictions {
        let text = format!(
            "contradicts itself about {}: {} here, {} at line {}",
            found.about, found.first.0, found.second.0, found.second.1.lines
        );
        line(out, std::slice::from_ref(&found.first.1), &text)?;
    }
    for (why, at) in &facts.unreadable {
        writeln!(out, "  {at:>5}  unreadable  {}", visible(why))?;
    }
    for (why, at) in &facts.left_out {
        writeln!(out, "  {at:>5}  left out    {}", visible(why))?;
    }
    ledger(out, facts)
}

/// What became of the table cells, the unreadable ones one by one.
fn ledger(out: &mut String, facts: &Facts) -> std::fmt::Result {
    use huaweicloud_pages::facts::CellOutcome;
    let (mut used, mut unreadable) = (0, 0);
    let mut ignored = BTreeMap::<_, usize>::new();
    for ((table, row, column), at, outcome) in &facts.ledger.cells {
        match outcome {
            CellOutcome::Fact => used += 1,
            CellOutcome::Ignored(why) => *ignored.entry(*why).or_default() += 1,
            CellOutcome::Unreadable(why) => {
                unreadable += 1;
                writeln!(
                    out,
                    "  {at:>5}  unreadable  table {table}, row {row}, column {column}: {why}"
                )?;
            }
        }
    }
    writeln!(
        out,
        "         cells       {used} facts, {} ignored, {unreadable} unreadable",
        ignored.values().sum::<usize>()
    )?;
    for (why, count) in ignored {
        writeln!(out, "         ignored     {count}: {why}")?;
    }
    Ok(())
}

fn line(out: &mut String, sources: &[FactSource], text: &str) -> std::fmt::Result {
    let text = visible(text);
    match sources.first() {
        Some(source) => writeln!(out, "  {:>5}  {text}", source.lines),
        None => writeln!(out, "         {text}"),
    }
}

/// `name:Type:y` and what else is known of it.
fn shown(field: &FieldFacts, sent: bool) -> String {
    let kind = field.type_.as_ref().map_or("?", |it| it.value.as_str());
    let mut out = format!("{}:{kind}", field.path);
    if sent {
        out.push_str(match field.required.0 {
            Required::Yes => ":y",
            Required::No | Required::Conditional => ":n",
            Required::Unknown => ":?",
        });
    }
    let flags = [
        (&field.deprecated, "deprecated"),
        (&field.nullable, "nullable"),
        (&field.secret, "secret"),
    ];
    for (flag, word) in flags {
        if flag.as_ref().is_some_and(|it| it.value) {
            out.push_str(&format!(", {word}"));
        }
    }
    if let Some(said) = &field.enum_values {
        out.push_str(&format!(", one of {}", said.value.join(" | ")));
    }
    if let Some(said) = &field.default {
        out.push_str(&format!(", default {}", said.value));
    }
    for (bounds, word) in [(&field.lengths, "length"), (&field.ranges, "range")] {
        for said in bounds {
            let part = said.value.part.as_ref().map(|it| format!(" of {it}"));
            out.push_str(&format!(
                ", {word}{} {}..{}",
                part.unwrap_or_default(),
                said.value.min.as_deref().unwrap_or_default(),
                said.value.max.as_deref().unwrap_or_default()
            ));
        }
    }
    if let Some(said) = &field.max_items {
        out.push_str(&format!(", at most {} items", said.value));
    }
    if let Some(said) = &field.password {
        let rules = &said.value;
        out.push_str(", password");
        if let Some((min, max)) = rules.length {
            out.push_str(&format!(" {min}..{max}"));
        }
        if let Some(kinds) = rules.min_classes {
            out.push_str(&format!(" of {kinds} kinds"));
        }
        if !rules.classes.is_empty() {
            out.push_str(&format!(" among {}", rules.classes.join(" | ")));
        }
        if let Some(specials) = &rules.specials {
            out.push_str(&format!(" specials {specials}"));
        }
        if !rules.forbid.is_empty() {
            out.push_str(&format!(" not {}", rules.forbid.join(" | ")));
        }
    }
    out
}
