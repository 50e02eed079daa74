//! Values one after the other within a line.

use std::collections::HashSet;

use super::item::{How, Item, dashed, is_case, is_listed, item, value};
use crate::read::describe::cases::is_digits;
use crate::read::describe::text::{Kind, Run, Slice, Token};
use crate::vocabulary::is_media_type;
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
    // Where the last value ends, and where the next may begin; "EBB, FLOOD EBB: it falls" is told again.
    let (mut end, mut at, mut joined) = (0, 0, false);
    let mut noun = None;
    while let Some((found, len)) = one(tokens.from(at)) {
        // "IP地址，或者cidr格式": other nouns are of kinds, and no values, unless these stand in quotes.
        let is_quoted = tokens.is_at(at, |token| token.kind == Kind::Quoted);
        if !is_quoted && let [Item { how: How::Noun, .. }] = found.as_slice() {
            let own = tokens.get(at + 1).map(|token| token.text);
            if noun.is_some() && noun != own {
                return None;
            }
            noun = own;
        }
        let rest = tokens.from(at + len);
        let marks = rest.lead(parts);
        let placed = found.iter().any(|item| item.placed);
        let again = items
            .first()
            .is_some_and(|item| rest.is_at(0, |next| next.text == item.value));
        let goes_on = !placed && (again || tells(&tokens[at], rest, only));
        if marks == 0 && !rest.is_empty() && !goes_on {
            break;
        }
        joined |= found.len() > 1 || rest.to(marks).iter().any(|mark| !mark.is_mark(','));
        items.extend(found);
        end = at + len;
        at = end + marks;
        if marks == 0 {
            break;
        }
    }
    let rest = tokens.from(end);
    let marks = rest.lead(parts);
    // "EBB和FLOOD, 注册必选": a comma, and no mark of this list, stands before a clause.
    let clause = rest.from(marks);
    let clause = clause.trim_start(|token| token.is(Filler) && !token.is_han());
    let said = clause.first().is_none_or(|first| {
        let of_list = &[
            Which, Default, If, See, Note, Format, Means, Example, Itself, For, Value, Not, Is,
        ];
        let several = items.len() > 1;
        let han = || rest.to(marks).has_mark(&[',']) && clause.iter().any(Token::is_han);
        marks == 0
            || only && (first.is(Not) || !rest.to(marks).has(&[And, Or]))
            || first.is_any(&[Which, Means])
            || several && (first.is_any(of_list) || joined && han())
    });
    (said && !clause.word_at(0, &[Open]) && !items.is_empty()).then_some(Series { items, rest })
}

impl<'t> Series<'_, 't> {
    /// At least two values: all with a noun, all without, or with one that is behind the last.
    pub(super) fn several(self) -> Option<Vec<Item<'t>>> {
        let nouns = self
            .items
            .iter()
            .filter(|item| item.how == How::Noun)
            .count();
        let shared = nouns == 1 && self.items.last()?.how == How::Noun;
        let clear = nouns == 0 || nouns == self.items.len() || shared;
        (self.items.len() > 1 && clear).then_some(self.items)
    }
}

/// What parts one value from the next.
fn parts(token: &Token<'_>) -> bool {
    matches!(token.kind, Kind::Mark(',' | '、' | ';' | '|' | '/'))
        || token.kind != Kind::Quoted && token.is_any(&[And, Or])
}

/// Whether a sentence goes on about its list right behind a value.
fn tells(value: &Token<'_>, rest: &[Token<'_>], only: bool) -> bool {
    let unquoted = |words: &[Word]| rest.word_at(0, words) && rest[0].kind != Kind::Quoted;
    unquoted(&[Which, Default, See, Only])
        || only && unquoted(&[Supported, Is, Means])
        || rest.is_at(0, |next| {
            next.is_han() && next.is_any(&[Kinds, Note, Format])
        })
        || value.kind == Kind::Number && unquoted(&[For])
}

