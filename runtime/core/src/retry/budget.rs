//! How many repetitions all calls of a client have together.
//!
//! A token bucket without a clock: repetitions take, successes give. While a
//! service fails every call, the bucket runs empty and each call is sent once;
//! once it responds again, the bucket fills.

use std::sync::atomic::{AtomicU64, Ordering};

/// What a repetition takes.
const PRICE: u64 = 5;
/// What a call gives that succeeds at once.
const REWARD: u64 = 1;

/// The bucket, shared by all calls of a client.
#[derive(Debug)]
pub struct Budget {
    tokens: AtomicU64,
    capacity: u64,
}

impl Budget {
    /// A full bucket for this many repetitions.
    pub fn new(repetitions: u32) -> Self {
        let capacity = u64::from(repetitions) * PRICE;
        Self {
            tokens: AtomicU64::new(capacity),
            capacity,
        }
    }

    /// Takes what a repetition costs; `false`, taking nothing, when there is
    /// not enough.
    pub fn take(&self) -> bool {
        self.change(|tokens| tokens.checked_sub(PRICE)).is_ok()
    }

    /// Notes that a call succeeded; `repeated` when not at once.
    pub fn give(&self, repeated: bool) {
        let reward = if repeated { PRICE } else { REWARD };
        // The closure always gives a value, so this is no failure to pass on.
        let _ = self.change(|tokens| Some(tokens.saturating_add(reward).min(self.capacity)));
    }

    fn change(&self, next: impl FnMut(u64) -> Option<u64>) -> Result<u64, u64> {
        // The count orders nothing else in memory.
        self.tokens
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetitions_empty_it_and_successes_fill_it() {
        let budget = Budget::new(2);
        assert!(budget.take() && budget.take());
        assert!(!budget.take());
        for _ in 0..4 {
            budget.give(false);
            assert!(!budget.take());
        }
        budget.give(false);
        assert!(budget.take());
        budget.give(true);
        assert!(budget.take() && !budget.take());
    }

    #[test]
    fn it_holds_no_more_than_at_the_beginning() {
        let budget = Budget::new(1);
        for _ in 0..100 {
            budget.give(true);
        }
        assert!(budget.take() && !budget.take());
        let none = Budget::new(0);
        none.give(true);
        assert!(!none.take());
    }
}
