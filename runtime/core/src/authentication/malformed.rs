//! What keeps a value out of a header.

/// What keeps a credential from being used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Malformed {
    /// Nothing in it.
    #[error("is empty; give its value")]
    Empty,
    /// A control character; most often a line break from a file.
    #[error("holds a control character; look for a line break at its end")]
    ControlCharacter,
    /// A character outside ASCII.
    #[error("holds a character outside ASCII; look for a wrong paste")]
    NotAscii,
    /// Bytes that are not UTF-8.
    #[error("is not UTF-8 text; look for a wrong encoding")]
    NotUtf8,
    /// A space in front or at the end.
    #[error("begins or ends with a space; remove it")]
    SpaceAtTheEnds,
    /// A comma or space, which the Authorization header uses to separate.
    #[error("holds a comma or a space; pass the key id alone")]
    Separator,
    /// A character that a cookie cannot carry.
    #[error("holds a character that no cookie can carry; check the key")]
    NotForCookies,
    /// A colon in a user's name, where basic authentication begins the password.
    #[error("holds a colon, at which servers begin to read the password; check the user")]
    Colon,
    /// Quotation marks around it, which a credentials file takes as part of
    /// the value.
    #[error("stands in quotation marks; remove them")]
    Quoted,
}

impl Malformed {
    /// What keeps a text out of a header, if anything does.
    pub fn of(value: &str) -> Option<Self> {
        if value.is_empty() {
            Some(Self::Empty)
        } else if value.chars().any(char::is_control) {
            Some(Self::ControlCharacter)
        } else if !value.is_ascii() {
            Some(Self::NotAscii)
        } else if value.starts_with(' ') || value.ends_with(' ') {
            Some(Self::SpaceAtTheEnds)
        } else {
            None
        }
    }
}
