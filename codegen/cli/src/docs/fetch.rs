//! `cargo codegen docs fetch`.

use huaweicloud_codegen::Workspace;
use huaweicloud_drift::fetch::{FOLDER, FetchOptions, Fetched, fetch, wanted};

use crate::args::Fetch;
use crate::out::{errln, outln};
use crate::pages::SpecAndLock;
use crate::{DONE, FAILED, counted, fail};

pub(super) fn run(workspace: &Workspace, args: &Fetch) -> Result<u8, u8> {
    let loaded = SpecAndLock::open(workspace)?;
    let mut pages = wanted(&loaded.spec);
    if let Some(unknown) = args
        .operation
        .iter()
        .find(|asked| !pages.iter().any(|page| page.operation == **asked))
    {
        let known: Vec<&str> = pages.iter().map(|it| it.operation.as_str()).collect();
        return Err(fail(&format!(
            "no operation `{unknown}` names a page by `externalDocs`; these do: {}",
            known.join(", ")
        )));
    }
    if !args.operation.is_empty() {
        pages.retain(|page| args.operation.contains(&page.operation));
    }
    if pages.is_empty() {
        return Err(fail(&"no operation names a page by `externalDocs`"));
    }
    let folder = args.into.clone();
    let folder = folder.unwrap_or_else(|| workspace.root().join(FOLDER));
    let options = FetchOptions {
        pause: args.pause,
        timeout: args.timeout,
        ..FetchOptions::default()
    };
    let mut failed = 0;
    fetch(&pages, &folder, &options, |page, fetched| match fetched {
        Ok(Fetched::New { path, bytes }) => {
            outln!("{}: {} ({bytes} bytes)", page.operation, path.display());
        }
        Ok(Fetched::Unchanged { path }) => {
            outln!("{}: {} (unchanged)", page.operation, path.display());
        }
        Err(error) => {
            failed += 1;
            errln!("error: {}: {error}", page.operation);
        }
    });
    if failed > 0 {
        errln!("error: {} could not be fetched", counted(failed, "page"));
        return Ok(FAILED);
    }
    Ok(DONE)
}
