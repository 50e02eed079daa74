//! A body in pieces: opened, then read while it is sent.

use std::cmp::Ordering;
use std::collections::VecDeque;
use std::fs::{File, Metadata};
use std::future::poll_fn;
use std::io::{self, Read};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::runtime::Handle;
use tokio::task::{JoinHandle, spawn_blocking};

use super::{Once, Reader, Source, Upload};
use crate::request_error::BuildError;
use crate::sanitize::{self, sanitized};
use crate::secret_bytes::SecretBytes;
use crate::transport::{Body, TransportError, TransportErrorKind};

/// How much is read at once, in bytes.
const CHUNK: usize = 64 * 1024;
const OTHER_LENGTH: &str = "it has another length than it was said to have";
const TOO_LONG: &str = "its pieces are longer than any length can say; see `Upload::length`";

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
    /// When one cannot be opened, a stream was read before, or lengths are not what they are said to
    /// be.
    pub(crate) async fn open(&self) -> Result<Body, BuildError> {
        let mut rest = VecDeque::with_capacity(self.0.len());
        let mut left = Some(0_u64);
        for piece in &self.0 {
            let piece = match piece {
                Piece::Text(text) => Open::whole(text.to_bytes()),
                Piece::File(upload) => Open::of(upload).await?,
            };
            let sum =
                |(sum, more): (u64, u64)| sum.checked_add(more).ok_or_else(|| unsendable(TOO_LONG));
            left = left.zip(piece.length).map(sum).transpose()?;
            rest.push_back(piece);
        }
        Ok(Body::stream(Reading {
            rest,
            left,
            runtime: Handle::current(),
        }))
    }
}

/// What is still to be sent.
struct Reading {
    rest: VecDeque<Open>,
    /// How many bytes that is, if it is known.
    left: Option<u64>,
    /// Where blocking readers are read, wherever this is polled.
    runtime: Handle,
}

/// An open piece.
struct Open {
    from: From,
    /// How many bytes it has in all, if that is known.
    length: Option<u64>,
    read: u64,
    /// The last of so many bytes. With them the server has all that was announced, so they are kept
    /// until it is certain that there are no more.
    last: Option<Bytes>,
}

enum From {
    Memory(Bytes),
    Unread(Once),
    Async(Pin<Box<dyn AsyncRead + Send>>, Room),
    /// None once it panicked.
    Blocking(Option<(BlockingReader, Room)>),
    Busy(JoinHandle<(BlockingReader, Room, io::Result<Option<Bytes>>)>),
}

type BlockingReader = Box<dyn Read + Send>;

impl Open {
    fn new(from: From, length: Option<u64>) -> Self {
        Self {
            from,
            length,
            read: 0,
            last: None,
        }
    }

    fn whole(bytes: Bytes) -> Self {
        let length = bytes.len() as u64;
        Self::new(From::Memory(bytes), Some(length))
    }

    async fn of(upload: &Upload) -> Result<Self, BuildError> {
        let stream = match &upload.source {
            Source::Bytes(bytes) => return Ok(Self::whole(bytes.clone())),
            Source::Path(path) => {
                let (file, length) = open(path).await?;
                let file = Some((Box::new(file) as _, Room::default()));
                let mut open = Self::new(From::Blocking(file), Some(length));
                open.check_empty().await?;
                return Ok(open);
            }
            Source::Stream(stream) => stream,
        };
        if !stream.is_there() {
            let name = upload.given_name();
            let name = name.map(|name| format!(" `{}`", sanitized(name, sanitize::NAME)));
            return Err(unsendable(format!(
                "the stream{} was read by an earlier call, and can be read only once; make the call \
                 with a new one, or with bytes or a path, which can be sent again",
                name.unwrap_or_default()
            )));
        }
        let mut open = Self::new(From::Unread(stream.clone()), upload.length);
        if open.check_empty().await? {
            stream.put_back(Reader::Blocking(Box::new(io::empty())));
            open.from = From::Unread(stream.clone());
        }
        Ok(open)
    }

