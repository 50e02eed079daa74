//! Examples and defaults hold no credentials that somebody may use.

use super::Check;
use super::outline::Outline;
use crate::diagnostic::{Class, Report, Rule, Severity};
use crate::grammar::Kind;
use crate::load::tree::{Node, Value};

pub(super) const CHECK: Check = Check {
    rules: &[RULE],
    run: check,
};

const RULE: Rule = Rule {
    code: "secret::in-example",
    severity: Severity::Warning,
    class: Class::Lint,
    explanation: "An example or a default has the form of a real credential: a private key, a signed token, a key with the mark of its maker, or an address with a password. If it was ever in use, everybody who has the document has it.",
    remedy: "Withdraw it if it is real, and write one that is plainly made up: with `example` in it, or of one repeated letter.",
    fires: &[
        "components: {schemas: {A: {type: string, example: 'postgres://bob:hunter2@db.example.com/x'}}}",
        "components: {schemas: {A: {type: string, default: '-----BEGIN PRIVATE KEY-----'}}}",
        "components: {examples: {A: {value: {keys: [AKIA2ZQ7RT5WMB3XKL8D]}}}}",
    ],
    silent: &[
        "components: {schemas: {A: {type: string, example: 'https://db.example.com/x'}}}",
        "components: {schemas: {A: {type: string, example: AKIAIOSFODNN7EXAMPLE}}}",
        "components: {schemas: {A: {type: string, example: sk_live_xxxxxxxxxxxxxxxxxxxxxxxx}}}",
    ],
};

/// Where values stand that are shown or sent.
const PLACES: &[(Kind, &[&str])] = &[
    (Kind::Schema, &["example", "default", "enum", "examples"]),
    (Kind::Parameter, &["example"]),
    (Kind::Header, &["example"]),
    (Kind::MediaType, &["example"]),
    (Kind::Example, &["value"]),
    (Kind::ServerVariable, &["default", "enum"]),
];

/// How credentials begin that have a mark, and how many letters and digits follow it at least.
const MARKS: &[(&str, usize)] = &[
    ("AKIA", 16),
    ("ASIA", 16),
    ("AIza", 35),
    ("ghp_", 30),
    ("gho_", 30),
    ("ghs_", 30),
    ("github_pat_", 30),
    ("glpat-", 20),
    ("sk_live_", 20),
    ("rk_live_", 20),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("npm_", 36),
    ("SG.", 40),
];

/// Fewer different letters than these are made up.
const LEAST_VARIETY: usize = 8;

/// How deep values are looked into.
const DEEPEST: usize = 64;

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    for (kind, fields) in PLACES {
        for site in outline.of(*kind) {
            for value in fields.iter().filter_map(|field| site.node.get(field)) {
                look(value, report, DEEPEST);
            }
        }
    }
}

fn look(node: &Node, report: &mut Report<'_>, left: usize) {
    if left == 0 {
        return;
    }
    match &node.value {
        Value::String(text) => {
            if let Some(what) = credential(text) {
                let message = format!("this has the form of {what}");
                report
                    .find(&RULE, &node.span, message, "is it in use?")
                    .help("withdraw it if it is real, and write one that is plainly made up");
            }
        }
        Value::Sequence(items) => items.iter().for_each(|it| look(it, report, left - 1)),
        Value::Mapping(entries) => {
            let values = entries.iter().map(|entry| &entry.value);
            values.for_each(|it| look(it, report, left - 1));
        }
        _ => {}
    }
}

/// What kind of credential is in a text; none if it is plainly made up.
fn credential(text: &str) -> Option<&'static str> {
    if text.contains("-----BEGIN ") && text.contains("PRIVATE KEY") {
        return Some("a private key");
    }
    let mut words = text.split(|it: char| it.is_whitespace() || "\"'`,;<>()".contains(it));
    words.find_map(|word| {
        let is_made_up = word.to_ascii_lowercase().contains("example");
        if has_password(word) {
            return Some("an address with a password");
        }
        if is_made_up {
            return None;
        }
        if is_signed_token(word) {
            return Some("a signed token");
        }
        let is_key = MARKS.iter().any(|(mark, least)| {
            let rest = word.strip_prefix(mark);
            rest.is_some_and(|rest| is_random(rest, *least))
        });
        is_key.then_some("a key with the mark of its maker")
    })
}

/// Letters and digits enough, and not the same ones over and over.
fn is_random(text: &str, least: usize) -> bool {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-_.".contains(&it);
    let different: std::collections::BTreeSet<u8> = text.bytes().collect();
    text.len() >= least && text.bytes().all(is_plain) && different.len() >= LEAST_VARIETY
}

/// A token of three parts whose first is an object in Base64.
fn is_signed_token(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    matches!(parts.as_slice(), [head, _, _] if head.starts_with("eyJ"))
        && parts.iter().all(|part| is_random(part, 16))
}

/// `scheme://user:password@host`, the password neither in braces nor of one letter alone.
fn has_password(word: &str) -> bool {
    let Some((_, rest)) = word.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((user, _)) = authority.rsplit_once('@') else {
        return false;
    };
    let Some((_, password)) = user.split_once(':') else {
        return false;
    };
    let plain = password.to_ascii_lowercase();
    let is_placeholder =
        ["password", "secret", "pass", "pwd", "***", "example"].contains(&plain.as_str());
    let different: std::collections::BTreeSet<char> = plain.chars().collect();
    !is_placeholder && !password.contains(['{', '$', '<']) && different.len() > 1
}

#[cfg(test)]
mod tests {
    use super::credential;

    #[test]
    fn what_is_plainly_made_up_is_left_alone() {
        for text in [
            "",
            "hunter2",
            "eyJhbGciOiJIUzI1NiJ9.example-token",
            "eyJhbGciOiJIUzI1NiJ9.aaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbb",
            "AKIAxxxxxxxxxxxxxxxx",
            "https://user:{password}@a.example.com",
            "https://user:password@a.example.com",
            "https://a.example.com/@x:y",
            "SG.short",
        ] {
            assert_eq!(credential(text), None, "{text}");
        }
    }

    #[test]
    fn what_may_be_in_use_is_told() {
        // Put together here, so that no scanner of repositories takes them for real.
        let marked = format!("{}{}", "ghp_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8");
        let token = [
            "eyJhbGciOiJIUzI1NiJ9",
            "eyJzdWIiOiJhbm4ifQ1x",
            "q8Zr4T6yUw2Xv9Bn3Lk5",
        ]
        .join(".");
        for text in [
            marked.as_str(),
            &format!("Bearer {token}"),
            "amqp://guest:k33pOut@queue.example.com",
            "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
        ] {
            assert!(credential(text).is_some(), "{text}");
        }
    }
}
