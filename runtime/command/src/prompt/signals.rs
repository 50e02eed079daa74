//! The signals that end or stop an asking.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use rustix::process::{getpgrp, getppid, getsid};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::flag::register_conditional_default;
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;

const ENDING: &[i32] = &[SIGHUP, SIGINT, SIGQUIT, SIGTERM];

/// Whether the caller handles the signals that end a process.
static IS_CALLERS: AtomicBool = AtomicBool::new(false);

/// A handler stays once it is installed, and with it the default is gone. So there is one that does
/// what the default does, at all times but those of an asking.
struct Defaults {
    ends: Arc<AtomicBool>,
    stops: Arc<AtomicBool>,
}

fn defaults() -> io::Result<&'static Defaults> {
    static DEFAULTS: OnceLock<Defaults> = OnceLock::new();
    if let Some(defaults) = DEFAULTS.get() {
        return Ok(defaults);
    }
    let new = Defaults {
        ends: Arc::default(),
        stops: Arc::default(),
    };
    for signal in ENDING {
        register_conditional_default(*signal, Arc::clone(&new.ends))?;
    }
    register_conditional_default(SIGTSTP, Arc::clone(&new.stops))?;
    Ok(DEFAULTS.get_or_init(|| new))
}

/// From here on the caller handles the signals that end a process.
pub(super) fn leave_to_caller() {
    IS_CALLERS.store(true, Ordering::SeqCst);
    if let Ok(defaults) = defaults() {
        defaults.ends.store(false, Ordering::SeqCst);
    }
}

/// What a signal asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    End(i32),
    Stop,
    GoOn,
}

/// Catches signals while it lives.
pub(super) struct Signals {
    delivery: SignalDelivery<UnixStream, SignalOnly>,
    defaults: &'static Defaults,
}

impl Signals {
    pub(super) fn catch() -> io::Result<Self> {
        let defaults = defaults()?;
        let (read, write) = UnixStream::pair()?;
        let signals = ENDING.iter().chain(&[SIGTSTP, SIGCONT]);
        let delivery = SignalDelivery::with_pipe(read, write, SignalOnly, signals)?;
        defaults.ends.store(false, Ordering::SeqCst);
        defaults.stops.store(false, Ordering::SeqCst);
        Ok(Self { delivery, defaults })
    }

    /// Becomes readable with a signal.
    pub(super) fn readable(&self) -> BorrowedFd<'_> {
        self.delivery.get_read().as_fd()
    }

    /// Those that came; one that ends counts before all others.
    pub(super) fn came(&mut self) -> Option<Asked> {
        let came: Vec<i32> = self.delivery.pending().collect();
        let ending = came.iter().find(|signal| ENDING.contains(signal));
        match ending {
            Some(signal) => Some(Asked::End(*signal)),
            None if came.contains(&SIGTSTP) => Some(Asked::Stop),
            None => came.contains(&SIGCONT).then_some(Asked::GoOn),
        }
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        let ends = !IS_CALLERS.load(Ordering::SeqCst);
        self.defaults.ends.store(ends, Ordering::SeqCst);
        self.defaults.stops.store(true, Ordering::SeqCst);
    }
}

/// Stops this process until it is continued, where there is a shell to continue it. Nothing would
/// continue the first process of a terminal, and the system leaves it running too.
pub(super) fn stop() -> io::Result<()> {
    let session = getsid(None)?;
    let has_shell =
        getpgrp() != session && getppid().is_some_and(|parent| getsid(Some(parent)) == Ok(session));
    if has_shell {
        signal_hook::low_level::emulate_default_handler(SIGTSTP)?;
    }
    Ok(())
}
