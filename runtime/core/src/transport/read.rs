//! Reading the body of a response, up to the bound.

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};

use super::{MAX_BODY, TransportError, TransportErrorKind, failure};

/// The whole body.
///
/// # Errors
/// [`TransportErrorKind::TooLarge`] over [`MAX_BODY`], before anything is read
/// when the length is announced; otherwise what broke it off.
pub(super) async fn body(body: &mut Incoming) -> Result<Bytes, TransportError> {
    if body.size_hint().lower() > MAX_BODY as u64 {
        return Err(too_large());
    }
    let mut read = Collected::default();
    while let Some(frame) = body.frame().await {
        // What is no data is a trailer, which no operation has.
        if let Ok(chunk) = frame.map_err(failure::of_body)?.into_data() {
            read.push(chunk)?;
        }
    }
    Ok(read.finish())
}

/// Chunks in one piece. Nearly every response comes as one chunk, which need not
/// be copied.
#[derive(Default)]
pub(super) struct Collected {
    first: Bytes,
    all: BytesMut,
}

impl Collected {
    /// Adds a chunk, or says that it is too much.
    pub(super) fn push(&mut self, chunk: Bytes) -> Result<(), TransportError> {
        self.push_up_to(chunk, MAX_BODY).ok_or_else(too_large)
    }

    /// Adds a chunk; `None` where it would be more in all.
    pub(super) fn push_up_to(&mut self, chunk: Bytes, most: usize) -> Option<()> {
        if chunk.len() > most - self.first.len().max(self.all.len()) {
            return None;
        }
        if self.first.is_empty() {
            self.first = chunk;
            return Some(());
        }
        if self.all.is_empty() {
            self.all.extend_from_slice(&self.first);
        }
        self.all.extend_from_slice(&chunk);
        Some(())
    }

    pub(super) fn finish(self) -> Bytes {
        if self.all.is_empty() {
            self.first
        } else {
            self.all.freeze()
        }
    }
}

/// More than [`MAX_BODY`].
pub(super) fn too_large() -> TransportError {
    TransportError::new(TransportErrorKind::TooLarge).caused_by("its body has more than 1 MiB")
}
