//! Reviews → the lock's text, in an order that never changes by itself.

use std::fmt::Write;

use super::read::{END, VERSION};
use super::{Lock, Review};
use crate::claim::ClaimValue;
use crate::scalar;

const HEAD: &str = "\
# What the vendor's pages said when they were last reviewed, and in what spec/ deviates from them
# on purpose. `cargo codegen docs accept` writes it, people may edit it. Facts and reasons in our
# own words; no sentences of the pages.
#
# endpoints   how many regions each address of a service is for
# page        the address the document names, and file what was read of it
# facts       what the page said
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
        let mut endpoints = endpoints(lock);
        endpoints.push_str("operations:\n");
        return fresh(head, &(endpoints.replace('\n', end) + &block), end);
    }
    let text = &lock.text;
    let range = match lock.reviews.get(label) {
        Some((_, span)) => line_start(text, span.start)..line_end(text, span.end),
        None => {
            let later = lock
                .reviews
                .iter()
                .find(|(known, _)| known.as_str() > label);
            let at = match later {
                Some((_, (_, span))) => above_comments(text, line_start(text, span.start)),
                None => {
                    let last = lock
                        .reviews
                        .last()
                        .map_or(text.len(), |(_, (_, it))| it.end);
                    line_end(text, last)
                }
            };
            at..at
        }
    };
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let gap = if before.is_empty() || before.ends_with('\n') {
        ""
    } else {
        end
    };
    format!("{before}{gap}{block}{after}")
}

/// The addresses of a lock that has no reviews yet, as lines of it.
fn endpoints(lock: &Lock) -> String {
    let mut out = String::new();
    for (service, addresses) in &lock.endpoints {
        if out.is_empty() {
            out.push_str("endpoints:\n");
        }
        out.push_str(&format!("  {}:\n", scalar::plain_or_quoted(service)));
        for (address, regions) in addresses {
            out.push_str(&format!(
                "    {}: {regions}\n",
                scalar::plain_or_quoted(address)
            ));
        }
    }
    out
}

/// How the lines of a text end: as the first does.
fn line_ending(text: &str) -> &'static str {
    match text.split_inclusive('\n').next() {
        Some(first) if first.ends_with("\r\n") => "\r\n",
        _ => "\n",
    }
}

fn fresh(head: &str, block: &str, end: &str) -> String {
    let gap = if head.is_empty() || head.ends_with('\n') {
        ""
    } else {
        end
    };
    format!("{head}{gap}version: {VERSION}{end}{block}{END}{end}")
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
        let is_comment = text
            .get(above..line)
            .is_some_and(|it| it.trim_start().starts_with('#'));
        if !is_comment {
            break;
        }
        line = above;
    }
    line
}

fn line_start(text: &str, byte: usize) -> usize {
    let before = text.get(..byte).unwrap_or_default();
    before.rfind('\n').map_or(0, |at| at + 1)
}

fn line_end(text: &str, byte: usize) -> usize {
    let after = text.get(byte..).unwrap_or_default();
    after.find('\n').map_or(text.len(), |at| byte + at + 1)
}

/// One review, four blanks deep.
fn block(label: &str, review: &Review) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_block(&mut out, label, review);
    out
}

fn write_block(out: &mut String, label: &str, review: &Review) -> std::fmt::Result {
    writeln!(out, "  {}:", scalar::plain_or_quoted(label))?;
    writeln!(out, "    page: {}", scalar::plain_or_quoted(&review.page))?;
    let files: Vec<String> = review
        .files
        .iter()
        .map(|it| scalar::plain_or_quoted(it))
        .collect();
    match files.as_slice() {
        [] => {}
        [file] => writeln!(out, "    file: {file}")?,
        files => writeln!(out, "    file: [{}]", files.join(", "))?,
    }
    writeln!(
        out,
        "    reviewed: {}",
        quoted_day(&review.reviewed.to_string())
    )?;
    writeln!(out, "    facts:")?;
    for (subject, facts) in &review.facts {
        let facts: Vec<String> = facts
            .iter()
            .map(|(aspect, value)| format!("{}: {}", aspect.word(), text(value)))
            .collect();
        let subject = scalar::plain_or_quoted(&subject.to_string());
        writeln!(out, "      {subject}: {{{}}}", facts.join(", "))?;
    }
    if !review.extensions.is_empty() {
        writeln!(out, "    extensions:")?;
        for line in &review.extensions {
            writeln!(out, "      - {}", scalar::plain_or_quoted(line))?;
        }
    }
    if !review.earlier.is_empty() {
        writeln!(out, "    earlier:")?;
        for (name, value) in &review.earlier {
            let value = value.as_ref().map_or("null".to_owned(), text);
            writeln!(
                out,
                "      {}: {value}",
                scalar::plain_or_quoted(&name.to_string())
            )?;
        }
    }
    if !review.deviations.is_empty() {
        writeln!(out, "    deviations:")?;
    }
    for it in &review.deviations {
        let fact = scalar::plain_or_quoted(&it.fact.to_string());
        writeln!(out, "      - fact: {fact}")?;
        writeln!(out, "        code: {}", it.code)?;
        if let Some(page) = &it.page {
            writeln!(out, "        page: {}", text(page))?;
        }
        if let Some(spec) = &it.spec {
            writeln!(out, "        spec: {}", text(spec))?;
        }
        reason(out, &it.reason)?;
    }
    if !review.pending.is_empty() {
        writeln!(out, "    pending:")?;
    }
    for it in &review.pending {
        let fact = scalar::plain_or_quoted(&it.fact.to_string());
        writeln!(out, "      - fact: {fact}")?;
        writeln!(out, "        page: {}", text(&it.page))?;
        writeln!(out, "        since: {}", quoted_day(&it.since.to_string()))?;
        writeln!(out, "        seen: {}", it.seen)?;
        if let Some(mark) = &it.on {
            writeln!(out, "        on: {}", scalar::as_text(mark))?;
        }
    }
    Ok(())
}

/// Days look like nothing else to YAML 1.2, but like dates to older readers.
fn quoted_day(day: &str) -> String {
    format!("'{day}'")
}

/// A long reason is folded at 90 characters, as people write them.
fn reason(out: &mut String, reason: &str) -> std::fmt::Result {
    let words: Vec<&str> = reason.split_whitespace().collect();
    let short = words.join(" ");
    if short.chars().count() <= 80 {
        return writeln!(out, "        reason: {}", scalar::plain_or_quoted(&short));
    }
    write!(out, "        reason: >-")?;
    let mut column = usize::MAX;
    for word in words {
        let length = word.chars().count();
        if column.saturating_add(length + 1) > 98 {
            write!(out, "\n          {word}")?;
            column = 10 + length;
        } else {
            write!(out, " {word}")?;
            column += 1 + length;
        }
    }
    writeln!(out)
}

fn text(value: &ClaimValue) -> String {
    match value {
        ClaimValue::One(text) => scalar::plain_or_quoted(text),
        ClaimValue::Many(items) => {
            let items: Vec<String> = items.iter().map(|it| scalar::plain_or_quoted(it)).collect();
            format!("[{}]", items.join(", "))
        }
    }
}
