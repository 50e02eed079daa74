//! `cargo codegen docs draft`.

use huaweicloud_codegen::{Source, Workspace};
use huaweicloud_drift::draft::{DraftedOperation, draft};
use huaweicloud_drift::edited;
use huaweicloud_pages::facts::Facts;

use super::patch::tell_new_mistakes;
use crate::args::Draft;
use crate::out::{errln, out, say_diff};
use crate::pages::{Page, SpecAndLock, read_all, tell_failures};
use crate::{DONE, FAILED, counted, fail};

pub(super) fn run(workspace: &Workspace, args: &Draft) -> Result<u8, u8> {
    let loaded = SpecAndLock::open(workspace)?;
    let (read, failures) = read_all(&args.pages);
    tell_failures(&failures);
    let read = read.into_iter().map(in_lines).collect();
    let drafted = draft(&loaded.sources, read, args.service.as_deref());
    for (file, error) in &drafted.failures {
        errln!("error: {file}: {error}");
    }
    let failed = failures.len() + drafted.failures.len();
    if failed > 0 {
        errln!(
            "error: {} became no operation, so nothing was written",
            counted(failed, "file")
        );
        return Ok(FAILED);
    }
    let (before, after) = (&loaded.sources, &drafted.sources);
    if args.write {
        edited::write(workspace.root(), before, after).map_err(|error| fail(&error))?;
    } else {
        let is_new = |it: &&Source| before.iter().all(|old| old.path != it.path);
        for source in after.iter().filter(is_new) {
            out!("{}", source.text);
        }
        say_diff(&edited::diff(before, after));
    }
    for operation in &drafted.operations {
        let asks = counted(operation.asks, "question");
        let DraftedOperation { label, file, .. } = operation;
        errln!("{label}: {asks} behind `# ask:` in {file}");
    }
    match args.write {
        true => errln!("written; settle the questions, then run `cargo codegen generate`"),
        false => errln!("nothing was written; --write does it"),
    }
    Ok(tell_new_mistakes(workspace, &drafted.sources, "the drafted documents").unwrap_or(DONE))
}

/// What a page says; of a definition on one line by the lines that it has with one for each value, so
/// that a question leads somewhere.
fn in_lines(page: Page) -> Facts {
    let (Some(file), Some(text)) = (page.files.first(), page.texts.first()) else {
        return page.facts;
    };
    let lines = huaweicloud_drift::fetch::in_lines(file, text.as_bytes());
    match lines.and_then(|it| huaweicloud_pages::read(file, &it).ok()) {
        Some(facts) => {
            errln!(
                "note: {file} is on one line; the questions count those that `jq . {file}` shows"
            );
            facts
        }
        None => page.facts,
    }
}
