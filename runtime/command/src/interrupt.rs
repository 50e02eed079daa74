//! Being told to stop: Ctrl-C, and what `kill` and the end of a session send.

use std::io;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::problem::Problem;
use crate::prompt;

/// Those of the process, from now on; they no longer end it by themselves.
pub(crate) struct Interrupts {
    #[cfg(unix)]
    signals: [Signal; 3],
    #[cfg(not(unix))]
    signals: tokio::signal::windows::CtrlC,
}

impl Interrupts {
    /// Begins to listen.
    ///
    /// # Errors
    /// When the system does not let it.
    pub(crate) fn new() -> Result<Self, Problem> {
        let listening = Self::listen();
        listening
            .map_err(|error| Problem::Local(format!("signals cannot be listened for: {error}")))
    }

    fn listen() -> io::Result<Self> {
        prompt::leave_to_caller();
        #[cfg(unix)]
        let signals = [
            signal(SignalKind::interrupt())?,
            signal(SignalKind::terminate())?,
            signal(SignalKind::hangup())?,
        ];
        #[cfg(not(unix))]
        let signals = tokio::signal::windows::ctrl_c()?;
        Ok(Self { signals })
    }

    /// Waits for the next.
    pub(crate) async fn next(&mut self) {
        #[cfg(unix)]
        {
            let [interrupt, terminate, hangup] = &mut self.signals;
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
                _ = hangup.recv() => {}
            }
        }
        #[cfg(not(unix))]
        self.signals.recv().await;
    }
}
