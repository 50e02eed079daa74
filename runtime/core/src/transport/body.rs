//! A body that is sent or read piece by piece.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};

use super::TransportError;
use super::read::{Collected, too_large};
use crate::secret_bytes::SecretBytes;

/// The body of a request or a response that need not be in memory whole.
///
/// It is a `Body` of the crate `http-body`, version 1, as HTTP clients take and give it. `Debug`
/// shows its length.
pub struct Body(State);

enum State {
    /// None at the end.
    Whole(Option<Bytes>),
    /// Nobody shares it; the lock lets the whole be shared, as some clients ask for.
    Stream(Mutex<Inner>),
    /// By this error, which is given again and again: nobody may take what follows for the end.
    Broken(TransportError),
}

type Inner = Pin<Box<dyn HttpBody<Data = Bytes, Error = TransportError> + Send>>;

impl Body {
    /// Bytes that come piece by piece.
    pub fn stream(
        body: impl HttpBody<Data = Bytes, Error = TransportError> + Send + 'static,
    ) -> Self {
        Self(State::Stream(Mutex::new(Box::pin(body))))
    }

    /// Breaks it off: there is nothing more to read.
    pub(crate) fn break_off(&mut self, error: TransportError) {
        self.0 = State::Broken(error);
    }

    /// How many bytes are left, if that is known; of one that broke off it is not.
    pub fn length(&self) -> Option<u64> {
        self.size_hint().exact()
    }

    /// What is left of it, where that is all there.
    #[cfg(feature = "mock")]
    pub(crate) fn in_memory(&self) -> Option<Bytes> {
        match &self.0 {
            State::Whole(bytes) => bytes.clone(),
            State::Stream(_) | State::Broken(_) => None,
        }
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// What broke it off.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, TransportError>> {
        while let Some(frame) = ready!(Pin::new(&mut *self).poll_frame(context)) {
            // What is no data is a trailer, which no operation has.
            if let Ok(bytes) = frame?.into_data()
                && !bytes.is_empty()
            {
                return Poll::Ready(Ok(Some(bytes)));
            }
        }
        Poll::Ready(Ok(None))
    }

    /// All of it, as long as that is not more than so many bytes.
    ///
    /// # Errors
    /// [`TransportErrorKind::TooLarge`](super::TransportErrorKind::TooLarge) where it is more, before
    /// anything is read where the length is announced; otherwise what broke it off.
    pub async fn collect(mut self, most: usize) -> Result<Bytes, TransportError> {
        if self.size_hint().lower() > most as u64 {
            return Err(too_large(most));
        }
        let mut read = Collected::default();
        while let Some(chunk) = self.chunk().await? {
            read.push(chunk, most)?;
        }
        Ok(read.finish())
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(State::Whole((!bytes.is_empty()).then_some(bytes)))
    }
}

impl From<SecretBytes> for Body {
    fn from(bytes: SecretBytes) -> Self {
        bytes.to_bytes().into()
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = match &mut self.0 {
            State::Whole(bytes) => {
                return Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes))));
            }
            State::Broken(error) => return Poll::Ready(Some(Err(error.clone()))),
            State::Stream(inner) => {
                let inner = inner.get_mut().unwrap_or_else(PoisonError::into_inner);
                ready!(inner.as_mut().poll_frame(context))
            }
        };
        match &frame {
            None => self.0 = State::Whole(None),
            Some(Err(error)) => self.0 = State::Broken(error.clone()),
            Some(Ok(_)) => {}
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            State::Whole(bytes) => bytes.is_none(),
            State::Broken(_) => false,
            State::Stream(inner) => {
                let inner = inner.lock().unwrap_or_else(PoisonError::into_inner);
                inner.is_end_stream()
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            State::Broken(_) => SizeHint::default(),
            State::Whole(bytes) => {
                let length = bytes.as_ref().map_or(0, Bytes::len);
                SizeHint::with_exact(length as u64)
            }
            State::Stream(inner) => {
                let inner = inner.lock().unwrap_or_else(PoisonError::into_inner);
                inner.size_hint()
            }
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "Body({length} bytes)"),
            None => f.write_str("Body"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::TransportErrorKind;
    use super::*;

    type Piece = Option<Result<Frame<Bytes>, TransportError>>;

    /// Gives these one after another, and says of itself that it has an end and no length.
    struct Pieces(std::vec::IntoIter<Piece>);

    impl HttpBody for Pieces {
        type Data = Bytes;
        type Error = TransportError;

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Piece> {
            Poll::Ready(self.0.next().unwrap())
        }

        fn is_end_stream(&self) -> bool {
            self.0.len() == 0
        }

        fn size_hint(&self) -> SizeHint {
            SizeHint::with_exact(self.0.len() as u64)
        }
    }

    fn piece(text: &'static str) -> Piece {
        Some(Ok(Frame::data(Bytes::from(text))))
    }

    fn broken() -> TransportError {
        TransportError::new(TransportErrorKind::Body)
    }

    #[tokio::test]
    async fn the_end_stays_the_end() {
        let pieces = vec![piece("a"), None, piece("b")];
        let mut body = Body::stream(Pieces(pieces.into_iter()));
        assert_eq!(body.chunk().await.unwrap().unwrap(), "a");
        for _ in 0..3 {
            assert!(body.chunk().await.unwrap().is_none());
            assert!(body.is_end_stream());
            assert_eq!(body.length(), Some(0));
        }
    }

    #[tokio::test]
    async fn what_broke_off_is_never_complete() {
        let pieces = vec![piece("a"), Some(Err(broken()))];
        let mut stream = Body::stream(Pieces(pieces.into_iter()));
        assert_eq!(stream.chunk().await.unwrap().unwrap(), "a");
        let mut whole = Body::from(Bytes::from("a"));
        whole.break_off(broken());
        let mut empty = Body::from(Bytes::new());
        empty.break_off(broken());
        for mut body in [stream, whole, empty] {
            for _ in 0..3 {
                assert!(body.chunk().await.is_err());
                assert!(!body.is_end_stream());
                assert_eq!(body.length(), None);
            }
            assert!(body.collect(9).await.is_err());
        }
    }
}
