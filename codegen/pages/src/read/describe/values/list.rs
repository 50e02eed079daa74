//! Lists of values, in every shape.

use super::item::{How, Item, item};
use crate::read::describe::text::{Kind, Token};
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

/// The list behind an announcement.
pub(super) fn listed<'t>(
    tokens: &[Token<'t>],
    how: Announced,
    chinese: bool,
) -> Option<Vec<Item<'t>>> {
    let tokens = behind_colon(tokens, chinese);
    let skipped = tokens
        .iter()
        .take_while(|token| {
            token.is_any(&[Is, Following, OneOf, Value, Options, Only, Fixed, Range])
                && token.kind != Kind::Quoted
                || token.is_any(&[Supported, Means, Kinds]) && token.kind == Kind::Han
                || token.is(Filler)
                || token.is_mark(':')
        })
        .count();
    let only = matches!(how, Announced::Only | Announced::Fixed)
        || tokens
            .get(..skipped)?
            .iter()
            .any(|token| token.is_any(&[Only, Fixed]));
    let tokens = tokens.get(skipped..)?;
    let first = tokens.first()?;
    if first.is_any(&[Not, Length, From, See, AtMost, AtLeast])
        && !(chinese && first.kind == Kind::Word)
        || matches!(first.kind, Kind::Mark(',' | '、' | '.' | ';'))
    {
        return None;
    }
    let block = tokens.first()?.is_mark('\n');
    let lines = tokens
        .iter()
        .take_while(|token| token.is_mark('\n'))
        .count();
    let tokens = tokens.get(lines..)?;
    let found = if tokens.first()?.is_mark('•') {
        bullets(tokens)?
    } else {
        let inner = inside_brackets(tokens);
        let line = upto(inner, |token| token.is_mark('\n') || token.is_mark('•'));
        block
            .then(|| by_lines(tokens))
            .flatten()
            .or_else(|| inline(line, how, chinese))
            .or_else(|| single(line, how, only, chinese))
            .or_else(|| (!block).then(|| by_lines(tokens)).flatten())?
    };
    let one = found.len() == 1;
    // Of a list of one the rest may be lost.
    let whole = matches!(how, Announced::Label | Announced::Options)
        && !block
        && found.iter().all(|item| item.how != How::Marked)
        && !tokens.first()?.is_mark('•');
    let certain = match how {
        Announced::Sentence if chinese => true,
        Announced::Sentence => {
            found.len() > 1
                && found
                    .iter()
                    .all(|item| item.loud && !item.known || item.how == How::Marked)
        }
        Announced::Only => chinese || found.iter().all(|item| item.loud),
        _ => true,
    };
    // "Letters, digits, and underscores": what values are made of.
    let soft = found.iter().filter(|item| item.soft).count();
    // Values explained and values bare are of two lists.
    let follows = found.iter().any(|item| item.how == How::Follows)
        && found.iter().any(|item| item.how != How::Follows);
    let mixed = follows && matches!(how, Announced::Sentence | Announced::Value);
    (certain && !mixed && (chinese || soft * 2 < found.len()) && (!one || only || whole))
        .then_some(found)
}

/// Behind the last colon of an announcement that has gone on in words: "如下, 区分大小写:".
fn behind_colon<'a, 't>(tokens: &'a [Token<'t>], chinese: bool) -> &'a [Token<'t>] {
    let clear = |token: &Token<'_>| {
        token.kind == Kind::Han
            || token.word.is_some() && !chinese
            || matches!(token.kind, Kind::Mark(',' | '(' | ')'))
    };
    let words = tokens
        .iter()
        .take_while(|token| clear(token) && !token.is_end())
        .count();
    match tokens.get(words) {
        Some(colon)
            if colon.is_mark(':')
                && tokens.get(..words).is_some_and(|words| {
                    !words
                        .iter()
                        .any(|word| word.is_any(&[Default, Example, See, If]))
                }) =>
        {
            tokens.get(words + 1..).unwrap_or(tokens)
        }
        _ => tokens,
    }
}

