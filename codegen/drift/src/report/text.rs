//! The report for people.

use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use huaweicloud_codegen::diagnostic::wrap;
use huaweicloud_pages::vocabulary::yes_no;

use super::Report;
use super::command::quoted;
use super::listing::{Listing, visible};
use crate::check::{Checked, DifferenceKind, PageDifference, Standing};
use crate::claim::{Aspect, ClaimValue, FactName, Subject, in_words};
use crate::document::DocumentOperation;

/// What stands before a note below a listing: four columns of line numbers and `= note: `.
const BEFORE_NOTE: usize = 12;

/// How many places that cannot be read are listed.
const MOST_PLACES: usize = 5;

/// The widest page: that of a file.
const UNBOUNDED: usize = 160;

/// How the report is laid out.
struct Layout {
    renderer: Renderer,
    /// The columns there are; nothing where nobody counts them.
    width: Option<usize>,
}

impl Layout {
    /// Breaks a message where words end; `before` is what stands before its first line. Lines that
    /// are indented are commands, and stay whole so that they can be copied.
    fn fit(&self, before: usize, text: &str) -> String {
        let Some(width) = self.width else {
            return text.to_owned();
        };
        let lines = text.lines().map(|line| match line.starts_with(' ') {
            true => line.to_owned(),
            false => wrap(line, width.saturating_sub(before), "", ""),
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

pub(super) fn render(report: &Report<'_>, color: bool, width: Option<usize>) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let layout = Layout {
        renderer: renderer.term_width(width.unwrap_or(UNBOUNDED)),
        width,
    };
    let mut out = String::new();
    for failure in report.failures {
        let title = format!("{}: {}", visible(&failure.file), visible(&failure.message));
        let title = layout.fit("error: ".len(), &title);
        let group = Level::ERROR.primary_title(title.as_str());
        let group = group.elements(Vec::<Snippet<'_, annotate_snippets::Annotation<'_>>>::new());
        out.push_str(&layout.renderer.render(&[group]));
        out.push_str("\n\n");
    }
    for (checked, text) in report.pages {
        let Some(operation) = report.operation(checked) else {
            continue;
        };
        for difference in report.told(checked) {
            out.push_str(&rendered(
                report, checked, operation, text, difference, &layout,
            ));
            out.push_str("\n\n");
        }
        for (said, at) in &checked.comparison.besides {
            let file = visible(&checked.file);
            let said = format!("note: {file}:{}: {}", at.first, visible(said));
            let _ = writeln!(out, "{}", layout.fit(0, &said));
        }
        for note in &checked.comparison.notes {
            let note = format!("note: {}: {}", visible(&checked.file), visible(note));
            let _ = writeln!(out, "{}", layout.fit(0, &note));
        }
        let summary = summary(report, checked, operation);
        let _ = writeln!(out, "{}", layout.fit(0, &summary));
    }
    out
}

fn rendered(
    report: &Report<'_>,
    checked: &Checked,
    operation: &DocumentOperation,
    text: &str,
    difference: &PageDifference,
    layout: &Layout,
) -> String {
    let (level, name) = match difference.standing {
        Standing::OnPurpose { .. } => (Level::NOTE, "on purpose"),
        Standing::Pending { .. } => (Level::NOTE, "pending"),
        Standing::Open(_) if difference.breaking.breaks => (Level::ERROR, "difference"),
        Standing::Open(_) => (Level::WARNING, "difference"),
    };
    let code = difference.code().code;
    let message = visible(&difference.message()).into_owned();
    let message = layout.fit(name.len() + code.len() + "[]: ".len(), &message);
    let lines = (difference.page_at.first, difference.page_at.last);
    let words = words(difference, text);
    let room = layout.width;
    let on_page = |lines, labels| {
        let words = (words.0, words.1.as_deref());
        Listing::of_lines(&checked.file, text, lines, words, labels, room)
    };
    let page = on_page(lines, page_labels(difference));
    let also = difference.page_also.map(|at| {
        let labels = one("the second of the two");
        on_page((at.first, at.last), labels)
    });
    let document = report.spec.document(&operation.file);
    let yaml = document.map_or("", |document| document.source.text.as_str());
    let spec = Listing::of_span(
        &operation.file,
        yaml,
        &difference.spec_at,
        spec_labels(difference),
        room,
    );
    let mut group = level
        .with_name(name)
        .primary_title(message.as_str())
        .id(code)
        .element(page.snippet(AnnotationKind::Primary));
    if let Some(also) = &also {
        group = group.element(also.snippet(AnnotationKind::Context));
    }
    if difference.kind != DifferenceKind::Contradiction
        && difference.kind != DifferenceKind::Unreadable
    {
        group = group.element(spec.snippet(AnnotationKind::Context));
    }
    if difference.kind == DifferenceKind::Unreadable {
        for (why, at) in checked.comparison.unreadable.iter().take(MOST_PLACES) {
            let place = format!("line {}: {}", at.first, visible(why));
            group = group.element(Level::NOTE.message(layout.fit(BEFORE_NOTE, &place)));
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
    group = group.element(Level::NOTE.message(layout.fit(BEFORE_NOTE, &standing)));
    if !matches!(
        difference.kind,
        DifferenceKind::Contradiction | DifferenceKind::Unreadable
    ) {
        group = group.element(Level::NOTE.message(layout.fit(BEFORE_NOTE, &breaking)));
    }
    let help = help(report, checked, difference);
    group = group.element(Level::HELP.message(layout.fit(BEFORE_NOTE, &help)));
    layout.renderer.render(&[group])
}

/// What is written beside the line of the page: what it says, or where that is too long, that it is
/// the page.
fn page_labels(difference: &PageDifference) -> [String; 2] {
    let is_presence = difference.name.aspect == Aspect::Present;
    match (&difference.page, difference.kind) {
        (_, DifferenceKind::Contradiction) => one("the first of the two"),
        (_, DifferenceKind::Unreadable) => one("the first place"),
        (Some(_), _) if is_presence => one("on the page"),
        (Some(value), _) => {
            let value = in_words(difference.name.aspect, value);
            [format!("the page: {value}"), "on the page".to_owned()]
        }
        (None, _) => one("not said here"),
    }
}

fn spec_labels(difference: &PageDifference) -> [String; 2] {
    let is_presence = difference.name.aspect == Aspect::Present;
    match &difference.spec {
        Some(_) if is_presence => one("in the document"),
        Some(value) => {
            let value = in_words(difference.name.aspect, value);
            [
                format!("the document: {value}"),
                "in the document".to_owned(),
            ]
        }
        None => one("not said here"),
    }
}

fn one(label: &str) -> [String; 2] {
    [label.to_owned(), label.to_owned()]
}

/// The words by which lines of the page speak of a difference: that of its subject, and what is said
/// of it, where that is a word that can stand on a page as it is.
fn words<'d>(difference: &'d PageDifference, text: &str) -> (Option<&'d str>, Option<String>) {
    let FactName { subject, aspect } = &difference.name;
    let said = match (&difference.page, *aspect) {
        (_, Aspect::Present) => None,
        (Some(value), Aspect::Required) => {
            let lines = text
                .lines()
                .skip(difference.page_at.first.saturating_sub(1));
            let count = difference
                .page_at
                .last
                .saturating_sub(difference.page_at.first)
                + 1;
            let mut words = lines
                .take(count)
                .flat_map(|it| it.split(|it: char| !it.is_alphanumeric()));
            let found = words.find(|it| yes_no(it) == Some(value.is_yes()));
            found.map(str::to_owned)
        }
        // Of a list, what the document does not have.
        (Some(ClaimValue::Many(items)), _) => {
            let known = difference.spec.as_ref().map_or(&[][..], ClaimValue::items);
            items.iter().find(|it| !known.contains(it)).cloned()
        }
        // The last word of `array of string`.
        (Some(ClaimValue::One(kind)), Aspect::Type) => kind.rsplit(' ').next().map(str::to_owned),
        (Some(ClaimValue::One(word)), aspect) if !aspect.is_flag() => Some(word.clone()),
        _ => None,
    };
    (named(subject), said)
}

/// The name by which a line of the page speaks of a subject.
fn named(subject: &Subject) -> Option<&str> {
    let name = match subject {
        Subject::Parameter(..) | Subject::Field(_) | Subject::Response(..) | Subject::Status(_) => {
            subject.leaf()
        }
        // The last word but for the aspect: the path of a field.
        Subject::Contradiction(about) => {
            let thing = about.rsplit_once(": ").map_or(about.as_str(), |it| it.0);
            let path = thing.rsplit(' ').next().unwrap_or(thing);
            path.trim_end_matches("[]")
                .rsplit('.')
                .next()
                .unwrap_or(path)
        }
        Subject::Operation | Subject::Unreadable => "",
    };
    Some(name).filter(|it| !it.is_empty())
}

fn help(report: &Report<'_>, checked: &Checked, difference: &PageDifference) -> String {
    let command = |action: &str| report.words.docs(action, [checked.file.as_str()]);
    let operation = report.operation(checked);
    let review = operation.and_then(|it| report.review(it));
    let fact = quoted(&difference.name.to_string());
    let reason = format!("{} --fact {fact} --reason '…'", command("accept"));
    let steps: Vec<(&str, String)> = match (&difference.standing, difference.kind) {
        (Standing::OnPurpose { .. }, _) => return "nothing to do".to_owned(),
        (Standing::Pending { .. }, _) => vec![(
            "fetch the page again on another day, then:",
            command("check --confirm"),
        )],
        (_, DifferenceKind::Unreadable) => {
            vec![("take it over by hand; what could be read:", command("read"))]
        }
        (_, DifferenceKind::Contradiction) => vec![("decide which is right, then:", reason)],
        (_, DifferenceKind::Vanished | DifferenceKind::Unsaid)
            if !difference.name.aspect.is_in_documents() =>
        {
            vec![
                ("after a look:", command("accept")),
                ("with a reason:", reason),
            ]
        }
        // What `patch` takes out is what a review recorded as gone.
        (_, DifferenceKind::Unsaid) if review.is_some_and(|it| it.is_gone(&difference.name)) => {
            vec![
                ("it was accepted as gone; to take it out:", command("patch")),
                ("to keep it:", reason),
            ]
        }
        (_, DifferenceKind::Unsaid) => vec![(
            "if the API does not have it, take it out by hand; to keep it:",
            reason,
        )],
        (_, DifferenceKind::Vanished) => vec![
            ("to keep it:", reason),
            ("if it is gone from the API:", command("accept")),
            ("and then:", command("patch")),
        ],
        _ if !difference.name.aspect.is_in_documents() => vec![
            (
                "documents have no word for it; after a look:",
                command("accept"),
            ),
            ("with a reason:", reason),
        ],
        _ => vec![
            ("to follow the page:", command("patch")),
            ("to keep it:", reason),
        ],
    };
    let lines: Vec<String> = steps
        .iter()
        .map(|(words, command)| format!("{words}\n  {command}"))
        .collect();
    lines.join("\n")
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
