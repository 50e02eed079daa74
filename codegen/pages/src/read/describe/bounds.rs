//! Lengths, ranges, numbers of items.
//!
//! Every number of a sentence that stands in words for bounds is one statement: of what, from where to
//! where, and whether it holds always. What all statements about one thing come to is settled at the
//! end: nothing when one of them is not understood or two of them differ.

mod ends;
mod said;

pub(super) use self::said::{Measure, Said, said};
use super::Described;
use super::parts::says_nothing;
use super::text::{Kind, Run, SENTENCE, Slice, Token, sentences};
use super::words::amount;
use crate::facts::{Bounds, Unclear};
use crate::vocabulary::lexicon::Word::*;
use crate::vocabulary::{Meaning, Term};

/// What a description bounds.
#[derive(Default)]
pub(super) struct Found {
    pub(super) lengths: Vec<Bounds>,
    pub(super) ranges: Vec<Bounds>,
    pub(super) items: Option<Bounds>,
    pub(super) unclear: Option<Unclear>,
    /// What bounds each item of a list.
    pub(super) of_items: Option<Unclear>,
}

/// The bounds in a description.
pub(super) fn bounds(of: &Described<'_>, secret: bool) -> Found {
    let mut out = Found::default();
    if of.is_boolean() {
        return out;
    }
    let mut all = statements(of, secret);
    if of.responses {
        // What a sentence says of a response binds nobody; a label is a definition.
        let other = all.iter().find(|(said, _)| !said.labelled);
        let why = "what is said of the size of a value that comes back binds no request";
        out.unclear = other.map(|(_, sentence)| of.doubt(why, sentence, false));
        all.retain(|(said, _)| said.labelled);
    }
    if let Some((_, sentence)) = all.iter().find(|(said, _)| said.measure == Measure::Item) {
        let why = "what bounds each item has no place among the facts of a list";
        out.of_items = Some(of.doubt(why, sentence, false));
        all.retain(|(said, _)| said.measure != Measure::Item);
    }
    let mut seen: Vec<(Measure, Option<&str>)> = Vec::new();
    for (said, _) in &all {
        let about = (said.measure, said.part);
        if said.measure == Measure::Any || seen.contains(&about) {
            continue;
        }
        seen.push(about);
        let of_this = |(other, _): &&(Said, &[Token<'_>])| {
            [Measure::Any, said.measure].contains(&other.measure) && other.part == said.part
        };
        let mut these = all.iter().filter(of_this);
        let settled = settle(these.clone().map(|(said, _)| said));
        let is_range = said.measure == Measure::Range;
        let settled = settled.filter(|it| !is_range || !has_value_besides(of, it));
        match (settled, said.measure) {
            (Some(bounds), Measure::Length) => out.lengths.push(bounds),
            (Some(bounds), Measure::Range) => out.ranges.push(bounds),
            (Some(bounds), _) => out.items = Some(bounds),
            (None, _) => {
                let doubt = |(_, sentence): &(_, &[Token<'_>])| {
                    of.doubt("the bounds cannot be read", sentence, true)
                };
                out.unclear = these.next().map(doubt);
            }
        }
    }
    if !of.responses && !secret {
        in_words(of, &mut out);
        let why = "what is said of bounds is none that a keyword has";
        let unread = || unread(of).map(|sentence| of.doubt(why, sentence, false));
        out.unclear = out.unclear.take().or_else(unread);
    }
    out
}

/// The first sentence with a number and a word for bounds that gives none: "from 2 to the number of
/// gates", "a multiple of 4 and greater than 0".
fn unread<'d>(of: &'d Described<'_>) -> Option<&'d [Token<'d>]> {
    let parts = of.parts(&[None, Some(Definition), Some(Constraints), Some(Range)]);
    parts.flat_map(sentences).find(|sentence| {
        let bounding = &[
            AtMost, AtLeast, Less, Greater, Maximum, Minimum, Range, From,
        ];
        let other = &[Default, Example, Means, Signs, Specials, See, If, Returned];
        let has_number = sentence.iter().any(|token| token.kind == Kind::Number);
        let ascii = |token: &Token<'_>| token.text.eq_ignore_ascii_case("ascii");
        let is_barred =
            sentence.has(&[Not]) && sentence.has(&[Contain]) || sentence.iter().any(ascii);
        let is_told = has_number && sentence.has(bounding) && !sentence.has(other) && !is_barred;
        is_told && said(of, before_pattern(of, sentence), false).is_empty()
    })
}

/// Whether a value besides bounds is told, where they are given ("0, or from 5 to 60") or by what it means
/// ("0 indicates no limit").
fn has_value_besides(of: &Described<'_>, bounds: &Bounds) -> bool {
    let joins = |token: &Token<'_>| token.is(To) || matches!(token.kind, Kind::Mark('-' | '~'));
    let ends = [&bounds.min, &bounds.max];
    let parts = of.parts(&[None, Some(Definition), Some(Constraints), Some(Range)]);
    let mut sentences = parts.flat_map(sentences);
    sentences.any(|sentence| {
        let is_end = |token: &Token<'_>| ends.into_iter().flatten().any(|end| end == token.text);
        let gives_bounds = sentence.iter().any(is_end) || sentence.has(&[Greater, Less]);
        (0..sentence.len()).any(|at| {
            let last = sentence.to(at).last();
            let is_first = sentence.word_at(at + 1, &[Or]) && !last.is_some_and(joins);
            let is_last = last.is_some_and(|last| last.is(Or)) && !sentence.is_at(at + 1, joins);
            let opens = last.is_none_or(|last| last.parts_clauses() || last.is_any(&[Value, Is]));
            let is_told = gives_bounds && (is_first || is_last)
                || opens && sentence.word_at(at + 1, &[Means]);
            is_told && is_outside(sentence, at, bounds)
        })
    })
}

/// Whether a number is none that bounds leave room for.
fn is_outside(tokens: &[Token<'_>], at: usize, bounds: &Bounds) -> bool {
    let token = tokens.get(at).filter(|token| token.kind == Kind::Number);
    let value: Option<f64> = token.and_then(|token| token.text.parse().ok());
    let [min, max] = [&bounds.min, &bounds.max].map(amount);
    value.is_some_and(|it| min.is_some_and(|min| it < min) || max.is_some_and(|max| it > max))
}

/// All statements, each with its sentence.
fn statements<'d>(of: &'d Described<'_>, secret: bool) -> Vec<(Said, &'d [Token<'d>])> {
    let mut all: Vec<(Said, &[Token<'_>])> = Vec::new();
    for (part, range) in &of.parts {
        let tokens = of.tokens.get(range.clone()).unwrap_or(&[]);
        let skipped = match part {
            Some(Default | Example) => true,
            // The rules of a password have their own place, unless a label makes it a constraint.
            Some(Constraints) if secret => tokens.has_mark(&[':']),
            _ => secret,
        };
        if skipped || says_nothing(of.text, tokens) {
            continue;
        }
        for (index, sentence) in sentences(tokens).enumerate() {
            if goes_on_with_example(of, sentence) {
                continue;
            }
            let sentence = before_pattern(of, sentence);
            let labelled = matches!(part, Some(Range | Options)) && index == 0;
            let found = said(of, sentence, labelled);
            all.extend(found.into_iter().map(|said| (said, sentence)));
        }
    }
    // "Otherwise it does not take effect": then what is said for the case is all there is to say.
    let void = |sentence: &[Token<'_>]| sentence.has(&[Effect]) && sentence.has(&[Not, Only]);
    if all.iter().all(|(said, _)| said.case) && sentences(&of.tokens).any(void) {
        all.iter_mut().for_each(|(said, _)| said.case = false);
    }
    // Beside a length in characters one in bytes is another limit, which the model has no word for.
    let counted = |said: &Said| {
        let max = said.bounds.as_ref().and_then(|bounds| bounds.max.as_ref());
        said.measure == Measure::Length && max.is_some() && !said.bytes
    };
    if all.iter().any(|(said, _)| counted(said)) {
        all.retain(|(said, _)| !said.bytes);
    }
    all
}

/// "For example, now it is 12:00. The hours are [12, 13].": whether a sentence in which brackets alone
/// make bounds stands behind an example in its line.
fn goes_on_with_example(of: &Described<'_>, sentence: &[Token<'_>]) -> bool {
    let bounding = &[
        Range, Value, Length, Maximum, Minimum, AtMost, AtLeast, Less, Greater, From, Must, Not,
        Contain, Characters,
    ];
    let is_bare = sentence.has_mark(&['[']) && !sentence.has(bounding);
    let Some(first) = sentence.first().filter(|_| is_bare) else {
        return false;
    };
    let at = of.tokens.partition_point(|token| token.at < first.at);
    let before = of.tokens.to(at).tail(SENTENCE);
    let line = before.after_last(|token| matches!(token.kind, Kind::Mark('\n' | '•')));
    let mut sentences = sentences(line);
    sentences.any(|it| it.word_at(0, &[Example]))
}

/// What of a sentence stands before the anchor of a regular expression, whose digits bound nothing.
fn before_pattern<'a, 'd>(of: &Described<'_>, sentence: &'a [Token<'d>]) -> &'a [Token<'d>] {
    let before = sentence.upto(|token| token.is_mark('^'));
    let range = before.first().zip(before.last());
    let text = range.and_then(|(first, last)| of.text.get(first.at..last.end));
    let is_pattern = |text: &str| Term::Pattern.within(&text.to_lowercase());
    let is_cut = before.len() < sentence.len() && text.is_some_and(is_pattern);
    if is_cut { before } else { sentence }
}

/// 0, as a number or in words.
fn is_zero(text: &str) -> bool {
    matches!(text, "0" | "零") || text.eq_ignore_ascii_case("zero")
}

/// The least that words give and no number does: "cannot be empty", "may be empty", "not negative".
fn in_words(of: &Described<'_>, out: &mut Found) {
    let least = |low: &str| Some(low.to_owned());
    // "If it is not specified, it is empty" holds always.
    let is_case = |clause: &[Token<'_>]| clause.has(&[If]) && !clause.has(&[Omitted]);
    let always = sentences(&of.tokens).filter(|sentence| {
        !sentence.has(&[Example]) && !sentence.split(Token::parts_clauses).any(is_case)
    });
    let clauses = always.flat_map(|sentence| sentence.split(Token::parts_clauses));
    let whole = of.kind.as_deref() == Some("integer") || of.type_.is_empty();
    // Some call 0 positive.
    let others = |token: &Token<'_>| token.is(Negative) || is_zero(token.text);
    let whole = whole && !of.tokens.iter().any(others);
    for clause in clauses.filter(|clause| !clause.has(&[If])) {
        let another = |token: &Token<'_>| token.text.contains('_') && token.text != of.name;
        if clause.has(&[Default, Means]) || clause.iter().any(another) {
            continue;
        }
        let blank = ["为空", "left blank", "left empty"];
        let empty = |token: &Token<'_>| token.is(Empty) || blank.contains(&token.text);
        let at = clause.lead(|token| !empty(token));
        let empty = at < clause.len();
        // "It can be empty but cannot be a blank" denies something else.
        let denied = clause.to(at).has(&[Not]) || at == 0 && clause.has(&[Not]);
        if let ([length], true) = (out.lengths.as_mut_slice(), empty && of.is_text()) {
            let is_one_way = (0..clause.len())
                .any(|at| clause.word_at(at, &[Omitted, Empty]) && clause.word_at(at + 1, &[Or]));
            match (length.min.as_deref(), denied) {
                (Some(_), false) if is_one_way => length.min = least("0"),
                (None | Some("0"), true) => length.min = least("1"),
                (None, false)
                    if clause.has(&[Is]) || clause.word_at(clause.len() - 1, &[Omitted]) =>
                {
                    length.min = least("0");
                }
                _ => {}
            }
        }
        let natural = clause.has(&[Natural]) || clause.has(&[Not]) && clause.has(&[Negative]);
        // It is all that a clause says of the value.
        let known = clause.iter().all(|token| token.word.is_some());
        let positive = whole && known && clause.ends_in(&[Positive]) && !clause.has(&[Not, Or]);
        let number = if positive { least("1") } else { least("0") };
        if (natural || positive) && out.unclear.is_none() && (of.is_number() || of.type_.is_empty())
        {
            match out.ranges.as_mut_slice() {
                [] => out.ranges.push(Bounds {
                    part: None,
                    min: number,
                    max: None,
                }),
                [range] => range.min = range.min.take().or(number),
                _ => {}
            }
        }
    }
}

/// What all the statements about one thing come to. Bounds of a case within those of all cases leave
/// these true.
pub(super) fn settle<'s>(all: impl Iterator<Item = &'s Said> + Clone) -> Option<Bounds> {
    // Beside a pair, "at most 20 disks" is about the disks.
    let is_pair = |bounds: &Bounds| bounds.min.is_some() && bounds.max.is_some();
    let pair = |said: &Said| said.firm && said.bounds.as_ref().is_some_and(is_pair);
    let paired = all.clone().any(pair);
    let always = |said: &&Said| !said.case && (said.firm || !paired);
    let mut found: Option<Bounds> = None;
    for said in all.clone().filter(always) {
        let said = said.bounds.as_ref()?;
        found = Some(match found {
            Some(old) => merge(&old, said)?,
            None => said.clone(),
        });
    }
    let found = found?;
    for case in all.filter(|said| said.case) {
        if !covers(&found, case.bounds.as_ref()?) {
            return None;
        }
    }
    let ordered = amount(&found.min) <= amount(&found.max);
    (ordered || !is_pair(&found)).then_some(found)
}

fn merge(one: &Bounds, other: &Bounds) -> Option<Bounds> {
    let end = |one: Option<String>, other: Option<String>| match (one, other) {
        (Some(one), Some(other)) => (one == other).then_some(Some(one)),
        (one, other) => Some(one.or(other)),
    };
    Some(Bounds {
        part: one.part.clone(),
        min: end(one.min.clone(), other.min.clone())?,
        max: end(one.max.clone(), other.max.clone())?,
    })
}

/// Whether bounds leave room for all that others do.
fn covers(all: &Bounds, case: &Bounds) -> bool {
    let below = match (amount(&all.max), amount(&case.max)) {
        (Some(all), Some(case)) => case <= all,
        (all, _) => all.is_none(),
    };
    // Without a least of its own the case has that of all.
    below && amount(&case.min).is_none_or(|case| case >= amount(&all.min).unwrap_or(0.0))
}
