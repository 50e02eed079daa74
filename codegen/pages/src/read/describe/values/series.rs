//! Values one after the other within a line.

use super::item::{How, Item, dashed, item, value};
use crate::read::describe::text::{Kind, Run, Slice, Token};
use crate::vocabulary::is_among;
use crate::vocabulary::lexicon::Word::{self, *};

/// Values one after the other, and what their sentence goes on with.
pub(super) struct Series<'a, 't> {
    pub(super) items: Vec<Item<'t>>,
    pub(super) rest: &'a [Token<'t>],
}

/// "EBB, FLOOD (it rises), or SLACK": values, each with no more than a remark, a unit or a noun, and marks
/// between them; then the sentence ends, or says something of the list. `only`: they are said to be all.
pub(super) fn series<'a, 't>(tokens: &'a [Token<'t>], only: bool) -> Option<Series<'a, 't>> {
    let tokens = tokens.upto(|token| token.is_end() && !token.is_mark(';'));
    let mut items: Vec<Item<'t>> = Vec::new();
    // Where the last value ends, and where the next may begin.
    let (mut end, mut at) = (0, 0);
    while let Some((found, len)) = one(tokens.from(at)) {
        let rest = tokens.from(at + len);
        let marks = rest.lead(parts);
        let placed = found.iter().any(|item| item.placed);
        if marks == 0 && !rest.is_empty() && (placed || !tells(&tokens[at], rest, only)) {
            break;
        }
        items.extend(found);
        end = at + len;
        at = end + marks;
        if marks == 0 {
            break;
        }
    }
    let rest = tokens.from(end);
    let marks = rest.lead(parts);
    // "EBB和FLOOD, 注册必选": a comma stands before a clause.
    let clause = rest.from(marks);
    let clause = clause.from(clause.lead(|token| token.is(Filler)));
    let han =
        items.len() > 1 && rest.mark_at(0, &[',']) && clause.first().is_some_and(Token::is_han);
    let of_list = &[
        Which, Default, If, See, Note, Means, Example, Itself, For, Value, Not, Is,
    ];
    let said = marks == 0 || only || han || clause.first().is_none_or(|it| it.is_any(of_list));
    (said && !clause.word_at(0, &[Open]) && !items.is_empty()).then_some(Series { items, rest })
}

impl<'t> Series<'_, 't> {
    /// At least two values.
    pub(super) fn several(self) -> Option<Vec<Item<'t>>> {
        (self.items.len() > 1).then_some(self.items)
    }
}

/// What parts one value from the next.
fn parts(token: &Token<'_>) -> bool {
    matches!(token.kind, Kind::Mark(',' | '、' | ';' | '|' | '/'))
        || token.kind != Kind::Quoted && token.is_any(&[And, Or])
}

/// Whether a sentence goes on about its list right behind a value.
fn tells(value: &Token<'_>, rest: &[Token<'_>], only: bool) -> bool {
    rest.word_at(0, &[Which, Default, See, Only])
        || value.kind == Kind::Number && rest.word_at(0, &[For])
        || only && rest.word_at(0, &[Supported, Is, Means])
        || rest.is_at(0, |next| next.is_han() && next.is_any(&[Kinds, Note]))
}

/// The value that tokens begin with, or those that slashes part in it, with its remark, unit or noun, and
/// how long all of it is. A null is no value.
fn one<'t>(tokens: &[Token<'t>]) -> Option<(Vec<Item<'t>>, usize)> {
    let (first, rest) = tokens.split_first()?;
    if first.is(Null) && first.kind == Kind::Word {
        return Some((Vec::new(), 1));
    }
    // "EBB, indicating that it falls"; "UUID格式的字符串": any value of that form.
    let means = first.is(Means) && first.kind == Kind::Word;
    if means && rest.first().is_some_and(|next| !parts(next))
        || rest.to(rest.lead(Token::is_han)).has(&[Characters])
    {
        return None;
    }
    if rest.mark_at(0, &['(', '[']) {
        return Some((vec![value(first, How::Remark)?], rest.close()? + 2));
    }
    let kind = |token: &Token<'_>| token.is(Note) || token.text == "类型";
    let nouns = rest.lead(|token| token.is_han() && (token.word.is_none() || kind(token)));
    let whole = rest.from(nouns).first().is_none_or(parts);
    if nouns > 0 && (whole || !kind(&rest[0])) {
        return Some((vec![value(&first.plain(), How::Noun)?], 1 + nouns));
    }
    let units = rest.lead(|token| token.is(Unit) && first.kind == Kind::Number);
    let found = pieces(first)
        .iter()
        .map(|piece| value(piece, How::Bare))
        .collect::<Option<_>>()?;
    Some((found, 1 + units))
}

