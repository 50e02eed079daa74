//! What a generated client stands on where its API has the credentials that OpenAPI names.

use super::engine::Engine;
use crate::authentication::standard::Standard;

/// A client without operations.
pub type Core = Engine<Standard>;
