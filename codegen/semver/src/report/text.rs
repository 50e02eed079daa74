//! For people, with the lines of both documents.

use huaweicloud_codegen::diagnostic::Listed;

use super::{Report, counts, effect_name, severity_name, weight, weight_of};
use crate::change::Place;

/// So many operations are named where a difference reaches more.
const MOST_NAMED: usize = 3;

impl Report<'_> {
    /// All differences with the lines they stand on, and the verdict.
    pub fn text(&self, color: bool, width: Option<usize>) -> String {
        let listings = self.listings(color, width);
        let mut text = String::new();
        for change in &self.difference.wire {
            let mut places = Vec::new();
            let mut add = |place: &Option<Place>, is_old, label| {
                let place = place.as_ref();
                if let Some((source, place)) =
                    place.and_then(|it| Some((self.source_of(it, is_old)?, it)))
                {
                    places.push((source, place.span(), label));
                }
            };
            add(&change.old, true, "before");
            add(&change.new, false, "now");
            let help = match change.operations.len() {
                0 => Vec::new(),
                _ => vec![format!("in {}", named(&change.operations))],
            };
            let listed = Listed {
                weight: weight(change.severity),
                kind: severity_name(change.severity),
                code: change.code,
                message: &change.message,
                places,
                help,
            };
            text.push_str(&listings.show(&listed));
            text.push('\n');
        }
        for change in &self.difference.rust {
            let mut help = Vec::new();
            if let Some(instead) = &change.instead {
                help.push(format!("write `{instead}` instead"));
            }
            if change.silent {
                help.push("code that uses it still compiles, and means another thing".to_owned());
            }
            if !change.only_with.is_empty() {
                help.push(format!(
                    "only with the feature {}",
                    change.only_with.join(", ")
                ));
            }
            let kind = format!("rust: {}", effect_name(change.effect));
            let listed = Listed {
                weight: weight_of(change.effect),
                kind: &kind,
                code: change.code,
                message: &change.message,
                places: Vec::new(),
                help,
            };
            text.push_str(&listings.show(&listed));
            text.push('\n');
        }
        let wire = self.difference.wire.iter().map(|it| it.severity);
        let rust = self.difference.rust.iter().map(|it| it.effect);
        text.push_str(&format!("on the wire: {}\n", counts(wire, severity_name)));
        text.push_str(&format!("in Rust: {}\n", counts(rust, effect_name)));
        text.push_str(&self.verdict());
        text.push('\n');
        text
    }
}

impl Report<'_> {
    /// A line for each difference, and the verdict.
    pub fn summary(&self) -> String {
        let wire = self.difference.wire.iter();
        let wire = wire.map(|it| (severity_name(it.severity), it.code, &it.message));
        let rust = self.difference.rust.iter();
        let rust = rust.map(|it| (effect_name(it.effect), it.code, &it.message));
        let lines = wire
            .chain(rust)
            .map(|(word, code, message)| format!("{word}[{code}]: {message}\n"));
        let mut text: String = lines.collect();
        text.push_str(&self.verdict());
        text.push('\n');
        text
    }
}

/// The operations that a difference reaches.
pub(super) fn named(operations: &[String]) -> String {
    let named: Vec<_> = operations
        .iter()
        .take(MOST_NAMED)
        .map(String::as_str)
        .collect();
    let named = named.join(", ");
    match operations.len().saturating_sub(MOST_NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}
