//! The allowed values.
//!
//! Values are announced ("The value can be …", "Options:"), or they stand in a list that explains
//! them. A list is read in whatever shape it has: bullets, lines, a series, sentences, words one
//! after the other; but it is read whole or not at all.

mod grouped;
mod item;
mod list;
mod series;
mod unannounced;

use std::collections::{HashMap, HashSet};

use self::grouped::grouped;
use self::item::{How, Item, is_placed};
use self::list::{Announced, listed};
use self::unannounced::unannounced;
use super::bounds::bounds;
use super::parts::{Part, says_nothing};
use super::text::{Kind, Run, SENTENCE, Slice, Token};
use super::words::number;
use super::{Described, Outcome};
use crate::facts::Unclear;
use crate::vocabulary::lexicon::Word::{self, *};
use crate::vocabulary::{Meaning, Term};

/// The values a description allows.
pub(super) fn values(of: &Described<'_>) -> Outcome<Vec<String>> {
    // "It contains the following fields: …".
    let holds = |words: &[Token<'_>]| {
        words.word_at(0, &[Is, Contain])
            && words.word_at(1, &[Following])
            && words.word_at(2, &[Itself, Another])
    };
    // "Array", of whatever: where values are announced, they are those of its items.
    let bare = of.is_list() && of.type_.chars().all(char::is_alphabetic);
    let nested = of.is_nested() && !bare;
    if of.is_boolean() || nested || of.tokens.windows(3).any(holds) {
        return Ok(None);
    }
    // "Length of the ID. The value is 36."
    let is_length = |found: &Vec<String>| {
        let [only] = found.as_slice() else {
            return false;
        };
        of.is_text() && of.tokens.has(&[Length]) && number(only).is_some()
    };
    let (mut unclear, mut only) = (None, None);
    let ranges = of
        .parts(&[Some(Range)])
        .map(|tokens| (tokens, Announced::Label));
    // A list on lines of its own leads over one in a sentence, which may explain more than it lists.
    let explicit = |tokens: &&[Token<'_>]| tokens.mark_at(0, &['\n']);
    let all = || of.parts(&[Some(Options)]);
    let options = all().filter(explicit);
    let options = options.chain(all().filter(move |tokens| !explicit(tokens)));
    let options = options.map(|tokens| (tokens, Announced::Options));
    let pieces = &pieces(of);
    let sentences = of.parts(PROSE).flat_map(|tokens| {
        let mut stops = (0..tokens.len()).filter(|at| tokens[*at].is_end());
        let stops = stops.nth(1).unwrap_or(tokens.len());
        let is_free = |at: &usize| !is_of_pattern(pieces, tokens.sentence_to(*at));
        let found = move |at: usize| announcement(of, tokens, stops, at);
        (0..tokens.len()).filter_map(move |at| found(at).filter(|_| is_free(&at)))
    });
    for (tokens, how) in ranges.chain(options).chain(sentences) {
        if says_nothing(of.text, tokens) {
            continue;
        }
        if !of.may_look(tokens) {
            break;
        }
        let items = listed(tokens, how, of.is_chinese).or_else(|| grouped(of, tokens, true));
        if items.as_ref().is_some_and(|items| is_no_list(of, items)) {
            unclear = unclear.or_else(|| Some(no_list(of, tokens)));
            continue;
        }
        let is_one_of_more = |items: &Vec<Item<'_>>| match items.as_slice() {
            [one] => one.how == How::Stated && told_twice(of),
            _ => false,
        };
        let found = items
            .filter(|items| !is_one_of_more(items))
            .and_then(|items| settled(of, items))
            .filter(|found| !names_fields(found, how, tokens))
            .filter(|found| !is_length(found));
        match found {
            Some(values) if counted(tokens).is_some_and(|count| count != values.len()) => {
                return Err(of.doubt(
                    "the number of the values that are listed is another than is said",
                    tokens.upto(Token::is_end),
                    true,
                ));
            }
            Some(_) if of.is_text() && of.tokens.has(&[Separated]) => {
                let line = tokens.upto(Token::is_end);
                return Err(of.doubt("several of the values stand in one text", line, false));
            }
            // Values may be those of a case: where others are told elsewhere, none are of the field.
            Some(values) if !matches!(how, Announced::Label | Announced::Options) => {
                let known = only.get_or_insert_with(|| values.clone());
                let is_part =
                    |part: &[String], all: &[String]| part.iter().all(|it| all.contains(it));
                if is_part(known, &values) {
                    *known = values;
                } else if how == Announced::Value && !is_part(&values, known) {
                    let line = tokens.upto(Token::is_end);
                    return Err(of.doubt("it has some values here and others there", line, false));
                }
            }
            Some(values) => return Ok(Some(fuller(of, only.unwrap_or(values)))),
            None => unclear = unclear.or_else(|| doubt(of, tokens, how)),
        }
    }
    if let Some(values) = only {
        return Ok(Some(fuller(of, values)));
    }
    match explained(of) {
        Some(found) if !found.is_empty() && reach_bounds(of, &found) => return Ok(Some(found)),
        Some(_) => unclear = unclear.or_else(|| Some(no_list(of, &of.tokens))),
        None => {}
    }
    if of.fuel.get() == 0 {
        let start = of.tokens.get(..8).unwrap_or(&[]);
        return Err(of.doubt("too long to be looked through for values", start, true));
    }
    unclear.map_or(Ok(None), Err)
}

