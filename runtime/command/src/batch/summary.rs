//! What came of all rows: a table, or a document, and a file.

use std::collections::HashMap;
use std::io::{self, Write as _};
use std::path::Path;

use openapi_client_runtime::sanitize::{self, sanitized};
use serde::Serialize;

use super::files::{Files, folder_of};
use super::job::{Job, shown_source};
use super::journal::Known;
use super::next::Next;
use super::run::{Ended, Why};
use crate::outcome::Outcome;
use crate::private::{in_words, shown};
use crate::problem::Problem;
use crate::report;
use crate::say::say;
use crate::settings::Format;
use crate::single::{unwritten, unwritten_of};

/// Rows that are shown at the end; the file has all.
const MOST_SHOWN: usize = 20;

/// A row of the file, and of what is shown.
#[derive(Debug, Serialize)]
struct Line<'a> {
    row: &'a str,
    line: u64,
    key: &'a str,
    service: &'a str,
    operation: &'a str,
    region: &'a str,
    target: String,
    outcome: &'a str,
    status: Option<u16>,
    code: Option<String>,
    request_id: Option<String>,
    time: &'a str,
    /// What a call gave that only asks.
    response: Option<String>,
}

impl<'a> Line<'a> {
    fn of<C>(job: &'a Job<C>, known: Option<&'a Known>) -> Self {
        let end = known.and_then(|known| known.end.as_ref());
        let foreign = |text: &Option<String>| {
            let text = text.as_ref()?;
            Some(sanitized(text, sanitize::NAME))
        };
        Self {
            row: &job.name,
            line: job.line,
            key: &job.key,
            service: job.service.name,
            operation: job.command.name,
            region: &job.region,
            target: serde_json::Value::Object(job.target()).to_string(),
            outcome: known.map_or("not-begun", |known| known.outcome().word()),
            status: end.and_then(|end| end.status),
            code: end.and_then(|end| foreign(&end.code)),
            request_id: end.and_then(|end| foreign(&end.request_id)),
            time: known.map_or("", |known| &known.time),
            response: end
                .and_then(|end| end.response.as_ref())
                .map(ToString::to_string),
        }
    }
}

/// What is told at the end.
#[derive(Serialize)]
struct Summary<'a> {
    plan: String,
    journal: String,
    report: String,
    rows: usize,
    /// Rows for which nothing was sent in this run, since an earlier one had done them.
    #[serde(skip_serializing_if = "Option::is_none")]
    done_before: Option<usize>,
    outcomes: serde_json::Map<String, serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped: Option<String>,
    /// What to do, where something is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<&'static str>,
    /// In a table they follow, each in a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_done: Option<Vec<Line<'a>>>,
}

const HELD: &str = "look at the service whether the rows that may have been processed were; then \
                    name each with --done if it was, with --again if it was not";
const GO_ON: &str = "the same command goes on where this run was";

/// Tells what came of a run that is to end with this code, and keeps it in the report.
///
/// # Errors
/// When it cannot be written.
pub(super) fn told<C>(
    jobs: &[Job<C>],
    ended: &Ended,
    code: u8,
    files: Files<'_>,
    format: Format,
) -> Result<(), Problem> {
    let lines = jobs
        .iter()
        .map(|job| Line::of(job, ended.known.get(&job.key)));
    let kept = write_report(files.report, lines);
    if let Err(error) = &kept {
        let (path, why) = (shown(files.report), in_words(error));
        say(format_args!(
            "error: the report `{path}` cannot be written: {why}"
        ));
    }
    let is_done = |job: &&Job<C>| {
        let known = ended.known.get(&job.key);
        known.is_some_and(|known| known.outcome() == Outcome::Done)
    };
    let undone: Vec<_> = jobs.iter().filter(|job| !is_done(job)).collect();
    let mut outcomes = serde_json::Map::new();
    for (outcome, count) in &ended.counts {
        outcomes.insert(outcome.word().to_owned(), (*count).into());
    }
    if ended.untouched > 0 {
        outcomes.insert("not-begun".to_owned(), ended.untouched.into());
    }
    let advice = match ended.counts.contains_key(&Outcome::MayHaveBeenProcessed) {
        true => Some(HELD),
        false => (!undone.is_empty()).then_some(GO_ON),
    };
    let is_table = format == Format::Table;
    let line = |job| Line::of(job, ended.known.get(&job.key));
    let summary = Summary {
        plan: shown(files.plan),
        journal: shown(files.journal),
        report: shown(files.report),
        rows: jobs.len(),
        done_before: Some(ended.done_before).filter(|count| *count > 0),
        outcomes,
        stopped: ended.stopped.as_ref().map(why),
        advice,
        not_done: (!is_table).then(|| undone.iter().copied().map(line).collect()),
    };
    let written = report::write(&summary, format).and_then(|()| match is_table {
        true => listed(&undone, &ended.known),
        false => Ok(()),
    });
    written.map_err(|error| unwritten_of(code, error))?;
    match kept {
        Err(_) if code == 0 => Err(Problem::Told(Outcome::Failed.exit())),
        _ => Ok(()),
    }
}

