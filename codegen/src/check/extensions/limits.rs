//! `x-rate-limit`: the bounds of its numbers, and whether one of an operation can ever be reached.

use super::Look;
use crate::diagnostic::codes;
use crate::grammar::Kind;
use crate::load::tree::{Node, Value};

const USAGE: &str = "x-rate-limit: {calls: 500, seconds: 60}";
const FIELDS: &[&str] = &["calls", "seconds"];
/// More is no limit, and what was counted would not fit into memory.
const MOST_CALLS: u64 = 1_000_000;
/// A day. No call waits longer for its turn.
const MOST_SECONDS: u64 = 86_400;

impl<'a> Look<'_, 'a, '_> {
    pub(super) fn rate_limit(&mut self) {
        let value = self.value();
        if !self.fields(value, FIELDS, FIELDS, USAGE) {
            return;
        }
        self.whole_number(value, "calls", MOST_CALLS);
        self.whole_number(value, "seconds", MOST_SECONDS);
        if self.site.kind == Kind::Operation {
            self.is_within_that_of_the_service(value);
        }
    }

    fn whole_number(&mut self, value: &'a Node, field: &str, most: u64) {
        let Some(node) = value.get(field) else { return };
        if node.as_u64().is_some_and(|it| (1..=most).contains(&it)) {
            return;
        }
        let found = match &node.value {
            Value::Number(number) => number.to_string(),
            _ => node.in_words().to_owned(),
        };
        let message = format!(
            "`{field}` of `x-rate-limit` must be a whole number from 1 to {most}, but is {found}"
        );
        self.wrong(node, message, format!("write `{USAGE}`"));
    }

    /// As many calls in as little time are never reached before the service's own limit.
    fn is_within_that_of_the_service(&mut self, value: &'a Node) {
        let outline = self.outline;
        let service = outline.sites.iter().find(|it| it.kind == Kind::Document);
        let Some(whole) = service.and_then(|it| it.node.entry("x-rate-limit")) else {
            return;
        };
        let numbers = |of: &Node| Some((of.get("calls")?.as_u64()?, of.get("seconds")?.as_u64()?));
        let (Some((calls, seconds)), Some((all_calls, all_seconds))) =
            (numbers(value), numbers(&whole.value))
        else {
            return;
        };
        if calls >= all_calls && seconds <= all_seconds {
            let key = &self.extension.entry.key_span;
            let message = "this limit is never reached, since that of the service comes before";
            self.report
                .warning(codes::NO_EFFECT, key, message, "no tighter")
                .related(&whole.key_span, "the limit of the service")
                .help("remove it, or correct one of the two");
        }
    }
}
