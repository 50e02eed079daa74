//! The names a page uses outside of its tables.

use std::collections::HashSet;

use crate::vocabulary::name_like;

/// Names that the page uses elsewhere: in the route, and as keys of its examples.
#[derive(Debug, Default)]
pub(in crate::form) struct Names(HashSet<String>);

impl Names {
    /// Collects the names in a page.
    pub(in crate::form) fn of(text: &str) -> Self {
        let mut names = HashSet::new();
        for piece in text.split('{').skip(1) {
            if let Some((name, _)) = piece.split_once('}')
                && name.len() <= 64
                && name_like(name)
            {
                names.insert(name.to_owned());
            }
        }
        let mut quoted = text.split('"');
        quoted.next();
        let quoted: Vec<&str> = quoted.collect();
        for pair in quoted.windows(2) {
            if let [name, after] = pair
                && after.trim_start().starts_with(':')
                && name.len() <= 64
                && name_like(name)
            {
                names.insert((*name).to_owned());
            }
        }
        Self(names)
    }

    /// Whether a name is among them.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}
