//! Lists of values that nothing announces.

use super::is_of_part;
use super::item::{How, Item, item, sole};
use super::list::{bullets, by_lines, inner, items_of};
use super::series::{Series, bare, is_like, series, told, turned};
use crate::read::describe::Described;
use crate::read::describe::text::{Kind, Run, SENTENCE, Slice, Token};
use crate::read::describe::words::number;
use crate::vocabulary::lexicon::Word::{self, *};

/// The list of a part of a text, empty where it is not whole: each value explained, at least two, and what stands before them says
/// nothing of rules.
pub(super) fn unannounced<'t>(of: &Described<'_>, tokens: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let (name, chinese) = (of.name, of.is_chinese);
    let tame = |items: &Vec<Item<'_>>| {
        let systems = items.iter().filter(|item| item.system).count();
        items.len() > 1
            && systems * 2 <= items.len()
            && !items.iter().all(|item| item.placed)
            && items.iter().filter(|item| item.soft).count() * 2 < items.len()
            && items.iter().any(|item| item.value != items[0].value)
            // "-1: no limit, 0: none": what two numbers of an amount mean besides.
            && !(items.len() == 2 && items.iter().any(|item| item.value.starts_with('-')))
            && items.iter().filter(|item| item.known).count() * 2 < items.len()
            && items
                .iter()
                .all(|item| !item.value.eq_ignore_ascii_case(name))
    };
    let mut at = 0;
    while at < tokens.len() {
        let here = tokens.from(at);
        if here.mark_at(0, &['•']) {
            let found = bullets(here)
                .filter(|found| tame(found) && says_values(of, found, before(tokens, at)))
                .filter(|_| !are_cases(name, here));
            if let Some(found) = found.filter(|_| !ruled(tokens, at)) {
                return Some(found);
            }
            let end = items_of(here).1;
            if let Some(found) =
                inner(here).and_then(|inner| unannounced(of, here.to(end).from(inner)))
            {
                return Some(found);
            }
            at += end;
            continue;
        }
        if !begins(tokens, at) || is_noun(tokens, at) {
            at += 1;
            continue;
        }
        let line = here.upto(|token| matches!(token.kind, Kind::Mark('\n' | '•')));
        // A line that explains its value may begin a list of lines.
        let lines = tokens.before(at).is_none_or(|last| last.is_mark('\n'))
            && item(line).is_some_and(|item| item.how == How::Marked);
        if !of.may_look(if lines { here } else { line }) {
            return None;
        }
        let lines = lines.then(|| by_lines(here)).flatten();
        let found = lines
            .filter(|found| all(found, How::Marked))
            .or_else(|| within(here, line, chinese))
            .or_else(|| (titled(tokens, at) && line.has(&[Or])).then(|| bare(here))?);
        let list = found.is_some();
        match found.filter(tame) {
            // In a Western text a comma may part anything, "that is, ebb (low)".
            Some(found) if !chinese && all(&found, How::Remark) && !titled(tokens, at) => at += 1,
            // "If it falls, EBB or FLOOD" is a case.
            Some(found) if !ruled(tokens, at) && !tokens.sentence_to(at).word_at(0, &[If]) => {
                // "EBB，退潮 FLOOD，涨潮": of a list that was not read from its beginning nothing is.
                let before = at.saturating_sub(SENTENCE)..at;
                let whole = before
                    .into_iter()
                    .all(|earlier| !is_like(tokens, earlier, at));
                return Some(if whole { found } else { Vec::new() });
            }
            // What rules a list rules all of it.
            _ if list => at += line.len().max(1),
            _ => at += 1,
        }
    }
    // "0表示未开始": what one number of an amount means.
    let lone = lone(name, chinese, tokens)?;
    let sign = of.is_number() && tokens.has(&[Means]) && !tokens.has_mark(&['•']);
    (!sign).then_some(lone)
}

