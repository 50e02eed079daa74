//! Defaults.

use serde_json::{Value as Json, json};

use super::cases::{goes_on, is_case, is_digits, is_odd};
use super::parts::{Part, says_nothing};
use super::text::{Kind, Run, SENTENCE, Slice, Token, sentences};
use super::words::{number, value_like};
use super::{Described, Outcome};
use crate::vocabulary::lexicon::Word::*;
use crate::vocabulary::{Meaning, Term, is_none};

/// What a place says about the default: nothing where it cannot be read, or holds in one case only.
type Said = Option<Json>;

/// The default a description gives; nothing when it gives none, or one in words.
pub(super) fn default(of: &Described<'_>) -> Outcome<Json> {
    if of.name.eq_ignore_ascii_case("content-type") {
        return Ok(None);
    }
    let mut found: Vec<(Said, &[Token<'_>])> = Vec::new();
    let mut in_words = None;
    let labelled = of.parts(&[Some(Default)]);
    for line in labelled.filter_map(|part| sentences(part).find(|it| !it.is_empty())) {
        if !says_nothing(of.text, line) {
            match at_value(of, line, &[]).filter(|_| !of.holds()) {
                Some(said) => found.push((said, line)),
                None => in_words = Some(line),
            }
        }
    }
    // What sentences say of a list or a map is of what it holds.
    for part in of.parts(PROSE).filter(|_| !of.holds()) {
        for at in (0..part.len()).filter(|at| part.word_at(*at, &[Default])) {
            let start = at - part.sentence_to(at).len();
            let sentence = part.from(start).to(2 * SENTENCE).upto(Token::is_end);
            let said = marked(of, part, at).or_else(|| said(of, sentence, at - start));
            found.extend(said.map(|said| (said, sentence)));
        }
    }
    if found.is_empty() {
        let parts = of.parts(PROSE).filter(|_| !of.holds());
        for sentence in parts.flat_map(sentences) {
            match omitted(of, sentence) {
                Some(Some(value)) => found.push((Some(value), sentence)),
                Some(None) => in_words = in_words.or(Some(sentence)),
                None => {}
            }
        }
    }
    let mut out: Option<Json> = None;
    for (said, sentence) in found {
        match said {
            Some(new) if out.as_ref().is_none_or(|old| *old == new) => out = Some(new),
            _ => return Err(of.doubt("the default cannot be read", sentence, true)),
        }
    }
    match (out, in_words) {
        (Some(out), _) => Ok(Some(out)),
        // "Default value: all of them".
        (None, Some(line)) => Err(of.doubt("the default is told in words", line, false)),
        (None, None) => Ok(None),
    }
}

/// The parts that sentences about a default stand in.
const PROSE: &[Part] = &[
    None,
    Some(Definition),
    Some(Constraints),
    Some(Range),
    Some(Options),
];

/// What a sentence says around a word for a default.
fn said(of: &Described<'_>, sentence: &[Token<'_>], at: usize) -> Option<Said> {
    let marker = sentence.get(at)?;
    let (before, rest) = (sentence.to(at), sentence.from(at + 1));
    // The default of another field: "the default value of gauge_id", "gauge_id默认为".
    let another = |token: &Token<'_>| {
        let name = |c: char| matches!(c, '_' | '.') || c.is_ascii_digit();
        token.text != of.name && token.text.contains(name)
    };
    let fillers = rest.to(2).lead(|token| token.is(Filler));
    // "The default value of limit is 10", but not of "the limit".
    let noun = |token: &Token<'_>| {
        fillers == 1 && token.kind == Kind::Word && token.word.is_none() && !of.names(token.text)
    };
    let is_noun = rest.is_at(fillers, noun) && rest.word_at(fillers + 1, &[Is]);
    let of_another = fillers > 0 && rest.is_at(fillers, another);
    let last = before.last().filter(|_| marker.is_han());
    // "恢复默认: …" is of another noun.
    let noun = |last: &Token<'_>| last.is_han() && last.word.is_none() && rest.mark_at(0, &[':']);
    // "limit默认为10" is of another field, "返回系统默认tide" of what comes back.
    let word = |last: &Token<'_>| last.kind == Kind::Word && !of.names(last.text);
    let comes_back = marker.is_han() && !of.is_number() && before.clause().has(&[Returned]);
    // "在…模式下默认为10".
    let case = |last: &Token<'_>| last.text.ends_with('下') && !last.text.ends_with("情况下");
    if is_noun && !of_another || last.is_some_and(case) {
        return Some(None);
    }
    if of_another
        || comes_back
        || last.is_some_and(|last| another(last) || noun(last) || word(last))
    {
        return None;
    }
    behind(of, before, rest, marker)
        .or_else(|| ahead(of, before, rest, marker))
        .or_else(|| returned(of, sentence, at))
}

