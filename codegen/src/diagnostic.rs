//! What is wrong with a document, and where.

mod class;
pub mod codes;
pub mod formats;
mod render;
mod rule;
mod wrap;

use std::fmt;

pub use class::Class;
pub use render::{Listed, Listings};
pub use rule::Rule;
pub use wrap::wrap;

use crate::source::{Source, Span};

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Told, but generation goes on.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// One finding with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it weighs.
    pub severity: Severity,
    /// A stable name: `spec::unknown-field`.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The path of the source it is in.
    pub path: String,
    /// The bytes it is about.
    pub span: Span,
    /// A few words printed beside the marked bytes.
    pub label: String,
    /// Other places that matter.
    pub related: Vec<Related>,
    /// What to do about it.
    pub help: Option<String>,
}

/// Another place that matters to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The path of the source it is in.
    pub path: String,
    /// The bytes.
    pub span: Span,
    /// A few words printed beside them.
    pub label: String,
}

impl Diagnostic {
    /// Adds another place of the same source that matters, with a few words.
    pub fn related(&mut self, span: &Span, label: impl Into<String>) -> &mut Self {
        self.related.push(Related {
            path: self.path.clone(),
            span: span.clone(),
            label: label.into(),
        });
        self
    }

    /// The same with each place in the file that has it: what is found in the tree of a document
    /// may be written in a file that it refers to.
    pub(crate) fn placed(mut self, source: &Source) -> Self {
        let place = source.place(&self.span);
        (self.path, self.span) = (place.path.to_owned(), place.span);
        for related in &mut self.related {
            let place = source.place(&related.span);
            (related.path, related.span) = (place.path.to_owned(), place.span);
        }
        self
    }

    /// Says what to do about it.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }
}

/// Findings, sorted by file and place when rendered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// Adds all findings of another list.
    pub fn extend(&mut self, other: Diagnostics) {
        self.items.extend(other.items);
    }

    /// The findings, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.items.iter()
    }

    /// The findings by file and place, errors before warnings at the same place, each once: an
    /// anchor used twice leads the checks to the same bytes twice.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<&Diagnostic> = self.items.iter().collect();
        sorted.sort_by(|a, b| order(a).cmp(&order(b)));
        sorted.dedup();
        sorted
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether anything found forbids generation.
    pub fn has_errors(&self) -> bool {
        self.items
            .iter()
            .any(|item| item.severity == Severity::Error)
    }

    /// Whether anything found in one source, or in a file that it refers to, forbids generation.
    pub fn has_errors_in(&self, source: &Source) -> bool {
        let is_of = |it: &Diagnostic| source.texts().any(|(path, _)| path == it.path);
        let mut items = self.items.iter();
        items.any(|item| item.severity == Severity::Error && is_of(item))
    }

    /// How many findings there are: `2 errors, 1 warning`. Empty when there are none.
    pub fn summary(&self) -> String {
        let sorted = self.sorted();
        let part = |severity: Severity| {
            let count = sorted.iter().filter(|it| it.severity == severity).count();
            let plural = if count == 1 { "" } else { "s" };
            (count > 0).then(|| format!("{count} {severity}{plural}"))
        };
        [part(Severity::Error), part(Severity::Warning)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// Prints every finding with its source lines; `color` turns terminal colours on.
    ///
    /// `sources` are looked up by path; a finding in a file that is not among them is printed
    /// without its source lines. The text ends with a line feed unless it is empty.
    pub fn render(&self, sources: &[Source], color: bool) -> String {
        self.render_within(sources, color, None)
    }

    /// As [`Self::render`], within so many columns if they are counted.
    pub fn render_within(&self, sources: &[Source], color: bool, width: Option<usize>) -> String {
        render::full(&self.sorted(), sources, color, width)
    }

    /// Prints every finding on one line: `path:line:column: error[code]: message`.
    pub fn render_short(&self, sources: &[Source]) -> String {
        render::short(&self.sorted(), sources)
    }
}

fn order(item: &Diagnostic) -> impl Ord + '_ {
    (
        (item.path.as_str(), item.span.start, item.severity),
        (item.code, item.message.as_str(), item.span.end),
        (item.label.as_str(), item.help.as_deref()),
        item.related
            .iter()
            .map(|it| {
                (
                    it.path.as_str(),
                    it.span.start,
                    it.span.end,
                    it.label.as_str(),
                )
            })
            .collect::<Vec<_>>(),
    )
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(items: I) -> Self {
        Self {
            items: items.into_iter().collect(),
        }
    }
}

/// Collects the findings of one source and of the files that it refers to.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    source: &'a Source,
    items: Vec<Diagnostic>,
}

impl<'a> Report<'a> {
    /// An empty report about a source.
    pub(crate) fn new(source: &'a Source) -> Self {
        Self {
            source,
            items: Vec::new(),
        }
    }

    /// Adds what a rule is about; the result takes related places and help.
    pub(crate) fn find(
        &mut self,
        rule: &Rule,
        span: &Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> &mut Diagnostic {
        self.add(rule.severity, rule.code, span, message.into(), label.into())
    }

    /// Adds an error; the result takes related places and help.
    pub(crate) fn error(
        &mut self,
        code: &'static str,
        span: &Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> &mut Diagnostic {
        self.add(Severity::Error, code, span, message.into(), label.into())
    }

    /// Adds a warning; the result takes related places and help.
    pub(crate) fn warning(
        &mut self,
        code: &'static str,
        span: &Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> &mut Diagnostic {
        self.add(Severity::Warning, code, span, message.into(), label.into())
    }

    /// Adds a finding of either weight.
    pub(crate) fn add(
        &mut self,
        severity: Severity,
        code: &'static str,
        span: &Span,
        message: String,
        label: String,
    ) -> &mut Diagnostic {
        let at = self.items.len();
        self.items.push(Diagnostic {
            severity,
            code,
            message,
            path: self.source.path.clone(),
            span: span.clone(),
            label,
            related: Vec::new(),
            help: None,
        });
        // `at` is the index of the element pushed just above.
        &mut self.items[at]
    }

    /// The findings, each in the file that has it.
    pub(crate) fn finish(self) -> Diagnostics {
        let placed = self.items.into_iter().map(|it| it.placed(self.source));
        placed.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(path: &str, start: usize, severity: Severity) -> Diagnostic {
        Diagnostic {
            severity,
            code: codes::SYNTAX,
            message: "m".into(),
            path: path.into(),
            span: start..start + 1,
            label: "l".into(),
            related: Vec::new(),
            help: None,
        }
    }

    #[test]
    fn findings_are_sorted_by_file_and_place_and_told_once() {
        let diagnostics: Diagnostics = [
            finding("b", 0, Severity::Error),
            finding("a", 5, Severity::Warning),
            finding("a", 5, Severity::Error),
            finding("a", 1, Severity::Warning),
            finding("a", 5, Severity::Error),
        ]
        .into_iter()
        .collect();
        let places: Vec<_> = diagnostics
            .sorted()
            .iter()
            .map(|it| (it.path.as_str(), it.span.start, it.severity))
            .collect();
        use Severity::{Error, Warning};
        assert_eq!(
            places,
            [
                ("a", 1, Warning),
                ("a", 5, Error),
                ("a", 5, Warning),
                ("b", 0, Error)
            ]
        );
        assert_eq!(diagnostics.summary(), "2 errors, 2 warnings");
        assert_eq!(Diagnostics::default().summary(), "");
    }
}
