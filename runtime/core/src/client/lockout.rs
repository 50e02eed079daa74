//! Keeps credentials that a server refused from being sent again and again, so that no account is
//! locked out.
//!
//! Where a few refusals in a row lock a key or a user for minutes, they do so for whoever uses it.
//! So the first request with credentials that nobody has accepted yet goes out alone, and after a
//! refusal none goes out for a while: a circuit breaker for credentials.
//! [`RetryPolicy`](crate::RetryPolicy) tells people about it.
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
use crate::authentication::{Credential, RefusedCredentials};
use crate::error::ErrorDetails;

/// How many credentials are remembered; a client that runs for years must not grow.
const REMEMBERED: usize = 64;

/// How often a minute the provider is told that credentials were refused: each time, it may sign
/// in.
const RENEWALS: usize = 3;
const RENEWALS_WITHIN: Duration = Duration::from_secs(60);

/// What is known about all credentials of a client.
#[derive(Default)]
pub(super) struct LockoutGuard {
    /// The key that was last accepted, so that it is let through without a lock; 0 for none.
    proven: AtomicU64,
    /// Whether any are refused, so that tokens are let through without a lock.
    any_refused: AtomicBool,
    /// Refusals so far.
    rounds: AtomicU64,
    known: Mutex<HashMap<u128, Known>>,
    renewals: Mutex<Vec<(u128, Instant)>>,
}

struct Known {
    standing: Standing,
    changed: Arc<Notify>,
}

/// Why somebody may not send.
#[derive(Debug)]
pub(super) enum Held {
    /// The credentials were refused.
    Refused(Box<RefusedCredentials>),
    /// Nobody has accepted them yet, and as many requests as can do no harm have no response yet.
    Unproven,
}

/// Whom a change concerns of those who wait.
#[derive(Debug, Clone, Copy)]
enum Wakes {
    /// More is known now.
    All,
    /// Only turns became free.
    Two,
}

/// Which credentials, and, where they are good for some hosts only, at which host.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Caller {
    id: u128,
    /// Whether refusals lock them.
    locks: bool,
}

