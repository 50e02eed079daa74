//! Credentials that are fetched once and used until they are to expire.

mod state;

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::SystemTime;

use self::state::{Lookup, State};
use super::{Credentials, CredentialsError, CredentialsFuture, ProvideCredentials};

type Clock = dyn Fn() -> SystemTime + Send + Sync;
type Flight = Pin<Box<dyn Future<Output = Result<Credentials, CredentialsError>> + Send>>;

/// Keeps the credentials of another provider and fetches them anew in time.
///
/// - Fetched anew 10 minutes before they expire, or a tenth of their lifetime
///   where that is less. Credentials without an expiry are kept for good.
/// - However many ask at once, the provider is asked once, and a caller that
///   gives up does not undo the work for the others.
/// - When fetching fails, the ones at hand are used as long as they are valid.
///   A failure is passed on to whoever asks during the next second, and to the
///   provider no request goes; after each further one that pause doubles, up
///   to a minute.
///
/// The provider bounds its own time: nothing here ends a call to it early. It
/// runs on the task of one of the callers, so nothing is spawned.
pub struct Cached<P> {
    provider: Arc<P>,
    clock: Arc<Clock>,
    state: Mutex<State>,
    /// The fetch under way. Whoever holds the lock drives it; when that caller
    /// goes away, the next one goes on with it.
    flight: tokio::sync::Mutex<Option<Flight>>,
}

impl<P: ProvideCredentials + 'static> Cached<P> {
    /// Keeps what `provider` gives.
    pub fn new(provider: P) -> Self {
        Self::with_clock(provider, SystemTime::now)
    }

    /// [`new`](Self::new) by another clock, for tests.
    pub fn with_clock(provider: P, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self {
            provider: Arc::new(provider),
            clock: Arc::new(clock),
            state: Mutex::default(),
            flight: tokio::sync::Mutex::default(),
        }
    }

    async fn get(&self) -> Result<Credentials, CredentialsError> {
        match self.lookup() {
            Lookup::Fresh(credentials) => return Ok(credentials),
            Lookup::Failed(error) => return Err(error),
            Lookup::Due(_) | Lookup::Empty => {}
        }
        // Declared before the lock, so that the lock is free when it drops.
        let _give_up = GiveUp(&self.flight);
        let mut flight = match self.flight.try_lock() {
            Ok(flight) => flight,
            Err(_) => {
                // Another caller fetches; who has usable ones does not wait.
                if let Lookup::Due(credentials) = self.lookup() {
                    return Ok(credentials);
                }
                self.flight.lock().await
            }
        };
        // Another caller may have settled it in the meantime.
        match self.lookup() {
            Lookup::Fresh(credentials) => return Ok(credentials),
            Lookup::Failed(error) => return Err(error),
            Lookup::Due(_) | Lookup::Empty => {}
        }
        match self.drive(&mut flight).await {
            Ok(credentials) => {
                let now = (self.clock)();
                self.state().keep(credentials.clone(), now);
                Ok(credentials)
            }
            Err(error) => self.fall_back(error),
        }
    }

    /// The ones at hand, if they are still valid.
    fn fall_back(&self, error: CredentialsError) -> Result<Credentials, CredentialsError> {
        let now = (self.clock)();
        let pause = self.state().fail(error.clone(), now);
        match self.state().lookup(now) {
            Lookup::Fresh(credentials) | Lookup::Due(credentials) => {
                tracing::warn!(
                    %error,
                    pause_seconds = pause.as_secs(),
                    "credentials could not be fetched anew; those at hand are used until they expire"
                );
                Ok(credentials)
            }
            Lookup::Failed(_) | Lookup::Empty => Err(error),
        }
    }

    fn lookup(&self) -> Lookup {
        let now = (self.clock)();
        self.state().lookup(now)
    }

    /// Goes on with the fetch under way, or begins one.
    async fn drive(&self, flight: &mut Option<Flight>) -> Result<Credentials, CredentialsError> {
        poll_fn(|context| {
            // Taken out while it runs: one that panics is not polled again.
            let mut running = flight.take().unwrap_or_else(|| {
                let provider = Arc::clone(&self.provider);
                Box::pin(async move { provider.provide().await })
            });
            match running.as_mut().poll(context) {
                Poll::Ready(fetched) => Poll::Ready(fetched),
                Poll::Pending => {
                    *flight = Some(running);
                    Poll::Pending
                }
            }
        })
        .await
    }
}

impl<P> Cached<P> {
    pub(super) fn provider(&self) -> &P {
        &self.provider
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in here panics half-way through a change.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<P: ProvideCredentials + 'static> ProvideCredentials for Cached<P> {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(self.get())
    }

    /// What ended early (the password was changed, the key replaced) is not used until its
    /// written end.
    fn rejected(&self, credentials: &Credentials) {
        self.state().forget(credentials);
        self.provider.rejected(credentials);
    }

    fn kind(&self) -> &'static str {
        self.provider.kind()
    }
}

impl<P: ProvideCredentials> fmt::Debug for Cached<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cached({})", self.provider.kind())
    }
}

/// Gives a fetch up that nobody drives any more: found later, its deadlines
/// would be long past and, it may be, its runtime gone.
struct GiveUp<'a>(&'a tokio::sync::Mutex<Option<Flight>>);

impl Drop for GiveUp<'_> {
    fn drop(&mut self) {
        // The lock goes from one caller to the next in line, so it is free
        // only when nobody waits to go on with the fetch.
        if let Ok(mut flight) = self.0.try_lock() {
            *flight = None;
        }
    }
}
