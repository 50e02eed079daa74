//! The public surface of a crate that was made, and what differs between two of them.
//!
//! ```text
//! read      files → what is declared: plain items, and what the macros of the runtime stand for
//! names     what a path in one of them means, so that two spellings of a type are one
//! model     the surface: items by their path, types with fields, variants, methods and traits
//! compare   two surfaces → changes, renames as one, and each cause told once
//! codes     what there is to tell, with its effect
//! ```

pub(crate) mod codes;
mod compare;
mod declare;
mod features;
mod macros;
mod model;
mod names;
mod read;
mod shown;

pub use codes::{CODES, RustCode};
pub use compare::compare;
pub use model::Surface;
pub use read::{SurfaceError, surface};

#[cfg(test)]
mod tests;
