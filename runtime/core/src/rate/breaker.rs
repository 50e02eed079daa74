//! A circuit breaker: a service that refuses is left alone (open), then asked by one call
//! (half-open), then called more slowly than before (closed).

use std::time::Duration;

use tokio::time::Instant;

use super::pace::Pace;

/// No response stops a service for longer; then one call asks again. A header
/// that is wrong, or not the service's at all, would otherwise stop it for good.
pub const LONGEST_STOP: Duration = Duration::from_secs(60);
/// How long the others wait for the response to the call that asks again.
const PROBE: Duration = Duration::from_secs(2);
/// Over how long it is counted what a service takes.
const SPAN: Duration = Duration::from_secs(1);
/// Which part of what a service took is asked of it afterwards.
const CAUTION: f64 = 0.9;
/// What calm makes the pace grow by, and how much calm it takes.
const GROWTH: f64 = 1.5;
const CALM: Duration = Duration::from_secs(10);
/// What each call that is let through makes a pace grow by that was only guessed.
const GUESS_GROWTH: f64 = 1.25;
/// After so much calm without a queue the pace is forgotten.
const FORGOTTEN: Duration = Duration::from_secs(60);
/// The bounds of a pace; faster than the first is no pace at all.
const FASTEST: Duration = Duration::from_millis(1);
const SLOWEST: Duration = Duration::from_secs(60);
/// The pace after a refusal when nothing was ever let through.
const UNKNOWN: Duration = Duration::from_secs(1);

/// What a service's refusals brought about.
#[derive(Debug)]
pub(super) struct CircuitBreaker {
    /// How often the service has begun to refuse. A call that left before the
    /// last time says nothing new when it is refused too.
    epoch: u64,
    stop: Option<Stop>,
    pace: Option<Pace>,
    /// Whether the pace was measured, and not guessed.
    is_measured: bool,
    /// When the service last began to refuse, or the pace last grew.
    calm_since: Instant,
    /// When the service last began to refuse.
    refused: Instant,
    taken: Taken,
}

/// The open state: from a refusal until a call is let through.
#[derive(Debug)]
struct Stop {
    until: Instant,
    /// Refusals one after the other.
    streak: u32,
    /// When the call left that asks again.
    probe: Option<Instant>,
}

/// What the service took, for the pace it is called at after a refusal.
#[derive(Debug)]
struct Taken {
    since: Instant,
    calls: u32,
    /// In the span before.
    before: u32,
}

impl CircuitBreaker {
    pub(super) fn new(now: Instant) -> Self {
        Self {
            epoch: 0,
            stop: None,
            pace: None,
            is_measured: false,
            calm_since: now,
            refused: now,
            taken: Taken {
                since: now,
                calls: 0,
                before: 0,
            },
        }
    }

    pub(super) fn epoch(&self) -> u64 {
        self.epoch
    }

    /// When the next call may leave.
    pub(super) fn free_at(&self, now: Instant) -> Instant {
        let stop = self.stop.as_ref().map_or(now, |stop| match stop.probe {
            Some(left) => stop.until.max(left + PROBE),
            None => stop.until,
        });
        let pace = self.pace.as_ref().map_or(now, |pace| pace.free_at(0));
        stop.max(pace)
    }

    /// Before when no call leaves for certain. The pace may change until then.
    pub(super) fn not_before(&self, now: Instant) -> Instant {
        self.stop.as_ref().map_or(now, |stop| stop.until)
    }

    pub(super) fn take(&mut self, now: Instant, is_queue_empty: bool) {
        if let Some(stop) = &mut self.stop {
            stop.probe = Some(now);
        } else {
            self.taken.turn_over(now);
            if is_queue_empty && now - self.refused >= FORGOTTEN {
                self.pace = None;
            }
        }
        if let Some(pace) = &mut self.pace {
            pace.take(now);
        }
    }

    /// The call never left.
    pub(super) fn give_back(&mut self, epoch: u64) {
        self.unknown(epoch);
        if let Some(pace) = &mut self.pace {
            pace.give_back();
        }
    }

    /// What became of the call nobody knows: another one asks.
    pub(super) fn unknown(&mut self, epoch: u64) {
        if let (true, Some(stop)) = (epoch == self.epoch, &mut self.stop) {
            stop.probe = None;
        }
    }

    /// A call was let through, whatever its response says.
    pub(super) fn accepted(&mut self, epoch: u64, now: Instant) {
        self.taken.calls = self.taken.calls.saturating_add(1);
        if epoch != self.epoch {
            return;
        }
        if let Some(stop) = self.stop.take() {
            self.resume(stop.probe.unwrap_or(now), now);
        } else if let Some(pace) = &mut self.pace
            && (!self.is_measured || now - self.calm_since >= CALM)
        {
            // A guess is left behind as fast as the service allows.
            let growth = if self.is_measured {
                GROWTH
            } else {
                GUESS_GROWTH
            };
            let faster = pace.interval().div_f64(growth);
            pace.change(faster);
            self.calm_since = now;
            if faster < FASTEST {
                self.pace = None;
            }
        }
    }

    /// The service refused a call. `asked` is what it asked to wait, `pause`
    /// gives the wait for the number of refusals one after the other. Gives when
    /// it may be called again.
    pub(super) fn refused(
        &mut self,
        epoch: u64,
        asked: Option<Duration>,
        pause: impl Fn(u32) -> Duration,
        now: Instant,
    ) -> Instant {
        let asked = asked.unwrap_or_default().min(LONGEST_STOP);
        if epoch != self.epoch {
            // One of those that were on their way when the first was refused.
            return match &mut self.stop {
                Some(stop) => {
                    stop.until = stop.until.max(now + asked);
                    stop.until
                }
                None => now,
            };
        }
        let before = self.stop.take();
        let streak = before.as_ref().map_or(0, |stop| stop.streak) + 1;
        let wait = asked.max(pause(streak).min(LONGEST_STOP));
        let until = before.map_or(now, |stop| stop.until).max(now + wait);
        self.epoch += 1;
        self.refused = now;
        self.stop = Some(Stop {
            until,
            streak,
            probe: None,
        });
        until
    }

