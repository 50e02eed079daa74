//! Values one after the other within a line.

use super::item::{How, Item, item};
use crate::read::describe::text::{Kind, Run, Token};
use crate::vocabulary::lexicon::Word::*;

/// "EBB, FLOOD (it rises), or SLACK": values and nothing else, until something is said of them.
pub(super) fn series<'t>(tokens: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let mut out: Vec<Item<'t>> = Vec::new();
    for part in parted(tokens) {
        let first = part.first()?;
        // "…, and the default value is EBB".
        let next = part.from(part.lead(|token| token.is(Filler))).first();
        let said = next.unwrap_or(first).is_any(&[
            Which, Default, If, See, Note, Means, Example, Itself, For, Value, Not,
        ]);
        if said && first.kind != Kind::Quoted && out.len() > 1 && part.len() > 1 {
            break;
        }
        // "EBB和FLOOD, 注册必选": a comma, and no mark of this list, stands before a clause.
        let before = tokens.to(tokens.lead(|token| token.at < first.at));
        let own = |token: &Token<'_>| {
            token.depth == first.depth && (token.is_any(&[And, Or]) || token.is_mark('、'))
        };
        let comma = before.last().is_some_and(|last| last.is_mark(','));
        if comma && out.len() > 1 && before.iter().any(own) && part.iter().all(Token::is_han) {
            break;
        }
        // "EBB, FLOOD EBB: it falls": the list is told again.
        if let [one, next, more, ..] = part
            && !next.glued
            && item(&[*next]).is_some_and(|next| !next.placed)
            && (more.is_mark(':') || more.is_any(&[Means, Is]))
        {
            out.push(item(&[*one])?);
            break;
        }
        // "EBB和FLOOD两种, EBB…"
        let kinds = part.behind_last(|token| !(token.is(Kinds) && token.is_han()));
        let (part, ends) = (part.to(kinds), kinds < part.len() && !out.is_empty());
        if part.word_at(0, &[Open])
            || part
                .iter()
                .any(|token| token.is(Open) && token.depth == first.depth)
        {
            return None;
        }
        out.extend(slashed(part)?);
        if ends {
            break;
        }
    }
    let follows = out.iter().filter(|item| item.how == How::Follows).count();
    (out.len() > 1 && (follows == 0 || follows == out.len())).then_some(out)
}

/// A part of a series: one value, or several that slashes part.
fn slashed<'t>(part: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let depth = part.first()?.depth;
    let said = |token: &Token<'_>| {
        token.is_any(&[Which, Default]) && token.kind != Kind::Quoted && token.depth == depth
    };
    let cut = part.upto(said);
    let part = if cut.is_empty() { part } else { cut };
    if let [only] = part
        && only.kind == Kind::Word
        && only.word.is_none()
        && only.text.contains('/')
        && !is_path(only.text)
    {
        let pieces = only.text.split('/');
        return pieces
            .map(|text| {
                item(&[Token {
                    text,
                    word: None,
                    ..*only
                }])
            })
            .collect();
    }
    Some(vec![item(part)?])
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
    let number = |at: usize| {
        inner
            .get(at)
            .is_some_and(|token| token.kind == Kind::Number)
    };
    let range = inner.len() == 3 && number(0) && inner.mark_at(1, &[',']) && number(2);
    if range { &[] } else { inner }
}

/// A path or a media type: its slash parts no values.
fn is_path(text: &str) -> bool {
    let types = [
        "application",
        "text",
        "multipart",
        "image",
        "audio",
        "video",
    ];
    let typed = text
        .split_once('/')
        .is_some_and(|(start, _)| types.contains(&start));
    let address = text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('.');
    typed || address || text.starts_with('/') || text.contains("//")
}

/// Parts at commas and semicolons outside of brackets, and at "and" and "or".
fn parted<'a, 't>(tokens: &'a [Token<'t>]) -> Vec<&'a [Token<'t>]> {
    split(tokens, |token| {
        matches!(token.kind, Kind::Mark(',' | '、' | ';' | '|' | '/'))
            || token.is_any(&[And, Or])
            || token.text == "of"
    })
}

