//! The body of a response, read as it comes.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::runtime::Handle;
use tokio::time::{Sleep, sleep};

use crate::operation::Operation;
use crate::transport::{Body, Collected, TransportError, TransportErrorKind, in_tokio};

/// The body of a success, read piece by piece: it need not fit into memory.
///
/// Read it with [`chunk`](Self::chunk), as an [`AsyncRead`], or whole with
/// [`collect`](Self::collect); without async, `Blocking` makes a reader of it. The time limit of the
/// operation is over once the head of the response is there. From then on, the next piece has to
/// come within the time limit of an attempt: read it within a tokio runtime, unless it was made in
/// one. What breaks off midway is not asked for again.
///
/// Its bytes are given as they came, and may repeat secrets of the request. `Debug` shows the length
/// alone.
pub struct Download {
    body: Body,
    /// None of bytes that no operation gave.
    operation: Option<&'static Operation>,
    /// The longest wait for a piece.
    limit: Duration,
    /// Ends the wait for the next piece.
    timer: Option<Pin<Box<Sleep>>>,
    /// Whose timers they are, wherever it is read; none of one made outside of tokio.
    runtime: Option<Handle>,
    /// What was read for an [`AsyncRead`] that had less room.
    rest: Bytes,
}

impl Download {
    pub(crate) fn new(body: Body, operation: Option<&'static Operation>, limit: Duration) -> Self {
        Self {
            body,
            operation,
            limit,
            timer: None,
            runtime: in_tokio().ok(),
            rest: Bytes::new(),
        }
    }

    /// One with these bytes, for tests.
    pub fn of_bytes(bytes: impl Into<Bytes>) -> Self {
        Self::new(bytes.into().into(), None, Duration::MAX)
    }

    /// The bytes, where they are all there.
    #[cfg(feature = "mock")]
    pub(crate) fn in_memory(&self) -> Bytes {
        match self.rest.is_empty() {
            true => self.body.in_memory().unwrap_or_default(),
            false => self.rest.clone(),
        }
    }

    /// How many bytes are still to come, if the server said so.
    pub fn length(&self) -> Option<u64> {
        let rest = self.rest.len() as u64;
        self.body.length().map(|length| length + rest)
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// When the response breaks off, or nothing comes in time: from then on, always.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        std::future::poll_fn(|context| self.poll_chunk(context)).await
    }

    /// All of it, as long as that is not more than so many bytes.
    ///
    /// # Errors
    /// When it is more, breaks off, or does not come in time.
    pub async fn collect(mut self, most: usize) -> Result<Vec<u8>, TransportError> {
        let mut all = Collected::default();
        while let Some(chunk) = self.chunk().await? {
            all.push(chunk, most).map_err(|error| self.during(error))?;
        }
        Ok(all.finish().into())
    }

    fn during(&self, error: TransportError) -> TransportError {
        match self.operation {
            Some(operation) => error.during(operation),
            None => error,
        }
    }

    /// Waits until the next piece is late, which takes a runtime: the one that it was made in, or
    /// else the one that it is read in.
    fn poll_limit(&mut self, context: &mut Context<'_>) -> Poll<TransportError> {
        let limit = self.limit;
        let timer = match &mut self.timer {
            Some(timer) => timer,
            none => {
                let runtime = match self.runtime.clone().map_or_else(in_tokio, Ok) {
                    Ok(runtime) => runtime,
                    Err(error) => return Poll::Ready(error),
                };
                let _entered = runtime.enter();
                none.insert(Box::pin(sleep(limit)))
            }
        };
        timer.as_mut().poll(context).map(|()| {
            TransportError::new(TransportErrorKind::Timeout)
                .caused_by(format!("no further piece of the body came for {limit:?}"))
        })
    }

    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, TransportError>> {
        if !self.rest.is_empty() {
            return Poll::Ready(Ok(Some(std::mem::take(&mut self.rest))));
        }
        loop {
            if let Poll::Ready(chunk) = self.body.poll_chunk(context) {
                self.timer = None;
                return Poll::Ready(chunk.map_err(|error| self.during(error)));
            }
            let error = ready!(self.poll_limit(context));
            self.body.break_off(error);
        }
    }
}

impl AsyncRead for Download {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let chunk = ready!(self.poll_chunk(context)).map_err(as_io)?;
        if let Some(mut chunk) = chunk {
            self.rest = chunk.split_off(chunk.len().min(buffer.remaining()));
            buffer.put_slice(&chunk);
        }
        Poll::Ready(Ok(()))
    }
}

/// The same for readers.
pub(crate) fn as_io(error: TransportError) -> io::Error {
    let kind = match error.kind() {
        TransportErrorKind::Timeout => io::ErrorKind::TimedOut,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, error)
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "Download({length} bytes to come)"),
            None => f.write_str("Download"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::task::Waker;

    use hyper::body::Frame;
    use tokio::time::timeout;

    use super::*;

    /// Nothing comes of it.
    struct Silent;

    impl hyper::body::Body for Silent {
        type Data = Bytes;
        type Error = TransportError;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
            Poll::Pending
        }
    }

    fn silent() -> Download {
        Download::new(Body::stream(Silent), None, Duration::from_millis(20))
    }

    #[test]
    fn one_made_outside_of_tokio_has_its_limit_too() {
        let mut download = silent();
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.enable_time().build().unwrap();
        let read = async { timeout(Duration::from_secs(20), download.chunk()).await };
        let error = runtime.block_on(read).unwrap().unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Timeout);
    }

    #[test]
    fn without_a_runtime_it_says_so_and_does_not_wait_for_ever() {
        let mut download = silent();
        for _ in 0..2 {
            let chunk = std::pin::pin!(download.chunk());
            let polled = chunk.poll(&mut Context::from_waker(Waker::noop()));
            let Poll::Ready(Err(error)) = polled else {
                panic!("{polled:?}");
            };
            assert!(error.to_string().contains("no tokio runtime"), "{error}");
        }
    }
}
