//! Deprecated, null, secret.

use super::Described;
use super::pattern::pattern;
use super::words::sentences;
use crate::facts::{Fact, FactSource, FieldFacts};

/// The row says that its parameter is deprecated.
pub(super) fn deprecated(of: &Described<'_>) -> bool {
    const WORDS: &[&str] = &[
        "deprecated",
        "discarded",
        "obsolete",
        "abandoned",
        "no longer used",
        "no longer supported",
        "废弃",
        "已弃用",
        "obsoleto",
        "obsolète",
        "en desuso",
        "verouderd",
        "descontinuado",
    ];
    const ABOUT: &[&str] = &[
        "this parameter",
        "this field",
        "this attribute",
        "the parameter",
        "the field",
        "该字段",
        "该参数",
        "此字段",
        "此参数",
        "本参数",
        "本字段",
        "este parámetro",
        "este campo",
        "ce paramètre",
        "ce champ",
        "este parâmetro",
        "deze parameter",
        "dit veld",
    ];
    sentences(&of.text).iter().any(|sentence| {
        let lower = sentence.to_lowercase();
        let about = ABOUT.iter().any(|word| lower.contains(word))
            || lower.chars().count() <= 24
            || lower.starts_with("(deprecated)")
            || lower.strip_prefix("deprecated").is_some_and(|rest| {
                [":", ",", " since", " in "]
                    .iter()
                    .any(|next| rest.starts_with(next))
            });
        let apart = lower.contains("(deprecated)")
            && !lower.starts_with("(deprecated)")
            && !ABOUT.iter().any(|word| lower.contains(word));
        about && !apart && WORDS.iter().any(|word| says_of_itself(&lower, word, ABOUT))
    })
}

/// Whether a word for an end is said of the subject of its sentence: not denied, and with nothing
/// else before it that it could be said of.
fn says_of_itself(sentence: &str, word: &str, about: &[&str]) -> bool {
    let Some((before, after)) = sentence.split_once(word) else {
        return false;
    };
    let denied = pattern!(
        r"(?i)\b(?:not|never|n't|no longer|no|isn't)\s+(?:yet |been |be )*$|(?:未|没有|不会|不|尚未)(?:被|会)?$"
    );
    // Of another thing: "which is", "replaces f02, the deprecated", "the value old of".
    let another = pattern!(
        r"(?i)\bwhich\b|\breplac|\binstead of\b|\b(?:value|option|item|member|version)s?\b|\bapis?\b|替代|取代|替换|接口|取值|枚举|选项"
    );
    // "废弃的f02": what is deprecated comes behind.
    let behind = after.trim_start().strip_prefix('的').is_some_and(|rest| {
        !rest.trim_start().starts_with(['字', '参', ',']) && !rest.trim().is_empty()
    });
    let start = about
        .iter()
        .filter_map(|subject| Some(before.rfind(subject)? + subject.len()))
        .max()
        .unwrap_or(0);
    let subject_is_part = about.iter().any(|subject| {
        before
            .find(subject)
            .and_then(|at| before.get(..at))
            .is_some_and(|head| {
                head.trim_end().ends_with(" of") || head.trim_end().ends_with(" in")
            })
    });
    let between = before.get(start..).unwrap_or(before);
    !denied.hits(before) && !another.hits(between) && !behind && !subject_is_part
}

/// The row says that its value can be null.
pub(super) fn nullable(of: &Described<'_>) -> bool {
    sentences(&of.text).iter().any(|sentence| {
        let lower = sentence.to_lowercase();
        let says = [
            "is null",
            "be null",
            "to null",
            "为null",
            "是null",
            "null is returned",
            "值为空",
        ]
        .iter()
        .any(|word| lower.contains(word));
        let denies = [
            "not null",
            "cannot be null",
            "不为null",
            "must not be null",
            "不能为null",
            "不能为空",
            "not set to null",
            "not be set to null",
            "never null",
            "not be null",
            "不会为null",
            "不可为null",
            "不可为空",
            "不允许为空",
            "null is not returned",
        ]
        .iter()
        .any(|word| lower.contains(word));
        says && !denies
    })
}

/// Marks what must not be shown by its name.
pub(super) fn secret(name: &str, named: &FactSource, field: &mut FieldFacts) {
    if is_secret(name) {
        field.secret = Some(Fact::new(true, named.clone()));
    }
}

/// Whether a name is that of a password, a key or a token.
pub(crate) fn is_secret(name: &str) -> bool {
    let lower: String = name
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let words = [
        "privatekey",
        "secretkey",
        "secretaccesskey",
        "securitytoken",
        "xauthtoken",
        "accesstoken",
        "authtoken",
        "clientsecret",
        "securekey",
        "secret",
    ];
    is_password(name) || words.iter().any(|word| lower.ends_with(word))
}

/// Whether a name is that of a password.
pub(super) fn is_password(name: &str) -> bool {
    let last = name.rsplit(['.', ']']).next().unwrap_or(name);
    let lower: String = last
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    // "password_v2" is one too.
    let lower = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c == 'v');
    [
        "password",
        "passwd",
        "pwd",
        "adminpass",
        "passphrase",
        "rootpass",
        "userpass",
    ]
    .iter()
    .any(|end| lower.ends_with(end))
        && !["ischeck", "isreset", "no", "has", "check", "enable", "need"]
            .iter()
            .any(|start| {
                lower.starts_with(start)
                    && !lower.starts_with("node")
                    && !lower.starts_with("novnc")
            })
}
