//! One value of a list, with or without what it means.

use super::is_speech;
use crate::read::describe::text::{Kind, Token};
use crate::read::describe::words::value_like;
use crate::vocabulary::is_none;
use crate::vocabulary::lexicon::Word::*;

/// A value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'t> {
    pub(super) value: &'t str,
    /// How it is said what it means.
    pub(super) how: How,
    /// It could be nothing but a value: in quotes, or not all in small letters.
    pub(super) loud: bool,
    /// It is a word that other things than values are explained under: "note: …".
    pub(super) known: bool,
    /// It is the name of a system, under which rules stand as often.
    pub(super) system: bool,
    /// It is a kind of characters or of values, "letters" or "string", bare and in small letters.
    pub(super) soft: bool,
}

/// How an item says what its value means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// It does not.
    Bare,
    /// "ebb: it falls", "ebb - it falls", "ebb means that it falls".
    Marked,
    /// "ebb (it falls)".
    Remark,
    /// "ebb 退潮": by what follows alone.
    Follows,
    /// "退潮: ebb", "退潮(ebb)".
    Turned,
}

/// Reads one item, all of it.
pub(super) fn item<'t>(tokens: &[Token<'t>]) -> Option<Item<'t>> {
    let tokens = trim(tokens);
    // "值为ebb, 表示…"
    let skipped = tokens
        .iter()
        .take_while(|token| {
            token.is_any(&[Value, Is, If, Filler, OneOf, Following]) && token.kind != Kind::Quoted
        })
        .count();
    let straight = |tokens: &[Token<'t>]| head(tokens);
    straight(tokens)
        .or_else(|| {
            let says_value = tokens
                .get(..skipped)?
                .iter()
                .any(|token| token.is_any(&[Value, Is]));
            says_value.then(|| straight(tokens.get(skipped..)?))?
        })
        .or_else(|| turned(tokens))
}

/// "EBB", "EBB: it falls", "EBB (it falls)", "EBB 退潮".
fn head<'t>(tokens: &[Token<'t>]) -> Option<Item<'t>> {
    let (first, rest) = tokens.split_first()?;
    let (second, how) = (rest.first(), |how| how);
    let Some(second) = second else {
        return value(first, how(How::Bare), false);
    };
    let meaning = rest.len() > 1;
    // "EBB:falling": the colon has lost its blank.
    if first.kind == Kind::Word
        && !second.is_mark('(')
        && let Some((name, _)) = first.text.split_once(':')
        && first.word.is_none()
        && !first.text.contains("//")
    {
        let cut = Token {
            text: name,
            ..*first
        };
        return value(&cut, How::Marked, true);
    }
    match second.kind {
        Kind::Mark(':' | '=') if meaning => value(first, How::Marked, true),
        Kind::Mark('-' | '•')
            if meaning && rest.get(1).is_some_and(|next| next.kind != Kind::Number) =>
        {
            value(first, How::Marked, true)
        }
        Kind::Mark(',')
            if meaning
                && rest
                    .get(1)
                    .is_some_and(|next| next.is_any(&[Means]) || next.kind == Kind::Han) =>
        {
            value(first, How::Marked, true)
        }
        Kind::Mark('(' | '[') => {
            let close = rest.iter().position(|token| {
                token.depth == second.depth && (token.is_mark(')') || token.is_mark(']'))
            })?;
            let tail = rest.get(close + 1..)?;
            match tail.first() {
                None => value(first, How::Remark, true),
                Some(next)
                    if matches!(next.kind, Kind::Mark(':' | '-' | '=')) && tail.len() > 1 =>
                {
                    value(first, How::Marked, true)
                }
                Some(next) if next.kind == Kind::Han || next.is_any(&[Means, Is]) => {
                    value(first, How::Follows, true)
                }
                _ => None,
            }
        }
        _ if second.is_any(&[Means, Is]) && meaning && !second.is_any(&[Not]) => {
            let chinese = second.kind == Kind::Han;
            value(
                first,
                if chinese { How::Marked } else { How::Follows },
                true,
            )
        }
        Kind::Han
            if !second.is_any(&[
                And, Or, To, Unit, Characters, Scale, Filler, Must, Supported, Kinds,
            ]) =>
        {
            value(first, How::Follows, true)
        }
        _ => None,
    }
}

/// "退潮: ebb", "退潮(ebb)".
fn turned<'t>(tokens: &[Token<'t>]) -> Option<Item<'t>> {
    let (last, before) = tokens.split_last()?;
    let (name, meaning) = if last.is_mark(')') {
        let (name, before) = before.split_last()?;
        let (open, meaning) = before.split_last()?;
        if !open.is_mark('(') || !meaning.iter().all(|token| token.kind == Kind::Han) {
            return None;
        }
        (name, meaning)
    } else {
        let (colon, meaning) = before.split_last()?;
        if !colon.is_mark(':') || meaning.iter().any(|token| token.is_mark(':')) {
            return None;
        }
        (last, meaning)
    };
    // A meaning in words that are no value themselves.
    let words = meaning.len() > 1 || meaning.first()?.kind == Kind::Han;
    let kind = meaning.first().is_some_and(|first| {
        !first.is_any(&[
            Default, Example, Range, Options, Value, Maximum, Minimum, AtMost, AtLeast,
        ])
    });
    (words && kind).then(|| value(name, How::Turned, false))?
}

/// Without blanks lines and stops around.
fn trim<'a, 't>(mut tokens: &'a [Token<'t>]) -> &'a [Token<'t>] {
    let loose = |token: &Token<'_>| token.is_end() || token.is_mark(',') || token.is_mark('、');
    while let Some((first, rest)) = tokens.split_first()
        && loose(first)
    {
        tokens = rest;
    }
    while let Some((last, rest)) = tokens.split_last()
        && loose(last)
    {
        tokens = rest;
    }
    tokens
}

/// A token as a value. What a list explains may be any word; a bare one none that sentences are
/// made of.
fn value<'t>(token: &Token<'t>, how: How, explained: bool) -> Option<Item<'t>> {
    let text = token.text;
    let fits = match token.kind {
        Kind::Quoted => {
            !text.is_empty() && text.chars().any(|c| c.is_ascii_alphanumeric()) && text.is_ascii()
        }
        Kind::Word | Kind::Number => value_like(text),
        _ => false,
    };
    let loud = token.kind == Kind::Quoted
        || text.chars().any(|c| !c.is_ascii_lowercase()) && !is_title(text);
    let speech = token.kind != Kind::Quoted
        && token.word.is_some_and(is_speech)
        && !loud
        && !(explained
            && how == How::Marked
            && !matches!(
                token.word,
                Some(Example | Filler | Note | Is | See | Default)
            ));
    let fits = fits && !speech && (explained && loud || !is_none(text));
    fits.then_some(Item {
        value: text,
        how,
        loud,
        soft: token.is(Signs) && token.kind == Kind::Word && !loud && !explained,
        system: token.is(System) && explained,
        known: token.kind != Kind::Quoted
            && explained
            && token.is_any(&[
                Note,
                Example,
                See,
                Constraints,
                Definition,
                Range,
                Options,
                Length,
                Maximum,
                Minimum,
                AtMost,
                AtLeast,
                Key,
                Value,
            ]),
    })
}

/// "Title": any word may stand so at the beginning of a sentence.
fn is_title(text: &str) -> bool {
    let mut chars = text.chars();
    text.len() > 1
        && chars.next().is_some_and(char::is_uppercase)
        && chars.all(|c| c.is_ascii_lowercase())
}
