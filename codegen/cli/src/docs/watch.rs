//! `cargo codegen docs watch`.

use std::collections::BTreeSet;

use huaweicloud_codegen::Workspace;
use huaweicloud_codegen::write::write_file;
use huaweicloud_drift::fetch::Wanted;
use huaweicloud_drift::report::{CommandContext, Failure, Report};

use super::fetch;
use crate::args::Watch;
use crate::out::{out, outln};
use crate::pages::SpecAndLock;
use crate::{DONE, FOUND, counted, fail};

/// Fetches, compares and tells. Nothing of the workspace changes: neither documents nor the record.
pub(super) fn run(workspace: &Workspace, args: &Watch, root: Option<&str>) -> Result<u8, u8> {
    let loaded = SpecAndLock::open(workspace)?;
    let wanted = fetch::chosen(&loaded.spec, &args.source)?;
    let folder = fetch::folder(workspace, args.into.as_deref())?;
    if let Some(path) = &args.report {
        let above = path.parent().unwrap_or(path);
        if path.is_dir() || fetch::file_in_the_way(above).is_some() {
            let path = path.display();
            return Err(fail(&format!(
                "no report can be written to {path}, which is a folder or below a file; name another \
                 file with --report"
            )));
        }
    }
    let brought = fetch::bring(&wanted, &folder, &args.source, |_, _| {});
    // What could not be fetched is not compared: the copy of another day says nothing about today.
    let files = [brought.files, args.beside.clone()].concat();
    let checks = loaded.check_files(&files, None);
    let all_read = checks.failures.is_empty();
    let mut failures = brought.failures;
    failures.extend(checks.failures);
    let compared = checks.pages.iter().filter_map(|(checked, _)| {
        let operation = checked.operation(&loaded.spec)?;
        Some(operation.label())
    });
    // While a file could not be read, nobody can tell whose it is.
    if all_read {
        failures.extend(misdirected(&wanted, compared.collect(), &failures));
    }
    let pages = checks.pages.into_iter();
    let pages: Vec<_> = pages.map(|(checked, page)| (checked, page.texts)).collect();
    let report = Report {
        spec: &loaded.spec,
        lock: &loaded.lock,
        pages: &pages,
        failures: &failures,
        all: false,
        words: CommandContext {
            root,
            operation: None,
        },
    };
    let markdown = report.markdown(&brought.moved);
    match &args.report {
        None => out!("{markdown}"),
        Some(path) => {
            if let Err(error) = write_file(path, markdown.as_bytes()) {
                // What was fetched for it would not say so again.
                out!("{markdown}");
                return Err(fail(&error));
            }
            let found = counted(report.counts().open, "difference");
            let failed = counted(failures.len(), "failure");
            outln!("{}: {found}, {failed}", path.display());
        }
    }
    Ok(match report.exit_code() {
        DONE if !brought.moved.is_empty() => FOUND,
        code => code,
    })
}

/// The operations whose address serves the page of another: nothing came of what was fetched for them.
fn misdirected(
    wanted: &[Wanted],
    compared: BTreeSet<String>,
    failures: &[Failure],
) -> Vec<Failure> {
    let failed: BTreeSet<&str> = failures.iter().map(|it| it.file.as_str()).collect();
    let asked: BTreeSet<&str> = wanted.iter().map(|it| it.operation.as_str()).collect();
    let missed = asked
        .into_iter()
        .filter(|it| !compared.contains(*it) && !failed.contains(it));
    let missed = missed.map(|operation| Failure {
        file: operation.to_owned(),
        message: "what its address serves is not a page of it; look at the address, in \
                  `externalDocs` or behind --definitions"
            .to_owned(),
    });
    missed.collect()
}
