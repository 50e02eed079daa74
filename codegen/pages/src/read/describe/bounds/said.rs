//! One sentence's statements about bounds.

use super::ends::{Ends, denial, ends_at};
use crate::facts::Bounds;
use crate::read::describe::Described;
use crate::read::describe::cases::is_case;
use crate::read::describe::text::{Kind, Run, Slice, Token};
use crate::read::describe::words::number;
use crate::vocabulary::kind_of_type;
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
    /// Each item of a list, which no fact of the list has room for.
    Item,
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
    if let Some(both) = respectively(sentence) {
        return both;
    }
    if let Some(length) = of_type(sentence).filter(|_| labelled) {
        return vec![length];
    }
    if let Some(joint) = joint(sentence).filter(|_| of.holds()) {
        let mut both = said(of, sentence.to(joint), labelled);
        both.extend(said(of, sentence.from(joint + 1), labelled));
        return both;
    }
    let mut out = Vec::new();
    let mut at = 0;
    while at < sentence.len() {
        // "Digits (0 to 9)" are all there are.
        let [from, to] = [1, 3].map(|next| sentence.get(at + next).map(|token| token.text));
        if at > 0 && sentence.word_at(at - 1, &[Signs]) && (from, to) == (Some("0"), Some("9")) {
            at += 4;
            continue;
        }
        let Some(ends) = ends_at(of, sentence, at) else {
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
    // "Minimum: 1 Maximum:": the number of the other end is lost.
    let lost = |at: usize| {
        let next = sentence.get(at + 2);
        sentence.word_at(at, &[Maximum, Minimum, AtMost, AtLeast])
            && sentence.mark_at(at + 1, &[':'])
            && next.is_none_or(|next| next.word.is_some())
    };
    if (0..sentence.len()).any(lost) || out.is_empty() && gives_another(sentence) {
        out.push(Said {
            firm: true,
            case: true,
            ..Said::default()
        });
    }
    out
}

/// "String (128)": a type with its greatest length.
fn of_type(sentence: &[Token<'_>]) -> Option<Said> {
    let [type_, open, digits, close, rest @ ..] = sentence else {
        return None;
    };
    let is_text = kind_of_type(type_.text).as_deref() == Some("string");
    let is_sized = is_text && open.is_mark('(') && close.is_mark(')');
    // What else bounds it is read as it stands.
    let is_whole = is_sized && !rest.iter().any(|token| token.kind == Kind::Number);
    let max = number(digits.text).filter(|_| is_whole)?;
    Some(Said {
        measure: Measure::Length,
        bounds: Some(Bounds {
            part: None,
            min: None,
            max: Some(max),
        }),
        firm: true,
        labelled: true,
        ..Said::default()
    })
}

/// "The key … 36 characters, and the value … 43 characters": where the second of two statements begins.
fn joint(sentence: &[Token<'_>]) -> Option<usize> {
    let [key, value] = [Key, Value].map(|part| sentence.lead(|token| !token.is(part)));
    let before = sentence.to(value).from(key);
    let joins = |token: &Token<'_>| token.is(And) || token.is_mark(',');
    let joint = before.behind_last(joins).checked_sub(1)?;
    let number = |token: &Token<'_>| token.kind == Kind::Number;
    (value < sentence.len() && before.to(joint).iter().any(number)).then_some(key + joint)
}

/// "the maximum lengths of key and value are 36 and 43 characters".
fn respectively(sentence: &[Token<'_>]) -> Option<Vec<Said>> {
    let key = sentence.lead(|token| !token.is(Key));
    if !sentence.word_at(key + 1, &[And]) || !sentence.to(key).has(&[Maximum, AtMost]) {
        return None;
    }
    let numbers = sentence.from(key).iter();
    let numbers: Vec<_> = numbers.filter(|token| token.kind == Kind::Number).collect();
    let said = |part: &'static str, digits: &Token<'_>| Said {
        measure: Measure::Length,
        part: Some(part),
        bounds: Some(Bounds {
            part: Some(part.to_owned()),
            min: None,
            max: number(digits.text),
        }),
        firm: true,
        ..Said::default()
    };
    match numbers.as_slice() {
        [one, other] => Some(vec![said("key", one), said("value", other)]),
        _ => None,
    }
}

/// "If there is water, 1000": a sentence gives another number for a case.
fn gives_another(sentence: &[Token<'_>]) -> bool {
    let last = sentence.behind_last(|token| token.kind == Kind::Number);
    let Some(at) = last.checked_sub(2) else {
        return false;
    };
    let mut behind = sentence.from(last).iter();
    let ends = behind.all(|token| token.is_any(&[Unit, Characters]));
    let joined = sentence.mark_at(at, &[',', ':']) || sentence.word_at(at, &[Is]);
    ends && joined && tells_case(sentence) && !sentence.has(&[Omitted, Default, Not])
}

/// Whether a sentence, or what of it stands before bounds, tells a case. That a value is given at
/// all is no case, and neither is that there is room for it.
fn tells_case(before: &[Token<'_>]) -> bool {
    let when = |two: &[Token<'_>]| two[0].text.ends_with('时') && two[1].is_mark(',');
    before.has(&[Example])
        || is_case(before, &[Given])
        || !before.has(&[Given]) && before.windows(2).any(when)
}

/// What the words around a number say it is about.
struct About<'a, 't> {
    before: &'a [Token<'t>],
    inside: &'a [Token<'t>],
    rest: &'a [Token<'t>],
    /// It counts characters.
    characters: bool,
    /// It is about a length.
    length: bool,
    /// It is a label with its number.
    label: bool,
}

impl<'a, 't> About<'a, 't> {
    fn new(of: &Described<'_>, sentence: &'a [Token<'t>], ends: &Ends) -> Self {
        let (before, rest) = (sentence.to(ends.from), sentence.from(ends.to));
        let inside = sentence.to(ends.to).from(ends.from);
        let remarked = inside.ends_in_mark(')');
        // "字符范围0-64": of a text it is a length; "字符由0-9", "characters (0-31)" are kinds of them.
        let near = before.tail(2);
        let other = near.ends_in(&[Contain]) || near.ends_in_mark('(');
        let spelled = of.is_text() && !other && near.has(&[Characters]);
        let mut about = Self {
            before,
            inside,
            rest,
            characters: inside.has(&[Characters])
                || !remarked && rest.word_at(0, &[Characters])
                || shares_unit(rest),
            length: false,
            label: inside.has_mark(&[':']),
        };
        // The value of "data_length" is one itself.
        about.length = !of.names("length")
            && (about.has(&[Length])
                || about.spells(&["长度", "longer", "最长"])
                || spelled && ends.min.is_some() && !ends.open);
        about
    }

    fn has(&self, words: &[Word]) -> bool {
        self.before.has(words) || self.inside.has(words)
    }

    /// Whether a length is that of the list: nothing else stands before the word for it.
    fn is_of_list(&self) -> bool {
        let named = |token: &&Token<'_>| {
            matches!(token.kind, Kind::Word | Kind::Han)
                && !token.is_any(&[Length, Filler, Maximum, Minimum])
        };
        let owner = self.before.iter().chain(self.inside).filter(named);
        let owner: String = owner.map(|token| token.text).collect();
        owner.is_empty() || kind_of_type(&owner).as_deref() == Some("array")
    }

    /// Whether a word for it is a part of another: "最大长度", "maximal".
    fn spells(&self, parts: &[&str]) -> bool {
        let mut tokens = self.before.iter().chain(self.inside);
        tokens.any(|token| {
            let lower = token.text.to_lowercase();
            parts.iter().any(|part| lower.contains(part))
        })
    }
}

/// "(at least 12) and at most 64 characters": whether what follows bounds is their other end, with the
/// characters of both.
fn shares_unit(rest: &[Token<'_>]) -> bool {
    let other = rest.from(usize::from(rest.word_at(0, &[And])));
    let compares = other.word_at(0, &[AtMost, AtLeast, Less, Greater]);
    let number = other.from(1).trim_start(|token| token.is(Filler));
    let is_number = number.is_at(0, |token| token.kind == Kind::Number);
    compares && is_number && number.word_at(1, &[Characters])
}

/// What a statement is about, by its units and the nouns before it; nothing when it is about none of
/// this.
fn statement(
    of: &Described<'_>,
    sentence: &[Token<'_>],
    ends: Ends,
    labelled: bool,
) -> Option<Said> {
    let about = &About::new(of, sentence, &ends);
    let before = about.before;
    // "If it is between 1 and 9" is the case itself; what is shown where nothing is given is no bound.
    let mut clause = before.clause().iter();
    let condition = clause.any(|token| token.is(If) && !token.is_han());
    // That nothing is given is a case, that it may or must not be so is none.
    let omitted = |at: usize| {
        before.word_at(at, &[Omitted])
            && !before.word_at(at + 1, &[Or])
            && !before.to(at).tail(2).has(&[Not])
    };
    // Of the kinds of characters there must be some of, it says nothing about the whole.
    let next = about.rest.upto(Token::parts_clauses).to(3);
    let of_them = next.is_at(0, |next| next.text == "of");
    let some = ends.open
        && !of.is_number()
        && (of_them || !about.characters && next.has(&[Kinds, Signs, Specials]));
    if condition || some || (0..before.len()).any(omitted) {
        return None;
    }
    let told = about.characters || about.length;
    // "单个标签不超过16个字节。多个用逗号分隔": of one of those that a text puts together.
    let several = of.tokens.has(&[Separated]) && before.clause().has(&[Each]);
    if told && several && !of.holds() {
        return None;
    }
    let part = part(of, sentence).filter(|_| told || !of.is_list());
    // What is said of the value of a list without keys is said of each of its texts.
    let part = part.filter(|_| !of_texts(of) || of.tokens.has(&[Key]));
    let label = about.label || labelled && before.iter().all(|token| token.is(Filler));
    let measure = match part {
        Some(_) => told.then_some(Measure::Length)?,
        // "键。最大长度255": of the key or of the value, told in another sentence.
        None if of.is_nested() && !of.is_list() && of.tokens.has(&[Key]) => return None,
        None => measure(of, about, &ends, labelled, label)?,
    };
    let pair = ends.min.is_some() && ends.max.is_some() && !ends.open;
    let valued = about.spells(&["val", "值", "最"]);
    let ranged = labelled || valued || about.has(&[Range, Value, Signs, From, Length]);
    let ranged = ranged || before.ends_in_mark('[');
    // A pair of numbers that no word makes a range may be anything.
    let case = tells_case(before);
    let loose = pair && !ranged && !case;
    // What several things together may not exceed bounds none of them.
    let several = before.has(&[And]) && !before.iter().any(|token| token.kind == Kind::Number);
    let joint = ends.open && (several || sentence.has(&[Total]));
    let other = measure == Measure::Range && (loose || joint);
    if other || !bounds_if_compared(sentence, about, labelled) {
        return None;
    }
    let fraction = of.kind.as_deref() == Some("number");
    // "3.0 to 3.6" of anything else are versions.
    let is_fraction = |end: &Option<String>| end.as_ref().is_some_and(|it| it.contains('.'));
    if !fraction && (is_fraction(&ends.min) || is_fraction(&ends.max)) {
        return None;
    }
    // "1 to 10 (GB)".
    let bracketed = about.rest.mark_at(0, &['(']) && about.rest.mark_at(2, &[')']);
    let unit = about.rest.to(if bracketed { 2 } else { 0 });
    // "≥5 MB/s and ≤10 GB/s": the ends are statements of their own.
    let measured = if pair {
        [about.inside, unit].concat()
    } else {
        sentence.to_vec()
    };
    let other_unit = measure == Measure::Range && of.is_in_another_unit(&measured);
    Some(Said {
        measure,
        part,
        case,
        bytes: about.inside.iter().any(counts_bytes),
        firm: measure == Measure::Length || pair || valued,
        labelled: label,
        bounds: (ends.whole && !(ends.stepped && fraction) && !other_unit).then(|| Bounds {
            part: part.map(str::to_owned),
            min: ends.min,
            max: ends.max,
        }),
    })
}

/// Whether it is a list of texts.
fn of_texts(of: &Described<'_>) -> bool {
    of.kind.as_deref() == Some("array of string")
}

/// Whether a word is one for a list.
fn is_list(token: &Token<'_>) -> bool {
    kind_of_type(token.text).as_deref() == Some("array")
}

fn counts_bytes(token: &Token<'_>) -> bool {
    let lower = token.text.to_lowercase();
    let mut bytes = ["byte", "字节", "octet"].iter();
    token.is(Characters) && bytes.any(|byte| lower.contains(byte))
}

/// What is bounded, by the type of the field and what the words are about.
fn measure(
    of: &Described<'_>,
    about: &About<'_, '_>,
    ends: &Ends,
    labelled: bool,
    label: bool,
) -> Option<Measure> {
    let told = about.characters || about.length;
    // "Array length: 1 - 10" says what the lost type would.
    if of.is_list() || of.type_.is_empty() && about.before.iter().any(is_list) {
        // Of each item: the length of a list is told by its items.
        let joins = |token: &Token<'_>| token.is_mark(',') || token.is(And);
        let clause = about.before.behind_last(joins);
        // "Each name: minimum length 1, maximum length 63".
        let from = if told { 0 } else { clause };
        let each = about.before.from(from).has(&[Each]);
        let most = ends.open && ends.max.is_some();
        // "Value range: 0 to 9 items", and of items that are no numbers what a label bounds.
        let of_numbers = of
            .kind
            .as_deref()
            .is_some_and(|it| it.ends_with("integer") || it.ends_with("number"));
        let of_items = labelled && (!of_numbers || about.rest.word_at(0, &[Another, Unit]));
        return match (each, told) {
            (true, true) => Some(Measure::Length),
            // A list has no characters, its texts have.
            (false, true) if about.characters && of_texts(of) => Some(Measure::Length),
            (false, false) if most || of_items || about.before.iter().any(is_list) => {
                Some(Measure::Items)
            }
            // "Array length: 1 - 10", but not that of "Name length".
            (false, true) if !about.characters && about.is_of_list() => Some(Measure::Items),
            // "Each port ranges from 1 to 9", "Minimum: 1" of texts.
            _ if each || label => Some(Measure::Item),
            _ => None,
        };
    }
    if of.is_number() {
        let ranged = !about.characters || about.has(&[Range, Value]);
        return ranged.then_some(Measure::Range);
    }
    let untyped = of.type_.is_empty();
    // "A maximum of 11 layers" counts these and no characters.
    let counts = |next: &Token<'_>| next.kind == Kind::Word && next.word.is_none();
    let told = told && (about.characters || !about.rest.is_at(0, counts));
    // "Maximum value: 100", "最大值为100", where no type says what is bounded or a text does.
    let value = |token: &Token<'_>| token.is(Value) || token.text.contains('值');
    let noun = about.inside.iter().any(value);
    let label_of_text = label && !labelled && of.is_text() && !ends.open && !noun;
    if told && !about.inside.has(&[Unit]) || label_of_text {
        return Some(Measure::Length);
    }
    let ranged = label || about.has(&[Range]) || untyped && about.has(&[Value, Signs, From]);
    // "取值为7到96".
    let told = matches!(about.before, [.., noun, joint] if noun.is(Value) && joint.is(Is));
    let pair = ends.min.is_some() && ends.max.is_some() && told;
    let given = (of.is_text() || untyped) && (noun || (ranged || pair) && !ends.open);
    given.then_some(Measure::Range)
}

/// What is compared, as "greater than 9", is a bound when words make it one; otherwise it may be a case.
fn bounds_if_compared(sentence: &[Token<'_>], about: &About<'_, '_>, labelled: bool) -> bool {
    let comparator = about.inside.first().and_then(|token| token.word);
    // "0 or more indicates that it rises": what values mean.
    let compares = matches!(comparator, Some(Less | Greater | AtMost | AtLeast));
    if compares && about.rest.word_at(0, &[Means]) {
        return false;
    }
    let opposite = match comparator {
        Some(Less) => [Greater, AtLeast],
        Some(Greater) => [Less, AtMost],
        _ => return true,
    };
    let bound = labelled
        || about.has(&[Range, Signs, Must])
        || sentence.has(&opposite)
        || about.inside.word_at(0, &[Less]) && about.length
        || denial(about.before).is_some();
    bound && !tells_case(about.before)
}

/// Which part of a map a sentence is about: not both of them, and not neither.
fn part(of: &Described<'_>, sentence: &[Token<'_>]) -> Option<&'static str> {
    match (of.holds(), sentence.has(&[Key]), sentence.has(&[Value])) {
        (true, true, false) => Some("key"),
        (true, false, true) => Some("value"),
        _ => None,
    }
}
