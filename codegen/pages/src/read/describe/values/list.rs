//! Lists of values that words announce.

use super::item::{How, Item, begins_with_case, dashed, is_placed, item, sole, value};
use super::series::{Series, inside_brackets, series, told, turned, words};
use crate::read::describe::text::{Kind, Run, Slice, Token};
use crate::vocabulary::lexicon::Word::*;

/// What stands before a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Announced {
    /// The label of a part.
    Label,
    /// A word for nothing but values, or a label in a sentence.
    Options,
    /// "The value is …".
    Value,
    /// "The gate can be …": what follows may be anything.
    Sentence,
    /// "only …": one value will do.
    Only,
    /// "The value is fixed to …": the same, and any word will do.
    Fixed,
}

/// The list behind an announcement, in a text that is Chinese or not.
pub(super) fn listed<'t>(
    tokens: &[Token<'t>],
    how: Announced,
    chinese: bool,
) -> Option<Vec<Item<'t>>> {
    let label = matches!(how, Announced::Label | Announced::Options);
    let all = tokens;
    let tokens = behind_colon(tokens, chinese);
    let joins = |token: &Token<'_>| {
        token.kind != Kind::Quoted
            && token.is_any(&[
                Is, Following, OneOf, Value, Options, Only, Fixed, Range, Filler,
            ])
            || token.is_han() && token.is_any(&[Supported, Means, Kinds])
            || how == Announced::Fixed && token.is(Kinds)
            || token.is_mark(':')
    };
    // "如下3种".
    let counted = |at: usize| {
        let number = tokens.is_at(at, |token| token.kind == Kind::Number);
        number && tokens.is_at(at + 1, |next| next.is_han() && next.is(Kinds))
    };
    let joint =
        |at: &usize| tokens.get(*at).is_some_and(joins) && !is_placed(tokens, *at) || counted(*at);
    let skipped = (0..tokens.len()).take_while(joint).count();
    let only =
        matches!(how, Announced::Only | Announced::Fixed) || tokens.to(skipped).has(&[Only, Fixed]);
    let joined = skipped > 0;
    let tokens = tokens.from(skipped);
    let label = label || all.to(all.len() - tokens.len()).has(&[Following]);
    // "包含如下2种。 - EBB".
    let tokens = tokens.from(usize::from(
        joined && tokens.mark_at(0, &['.']) && tokens.mark_at(1, &['•', '\n']),
    ));
    let first = tokens.first()?;
    let speech = first.is_any(&[Not, Length, From, See, AtMost, AtLeast]);
    if speech && !(is_placed(tokens, 0) || chinese && first.kind == Kind::Word)
        || tokens.mark_at(0, &[',', '、', '.', ';'])
    {
        return None;
    }
    let blank = tokens.lead(|token| token.is_mark('\n'));
    let tokens = tokens.from(blank);
    let joined = joined && !tokens.from(1).has(&[Value, If]);
    let listed = tokens.mark_at(0, &['•']);
    let found = if listed {
        bullets(tokens)?
    } else {
        let line =
            inside_brackets(tokens).upto(|token| matches!(token.kind, Kind::Mark('\n' | '•')));
        // "(only EBB, FLOOD): …" ends with its bracket.
        let depth = line.first().map_or(0, |first| first.depth);
        let line = line.upto(|token| token.depth < depth);
        let lines = || by_lines(tokens);
        // "Only EBB and FLOOD are supported".
        let line = if only { line.upto(Token::is_end) } else { line };
        (blank > 0)
            .then(lines)
            .flatten()
            .or_else(|| inline(line, how, only, chinese))
            .or_else(|| single(line, how, only, chinese, joined))
            .or_else(|| (blank == 0 && !only).then(lines).flatten())
            .or_else(|| alone(line, label, chinese, blank > 0).filter(|_| !more_lines(tokens)))?
    };
    let every = |is: fn(&Item<'_>) -> bool| found.iter().all(is);
    // What stands in items behind a word for values is one, whatever it is and alone or not.
    let explicit =
        listed && (how == Announced::Options || how == Announced::Value && !more_lines(tokens));
    let certain = match how {
        _ if explicit => true,
        _ if every(|item| item.placed) => false,
        _ if chinese => true,
        Announced::Sentence => {
            every(|item| matches!(item.how, How::Marked | How::Remark) || item.loud && !item.known)
        }
        Announced::Only => every(|item| item.loud),
        _ => true,
    };
    // Of a list of one the rest may be lost.
    let explained = !listed && every(|item| matches!(item.how, How::Marked | How::Stated));
    let more = tokens.has_mark(&['•']);
    let told = how == Announced::Value && !more;
    let named = label || told && (chinese || every(|item| item.loud));
    let ended = !more_lines(tokens) && chinese;
    let whole = found.len() > 1
        || only
        || explicit
        || named && (!listed && blank == 0 || ended)
        || explained;
    // "Letters, digits, and underscores": what values are made of.
    let soft = found.iter().filter(|item| item.soft).count();
    (certain && whole && (chinese || explicit || soft < found.len())).then_some(found)
}