/// The value that tokens begin with, or those that slashes part in it, with its remark, unit or noun, and
/// how long all of it is. A null is no value.
fn one<'t>(tokens: &[Token<'t>]) -> Option<(Vec<Item<'t>>, usize)> {
    let (first, rest) = tokens.split_first()?;
    if first.is(Null) && first.kind == Kind::Word {
        return Some((Vec::new(), 1));
    }
    // "EBB, indicating that it falls".
    if first.is(Means) && first.kind == Kind::Word && rest.first().is_some_and(|it| !parts(it)) {
        return None;
    }
    let kind = |token: &Token<'_>| token.is_any(&[Note, Format]) || token.text == "类型";
    // "“EBB”性能": of a noun behind a quoted value any part may be a word of its own.
    let any = |token: &Token<'_>| first.kind == Kind::Quoted && token.is(Filler);
    let noun = |token: &Token<'_>| {
        token.is_han() && (token.word.is_none() || kind(token) || token.is(Itself) || any(token))
    };
    let units = rest.lead(|token| token.is(Unit));
    if rest.mark_at(0, &['(', '[']) {
        return Some((vec![value(first, How::Remark)?], rest.close()? + 2));
    }
    // "“EBB” 水流方式": behind a blank any words may say what quoted values are of.
    let is_set_off = first.kind == Kind::Quoted && !rest.first().is_some_and(|next| next.glued);
    let nouns = rest.lead(|token| noun(token) || is_set_off && token.is_han() && !parts(token));
    let whole = rest.from(nouns).first().is_none_or(parts);
    // "UUID格式的字符串": any value of that form.
    if rest.to(rest.lead(Token::is_han)).has(&[Characters]) {
        return None;
    }
    if nouns > 0 && (whole || !kind(&rest[0])) {
        return Some((vec![value(&first.plain(), How::Noun)?], 1 + nouns));
    }
    let counted = if first.kind == Kind::Number { units } else { 0 };
    let found = pieces(first)
        .iter()
        .map(|piece| value(piece, How::Bare))
        .collect::<Option<_>>()?;
    Some((found, 1 + counted))
}

/// What slashes part in a word: "on/off"; a path or a media type is one.
fn pieces<'t>(token: &Token<'t>) -> Vec<Token<'t>> {
    if token.kind != Kind::Word
        || token.word.is_some()
        || !token.text.contains('/')
        || is_path(token.text)
    {
        return vec![*token];
    }
    let pieces = token.text.split('/');
    pieces
        .map(|text| Token {
            text,
            ..token.plain()
        })
        .collect()
}

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
    let ends = |token: &Token<'_>| is_digits(token) || token.is_mark(',');
    let range = matches!(inner.len(), 1 | 3) && inner.iter().all(ends);
    if range { &[] } else { inner }
}

/// A path or a media type: its slash parts no values.
fn is_path(text: &str) -> bool {
    let address = text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('.');
    is_media_type(text) || address || text.starts_with('/') || text.contains("//")
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
    let mut out: Vec<Item<'t>> = Vec::new();
    let mut list = Told {
        line,
        han: line.iter().any(Token::is_han),
        lead: 0,
        how: None,
    };
    let depth = line.first()?.depth;
    let mut at = 0;
    while let Some(first) = line.get(at) {
        let mark = first.is_end() || out.is_empty() && matches!(first.kind, Kind::Mark(',' | '|'));
        let Some(edge) = edge(line, at).filter(|_| first.depth == depth && !mark) else {
            at += 1;
            continue;
        };
        // "等水位上涨": to wait, and not "and so on".
        let open = first.is(Open) && !line.get(at + 1).is_some_and(Token::is_han);
        if edge.is_firm() && open || out.is_empty() && first.is(Example) {
            return None;
        }
        if list.ends(at, edge) {
            break;
        }
        match list.item(at, edge) {
            Some(found) if found.known && out.is_empty() => return None,
            Some(found) if found.known => {}
            Some(found) => {
                if out.is_empty() {
                    (list.lead, list.how) = (at, Some(found.how));
                }
                at += usize::from(found.how != How::Bare);
                out.push(found);
            }
            None if out.is_empty() => return None,
            // "1, 5, or 9 of them", "EBB，退潮 FLOOD，涨潮": read whole or not at all.
            None if first.kind == Kind::Number && is_listed(line, at) => return None,
            None if is_like(line, at, list.lead) => return None,
            None => {}
        }
        at += 1;
    }
    list.is_sure(&out).then_some(out)
}

/// A list of items that say what they mean, as far as it is read.
struct Told<'a, 't> {
    line: &'a [Token<'t>],
    /// The line is in Chinese, as a whole or in part.
    han: bool,
    /// Where the first item stands.
    lead: usize,
    /// How the first item says it.
    how: Option<How>,
}

