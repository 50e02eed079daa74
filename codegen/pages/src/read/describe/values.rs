//! The allowed values.
//!
//! Values are announced ("The value can be …", "Options:"), or they stand in a list that explains
//! them. A list is read in whatever shape it has: bullets, lines, a series, sentences, words one
//! after the other; but it is read whole or not at all.

mod item;
mod list;
mod series;
mod unannounced;

use self::item::Item;
use self::list::{Announced, listed};
use self::unannounced::unannounced;
use super::parts::{Part, says_nothing};
use super::text::{Kind, Token};
use super::{Described, Outcome};
use crate::read::nest::Shape;
use crate::vocabulary::lexicon::Word::{self, *};

/// The values a description allows.
pub(super) fn values(of: &Described<'_>) -> Outcome<Vec<String>> {
    if of.is_boolean()
        || matches!(
            of.shape,
            Shape::Object | Shape::Map | Shape::MapOfArrays | Shape::Array
        )
    {
        return Outcome::Nothing;
    }
    let mut unclear = None;
    let labelled = of.parts.iter().filter(|(part, _)| *part == Part::Range);
    for (_, range) in labelled {
        let tokens = of.tokens.get(range.clone()).unwrap_or(&[]);
        if says_nothing(of.text, tokens) {
            continue;
        }
        match listed(tokens, Announced::Label, of.is_chinese).and_then(|items| settled(of, items)) {
            Some(values) => return Outcome::Fact(values),
            None => unclear = unclear.or_else(|| doubt(of, tokens)),
        }
    }
    for (_, range) in of
        .parts
        .iter()
        .filter(|(part, _)| matches!(part, Part::Open | Part::Definition | Part::Range))
    {
        let tokens = of.tokens.get(range.clone()).unwrap_or(&[]);
        for at in 0..tokens.len() {
            let Some((rest, announced)) = announcement(of, tokens, at) else {
                continue;
            };
            match listed(rest, announced, of.is_chinese).and_then(|items| settled(of, items)) {
                Some(values) => return Outcome::Fact(fuller(of, values)),
                None if announced == Announced::Options
                    || announced == Announced::Value
                        && upto_end(rest).iter().any(|token| token.is(Or)) =>
                {
                    unclear = unclear.or_else(|| doubt(of, rest));
                }
                None => {}
            }
        }
    }
    match explained(of) {
        Some(values) => Outcome::Fact(values),
        None => unclear.unwrap_or(Outcome::Nothing),
    }
}

/// The values of a list that nothing announces.
fn explained(of: &Described<'_>) -> Option<Vec<String>> {
    let parts = of
        .parts
        .iter()
        .filter(|(part, _)| matches!(part, Part::Open | Part::Definition | Part::Range));
    parts.into_iter().find_map(|(_, range)| {
        let tokens = of.tokens.get(range.clone())?;
        settled(of, unannounced(of.name, tokens, of.is_chinese)?)
    })
}

/// The values of a sentence, or of a list besides that explains them and more.
fn fuller(of: &Described<'_>, values: Vec<String>) -> Vec<String> {
    explained(of)
        .filter(|more| more.len() > values.len() && values.iter().all(|value| more.contains(value)))
        .unwrap_or(values)
}

/// The values of a list, each once; numbers alone for a number.
fn settled(of: &Described<'_>, items: Vec<Item<'_>>) -> Option<Vec<String>> {
    let mut out: Vec<String> = Vec::with_capacity(items.len());
    for item in items {
        if of.is_number() && item.value.parse::<f64>().is_err() {
            return None;
        }
        if !out.iter().any(|old| old == item.value) {
            out.push(item.value.to_owned());
        }
    }
    (!out.is_empty()).then_some(out)
}

fn upto_end<'a, 't>(tokens: &'a [Token<'t>]) -> &'a [Token<'t>] {
    tokens.split(Token::is_end).next().unwrap_or(&[])
}

