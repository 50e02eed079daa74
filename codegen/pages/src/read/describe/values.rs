//! The allowed values.
//!
//! Values are announced ("The value can be …", "Options:"), or they stand in a list that explains
//! them. A list is read in whatever shape it has: bullets, lines, a series, sentences, words one
//! after the other; but it is read whole or not at all.

mod gate;
mod grouped;
mod item;
mod list;
mod series;
mod unannounced;

use self::gate::Strength;
use self::grouped::grouped;
use self::item::{Item, is_placed};
use self::list::{Announced, listed};
use self::unannounced::unannounced;
use super::parts::{Part, says_nothing};
use super::text::{Kind, Run, SENTENCE, Slice, Token};
use super::words::number;
use super::{Described, Outcome};
use crate::vocabulary::lexicon::Word::{self, *};

/// The values a description allows.
pub(super) fn values(of: &Described<'_>) -> Outcome<Vec<String>> {
    if of.is_boolean() || of.is_nested() {
        return Outcome::Nothing;
    }
    let mut unclear = None;
    // A list on lines of its own leads over one in a sentence, which may explain more than it lists.
    let mut options: Vec<_> = of.parts(&[Part::Options]).collect();
    options.sort_by_key(|tokens| !tokens.mark_at(0, &['\n']));
    let ranges = of
        .parts(&[Part::Range])
        .map(|tokens| (tokens, Strength::Range));
    let options = options
        .into_iter()
        .map(|tokens| (tokens, Strength::Options));
    let only = false;
    let labels = ranges.chain(options);
    let labels = labels.map(|(tokens, strength)| (tokens, Announced { strength, only }));
    let sentences = of.parts(PROSE).flat_map(|tokens| {
        let mut stops = (0..tokens.len()).filter(|at| tokens[*at].is_end());
        let stops = stops.nth(1).unwrap_or(tokens.len());
        (0..tokens.len()).filter_map(move |at| announcement(of, tokens, stops, at))
    });
    for (tokens, how) in labels.chain(sentences) {
        if says_nothing(of.text, tokens) {
            continue;
        }
        if !of.may_look(tokens) {
            break;
        }
        let found = listed(tokens, how, of).or_else(|| grouped(of, tokens, true));
        match found.and_then(|items| settled(of, items)) {
            Some(values) => return Outcome::Fact(fuller(of, values)),
            None => unclear = unclear.or_else(|| doubt(of, tokens, how)),
        }
    }
    if let Some(found) = explained(of) {
        return Outcome::Fact(found);
    }
    if of.fuel.get() == 0 {
        let start = of.tokens.get(..8).unwrap_or(&[]);
        return of.unclear("too long to be looked through for values", start, true);
    }
    unclear.unwrap_or(Outcome::Nothing)
}

/// The parts that sentences about values stand in.
const PROSE: &[Part] = &[Part::Open, Part::Definition, Part::Range, Part::Options];

/// What may announce a list.
const ANNOUNCING: &[Word] = &[
    Options, Range, Value, Fixed, Only, Is, OneOf, Following, Supported,
];

/// What stands between an announcement and its list.
const MARKS: &[char] = &[':', '\n', '(', '['];
const JOINTS: &[Word] = &[Is, Following, OneOf, Fixed, Only, Supported];

/// The values of a list that nothing announces.
fn explained(of: &Described<'_>) -> Option<Vec<String>> {
    of.parts(PROSE).find_map(|tokens| {
        let found = unannounced(of, tokens).or_else(|| grouped(of, tokens, false));
        settled(of, found?)
    })
}

/// The values of a sentence, or of a list besides that explains them and more; one value beside a list
/// is of one of its cases.
fn fuller(of: &Described<'_>, values: Vec<String>) -> Vec<String> {
    let fuller = |more: &Vec<String>| {
        more.len() > values.len()
            && (values.len() == 1 || values.iter().all(|value| more.contains(value)))
    };
    explained(of).filter(fuller).unwrap_or(values)
}

/// The values of a list, each once; for a number numbers alone.
fn settled(of: &Described<'_>, items: Vec<Item<'_>>) -> Option<Vec<String>> {
    let mut out: Vec<String> = Vec::with_capacity(items.len());
    for item in items {
        let value = number(item.value).unwrap_or_else(|| item.value.to_owned());
        if of.is_number() && value.parse::<f64>().is_err() {
            return None;
        }
        if !out.contains(&value) {
            out.push(value);
        }
    }
    (!out.is_empty()).then_some(out)
}

