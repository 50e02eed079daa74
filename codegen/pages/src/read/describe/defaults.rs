//! Defaults.

use serde_json::{Value as Json, json};

use super::parts::{Part, says_nothing};
use super::text::{Kind, Run, SENTENCE, Slice, Token, sentences};
use super::words::value_like;
use super::{Described, Outcome};
use crate::vocabulary::lexicon::Word::*;
use crate::vocabulary::{Meaning, Term, is_header, is_none};

/// What a place says about the default.
enum Said {
    /// This is it.
    Is(Json),
    /// It is said, but not so that it can be read.
    Unread,
    /// It holds in one case only, or goes on.
    Tied,
}

/// The default a description gives; nothing when it gives none, or one in words.
pub(super) fn default(of: &Described<'_>) -> Outcome<Json> {
    if of.holds() || is_header(of.name) {
        return Outcome::Nothing;
    }
    let mut found: Vec<(Said, &[Token<'_>])> = Vec::new();
    for line in of
        .parts(&[Part::Default])
        .filter_map(|part| sentences(part).next())
    {
        if !says_nothing(of.text, line) {
            found.extend(at_value(of, line, &[]).map(|said| (said, line)));
        }
    }
    let prose = &[
        Part::Open,
        Part::Definition,
        Part::Constraints,
        Part::Range,
        Part::Options,
    ];
    for part in of.parts(prose) {
        for at in (0..part.len()).filter(|at| part.word_at(*at, &[Default])) {
            let first = at.saturating_sub(SENTENCE);
            let start = first + part.to(at).from(first).behind_last(Token::is_end);
            let sentence = part.from(start).to(2 * SENTENCE).upto(Token::is_end);
            let said = marked(of, part, at).or_else(|| said(of, sentence, at - start));
            found.extend(said.map(|said| (said, sentence)));
        }
    }
    let mut out: Option<Json> = None;
    let mut unread = None;
    for (said, sentence) in found {
        match said {
            Said::Is(new) if out.as_ref().is_none_or(|old| *old == new) => out = Some(new),
            Said::Unread => unread = Some(sentence),
            Said::Is(_) | Said::Tied => {
                return of.unclear("the default cannot be read", sentence, true);
            }
        }
    }
    match (out, unread) {
        (Some(value), _) => Outcome::Fact(value),
        (None, Some(sentence)) => of.unclear("the default cannot be read", sentence, true),
        (None, None) => Outcome::Nothing,
    }
}

/// What a sentence says around a word for a default.
fn said(of: &Described<'_>, sentence: &[Token<'_>], at: usize) -> Option<Said> {
    let marker = sentence.get(at)?;
    let (before, rest) = (sentence.to(at), sentence.from(at + 1));
    // The default of another field: "the default value of gauge_id", "gauge_id默认为".
    let another = |token: &Token<'_>| {
        token.text != of.name
            && token
                .text
                .contains(|c: char| matches!(c, '_' | '.') || c.is_ascii_digit())
    };
    let named = rest
        .from(rest.lead(|token| token.is(Filler)).min(2))
        .first();
    let owner = before
        .last()
        .filter(|last| marker.is_han() && (last.glued || marker.glued));
    let of_another = rest.word_at(0, &[Filler]) && named.is_some_and(another);
    // "恢复默认: …" is of another noun.
    let noun = marker.is_han() && marker.glued && rest.mark_at(0, &[':']);
    let noun = noun
        && before
            .last()
            .is_some_and(|last| last.is_han() && last.word.is_none());
    if noun || of_another || owner.is_some_and(another) {
        return None;
    }
    behind(of, before, rest, marker)
        .or_else(|| ahead(of, before, rest, marker))
        .or_else(|| returned(of, sentence, at))
}

/// "10 records are displayed by default", "默认返回10条": how many things come back is the number.
fn returned(of: &Described<'_>, sentence: &[Token<'_>], at: usize) -> Option<Said> {
    let bounded = [
        AtMost, AtLeast, Less, Greater, Maximum, Minimum, From, Example,
    ];
    let mut numbers = sentence.iter().filter(|token| token.kind == Kind::Number);
    let only = numbers.next().filter(|_| numbers.next().is_none())?;
    let clear = of.is_number() && sentence.has(&[Returned]) && !sentence.has(&bounded);
    let tied = is_tied(sentence.to(at), sentence.from(at + 1));
    value(of, only).filter(|_| clear && !tied).map(Said::Is)
}

