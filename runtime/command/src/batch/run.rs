//! The calls of a plan, several at a time.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use huaweicloud_runtime::generated::BuiltClient;
use huaweicloud_runtime::{AnyError, Password, PasswordPolicy, RateLimit};
use openapi_client_runtime::sanitize::{self, sanitized};
use tokio::task::JoinSet;

use super::job::{Job, Source, read, secret_of};
use super::journal::{End, Journal, Known, Rows};
use super::next::Next;
use super::progress::Progress;
use crate::arguments::Arguments;
use crate::clock;
use crate::escrow::{Escrow, EscrowError, Receipt, Record};
use crate::interrupt::Interrupts;
use crate::outcome::Outcome;
use crate::problem::Problem;
use crate::secrets;
use crate::session::Session;
use crate::settings::Rate;
use crate::watch::Watch;

/// A call may take this long besides the wait for its turn. Most of it is for services that ask for
/// fewer calls: nobody is waiting for one row of many.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// A run that is to begin.
pub(super) struct Run<C: 'static> {
    pub(super) jobs: Arc<Vec<Job<C>>>,
    pub(super) next: Vec<Next>,
    pub(super) known: Rows,
    pub(super) session: Session,
    pub(super) journal: Journal,
    pub(super) escrow: Option<Escrow>,
    pub(super) concurrency: usize,
    pub(super) max_failures: u32,
}

/// A run that is over.
pub(super) struct Ended {
    /// What is known of each row by its key, those of earlier runs among them.
    pub(super) known: Rows,
    /// How many rows ended how, in this run or before.
    pub(super) counts: BTreeMap<Outcome, usize>,
    /// How many rows have no outcome.
    pub(super) untouched: usize,
    /// How many rows were done before, and not sent now.
    pub(super) done_before: usize,
    /// Why it is over before its end.
    pub(super) stopped: Option<Why>,
}

/// Why a run is over before its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Why {
    /// From the keyboard.
    Interrupted,
    /// The credentials were refused, as this says.
    Credentials(String),
    /// More rows failed than may.
    Failures(u32),
    /// Something on this machine failed, as this says.
    Local(String),
}

/// How many calls may be under way at a time, and how many may fail.
#[derive(Clone, Copy)]
struct Bounds {
    concurrency: usize,
    max_failures: u32,
}

/// What the calls of a run share.
struct Shared<C: 'static> {
    jobs: Arc<Vec<Job<C>>>,
    clients: HashMap<String, C>,
    journal: Journal,
    escrow: Option<Escrow>,
}

/// How a row ended, or why it did not.
enum Row {
    /// With what came of this call, which may be less than what is known: a refusal says nothing of an
    /// earlier request that may have been processed.
    Ended(Known, Outcome),
    /// Nothing can be kept any more: with the call's end, where it was made.
    Local(String, Option<End>),
}

impl<C: BuiltClient + Clone + Send + Sync> Run<C> {
    /// Makes the calls that are to be made.
    ///
    /// # Errors
    /// When no client can be built, before anything is sent.
    pub(super) async fn all(self) -> Result<Ended, Problem> {
        let Self {
            jobs,
            next,
            mut known,
            session,
            journal,
            escrow,
            concurrency,
            max_failures,
        } = self;
        let mut clients = HashMap::new();
        for job in jobs.iter() {
            if !clients.contains_key(&job.region) {
                let patience = patience::<C>(&session, &jobs, concurrency);
                let watch = Arc::new(Watch::new(session.settings.verbose));
                let client = session.patient_client(&job.region, watch, Some(patience))?;
                clients.insert(job.region.clone(), client);
            }
        }
        let settled = jobs
            .iter()
            .zip(&next)
            .filter(|(_, next)| **next == Next::Settle);
        for (job, _) in settled {
            let written = journal.settled(&job.key, job.line).await;
            written.map_err(|error| Problem::Local(error.to_string()))?;
            let end = End::settled();
            known.insert(job.key.clone(), Known::of(end));
        }
        let queue = next
            .iter()
            .enumerate()
            .filter(|(_, next)| **next == Next::Send);
        let queue: Vec<_> = queue.map(|(index, _)| index).collect();
        let shared = Arc::new(Shared {
            jobs: Arc::clone(&jobs),
            clients,
            journal,
            escrow,
        });
        let interrupts = Interrupts::new()?;
        let bounds = Bounds {
            concurrency,
            max_failures,
        };
        let stopped = shared.work(&queue, bounds, interrupts, &mut known).await;
        let done_before = next.iter().filter(|next| **next == Next::Skip).count();
        let mut counts = BTreeMap::new();
        let mut untouched = 0;
        for job in jobs.iter() {
            match known.get(&job.key) {
                Some(known) => *counts.entry(known.outcome()).or_default() += 1,
                None => untouched += 1,
            }
        }
        Ok(Ended {
            known,
            counts,
            untouched,
            done_before,
            stopped,
        })
    }
}

