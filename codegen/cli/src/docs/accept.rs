//! `cargo codegen docs accept`.

use huaweicloud_codegen::Workspace;
use huaweicloud_drift::accept::{Accepted, Decision, Sighting, accept};
use huaweicloud_drift::claim::listed;
use huaweicloud_drift::day::Day;
use huaweicloud_drift::report::visible;

use crate::args::Accept;
use crate::out::{errln, outln};
use crate::pages::{SpecAndLock, lock_failed};
use crate::{DONE, FAILED, counted};

pub(super) fn run(workspace: &Workspace, args: &Accept) -> Result<u8, u8> {
    let mut loaded = SpecAndLock::open(workspace)?;
    let checks = loaded.check(&args.pages);
    if !checks.failures.is_empty() {
        checks.tell_failures();
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
            Ok(accepted) => told.push((loaded.label(checked), &page.title, accepted)),
            Err(error) => {
                errln!(
                    "error: {}: {}",
                    visible(&page.title),
                    visible(&error.to_string())
                );
                errln!("error: nothing was recorded");
                return Ok(FAILED);
            }
        }
    }
    loaded.lock.write(workspace.root()).map_err(lock_failed)?;
    for (label, file, accepted) in told {
        tell(&label, file, &accepted, day);
    }
    Ok(DONE)
}

fn tell(label: &str, file: &str, accepted: &Accepted, day: Day) {
    let changed = counted(accepted.changed.len(), "fact");
    let names = match accepted.changed.as_slice() {
        [] => String::new(),
        names => format!(": {}", listed(names.iter())),
    };
    outln!(
        "{label}: reviewed {day} from {}, {changed} new or changed on record{}",
        visible(file),
        visible(&names)
    );
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
        outln!(
            "  still open: {} {}",
            difference.code().code,
            difference.name
        );
    }
    if !open.is_empty() {
        outln!("  follow the page with `docs patch`, or say why not with --reason");
    }
}
