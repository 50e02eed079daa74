//! Lengths, ranges, numbers of items.
//!
//! `length` and `range` find what sentences say; here it is settled what that comes to.

use super::Described;
use super::around::{another_case, refers_to_case, whole};
use super::pattern::pattern;
use super::words::{number, sentences, step};
use crate::facts::Bounds;
use crate::read::nest::Shape;

/// A unit of length.
macro_rules! unit {
    () => {
        r"(?:unicode )?(?:characters?|chars?|bytes?|letters|个?(?:unicode|英文)?字符|个?字节|位字符|位|caracteres|caractères|tekens)"
    };
}

mod length;
mod range;

pub(in crate::read) use self::length::greatest_length;
use self::length::{lengths_in, pairs_of_length};
use self::range::{labelled_range, range};

/// What a description bounds.
#[derive(Default)]
pub(super) struct Found {
    pub(super) lengths: Vec<Bounds>,
    pub(super) ranges: Vec<Bounds>,
    pub(super) items: Option<u64>,
}

/// The bounds in a description.
pub(super) fn bounds(of: &Described<'_>, secret: bool) -> Found {
    let mut out = Found::default();
    if !of.text.bytes().any(|byte| byte.is_ascii_digit()) {
        return out;
    }
    let numeric = of.is_number();
    let list = of.type_.contains("array")
        || of.type_.starts_with("list")
        || of.shape == Shape::Array
        || of.type_.ends_with("数组");
    let labelled = from_labels(&of.text);
    if numeric {
        out.ranges.extend(labelled);
    } else if !secret && !of.is_boolean() && !list {
        out.lengths.extend(labelled);
    }
    if of.responses {
        // What a sentence says of a response binds nobody.
        return out;
    }
    if of.is_boolean() {
        return out;
    }
    if secret {
        // The rules of a password have their own place, unless a label makes it a constraint.
        if let Some(constraint) = &of.labels.constraints
            && !constraint.contains([':', '\n'])
        {
            let said: Vec<Said> = sentences(constraint)
                .into_iter()
                .flat_map(pairs_of_length)
                .collect();
            out.lengths.extend(settle(said.iter()));
        }
        return out;
    }
    if numeric || of.type_.is_empty() {
        out.ranges.extend(
            of.labels
                .range
                .as_deref()
                .filter(|_| out.ranges.is_empty())
                .and_then(labelled_range),
        );
    }
    let sentences = sentences(&of.text);
    // What holds in one case only is nothing the model has a word for.
    let by_case = sentences.iter().any(|sentence| another_case(sentence));
    let mut ranges = Vec::new();
    let mut lengths = Vec::new();
    let mut cases = Vec::new();
    for sentence in sentences {
        if !sentence.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        if numeric || of.type_.is_empty() || of.is_text() {
            ranges.extend(range(sentence, numeric));
        }
        if numeric {
            continue;
        }
        if list && out.items.is_none() {
            out.items = items(sentence);
        }
        let found = lengths_in(of, sentence, list);
        if refers_to_case(sentence) {
            cases.extend(found);
        } else {
            lengths.extend(found);
        }
    }
    // Bounds of a case within those of all cases leave these true.
    for (part, case) in cases {
        let all = lengths.iter().filter(|(other, _)| *other == part);
        let covered = settle(all.map(|(_, said)| said))
            .zip(case.as_ref())
            .is_some_and(|(all, case)| covers(&all, case));
        if !covered {
            lengths.push((part, None));
        }
    }
    if by_case {
        return out;
    }
    if out.ranges.is_empty() {
        // Beside a range, "at most 20 disks" is about the disks.
        let pair = |said: &Said| {
            said.as_ref()
                .is_some_and(|said| said.min.is_some() && said.max.is_some())
        };
        let paired = ranges.iter().any(|(said, firm)| *firm && pair(said));
        let meant = ranges.iter().filter(|(_, firm)| *firm || !paired);
        out.ranges.extend(settle(meant.map(|(said, _)| said)));
    }
    for (part, _) in &lengths {
        if !out.lengths.iter().any(|old| old.part == *part) {
            let same = lengths.iter().filter(|(other, _)| other == part);
            out.lengths.extend(settle(same.map(|(_, said)| said)));
        }
    }
    out
}

/// Bounds that were said, or `None` for words about bounds that are not understood.
type Said = Option<Bounds>;

