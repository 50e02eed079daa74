//! Keys and scalars of the lock, or what is wrong with them.

use huaweicloud_codegen::load::tree::{Entry, Node, Span, Value as Yaml};
use huaweicloud_codegen::{Diagnostic, Severity};

use super::{Reader, span_of};
use crate::day::Day;

impl Reader<'_> {
    pub(super) fn no_fact(&mut self, text: &str, span: &Span) {
        self.error(
            "lock::fact",
            span,
            format!("`{text}` is not the name of a fact"),
            "such as `body name/length.max`",
            "use the name that `cargo codegen docs check` prints",
        );
    }

    pub(super) fn text(&mut self, node: &Node, key: &str) -> Option<String> {
        let Some(said) = node.get(key) else {
            self.missing(node, key);
            return None;
        };
        self.text_of(said, key)
    }

    /// The text that a key, or an item below it, has.
    pub(super) fn text_of(&mut self, said: &Node, key: &str) -> Option<String> {
        let text = said.as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong_kind(&said.span, key, "text", "put it in quotes");
        }
        text
    }

    /// The entries below a key; what is something else would pass for nothing there.
    pub(super) fn entries<'n>(&mut self, node: &'n Node, key: &str) -> &'n [Entry] {
        node.get(key).map_or(&[], |it| self.entries_of(it, key))
    }

    pub(super) fn entries_of<'n>(&mut self, node: &'n Node, key: &str) -> &'n [Entry] {
        if !matches!(node.value, Yaml::Mapping(_) | Yaml::Null) {
            self.wrong_kind(&node.span, key, "a mapping", "write `key: value` below it");
        }
        node.entries()
    }

    /// The items below a key.
    pub(super) fn items<'n>(&mut self, node: &'n Node, key: &str) -> &'n [Node] {
        let Some(list) = node.get(key) else {
            return &[];
        };
        if !matches!(list.value, Yaml::Sequence(_) | Yaml::Null) {
            self.wrong_kind(&list.span, key, "a list", "write `- ` before each item");
        }
        list.items()
    }

    fn wrong_kind(&mut self, span: &Span, key: &str, kind: &str, help: &str) {
        let message = format!("`{key}` must be {kind}");
        self.error("lock::wrong-kind", span, message, "this is not", help);
    }

    pub(super) fn day(&mut self, node: &Node, key: &str) -> Option<Day> {
        let text = self.text(node, key)?;
        let day = Day::parse(&text);
        if day.is_none() {
            self.error(
                "lock::day",
                &span_of(node, key),
                format!("`{text}` is not a day"),
                "such as 2026-11-21",
                "write year, month and day",
            );
        }
        day
    }

    /// Complains about every key that is not known here.
    pub(super) fn keys(&mut self, node: &Node, known: &[&str], what: &str) {
        if !matches!(node.value, Yaml::Mapping(_)) {
            let help = format!("with the keys {}", known.join(", "));
            let message = format!("{what} must be a mapping");
            self.error("lock::wrong-kind", &node.span, message, "this is not", help);
            return;
        }
        for entry in node.entries() {
            if !known.contains(&entry.key.as_str()) {
                self.unknown(&entry.key, &entry.key_span, what, known);
            }
        }
    }

    pub(super) fn unknown(&mut self, key: &str, span: &Span, what: &str, known: &[&str]) {
        let near = known
            .iter()
            .map(|it| (strsim::damerau_levenshtein(it, key), it))
            .min()
            .filter(|(distance, _)| *distance <= 2);
        let help = match near {
            Some((_, near)) => format!("did you mean `{near}`?"),
            None => format!("known are {}", known.join(", ")),
        };
        self.error(
            "lock::unknown-key",
            span,
            format!("{what} has no `{key}`"),
            "unknown",
            help,
        );
    }

    pub(super) fn missing(&mut self, node: &Node, key: &str) {
        self.error(
            "lock::missing-key",
            &node.span,
            format!("`{key}` is missing"),
            "in what begins here",
            format!("add `{key}:`"),
        );
    }

    pub(super) fn error(
        &mut self,
        code: &'static str,
        span: &Span,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.found.push(Diagnostic {
            severity: Severity::Error,
            code,
            message: message.into(),
            path: self.path.to_owned(),
            span: span.clone(),
            label: label.into(),
            related: Vec::new(),
            help: Some(help.into()),
        });
    }
}
