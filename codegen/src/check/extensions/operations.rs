//! `x-client-parameter`, `x-client-use`, `x-retry`, and the rights that a call needs.

use super::Look;
use crate::load::tree::{Node, Value};
use crate::profile::PermissionExtension;

const ACTION_TEXTS: &[&str] = &["action", "access", "resource"];
const ACTION_LISTS: &[&str] = &["conditions", "alias", "dependencies"];

impl<'a> Look<'_, 'a, '_> {
    pub(super) fn client_parameter(&mut self) {
        let value = self.value();
        let Some(word) = self.one_of(value, &["project_id", "auth_token"]) else {
            return;
        };
        let text = |field: &str| self.site.node.get(field).and_then(Node::as_str);
        let (place, name) = (text("in"), text("name").unwrap_or_default());
        let fits = match word {
            "project_id" => place == Some("path"),
            _ => place == Some("header") && name.eq_ignore_ascii_case("X-Auth-Token"),
        };
        if !fits {
            let (message, help) = match word {
                "project_id" => (
                    "`project_id` is held for path parameters only",
                    "declare the parameter with `in: path`",
                ),
                _ => (
                    "`auth_token` is held for the header X-Auth-Token only",
                    "declare the parameter with `in: header` and `name: X-Auth-Token`",
                ),
            };
            self.wrong(value, message, help);
        }
    }

    pub(super) fn retry(&mut self) {
        self.one_of(self.value(), &["safe", "unsafe"]);
    }

    pub(super) fn client_use(&mut self) {
        self.one_of(self.value(), self.outline.profile.client_uses());
    }

    pub(super) fn permissions(&mut self, extension: &PermissionExtension) {
        let example = extension.example;
        let list = self.value();
        if !matches!(&list.value, Value::Sequence(items) if !items.is_empty()) {
            let name = extension.name;
            let message = format!("`{name}` must be a list with at least one action");
            self.wrong(list, message, format!("write `{name}: [{example}]`"));
            return;
        }
        for item in list.items() {
            if item.as_str().is_some() {
                self.action(item, extension);
                continue;
            }
            let known: Vec<&str> = ACTION_TEXTS.iter().chain(ACTION_LISTS).copied().collect();
            if !self.fields(item, &known, &["action"], example) {
                continue;
            }
            for field in ACTION_TEXTS {
                if self.text(item, field, example).is_some()
                    && *field == "action"
                    && let Some(action) = item.get("action")
                {
                    self.action(action, extension);
                }
            }
            for field in ACTION_LISTS {
                self.texts(item, field, extension);
            }
        }
    }

    fn action(&mut self, node: &'a Node, extension: &PermissionExtension) {
        let text = node.as_str().unwrap_or_default();
        // What is of no resource has no name between: `tide::list`.
        let is_whole = text.split(':').count() == extension.parts
            && !text.starts_with(':')
            && !text.ends_with(':');
        if !is_whole || text.contains(char::is_whitespace) {
            let message = format!("`{text}` is not {}", extension.noun);
            self.wrong(node, message, extension.help);
        }
    }

    fn texts(&mut self, item: &'a Node, field: &str, extension: &PermissionExtension) {
        let Some(list) = item.get(field) else { return };
        let help = format!(
            "write a list of texts: `{field}: [{}]`",
            match field {
                "conditions" => extension.condition,
                _ => extension.dependency,
            }
        );
        if !matches!(list.value, Value::Sequence(_)) {
            let message = format!(
                "`{field}` of an action must be a list, but is {}",
                list.in_words()
            );
            self.wrong(list, message, help);
            return;
        }
        for text in list.items() {
            if text.as_str().is_none_or(str::is_empty) {
                let message = format!(
                    "an item of `{field}` must be text, but is {}",
                    text.in_words()
                );
                self.wrong(text, message, help.as_str());
            }
        }
    }
}
