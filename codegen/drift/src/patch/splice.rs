//! Edits of a document's text that leave everything else as it is written.

use std::ops::Range;

use huaweicloud_codegen::load::tree::{Entry, Node, Value as Yaml};

use crate::lines::{line_start, next_line};
use crate::piece::New;

/// Text to be put in place of a range of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Splice {
    pub(crate) range: Range<usize>,
    pub(crate) with: String,
}

impl Splice {
    pub(crate) fn new(range: Range<usize>, with: impl Into<String>) -> Self {
        let with = with.into();
        Self { range, with }
    }
}

/// Why an edit cannot be made by splicing.
pub(crate) type Refusal = String;

const UNUSUAL: &str = "the list is written in an unusual way";

/// Applies edits; nothing if two of them touch the same bytes.
pub(crate) fn apply(text: &str, mut splices: Vec<Splice>) -> Option<String> {
    splices.sort_by_key(|it| (it.range.start, it.range.end));
    let line_feed = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for it in &splices {
        out.push_str(text.get(done..it.range.start)?);
        out.push_str(&it.with.replace('\n', line_feed));
        done = it.range.end;
    }
    out.push_str(text.get(done..)?);
    Some(out)
}

/// The text of a document, to be edited.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Editor<'a> {
    pub(crate) text: &'a str,
}