/// Whether anything but one item and what is said besides stands in tokens.
fn more_lines(tokens: &[Token<'_>]) -> bool {
    let other = &[
        Default, Note, Format, See, If, Example, Minimum, Maximum, Itself,
    ];
    let lines = tokens.split(|token| matches!(token.kind, Kind::Mark('\n' | '•')));
    let lines = lines.filter(|line| !line.is_empty() && !line.word_at(0, other));
    lines.count() > 1
}

/// Behind the colon of an announcement that has gone on in words: "如下, 区分大小写:".
fn behind_colon<'a, 't>(tokens: &'a [Token<'t>], chinese: bool) -> &'a [Token<'t>] {
    let words = tokens.lead(|token| {
        token.is_han()
            || token.word.is_some() && !chinese && !token.is_end()
            || matches!(token.kind, Kind::Mark(',' | '(' | ')'))
    });
    let other = tokens.to(words).has(&[Default, Example, See]);
    if tokens.mark_at(words, &[':']) && !other {
        tokens.from(words + 1)
    } else {
        tokens
    }
}

/// "- EBB: it falls", one after the other.
pub(super) fn bullets<'t>(tokens: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let mut out = Vec::new();
    let slices = items_of(tokens).0;
    // Where a dash joins one value and its meaning, it may have lost its blanks in others.
    let joined = slices.iter().any(|slice| slice.mark_at(1, &['-', '•']));
    let explained = slices.iter().any(|slice| slice.mark_at(1, &[':']));
    for slice in slices {
        let first = slice.first()?;
        // "default" may be a value, "default value" is none.
        let named = first.is(Default) && first.text.is_ascii() && !first.text.contains(' ');
        let small = first.text.starts_with(|c: char| c.is_ascii_lowercase());
        let subject = slice.trim_start(|token| token.is(Filler));
        let remark = subject.word_at(0, &[Default, Note, Format, See])
            && !named
            && !small
            && slice.len() > 1;
        // "- 不填写：…": no value is one, too.
        let spoken = first.is_han() || first.is(Null) && first.kind == Kind::Word;
        let nothing = spoken && first.is_any(&[Null, Empty, Omitted]) && slice.len() > 1;
        if nothing || remark && !out.is_empty() {
            continue;
        }
        // Of "ebb tide: EBB" and "rising: FLOOD" both are turned.
        let short = slice.len() == 3 && slice.mark_at(1, &[':']);
        // "EBB或FALL（退潮）", "EBB、FALL：退潮", "EBB and FALL": two ways to write one, or several at once.
        let mut slice = slice;
        loop {
            let two = slice.word_at(1, &[Or]) || slice.mark_at(1, &['、']);
            let ends = slice.len() == 3 || slice.mark_at(3, &[':']);
            // "Rock and Roll" is one.
            let small = |text: &str| text.chars().all(|it| it.is_ascii_lowercase());
            let is_one = |it: Item<'_>| it.loud || small(it.value);
            let one = |at: usize| value(&slice[at], How::Bare).is_some_and(is_one);
            let both = slice.word_at(1, &[And]) && ends && one(0) && one(2);
            if !(two && slice.len() > 2 || both) {
                break;
            }
            let how = if both && slice.len() > 3 {
                How::Marked
            } else {
                How::Bare
            };
            out.push((value(slice.first()?, how)?, None));
            slice = slice.from(2);
        }
        let split = || dashed(first).filter(|_| joined && !slice.mark_at(1, &[':']));
        let loose = || dashed(first).filter(|_| explained);
        let found = match split().or_else(|| item(slice)).or_else(loose) {
            // "- If none is given, it rises.", "- 没有给出时, 为退潮".
            None if (first.is(If) || begins_with_case(slice)) && !out.is_empty() => continue,
            found => found?,
        };
        let turned = || value(&slice[2], How::Turned).filter(|found| found.loud);
        out.push((found, short.then(turned).flatten()));
    }
    let way = |how: How| out.iter().any(|(found, _)| found.how == how);
    let mixed = way(How::Turned) && way(How::Marked);
    let all = out.iter().map(|(found, turned)| match found.how {
        How::Marked if mixed => *turned,
        _ => Some(*found),
    });
    // "- Gauges of 3 …", "- Gauges of 9 …": what all items begin with is the noun of a sentence.
    let differ = |all: &[Item<'_>]| all.len() == 1 || all.iter().any(|it| it.value != all[0].value);
    all.collect::<Option<Vec<_>>>()
        .filter(|all| !all.is_empty() && differ(all))
}