/// What was announced and is no list that can be read: told when it looks like one.
fn doubt(of: &Described<'_>, tokens: &[Token<'_>], how: Announced) -> Option<Outcome<Vec<String>>> {
    let start = tokens.lead(|token| token.is_end() || token.is_mark(':'));
    let line = tokens.from(start).upto(Token::is_end);
    let clear = match how.strength {
        Strength::Options | Strength::Range => true,
        Strength::Value => !how.only && line.has(&[Or]),
        Strength::Sentence => false,
    };
    if !clear {
        return None;
    }
    if line.first()?.is(See) {
        // What comes back may have any value: that its list is elsewhere asks nobody for anything.
        let elsewhere = || of.unclear("the allowed values stand elsewhere", line, false);
        return (!of.responses).then(elsewhere);
    }
    let mark = |run: &[Token<'_>], marks: &[char]| (0..run.len()).any(|at| run.mark_at(at, marks));
    let items =
        mark(tokens.to(start), &['•']) && mark(tokens.from(start + line.len()).to(2), &['•']);
    let parted = items || line.from(1).has(&[Or]) || mark(line, &[',', '、', '|']);
    let bounds = line.has(&[Signs, AtMost, AtLeast, Less, Greater, Length, Characters])
        || !of.is_number() && line.iter().any(|token| token.kind == Kind::Number);
    (parted && !bounds).then(|| of.unclear("the allowed values cannot be read", line, true))
}

/// Whether values are announced at a token: what follows, and how; with the place of the second stop.
fn announcement<'a, 't>(
    of: &Described<'_>,
    tokens: &'a [Token<'t>],
    stops: usize,
    at: usize,
) -> Option<(&'a [Token<'t>], Announced)> {
    let token = tokens.get(at)?;
    let word = token.word.filter(|_| token.is_any(ANNOUNCING))?;
    let before = tokens.sentence_to(at);
    let rest = tokens.from(at + 1);
    // Of a case, of an example, of something else than the value.
    let clause = before.clause();
    // "若填写则为…": that there is a value is no case.
    let case = |at| before.word_at(at, &[For, If]) && !before.word_at(at + 1, &[Given]);
    // "水位为ebb或flood时, …", "水位为“ebb”时才有".
    let told = rest
        .to(SENTENCE)
        .upto(|token| token.is_end() || token.is_mark(','));
    let when = (1..told.len()).any(|at| told[at].text == "时" && !told[at - 1].is_han());
    // "gauge_id的值为": of another field.
    let owner = before
        .to(before.behind_last(|token| !token.is_any(&[Filler, Value])))
        .last();
    let another = of.is_chinese
        && owner.is_some_and(|owner| {
            owner.kind == Kind::Word
                && owner.text != of.name
                && !owner.is_any(&[Options, Range, Value, Another])
        });
    // "Redis: …取值为": of one case of a list, or of another system.
    let headed = (0..before.len()).any(|at| {
        let head = &before[at];
        head.is(System) && !head.text.eq_ignore_ascii_case("id")
            || head.kind == Kind::Word && head.word.is_none() && before.mark_at(at + 1, &[':'])
    });
    // "The value can be obtained from the console or the list of gauges".
    let deed = rest.from(rest.lead(|token| token.is_any(JOINTS)));
    let deed = deed.is_at(0, |it| it.text.ends_with("ed")) && deed.word_at(1, &[From, For, If, To]);
    let barred = (0..before.len()).any(case)
        || deed
        || when
        || another
        || headed
        || before.has(&[Example, See, Specials, Signs, Returned])
        || is_of_part(before)
        || clause.has(&[
            Length, Count, Default, Not, Minimum, Maximum, AtMost, AtLeast, Note,
        ]);
    if barred || rest.is_empty() {
        return None;
    }
    let text = token.text.to_lowercase();
    let valued = before.has(&[Value]);
    let of_field = valued || before.has(&[Itself]);
    // "Only ebb is supported", "The only value is ebb".
    let sentence = rest.to(SENTENCE).upto(Token::is_end);
    let supported = sentence.last().is_some_and(|last| last.is(Supported));
    let alone =
        before.iter().all(|token| token.is(Filler)) && (supported || rest.word_at(0, &[Value]));
    let strength = match word {
        Options if token.is_han() || rest.mark_at(0, MARKS) || rest.word_at(0, JOINTS) => {
            Strength::Options
        }
        Range | Value if rest.mark_at(0, MARKS) => Strength::Options,
        Range | Value if token.is_han() || rest.word_at(0, JOINTS) => Strength::Value,
        // "A fixed body is returned": the word before a noun says nothing of the value.
        Fixed if text == "fixed" && !rest.mark_at(0, MARKS) && is_small(&rest[0]) => return None,
        Fixed | Only if text.contains("fix") || word == Only && of_field => Strength::Value,
        Only if alone => Strength::Value,
        Set if before.is_empty() => Strength::Value,
        // "Gauges of this kind only have …": of others too.
        Fixed | Only if of.is_chinese || before.is_empty() => Strength::Sentence,
        // "…, which can be ebb or flood", not "which can be changed or deleted".
        Is if before.last().is_some_and(|last| last.text == "which") && text.ends_with(" be") => {
            let done = |token: &Token<'_>| {
                token.word.is_some() || token.is_mark(',') || token.text.ends_with("ed")
            };
            if sentence.iter().all(done) {
                return None;
            }
            Strength::Value
        }
        Is | Set if !of.is_chinese && (valued || of_field && word == Set) => Strength::Value,
        Is | Set if clause.has(&[Must]) => return None,
        Is | Set | OneOf | Following => Strength::Sentence,
        // What is supported further down is told of something else.
        Supported if at > stops => return None,
        Supported if of.is_chinese && (is_placed(rest, 0) || !rest.word_at(0, &[System])) => {
            Strength::Sentence
        }
        _ => return None,
    };
    let only = matches!(word, Fixed | Only) || word == Set && before.is_empty();
    // In one item of several only what names the value speaks for all.
    let line = tokens
        .to(at)
        .behind_last(|token| matches!(token.kind, Kind::Mark('\n' | '•')));
    let item = tokens.to(line).last().is_some_and(|mark| mark.is_mark('•'));
    (strength != Strength::Sentence || !item).then_some((rest, Announced { strength, only }))
}

/// A word in small letters, which is a noun as often as a value.
fn is_small(token: &Token<'_>) -> bool {
    token.kind == Kind::Word && token.text.chars().all(|c| c.is_ascii_lowercase())
}

/// "其中编码包括…": of a part of the value.
fn is_of_part(sentence: &[Token<'_>]) -> bool {
    sentence.iter().any(|token| token.text == "其中")
}