/// Parts at tokens outside of brackets, but not at a comma that parts a value from what it means:
/// "EBB, 表示退潮".
fn split<'a, 't>(tokens: &'a [Token<'t>], at: impl Fn(&Token<'t>) -> bool) -> Vec<&'a [Token<'t>]> {
    let depth = tokens.first().map_or(0, |first| first.depth);
    let mut out = Vec::new();
    let mut start = 0;
    for (index, token) in tokens.iter().enumerate() {
        let explains = token.is_mark(',') && tokens.word_at(index + 1, &[Means]);
        if token.depth == depth && at(token) && !explains {
            out.push(tokens.to(index).from(start));
            start = index + 1;
        }
    }
    out.push(tokens.from(start));
    out.retain(|part| !part.is_empty());
    out
}

/// "EBB: it falls, and fast; FLOOD: it rises": a head for each value, and what is said goes on.
pub(super) fn explained<'t>(line: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let mut out: Vec<Item<'t>> = Vec::new();
    let han = line.iter().any(Token::is_han);
    for part in split(line, |token| {
        token.is_end() || matches!(token.kind, Kind::Mark(',' | '、' | '|'))
    }) {
        // "(默认) FLOOD: it rises": the remark is of the value before.
        let inner = inside_brackets(part);
        let part = if inner.len() < part.len() {
            part.from(inner.len() + 2)
        } else {
            part
        };
        let Some(first) = part.first() else {
            continue;
        };
        // "EBB: it falls FLOOD: it rises, …": a mark is lost.
        let hidden = |at: usize| {
            let word = part
                .get(at)
                .filter(|it| it.kind == Kind::Word && it.word.is_none());
            let loud = |it: &Token<'_>| it.text.contains(|c: char| c.is_ascii_uppercase());
            let han = part.get(at - 1).is_some_and(Token::is_han);
            let free =
                word.is_some_and(|it| !it.glued || part.mark_at(at - 1, &[')']) || han && loud(it));
            free && part.mark_at(at + 1, &[':']) && !part.mark_at(at - 1, &[':'])
        };
        if (2..part.len()).any(hidden) {
            return None;
        }
        let found = item(part).filter(|found| {
            let bare = found.how == How::Bare && (found.loud || han && !found.placed);
            (bare || matches!(found.how, How::Marked | How::Remark | How::Follows)) && !found.known
        });
        let before = line.to(line.lead(|token| token.at < first.at)).last();
        let inside = !before.is_none_or(Token::is_end)
            && out.first().is_some_and(|first| first.how == How::Marked);
        match found {
            // Where marks part what is said, other words that something follows are in it.
            Some(found) if inside && found.how == How::Follows => {}
            Some(found) => out.push(found),
            None if out.is_empty() || first.is(Open) => return None,
            None if first.is_any(&[Note, Example, See, Constraints]) => break,
            None => {}
        }
    }
    // "闸门为 …, EBB: it falls": what begins is no item.
    let count = |how: How| out.iter().filter(|item| item.how == how).count();
    let (follows, bare) = (count(How::Follows), count(How::Bare));
    let marked = out.len() - follows - bare > 1 && !matches!(out.first()?.how, How::Follows);
    (out.len() > 1 && (marked || follows > 1 && follows + bare == out.len())).then_some(out)
}

/// "EBB: it falls FLOOD: it rises", the marks between them lost.
pub(super) fn run_on<'t>(line: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let mut out: Vec<Item<'t>> = Vec::new();
    let han = line.iter().any(Token::is_han);
    let mut at = 0;
    while at < line.len() {
        let here = line.from(at);
        let before = at.checked_sub(1).and_then(|before| line.get(before));
        // "EBB：Ebb flood：Flood": one word is said of the value before.
        let told = han && !out.is_empty() && at > 2 && line.mark_at(at - 2, &[':']);
        let parted = told || before.is_none_or(|it| it.is_end() || it.is_han() || it.is_mark(')'));
        let comma = before.is_some_and(|it| matches!(it.kind, Kind::Mark(',' | '、')));
        let free = parted || comma || here.first().is_some_and(|first| !first.glued);
        let found = (here.mark_at(1, &[':']) && here.len() > 2 && free)
            .then(|| item(here.to(3)))
            .flatten()
            .filter(|found| found.how == How::Marked && (found.loud || parted));
        match found {
            Some(found) if found.known => return None,
            Some(found) => {
                out.push(found);
                at += 2;
            }
            None if out.is_empty() => return None,
            None => at += 1,
        }
    }
    (out.len() > 1).then_some(out)
}