    /// Goes on at the pace that the service took, or more slowly than before.
    fn resume(&mut self, probe_left: Instant, now: Instant) {
        // The call that asked is the first of the new span.
        let taken = self.taken.calls.saturating_sub(1);
        let stretch = (probe_left.saturating_duration_since(self.taken.since)).max(SPAN);
        let rate = f64::max(
            f64::from(taken) / stretch.as_secs_f64(),
            f64::from(self.taken.before) / SPAN.as_secs_f64(),
        );
        let before = self.pace.as_ref().map(Pace::interval);
        self.is_measured = rate > 0.0 || before.is_some();
        let measured = match (rate > 0.0, before) {
            (true, _) => Duration::from_secs_f64(1.0 / (rate * CAUTION)),
            (false, Some(before)) => before * 2,
            (false, None) => UNKNOWN,
        };
        let slower = before.map_or(measured, |before| measured.max(before.div_f64(CAUTION)));
        let mut pace = Pace::new(slower.clamp(FASTEST, SLOWEST), 1, probe_left);
        pace.take(probe_left);
        self.pace = Some(pace);
        self.calm_since = now;
        self.taken = Taken {
            since: probe_left,
            calls: 1,
            before: 0,
        };
    }
}

impl Taken {
    /// Begins a new span when this one is over.
    fn turn_over(&mut self, now: Instant) {
        let age = now - self.since;
        if age >= SPAN {
            self.before = if age < SPAN * 2 { self.calls } else { 0 };
            self.calls = 0;
            self.since = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    fn pause(streak: u32) -> Duration {
        MS * 500 * 2u32.pow(streak - 1)
    }

    /// A burst of which the service took this many.
    fn after_a_burst(start: Instant, taken: u32) -> CircuitBreaker {
        let mut breaker = CircuitBreaker::new(start);
        for _ in 0..40 {
            breaker.take(start, true);
        }
        breaker.refused(0, None, pause, start + MS);
        for _ in 0..taken {
            breaker.accepted(0, start + MS * 2);
        }
        breaker
    }

    #[test]
    fn a_burst_that_is_refused_counts_once() {
        let start = Instant::now();
        let mut breaker = after_a_burst(start, 5);
        let until = breaker.free_at(start);
        assert_eq!(until, start + MS * 501);
        for _ in 0..34 {
            assert_eq!(breaker.refused(0, None, pause, start + MS * 3), until);
        }
        // Another of them asks for more.
        let asked = Some(Duration::from_secs(1));
        breaker.refused(0, asked, pause, start + MS * 4);
        assert_eq!(breaker.free_at(start), start + MS * 1004);
    }

    #[test]
    fn one_call_asks_and_the_others_follow_at_the_pace_that_was_taken() {
        let start = Instant::now();
        let mut breaker = after_a_burst(start, 5);
        let asks = start + MS * 1000;
        breaker.take(asks, false);
        assert_eq!(breaker.free_at(asks), asks + PROBE);
        breaker.accepted(breaker.epoch(), asks + MS * 10);
        // Five in the second until then, and a tenth less: one in 222 ms.
        let next = breaker.free_at(asks) - asks;
        assert_eq!(next.as_millis(), 222);
    }

    #[test]
    fn a_refusal_of_the_call_that_asks_makes_the_stop_longer() {
        let start = Instant::now();
        let mut breaker = after_a_burst(start, 5);
        let mut now = start;
        for streak in 2..5 {
            now = breaker.free_at(now);
            breaker.take(now, false);
            let until = breaker.refused(breaker.epoch(), None, pause, now);
            assert_eq!(until, now + pause(streak));
        }
        // No wait that is asked for stops it for longer than a minute.
        now = breaker.free_at(now);
        breaker.take(now, false);
        let until = breaker.refused(breaker.epoch(), Some(Duration::MAX), pause, now);
        assert_eq!(until, now + LONGEST_STOP);
    }

    #[test]
    fn a_call_that_asked_and_was_dropped_leaves_it_to_the_next() {
        let start = Instant::now();
        let mut breaker = after_a_burst(start, 5);
        let asks = start + MS * 600;
        breaker.take(asks, false);
        assert!(breaker.free_at(asks) > asks);
        breaker.unknown(breaker.epoch());
        assert!(breaker.free_at(asks) <= asks);
        // One that left before the refusal says nothing of it.
        breaker.accepted(0, asks);
        assert!(breaker.stop.is_some());
    }

    #[test]
    fn calm_makes_it_faster_and_idleness_ends_it() {
        let start = Instant::now();
        let mut breaker = after_a_burst(start, 5);
        let mut now = start + MS * 1000;
        breaker.take(now, false);
        breaker.accepted(breaker.epoch(), now);
        let first = breaker.pace.as_ref().unwrap().interval();
        now += CALM;
        breaker.accepted(breaker.epoch(), now);
        assert!(breaker.pace.as_ref().unwrap().interval() < first);
        now += FORGOTTEN;
        breaker.take(now, false);
        assert!(breaker.pace.is_some());
        breaker.take(now, true);
        assert!(breaker.pace.is_none());
    }
}
