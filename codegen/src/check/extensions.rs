//! The extensions of this project: their shapes, their places, and the fields they name.

mod limits;
mod operations;
mod policy;
mod values;

use super::Check;
use super::outline::{Extension, Outline, Site};
use super::spelling;
use crate::diagnostic::{Report, codes};
use crate::grammar::Kind;
use crate::load::tree::{Node, Span, Value};

pub(super) const CHECK: Check = Check {
    rules: &[],
    run: check,
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    for extension in &outline.extensions {
        let Some(site) = outline.sites.get(extension.site) else {
            continue;
        };
        let mut look = Look {
            outline,
            site,
            extension,
            report,
        };
        look.check();
    }
}

/// One extension being looked at, with the object that has it.
struct Look<'c, 'a, 'p> {
    outline: &'c Outline<'a>,
    site: &'c Site<'a>,
    extension: &'c Extension<'a>,
    report: &'c mut Report<'p>,
}

impl<'a> Look<'_, 'a, '_> {
    fn check(&mut self) {
        let name = self.extension.entry.key.as_str();
        let property = self.site.kind == Kind::Schema && self.site.role == "properties";
        match (name, self.site.kind) {
            ("x-password-policy", Kind::Schema) => self.password_policy(),
            ("x-secret", Kind::Schema) => self.secret(),
            ("x-success-when", Kind::Response) => self.success_when(),
            ("x-client-parameter", Kind::Parameter) => self.client_parameter(),
            ("x-retry", Kind::Operation) => self.retry(),
            ("x-rate-limit", Kind::Document | Kind::Operation) => self.rate_limit(),
            ("x-client-use", Kind::Operation) => self.client_use(),
            ("x-required-unless", _) if property => self.required_unless(),
            ("x-predicate", _) if property => self.predicate(),
            _ => match self.outline.profile.permissions() {
                Some(permissions)
                    if permissions.name == name && self.site.kind == Kind::Operation =>
                {
                    self.permissions(permissions);
                }
                _ => self.elsewhere(name),
            },
        }
    }

    /// `x-secret: false`: what sounds like a secret is none.
    fn secret(&mut self) {
        let value = self.value();
        if value.as_bool() != Some(false) {
            let help =
                "write `x-secret: false` on what is none, and `format: password` on a secret";
            self.wrong(value, "`x-secret` must be `false`", help);
        } else if let Some(format) = self.site.node.entry("format")
            && format.value.as_str() == Some("password")
        {
            let message = "this is marked as a secret and as none";
            let key = &self.extension.entry.key_span;
            self.report
                .error(codes::EXTENSION, key, message, "none")
                .related(&format.key_span, "a secret")
                .help("remove one of the two");
        }
    }

    fn elsewhere(&mut self, name: &str) {
        let key = &self.extension.entry.key_span;
        if let Some(place) = self.outline.extension(name) {
            let message = format!("`{name}` has no meaning in {}", self.site.kind.title());
            self.report
                .error(codes::EXTENSION_PLACE, key, message, "not read here")
                .help(format!("it belongs in {place}"));
            return;
        }
        let mut known = self.outline.known_extensions();
        let near = known.find(|(known, _)| spelling::distance(known, name) <= 2);
        if let Some((near, _)) = near {
            let message = format!("the extension `{name}` is not known and has no effect");
            self.report
                .warning(codes::EXTENSION_NAME, key, message, "unknown")
                .help(format!("did you mean `{near}`?"));
        }
    }

    fn name(&self) -> &'a str {
        &self.extension.entry.key
    }

    fn value(&self) -> &'a Node {
        &self.extension.entry.value
    }

    /// Where to point at a value that may take no bytes.
    fn span_of(&self, node: &'a Node) -> &'a Span {
        if node.span.is_empty() {
            &self.extension.entry.key_span
        } else {
            &node.span
        }
    }

    fn wrong(&mut self, node: &'a Node, message: impl Into<String>, help: impl Into<String>) {
        let span = self.span_of(node);
        self.report
            .error(codes::EXTENSION, span, message, "written wrongly")
            .help(help);
    }

    /// Reports what a mapping has too much or too little; `false` if it is no mapping at all.
    fn fields(&mut self, node: &'a Node, known: &[&str], needed: &[&str], usage: &str) -> bool {
        let name = self.name();
        if !matches!(node.value, Value::Mapping(_)) {
            let found = node.in_words();
            let message = format!("`{name}` must be a mapping, but is {found}");
            self.wrong(node, message, format!("write `{usage}`"));
            return false;
        }
        for entry in node.entries() {
            if known.contains(&entry.key.as_str()) {
                continue;
            }
            let message = format!("`{name}` has no field `{}`", entry.key);
            let help = match spelling::nearest(&entry.key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write `{usage}`"),
            };
            self.report
                .error(codes::EXTENSION, &entry.key_span, message, "unknown field")
                .help(help);
        }
        let at = match node.entries().first() {
            Some(first) if !std::ptr::eq(node, self.value()) => &first.key_span,
            _ => &self.extension.entry.key_span,
        };
        for field in needed.iter().filter(|field| node.get(field).is_none()) {
            let message = format!("`{name}` needs the field `{field}`");
            self.report
                .error(
                    codes::EXTENSION,
                    at,
                    message,
                    format!("`{field}` is missing"),
                )
                .help(format!("write `{usage}`"));
        }
        true
    }

    /// The text of a field, or a report that it is something else.
    fn text(&mut self, node: &'a Node, field: &str, usage: &str) -> Option<&'a str> {
        let value = node.get(field)?;
        let text = value.as_str().filter(|text| !text.is_empty());
        if text.is_none() {
            let found = value.in_words();
            let found = if found == "text" { "empty" } else { found };
            let message = format!(
                "`{field}` of `{}` must be text, but is {found}",
                self.name()
            );
            self.wrong(value, message, format!("write `{usage}`"));
        }
        text
    }

    /// One of some words, or a report that it is none of them.
    fn one_of(&mut self, node: &'a Node, words: &[&str]) -> Option<&'a str> {
        let word = node.as_str().filter(|word| words.contains(word));
        if word.is_none() {
            let words_listed = spelling::one_of(words);
            let near = node
                .as_str()
                .and_then(|it| spelling::nearest(it, words.iter().copied()));
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write {words_listed}"),
            };
            self.wrong(
                node,
                format!("`{}` must be {words_listed}", self.name()),
                help,
            );
        }
        word
    }
}