    /// Whether it is to have no bytes. Nobody will ask for any then, so that this is the time to see
    /// that it has none.
    async fn check_empty(&mut self) -> Result<bool, BuildError> {
        if self.length != Some(0) {
            return Ok(false);
        }
        let runtime = Handle::current();
        match poll_fn(|context| self.poll(context, &runtime)).await {
            None => Ok(true),
            Some(Err(error)) => Err(unsendable(words(&error))),
            Some(Ok(_)) => Err(unsendable(OTHER_LENGTH)),
        }
    }

    /// The next bytes; none at the end.
    fn poll(
        &mut self,
        context: &mut Context<'_>,
        runtime: &Handle,
    ) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            let Some(bytes) = ready!(self.from.poll(context, runtime)).transpose()? else {
                // Not every reader has an end more than once.
                self.from = From::Memory(Bytes::new());
                let fits = self.length.is_none_or(|length| length == self.read);
                return Poll::Ready(match fits {
                    true => self.last.take().map(Ok),
                    false => Some(Err(io::Error::other(OTHER_LENGTH))),
                });
            };
            self.read = self.read.saturating_add(bytes.len() as u64);
            match self.length.map(|length| self.read.cmp(&length)) {
                None | Some(Ordering::Less) => return Poll::Ready(Some(Ok(bytes))),
                Some(Ordering::Equal) => self.last = Some(bytes),
                Some(Ordering::Greater) => {
                    return Poll::Ready(Some(Err(io::Error::other(OTHER_LENGTH))));
                }
            }
        }
    }
}

impl From {
    /// The next bytes; none at the end.
    fn poll(
        &mut self,
        context: &mut Context<'_>,
        runtime: &Handle,
    ) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            match self {
                Self::Memory(bytes) => {
                    let bytes = std::mem::take(bytes);
                    return Poll::Ready((!bytes.is_empty()).then_some(Ok(bytes)));
                }
                Self::Unread(stream) => {
                    *self = match stream.take() {
                        Some(Reader::Async(reader)) => Self::Async(reader, Room::default()),
                        Some(Reader::Blocking(reader)) => {
                            Self::Blocking(Some((reader, Room::default())))
                        }
                        None => {
                            let error = io::Error::other(
                                "another call is reading it; give each call a stream of its own",
                            );
                            return Poll::Ready(Some(Err(error)));
                        }
                    };
                }
                Self::Async(reader, room) => {
                    let mut buffer = ReadBuf::new(room.free());
                    let read = ready!(reader.as_mut().poll_read(context, &mut buffer));
                    let length = buffer.filled().len();
                    return Poll::Ready(read.map(|()| room.taken(length)).transpose());
                }
                Self::Blocking(reader) => {
                    // Without one, it broke off before.
                    let Some((mut reader, mut room)) = reader.take() else {
                        return Poll::Ready(None);
                    };
                    *self = Self::Busy(runtime.spawn_blocking(move || {
                        let read = room.read(&mut *reader);
                        (reader, room, read)
                    }));
                }
                Self::Busy(task) => {
                    let done = ready!(Pin::new(task).poll(context));
                    let Ok((reader, room, read)) = done else {
                        *self = Self::Blocking(None);
                        let error = io::Error::other("its reader panicked");
                        return Poll::Ready(Some(Err(error)));
                    };
                    *self = Self::Blocking(Some((reader, room)));
                    return Poll::Ready(read.transpose());
                }
            }
        }
    }
}

/// Where pieces are read into, one behind the other, however small they are.
#[derive(Default)]
struct Room(BytesMut);

impl Room {
    fn free(&mut self) -> &mut [u8] {
        if self.0.is_empty() {
            self.0 = BytesMut::zeroed(CHUNK);
        }
        &mut self.0
    }

