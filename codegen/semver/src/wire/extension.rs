//! What documents say beyond OpenAPI: how passwords have to be, who may call, what is a success.

use std::collections::HashSet;

use huaweicloud_codegen::load::tree::Node;

use super::at::At;
use super::codes::{self, Code};
use super::schema::shown;
use super::{Comparison, Found, Says, places};
use crate::change::Direction;

/// How the two values of an extension compare: which kind of difference, and what of it is told; nothing
/// where they are two spellings of one.
type Compare = fn(Found<'_>, Found<'_>) -> Option<(Code, String)>;

/// The extensions that say something to whoever calls. All others are for generators alone.
const EXTENSIONS: &[(&str, Compare)] = &[
    ("x-password-policy", password_policy),
    ("x-retry", |_, _| {
        Some((codes::RETRY_CHANGED, String::new()))
    }),
    ("x-rate-limit", rate_limit),
    ("x-success-when", |_, _| {
        Some((codes::SUCCESS_CONDITION_CHANGED, String::new()))
    }),
    ("x-predicate", predicate),
    ("x-required-unless", |old, new| {
        let code = match (old, new) {
            (None, _) => codes::CONDITION_ADDED,
            (_, None) => codes::CONDITION_REMOVED,
            _ => codes::CONDITION_CHANGED,
        };
        Some((code, String::new()))
    }),
];

impl<'d> Comparison<'d> {
    pub(super) fn extensions(&mut self, at: At<'_>, old: &impl Says<'d>, new: &impl Says<'d>) {
        let mut names = old.keys();
        names.extend(new.keys());
        names.retain(|name| name.starts_with("x-"));
        let mut seen = HashSet::new();
        for name in names.into_iter().filter(|name| seen.insert(*name)) {
            let (was, is) = (old.said(name), new.said(name));
            if was.map(Node::to_json) == is.map(Node::to_json) {
                continue;
            }
            let known = EXTENSIONS.iter().find(|(known, _)| *known == name);
            let compared = match known {
                _ if self.permissions == Some(name) => permissions(was, is),
                Some((_, compare)) => compare(was, is),
                None => Some((codes::EXTENSION_CHANGED, String::new())),
            };
            let Some((code, what)) = compared else {
                continue;
            };
            let what = match (what.is_empty(), was, is) {
                (false, ..) => format!("{what} ({name} of {at})"),
                (true, None, _) => format!("{at} gets `{name}`"),
                (true, _, None) => format!("{at} loses `{name}`"),
                (true, Some(was), Some(is)) => {
                    format!(
                        "`{name}` of {at} turns from {} to {}",
                        shown(was),
                        shown(is)
                    )
                }
            };
            let direction = match name {
                "x-success-when" => Direction::Response,
                _ if at.direction == Direction::Both => Direction::Request,
                _ => at.direction,
            };
            self.tell(code, direction, places(old, new, name), what);
        }
    }
}

fn words<'n>(node: Found<'n>, key: &str) -> Option<HashSet<&'n str>> {
    let list = node?.get(key)?;
    Some(list.items().iter().filter_map(Node::as_str).collect())
}

/// The classes that count where none are listed.
const CLASSES: [&str; 4] = ["lower", "upper", "digit", "special"];

