//! How credentials stand with the servers, by what became of the requests with them.
//!
//! ```text
//!              accepted                       refused
//!   unproven ───────────▶ proven    any state ─────────▶ refused
//!                           ▲                              │ the pause is over,
//!                           └──────────────────────────────┘ and one is accepted
//! ```

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::authentication::RefusedCredentials;
use crate::error::ErrorDetails;

/// How many requests with unproven credentials are under way at most. Servers lock a key
/// after five refusals in a row or more.
const MOST: u32 = 4;
/// How long until one more may go out beside those that have no response yet.
const ANOTHER_AFTER: Duration = Duration::from_secs(2);

/// How long credentials are not sent after the first refusal: no longer than it takes to notice,
/// since the request may be to blame.
const FIRST_PAUSE: Duration = Duration::from_secs(30);
/// The same for credentials that were accepted before, or that cannot be locked.
const SHORT_PAUSE: Duration = Duration::from_secs(5);
/// And after the second. Together with the first, five minutes see three refusals at most.
const SECOND_PAUSE: Duration = Duration::from_secs(2 * 60);
/// After any further one, and as long as servers lock a key.
const LOCK: Duration = Duration::from_secs(5 * 60);
/// How many refusals in a row that only blame the clock are as good as one that blames the key:
/// nobody says whether they count towards the lock.
const CLOCK_REFUSALS: u32 = 3;

/// What kind of refusal a response is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blame {
    /// The credentials.
    Credentials,
    /// The clock.
    Clock,
    /// The credentials, which are locked.
    Locked,
}

/// What is known about one set of credentials.
#[derive(Debug, Default)]
pub(super) struct Standing {
    phase: Phase,
    /// Requests under way that were counted.
    under_way: u32,
    /// When the first of them went out.
    since: Option<Instant>,
    /// How many ended without saying anything about the credentials.
    said_nothing: u32,
    /// How many were refused since the last that was accepted. Those that were under way together
    /// count once.
    refused: u32,
    /// The round of the last refusal.
    round: u64,
    accepted_before: bool,
    /// Whether refusals lock them. Those of a token do not.
    locks: bool,
}

#[derive(Debug, Default)]
enum Phase {
    #[default]
    Unproven,
    Proven,
    Refused {
        details: Arc<ErrorDetails>,
        until: Instant,
    },
}

/// What somebody may do who wants to send.
#[derive(Debug)]
pub(super) enum Entry {
    /// Send; whether that is counted.
    Go { counted: bool },
    /// Wait for a change, or until then.
    Wait(Option<Instant>),
    /// Neither.
    Refused(RefusedCredentials),
}

impl Standing {
    pub(super) fn new(locks: bool) -> Self {
        Self {
            locks,
            ..Self::default()
        }
    }

    pub(super) fn is_refused(&self) -> bool {
        matches!(self.phase, Phase::Refused { .. })
    }

    pub(super) fn is_proven(&self) -> bool {
        matches!(self.phase, Phase::Proven)
    }

    /// Whether it can be forgotten: nobody is under way, and any refusal is so long ago that a lock
    /// would be over.
    pub(super) fn is_over(&self, now: Instant) -> bool {
        let counts = matches!(&self.phase, Phase::Refused { until, .. } if now < *until + LOCK);
        self.under_way == 0 && !counts
    }

    pub(super) fn is_under_way(&self) -> bool {
        self.under_way > 0
    }

    /// Asks for a turn.
    pub(super) fn enter(&mut self, now: Instant) -> Entry {
        match &self.phase {
            Phase::Proven => Entry::Go { counted: false },
            Phase::Unproven if !self.locks => Entry::Go { counted: false },
            Phase::Unproven => {
                let since = *self.since.get_or_insert(now);
                let waited = now.duration_since(since).as_secs() / ANOTHER_AFTER.as_secs();
                let room = u64::from(1 + self.said_nothing).saturating_add(waited);
                if u64::from(self.under_way) < room.min(MOST.into()) {
                    self.under_way += 1;
                    Entry::Go { counted: true }
                } else {
                    let steps = u32::try_from(waited + 1).unwrap_or(u32::MAX);
                    let more = since + ANOTHER_AFTER.saturating_mul(steps);
                    Entry::Wait((room < MOST.into()).then_some(more))
                }
            }
            Phase::Refused { until, .. } if now >= *until => {
                if self.under_way == 0 {
                    self.under_way += 1;
                    Entry::Go { counted: true }
                } else {
                    Entry::Wait(None)
                }
            }
            Phase::Refused { details, until } => {
                let wait = until.duration_since(now);
                Entry::Refused(RefusedCredentials::new(Arc::clone(details), wait))
            }
        }
    }

