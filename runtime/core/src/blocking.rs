//! Calls without async, on a runtime that a client brings along.
//!
//! The caller waits for a response on a channel and never enters the runtime,
//! so that it makes no difference whether it is itself inside of one. It does
//! block its thread: inside an async function, use the client without
//! `blocking`, or `tokio::task::spawn_blocking`.

use std::fmt;
use std::future::Future;
use std::ops::Deref;
use std::sync::{Arc, mpsc};

use bytes::Bytes;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tracing::Instrument as _;
use tracing::instrument::WithSubscriber as _;

use crate::call::{Call, CallResult};
use crate::response::{Download, as_io};
use crate::transport::{TransportError, TransportErrorKind};

/// A client whose calls are waited for: `client.send(call)` in the place of `call.send().await`.
///
/// It dereferences to the client `C` that makes the calls. It is cheap to clone: clones share the
/// connections, the credentials and one thread, which ends with the last of them. It may be made,
/// used and dropped inside an async function, where it blocks the thread it is called on and
/// nothing worse; there, `C` itself is the better choice.
#[derive(Clone, Debug)]
pub struct Blocking<C> {
    runtime: BlockingRuntime,
    client: C,
}

/// A client that is made by a builder, whatever client that builder is told to make.
pub trait Built {
    /// The builder of a client `C` that stands on the same.
    type Builder<C>;

    /// Begins with a region, such as `north-1`.
    fn builder_of<C>(region: String) -> Self::Builder<C>;
}

impl<C: Built> Blocking<C> {
    /// Starts a client for a region, such as `north-1`.
    #[must_use]
    pub fn builder(region: impl Into<String>) -> C::Builder<Self> {
        C::builder_of(region.into())
    }
}

impl<C> Blocking<C> {
    /// Waits for the calls of this client, on a thread of their own.
    ///
    /// # Errors
    /// When the system gives no thread or no means of waiting for sockets.
    pub fn new(client: C) -> std::io::Result<Self> {
        let runtime = BlockingRuntime::start()?;
        Ok(Self { runtime, client })
    }

    /// Makes a call that was put together with this client, and waits for the response.
    ///
    /// # Errors
    /// Those of the call; see [`Error`](crate::Error). `Transport` also on the thread that makes the
    /// calls: an observer, a provider or a transport of this client would wait for itself.
    ///
    /// # Panics
    /// When an observer, a provider or a transport of this client does.
    pub fn send<T: Call>(&self, call: T) -> CallResult<T> {
        self.runtime.run(call.send())
    }
}

impl<C> Blocking<C> {
    /// Reads the body of a response that is read as it comes.
    pub fn reader(&self, download: Download) -> DownloadReader {
        DownloadReader {
            runtime: self.runtime.clone(),
            download: Ok(download),
            rest: Bytes::new(),
        }
    }
}

/// The body of a response as a reader; [`Blocking::reader`] makes one.
pub struct DownloadReader {
    runtime: BlockingRuntime,
    /// Or why it is not there any more.
    download: Result<Download, TransportError>,
    rest: Bytes,
}

impl DownloadReader {
    /// The next bytes; none at the end. What breaks it off is no end, however often it is asked.
    fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        let mut download = std::mem::replace(&mut self.download, Err(gone()))
            .inspect_err(|error| self.download = Err(error.clone()))?;
        let next = async move {
            let chunk = download.chunk().await;
            Ok::<_, TransportError>((chunk, download))
        };
        let (chunk, download) = self
            .runtime
            .run(next)
            .inspect_err(|error| self.download = Err(error.clone()))?;
        self.download = Ok(download);
        chunk
    }
}

impl std::io::Read for DownloadReader {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.rest.is_empty() && !buffer.is_empty() {
            let chunk = self.chunk().map_err(as_io)?;
            self.rest = chunk.unwrap_or_default();
        }
        let given = self.rest.split_to(self.rest.len().min(buffer.len()));
        buffer[..given.len()].copy_from_slice(&given);
        Ok(given.len())
    }
}

impl fmt::Debug for DownloadReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DownloadReader")
            .field(&self.download.as_ref().ok())
            .finish()
    }
}

impl<C> Deref for Blocking<C> {
    type Target = C;

    fn deref(&self) -> &C {
        &self.client
    }
}

/// Runs futures to their end while the caller waits.
///
/// Clones share one thread, which ends when the last of them is dropped. It can
/// be made, used and dropped anywhere, inside an async function too.
#[derive(Clone)]
struct BlockingRuntime(Arc<Thread>);

struct Thread {
    handle: Handle,
    id: std::thread::ThreadId,
    /// Dropped with the last clone, which ends the thread.
    _alive: oneshot::Sender<()>,
}

