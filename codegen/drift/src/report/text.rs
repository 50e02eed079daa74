//! The report for people.

use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::Report;
use super::command::quoted;
use super::listing::{Listing, visible};
use crate::check::{Checked, DifferenceKind, PageDifference, Standing};
use crate::claim::{Aspect, ClaimValue, Subject, in_words};
use crate::document::DocumentOperation;

/// How many places that cannot be read are listed.
const MOST_PLACES: usize = 5;

pub(super) fn render(report: &Report<'_>, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = String::new();
    for failure in report.failures {
        let title = format!("{}: {}", visible(&failure.file), visible(&failure.message));
        let group = Level::ERROR.primary_title(title.as_str());
        let group = group.elements(Vec::<Snippet<'_, annotate_snippets::Annotation<'_>>>::new());
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    for (checked, text) in report.pages {
        let Some(operation) = report.operation(checked) else {
            continue;
        };
        for difference in report.told(checked) {
            out.push_str(&one(
                report, checked, operation, text, difference, &renderer,
            ));
            out.push_str("\n\n");
        }
        for note in &checked.comparison.notes {
            let _ = writeln!(out, "note: {}: {}", visible(&checked.file), visible(note));
        }
        let _ = writeln!(out, "{}", summary(report, checked, operation));
    }
    out
}

fn one(
    report: &Report<'_>,
    checked: &Checked,
    operation: &DocumentOperation,
    text: &str,
    difference: &PageDifference,
    renderer: &Renderer,
) -> String {
    let level = match difference.standing {
        Standing::OnPurpose { .. } => Level::NOTE.with_name("on purpose"),
        Standing::Pending { .. } => Level::NOTE.with_name("pending"),
        Standing::Open(_) if difference.breaking.breaks => Level::ERROR.with_name("difference"),
        Standing::Open(_) => Level::WARNING.with_name("difference"),
    };
    let message = visible(&difference.message()).into_owned();
    let lines = (difference.page_at.first, difference.page_at.last);
    let word = word(&difference.name.subject);
    let page = Listing::of_lines(&checked.file, text, lines, word, page_label(difference));
    let document = report.spec.document(&operation.file);
    let yaml = document.map_or("", |document| document.source.text.as_str());
    let spec = Listing::of_span(
        &operation.file,
        yaml,
        &difference.spec_at,
        spec_label(difference),
    );
    let mut group = level
        .primary_title(message.as_str())
        .id(difference.code().code)
        .element(page.snippet(AnnotationKind::Primary));
    if difference.kind != DifferenceKind::Contradiction
        && difference.kind != DifferenceKind::Unreadable
    {
        group = group.element(spec.snippet(AnnotationKind::Context));
    }
    if difference.kind == DifferenceKind::Unreadable {
        for (why, at) in checked.comparison.unreadable.iter().take(MOST_PLACES) {
            let place = format!("line {}: {}", at.first, visible(why));
            group = group.element(Level::NOTE.message(place));
        }
        let more = checked
            .comparison
            .unreadable
            .len()
            .saturating_sub(MOST_PLACES);
        if more > 0 {
            group = group.element(Level::NOTE.message(format!("and {more} more")));
        }
    }
    let standing = visible(&report.standing(operation, difference)).into_owned();
    let breaks = if difference.breaking.breaks {
        "breaking"
    } else {
        "not breaking"
    };
    let breaking = format!(
        "following the page is {breaks}: {}",
        difference.breaking.why
    );
    group = group.element(Level::NOTE.message(standing));
    if !matches!(
        difference.kind,
        DifferenceKind::Contradiction | DifferenceKind::Unreadable
    ) {
        group = group.element(Level::NOTE.message(breaking));
    }
    group = group.element(Level::HELP.message(help(report, checked, difference)));
    renderer.render(&[group])
}

fn page_label(difference: &PageDifference) -> String {
    let is_presence = difference.name.aspect == Aspect::Present;
    match (&difference.page, difference.kind) {
        (_, DifferenceKind::Contradiction) => "the first of the two".to_owned(),
        (_, DifferenceKind::Unreadable) => "the first place".to_owned(),
        (Some(_), _) if is_presence => "on the page".to_owned(),
        (Some(value), _) => said("the page", difference.name.aspect, value),
        (None, _) => "not said here".to_owned(),
    }
}

fn spec_label(difference: &PageDifference) -> String {
    let is_presence = difference.name.aspect == Aspect::Present;
    match &difference.spec {
        Some(_) if is_presence => "in the document".to_owned(),
        Some(value) => said("the document", difference.name.aspect, value),
        None => "not said here".to_owned(),
    }
}

fn said(who: &str, aspect: Aspect, value: &ClaimValue) -> String {
    format!("{who}: {}", in_words(aspect, value))
}

/// The word by which a line of the page speaks of a subject.
fn word(subject: &Subject) -> Option<&str> {
    match subject {
        Subject::Parameter(_, name) => Some(name),
        Subject::Field(path) | Subject::Response(_, path) => {
            Some(path.rsplit(['.', ']']).next().unwrap_or(path)).filter(|it| !it.is_empty())
        }
        Subject::Status(status) => Some(status),
        Subject::Operation | Subject::Contradiction(_) | Subject::Unreadable => None,
    }
}

fn help(report: &Report<'_>, checked: &Checked, difference: &PageDifference) -> String {
    let command = |action: &str| report.words.docs(action, [checked.file.as_str()]);
    let operation = report.operation(checked);
    let review = operation.and_then(|it| report.review(it));
    let fact = quoted(&difference.name.to_string());
    let reason = format!("{} --fact {fact} --reason '…'", command("accept"));
    match (&difference.standing, difference.kind) {
        (Standing::OnPurpose { .. }, _) => "nothing to do".to_owned(),
        (Standing::Pending { .. }, _) => {
            format!(
                "fetch the page again later, then: {}",
                command("check --confirm")
            )
        }
        (_, DifferenceKind::Unreadable) => {
            format!(
                "take it over by hand; what could be read: {}",
                command("read")
            )
        }
        (_, DifferenceKind::Contradiction) => format!("decide which is right, then: {reason}"),
        (_, DifferenceKind::Vanished | DifferenceKind::Unsaid)
            if !difference.name.aspect.is_in_documents() =>
        {
            format!(
                "after a look: {}; with a reason: {reason}",
                command("accept")
            )
        }
        // What `patch` takes out is what a review recorded as gone.
        (_, DifferenceKind::Unsaid) if review.is_some_and(|it| it.is_gone(&difference.name)) => {
            format!(
                "it was accepted as gone; to take it out: {}; to keep it: {reason}",
                command("patch")
            )
        }
        (_, DifferenceKind::Unsaid) => {
            format!("to keep it: {reason}; if the API does not have it, take it out by hand")
        }
        (_, DifferenceKind::Vanished) => {
            format!(
                "to keep it: {reason}; if it is gone from the API: {}, then {}",
                command("accept"),
                command("patch")
            )
        }
        _ if !difference.name.aspect.is_in_documents() => format!(
            "documents have no word for it; after a look: {}; with a reason: {reason}",
            command("accept")
        ),
        _ => format!(
            "to follow the page: {}; to keep it: {reason}",
            command("patch")
        ),
    }
}

fn summary(report: &Report<'_>, checked: &Checked, operation: &DocumentOperation) -> String {
    let open = checked.comparison.open().count();
    let on_purpose = checked.comparison.differences.len() - open;
    let reviewed = match report.review(operation) {
        Some(review) => format!("reviewed {}", review.reviewed),
        None => "never reviewed".to_owned(),
    };
    let count = match open {
        0 => "no difference".to_owned(),
        1 => "1 difference".to_owned(),
        n => format!("{n} differences"),
    };
    let purpose = match on_purpose {
        0 => String::new(),
        n => format!(", {n} on purpose"),
    };
    format!(
        "{}: {} ({}), {reviewed}: {count}{purpose}",
        visible(&checked.file),
        operation.label(),
        operation.file
    )
}
