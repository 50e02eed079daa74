//! The command line of a client of Huawei Cloud that resets passwords: what is the same for all operations.
//!
//! What an operation takes, and how its call is made, generated code says in constants: a
//! [`Program`]. [`run`] does the rest.
//!
//! | module | idea |
//! |---|---|
//! | `description` | what a client can do, as generated code tells it |
//! | `tree` | the subcommands and flags that come of it |
//! | `flags` | their names, and those that several subcommands have |
//! | `usage` | arguments that are wrong, told without repeating them |
//! | `settings` | how the client works: flags, environment, file |
//! | `session` | clients, built by the settings |
//! | `arguments` | the values of one call, and what comes back |
//! | `secrets` | where secrets come from: `prompt`, `secret_input`, or made here |
//! | `escrow` | where a new password is safe before it leaves; `durable` writes it |
//! | `rehearsal` | requests that are made and not sent |
//! | `single` | one call |
//! | `batch` | a plan of many, with a journal |
//! | `report`, `outcome` | what came of it, for people and scripts |
//! | `whoami`, `policy`, `explain` | who calls, what it needs, what a code means |
//! | `say` | words for people beside the result |
//! | `interrupt` | being told to stop |
//! | `hardening` | no core dumps, no files that others read |
#![forbid(unsafe_code)]
#![deny(missing_docs)]
// They panic where nobody listens any more; see `say`.
#![cfg_attr(not(test), deny(clippy::print_stdout, clippy::print_stderr))]

mod arguments;
mod batch;
mod clock;
mod description;
mod durable;
mod escrow;
mod explain;
mod flags;
mod hardening;
mod interrupt;
mod outcome;
mod policy;
mod private;
mod problem;
mod prompt;
mod rehearsal;
mod report;
mod say;
mod secret_input;
mod secrets;
mod session;
mod settings;
mod single;
mod tree;
mod usage;
mod watch;
mod whoami;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;
use huaweicloud_runtime::generated::BuiltClient;

pub use crate::arguments::{Arguments, Reply};
pub use crate::description::{
    Calling, Command, Kind, Need, Parameter, Permission, Program, Service,
};
use crate::flags::name;
use crate::problem::Problem;
use crate::settings::{Format, Settings};

/// Runs the command with the arguments of the process, and tells how the process is to end.
pub fn run<C: BuiltClient + Clone + Send + Sync>(program: &'static Program<C>) -> ExitCode {
    hardening::harden();
    let matches = match tree::command(program).try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            let decoys = tree::decoys(&tree::command(program));
            return ExitCode::from(usage::tell(&error, &decoys));
        }
    };
    let ended = dispatch(program, &matches);
    let code = ended.unwrap_or_else(|problem| {
        tell(&problem, &matches);
        problem.exit()
    });
    ExitCode::from(code)
}

/// Tells why the command ends without a result: in the form that was asked for, as far as that can be
/// told where settings may be what is wrong.
fn tell(problem: &Problem, matches: &ArgMatches) {
    let text = problem.to_string();
    if text.is_empty() {
        return;
    }
    let mut inner = matches;
    while let Some((_, below)) = inner.subcommand() {
        inner = below;
    }
    let said = flags::text(inner, settings::OUTPUT).and_then(|word| Format::of(word));
    let format = said.or_else(|| Some(Settings::read(inner).ok()?.output));
    if !format.is_some_and(|format| report::write_problem(problem, format)) {
        say::say(format_args!("error: {text}"));
    }
}

fn dispatch<C: BuiltClient + Clone + Send + Sync>(
    program: &'static Program<C>,
    matches: &ArgMatches,
) -> Result<u8, Problem> {
    let Some((name, matches)) = matches.subcommand() else {
        return Err(Problem::Usage(
            "name a subcommand; --help lists them".to_owned(),
        ));
    };
    match name {
        name::BATCH => in_runtime(batch::run(program, matches)),
        name::WHOAMI => in_runtime(whoami::run(program, matches)),
        name::POLICY => {
            let policy = policy::policy(program, matches)?;
            let format = match Settings::read(matches)?.output {
                Format::Table => Format::Json,
                chosen => chosen,
            };
            report::write(&policy, format).map_err(single::unwritten)?;
            Ok(0)
        }
        name::EXPLAIN => {
            let code = matches.get_one::<String>("code").map_or("", String::as_str);
            let explained = explain::explain(program, code)?;
            let format = Settings::read(matches)?.output;
            let written = match explained.as_slice() {
                [only] => report::write(only, format),
                several => report::write(&several, format),
            };
            written.map_err(single::unwritten)?;
            Ok(0)
        }
        name::COMPLETIONS => {
            if let Some(shell) = matches.get_one::<clap_complete::Shell>("shell") {
                let mut command = tree::command(program);
                // It panics where it cannot write.
                let mut script = Vec::new();
                clap_complete::generate(*shell, &mut command, program.name, &mut script);
                let written = std::io::stdout().write_all(&script);
                written.map_err(single::unwritten)?;
            }
            Ok(0)
        }
        name::MAN => {
            let folder = matches
                .get_one::<String>("folder")
                .map_or("", String::as_str);
            manual(program, Path::new(folder))
        }
        service => {
            let service = program.services.iter().find(|it| it.name == service);
            let called = service.zip(matches.subcommand());
            let found = called.and_then(|(service, (name, matches))| {
                let command = service.commands.iter().find(|it| it.name == name)?;
                Some((*service, command, matches))
            });
            match found {
                Some((service, command, matches)) => {
                    in_runtime(single::run(service, command, matches))
                }
                None => Err(Problem::Usage("there is no such operation".to_owned())),
            }
        }
    }
}

/// Writes a page for the command and for each of its subcommands.
fn manual<C>(program: &Program<C>, folder: &Path) -> Result<u8, Problem> {
    let failed = |error| Problem::Local(format!("{}: {error}", folder.display()));
    fs::create_dir_all(folder).map_err(failed)?;
    clap_mangen::generate_to(tree::command(program), folder).map_err(failed)?;
    Ok(0)
}

/// Everything waits on one thread: what takes time is the network.
fn in_runtime<T>(work: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| {
        Problem::Local(format!(
            "the system does not give what waiting needs: {error}"
        ))
    })?;
    runtime.block_on(work)
}