impl BlockingRuntime {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system gives no thread or no means of waiting for sockets.
    fn start() -> std::io::Result<Self> {
        let (alive, ended) = oneshot::channel::<()>();
        let (started, starting) = mpsc::sync_channel(1);
        let thread = std::thread::Builder::new()
            .name("blocking-calls".to_owned())
            .spawn(move || {
                // Made and dropped here, where no other runtime is entered.
                let built = Builder::new_current_thread().enable_all().build();
                let runtime = match built {
                    Ok(runtime) => runtime,
                    Err(error) => {
                        let _ = started.send(Err(error));
                        return;
                    }
                };
                let _ = started.send(Ok(runtime.handle().clone()));
                // Nothing is sent: it ends when the other side is gone.
                let _ = runtime.block_on(ended);
            })?;
        let handle = starting
            .recv()
            .map_err(|_| std::io::Error::other("its thread has ended"))??;
        Ok(Self(Arc::new(Thread {
            handle,
            id: thread.thread().id(),
            _alive: alive,
        })))
    }

    /// Waits for `future`, which runs on the thread with the caller's span and
    /// subscriber.
    ///
    /// # Errors
    /// Those of the future, and a [`TransportError`] if the thread is gone, or is the one that
    /// asks: an observer, a provider or a transport of this client would wait for itself.
    ///
    /// # Panics
    /// When the future panics, as it would without this.
    fn run<T, E, F>(&self, future: F) -> Result<T, E>
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<TransportError> + Send + 'static,
    {
        if std::thread::current().id() == self.0.id {
            return Err(own_thread().into());
        }
        let (sender, receiver) = mpsc::sync_channel(1);
        let task = self
            .0
            .handle
            .spawn(future.in_current_span().with_current_subscriber());
        self.0.handle.spawn(async move {
            // Nobody waits any more only if the caller's thread is gone.
            let _ = sender.send(task.await);
        });
        match receiver.recv() {
            Ok(Ok(result)) => result,
            Ok(Err(failed)) if failed.is_panic() => std::panic::resume_unwind(failed.into_panic()),
            Ok(Err(_)) | Err(_) => Err(gone().into()),
        }
    }
}

fn own_thread() -> TransportError {
    TransportError::new(TransportErrorKind::Other)
        .not_sent()
        .caused_by(
            "a blocking call on the thread that makes the blocking calls would wait for itself; \
             use another client there",
        )
}

fn gone() -> TransportError {
    TransportError::new(TransportErrorKind::Other)
        .caused_by("the thread that makes blocking calls has ended")
}

impl fmt::Debug for BlockingRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BlockingRuntime")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authentication::standard::CredentialsError;
    use crate::error::Error;
    use crate::response::Response;

    type Outcome = Result<std::thread::ThreadId, TransportError>;

    async fn thread() -> Outcome {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        Ok(std::thread::current().id())
    }

    #[test]
    fn clones_share_a_thread_that_is_not_the_caller_s() {
        let runtime = BlockingRuntime::start().unwrap();
        let first = runtime.run(thread()).unwrap();
        assert_ne!(first, std::thread::current().id());
        let clone = runtime.clone();
        drop(runtime);
        assert_eq!(clone.run(thread()).unwrap(), first);
    }

    /// A call that fails after a moment, and says on which thread.
    struct Failing(mpsc::Sender<std::thread::ThreadId>);

    impl Call for Failing {
        type Output = ();
        type Failure = ();
        type Credentials = CredentialsError;

        async fn send(self) -> Result<Response<()>, Error<(), CredentialsError>> {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            let _ = self.0.send(std::thread::current().id());
            Err(gone().into())
        }
    }

    #[tokio::test]
    async fn every_call_is_made_on_the_one_thread_of_its_client() {
        let client = Blocking {
            runtime: BlockingRuntime::start().unwrap(),
            client: (),
        };
        let (told, threads) = mpsc::channel();
        let error = client.send(Failing(told.clone())).unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{error}");
        let _ = client.clone().send(Failing(told));
        drop(client);
        let threads: Vec<_> = threads.iter().collect();
        assert_eq!(threads[0], threads[1]);
        assert_ne!(threads[0], std::thread::current().id());
    }

    #[test]
    fn a_call_on_its_own_thread_is_an_error_and_no_standstill() {
        let runtime = BlockingRuntime::start().unwrap();
        let inner = runtime.clone();
        let outcome: Outcome = runtime.run(async move { inner.run(thread()) });
        let error = outcome.unwrap_err();
        assert!(!error.may_have_been_processed());
    }

    #[tokio::test]
    async fn it_is_made_used_and_dropped_inside_an_async_function() {
        let runtime = BlockingRuntime::start().unwrap();
        assert!(runtime.run(thread()).is_ok());
        drop(runtime);
    }

    #[test]
    fn the_thread_ends_with_the_last_clone() {
        let runtime = BlockingRuntime::start().unwrap();
        // Held by a task, it is dropped with the runtime.
        let (held, dropped) = mpsc::channel::<()>();
        runtime.0.handle.spawn(async move {
            std::future::pending::<()>().await;
            drop(held);
        });
        drop(runtime);
        assert!(dropped.recv().is_err());
    }

    #[test]
    fn a_panic_comes_out_where_it_was_waited_for() {
        let runtime = BlockingRuntime::start().unwrap();
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            runtime.run(async {
                if true {
                    panic!("on purpose");
                }
                Outcome::Err(gone())
            })
        }));
        assert!(caught.is_err());
        assert!(runtime.run(thread()).is_ok());
    }
}