/// "If it is not specified, 12 is used", "if it is left blank, the value is 12": what a sentence says is
/// taken where nothing is given, without a word for a default. Nothing of the value for what may be a
/// verb: "the value is random".
fn omitted(of: &Described<'_>, sentence: &[Token<'_>]) -> Option<Said> {
    let case = sentence.lead(|token| !token.is(Omitted));
    let another = |token: &Token<'_>| token.text.contains('_') && token.text != of.name;
    let before = sentence.to(case);
    // "If the gate is shut and it is not specified" is a case of its own.
    let between = before.after_last(|token| token.is(If));
    let is_bare = between
        .iter()
        .all(|token| token.is_any(&[Itself, Filler, Value, Is]));
    if !before.has(&[If]) || !is_bare || sentence.has(&[Not]) || before.iter().any(another) {
        return None;
    }
    let rest = sentence.from(case + 1);
    let skipped = |token: &Token<'_>| token.is_any(&[Filler, Itself, Value]) || token.is_mark(',');
    let rest = rest.trim_start(skipped);
    let is_joined = rest.word_at(0, &[Is]);
    let rest = rest.from(usize::from(is_joined));
    let is_used = rest.word_at(1, &[Is]) && rest.word_at(2, &[Given]);
    let first = rest.first().filter(|_| is_joined || is_used)?;
    let is_sure = first.kind != Kind::Word || of.is_boolean() || is_loud(first.text);
    let unit = usize::from(rest.word_at(1, &[Unit]));
    let is_whole = is_used || rest.get(1 + unit).is_none_or(Token::parts_clauses);
    at_value(of, rest, &[]).map(|said| said.filter(|_| is_sure && is_whole))
}

/// "10 records are displayed by default", "默认返回10条": how many things come back is the number.
fn returned(of: &Described<'_>, sentence: &[Token<'_>], at: usize) -> Option<Said> {
    let bounded = [
        AtMost, AtLeast, Less, Greater, Maximum, Minimum, From, Example,
    ];
    let mut numbers = sentence.iter().filter(|token| token.kind == Kind::Number);
    let only = numbers.next().filter(|_| numbers.next().is_none())?;
    let clear = of.is_number() && sentence.has(&[Returned]) && !sentence.has(&bounded);
    let clear = clear && !is_tied(sentence.to(at), sentence.from(at + 1));
    value(of, only).filter(|_| clear).map(Some)
}

