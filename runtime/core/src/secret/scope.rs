//! The one place where a secret may be written: a request body in the making.
//!
//! serde gives a `Serialize` implementation no way to know what it writes for.
//! A thread-local scope tells it: opened around one synchronous serialization,
//! closed by a guard even when that serialization panics.

use std::cell::RefCell;

use super::{MOST_SECRETS, Password};

/// The values written inside a scope; no copies of them.
pub type Secrets = Vec<Password>;

enum Scope {
    /// Nobody asked for the value: redact.
    Closed,
    /// A request body is written: hand the value out and remember it.
    Body(Secrets),
    /// A query is written: refuse.
    Url,
}

thread_local! {
    static SCOPE: RefCell<Scope> = const { RefCell::new(Scope::Closed) };
}

/// What a secret may do at this moment on this thread.
pub(super) enum Admission {
    Plain,
    Redacted,
    Refused,
}

/// Asks on behalf of a secret that is about to be written.
pub(super) fn admission() -> Admission {
    SCOPE.with_borrow(|scope| match scope {
        Scope::Closed => Admission::Redacted,
        Scope::Url => Admission::Refused,
        Scope::Body(_) => Admission::Plain,
    })
}

/// Keeps what is written, so that no response shows it again. With more than [`MOST_SECRETS`],
/// nothing of a response is shown.
pub(super) fn remember(value: &Password) {
    SCOPE.with_borrow_mut(|scope| {
        if let Scope::Body(secrets) = scope
            && secrets.len() <= MOST_SECRETS
            && !secrets.iter().any(|known| known.expose() == value.expose())
        {
            secrets.push(value.clone());
        }
    });
}

/// The error of a secret that is not admitted.
pub(super) fn refused<E: serde::ser::Error>() -> E {
    E::custom("a secret is never put into a URL; send it in the body")
}

/// Runs `write` with secrets in plain text; returns its result and every
/// secret it wrote.
pub fn collect<R>(write: impl FnOnce() -> R) -> (R, Secrets) {
    let guard = Guard::enter(Scope::Body(Secrets::new()));
    let result = write();
    match guard.leave() {
        Scope::Body(secrets) => (result, secrets),
        Scope::Closed | Scope::Url => (result, Secrets::new()),
    }
}

/// Runs `write` so that serializing a secret is an error.
pub fn refuse<R>(write: impl FnOnce() -> R) -> R {
    let _guard = Guard::enter(Scope::Url);
    write()
}

/// Puts the outer scope back on drop, so that a panic cannot leave one open.
struct Guard {
    outer: Option<Scope>,
}

impl Guard {
    fn enter(scope: Scope) -> Self {
        let outer = SCOPE.with_borrow_mut(|current| std::mem::replace(current, scope));
        Self { outer: Some(outer) }
    }

    fn leave(mut self) -> Scope {
        let outer = self.outer.take().unwrap_or(Scope::Closed);
        SCOPE.with_borrow_mut(|current| std::mem::replace(current, outer))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(outer) = self.outer.take() {
            SCOPE.with_borrow_mut(|current| *current = outer);
        }
    }
}
