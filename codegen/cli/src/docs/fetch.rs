//! `cargo codegen docs fetch`.

use std::path::{Path, PathBuf};

use huaweicloud_codegen::Workspace;
use huaweicloud_drift::document::Spec;
use huaweicloud_drift::fetch::{FOLDER, FetchOptions, Fetched, Wanted, definitions, fetch, wanted};
use huaweicloud_drift::report::{Failure, Moved};

use crate::args::{Fetch, Source};
use crate::out::{errln, outln};
use crate::pages::{SpecAndLock, tell_failures};
use crate::{DONE, FAILED, counted, fail};

pub(super) fn run(workspace: &Workspace, args: &Fetch) -> Result<u8, u8> {
    let loaded = SpecAndLock::open(workspace)?;
    let files = chosen(&loaded.spec, &args.source)?;
    let folder = folder(workspace, args.into.as_deref())?;
    let brought = bring(&files, &folder, &args.source, |file, fetched| {
        let path = fetched.path.display();
        match fetched.news {
            Some(bytes) => outln!("{}: {path} ({bytes} bytes)", file.operation),
            None => outln!("{}: {path} (unchanged)", file.operation),
        }
    });
    for Moved {
        operation,
        from,
        to,
        edit,
    } in &brought.moved
    {
        errln!("moved: {operation}: {from} led to {to}; {edit}");
    }
    tell_failures(&brought.failures);
    if !brought.failures.is_empty() {
        let failed = counted(brought.failures.len(), "file");
        errln!("error: {failed} could not be fetched");
        return Ok(FAILED);
    }
    Ok(DONE)
}

/// The folder that files go to. Whether it can be one is seen before anything is asked for.
pub(super) fn folder(workspace: &Workspace, named: Option<&Path>) -> Result<PathBuf, u8> {
    let folder = named.map_or_else(|| workspace.root().join(FOLDER), Path::to_owned);
    match file_in_the_way(&folder) {
        None => Ok(folder),
        Some(file) => Err(fail(&format!(
            "{} cannot be a folder, since {} is a file; name another with --into",
            folder.display(),
            file.display()
        ))),
    }
}

/// What is no folder, and would have to be one.
pub(super) fn file_in_the_way(folder: &Path) -> Option<&Path> {
    let there = folder.ancestors().find(|it| it.exists());
    there.filter(|it| !it.is_dir())
}

/// The files that are wanted. What is wrong is told; the error is the exit code.
pub(super) fn chosen(spec: &Spec, source: &Source) -> Result<Vec<Wanted>, u8> {
    let mut files = wanted(spec);
    let has_page = |asked: &String| files.iter().any(|it| it.operation == *asked);
    let template = source.definitions.as_deref();
    let has_definition = |asked: &String| template.is_some() && spec.operation(asked).is_some();
    let mut asked = source.operation.iter();
    if let Some(unknown) = asked.find(|it| !has_page(it) && !has_definition(it)) {
        let known: Vec<&str> = files.iter().map(|it| it.operation.as_str()).collect();
        return Err(fail(&format!(
            "no operation `{unknown}` names a page by `externalDocs`; these do: {}",
            known.join(", ")
        )));
    }
    files.extend(template.into_iter().flat_map(|it| definitions(spec, it)));
    if !source.operation.is_empty() {
        files.retain(|file| source.operation.contains(&file.operation));
    }
    if files.is_empty() {
        return Err(fail(&"no operation names a page by `externalDocs`"));
    }
    Ok(files)
}

/// What came of fetching.
#[derive(Default)]
pub(super) struct Brought {
    /// The files that are there now.
    pub(super) files: Vec<PathBuf>,
    /// What was not fetched, and why; the file is the operation.
    pub(super) failures: Vec<Failure>,
    /// Which addresses led elsewhere, and what to edit.
    pub(super) moved: Vec<Moved>,
}

/// Fetches files; `told` hears of each that is there.
pub(super) fn bring(
    files: &[Wanted],
    folder: &Path,
    source: &Source,
    mut told: impl FnMut(&Wanted, &Fetched),
) -> Brought {
    let options = FetchOptions {
        pause: source.pause,
        timeout: source.timeout,
        ..FetchOptions::default()
    };
    let mut brought = Brought::default();
    fetch(files, folder, &options, |file, fetched| match fetched {
        Ok(fetched) => {
            told(file, &fetched);
            brought.moved.extend(moved(file, &fetched));
            brought.files.push(fetched.path);
        }
        Err(error) => brought.failures.push(Failure {
            file: file.operation.clone(),
            message: error.to_string(),
        }),
    });
    brought
}

/// A file whose address led elsewhere, and what to edit.
fn moved(file: &Wanted, fetched: &Fetched) -> Option<Moved> {
    let edit = match &file.written {
        Some((document, line)) => format!(
            "if that is for good, write the new address into `externalDocs` at {document}:{line}"
        ),
        None => "if that is for good, give `--definitions` the new address".to_owned(),
    };
    Some(Moved {
        operation: file.operation.clone(),
        from: file.url.clone(),
        to: fetched.moved.clone()?,
        edit,
    })
}
