//! Keeps credentials that a server refused from being sent again and again.
//!
//! Five refused signatures in a row lock an access key for five minutes, for whoever uses it. So
//! the first request with a key that nobody has accepted yet goes out alone, and after a refusal
//! none goes out for a while. [`RetryPolicy`](crate::RetryPolicy) tells people about it.
//!
//! Clones of a client share it. It costs a key that is known to be good two loads a call.

mod standing;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

pub(super) use self::standing::Blame;
use self::standing::{Entry, Rounds, Standing};
use crate::credentials::{Credentials, RefusedCredentials};
use crate::error::ErrorDetails;

/// How long somebody waits for others to prove the credentials, at most; and no longer than half
/// of the time there is, so that the other half is left for the call itself.
const LONGEST_WAIT: Duration = Duration::from_secs(15);
/// How many credentials are remembered; a client that runs for years must not grow.
const REMEMBERED: usize = 64;

/// How often a minute the provider is told that credentials were refused: each time, it may sign
/// in.
const RENEWALS: usize = 3;
const RENEWALS_WITHIN: Duration = Duration::from_secs(60);

/// What is known about all credentials of a client.
#[derive(Debug, Default)]
pub(super) struct Gate {
    /// The key that was last accepted, so that it is let through without a lock; 0 for none.
    proven: AtomicU64,
    /// Whether any are refused, so that tokens are let through without a lock.
    any_refused: AtomicBool,
    /// Refusals so far.
    rounds: AtomicU64,
    known: Mutex<HashMap<u128, Known>>,
    renewals: Mutex<Vec<(u128, Instant)>>,
}

#[derive(Debug)]
struct Known {
    standing: Standing,
    changed: Arc<Notify>,
}

/// Which credentials, and, where they are good for some hosts only, at which host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Caller {
    id: u128,
    /// Whether refusals lock them.
    locks: bool,
}

impl Caller {
    pub(super) fn new(credentials: &Credentials, host: &str) -> Self {
        let id = credentials.fingerprint().short();
        if !credentials.is_token() {
            // A key is locked everywhere at once.
            return Self { id, locks: true };
        }
        // A token that one service refuses may be fine for others, and is never locked.
        let mut hasher = DefaultHasher::new();
        host.hash(&mut hasher);
        Self {
            id: id ^ u128::from(hasher.finish()),
            locks: false,
        }
    }

    /// Never 0.
    fn tag(self) -> u64 {
        (self.id >> 64) as u64 | 1
    }
}

impl Gate {
    /// Waits for a turn to send, until `deadline` is half-way here.
    pub(super) async fn enter(
        &self,
        caller: Caller,
        deadline: Instant,
    ) -> Result<Pass<'_>, Box<RefusedCredentials>> {
        let free = match caller.locks {
            true => self.proven.load(Ordering::Acquire) == caller.tag(),
            false => !self.any_refused.load(Ordering::Acquire),
        };
        if free {
            return Ok(self.pass(caller, false));
        }
        let begun = Instant::now();
        let left = deadline.saturating_duration_since(begun);
        let tired = begun + LONGEST_WAIT.min(left / 2);
        let changed = match self.ask(caller, Standing::enter) {
            (Entry::Go { counted }, _) => return Ok(self.pass(caller, counted)),
            (Entry::Refused(refused), _) => return Err(Box::new(refused)),
            (Entry::Wait(_), changed) => changed,
        };
        loop {
            // Listens before it looks, so that no change falls in between.
            let mut change = pin!(changed.notified());
            change.as_mut().enable();
            let until = match self.ask(caller, Standing::enter).0 {
                Entry::Go { counted } => return Ok(self.pass(caller, counted)),
                Entry::Refused(refused) => return Err(Box::new(refused)),
                Entry::Wait(until) => until.map_or(tired, |until| until.min(tired)),
            };
            let _ = timeout_at(until, change).await;
            if Instant::now() >= tired {
                return match self.ask(caller, |it, now| it.tired(now)).0 {
                    Entry::Refused(refused) => Err(Box::new(refused)),
                    Entry::Go { .. } | Entry::Wait(_) => Ok(self.pass(caller, false)),
                };
            }
        }
    }

    /// Whether the provider may be told that these were refused, so that it gets others.
    pub(super) fn may_renew(&self, caller: Caller) -> bool {
        let now = Instant::now();
        let mut renewals = lock(&self.renewals);
        renewals.retain(|(_, at)| now.duration_since(*at) < RENEWALS_WITHIN);
        if renewals.iter().any(|(id, _)| *id == caller.id) {
            // Many calls can be refused together; it is told of one.
            return false;
        }
        let may = renewals.len() < RENEWALS;
        if may {
            renewals.push((caller.id, now));
        }
        may
    }

    fn pass(&self, caller: Caller, counted: bool) -> Pass<'_> {
        Pass {
            gate: self,
            caller,
            counted,
            round: self.rounds.load(Ordering::Relaxed),
            is_over: false,
        }
    }

    fn ask(
        &self,
        caller: Caller,
        question: impl FnOnce(&mut Standing, Instant) -> Entry,
    ) -> (Entry, Arc<Notify>) {
        let now = Instant::now();
        let mut known = lock(&self.known);
        let known = remembered(&mut known, caller, now);
        let entry = question(&mut known.standing, now);
        // Another key may have been the last.
        if known.standing.is_proven() && caller.locks {
            self.proven.store(caller.tag(), Ordering::Release);
        }
        (entry, Arc::clone(&known.changed))
    }

    /// Changes what is known and wakes those whom it concerns.
    fn change(&self, caller: Caller, change: impl FnOnce(&mut Standing, Instant)) {
        let now = Instant::now();
        let mut all = lock(&self.known);
        let known = remembered(&mut all, caller, now);
        let before = (known.standing.is_proven(), known.standing.is_refused());
        change(&mut known.standing, now);
        let after = (known.standing.is_proven(), known.standing.is_refused());
        if caller.locks {
            if after.0 {
                self.proven.store(caller.tag(), Ordering::Release);
            } else if self.proven.load(Ordering::Acquire) == caller.tag() {
                self.proven.store(0, Ordering::Release);
            }
        }
        if before == after {
            // Its own turn is free again, and perhaps one more.
            known.changed.notify_one();
            known.changed.notify_one();
        } else {
            known.changed.notify_waiters();
        }
        if before.1 != after.1 || self.any_refused.load(Ordering::Acquire) {
            all.retain(|id, known| *id == caller.id || !known.standing.is_over(now));
            let any = all.values().any(|known| known.standing.is_refused());
            self.any_refused.store(any, Ordering::Release);
        }
    }

    fn rounds(&self, sent: u64) -> Rounds {
        Rounds {
            sent,
            next: self.rounds.fetch_add(1, Ordering::Relaxed) + 1,
        }
    }
}

