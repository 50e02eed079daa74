//! A body that is sent or read piece by piece.

use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::body::{Body as HttpBody, Frame, SizeHint};

use super::TransportError;
use super::read::{Collected, too_large};
use crate::secret_bytes::SecretBytes;

/// The body of a request or a response that need not be in memory whole.
///
/// It is a `Body` of the crate `http-body`, version 1, as HTTP clients take and give it. `Debug`
/// shows its length.
pub struct Body {
    kind: Kind,
    /// What broke it off. It is given again and again: nobody may take what follows for the end.
    failed: Option<TransportError>,
}

enum Kind {
    Whole(Option<Bytes>),
    /// Nobody shares it; the lock lets the whole be shared, as some clients ask for.
    Stream(Mutex<Inner>),
}

type Inner = Pin<Box<dyn HttpBody<Data = Bytes, Error = TransportError> + Send>>;

impl Body {
    /// Bytes that come piece by piece.
    pub fn stream(
        body: impl HttpBody<Data = Bytes, Error = TransportError> + Send + 'static,
    ) -> Self {
        Self::of(Kind::Stream(Mutex::new(Box::pin(body))))
    }

    fn of(kind: Kind) -> Self {
        Self { kind, failed: None }
    }

    /// Breaks it off: there is nothing more to read.
    pub(crate) fn break_off(&mut self, error: TransportError) {
        self.failed = Some(error);
    }

    /// How many bytes are left, if that is known.
    pub fn length(&self) -> Option<u64> {
        self.size_hint().exact()
    }

    /// What is left of it, where that is all there.
    #[cfg(feature = "mock")]
    pub(crate) fn in_memory(&self) -> Option<Bytes> {
        match &self.kind {
            Kind::Whole(bytes) => bytes.clone(),
            Kind::Stream(_) => None,
        }
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// What broke it off.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        while let Some(frame) = self.frame().await {
            // What is no data is a trailer, which no operation has.
            if let Ok(bytes) = frame?.into_data()
                && !bytes.is_empty()
            {
                return Ok(Some(bytes));
            }
        }
        Ok(None)
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
        Self::of(Kind::Whole((!bytes.is_empty()).then_some(bytes)))
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
        if let Some(error) = &self.failed {
            return Poll::Ready(Some(Err(error.clone())));
        }
        let frame = match &mut self.kind {
            Kind::Whole(bytes) => bytes.take().map(|bytes| Ok(Frame::data(bytes))),
            Kind::Stream(inner) => {
                let inner = inner.get_mut().unwrap_or_else(PoisonError::into_inner);
                ready!(inner.as_mut().poll_frame(context))
            }
        };
        if let Some(Err(error)) = &frame {
            self.failed = Some(error.clone());
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        match &self.kind {
            Kind::Whole(bytes) => bytes.is_none(),
            Kind::Stream(inner) => {
                let inner = inner.lock().unwrap_or_else(PoisonError::into_inner);
                inner.is_end_stream()
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.kind {
            Kind::Whole(bytes) => {
                let length = bytes.as_ref().map_or(0, Bytes::len);
                SizeHint::with_exact(length as u64)
            }
            Kind::Stream(inner) => {
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
