//! `cargo codegen docs patch`.

use huaweicloud_codegen::check::check;
use huaweicloud_codegen::generate::policy;
use huaweicloud_codegen::load::load;
use huaweicloud_codegen::profile;
use huaweicloud_codegen::{Diagnostics, Policy, Source, Workspace};
use huaweicloud_drift::edited;
use huaweicloud_drift::patch::{Patched, patch};

use crate::args::Follow;
use crate::out::{errln, say_diff};
use crate::pages::{SpecAndLock, tell_failures};
use crate::{DONE, FAILED, FOUND, counted, fail, print_diagnostics};

pub(super) fn run(workspace: &Workspace, args: &Follow) -> Result<u8, u8> {
    let mut loaded = SpecAndLock::open(workspace)?;
    let mut checks = loaded.check(&args.pages);
    tell_failures(&checks.failures);
    if !checks.failures.is_empty() {
        return Ok(FAILED);
    }
    loaded.confirm(&mut checks, &args.look)?;
    let patched = patch(&loaded.sources, &loaded.lock, &checks.to_follow());
    say_diff(&patched.diff(&loaded.sources));
    // Documents that were valid stay so.
    let mistakes = tell_mistakes(workspace, &loaded.sources, &patched);
    if let (true, Some(code)) = (args.write, mistakes) {
        tell_left(&patched);
        errln!("error: nothing was written");
        return Ok(checks.or_unreadable(code));
    }
    if args.write {
        let written = edited::write(workspace.root(), &loaded.sources, &patched.sources);
        written.map_err(|error| fail(&error))?;
        loaded.follow(&patched);
        loaded.keep(workspace)?;
    }
    let fixed = counted(patched.fixed.len(), "difference");
    match (patched.fixed.is_empty(), args.write) {
        (true, _) => errln!("nothing to fix"),
        (false, true) => {
            errln!("{fixed} fixed; look at the lines, then run `cargo codegen generate`")
        }
        (false, false) => errln!("{fixed} can be fixed; --write does it"),
    }
    for line in fixed_lines(&patched) {
        errln!("  {line}");
    }
    let code = tell_left(&patched);
    Ok(checks.or_unreadable(mistakes.unwrap_or(code)))
}

/// What was fixed, a line each.
pub(crate) fn fixed_lines(patched: &Patched) -> impl Iterator<Item = String> {
    patched.fixed.iter().map(|fixed| {
        let it = &fixed.difference;
        let breaking = if it.breaking.breaks {
            " (breaking)"
        } else {
            ""
        };
        format!("{} {it}{breaking}", it.code().code)
    })
}

/// Tells what the generator will not take about documents that it took before.
fn tell_mistakes(workspace: &Workspace, before: &[Source], patched: &Patched) -> Option<u8> {
    if patched.fixed.is_empty() || mistakes(workspace, before).has_errors() {
        return None;
    }
    tell_new_mistakes(workspace, &patched.sources, "the fixed documents")
}

/// Tells what the generator will not take about documents.
pub(super) fn tell_new_mistakes(
    workspace: &Workspace,
    sources: &[Source],
    what: &str,
) -> Option<u8> {
    let found = mistakes(workspace, sources);
    if !found.has_errors() {
        return None;
    }
    print_diagnostics(&found, sources);
    errln!("error: {what} need a hand at the lines shown before they can be generated from");
    Some(FOUND)
}

/// What is found, as the policy of `generate` has it: what that refuses is a mistake here too.
fn mistakes(workspace: &Workspace, sources: &[Source]) -> Diagnostics {
    let loaded = load(sources);
    let mut found = loaded.diagnostics;
    found.extend(check(&loaded.documents, profile::of_the_workspace()));
    // A file of levels that cannot be read is told by `generate`.
    policy(workspace)
        .unwrap_or_else(|_| Policy::strict())
        .judge(found)
}

/// Tells what was not fixed, and gives the exit code for it.
pub(crate) fn tell_left(patched: &Patched) -> u8 {
    for note in &patched.notes {
        errln!("note: {note}");
    }
    for ask in &patched.asks {
        errln!("# ask: {}:{}: {}", ask.file, ask.line, ask.text);
    }
    tell_words(patched);
    for left in &patched.left {
        let (operation, it) = (&left.operation, &left.difference);
        errln!("left: {operation} {} {}: {it}", it.code().code, it.name);
        errln!("      {}", left.why);
    }
    if patched.left.is_empty() { DONE } else { FOUND }
}

/// Says which words may be false now: no edit touches a description, a comment or an example's
/// meaning.
fn tell_words(patched: &Patched) {
    let fixed = &patched.fixed;
    for fixed in fixed.chunk_by(|one, next| one.operation == next.operation) {
        let mut subjects: Vec<String> = Vec::new();
        for it in fixed {
            let subject = it.difference.name.subject.to_string();
            if !subjects.contains(&subject) {
                subjects.push(subject);
            }
        }
        let operation = fixed.first().map_or("", |it| it.operation.as_str());
        errln!(
            "note: {operation}: words are for people; read the descriptions, comments and examples of: {}",
            subjects.join(", ")
        );
    }
}