/// "0: it falls, 1: it rises. Minimum: 0 Maximum: 3": whether numbers that are explained are all that
/// bounds leave room for, as far as the ends tell.
fn reach_bounds(of: &Described<'_>, found: &[String]) -> bool {
    let ranges = bounds(of, false).ranges;
    let ends = ranges.iter().flat_map(|range| [&range.min, &range.max]);
    !of.is_number() || ends.flatten().all(|end| found.contains(end))
}

/// Whether a text says more than once what the value is, or means: "取值为0，表示…。取值为1，表示…".
fn told_twice(of: &Described<'_>) -> bool {
    let twice = |word| of.tokens.iter().filter(|it| it.is(word)).nth(1).is_some();
    twice(Value) || twice(Means) || of.tokens.has(&[Or, Default])
}

/// What seems a list and is none of values, or not whole.
fn no_list(of: &Described<'_>, tokens: &[Token<'_>]) -> Unclear {
    let line = tokens.trim_start(Token::is_end).upto(Token::is_end);
    of.doubt(
        "what seems a list of values is none that can be read",
        line,
        false,
    )
}

/// Whether what seems a list says which fields to give, or whether to: "the value is tide_id", "only
/// either tide_id or gate_id can be specified", "it can be passed or not".
fn names_fields(found: &[String], how: Announced, tokens: &[Token<'_>]) -> bool {
    let is_name = |text: &String| text.contains('_');
    let given = tokens.to(SENTENCE).upto(Token::is_end).has(&[Given]);
    let alone = matches!(found, [only] if only.ends_with("_id")) && how == Announced::Value;
    let named = found.iter().all(is_name) && (alone || given && how != Announced::Options);
    named || matches!(found, [first, last] if last == "not" && first.ends_with("ed"))
}

/// The parts that sentences about values stand in.
const PROSE: &[Part] = &[None, Some(Definition), Some(Range), Some(Options)];

/// What may announce a list.
const ANNOUNCING: &[Word] = &[
    Options, Range, Value, Fixed, Only, Is, OneOf, Following, Supported,
];

/// What stands between an announcement and its list.
const MARKS: &[char] = &[':', '\n', '(', '['];
const JOINTS: &[Word] = &[Is, Following, OneOf, Fixed, Only, Supported];

/// The values of a list that nothing announces; none of one that cannot be read. "0: begun, 1: done" are
/// the ends of a fraction, and what an example is put together from are its parts.
fn explained(of: &Described<'_>) -> Option<Vec<String>> {
    if of.is_nested() {
        return None;
    }
    let example = of.tokens.lead(|token| !token.is(Example));
    let begins = of.tokens.to(example).behind_last(Token::is_end);
    let begins = if example < of.tokens.len() {
        begins
    } else {
        example
    };
    let examples = || of.tokens.from(begins).iter().map(|token| token.text);
    let fraction = of.kind.as_deref() == Some("number");
    let is_apart = |found: &Vec<String>| {
        let whole = |text: &str| {
            let within = |part: &String| text != part && text.contains(part.as_str());
            found.iter().all(within)
        };
        // "1-7, 1 is Monday and 7 is Sunday".
        let [first, last] = found.as_slice() else {
            return examples().any(whole);
        };
        let spans = |(at, token): (usize, &Token<'_>)| {
            token.text == first
                && of.tokens.is_at(at + 2, |end| end.text == last && end.glued)
                && of.tokens.mark_at(at + 1, &['-', '~'])
        };
        fraction || of.tokens.iter().enumerate().any(spans) || examples().any(whole)
    };
    // Right behind "parameter description" stand the parts of a value.
    let listed = |tokens: &&[Token<'_>]| {
        tokens
            .trim_start(|token| token.is_mark('\n'))
            .mark_at(0, &['•'])
    };
    let definition = of
        .parts(&[Some(Definition)])
        .filter(|tokens| !listed(tokens));
    let mut parts = definition.chain(of.parts(&[None, Some(Range), Some(Options)]));
    parts.find_map(|tokens| {
        let found = unannounced(of, tokens).or_else(|| grouped(of, tokens, false));
        let found = found?;
        if is_no_list(of, &found) {
            return Some(Vec::new());
        }
        settled(of, found).filter(|found| !is_apart(found))
    })
}

/// How many values are said to follow: "3种", "the following 3".
fn counted(tokens: &[Token<'_>]) -> Option<usize> {
    let words =
        tokens.lead(|token| token.is_han() || token.word.is_some() || token.kind == Kind::Number);
    (0..words).find_map(|at| {
        let count = tokens[at].text.parse().ok()?;
        let said = tokens.word_at(at + 1, &[Kinds])
            || at > 0 && tokens.word_at(at - 1, &[Following]) && !tokens.mark_at(at + 1, &[',']);
        said.then_some(count)
    })
}

/// The values of a sentence, or of a list besides that explains them and more; one value beside a list
/// is of one of its cases.
fn fuller(of: &Described<'_>, values: Vec<String>) -> Vec<String> {
    let fuller = |more: &Vec<String>| {
        more.len() > values.len()
            && (values.len() == 1 || values.iter().all(|value| more.contains(value)))
    };
    explained(of).filter(fuller).unwrap_or(values)
}

/// The values of a list, each once; for a number numbers alone, without the unit they share.
fn settled(of: &Described<'_>, items: Vec<Item<'_>>) -> Option<Vec<String>> {
    let first = items.first()?.value;
    let shared = first.trim_start_matches(|c: char| c.is_ascii_digit());
    let (mut out, mut known) = (Vec::with_capacity(items.len()), HashSet::new());
    for item in items {
        let mut value = number(item.value).unwrap_or_else(|| item.value.to_owned());
        if of.is_number() && value.parse::<f64>().is_err() {
            let digits = value.strip_suffix(shared)?;
            digits.parse::<u64>().ok()?;
            value = digits.to_owned();
        }
        if known.insert(value.clone()) {
            out.push(value);
        }
    }
    (!out.is_empty()).then_some(out)
}

/// Whether a list shows that it is none of values: by the name of the field, what stands for any value,
/// signs from one to another, or values that ran into each other.
fn is_no_list(of: &Described<'_>, items: &[Item<'_>]) -> bool {
    let values = items.iter().map(|item| item.value);
    let capitals: HashSet<&str> = values
        .clone()
        .filter(|it| it.starts_with(char::is_uppercase))
        .collect();
    let is_none = |text: &str| {
        let small = text.to_ascii_lowercase();
        let any =
            text.len() > 1 && small.bytes().all(|sign| sign == b'x') || small.contains("yyyy");
        let signs = text.len() == 3 && text.get(1..2) == Some("-");
        let mut digits = text.match_indices(|c: char| c.is_ascii_digit());
        let ran_in = digits.any(|(at, _)| capitals.contains(&text[at + 1..]));
        any || signs || ran_in || text.eq_ignore_ascii_case(of.name)
    };
    // "Value range: String (128)".
    let is_type = |text| Term::WrittenType.words().any(|it| it == text);
    items.len() == 1 && values.clone().any(is_type) || values.clone().any(is_none)
}

/// What was announced and is no list that can be read: told when it looks like one.
fn doubt(of: &Described<'_>, tokens: &[Token<'_>], how: Announced) -> Option<Unclear> {
    let start = tokens.lead(|token| token.is_end() || token.is_mark(':'));
    let line = tokens.from(start).upto(Token::is_end);
    // "It can be the name of a gate or a part of it": of no list.
    let joint = line.lead(|token| token.is_any(JOINTS));
    let described = !of.is_chinese && line.word_at(joint, &[Filler]);
    let clear = matches!(how, Announced::Label | Announced::Options)
        || how == Announced::Value && line.has(&[Or]) && !described;
    if !clear {
        return None;
    }
    if line.first()?.is(See) {
        // What comes back may have any value: that its list is elsewhere asks nobody for anything.
        let elsewhere = || of.doubt("the allowed values stand elsewhere", line, false);
        return (!of.responses).then(elsewhere);
    }
    let items =
        tokens.to(start).has_mark(&['•']) && tokens.from(start + line.len()).to(2).has_mark(&['•']);
    let parted = items || line.from(1).has(&[Or]) || line.has_mark(&[',', '、', '|']);
    let bounds = line.has(&[Signs, AtMost, AtLeast, Less, Greater, Length, Characters])
        || !of.is_number() && line.iter().any(|token| token.kind == Kind::Number);
    (parted && !bounds).then(|| of.doubt("the allowed values cannot be read", line, true))
}

