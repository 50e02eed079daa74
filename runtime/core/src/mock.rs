//! A fake of the services, for people's own tests.
//!
//! It is a [`Transport`](crate::Transport) that responds as a test told it. Everything else
//! of the client is the real one: the request is checked, written and signed, and the response is
//! read from its bytes. So a 401 that it plays has the consequences that
//! [`RetryPolicy`](crate::RetryPolicy) tells of: the next call with the same credentials is not
//! sent.
//!
//! Generated clients put types on top: a [`MockedOperation`] for each
//! operation, whose [`Expectation`] takes and gives the operation's own types.

mod expectation;
mod parts;
mod path;
mod received;
mod reply;
mod script;

pub use expectation::{Calls, Expectation};
pub use parts::ReceivedPart;
pub use received::{Hidden, Received, Unreadable};
pub use reply::Reply;
#[doc(hidden)]
pub use script::Script;

use std::fmt;

use crate::operation::Operation;

/// An operation as a fake sees it; implemented by generated clients.
pub trait MockedOperation: 'static {
    /// What the caller asks for.
    type Request: Clone + fmt::Debug + Send + Sync + 'static;
    /// The value of a success.
    type Output;
    /// A documented error.
    type Failure: Played;

    /// The facts of the operation.
    const OPERATION: &'static Operation;

    /// Reads what the caller asks for.
    ///
    /// # Errors
    /// When a part cannot be read as its type.
    fn request(received: &Received) -> Result<Self::Request, Unreadable>;

    /// A success as the server would write it.
    fn success(output: &Self::Output) -> Reply;

    /// An error as the server would write it.
    fn failure(failure: &Self::Failure) -> Reply {
        failure.reply()
    }

    /// The success that the document shows, or one like it.
    fn example() -> Reply;
}

/// A body of several that a fake can play.
#[doc(hidden)]
pub trait PlayedBody {
    /// The response of this status with it.
    fn reply(&self, status: u16) -> Reply;
}

/// An error that a fake can play.
#[doc(hidden)]
pub trait Played {
    /// The response that becomes this error.
    fn reply(&self) -> Reply;
}
