//! One sentence's statements about bounds.

use super::ends::{Ends, denial, ends_at, is_odd};
use crate::facts::Bounds;
use crate::read::describe::Described;
use crate::read::describe::text::{Kind, Run, Slice, Token};
use crate::read::describe::words::number;
use crate::vocabulary::lexicon::Word::{self, *};

/// What is bounded.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(in crate::read::describe) enum Measure {
    /// Characters, or bytes.
    Length,
    /// The value itself.
    Range,
    /// The items of a list.
    Items,
    /// Whatever the other statements are about.
    #[default]
    Any,
}

/// One statement.
#[derive(Debug, Default, Clone)]
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
    /// It counts bytes and not characters.
    pub(in crate::read::describe) bytes: bool,
    /// It is a label with a number, or stands behind one.
    pub(in crate::read::describe) labelled: bool,
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
    // "The key … 36 characters, and the value … 43 characters": two statements.
    let parts = [Key, Value].map(|part| sentence.iter().position(|token| token.is(part)));
    if let ([Some(key), Some(value)], true) = (parts, of.holds())
        && let Some(joint) = sentence
            .to(value)
            .iter()
            .rposition(|token| token.is(And) || token.is_mark(','))
        && key < joint
        && sentence
            .to(joint)
            .iter()
            .any(|token| token.kind == Kind::Number)
    {
        let mut both = said(of, sentence.to(joint), labelled);
        both.extend(said(of, sentence.from(joint + 1), labelled));
        return both;
    }
    let mut out = Vec::new();
    let mut at = 0;
    while at < sentence.len() {
        let Some(ends) = ends_at(sentence, at) else {
            at += 1;
            continue;
        };
        // Behind it, and behind a remark: "60 to 3600 (1 minute to 1 hour)".
        at = ends.to.max(at + 1);
        if sentence.mark_at(at, &['(']) {
            at += sentence.from(at).close().map_or(0, |close| close + 1);
        }
        out.extend(statement(of, sentence, ends, labelled));
    }
    if out.is_empty() && gives_another(sentence) {
        out.push(Said {
            firm: true,
            case: true,
            ..Said::default()
        });
    }
    out
}

/// "If there is water, 1000": a sentence gives another number for a case.
fn gives_another(sentence: &[Token<'_>]) -> bool {
    let last = sentence.behind_last(|token| token.kind == Kind::Number);
    let Some(at) = last.checked_sub(2) else {
        return false;
    };
    let ends = sentence
        .from(last)
        .iter()
        .all(|token| token.is_any(&[Unit, Characters]));
    let joined = sentence.mark_at(at, &[',', ':']) || sentence.word_at(at, &[Is]);
    ends && joined && is_case(sentence) && !sentence.has(&[Omitted, Default, Not])
}

/// "the maximum lengths of key and value are 36 and 43 characters".
fn respectively(sentence: &[Token<'_>]) -> Option<Vec<Said>> {
    let key = sentence.iter().position(|token| token.is(Key))?;
    let skip = usize::from(sentence.word_at(key + 2, &[Filler]));
    let both = sentence.word_at(key + 1, &[And]) && sentence.word_at(key + 2 + skip, &[Value]);
    let digits = sentence
        .from(key)
        .iter()
        .filter(|token| token.kind == Kind::Number);
    let digits: Vec<&Token<'_>> = digits.collect();
    let [one, other] = digits.as_slice() else {
        return None;
    };
    let said = |(part, digits): (&'static str, &&Token<'_>)| Said {
        measure: Measure::Length,
        part: Some(part),
        bounds: number(digits.text).map(|max| Bounds {
            part: Some(part.to_owned()),
            min: None,
            max: Some(max),
        }),
        firm: true,
        ..Said::default()
    };
    let most = both && sentence.to(key).has(&[Maximum, AtMost]);
    most.then(|| {
        [("key", one), ("value", other)]
            .into_iter()
            .map(said)
            .collect()
    })
}

/// Whether a sentence, or what of it stands before bounds, tells a case. That a value is given at
/// all is no case, and neither is that there is room for it.
fn is_case(before: &[Token<'_>]) -> bool {
    let mut open = true;
    for (at, token) in before.iter().enumerate() {
        if open && token.is_any(&[If, For]) || token.is(If) && token.is_han() {
            let clause = before.from(at).upto(|token| token.is_mark(','));
            if !clause.has(&[Given, Omitted]) || clause.has(&[Not]) {
                return true;
            }
        }
        open = token.parts_clauses();
    }
    let when = |two: &[Token<'_>]| {
        two.mark_at(1, &[',']) && two[0].is_han() && two[0].text.ends_with('时')
    };
    before.has(&[Example]) || !before.has(&[Given]) && before.windows(2).any(when)
}

/// What the words around a number say it is about.
struct About<'a, 't> {
    before: &'a [Token<'t>],
    inside: &'a [Token<'t>],
    rest: &'a [Token<'t>],
}

