//! What is printed, without ever panicking.
//!
//! A reader that has seen enough (`… | head`) closes its end: then the rest is left unsaid and the
//! work goes on. Any other trouble with the output makes the exit code that of failure.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::FAILED;

static CLOSED: AtomicBool = AtomicBool::new(false);
static BROKEN: AtomicBool = AtomicBool::new(false);

/// Prints a result.
pub(crate) fn say(text: Arguments<'_>) {
    keep(|| io::stdout().write_fmt(text));
}

/// Prints a result that may have colours; they go away where nobody sees them.
pub(crate) fn say_styled(text: &str) {
    keep(|| anstream::stdout().write_all(text.as_bytes()));
}

/// Tells something beside the result. Nobody can be told when that fails.
pub(crate) fn tell(text: Arguments<'_>) {
    let _ = io::stderr().write_fmt(text);
}

/// As [`tell`], with colours.
pub(crate) fn tell_styled(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// The exit code when all was printed.
pub(crate) fn finish(code: u8) -> u8 {
    keep(|| io::stdout().flush());
    if BROKEN.load(Ordering::Relaxed) {
        FAILED
    } else {
        code
    }
}

fn keep(print: impl FnOnce() -> io::Result<()>) {
    if CLOSED.load(Ordering::Relaxed) {
        return;
    }
    if let Err(error) = print() {
        CLOSED.store(true, Ordering::Relaxed);
        if error.kind() != ErrorKind::BrokenPipe {
            BROKEN.store(true, Ordering::Relaxed);
            tell(format_args!(
                "error: the result cannot be printed: {error}\n"
            ));
        }
    }
}

/// Prints a line of the result.
macro_rules! outln {
    ($($word:tt)*) => {
        $crate::out::say(format_args!("{}\n", format_args!($($word)*)))
    };
}

/// Prints a part of the result.
macro_rules! out {
    ($($word:tt)*) => {
        $crate::out::say(format_args!($($word)*))
    };
}

/// Tells a line beside the result.
macro_rules! errln {
    ($($word:tt)*) => {
        $crate::out::tell(format_args!("{}\n", format_args!($($word)*)))
    };
}

pub(crate) use {errln, out, outln};
