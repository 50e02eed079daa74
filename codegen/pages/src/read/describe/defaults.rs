//! Defaults.

use serde_json::{Value as Json, json};

use super::parts::{Part, says_nothing};
use super::text::{Kind, Token, sentences};
use super::words::value_like;
use super::{Described, Outcome};
use crate::read::nest::Shape;
use crate::vocabulary::lexicon::Word::*;
use crate::vocabulary::{is_header, is_none};

/// What a place says about the default.
enum Said {
    /// This is it.
    Is(Json),
    /// It is said, but not so that it can be read.
    Unread,
    /// It holds in one case only, or goes on.
    Tied,
}

/// The default a description gives; nothing when it gives none, or one in words.
pub(super) fn default(of: &Described<'_>) -> Outcome<Json> {
    let nested = of.is_list()
        || matches!(
            of.shape,
            Shape::Object | Shape::Map | Shape::MapOfArrays | Shape::Array
        );
    if nested || is_header(of.name) {
        return Outcome::Nothing;
    }
    let mut found: Vec<(Said, &[Token<'_>])> = Vec::new();
    for (part, range) in &of.parts {
        let tokens = of.tokens.get(range.clone()).unwrap_or(&[]);
        if *part == Part::Example {
            continue;
        }
        if *part == Part::Default {
            let line = sentences(tokens).next().unwrap_or(&[]);
            if !says_nothing(of.text, line)
                && line.first().is_some_and(|first| {
                    first.word.is_none_or(|word| word == Empty || word == Null)
                        || value(of, first).is_some()
                })
            {
                found.extend(at_value(of, line, &[]).map(|said| (said, line)));
            }
            continue;
        }
        for sentence in sentences(tokens) {
            for at in (0..sentence.len())
                .filter(|at| sentence.get(*at).is_some_and(|token| token.is(Default)))
            {
                found.extend(
                    marked(of, tokens, sentence, at)
                        .or_else(|| said(of, sentence, at))
                        .map(|said| (said, sentence)),
                );
            }
        }
    }
    let mut out: Option<Json> = None;
    let mut unread = None;
    for (said, sentence) in found {
        match said {
            Said::Is(new) if out.as_ref().is_none_or(|old| *old == new) => out = Some(new),
            Said::Unread => unread = Some(sentence),
            Said::Is(_) | Said::Tied => {
                return of.unclear("the default cannot be read", sentence, true);
            }
        }
    }
    match (out, unread) {
        (Some(value), _) => Outcome::Fact(value),
        (None, Some(sentence)) => of.unclear("the default cannot be read", sentence, true),
        (None, None) => Outcome::Nothing,
    }
}

/// What a sentence says around a word for a default.
fn said(of: &Described<'_>, sentence: &[Token<'_>], at: usize) -> Option<Said> {
    let marker = sentence.get(at)?;
    let (before, rest) = (sentence.get(..at)?, sentence.get(at + 1..)?);
    // The default of another field: "the default value of gauge_id", "gauge_id默认为".
    let another = |token: &Token<'_>| {
        token.kind == Kind::Word
            && token.word.is_none()
            && token.text != of.name
            && token
                .text
                .contains(|c: char| matches!(c, '_' | '.') || c.is_ascii_digit())
    };
    let named = rest
        .iter()
        .take(3)
        .take_while(|token| token.is(Filler) || another(token))
        .any(another);
    if named && rest.first().is_some_and(|first| first.is(Filler))
        || marker.kind == Kind::Han
            && before.last().is_some_and(|last| {
                last.glued && another(last)
                    || last.kind == Kind::Word
                        && last.word.is_none()
                        && marker.glued
                        && another(last)
            })
    {
        return None;
    }
    behind(of, before, rest, marker).or_else(|| ahead(of, before, marker, rest))
}