/// What all the statements about one thing come to: nothing when one of them is not understood, or when
/// two of them differ.
fn settle<'s>(all: impl Iterator<Item = &'s Said>) -> Option<Bounds> {
    let mut out: Option<Bounds> = None;
    for said in all {
        let said = said.as_ref()?;
        out = Some(match &out {
            Some(old) => merge(old, said)?,
            None => said.clone(),
        });
    }
    out
}

fn merge(one: &Bounds, other: &Bounds) -> Option<Bounds> {
    let end = |one: &Option<String>, other: &Option<String>| match (one, other) {
        (Some(one), Some(other)) => (one == other).then(|| Some(one.clone())),
        (one, other) => Some(one.clone().or_else(|| other.clone())),
    };
    // "Not more than" says nothing about the least that a pair of numbers gives.
    let min = |bounds: &Bounds| bounds.min.clone().filter(|min| min != "0");
    Some(Bounds {
        part: one.part.clone(),
        min: end(&min(one), &min(other))?.or_else(|| one.min.clone().or(other.min.clone())),
        max: end(&one.max, &other.max)?,
    })
}

/// Whether bounds leave room for all that others do.
fn covers(all: &Bounds, case: &Bounds) -> bool {
    let most = |bounds: &Bounds| bounds.max.as_ref().and_then(|max| max.parse::<u64>().ok());
    let least = |bounds: &Bounds| bounds.min.as_ref().and_then(|min| min.parse::<u64>().ok());
    let below = match (most(all), most(case)) {
        (Some(all), Some(case)) => case <= all,
        (all, _) => all.is_none(),
    };
    // Without a least of its own the case has that of all.
    below && least(case).is_none_or(|case| case >= least(all).unwrap_or(0))
}

/// The text before and behind a match.
fn around<'s>(sentence: &'s str, found: &regex::Captures<'_>) -> (&'s str, &'s str) {
    let whole = found.get(0).map_or(0..0, |whole| whole.range());
    (
        sentence.get(..whole.start).unwrap_or(""),
        sentence.get(whole.end..).unwrap_or(""),
    )
}

/// "最小长度: 1 … 最大长度: 64", "Minimum: 1 … Maximum: 100".
fn from_labels(text: &str) -> Option<Bounds> {
    let least = pattern!(
        r"(?i)(?:最小长度|最小值|minimum length|minimum value|minimum|valor mínimo|longitud mínima|comprimento mínimo|tamanho mínimo|mínimo|mínima|valeur minimale|longueur minimale|minimale waarde|minimumlengte)\s*:\s*\**\s*(-?\d+)"
    );
    let most = pattern!(
        r"(?i)(?:最大长度|最大值|maximum length|maximum value|maximum|valor máximo|longitud máxima|comprimento máximo|tamanho máximo|máximo|máxima|valeur maximale|longueur maximale|maximale waarde|maximumlengte)\s*:\s*\**\s*(-?\d+)"
    );
    // `Err` for a number that goes on behind its digits.
    let end = |captures: Option<regex::Captures<'_>>| match captures {
        Some(captures) if !whole(around(text, &captures).1) => Err(()),
        Some(captures) => Ok(captures.get(1).and_then(|digits| number(digits.as_str()))),
        None => Ok(None),
    };
    let (min, max) = (end(least.find(text)).ok()?, end(most.find(text)).ok()?);
    (min.is_some() || max.is_some()).then_some(Bounds {
        part: None,
        min,
        max,
    })
}

/// Bounds from two numbers and the brackets around them, of which a round one beside a square one
/// leaves its end out. Two round ones beside a comma may mean it or not.
fn interval(open: &str, min: &str, comma: bool, max: &str, close: &str) -> Said {
    let (above, below) = match (open, close) {
        ("[", ")") => (0, -1),
        ("(", "]") => (1, 0),
        ("(", ")") if comma => return None,
        _ => (0, 0),
    };
    let (min, max) = (step(min, above)?, step(max, below)?);
    both(min, max)
}

fn both(min: String, max: String) -> Said {
    let ordered = min.parse::<i64>().ok()? <= max.parse::<i64>().ok()?;
    ordered.then_some(Bounds {
        part: None,
        min: Some(min),
        max: Some(max),
    })
}

/// "A maximum of 12 NICs", "最多10个".
fn items(sentence: &str) -> Option<u64> {
    let said = pattern!(
        r"(?i)(?:a maximum of|up to|at most|no more than|最多(?:支持|可以|允许|包含|添加|创建|为)?)\s*(\d+)"
    );
    said.find(sentence)?.get(1)?.as_str().parse().ok()
}
