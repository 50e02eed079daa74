//! What is printed, without ever panicking: within the columns of a terminal, in colours where one
//! takes them, and plain elsewhere.
//!
//! A reader that has seen enough (`… | head`) closes its end: then the rest is left unsaid and the
//! work goes on. Any other trouble with the output makes the exit code that of failure.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use anstyle::AnsiColor;
use huaweicloud_codegen::diagnostic::wrap;
use huaweicloud_drift::foreign::{cut, visible};
use terminal_size::{Height, Width, terminal_size_of};

use crate::FAILED;

/// No line is longer, whatever a page or a server put into it.
const LONGEST: usize = 4000;

static CLOSED: AtomicBool = AtomicBool::new(false);
static BROKEN: AtomicBool = AtomicBool::new(false);

/// Prints a part of the result as it is.
pub(crate) fn say(text: Arguments<'_>) {
    keep(|| io::stdout().write_fmt(text));
}

/// Prints a result that may have colours; they go away where nobody sees them.
pub(crate) fn say_styled(text: &str) {
    keep(|| anstream::stdout().write_all(text.as_bytes()));
}

/// Prints a line of the result, its continuation below `column`. Whatever words are in it, it is a line
/// and nothing that a terminal would obey.
pub(crate) fn say_line(text: &str, column: usize) {
    let text = fitted(text, column, out_width());
    say_styled(&format!("{text}\n"));
}

/// Prints a unified diff: what comes in green, what goes in red.
pub(crate) fn say_diff(diff: &str) {
    let mut out = String::with_capacity(diff.len());
    for line in diff.split_inclusive('\n') {
        let color = match line.chars().next() {
            _ if line.starts_with("+++") || line.starts_with("---") => None,
            Some('+') => Some(AnsiColor::Green),
            Some('-') => Some(AnsiColor::Red),
            Some('@') => Some(AnsiColor::Cyan),
            _ => None,
        };
        let end = line.trim_end_matches(['\n', '\r']).len();
        let (words, feed) = line.split_at(end);
        match color {
            Some(color) => {
                let style = color.on_default();
                out.push_str(&format!("{style}{words}{style:#}{feed}"));
            }
            None => out.push_str(line),
        }
    }
    say_styled(&out);
}

/// Tells a line beside the result, as [`say_line`] prints one. Nobody can be told when that fails.
pub(crate) fn tell(text: Arguments<'_>) {
    let text = fitted(&text.to_string(), 2, err_width());
    tell_styled(&format!("{}\n", colored(&text)));
}

/// Tells something beside the result that may have colours.
pub(crate) fn tell_styled(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// The columns that results have; nothing where nobody counts them.
pub(crate) fn out_width() -> Option<usize> {
    width(io::stdout().is_terminal(), terminal_size_of(io::stdout()))
}

/// The columns that messages have.
pub(crate) fn err_width() -> Option<usize> {
    width(io::stderr().is_terminal(), terminal_size_of(io::stderr()))
}

fn width(is_terminal: bool, size: Option<(Width, Height)>) -> Option<usize> {
    let (Width(width), _) = size.filter(|_| is_terminal)?;
    Some(usize::from(width)).filter(|width| *width > 0)
}

/// Breaks a line where words end, what follows indented as far as `column` below where it begins.
/// A line that is a command stays whole, so that it can be copied.
fn fitted(text: &str, column: usize, width: Option<usize>) -> String {
    let text = cut(text, LONGEST);
    let text = visible(&text);
    let Some(width) = width else {
        return text.into_owned();
    };
    let words = text.trim_start();
    let indent = text.len() - words.len();
    if words.starts_with("cargo codegen ") {
        return text.into_owned();
    }
    let below = " ".repeat((indent + column).min(width / 2));
    wrap(words, width, text.get(..indent).unwrap_or_default(), &below)
}

/// A message with the word it begins with in colour.
fn colored(text: &str) -> String {
    let known = [
        ("error:", AnsiColor::Red),
        ("warning:", AnsiColor::Yellow),
        ("left:", AnsiColor::Yellow),
        ("note:", AnsiColor::Cyan),
    ];
    let found = known
        .iter()
        .find_map(|(word, color)| Some((word, color, text.strip_prefix(word)?)));
    match found {
        Some((word, color, rest)) => {
            let style = color.on_default().bold();
            format!("{style}{word}{style:#}{rest}")
        }
        None => text.to_owned(),
    }
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
            tell(format_args!("error: the result cannot be printed: {error}"));
        }
    }
}

/// Prints a line of the result.
macro_rules! outln {
    ($($word:tt)*) => {
        $crate::out::say_line(&format!($($word)*), 2)
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
        $crate::out::tell(format_args!($($word)*))
    };
}

pub(crate) use {errln, out, outln};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_commands_stay_whole() {
        let text = "note: a message that is longer than the screen";
        assert_eq!(fitted(text, 2, None), text);
        assert_eq!(
            fitted(text, 2, Some(30)),
            "note: a message that is longer\n  than the screen"
        );
        let command = "  cargo codegen docs accept a.md";
        assert_eq!(fitted(command, 2, Some(12)), command);
        assert_eq!(
            fitted("    12  name    one | two | three", 12, Some(32)),
            "    12  name    one | two |\n                three"
        );
    }

    #[test]
    fn a_line_is_one_line_whatever_is_in_it() {
        let odd = "left: body a\n::error::b\u{1b}[31m\u{202e}";
        let shown = "left: body a\u{fffd}::error::b\u{fffd}[31m\u{fffd}";
        for width in [None, Some(200)] {
            assert_eq!(fitted(odd, 2, width), shown);
        }
        assert_eq!(
            fitted(&"é".repeat(9999), 2, None).chars().count(),
            LONGEST + 1
        );
    }

    #[test]
    fn words_at_the_beginning_are_coloured() {
        assert_eq!(colored("5 files"), "5 files");
        assert!(colored("error: no").starts_with("\u{1b}["));
        assert!(colored("error: no").ends_with(" no"));
    }
}
