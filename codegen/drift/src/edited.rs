//! Documents before and after: which changed, as a diff, and written, all or none.

use std::path::Path;

use huaweicloud_codegen::Source;
use huaweicloud_codegen::workspace::FileError;
use huaweicloud_codegen::write::{Staged, stage_file};
use similar::{ChangeTag, TextDiff};

/// The documents that are new or changed.
pub fn changed<'a>(before: &[Source], after: &'a [Source]) -> impl Iterator<Item = &'a Source> {
    after
        .iter()
        .filter(|new| text(before, new) != Some(&new.text))
}

fn text<'b>(before: &'b [Source], of: &Source) -> Option<&'b str> {
    let old = before.iter().find(|old| old.path == of.path);
    old.map(|old| old.text.as_str())
}

/// The edits of the documents that were there, as a unified diff.
pub fn diff(before: &[Source], after: &[Source]) -> String {
    let mut out = String::new();
    for new in changed(before, after) {
        let Some(old) = text(before, new) else {
            continue;
        };
        let diff = TextDiff::from_lines(old, new.text.as_str());
        let mut unified = diff.unified_diff();
        unified.context_radius(3);
        unified.header(&format!("a/{}", new.path), &format!("b/{}", new.path));
        out.push_str(&unified.to_string());
    }
    out
}

/// How many lines come and how many go between two texts.
pub fn lines_changed(before: &str, after: &str) -> (usize, usize) {
    let diff = TextDiff::from_lines(before, after);
    let count = |tag| diff.iter_all_changes().filter(|it| it.tag() == tag).count();
    (count(ChangeTag::Insert), count(ChangeTag::Delete))
}

/// The documents that changed, ready beside those of a workspace.
///
/// # Errors
/// When one cannot be written; then none was touched.
pub fn stage(root: &Path, before: &[Source], after: &[Source]) -> Result<Vec<Staged>, FileError> {
    let changed = changed(before, after);
    let staged = changed.map(|it| stage_file(&root.join(&it.path), it.text.as_bytes()));
    staged.collect()
}

/// Writes the documents that changed.
///
/// # Errors
/// When one cannot be written.
pub fn write(root: &Path, before: &[Source], after: &[Source]) -> Result<(), FileError> {
    let staged = stage(root, before, after)?;
    staged.into_iter().try_for_each(Staged::keep)
}