/// Lists rows that are not done, for people.
fn listed<C>(undone: &[&Job<C>], known: &HashMap<String, Known>) -> io::Result<()> {
    if undone.is_empty() {
        return Ok(());
    }
    let mut out = io::stdout().lock();
    writeln!(out, "\nnot done:")?;
    for job in undone.iter().take(MOST_SHOWN) {
        let line = Line::of(job, known.get(&job.key));
        let facts = [
            line.status.map(|status| format!("status {status}")),
            line.code,
            line.request_id.map(|id| format!("request id {id}")),
            Some(line.time.to_owned()).filter(|time| !time.is_empty()),
        ];
        let facts: Vec<_> = facts.into_iter().flatten().collect();
        let facts = match facts.is_empty() {
            true => String::new(),
            false => format!(" ({})", facts.join(", ")),
        };
        let (row, call) = (sanitized(line.row, sanitize::NAME), job.shown());
        writeln!(out, "row {row}: {call}: {}{facts}", line.outcome)?;
    }
    match undone.len().saturating_sub(MOST_SHOWN) {
        0 => {}
        more => writeln!(out, "and {more} more, which are in the report")?,
    }
    out.flush()
}

fn why(why: &Why) -> String {
    match why {
        Why::Interrupted => "from the keyboard".to_owned(),
        Why::Credentials(words) => format!("the credentials were refused: {words}"),
        Why::Failures(count) => format!("{count} rows failed, more than --max-failures allows"),
        Why::Local(words) => words.clone(),
    }
}

/// Replaces the file whole, so that nobody reads half of it.
fn write_report<'a>(path: &Path, lines: impl Iterator<Item = Line<'a>>) -> io::Result<()> {
    let file = tempfile::NamedTempFile::new_in(folder_of(path))?;
    let mut writer = csv::Writer::from_writer(io::BufWriter::new(file));
    for mut line in lines {
        line.code = line.code.map(|code| as_text(&code));
        line.request_id = line.request_id.map(|id| as_text(&id));
        writer.serialize(line)?;
    }
    writer.flush()?;
    let file = writer.into_inner();
    let file = file.map_err(|error| io::Error::other(error.to_string()))?;
    let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// A foreign word that no spreadsheet takes for a formula.
fn as_text(word: &str) -> String {
    match word.starts_with(['=', '+', '-', '@']) {
        true => format!("'{word}"),
        false => word.to_owned(),
    }
}

/// What would be done.
#[derive(Serialize)]
struct Planned<'a> {
    row: &'a str,
    line: u64,
    call: String,
    secrets: String,
    next: &'static str,
}

/// Tells what would be done.
///
/// # Errors
/// When it cannot be written.
pub(super) fn planned<C>(jobs: &[Job<C>], next: &[Next], format: Format) -> Result<(), Problem> {
    let planned = jobs.iter().zip(next).map(|(job, next)| Planned {
        row: &job.name,
        line: job.line,
        call: job.shown(),
        secrets: {
            let sources = job.secrets.iter();
            let sources = sources
                .map(|(parameter, source)| format!("{} {}", parameter.name, shown_source(source)));
            sources.collect::<Vec<_>>().join(", ")
        },
        next: next.word(),
    });
    match format {
        Format::Table => {
            let mut out = io::stdout().lock();
            for it in planned {
                let secrets = match it.secrets.is_empty() {
                    true => String::new(),
                    false => format!(" ({})", it.secrets),
                };
                let row = sanitized(it.row, sanitize::NAME);
                writeln!(out, "row {row}: {}{secrets} {}", it.call, it.next).map_err(unwritten)?;
            }
            out.flush().map_err(unwritten)
        }
        format => report::write(&planned.collect::<Vec<_>>(), format).map_err(unwritten),
    }
}
