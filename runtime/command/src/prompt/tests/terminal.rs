//! A pseudo-terminal with a program in it. The tests of the whole command use this file too.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize};

/// The size of its window, in lines and columns.
pub(crate) const SIZE: (u16, u16) = (200, 80);

pub(crate) struct Terminal {
    master: File,
    child: Child,
    /// What was shown and not yet taken by [`see`](Self::see).
    pub(crate) seen: String,
}

impl Terminal {
    /// Starts a program whose terminal it is; `prepare` may change how.
    pub(crate) fn of(
        program: &str,
        arguments: &[&str],
        prepare: impl FnOnce(&mut Command),
    ) -> Self {
        let master =
            openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let size = Winsize {
            ws_row: SIZE.0,
            ws_col: SIZE.1,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&master, size).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap();
        let side = || -> OwnedFd {
            let mut options = File::options();
            let name = name.to_str().unwrap();
            options.read(true).write(true).open(name).unwrap().into()
        };
        let mut command = Command::new("setsid");
        command
            .args(["--ctty", "--wait", program])
            .args(arguments)
            .stdin(Stdio::from(side()))
            .stdout(Stdio::from(side()))
            .stderr(Stdio::from(side()));
        prepare(&mut command);
        Self {
            child: command.spawn().unwrap(),
            master: master.into(),
            seen: String::new(),
        }
    }

    /// Waits for a text, and takes it with all before it.
    pub(crate) fn see(&mut self, text: &str) -> String {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            if let Some(at) = self.seen.find(text) {
                return self.seen.drain(..at + text.len()).collect();
            }
            assert!(Instant::now() < until, "no {text:?} in {:?}", self.seen);
            self.read();
        }
    }

    /// Reads what comes within a second. False once nobody can write any more.
    pub(crate) fn read(&mut self) -> bool {
        let second = Timespec {
            tv_sec: 1,
            tv_nsec: 0,
        };
        let mut waiting = [PollFd::new(&self.master, PollFlags::IN)];
        if poll(&mut waiting, Some(&second)).unwrap() == 0 {
            return true;
        }
        let mut part = [0; 1024];
        let read = self.master.read(&mut part).unwrap_or(0);
        self.seen.push_str(&String::from_utf8_lossy(&part[..read]));
        read > 0
    }

    pub(crate) fn write(&mut self, text: &str) {
        self.master.write_all(text.as_bytes()).unwrap();
    }

    pub(crate) fn has_echo(&self) -> bool {
        let modes = tcgetattr(&self.master).unwrap().local_modes;
        modes.contains(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG)
    }

    /// Closes the window; the program is still there.
    #[allow(dead_code, reason = "for the tests of whole commands")]
    pub(crate) fn hang_up(&mut self) {
        self.master = File::open("/dev/null").unwrap();
    }

    pub(crate) fn code(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
