//! What a check found, for people and for machines.

mod command;
mod github;
mod help;
mod json;
mod lines;
mod listing;
mod markdown;
mod sarif;
mod text;

pub use command::CommandContext;
pub(crate) use command::quoted;

use huaweicloud_codegen::diagnostic::formats::Weight;

use crate::check::{Checked, DifferenceKind, PageDifference, Standing};
use crate::document::{DocumentOperation, Spec};
use crate::lock::{Lock, Review};

/// A page that could not be checked, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The page's file.
    pub file: String,
    /// What happened, and what to do.
    pub message: String,
}

/// An address that led elsewhere when it was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The operation whose file is there.
    pub operation: String,
    /// The address.
    pub from: String,
    /// Where it led.
    pub to: String,
    /// What to edit, and where.
    pub edit: String,
}

/// Everything a report needs.
#[derive(Debug)]
pub struct Report<'a> {
    /// The documents.
    pub spec: &'a Spec,
    /// What is on record.
    pub lock: &'a Lock,
    /// The pages that were checked, each with the texts of its files.
    pub pages: &'a [(Checked, Vec<String>)],
    /// The pages that could not be checked.
    pub failures: &'a [Failure],
    /// Whether differences that are on purpose are told too.
    pub all: bool,
    /// What printed commands need besides the page.
    pub words: CommandContext<'a>,
}

/// How many differences there are, by what becomes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Those that wait for a decision, the pending ones included.
    pub open: usize,
    /// Those among the open ones that are pending.
    pub pending: usize,
    /// Those among the open ones that would break users.
    pub breaking: usize,
    /// Those that are on purpose.
    pub on_purpose: usize,
}

impl Report<'_> {
    /// How many differences there are.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for (checked, _) in self.pages {
            for it in &checked.comparison.differences {
                if it.is_on_purpose() {
                    counts.on_purpose += 1;
                    continue;
                }
                counts.open += 1;
                counts.pending += usize::from(matches!(it.standing, Standing::Pending { .. }));
                counts.breaking += usize::from(it.breaking.breaks);
            }
        }
        counts
    }

    /// The exit code: 0 no difference, 1 some, 2 something could not be read.
    pub fn exit_code(&self) -> u8 {
        match self.counts().open {
            _ if !self.is_complete() => 2,
            0 => 0,
            _ => 1,
        }
    }

    /// Whether everything could be read.
    fn is_complete(&self) -> bool {
        let is_malformed = |(it, _): &(Checked, Vec<String>)| it.comparison.is_unreadable();
        self.failures.is_empty() && !self.pages.iter().any(is_malformed)
    }

    /// For people: each difference with the line of the page and the line of the document, within
    /// so many columns if they are counted.
    pub fn text(&self, color: bool, width: Option<usize>) -> String {
        text::render(self, color, width)
    }

    /// For programs: everything.
    pub fn json(&self) -> String {
        json::render(self)
    }

    /// For tools that collect findings: SARIF 2.1.0.
    pub fn sarif(&self) -> String {
        sarif::render(self)
    }

    /// For GitHub Actions: one annotation a difference.
    pub fn github(&self) -> String {
        github::render(self)
    }

    /// For an issue or a pull request: Markdown, bounded, with what moved on the way.
    pub fn markdown(&self, moved: &[Moved]) -> String {
        markdown::render(self, moved)
    }

    /// Every difference that is told, with where it belongs.
    fn all_told(&self) -> impl Iterator<Item = (&Checked, &DocumentOperation, &PageDifference)> {
        let pages = self.pages.iter();
        let pages = pages.filter_map(|(it, _)| Some((it, self.operation(it)?)));
        pages.flat_map(|(checked, operation)| {
            let told = self.told(checked);
            told.map(move |it| (checked, operation, it))
        })
    }

    fn told<'c>(&self, checked: &'c Checked) -> impl Iterator<Item = &'c PageDifference> {
        let all = self.all;
        let differences = checked.comparison.differences.iter();
        differences.filter(move |it| all || !it.is_on_purpose())
    }

    fn operation(&self, checked: &Checked) -> Option<&DocumentOperation> {
        checked.operation(self.spec)
    }

    fn review(&self, operation: &DocumentOperation) -> Option<&Review> {
        self.lock.review(&operation.label())
    }

    /// When the page of an operation was reviewed, in words.
    fn reviewed(&self, operation: &DocumentOperation) -> String {
        match self.review(operation) {
            Some(review) => format!("reviewed {}", review.reviewed),
            None => "never reviewed".to_owned(),
        }
    }

    fn standing(&self, operation: &DocumentOperation, difference: &PageDifference) -> String {
        difference.standing_in_words(self.review(operation))
    }
}

/// How much a difference matters.
fn weight(it: &PageDifference) -> Weight {
    let is_unreadable = it.kind == DifferenceKind::Unreadable;
    match it.standing {
        Standing::OnPurpose { .. } | Standing::Pending { .. } => Weight::Note,
        Standing::Open(_) if it.breaking.breaks || is_unreadable => Weight::Error,
        Standing::Open(_) => Weight::Warning,
    }
}

/// What following the page means for users, in words.
fn breaking(difference: &PageDifference) -> String {
    let is_breaking = match difference.breaking.breaks {
        true => "breaking",
        false => "not breaking",
    };
    format!(
        "following {} is {is_breaking}: {}",
        difference.by.who(),
        difference.breaking.why
    )
}

/// The file, line and column of the document's side of a difference.
fn place<'s>(
    spec: &'s Spec,
    operation: &'s DocumentOperation,
    difference: &PageDifference,
) -> (&'s str, usize, usize) {
    let Some(document) = spec.document(&operation.file) else {
        return (&operation.file, 1, 1);
    };
    let place = document.source.place(&difference.spec_at);
    let at = place.position();
    (place.path, at.line, at.column)
}

/// `1 file`, `2 files`, `no file`.
fn counted(count: usize, what: &str) -> String {
    match count {
        0 => format!("no {what}"),
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}

#[cfg(test)]
mod tests;