impl Caller {
    pub(super) fn new(credentials: &impl Credential, host: &str) -> Self {
        if let Some(id) = credentials.lock() {
            // Those are locked everywhere at once.
            return Self { id, locks: true };
        }
        let id = credentials.fingerprint();
        // What one server refuses may be fine for others.
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

impl LockoutGuard {
    /// Waits for a turn to send, until three quarters of the time to `deadline` are over.
    pub(super) async fn enter(&self, caller: Caller, deadline: Instant) -> Result<Pass<'_>, Held> {
        let free = match caller.locks {
            true => self.proven.load(Ordering::Acquire) == caller.tag(),
            false => !self.any_refused.load(Ordering::Acquire),
        };
        if free {
            return Ok(self.pass(caller, false));
        }
        let begun = Instant::now();
        let left = deadline.saturating_duration_since(begun);
        // The rest is for the call itself.
        let tired = begun + left / 4 * 3;
        let changed = match self.ask(caller, Standing::enter) {
            (Entry::Go { counted }, _) => return Ok(self.pass(caller, counted)),
            (Entry::Refused(refused), _) => return Err(Held::Refused(Box::new(refused))),
            (Entry::Wait(_), changed) => changed,
        };
        loop {
            // Listens before it looks, so that no change falls in between.
            let mut change = pin!(changed.notified());
            change.as_mut().enable();
            let until = match self.ask(caller, Standing::enter).0 {
                Entry::Go { counted } => return Ok(self.pass(caller, counted)),
                Entry::Refused(refused) => return Err(Held::Refused(Box::new(refused))),
                Entry::Wait(until) => until.map_or(tired, |until| until.min(tired)),
            };
            let _ = Box::pin(timeout_at(until, change)).await;
            if Instant::now() >= tired {
                return match self.ask(caller, Standing::enter).0 {
                    Entry::Go { counted } => Ok(self.pass(caller, counted)),
                    Entry::Refused(refused) => Err(Held::Refused(Box::new(refused))),
                    Entry::Wait(_) => Err(Held::Unproven),
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
            guard: self,
            caller,
            counted,
            round: self.rounds.load(Ordering::Acquire),
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
    fn change(&self, caller: Caller, wakes: Wakes, change: impl FnOnce(&mut Standing, Instant)) {
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
        match wakes {
            Wakes::All => known.changed.notify_waiters(),
            // The turn itself is free again, and perhaps one more.
            Wakes::Two => {
                known.changed.notify_one();
                known.changed.notify_one();
            }
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
            next: self.rounds.fetch_add(1, Ordering::AcqRel) + 1,
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
pub(super) struct Pass<'a> {
    guard: &'a LockoutGuard,
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

    /// Whether credentials were refused since, so that the caller has to ask anew. A request that
    /// is to prove them is no news to itself.
    pub(super) fn is_outdated(&self) -> bool {
        !self.counted && self.guard.rounds.load(Ordering::Acquire) != self.round
    }

    /// The server knows the caller.
    pub(super) fn accepted(mut self) {
        self.is_over = true;
        let guard = self.guard;
        let known = match self.caller.locks {
            true => guard.proven.load(Ordering::Acquire) == self.caller.tag(),
            false => !guard.any_refused.load(Ordering::Acquire),
        };
        // The usual case: that was known.
        if !known || self.counted {
            guard.change(self.caller, Wakes::All, |it, _| it.accept(self.counted));
        }
    }

    /// The server refused the caller.
    pub(super) fn refused(mut self, blame: Blame, details: ErrorDetails) {
        self.is_over = true;
        let rounds = self.guard.rounds(self.round);
        self.guard.change(self.caller, Wakes::All, |it, now| {
            it.refuse(self.counted, blame, details, rounds, now);
        });
    }

    /// Nothing was said about the caller.
    pub(super) fn inconclusive(mut self) {
        self.is_over = true;
        if self.counted {
            self.guard
                .change(self.caller, Wakes::Two, |it, _| it.leave(true, true));
        }
    }

    /// The server refused the date, and the request is to be sent again with another. Gives the
    /// pass back where that may be now, ahead of those who wait.
    pub(super) fn held(mut self) -> Option<Self> {
        let rounds = self.guard.rounds(self.round);
        let mut holds = false;
        self.guard.change(self.caller, Wakes::All, |it, _| {
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
            self.guard
                .change(self.caller, Wakes::Two, |it, _| it.leave(true, false));
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::standing::tests::refusal;
    use super::*;

    /// Credentials by their number, and whether they can be locked.
    async fn enter(guard: &LockoutGuard, (id, locks): (u128, bool)) -> Option<Pass<'_>> {
        let deadline = Instant::now() + Duration::from_secs(60);
        guard.enter(caller((id, locks)), deadline).await.ok()
    }

    /// The upper half of the number tells them apart.
    fn caller((id, locks): (u128, bool)) -> Caller {
        let id = (id + 1) << 65;
        Caller { id, locks }
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_runs_for_years_does_not_grow() {
        let guard = LockoutGuard::default();
        for number in 0..1_000 {
            let pass = enter(&guard, (number, true)).await.unwrap();
            pass.refused(Blame::Credentials, refusal());
            assert!(lock(&guard.known).len() <= REMEMBERED);
            assert!(enter(&guard, (number, true)).await.is_none());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_refused_long_ago_costs_nothing() {
        let guard = LockoutGuard::default();
        let (old, new) = ((1, false), (2, false));
        let pass = enter(&guard, old).await.unwrap();
        pass.refused(Blame::Credentials, refusal());
        enter(&guard, new).await.unwrap().accepted();
        assert!(guard.any_refused.load(Ordering::Relaxed));
        assert!(enter(&guard, old).await.is_none());
        advance(Duration::from_secs(600)).await;
        enter(&guard, new).await.unwrap().accepted();
        assert!(!guard.any_refused.load(Ordering::Relaxed));
    }

    #[tokio::test(start_paused = true)]
    async fn keys_that_take_turns_are_both_known() {
        let guard = LockoutGuard::default();
        let keys = [(1, true), (2, true)];
        for key in keys {
            enter(&guard, key).await.unwrap().accepted();
        }
        for key in keys.into_iter().cycle().take(10) {
            let pass = enter(&guard, key).await.unwrap();
            assert!(!pass.counted);
            pass.accepted();
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_provider_is_told_three_times_a_minute() {
        let guard = LockoutGuard::default();
        let told = |number: u128| guard.may_renew(caller((number, false)));
        let first: Vec<bool> = [1, 1, 2, 3, 4].into_iter().map(told).collect();
        assert_eq!(first, [true, false, true, true, false]);
        advance(Duration::from_secs(60)).await;
        assert!(told(4));
    }
}