/// "ebb (default): it falls", "1: fixed (default)", "1: fixed. (Default)", "1: fixed. This is the
/// default value", "1: 固定，默认。": the marker at a place of its part.
fn marked(of: &Described<'_>, part: &[Token<'_>], at: usize) -> Option<Said> {
    let before = part.to(at).from(at.saturating_sub(SENTENCE));
    let item = before.from(before.behind_last(|token| token.is_mark('\n') || token.is_mark('•')));
    let open = item.behind_last(|token| !token.is(Filler)).checked_sub(1)?;
    let rest = part.from(at + 1);
    let close = rest.lead(|token| token.is_any(&[Value, Filler, Is, Means]));
    let ends = rest.get(close).is_none_or(Token::is_end);
    let lead = item.behind_last(|token| !token.is_any(&[Filler, Is, Itself]));
    let this = lead < item.len()
        && item.from(lead).has(&[Is])
        && (item[lead].text.eq_ignore_ascii_case("this") || item[lead].is(Itself));
    let comma = part.get(at).is_some_and(Token::is_han) && item.mark_at(open, &[',']);
    let head = if item.mark_at(open, &['(']) && rest.mark_at(close, &[')', ',', '、']) {
        item.to(open)
    } else if ends && this && item.to(lead).last().is_some_and(Token::is_end) {
        item.to(lead)
    } else if ends && close == 0 && comma && open + 1 == item.len() {
        item.to(open)
    } else {
        return None;
    };
    let direct = head.last().filter(|direct| direct.word.is_none());
    // The nearest value before that something is said of.
    let explained =
        |at: &usize| head.mark_at(at + 1, &[':', '-']) || head.word_at(at + 1, &[Means]);
    let mut heads = (0..head.len()).rev().filter(explained);
    heads
        .find_map(|at| value(of, head.get(at)?))
        .or_else(|| value(of, direct?))
        .map(Said::Is)
}

/// "default value is 12", "defaults to 12", "默认为12".
fn behind(
    of: &Described<'_>,
    before: &[Token<'_>],
    rest: &[Token<'_>],
    marker: &Token<'_>,
) -> Option<Said> {
    let adverb = is_adverb(marker);
    let joins = |token: &Token<'_>| {
        token.is_any(&[Is, To, Value, Fixed, Supported])
            || matches!(token.kind, Kind::Mark(':' | '='))
    };
    let plain = |token: &Token<'_>| {
        let noun = token.word.is_none() && token.text.chars().all(char::is_lowercase);
        noun || token.is_any(&[
            Filler, Each, For, Itself, Means, Returned, Key, Count, Which,
        ]) || token.is_mark(',') && adverb
    };
    let words = rest.to(7).lead(|token| plain(token) && !joins(token));
    let used = rest.word_at(1, &[Is]) && rest.word_at(2, &[Given]);
    let joint = rest.get(words).filter(|token| joins(token) && !used);
    // "By default, all gauges are shown": nothing of the value.
    let of_value = joint.is_none_or(|joint| joint.is(Set));
    if adverb && !marker.is_han() && !of_value {
        return None;
    }
    let skipped = rest
        .from(words)
        .lead(|token| joins(token) || token.is(Filler));
    let start = joint.map_or(0, |_| words + skipped);
    let first = rest.get(start)?;
    // "默认12", "the default value 12 is used".
    let certain = joint.is_some()
        || used
        || marker.text.to_lowercase().starts_with("defaults")
        || matches!(first.kind, Kind::Number | Kind::Quoted)
        || marker.is_han() && first.kind == Kind::Word && first.word.is_none();
    certain.then(|| at_value(of, rest.from(start), before))?
}

/// "By default", not "the default".
fn is_adverb(marker: &Token<'_>) -> bool {
    Term::ByDefault.is(&marker.text.to_lowercase())
}