impl<'t> Told<'_, 't> {
    /// What stands at a place as an item, by itself.
    fn read(&self, at: usize, edge: Edge) -> Option<Item<'t>> {
        let reach = if edge.is_firm() {
            LONGEST_ITEM
        } else {
            LONGEST_ITEM / 4
        };
        item(extent(self.line.from(at).to(reach), edge == Edge::Stop))
    }

    fn is_behind_stop(&self, at: usize) -> bool {
        self.line.before(at).is_some_and(|last| last.is_mark('.'))
    }

    /// Whether something else than the list goes on at a place.
    fn ends(&self, at: usize, edge: Edge) -> bool {
        // A sentence behind values with remarks.
        let sentence = self.how == Some(How::Remark)
            && self.is_behind_stop(at)
            && self.read(at, Edge::Stop).map(|next| next.how) != self.how;
        let words = edge.is_firm()
            && self
                .line
                .word_at(at, &[Note, Format, Example, See, Constraints]);
        self.how.is_some() && (sentence || words)
    }

    /// The item at a place.
    fn item(&self, at: usize, edge: Edge) -> Option<Item<'t>> {
        let read = self.read(at, edge).filter(|_| !is_case(self.line.from(at)));
        // "EBB-退潮，SLACK-Slack": the dash parts them all.
        let split = read
            .filter(|found| matches!(found.how, How::Bare | How::Follows))
            .filter(|_| self.line.mark_at(self.lead + 1, &['-']))
            .and_then(|_| dashed(&self.line[at]));
        split.or(read.filter(|found| self.has(found, at, edge)))
    }

    /// Whether what is read at a place is one of the list.
    fn has(&self, found: &Item<'_>, at: usize, edge: Edge) -> bool {
        let (line, lead) = (self.line, self.lead);
        let marked = self.how == Some(How::Marked);
        let same = !line[lead].is_han() && joint(line, lead) == joint(line, at);
        match (edge, found.how) {
            (_, How::Turned) => false,
            (Edge::Blank, How::Bare) => self.how == Some(How::Remark) && found.loud,
            (_, How::Bare) => edge.is_firm() && (found.loud || self.han && !found.placed),
            // "EBB: it falls。LOCK闸门…": another sentence.
            (Edge::Stop, _) if marked && is_mark(line, lead) => {
                !self.is_behind_stop(at)
                    || is_mark(line, at)
                    || line.get(at + 1).is_some_and(|next| !next.glued)
            }
            // "csv格式…。list类型…": the subjects of sentences.
            (Edge::Stop, How::Follows) if self.how == Some(How::Follows) => {
                let subject = line
                    .from(at + 1)
                    .to(2)
                    .iter()
                    .any(|it| it.text.ends_with('的'));
                line[at].kind != Kind::Word || !(self.is_behind_stop(at) && subject)
            }
            (Edge::Stop, _) => true,
            // "true表示开，VBD只能": what is said of it is no meaning.
            (Edge::Comma, _) => {
                let says = joint(line, at) != Some((None, None, true));
                !marked || is_mark(line, lead) == is_mark(line, at) && says
            }
            (Edge::Blank, How::Follows) => same,
            (Edge::Glued, How::Follows) => false,
            // "EBB：Ebb flood：Flood": one word is said of the value before.
            _ => {
                let told = line.before(at).is_some_and(|last| {
                    last.is_han() || last.is_mark(')') || last.is_any(&[And, Or])
                }) || self.han && at > 2 && line.mark_at(at - 2, &[':']);
                let text = |at: usize| line.get(at + 1).map(|next| next.text);
                let sure = edge == Edge::Blank || is_mark(line, at) || text(at) == text(lead);
                same && sure && (found.loud || told)
            }
        }
    }

    /// Whether items are a list, and not what a sentence begins with: "闸门为 …, EBB: it falls".
    fn is_sure(&self, out: &[Item<'_>]) -> bool {
        let count = |how: How| out.iter().filter(|item| item.how == how).count();
        let all = |is: fn(char) -> bool| out.iter().all(|item| item.value.chars().all(is));
        let (follows, bare) = (count(How::Follows), count(How::Bare));
        let marked = !matches!(self.how, None | Some(How::Follows | How::Bare));
        // In Chinese a word with an underscore is no word of a sentence.
        let names = self.han && out.iter().all(|item| item.value.contains('_'));
        // One value twice is what sentences say of it.
        let mut known = HashSet::new();
        let mut told = out.iter().filter(|item| item.how == How::Follows);
        let once = told.all(|item| known.insert(item.value));
        once && out.iter().any(|item| item.value != out[0].value)
            && ((marked || names) && out.len() > bare + 1
                || all(|c| c.is_ascii_digit())
                || follows > 1 && follows + bare == out.len())
    }
}

/// The most tokens of one item that are looked at.
const LONGEST_ITEM: usize = 160;

