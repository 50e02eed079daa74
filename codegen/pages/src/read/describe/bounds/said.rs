//! One sentence's statements about bounds.

use crate::facts::Bounds;
use crate::read::describe::Described;
use crate::read::describe::text::{Kind, Token};
use crate::read::describe::words::{number, step};
use crate::vocabulary::lexicon::Word::{self, *};

/// What is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read::describe) enum Measure {
    /// Characters, or bytes.
    Length,
    /// The value itself.
    Range,
    /// The items of a list.
    Items,
    /// Whatever the other statements are about.
    Any,
}

/// One statement.
#[derive(Debug, Clone)]
pub(in crate::read::describe) struct Said {
    pub(in crate::read::describe) measure: Measure,
    /// The key or the value of a map.
    pub(in crate::read::describe) part: Option<&'static str>,
    /// `None` for words about bounds that are not understood.
    pub(in crate::read::describe) bounds: Option<Bounds>,
    /// It is about the field for certain, which "at most 20" may not be.
    pub(in crate::read::describe) firm: bool,
    /// It holds in some case only.
    pub(in crate::read::describe) case: bool,
    /// It is a label with a number, or stands behind one.
    pub(in crate::read::describe) labelled: bool,
}

/// Ends of bounds before they are checked.
struct Ends {
    min: Option<String>,
    max: Option<String>,
    /// The tokens that say them.
    from: usize,
    to: usize,
    /// They are understood.
    whole: bool,
    /// "At most", "at least": what they are about must be said besides.
    open: bool,
}

/// The statements of a sentence; `labelled` when it stands right behind the label for ranges.
pub(in crate::read::describe) fn said(
    of: &Described<'_>,
    sentence: &[Token<'_>],
    labelled: bool,
) -> Vec<Said> {
    if !sentence
        .iter()
        .any(|token| token.kind == Kind::Number || is_odd(token))
    {
        return Vec::new();
    }
    if let Some(both) = respectively(sentence) {
        return both;
    }
    let mut found: Vec<Ends> = Vec::new();
    let mut at = 0;
    while at < sentence.len() {
        let ends = pair(sentence, at)
            .or_else(|| one_end(sentence, at))
            .or_else(|| exact(sentence, at));
        at = ends
            .as_ref()
            .map_or(at + 1, |ends| behind_remark(sentence, ends.to.max(at + 1)));
        found.extend(ends);
    }
    let mut out: Vec<Said> = found
        .into_iter()
        .filter_map(|ends| statement(of, sentence, ends, labelled))
        .collect();
    // "If there is water, 1000": another bound for a case.
    if out.is_empty()
        && is_case(sentence)
        && !sentence
            .iter()
            .any(|token| token.is_any(&[Omitted, Default, Not]))
        && let Some((last, before)) = last_number(sentence)
        && before
            .last()
            .is_some_and(|token| token.is_mark(',') || token.is_mark(':') || token.is_any(&[Is]))
        && last.kind == Kind::Number
    {
        out.push(Said {
            measure: Measure::Any,
            part: None,
            bounds: None,
            firm: true,
            case: true,
            labelled: false,
        });
    }
    out
}

/// Behind a remark in brackets: "60 to 3600 (1 minute to 1 hour)".
fn behind_remark(sentence: &[Token<'_>], at: usize) -> usize {
    let rest = sentence.get(at..).unwrap_or(&[]);
    let Some(open) = rest.first().filter(|token| token.is_mark('(')) else {
        return at;
    };
    let close = rest
        .iter()
        .skip(1)
        .position(|token| token.depth == open.depth && token.is_mark(')'));
    close.map_or(at, |close| at + close + 2)
}

fn last_number<'a, 't>(sentence: &'a [Token<'t>]) -> Option<(&'a Token<'t>, &'a [Token<'t>])> {
    let at = sentence
        .iter()
        .rposition(|token| token.kind == Kind::Number)?;
    let rest = sentence.get(at + 1..)?;
    let ends = rest.iter().all(|token| token.is_any(&[Unit, Characters]));
    ends.then(|| Some((sentence.get(at)?, sentence.get(..at)?)))?
}

/// A word of digits that is no whole number: `2^31`, `1.5`, `64K`.
fn is_odd(token: &Token<'_>) -> bool {
    token.kind == Kind::Word && token.text.starts_with(|c: char| c.is_ascii_digit())
}

fn counted(token: Option<&Token<'_>>, words: &[Word]) -> bool {
    token.is_some_and(|token| token.is_any(words))
}

