//! Numbers as the ends of bounds.

use crate::read::describe::Described;
use crate::read::describe::cases::{goes_on, is_digits, is_odd};
use crate::read::describe::text::{Kind, Run, Slice, Token};
use crate::read::describe::words::{amount, step};
use crate::vocabulary::lexicon::Word::{self, *};

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
    /// One of them is the next to a number that is left out: of whole numbers only.
    pub(super) stepped: bool,
}

/// The bounds that a number gives: with the next one, compared with it, or alone.
pub(super) fn ends_at(of: &Described<'_>, sentence: &[Token<'_>], at: usize) -> Option<Ends> {
    sentence.get(at).filter(|token| is_digits(token))?;
    pair(sentence, at)
        .or_else(|| compared(sentence, at))
        .or_else(|| within(sentence, at))
        .or_else(|| exact(of, sentence, at))
}

/// The place behind the unit of a number.
fn unit(sentence: &[Token<'_>], at: usize) -> usize {
    at + usize::from(sentence.word_at(at, &[Unit, Characters]))
}

/// "1 to 64", "[1, 64)", "between 1 and 64", "1 (inclusive) to 64 (exclusive)".
fn pair(sentence: &[Token<'_>], at: usize) -> Option<Ends> {
    let first = sentence.get(at)?;
    step(first.text, 0)?;
    let before = sentence.before(at);
    let open = |mark| before.is_some_and(|token| token.is_mark(mark));
    let bracket = open('[') || open('(');
    let (joint_at, low_out) = remark(sentence, unit(sentence, at + 1));
    let joint = sentence.get(joint_at)?;
    let between = sentence.to(at).tail(2).has(&[From]);
    let joins = joint.is(To)
        || joint.is(And) && between
        || matches!(joint.kind, Kind::Mark('-' | '~'))
        || joint.is_mark(',') && bracket;
    let last = sentence.get(joint_at + 1)?;
    if !joins || !is_digits(last) {
        return None;
    }
    let mut end = joint_at + 2;
    // "1-2-3", "2018-01-01" and what else the first number is the tail of are no bounds.
    let tail = |token: &Token<'_>| {
        let joint = matches!(token.kind, Kind::Mark('-' | '.' | '/' | ',' | '^'));
        joint || token.kind == Kind::Word
    };
    let chained = sentence.is_at(end, |token| token.glued && token.is_mark('-'));
    let listed = open(',') && sentence.before(at - 1).is_some_and(Token::is_han);
    if chained || first.glued && before.is_some_and(tail) && !listed {
        let odd = open('^') || is_odd(last) || !first.glued;
        return odd.then(|| Ends {
            from: at,
            to: end,
            ..Ends::default()
        });
    }
    let closed = bracket && sentence.mark_at(end, &[']', ')']);
    let square = sentence.mark_at(end, &[']']);
    let low = low_out || closed && open('(') && square;
    // Two round ones beside a comma may leave the ends out or not.
    let round = closed && open('(') && !square && joint.is_mark(',');
    end += usize::from(closed);
    // "(0-31) characters": in the brackets is a remark.
    let remarked = open('(') && !joint.is_mark(',');
    let behind = if remarked { end } else { unit(sentence, end) };
    let (behind, high_out) = remark(sentence, behind);
    let high = high_out || closed && open('[') && !square;
    let after = if high_out {
        unit(sentence, behind)
    } else {
        behind
    };
    let min = step(first.text, i64::from(low));
    let max = step(last.text, -i64::from(high)).filter(|_| !round);
    let known = min.is_some() && max.is_some();
    let ordered = known && amount(&min) <= amount(&max);
    Some(Ends {
        min,
        max,
        from: at,
        to: after,
        whole: ordered && ends_here(sentence, end, after),
        open: false,
        stepped: low || high,
    })
}

/// "(inclusive)", "(exclusive)": the place behind it, and whether the end is left out.
fn remark(sentence: &[Token<'_>], at: usize) -> (usize, bool) {
    let is = sentence.mark_at(at, &['('])
        && sentence.word_at(at + 1, &[Inclusive, Exclusive])
        && sentence.mark_at(at + 2, &[')']);
    let out = is && sentence.word_at(at + 1, &[Exclusive]);
    (at + if is { 3 } else { 0 }, out)
}

/// "at most 64", "the maximum length is 64", "不超过64".
fn compared(sentence: &[Token<'_>], at: usize) -> Option<Ends> {
    let given = sentence.get(at)?;
    let compares =
        |token: &Token<'_>| token.is_any(&[AtMost, AtLeast, Less, Greater, Maximum, Minimum]);
    let from = sentence.to(at).behind_last(compares).checked_sub(1)?;
    let comparator = sentence.get(from)?;
    let noun = comparator.is_any(&[Maximum, Minimum]);
    let words = sentence.to(at).from(from + 1);
    let skipped = |token: &Token<'_>| {
        let unknown = token.kind == Kind::Word && token.word.is_none();
        token.is_any(&[
            Is, Filler, Length, Value, Itself, Contain, Supported, Count, Characters,
        ]) || token.is_mark(':')
            || noun && (unknown || token.is_any(&[Key, System]))
    };
    // "最大值 … 5": what is the greatest must be joined with it, and "the gates minus 1" is no number.
    let joins = |token: &Token<'_>| token.is(Is) || token.is_mark(':');
    let joined = words.iter().any(joins);
    let counted = words
        .after_last(joins)
        .iter()
        .all(|token| token.word.is_some());
    if !words.iter().all(skipped) || noun && !(joined && counted) {
        return None;
    }
    let denied = denial(sentence.to(from)).is_some();
    let (most, by) = match (comparator.word?, denied) {
        (AtMost | Maximum, _) | (Greater, true) => (true, 0),
        (AtLeast | Minimum, _) | (Less, true) => (false, 0),
        (Less, false) => (true, -1),
        (_, _) => (false, 1),
    };
    let value = step(given.text, by);
    let is_read = value.is_some();
    let (min, max) = if most { (None, value) } else { (value, None) };
    let after = unit(sentence, at + 1);
    Some(Ends {
        min,
        max,
        from,
        to: after,
        whole: is_read && ends_here(sentence, at + 1, after),
        open: !noun && !words.mark_at(0, &[':']),
        stepped: by != 0,
    })
}

/// The "not" of "cannot be longer than", "不能大于", at the end of what stands before.
pub(super) fn denial<'a, 't>(before: &'a [Token<'t>]) -> Option<&'a Token<'t>> {
    let joins = |token: &Token<'_>| token.is_any(&[Is, Filler, Contain]);
    let before = before.trim_end(joins);
    before.last().filter(|last| last.is(Not))
}

/// "64个字符以内", "64 characters at most".
fn within(sentence: &[Token<'_>], at: usize) -> Option<Ends> {
    let unit = unit(sentence, at + 1);
    let within =
        sentence.word_at(unit, &[Within]) || unit > at + 1 && sentence.word_at(unit, &[AtMost]);
    within.then_some(())?;
    Some(Ends {
        max: Some(step(sentence.get(at)?.text, 0)?),
        from: at,
        to: at + 2,
        whole: ends_here(sentence, at + 1, unit + 1),
        ..Ends::default()
    })
}

/// "长度为32个字符", "is 36 characters long", "can contain 64 characters", "36-byte ID"; "36字节" alone where
/// a value of that length is shown besides.
fn exact(of: &Described<'_>, sentence: &[Token<'_>], at: usize) -> Option<Ends> {
    let hyphen = sentence.mark_at(at + 1, &['-']);
    let unit = at + 1 + usize::from(hyphen);
    let counted = sentence.word_at(unit, &[Characters]);
    let (before, after) = (sentence.to(at), unit + usize::from(counted));
    let joined = |words: &[Word]| {
        let last = before.last();
        last.is_some_and(|token| token.is_any(words) || token.is_mark(':'))
    };
    let length = before.has(&[Length]) || sentence.word_at(after, &[Length]);
    let of_field = if hyphen {
        // Of the field when the sentence begins with it.
        counted && before.iter().all(|token| token.is_any(&[Filler, To])) && after < sentence.len()
    } else {
        let ends = counted || after == sentence.len();
        joined(&[Is, Contain, Fixed]) && length && ends
            || joined(&[Exactly, Fixed]) && counted
            || joined(&[Contain]) && counted && before.has(&[Value, Itself, Each])
            || counted
                && before.last().is_none_or(|last| last.is_mark(','))
                && shows(of, sentence.get(at)?)
    };
    // "The maximum … is 64", "长度限制为64": the greatest, whatever else is said of it.
    if before.clause().has(&[Maximum, Minimum, AtMost, AtLeast]) {
        return None;
    }
    let limit = before.iter().any(|token| token.text.contains("限制"));
    let end = step(sentence.get(at).filter(|_| of_field)?.text, 0)?;
    Some(Ends {
        min: (!limit).then(|| end.clone()),
        max: Some(end),
        from: at,
        to: after,
        whole: ends_here(sentence, unit, after),
        ..Ends::default()
    })
}

/// Whether a value with as many characters as a number says stands in the description.
fn shows(of: &Described<'_>, digits: &Token<'_>) -> bool {
    let count = digits.text.parse().ok();
    count.is_some_and(|count: usize| of.shown.contains(&count))
}

/// Whether bounds end where their digits end, and hold as they stand: no power, fraction or scale goes
/// on with the number, and neither other bounds nor a case follow it.
fn ends_here(sentence: &[Token<'_>], digits: usize, after: usize) -> bool {
    let joined = sentence.mark_at(digits, &['^', '×', '*', '+', '-', '/']);
    let scaled = sentence.word_at(digits, &[Scale])
        || sentence.is_at(digits + usize::from(joined), is_digits)
        || sentence.is_at(digits, |next| {
            next.glued && next.kind == Kind::Word && next.word.is_none()
        });
    let rest = sentence.from(after);
    let tail = rest.trim_start(|token| {
        token.is_any(&[Unit, Characters, Filler, Length, Within, AtMost])
            || matches!(token.kind, Kind::Mark(']' | ')' | '"'))
    });
    !scaled && !goes_on(tail) && !rest.to(4).has(&[Except, Exclusive])
}
