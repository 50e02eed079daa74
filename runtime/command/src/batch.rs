//! Many calls by a plan, each of them once.
//!
//! | module | idea |
//! |---|---|
//! | `plan` | rows of names and values, as CSV or YAML |
//! | `files` | those of a run, none of them twice |
//! | `job` | rows that are understood |
//! | `check` | everything that is wrong, before the first call |
//! | `journal` | what became of each row, so that a run can be gone on with |
//! | `next` | what is to be done about each row |
//! | `run` | the calls, several at a time |
//! | `progress` | how far it is, for people who wait |
//! | `summary` | what came of all: a table and a file |

mod check;
mod files;
mod job;
mod journal;
mod next;
mod plan;
mod progress;
mod run;
mod summary;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Arg, ArgAction, ArgMatches, Command as Clap, value_parser};
use huaweicloud_runtime::generated::BuiltClient;

use self::check::Checked;
use self::files::Files;
use self::job::{Job, Usual};
use self::journal::{Journal, Place};
use self::next::{Next, Said};
use self::run::{Run, Why};
use crate::description::Program;
use crate::flags::{flag, name, of_new_passwords, text};
use crate::outcome::{self, Outcome};
use crate::problem::Problem;
use crate::secrets;
use crate::session::Session;
use crate::settings::Settings;

const PLAN: &str = "plan";
const JOURNAL: &str = "journal";
const REPORT: &str = "report";
const CONCURRENCY: &str = "concurrency";
const MAX_FAILURES: &str = "max-failures";
const AGAIN: &str = "again";
const DONE: &str = "done";
const VERIFY: &str = "verify";

const ABOUT: &str = "Make the calls of a plan, each once, and go on where a run was stopped

A plan is CSV whose first line names its columns, or a YAML list of mappings: `service`, \
`operation`, `region` (else --region), `project_id` (else that of the credentials), `row` (a name \
of your own, else the line), and the parameters of the operation, as they are called with `_` for \
`-`. In the column of a password stands where it comes from, and never the password: `generate`, or \
`file:` and the path of a file, from the folder of the plan.

The plan is checked whole before the first call. A journal beside it has what became of each row; \
the same command goes on where it was. A row whose request may have been processed is not sent \
again until --again names it.";

/// The subcommand.
pub(crate) fn command() -> Clap {
    let path = |name, value, help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name(value)
            .value_parser(value_parser!(PathBuf))
            .help(help)
    };
    let rows = |name, help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name("ROW")
            .action(ArgAction::Append)
            .help(help)
    };
    let [_, secret_file, secret_command, _] = of_new_passwords();
    Clap::new(name::BATCH)
        .about("Make the calls of a plan, each once")
        .long_about(ABOUT)
        .display_order(1000)
        .arg(
            Arg::new(PLAN)
                .value_name("PLAN")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("The plan: NAME.csv or NAME.yaml"),
        )
        .arg(
            Arg::new(flag::DRY_RUN)
                .long(flag::DRY_RUN)
                .action(ArgAction::SetTrue)
                .help("Check everything and print what would be done; send nothing"),
        )
        .args([secret_file, secret_command])
        .arg(path(JOURNAL, "FILE", "The journal [default: PLAN.journal]"))
        .arg(path(REPORT, "FILE", "What became of each row, as CSV [default: PLAN.report.csv]"))
        .arg(
            Arg::new(CONCURRENCY)
                .long(CONCURRENCY)
                .value_name("N")
                .default_value("8")
                .value_parser(value_parser!(u16).range(1..=256))
                .help("How many calls are under way at a time"),
        )
        .arg(
            Arg::new(MAX_FAILURES)
                .long(MAX_FAILURES)
                .value_name("N")
                .default_value("20")
                .value_parser(value_parser!(u32))
                .help("Stop when more rows than this have failed"),
        )
        .arg(rows(
            AGAIN,
            "Send this row again, though it may have been processed; by its name (its line, if it has none), by line:N, by its key, or @FILE with one a line",
        ))
        .arg(rows(
            DONE,
            "Take this row for done, after a look at the service; named in the same ways",
        ))
        .arg(
            Arg::new(VERIFY)
                .long(VERIFY)
                .conflicts_with_all([AGAIN, DONE])
                .action(ArgAction::SetTrue)
                .help("Tell of the rows that may have been processed, and ask the service about those where it can tell; send no other"),
        )
}

