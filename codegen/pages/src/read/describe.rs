//! What descriptions say about values.
//!
//! A description is cut into tokens once (`text`), each with what it means (the lexicon), and into
//! labelled parts (`parts`). Then small readers look at its sentences, one for each kind of fact:
//! `values`, `bounds`, `pattern`, `defaults`, `flags`, `password`. Each gives a fact, nothing, or the words it
//! did not understand and why; those stay with the field and come out with the page. All hold to one
//! rule: words that could be meant otherwise say nothing.

mod bounds;
mod cases;
mod defaults;
mod flags;
mod parts;
mod password;
mod pattern;
#[cfg(test)]
mod tests;
mod text;
mod values;
mod words;

pub(crate) use flags::is_secret;

use std::cell::Cell;
use std::collections::HashSet;
use std::ops::Range;

use self::bounds::{Measure, said, settle};
use self::parts::Part;
use self::text::{Kind, Run, Slice, Token};
use super::cell::{short, tells_case};
use super::nest::{Shape, shape};
use super::rows::{Read, Row};
use crate::facts::{
    Bounds, Fact, FactSource, Facts, FieldFacts, MARKED_IN_CASES, PasswordRules, Required, Unclear,
};
use crate::vocabulary::lexicon::{Unit, Word};
use crate::vocabulary::{Meaning, Term, is_marked_deprecated, kind_of_type, plain};

/// The longest description that is mined, in bytes; no known one is a hundredth of it.
const MAX_DESCRIPTION: usize = 256 * 1024;

/// How often the search for lists looks at each token, and at those of any description: a list may
/// begin at many places, so without an end to it long descriptions would take ages.
const LOOKS_A_TOKEN: usize = 6;
const LOOKS: usize = 10_000;

/// What a reader makes of a description: a fact, or nothing, or words that are no fact.
type Outcome<T> = Result<Option<T>, Unclear>;

/// What was found; what is unclear goes to the field.
fn noting<T>(found: Outcome<T>, unclear: &mut Vec<Unclear>) -> Option<T> {
    found.map_err(|doubt| unclear.push(doubt)).ok().flatten()
}

/// What of a row the readers of descriptions look at.
struct Described<'d> {
    name: &'d str,
    /// The type in the shape of [`plain`]; empty when there is none.
    type_: &'d str,
    /// The kind it stands for.
    kind: Option<String>,
    shape: Shape,
    /// The description, made even.
    text: &'d str,
    tokens: Vec<Token<'d>>,
    parts: Vec<(Part, Range<usize>)>,
    /// It is written in Chinese, where a Western word is no part of the sentence.
    is_chinese: bool,
    /// It comes back; what is said of its value binds nobody.
    responses: bool,
    /// How many characters the words with digits in it have, which are shown and not said.
    shown: HashSet<usize>,
    /// The unit that the text says to be that of the field.
    unit: Option<Unit>,
    /// How many tokens the search for lists may still look at.
    fuel: Cell<usize>,
}

impl<'d> Described<'d> {
    fn new(row: &'d Row<'_>, type_: &'d str, text: &'d str, responses: bool) -> Self {
        Self {
            name: &row.name,
            type_,
            kind: kind_of_type(type_),
            shape: shape(row),
            responses,
            ..Self::of_text(text)
        }
    }

    /// What is said of a text, without a row.
    fn of_text(text: &'d str) -> Self {
        let tokens = text::tokens(text);
        Self {
            name: "",
            type_: "string",
            kind: Some("string".to_owned()),
            shape: Shape::Scalar,
            text,
            parts: parts::parts(&tokens),
            is_chinese: tokens.iter().any(Token::is_han),
            unit: unit(&tokens),
            shown: tokens.iter().filter_map(shown).collect(),
            fuel: Cell::new(LOOKS + LOOKS_A_TOKEN * tokens.len()),
            tokens,
            responses: false,
        }
    }

