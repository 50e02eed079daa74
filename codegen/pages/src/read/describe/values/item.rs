//! One value of a list, with or without what it means.

use crate::read::describe::text::{Kind, Run, Slice, Token};
use crate::read::describe::words::{number, value_like};
use crate::vocabulary::lexicon::Word::{self, *};
use crate::vocabulary::{Meaning, is_none};

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
    /// It is a word that sentences are made of, or one for nothing: a value only by its place, alone
    /// between the marks of a list that has others.
    pub(super) placed: bool,
    /// It is a kind of characters or of values, "letters" or "string", in small letters.
    pub(super) soft: bool,
}

/// How an item says what its value means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// It does not.
    Bare,
    /// "ebb: it falls", "ebb - it falls", "ebb表示退潮".
    Marked,
    /// As the one value of a sentence: "The value is ebb, indicating that it falls".
    Stated,
    /// "ebb (it falls)".
    Remark,
    /// "ebb 退潮": by what follows alone.
    Follows,
    /// "ebb水流": by a noun that may be that of other values too.
    Noun,
    /// "退潮: ebb", "退潮(ebb)".
    Turned,
}

/// The most tokens of a case.
const CASE: usize = 20;

/// "EBB为退潮时, …", "EBB时是退潮的高度": whether tokens begin with a case, which is no item.
pub(super) fn is_case(tokens: &[Token<'_>]) -> bool {
    // "mode=0时, …".
    let of_another = tokens.mark_at(1, &['=']) && tokens.is_at(3, is_time);
    tokens.is_at(1, is_time) || of_another || tokens.word_at(1, &[Is]) && begins_with_case(tokens)
}

/// Whether a first clause is one for a time: "没有给出时, …".
pub(super) fn begins_with_case(tokens: &[Token<'_>]) -> bool {
    let clause = tokens.to(CASE).upto(Token::parts_clauses);
    clause.last().is_some_and(is_time) && tokens.mark_at(clause.len(), &[','])
}

fn is_time(token: &Token<'_>) -> bool {
    token.text == "时"
}

/// Reads one item, all of it.
pub(super) fn item<'t>(tokens: &[Token<'t>]) -> Option<Item<'t>> {
    let loose = |token: &Token<'_>| token.is_end() || matches!(token.kind, Kind::Mark(',' | '、'));
    let tokens = tokens.trim_start(loose);
    if is_case(tokens) {
        return None;
    }
    let tokens = tokens.trim_end(loose);
    // "值为ebb, 表示…"
    let said = tokens.lead(|token| {
        token.kind != Kind::Quoted && token.is_any(&[Value, Is, If, Filler, OneOf, Following])
            || token.kind == Kind::Han && token.is_any(&[Empty, Or])
    });
    let behind = || {
        tokens
            .to(said)
            .has(&[Value, Is])
            .then(|| head(tokens.from(said)))
    };
    head(tokens)
        .or_else(|| behind()?)
        .or_else(|| turned(tokens))
}

