//! The terminal of this process, without echo while this module holds it.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::fd::AsFd as _;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::termios::{
    LocalModes, OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcsetattr,
};
use zeroize::Zeroizing;

use super::PromptError;
use super::signals::{Asked, Signals, stop};

/// What a terminal hands over at once, at most: its own longest line.
const LINE: usize = 4096;

impl From<io::Error> for PromptError {
    fn from(error: io::Error) -> Self {
        // The words of the system, which repeat nothing that was typed.
        Self::Terminal(error.to_string())
    }
}

impl From<Errno> for PromptError {
    fn from(error: Errno) -> Self {
        io::Error::from(error).into()
    }
}

/// A terminal whose echo is off until this is dropped.
pub(super) struct Hidden {
    terminal: File,
    before: Termios,
    signals: Signals,
}

impl Hidden {
    pub(super) fn open() -> Result<Self, PromptError> {
        let terminal = OpenOptions::new()
            .read(true)
            .write(true)
            .open("/dev/tty")
            .map_err(|_| PromptError::NoTerminal)?;
        // Before the echo goes off: no signal may come in between.
        let signals = Signals::catch()?;
        let before = tcgetattr(&terminal).map_err(|_| PromptError::NoTerminal)?;
        let hidden = Self {
            terminal,
            before,
            signals,
        };
        hidden.hide()?;
        // What was typed ahead was shown, and is no secret.
        tcflush(&hidden.terminal, QueueSelector::IFlush)?;
        Ok(hidden)
    }

    /// Shows a text.
    pub(super) fn say(&mut self, text: &str) -> Result<(), PromptError> {
        Ok(self.terminal.write_all(text.as_bytes())?)
    }

    /// Asks for a line, which is what was typed without its end.
    pub(super) fn line(&mut self, prompt: &str) -> Result<Zeroizing<Vec<u8>>, PromptError> {
        self.say(prompt)?;
        let mut line = Zeroizing::new(Vec::with_capacity(2 * LINE));
        let mut part = Zeroizing::new([0; LINE]);
        loop {
            match self.wait()? {
                Some(Asked::End(signal)) => {
                    // What is written next begins a line, where there still is a terminal.
                    let _ = self.say("\n");
                    return Err(PromptError::Interrupted { signal });
                }
                Some(Asked::Stop) => {
                    self.show();
                    stop()?;
                    self.hide()?;
                    line.clear();
                    self.say(&format!("\n{prompt}"))?;
                }
                // As after SIGSTOP, which nobody can catch: a shell may have turned the echo on.
                Some(Asked::GoOn) => self.hide()?,
                None => {
                    let read = match self.terminal.read(&mut part[..]) {
                        Ok(0) if line.is_empty() => {
                            self.say("\n")?;
                            return Err(PromptError::Ended);
                        }
                        Ok(read) => read,
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                        Err(error) => return Err(error.into()),
                    };
                    let part = &part[..read];
                    let typed = part.strip_suffix(b"\n").unwrap_or(part);
                    // What is beyond is too long anyway, and the buffer must not grow.
                    let room = line.capacity() - line.len();
                    line.extend_from_slice(&typed[..typed.len().min(room)]);
                    if typed.len() < read {
                        self.say("\n")?;
                        return Ok(line);
                    }
                }
            }
        }
    }

    /// Until a signal came, or, with nothing, until there is a line.
    fn wait(&mut self) -> Result<Option<Asked>, PromptError> {
        loop {
            let mut waiting = [
                PollFd::from_borrowed_fd(self.signals.readable(), PollFlags::IN),
                PollFd::from_borrowed_fd(self.terminal.as_fd(), PollFlags::IN),
            ];
            match poll(&mut waiting, None) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            let has_line = !waiting[1].revents().is_empty();
            if let Some(asked) = self.signals.came() {
                return Ok(Some(asked));
            }
            if has_line {
                return Ok(None);
            }
        }
    }

    /// Lines are still put together by the terminal, which knows its keys; it only shows nothing.
    fn hide(&self) -> Result<(), PromptError> {
        let mut hidden = self.before.clone();
        hidden
            .local_modes
            .remove(LocalModes::ECHO | LocalModes::ECHONL);
        hidden
            .local_modes
            .insert(LocalModes::ICANON | LocalModes::ISIG);
        Ok(tcsetattr(&self.terminal, OptionalActions::Now, &hidden)?)
    }

    /// As it was before, and without what was typed of a secret: the shell would show that. There is
    /// nothing to be done where it fails, as with a terminal that is gone.
    fn show(&self) {
        let _ = tcflush(&self.terminal, QueueSelector::IFlush);
        let _ = tcsetattr(&self.terminal, OptionalActions::Now, &self.before);
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        self.show();
    }
}