/// "ebb (default): it falls", "1: fixed (default)", "1: fixed. (Default)".
fn marked(
    of: &Described<'_>,
    part: &[Token<'_>],
    sentence: &[Token<'_>],
    at: usize,
) -> Option<Said> {
    let marker = sentence.get(at)?;
    let at = part.iter().position(|token| token.at == marker.at)?;
    let (before, rest) = (part.get(..at)?, part.get(at + 1..)?);
    let line = before
        .iter()
        .rposition(|token| token.is_mark('\n') || token.is_mark('•'))
        .map_or(0, |end| end + 1);
    let before = before.get(line..)?;
    let open = before
        .iter()
        .rposition(|token| !token.is(Filler) || token.is_mark('('))?;
    let close = rest
        .iter()
        .position(|token| !token.is_any(&[Value, Filler, Is, Means]))?;
    let ends = rest.get(close)?;
    if !before.get(open)?.is_mark('(')
        || !(ends.is_mark(')') || ends.is_mark(',') || ends.is_mark('、'))
    {
        return None;
    }
    let head = before.get(..open)?;
    let direct = head
        .last()
        .filter(|direct| direct.word.is_none())
        .and_then(|direct| value(of, direct));
    let joint = |next: &Token<'_>| next.is_mark(':') || next.is_mark('-') || next.is(Means);
    // The nearest value before that something is said of.
    let item = head.windows(2).rev().find_map(|two| match two {
        [first, next] if joint(next) => value(of, first),
        _ => None,
    });
    item.or(direct).map(Said::Is)
}

/// "default value is 12", "defaults to 12", "默认为12".
fn behind(
    of: &Described<'_>,
    before: &[Token<'_>],
    rest: &[Token<'_>],
    marker: &Token<'_>,
) -> Option<Said> {
    let adverb = is_adverb(marker);
    let joins = |token: &Token<'_>| {
        token.is_any(&[Is, To, Value, Fixed, Supported]) || token.is_mark(':') || token.is_mark('=')
    };
    let plain = |token: &Token<'_>| {
        token.kind == Kind::Word
            && token.word.is_none()
            && token.text.chars().all(char::is_lowercase)
            || token.is_any(&[
                Filler, Each, For, Itself, Value, Means, Returned, Key, Count, Which,
            ])
    };
    let words = rest
        .iter()
        .take(7)
        .take_while(|token| plain(token) && !joins(token) || token.is_mark(',') && adverb)
        .count();
    let joint = rest.get(words).filter(|token| joins(token));
    let used = matches!(rest.get(1..3), Some([is, used]) if is.is(Is) && used.is(Given));
    let start = match joint {
        _ if used => 0,
        Some(_) => {
            words
                + rest
                    .get(words..)?
                    .iter()
                    .take_while(|token| joins(token) || token.is(Filler))
                    .count()
        }
        // "默认12", "default 12".
        None => 0,
    };
    // "By default, all gauges are shown": nothing of the value.
    let of_value = |joint: &Token<'_>| {
        let lower = joint.text.to_lowercase();
        rest.get(..words)
            .unwrap_or(&[])
            .last()
            .is_some_and(|last| last.is_any(&[Value, Itself]))
            || ["set", "defin", "estab", "défin"]
                .iter()
                .any(|start| lower.contains(start))
    };
    if adverb && marker.kind == Kind::Word && joint.is_some_and(|joint| !of_value(joint)) {
        return None;
    }
    let verb = marker.text.to_lowercase().starts_with("defaults");
    let first = rest.get(start)?;
    if (joint.is_none() || used) && !verb {
        let certain = first.kind == Kind::Number
            || first.kind == Kind::Quoted
            || marker.kind == Kind::Han && first.kind == Kind::Word && first.word.is_none()
            || matches!(first.text.to_lowercase().as_str(), "true" | "false")
            || used;
        if !certain {
            return None;
        }
    }
    at_value(of, rest.get(start..)?, before)
}

/// "By default", not "the default".
fn is_adverb(marker: &Token<'_>) -> bool {
    let lower = marker.text.to_lowercase();
    [
        "by ",
        "por d",
        "por p",
        "par ",
        "de forma",
        "standaard",
        "standardm",
    ]
    .iter()
    .any(|start| lower.starts_with(start))
        && !lower.contains("wa")
}

/// "set to 12 by default", "12 minutes by default".
fn ahead(
    of: &Described<'_>,
    before: &[Token<'_>],
    marker: &Token<'_>,
    rest: &[Token<'_>],
) -> Option<Said> {
    if !is_adverb(marker) {
        return None;
    }
    let unit = usize::from(before.last()?.is(Unit));
    let at = before.len().checked_sub(1 + unit)?;
    let token = before.get(at)?;
    let joined = at
        .checked_sub(1)
        .and_then(|at| before.get(at))
        .is_some_and(|before| before.is_any(&[Is, Fixed]) || before.is_mark('='));
    // "Encryption is enabled by default": no value of the field.
    let subject = at
        .checked_sub(2)
        .and_then(|at| before.get(at))
        .is_none_or(|subject| {
            subject.is_any(&[Value, Itself, And])
                || subject.parts_clauses()
                || subject.text == of.name
        });
    let joined = joined
        && (subject
            || token.kind != Kind::Word
            || token.text.contains(|c: char| !c.is_ascii_lowercase())
            || matches!(token.text, "true" | "false"));
    let case = is_tied(before.get(..at)?, rest);
    let found = value(of, token).filter(|_| joined)?;
    Some(if case { Said::Tied } else { Said::Is(found) })
}

/// The value at the beginning of tokens, and whether it holds always.
fn at_value(of: &Described<'_>, tokens: &[Token<'_>], before: &[Token<'_>]) -> Option<Said> {
    let (first, rest) = tokens.split_first()?;
    let odd = first.kind == Kind::Word && first.text.starts_with(|c: char| c.is_ascii_digit());
    let number = first.kind == Kind::Number;
    let scaled = rest.first().is_some_and(|next| {
        next.is(Scale)
            || next.text == "%"
            || next.glued && matches!(next.kind, Kind::Mark('^' | '*' | '+'))
    });
    if number && scaled {
        return Some(Said::Tied);
    }
    let Some(found) = value(of, first) else {
        return (of.is_number() && (number || odd)).then_some(Said::Unread);
    };
    // More words make it a description: "the default is tide level".
    let goes_on = rest.first().is_some_and(|next| {
        next.kind == Kind::Word && !next.is_any(&[And, If, For, Which, Is, Unit, Means])
    }) && first.kind == Kind::Word
        && !first.text.contains(|c: char| !c.is_ascii_lowercase())
        && !of.is_number()
        && !of.is_boolean();
    if goes_on {
        return None;
    }
    Some(if is_tied(before, rest) {
        Said::Tied
    } else {
        Said::Is(found)
    })
}

/// Whether a default holds in one case only: what comes behind it in its sentence names the case, or
/// what stands before. That nothing is given is the case of every default.
fn is_tied(before: &[Token<'_>], rest: &[Token<'_>]) -> bool {
    let omitted = |tokens: &[Token<'_>]| {
        tokens
            .iter()
            .any(|token| token.is_any(&[Omitted, Null, Empty]) || token.is(Not))
    };
    let skipped = rest
        .iter()
        .take_while(|token| token.is_any(&[Unit, Characters]) || token.is_mark(')'))
        .count();
    let tail = rest.get(skipped..).unwrap_or(&[]);
    let tail = match tail.first() {
        Some(open) if open.is_mark('(') => {
            let close = tail
                .iter()
                .position(|token| token.is_mark(')'))
                .map_or(tail.len(), |at| at + 1);
            tail.get(close..).unwrap_or(&[])
        }
        _ => tail,
    };
    let tail = match tail.first() {
        Some(comma) if comma.is_mark(',') => tail.get(1..).unwrap_or(&[]),
        _ => tail,
    };
    let effect = tail.iter().any(|token| token.is(Effect));
    let case =
        |token: Option<&Token<'_>>| !effect && token.is_some_and(|token| token.is_any(&[If, For]));
    let ranged = matches!(tail, [joint, last, ..] if matches!(joint.kind, Kind::Mark('~' | '-')) && last.kind == Kind::Number);
    let behind = ranged
        || case(tail.first())
        || tail.first().is_some_and(|token| token.is_any(&[Or, And]))
            && (case(tail.get(1))
                || tail
                    .get(1)
                    .is_some_and(|token| matches!(token.kind, Kind::Number)));
    let mut open = true;
    let mut ahead = false;
    for token in before {
        ahead |= open && token.is_any(&[If, For]) || token.is(If) && token.kind == Kind::Han;
        open = token.parts_clauses();
    }
    let case = before.iter().position(|token| token.is(If)).unwrap_or(0);
    behind && !omitted(tail) || ahead && !omitted(before.get(case..).unwrap_or(before))
}

/// A token as the value of the field.
fn value(of: &Described<'_>, token: &Token<'_>) -> Option<Json> {
    let text = token.text;
    if token.is(Null) {
        return Some(Json::Null);
    }
    if of.is_text()
        && (token.kind == Kind::Quoted && text.is_empty()
            || token.is(Empty) && token.kind != Kind::Quoted && text.contains(['s', '串']))
    {
        return Some(json!(""));
    }
    let worded = token.word.is_some_and(|word| {
        !matches!(
            word,
            System | Unit | Maximum | Minimum | AtMost | AtLeast | Key | Kinds
        )
    });
    if token.kind != Kind::Quoted && worded || is_none(text) {
        return None;
    }
    if matches!(token.kind, Kind::Han | Kind::Mark(_)) || !value_like(text) {
        return None;
    }
    if of.is_boolean() {
        return match text.to_lowercase().as_str() {
            "true" => Some(json!(true)),
            "false" => Some(json!(false)),
            _ => None,
        };
    }
    if of.is_number() {
        return text
            .parse::<i64>()
            .map(|number| json!(number))
            .or_else(|_| text.parse::<f64>().map(|number| json!(number)))
            .ok();
    }
    let speech = [
        "not",
        "that",
        "set",
        "left",
        "determined",
        "same",
        "unlimited",
        "null",
        "used",
        "inherited",
        "automatically",
        "generated",
        "randomly",
    ];
    (token.kind == Kind::Quoted || !speech.contains(&text.to_lowercase().as_str()))
        .then(|| json!(text))
}
