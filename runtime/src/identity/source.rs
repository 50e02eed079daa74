//! Secrets that are asked for when they are needed.

use std::fmt;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;

use crate::credential::{CredentialsError, file};
use crate::sanitize::{self, Sanitized};
use crate::secret::Password;

/// The future of a [`SecretSource`].
pub type SecretFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Password, CredentialsError>> + Send + 'a>>;

/// Gives a secret that changes, such as a passcode or an ID token, each time it is asked.
///
/// A function that returns a future is one; so is a [`Password`], which is always the same, and a
/// [`SecretFile`]. It is asked while a call waits: what it takes is part of the time of that call,
/// and what blocks should do so on a thread of its own.
///
/// ```
/// use huaweicloud_runtime::Password;
/// use huaweicloud_runtime::identity::SignIn;
///
/// async fn from_the_device() -> String {
///     "987654".to_owned()
/// }
///
/// let user = SignIn::new("my-account", "my-user", "my-password")
///     .totp("7116d09f88fa41908676fdd4b039e95b", || async {
///         Ok(Password::new(from_the_device().await))
///     });
/// ```
pub trait SecretSource: Send + Sync {
    /// The secret of this moment.
    ///
    /// The future may be dropped at any time. Its error says where it looked and what is wrong
    /// there, and no secret; see [`CredentialsError::other`].
    fn secret(&self) -> SecretFuture<'_>;
}

impl<F, R> SecretSource for F
where
    F: Fn() -> R + Send + Sync,
    R: Future<Output = Result<Password, CredentialsError>> + Send,
{
    fn secret(&self) -> SecretFuture<'_> {
        // Called inside, so that a function that panics does so where it is awaited.
        Box::pin(async move { self().await })
    }
}

impl SecretSource for Password {
    fn secret(&self) -> SecretFuture<'_> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

/// A secret in a file, read anew each time, so that one that is replaced is taken up.
///
/// Platforms put ID tokens into files and renew them there. White space around the secret is left
/// out; the file may hold 64 KiB.
#[derive(Debug, Clone)]
pub struct SecretFile {
    path: PathBuf,
}

impl SecretFile {
    /// The file at this path.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    fn read(path: &Path) -> Result<Password, CredentialsError> {
        let wrong = |problem: &dyn fmt::Display| {
            let path = path.to_string_lossy();
            let path = Sanitized(&path, sanitize::ADDRESS);
            CredentialsError::other(format!("the file {path}, which holds a secret: {problem}"))
        };
        let found = file::read(path, file::SMALL).map_err(|problem| wrong(&problem))?;
        let text = std::str::from_utf8(&found.content)
            .map_err(|_| wrong(&"it is not UTF-8 text"))?
            .trim_start_matches('\u{feff}')
            .trim();
        if text.is_empty() {
            return Err(wrong(&"it is empty"));
        }
        Ok(Password::from(text))
    }
}

impl SecretSource for SecretFile {
    fn secret(&self) -> SecretFuture<'_> {
        let path = self.path.clone();
        Box::pin(file::aside("a file with a secret", move || {
            Self::read(&path)
        }))
    }
}
