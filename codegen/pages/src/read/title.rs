//! The title, and what it and the introduction say about the whole operation.

use super::page::Page;
use super::source;
use crate::block::{Block, Text};
use crate::facts::{Fact, SourceKind};
use crate::vendor::explorer_link;
use crate::vocabulary::{Meaning, Term, is_marked_deprecated, plain, says_deprecated, section};

/// The page's title.
pub(super) fn title(page: &Page<'_>) -> Option<Fact<String>> {
    heading(page).map(|text| headed(text.text.clone(), text))
}

/// What the title says.
fn headed<T>(value: T, title: &Text) -> Fact<T> {
    Fact::new(value, source(SourceKind::Heading, title.lines))
}

/// What a text of the page says, the first that does.
fn told<T>(page: &Page<'_>, says: impl Fn(&Text) -> Option<T>) -> Option<Fact<T>> {
    let mut texts = page.texts();
    texts.find_map(|(_, text)| {
        Some(Fact::new(
            says(text)?,
            source(SourceKind::Prose, text.lines),
        ))
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

/// The vendor's name of the operation: behind a dash in the title, in a link to the API Explorer, or as
/// the file of the page that this one was made of, which the title leads to.
pub(super) fn operation(page: &Page<'_>) -> Option<Fact<String>> {
    let own = |name: &str| is_operation(name).then(|| name.to_owned());
    let title = heading(page);
    let titled = title.and_then(|title| {
        // "Adding a Tag (Native OpenStack API)" has a name among other words.
        let mut parts = title.text.rsplit(['-', '(', ')', '（', '）', '—', '–']);
        Some(headed(parts.find_map(|part| own(part.trim()))?, title))
    });
    let linked = |text: &Text| {
        let mut links = text.links.iter();
        links.find_map(|link| own(explorer_link(&link.target)?.operation?))
    };
    titled.or_else(|| told(page, linked)).or_else(|| {
        let mut files = title?.links.iter().map(|it| it.target.split('.').next());
        Some(headed(files.find_map(|it| own(it?))?, title?))
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

/// The page says the operation is deprecated: in its title, or in a sentence about this API.
pub(super) fn deprecated(page: &Page<'_>) -> Option<Fact<bool>> {
    let marked = heading(page).filter(|title| is_marked_deprecated(&plain(&title.text)));
    marked.map(|title| headed(true, title)).or_else(|| {
        told(page, |text| {
            let words = plain(&text.text);
            let mut sentences = words.split(['.', '。', ';', '\n']);
            sentences.any(says_deprecated).then_some(true)
        })
    })
}

/// The page says the work goes on after the response.
pub(super) fn asynchronous(page: &Page<'_>) -> Option<Fact<bool>> {
    told(page, |text| {
        Term::Asynchronous
            .within(&plain(&text.text))
            .then_some(true)
    })
}
