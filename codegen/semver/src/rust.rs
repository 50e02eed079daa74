//! The public surface of a crate that was made, and what differs between two of them.
