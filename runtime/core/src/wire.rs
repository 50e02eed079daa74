//! Building requests: what generated code calls to put one together.
//!
//! The names and shapes are those of the request building that generated code
//! expects; the types are this crate's own, so that bodies are wiped after
//! use, secrets are known, and nothing is sent before everything is checked.

mod bodies;
mod builder;
mod encoding;
mod multipart;
mod params;
mod request;
mod shape;
mod style;

pub use http::{HeaderMap, HeaderName, HeaderValue, Method, header};

pub use crate::request_error::BuildError;
pub use crate::secret_bytes::SecretBytes;
pub use builder::RequestBuilder;
pub use encoding::{
    ESCAPED, canonical_query, encode_component as encode_path, push_query, query_pairs,
};
pub use multipart::{Multipart, Part};
pub(crate) use params::add_cookies;
pub use params::path_param;
pub use request::Request;
pub(crate) use shape::Shape;
pub use style::{Spelling, Style};
