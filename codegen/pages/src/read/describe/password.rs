//! The rules of a password.

use super::bounds::{Measure, Said, said, settle};
use super::text::{Kind, Token, sentences};
use super::{Described, Outcome};
use crate::facts::PasswordRules;
use crate::vocabulary::half;
use crate::vocabulary::lexicon::Word::*;

/// The fewest signs that are a list of them.
const FEWEST_SIGNS: usize = 5;

/// The rules, when the description has them: a length and something besides, a demand of it, and no
/// list that was lost.
pub(super) fn rules(of: &Described<'_>) -> Outcome<PasswordRules> {
    let lost = of.text.trim_end().ends_with([':', '：']);
    let all: Vec<&[Token<'_>]> = sentences(&of.tokens).collect();
    let lengths: Vec<Said> = all
        .iter()
        .flat_map(|sentence| said(of, sentence, false))
        .filter(|said| said.measure == Measure::Length || said.measure == Measure::Any)
        .collect();
    if lengths.is_empty() {
        return Outcome::Nothing;
    }
    let words = of.tokens.as_slice();
    let demanded = words
        .iter()
        .any(|token| token.is_any(&[Must, AtLeast, Not, Fixed]))
        || of.is_labelled();
    let settled = settle(&lengths.iter().collect::<Vec<_>>());
    let pair =
        settled.and_then(|bounds| Some((bounds.min?.parse().ok()?, bounds.max?.parse().ok()?)));
    let classes = classes(&all);
    let (Some(length), Ok(min_classes)) = (pair, classes) else {
        return of.unclear(
            "the rules of the password differ from case to case",
            words,
            true,
        );
    };
    let specials = specials(of.text);
    let kinds = words
        .iter()
        .filter(|token| token.is_any(&[Signs, Specials]))
        .count()
        > 1;
    if lost || !(demanded || kinds) || min_classes.is_none() && specials.is_none() && !kinds {
        return of.unclear(
            "a length without the other rules is no password policy",
            words,
            false,
        );
    }
    Outcome::Fact(PasswordRules {
        length: Some(length),
        min_classes,
        specials,
        forbid: forbidden(&all),
    })
}

/// How many kinds of characters there must be, when it is said; an error for two numbers of them.
fn classes(sentences: &[&[Token<'_>]]) -> Result<Option<u32>, ()> {
    let mut out = None;
    for sentence in sentences {
        for (at, token) in sentence.iter().enumerate() {
            let count = match (token.word, token.text) {
                (Some(Two), _) | (None, "2") => 2,
                (Some(Three), _) | (None, "3") => 3,
                (Some(Four), _) | (None, "4") => 4,
                (Some(Kinds), "两种" | "两类") => 2,
                (Some(Kinds), "三种" | "三类") => 3,
                (Some(Kinds), "四种") => 4,
                _ => continue,
            };
            let rest = sentence.get(at + 1..).unwrap_or(&[]);
            let near = rest
                .iter()
                .take(4)
                .take_while(|token| !token.is(Characters) || token.text.starts_with("character"));
            let kinds = token.is(Kinds)
                || near.clone().any(|token| token.is(Kinds))
                || rest
                    .first()
                    .is_some_and(|token| token.text.eq_ignore_ascii_case("of") || token.is(From));
            let before = sentence.get(..at).unwrap_or(&[]);
            let told = before
                .iter()
                .rev()
                .take_while(|token| token.is_any(&[Contain, Filler, Is]))
                .count();
            let least = before
                .iter()
                .rev()
                .nth(told)
                .is_some_and(|token| token.is(AtLeast))
                || before.last().is_some_and(|token| {
                    matches!(token.text, "的" | "中" | "任意")
                        || token.text.ends_with('中')
                        || token.is_any(&[Specials, Signs])
                });
            // "…三种字符中的2种": the last number counts.
            let of_these = rest
                .iter()
                .position(|token| token.text.ends_with('中'))
                .is_some_and(|among| {
                    rest.get(among..).unwrap_or(&[]).iter().any(|token| {
                        token.kind == Kind::Number
                            || token.is_any(&[Two, Three, Four])
                            || token.text.ends_with('种')
                    })
                });
            if !(kinds && least) || of_these {
                continue;
            }
            if out.is_some_and(|old| old != count) {
                return Err(());
            }
            out = Some(count);
        }
    }
    Ok(out)
}

/// The special characters: the one run of signs that words about allowed characters have. Two runs are
/// two sets for two systems, which the model has no word for.
fn specials(text: &str) -> Option<String> {
    let mut found: Option<String> = None;
    for line in half(text).lines() {
        let tokens = super::text::tokens(line);
        let Some(start) = tokens
            .iter()
            .position(|token| token.is(Specials) || token.text.contains("允许"))
        else {
            continue;
        };
        let clause = tokens
            .get(..start)
            .unwrap_or(&[])
            .iter()
            .rev()
            .take_while(|token| !token.is_end() && !token.is_mark(','));
        let barred = |token: &Token<'_>| token.is_any(&[Not, Except]);
        if clause.into_iter().any(barred) || tokens.get(start..).unwrap_or(&[]).iter().any(barred) {
            continue;
        }
        let from = tokens.get(start).map_or(0, |token| token.at);
        for run in runs(line.get(from..).unwrap_or(line)) {
            // A list names a sign once: twice are marks of emphasis that leaked, or lost signs.
            let once = run
                .chars()
                .enumerate()
                .all(|(at, c)| !run.chars().take(at).any(|old| old == c));
            if !once || found.as_ref().is_some_and(|old| *old != run) {
                return None;
            }
            found = Some(run);
        }
    }
    found
}

/// The runs of signs in a line, without the brackets and points around them; signs that blanks part
/// are one run.
fn runs(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut run = String::new();
    let mut left = line.chars().chain(['\n']).peekable();
    while let Some(c) = left.next() {
        if c.is_ascii_punctuation() {
            run.push(c);
            continue;
        }
        let next = left.peek().copied().unwrap_or('\n');
        if c == ' ' && !run.is_empty() && next.is_ascii_punctuation() {
            continue;
        }
        // A full stop with a capital behind it ends the sentence about the signs.
        let stops = run.ends_with('.') && c == ' ' && next.is_uppercase();
        let taken = std::mem::take(&mut run);
        let taken = if stops {
            taken.strip_suffix('.').unwrap_or(&taken)
        } else {
            &taken
        };
        let taken = strip(taken);
        if taken.chars().count() >= FEWEST_SIGNS {
            out.push(taken.to_owned());
        }
    }
    out
}

/// Takes off what belongs to the sentence: a colon before, brackets around, a full stop behind.
fn strip(run: &str) -> &str {
    // ":" parts the words from the signs; "(" opens a remark that must be closed.
    let run = run.strip_prefix(':').unwrap_or(run);
    let Some(inner) = run.strip_prefix('(') else {
        return run;
    };
    match inner.rfind(')') {
        Some(end)
            if inner
                .get(end + 1..)
                .is_some_and(|rest| rest.chars().all(|c| matches!(c, '.' | ',' | ';' | ':'))) =>
        {
            inner.get(..end).unwrap_or(inner)
        }
        _ => run,
    }
}

/// What the password must not be.
fn forbidden(sentences: &[&[Token<'_>]]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for sentence in sentences {
        let has = |word| sentence.iter().any(|token| token.is(word));
        let different = sentence
            .iter()
            .any(|token| token.text.contains("different") || token.text.contains("不同"));
        if !(has(Not)
            || (has(Must) || has(Fixed)) && different
            || sentence
                .iter()
                .any(|token| token.kind == Kind::Han && token.text.starts_with('不')))
        {
            continue;
        }
        for (said, name) in [
            (has(UserName), "username"),
            (has(UserName) && has(Reversed), "reversed username"),
            (has(OldPassword), "historical"),
            (has(WeakPassword), "weak"),
        ] {
            if said && !out.iter().any(|old| old == name) {
                out.push(name.to_owned());
            }
        }
    }
    out
}
