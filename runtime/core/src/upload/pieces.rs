//! A body in pieces: opened, then read while it is sent.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::task::{JoinHandle, spawn_blocking};

use super::{Once, Reader, Source, Upload};
use crate::request_error::BuildError;
use crate::sanitize::{self, sanitized};
use crate::secret_bytes::SecretBytes;
use crate::transport::{Body, TransportError, TransportErrorKind};

/// How much is read at once, in bytes.
const CHUNK: usize = 64 * 1024;

/// A body that is more than bytes in memory. Clones share its streams.
#[derive(Clone, Default)]
pub(crate) struct Payload(pub(crate) Vec<Piece>);

#[derive(Clone)]
pub(crate) enum Piece {
    /// What stands between files.
    Text(SecretBytes),
    File(Upload),
}

impl Payload {
    /// Whether it can be sent, again if it was sent before: no stream of it was read.
    pub(crate) fn is_unread(&self) -> bool {
        self.0.iter().all(|piece| match piece {
            Piece::File(Upload {
                source: Source::Stream(stream),
                ..
            }) => stream.is_there(),
            Piece::File(_) | Piece::Text(_) => true,
        })
    }

    /// Opens its files.
    ///
    /// # Errors
    /// When one cannot be opened, or a stream was read before.
    pub(crate) async fn open(&self) -> Result<Body, BuildError> {
        let mut rest = VecDeque::with_capacity(self.0.len());
        let mut length = Some(0_u64);
        for piece in &self.0 {
            let piece = match piece {
                Piece::Text(text) => Open::whole(text.to_bytes()),
                Piece::File(upload) => Open::of(upload).await?,
            };
            length = length.zip(piece.length).map(|(sum, more)| sum + more);
            rest.push_back(piece);
        }
        Ok(Body::stream(Reading { rest, length }))
    }
}

/// What is still to be sent.
struct Reading {
    rest: VecDeque<Open>,
    length: Option<u64>,
}

/// An open piece.
struct Open {
    from: From,
    /// How many bytes it has in all, if that is known.
    length: Option<u64>,
    sent: u64,
}

enum From {
    Memory(Bytes),
    Unread(Once),
    Async(Pin<Box<dyn AsyncRead + Send>>),
    Blocking(Option<Box<dyn Read + Send>>),
    Busy(JoinHandle<(Box<dyn Read + Send>, io::Result<Bytes>)>),
}

impl Open {
    fn whole(bytes: Bytes) -> Self {
        Self {
            length: Some(bytes.len() as u64),
            from: From::Memory(bytes),
            sent: 0,
        }
    }

    async fn of(upload: &Upload) -> Result<Self, BuildError> {
        let (from, length) = match &upload.source {
            Source::Bytes(bytes) => return Ok(Self::whole(bytes.clone())),
            Source::Path(path) => open(path).await?,
            Source::Stream(stream) if stream.is_there() => {
                (From::Unread(stream.clone()), upload.length)
            }
            Source::Stream(_) => {
                return Err(BuildError::Upload {
                    problem: "a stream was sent already, and can be read only once; make the call \
                              with a new one"
                        .to_owned(),
                });
            }
        };
        Ok(Self {
            from,
            length,
            sent: 0,
        })
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let read = match ready!(self.from.poll(context)) {
            Some(Ok(bytes)) => bytes,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => Bytes::new(),
        };
        self.sent += read.len() as u64;
        let fits = match (self.length, read.is_empty()) {
            (Some(length), true) => self.sent == length,
            (Some(length), false) => self.sent <= length,
            (None, _) => true,
        };
        Poll::Ready(match (fits, read.is_empty()) {
            (false, _) => Some(Err(io::Error::other(
                "it has another length than it was said to have",
            ))),
            (true, true) => None,
            (true, false) => Some(Ok(read)),
        })
    }
}

impl From {
    /// The next bytes; none at the end.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            match self {
                Self::Memory(bytes) => {
                    let bytes = std::mem::take(bytes);
                    return Poll::Ready((!bytes.is_empty()).then_some(Ok(bytes)));
                }
                Self::Unread(stream) => {
                    *self = match stream.take() {
                        Some(Reader::Async(reader)) => Self::Async(reader),
                        Some(Reader::Blocking(reader)) => Self::Blocking(Some(reader)),
                        None => {
                            let error = io::Error::other("it is being sent by another call");
                            return Poll::Ready(Some(Err(error)));
                        }
                    };
                }
                Self::Async(reader) => {
                    let mut chunk = BytesMut::zeroed(CHUNK);
                    let mut buffer = ReadBuf::new(&mut chunk);
                    let read = ready!(reader.as_mut().poll_read(context, &mut buffer));
                    let length = buffer.filled().len();
                    chunk.truncate(length);
                    return Poll::Ready(match read {
                        Err(error) => Some(Err(error)),
                        Ok(()) => (length > 0).then(|| Ok(chunk.freeze())),
                    });
                }
                Self::Blocking(reader) => {
                    // Without one, it broke off before.
                    let Some(mut reader) = reader.take() else {
                        return Poll::Ready(None);
                    };
                    *self = Self::Busy(spawn_blocking(move || {
                        let read = read_chunk(&mut *reader);
                        (reader, read)
                    }));
                }
                Self::Busy(task) => {
                    let done = ready!(Pin::new(task).poll(context));
                    let Ok((reader, read)) = done else {
                        *self = Self::Blocking(None);
                        let error = io::Error::other("its reader panicked");
                        return Poll::Ready(Some(Err(error)));
                    };
                    *self = Self::Blocking(Some(reader));
                    return Poll::Ready(match read {
                        Ok(bytes) if bytes.is_empty() => None,
                        read => Some(read),
                    });
                }
            }
        }
    }
}

impl HttpBody for Reading {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        while let Some(piece) = self.rest.front_mut() {
            match ready!(piece.poll(context)) {
                Some(Ok(bytes)) => return Poll::Ready(Some(Ok(Frame::data(bytes)))),
                Some(Err(error)) => {
                    self.rest.clear();
                    return Poll::Ready(Some(Err(unreadable(&error))));
                }
                None => {
                    self.rest.pop_front();
                }
            }
        }
        Poll::Ready(None)
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, |length| {
            let sent: u64 = self.rest.iter().map(|piece| piece.sent).sum();
            SizeHint::with_exact(length.saturating_sub(sent))
        })
    }
}

fn read_chunk(reader: &mut dyn Read) -> io::Result<Bytes> {
    let mut chunk = BytesMut::zeroed(CHUNK);
    loop {
        match reader.read(&mut chunk) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => {
                chunk.truncate(read?);
                return Ok(chunk.freeze());
            }
        }
    }
}

/// A file, and how long it is where it is one that has a length.
async fn open(path: &Arc<Path>) -> Result<(From, Option<u64>), BuildError> {
    let of_task = Arc::clone(path);
    let opened = spawn_blocking(move || {
        let file = File::open(&of_task)?;
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        Ok((file, metadata.is_file().then_some(metadata.len())))
    });
    let opened = opened
        .await
        .unwrap_or_else(|_| Err(io::Error::other("its thread has ended")));
    let (file, length) = opened.map_err(|error| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        BuildError::Upload {
            problem: format!(
                "the file `{}` cannot be opened: {error}",
                sanitized(&name, sanitize::NAME)
            ),
        }
    })?;
    Ok((From::Blocking(Some(Box::new(file))), length))
}

/// Of what was read before, some may have been sent.
fn unreadable(error: &io::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Other).caused_by(format!(
        "what was to be sent could not be read: {}",
        sanitized(&error.to_string(), sanitize::SENTENCE)
    ))
}
