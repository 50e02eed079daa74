//! Patterns, built once.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// A pattern; one that does not compile, which a test rules out, matches nothing.
pub(super) struct Pattern(LazyLock<Option<Regex>>);

impl Pattern {
    /// A pattern made at its first use.
    pub(super) const fn new(make: fn() -> Option<Regex>) -> Self {
        Self(LazyLock::new(make))
    }

    /// The first match.
    pub(super) fn find<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.0.as_ref()?.captures(text)
    }

    /// All matches.
    pub(super) fn all<'p, 't: 'p>(
        &'p self,
        text: &'t str,
    ) -> impl Iterator<Item = Captures<'t>> + 'p {
        self.0
            .iter()
            .flat_map(move |regex| regex.captures_iter(text))
    }

    /// Whether there is a match.
    pub(super) fn hits(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

/// `pattern!("…")`: a static pattern.
macro_rules! pattern {
    ($text:expr) => {{
        static PATTERN: $crate::read::describe::pattern::Pattern =
            $crate::read::describe::pattern::Pattern::new(|| regex::Regex::new($text).ok());
        &PATTERN
    }};
}

pub(super) use pattern;