/// "- EBB: the tide is …", "- EBB: 取值：3": whether all items say what the field is in a case.
fn are_cases(name: &str, tokens: &[Token<'_>]) -> bool {
    let tells = |item: &&[Token<'_>]| {
        let of_field = |token: &Token<'_>| token.text == name || token.is_han() && token.is(Value);
        let says = |at: usize| item.word_at(at + 1, &[Is]) || item.mark_at(at + 1, &[':']);
        (2..item.len()).any(|at| of_field(&item[at]) && says(at))
    };
    items_of(tokens).0.iter().all(tells)
}

/// "闸门(EBB/FLOOD)的标识": whether what begins at a place stands in brackets for the noun before them.
fn is_noun(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(depth) = tokens
        .get(at)
        .map(|first| first.depth)
        .filter(|depth| *depth > 0)
    else {
        return false;
    };
    let inside = tokens
        .from(at)
        .to(SENTENCE)
        .upto(|token| token.depth < depth);
    let behind = tokens.get(at + inside.len() + 1);
    let is_of = behind.is_some_and(|next| next.text.starts_with('的'));
    inside.len() < SENTENCE && is_of && !inside.has(&[Or])
}

/// Whether a title stands before a place: "Tide: EBB (falling) or FLOOD".
fn titled(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.before(at).is_some_and(|before| before.is_mark(':'))
}

/// Whether all items say in one way what they mean.
fn all(found: &[Item<'_>], how: How) -> bool {
    found.iter().all(|item| item.how == how)
}

/// Whether bullets can be values: each explained or nothing but one, or, in Chinese, with its meaning
/// in brackets; words alone where they are no fields, which the last word before the list tells.
fn says_values(of: &Described<'_>, found: &[Item<'_>], last: Option<&Token<'_>>) -> bool {
    let clear = |item: &Item<'_>| {
        matches!(item.how, How::Marked | How::Turned | How::Follows)
            || item.loud && !item.value.contains(' ')
    };
    let loud = found.iter().filter(|item| item.loud).count() * 2 > found.len();
    let fields = last.is_some_and(|last| last.is_any(&[Itself, Another]));
    let words = found.len() > 2 && found.iter().all(|item| !item.soft);
    found.iter().all(clear)
        || of.is_chinese && all(found, How::Remark)
        || all(found, How::Bare) && (of.is_chinese && (loud || !fields) || words && !fields)
}

/// The last word before a list.
fn before<'a, 't>(tokens: &'a [Token<'t>], at: usize) -> Option<&'a Token<'t>> {
    let words = |token: &&Token<'_>| !token.is_end() && !token.is_mark(':');
    tokens.to(at).iter().rfind(words)
}

/// What rules, formats and examples are spoken of with.
const RULES: &[Word] = &[
    Must,
    Note,
    Format,
    Example,
    Constraints,
    Specials,
    Open,
    See,
    Signs,
];

/// "水流。EBB：退潮", "水流：- EBB：退潮": one Western word that the end of a short text in Chinese
/// explains, or one item in capitals.
fn lone<'t>(name: &str, chinese: bool, tokens: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let items = tokens.iter().filter(|token| token.is_mark('•')).count();
    let western = |token: &Token<'_>| !(token.is_han() || matches!(token.kind, Kind::Mark(_)));
    let at = match items {
        1 => tokens.behind_last(|token| token.is_mark('•')),
        _ => tokens.lead(|token| !western(token)),
    };
    let (before, here) = (tokens.to(at), tokens.from(at));
    let stops = before.iter().filter(|token| token.is_mark('.')).count();
    let bullet = before.last()?.is_mark('•');
    // Where the text speaks of something else, the word at its end may be no value.
    let elsewhere = before.has(RULES) || before.has(&[If, Not, Default, Length]);
    let clear = (bullet || chinese && begins(tokens, at)) && !elsewhere && stops < 2;
    let found = sole(here).filter(|_| clear)?;
    let joint = here.mark_at(1, &[':', '('])
        || here.word_at(1, &[Means]) && here.get(1)?.text.ends_with(['示', '表']);
    let said = (2..here.len()).all(|at| here[at - 1].is_han() || !here.word_at(at, &[Means]));
    // "-1表示不限", "结果码。1：成功": a number among others, unless it is an item.
    let number = here.first()?.kind == Kind::Number && !bullet;
    let fits = (chinese || found.loud)
        && !found.known
        && !found.system
        && !found.placed
        && !found.value.eq_ignore_ascii_case(name);
    let told = matches!(found.how, How::Marked | How::Remark) && (bullet || here.get(2)?.is_han());
    (joint && said && fits && told && !number).then(|| vec![found])
}

