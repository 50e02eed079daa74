//! One thing under two names.

use super::Subject;

/// Two names of what may be the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// What the page calls it.
    pub page: Subject,
    /// What the document calls it.
    pub document: Subject,
    /// Whether that is certain enough to go by.
    pub is_sure: bool,
}

/// What the document calls a thing of the page, as far as that is certain.
pub(crate) fn renamed(subject: &Subject, renames: &[Rename]) -> Subject {
    let sure = renames.iter().filter(|it| it.is_sure);
    sure.fold(subject.clone(), |subject, it| {
        moved(&subject, &it.page, &it.document)
    })
}

/// A subject, or what it is in, under another name.
fn moved(subject: &Subject, from: &Subject, to: &Subject) -> Subject {
    let path = || {
        let (path, from, to) = (subject.path()?, from.path()?, to.path()?);
        Some(subject.at(format!("{to}{}", path.strip_prefix(from)?)))
    };
    let moved = match subject {
        _ if subject != from && !subject.is_inside(from) => None,
        Subject::Parameter(..) => Some(to.clone()),
        _ => path(),
    };
    moved.unwrap_or_else(|| subject.clone())
}