/// "ebb (default): it falls", "1: fixed (default)", "1: fixed. (Default)", "1: fixed. This is the
/// default value", "1: 固定，默认。": the marker at a place of its part.
fn marked(of: &Described<'_>, part: &[Token<'_>], at: usize) -> Option<Said> {
    let before = part.to(at).tail(SENTENCE);
    let item = before.after_last(|token| token.is_mark('\n') || token.is_mark('•'));
    let open = item.behind_last(|token| !token.is(Filler)).checked_sub(1)?;
    let rest = part.from(at + 1);
    let close = rest.lead(|token| token.is_any(&[Value, Filler, Is, Means]));
    let ends = rest.get(close).is_none_or(Token::is_end);
    let lead = item.behind_last(|token| !token.is_any(&[Filler, Is, Itself]));
    let this = item.from(lead).has(&[Is]) && item.to(lead).last().is_some_and(Token::is_end);
    let comma = part.is_at(at, Token::is_han) && item.mark_at(open, &[',']);
    let bracket = item.mark_at(open, &['(']) && rest.mark_at(close, &[')', ',', '、']);
    // "0: the default, it falls"
    let meaning = open == 1 && item.mark_at(1, &[':']) && (ends || rest.mark_at(close, &[',']));
    let head = match (bracket || meaning || ends && comma, ends && this) {
        (true, _) => item.to(open),
        (_, true) => item.to(lead),
        _ => return None,
    };
    // The nearest value before that something is said of.
    let explained =
        |at: &usize| head.mark_at(at + 1, &[':', '-']) || head.word_at(at + 1, &[Means]);
    let mut heads = (0..head.len()).rev().filter(explained);
    let direct = || value(of, head.last().filter(|direct| direct.word.is_none())?);
    // "Speed: fast (default) or slow": what an "or" joins is the value, and no meaning of one; so is
    // what cannot be a word: "true shows it and false (default) does not".
    let joint = head.len().checked_sub(2);
    let joins = |word| joint.is_some_and(|at| head.word_at(at, &[word]));
    let joined = joins(Or)
        || rest.word_at(close + 1, &[Or])
        || rest.mark_at(close + 1, &[':'])
        || joins(And) && !of.is_text() && direct().is_some();
    let explained = heads.find_map(|at| value(of, head.get(at)?));
    let (first, second) = match joined {
        true => (direct(), explained),
        false => (explained, direct()),
    };
    first.or(second).map(Some)
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
        noun || token.is_any(&[Filler, Each, For, Itself, Means, Which])
            || token.is_mark(',') && adverb
    };
    let words = rest.to(7).lead(plain);
    let near = rest.to(3).lead(|token| !token.is(Is));
    let used = rest.word_at(near + 1, &[Given]);
    let joint = rest.get(words).filter(|token| joins(token) && !used);
    // "By default, all gauges are shown": nothing of the value.
    if adverb && joint.is_some_and(|joint| !joint.is(Set)) {
        return None;
    }
    let skipped = rest.from(words);
    let skipped = skipped.lead(|token| joins(token) || token.is(Filler));
    let start = match joint {
        Some(_) => words + skipped,
        None if used => near.saturating_sub(1),
        None => 0,
    };
    let first = rest.get(start)?;
    // "The default account is reset", "the default mode is changed": what is done, and no value.
    let noun = rest.to(words).iter().rfind(|token| token.word.is_none());
    let another = noun.is_some_and(|noun| !of.names(noun.text));
    let small = first.kind == Kind::Word && !first.bold && !is_loud(first.text);
    let done = Term::Done.is(first.text) || another && first.text.ends_with("ed");
    if joint.is_some() && small && noun.is_some() && done {
        return None;
    }
    // "默认12", "the default value 12 is used".
    let certain = joint.is_some()
        || used && (first.kind != Kind::Word || is_loud(first.text) || of.is_boolean())
        || marker.text.to_lowercase().starts_with("defaults")
        || matches!(first.kind, Kind::Number | Kind::Quoted)
        || marker.is_han() && (first.word.is_none() || first.is(Signs));
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
    let at = before.behind_last(|token| !token.is(Unit)).checked_sub(1)?;
    let (token, before) = (before.get(at)?, before.to(at));
    let joint = before.len().saturating_sub(1);
    let joined = before.is_empty()
        || before.word_at(joint, &[Is, Fixed])
        || before.mark_at(joint, &['=', ',', ':']);
    // "Encryption is enabled by default": no value of the field.
    let subject = before.before(joint).is_none_or(|subject| {
        subject.is_any(&[Value, Itself, And]) || subject.parts_clauses() || subject.text == of.name
    });
    let sure = subject || token.kind != Kind::Word || is_loud(token.text);
    let found = value(of, token).filter(|_| is_adverb(marker) && joined && sure)?;
    Some((!is_tied(before, rest)).then_some(found))
}

fn is_loud(text: &str) -> bool {
    text.contains(|c: char| !c.is_ascii_lowercase())
}

/// The value at the beginning of tokens, and whether it holds always.
fn at_value(of: &Described<'_>, tokens: &[Token<'_>], before: &[Token<'_>]) -> Option<Said> {
    let (first, rest) = tokens.split_first()?;
    // "默认为降序desc"
    if first.is_han()
        && first.word.is_none()
        && rest.is_at(0, |next| next.glued && next.kind == Kind::Word)
        && rest.get(1).is_none_or(Token::parts_clauses)
    {
        return at_value(of, rest, before);
    }
    if let Some((sign, rest)) = named_sign(of, tokens) {
        return Some((!is_tied(before, rest)).then(|| json!(sign)));
    }
    if of.is_number() && first.kind == Kind::Number && of.is_in_another_unit(rest.to(1)) {
        return Some(None);
    }
    let percent = rest.first().is_some_and(|next| next.text == "%");
    let scaled = rest.word_at(0, &[Scale]) || rest.mark_at(0, &['^', '*', '+']);
    if first.kind == Kind::Number && (percent || scaled) {
        let text = || json!(format!("{}%", first.text));
        return Some((percent && of.is_text()).then(text));
    }
    let Some(found) = value(of, first) else {
        return (of.is_number() && is_odd(first)).then_some(None);
    };
    // More words make it a description: "the default is tide level", "默认为tide的水位".
    let said = rest.first().is_some_and(|next| match next.kind {
        Kind::Word => !next.is_any(&[And, If, For, Which, Is, Unit, Means]),
        _ => next.is_han() && next.is(Filler),
    });
    if said && found.is_string() && first.kind == Kind::Word && !is_loud(first.text) {
        return None;
    }
    Some((!is_tied(before, rest)).then_some(found))
}