/// "1 to 64", "[1, 64)", "between 1 and 64", "1 (inclusive) to 64 (exclusive)".
fn pair(sentence: &[Token<'_>], at: usize) -> Option<Ends> {
    let first = sentence
        .get(at)
        .filter(|token| token.kind == Kind::Number)?;
    let before = at.checked_sub(1).and_then(|before| sentence.get(before));
    let open = before.filter(|token| matches!(token.kind, Kind::Mark('[' | '(')));
    let mut next = at + 1;
    let (mut low, mut high) = (0, 0);
    next += usize::from(counted(sentence.get(next), &[Unit, Characters]));
    next += remark(sentence, next, &mut low);
    let joint = sentence.get(next)?;
    let between = sentence
        .get(at.saturating_sub(2)..at)
        .is_some_and(|before| before.iter().any(|token| token.is(From)));
    let joins = match joint.kind {
        Kind::Mark('-' | '~') => true,
        Kind::Mark(',' | '、') => open.is_some() && joint.is_mark(','),
        _ if joint.is(To) => true,
        _ => joint.is(And) && (between || counted(sentence.get(next + 2), &[Characters])),
    };
    let last = sentence.get(next + 1)?;
    if !joins || !(last.kind == Kind::Number || is_odd(last)) {
        return None;
    }
    let mut end = next + 2;
    // "1-2-3" and "2018-01-01" are no bounds.
    if sentence
        .get(end)
        .is_some_and(|token| token.glued && token.is_mark('-'))
        || before.is_some_and(|token| {
            !open.is_some()
                && first.glued
                && matches!(
                    token.kind,
                    Kind::Word | Kind::Mark('-' | '.' | '/' | ',' | '^')
                )
        })
    {
        let power = before.is_some_and(|token| token.is_mark('^'));
        return Some(Ends {
            min: None,
            max: None,
            from: at,
            to: end,
            whole: false,
            open: false,
        })
        .filter(|_| power || is_odd(last) || !first.glued);
    }
    let close = sentence
        .get(end)
        .filter(|token| matches!(token.kind, Kind::Mark(']' | ')')));
    if let Some(open) = open
        && let Some(close) = close
    {
        match (open.kind, close.kind) {
            (Kind::Mark('['), Kind::Mark(')')) => high = 1,
            (Kind::Mark('('), Kind::Mark(']')) => low = 1,
            // Two round ones beside a comma may leave the ends out or not.
            (Kind::Mark('('), Kind::Mark(')')) if joint.is_mark(',') => high = i64::MAX,
            _ => {}
        }
        end += 1;
    }
    // "(0-31) characters": in the brackets is a remark.
    let remarked =
        open.is_some_and(|open| open.is_mark('(')) && matches!(joint.kind, Kind::Mark('-' | '~'));
    let behind = |end: usize| end + usize::from(counted(sentence.get(end), &[Unit, Characters]));
    let mut after = if remarked { end } else { behind(end) };
    let mut out = 0;
    let skipped = remark(sentence, after, &mut out);
    if skipped > 0 {
        high = high.max(out);
        after = behind(after + skipped);
    }
    let min = step(first.text, low);
    let max = if high == i64::MAX || is_odd(last) {
        None
    } else {
        step(last.text, -high)
    };
    let ordered = min.as_ref().zip(max.as_ref()).is_some_and(|(min, max)| {
        min.parse::<i64>()
            .ok()
            .zip(max.parse::<i64>().ok())
            .is_some_and(|(min, max)| min <= max)
    });
    let clear = ordered && ends_here(sentence, end, after);
    Some(Ends {
        min,
        max,
        from: at,
        to: after,
        whole: clear,
        open: false,
    })
}

/// "(inclusive)", "(exclusive)": how many tokens, and whether the end is left out.
fn remark(sentence: &[Token<'_>], at: usize, out: &mut i64) -> usize {
    let Some([open, word, close]) = sentence.get(at..at + 3) else {
        return 0;
    };
    if !(open.is_mark('(') && word.is_any(&[Inclusive, Exclusive]) && close.is_mark(')')) {
        return 0;
    }
    *out = i64::from(word.is(Exclusive));
    3
}

/// "at most 64", "the maximum length is 64", "不超过64", "64个字符以内".
fn one_end(sentence: &[Token<'_>], at: usize) -> Option<Ends> {
    let token = sentence.get(at)?;
    let marks = [AtMost, AtLeast, Less, Greater, Maximum, Minimum];
    if token.kind == Kind::Number {
        let unit = sentence.get(at + 1)?;
        let within = unit.text.ends_with("以内")
            || unit.is_any(&[Characters, Unit]) && counted(sentence.get(at + 2), &[Within, AtMost])
            || unit.is(Within);
        let end = at + 2;
        return within.then(|| Ends {
            min: None,
            max: number(token.text),
            from: at,
            to: end,
            whole: ends_here(sentence, at + 1, end + 1),
            open: false,
        });
    }
    if !token.is_any(&marks) {
        return None;
    }
    let rest = sentence.get(at + 1..)?;
    let noun = token.is_any(&[Maximum, Minimum]);
    let skipped = rest
        .iter()
        .take_while(|token| {
            token.is_any(&[Is, Filler, Length, Value, Itself, From, Contain, Supported])
                || token.is_mark(':')
                || noun && token.kind == Kind::Word && token.word.is_none()
        })
        .count();
    let joined = rest
        .get(..skipped)?
        .last()
        .is_some_and(|token| token.text == "of" || token.is(Length))
        || rest
            .get(..skipped)?
            .iter()
            .any(|token| token.is(Is) || token.is_mark(':') || token.is(From));
    let mut digits = at + 1 + skipped;
    // "最大值 ... 5": what is the greatest must be joined with it.
    let given = sentence.get(digits)?;
    if noun && !joined || skipped > 6 {
        return None;
    }
    if pair(sentence, digits).is_some() {
        return None;
    }
    let whole = given.kind == Kind::Number;
    if !whole && !is_odd(given) {
        return None;
    }
    digits += 1;
    let after = digits + usize::from(counted(sentence.get(digits), &[Unit, Characters]));
    let denied = at
        .checked_sub(1)
        .and_then(|before| sentence.get(before))
        .is_some_and(|before| before.is(Not));
    let (most, by) = match (token.word?, denied) {
        (AtMost | Maximum, _) | (Greater, true) => (true, 0),
        (AtLeast | Minimum, _) | (Less, true) => (false, 0),
        (Less, false) => (true, -1),
        (_, _) => (false, 1),
    };
    // "Not more than" leaves room for nothing at all.
    let value = step(given.text, by);
    let not = most && token.text.starts_with('不');
    let bounded = whole && ends_here(sentence, digits, after);
    Some(Ends {
        min: if most {
            not.then(|| "0".to_owned())
        } else {
            value.clone()
        },
        max: if most { value } else { None },
        from: at,
        to: after,
        whole: bounded,
        open: !noun && !sentence.get(at + 1).is_some_and(|next| next.is_mark(':')),
    })
}

/// "长度为32个字符", "is 36 characters long", "can contain 64 characters".
fn exact(sentence: &[Token<'_>], at: usize) -> Option<Ends> {
    let token = sentence
        .get(at)
        .filter(|token| token.kind == Kind::Number)?;
    let unit = counted(sentence.get(at + 1), &[Characters]);
    let before = sentence.get(..at)?;
    let joined = before
        .last()
        .filter(|token| token.is_any(&[Is, Contain, Fixed]) || token.is_mark(':'))?;
    let length =
        before.iter().any(|token| token.is(Length)) || counted(sentence.get(at + 2), &[Length]);
    let contains = joined.is(Contain) && unit;
    if !(contains || length && (unit || at + 1 == sentence.len())) {
        return None;
    }
    let max = number(token.text);
    let value = before.iter().any(|token| token.is_any(&[Value, Itself]));
    Some(Ends {
        min: max.clone(),
        max,
        from: at,
        to: at + 2,
        whole: ends_here(sentence, at + 1, at + 1 + usize::from(unit)),
        open: false,
    })
    .filter(|_| !contains || value || length)
}

/// "the maximum lengths of key and value are 36 and 43 characters".
fn respectively(sentence: &[Token<'_>]) -> Option<Vec<Said>> {
    let names = sentence.windows(3).position(|three| matches!(three, [key, and, value] if key.is(Key) && and.is(And) && value.is(Value)))
        .or_else(|| sentence.windows(4).position(|four| matches!(four, [key, and, _, value] if key.is(Key) && and.is(And) && value.is(Value))))?;
    let most = sentence
        .get(..names)?
        .iter()
        .any(|token| token.is_any(&[Maximum, AtMost]));
    let numbers: Vec<&Token<'_>> = sentence
        .get(names..)?
        .iter()
        .filter(|token| token.kind == Kind::Number)
        .collect();
    let [one, other] = numbers.as_slice() else {
        return None;
    };
    most.then(|| {
        [("key", one), ("value", other)]
            .into_iter()
            .map(|(part, digits)| Said {
                measure: Measure::Length,
                part: Some(part),
                bounds: number(digits.text).map(|max| Bounds {
                    part: Some(part.to_owned()),
                    min: None,
                    max: Some(max),
                }),
                firm: true,
                case: false,
                labelled: false,
            })
            .collect()
    })
}

/// Whether bounds end where their digits end, and hold as they stand: no power, fraction or scale goes
/// on with the number, and neither other bounds nor a case follow it.
fn ends_here(sentence: &[Token<'_>], digits: usize, after: usize) -> bool {
    let next = sentence.get(digits);
    let goes_on = next.is_some_and(|next| {
        next.is(Scale)
            || next.kind == Kind::Number
            || matches!(next.kind, Kind::Mark('^' | '×' | '*' | '+'))
                && sentence
                    .get(digits + 1)
                    .is_some_and(|more| more.kind == Kind::Number)
            || next.glued && next.kind == Kind::Word && next.word.is_none()
            || matches!(next.kind, Kind::Mark('-' | '/'))
                && sentence
                    .get(digits + 1)
                    .is_some_and(|more| more.kind == Kind::Number)
    });
    if goes_on {
        return false;
    }
    let rest = sentence.get(after..).unwrap_or(&[]);
    let skipped = rest
        .iter()
        .take_while(|token| {
            token.is_any(&[Unit, Characters, Filler, Length, Within, AtMost])
                || matches!(token.kind, Kind::Mark(']' | ')' | '"'))
        })
        .count();
    let tail = rest.get(skipped..).unwrap_or(&[]);
    let first = tail.first();
    let second = tail.get(1);
    let comma = first.is_some_and(|token| matches!(token.kind, Kind::Mark(',' | '、' | '(')));
    let number = |token: Option<&Token<'_>>| {
        token.is_some_and(|token| token.kind == Kind::Number || is_odd(token))
    };
    let case = |token: Option<&Token<'_>>| token.is_some_and(|token| token.is_any(&[If, For]));
    let new_clause = second.is_some_and(|second| second.kind == Kind::Han)
        && first.is_some_and(|first| first.is_mark(','));
    let tied = case(first)
        || comma && case(second) && !new_clause
        || first.is_some_and(|token| token.is_any(&[Or, And])) && (number(second) || case(second))
        || comma && !first.is_some_and(|token| token.is_mark('(')) && number(second)
        || rest
            .iter()
            .take(4)
            .any(|token| token.is_any(&[Except, Exclusive]));
    !tied
}

/// Whether a sentence, or what of it stands before bounds, tells a case. That a value is given at
/// all is no case, and neither is that there is room for it.
fn is_case(before: &[Token<'_>]) -> bool {
    let mut open = true;
    for (at, token) in before.iter().enumerate() {
        if open && token.is_any(&[If, For]) || token.is(If) && token.kind == Kind::Han {
            let clause = before.get(at..).unwrap_or(&[]);
            let end = clause
                .iter()
                .position(|token| token.is_mark(','))
                .unwrap_or(clause.len());
            let given = clause
                .get(..end)
                .unwrap_or(&[])
                .iter()
                .any(|token| token.is_any(&[Given, Omitted]));
            let other = clause
                .get(..end)
                .unwrap_or(&[])
                .iter()
                .any(|token| token.is(Not));
            if !given || other {
                return true;
            }
        }
        open = token.parts_clauses();
    }
    let given = before.iter().any(|token| token.is(Given));
    let when = !given && before.windows(2).any(|two| matches!(two, [when, comma] if when.kind == Kind::Han && when.text.ends_with('时') && comma.is_mark(',')));
    when || before.iter().any(|token| token.is(Example))
}

/// What a statement is about, by its units and the nouns before it; nothing when it is about none of
/// this.
fn statement(
    of: &Described<'_>,
    sentence: &[Token<'_>],
    ends: Ends,
    labelled: bool,
) -> Option<Said> {
    let before = sentence.get(..ends.from)?;
    let inside = sentence.get(ends.from..ends.to.min(sentence.len()))?;
    let rest = sentence.get(ends.to..).unwrap_or(&[]);
    let about = |words: &[Word]| before.iter().chain(inside).any(|token| token.is_any(words));
    let spelled = |text: &str| {
        before
            .iter()
            .chain(inside)
            .any(|token| token.text.to_lowercase().contains(text))
    };
    // "If it is between 1 and 9": the case itself.
    let clause = before
        .iter()
        .rposition(|token| token.parts_clauses())
        .map_or(0, |at| at + 1);
    if before.iter().any(|token| token.is(Omitted)) {
        return None;
    }
    if before
        .get(clause..)?
        .iter()
        .any(|token| token.is(If) && token.kind == Kind::Word)
    {
        return None;
    }
    let characters = inside.iter().any(|token| token.is(Characters))
        || rest.first().is_some_and(|token| token.is(Characters))
            && !inside.last().is_some_and(|last| last.is_mark(')'));
    let length = about(&[Length]) || spelled("长度") || spelled("longer") || spelled("最长");
    // Of the kinds of characters there must be some of, it says nothing about the whole.
    if ends.open
        && !of.is_number()
        && rest
            .iter()
            .take(3)
            .take_while(|token| !token.parts_clauses())
            .any(|token| token.is_any(&[Kinds, Signs, Specials]))
        || characters
            && rest.first().is_some_and(|token| {
                token.text.eq_ignore_ascii_case("of") || token.is_any(&[Kinds, From])
            })
    {
        return None;
    }
    let part = if of.is_list() && !characters && !length {
        None
    } else {
        part(of, sentence)
    };
    let label = labelled && before.iter().all(|token| token.is(Filler))
        || (inside.iter().any(|token| token.is_mark(':')) && ends.from == 0);
    let measure = if of.is_list() && part.is_none() {
        let recent = before
            .iter()
            .rev()
            .take_while(|token| !token.is_mark(',') && !token.is(And));
        let each = recent.into_iter().any(|token| token.is(Each));
        if characters || length || each || ends.max.is_none() || !ends.open {
            return None;
        }
        Measure::Items
    } else if of.is_number() {
        if characters && !about(&[Range, Value]) {
            return None;
        }
        Measure::Range
    } else if (characters || length) && !inside.iter().any(|token| token.is(Unit)) {
        Measure::Length
    } else if label && of.is_text() && !ends.open && !labelled {
        Measure::Length
    } else if !ends.open
        && (of.is_text() || of.type_.is_empty())
        && (about(&[Range])
            || spelled("rang")
            || label
            || of.type_.is_empty() && about(&[Value, Signs, From]))
    {
        Measure::Range
    } else {
        return None;
    };
    let pair = ends.min.is_some() && ends.max.is_some() && !ends.open;
    let ranged = about(&[Range, Value, Signs, From, Length])
        || labelled
        || spelled("最")
        || spelled("值")
        || spelled("大小");
    let firm = measure == Measure::Length
        || pair
        || ranged && !ends.open
        || spelled("val")
        || spelled("值")
        || spelled("最");
    // A pair of numbers that no word makes a range may be anything.
    if measure == Measure::Range && pair && !ranged && !is_case(before) {
        return None;
    }
    // What several things together may not exceed bounds none of them.
    if ends.open
        && measure == Measure::Range
        && (sentence.iter().any(|token| token.is(Total))
            || before.iter().any(|token| token.is(And))
                && !before.iter().any(|token| token.kind == Kind::Number)
                && !pair
                && !spelled("val")
                && !spelled("值"))
    {
        return None;
    }
    // What is compared and not denied may be a case.
    let compared = inside
        .first()
        .is_some_and(|token| token.is_any(&[Less, Greater]));
    if compared {
        if is_case(before) {
            return None;
        }
        let greater = inside.first().is_some_and(|token| token.is(Greater));
        let opposite = sentence.iter().any(|token| {
            if greater {
                token.is_any(&[Less, AtMost])
            } else {
                token.is_any(&[Greater, AtLeast])
            }
        });
        let bound = labelled
            || about(&[Range, Signs, Must])
            || opposite
            || !greater && length
            || before.last().is_some_and(|token| token.is(Not));
        let then = rest.first().is_some_and(|token| token.is(Means));
        if !bound || then {
            return None;
        }
    }
    let case = is_case(before);
    let bounds = ends.whole.then(|| Bounds {
        part: part.map(str::to_owned),
        min: ends.min,
        max: ends.max,
    });
    Some(Said {
        measure,
        part,
        bounds,
        firm,
        case,
        labelled: label,
    })
}

/// Which part of a map a sentence is about: not both of them, and not neither.
fn part(of: &Described<'_>, sentence: &[Token<'_>]) -> Option<&'static str> {
    if !of.holds() {
        return None;
    }
    let has = |word| sentence.iter().any(|token| token.is(word));
    match (has(Key), has(Value)) {
        (true, false) => Some("key"),
        (false, true) => Some("value"),
        _ => None,
    }
}
