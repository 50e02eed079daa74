//! Why a file could not be read.

use crate::form::FormError;

/// Why a file could not be read, where, and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The bytes are no page in any known form.
    #[error(transparent)]
    Form(#[from] FormError),
    /// The page has more tables than any page.
    #[error(
        "{name}: {found} tables or rows, of which a page has at most {limit}; give one page a file"
    )]
    TooMany {
        /// The file's name.
        name: String,
        /// How many there are.
        found: usize,
        /// How many are read.
        limit: usize,
    },
    /// A definition of the API Explorer that is not what it should be.
    #[error("{name}: {what}, at {at}; save the definition again from the API Explorer")]
    Definition {
        /// The file's name.
        name: String,
        /// What is wrong.
        what: String,
        /// The place: a line, or a JSON pointer.
        at: String,
    },
}