impl Editor<'_> {
    /// Puts another scalar in the place of one. Quotes stay if the old one had them and the new one
    /// is `text`.
    pub(crate) fn replace_scalar(&self, node: &Node, scalar: &str) -> Splice {
        Splice::new(node.span.clone(), scalar)
    }

    /// Adds `key: value` to a mapping, behind the last of the keys `after` that it has.
    pub(crate) fn insert(
        &self,
        mapping: &Node,
        after: &[&str],
        key: &str,
        value: &New,
    ) -> Result<Splice, Refusal> {
        let own = self.own_entries(mapping);
        let place = own.iter().rev().find(|it| after.contains(&it.key.as_str()));
        let last = place.or(own.last());
        if self.is_flow(mapping) {
            let entry = format!("{key}: {}", value.flow());
            return Ok(match last {
                Some(last) => self.at(end_of(last), format!(", {entry}")),
                None => self.at(mapping.span.start + 1, entry),
            });
        }
        let Some(first) = own.first() else {
            return Err(
                "the mapping it belongs to is empty or written through an alias".to_owned(),
            );
        };
        let last = last.copied().unwrap_or(first);
        let indent = self.column(first.key_span.start);
        let entry = New::block_entry(key, value, indent);
        let at = self.line_end(end_of(last));
        // One below an empty line brings its own indentation.
        let indent = match entry.starts_with('\n') {
            true => String::new(),
            false => " ".repeat(indent),
        };
        Ok(self.at(at, format!("\n{indent}{entry}")))
    }

    /// Takes an entry out of a mapping that has others.
    pub(crate) fn remove(&self, mapping: &Node, key: &str) -> Result<Splice, Refusal> {
        let own = self.own_entries(mapping);
        let mut found = own.iter().enumerate().filter(|(_, it)| it.key == key);
        let Some((index, entry)) = found.next() else {
            return Err(format!("`{key}` comes from an alias or a merge key"));
        };
        if own.len() < 2 {
            return Err(format!("`{key}` is the only thing there"));
        }
        let next = own.get(index + 1);
        let before = index.checked_sub(1).and_then(|index| own.get(index));
        if self.is_flow(mapping) {
            let range = match (before, next) {
                (Some(before), _) => end_of(before)..end_of(entry),
                (None, next) => {
                    let end = next.map_or(end_of(entry), |it| it.key_span.start);
                    entry.key_span.start..end
                }
            };
            return Ok(self.cut(range));
        }
        let start = line_start(self.text, entry.key_span.start);
        let indent = self.text.get(start..entry.key_span.start);
        if indent.is_none_or(|it| it.trim().is_empty()) {
            return Ok(self.cut(start..next_line(self.text, end_of(entry))));
        }
        // The first entry of a list's item stands behind the dash.
        match next {
            Some(next) => Ok(self.cut(entry.key_span.start..next.key_span.start)),
            None => Err(format!("`{key}` is the only thing there")),
        }
    }

    /// Adds an item to the end of a list.
    pub(crate) fn push(&self, list: &Node, item: &New) -> Result<Splice, Refusal> {
        let Some(last) = list.items().last() else {
            return match self.is_flow(list) {
                true => Ok(self.at(list.span.start + 1, item.flow())),
                false => Err("the list is empty".to_owned()),
            };
        };
        let end = last.span.end;
        if self.is_flow(list) {
            return Ok(self.at(end, format!(", {}", item.flow())));
        }
        let indent = self.column(self.dash(last)?);
        let item = New::block_item(item, indent);
        let line = format!("\n{}- {item}", " ".repeat(indent));
        Ok(self.at(self.line_end(end), line))
    }

    /// Takes items out of a list that has others.
    pub(crate) fn take(&self, list: &Node, indices: &[usize]) -> Result<Vec<Splice>, Refusal> {
        let items = list.items();
        if indices.len() >= items.len() {
            return Err("nothing would be left in the list".to_owned());
        }
        let mut splices = Vec::new();
        // The item before one, where any before it stays.
        let mut before: Option<&Node> = None;
        for (index, item) in items.iter().enumerate() {
            let behind = before;
            if !indices.contains(&index) {
                before = Some(item);
                continue;
            }
            before = before.map(|_| item);
            if self.is_flow(list) {
                let range = match (behind, items.get(index + 1)) {
                    (Some(before), _) => before.span.end..item.span.end,
                    (None, Some(next)) => item.span.start..next.span.start,
                    (None, None) => item.span.clone(),
                };
                splices.push(self.cut(range));
                continue;
            }
            let dash = self.dash(item)?;
            let start = line_start(self.text, dash);
            let indent = self.text.get(start..dash);
            if indent.is_some_and(|it| !it.trim().is_empty()) {
                return Err(UNUSUAL.to_owned());
            }
            splices.push(self.cut(start..next_line(self.text, item.span.end)));
        }
        Ok(splices)
    }

    /// Whether a collection is written between brackets.
    pub(crate) fn is_flow(&self, node: &Node) -> bool {
        let text = self.text.get(node.span.clone()).unwrap_or_default();
        match &node.value {
            Yaml::Mapping(_) => text.starts_with('{'),
            Yaml::Sequence(_) => text.starts_with('['),
            _ => false,
        }
    }

    /// The quote a scalar is written in.
    pub(crate) fn quote(&self, node: &Node) -> Option<char> {
        let text = self.text.get(node.span.clone()).unwrap_or_default();
        text.chars().next().filter(|it| matches!(it, '\'' | '"'))
    }

    /// The entries written inside a mapping; those of merge keys are written elsewhere.
    fn own_entries<'n>(&self, mapping: &'n Node) -> Vec<&'n Entry> {
        let entries = mapping.entries().iter();
        entries
            .filter(|it| {
                mapping.span.start <= it.key_span.start && it.key_span.end <= mapping.span.end
            })
            .collect()
    }

    fn at(&self, byte: usize, with: String) -> Splice {
        Splice::new(byte..byte, with)
    }

    fn cut(&self, range: Range<usize>) -> Splice {
        Splice::new(range, "")
    }

    /// The dash of a list's item.
    fn dash(&self, item: &Node) -> Result<usize, Refusal> {
        let line = line_start(self.text, item.span.start);
        let before = self.text.get(line..item.span.start);
        let dash = before.and_then(|it| it.rfind('-')).map(|at| line + at);
        dash.ok_or_else(|| UNUSUAL.to_owned())
    }

    fn column(&self, byte: usize) -> usize {
        byte - line_start(self.text, byte)
    }

    /// The end of the line that holds a byte, without what ends it.
    fn line_end(&self, byte: usize) -> usize {
        let after = self.text.get(byte..).unwrap_or_default();
        let end = after.find('\n').unwrap_or(after.len());
        let line = after.get(..end).unwrap_or_default();
        byte + line.trim_end_matches('\r').len()
    }
}

