//! The title, and what it and the introduction say about the whole operation.

use super::page::Page;
use super::retired::is_retired;
use super::witness;
use crate::block::{Block, Text};
use crate::facts::{Fact, Route, WitnessKind};
use crate::vocabulary::{Section, plain, section};

/// The page's title.
pub(super) fn title(page: &Page<'_>) -> Option<Fact<String>> {
    heading(page).map(|text| Fact {
        value: text.text.clone(),
        witnesses: vec![witness(WitnessKind::Heading, text.lines)],
    })
}

fn heading<'b>(page: &Page<'b>) -> Option<&'b Text> {
    let mut headings = page.placed.iter().filter_map(|placed| match placed.block {
        Block::Heading { level, text } => Some((*level, text)),
        _ => None,
    });
    let (level, text) = headings.next()?;
    (level == 1 || section(&text.text).is_none()).then_some(text)
}

/// The vendor's name of the operation: behind a dash in the title, or in a link to the API Explorer.
pub(super) fn operation(page: &Page<'_>) -> Option<Fact<String>> {
    if let Some(text) = heading(page) {
        let mut parts = text
            .text
            .split([' ', '(', ')', '（', '）', '—', '–'])
            .filter(|part| is_operation(part));
        if let Some(name) = parts.next_back() {
            return Some(Fact {
                value: name.to_owned(),
                witnesses: vec![witness(WitnessKind::Heading, text.lines)],
            });
        }
    }
    page.texts().find_map(|(_, text)| {
        let name = text.links.iter().find_map(|link| {
            let (_, query) = link.target.split_once("apiexplorer")?;
            let (_, name) = query.split_once("api=")?;
            let name = name.split(['&', '#']).next()?;
            is_operation(name).then(|| name.to_owned())
        })?;
        Some(Fact {
            value: name,
            witnesses: vec![witness(WitnessKind::Prose, text.lines)],
        })
    })
}

/// Whether a word is written like the name of an operation: two or more words run together.
fn is_operation(word: &str) -> bool {
    let capitals = word.chars().filter(char::is_ascii_uppercase).count();
    let small = word.chars().filter(char::is_ascii_lowercase).count();
    word.len() > 5
        && word.chars().all(|c| c.is_ascii_alphanumeric())
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && capitals >= 2
        && small > capitals
}

/// The page says the operation is deprecated: in its title, in a sentence about this API, or by a
/// route of a version that was retired as a whole.
pub(super) fn deprecated(page: &Page<'_>, routes: &[Fact<Route>]) -> Option<Fact<bool>> {
    let retired = || {
        let own = routes
            .first()
            .filter(|route| is_retired(&route.value.path))?;
        Some(Fact {
            value: true,
            witnesses: own.witnesses.clone(),
        })
    };
    said_deprecated(page).or_else(retired)
}

fn said_deprecated(page: &Page<'_>) -> Option<Fact<bool>> {
    const WORDS: &[&str] = &[
        "deprecated",
        "discarded",
        "obsolete",
        "abandoned",
        "废弃",
        "已下线",
        "obsoleto",
        "descartado",
        "obsolète",
        "verouderd",
        "deprecado",
        "desuso",
        "弃用",
    ];
    // What announces the end of an API, where a sentence says it of "this API".
    const ENDING: &[&str] = &[
        "will be unavailable",
        "will be brought offline",
        "will be taken offline",
        "will be discontinued",
        "is no longer maintained",
        "no longer recommended",
        "即将下线",
        "将下线",
        "停止服务",
        "不再维护",
        "不推荐使用",
    ];
    if let Some(text) = heading(page) {
        let line = plain(&text.text);
        if WORDS.iter().any(|word| line.contains(word)) {
            return Some(Fact {
                value: true,
                witnesses: vec![witness(WitnessKind::Heading, text.lines)],
            });
        }
    }
    page.texts().find_map(|(placed, text)| {
        if !matches!(
            placed.section,
            None | Some(Section::Function | Section::Constraints)
        ) {
            return None;
        }
        let line = plain(&text.text);
        let about = [
            "this api",
            "this interface",
            "the api",
            "本接口",
            "该接口",
            "此接口",
            "当前接口",
            "该api",
            "此api",
            "本api",
            "esta api",
            "cette api",
            "deze api",
        ];
        let sentence = line.split(['.', '。', ';', '\n']).find(|sentence| {
            about.iter().any(|start| sentence.contains(start))
                && WORDS
                    .iter()
                    .chain(ENDING)
                    .any(|word| sentence.contains(word))
        })?;
        // "Replaces the deprecated API" is about another one.
        let other = [
            "instead of",
            "replace the deprecated",
            "取代",
            "deprecated api ",
            "discarded api ",
        ]
        .iter()
        .any(|word| sentence.contains(word));
        (!other).then(|| Fact {
            value: true,
            witnesses: vec![witness(WitnessKind::Prose, text.lines)],
        })
    })
}

/// The page says the work goes on after the answer.
pub(super) fn asynchronous(page: &Page<'_>) -> Option<Fact<bool>> {
    page.texts().find_map(|(placed, text)| {
        if !matches!(
            placed.section,
            None | Some(Section::Function | Section::Constraints)
        ) {
            return None;
        }
        let line = plain(&text.text);
        let says = [
            "asynchronous api",
            "asynchronous interface",
            "is asynchronous",
            "异步接口",
            "interface asynchrone",
            "api asíncrona",
            "api assíncrona",
        ]
        .iter()
        .any(|word| line.contains(word));
        says.then(|| Fact {
            value: true,
            witnesses: vec![witness(WitnessKind::Prose, text.lines)],
        })
    })
}
