//! The labelled parts of a description: "Constraints …", "Range …", "Default Value …".

use std::collections::HashSet;
use std::ops;

use super::text::{Kind, Run, SENTENCE, Slice, Token};
use crate::vocabulary::is_none;
use crate::vocabulary::lexicon::Word::{self, *};

/// What a part is about: the word that labels it. The first has no label.
pub(super) type Part = Option<Word>;

/// The words that label parts.
const LABELS: &[Word] = &[Definition, Constraints, Range, Options, Default, Example];

/// The fewest different labels that part a text which lost its lines.
const FEWEST_LABELS: usize = 3;

/// What labels of bounds begin with: "Minimum: 1", "最小长度：1".
const ENDS: &[Word] = &[Minimum, Maximum, AtLeast, AtMost];

/// Takes a description apart. A label is a word for one that a colon, a line end or the end of
/// emphasis follows; where the text lost its lines, labels in capitals stand one after the other
/// without.
pub(super) fn parts(tokens: &[Token<'_>]) -> Vec<(Part, ops::Range<usize>)> {
    let loud = |token: &Token<'_>| label(token).filter(|_| token.kind == Kind::Word);
    let seen: HashSet<Word> = tokens.iter().filter_map(loud).collect();
    // The label of each part, where it stands, and where the part begins.
    let mut found: Vec<(Part, usize, usize)> = vec![(None, 0, 0)];
    for (at, token) in tokens.iter().enumerate() {
        // Where the lines were lost, the label of a bound ends the part before it.
        let noun = tokens.word_at(at + 1, &[Length, Value]);
        let labelled = found.last().is_some_and(|(part, ..)| part.is_some());
        // "每个标签最小长度：1，最大长度：9" is of what stands before it.
        let owned = |last: &Token<'_>| last.is_han() || last.is_mark(',');
        let owned = tokens.before(at).is_some_and(owned);
        let item = tokens.before(at).is_some_and(|last| last.is_mark('•'));
        if (labelled || !owned)
            && !item
            && token.is_any(ENDS)
            && is_written(token)
            && token.depth == 0
            && tokens.mark_at(at + 1 + usize::from(noun), &[':'])
        {
            found.push((None, at, at));
            continue;
        }
        let Some(part) = label(token).filter(|_| token.depth == 0) else {
            continue;
        };
        let (before, last) = (tokens.to(at), tokens.before(at));
        let item = last.is_some_and(|last| last.is_mark('•'));
        // "- EBB: it falls. For example: …": the list goes on.
        let line = before
            .tail(SENTENCE)
            .after_last(|token| token.is_mark('\n'));
        let inside = !item && line.has_mark(&['•']);
        if part == Example && inside || item && token.text == "Default" {
            continue;
        }
        let starts = last.is_none_or(|last| last.is_end() || last.is_mark(':') || token.bold);
        let colon = tokens.mark_at(at + 1, &[':']);
        let next = tokens.get(at + 1);
        let ends = next.is_none_or(|next| next.is_mark('\n') || token.bold && !next.bold);
        // "恢复默认: …" is of another noun.
        let noun = part == Default && last.is_some_and(Token::is_han);
        let free = !token.glued || part != Example && !noun;
        let run_together = seen.len() >= FEWEST_LABELS && loud(token).is_some();
        if colon && (starts || free) || starts && ends || run_together {
            found.push((Some(part), at, at + 1 + usize::from(colon)));
        }
    }
    let mut out = Vec::with_capacity(2 * found.len());
    for (index, (part, _, start)) in found.iter().enumerate() {
        let end = found.get(index + 1).map_or(tokens.len(), |(_, at, _)| *at);
        let own = tokens.to(end).from(*start);
        // An example on the line of its label ends there, a default with its sentence.
        let inline = match part {
            Some(Example) => own.lead(|token| !token.is_mark('\n')),
            Some(Default) => own.lead(|token| !token.is_end()),
            _ => own.len(),
        };
        let lines = own.mark_at(0, &['\n']);
        let cut = if lines { end } else { start + inline };
        out.extend([(*part, *start..cut), (None, cut..end)]);
    }
    out.retain(|(_, range)| !range.is_empty());
    out
}

/// The most tokens of words for nothing.
const MOST_NOTHING: usize = 8;

/// Whether a part says that there is nothing.
pub(super) fn says_nothing(text: &str, tokens: &[Token<'_>]) -> bool {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
        return true;
    };
    tokens.len() <= MOST_NOTHING && is_none(text.get(first.at..last.end).unwrap_or(""))
}

/// Whether a word is written as labels are: "default: …" and "DEFAULT: …" may be items of a list.
fn is_written(token: &Token<'_>) -> bool {
    let (upper, lower) = (char::is_uppercase, char::is_lowercase);
    token.is_han() || token.text.starts_with(upper) && token.text.contains(lower)
}

/// The word of a label.
pub(super) fn label(token: &Token<'_>) -> Part {
    let known = |word: &Word| LABELS.contains(word) && is_written(token);
    token.word.filter(known)
}
