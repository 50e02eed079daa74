//! Numbers as the ends of bounds.

use crate::read::describe::text::{Kind, Run, Slice, Token};
use crate::read::describe::words::{number, step};
use crate::vocabulary::lexicon::Word::*;

/// Ends of bounds, and where a sentence gives them.
#[derive(Default)]
pub(super) struct Ends {
    pub(super) min: Option<String>,
    pub(super) max: Option<String>,
    /// The tokens that say them.
    pub(super) from: usize,
    pub(super) to: usize,
    /// They are understood, and hold as they stand.
    pub(super) whole: bool,
    /// "At most", "at least": what they are about must be said besides.
    pub(super) open: bool,
}

/// The bounds that begin at a token.
pub(super) fn ends_at(sentence: &[Token<'_>], at: usize) -> Option<Ends> {
    pair(sentence, at)
        .or_else(|| within(sentence, at))
        .or_else(|| one_end(sentence, at))
        .or_else(|| exact(sentence, at))
}

/// A word of digits that is no whole number: `2^31`, `1.5`, `64K`.
pub(super) fn is_odd(token: &Token<'_>) -> bool {
    token.kind == Kind::Word && token.text.starts_with(|c: char| c.is_ascii_digit())
}

/// "1 to 64", "[1, 64)", "between 1 and 64", "1 (inclusive) to 64 (exclusive)".
fn pair(sentence: &[Token<'_>], at: usize) -> Option<Ends> {
    let first = sentence
        .get(at)
        .filter(|token| token.kind == Kind::Number)?;
    let before = sentence.before(at);
    let open = before.filter(|token| matches!(token.kind, Kind::Mark('[' | '(')));
    let unit = |at: usize| at + usize::from(sentence.word_at(at, &[Unit, Characters]));
    let (joint_at, low_out) = remark(sentence, unit(at + 1));
    let joint = sentence.get(joint_at)?;
    let between = sentence.to(at).from(at.saturating_sub(2)).has(&[From]);
    let joins = match joint.kind {
        Kind::Mark('-' | '~') => true,
        Kind::Mark(',') => open.is_some(),
        _ => {
            joint.is(To)
                || joint.is(And) && (between || sentence.word_at(joint_at + 2, &[Characters]))
        }
    };
    let last = sentence.get(joint_at + 1)?;
    if !joins || !(last.kind == Kind::Number || is_odd(last)) {
        return None;
    }
    let mut end = joint_at + 2;
    // "1-2-3", "2018-01-01" and what else the first number is the tail of are no bounds.
    let tail = |token: &Token<'_>| {
        matches!(
            token.kind,
            Kind::Word | Kind::Mark('-' | '.' | '/' | ',' | '^')
        )
    };
    let chained = sentence.is_at(end, |token| token.glued && token.is_mark('-'));
    let earlier = at.checked_sub(2).and_then(|at| sentence.get(at));
    let new = before.is_some_and(|token| token.is_mark(',')) && earlier.is_some_and(Token::is_han);
    let is_tail = open.is_none() && first.glued && before.is_some_and(tail) && !new;
    if chained || is_tail {
        let odd = before.is_some_and(|token| token.is_mark('^')) || is_odd(last) || !first.glued;
        let ends = Ends {
            from: at,
            to: end,
            ..Ends::default()
        };
        return odd.then_some(ends);
    }
    let (mut low, mut high) = (i64::from(low_out), Some(0));
    if let (Some(open), true) = (open, sentence.mark_at(end, &[']', ')'])) {
        match (open.kind, sentence.mark_at(end, &[']'])) {
            (Kind::Mark('['), false) => high = Some(1),
            (Kind::Mark('('), true) => low = 1,
            // Two round ones beside a comma may leave the ends out or not.
            (Kind::Mark('('), false) if joint.is_mark(',') => high = None,
            _ => {}
        }
        end += 1;
    }
    // "(0-31) characters": in the brackets is a remark.
    let remarked = open.is_some_and(|open| open.is_mark('(')) && !joint.is_mark(',');
    let (behind, high_out) = remark(sentence, if remarked { end } else { unit(end) });
    if high_out {
        high = high.map(|_| 1);
    }
    let after = if high_out { unit(behind) } else { behind };
    let min = step(first.text, low);
    let max = high
        .filter(|_| !is_odd(last))
        .and_then(|high| step(last.text, -high));
    let parsed = |end: &Option<String>| end.as_ref().and_then(|end| end.parse::<i64>().ok());
    let ordered = parsed(&min)
        .zip(parsed(&max))
        .is_some_and(|(min, max)| min <= max);
    let whole = ordered && ends_here(sentence, end, after);
    Some(Ends {
        min,
        max,
        from: at,
        to: after,
        whole,
        open: false,
    })
}

/// "(inclusive)", "(exclusive)": the place behind it, and whether the end is left out.
fn remark(sentence: &[Token<'_>], at: usize) -> (usize, bool) {
    let is = sentence.mark_at(at, &['('])
        && sentence.word_at(at + 1, &[Inclusive, Exclusive])
        && sentence.mark_at(at + 2, &[')']);
    if is {
        (at + 3, sentence.word_at(at + 1, &[Exclusive]))
    } else {
        (at, false)
    }
}

/// "64个字符以内", "64 characters at most".
fn within(sentence: &[Token<'_>], at: usize) -> Option<Ends> {
    let token = sentence
        .get(at)
        .filter(|token| token.kind == Kind::Number)?;
    let unit = sentence.get(at + 1)?;
    let within = unit.is(Within)
        || unit.is_any(&[Characters, Unit]) && sentence.word_at(at + 2, &[Within, AtMost]);
    within.then(|| Ends {
        max: number(token.text),
        from: at,
        to: at + 2,
        whole: ends_here(sentence, at + 1, at + 3),
        ..Ends::default()
    })
}

/// "at most 64", "the maximum length is 64", "不超过64".
fn one_end(sentence: &[Token<'_>], at: usize) -> Option<Ends> {
    let token = sentence.get(at)?;
    if !token.is_any(&[AtMost, AtLeast, Less, Greater, Maximum, Minimum]) {
        return None;
    }
    let noun = token.is_any(&[Maximum, Minimum]);
    let rest = sentence.from(at + 1);
    // "Maximum number of characters: 64".
    let counted = rest.upto(|token| token.kind == Kind::Number).last();
    let counted = counted.is_some_and(|last| last.is_mark(':') || last.is(Is));
    let skipped = rest.lead(|token| {
        token.is_any(&[Is, Filler, Length, Value, Itself, From, Contain, Supported])
            || token.is_mark(':')
            || counted && token.is_any(&[Count, Characters])
            || noun && token.kind == Kind::Word && (token.word.is_none() || token.is(Key))
    });
    let words = rest.to(skipped);
    // "最大值 … 5": what is the greatest must be joined with it.
    let joined = words.has(&[Is, From]) || words.iter().any(|token| token.is_mark(':'));
    let digits = at + 1 + skipped;
    let given = sentence.get(digits)?;
    let number = given.kind == Kind::Number;
    if noun && !joined || !(number || is_odd(given)) || pair(sentence, digits).is_some() {
        return None;
    }
    let after = digits + 1 + usize::from(sentence.word_at(digits + 1, &[Unit, Characters]));
    let denied = denial(sentence.to(at));
    let (most, by) = match (token.word?, denied.is_some()) {
        (AtMost | Maximum, _) | (Greater, true) => (true, 0),
        (AtLeast | Minimum, _) | (Less, true) => (false, 0),
        (Less, false) => (true, -1),
        (_, _) => (false, 1),
    };
    let value = step(given.text, by);
    // "Not more than" leaves room for nothing at all.
    let nothing = denied.filter(|not| not.is_han()).map(|_| "0".to_owned());
    let (min, max) = if most {
        (nothing, value)
    } else {
        (value, None)
    };
    Some(Ends {
        min,
        max,
        from: at,
        to: after,
        whole: number && ends_here(sentence, digits + 1, after),
        open: !noun && !rest.mark_at(0, &[':']),
    })
}

/// The "not" of "cannot be longer than", "不能大于", at the end of what stands before.
pub(super) fn denial<'a, 't>(before: &'a [Token<'t>]) -> Option<&'a Token<'t>> {
    let joins = |token: &Token<'_>| token.is_any(&[Is, Filler, Contain]);
    let before = before.to(before.behind_last(|token| !joins(token)));
    before.last().filter(|last| last.is(Not))
}

/// "长度为32个字符", "is 36 characters long", "can contain 64 characters".
fn exact(sentence: &[Token<'_>], at: usize) -> Option<Ends> {
    let token = sentence
        .get(at)
        .filter(|token| token.kind == Kind::Number)?;
    let unit = sentence.word_at(at + 1, &[Characters]);
    let before = sentence.to(at);
    if sentence.mark_at(at + 1, &['-']) && sentence.word_at(at + 2, &[Characters]) {
        // "36-byte ID": of the field when the sentence begins with it.
        let begins = before
            .iter()
            .all(|token| token.is_any(&[Filler, Value, Is, To]));
        let end = number(token.text).filter(|_| begins && at + 3 < sentence.len());
        return end.map(|end| Ends {
            min: Some(end.clone()),
            max: Some(end),
            from: at,
            to: at + 3,
            whole: !sentence.word_at(at + 3, &[Or, To]),
            open: false,
        });
    }
    let joined = before
        .last()
        .filter(|token| token.is_any(&[Is, Contain, Fixed]) || token.is_mark(':'))?;
    let length = before.has(&[Length]) || sentence.word_at(at + 2, &[Length]);
    let contains = joined.is(Contain) && unit && before.has(&[Value, Itself]);
    if !(contains || length && (unit || at + 1 == sentence.len())) {
        return None;
    }
    let end = number(token.text);
    Some(Ends {
        min: end.clone(),
        max: end,
        from: at,
        to: at + 1 + usize::from(unit),
        whole: ends_here(sentence, at + 1, at + 1 + usize::from(unit)),
        open: false,
    })
}

/// Whether bounds end where their digits end, and hold as they stand: no power, fraction or scale goes
/// on with the number, and neither other bounds nor a case follow it.
fn ends_here(sentence: &[Token<'_>], digits: usize, after: usize) -> bool {
    let number = |at: usize, run: &[Token<'_>]| {
        run.is_at(at, |token| token.kind == Kind::Number || is_odd(token))
    };
    let next = sentence.get(digits);
    let goes_on = sentence.word_at(digits, &[Scale])
        || number(digits, sentence)
        || next.is_some_and(|next| next.glued && next.kind == Kind::Word && next.word.is_none())
        || sentence.mark_at(digits, &['^', '×', '*', '+', '-', '/'])
            && number(digits + 1, sentence);
    let rest = sentence.from(after);
    let skipped = rest.lead(|token| {
        token.is_any(&[Unit, Characters, Filler, Length, Within, AtMost])
            || matches!(token.kind, Kind::Mark(']' | ')' | '"'))
    });
    let tail = rest.from(skipped);
    let case = |at: usize| tail.word_at(at, &[If, For]);
    let listed = tail.mark_at(0, &[',', '、']);
    let new_clause = listed && tail.get(1).is_some_and(Token::is_han);
    let tied = case(0)
        || (listed || tail.mark_at(0, &['('])) && case(1) && !new_clause
        || tail.word_at(0, &[Or, And]) && (number(1, tail) || case(1))
        || listed && number(1, tail) && !tail.word_at(2, &[Means])
        || rest.to(4).has(&[Except, Exclusive]);
    !goes_on && !tied
}