    /// What was read into it; none at the end.
    fn taken(&mut self, length: usize) -> Option<Bytes> {
        (length > 0).then(|| self.0.split_to(length).freeze())
    }

    fn read(&mut self, reader: &mut dyn Read) -> io::Result<Option<Bytes>> {
        loop {
            match reader.read(self.free()) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => return Ok(self.taken(read?)),
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
        let this = &mut *self;
        while let Some(piece) = this.rest.front_mut() {
            match ready!(piece.poll(context, &this.runtime)) {
                Some(Ok(bytes)) => {
                    // No piece gives more than it was said to have.
                    let given = bytes.len() as u64;
                    this.left = this.left.map(|left| left.saturating_sub(given));
                    return Poll::Ready(Some(Ok(Frame::data(bytes))));
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(unreadable(&error)))),
                None => drop(this.rest.pop_front()),
            }
        }
        Poll::Ready(None)
    }

    fn size_hint(&self) -> SizeHint {
        self.left
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// A file, and how long it is.
async fn open(path: &Arc<Path>) -> Result<(File, u64), BuildError> {
    let of_task = Arc::clone(path);
    let opened = spawn_blocking(move || {
        // Looked at before too: to open a pipe is to wait for whoever is at its other end.
        length(&std::fs::metadata(&of_task)?)?;
        let file = File::open(&of_task)?;
        let length = length(&file.metadata()?)?;
        Ok((file, length))
    });
    let opened = opened
        .await
        .unwrap_or_else(|_| Err(io::Error::other("its thread has ended")));
    opened.map_err(|error| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = sanitized(&name, sanitize::NAME);
        unsendable(format!("the file `{name}` cannot be opened: {error}"))
    })
}

fn length(metadata: &Metadata) -> io::Result<u64> {
    match metadata.is_file() {
        true => Ok(metadata.len()),
        false if metadata.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        false => Err(io::Error::other(
            "it is no regular file; pass its bytes, or what reads it to `Upload::reader`",
        )),
    }
}

fn unsendable(problem: impl Into<String>) -> BuildError {
    BuildError::Upload {
        problem: problem.into(),
    }
}

/// Of what was read before, some may have been sent.
fn unreadable(error: &io::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Other).caused_by(words(error))
}

/// What a reader of another's making says.
fn words(error: &io::Error) -> String {
    let said = sanitized(&error.to_string(), sanitize::SENTENCE);
    format!("what was to be sent could not be read: {said}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_left_is_less_with_each_piece_and_an_error_stays() {
        let text = |text: &str| Piece::Text(text.as_bytes().to_vec().into());
        let stream = Upload::reader(&b"abc"[..]).length(3);
        let payload = Payload(vec![text("12"), Piece::File(stream), text("4567")]);
        let mut body = payload.open().await.unwrap();
        for left in [9, 7, 4] {
            assert_eq!(body.length(), Some(left));
            assert!(body.chunk().await.unwrap().is_some());
        }
        assert_eq!(body.length(), Some(0));
        assert!(body.chunk().await.unwrap().is_none());

        let short = Piece::File(Upload::reader(&b"abc"[..]).length(4));
        let mut body = Payload(vec![short, text("rest")]).open().await.unwrap();
        assert!(body.chunk().await.unwrap().is_some());
        for _ in 0..3 {
            let error = body.chunk().await.unwrap_err();
            assert!(error.to_string().contains(OTHER_LENGTH), "{error}");
        }
    }

    /// Many small pieces do not each take the room of a large one.
    #[test]
    fn small_pieces_share_their_room() {
        let mut room = Room::default();
        let begins: Vec<*const u8> = (0..3)
            .map(|_| room.read(&mut &b"a"[..]).unwrap().unwrap().as_ptr())
            .collect();
        assert!(begins.windows(2).all(|it| it[0].wrapping_add(1) == it[1]));
    }
}