/// What slashes part in a word: "on/off"; a path, an address or a media type is one.
fn pieces<'t>(token: &Token<'t>) -> Vec<Token<'t>> {
    let text = token.text;
    let typed = text
        .split_once('/')
        .is_some_and(|(start, _)| is_among(MEDIA, start));
    let address = text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('.');
    if token.word.is_some() || typed || address || text.starts_with('/') || !text.contains('/') {
        return vec![*token];
    }
    let piece = |text| Token {
        text,
        ..token.plain()
    };
    text.split('/').map(piece).collect()
}

/// What media types begin with.
const MEDIA: &str = "application|text|multipart|image|audio|video";

/// "[EBB, FLOOD]", "(ebb, flood)": what stands in the brackets that tokens begin with. Two numbers in
/// them are a range.
pub(super) fn inside_brackets<'a, 't>(tokens: &'a [Token<'t>]) -> &'a [Token<'t>] {
    let close = tokens
        .mark_at(0, &['(', '['])
        .then(|| tokens.close())
        .flatten();
    let Some(close) = close else {
        return tokens;
    };
    let inner = tokens.to(close).from(1);
    let ends = |token: &Token<'_>| token.kind == Kind::Number || token.is_mark(',');
    let range = matches!(inner.len(), 1 | 3) && inner.iter().all(ends);
    if range { &[] } else { inner }
}

/// How a place may begin an item, by what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    /// The beginning, or a stop.
    Stop,
    /// A comma, or another mark between items.
    Comma,
    /// A blank, or the bracket that closes a remark.
    Blank,
    /// A run of Chinese, with nothing between.
    Glued,
}

impl Edge {
    /// A mark parts the item from what stands before.
    fn is_firm(self) -> bool {
        matches!(self, Self::Stop | Self::Comma)
    }
}