/// "set to 12 by default", "12 minutes by default".
fn ahead(
    of: &Described<'_>,
    before: &[Token<'_>],
    rest: &[Token<'_>],
    marker: &Token<'_>,
) -> Option<Said> {
    let at = before
        .len()
        .checked_sub(1 + usize::from(before.last()?.is(Unit)))?;
    let (token, before) = (before.get(at)?, before.to(at));
    let joint = at.checked_sub(1)?;
    let counted = token.kind == Kind::Number && before.mark_at(joint, &[',', ':']);
    let joined = counted || before.word_at(joint, &[Is, Fixed]) || before.mark_at(joint, &['=']);
    // "Encryption is enabled by default": no value of the field.
    let subject = before.before(joint).is_none_or(|subject| {
        subject.is_any(&[Value, Itself, And]) || subject.parts_clauses() || subject.text == of.name
    });
    let sure = subject || token.kind != Kind::Word || is_loud(token.text) || of.is_boolean();
    let found = value(of, token).filter(|_| is_adverb(marker) && joined && sure)?;
    Some(if is_tied(before, rest) {
        Said::Tied
    } else {
        Said::Is(found)
    })
}

fn is_loud(text: &str) -> bool {
    text.contains(|c: char| !c.is_ascii_lowercase())
}

/// The value at the beginning of tokens, and whether it holds always.
fn at_value(of: &Described<'_>, tokens: &[Token<'_>], before: &[Token<'_>]) -> Option<Said> {
    let (first, rest) = tokens.split_first()?;
    let number = first.kind == Kind::Number;
    let goes_on = rest.first().is_some_and(|next| {
        next.is(Scale) || next.text == "%" || next.glued && rest.mark_at(0, &['^', '*', '+'])
    });
    if number && of.is_text() && rest.first().is_some_and(|next| next.text == "%") {
        return Some(Said::Is(json!(format!("{}%", first.text))));
    }
    if number && goes_on {
        return Some(Said::Tied);
    }
    let Some(found) = value(of, first) else {
        let odd = first.text.starts_with(|c: char| c.is_ascii_digit());
        return (of.is_number() && odd).then_some(Said::Unread);
    };
    // More words make it a description: "the default is tide level".
    let said = rest.first().is_some_and(|next| {
        next.kind == Kind::Word && !next.is_any(&[And, If, For, Which, Is, Unit, Means])
    });
    let plain = first.kind == Kind::Word && !is_loud(first.text);
    if said && plain && !of.is_number() && !of.is_boolean() {
        return None;
    }
    Some(if is_tied(before, rest) {
        Said::Tied
    } else {
        Said::Is(found)
    })
}

/// Whether a default holds in one case only: what comes behind it in its sentence names the case, or
/// what stands before. That nothing is given is the case of every default.
fn is_tied(before: &[Token<'_>], rest: &[Token<'_>]) -> bool {
    let omitted = |tokens: &[Token<'_>]| tokens.has(&[Omitted, Null, Empty, Not]);
    let tail =
        rest.from(rest.lead(|token| token.is_any(&[Unit, Characters]) || token.is_mark(')')));
    let remark = tail.mark_at(0, &['(']).then(|| tail.close()).flatten();
    let tail = tail.from(remark.map_or(0, |close| close + 1));
    let tail = tail.from(usize::from(tail.mark_at(0, &[','])));
    let number = |at: usize| tail.get(at).is_some_and(|token| token.kind == Kind::Number);
    let case = |at: usize| tail.word_at(at, &[If, For]) && !tail.has(&[Effect]);
    let behind = tail.mark_at(0, &['~', '-']) && number(1)
        || case(0)
        || tail.word_at(0, &[Or, And]) && (case(1) || number(1));
    let told = |at: &usize| {
        let open = before.before(*at).is_none_or(Token::parts_clauses);
        before.is_at(*at, |token| {
            open && token.is_any(&[If, For]) || token.is(If) && token.is_han()
        })
    };
    let ahead = (0..before.len()).find(told);
    behind && !omitted(tail) || ahead.is_some_and(|at| !omitted(before.from(at)))
}

/// A token as the value of the field.
fn value(of: &Described<'_>, token: &Token<'_>) -> Option<Json> {
    let text = token.text;
    let quoted = token.kind == Kind::Quoted;
    if token.is(Null) {
        return Some(Json::Null);
    }
    if of.is_text() && (quoted && text.is_empty() || token.is(Empty) && text.contains(['s', '串']))
    {
        return Some(json!(""));
    }
    // The root.
    if of.is_text() && token.is_mark('/') {
        return Some(json!("/"));
    }
    let names = [System, Unit, Maximum, Minimum, AtMost, AtLeast, Key, Kinds];
    let speech = !quoted && token.word.is_some_and(|word| !names.contains(&word));
    if speech || is_none(text) || token.is_han() || !value_like(text) {
        return None;
    }
    let lower = text.to_lowercase();
    if of.is_boolean() {
        return lower.parse::<bool>().ok().map(|value| json!(value));
    }
    if of.is_number() {
        let whole = text.parse::<i64>().ok().map(|number| json!(number));
        return whole.or_else(|| text.parse::<f64>().ok().map(|number| json!(number)));
    }
    (quoted || !Term::OfDefault.is(&lower)).then(|| json!(text))
}
