//! `cargo codegen diff`.

use std::path::{Path, PathBuf};

use huaweicloud_codegen::profile::Profile;
use huaweicloud_codegen::workspace::documents_in;
use huaweicloud_codegen::{Source, Workspace, source_of};
use huaweicloud_semver::report::Report;
use huaweicloud_semver::version::Version;
use huaweicloud_semver::{CompareError, compare};

use crate::args::{Diff, DiffFormat};
use crate::out::{out, out_width, say_styled};
use crate::{DONE, FOUND, fail, git, print_diagnostics, profile_of};

pub(crate) fn run(workspace: &Workspace, root: Option<&Path>, args: &Diff) -> u8 {
    let (old, new) = match args.documents.as_slice() {
        [old, new] => (Some(old.clone()), new.clone()),
        [new] => (None, new.clone()),
        _ => (None, workspace.spec()),
    };
    let is_own = is_same_folder(&new, &workspace.spec());
    let within = match is_own {
        true => Some(workspace.root()),
        false => root,
    };
    // As `generate` takes them: what stands beside a spec/ is of that workspace.
    let profile = profile_of(workspace.spec().is_dir() && !args.foreign);
    let sources = match (&args.git, old) {
        (Some(revision), None) => git::documents_at(revision, &new, within),
        (None, Some(old)) => on_disk(&old, within, profile),
        _ => Err("say what to compare with: OLD and NEW, or --git REV".to_owned()),
    };
    let sources = sources.and_then(|old| Ok((old, on_disk(&new, within, profile)?)));
    let (old, new) = match sources {
        Ok(sources) => sources,
        Err(message) => return fail(&message),
    };
    let difference = match compare(&old, &new, profile) {
        Ok(difference) => difference,
        Err(error) => {
            if let CompareError::Unreadable(found) = &error {
                let sources: Vec<_> = old.into_iter().chain(new).collect();
                print_diagnostics(found, &sources);
            }
            return fail(&error);
        }
    };
    let version: Option<Version> = match is_own {
        true => profile.package().version.parse().ok(),
        false => None,
    };
    let report = Report::new(&difference, &old, &new, version);
    match args.format {
        DiffFormat::Text => say_styled(&report.text(true, out_width())),
        DiffFormat::Json => out!("{}", report.json()),
        DiffFormat::Markdown => out!("{}", report.markdown()),
        DiffFormat::Github => out!("{}", report.github()),
        DiffFormat::Changelog => out!("{}", report.changelog()),
    }
    let most = args.most.map(|it| it.verdict());
    match most.is_some_and(|most| difference.verdict() > most) {
        true => FOUND,
        false => DONE,
    }
}

/// A document, or those of a folder, with what they refer to.
fn on_disk(
    path: &Path,
    within: Option<&Path>,
    profile: &dyn Profile,
) -> Result<Vec<Source>, String> {
    if !path.is_dir() {
        let source = source_of(path, within, profile.package());
        return Ok(vec![source.map_err(|error| error.to_string())?]);
    }
    let sources = documents_in(path, within).map_err(|error| error.to_string())?;
    if sources.is_empty() {
        return Err(format!("there are no documents in {}", path.display()));
    }
    let folder = path.display().to_string();
    Ok(sources.into_iter().map(|it| it.below(&folder)).collect())
}

fn is_same_folder(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    let one: Option<PathBuf> = whole(one);
    one.is_some() && one == whole(other)
}