/// "逗号（,）", "comma (,)": a sign in brackets behind its name, at the end of a clause; with what follows.
fn named_sign<'a, 't>(
    of: &Described<'_>,
    tokens: &'a [Token<'t>],
) -> Option<(&'t str, &'a [Token<'t>])> {
    let named = tokens
        .to(3)
        .lead(|token| token.is_han() || token.kind == Kind::Word);
    let sign = tokens
        .get(named + 1)
        .filter(|_| tokens.mark_at(named, &['(']))?;
    let rest = tokens.from(named + 3);
    let ends = rest
        .first()
        .is_none_or(|next| next.is_end() || next.is_mark(',') || next.is_any(&[If, Or]));
    let is_sign =
        sign.kind == Kind::Quoted && sign.text.chars().all(|it| it.is_ascii_punctuation());
    let named = tokens.to(named).has(&[Signs]) && !of.is_number() && !of.is_boolean();
    (named && is_sign && ends).then_some((sign.text, rest))
}

/// Whether a default holds in one case only: what comes behind it in its sentence names the case, or
/// what stands before. That nothing is given is the case of every default.
fn is_tied(before: &[Token<'_>], rest: &[Token<'_>]) -> bool {
    // "If it is not given" is the case of every default.
    let always = |tokens: &[Token<'_>]| {
        tokens.has(&[Omitted, Null, Empty]) || tokens.has(&[Not]) && tokens.has(&[Given])
    };
    let skipped = |token: &Token<'_>| token.is_any(&[Unit, Characters]) || token.is_mark(')');
    let tail = rest.trim_start(skipped);
    let remark = tail.mark_at(0, &['(']).then(|| tail.close()).flatten();
    let tail = tail.from(remark.map_or(0, |close| close + 1));
    let range = tail.mark_at(0, &['~', '-']) && tail.is_at(1, is_digits);
    let tail = tail.from(usize::from(tail.mark_at(0, &[','])));
    // "…, if it is set to 3, …" tells what another value does.
    let about = tail.trim_start(|token| !token.is(If));
    let about = about.from(1 + about.from(1).lead(|token| token.is_any(&[Itself, Filler])));
    let other = about.first().is_some_and(|next| next.word == Some(Set));
    let case = goes_on(tail) && !tail.has(&[Effect]) && !other;
    (range || case) && !always(tail) || is_case(before, &[Omitted, Null, Empty, Not])
}

/// A token as the value of the field.
fn value(of: &Described<'_>, token: &Token<'_>) -> Option<Json> {
    let text = token.text;
    let quoted = token.kind == Kind::Quoted;
    if token.is(Null) {
        return Some(Json::Null);
    }
    let empty = quoted && text.is_empty() || token.is(Empty) && text.contains(['s', '串']);
    if of.is_text() && empty {
        return Some(json!(""));
    }
    // The root.
    if of.is_text() && token.is_mark('/') {
        return Some(json!("/"));
    }
    // "1,440".
    let whole = number(text).and_then(|digits| digits.parse::<i64>().ok());
    if let (true, Some(whole)) = (of.is_number(), whole) {
        return Some(json!(whole));
    }
    let names = [System, Unit, Maximum, Minimum, AtMost, AtLeast, Key, Kinds];
    let speech = !quoted && token.word.is_some_and(|word| !names.contains(&word));
    if speech || is_none(text) || !value_like(text) {
        return None;
    }
    let lower = text.to_lowercase();
    if of.is_boolean() {
        return lower.parse::<bool>().ok().map(|value| json!(value));
    }
    if of.is_number() {
        return text.parse::<f64>().ok().map(|number| json!(number));
    }
    (quoted || !Term::OfDefault.is(&lower)).then(|| json!(text))
}
