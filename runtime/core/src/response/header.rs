//! Reading the value of a header.

use crate::lenient;
use crate::secret::Password;

/// What the value of a header can be read as.
pub trait FromHeader: Sized {
    /// The value, if the text is one.
    fn from_header(text: &str) -> Option<Self>;
}

impl FromHeader for String {
    fn from_header(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl FromHeader for Password {
    /// An empty text is no secret.
    fn from_header(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self::new(text))
    }
}

macro_rules! from_header_by_parsing {
    ($($ty:ty),*) => {$(
        impl FromHeader for $ty {
            fn from_header(text: &str) -> Option<Self> {
                text.trim().parse().ok()
            }
        }
    )*};
}

from_header_by_parsing!(
    i8,
    i16,
    i32,
    i64,
    u8,
    u16,
    u32,
    u64,
    f32,
    f64,
    crate::Integer
);

impl FromHeader for bool {
    fn from_header(text: &str) -> Option<Self> {
        lenient::truth(text)
    }
}
