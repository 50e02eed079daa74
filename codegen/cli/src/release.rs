//! `cargo codegen release`.

use std::path::Path;
use std::process::Command;

use huaweicloud_codegen::profile::RUNTIME;
use huaweicloud_codegen::workspace::FileError;
use huaweicloud_codegen::write::{Staged, stage_file};
use huaweicloud_codegen::{Source, Workspace, profile};
use huaweicloud_drift::day::Day;
use huaweicloud_semver::change::Verdict;
use huaweicloud_semver::compare;
use huaweicloud_semver::report::Report;
use huaweicloud_semver::version::Version;

use crate::args::Release;
use crate::out::{errln, out, outln};
use crate::{DONE, FOUND, fail, git};

/// Where the version of all packages stands, and that which one of them asks for of another.
const MANIFEST: &str = "Cargo.toml";
const CHANGELOG: &str = "CHANGELOG.md";
/// The heading that a release puts its own below.
const UNRELEASED: &str = "## [Unreleased]\n";

pub(crate) fn run(workspace: &Workspace, args: &Release) -> u8 {
    match release(workspace, args) {
        Ok(code) => code,
        Err(message) => {
            let code = fail(&message);
            errln!("error: nothing was changed");
            code
        }
    }
}

/// What was released last, and what is to be released.
struct Since {
    /// The tag of the last release and its version; none before the first.
    last: Option<(String, Version)>,
    old: Vec<Source>,
    new: Vec<Source>,
}

fn release(workspace: &Workspace, args: &Release) -> Result<u8, String> {
    let root = workspace.root();
    let manifest = read(root, MANIFEST)?;
    let current: Version = version_of(&manifest)?;
    let since = since(workspace)?;
    let profile = profile::of_the_workspace();
    let difference = match &since.last {
        Some(_) => {
            let compared = compare(&since.old, &since.new, profile);
            Some(compared.map_err(|error| error.to_string())?)
        }
        None => None,
    };
    let verdict = difference.as_ref().map_or(Verdict::None, |it| it.verdict());
    let least = since
        .last
        .as_ref()
        .map_or(current, |(_, last)| last.after(verdict));
    let report = difference.as_ref().map(|it| {
        let last = since.last.as_ref().map(|(_, version)| *version);
        Report::new(it, &since.old, &since.new, last)
    });
    match (&since.last, &report) {
        (Some((tag, _)), Some(report)) => out!("since {tag}:\n{}", report.summary()),
        _ => outln!("no release is tagged yet: nothing to compare with"),
    }
    if args.check {
        return Ok(match current >= least {
            true => {
                outln!("version {current} says as much");
                DONE
            }
            false => {
                errln!("error: version {current} says less: spec/ needs {least}");
                FOUND
            }
        });
    }
    let given = match (&args.version, args.step) {
        (Some(version), _) => version.parse().map_err(|error| format!("{error}"))?,
        (None, Some(step)) => {
            let base = since.last.as_ref().map_or(current, |(_, last)| *last);
            base.after(step.verdict())
        }
        (None, None) => least.max(current),
    };
    let is_tagged = since.last.as_ref().is_some_and(|(_, last)| given <= *last);
    if given < least || is_tagged {
        errln!("error: {given} is too little: what differs needs {least} or more");
        return Ok(FOUND);
    }
    let changes = git::changes(root)?;
    if !changes.is_empty() && !args.dry_run {
        return Err(format!(
            "there are changes that are not committed; commit them first:\n{changes}"
        ));
    }
    let changelog = read(root, CHANGELOG)?;
    let new_manifest = with_version(&manifest, given)?;
    let entry = report.map(|it| it.changelog()).unwrap_or_default();
    let new_changelog = with_entry(&changelog, given, Day::today(), &entry)?;
    if args.dry_run {
        outln!(
            "would be version {given}, with this entry:\n\n{}",
            released(&new_changelog)
        );
        return Ok(DONE);
    }
    let new = [
        (MANIFEST, new_manifest.as_str()),
        (CHANGELOG, &new_changelog),
    ];
    write(root, &new)?;
    if let Err(message) = regenerate(root) {
        write(root, &[(MANIFEST, &manifest), (CHANGELOG, &changelog)])?;
        return Err(message);
    }
    outln!("version {given} is set, generated/ made anew, the entry written. After a look:");
    for command in commands(given) {
        outln!("  {command}");
    }
    Ok(DONE)
}

/// What a person does then: nothing here does it.
fn commands(version: Version) -> Vec<String> {
    let mut commands = vec![
        format!("git commit --all --message 'Release {version}'"),
        format!("git tag v{version}"),
    ];
    let client = profile::of_the_workspace().package();
    let neutral = RUNTIME.replace('_', "-");
    for package in [neutral.as_str(), &client.runtime.name, &client.name] {
        commands.push(format!("cargo publish --package {package}"));
    }
    commands.push(format!("git push origin HEAD v{version}"));
    commands
}

fn since(workspace: &Workspace) -> Result<Since, String> {
    let root = workspace.root();
    let new = workspace.sources().map_err(|error| error.to_string())?;
    let tag = git::last_release(root)?;
    let Some(tag) = tag else {
        return Ok(Since {
            last: None,
            old: Vec::new(),
            new,
        });
    };
    let version = tag.trim_start_matches('v').parse();
    let version: Version = version.map_err(|error| format!("the tag {tag}: {error}"))?;
    let old = git::documents_at(&tag, &workspace.spec(), Some(root))?;
    Ok(Since {
        last: Some((tag, version)),
        old,
        new,
    })
}

