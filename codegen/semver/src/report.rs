//! What differs, for people and for programs.

mod changelog;
mod json;
mod markdown;
mod text;

use huaweicloud_codegen::Source;
use huaweicloud_codegen::diagnostic::Listings;
use huaweicloud_codegen::diagnostic::formats::Weight;

use crate::change::{Effect, Place, Severity};
use crate::compare::Difference;
use crate::version::Version;

/// A difference with the documents that it is between.
pub struct Report<'a> {
    difference: &'a Difference,
    sources: Vec<&'a Source>,
    /// How many of the sources are old ones.
    old: usize,
    version: Option<Version>,
}

impl<'a> Report<'a> {
    /// A report of what differs between old and new documents. With the version of the crate it tells
    /// the next one.
    pub fn new(
        difference: &'a Difference,
        old: &'a [Source],
        new: &'a [Source],
        version: Option<Version>,
    ) -> Self {
        Self {
            difference,
            sources: old.iter().chain(new).collect(),
            old: old.len(),
            version,
        }
    }

    fn listings(&self, color: bool, width: Option<usize>) -> Listings<'a> {
        Listings::new(&self.sources, color, width)
    }

    /// Which of the sources a place is in.
    fn source_of(&self, place: &Place, is_old: bool) -> Option<usize> {
        let (from, to) = match is_old {
            true => (0, self.old),
            false => (self.old, self.sources.len()),
        };
        let known = self.sources.get(from..to)?;
        let found = known.iter().position(|it| it.path == place.path);
        found.map(|at| at + from)
    }

    /// A place as people count it: path, line, column.
    fn position(
        &self,
        listings: &Listings<'_>,
        place: &Place,
        is_old: bool,
    ) -> Option<(String, usize, usize)> {
        let source = self.source_of(place, is_old)?;
        let (path, position) = listings.position(source, place.span().start)?;
        Some((path.to_owned(), position.line, position.column))
    }

    /// The verdict in a sentence, with the next version where there is one.
    fn verdict(&self) -> String {
        let (verdict, decision) = self.difference.decided();
        let mut text = format!("verdict: {verdict}");
        if let Some(version) = self.version {
            let next = version.after(verdict);
            text.push_str(&match next == version {
                true => format!("; {version} stays"),
                false => format!("; after {version} comes {next}"),
            });
        }
        if let (Some(message), Some(code)) = (decision.message(), decision.code()) {
            text.push_str(&format!("\ndecided by: {message} ({code})"));
        } else if !self.difference.wire.is_empty() {
            text.push_str("\ndecided by: nothing public that is made of the documents differs");
        }
        if let Some(instead) = decision.instead() {
            text.push_str(&format!("\ninstead: {instead}"));
        }
        text
    }
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::None => "none",
        Severity::Documentation => "documentation",
        Severity::Compatible => "compatible",
        Severity::Dangerous => "dangerous",
        Severity::Breaking => "breaking",
    }
}

fn weight(severity: Severity) -> Weight {
    match severity {
        Severity::Breaking => Weight::Error,
        Severity::Dangerous => Weight::Warning,
        Severity::Compatible | Severity::Documentation | Severity::None => Weight::Note,
    }
}

fn weight_of(effect: Effect) -> Weight {
    match effect {
        Effect::Breaking => Weight::Error,
        Effect::Deprecated => Weight::Warning,
        Effect::Additive | Effect::Documentation => Weight::Note,
    }
}

fn effect_name(effect: Effect) -> &'static str {
    match effect {
        Effect::Documentation => "documentation",
        Effect::Deprecated => "deprecated",
        Effect::Additive => "additive",
        Effect::Breaking => "breaking",
    }
}

/// `2 breaking, 1 compatible`.
fn counts<T: Copy + PartialEq>(
    all: impl Iterator<Item = T>,
    name: fn(T) -> &'static str,
) -> String {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for it in all {
        match counts.iter_mut().find(|(known, _)| *known == it) {
            Some((_, count)) => *count += 1,
            None => counts.push((it, 1)),
        }
    }
    let words = counts
        .into_iter()
        .map(|(it, count)| format!("{count} {}", name(it)));
    let words: Vec<_> = words.collect();
    match words.is_empty() {
        true => "nothing".to_owned(),
        false => words.join(", "),
    }
}
