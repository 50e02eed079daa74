//! The labelled parts of a description: "Constraints …", "Range …", "Default Value …".

use std::ops::Range;

use super::text::{Kind, Token};
use crate::vocabulary::is_none;
use crate::vocabulary::lexicon::Word;

/// What a part is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// No label stands before it.
    Open,
    Definition,
    Constraints,
    /// Values or bounds.
    Range,
    /// Values.
    Options,
    Default,
    Example,
}

/// Takes a description apart. A label is a word for one that a colon, a line end or the end of
/// emphasis follows; where the text lost its lines, labels in capitals stand one after the other
/// without.
pub(super) fn parts(tokens: &[Token<'_>]) -> Vec<(Part, Range<usize>)> {
    let mut found: Vec<(Part, usize, usize)> = Vec::new();
    let run_together = {
        let mut seen: Vec<Part> = Vec::new();
        for token in tokens.iter().filter(|token| is_loud_label(token)) {
            seen.extend(label(token).filter(|part| !seen.contains(part)));
        }
        seen.len() >= 3
    };
    for (at, token) in tokens.iter().enumerate() {
        let Some(part) = label(token).filter(|_| token.depth == 0) else {
            continue;
        };
        let starts = at
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .is_none_or(|before| before.is_end() || before.is_mark(':'));
        // "- EBB: it falls. For example: …": the list goes on.
        let line = tokens
            .get(..at)
            .unwrap_or(&[])
            .iter()
            .rev()
            .take_while(|token| !token.is_mark('\n'));
        let item = before_is(tokens, at, '•');
        if part == Part::Example && !item && line.into_iter().any(|token| token.is_mark('•'))
            || item && token.text == "Default"
        {
            continue;
        }
        let next = tokens.get(at + 1);
        let colon = next.is_some_and(|next| next.is_mark(':'));
        let ends = next.is_none_or(|next| next.is_mark('\n') || token.bold && !next.bold);
        if colon && (starts || part != Part::Example || !token.glued)
            || starts && ends
            || run_together && is_loud_label(token)
        {
            found.push((part, at, at + 1 + usize::from(colon)));
        }
    }
    let mut out = Vec::with_capacity(found.len() + 1);
    let first = found.first().map_or(tokens.len(), |(_, at, _)| *at);
    out.push((Part::Open, 0..first));
    for (index, (part, _, start)) in found.iter().enumerate() {
        let end = found.get(index + 1).map_or(tokens.len(), |(_, at, _)| *at);
        let inline = tokens.get(*start).is_some_and(|token| !token.is_mark('\n'));
        let line = tokens
            .get(*start..end)
            .unwrap_or(&[])
            .iter()
            .position(|token| {
                if *part == Part::Example {
                    token.is_mark('\n')
                } else {
                    token.is_end()
                }
            })
            .map_or(end, |at| start + at);
        // An example or a default on the line of its label ends there.
        if inline && line < end && matches!(part, Part::Example | Part::Default) {
            out.push((*part, *start..line));
            out.push((Part::Open, line..end));
        } else {
            out.push((*part, *start..end));
        }
    }
    out.retain(|(_, range)| !range.is_empty());
    out
}

fn before_is(tokens: &[Token<'_>], at: usize, mark: char) -> bool {
    at.checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|before| before.is_mark(mark))
}

/// The most tokens of words for nothing.
const MOST_NOTHING: usize = 8;

/// Whether a part says that there is nothing.
pub(super) fn says_nothing(text: &str, tokens: &[Token<'_>]) -> bool {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
        return true;
    };
    if tokens.len() > MOST_NOTHING {
        return false;
    }
    is_none(text.get(first.at..last.end).unwrap_or(""))
}

fn is_loud_label(token: &Token<'_>) -> bool {
    token.kind == Kind::Word && token.text.starts_with(char::is_uppercase) && label(token).is_some()
}

fn label(token: &Token<'_>) -> Option<Part> {
    // "default: …" and "DEFAULT: …" may be items of a list.
    let written =
        token.text.starts_with(char::is_uppercase) && token.text.contains(char::is_lowercase);
    if token.kind != Kind::Han && !written {
        return None;
    }
    Some(match token.word? {
        Word::Definition => Part::Definition,
        Word::Constraints => Part::Constraints,
        Word::Range => Part::Range,
        Word::Options => Part::Options,
        Word::Default => Part::Default,
        Word::Example => Part::Example,
        _ => return None,
    })
}
