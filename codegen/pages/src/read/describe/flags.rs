//! Deprecated, null, secret.

use super::Described;
use super::text::{Kind, Run, Slice, Token, sentences};
use crate::vocabulary::lexicon::Word::*;
use crate::vocabulary::{Meaning, Term};

/// The row says that its parameter is deprecated.
pub(super) fn deprecated(of: &Described<'_>) -> bool {
    // In capitals it is the name of a state.
    let said = |token: &Token<'_>| {
        token.is(Deprecated) && token.text.contains(|c: char| !c.is_uppercase())
    };
    sentences(&of.tokens).any(|sentence| {
        let at = sentence.lead(|token| !said(token));
        at < sentence.len() && says_of_itself(sentence.to(at), sentence.from(at + 1))
    })
}

/// Whether a word for an end is said of the field: not denied, and of nothing else.
fn says_of_itself(before: &[Token<'_>], after: &[Token<'_>]) -> bool {
    let behind = before.behind_last(|token| token.is(Itself));
    let between = before.from(behind);
    if between.has(&[Not, Another, Which, Value, Options]) {
        return false;
    }
    if let Some(subject) = behind.checked_sub(1) {
        // "In the API of this field": the subject is a part of another.
        let owner = before.before(subject);
        return !owner.is_some_and(|owner| owner.is(For) || owner.text.eq_ignore_ascii_case("of"));
    }
    // "Deprecated: use level", "(Deprecated) The old depth", "废弃字段".
    let heads = after.is_empty()
        || after.mark_at(0, &[':', ',', ')'])
        || after.word_at(0, &[If, For, Itself]);
    let said = |token: &Token<'_>| {
        token.is_any(&[Is, Filler, Given]) || matches!(token.kind, Kind::Mark(_))
    };
    heads && between.iter().all(said)
}

/// The row says that its value can be null.
pub(super) fn nullable(of: &Described<'_>) -> bool {
    let says = |sentence: &[Token<'_>], at: usize| {
        let (before, after) = (sentence.to(at), sentence.from(at + 1).to(2));
        let clause = before.clause();
        let denied = clause.tail(3).has(&[Not])
            || clause.tail(2).has(&[Omitted])
            || after.upto(Token::parts_clauses).has(&[Not]);
        let said = before.tail(3).has(&[Is, To, Value, Fixed])
            || before.ends_in(&[Or]) && before.has(&[Is, Value])
            || after.has(&[Returned]);
        sentence.word_at(at, &[Null]) && said && !denied
    };
    sentences(&of.tokens).any(|sentence| (0..sentence.len()).any(|at| says(sentence, at)))
}

/// Whether a name is that of a password, a key or a token.
pub(crate) fn is_secret(name: &str) -> bool {
    let lower = letters(name);
    is_password(name) || Term::EndOfSecret.words().any(|it| lower.ends_with(it))
}

/// Whether a name is that of a password.
pub(super) fn is_password(name: &str) -> bool {
    let lower = letters(name.rsplit(['.', ']']).next().unwrap_or(name));
    // "password_v2" is one too.
    let lower = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c == 'v');
    let mut about = Term::AboutPassword.words();
    let is_about = about.any(|it| lower.starts_with(it)) && !lower.starts_with("node");
    Term::EndOfPassword.words().any(|it| lower.ends_with(it)) && !is_about
}

/// The letters and digits of a name, in lower case.
fn letters(name: &str) -> String {
    let mut name = name.to_lowercase();
    name.retain(|c| c.is_ascii_alphanumeric());
    name
}
