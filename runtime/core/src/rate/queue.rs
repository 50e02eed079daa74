//! The queue in front of a service: first come, first served.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use super::RateLimit;
use super::breaker::CircuitBreaker;
use super::error::{RateLimited, Reason};
use super::pace::Pace;
use super::window::Window;

/// Which part of a limit's calls may leave at once, and how many at most.
const BURST_PART: u32 = 10;
const LARGEST_BURST: u32 = 10;

/// Lets the calls of a service, or of an operation, through one by one.
#[derive(Debug)]
pub(super) struct Queue {
    service: &'static str,
    /// Held for a moment only, never while waiting.
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    limit: Option<KnownLimit>,
    breaker: CircuitBreaker,
    /// Those that wait, in the order in which they came.
    waiting: BTreeMap<u64, Arc<Notify>>,
    /// How many came so far.
    came: u64,
    /// How many were let through so far.
    left: u64,
}

/// A limit that is known beforehand.
#[derive(Debug)]
struct KnownLimit {
    limit: RateLimit,
    window: Window,
    pace: Pace,
}

impl Queue {
    pub(super) fn new(service: &'static str, limit: Option<RateLimit>) -> Self {
        let now = Instant::now();
        Self {
            service,
            state: Mutex::new(State {
                limit: limit.map(|limit| KnownLimit::new(limit, now)),
                breaker: CircuitBreaker::new(now),
                waiting: BTreeMap::new(),
                came: 0,
                left: 0,
            }),
        }
    }

    /// Waits for the turn of a call. `position` is where it stands in the queue; a
    /// call that comes back keeps it, and so goes before those that came later.
    pub(super) async fn enter(
        self: &Arc<Self>,
        position: &mut Option<u64>,
        deadline: Instant,
    ) -> Result<Permit, RateLimited> {
        let (position, notify) = {
            let mut state = self.state();
            let position = *position.get_or_insert_with(|| {
                state.came += 1;
                state.came
            });
            let now = Instant::now();
            let is_first = state
                .waiting
                .keys()
                .next()
                .is_none_or(|first| position < *first);
            if is_first && state.free_at(now) <= now {
                return Ok(self.let_through(&mut state, now));
            }
            self.in_time(&mut state, position, now, deadline)?;
            let notify = Arc::new(Notify::new());
            state.waiting.insert(position, Arc::clone(&notify));
            (position, notify)
        };
        let _waiting = Waiting {
            queue: self,
            position,
        };
        loop {
            let until = {
                let mut state = self.state();
                let now = Instant::now();
                let is_first = state.waiting.keys().next() == Some(&position);
                let free = is_first.then(|| state.free_at(now));
                if free.is_some_and(|free| free <= now) {
                    return Ok(self.let_through(&mut state, now));
                }
                self.in_time(&mut state, position, now, deadline)?;
                free.map_or(deadline, |free| free.min(deadline))
            };
            // Whichever comes first, what to do next is decided anew.
            // On the heap: most calls never wait, and every call moves its future.
            let _ = Box::pin(timeout_at(until, notify.notified())).await;
        }
    }

    fn let_through(self: &Arc<Self>, state: &mut State, now: Instant) -> Permit {
        state.left += 1;
        state.breaker.take(now, state.waiting.len() <= 1);
        if let Some(known) = &mut state.limit {
            known.window.take(state.left, now);
            known.pace.take(now);
        }
        Permit {
            queue: Arc::clone(self),
            call: state.left,
            epoch: state.breaker.epoch(),
            has_left: false,
            settled: false,
        }
    }