    /// A turn is given back; `ended` when the request ended, with nothing said.
    pub(super) fn leave(&mut self, counted: bool, ended: bool) {
        self.give_back(counted);
        if counted && ended {
            self.said_nothing = self.said_nothing.saturating_add(1);
        }
    }

    pub(super) fn accept(&mut self, counted: bool) {
        self.give_back(counted);
        self.phase = Phase::Proven;
        self.accepted_before = true;
        self.refused = 0;
    }

    /// A request of round `sent` was refused in round `now_round`.
    pub(super) fn refuse(
        &mut self,
        counted: bool,
        blame: Blame,
        details: ErrorDetails,
        rounds: Rounds,
        now: Instant,
    ) {
        self.give_back(counted);
        if !self.blame(rounds) {
            return;
        }
        let pause = match (self.refused, blame) {
            (_, Blame::Locked) if self.locks => LOCK,
            (count, Blame::Clock) if count < CLOCK_REFUSALS => {
                self.phase = Phase::Unproven;
                return;
            }
            (..=1, _) if self.accepted_before || !self.locks => SHORT_PAUSE,
            (..=1, _) => FIRST_PAUSE,
            (2, _) | (CLOCK_REFUSALS, Blame::Clock) => SECOND_PAUSE,
            (3.., _) => LOCK,
        };
        tracing::warn!(
            code = details.code(),
            pause_seconds = pause.as_secs(),
            "the server refused the credentials; they are not sent for a while"
        );
        self.phase = Phase::Refused {
            details: Arc::new(details),
            until: now + pause,
        };
    }

    /// A request was refused for its date, and is to be sent again with another. `true` when it
    /// has a turn for that; the others then wait for what comes of it.
    pub(super) fn hold(&mut self, counted: bool, rounds: Rounds) -> bool {
        if self.blame(rounds) && self.is_proven() {
            self.phase = Phase::Unproven;
        }
        if counted {
            return true;
        }
        let free = self.under_way == 0 && matches!(self.phase, Phase::Unproven);
        if free {
            self.under_way += 1;
        }
        free
    }

    /// Counts a refusal, unless the request was under way when the last one came: then it knew no
    /// better, and says nothing new.
    fn blame(&mut self, rounds: Rounds) -> bool {
        if rounds.sent < self.round {
            return false;
        }
        self.round = rounds.next;
        self.refused = self.refused.saturating_add(1);
        self.said_nothing = 0;
        self.since = None;
        true
    }

    fn give_back(&mut self, counted: bool) {
        if counted {
            self.under_way = self.under_way.saturating_sub(1);
        }
        if self.under_way == 0 {
            self.since = None;
        }
    }
}

/// When a request was sent and when it was refused, in refusals.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rounds {
    pub(super) sent: u64,
    pub(super) next: u64,
}

#[cfg(test)]
pub(super) mod tests {
    use bytes::Bytes;
    use http::StatusCode;

    use super::*;
    use crate::error::Plain;
    use crate::operation::Operation;
    use crate::redact::Redactor;
    use crate::response::RawResponse;

    static SHOW: Operation = Operation::new("shop", "Show", "GET", "/");

    /// A response that refuses the caller.
    pub(in crate::client::lockout) fn refusal() -> ErrorDetails {
        let mut response = http::Response::new(Bytes::new());
        *response.status_mut() = StatusCode::UNAUTHORIZED;
        RawResponse::new(&SHOW, response, Redactor::default(), &Plain).details()
    }

    /// A standing, and the time and the refusals that have passed.
    struct Case {
        it: Standing,
        now: Instant,
        rounds: u64,
    }

    impl Case {
        fn new(locks: bool) -> Self {
            Self {
                it: Standing::new(locks),
                now: Instant::now(),
                rounds: 0,
            }
        }

        fn wait(&mut self, seconds: u64) {
            self.now += Duration::from_secs(seconds);
        }

        /// One letter for what may be done: go counted, go freely, wait, or refused.
        fn enter(&mut self) -> char {
            match self.it.enter(self.now) {
                Entry::Go { counted: true } => 'c',
                Entry::Go { counted: false } => 'g',
                Entry::Wait(_) => 'w',
                Entry::Refused(_) => 'r',
            }
        }