/// "[EBB, FLOOD]", "(ebb, flood)": what stands in the brackets a list begins with.
fn inside_brackets<'a, 't>(tokens: &'a [Token<'t>]) -> &'a [Token<'t>] {
    let Some(open) = tokens
        .first()
        .filter(|token| matches!(token.kind, Kind::Mark('(' | '[')))
    else {
        return tokens;
    };
    let pair = tokens.get(1..5).is_some_and(|inner| matches!(inner, [one, comma, other, close] if one.kind == Kind::Number && comma.is_mark(',') && other.kind == Kind::Number && matches!(close.kind, Kind::Mark(')' | ']'))));
    if pair {
        return &[];
    }
    let close = tokens
        .iter()
        .skip(1)
        .position(|token| token.depth == open.depth && matches!(token.kind, Kind::Mark(')' | ']')));
    close
        .and_then(|close| tokens.get(1..=close))
        .unwrap_or(tokens)
}

fn upto<'a, 't>(tokens: &'a [Token<'t>], end: impl Fn(&Token<'t>) -> bool) -> &'a [Token<'t>] {
    let at = tokens.iter().position(end).unwrap_or(tokens.len());
    tokens.get(..at).unwrap_or(tokens)
}

/// "- EBB: it falls", one after the other.
fn bullets<'t>(tokens: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let mut out = Vec::new();
    for slice in items_of(tokens) {
        let first = slice.first()?;
        let named = first.is(Default) && !first.text.contains([' ', '默', '缺', '省']);
        if first.is_any(&[Default, Note, See]) && !named && slice.len() > 1 && !out.is_empty() {
            continue;
        }
        out.push(item(slice)?);
    }
    (!out.is_empty()).then_some(out)
}

/// The items of the list that tokens begin with: to the line that is none.
fn items_of<'a, 't>(tokens: &'a [Token<'t>]) -> Vec<&'a [Token<'t>]> {
    let mut out = Vec::new();
    let mut rest = tokens;
    while let Some((bullet, after)) = rest.split_first()
        && bullet.is_mark('•')
    {
        let slice = upto(after, |token| token.is_mark('\n') || token.is_mark('•'));
        // "EBB • it falls" on one line: the mark explains.
        out.push(slice);
        rest = after.get(slice.len()..).unwrap_or(&[]);
        let blank = rest.iter().take_while(|token| token.is_mark('\n')).count();
        if rest.get(blank).is_some_and(|next| next.is_mark('•')) {
            rest = rest.get(blank..).unwrap_or(&[]);
        }
    }
    out.retain(|slice| !slice.is_empty());
    out
}

/// One value a line, as long as the lines go on so; more than one of them must explain itself, or all
/// of them be words that are nothing else.
fn by_lines<'t>(tokens: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let mut out: Vec<Item<'t>> = Vec::new();
    let mut whole = true;
    for line in tokens
        .split(|token| token.is_mark('\n'))
        .filter(|line| !line.is_empty())
    {
        match item(line) {
            Some(found) if found.how != How::Turned => out.push(found),
            _ => {
                whole = false;
                break;
            }
        }
    }
    let explained = out.iter().all(|item| item.how != How::Bare);
    let loud = out.iter().all(|item| item.loud);
    (out.len() > 1 && (explained || loud || whole)).then_some(out)
}

/// One value and nothing else in its clause.
fn single<'t>(
    line: &[Token<'t>],
    how: Announced,
    only: bool,
    chinese: bool,
) -> Option<Vec<Item<'t>>> {
    let clause = upto(line, |token| token.is_end() || only && token.is_mark(','));
    let trailing = clause
        .iter()
        .rev()
        .take_while(|token| token.is_any(&[Only, Supported, Is]))
        .count();
    let only = only || trailing > 0 && clause.iter().any(|token| token.is(Only));
    let clause = clause.get(..clause.len() - trailing)?;
    let found = item(clause)?;
    // "Value:" and a word, to the end of its sentence.
    let label = matches!(how, Announced::Label | Announced::Options);
    let certain = match found.how {
        How::Bare | How::Remark => only || label && (found.loud || chinese),
        _ => false,
    };
    certain.then(|| vec![found])
}