/// What joins the word at a place and what it means: a mark, a word for it, or whether a blank does.
fn joint(line: &[Token<'_>], at: usize) -> Option<(Option<char>, Option<Word>, bool)> {
    let next = line.get(at + 1)?;
    Some(match next.kind {
        Kind::Mark(mark) => (Some(mark), None, false),
        _ => {
            let word = next
                .word
                .filter(|_| next.glued && next.is_any(&[Means, Is]));
            (None, word, next.glued)
        }
    })
}

/// Whether a word stands before what it means as another one does.
pub(super) fn is_like(line: &[Token<'_>], at: usize, other: usize) -> bool {
    let is_word = |at: usize| line.is_at(at, |it| it.kind == Kind::Word);
    let is_loud = || value(&line[at], How::Marked).is_some_and(|it| it.loud && !it.known);
    let says = joint(line, at).filter(|it| *it != (None, None, false));
    let is_other = line.get(at).map(|it| it.text) != line.get(other).map(|it| it.text);
    is_other && is_word(at) && is_loud() && says.is_some() && says == joint(line, other)
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
    let apart = |at: usize| {
        tokens.is_at(at, |token| {
            !token.glued && token.kind == Kind::Word && !token.is(Means)
        })
    };
    if apart(1) {
        return tokens.to(1);
    }
    let depth = tokens.first().map_or(0, |first| first.depth);
    // "EBB，退潮。": behind a stop the comma is all that joins.
    let comma =
        stop && tokens.get(2).is_some_and(Token::is_han) && !tokens.word_at(2, &[And, Or, Open]);
    let ends = |at: &usize| {
        tokens.get(*at).is_some_and(|token| {
            let mark = token.is_end() || matches!(token.kind, Kind::Mark(',' | '、' | '|'));
            let joins = *at == 1 && comma && token.is_mark(',');
            mark && token.depth <= depth && !joins && !tokens.word_at(at + 1, &[Means])
        })
    };
    let end = (1..tokens.len()).find(ends).unwrap_or(tokens.len());
    tokens.to(end)
}

/// How a meaning in words stands before its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
        let meaning = line.is_at(at + 1, |next| next.is_han() && next.glued);
        if meaning && line.mark_at(at + 2, &['(']) && line.mark_at(at + 4, &[')']) {
            continue;
        }
        let before = line.to(at).tail(LONGEST_ITEM / 4);
        let han = |back: usize| at >= back && line[at - back].is_han();
        let turn = match before.last()?.kind {
            Kind::Mark(':') if han(2) => Turn::Colon,
            Kind::Mark('(') if han(2) => Turn::Bracket,
            Kind::Han if before.last()?.is(Is) && han(2) => Turn::Joint,
            Kind::Han => Turn::Blank,
            _ if announced && way == Some(Turn::Colon) && out.len() > 1 => break,
            _ => return None,
        };
        let clause = before
            .after_last(|token| token.is_end() || matches!(token.kind, Kind::Mark(',' | '、')));
        let loose = matches!(turn, Turn::Blank | Turn::Joint);
        let label = clause.has(&[Default, Example, Maximum, Minimum, AtMost, AtLeast]);
        let case = loose && clause.has(&[Must, If, Not]);
        let next = line.get(at + 1);
        let ends = next.is_none_or(|next| match next.kind {
            Kind::Mark('(') => turn == Turn::Colon,
            // "闸门(EBB/FLOOD)的标识": what stands for the noun.
            Kind::Mark(')') => {
                turn == Turn::Bracket && !line.is_at(at + 2, |next| next.text.starts_with('的'))
            }
            Kind::Han => turn == Turn::Colon || next.is_any(&[And, Or]),
            _ => next.is_end() || matches!(next.kind, Kind::Mark(',' | '、' | '|')),
        });
        let number = loose && token.kind == Kind::Number;
        let alone = !announced && turn == Turn::Blank;
        if label || case || !ends || number || alone || way.is_some_and(|way| way != turn) {
            return None;
        }
        way = Some(turn);
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
    let within = tokens.upto(|token| token.depth < depth);
    let found = series(within, false)?.several()?;
    let clear = found
        .iter()
        .all(|item| matches!(item.how, How::Bare | How::Remark) && !item.soft);
    let loud = found.iter().all(|item| item.loud);
    let words = found
        .iter()
        .any(|item| item.value.contains(|c: char| c.is_ascii_alphabetic()));
    let either = within.has(&[Or]);
    (clear && words && (loud || depth == 0 || either || found.len() > 2)).then_some(found)
}