/// "EBB", "EBB: it falls", "EBB (it falls)", "EBB 退潮".
fn head<'t>(tokens: &[Token<'t>]) -> Option<Item<'t>> {
    let (first, rest) = tokens.split_first()?;
    let Some(second) = rest.first() else {
        // "“EBB：退潮”": the quotes are around the meaning too.
        let whole = first.text.split_once([':', '：']);
        let whole = whole.filter(|(_, meaning)| first.kind == Kind::Quoted && !meaning.is_ascii());
        return match whole {
            Some((text, _)) => value(
                &Token {
                    text: text.trim(),
                    ..*first
                },
                How::Marked,
            ),
            None => value(first, How::Bare),
        };
    };
    // "EBB:falling": the colon has lost its blank.
    if first.kind == Kind::Word
        && first.word.is_none()
        && !matches!(second.kind, Kind::Mark('(' | ':'))
        && !second.is(Means)
        && let Some((text, _)) = first.text.split_once(':')
        && !first.text.contains("//")
    {
        return value(&Token { text, ..*first }, How::Marked);
    }
    let third = rest.get(1);
    let meant = |next: &Token<'_>| next.is(Means) || next.is_han();
    // "mode=EBB: it falls".
    let given = second.is_mark('=')
        && (rest.mark_at(2, &[':']) || rest.word_at(2, &[Means]))
        && rest.len() > 3;
    if let Some(third) = third.filter(|_| given) {
        return value(third, How::Marked);
    }
    // "EBB对应的": of EBB, which is no value for that.
    if second.is(Means) && third.is_some_and(|third| third.text.starts_with('的')) {
        return None;
    }
    match second.kind {
        Kind::Mark(':' | '=') => third.and_then(|_| value(first, How::Marked)),
        Kind::Mark('-' | '•') => {
            third.filter(|third| third.kind != Kind::Number)?;
            value(first, How::Marked)
        }
        Kind::Mark(',') => third
            .filter(|third| {
                meant(third)
                    || rest.get(2).is_some_and(|next| next.is_han() && next.glued)
                    || first.kind == Kind::Number && third.kind == Kind::Word
            })
            .and_then(|_| value(first, How::Marked)),

        Kind::Mark('(' | '[') => {
            let tail = rest.from(rest.close()? + 1);
            match tail.first() {
                None => value(first, How::Remark),
                Some(_) if tail.mark_at(0, &[':', '-', '=']) && tail.len() > 1 => {
                    value(first, How::Marked)
                }
                Some(next) if meant(next) || next.is(Is) => value(first, How::Follows),
                _ => None,
            }
        }

        _ if third.is_some() && (second.is(Means) || second.is(Is) && second.is_han()) => value(
            first,
            if second.is_han() {
                How::Marked
            } else {
                How::Follows
            },
        ),
        Kind::Han => {
            let goes_on = second.is_any(&[
                And, Or, To, Unit, Characters, Scale, Filler, Must, Supported, Kinds,
            ]);
            let whole = third.is_none() && second.is(Supported);
            let apart = !second.glued && first.kind == Kind::Word;
            (!goes_on || whole || apart).then(|| value(&first.plain(), How::Follows))?
        }
        // "EBB TIDE退潮": the meaning begins with a Western word.
        Kind::Word if !second.glued && third.is_some_and(|third| third.is_han() && third.glued) => {
            value(first, How::Follows)
        }
        _ => None,
    }
}

/// "退潮: ebb", "退潮(ebb)", "If it falls, set it to ebb": a meaning in words that are no value themselves.
fn turned<'t>(tokens: &[Token<'t>]) -> Option<Item<'t>> {
    let bracket = tokens
        .len()
        .checked_sub(1)
        .is_some_and(|last| tokens.mark_at(last, &[')']));
    let name = tokens.len().checked_sub(1 + usize::from(bracket))?;
    let meaning = tokens.to(name.checked_sub(1)?);
    // "set it to ebb", not "if the tide is set to ebb".
    let told = |before: &Token<'_>| before.parts_clauses() || before.is_han();
    let set = tokens.word_at(name - 1, &[Set]) && tokens.before(name - 1).is_none_or(told);
    let joint = set || tokens.mark_at(name - 1, if bracket { &['('] } else { &[':'] });
    let words = if bracket {
        meaning.iter().all(Token::is_han)
    } else {
        meaning.len() > 1 || meaning.first()?.is_han()
    };
    let chained = meaning.has_mark(&[':']);
    let label = meaning.word_at(
        0,
        &[
            Default, Example, Range, Options, Value, Maximum, Minimum, AtMost, AtLeast,
        ],
    );
    // "A value of its own. Greatest: 64": another sentence has no meaning of this one.
    let other = meaning.iter().any(Token::is_end);
    let clear = joint && words && !chained && !label && !meaning.is_empty() && !other;
    clear.then(|| value(tokens.get(name)?, How::Turned))?
}