/// Whether values are announced at a token: what follows, and how; with the place of the second stop.
fn announcement<'a, 't>(
    of: &Described<'_>,
    tokens: &'a [Token<'t>],
    stops: usize,
    at: usize,
) -> Option<(&'a [Token<'t>], Announced)> {
    let token = tokens.get(at)?;
    let word = token.word.filter(|_| token.is_any(ANNOUNCING))?;
    let before = tokens.sentence_to(at);
    let mut rest = tokens.from(at + 1);
    // Of a case, of an example, of something else than the value.
    let clause = before.clause();
    let opens = |at: usize| before.before(at).is_none_or(Token::parts_clauses);
    let noun = |at: usize| before.mark_at(at + 1, &[',', ':']);
    // "若填写则为…": that there is a value is no case.
    let case = |at: usize| before.word_at(at, &[For, If]) && !before.word_at(at + 1, &[Given]);
    let opening = (0..before.len()).any(|at| case(at) && opens(at) && !noun(at));
    let within = (before.len() - clause.len()..before.len()).any(case);
    // "水位为ebb或flood时, …", "水位为“ebb”时才有".
    let sentence = rest.to(SENTENCE).upto(Token::is_end);
    let told = sentence.upto(|token| token.is_mark(','));
    let when = (1..told.len())
        .any(|at| told[at].text == "时" && (at + 1 == told.len() || !told[at - 1].is_han()));
    // "退潮时水位为ebb", "By default, it is set to ebb": one value of one case.
    let one = told.trim_start(|token| token.is_any(JOINTS)).len() == 1;
    let barred = opening
        || one
            && !token.is_any(&[Fixed, Only])
            && before
                .iter()
                .any(|token| token.is(Default) || token.text == "时")
        || when
        || within
        || before.has(&[Example, See, Specials, Signs, Returned, Usually])
        || rest.word_at(0, &[Format])
        || is_of_part(before)
        || clause.has(&[
            Length, Count, Default, Not, Minimum, Maximum, AtMost, AtLeast, Note, Format,
        ])
        || before
            .iter()
            .any(|token| token.is(System) && !token.text.eq_ignore_ascii_case("id"));
    // "gauge_id的值为": of another field. "The format is": of no values.
    let owner = before
        .trim_end(|token| token.is_any(&[Filler, Value]))
        .last();
    let another = owner.is_some_and(|owner| {
        owner.kind == Kind::Word
            && !of.names(owner.text)
            && if of.is_chinese {
                !owner.is_any(&[Options, Range, Value, Another])
            } else {
                owner.word.is_none() && is_identifier(owner.text)
            }
    });
    // "Redis: …取值为": of one case of a list.
    let headed = (0..before.len()).any(|at| {
        before.mark_at(at + 1, &[':'])
            && before.is_at(at, |head| head.kind == Kind::Word && head.word.is_none())
    });
    // "The value can be obtained from the console or by calling an API".
    let used = rest.trim_start(|token| token.is_any(JOINTS));
    let used = used.is_at(0, |it| it.text.ends_with("ed"))
        && used.word_at(1, &[From, For, If, To, Filler]);
    // "The value must be unique": of no list.
    let near = rest.to(SENTENCE / 16);
    let joint = near.lead(|token| token.is_any(JOINTS));
    let must = |token: &Token<'_>| token.text.eq_ignore_ascii_case("must be");
    let demanded = near.to(joint).iter().any(must)
        && near.get(joint).is_some_and(is_small)
        && !sentence.has(&[Or]);
    // "Set it to the value of tide_id".
    let field = near.lead(|token| token.is_any(JOINTS) || token.is_any(&[Value, Filler]));
    let other =
        near.to(field).has(&[Value]) && near.to(field).last().is_some_and(|last| last.text == "of");
    if demanded || other || used || barred || headed || another || rest.is_empty() {
        return None;
    }
    let text = token.text.to_lowercase();
    let valued = before.has(&[Value]);
    // "A tide type can be": the noun is that of the name.
    let named = before.last().is_some_and(|noun| {
        let name = of.name.to_lowercase();
        noun.text.len() > 2 && name.ends_with(&noun.text.to_lowercase())
    });
    let valued = valued || named && text.ends_with(" be");
    let of_field = valued || before.has(&[Itself]);
    // "Possible tides are EBB and FLOOD", "支持的水流：EBB": of which noun does not matter.
    let noun = noun_led(token, rest);
    let announced = match word {
        Options if token.is_han() || rest.mark_at(0, MARKS) || rest.word_at(0, JOINTS) => {
            Announced::Options
        }
        Range if rest.mark_at(0, MARKS) => Announced::Label,
        Value if rest.mark_at(0, MARKS) => Announced::Options,
        Range | Value if token.is_han() || rest.word_at(0, JOINTS) => Announced::Value,
        // "A fixed body is returned": the word before a noun says nothing of the value.
        Fixed if text == "fixed" && !rest.mark_at(0, MARKS) && is_small(&rest[0]) => return None,
        Fixed | Only if text.contains("fix") || word == Only && of_field => Announced::Fixed,
        Only if only_one(before, sentence) => Announced::Fixed,
        // "Only ebb is returned" while it ebbs.
        Only if sentence.has(&[Returned]) => return None,
        // "仅tide为“ebb”时有效": what is something is a field.
        Only if rest.is_at(0, |next| next.kind == Kind::Word) && rest.word_at(1, &[Is]) => {
            return None;
        }
        // "Gauges of this kind only have …": of others too.
        Fixed | Only if of.is_chinese || before.is_empty() => Announced::Only,
        Set if before.is_empty() => Announced::Fixed,
        // "…, which can be ebb or flood", not "which can be changed or deleted".
        Is if before.last().is_some_and(|last| last.text == "which") && text.ends_with(" be") => {
            let done = |token: &Token<'_>| token.word.is_some() || token.text.ends_with("ed");
            let ends = |token: &Token<'_>| done(token) || token.is_mark(',');
            if sentence.iter().all(ends) {
                return None;
            }
            Announced::Value
        }
        Is | Set if !of.is_chinese && (valued || of_field && word == Set) => Announced::Value,
        Is | Set if clause.has(&[Must]) => return None,
        Is | Set | OneOf | Following => Announced::Sentence,
        Supported if before.has(&[Must]) => return None,
        Supported if noun.is_some() => {
            rest = rest.from(noun?);
            if token.is_han() {
                Announced::Options
            } else {
                Announced::Sentence
            }
        }
        // What is supported further down is told of something else.
        Supported if at > stops => {
            return None;
        }
        Supported if of.is_chinese && (is_placed(rest, 0) || !rest.word_at(0, &[System])) => {
            Announced::Sentence
        }
        _ => return None,
    };
    // In one item of several only what names the value speaks for all.
    let line_or_item = |token: &Token<'_>| matches!(token.kind, Kind::Mark('\n' | '•'));
    let before = tokens.to(at).trim_end(|token| !line_or_item(token));
    let item = before.ends_in_mark('•');
    (announced != Announced::Sentence || !item).then_some((rest, announced))
}

