//! No stretch of time sees more calls than the limit, however long they travel.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;

/// A request without a response counts as arrived after this time.
///
/// Calls that last longer would otherwise keep others from leaving, as if the
/// limit were one of calls at the same time.
const ARRIVAL: Duration = Duration::from_secs(1);

/// The calls of the last stretch of time.
///
/// When a request arrives nobody here knows: some time between its departure
/// and its response. Counted from departures alone, some that were slow and some
/// that were quick would meet at the server and be too many. So a call keeps its
/// slot from its departure until its response, and then for the time of the
/// limit: whichever stretch of that time the server looks at, at most as many
/// arrive as there are slots.
#[derive(Debug)]
pub(super) struct Window {
    limit: usize,
    per: Duration,
    /// Calls without a response, with their departures; the earliest first.
    out: BTreeMap<u64, Instant>,
    /// The latest moments at which the others can have arrived, in order.
    back: VecDeque<Instant>,
}

impl Window {
    pub(super) fn new(calls: u32, per: Duration) -> Self {
        Self {
            limit: calls as usize,
            per,
            out: BTreeMap::new(),
            back: VecDeque::new(),
        }
    }

    /// When the call after this many others may leave, at the earliest.
    pub(super) fn free_at(&mut self, others: usize, now: Instant) -> Instant {
        self.forget(now);
        let free = self.limit.saturating_sub(self.out.len() + self.back.len());
        let Some(beyond) = others.checked_sub(free) else {
            return now;
        };
        let first = match self.back.get(beyond % self.limit) {
            Some(arrived) => *arrived + self.per,
            None if others == 0 => self.arrival_of_first(now) + self.per,
            // Its response may come in a moment.
            None => now + self.per,
        };
        let rounds = u32::try_from(beyond / self.limit).unwrap_or(u32::MAX);
        first + self.per.saturating_mul(rounds).min(super::pace::LONGEST)
    }

    pub(super) fn take(&mut self, call: u64, now: Instant) {
        self.out.insert(call, now);
    }

    /// The call is over: it arrived by now, if ever.
    pub(super) fn settle(&mut self, call: u64, now: Instant) {
        if let Some(departed) = self.out.remove(&call) {
            self.arrived(now.min(departed + ARRIVAL));
        }
    }

    /// The call never left.
    pub(super) fn give_back(&mut self, call: u64) {
        self.out.remove(&call);
    }

    fn arrived(&mut self, at: Instant) {
        let index = self.back.partition_point(|other| *other <= at);
        self.back.insert(index, at);
    }

    /// When the first of those without a response counts as arrived.
    fn arrival_of_first(&self, now: Instant) -> Instant {
        let first = self.out.first_key_value();
        first.map_or(now, |(_, departed)| *departed + ARRIVAL)
    }

    fn forget(&mut self, now: Instant) {
        while let Some((call, departed)) = self.out.first_key_value() {
            let (call, latest) = (*call, *departed + ARRIVAL);
            if latest > now {
                break;
            }
            self.out.remove(&call);
            self.arrived(latest);
        }
        while self.back.front().is_some_and(|at| *at + self.per <= now) {
            self.back.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);
    const TENTH: Duration = Duration::from_millis(100);

    #[test]
    fn a_slot_is_kept_until_the_limit_s_time_after_the_response() {
        let start = Instant::now();
        let mut window = Window::new(2, SECOND);
        window.take(1, start);
        assert_eq!(window.free_at(0, start), start);
        window.take(2, start);
        assert!(window.free_at(0, start) > start);
        window.settle(2, start + TENTH);
        assert_eq!(window.free_at(0, start + TENTH), start + TENTH + SECOND);
        // The next but one waits for the call that has no response yet.
        window.settle(1, start + TENTH * 3);
        let now = start + TENTH * 3;
        assert_eq!(window.free_at(1, now), start + TENTH * 3 + SECOND);
        assert_eq!(window.free_at(2, now), start + TENTH + SECOND * 2);
        assert_eq!(window.free_at(5, now), start + TENTH * 3 + SECOND * 3);
        let now = start + TENTH + SECOND;
        assert_eq!(window.free_at(0, now), now);
    }

    #[test]
    fn a_call_that_lasts_does_not_keep_its_slot_for_ever() {
        let start = Instant::now();
        let mut window = Window::new(1, SECOND);
        window.take(1, start);
        assert_eq!(window.free_at(0, start), start + ARRIVAL + SECOND);
        let now = start + ARRIVAL + SECOND;
        assert_eq!(window.free_at(0, now), now);
        // Its response comes when its slot is long free.
        window.take(2, now);
        window.settle(1, now);
        assert_eq!(window.free_at(0, now), now + ARRIVAL + SECOND);
    }

    #[test]
    fn what_never_left_does_not_count() {
        let start = Instant::now();
        let mut window = Window::new(1, SECOND);
        window.take(1, start);
        window.give_back(1);
        assert_eq!(window.free_at(0, start), start);
        assert!(window.free_at(usize::MAX, start) > start);
    }
}