/// How far an item is moved in.
fn level(tokens: &[Token<'_>]) -> usize {
    tokens
        .first()
        .map_or(0, |first| first.text.len() - first.text.trim_start().len())
}

/// The items of the list that tokens begin with, and its length: to the line that is none. Of a list
/// inside of an item nothing is told.
pub(super) fn items_of<'a, 't>(tokens: &'a [Token<'t>]) -> (Vec<&'a [Token<'t>]>, usize) {
    let mut out = Vec::new();
    let mut rest = tokens;
    let mut remark = false;
    while rest.mark_at(0, &['•']) && level(rest) >= level(tokens) {
        let within = level(rest) > level(tokens);
        let slice = rest
            .from(1)
            .upto(|token| matches!(token.kind, Kind::Mark('\n' | '•')));
        rest = rest.from(1 + slice.len());
        // "> * …": a remark between items.
        let (skipped, quote) = (remark, slice.behind_last(|token| !token.is_mark('>')));
        remark = quote < slice.len();
        let slice = if skipped || within {
            &[]
        } else {
            slice.to(quote)
        };
        let mut blank = rest.lead(|token| token.is_mark('\n'));
        // "Note: …": a line of its own between items, which heads no list.
        let noted = rest.word_at(blank, &[Note]) && rest.mark_at(blank + 1, &[':']);
        if noted && !rest.mark_at(blank + 2, &['\n', '•']) {
            blank += rest.from(blank).lead(|token| !token.is_mark('\n'));
            blank += rest.from(blank).lead(|token| token.is_mark('\n'));
        }
        if rest.mark_at(blank, &['•']) {
            rest = rest.from(blank);
        }
        if !slice.is_empty() {
            out.push(slice);
        }
    }
    (out, tokens.len() - rest.len())
}

