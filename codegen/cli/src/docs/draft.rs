//! `cargo codegen docs draft`.

use huaweicloud_codegen::Workspace;
use huaweicloud_codegen::write::write_file;
use huaweicloud_drift::draft::draft;
use huaweicloud_drift::patch::Patched;
use huaweicloud_drift::report::visible;

use super::patch::tell_new_mistakes;
use crate::args::Draft;
use crate::out::{errln, out, say_diff};
use crate::pages::{self, SpecAndLock};
use crate::{DONE, FAILED, counted, fail};

pub(super) fn run(workspace: &Workspace, args: &Draft) -> Result<u8, u8> {
    let loaded = SpecAndLock::open(workspace)?;
    let (files, mut failures) = pages::files(&args.pages);
    let mut read = Vec::new();
    for path in files {
        match pages::read(&path) {
            Ok(page) => read.push(page.facts),
            Err(failure) => failures.push(failure),
        }
    }
    for failure in &failures {
        let (file, message) = (visible(&failure.file), visible(&failure.message));
        errln!("error: {file}: {message}");
    }
    let mut failed = failures.len();
    let drafted = draft(&loaded.sources, read, args.service.as_deref());
    for (file, error) in &drafted.failures {
        failed += 1;
        errln!("error: {}: {}", visible(file), visible(&error.to_string()));
    }
    if failed > 0 {
        errln!(
            "error: {} became no operation, so nothing was written",
            counted(failed, "file")
        );
        return Ok(FAILED);
    }
    let before = &loaded.sources;
    let changed = Patched {
        sources: drafted.sources.clone(),
        ..Patched::default()
    };
    for source in changed.changed(before) {
        if args.write {
            let path = workspace.root().join(&source.path);
            write_file(&path, source.text.as_bytes()).map_err(|error| fail(&error))?;
        } else if before.iter().all(|it| it.path != source.path) {
            let lines = source.text.lines().map(|it| format!("{}\n", visible(it)));
            out!("{}", lines.collect::<String>());
        }
    }
    if !args.write {
        say_diff(&changed.diff(before));
    }
    for operation in &drafted.operations {
        let asks = counted(operation.asks, "question");
        let (label, file) = (visible(&operation.label), visible(&operation.file));
        errln!("{label}: {asks} behind `# ask:` in {file}");
    }
    match args.write {
        true => errln!("written; settle the questions, then run `cargo codegen generate`"),
        false => errln!("nothing was written; --write does it"),
    }
    Ok(tell_new_mistakes(&drafted.sources, "the drafted documents").unwrap_or(DONE))
}
