//! When a call is sent again, how soon, and how often.
//!
//! | module | idea |
//! |---|---|
//! | `refusal` | what a server that answers "not you" finds wrong |

mod refusal;

pub use openapi_client_runtime::RetryPolicy;

pub(crate) use openapi_client_runtime::retry::{Budget, Ending, retry_after, server_date};
pub(crate) use refusal::{Refusal, server_time};

#[cfg(test)]
mod tests;