impl About<'_, '_> {
    fn has(&self, words: &[Word]) -> bool {
        self.before.has(words) || self.inside.has(words)
    }

    /// Whether a word for it is a part of another: "最大长度", "ranges from".
    fn spells(&self, parts: &[&str]) -> bool {
        self.before.iter().chain(self.inside).any(|token| {
            let lower = token.text.to_lowercase();
            parts.iter().any(|part| lower.contains(part))
        })
    }

    fn characters(&self) -> bool {
        let remarked = self.inside.last().is_some_and(|last| last.is_mark(')'));
        self.inside.has(&[Characters]) || !remarked && self.rest.word_at(0, &[Characters])
    }

    fn length(&self) -> bool {
        self.has(&[Length]) || self.spells(&["长度", "longer", "最长"])
    }
}

/// What a statement is about, by its units and the nouns before it; nothing when it is about none of
/// this.
fn statement(
    of: &Described<'_>,
    sentence: &[Token<'_>],
    ends: Ends,
    labelled: bool,
) -> Option<Said> {
    let about = About {
        before: sentence.to(ends.from),
        inside: sentence.from(ends.from).to(ends.to - ends.from),
        rest: sentence.from(ends.to),
    };
    let (before, characters) = (about.before, about.characters());
    let clause = before.clause();
    // "If it is between 1 and 9" is the case itself; what is shown where nothing is given is no bound.
    let condition = clause.iter().any(|token| token.is(If) && !token.is_han());
    // That nothing is given is a case, that it must not be so is none.
    let omitted = |at: usize| {
        before.word_at(at, &[Omitted]) && !before.to(at).from(at.saturating_sub(2)).has(&[Not])
    };
    if condition || (0..before.len()).any(omitted) || of_some(of, &about, &ends) {
        return None;
    }
    let part = part(of, sentence).filter(|_| !of.is_list() || characters || about.length());
    // "键。最大长度255": of the key or of the value, told in another sentence.
    let parts = of.is_nested() && !of.is_list() && of.tokens.has(&[Key]) && of.tokens.has(&[Value]);
    if parts && part.is_none() {
        return None;
    }
    let label = labelled && before.iter().all(|token| token.is(Filler))
        || about.inside.iter().any(|token| token.is_mark(':'));
    let measure = match part {
        Some(_) => (characters || about.length()).then_some(Measure::Length)?,
        None => measure(of, &about, &ends, label && !labelled, label)?,
    };
    let pair = ends.min.is_some() && ends.max.is_some() && !ends.open;
    let valued = about.spells(&["val", "值", "最"]);
    let ranged = labelled
        || valued
        || before.last().is_some_and(|last| last.is_mark('['))
        || about.has(&[Range, Value, Signs, From, Length]);
    // A pair of numbers that no word makes a range may be anything.
    let loose = measure == Measure::Range && pair && !ranged && !is_case(before);
    // What several things together may not exceed bounds none of them.
    let several = before.has(&[And]) && !before.iter().any(|token| token.kind == Kind::Number);
    let joint =
        ends.open && measure == Measure::Range && (sentence.has(&[Total]) || several && !valued);
    if loose || joint || !bounds_if_compared(sentence, &about, labelled) {
        return None;
    }
    Some(Said {
        measure,
        part,
        case: is_case(before),
        firm: measure == Measure::Length || pair || ranged && !ends.open || valued,
        bytes: about
            .inside
            .iter()
            .any(|token| token.is(Characters) && is_bytes(token.text)),
        labelled: label,
        bounds: ends.whole.then(|| Bounds {
            part: part.map(str::to_owned),
            min: ends.min,
            max: ends.max,
        }),
    })
}

fn is_bytes(unit: &str) -> bool {
    let lower = unit.to_lowercase();
    ["byte", "字节", "octet"]
        .iter()
        .any(|part| lower.contains(part))
}

/// Of the kinds of characters there must be some of, it says nothing about the whole.
fn of_some(of: &Described<'_>, about: &About<'_, '_>, ends: &Ends) -> bool {
    let clause = about.rest.upto(Token::parts_clauses).to(3);
    let next = about.rest.first();
    let of_them = next.is_some_and(|next| next.text == "of" || next.is_any(&[Kinds, From]));
    let them = !of.is_number() && clause.has(&[Kinds, Signs, Specials]);
    ends.open && (them || about.characters() && of_them)
}

fn measure(
    of: &Described<'_>,
    about: &About<'_, '_>,
    ends: &Ends,
    bare_label: bool,
    label: bool,
) -> Option<Measure> {
    let (characters, length) = (about.characters(), about.length());
    let untyped = of.type_.is_empty();
    let ranged = about.has(&[Range]) || label || untyped && about.has(&[Value, Signs, From]);
    if of.is_list() {
        let clause = about
            .before
            .behind_last(|token| token.is_mark(',') || token.is(And));
        let each = about.before.from(clause).has(&[Each]);
        let most = ends.open && ends.max.is_some();
        if each && (characters || length) && !of.type_.contains("object") {
            // Of each item: the length of a list is told by its items.
            return Some(Measure::Length);
        }
        (most && !(characters || length || each)).then_some(Measure::Items)
    } else if of.is_number() {
        (!characters || about.has(&[Range, Value])).then_some(Measure::Range)
    } else if (characters || length) && !about.inside.has(&[Unit])
        || bare_label && of.is_text() && !ends.open
    {
        Some(Measure::Length)
    } else {
        // "最大值为100", where no type says what is bounded.
        let value = |token: &Token<'_>| token.is(Value) || token.text.contains('值');
        let noun = (of.is_text() || untyped) && about.inside.iter().any(value);
        let given = noun || !ends.open && (of.is_text() || untyped) && ranged;
        given.then_some(Measure::Range)
    }
}

/// What is compared, as "greater than 9", is a bound when words make it one; otherwise it may be a case.
fn bounds_if_compared(sentence: &[Token<'_>], about: &About<'_, '_>, labelled: bool) -> bool {
    if !about.inside.word_at(0, &[Less, Greater]) {
        return true;
    }
    let greater = about.inside.word_at(0, &[Greater]);
    let opposite = if greater {
        [Less, AtMost]
    } else {
        [Greater, AtLeast]
    };
    let bound = labelled
        || about.has(&[Range, Signs, Must])
        || sentence.has(&opposite)
        || !greater && about.length()
        || denial(about.before).is_some();
    bound && !is_case(about.before) && !about.rest.word_at(0, &[Means])
}

/// Which part of a map a sentence is about: not both of them, and not neither.
fn part(of: &Described<'_>, sentence: &[Token<'_>]) -> Option<&'static str> {
    match (of.holds(), sentence.has(&[Key]), sentence.has(&[Value])) {
        (true, true, false) => Some("key"),
        (true, false, true) => Some("value"),
        _ => None,
    }
}
