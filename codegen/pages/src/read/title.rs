//! The title, and what it and the introduction say about the whole operation.

use super::page::Page;
use super::source;
use crate::block::{Block, Text};
use crate::facts::{Fact, SourceKind};
use crate::vendor::explorer_link;
use crate::vocabulary::{Meaning, Term, is_marked_deprecated, plain, says_deprecated, section};

/// The page's title.
pub(super) fn title(page: &Page<'_>) -> Option<Fact<String>> {
    heading(page).map(|text| Fact::new(text.text.clone(), source(SourceKind::Heading, text.lines)))
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
    if let Some(text) = heading(page) {
        // "Adding a Tag (Native OpenStack API)" has a name among other words.
        let parts = text.text.split(['-', '(', ')', '（', '）', '—', '–']);
        let mut parts = parts.map(str::trim).filter(|part| is_operation(part));
        if let Some(name) = parts.next_back() {
            return Some(Fact::new(
                name.to_owned(),
                source(SourceKind::Heading, text.lines),
            ));
        }
    }
    let linked = page.texts().find_map(|(_, text)| {
        let name = text.links.iter().find_map(|link| {
            let name = explorer_link(&link.target)?.operation?;
            is_operation(name).then(|| name.to_owned())
        })?;
        Some(Fact::new(name, source(SourceKind::Prose, text.lines)))
    });
    linked.or_else(|| {
        let title = heading(page)?;
        let mut files = title.links.iter().map(|it| it.target.split('.').next());
        let name = files.find_map(|it| it.filter(|it| is_operation(it)))?;
        let said = source(SourceKind::Heading, title.lines);
        Some(Fact::new(name.to_owned(), said))
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
    if let Some(text) = heading(page)
        && is_marked_deprecated(&plain(&text.text))
    {
        return Some(Fact::new(true, source(SourceKind::Heading, text.lines)));
    }
    page.texts().find_map(|(_, text)| {
        plain(&text.text)
            .split(['.', '。', ';', '\n'])
            .any(says_deprecated)
            .then(|| Fact::new(true, source(SourceKind::Prose, text.lines)))
    })
}

/// The page says the work goes on after the response.
pub(super) fn asynchronous(page: &Page<'_>) -> Option<Fact<bool>> {
    page.texts().find_map(|(_, text)| {
        Term::Asynchronous
            .within(&plain(&text.text))
            .then(|| Fact::new(true, source(SourceKind::Prose, text.lines)))
    })
}
