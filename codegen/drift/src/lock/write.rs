//! Reviews → the lock's text, in an order that never changes by itself.

use super::read::{END, VERSION};
use super::{Deviation, Lock, PendingChange, Review};
use crate::claim::ClaimValue;
use crate::day::Day;
use crate::lines::{filled, line_start, next_line};
use crate::piece::{New, entry};
use crate::scalar;

const HEAD: &str = "\
# What the vendor's pages said when they were last reviewed, and in what spec/ deviates from them
# on purpose. `cargo codegen docs accept` writes it, people may edit it. Facts and reasons in our
# own words; no sentences of the pages.
#
# endpoints   how many regions each address of a service is for
# page        the address the document names, and file what was read of it
# facts       what the page said; of its words a mark, by which they are known again
# extensions  what the document said besides, for which no page is read
# earlier     what facts that changed had been before: one that goes back is pending
# deviations  what the document says otherwise, and why
# pending     changes that wait to be seen a second time
";

/// The lock's text with one review new or replaced.
pub(super) fn with_review(lock: &Lock, label: &str, review: &Review) -> String {
    let end = line_ending(&lock.text);
    let block = block(label, review).replace('\n', end);
    if lock.reviews.is_empty() {
        let comments = comments(&lock.text);
        let head = if comments.is_empty() { HEAD } else { &comments };
        let endpoints = format!("{}operations:\n", endpoints(lock)).replace('\n', end);
        let gap = gap(head, end);
        return format!("{head}{gap}version: {VERSION}{end}{endpoints}{block}{END}{end}");
    }
    let text = &lock.text;
    let range = match lock.reviews.get(label) {
        Some((_, span)) => line_start(text, span.start)..next_line(text, span.end),
        None => {
            let mut reviews = lock.reviews.iter();
            let at = match reviews.find(|(known, _)| known.as_str() > label) {
                Some((_, (_, span))) => above_comments(text, line_start(text, span.start)),
                None => {
                    let last = lock.reviews.last();
                    next_line(text, last.map_or(text.len(), |(_, (_, it))| it.end))
                }
            };
            at..at
        }
    };
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    format!("{before}{}{block}{after}", gap(before, end))
}

/// What ends the last line of a text, where nothing does yet.
fn gap<'e>(before: &str, end: &'e str) -> &'e str {
    match before.is_empty() || before.ends_with('\n') {
        true => "",
        false => end,
    }
}

/// The addresses of a lock that has no reviews yet, as lines of it.
fn endpoints(lock: &Lock) -> String {
    let services = lock.endpoints.iter().map(|(service, addresses)| {
        let addresses = addresses.iter();
        let regions = addresses.map(|(it, regions)| (key(it), New::scalar(regions.to_string())));
        (key(service), New::Map(regions.collect()))
    });
    match lock.endpoints.is_empty() {
        true => String::new(),
        false => New::block_entry("endpoints", &New::Map(services.collect()), 0) + "\n",
    }
}

/// How the lines of a text end: as the first does.
fn line_ending(text: &str) -> &'static str {
    match text.split_inclusive('\n').next() {
        Some(first) if first.ends_with("\r\n") => "\r\n",
        _ => "\n",
    }
}

/// The comments a file begins with.
fn comments(text: &str) -> String {
    let lines = text.split_inclusive('\n');
    lines.take_while(|line| line.starts_with('#')).collect()
}

/// The comments right above a line belong to it.
fn above_comments(text: &str, mut line: usize) -> usize {
    while line > 0 {
        let above = line_start(text, line - 1);
        let comment = text.get(above..line).unwrap_or_default();
        if !comment.trim_start().starts_with('#') {
            break;
        }
        line = above;
    }
    line
}

/// One review, four blanks deep.
fn block(label: &str, review: &Review) -> String {
    let files: Vec<New> = review.files.iter().map(|it| scalar(it)).collect();
    let facts = review.facts.iter().map(|(subject, facts)| {
        let facts = facts
            .iter()
            .map(|(aspect, value)| entry(aspect.word(), said(value)));
        (key(subject), on_a_line(New::Map(facts.collect())))
    });
    let extensions = review.extensions.iter().map(|it| scalar(it));
    let earlier = review.earlier.iter().map(|(name, value)| {
        let value = value.as_ref().map_or(New::scalar("null"), said);
        (key(name), value)
    });
    let deviations = review.deviations.iter().map(deviation);
    let pending = review.pending.iter().map(pending);
    let file = match files.as_slice() {
        [file] => file.clone(),
        _ => on_a_line(New::List(files)),
    };
    let mut all = vec![
        entry("page", scalar(&review.page)),
        entry("file", file),
        entry("reviewed", quoted_day(review.reviewed)),
        entry("facts", New::Map(facts.collect())),
        entry("extensions", New::List(extensions.collect())),
        entry("earlier", New::Map(earlier.collect())),
        entry("deviations", New::List(deviations.collect())),
        entry("pending", New::List(pending.collect())),
    ];
    all.retain(|(_, it)| !matches!(it.flow().as_str(), "[]" | "{}"));
    format!("  {}\n", New::block_entry(&key(label), &New::Map(all), 2))
}

fn deviation(it: &Deviation) -> New {
    let mut all = vec![
        entry("fact", scalar(&it.fact.to_string())),
        entry("code", New::scalar(&it.code)),
    ];
    all.extend(it.page.as_ref().map(|page| entry("page", said(page))));
    all.extend(it.spec.as_ref().map(|spec| entry("spec", said(spec))));
    all.push(entry("reason", reason(&it.reason)));
    New::Map(all)
}

fn pending(it: &PendingChange) -> New {
    let mut all = vec![
        entry("fact", scalar(&it.fact.to_string())),
        entry("page", said(&it.page)),
        entry("since", quoted_day(it.since)),
        entry("seen", New::scalar(it.seen.to_string())),
    ];
    let mark = it.on.as_ref();
    all.extend(mark.map(|mark| entry("on", New::Scalar(scalar::as_text(mark)))));
    New::Map(all)
}

fn key(name: impl ToString) -> String {
    scalar::plain_or_quoted(&name.to_string())
}

fn scalar(text: &str) -> New {
    New::Scalar(scalar::plain_or_quoted(text))
}

fn said(value: &ClaimValue) -> New {
    match value {
        ClaimValue::One(text) => scalar(text),
        ClaimValue::Many(items) => {
            on_a_line(New::List(items.iter().map(|it| scalar(it)).collect()))
        }
    }
}

/// A collection between brackets.
fn on_a_line(collection: New) -> New {
    New::Scalar(collection.flow())
}

/// Days look like nothing else to YAML 1.2, but like dates to older readers.
fn quoted_day(day: Day) -> New {
    New::Scalar(format!("'{day}'"))
}

/// A long reason is folded, as people write them.
fn reason(reason: &str) -> New {
    let words: Vec<&str> = reason.split_whitespace().collect();
    let short = words.join(" ");
    if short.chars().count() <= 80 {
        return scalar(&short);
    }
    let lines = filled(&short, 88).into_iter();
    let lines = lines.map(|it| format!("\n          {it}"));
    New::Scalar(format!(">-{}", lines.collect::<String>()))
}