/// "EBB FLOOD SLACK", "ebb(退潮) flood(涨潮)", "1 退潮 2 涨潮"; words in small letters only where they
/// can be nothing else.
pub(super) fn one_after_the_other<'t>(line: &[Token<'t>], plain: bool) -> Option<Vec<Item<'t>>> {
    let mut out: Vec<Item<'t>> = Vec::new();
    let mut rest = line;
    // "1 关闭TIDE 2 打开": where a blank parts the first value from its meaning, a word without one
    // is a part of a meaning.
    let apart = line.get(1).is_some_and(|next| !next.glued);
    let meant = |run: &[Token<'_>], at: usize| {
        let (token, next) = (run.get(at), run.get(at + 1));
        let tail = |next: &Token<'_>| apart && next.is_han() && next.glued;
        token.is_some_and(|it| it.is_han() || it.glued && !it.is_end())
            || token.is_some_and(|it| !it.is_end()) && next.is_some_and(tail)
    };
    while let Some(first) = rest.first() {
        if first.is_end() {
            rest = rest.from(1);
            continue;
        }
        if first.glued && !out.is_empty() {
            return None;
        }
        let meaning = rest.from(1);
        let len = if meaning.mark_at(0, &['(']) {
            2 + meaning.close()?
        } else {
            1 + (0..meaning.len())
                .take_while(|at| meant(meaning, *at))
                .count()
        };
        let words = rest.to(len);
        let han = words.iter().find(|token| token.is_han() && apart);
        let found = item(words).or_else(|| item(&[*first, *han?]));
        out.push(found.filter(|found| !found.known && !found.placed)?);
        rest = rest.from(len);
    }
    let bare = out.iter().filter(|item| item.how == How::Bare).count();
    let loud = plain || out.iter().all(|item| item.loud);
    (out.len() > 1 && (bare == 0 || bare == out.len() && loud)).then_some(out)
}

/// "退潮(ebb), 涨潮(flood)": words with the value of each behind, and nothing else in the sentence.
pub(super) fn turned<'t>(line: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let sentence = line.upto(|token| token.is_end() && !token.is_mark(';'));
    let all: Option<Vec<Item<'t>>> = parted(sentence).into_iter().map(item).collect();
    all.filter(|all| all.len() > 1 && all.iter().all(|item| item.how == How::Turned))
}

/// "类型: EBB, FLOOD", "状态(EBB, FLOOD)": nothing but values, to the end of the sentence or the bracket.
pub(super) fn bare<'t>(tokens: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let depth = tokens.first()?.depth;
    let found =
        series(tokens.upto(|token| token.is_end() && !token.is_mark(';') || token.depth < depth))?;
    let clear = found
        .iter()
        .all(|item| matches!(item.how, How::Bare | How::Remark) && !item.soft);
    let loud = found.iter().all(|item| item.loud);
    let words = found
        .iter()
        .any(|item| item.value.contains(|c: char| c.is_ascii_alphabetic()));
    (clear && words && (loud || depth == 0 || found.len() > 2)).then_some(found)
}

/// Whether a line is values, each with what it means behind it, and nothing else: "ebb退潮, flood涨潮".
pub(super) fn is_whole(line: &[Token<'_>], found: &[Item<'_>]) -> bool {
    let sentence = line.upto(|token| token.is_end() && !token.is_mark(';'));
    let parts = split(sentence, |token| {
        matches!(token.kind, Kind::Mark(',' | '、' | ';'))
    });
    parts.len() == found.len()
}
