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
    let below = |path: &str, from: &str, to: &str| {
        let rest = path.strip_prefix(from)?;
        (rest.is_empty() || rest.starts_with(['.', '['])).then(|| format!("{to}{rest}"))
    };
    let moved = match (subject, from, to) {
        (Subject::Parameter(..), ..) => (subject == from).then(|| to.clone()),
        (Subject::Field(path), Subject::Field(from), Subject::Field(to)) => {
            below(path, from, to).map(Subject::Field)
        }
        (Subject::Response(a, path), Subject::Response(b, from), Subject::Response(_, to)) => {
            let path = below(path, from, to).filter(|_| a == b);
            path.map(|path| Subject::Response(a.clone(), path))
        }
        _ => None,
    };
    moved.unwrap_or_else(|| subject.clone())
}
