//! The report as commands that GitHub Actions turns into annotations.

use huaweicloud_codegen::diagnostic::formats::{Weight, github::annotation};

use super::{Report, place, weight};

pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    for failure in report.failures {
        let message = format!("{}: {}", failure.file, failure.message);
        out.push_str(&annotation(
            Weight::Error,
            None,
            "page not checked",
            &message,
        ));
    }
    for (checked, operation, it) in report.all_told() {
        let places = [Some(it.page_at), it.page_also].into_iter().flatten();
        let places = places.map(|at| format!("{}:{at}", checked.file(at)));
        let message = format!(
            "{it} ({}); {}",
            places.collect::<Vec<_>>().join(", "),
            report.standing(operation, it)
        );
        let title = format!("{} {}", it.code().code, it.kind.word());
        let at = place(report.spec, operation, it);
        out.push_str(&annotation(weight(it), Some(at), &title, &message));
    }
    out
}
