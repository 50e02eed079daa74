//! The table of a survey, as Markdown.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use crate::survey::TOO_LARGE;

/// How many lines each list has at most.
const LONGEST: usize = 60;

/// The table of what became of the documents.
pub fn of(results: &[Value]) -> String {
    let text = |it: &Value, key: &str| it.get(key).and_then(Value::as_str).map(str::to_owned);
    let number = |it: &Value, key: &str| it.get(key).and_then(Value::as_u64).unwrap_or(0);
    let ended = |end: &str| {
        let all = results.iter();
        all.filter(|it| text(it, "end").as_deref() == Some(end))
            .count()
    };
    let sum = |key| results.iter().map(|it| number(it, key)).sum::<u64>();
    let left_out = results.iter().flat_map(|it| list(it, "left_out"));
    let reasons: Vec<_> = left_out
        .filter_map(|it| Some(reason(it.get(1)?.as_str()?)))
        .collect();
    let mut out = String::new();
    let mut row = |what: &str, count: u64| {
        let _ = writeln!(out, "| {what} | {count} |");
    };
    row("documents", results.len() as u64);
    for end in [
        "generated",
        "refused",
        "timed out",
        TOO_LARGE,
        "panicked",
        "failed",
    ] {
        row(end, ended(end) as u64);
    }
    row("operations in them", sum("operations"));
    row("emitted", sum("emitted"));
    row("left out and told", reasons.len() as u64);
    row("milliseconds", sum("ms"));

    let _ = writeln!(out, "\nWhy operations were left out:\n");
    counted(&mut out, reasons);
    let _ = writeln!(out, "\nFindings by code (documents, findings):\n");
    let mut codes: BTreeMap<&str, (u64, u64, &str)> = BTreeMap::new();
    for (code, found) in results
        .iter()
        .filter_map(|it| it.get("found"))
        .flat_map(entries)
    {
        let first = found.get(1).and_then(Value::as_str).unwrap_or_default();
        let entry = codes.entry(code).or_insert((0, 0, first));
        entry.0 += 1;
        entry.1 += found.get(0).and_then(Value::as_u64).unwrap_or(0);
    }
    let mut codes: Vec<_> = codes.into_iter().collect();
    codes.sort_by_key(|it| std::cmp::Reverse(it.1.0));
    for (code, (documents, findings, first)) in codes {
        let _ = writeln!(
            out,
            "| `{code}` | {documents} | {findings} | {} |",
            short(first)
        );
    }
    let _ = writeln!(out, "\nDocuments that were not generated:\n");
    for it in results {
        let end = text(it, "end").unwrap_or_default();
        if end != "generated" {
            let errors = it.get("errors").map(Value::to_string);
            let why = text(it, "message").or(errors).unwrap_or_default();
            let path = text(it, "path").unwrap_or_default();
            let _ = writeln!(out, "- {path}: {end}: {}", short(&why));
        }
    }
    let _ = writeln!(out, "\nThe slowest:\n");
    let mut slowest: Vec<_> = results.iter().collect();
    slowest.sort_by_key(|it| std::cmp::Reverse(number(it, "ms")));
    for it in slowest.into_iter().take(12) {
        let (ms, operations) = (number(it, "ms"), number(it, "operations"));
        let path = text(it, "path").unwrap_or_default();
        let _ = writeln!(out, "- {ms} ms, {operations} operations: {path}");
    }
    out
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], |it| it)
}

fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let entries = value.as_object().into_iter().flatten();
    entries.map(|(key, value)| (key.as_str(), value))
}

/// A message without what it quotes, so that messages of one kind are counted together.
fn reason(message: &str) -> String {
    let parts = message.split('`').enumerate();
    let parts = parts.map(|(index, part)| if index % 2 == 0 { part } else { "…" });
    parts.collect()
}

fn counted(out: &mut String, of: Vec<String>) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for it in of {
        *counts.entry(it).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|it| std::cmp::Reverse(it.1));
    for (what, count) in counts.iter().take(LONGEST) {
        let _ = writeln!(out, "| {} | {count} |", short(what));
    }
}

/// The beginning of a text, on one line.
fn short(text: &str) -> String {
    let line = text.replace(['\n', '|'], " ");
    match line.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