    /// An error when the turn of a call comes too late for certain.
    fn in_time(
        &self,
        state: &mut State,
        position: u64,
        now: Instant,
        deadline: Instant,
    ) -> Result<(), RateLimited> {
        let stopped = state.breaker.not_before(now);
        let (limited, limit) = match &mut state.limit {
            Some(known) => {
                let ahead = ahead(&state.waiting, position);
                let free = known.window.free_at(ahead, now);
                (free.max(known.pace.free_at(ahead)), Some(known.limit))
            }
            None => (now, None),
        };
        let earliest = limited.max(stopped);
        if now < deadline && earliest < deadline {
            return Ok(());
        }
        Err(RateLimited {
            service: self.service,
            wait: earliest
                .max(state.breaker.free_at(now))
                .saturating_duration_since(now),
            reason: match limit {
                Some(limit) if limited >= stopped => Reason::Limit(limit),
                _ => Reason::Refused,
            },
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Counts that a panic left behind are still counts.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl KnownLimit {
    fn new(limit: RateLimit, now: Instant) -> Self {
        let (calls, per) = limit.bounds();
        Self {
            limit,
            window: Window::new(calls, per),
            pace: Pace::new(
                per / calls,
                (calls / BURST_PART).clamp(1, LARGEST_BURST),
                now,
            ),
        }
    }
}

impl State {
    /// When the first in the queue may leave.
    fn free_at(&mut self, now: Instant) -> Instant {
        let free = self.breaker.free_at(now);
        self.limit.as_mut().map_or(free, |known| {
            free.max(known.pace.free_at(0))
                .max(known.window.free_at(0, now))
        })
    }

    /// Lets the first in the queue look again.
    fn wake_first(&self) {
        if let Some(notify) = self.waiting.values().next() {
            notify.notify_one();
        }
    }

    fn wake_all(&self) {
        for notify in self.waiting.values() {
            notify.notify_one();
        }
    }
}

/// How many wait before this position.
fn ahead(waiting: &BTreeMap<u64, Arc<Notify>>, position: u64) -> usize {
    match waiting.keys().next_back() {
        // Whoever comes for the first time is last.
        Some(last) if *last < position => waiting.len(),
        _ => waiting.range(..position).count(),
    }
}

/// A call in the queue. It leaves it when it is let through, when its time is
/// over, and when it is dropped.
struct Waiting<'a> {
    queue: &'a Queue,
    position: u64,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut state = self.queue.state();
        state.waiting.remove(&self.position);
        state.wake_first();
    }
}

/// The right to send one request. Dropped without a word, it counts as sent if
/// the request [left](Self::leaves), and is given back otherwise.
#[derive(Debug)]
pub(super) struct Permit {
    queue: Arc<Queue>,
    call: u64,
    epoch: u64,
    has_left: bool,
    settled: bool,
}

impl Permit {
    /// The request is sent now.
    pub(super) fn leaves(&mut self) {
        self.has_left = true;
    }

    /// The request certainly did not arrive.
    pub(super) fn never_arrived(&mut self) {
        self.has_left = false;
        self.settle(|_, _| {});
    }

    /// The request was let through.
    pub(super) fn accepted(&mut self) {
        let epoch = self.epoch;
        self.settle(|breaker, now| breaker.accepted(epoch, now));
    }

    /// The request was refused; gives how long the service's calls now wait.
    pub(super) fn refused(
        &mut self,
        asked: Option<Duration>,
        pause: impl Fn(u32) -> Duration,
    ) -> Duration {
        let epoch = self.epoch;
        let mut wait = Duration::ZERO;
        self.settle(|breaker, now| {
            let until = breaker.refused(epoch, asked, &pause, now);
            wait = until.saturating_duration_since(now);
        });
        // Some of those that wait may have no time for that.
        self.queue.state().wake_all();
        wait
    }

    /// The response says nothing about this queue.
    pub(super) fn over(&mut self) {
        self.settle(|_, _| {});
    }

    fn settle(&mut self, learn: impl FnOnce(&mut CircuitBreaker, Instant)) {
        if std::mem::replace(&mut self.settled, true) {
            return;
        }
        let now = Instant::now();
        let mut state = self.queue.state();
        if self.has_left {
            if let Some(known) = &mut state.limit {
                known.window.settle(self.call, now);
            }
            learn(&mut state.breaker, now);
        } else {
            if let Some(known) = &mut state.limit {
                known.window.give_back(self.call);
                known.pace.give_back();
            }
            state.breaker.give_back(self.epoch);
        }
        state.wake_first();
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let epoch = self.epoch;
        self.settle(|breaker, _| breaker.unknown(epoch));
    }
}
