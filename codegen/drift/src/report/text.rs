//! The report for people.

use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use huaweicloud_codegen::diagnostic::formats::Weight;
use huaweicloud_codegen::diagnostic::wrap;

use super::help::help;
use super::lines::Lines;
use super::{Page, Report, Told};
use crate::check::{DifferenceKind, Standing};
use crate::foreign::visible;

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

impl Report<'_> {
    /// For people: each difference with the line of the page and the line of the document, within
    /// so many columns if they are counted.
    pub fn text(&self, color: bool, width: Option<usize>) -> String {
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
        for failure in self.failures {
            let title = format!("{}: {}", visible(&failure.file), visible(&failure.message));
            let title = layout.fit("error: ".len(), &title);
            let group = Level::ERROR.primary_title(title.as_str());
            let group =
                group.elements(Vec::<Snippet<'_, annotate_snippets::Annotation<'_>>>::new());
            out.push_str(&layout.renderer.render(&[group]));
            out.push_str("\n\n");
        }
        for page in self.pages() {
            let checked = page.checked;
            for told in page.told() {
                out.push_str(&rendered(told, &layout));
                out.push_str("\n\n");
            }
            for (said, at) in &checked.comparison.besides {
                let file = visible(checked.file(*at));
                let said = format!("note: {file}:{at}: {}", visible(said));
                let _ = writeln!(out, "{}", layout.fit(0, &said));
            }
            for note in &checked.comparison.notes {
                let note = format!("note: {}: {}", visible(&checked.title()), visible(note));
                let _ = writeln!(out, "{}", layout.fit(0, &note));
            }
            let _ = writeln!(out, "{}", layout.fit(0, &summary(page)));
        }
        out
    }
}

fn rendered(told: Told<'_>, layout: &Layout) -> String {
    let (difference, checked) = (told.it, told.page.checked);
    let level = match told.weight() {
        Weight::Error => Level::ERROR,
        Weight::Warning => Level::WARNING,
        Weight::Note => Level::NOTE,
    };
    let name = match difference.standing {
        Standing::OnPurpose { .. } => "on purpose",
        Standing::Pending { .. } => "pending",
        Standing::Open(_) => "difference",
    };
    let code = difference.code().code;
    let message = visible(&difference.to_string()).into_owned();
    let message = layout.fit(name.len() + code.len() + "[]: ".len(), &message);
    let lines = Lines::of(told, layout.width);
    let mut group = level
        .with_name(name)
        .primary_title(message.as_str())
        .id(code)
        .element(lines.page.snippet(AnnotationKind::Primary));
    for other in lines.also.iter().chain(&lines.document) {
        group = group.element(other.snippet(AnnotationKind::Context));
    }
    if difference.kind == DifferenceKind::Unreadable {
        for (why, at) in checked.page.unreadable.iter().take(MOST_PLACES) {
            let file = match checked.files.len() {
                1 => String::new(),
                _ => format!("{}, ", visible(checked.file(*at))),
            };
            let place = format!("{file}line {at}: {}", visible(why));
            group = group.element(Level::NOTE.message(layout.fit(BEFORE_NOTE, &place)));
        }
        let all = checked.page.unreadable.len();
        let more = all.saturating_sub(MOST_PLACES);
        if more > 0 {
            group = group.element(Level::NOTE.message(format!("and {more} more")));
        }
    }
    let standing = told.standing();
    group = group.element(Level::NOTE.message(layout.fit(BEFORE_NOTE, &visible(&standing))));
    if lines.document.is_some() {
        let breaking = layout.fit(BEFORE_NOTE, &told.breaking());
        group = group.element(Level::NOTE.message(breaking));
    }
    let help = layout.fit(BEFORE_NOTE, &help(told));
    group = group.element(Level::HELP.message(help));
    let rendered = layout.renderer.render(&[group]);
    let mut shown = lines.all().peekable();
    let placed = rendered.split_inclusive('\n').map(|line| {
        let placed = shown.peek().and_then(|it| it.placed(line));
        shown.next_if(|_| placed.is_some());
        placed.unwrap_or_else(|| line.to_owned())
    });
    placed.collect()
}

/// What was found of one operation, in a sentence.
fn summary(page: Page<'_>) -> String {
    let Page {
        checked, operation, ..
    } = page;
    let open = checked.comparison.open().count();
    let on_purpose = checked.comparison.differences.len() - open;
    let reviewed = page.reviewed();
    let count = super::counted(open, "difference");
    let purpose = match on_purpose {
        0 => String::new(),
        n => format!(", {n} on purpose"),
    };
    format!(
        "{}: {} ({}), {reviewed}: {count}{purpose}",
        visible(&checked.title()),
        operation.label(),
        operation.file
    )
}
