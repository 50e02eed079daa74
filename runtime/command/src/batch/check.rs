//! Everything that is wrong with a plan, before the first call.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use huaweicloud_runtime::generated::BuiltClient;
use huaweicloud_runtime::{Password, PasswordPolicy};

use super::job::{Job, Mistake, Source, Usual, column_of, read, secret_of};
use super::next::Next;
use super::plan::Row;
use crate::description::Program;
use crate::private::{in_words, shown};
use crate::problem::Problem;
use crate::rehearsal::Stage;
use crate::secrets;
use crate::session::Session;
use crate::settings;

/// Mistakes beyond this many are counted and not shown.
const MOST_SHOWN: usize = 200;

/// A plan that is being checked: what is understood of it, and what is wrong.
pub(super) struct Checked<C: 'static> {
    pub(super) jobs: Vec<Job<C>>,
    mistakes: Vec<Mistake>,
}

impl<C: BuiltClient + Clone> Checked<C> {
    /// Understands all rows.
    pub(super) fn of(rows: &[Row], program: &'static Program<C>, usual: Usual<'_>) -> Self {
        let (mut jobs, mut mistakes) = (Vec::new(), Vec::new());
        for row in rows {
            match Job::of(row, program, usual) {
                Ok(job) => jobs.push(job),
                Err(its) => mistakes.extend(its),
            }
        }
        repeated(&jobs, &mut mistakes);
        Self { jobs, mistakes }
    }

    /// Makes the requests of the rows that are to be sent, and sends none.
    ///
    /// # Errors
    /// Everything that is wrong with the plan, each with its line.
    pub(super) async fn rehearsed(
        mut self,
        plan: &Path,
        session: &Session,
        next: &[Next],
    ) -> Result<Vec<Job<C>>, Problem> {
        let sent = self.jobs.iter().zip(next);
        let sent = sent.filter(|(_, next)| **next == Next::Send);
        refused(session, sent.map(|(job, _)| job), &mut self.mistakes).await;
        match self.mistakes.is_empty() {
            true => Ok(self.jobs),
            false => Err(told(plan, self.mistakes)),
        }
    }
}

/// Rows that are about one thing, or have one name.
fn repeated<C>(jobs: &[Job<C>], mistakes: &mut Vec<Mistake>) {
    let (mut keys, mut names) = (HashMap::new(), HashMap::new());
    let mut add = |job: &Job<C>, what| {
        mistakes.push(Mistake {
            line: job.line,
            what,
        });
    };
    for job in jobs {
        if let Some(first) = keys.insert(&job.key, job.line) {
            add(
                job,
                format!("{} stands in line {first} already", job.shown()),
            );
        }
        if let Some(first) = names.insert(&job.name, job.line) {
            add(job, format!("the row of line {first} has the same name"));
        }
    }
}

/// Everything that the client would refuse.
async fn refused<'j, C: BuiltClient + Clone + 'static>(
    session: &Session,
    jobs: impl Iterator<Item = &'j Job<C>>,
    mistakes: &mut Vec<Mistake>,
) {
    let mut stages: HashMap<&str, Result<Stage<C>, String>> = HashMap::new();
    let mut made = Vec::new();
    for job in jobs {
        let stage = stages.entry(&job.region).or_insert_with(|| {
            let stage = Stage::new(session, &job.region);
            stage.map_err(|problem| problem.to_string())
        });
        let checked = match stage {
            Ok(stage) => rehearse(stage, job, &mut made).await,
            Err(problem) => Err(problem.clone()),
        };
        if let Err(what) = checked {
            mistakes.push(Mistake {
                line: job.line,
                what,
            });
        }
    }
}

async fn rehearse<C: BuiltClient + Clone>(
    stage: &Stage<C>,
    job: &Job<C>,
    made: &mut Vec<(PasswordPolicy, Password)>,
) -> Result<(), String> {
    let mut arguments = job.arguments.clone();
    for (parameter, source) in &job.secrets {
        let secret = match source {
            Source::File(path) => read(path, parameter.kind)
                .map_err(|why| format!("{}: {why}", column_of(job.command, parameter)))?,
            // One for each policy: another would be as good.
            Source::Generate(policy) => match made.iter().find(|(it, _)| it == *policy) {
                Some((_, secret)) => secret.clone(),
                None => {
                    let secret = secrets::generate(policy).map_err(|it| it.to_string())?;
                    made.push((**policy, secret.clone()));
                    secret
                }
            },
        };
        arguments.insert(parameter.name, secret_of(parameter.kind, secret));
    }
    stage
        .check(job.command, arguments)
        .await
        .map_err(|error| settings::in_flags(&error.to_string()))
}

/// What a line stands behind where a row is named by it.
const LINE: &str = "line:";
/// What the path of a file stands behind that names rows, one a line.
const LISTED: char = '@';

/// The keys of rows that are named: by name (the line, where the plan gives none), by `line:` and the
/// line, by key, or in a file that is named behind `@`.
///
/// # Errors
/// When there is no such row.
pub(super) fn named<C>(jobs: &[Job<C>], names: &[&str]) -> Result<Vec<String>, Problem> {
    let mut all = Vec::new();
    for name in names {
        match name.strip_prefix(LISTED) {
            Some(path) => {
                let listed = fs::read_to_string(path).map_err(|error| {
                    let (path, why) = (shown(path.as_ref()), in_words(&error));
                    Problem::Usage(format!("the list of rows `{path}`: {why}"))
                })?;
                let lines = listed
                    .lines()
                    .map(str::trim)
                    .filter(|line| !line.is_empty());
                all.extend(lines.map(str::to_owned));
            }
            None => all.push((*name).to_owned()),
        }
    }
    let find = |name: &String| {
        let line = name.strip_prefix(LINE);
        let is_it = |job: &&Job<C>| match line {
            Some(line) => job.line.to_string() == line,
            None => job.name == *name || job.key == *name,
        };
        let found = jobs.iter().find(is_it);
        found.map(|job| job.key.clone()).ok_or_else(|| {
            Problem::Usage(
                "a row that --again or --done names is not in the plan; name it by its name (its \
                 line, if it has none), by `line:` and the line, or by its key"
                    .to_owned(),
            )
        })
    };
    all.iter().map(find).collect()
}

fn told(plan: &Path, mut mistakes: Vec<Mistake>) -> Problem {
    mistakes.sort_by_key(|mistake| mistake.line);
    let count = mistakes.len();
    let noun = if count == 1 { "mistake" } else { "mistakes" };
    let plan = shown(plan);
    let mut text = format!("the plan `{plan}` has {count} {noun}; nothing was sent");
    for mistake in mistakes.iter().take(MOST_SHOWN) {
        text.push_str(&format!("\n  line {}: {}", mistake.line, mistake.what));
    }
    if count > MOST_SHOWN {
        text.push_str(&format!("\n  and {} more", count - MOST_SHOWN));
    }
    Problem::Usage(text)
}