/// "BYDAY", "tide_kind": the name of something, and no noun.
fn is_identifier(text: &str) -> bool {
    text.contains('_') || text.len() > 2 && text.chars().all(|c| c.is_ascii_uppercase())
}

/// A word in small letters, which is a noun as often as a value.
fn is_small(token: &Token<'_>) -> bool {
    token.kind == Kind::Word && token.text.chars().all(|c| c.is_ascii_lowercase())
}

/// "其中编码包括…": of a part of the value.
fn is_of_part(sentence: &[Token<'_>]) -> bool {
    sentence.iter().any(|token| token.text == "其中")
}

/// The pieces of the patterns that sentences about a format give, and where: "hh" and "mm" of "hh:mm".
fn pieces<'d>(of: &Described<'d>) -> HashMap<&'d str, usize> {
    let mut out = HashMap::new();
    let formats = of
        .tokens
        .split(Token::is_end)
        .filter(|it| it.has(&[Format]));
    for token in formats.flatten() {
        let pieces = token.text.split(|c: char| !c.is_alphanumeric());
        for piece in pieces.filter(|it| !it.is_empty()) {
            out.entry(piece).or_insert(token.at);
        }
    }
    out
}

/// "The format is hh:mm. … mm can be 00 or 30": whether a sentence is about a piece of a pattern before it.
fn is_of_pattern(pieces: &HashMap<&str, usize>, sentence: &[Token<'_>]) -> bool {
    let begins = sentence.first().map_or(0, |first| first.at);
    let is_piece = |token: &Token<'_>| {
        let is_word = token.kind == Kind::Word && token.word.is_none();
        is_word && pieces.get(token.text).is_some_and(|at| *at < begins)
    };
    !pieces.is_empty() && sentence.iter().any(is_piece)
}

/// How many words name what is possible, before what joins them and the values.
fn noun_led(adjective: &Token<'_>, rest: &[Token<'_>]) -> Option<usize> {
    let noun = rest.lead(|token| match token.kind {
        Kind::Word => token.word.is_none_or(|word| word == Kinds),
        Kind::Han => token.word.is_none_or(|word| word == Kinds || word == Means),
        _ => false,
    });
    let joined = rest.mark_at(noun, &[':']) || !adjective.is_han() && rest.word_at(noun, &[Is]);
    let attributive = !adjective.is_han() || adjective.text.ends_with('的');
    (attributive && joined && (1..=3).contains(&noun)).then_some(noun)
}

/// "Only ebb is supported", "The only value is ebb".
fn only_one(before: &[Token<'_>], sentence: &[Token<'_>]) -> bool {
    let supported = sentence.ends_in(&[Supported]);
    // "Currently, only ebb is supported".
    let now = |token: &Token<'_>| token.is(Supported) || token.is_mark(',');
    before.iter().all(now) && supported
        || before.iter().all(|token| token.is(Filler)) && sentence.word_at(0, &[Value])
}
