//! For a pull request, and for the annotations of one.

use std::fmt::Write;

use huaweicloud_codegen::diagnostic::Listings;
use huaweicloud_codegen::diagnostic::formats::{Weight, github};

use super::{Report, effect_name, severity_name, weight, weight_of};
use crate::change::Change;

impl Report<'_> {
    /// The differences as tables, and the verdict.
    pub fn markdown(&self) -> String {
        let listings = self.listings(false, None);
        let mut text = format!("{}\n", self.verdict().replace('\n', "  \n"));
        if !self.difference.wire.is_empty() {
            text.push_str("\n| on the wire | what | where |\n|---|---|---|\n");
        }
        for change in &self.difference.wire {
            // Writing to a text does not fail.
            let _ = writeln!(
                text,
                "| {} | {} (`{}`) | {} |",
                severity_name(change.severity),
                cell(&change.message),
                change.code,
                cell(&self.place(&listings, change)),
            );
        }
        if !self.difference.rust.is_empty() {
            text.push_str("\n| in Rust | what |\n|---|---|\n");
        }
        for change in &self.difference.rust {
            let _ = writeln!(
                text,
                "| {} | {} (`{}`) |",
                effect_name(change.effect),
                cell(&change.message),
                change.code,
            );
        }
        text
    }

    /// The place in the new document, or in the old one where the new has none: `path:line`.
    pub(super) fn place(&self, listings: &Listings<'_>, change: &Change) -> String {
        let of = |place: &Option<_>, is_old| self.position(listings, place.as_ref()?, is_old);
        let position = of(&change.new, false).or_else(|| of(&change.old, true));
        position.map_or_else(String::new, |(path, line, _)| format!("{path}:{line}"))
    }

    /// Annotations of GitHub Actions: one a difference on the wire, and one for the verdict.
    pub fn github(&self) -> String {
        let listings = self.listings(false, None);
        let mut text = String::new();
        for change in &self.difference.wire {
            let at = change.new.as_ref();
            let at = at.and_then(|place| self.position(&listings, place, false));
            let at = at
                .as_ref()
                .map(|(path, line, column)| (path.as_str(), *line, *column));
            let weight = weight(change.severity);
            text.push_str(&github::annotation(
                weight,
                at,
                change.code,
                &change.message,
            ));
        }
        for change in &self.difference.rust {
            let weight = weight_of(change.effect);
            text.push_str(&github::annotation(
                weight,
                None,
                change.code,
                &change.message,
            ));
        }
        text.push_str(&github::annotation(
            Weight::Note,
            None,
            "verdict",
            &self.verdict(),
        ));
        text
    }
}

/// A text in a cell of a table. What stands between backticks is shown as it is.
fn cell(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(at, part)| match at % 2 {
        0 => part.replace('<', "&lt;").replace('[', "\\["),
        _ => part.to_owned(),
    });
    let text = parts.collect::<Vec<_>>().join("`");
    text.replace('|', "\\|").replace('\n', " ")
}