impl<C: BuiltClient + Clone + Send + Sync> Shared<C> {
    async fn work(
        self: &Arc<Self>,
        queue: &[usize],
        bounds: Bounds,
        mut interrupts: Interrupts,
        known: &mut Rows,
    ) -> Option<Why> {
        let mut progress = Progress::new(queue.len());
        let mut under_way = HashSet::new();
        let mut running = JoinSet::new();
        let mut queue = queue.iter();
        let mut stop: Option<Why> = None;
        let mut failures = 0;
        // Wrong credentials are to be refused once, and not once for each region: refusals lock keys.
        let mut are_accepted = false;
        loop {
            let most = if are_accepted { bounds.concurrency } else { 1 };
            while stop.is_none() && running.len() < most {
                let Some(index) = queue.next().copied() else {
                    break;
                };
                let shared = Arc::clone(self);
                let before = self.jobs.get(index).and_then(|job| known.get(&job.key));
                // What only asks, asks anew.
                let again = before.is_some_and(|it| it.outcome() == Outcome::MayHaveBeenProcessed)
                    && self.jobs.get(index).is_some_and(|job| !job.is_safe());
                under_way.insert(index);
                running.spawn(async move { (index, shared.row(index, again).await) });
            }
            let ended = tokio::select! {
                ended = running.join_next() => ended,
                () = interrupts.next() => {
                    if stop == Some(Why::Interrupted) {
                        running.abort_all();
                        break;
                    }
                    stop = Some(Why::Interrupted);
                    progress.say(
                        "stopping: no more rows are begun, and those that are under way are waited \
                         for; Ctrl-C once more gives them up, and then they may have been processed",
                    );
                    continue;
                }
            };
            let (index, row) = match ended {
                None => break,
                Some(Ok(ended)) => ended,
                Some(Err(error)) => {
                    stop = Some(Why::Local(format!("a call came to no end: {error}")));
                    continue;
                }
            };
            under_way.remove(&index);
            let Some(job) = self.jobs.get(index) else {
                continue;
            };
            let (row, outcome) = match row {
                Row::Ended(row, outcome) => (row, outcome),
                Row::Local(why, end) => {
                    if let Some(end) = end {
                        progress.say(&format!(
                            "row {}: {}, which the journal could not keep",
                            sanitized(&job.name, sanitize::NAME),
                            end.outcome.word()
                        ));
                        known.insert(job.key.clone(), Known::of(end));
                    }
                    stop = Some(Why::Local(why));
                    continue;
                }
            };
            // Who is turned away for being too many did nothing wrong.
            failures += u32::from(!matches!(outcome, Outcome::Done | Outcome::Throttled));
            are_accepted |= matches!(outcome, Outcome::Done | Outcome::Refused);
            let name = sanitized(&job.name, sanitize::NAME);
            progress.ended(&name, &job.shown(), outcome.word(), failures);
            if stop.is_none() && outcome == Outcome::Credentials {
                let end = row.end.as_ref();
                let words = end.and_then(|end| end.error.clone()).unwrap_or_default();
                stop = Some(Why::Credentials(words));
            } else if stop.is_none() && failures > bounds.max_failures {
                stop = Some(Why::Failures(failures));
            }
            known.insert(job.key.clone(), row);
        }
        progress.finish();
        // Those that were given up may have left, whatever the journal has come to say of them.
        for job in under_way.iter().filter_map(|index| self.jobs.get(*index)) {
            known.insert(job.key.clone(), Known::begun());
        }
        stop
    }

    /// Makes the call of a row: its secret is safe first, then the journal says that it is sent, and
    /// then it is. `again` says that it may have been processed before.
    async fn row(&self, index: usize, again: bool) -> Row {
        let Some(job) = self.jobs.get(index) else {
            return Row::Local("the plan has no such row".to_owned(), None);
        };
        let Some(client) = self.clients.get(&job.region).cloned() else {
            return Row::Local("there is no client for the region".to_owned(), None);
        };
        let (arguments, kept) = match self.arguments(job, again).await {
            Ok(ready) => ready,
            Err(Unready::Local(why)) => return Row::Local(why, None),
            Err(Unready::Row(why)) => {
                return self.ended(job, End::failed(why), again).await;
            }
        };
        if let Err(error) = self.journal.sending(&job.key, job.line).await {
            return Row::Local(format!("{error}; the row was not sent"), None);
        }
        let result: Result<_, AnyError> = (job.command.call)(client, arguments).await;
        let end = End::of(result, job.is_safe());
        let is_not_set = !matches!(end.outcome, Outcome::Done | Outcome::MayHaveBeenProcessed);
        if is_not_set
            && !again
            && let Err(why) = self.put_back(job, kept).await
        {
            return Row::Local(why, Some(end));
        }
        self.ended(job, end, again).await
    }