        fn refuse(&mut self, counted: bool, blame: Blame) {
            let sent = self.rounds;
            self.refuse_sent(sent, counted, blame);
        }

        fn refuse_sent(&mut self, sent: u64, counted: bool, blame: Blame) {
            self.rounds += 1;
            let rounds = Rounds {
                sent,
                next: self.rounds,
            };
            self.it.refuse(counted, blame, refusal(), rounds, self.now);
        }

        /// How many seconds until it may be tried again.
        fn pause(&mut self) -> u64 {
            match self.it.enter(self.now) {
                Entry::Refused(refused) => refused.asked_again_in().as_secs(),
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn one_goes_first_and_proves_it_for_all() {
        let mut case = Case::new(true);
        assert_eq!([case.enter(), case.enter()], ['c', 'w']);
        case.it.accept(true);
        assert_eq!([case.enter(), case.enter()], ['g', 'g']);
    }

    #[test]
    fn one_more_every_two_seconds_up_to_four() {
        let mut case = Case::new(true);
        for expected in ["cw", "cw", "cw", "cw", "w", "w"] {
            for letter in expected.chars() {
                assert_eq!(case.enter(), letter);
            }
            case.wait(2);
        }
    }

    #[test]
    fn pauses_grow_while_it_is_refused() {
        for (locks, accepted, first) in [(true, false, 30), (true, true, 5), (false, false, 5)] {
            let mut case = Case::new(locks);
            if accepted {
                case.enter();
                case.it.accept(true);
            }
            for pause in [first, 120, 300, 300] {
                let counted = case.enter() == 'c';
                case.refuse(counted, Blame::Credentials);
                assert_eq!(case.pause(), pause);
                case.wait(pause - 1);
                assert_eq!(case.enter(), 'r');
                case.wait(1);
            }
            // One asks again, and the others wait for it.
            assert_eq!([case.enter(), case.enter()], ['c', 'w']);
            case.it.accept(true);
            assert_eq!(case.enter(), 'g');
            case.refuse(false, Blame::Credentials);
            assert_eq!(case.pause(), 5, "it starts anew");
        }
    }

    #[test]
    fn refusals_of_requests_under_way_together_count_once() {
        let mut case = Case::new(true);
        case.enter();
        case.it.accept(true);
        for _ in 0..50 {
            case.refuse_sent(0, false, Blame::Credentials);
        }
        assert_eq!(case.pause(), 5);
        // One that was under way and is accepted shows that it was the request.
        case.it.accept(false);
        assert_eq!(case.enter(), 'g');
    }

    #[test]
    fn a_lock_is_as_long_as_a_lock() {
        let mut case = Case::new(true);
        case.enter();
        case.refuse(true, Blame::Locked);
        assert_eq!(case.pause(), 300);
    }

    #[test]
    fn the_clock_is_blamed_twice() {
        let mut case = Case::new(true);
        for _ in 0..2 {
            assert_eq!([case.enter(), case.enter()], ['c', 'w']);
            case.refuse(true, Blame::Clock);
        }
        assert_eq!(case.enter(), 'c');
        case.refuse(true, Blame::Clock);
        assert_eq!(case.pause(), 120);
    }

    #[test]
    fn who_signs_again_stays_ahead_of_the_others() {
        let mut case = Case::new(true);
        assert_eq!(case.enter(), 'c');
        let rounds = |sent, next| Rounds { sent, next };
        assert!(case.it.hold(true, rounds(0, 1)));
        assert_eq!(case.enter(), 'w');
        case.it.accept(true);
        // Of many that were under way freely, one stays ahead.
        let held: Vec<bool> = (0..5).map(|_| case.it.hold(false, rounds(1, 2))).collect();
        assert_eq!(held, [true, false, false, false, false]);
        assert_eq!(case.enter(), 'w');
    }

    #[test]
    fn silence_proves_nothing_and_frees_the_turn() {
        let mut case = Case::new(true);
        for _ in 0..9 {
            assert_eq!(case.enter(), 'c');
            case.it.leave(true, true);
        }
        let under_way: String = (0..6).map(|_| case.enter()).collect();
        assert_eq!(under_way, "ccccww");
        case.it.leave(true, false);
        assert_eq!([case.enter(), case.enter()], ['c', 'w']);
    }
}
