//! The report as commands that GitHub Actions turns into annotations.

use std::fmt::Write;

use super::{Report, place};
use crate::check::{DifferenceKind, Standing};

pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    for failure in report.failures {
        let message = format!("{}: {}", failure.file, failure.message);
        let _ = writeln!(out, "::error title=page not checked::{}", data(&message));
    }
    for (checked, _) in report.pages {
        let Some(operation) = report.operation(checked) else {
            continue;
        };
        for it in report.told(checked) {
            let level = match it.standing {
                Standing::OnPurpose { .. } | Standing::Pending { .. } => "notice",
                Standing::Open(_)
                    if it.breaking.breaks || it.kind == DifferenceKind::Unreadable =>
                {
                    "error"
                }
                Standing::Open(_) => "warning",
            };
            let (file, line, column) = place(report.spec, operation, it);
            let places = [Some(it.page_at), it.page_also].into_iter().flatten();
            let places = places.map(|at| format!("{}:{}", checked.file(at), at.first));
            let message = format!(
                "{} ({}); {}",
                it.message(),
                places.collect::<Vec<_>>().join(", "),
                report.standing(operation, it)
            );
            let _ = writeln!(
                out,
                "::{level} file={},line={line},col={column},title={}::{}",
                property(file),
                property(&format!("{} {}", it.code().code, it.kind.word())),
                data(&message)
            );
        }
    }
    out
}

/// What stands behind `::` in a command.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// What stands in a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