/// Values within a line.
fn inline<'t>(line: &[Token<'t>], how: Announced, chinese: bool) -> Option<Vec<Item<'t>>> {
    let sentence = upto(line, |token| token.is_end() && !token.is_mark(';'));
    series(sentence, true)
        .or_else(|| explained(line))
        .or_else(|| run_on(line))
        .or_else(|| one_after_the_other(sentence, chinese && how != Announced::Sentence))
        .or_else(|| {
            (how == Announced::Label)
                .then(|| one_after_the_other(line, chinese))
                .flatten()
        })
}

/// "EBB, FLOOD (it rises), or SLACK": values and nothing else, until something is said of them.
fn series<'t>(tokens: &[Token<'t>], joined: bool) -> Option<Vec<Item<'t>>> {
    let mut out = Vec::new();
    let mut ended = false;
    for part in parted(tokens, joined) {
        let first = part.first()?;
        let ends = first.is_any(&[
            Which, Default, If, See, Note, Means, Example, Itself, For, Value, Not,
        ]) && first.kind != Kind::Quoted;
        if ends && out.len() > 1 && part.len() > 1 {
            ended = true;
        }
        if ended {
            continue;
        }
        if first.is(Open) {
            return None;
        }
        // "EBB, FLOOD EBB: it falls": the list is told again.
        if let [one, next, more, ..] = part
            && !next.glued
            && item(&[*next]).is_some()
            && (more.is_mark(':') || more.is(Means) || more.is(Is))
        {
            out.push(item(&[*one])?);
            ended = true;
            continue;
        }
        // "EBB和FLOOD两种, EBB…"
        let kinds = part
            .iter()
            .position(|token| token.is(Kinds) && token.kind == Kind::Han)
            .filter(|at| *at > 0);
        let (found, open) = slashed(part.get(..kinds.unwrap_or(part.len()))?)?;
        if open {
            return None;
        }
        out.extend(found);
        ended = out.len() > 1 && kinds.is_some();
    }
    let follows = out.iter().filter(|item| item.how == How::Follows).count();
    (out.len() > 1 && (follows == 0 || follows == out.len())).then_some(out)
}

/// A part of a series: one value, or several that slashes part; and whether it leaves the list open.
fn slashed<'t>(part: &[Token<'t>]) -> Option<(Vec<Item<'t>>, bool)> {
    let open = part
        .iter()
        .any(|token| token.is(Open) && token.depth == part.first().map_or(0, |first| first.depth));
    let depth = part.first()?.depth;
    let cut = part.iter().position(|token| {
        token.is_any(&[Which, Default]) && token.kind != Kind::Quoted && token.depth == depth
    });
    let part = match cut {
        Some(at) if at > 0 => part.get(..at)?,
        _ => part,
    };
    if let [only] = part
        && only.kind == Kind::Word
        && only.text.contains('/')
        && !is_path(only.text)
    {
        let cut = only.text.split('/').map(|piece| Token {
            text: piece,
            word: None,
            ..*only
        });
        let found: Option<Vec<Item<'t>>> = cut.map(|token| item(&[token])).collect();
        return Some((found?, open));
    }
    let found = item(part)?;
    // In a series, what follows without a mark is more than a value.
    Some((vec![found], open))
}

/// A path or a media type: its slash parts no values.
fn is_path(text: &str) -> bool {
    let types = [
        "application/",
        "text/",
        "multipart/",
        "image/",
        "audio/",
        "video/",
    ];
    text.starts_with('/')
        || text.contains("//")
        || types.iter().any(|start| text.starts_with(start))
}