/// Where the first list inside of an item begins, in the list that tokens begin with.
pub(super) fn inner(tokens: &[Token<'_>]) -> Option<usize> {
    (1..items_of(tokens).1)
        .find(|at| tokens.mark_at(*at, &['•']) && level(tokens.from(*at)) > level(tokens))
}

/// One value a line, as long as the lines go on so: each explains itself, or all are words that are
/// nothing else, or there is nothing but them.
pub(super) fn by_lines<'t>(tokens: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let lines = tokens
        .split(|token| token.is_mark('\n'))
        .filter(|line| !line.is_empty());
    let (mut out, mut ended) = (Vec::new(), true);
    for line in lines {
        let is_one = |found: &Item<'_>| found.how != How::Turned && !found.known;
        let Some(found) = item(line).filter(is_one) else {
            ended = false;
            break;
        };
        out.push(found);
    }
    let explained = out.iter().all(|item| item.how != How::Bare);
    let loud = out.iter().all(|item| item.loud);
    (out.len() > 1 && (explained || loud || ended)).then_some(out)
}

/// One value that its line explains: "EBB: it falls"; a number on a line of its own.
fn alone<'t>(line: &[Token<'t>], label: bool, chinese: bool, own: bool) -> Option<Vec<Item<'t>>> {
    let apart = chinese && label && line.get(1).is_some_and(|next| !next.glued);
    let follows = |how: How| how == How::Marked || apart && how == How::Follows;
    let found = sole(line).filter(|found| follows(found.how) && !line.mark_at(1, &[',']))?;
    let number = label && own && line.mark_at(1, &[':']);
    let letters = found.value.contains(char::is_alphabetic) && (found.loud || chinese && label);
    ((letters || number) && !found.known).then(|| vec![found])
}

/// One value and nothing else: in its clause when it is said to be the only one, otherwise in its
/// sentence behind a label.
fn single<'t>(
    line: &[Token<'t>],
    how: Announced,
    only: bool,
    chinese: bool,
    joined: bool,
) -> Option<Vec<Item<'t>>> {
    let options = how == Announced::Options;
    let label = options || how == Announced::Label;
    let Series { items, rest } = series(line, only)?;
    let [found] = items[..] else { return None };
    let only = only || rest.word_at(0, &[Only]);
    let letters = found.value.contains(char::is_alphabetic);
    // "The value is EBB-1.", "取值为EBB。", "EBB (falling)": no word of a sentence, and nothing besides.
    let remarked = found.how == How::Remark && found.loud && how == Announced::Value;
    let ends = line.mark_at(1, &['.']) || remarked;
    let alone = rest.is_empty() && ends || line.len() == 1;
    // "The value is EBB, indicating that …", "取值为EBB, 表示…".
    let meant = rest
        .from(usize::from(rest.mark_at(0, &[','])))
        .word_at(0, &[Means]);
    let plain = line[0].word.is_none() || line[0].kind == Kind::Quoted;
    let meant = meant && letters && plain && how == Announced::Value;
    let told = how == Announced::Value
        && (alone || meant)
        && if chinese {
            letters && joined && !found.soft
        } else {
            meant || line[0].word.is_none() && (found.loud || !letters)
        };
    let certain = only
        || told
        || label && (found.loud || chinese)
        || options && alone && (!joined || chinese || found.loud);
    // "只支持EBB类型".
    let kind = |token: &Token<'_>| token.is_han() && token.is_any(&[Kinds, Means, Note, Format]);
    let noun = only && line.upto(Token::is_end).len() <= 3 && line.get(1).is_some_and(kind);
    let ends = rest
        .first()
        .is_none_or(|next| next.is_mark(',') || next.is_any(&[Only, Supported, Is]) || meant)
        // "It is fixed at EBB and cannot be changed".
        || rest.word_at(0, &[And]) && rest.word_at(1, &[Not]);
    let how = if meant { How::Stated } else { found.how };
    (certain && (noun || ends && how != How::Noun)).then(|| vec![Item { how, ..found }])
}

/// Values within a line.
fn inline<'t>(
    line: &[Token<'t>],
    how: Announced,
    only: bool,
    chinese: bool,
) -> Option<Vec<Item<'t>>> {
    let several = series(line, only).and_then(Series::several);
    several
        .or_else(|| told(line))
        .or_else(|| turned(line, true))
        .or_else(|| {
            words(
                line.upto(Token::is_end),
                chinese && how != Announced::Sentence,
            )
        })
}
