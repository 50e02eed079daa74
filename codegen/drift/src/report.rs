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

use crate::check::{Breaking, Checked, DifferenceKind, PageDifference, Standing};
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
                counts.pending += usize::from(it.is_pending());
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

    /// The pages with what they are about.
    fn pages(&self) -> impl Iterator<Item = Page<'_>> {
        self.pages.iter().filter_map(|(checked, texts)| {
            let operation = checked.operation(self.spec)?;
            Some(Page {
                report: self,
                checked,
                texts,
                operation,
                review: self.lock.review(&operation.label()),
            })
        })
    }
}

/// A page that was checked, with all that it is about.
#[derive(Clone, Copy)]
struct Page<'r> {
    report: &'r Report<'r>,
    checked: &'r Checked,
    texts: &'r [String],
    operation: &'r DocumentOperation,
    review: Option<&'r Review>,
}

impl<'r> Page<'r> {
    /// The differences that are told.
    fn told(self) -> impl Iterator<Item = Told<'r>> {
        let differences = self.checked.comparison.differences.iter();
        let told = differences.filter(move |it| self.report.all || !it.is_on_purpose());
        told.map(move |it| Told { page: self, it })
    }

    /// When it was reviewed, in words.
    fn reviewed(self) -> String {
        match self.review {
            Some(review) => format!("reviewed {}", review.reviewed),
            None => "never reviewed".to_owned(),
        }
    }
}

/// A difference that is told, with the page it is of.
#[derive(Clone, Copy)]
struct Told<'r> {
    page: Page<'r>,
    it: &'r PageDifference,
}

impl<'r> Told<'r> {
    fn standing(self) -> String {
        self.it.standing_in_words(self.page.review)
    }

    /// How much it matters.
    fn weight(self) -> Weight {
        let is_unreadable = self.it.kind == DifferenceKind::Unreadable;
        match self.it.standing {
            Standing::OnPurpose { .. } | Standing::Pending { .. } => Weight::Note,
            Standing::Open(_) if self.it.breaking.breaks || is_unreadable => Weight::Error,
            Standing::Open(_) => Weight::Warning,
        }
    }

    /// What following the page means for users, in words.
    fn breaking(self) -> String {
        let Breaking { breaks, why } = self.it.breaking;
        let is_breaking = if breaks { "breaking" } else { "not breaking" };
        format!("following {} is {is_breaking}: {why}", self.it.by.who())
    }

    /// The file, line and column of the document's side.
    fn place(self) -> (&'r str, usize, usize) {
        let file = &self.page.operation.file;
        let Some(document) = self.page.report.spec.document(file) else {
            return (file, 1, 1);
        };
        let place = document.source.place(&self.it.spec_at);
        let at = place.position();
        (place.path, at.line, at.column)
    }
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
