//! `cargo codegen update`.

use huaweicloud_codegen::{Workspace, profile};
use huaweicloud_drift::edited::lines_changed;
use huaweicloud_drift::report::CommandContext;
use huaweicloud_drift::update::{Plan, plan, write};
use huaweicloud_semver::compare;
use huaweicloud_semver::report::Report;

use crate::args::Follow;
use crate::docs::{fixed_lines, tell_left};
use crate::out::{errln, out, outln, say_diff};
use crate::pages::{SpecAndLock, tell_failures};
use crate::{DONE, FAILED, counted, fail, generate};

pub(crate) fn run(workspace: &Workspace, args: &Follow, root: Option<&str>) -> u8 {
    // An error was told where it happened.
    update(workspace, args, root).unwrap_or_else(|code| code)
}

fn update(workspace: &Workspace, args: &Follow, root: Option<&str>) -> Result<u8, u8> {
    let mut loaded = SpecAndLock::open(workspace)?;
    let mut checks = loaded.check(&args.pages);
    if !checks.failures.is_empty() {
        tell_failures(&checks.failures);
        errln!("error: nothing was changed");
        return Ok(FAILED);
    }
    if args.write && checks.is_blocked() {
        checks.or_unreadable(DONE);
        errln!(
            "error: nothing was changed; save the page again, or accept what cannot be read: \
             docs accept --fact unreadable/present --reason '…'"
        );
        return Ok(FAILED);
    }
    loaded.confirm(&mut checks, &args.look)?;
    let plan = plan(workspace, &loaded.lock, &checks.to_follow()).map_err(|error| {
        let code = generate::failed(error, generate::UNCHANGED);
        errln!("error: spec/ stays as it was too; `docs patch` shows the edits");
        code
    })?;
    summary(&plan)?;
    if args.write {
        write(workspace, &plan).map_err(|error| fail(&error))?;
        loaded.follow(&plan.patched);
        loaded.keep(workspace)?;
    }
    let words = CommandContext {
        root,
        operation: args.pages.operation.as_deref(),
    };
    let files = checks.pages.iter().flat_map(|(_, it)| &it.files);
    let files = files.map(String::as_str);
    let is_nothing = plan.patched.fixed.is_empty() && plan.outcome.difference.is_empty();
    let code = tell_left(&plan.patched);
    match (is_nothing, args.write) {
        (true, _) => {}
        (false, true) => {
            outln!("written; after a look:");
            outln!("  {}", words.docs("accept", files));
        }
        (false, false) if checks.is_blocked() => {
            outln!("nothing was written, nor would --write do it before all can be read");
        }
        (false, false) => outln!("nothing was written; --write does it"),
    }
    Ok(checks.or_unreadable(code))
}

/// What would change in spec/ and in generated/, and what it means.
fn summary(plan: &Plan) -> Result<(), u8> {
    say_diff(&plan.patched.diff(&plan.before));
    outln!(
        "spec/: {} fixed",
        counted(plan.patched.fixed.len(), "difference")
    );
    for line in fixed_lines(&plan.patched) {
        outln!("  {line}");
    }
    let lines = plan.outcome.difference.lines();
    outln!("generated/: {}", counted(lines.len(), "file"));
    for line in lines {
        outln!("  {line}{}", size(plan, &line));
    }
    let (old, new) = (&plan.before, &plan.patched.sources);
    let profile = profile::of_the_workspace();
    let difference = compare(old, new, profile).map_err(|error| fail(&error))?;
    let version = profile.package().version.parse().ok();
    let report = Report::new(&difference, old, new, version);
    out!("{}", report.summary());
    Ok(())
}

/// How many lines come and go: ` (+3 -1)`.
fn size(plan: &Plan, line: &str) -> String {
    let Some((_, path)) = line.split_once(' ') else {
        return String::new();
    };
    let before = plan
        .outcome
        .on_disk
        .files
        .get(path)
        .map(|it| String::from_utf8_lossy(it));
    let before = before.unwrap_or_default();
    let after = plan
        .outcome
        .rendered
        .as_ref()
        .and_then(|it| it.files.get(path));
    let after = after.map(String::as_str).unwrap_or_default();
    let (added, removed) = lines_changed(&before, after);
    format!(" (+{added} -{removed})")
}
