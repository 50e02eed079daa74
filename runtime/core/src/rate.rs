//! How fast calls may leave, a service at a time.
//!
//! | module | idea |
//! |---|---|
//! | `window` | no stretch of that time sees more of them, however long they travel |
//! | `pace` | calls leave one after the other, not in heaps |
//! | `breaker` | a service that refuses is left alone, then asked by one call, then called more slowly |
//! | `queue` | the queue in front of these three: first come, first served |
//! | `limiter` | the queues of a client, one a service, and one an operation that has a limit of its own |
//! | `error` | a call whose turn comes too late: [`RateLimited`] |
//!
//! A limit is known from the API document or set by
//! `ClientBuilder::rate_limit`. It then holds
//! for every stretch of its time, not for those that begin on the minute: where
//! the server's begin, nobody knows. Calls are spread over it, with up to a
//! tenth of them (ten at most) at once, since a server that counts by a shorter
//! time would refuse a larger heap.
//!
//! A service without a known limit is not slowed down until it refuses a call
//! with status 429 or a code that means the same. Then all calls to it wait as long
//! as its `Retry-After` asks for, and without one for a second at most; one call
//! asks again, and the others follow once it was let through, at the pace that
//! the service took before. Calm makes it faster, another refusal slower. No
//! response stops a service for more than a minute: then one call asks again.
//!
//! Clones of a client share all of it; other clients and other programs do not,
//! so give each its part of a limit that they have in common. Nothing runs in the background: calls
//! that wait do the work, and one that is dropped leaves its turn to the next.

mod breaker;
mod error;
mod limiter;
mod pace;
mod queue;
mod window;

pub use crate::rate_limit::RateLimit;
pub use error::RateLimited;

#[doc(hidden)]
pub use breaker::LONGEST_STOP;
#[doc(hidden)]
pub use limiter::{Limiter, QueuePosition, Turn};
