//! Reading the body of a response, up to a bound.

use std::future::Future;

use bytes::{Bytes, BytesMut};

use super::{Body, MAX_BODY, TransportError, TransportErrorKind};

/// A response of this host with its whole body.
///
/// # Errors
/// [`TransportErrorKind::TooLarge`] over [`MAX_BODY`]; otherwise what broke it off.
pub(super) async fn whole(
    response: impl Future<Output = Result<http::Response<Body>, TransportError>>,
    host: String,
) -> Result<http::Response<Bytes>, TransportError> {
    let (parts, body) = response.await?.into_parts();
    let body = body.collect(MAX_BODY).await;
    let body = body.map_err(|error| error.to_host(host))?;
    Ok(http::Response::from_parts(parts, body))
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
