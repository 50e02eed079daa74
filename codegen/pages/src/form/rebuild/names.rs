//! The names a page uses outside of its tables.

use std::collections::HashSet;

use crate::vocabulary::name_like;

/// Names that the page uses elsewhere: in the route, and as keys of its examples.
#[derive(Debug, Default)]
pub(in crate::form) struct Names(HashSet<String>);

impl Names {
    /// Collects the names in a page.
    pub(in crate::form) fn of(text: &str) -> Self {
        let pieces = text.split('{').skip(1);
        let filled_in = pieces.filter_map(|piece| Some(piece.split_once('}')?.0));
        let quoted: Vec<&str> = text.split('"').skip(1).collect();
        let keys = quoted.windows(2).filter_map(|pair| match pair {
            [name, after] if after.trim_start().starts_with(':') => Some(*name),
            _ => None,
        });
        let all = filled_in.chain(keys);
        let names = all.filter(|name| name.len() <= 64 && name_like(name));
        Self(names.map(str::to_owned).collect())
    }

    /// Whether a name is among them.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}
