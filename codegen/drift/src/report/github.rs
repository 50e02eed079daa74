//! The report as commands that GitHub Actions turns into annotations.

use std::fmt::Write;

use super::{Report, Severity, place};
use crate::foreign::visible;

pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    for failure in report.failures {
        let message = format!("{}: {}", failure.file, failure.message);
        let _ = writeln!(out, "::error title=page not checked::{}", data(&message));
    }
    for (checked, operation, it) in report.all_told() {
        let level = match Severity::of(it) {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let (file, line, column) = place(report.spec, operation, it);
        let places = [Some(it.page_at), it.page_also].into_iter().flatten();
        let places = places.map(|at| format!("{}:{}", checked.file(at), at.first));
        let message = format!(
            "{it} ({}); {}",
            places.collect::<Vec<_>>().join(", "),
            report.standing(operation, it)
        );
        let title = property(&format!("{} {}", it.code().code, it.kind.word()));
        let (file, message) = (property(file), data(&message));
        let _ = writeln!(
            out,
            "::{level} file={file},line={line},col={column},title={title}::{message}"
        );
    }
    out
}

/// What stands behind `::` in a command.
fn data(text: &str) -> String {
    let lines = text.lines().map(|it| visible(it).replace('%', "%25"));
    lines.collect::<Vec<_>>().join("%0A")
}

/// What stands in a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