/// Parts at commas and semicolons outside of brackets, and at "and" and "or".
fn parted<'a, 't>(tokens: &'a [Token<'t>], joined: bool) -> Vec<&'a [Token<'t>]> {
    let depth = tokens.first().map_or(0, |first| first.depth);
    split(tokens, |token| {
        token.depth == depth
            && (matches!(token.kind, Kind::Mark(',' | '、' | ';' | '|' | '/'))
                || joined && (token.is_any(&[And, Or]) || token.text == "of"))
    })
}

/// Parts at tokens, but not at a comma that parts a value from what it means: "EBB, 表示退潮".
fn split<'a, 't>(tokens: &'a [Token<'t>], at: impl Fn(&Token<'t>) -> bool) -> Vec<&'a [Token<'t>]> {
    let mut out = Vec::new();
    let mut start = 0;
    for (index, token) in tokens.iter().enumerate() {
        let explains =
            token.is_mark(',') && tokens.get(index + 1).is_some_and(|next| next.is(Means));
        if at(token) && !explains {
            out.extend(tokens.get(start..index));
            start = index + 1;
        }
    }
    out.extend(tokens.get(start..));
    out.retain(|part| !part.is_empty());
    out
}

/// "EBB: it falls, and fast; FLOOD: it rises": a head for each value, and what is said goes on.
fn explained<'t>(line: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let depth = line.first()?.depth;
    let mut out: Vec<Item<'t>> = Vec::new();
    let parts = split(line, |token| {
        token.depth == depth
            && (token.is_end() || matches!(token.kind, Kind::Mark(',' | '、' | '|')))
    });
    for part in parts {
        let part = behind_remark(part);
        let Some(first) = part.first() else {
            continue;
        };
        let found = item(part).filter(|found| {
            matches!(found.how, How::Marked | How::Remark | How::Follows) && !found.known
        });
        match found {
            Some(found) => out.push(found),
            None if out.is_empty() => return None,
            None if first.is_any(&[Note, Example, See, If, Default, Constraints]) => break,
            None if first.is(Open) => return None,
            None => {}
        }
    }
    // "The gauge 为 …, EBB: it falls": what begins is no item.
    let marks = out.iter().filter(|item| item.how != How::Follows).count();
    let begins = out.first().is_some_and(|first| first.how != How::Follows);
    (out.len() > 1 && (marks > 1 && begins || marks == 0)).then_some(out)
}

/// Without the remark in brackets that a part begins with.
fn behind_remark<'a, 't>(part: &'a [Token<'t>]) -> &'a [Token<'t>] {
    let inner = inside_brackets(part);
    if inner.len() == part.len() {
        return part;
    }
    part.get(inner.len() + 2..).unwrap_or(&[])
}

/// "EBB: it falls FLOOD: it rises", the marks between them lost.
fn run_on<'t>(line: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let mut out: Vec<Item<'t>> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let here = line.get(at..)?;
        let before = at.checked_sub(1).and_then(|before| line.get(before));
        let colon = here
            .get(1)
            .is_some_and(|next| matches!(next.kind, Kind::Mark(':')));
        let free = before.is_none_or(|before| {
            before.is_end()
                || before.kind == Kind::Han
                || !here.first().is_some_and(|first| first.glued)
        });
        let found = (colon && free).then(|| item(here.get(..3)?)).flatten();
        match found.filter(|found| found.how == How::Marked) {
            Some(found)
                if found.loud
                    || before.is_none_or(|before| {
                        before.kind == Kind::Han || before.is_end() || before.is_mark(')')
                    }) =>
            {
                if found.known {
                    return None;
                }
                out.push(found);
                at += 2;
            }
            _ if out.is_empty() => return None,
            _ => at += 1,
        }
    }
    (out.len() > 1).then_some(out)
}