fn edge(line: &[Token<'_>], at: usize) -> Option<Edge> {
    let Some(before) = line.before(at) else {
        return Some(Edge::Stop);
    };
    match before.kind {
        _ if before.is_end() => Some(Edge::Stop),
        Kind::Mark(',' | '、' | '|') => Some(Edge::Comma),
        Kind::Mark(')' | ']') => Some(Edge::Blank),
        _ if line.get(at).is_some_and(|here| !here.glued) => Some(Edge::Blank),
        Kind::Han => Some(Edge::Glued),
        _ => None,
    }
}

/// Values that say what they mean, each by itself: "EBB: it falls, and fast; FLOOD: it rises",
/// "ebb(退潮) flood(涨潮)", "0-退潮 1-涨潮". What parts one item from the next may be lost where all say
/// it the same way.
pub(super) fn told<'t>(line: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let depth = line.first()?.depth;
    let han = line.iter().any(Token::is_han);
    let mut out: Vec<Item<'t>> = Vec::new();
    let (mut lead, mut next) = (0, 0);
    for (at, first) in line.iter().enumerate() {
        let mark = out.is_empty() && matches!(first.kind, Kind::Mark(',' | '|'));
        let Some(edge) = edge(line, at).filter(|_| at >= next && first.depth == depth && !mark)
        else {
            continue;
        };
        // "等水位上涨": to wait, and not "and so on".
        if edge.is_firm() && first.is(Open) && !line.is_at(at + 1, Token::is_han) {
            return None;
        }
        // "EBB-退潮，SLACK-Slack": the dash parts them all.
        let split = dashed(first).filter(|_| line.mark_at(lead + 1, &['-']));
        let whole = || item(extent(line.from(at).to(LONGEST_ITEM), edge == Edge::Stop));
        let read = split.or_else(whole);
        let (how, lead_how) = (read.map(|found| found.how), out.first().map(|it| it.how));
        // Something else goes on, or a sentence behind values with remarks.
        let behind_stop = line.before(at).is_some_and(|last| last.is_mark('.'));
        let sentence = lead_how == Some(How::Remark) && behind_stop && how != lead_how;
        let besides = edge.is_firm() && first.is_any(&[Note, Example, See, Constraints]);
        if sentence || besides && !out.is_empty() {
            break;
        }
        if out.is_empty() {
            lead = at;
        }
        let loud = read.is_some_and(|found| found.loud);
        // What parts it from the meaning before: Western words alone do not.
        let apart = line
            .before(at)
            .is_some_and(|last| last.is_mark(')') || last.is_any(&[And, Or]));
        let same = joint(line, lead) == joint(line, at);
        let goes_on = split.is_some()
            || match (edge, how) {
                (_, None | Some(How::Turned)) => false,
                (Edge::Blank, Some(How::Bare)) => loud && lead_how == Some(How::Remark),
                (_, Some(How::Bare)) => edge.is_firm() && (han || loud),
                // "EBB: it falls。LOCK闸门…": another sentence.
                (Edge::Stop, _) => {
                    let new = line.is_at(at + 1, |next| next.glued) && !is_mark(line, at);
                    !(behind_stop && is_mark(line, lead) && new)
                }
                (Edge::Comma, _) => {
                    lead_how == Some(How::Follows) || is_mark(line, lead) == is_mark(line, at)
                }
                (Edge::Glued, Some(How::Follows)) => false,
                (_, Some(How::Follows)) => same,
                _ => same && (han || loud || apart),
            };
        match read.filter(|_| goes_on) {
            Some(found) => {
                next = at + 1 + usize::from(found.how != How::Bare);
                out.push(found);
            }
            None if out.is_empty() => return None,
            // "1, 5, or 9 of them": read whole or not at all.
            None if first.kind == Kind::Number && line.before(at).is_some_and(parts) => {
                return None;
            }
            None => {}
        }
    }
    // A list, and not what a sentence begins with: "闸门为 …, EBB: it falls"; one value twice is what a
    // sentence says of it.
    let count = |how: How| out.iter().filter(|item| item.how == how).count();
    let (follows, bare) = (count(How::Follows), count(How::Bare));
    let marked = !matches!(out.first()?.how, How::Follows | How::Bare);
    let digits = |item: &Item<'_>| item.value.bytes().all(|byte| byte.is_ascii_digit());
    let sure = marked && out.len() > bare + 1
        || out.iter().all(digits)
        || follows > 1 && follows + bare == out.len();
    (sure && out.iter().any(|item| item.value != out[0].value)).then_some(out)
}

/// The most tokens of one item that are looked at.
const LONGEST_ITEM: usize = 40;

/// What joins the word at a place and what it means: a mark, a word for it, or whether a blank does.
fn joint(line: &[Token<'_>], at: usize) -> Option<(Option<Kind>, Option<Word>, bool)> {
    let next = line.get(at + 1)?;
    Some(match next.kind {
        Kind::Mark(_) => (Some(next.kind), None, false),
        _ => (None, next.word.filter(|_| next.glued), next.glued),
    })
}

fn is_mark(line: &[Token<'_>], at: usize) -> bool {
    line.is_at(at + 1, |next| matches!(next.kind, Kind::Mark(_)))
}

/// What of the tokens that begin with an item belongs to it: up to the next mark between items, or the
/// end of a remark that nothing goes on behind.
fn extent<'a, 't>(tokens: &'a [Token<'t>], stop: bool) -> &'a [Token<'t>] {
    let remark = tokens.mark_at(1, &['(', '[']);
    if let Some(close) = remark.then(|| tokens.from(1).close()).flatten() {
        return tokens.to(close + 2);
    }
    if tokens.is_at(1, |next| {
        !next.glued && next.kind == Kind::Word && !next.is(Means)
    }) {
        return tokens.to(1);
    }
    let ends = |at: &usize| {
        let mark = tokens.is_at(*at, |token| {
            token.is_end() || matches!(token.kind, Kind::Mark(',' | '、' | '|'))
        });
        // "EBB，退潮。": behind a stop the comma is all that joins.
        let joins = *at == 1 && stop && tokens.mark_at(1, &[',']) && tokens.is_at(2, Token::is_han);
        mark && !joins && !tokens.word_at(at + 1, &[Means])
    };
    let end = (1..tokens.len()).find(ends).unwrap_or(tokens.len());
    tokens.to(end)
}

