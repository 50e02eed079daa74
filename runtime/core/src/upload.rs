//! Files and streams that callers hand in.

mod pieces;

use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use tokio::io::AsyncRead;

pub(crate) use self::pieces::{Payload, Piece};

/// What is sent as a body, or as a file in a form: bytes, a file by its path, or a stream.
///
/// Files and streams are read while they are sent and never held in memory whole. All of it has to
/// be sent within the time limit of an attempt: large ones need a longer one, which
/// [`CallOptions`](crate::CallOptions) sets. Bytes and paths can be sent again, as the
/// [`RetryPolicy`](crate::RetryPolicy) says. A stream is read once: the call is not sent again after
/// that, and another call with it is refused.
///
/// `Debug` shows what kind it is and how long, and neither content nor names.
///
/// ```
/// use openapi_client_runtime::Upload;
///
/// let picture = Upload::path("cat.png").content_type("image/png");
/// let report = Upload::bytes("a,b\n1,2\n").file_name("report.csv");
/// let stream = Upload::reader(tokio::io::empty()).length(0);
/// assert_eq!(format!("{report:?}"), "Upload(8 bytes in memory)");
/// # let _ = (picture, stream);
/// ```
#[derive(Clone)]
pub struct Upload {
    source: Source,
    length: Option<u64>,
    file_name: Option<String>,
    content_type: Option<String>,
}

/// Where the bytes come from.
#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    Path(Arc<Path>),
    Stream(Once),
}

/// A stream until somebody reads it. Clones share it.
#[derive(Clone)]
struct Once(Arc<Mutex<Option<Reader>>>);

/// What gives the bytes one piece after another.
enum Reader {
    Async(Pin<Box<dyn AsyncRead + Send>>),
    Blocking(Box<dyn Read + Send>),
}

impl Once {
    fn take(&self) -> Option<Reader> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn put_back(&self, reader: Reader) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(reader);
    }

    fn is_there(&self) -> bool {
        let reader = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        reader.is_some()
    }
}

impl Upload {
    /// Bytes in memory.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::of(Source::Bytes(bytes.into()))
    }

    /// A regular file, opened when it is sent. Its name in a form is the last part of the path, unless
    /// [`file_name`](Self::file_name) says otherwise.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        Self::of(Source::Path(path.into().into()))
    }

    /// A stream, which is read once.
    pub fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::once(Reader::Async(Box::pin(reader)))
    }

    /// A stream without async, which is read once, on a thread for such things.
    pub fn blocking_reader(reader: impl Read + Send + 'static) -> Self {
        Self::once(Reader::Blocking(Box::new(reader)))
    }

    /// How many bytes a stream has. The server is told before they are sent, and the call fails
    /// where there are more or less of them, before the server has as many as it was told. Without
    /// it, they are sent in chunks. It is read to its end, so that one which stays open behind them has
    /// to be cut, as by `take`. Bytes and files know their own length; a file that changes it meanwhile
    /// is such a failure too.
    #[must_use]
    pub fn length(mut self, bytes: u64) -> Self {
        self.length = Some(bytes);
        self
    }

    /// The name of the file in a form.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The media type, such as `image/png`, in place of the one in the API's document.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    fn once(reader: Reader) -> Self {
        Self::of(Source::Stream(Once(Arc::new(Mutex::new(Some(reader))))))
    }

    fn of(source: Source) -> Self {
        Self {
            source,
            length: None,
            file_name: None,
            content_type: None,
        }
    }

    /// The media type that it was given.
    pub(crate) fn given_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Its name in a form, if it has one.
    pub(crate) fn given_name(&self) -> Option<&str> {
        let of_path = match &self.source {
            Source::Path(path) => path.file_name().and_then(|name| name.to_str()),
            Source::Bytes(_) | Source::Stream(_) => None,
        };
        self.file_name.as_deref().or(of_path)
    }

    /// The bytes, where they are in memory.
    pub(crate) fn in_memory(&self) -> Option<&Bytes> {
        match &self.source {
            Source::Bytes(bytes) => Some(bytes),
            Source::Path(_) | Source::Stream(_) => None,
        }
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.source, self.length) {
            (Source::Bytes(bytes), _) => write!(f, "Upload({} bytes in memory)", bytes.len()),
            (Source::Path(_), _) => f.write_str("Upload(a file)"),
            (Source::Stream(_), Some(length)) => write!(f, "Upload(a stream of {length} bytes)"),
            (Source::Stream(_), None) => f.write_str("Upload(a stream)"),
        }
    }
}

macro_rules! from {
    ($($type:ty => $constructor:ident)*) => {$(
        impl From<$type> for Upload {
            fn from(value: $type) -> Self {
                Self::$constructor(value)
            }
        }
    )*};
}

from! {
    Bytes => bytes Vec<u8> => bytes String => bytes &'static str => bytes &'static [u8] => bytes
    PathBuf => path &Path => path std::fs::File => blocking_reader
}
