//! For those who read what is new.

use std::fmt::Write;

use super::Report;
use super::text::named;
use crate::change::{Effect, Severity};

impl Report<'_> {
    /// The lines of an entry: what breaks first, then what is new, then what else differs; each with the
    /// operations and the line that caused it. Empty where there is nothing to release.
    pub fn changelog(&self) -> String {
        let listings = self.listings(false, None);
        let mut groups: [(&str, Vec<String>); 3] = [
            ("Breaking", Vec::new()),
            ("Added and changed", Vec::new()),
            ("Documentation", Vec::new()),
        ];
        for change in &self.difference.wire {
            let group = match change.severity {
                Severity::Breaking => 0,
                Severity::Dangerous | Severity::Compatible => 1,
                Severity::Documentation => 2,
                // Rust tells of it if it matters.
                Severity::None => continue,
            };
            let operations = match change.operations.is_empty() {
                true => String::new(),
                false => format!("`{}`: ", named(&change.operations)),
            };
            let place = self.place(&listings, change);
            let line = format!("{operations}{} ({place})", change.message);
            groups[group].1.push(line);
        }
        for change in &self.difference.rust {
            let group = match change.effect {
                Effect::Breaking => 0,
                Effect::Deprecated | Effect::Additive => 1,
                Effect::Documentation => continue,
            };
            let instead = change.instead.as_ref();
            let instead = instead.map_or_else(String::new, |it| format!("; write `{it}` instead"));
            groups[group]
                .1
                .push(format!("Rust: {}{instead}", change.message));
        }
        let mut text = String::new();
        for (title, lines) in groups.iter().filter(|(_, lines)| !lines.is_empty()) {
            // Writing to a text does not fail.
            let _ = writeln!(text, "### {title}\n");
            for line in lines {
                let _ = writeln!(text, "- {line}");
            }
            text.push('\n');
        }
        text
    }
}
