//! The rules of a password.

use super::Described;
use super::bounds::{Measure, Said, said, settle};
use super::text::{Kind, Run, Slice, Token, sentences};
use crate::facts::{PasswordRules, Unclear};
use crate::vocabulary::lexicon::Class;
use crate::vocabulary::lexicon::Word::*;
use crate::vocabulary::{CLASSES, Meaning, Term, half, is_bullet};

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
        let why = "the rules of the password have one end only, or differ from case to case";
        left_out(why, true);
        return None;
    };
    let specials = specials(of.text);
    let kinds = |token: &&Token<'_>| token.is_any(&[Signs, Specials]);
    let kinds = of.tokens.iter().filter(kinds).count() > 1;
    let ruled = kinds || min_classes.is_some() || matches!(specials, Ok(Some(_)));
    if of.text.trim_end().ends_with([':', '：']) || !ruled {
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
        classes: named(of.text),
        specials: specials.unwrap_or(None),
        forbid,
    })
}

/// How many kinds of characters there must be, when it is said; an error for two numbers of them.
fn classes(sentences: &[&[Token<'_>]]) -> Result<Option<u32>, ()> {
    let mut out = None;
    for sentence in sentences {
        // "…四种字符中的三种": the last number counts.
        let mut places = (0..sentence.len()).rev();
        if let Some(count) = places.find_map(|at| class_count(sentence, at)) {
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
    // "Any two of the following special characters": signs are counted, and no kinds.
    let joins = |token: &Token<'_>| {
        matches!(token.text, "of" | "out") || token.is_any(&[Filler, Following, Kinds])
    };
    let counted = rest.trim_start(joins);
    let listed = counted.mark_at(1, &[',', '、', '/']) || counted.word_at(1, &[And, Or]);
    if counted.word_at(0, &[Specials]) && !listed {
        return None;
    }
    let of_them = rest.is_at(0, |next| matches!(next.text, "of" | "out"));
    let near = rest
        .to(4)
        .upto(|token| token.is(Characters) && token.is_han());
    let least = before
        .trim_end(|token| token.is_any(&[Contain, Filler, Is]))
        .ends_in(&[AtLeast]);
    let among = before
        .last()
        .is_some_and(|last| last.is_any(&[Specials, Signs]) || last.is_han() && last.is(Filler));
    let kinds = of_them || token.is(Kinds) || near.has(&[Kinds]);
    // "Must include all four of …", "Contains three types of …", "any three of …".
    let demanded = before.len() == 1 || sentence.has(&[Must, OneOf]);
    let every = before.last().is_some_and(|last| {
        let said = last.is_any(&[Contain, Is, Following, Must]) && demanded;
        said || matches!(last.text, "all" | "any")
    });
    (kinds && (least || among || every)).then_some(count)
}

/// What stands for a kind that is not known.
const OTHER: &str = "?";

/// Which kinds of characters there are to be: those that one sentence names, or a list of one each. Two
/// statements that differ say nothing, nor does one that bars what it names, or names more than is known.
fn named(text: &str) -> Vec<String> {
    let mut text = half(text).to_lowercase();
    for words in Class::Case.words() {
        text = text.replace(words, "");
    }
    let ends = text.replace(['。', ';'], "\n");
    let mut statements: Vec<Vec<&str>> = vec![Vec::new()];
    let sentences = ends.split('\n').flat_map(|it| it.split(". "));
    for sentence in sentences.filter(|it| it.contains(char::is_alphanumeric)) {
        let marks = |it| matches!(it, '-' | '*') || is_bullet(it);
        let is_item = sentence.trim_start().starts_with(marks);
        let bars = |it: &str| Not.within(it) || Except.within(it);
        let said = match bars(sentence) {
            true => without_exception(sentence).filter(|it| is_item && !bars(it)),
            false => Some(sentence),
        };
        let found = said.map_or(Vec::new(), |it| kinds_in(it, is_item));
        match statements.last_mut() {
            // An item of a list goes on with what those before it say.
            Some(last) if found.len() == 1 || !found.is_empty() && is_item => last.extend(found),
            _ => statements.extend([found, Vec::new()]),
        }
    }
    let has = |all: &[&str], any: &[&str]| all.iter().any(|it| any.contains(it));
    let is_clear = |all: &Vec<&str>| {
        let is_mixed = has(all, &["letter"]) && has(all, &["lower", "upper"]);
        !is_mixed && !all.contains(&OTHER)
    };
    let mut all = statements.into_iter().filter_map(|found| {
        let names = CLASSES.iter().map(|it| it.1).chain([OTHER]);
        let names: Vec<&str> = names.filter(|it| found.contains(it)).collect();
        (names.len() > 1).then_some(names)
    });
    let first = all.next().filter(is_clear);
    let first = first.filter(|first| all.all(|other| other == *first));
    first.into_iter().flatten().map(str::to_owned).collect()
}

/// An item without what it leaves out of its kind: "Digits, excluding 0", "Digits (no 0)". Nothing where
/// other kinds follow, or the kind itself is barred: "Digits (not allowed)".
fn without_exception(item: &str) -> Option<&str> {
    let kind = item.split(['(', ',', '，']).next().unwrap_or(item);
    let kind = Except
        .places(kind)
        .next()
        .map_or(kind, |(before, _)| before);
    let rest = item.get(kind.len()..)?;
    let names_kind = CLASSES.iter().any(|(class, _)| class.within(rest));
    let is_barred = Supported.within(rest) || Given.within(rest);
    (!names_kind && !is_barred).then_some(kind)
}

/// The kinds that a sentence names, each part of it from the first on, or an item of a list.
fn kinds_in(sentence: &str, is_item: bool) -> Vec<&'static str> {
    let joined = And
        .words()
        .chain(Or.words())
        .filter(|it| sentence.contains(it));
    let mut parted = format!(" {sentence} ");
    for word in joined {
        let is_western = word.is_ascii();
        let word = if is_western {
            format!(" {word} ")
        } else {
            word.to_owned()
        };
        parted = parted.replace(&word, ",");
    }
    let mut all = Vec::new();
    for part in parted
        .split([',', '，'])
        .filter(|it| it.contains(char::is_alphabetic))
    {
        let has = |class: Class| class.within(part);
        // "Lowercase letters" are no letters of any case.
        let has_case = has(Class::Lower) || has(Class::Upper);
        let found = CLASSES.iter().filter(|it| has(it.0));
        let found = found.filter(|it| !has_case || it.0 != Class::Letter);
        let known = all.len();
        all.extend(found.map(|it| it.1));
        let is_unknown = all.len() == known;
        let is_of_list = is_item && !part.contains(|it: char| it == ':' || it.is_ascii_digit());
        all.extend((is_unknown && (known > 0 || is_of_list)).then_some(OTHER));
    }
    // "Letters (lowercase and uppercase)".
    let has_case = all.contains(&"lower") || all.contains(&"upper");
    all.retain(|it| !has_case || *it != "letter");
    all
}

/// The special characters: the one run of signs that words about allowed characters have. Two runs are
/// two sets for two systems, which the model has no word for: an error.
fn specials(text: &str) -> Result<Option<String>, ()> {
    let mut found: Option<String> = None;
    let barred = &[Not, Except];
    // Behind a comma that is Chinese a blank is lost.
    for line in half(&text.replace('，', ", ")).lines() {
        let tokens = super::text::tokens(line);
        let about = |token: &Token<'_>| token.is(Specials) || token.text.contains("允许");
        let start = tokens.lead(|token| !about(token));
        let clause = tokens.to(start);
        let clause = clause.after_last(|token| token.is_end() || token.is_mark(','));
        let Some(first) = tokens.get(start).filter(|_| !clause.has(barred)) else {
            continue;
        };
        let said = line.get(first.at..).unwrap_or(line);
        let runs = runs(said);
        // "… (!@#), and cannot begin with one": a clause behind the signs does not bar them.
        let last = runs.last().and_then(|run| said.rfind(run.as_str()));
        let split = tokens.lead(|token| token.at <= first.at + last.unwrap_or(0));
        let behind = tokens.from(split);
        let behind = behind.trim_start(|token| matches!(token.kind, Kind::Mark(_)));
        let behind = behind.upto(|token| token.parts_clauses() || token.is(And));
        if tokens.to(split).from(start).has(barred) || behind.has(barred) {
            continue;
        }
        // "!@#$% and spaces".
        let signs = said.get(last.unwrap_or(0)..).unwrap_or("");
        let next = signs.trim_start_matches(|c: char| c.is_ascii_punctuation() || c == ' ');
        let next = next.to_lowercase();
        // The clause ends behind it: "and spaces are barred" bars them.
        let spaced = And.begins(&next).is_some_and(|(_, it)| {
            let behind = Term::Space.begins(it.trim_start()).map(|it| it.1.trim());
            let ends = |it: &str| it.is_empty() || it.starts_with(['.', ',', ';', ')', '。', '、']);
            behind.is_some_and(ends)
        });
        for mut run in runs {
            if spaced {
                run.push(' ');
            }
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
    let words = |c: char| !(c.is_ascii_punctuation() || c == ' ');
    for run in line.split(words) {
        // A stop or a comma beside blanks belongs to the sentence, and so does a colon.
        let run = run.trim_start();
        let ended = run.contains(' ');
        let run: String = run.split(' ').collect();
        let run = if ended {
            run.strip_suffix(['.', ',']).unwrap_or(&run)
        } else {
            &run
        };
        let run = run.strip_prefix(':').unwrap_or(run);
        // "(" opens a remark that must be closed.
        let inner = run.strip_prefix('(');
        let inner = inner.and_then(|inner| inner.get(..inner.rfind(')')?));
        let run = inner.unwrap_or(run);
        if run.len() >= FEWEST_SIGNS {
            out.push(run.to_owned());
        }
    }
    out
}

/// What the password must not be.
fn forbidden(sentences: &[&[Token<'_>]]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for sentence in sentences {
        let differs = |token: &Token<'_>| {
            token.text.starts_with("differ") || token.is_han() && token.text.starts_with('不')
        };
        if !sentence.has(&[Not]) && !sentence.iter().any(differs) {
            continue;
        }
        let user = sentence.has(&[UserName]);
        // "The last five passwords".
        let passwords = |token: &Token<'_>| {
            let word = token.text.to_lowercase();
            Term::EndOfPassword.is(word.trim_end_matches('s'))
        };
        let recent = sentence.iter().enumerate().any(|(at, token)| {
            let near = sentence.from(at + 1).to(2);
            Term::Recent.is(&token.text.to_lowercase()) && near.iter().any(passwords)
        });
        for (said, name) in [
            (user, "username"),
            (user && sentence.has(&[Reversed]), "reversed username"),
            (sentence.has(&[OldPassword]) || recent, "historical"),
            (sentence.has(&[WeakPassword]), "weak"),
        ] {
            if said && !out.iter().any(|old| old == name) {
                out.push(name.to_owned());
            }
        }
    }
    out
}
