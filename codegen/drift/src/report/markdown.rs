//! The report as Markdown, for an issue or a pull request.
//!
//! Words of pages, documents and servers stand in code alone, where a code host makes neither links
//! nor mentions nor HTML of them. The whole stays below what an issue may hold.

use std::fmt::Write;

use super::help::help;
use super::lines::Lines;
use super::listing::Listing;
use super::{Moved, Page, Report, Told};
use crate::check::Standing;
use crate::foreign;

/// The most bytes of differences; with the lists it is less than the 65,536 characters of an issue.
const LARGEST: usize = 36_000;
/// The most characters of one message.
const LONGEST: usize = 300;
/// The most entries of a list.
const MOST: usize = 10;

impl Report<'_> {
    /// For an issue or a pull request: Markdown, bounded, with what moved on the way.
    pub fn markdown(&self, moved: &[Moved]) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = write(&mut out, self, moved);
        out
    }
}

fn write(out: &mut String, report: &Report<'_>, moved: &[Moved]) -> std::fmt::Result {
    head(out, report, moved)?;
    let failures = report.failures.iter();
    let failures = failures.map(|it| format!("{}: {}", code(&it.file), code(&it.message)));
    list(out, "Not fetched or not read", failures)?;
    list(out, "Moved", moved.iter().map(shown_move))?;
    let mut quiet = Vec::new();
    let mut unshown = 0;
    for page in report.pages() {
        let checked = page.checked;
        let mut told = page.told().peekable();
        if told.peek().is_none() {
            quiet.push(code(&page.operation.label()));
            continue;
        }
        let heading = heading(page);
        let mut is_headed = false;
        for difference in told {
            let mut block = String::new();
            if !is_headed {
                block.push_str(&heading);
            }
            write_difference(&mut block, difference)?;
            if out.len() + block.len() > LARGEST {
                unshown += 1;
                continue;
            }
            out.push_str(&block);
            is_headed = true;
        }
        let besides = checked.comparison.besides.iter();
        let besides = besides.map(|(said, at)| {
            let place = format!("{}:{at}", checked.file(*at));
            format!("{}: {}", code(&place), code(said))
        });
        let notes = besides.chain(checked.comparison.notes.iter().map(|it| code(it)));
        if is_headed && out.len() < LARGEST {
            list(out, "", notes)?;
        }
    }
    if unshown > 0 {
        writeln!(
            out,
            "\nAnd {}; `cargo codegen docs check` shows all.",
            super::counted(unshown, "more difference")
        )?;
    }
    list(out, "No difference", quiet.into_iter())
}

/// What was found, in a line.
fn head(out: &mut String, report: &Report<'_>, moved: &[Moved]) -> std::fmt::Result {
    let counts = report.counts();
    let found = match report.pages {
        [] => "nothing compared".to_owned(),
        _ => super::counted(counts.open, "difference"),
    };
    writeln!(out, "## Pages and documents: {found}\n")?;
    let parts = [
        (counts.breaking, "breaking to follow"),
        (counts.pending, "pending"),
        (counts.on_purpose, "on purpose besides"),
        (report.failures.len(), "not fetched or not read"),
        (moved.len(), "moved"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let operations = super::counted(report.pages.len(), "page");
    match parts.is_empty() {
        true => writeln!(out, "{operations} compared."),
        false => writeln!(out, "{operations} compared: {}.", parts.join(", ")),
    }
}

fn heading(page: Page<'_>) -> String {
    let Page {
        checked, operation, ..
    } = page;
    let files: Vec<String> = checked.files.iter().map(|it| code(it)).collect();
    let reviewed = page.reviewed();
    let from = operation.origin.as_ref();
    let from = from.map_or(String::new(), |it| format!(", from {}", link(&it.url)));
    format!(
        "\n### {}: {}\n\n{} against {}{from}, {reviewed}.\n",
        code(&operation.label()),
        super::counted(checked.comparison.open().count(), "difference"),
        files.join(" and "),
        code(&operation.file)
    )
}

fn write_difference(out: &mut String, told: Told<'_>) -> std::fmt::Result {
    let difference = told.it;
    let kind = match &difference.standing {
        Standing::OnPurpose { .. } => "on purpose",
        Standing::Pending { .. } => "pending",
        Standing::Open(_) if difference.breaking.breaks => "breaking",
        Standing::Open(_) => "open",
    };
    writeln!(
        out,
        "\n<details>\n<summary>{} ({kind}): <code>{}</code></summary>\n",
        difference.code().code,
        html(&foreign::line(&difference.to_string(), LONGEST))
    )?;
    let lines = Lines::of(told, None);
    let all: Vec<String> = lines.all().map(Listing::plain).collect();
    fenced(out, "text", &all.join("\n"))?;
    writeln!(out, "\n{}", code(&told.standing()))?;
    if lines.document.is_some() {
        let breaking = told.breaking();
        writeln!(out, "\nF{}.", breaking.trim_start_matches('f'))?;
    }
    // Words are comments to a shell, commands can be copied.
    let help = help(told);
    let steps = help.lines().map(|line| match line.strip_prefix("  ") {
        Some(command) => command.to_owned(),
        None => format!("# {line}"),
    });
    let steps: Vec<String> = steps.collect();
    writeln!(out)?;
    fenced(out, "sh", &steps.join("\n"))?;
    writeln!(out, "\n</details>")
}

fn shown_move(moved: &Moved) -> String {
    format!(
        "{}: {} led to {}; {}",
        code(&moved.operation),
        code(&moved.from),
        code(&moved.to),
        moved.edit
    )
}

/// A list below a heading, if there is anything in it.
fn list(
    out: &mut String,
    heading: &str,
    mut entries: impl Iterator<Item = String>,
) -> std::fmt::Result {
    let shown: Vec<String> = entries.by_ref().take(MOST).collect();
    if shown.is_empty() {
        return Ok(());
    }
    if !heading.is_empty() {
        writeln!(out, "\n### {heading}")?;
    }
    writeln!(out)?;
    for entry in shown {
        writeln!(out, "- {entry}")?;
    }
    match entries.count() {
        0 => Ok(()),
        more => writeln!(out, "- and {more} more"),
    }
}

/// An address of a document as a link, if it is plainly an address.
fn link(url: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "-._~:/?#&=%+".contains(it);
    match url.starts_with("https://") && url.len() <= LONGEST && url.chars().all(is_plain) {
        true => format!("<{url}>"),
        false => code(url),
    }
}

/// Foreign words as code in a line.
fn code(text: &str) -> String {
    let text = foreign::line(text, LONGEST);
    let fence = "`".repeat(longest_run(&text) + 1);
    match text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) || text.is_empty() {
        true => format!("{fence} {text} {fence}"),
        false => format!("{fence}{text}{fence}"),
    }
}

/// Foreign lines as a block of code.
fn fenced(out: &mut String, language: &str, text: &str) -> std::fmt::Result {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    writeln!(out, "{fence}{language}\n{text}\n{fence}")
}

/// The most backticks in a row.
fn longest_run(text: &str) -> usize {
    let runs = text.split(|it| it != '`').map(str::len);
    runs.max().unwrap_or_default()
}

/// Text inside of HTML.
fn html(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;")
}
