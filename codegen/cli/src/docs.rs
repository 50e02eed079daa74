//! `cargo codegen docs …`.

mod accept;
mod check;
mod draft;
mod fetch;
mod patch;
mod read;
mod watch;

use huaweicloud_codegen::Workspace;

pub(crate) use patch::{fixed_lines, tell_left};

use crate::args::Docs;

pub(crate) fn run(workspace: &Workspace, command: &Docs, root: Option<&str>) -> u8 {
    let done = match command {
        Docs::Read(args) => Ok(read::run(args)),
        Docs::Check(args) => check::run(workspace, args, root),
        Docs::Accept(args) => accept::run(workspace, args),
        Docs::Patch(args) => patch::run(workspace, args),
        Docs::Draft(args) => draft::run(workspace, args),
        Docs::Fetch(args) => fetch::run(workspace, args),
        Docs::Watch(args) => watch::run(workspace, args, root),
    };
    // An error was told where it happened.
    done.unwrap_or_else(|code| code)
}
