//! Deprecated, null, secret.

use super::Described;
use super::text::{Kind, Token, sentences};
use crate::facts::{Fact, FactSource, FieldFacts};
use crate::vocabulary::lexicon::Word::*;

/// The row says that its parameter is deprecated.
pub(super) fn deprecated(of: &Described<'_>) -> bool {
    sentences(&of.tokens).any(|sentence| {
        sentence
            .iter()
            .position(|token| {
                token.is(Deprecated) && token.text.contains(|c: char| !c.is_uppercase())
            })
            .is_some_and(|at| says_of_itself(sentence, at))
    })
}

/// Whether a word for an end is said of the field: not denied, and of nothing else.
fn says_of_itself(sentence: &[Token<'_>], at: usize) -> bool {
    let (before, after) = (
        sentence.get(..at).unwrap_or(&[]),
        sentence.get(at + 1..).unwrap_or(&[]),
    );
    let subject = before.iter().rposition(|token| token.is(Itself));
    let between = before
        .get(subject.map_or(0, |at| at + 1)..)
        .unwrap_or(before);
    // "In the API of this field": the subject is a part of another.
    let part = subject.is_some_and(|at| {
        before
            .get(..at)
            .unwrap_or(&[])
            .last()
            .is_some_and(|word| word.is(For) || word.text.eq_ignore_ascii_case("of"))
    });
    let denied = between.iter().any(|token| token.is(Not));
    let another = between
        .iter()
        .any(|token| token.is_any(&[Another, Which, Value, Options]));
    // "Deprecated: use level", "(Deprecated) The depth", "废弃字段".
    let alone = between
        .iter()
        .all(|token| token.is_any(&[Is, Filler, Given]) || matches!(token.kind, Kind::Mark(_)));
    let heads = after.first().is_none_or(|next| {
        matches!(next.kind, Kind::Mark(':' | ',' | ')')) || next.is_any(&[If, For, Itself])
    });
    let said = match subject {
        Some(_) => true,
        None => {
            alone
                && heads
                && !after.first().is_some_and(|next| {
                    next.is_mark(')') && !between.first().is_some_and(|open| open.is_mark('('))
                })
        }
    };
    said && !part && !denied && !another
}

/// The row says that its value can be null.
pub(super) fn nullable(of: &Described<'_>) -> bool {
    sentences(&of.tokens).any(|sentence| {
        sentence.iter().enumerate().any(|(at, token)| {
            let before = sentence.get(..at).unwrap_or(&[]);
            let near = before.get(at.saturating_sub(3)..).unwrap_or(&[]);
            let says = near
                .iter()
                .any(|token| token.is_any(&[Is, To, Value, Fixed]))
                || sentence
                    .get(at + 1..)
                    .unwrap_or(&[])
                    .iter()
                    .take(2)
                    .any(|token| token.is(Returned));
            let after = sentence.get(at + 1..).unwrap_or(&[]).iter().take(2);
            let denied = before
                .iter()
                .rev()
                .take(2)
                .take_while(|token| !token.parts_clauses())
                .any(|token| token.is_any(&[Not, Omitted]))
                || after
                    .take_while(|token| !token.parts_clauses())
                    .any(|token| token.is(Not));
            token.is(Null) && says && !denied
        })
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