/// One value that explains itself to the end, where no other item and no sentence begins.
pub(super) fn sole<'t>(tokens: &[Token<'t>]) -> Option<Item<'t>> {
    let tokens = tokens.trim_end(Token::is_end);
    let one = tokens.lead(|token| !token.is_end()) == tokens.len()
        // "EBB: it fallsFLOOD: it rises": what parts it from the next is lost.
        && !tokens.from(2).has_mark(&[':']);
    item(tokens).filter(|_| one)
}

/// "EBB-falling": a word that a dash parts from its meaning, as others of its list.
pub(super) fn dashed<'t>(token: &Token<'t>) -> Option<Item<'t>> {
    let (text, _) = token.text.split_once('-')?;
    value(&Token { text, ..*token }, How::Marked).filter(|found| found.loud)
}

/// A token as a value. What a list explains may be any word.
pub(super) fn value<'t>(token: &Token<'t>, how: How) -> Option<Item<'t>> {
    let text = token.text;
    let quoted = token.kind == Kind::Quoted;
    let explained = !matches!(how, How::Bare | How::Turned);
    let loud =
        quoted || token.bold || text.chars().any(|c| !c.is_ascii_lowercase()) && !is_title(text);
    let fits = match token.kind {
        Kind::Quoted => text.is_ascii() && text.chars().any(|c| c.is_ascii_alphanumeric()),
        Kind::Number => number(text).is_some(),
        Kind::Word => value_like(text),
        _ => false,
    };
    // "0.01-10", and no date: a range.
    let dashes = text
        .char_indices()
        .filter(|(at, c)| *at > 0 && *c == '-')
        .count();
    // "10.0.0.0/8": so is a block of addresses.
    let block = text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('/');
    let range = dashes == 1 && text.split('-').all(is_amount) || block && text.contains('.');
    let part_of_speech = token.is_any(&[Filler, Is, Example, See])
        || how != How::Marked
            && token.is_any(&[
                Following, OneOf, Only, Contain, Not, Must, AtMost, AtLeast, Less, Greater, From,
                To, And, Or, Except, If, Omitted, Empty, Specials, Which, Itself,
            ]);
    let placed = !loud && part_of_speech || !(explained && loud) && is_none(text);
    let listed = matches!(how, How::Bare | How::Marked | How::Turned);
    // A null that stands without quotes may be meant as none.
    let lost = token.is(Open) || token.is(Null) && !quoted;
    (fits && (listed || !placed) && !lost && !range).then_some(Item {
        value: text,
        how,
        loud,
        placed,
        soft: token.is(Signs) && !quoted && !loud && how != How::Marked,
        system: token.is(System) && explained && !loud,
        known: !quoted
            && explained
            && token.is_any(&[
                Note,
                Format,
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

/// A Western word that the marks of a list stand behind: what it means besides does not matter.
pub(super) fn is_placed(tokens: &[Token<'_>], at: usize) -> bool {
    let marks = &[',', '、', '|', '/'];
    tokens.is_at(at, |token| {
        token.kind == Kind::Word && !token.text.contains(' ')
    }) && (tokens.mark_at(at + 1, marks) || tokens.word_at(at + 1, &[And, Or]))
}

/// A Western word that a mark of a list or "or" stands right before.
pub(super) fn is_listed(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.before(at).is_some_and(|before| {
        matches!(before.kind, Kind::Mark(',' | '、' | '|' | '/')) || before.is_any(&[And, Or])
    })
}

/// "0.01", "3s", "5GB": a number, with or without a unit.
fn is_amount(text: &str) -> bool {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let known = || Word::of(&unit.to_lowercase()).is_some_and(|word| matches!(word, Unit | Scale));
    unit.len() < text.len() && (unit.is_empty() || known())
}

/// "Title": any word may stand so at the beginning of a sentence.
fn is_title(text: &str) -> bool {
    let mut chars = text.chars();
    text.len() > 1
        && chars.next().is_some_and(char::is_uppercase)
        && chars.all(|c| c.is_ascii_lowercase())
}