/// What was announced and is no list that can be read: told when it looks like one.
fn doubt(of: &Described<'_>, tokens: &[Token<'_>]) -> Option<Outcome<Vec<String>>> {
    let first = tokens
        .iter()
        .position(|token| !token.is_end() && !token.is_mark(':'))?;
    let bullets = tokens.get(..first)?.iter().any(|token| token.is_mark('•'));
    let tokens = tokens.get(first..)?;
    let line = upto_end(tokens);
    let end = line.len();
    if line.first()?.is_any(&[See]) {
        return Some(of.unclear("the allowed values stand elsewhere", line, false));
    }
    let parted = line.iter().any(|token| {
        token.is_any(&[Or]) || token.is_mark(',') || token.is_mark('、') || token.is_mark('|')
    }) || bullets
        && tokens
            .iter()
            .skip(end)
            .take(2)
            .any(|token| token.is_mark('•'));
    let bounds = line.iter().any(|token| {
        token.kind == Kind::Number && !of.is_number()
            || token.is_any(&[Signs, AtMost, AtLeast, Length, Characters])
    });
    (parted && !bounds).then(|| of.unclear("the allowed values cannot be read", line, true))
}

/// Whether values are announced at a token: what follows, and how.
fn announcement<'a, 't>(
    of: &Described<'_>,
    tokens: &'a [Token<'t>],
    at: usize,
) -> Option<(&'a [Token<'t>], Announced)> {
    let token = tokens.get(at)?;
    let word = token.word?;
    if !matches!(
        word,
        Options | Range | Value | Is | Only | Fixed | Supported | OneOf | Following
    ) {
        return None;
    }
    let start = tokens
        .get(..at)?
        .iter()
        .rposition(Token::is_end)
        .map_or(0, |end| end + 1);
    let before = tokens.get(start..at)?;
    let barred = before.iter().any(|token| {
        token.is_any(&[
            If, Example, Default, Not, See, Length, Count, Specials, Signs, Returned, System,
        ]) || token.is(For) && token.at == before.first().map_or(0, |first| first.at)
    });
    if barred {
        return None;
    }
    let rest = tokens.get(at + 1..)?;
    let next = rest.first()?;
    let han = of.is_chinese;
    let announced = match word {
        Options => Announced::Options,
        Range | Value
            if next.is_mark(':')
                || next.is_mark('\n')
                || next.is_mark('(')
                || next.is_mark('[') =>
        {
            Announced::Options
        }
        Range | Value if next.is_any(&[Is, Following, OneOf, Fixed, Only, Supported]) => {
            Announced::Value
        }
        Range | Value if han && token.kind == Kind::Han => Announced::Value,
        Fixed | Only
            if token.text.contains("fix")
                || word == Only && before.iter().any(|token| token.is_any(&[Value, Itself])) =>
        {
            Announced::Fixed
        }
        // "Gauges of this kind only have …": of others too.
        Fixed | Only if !han && !before.is_empty() => return None,
        Fixed | Only => Announced::Only,
        Is if token.text.to_lowercase().starts_with("set ") && before.is_empty() => {
            Announced::Fixed
        }
        Is | Supported | OneOf | Following if han => Announced::Sentence,
        Is if before
            .iter()
            .any(|token| token.is(Value) || token.is(Itself))
            && (before.iter().any(|token| token.is(Value)) || token.text.contains("set to")) =>
        {
            Announced::Value
        }
        Is | OneOf | Following => Announced::Sentence,
        _ => return None,
    };
    Some((rest, announced))
}

/// Whether a word says something of its own in a sentence, so that it can hardly be a value.
fn is_speech(word: Word) -> bool {
    matches!(
        word,
        Is | Following
            | OneOf
            | Only
            | Contain
            | Not
            | Must
            | AtMost
            | AtLeast
            | Less
            | Greater
            | From
            | To
            | And
            | Or
            | Except
            | If
            | Omitted
            | Open
            | Specials
            | See
            | Which
            | Itself
            | Filler
            | Example
    )
}
