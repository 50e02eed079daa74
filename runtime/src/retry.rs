//! When a call is sent again, how soon, and how often.
//!
//! | module | idea |
//! |---|---|
//! | `policy` | what a client's owner sets: [`RetryPolicy`] |
//! | `verdict` | whether an attempt's outcome may be followed by another |
//! | `refusal` | what a server that answers "not you" finds wrong |
//! | `backoff` | how long to wait, with jitter |
//! | `retry_after` | how long the server asks to wait |
//! | `budget` | how many repetitions all calls of a client have together |

mod backoff;
mod budget;
mod policy;
mod refusal;
mod retry_after;
mod verdict;

pub use policy::RetryPolicy;

pub(crate) use budget::Budget;
pub(crate) use refusal::{Refusal, server_time};
pub(crate) use retry_after::{retry_after, server_date};
pub(crate) use verdict::Ending;