/// "EBB FLOOD SLACK", "ebb(退潮) flood(涨潮)".
fn one_after_the_other<'t>(line: &[Token<'t>], plain: bool) -> Option<Vec<Item<'t>>> {
    let mut out = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.first() {
        if first.is_end() {
            rest = rest.get(1..)?;
            continue;
        }
        let mut len = 1;
        if first.glued && !out.is_empty() {
            return None;
        }
        if let Some(open) = rest.get(1).filter(|next| next.is_mark('(')) {
            len = 2 + rest
                .iter()
                .skip(1)
                .position(|token| token.is_mark(')') && token.depth == open.depth)?;
        } else {
            // "1 退潮 2 涨潮"
            while rest
                .get(len)
                .is_some_and(|next| next.kind == Kind::Han || next.glued && !next.is_end())
            {
                len += 1;
            }
        }
        let found = item(rest.get(..len)?)?;
        if found.known {
            return None;
        }
        out.push(found);
        rest = rest.get(len..)?;
    }
    let bare = out.iter().all(|item| item.how == How::Bare);
    let mixed = out.iter().any(|item| item.how == How::Bare) && !bare;
    (out.len() > 1 && !mixed && (!bare || plain || out.iter().all(|item| item.loud))).then_some(out)
}

/// Lists that nothing announces: each value explained, at least two, and what stands before them says
/// nothing of rules.
pub(super) fn unannounced<'t>(
    name: &str,
    tokens: &[Token<'t>],
    chinese: bool,
) -> Option<Vec<Item<'t>>> {
    let mut at = 0;
    let tame = |items: &Vec<Item<'_>>| {
        let systems = items.iter().filter(|item| item.system).count();
        items.len() > 1
            && systems * 2 < items.len()
            && items
                .iter()
                .all(|item| !item.known && !item.value.eq_ignore_ascii_case(name))
    };
    while at < tokens.len() {
        let here = tokens.get(at..)?;
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        let bullet = here.first()?.is_mark('•');
        let runs_on = here.first().is_some_and(|first| !first.glued)
            && here.get(1).is_some_and(|next| next.is_mark(':'))
            && before.is_some_and(|before| before.kind == Kind::Han);
        let starts = bullet
            || runs_on
            || before.is_none_or(|before| {
                before.is_end()
                    || before.is_mark(':')
                    || before.is_mark(',') && !follows_value(tokens, at)
                    || before.is_mark('(')
            });
        if !starts || here.first()?.is_end() && !bullet {
            at += 1;
            continue;
        }
        if bullet {
            let slices = items_of(here);
            let found = bullets(here).filter(tame).filter(|found| {
                !ruled(tokens, at)
                    && found.iter().all(|item| {
                        matches!(item.how, How::Marked | How::Turned | How::Follows)
                            || item.loud && !item.value.contains(' ')
                    })
            });
            if found.is_some() {
                return found;
            }
            at += slices
                .iter()
                .map(|slice| slice.len() + 1)
                .sum::<usize>()
                .max(1);
            continue;
        }
        let line = upto(here, |token| token.is_mark('\n') || token.is_mark('•'));
        let own_line = before.is_none_or(|before| before.is_mark('\n'));
        let lines = own_line.then(|| by_lines(here)).flatten().filter(|found| {
            found.len() > 1 && found.iter().all(|item| matches!(item.how, How::Marked))
        });
        let whole = |items: &Vec<Item<'_>>| {
            chinese
                && items.len()
                    == split(
                        upto(line, |token| token.is_end() && !token.is_mark(';')),
                        |token| matches!(token.kind, Kind::Mark(',' | '、' | ';')),
                    )
                    .len()
        };
        let strict = |items: &Vec<Item<'_>>| {
            items.iter().all(|item| {
                item.how == How::Marked
                    || item.how == How::Remark
                    || item.how == How::Follows && item.loud
            })
        };
        let han = line
            .iter()
            .any(|token| token.kind == Kind::Han && token.word.is_none());
        let clear = |items: &Vec<Item<'_>>| {
            han || items
                .iter()
                .all(|item| item.loud && item.how == How::Marked)
        };
        let found = lines.or_else(|| {
            explained(line)
                .filter(|found| strict(found) || whole(found))
                .or_else(|| run_on(line))
                .or_else(|| turned_series(line))
                .filter(clear)
                .or_else(|| chinese.then(|| bare_series(here)).flatten())
        });
        let parts = found
            .as_ref()
            .is_some_and(|found| found.iter().any(|item| item.known));
        match found.filter(tame) {
            Some(found) if !ruled(tokens, at) => return Some(found),
            // What rules a list rules all of it.
            Some(_) => at += line.len().max(1),
            None if parts => at += line.len().max(1),
            None => at += 1,
        }
    }
    None
}

