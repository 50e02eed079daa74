//! `cargo codegen docs accept`.

use huaweicloud_codegen::Workspace;
use huaweicloud_drift::accept::{Accepted, Decision, Sighting, accept};
use huaweicloud_drift::claim::listed;
use huaweicloud_drift::day::Day;

use crate::args::Accept;
use crate::out::{errln, outln};
use crate::pages::{Page, SpecAndLock, lock_failed, tell_failures};
use crate::{DONE, FAILED, counted};

pub(super) fn run(workspace: &Workspace, args: &Accept) -> Result<u8, u8> {
    let mut loaded = SpecAndLock::open(workspace)?;
    let checks = loaded.check(&args.pages);
    if !checks.failures.is_empty() {
        tell_failures(&checks.failures);
        errln!("error: nothing was recorded");
        return Ok(FAILED);
    }
    let decision = Decision {
        reason: args.reason.clone(),
        facts: args.fact.clone(),
        removals: args.accept_removal.clone(),
    };
    let day = args.day.unwrap_or_else(Day::today);
    let mut told = Vec::new();
    for (checked, page) in &checks.pages {
        let look = Sighting::of(&page.texts, day);
        match accept(&mut loaded.lock, &loaded.spec, checked, &decision, &look) {
            Ok(accepted) => told.push((page, accepted)),
            Err(error) => {
                errln!("error: {}: {error}", page.title);
                errln!("error: nothing was recorded");
                return Ok(FAILED);
            }
        }
    }
    loaded.lock.write(workspace.root()).map_err(lock_failed)?;
    for (page, accepted) in told {
        tell(page, &accepted, day);
    }
    Ok(DONE)
}

fn tell(page: &Page, accepted: &Accepted, day: Day) {
    let (label, file) = (&page.operation, &page.title);
    let changed = counted(accepted.changed.len(), "fact");
    let names = match accepted.changed.as_slice() {
        [] => String::new(),
        names => format!(": {}", listed(names.iter())),
    };
    outln!("{label}: reviewed {day} from {file}, {changed} new or changed on record{names}");
    for name in &accepted.explained {
        outln!("  on purpose now: {name}");
    }
    for name in &accepted.dropped {
        outln!("  no deviation any more: {name}");
    }
    for name in &accepted.pending {
        outln!("  pending until it is seen a second time: {name}");
    }
    let open = accepted.open.iter();
    let open: Vec<_> = open
        .filter(|it| !accepted.pending.contains(&it.name))
        .collect();
    for difference in &open {
        let code = difference.code().code;
        outln!("  still open: {code} {}", difference.name);
    }
    if !open.is_empty() {
        outln!("  follow the page with `docs patch`, or say why not with --reason");
    }
}