/// Runs a plan. Gives the exit code.
pub(crate) async fn run<C: BuiltClient + Clone + Send + Sync>(
    program: &'static Program<C>,
    matches: &ArgMatches,
) -> Result<u8, Problem> {
    let path = |name| matches.get_one::<PathBuf>(name).cloned();
    let plan = path(PLAN).unwrap_or_default();
    let beside = |ending: &str| {
        let mut name = plan.clone().into_os_string();
        name.push(ending);
        PathBuf::from(name)
    };
    let journal_path = path(JOURNAL).unwrap_or_else(|| beside(".journal"));
    let report_path = path(REPORT).unwrap_or_else(|| beside(".report.csv"));
    let session = Session::new(Settings::read(matches)?)?;
    let format = session.settings.output;
    let rows = plan::read(&plan)?;
    let project = session.project();
    let usual = Usual {
        region: session.region().ok(),
        project: project.as_deref(),
        folder: plan.parent().unwrap_or(Path::new("")),
    };
    let checked = Checked::of(&rows, program, usual);
    drop(rows);
    let named = |name| {
        let rows = matches.get_many::<String>(name).into_iter().flatten();
        rows.map(String::as_str).collect::<Vec<_>>()
    };
    let again = check::named(&checked.jobs, &named(AGAIN))?;
    let done = check::named(&checked.jobs, &named(DONE))?;
    let place = Place {
        endpoint: session.addresses(),
        project: project.clone(),
    };
    let known = Journal::look(&journal_path, &place)?;
    let said = Said {
        again: &again,
        done: &done,
        verifies: matches.get_flag(VERIFY),
    };
    let expected = next::of(&checked.jobs, &known, said)?;
    let jobs = checked.rehearsed(&plan, &session, &expected).await?;
    next::tell_forgotten(&jobs, &known);
    let is_sent = |(_, next): &(&Job<C>, &Next)| **next == Next::Send;
    let mut sent = jobs.iter().zip(&expected).filter(is_sent);
    let makes = sent.any(|(job, _)| job.makes());
    secrets::is_placed(matches, makes)?;
    let secret_file = text(matches, flag::SECRET_FILE).map(PathBuf::from);
    let files = Files {
        plan: &plan,
        journal: &journal_path,
        report: &report_path,
    };
    files::apart(files, secret_file.as_deref(), &jobs)?;
    if matches.get_flag(flag::DRY_RUN) {
        summary::planned(&jobs, &expected, format)?;
        return Ok(0);
    }
    files::can_be_kept(files)?;
    // From here on no other run writes it; what one did while this one checked is done.
    let (journal, known) = Journal::open(&journal_path, place).await?;
    let next = next::of(&jobs, &known, said)?;
    let escrow = secrets::escrow(matches, makes)?;
    let jobs = Arc::new(jobs);
    let run = Run {
        jobs: Arc::clone(&jobs),
        next,
        known,
        session,
        journal,
        escrow,
        concurrency: matches
            .get_one::<u16>(CONCURRENCY)
            .copied()
            .map_or(1, usize::from),
        max_failures: matches
            .get_one::<u32>(MAX_FAILURES)
            .copied()
            .unwrap_or_default(),
    };
    let ended = run.all().await?;
    let code = exit(&ended);
    summary::told(&jobs, &ended, code, files, format)?;
    Ok(code)
}

/// The gravest of what happened.
fn exit(ended: &run::Ended) -> u8 {
    let gravest = [
        Outcome::MayHaveBeenProcessed,
        Outcome::Credentials,
        Outcome::Refused,
        Outcome::Invalid,
        Outcome::Throttled,
        Outcome::Failed,
    ];
    let found = gravest.into_iter().find(|it| ended.counts.contains_key(it));
    match (found, &ended.stopped) {
        (Some(Outcome::MayHaveBeenProcessed), _) => Outcome::MayHaveBeenProcessed.exit(),
        (_, Some(Why::Interrupted)) => outcome::INTERRUPTED,
        (_, Some(Why::Local(_))) => Outcome::Failed.exit(),
        (Some(found), _) => found.exit(),
        (None, _) => 0,
    }
}