fn password_policy(old: Found<'_>, new: Found<'_>) -> Option<(Code, String)> {
    if old.is_none() {
        return Some((codes::PASSWORD_POLICY_NARROWED, String::new()));
    }
    if new.is_none() {
        return Some((codes::PASSWORD_POLICY_WIDENED, String::new()));
    }
    let (mut narrower, mut wider) = (Vec::new(), Vec::new());
    let number = |node: Found<'_>, key: &str, default| {
        let number = node.and_then(|it| it.get(key)).and_then(Node::as_u64);
        number.unwrap_or(default)
    };
    let classes = |node| words(node, "classes").unwrap_or_else(|| CLASSES.into_iter().collect());
    let (was, is) = (classes(old), classes(new));
    for (key, more_is_narrower, default) in [
        ("min", true, 0),
        ("max", false, u64::MAX),
        ("minClasses", true, 1),
    ] {
        let (was, is) = (number(old, key, default), number(new, key, default));
        if was == is {
            continue;
        }
        let sort = match (is > was) == more_is_narrower {
            true => &mut narrower,
            false => &mut wider,
        };
        sort.push(format!("`{key}` is {is}, and was {was}"));
    }
    let mut sets =
        |name: &str, was: &HashSet<String>, is: &HashSet<String>, more_is_wider: bool| {
            let list = |set: Vec<&String>| {
                let mut list: Vec<_> = set.into_iter().map(String::as_str).collect();
                list.sort_unstable();
                list.join(" ")
            };
            let (gone, come) = (
                list(was.difference(is).collect()),
                list(is.difference(was).collect()),
            );
            for (words, verb, is_wider) in [
                (gone, "loses", !more_is_wider),
                (come, "gets", more_is_wider),
            ] {
                if !words.is_empty() {
                    let sort = if is_wider { &mut wider } else { &mut narrower };
                    sort.push(format!("`{name}` {verb} {words}"));
                }
            }
        };
    let owned = |set: HashSet<&str>| set.into_iter().map(str::to_owned).collect();
    sets("classes", &owned(was), &owned(is), true);
    let forbidden = |node| owned(words(node, "forbidden").unwrap_or_default());
    sets("forbidden", &forbidden(old), &forbidden(new), false);
    let specials = |node: Found<'_>| -> HashSet<String> {
        let listed = node
            .and_then(|it| it.get("specials"))
            .and_then(Node::as_str);
        match listed {
            Some(listed) => listed.chars().map(String::from).collect(),
            // Any printable one of ASCII, of which the space is none.
            None => {
                let printable = ('!'..='~').filter(|it| !it.is_ascii_alphanumeric());
                printable.map(String::from).collect()
            }
        }
    };
    sets("specials", &specials(old), &specials(new), true);
    let code = match (narrower.is_empty(), wider.is_empty()) {
        (true, true) => return None,
        (true, _) => codes::PASSWORD_POLICY_WIDENED,
        (_, true) => codes::PASSWORD_POLICY_NARROWED,
        _ => codes::PASSWORD_POLICY_CHANGED,
    };
    narrower.extend(wider);
    Some((code, narrower.join("; ")))
}

/// Each right is a text, or a mapping with its name, what it is for, and the rights it needs besides.
fn permissions(old: Found<'_>, new: Found<'_>) -> Option<(Code, String)> {
    let list = |node: Found<'_>| -> Vec<serde_json::Value> {
        let items = node.map_or(&[][..], Node::items).iter();
        let whole = items.map(|it| match it.as_str() {
            Some(action) => serde_json::json!({"action": action}),
            None => it.to_json(),
        });
        whole.collect()
    };
    let rights = |list: &[serde_json::Value]| -> HashSet<String> {
        let names = list.iter().flat_map(|it| {
            let besides = it["dependencies"].as_array().into_iter().flatten();
            besides
                .chain([&it["action"]])
                .filter_map(|it| it.as_str())
                .map(str::to_owned)
        });
        names.collect()
    };
    let (was, is) = (list(old), list(new));
    if was == is {
        return None;
    }
    let (was, is) = (rights(&was), rights(&is));
    let mut come: Vec<_> = is.difference(&was).map(String::as_str).collect();
    come.sort_unstable();
    Some(match come.is_empty() {
        true => (codes::PERMISSION_CHANGED, String::new()),
        false => {
            let what = format!("callers need the right to {}", come.join(", "));
            (codes::PERMISSION_ADDED, what)
        }
    })
}

/// A question that another word answers with yes is another question.
fn predicate(old: Found<'_>, new: Found<'_>) -> Option<(Code, String)> {
    let field = |node: Found<'_>, key: &str| node.and_then(|it| it.get(key)).map(Node::to_json);
    let is_asked = old.is_some() && new.is_some() && field(old, "name") == field(new, "name");
    let code = match is_asked {
        true => codes::PREDICATE_CHANGED,
        false => codes::EXTENSION_CHANGED,
    };
    Some((code, String::new()))
}

fn rate_limit(old: Found<'_>, new: Found<'_>) -> Option<(Code, String)> {
    // How many calls at once, and how many over time.
    let rates = |node: Found<'_>| {
        let number = |key| node?.get(key)?.as_f64();
        match (number("calls"), number("seconds")) {
            (Some(calls), Some(seconds)) if seconds > 0.0 => [calls, calls / seconds],
            _ => [f64::INFINITY; 2],
        }
    };
    let mut both = rates(new).into_iter().zip(rates(old));
    let code = match both.any(|(new, old)| new < old) {
        true => codes::RATE_LIMIT_LOWERED,
        false => codes::RATE_LIMIT_RAISED,
    };
    Some((code, String::new()))
}
