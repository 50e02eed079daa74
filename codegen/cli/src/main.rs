//! The maintainer's command: `cargo codegen …`.

mod args;
mod client_crate;
mod diff;
mod docs;
mod generate;
mod git;
mod levels;
mod lint;
mod out;
mod pages;
mod release;
mod update;

use std::process::ExitCode;
use std::sync::LazyLock;

use clap::Parser;
use huaweicloud_codegen::profile::{self, Neutral, Profile, RuntimePlace};
use huaweicloud_codegen::{Diagnostics, Source, Workspace};
use mimalloc::MiMalloc;

use args::{Cli, Command};
use out::errln;

/// Half of what making a crate takes is asking for memory, and giving it back.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let given = cli.root.clone();
    let root = cli.root.as_ref().map(|it| it.display().to_string());
    let workspace = cli.root.map_or_else(Workspace::current, Workspace::at);
    let code = match cli.command {
        Command::Generate(args) => match &args.spec {
            Some(document) => client_crate::run(document, given.as_deref(), &args),
            None => generate::run(&workspace, args.check),
        },
        Command::Lint(args) => lint::run(&workspace, given.as_deref(), &args),
        Command::Diff(args) => diff::run(&workspace, given.as_deref(), &args),
        Command::Update(update) => update::run(&workspace, &update, root.as_deref()),
        Command::Release(args) => release::run(&workspace, &args),
        Command::Docs(docs) => docs::run(&workspace, &docs, root.as_deref()),
    };
    ExitCode::from(out::finish(code))
}

/// Everything went as it should.
const DONE: u8 = 0;
/// Something is there to be looked at.
const FOUND: u8 = 1;
/// Something could not be read or written.
const FAILED: u8 = 2;

/// Tells an error and gives the exit code for it.
fn fail(error: &dyn std::fmt::Display) -> u8 {
    errln!("error: {error}");
    FAILED
}

/// What documents are read for: the workspace's own crate, or one of anybody.
fn profile_of(is_own: bool) -> &'static dyn Profile {
    static NEUTRAL: LazyLock<Neutral> =
        LazyLock::new(|| Neutral::new("client", RuntimePlace::Registry));
    match is_own {
        true => profile::of_the_workspace(),
        false => &*NEUTRAL,
    }
}

fn print_diagnostics(diagnostics: &Diagnostics, sources: &[Source]) {
    if !diagnostics.is_empty() {
        // Colours go away by themselves where nobody sees them.
        out::tell_styled(&diagnostics.render_within(sources, true, out::err_width()));
    }
}

/// `1 file`, `2 files`.
fn counted(count: usize, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{count} {what}s")
    }
}
