//! `cargo codegen docs check`.

use huaweicloud_codegen::Workspace;
use huaweicloud_drift::report::{CommandContext, Report};

use crate::args::{Check, CheckFormat};
use crate::out::{out, out_width, say_styled};
use crate::pages::SpecAndLock;

pub(super) fn run(workspace: &Workspace, args: &Check, root: Option<&str>) -> Result<u8, u8> {
    let mut loaded = SpecAndLock::open(workspace)?;
    let mut checks = loaded.check(&args.pages);
    loaded.confirm(&mut checks, &args.look)?;
    loaded.keep(workspace)?;
    let pages: Vec<_> = checks
        .pages
        .into_iter()
        .map(|(checked, page)| (checked, page.texts))
        .collect();
    loaded.tell_orphans();
    let report = Report {
        spec: &loaded.spec,
        lock: &loaded.lock,
        pages: &pages,
        failures: &checks.failures,
        all: args.all,
        words: CommandContext {
            root,
            operation: args.pages.operation.as_deref(),
        },
    };
    match args.format {
        // Colours go away by themselves where nobody sees them.
        CheckFormat::Text => say_styled(&report.text(true, out_width())),
        CheckFormat::Json => out!("{}", report.json()),
        CheckFormat::Sarif => out!("{}", report.sarif()),
        CheckFormat::Github => out!("{}", report.github()),
        CheckFormat::Markdown => out!("{}", report.markdown(&[])),
    }
    Ok(report.exit_code())
}