    async fn ended(&self, job: &Job<C>, mut end: End, again: bool) -> Row {
        let outcome = end.outcome;
        if again && outcome != Outcome::Done {
            end.outcome = Outcome::MayHaveBeenProcessed;
        }
        match self.journal.ended(&job.key, job.line, end.clone()).await {
            Ok(()) => Row::Ended(Known::of(end), outcome),
            Err(error) => Row::Local(error.to_string(), Some(end)),
        }
    }

    /// The values of a row, its secrets among them, and what was kept of those that were made.
    async fn arguments(
        &self,
        job: &Job<C>,
        again: bool,
    ) -> Result<(Arguments, Vec<(&'static str, Receipt)>), Unready> {
        let (mut arguments, mut kept) = (job.arguments.clone(), Vec::new());
        for (parameter, source) in &job.secrets {
            let secret = match source {
                Source::File(path) => read(path, parameter.kind).map_err(Unready::Row)?,
                Source::Generate(policy) => {
                    let (secret, receipt) = self.made(job, parameter.name, policy, again).await?;
                    kept.extend(receipt.map(|receipt| (parameter.name, receipt)));
                    secret
                }
            };
            arguments.insert(parameter.name, secret_of(parameter.kind, secret));
        }
        Ok((arguments, kept))
    }

    /// A password that is safe. A row that is sent again gets the one that was kept for it: whichever
    /// of the requests was processed, it is the one that counts.
    async fn made(
        &self,
        job: &Job<C>,
        field: &'static str,
        policy: &PasswordPolicy,
        again: bool,
    ) -> Result<(Password, Option<Receipt>), Unready> {
        let Some(escrow) = &self.escrow else {
            return Err(Unready::Local(
                "there is no place for a new password".to_owned(),
            ));
        };
        let target = job.target();
        let identity = job.identity(&target, field);
        if again && escrow.remembers() {
            let kept = escrow.find(&identity).map_err(unready)?;
            let missing = || {
                Unready::Row(
                    "the password that was sent before is not in the secret file: name the file \
                     that has it, or settle the row with --done and begin it anew"
                        .to_owned(),
                )
            };
            return Ok((kept.ok_or_else(missing)?, None));
        }
        let secret =
            secrets::generate(policy).map_err(|error| Unready::Local(error.to_string()))?;
        let record = Record {
            time: SystemTime::now(),
            identity,
            secret: Some(&secret),
        };
        let receipt = escrow.store(&record).await.map_err(unready)?;
        Ok((secret, Some(receipt)))
    }

    /// Says of passwords that were kept that they were not set.
    async fn put_back(
        &self,
        job: &Job<C>,
        kept: Vec<(&'static str, Receipt)>,
    ) -> Result<(), String> {
        let Some(escrow) = &self.escrow else {
            return Ok(());
        };
        let target = job.target();
        for (field, receipt) in kept {
            let put_back = escrow.put_back(job.identity(&target, field), receipt).await;
            put_back.map_err(|error| error.to_string())?;
        }
        Ok(())
    }
}

/// Why a row cannot be sent.
enum Unready {
    /// For a reason of its own.
    Row(String),
    /// No row can.
    Local(String),
}

fn unready(error: EscrowError) -> Unready {
    match error {
        EscrowError::File(_) => Unready::Local(error.to_string()),
        _ => Unready::Row(error.to_string()),
    }
}

/// How long a call may take, the wait for its turn among the others included.
fn patience<C: BuiltClient>(session: &Session, jobs: &[Job<C>], concurrency: usize) -> Duration {
    let patience = session.settings.timeout.unwrap_or(PATIENCE);
    let limits = match session.settings.rate {
        Some(Rate::Unlimited) => Vec::new(),
        Some(Rate::Limit(limit)) => vec![limit],
        None => C::description()
            .services
            .iter()
            .filter_map(|it| it.rate_limit)
            .collect(),
    };
    let own = jobs
        .iter()
        .filter_map(|job| job.command.operation.rate_limit);
    let waits = limits.into_iter().chain(own).map(|limit: RateLimit| {
        let calls = usize::try_from(limit.calls()).unwrap_or(usize::MAX).max(1);
        let turns = u32::try_from(concurrency.div_ceil(calls)).unwrap_or(u32::MAX);
        limit.per().saturating_mul(turns)
    });
    patience.saturating_add(waits.max().unwrap_or_default())
}

impl Known {
    /// Nobody knows how it ended.
    fn begun() -> Self {
        Self {
            time: clock::now(),
            end: None,
        }
    }

    fn of(end: End) -> Self {
        Self {
            time: clock::now(),
            end: Some(end),
        }
    }
}