/// Where an entry ends: an empty value ends at its key.
fn end_of(entry: &Entry) -> usize {
    entry.value.span.end.max(entry.key_span.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use huaweicloud_codegen::Source;
    use huaweicloud_codegen::load::load;

    fn tree(text: &str) -> Node {
        load(&[Source::new("a.yaml", text)])
            .documents
            .remove(0)
            .tree
    }

    fn edited(
        text: &str,
        edit: impl Fn(Editor<'_>, &Node) -> Result<Vec<Splice>, Refusal>,
    ) -> String {
        let tree = tree(text);
        match edit(Editor { text }, &tree) {
            Ok(splices) => apply(text, splices).unwrap(),
            Err(why) => format!("refused: {why}"),
        }
    }

    #[test]
    fn entries_go_where_they_belong() {
        let insert = |text: &str, after: &[&str]| {
            let value = New::Map(vec![("x".into(), New::scalar("1"))]);
            edited(text, |editor, node| {
                Ok(vec![editor.insert(
                    node.get("a").unwrap(),
                    after,
                    "new",
                    &value,
                )?])
            })
        };
        assert_eq!(
            insert(
                "a:\n  b: 1 # one\n  # two\n  c: >\n    text\n    more\n\nd: 2\n",
                &[]
            ),
            "a:\n  b: 1 # one\n  # two\n  c: >\n    text\n    more\n  new:\n    x: 1\n\nd: 2\n"
        );
        assert_eq!(
            insert("a:\r\n  b: 1 # one\r\n  c: 2", &["b"]),
            "a:\r\n  b: 1 # one\r\n  new:\r\n    x: 1\r\n  c: 2"
        );
        assert_eq!(
            insert("a: {b: [1], c: {d: 2}}", &[]),
            "a: {b: [1], c: {d: 2}, new: {x: 1}}"
        );
        assert_eq!(
            insert("a: {b: 1, c: 2}", &["b"]),
            "a: {b: 1, new: {x: 1}, c: 2}"
        );
        assert_eq!(insert("a: {}", &[]), "a: {new: {x: 1}}");
    }

    #[test]
    fn entries_and_items_go_without_a_trace() {
        let remove = |text: &str, key: &str| {
            edited(text, |editor, node| {
                Ok(vec![editor.remove(node.get("a").unwrap(), key)?])
            })
        };
        assert_eq!(
            remove("a:\n  b: 1\n  c:\n    - 2\n  d: 3", "c"),
            "a:\n  b: 1\n  d: 3"
        );
        assert_eq!(remove("a:\n  b: 1\n  d: 3", "d"), "a:\n  b: 1\n");
        assert_eq!(remove("a: {b: 1, c: 2, d: 3}", "b"), "a: {c: 2, d: 3}");
        assert_eq!(remove("a: {b: 1, c: 2, d: 3}", "d"), "a: {b: 1, c: 2}");
        assert_eq!(
            remove("a: {b: 1}", "b"),
            "refused: `b` is the only thing there"
        );
        let take = |text: &str, indices: &[usize]| {
            edited(text, |editor, node| {
                editor.take(node.get("a").unwrap(), indices)
            })
        };
        assert_eq!(
            take("a:\n- 1\n- b: 2\n  c: 3\n# x\n- 4\n", &[1]),
            "a:\n- 1\n# x\n- 4\n"
        );
        assert_eq!(take("a: [1, 2, 3]", &[1, 2]), "a: [1]");
        assert_eq!(take("a: [1, 2, 3]", &[0]), "a: [2, 3]");
        assert_eq!(
            take("a: [1]", &[0]),
            "refused: nothing would be left in the list"
        );
    }

    #[test]
    fn items_are_added_in_the_style_of_the_list() {
        let push = |text: &str| {
            let item = New::Map(vec![
                ("x".into(), New::scalar("1")),
                ("y".into(), New::scalar("2")),
            ]);
            edited(text, |editor, node| {
                Ok(vec![editor.push(node.get("a").unwrap(), &item)?])
            })
        };
        assert_eq!(
            push("a:\n- b: 1\n  c: 2\nd: 3\n"),
            "a:\n- b: 1\n  c: 2\n- x: 1\n  y: 2\nd: 3\n"
        );
        assert_eq!(push("a:\n  - 1\n"), "a:\n  - 1\n  - x: 1\n    y: 2\n");
        assert_eq!(push("a: [1]"), "a: [1, {x: 1, y: 2}]");
        assert_eq!(push("a: []"), "a: [{x: 1, y: 2}]");
    }

    #[test]
    fn what_an_alias_repeats_is_left_alone() {
        let text = "x: &x {b: 1}\na:\n  <<: *x\n  c: 2\n";
        let out = edited(text, |editor, node| {
            Ok(vec![editor.remove(node.get("a").unwrap(), "b")?])
        });
        assert_eq!(out, "refused: `b` comes from an alias or a merge key");
    }
}