/// How a meaning in words stands before its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Turn {
    /// "退潮: ebb".
    Colon,
    /// "退潮(ebb)".
    Bracket,
    /// "退潮为ebb".
    Joint,
    /// "退潮 ebb".
    Blank,
}

/// "退潮(ebb), 涨潮(flood)", "退潮: ebb 涨潮: flood": words with the value of each behind, and no other
/// Western word.
pub(super) fn turned<'t>(line: &[Token<'t>], announced: bool) -> Option<Vec<Item<'t>>> {
    let mut out: Vec<Item<'t>> = Vec::new();
    let mut way = None;
    let depth = line.first()?.depth;
    for (at, token) in line.iter().enumerate() {
        let remark = token.depth > depth && way.is_some_and(|way| way != Turn::Bracket);
        if remark || !matches!(token.kind, Kind::Word | Kind::Quoted | Kind::Number) {
            continue;
        }
        // "FL水流(flood)": the meaning begins with a Western word.
        if line.is_at(at + 1, Token::is_han) && line.mark_at(at + 2, &['(']) {
            continue;
        }
        let before = line.to(at).from(at.saturating_sub(LONGEST_ITEM));
        let han = at > 1 && line[at - 2].is_han();
        let turn = match before.last()?.kind {
            Kind::Mark(':') if han => Turn::Colon,
            Kind::Mark('(') if han => Turn::Bracket,
            Kind::Han if han && before.last()?.is(Is) => Turn::Joint,
            Kind::Han if announced => Turn::Blank,
            _ => return None,
        };
        let clause =
            before.from(before.behind_last(|token| {
                token.is_end() || matches!(token.kind, Kind::Mark(',' | '、'))
            }));
        let other = clause.has(&[Default, Example, Maximum, Minimum, AtMost, AtLeast])
            || turn >= Turn::Joint && clause.has(&[Must, If, Not]);
        let ends = line.get(at + 1).is_none_or(|next| match next.kind {
            Kind::Mark('(') => turn == Turn::Colon,
            Kind::Mark(')') => turn == Turn::Bracket,
            Kind::Han => turn == Turn::Colon || next.is_any(&[And, Or]),
            _ => next.is_end() || matches!(next.kind, Kind::Mark(',' | '、' | '|')),
        });
        if other || !ends || *way.get_or_insert(turn) != turn {
            return None;
        }
        for piece in pieces(token) {
            out.push(value(&piece, How::Turned)?);
        }
    }
    let several = out.iter().any(|item| item.value != out[0].value);
    several.then_some(out)
}

/// "EBB FLOOD SLACK": words with blanks between, in small letters only where they can be nothing else.
pub(super) fn words<'t>(line: &[Token<'t>], plain: bool) -> Option<Vec<Item<'t>>> {
    let apart = line.iter().skip(1).all(|token| !token.glued);
    let all: Option<Vec<Item<'t>>> = line.iter().map(|token| item(&[*token])).collect();
    let clear = |item: &Item<'_>| !item.known && !item.placed && (plain || item.loud);
    all.filter(|all| apart && all.len() > 1 && all.iter().all(clear))
}

/// "类型: EBB, FLOOD", "状态(EBB, FLOOD)": nothing but values, to the end of the sentence or the bracket.
pub(super) fn bare<'t>(tokens: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let depth = tokens.first()?.depth;
    let found = series(tokens.upto(|token| token.depth < depth), false)?.several()?;
    let either = tokens.upto(|token| token.depth < depth).has(&[Or]);
    let clear = |item: &Item<'_>| {
        matches!(item.how, How::Bare | How::Remark)
            && !item.soft
            && (item.loud || depth == 0 || either || found.len() > 2)
    };
    let letters = |item: &Item<'_>| item.value.contains(|c: char| c.is_ascii_alphabetic());
    (found.iter().all(clear) && found.iter().any(letters)).then_some(found)
}