    /// Whether some tokens may be looked at once more.
    fn may_look(&self, at: &[Token<'_>]) -> bool {
        crate::steps::count(at.len());
        let left = self.fuel.get().checked_sub(at.len());
        self.fuel.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Whether the name of the field has this word in it.
    fn names(&self, word: &str) -> bool {
        self.name.to_lowercase().contains(&word.to_lowercase())
    }

    /// Whether numbers are given in several units, or in another than the text says to be that of
    /// the field: "Unit: second. 15 minutes".
    fn is_in_another_unit(&self, said: &[Token<'_>]) -> bool {
        let units = said.iter().filter_map(measured_in).chain(self.unit);
        let mut units = units.peekable();
        let first = units.peek().copied();
        units.any(|it| Some(it) != first)
    }

    fn is_boolean(&self) -> bool {
        self.kind.as_deref() == Some("boolean")
    }

    fn is_number(&self) -> bool {
        matches!(self.kind.as_deref(), Some("integer" | "number"))
    }

    fn is_text(&self) -> bool {
        self.kind.as_deref() == Some("string")
    }

    fn is_list(&self) -> bool {
        let kind = self.kind.as_deref();
        self.shape == Shape::Array || kind.is_some_and(|kind| kind.starts_with("array"))
    }

    /// It holds other values: a list, a map, an object.
    fn holds(&self) -> bool {
        self.is_list() || matches!(self.shape, Shape::Object | Shape::Map | Shape::MapOfArrays)
    }

    /// It holds fields of its own.
    fn is_nested(&self) -> bool {
        !matches!(self.shape, Shape::Scalar | Shape::Unknown)
    }

    /// The tokens of some parts.
    fn parts(&self, wanted: &'static [Part]) -> impl Iterator<Item = &[Token<'d>]> {
        let parts = self.parts.iter().filter(|(part, _)| wanted.contains(part));
        parts.map(|(_, range)| self.tokens.get(range.clone()).unwrap_or(&[]))
    }

    /// The words of some tokens, and why they are no fact.
    fn doubt(&self, why: &'static str, tokens: &[Token<'_>], lost: bool) -> Unclear {
        let from = tokens.first().map_or(0, |token| token.at);
        let to = tokens.last().map_or(from, |token| token.end);
        let words = short(self.text.get(from..to).unwrap_or(""));
        Unclear { lost, why, words }
    }
}

/// How many characters a word has that no sentence is made of: `gauge-0123`.
fn shown(token: &Token<'_>) -> Option<usize> {
    let has = |is: fn(char) -> bool| token.text.contains(is);
    let is_one = matches!(token.kind, Kind::Word | Kind::Quoted) && token.word.is_none();
    let is_one = is_one && has(|it| it.is_ascii_digit()) && has(|it| !it.is_ascii_digit());
    is_one.then(|| token.text.chars().count())
}

/// The unit of a field: behind the word for one, as "Unit: second", or "…, in MB".
fn unit(tokens: &[Token<'_>]) -> Option<Unit> {
    let is_label = |token: &Token<'_>| Term::UnitLabel.is(&token.text.to_lowercase());
    (0..tokens.len()).find_map(|at| {
        let found = tokens.get(at).and_then(measured_in)?;
        let behind = tokens.to(at).tail(3).after_last(Token::is_end);
        let is_in = behind.last().is_some_and(|it| it.text == "in")
            && tokens.get(at + 1).is_none_or(Token::parts_clauses);
        (is_in || behind.iter().any(is_label)).then_some(found)
    })
}

/// The unit of time, or of an amount of data, that a token is.
fn measured_in(token: &Token<'_>) -> Option<Unit> {
    let text = token.is(Word::Unit).then(|| token.text.to_lowercase())?;
    // "MB/s".
    Unit::of(text.strip_suffix("/s").unwrap_or(&text))
}

/// Adds to a field what its row's words say.
pub(super) fn describe(row: &Row<'_>, responses: bool, field: &mut FieldFacts) {
    let type_ = row.type_.as_ref().map(|(name, _)| plain(name));
    let type_ = type_.unwrap_or_default();
    let mut doubt = |lost, why| {
        let words = String::new();
        field.unclear.push(Unclear { lost, why, words });
    };
    let long = |read: &Read<'_>| read.text.text.len() > MAX_DESCRIPTION;
    let in_cases = || {
        let mut said = row.description.iter().chain(&row.remarks);
        said.any(|read| !long(read) && tells_case(&read.text.text))
    };
    let why = match row.required.0 {
        Required::Conditional => Some("it must be given in some cases only"),
        Required::No if in_cases() => Some("it must be given in some cases only"),
        Required::Yes if in_cases() => Some(MARKED_IN_CASES),
        _ => None,
    };
    if let Some(why) = why {
        doubt(false, why);
    }
    if row.description.as_ref().is_some_and(long) {
        doubt(true, "the description is too long to be looked through");
    }
    let read = |cell: &Option<Read<'_>>, label: Part, field: &mut FieldFacts| {
        let Some(read) = cell.as_ref().filter(|read| !long(read)) else {
            return;
        };
        let text = text::tidy(&read.text.text);
        let mut of = Described::new(row, &type_, &text, responses && label.is_none());
        if label.is_some() {
            of.parts = vec![(label, 0..of.tokens.len())];
        }
        mine(&of, &read.source, field);
    };
    read(&row.description, None, field);
    let mut remarks = row.remarks.iter();
    let marked = remarks.find(|read| is_marked_deprecated(&read.text.text));
    if let (Some(read), None) = (marked, &field.deprecated) {
        field.deprecated = Some(Fact::new(true, read.source.clone()));
    }
    field.secret = Fact::maybe(is_secret(&row.name).then_some(true), &row.named);
    // A column of its own for defaults or values leads over the description.
    for (cell, part) in [
        (&row.default, Some(Word::Default)),
        (&row.range, Some(Word::Range)),
    ] {
        let mut alone = FieldFacts::default();
        read(cell, part, &mut alone);
        field.default = alone.default.or(field.default.take());
        field.enum_values = alone.enum_values.or(field.enum_values.take());
        for (own, told) in [
            (alone.lengths, &mut field.lengths),
            (alone.ranges, &mut field.ranges),
        ] {
            if !own.is_empty() {
                *told = own;
            }
        }
    }
}

/// The rules of a password that a description tells, without a row around it.
#[must_use]
pub fn password_rules(description: &str) -> Option<PasswordRules> {
    let short = Some(description).filter(|it| it.len() <= MAX_DESCRIPTION)?;
    let text = text::tidy(short);
    password::rules(&Described::of_text(&text), &mut Vec::new())
}

/// Whether words are the label of a part of a description, and no more.
#[must_use]
pub fn is_part_label(words: &str) -> bool {
    let text = text::tidy(words.trim_matches(|it: char| it == '*' || it.is_whitespace()));
    matches!(text::tokens(&text).as_slice(), [one] if parts::label(one).is_some())
}

/// Whether a description says that there is no default: with a label, and words for nothing.
#[must_use]
pub fn says_no_default(description: &str) -> bool {
    says_none(description, &[Some(Word::Default)])
}

/// Whether a description says that neither values nor bounds are given.
#[must_use]
pub fn says_no_values(description: &str) -> bool {
    says_none(description, &[Some(Word::Range), Some(Word::Options)])
}

fn says_none(description: &str, parts: &'static [Part]) -> bool {
    let text = text::tidy(description);
    let of = Described::of_text(&text);
    let is_short = description.len() <= MAX_DESCRIPTION;
    is_short
        && of.parts(parts).any(|part| {
            let is_said = part.iter().any(|token| !token.is_end());
            is_said && parts::says_nothing(of.text, part)
        })
}

/// Adds to a field what a description says.
fn mine(of: &Described<'_>, said: &FactSource, field: &mut FieldFacts) {
    let mut unclear = std::mem::take(&mut field.unclear);
    field.deprecated = Fact::maybe(flags::deprecated(of).then_some(true), said);
    field.nullable = Fact::maybe(flags::nullable(of).then_some(true), said);
    let secret = flags::is_password(of.name);
    // Whatever list a secret's words have, they are not the values of it.
    if !is_secret(of.name) {
        field.enum_values = Fact::maybe(noting(values::values(of), &mut unclear), said);
    }
    if !of.responses {
        field.default = Fact::maybe(noting(defaults::default(of), &mut unclear), said);
        refuse_odd_default(of, field, &mut unclear);
        if secret {
            field.password = Fact::maybe(password::rules(of, &mut unclear), said);
        }
    }
    let bounds = bounds::bounds(of, secret);
    let facts = |all: Vec<Bounds>| {
        let facts = all.into_iter().map(|one| Fact::new(one, said.clone()));
        facts.collect::<Vec<_>>()
    };
    field.lengths = facts(bounds.lengths);
    field.ranges = facts(bounds.ranges);
    settle_ends(field);
    if let Some(items) = bounds.items {
        let [min, max] = [items.min, items.max].map(|end| end?.parse::<u64>().ok());
        field.max_items = Fact::maybe(max, said);
        let min = min.filter(|min| *min > 0).map(serde_json::Value::from);
        say(field, "minItems", min, said);
    }
    say(field, "pattern", pattern::pattern(of), said);
    let bounded = !(field.lengths.is_empty() && field.ranges.is_empty());
    let doubted = field.enum_values.is_none() && field.max_items.is_none();
    unclear.extend(bounds.unclear.filter(|_| doubted));
    unclear.extend(bounds.of_items);
    unclear.retain(|found| !bounded || found.why != "the allowed values cannot be read");
    field.unclear = unclear;
}

/// Adds a keyword of definitions that a description says.
fn say(field: &mut FieldFacts, keyword: &str, value: Option<serde_json::Value>, said: &FactSource) {
    let found = Fact::maybe(value, said).map(|fact| (keyword.to_owned(), fact));
    field.keywords.extend(found);
}

/// Of two values that are the ends of a range, one of the two is meant: a list of neighbours as
/// "- 1 - 2", or a range whose ends are explained, as "0-100, 0: never, 100: always".
fn settle_ends(field: &mut FieldFacts) {
    let (Some(listed), [range]) = (&field.enum_values, field.ranges.as_slice()) else {
        return;
    };
    let ends = range.value.min.as_ref().zip(range.value.max.as_ref());
    let ends = ends.filter(|(min, max)| {
        listed.value.len() == 2 && listed.value.contains(min) && listed.value.contains(max)
    });
    let numbers =
        ends.and_then(|(min, max)| Some((min.parse::<i64>().ok()?, max.parse::<i64>().ok()?)));
    match numbers {
        Some((min, max)) if min + 1 == max => field.ranges.clear(),
        Some(_) => field.enum_values = None,
        None => {}
    }
}

/// Takes back a default that is none of the allowed values: one of the two is not what was meant.
fn refuse_odd_default(of: &Described<'_>, field: &mut FieldFacts, unclear: &mut Vec<Unclear>) {
    let allowed = field.enum_values.as_ref().map(|fact| &fact.value);
    let text = field.default.as_ref().and_then(|fact| fact.value.as_str());
    let is_odd = |(text, allowed): (&str, &Vec<String>)| {
        !text.is_empty() && allowed.iter().all(|value| value != text)
    };
    if text.zip(allowed).is_some_and(is_odd) {
        field.default = None;
        let why = "the default is none of the allowed values";
        unclear.push(of.doubt(why, &of.tokens, true));
    }
}

/// "a maximum of 255 bytes", "不能超过256个字符", in a sentence outside of tables.
pub(super) fn greatest_length(sentence: &str) -> Option<Bounds> {
    let text = text::tidy(sentence);
    let of = Described::of_text(&text);
    let all = said(&of, &of.tokens, false);
    let lengths = all.iter().filter(|said| said.measure == Measure::Length);
    settle(lengths).filter(|bounds| bounds.max.is_some())
}

/// Notes on the page what of its descriptions is no fact.
pub(super) fn note_unclear(facts: &mut Facts) {
    let mut found = Vec::new();
    for field in facts.fields() {
        let description = field.description.as_ref();
        let Some(said) = description.and_then(|said| said.sources.first()) else {
            continue;
        };
        for Unclear { lost, why, words } in &field.unclear {
            let words = match words.as_str() {
                "" => format!("{}: {why}", field.path),
                words => format!("{}: {why}: \"{words}\"", field.path),
            };
            found.push((*lost, (words, said.lines)));
        }
    }
    for (lost, entry) in found {
        let list = match lost {
            true => &mut facts.unreadable,
            false => &mut facts.left_out,
        };
        if !list.contains(&entry) {
            list.push(entry);
        }
    }
}
