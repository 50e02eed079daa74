//! The rules of a password.

use super::Described;
use super::bounds::{Measure, Said, said, settle};
use super::text::{Kind, Run, Slice, Token, sentences};
use crate::facts::{PasswordRules, Unclear};
use crate::vocabulary::half;
use crate::vocabulary::lexicon::Word::*;

/// The fewest signs that are a list of them.
const FEWEST_SIGNS: usize = 5;

/// The rules, when the description has them: a length and something besides, a demand of it, and no
/// list that was lost. What it says and the rules have no room for is told.
pub(super) fn rules(of: &Described<'_>, unclear: &mut Vec<Unclear>) -> Option<PasswordRules> {
    let mut left_out = |why, lost| unclear.push(of.doubt(why, &of.tokens, lost));
    let all: Vec<&[Token<'_>]> = sentences(&of.tokens).collect();
    let forbid = forbidden(&all);
    let lengths = all.iter().flat_map(|sentence| said(of, sentence, false));
    let lengths: Vec<Said> = lengths
        .filter(|said| matches!(said.measure, Measure::Length | Measure::Any))
        .collect();
    if lengths.is_empty() {
        if !forbid.is_empty() {
            left_out(
                "what a password must not be, without the other rules, is no policy",
                false,
            );
        }
        return None;
    }
    let pair = settle(lengths.iter());
    let pair = pair.and_then(|bounds| Some((bounds.min?.parse().ok()?, bounds.max?.parse().ok()?)));
    let (Some(length), Ok(min_classes)) = (pair, classes(&all)) else {
        left_out("the rules of the password differ from case to case", true);
        return None;
    };
    let specials = specials(of.text);
    let signs = of
        .tokens
        .iter()
        .filter(|token| token.is_any(&[Signs, Specials]))
        .count()
        > 1;
    let demanded = signs || of.is_labelled() || of.tokens.has(&[Must, AtLeast, Not, Fixed]);
    let ruled = signs || min_classes.is_some() || matches!(specials, Ok(Some(_)));
    let lost = of.text.trim_end().ends_with([':', '：']);
    if lost || !demanded || !ruled {
        left_out(
            "a length without the other rules is no password policy",
            false,
        );
        return None;
    }
    if specials.is_err() {
        left_out("the special characters differ from case to case", false);
    }
    Some(PasswordRules {
        length: Some(length),
        min_classes,
        specials: specials.unwrap_or(None),
        forbid,
    })
}

/// How many kinds of characters there must be, when it is said; an error for two numbers of them.
fn classes(sentences: &[&[Token<'_>]]) -> Result<Option<u32>, ()> {
    let mut out = None;
    for sentence in sentences {
        let counts = (0..sentence.len()).filter_map(|at| class_count(sentence, at));
        for count in counts {
            if out.is_some_and(|old| old != count) {
                return Err(());
            }
            out = Some(count);
        }
    }
    Ok(out)
}

/// The number of kinds that a token gives: "at least three of", "…中的三种".
fn class_count(sentence: &[Token<'_>], at: usize) -> Option<u32> {
    let token = sentence.get(at)?;
    let count = match (token.word, token.text) {
        (Some(Two), _) | (None, "2") | (_, "两种" | "两类") => 2,
        (Some(Three), _) | (None, "3") | (_, "三种" | "三类") => 3,
        (Some(Four), _) | (None, "4") | (_, "四种") => 4,
        _ => return None,
    };
    let (before, rest) = (sentence.to(at), sentence.from(at + 1));
    let near = rest
        .to(4)
        .upto(|token| token.is(Characters) && !token.text.starts_with("char"));
    let kinds = token.is(Kinds)
        || near.has(&[Kinds])
        || rest.word_at(0, &[From])
        || rest.first().is_some_and(|next| next.text == "of");
    let least = before.behind_last(|token| !token.is_any(&[Contain, Filler, Is]));
    let least = least
        .checked_sub(1)
        .is_some_and(|at| before.word_at(at, &[AtLeast]))
        || before.last().is_some_and(|last| {
            matches!(last.text, "的" | "任意")
                || last.text.ends_with('中')
                || last.is_any(&[Specials, Signs])
        });
    // "…三种字符中的2种": the last number counts.
    let among = rest.from(rest.lead(|token| !token.text.ends_with('中')));
    let last = |token: &Token<'_>| {
        token.kind == Kind::Number
            || token.is_any(&[Two, Three, Four])
            || token.text.ends_with('种')
    };
    (kinds && least && !among.iter().any(last)).then_some(count)
}

/// The special characters: the one run of signs that words about allowed characters have. Two runs are
/// two sets for two systems, which the model has no word for: an error.
fn specials(text: &str) -> Result<Option<String>, ()> {
    let mut found: Option<String> = None;
    // Behind a comma that is Chinese a blank is lost.
    for line in half(&text.replace('，', ", ")).lines() {
        let tokens = super::text::tokens(line);
        let about = |token: &Token<'_>| token.is(Specials) || token.text.contains("允许");
        let start = tokens.lead(|token| !about(token));
        let clause = tokens.to(start);
        let clause = clause.from(clause.behind_last(|token| token.is_end() || token.is_mark(',')));
        let barred = &[Not, Except];
        let Some(first) = tokens.get(start).filter(|_| !clause.has(barred)) else {
            continue;
        };
        let said = line.get(first.at..).unwrap_or(line);
        let runs = runs(said);
        // "… (!@#), and cannot begin with one": a clause behind the signs does not bar them.
        let end = runs
            .last()
            .and_then(|run| Some(said.rfind(run.as_str())? + run.len()));
        let end = first.at + end.unwrap_or(0);
        let split = tokens.lead(|token| token.at < end);
        let behind = tokens.from(split);
        let behind = behind.from(behind.lead(|token| token.is_mark(')')));
        let behind = behind.upto(|token| token.parts_clauses() || token.is(And));
        if tokens.to(split).from(start).has(barred) || behind.has(barred) {
            continue;
        }
        for run in runs {
            // A list names a sign once: twice are marks of emphasis that leaked, or lost signs.
            let once = |(at, c)| !run.chars().take(at).any(|old| old == c);
            if !run.chars().enumerate().all(once) || found.as_ref().is_some_and(|old| *old != run) {
                return Err(());
            }
            found = Some(run);
        }
    }
    Ok(found)
}

/// The runs of signs in a line, without the brackets and points around them; signs that blanks part
/// are one run.
fn runs(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    let (mut run, mut parted) = (String::new(), false);
    let mut left = line.chars().chain(['\n']).peekable();
    while let Some(c) = left.next() {
        if c.is_ascii_punctuation() {
            run.push(c);
            continue;
        }
        let next = left.peek().copied().unwrap_or('\n');
        if c == ' ' && !run.is_empty() && next.is_ascii_punctuation() {
            parted = true;
            continue;
        }
        // A full stop with a capital behind it ends the sentence about the signs, a comma its clause.
        let taken = std::mem::take(&mut run);
        let (parted, apart) = (std::mem::take(&mut parted), c == ' ');
        let stops = parted || apart && next.is_uppercase();
        let taken = match taken.strip_suffix(['.', ',']) {
            Some(rest) if taken.ends_with('.') && stops => rest,
            Some(rest) if taken.ends_with(',') && apart && !parted => rest,
            _ => &taken,
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
        let spelled = |part: &str| sentence.iter().any(|token| token.text.contains(part));
        let differs = sentence.has(&[Must, Fixed]) && (spelled("different") || spelled("differ"))
            || spelled("不同");
        let denied = sentence
            .iter()
            .any(|token| token.is_han() && token.text.starts_with('不'));
        if !(sentence.has(&[Not]) || differs || denied) {
            continue;
        }
        let user = sentence.has(&[UserName]);
        for (said, name) in [
            (user, "username"),
            (user && sentence.has(&[Reversed]), "reversed username"),
            (sentence.has(&[OldPassword]), "historical"),
            (sentence.has(&[WeakPassword]), "weak"),
        ] {
            if said && !out.iter().any(|old| old == name) {
                out.push(name.to_owned());
            }
        }
    }
    out
}
