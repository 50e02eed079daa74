//! Words for people, on standard error.

use std::fmt::Display;
use std::io::{self, Write as _};

/// Says something. Where nobody listens any more (a pipe whose reader ended, a terminal that was
/// closed) the work goes on all the same: what `eprintln!` does there, a panic, would leave calls
/// under way.
pub(crate) fn say(words: impl Display) {
    let _ = writeln!(io::stderr(), "{words}");
}