fn remembered(known: &mut HashMap<u128, Known>, caller: Caller, now: Instant) -> &mut Known {
    if known.len() >= REMEMBERED && !known.contains_key(&caller.id) {
        known.retain(|_, known| !known.standing.is_over(now));
        if known.len() >= REMEMBERED {
            known.retain(|_, known| known.standing.is_under_way());
        }
    }
    known.entry(caller.id).or_insert_with(|| Known {
        standing: Standing::new(caller.locks),
        changed: Arc::default(),
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing in here panics half-way through a change.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A turn to send one request. Dropped before its end, it is given back.
#[derive(Debug)]
pub(super) struct Pass<'a> {
    gate: &'a Gate,
    caller: Caller,
    counted: bool,
    round: u64,
    is_over: bool,
}

impl Pass<'_> {
    /// Whose turn it is.
    pub(super) fn caller(&self) -> Caller {
        self.caller
    }

    /// The server knows the caller.
    pub(super) fn accepted(mut self) {
        self.is_over = true;
        let gate = self.gate;
        let known = match self.caller.locks {
            true => gate.proven.load(Ordering::Acquire) == self.caller.tag(),
            false => !gate.any_refused.load(Ordering::Acquire),
        };
        // The usual case: that was known.
        if !known || self.counted {
            gate.change(self.caller, |it, _| it.accept(self.counted));
        }
    }

    /// The server refused the caller.
    pub(super) fn refused(mut self, blame: Blame, details: ErrorDetails) {
        self.is_over = true;
        let rounds = self.gate.rounds(self.round);
        self.gate.change(self.caller, |it, now| {
            it.refuse(self.counted, blame, details, rounds, now);
        });
    }

    /// Nothing was said about the caller.
    pub(super) fn unheard(mut self) {
        self.is_over = true;
        if self.counted {
            self.gate.change(self.caller, |it, _| it.leave(true, true));
        }
    }

    /// The server refused the date, and the request is to be sent again with another. Gives the
    /// pass back where that may be now, ahead of those who wait.
    pub(super) fn held(mut self) -> Option<Self> {
        let rounds = self.gate.rounds(self.round);
        let mut holds = false;
        self.gate.change(self.caller, |it, _| {
            holds = it.hold(self.counted, rounds);
        });
        self.counted = holds;
        self.round = rounds.next;
        self.is_over = !holds;
        holds.then_some(self)
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if !self.is_over && self.counted {
            self.gate.change(self.caller, |it, _| it.leave(true, false));
        }
    }
}
