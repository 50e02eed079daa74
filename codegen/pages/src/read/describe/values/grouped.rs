//! Items that each say which values belong to what: "- For open water, the value can be ebb or flood.",
//! "- If mode is set to ebb, …", "- 大河：EBB、FLOOD".

use super::item::{How, Item, value};
use super::list::items_of;
use super::series::series;
use crate::read::describe::Described;
use crate::read::describe::text::{Kind, Run, Slice, Token};
use crate::vocabulary::lexicon::Word::*;

/// The values of all items of the list that tokens begin with: at least two items have some, and the
/// others are remarks.
pub(super) fn grouped<'t>(
    of: &Described<'_>,
    tokens: &[Token<'t>],
    announced: bool,
) -> Option<Vec<Item<'t>>> {
    let (mut slices, _) = items_of(tokens.trim_start(|token| !token.is_mark('•')));
    // Or of its lines, where it has no items.
    if slices.is_empty() && announced {
        let lines = tokens.trim_start(|token| !token.is_mark('\n'));
        let lines = lines.split(|token| token.is_mark('\n'));
        // "不支持：…", "参考：…" say something else.
        let other = &[
            Not, Except, See, Note, Deprecated, Example, Default, Omitted,
        ];
        let titled = |line: &&[Token<'_>]| !line.upto(|token| token.is_mark(':')).has(other);
        slices = lines
            .filter(|line| !line.is_empty())
            .take_while(titled)
            .collect();
    }
    let (mut out, mut groups, mut several, mut said) = (Vec::new(), 0, false, true);
    for slice in slices {
        let joint = joint(of, slice)?;
        let found = behind(slice.from(joint + 1))?;
        several |= found.len() > 1;
        said &= is_said(slice, joint);
        groups += 1;
        out.extend(found);
    }
    let clear = !of.is_chinese || announced && several || said;
    (groups > 1 && clear).then_some(out)
}

/// "取值为": that the value is what follows.
fn is_said(slice: &[Token<'_>], at: usize) -> bool {
    slice.word_at(at, &[Is]) && slice.to(at).ends_in(&[Value])
}

/// Where an item says that the value is: "the value is", "set to", "设置为"; behind a colon in Chinese.
/// What is set is this field and no other.
fn joint(of: &Described<'_>, slice: &[Token<'_>]) -> Option<usize> {
    let title = slice.lead(|token| matches!(token.kind, Kind::Han | Kind::Word));
    let first_han = slice.lead(|token| !token.is_han());
    (1..slice.len())
        .find(|at| {
            let (before, here) = (&slice[at - 1], &slice[*at]);
            if of.is_chinese {
                let (title, han) = (*at <= title, first_han < *at);
                return title && (here.is(Is) || han && here.is_mark(':')) || is_said(slice, *at);
            }
            // "If the action value is …": of another field.
            let another = slice.to(at - 1).last().is_some_and(|noun| {
                noun.kind == Kind::Word && noun.word.is_none() && noun.text != of.name
            });
            let owner = before.is(Value) && !another
                || here.is(Set) && (before.is(Itself) || before.text == of.name);
            here.is(Is) && owner
        })
        .or_else(|| slice.word_at(0, &[Set]).then_some(0))
}

/// The series, or the one value, up to where the sentence goes on.
fn behind<'t>(tokens: &[Token<'t>]) -> Option<Vec<Item<'t>>> {
    let clause = tokens.upto(|token| token.is_end() || token.is(If));
    if clause.has(&[And, Or]) || clause.has_mark(&['、']) {
        return series(clause, false)?.several();
    }
    let one = clause.first().filter(|one| !one.is(Signs))?;
    let ends = clause.len() == 1 || clause.mark_at(1, &[',']);
    let found = value(one, How::Turned).filter(|found| ends && !found.placed)?;
    Some(vec![found])
}
