//! How far a run is: a bar on a terminal, a line for each row elsewhere.

use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressStyle};

use crate::say::say;

/// Tells people how far a run is, on standard error.
pub(super) enum Progress {
    Bar(ProgressBar),
    Lines { ended: usize, of: usize },
}

impl Progress {
    /// A run of so many rows.
    pub(super) fn new(of: usize) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self::Lines { ended: 0, of };
        }
        let bar = ProgressBar::new(u64::try_from(of).unwrap_or(u64::MAX));
        let style = "{wide_bar} {pos}/{len}, {eta} left{msg}";
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        Self::Bar(bar)
    }

    /// A row has ended.
    pub(super) fn ended(&mut self, name: &str, what: &str, outcome: &str, failures: u32) {
        match self {
            Self::Bar(bar) => {
                if failures > 0 {
                    bar.set_message(format!(", {failures} failed"));
                }
                bar.inc(1);
            }
            Self::Lines { ended, of } => {
                *ended += 1;
                say(format_args!("{ended}/{of} row {name}: {what}: {outcome}"));
            }
        }
    }

    /// Says something besides.
    pub(super) fn say(&self, words: &str) {
        match self {
            Self::Bar(bar) => bar.suspend(|| say(words)),
            Self::Lines { .. } => say(words),
        }
    }

    /// The run is over.
    pub(super) fn finish(self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}
