//! What holds in one case only.

use super::text::{Kind, Run, Slice, Token};
use crate::vocabulary::lexicon::Word::{self, *};

/// Whether what stands before something tells a case it holds in; a case with one of some words is
/// none, as that a value is given at all.
pub(super) fn is_case(before: &[Token<'_>], always: &[Word]) -> bool {
    let tells = |(at, token): (usize, &Token<'_>)| {
        // "(…, for example.) If it falls, …": the sentence before ended within its bracket.
        let marks = |token: &Token<'_>| matches!(token.kind, Kind::Mark(_));
        let open =
            before.before(at).is_none_or(Token::parts_clauses) || before.to(at).iter().all(marks);
        let case = open && token.is_any(&[If, For]) || token.is(If) && token.is_han();
        case && !before.from(at).has(always)
    };
    before.iter().enumerate().any(tells)
}

/// Whether a case is told behind something, or it goes on with another: "…, if", "… or 12".
pub(super) fn goes_on(rest: &[Token<'_>]) -> bool {
    let joint = rest.mark_at(0, &[',', '、', '(']) || rest.word_at(0, &[Or, And]);
    // A clause in Chinese that begins with a case says something of its own.
    let clause = rest.mark_at(0, &[',', '、']) && rest.is_at(1, Token::is_han);
    let first = usize::from(joint);
    // "…, in seconds" is no case.
    let measured = rest.word_at(first + 1, &[Unit]) && !rest.is_at(first, Token::is_han);
    let case = rest.word_at(first, &[If, For]) && !clause && !measured;
    let more = joint && !rest.mark_at(0, &['(']) && rest.is_at(1, is_digits);
    case || more && !rest.word_at(2, &[Means])
}

/// A number, or a word of digits that is no whole number: `2^31`, `1.5`, `64K`.
pub(super) fn is_digits(token: &Token<'_>) -> bool {
    token.kind == Kind::Number || is_odd(token)
}

/// A word of digits that is no whole number.
pub(super) fn is_odd(token: &Token<'_>) -> bool {
    token.kind == Kind::Word && token.text.starts_with(|c: char| c.is_ascii_digit())
}
