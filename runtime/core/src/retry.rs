//! How often and how soon a call is sent again.
//!
//! | module | idea |
//! |---|---|
//! | `policy` | what a client's owner sets: [`RetryPolicy`] |
//! | `verdict` | whether an attempt's outcome may be followed by another |
//! | `backoff` | how long to wait, with jitter |
//! | `retry_after` | how long the server asks to wait |
//! | `budget` | how many repetitions all calls of a client have together |

mod backoff;
mod budget;
mod policy;
mod retry_after;
mod verdict;

pub use budget::Budget;
pub use policy::RetryPolicy;
pub use retry_after::{retry_after, server_date};
pub use verdict::AttemptOutcome;
