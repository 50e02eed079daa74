//! Deprecated, null, secret.

use super::Described;
use super::words::sentences;
use crate::facts::{Fact, Field, Witness};

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
        let says = WORDS.iter().any(|word| lower.contains(word));
        let about = ABOUT.iter().any(|word| lower.contains(word)) || lower.chars().count() <= 24;
        let apart = lower.contains("(deprecated)")
            && !lower.starts_with("(deprecated)")
            && !ABOUT.iter().any(|word| lower.contains(word));
        says && about && !apart
    })
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
        ]
        .iter()
        .any(|word| lower.contains(word));
        says && !denies
    })
}

/// Marks what must not be shown by its name.
pub(super) fn secret(name: &str, named: &Witness, field: &mut Field) {
    if is_secret(name) {
        field.secret = Some(Fact {
            value: true,
            witnesses: vec![named.clone()],
        });
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