fn read(root: &Path, path: &str) -> Result<String, String> {
    let path = root.join(path);
    std::fs::read_to_string(&path).map_err(|error| FileError::new("read", &path, error).to_string())
}

/// Writes files, all or none.
fn write(root: &Path, files: &[(&str, &str)]) -> Result<(), String> {
    let stage = |(path, text): &(&str, &str)| stage_file(&root.join(path), text.as_bytes());
    let staged: Result<Vec<Staged>, FileError> = files.iter().map(stage).collect();
    let staged = staged.map_err(|error| error.to_string())?;
    let kept = staged.into_iter().try_for_each(Staged::keep);
    kept.map_err(|error| error.to_string())
}

/// Makes generated/ anew with the version that stands in the manifest now, for which the generator is
/// built anew.
fn regenerate(root: &Path) -> Result<(), String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(root).args(["codegen", "generate"]);
    let status = command.status();
    match status.map_err(|error| format!("cargo could not be run: {error}"))? {
        status if status.success() => Ok(()),
        _ => Err("`cargo codegen generate` failed, see above".to_owned()),
    }
}

/// The lines of the manifest that say the version: that of the workspace's packages, and that which
/// one of them asks for of another.
fn version_lines(manifest: &str) -> Result<Vec<std::ops::Range<usize>>, String> {
    let mut section = "";
    let mut at = 0;
    let mut found = Vec::new();
    for line in manifest.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.starts_with('[') {
            section = trimmed;
        }
        let is_version = match section {
            "[workspace.package]" => trimmed.starts_with("version = \""),
            "[workspace.dependencies]" => line.contains(" path = \""),
            _ => false,
        };
        if is_version && let Some(from) = line.find("version = \"") {
            let from = from + "version = \"".len();
            let length = line[from..].find('"').unwrap_or_default();
            found.push(at + from..at + from + length);
        }
        at += line.len();
    }
    match found.is_empty() {
        true => Err(format!("{MANIFEST} has no version in [workspace.package]")),
        false => Ok(found),
    }
}

fn version_of(manifest: &str) -> Result<Version, String> {
    let lines = version_lines(manifest)?;
    let text = lines.first().and_then(|it| manifest.get(it.clone()));
    let version = text.unwrap_or_default().parse();
    version.map_err(|error| format!("{MANIFEST}: {error}"))
}

fn with_version(manifest: &str, version: Version) -> Result<String, String> {
    let mut text = manifest.to_owned();
    for range in version_lines(manifest)?.into_iter().rev() {
        text.replace_range(range, &version.to_string());
    }
    Ok(text)
}

/// Puts what was unreleased, and what differs in the documents, below a heading of its own.
fn with_entry(changelog: &str, version: Version, day: Day, entry: &str) -> Result<String, String> {
    let (before, after) = changelog
        .split_once(UNRELEASED)
        .ok_or_else(|| format!("{CHANGELOG} has no line `{}`", UNRELEASED.trim()))?;
    let heading = format!("## [{version}] - {day}\n");
    let documents = match entry.is_empty() {
        true => String::new(),
        false => format!(
            "\n{}\n",
            entry.trim_end().replace("### ", "### Documents: ")
        ),
    };
    // What people wrote stands first.
    let end = ["\n## [", "\n["]
        .iter()
        .filter_map(|it| after.find(it))
        .min();
    let (written, rest) = after.split_at(end.unwrap_or(after.len()));
    let written = written.trim_end();
    Ok(format!(
        "{before}{UNRELEASED}\n{heading}{written}\n{documents}{rest}"
    ))
}

/// The entry that stands first.
fn released(changelog: &str) -> &str {
    let after = changelog
        .split_once(UNRELEASED)
        .map_or(changelog, |(_, it)| it);
    let start = after.find("## [").unwrap_or_default();
    let end = after[start + 1..].find("\n## [").map(|it| start + 1 + it);
    let end = end.or_else(|| after.find("\n[Unreleased]:"));
    after[start..end.unwrap_or(after.len())].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "[workspace.package]\nversion = \"0.1.0\"\n\n[workspace.dependencies]\n\
                            core = { version = \"0.1.0\", path = \"core\" }\nother = \"1\"\n\n\
                            [package]\nname = \"a\"\nversion = \"7.0.0\"\n";

    #[test]
    fn a_version_is_set_where_it_stands_and_nowhere_else() {
        assert_eq!(version_of(MANIFEST).unwrap().to_string(), "0.1.0");
        let set = with_version(MANIFEST, "0.2.0".parse().unwrap()).unwrap();
        assert_eq!(set, MANIFEST.replace("0.1.0", "0.2.0"));
        assert!(version_of("[package]\nversion = \"1.0.0\"\n").is_err());
    }

    #[test]
    fn what_was_unreleased_gets_a_heading() {
        let day = Day::parse("2026-11-29").unwrap();
        let version = "0.2.0".parse().unwrap();
        let changelog = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- This.\n\n## [0.1.0] - 2026-01-01\n\n- That.\n\n[0.1.0]: x\n";
        let made = with_entry(changelog, version, day, "### Breaking\n\n- Gone.\n\n").unwrap();
        assert_eq!(
            made,
            "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-11-29\n\n### Added\n\n- This.\n\n\
             ### Documents: Breaking\n\n- Gone.\n\n## [0.1.0] - 2026-01-01\n\n- That.\n\n[0.1.0]: x\n"
        );
        assert!(released(&made).ends_with("- Gone."));
        assert!(with_entry("# Changelog\n", version, day, "").is_err());
    }
}
