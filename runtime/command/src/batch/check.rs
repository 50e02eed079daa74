//! Everything that is wrong with a plan, before the first call.

use std::collections::HashMap;
use std::path::Path;

use huaweicloud_runtime::Password;
use huaweicloud_runtime::generated::BuiltClient;

use super::job::{Job, Mistake, Source};
use super::plan::Row;
use crate::arguments::Given;
use crate::description::{Kind, Program};
use crate::private::shown;
use crate::problem::Problem;
use crate::rehearsal::Stage;
use crate::secrets;
use crate::session::Session;

/// Mistakes beyond this many are counted and not shown.
const MOST_SHOWN: usize = 200;

/// The jobs of all rows. Every request is made, and none is sent.
///
/// # Errors
/// Everything that is wrong, each with its line.
pub(super) async fn jobs<C: BuiltClient + Clone>(
    plan: &Path,
    rows: &[Row],
    program: &'static Program<C>,
    session: &Session,
) -> Result<Vec<Job<C>>, Problem> {
    let region = session.region().ok();
    let (mut jobs, mut mistakes) = (Vec::<Job<C>>::new(), Vec::new());
    let folder = plan.parent().unwrap_or(Path::new(""));
    for row in rows {
        match Job::of(row, program, region, folder) {
            Ok(job) => jobs.push(job),
            Err(its) => mistakes.extend(its),
        }
    }
    repeated(&jobs, &mut mistakes);
    refused(session, &jobs, &mut mistakes).await;
    match mistakes.is_empty() {
        true => Ok(jobs),
        false => Err(told(plan, mistakes)),
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
async fn refused<C: BuiltClient + Clone>(
    session: &Session,
    jobs: &[Job<C>],
    mistakes: &mut Vec<Mistake>,
) {
    let mut stages: HashMap<&str, Result<Stage<C>, String>> = HashMap::new();
    let mut made: HashMap<*const (), Password> = HashMap::new();
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
    made: &mut HashMap<*const (), Password>,
) -> Result<(), String> {
    let mut arguments = job.arguments.clone();
    for (parameter, source) in &job.secrets {
        let secret = match (source, source.read(parameter.kind)?) {
            (_, Some(secret)) => secret,
            (Source::Generate(policy), None) => {
                // One for each policy: another would be as good.
                let policy_at = std::ptr::from_ref(*policy).cast();
                match made.get(&policy_at) {
                    Some(secret) => secret.clone(),
                    None => {
                        let secret = secrets::generate(policy).map_err(|it| it.to_string())?;
                        made.insert(policy_at, secret.clone());
                        secret
                    }
                }
            }
            (Source::File(_), None) => continue,
        };
        arguments.insert(parameter.name, secret_of(parameter.kind, secret));
    }
    stage
        .check(job.command, arguments)
        .await
        .map_err(|error| error.to_string())
}

/// A secret as its parameter takes it.
pub(super) fn secret_of(kind: Kind, secret: Password) -> Given {
    match kind {
        Kind::SecretJson => Given::SecretJson(secret),
        _ => Given::Secret(secret),
    }
}

/// The keys of rows that are named by line, name or key.
///
/// # Errors
/// When there is no such row.
pub(super) fn named<'j, C>(jobs: &'j [Job<C>], names: &[&str]) -> Result<Vec<&'j str>, Problem> {
    let find = |name: &&str| {
        let is_it = |job: &&Job<C>| {
            job.key == **name || job.name == **name || job.line.to_string() == **name
        };
        let found = jobs.iter().find(is_it);
        found.map(|job| job.key.as_str()).ok_or_else(|| {
            Problem::Usage(
                "a row that --again or --done names is not in the plan; name it by its line, its \
                 name or its key"
                    .to_owned(),
            )
        })
    };
    names.iter().map(find).collect()
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