/// "类型: EBB, FLOOD", "状态(EBB, FLOOD)": nothing but values, to the end of the sentence or the bracket.
fn bare_series<'t>(tokens: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let depth = tokens.first()?.depth;
    let sentence = upto(tokens, |token| {
        token.is_end() && !token.is_mark(';') || token.depth < depth
    });
    let found = series(sentence, true)?;
    let whole = found
        .iter()
        .all(|item| matches!(item.how, How::Bare | How::Remark) && !item.soft);
    let loud = found.iter().filter(|item| item.loud).count();
    (whole && (loud == found.len() || depth == 0 || found.len() > 2)).then_some(found)
}

/// Whether what stands before a comma could be a value of the same list.
fn follows_value(tokens: &[Token<'_>], at: usize) -> bool {
    let before = tokens
        .get(..at.saturating_sub(1))
        .unwrap_or(&[])
        .iter()
        .rev();
    before
        .take_while(|token| !token.is_end() && !matches!(token.kind, Kind::Mark(',')))
        .any(|token| token.kind != Kind::Han && item(&[*token]).is_some())
}

/// "退潮(ebb), 涨潮(flood)": words with the value of each behind, and nothing else in the sentence.
fn turned_series<'t>(line: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let sentence = upto(line, Token::is_end);
    let sentence = if sentence.len() < line.len() && line.get(sentence.len())?.is_mark(';') {
        upto(line, |token| token.is_end() && !token.is_mark(';'))
    } else {
        sentence
    };
    let all: Option<Vec<Item<'t>>> = parted(sentence, true).into_iter().map(item).collect();
    all.filter(|all| all.len() > 1 && all.iter().all(|item| item.how == How::Turned))
}

/// Whether what stands before a list, on its line, speaks of rules, formats or examples.
fn ruled(tokens: &[Token<'_>], at: usize) -> bool {
    let before = tokens.get(..at).unwrap_or(&[]);
    let before = before
        .iter()
        .rposition(|token| !token.is_end())
        .and_then(|last| before.get(..=last))
        .unwrap_or(&[]);
    let start = before
        .iter()
        .rposition(Token::is_end)
        .map_or(0, |end| end + 1);
    let sentence = before.get(start..).unwrap_or(&[]);
    let rule = |token: &Token<'_>| {
        token.is_any(&[Must, Note, Example, Constraints, Specials, Signs, Open, See])
            && token.kind != Kind::Quoted
    };
    let content = |token: &&Token<'_>| {
        !matches!(token.kind, Kind::Mark(_)) && !token.is_any(&[Following, Is, Filler])
    };
    let last = sentence.iter().rev().find(content).is_some_and(|last| {
        rule(last) && !last.is(Signs) || last.is(Signs) && last.kind == Kind::Word
    });
    let announces = before.last().is_some_and(|last| last.is_mark(':'));
    let shape = before
        .iter()
        .rev()
        .take(40)
        .take_while(|token| !token.is_mark('\n'))
        .any(|token| matches!(token.text, "格式" | "格式为" | "format"));
    last || shape
        || sentence.iter().any(|token| {
            token.is_any(&[Example, Open]) || announces && rule(token) && token.kind == Kind::Word
        })
}