/// Whether a list may begin at a token: behind a stop, a colon, a comma that no value stands before, or
/// where the marks were lost.
fn begins(tokens: &[Token<'_>], at: usize) -> bool {
    let here = tokens.from(at);
    let Some(before) = tokens.before(at) else {
        return true;
    };
    let free = here
        .first()
        .is_some_and(|first| !first.glued || first.kind == Kind::Word);
    let apart = here.first().is_some_and(|first| !first.glued);
    let marked = here.mark_at(1, &[':']) && here.get(2).is_some_and(Token::is_han);
    let runs_on = before.is_han() && (free && here.mark_at(1, &[':', '|']) || apart)
        || before.kind == Kind::Word && apart && marked;
    let is_value =
        |token: &Token<'_>| !token.is_han() && item(&[*token]).is_some_and(|item| !item.placed);
    let told = |run: &[Token<'_>], at: usize| {
        run.mark_at(at + 1, &[':']) || run.word_at(at + 1, &[Means, Is]) && run.len() > at + 2
    };
    // No value stands in the clause that a comma ends.
    let clear = || {
        let clause = tokens.to(at - 1).tail(SENTENCE);
        let clause = clause.after_last(|token| token.is_end() || token.is_mark(','));
        // "EBB类型": of a noun.
        let noun = |at: usize| clause.is_at(at + 1, |next| next.glued && next.is(Kinds));
        let value =
            |at: usize| is_value(&clause[at]) && !noun(at) && (!told(here, 0) || told(clause, at));
        !(0..clause.len()).any(value)
    };
    let comma = before.is_mark(',') && clear();
    let starts = before.is_end() || before.is_mark(':') || before.is_mark('(') || comma || runs_on;
    // "[see](to:there)": the address of a link.
    let link = before.is_mark('(') && at > 1 && tokens.mark_at(at - 2, &[']', ')']);
    starts && !link && !here.first().is_some_and(Token::is_end)
}

/// The list that a line begins with.
fn within<'t>(tokens: &[Token<'t>], line: &[Token<'t>], chinese: bool) -> Option<Vec<Item<'t>>> {
    let depth = line.first()?.depth;
    let line = line.upto(|token| token.depth < depth);
    // In a Western text only remarks, words for it, and numbers that are explained ("7: manage. 3: edit.")
    // tell of values without a word that announces them.
    let clear = |found: &Vec<Item<'_>>| {
        let numbers = found.len() > 2 && found.iter().all(|item| number(item.value).is_some());
        chinese && found.iter().take(1).all(|first| first.how != How::Bare)
            || all(found, How::Remark)
            || all(found, How::Follows)
            || all(found, How::Marked) && numbers
    };
    (!chinese)
        .then(|| stated(line))
        .flatten()
        .or_else(|| told(line).filter(clear))
        .or_else(|| turned(line, false).filter(clear))
        .or_else(|| chinese.then(|| bare(tokens)).flatten())
}

/// "EBB, FLOOD, and SLACK are supported", "EBB and FLOOD indicate falling and rising".
fn stated<'t>(line: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let Series { items, rest } = series(line, true)?;
    let supported = rest.word_at(0, &[Is]) && rest.word_at(1, &[Supported]);
    let loud = items
        .iter()
        .filter(|item| item.loud || item.value.contains('_'));
    let clear = rest.word_at(0, &[Means]) && loud.clone().count() * 2 >= items.len()
        || supported && loud.count() == items.len();
    (items.len() > 1 && clear).then_some(items)
}

/// Whether what stands before a list speaks of rules, formats or examples.
fn ruled(tokens: &[Token<'_>], at: usize) -> bool {
    let before = tokens.to(at).tail(SENTENCE);
    let before = before.trim_end(Token::is_end);
    let sentence = before.after_last(Token::is_end);
    let stop = tokens
        .to(at)
        .trim_end(|token| token.is_mark('\n'))
        .ends_in_mark('.');
    let rule = |token: &Token<'_>| token.kind != Kind::Quoted && token.is_any(RULES);
    let content = |token: &&Token<'_>| {
        !matches!(token.kind, Kind::Mark(_)) && !token.is_any(&[Following, Is, Filler])
    };
    let last = sentence.iter().rfind(content);
    let ends = last.is_some_and(rule);

    let format = before.tail(40);
    !stop && (ends || sentence.has(&[Example, Open]) || is_of_part(sentence))
        || format
            .iter()
            .any(|token| token.is(Format) && token.text != "格式")
        || before.behind_last(|token| token.is(Format)) + 1 >= before.len()
            && sentence.iter().any(|token| token.is(Format))
}
