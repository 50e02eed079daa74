//! `cargo codegen generate --spec DOC`.

use std::path::Path;

use huaweicloud_codegen::disk::inside;
use huaweicloud_codegen::generate::{Outcome, named};
use huaweicloud_codegen::profile::RuntimePlace;
use huaweicloud_codegen::{ClientCrate, Policy};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::args::{Generate, PolicyName};
use crate::generate::failed;
use crate::levels::Levels;
use crate::out::{errln, outln, say_diff};
use crate::{DONE, FOUND, counted, print_diagnostics};

pub(crate) fn run(document: &Path, root: Option<&Path>, args: &Generate) -> u8 {
    let policy = match policy(document, args) {
        Ok(policy) => policy,
        Err(unknown) => return unknown,
    };
    let mut made = ClientCrate::of(document).policy(policy);
    if let Some(out) = &args.out {
        made = made.out(out);
    }
    if let Some(name) = &args.name {
        made = made.name(name);
    }
    if let Some(root) = root {
        made = made.root(root);
    }
    if let Some(runtime) = &args.runtime {
        // It is written into the manifest as it is given.
        made = made.runtime(RuntimePlace::Path(runtime.display().to_string()));
    }
    let shown = progress();
    let watch = |done: usize, of: usize| {
        shown.set_length(counted_in_64(of));
        shown.set_position(counted_in_64(done));
    };
    let outcome = match args.check {
        true => made.compare_watched(&watch),
        false => made.write_watched(&watch),
    };
    shown.finish_and_clear();
    match outcome {
        Ok(outcome) => tell(&made, &outcome, args.check),
        Err(error) => failed(error, "no crate was made, and nothing was written"),
    }
}

/// Shows how many operations are done, where there is a terminal and it takes long enough to be seen.
fn progress() -> ProgressBar {
    let target = ProgressDrawTarget::stderr_with_hz(5);
    let bar = ProgressBar::with_draw_target(None, target);
    // A template that indicatif did not take would leave its own.
    match ProgressStyle::with_template("{pos} of {len} operations {wide_bar}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn counted_in_64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// The policy, once every code in it is one that there is.
fn policy(document: &Path, args: &Generate) -> Result<Policy, u8> {
    let policy = match args.policy {
        PolicyName::Strict => Policy::strict(),
        PolicyName::Permissive => Policy::permissive(),
    };
    let levels = Levels {
        file: args.levels.as_deref(),
        deny: &args.deny,
        allow: &args.allow,
    };
    levels.over(policy, document)
}

fn tell(made: &ClientCrate, outcome: &Outcome, is_check: bool) -> u8 {
    let Some(rendered) = &outcome.rendered else {
        return DONE;
    };
    print_diagnostics(&rendered.warnings, &outcome.sources);
    let folder = made.folder();
    let folder = folder.display();
    let services = rendered.model.services.iter();
    let operations: usize = services.map(|it| it.operations.len()).sum();
    let changed = outcome.difference.lines().len();
    let is_different = is_check && !outcome.difference.is_empty();
    if is_different {
        let (shown, files) = (folder.to_string(), &rendered.files);
        let changes = &outcome.difference;
        say_diff(&changes.unified_in(&shown, "the document", files, &outcome.on_disk));
        errln!("error: {folder} differs in {}", counted(changed, "file"));
        return FOUND;
    }
    for found in named(&outcome.difference.foreign) {
        let found = inside(&found).unwrap_or(&found);
        errln!("warning: {found} in {folder} is left as it is; the generator did not write it");
    }
    outln!(
        "{} in {folder}: {}, {} changed",
        made.package(),
        counted(operations, "operation"),
        counted(changed, "file")
    );
    if !rendered.left_out.is_empty() {
        outln!(
            "left out: {}",
            counted(rendered.left_out.len(), "operation")
        );
        for (operation, _) in &rendered.left_out {
            outln!("  {}", operation.escape_debug());
        }
    }
    DONE
}
