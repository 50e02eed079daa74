//! What a server that refuses the caller finds wrong.

/// What is wrong with who called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The date of the signature: the clock here, or there, is off.
    Clock,
    /// The credentials.
    Credentials,
    /// The server does not say: the credentials, or the date by its own clock.
    Unexplained,
    /// Nothing that this request did: earlier ones had the credentials locked.
    Locked,
}
