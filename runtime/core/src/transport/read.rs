//! Reading the body of a response, up to a bound.

use std::pin::pin;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt as _;
use hyper::body::Body as HttpBody;

use super::{MAX_BODY, TransportError, TransportErrorKind};

/// The whole body; `named` says what broke it off.
///
/// # Errors
/// [`TransportErrorKind::TooLarge`] over so many bytes, before anything is read when the length is
/// announced; otherwise what broke it off.
pub(super) async fn bounded<B: HttpBody<Data = Bytes>>(
    body: B,
    most: usize,
    named: impl Fn(B::Error) -> TransportError,
) -> Result<Bytes, TransportError> {
    let mut body = pin!(body);
    if body.size_hint().lower() > most as u64 {
        return Err(too_large(most));
    }
    let mut read = Collected::default();
    while let Some(frame) = body.frame().await {
        // What is no data is a trailer, which no operation has.
        if let Ok(chunk) = frame.map_err(&named)?.into_data() {
            read.push(chunk, most)?;
        }
    }
    Ok(read.finish())
}

/// Chunks in one piece. Nearly every response comes as one chunk, which need not
/// be copied.
#[derive(Default)]
pub(crate) struct Collected {
    first: Bytes,
    all: BytesMut,
}

impl Collected {
    /// Adds a chunk.
    ///
    /// # Errors
    /// Where it would be more in all.
    pub(crate) fn push(&mut self, chunk: Bytes, most: usize) -> Result<(), TransportError> {
        if chunk.len() > most - self.first.len().max(self.all.len()) {
            return Err(too_large(most));
        }
        if self.first.is_empty() {
            self.first = chunk;
            return Ok(());
        }
        if self.all.is_empty() {
            self.all.extend_from_slice(&self.first);
        }
        self.all.extend_from_slice(&chunk);
        Ok(())
    }

    pub(crate) fn finish(self) -> Bytes {
        if self.all.is_empty() {
            self.first
        } else {
            self.all.freeze()
        }
    }
}

/// More than so many bytes.
pub(super) fn too_large(most: usize) -> TransportError {
    let bound = match most {
        MAX_BODY => "1 MiB".to_owned(),
        most => format!("{most} bytes"),
    };
    TransportError::new(TransportErrorKind::TooLarge)
        .caused_by(format!("its body has more than {bound}"))
}
