//! Where environment variables are looked up.

use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;

/// Where environment variables are looked up.
///
/// Tests bring variables of their own and leave those of the process alone,
/// which all threads share.
///
/// ```
/// use openapi_client_runtime::Environment;
///
/// let environment = Environment::from_fn(|name| (name == "HTTPS_PROXY").then(|| "proxy:3128".into()));
/// assert!(format!("{environment:?}").starts_with("Environment"));
/// ```
#[derive(Clone)]
pub struct Environment(Arc<Lookup>);

type Lookup = dyn Fn(&str) -> Option<OsString> + Send + Sync;

impl Environment {
    /// The environment of this process, looked up each time.
    pub fn of_process() -> Self {
        Self::from_fn(|name| std::env::var_os(name))
    }

    /// An environment whose variables a function gives by name.
    pub fn from_fn(lookup: impl Fn(&str) -> Option<OsString> + Send + Sync + 'static) -> Self {
        Self(Arc::new(lookup))
    }

    /// A variable; one that is set but empty counts as missing.
    pub fn var(&self, name: &str) -> Option<OsString> {
        (self.0)(name).filter(|value| !value.is_empty())
    }
}

impl Default for Environment {
    fn default() -> Self {
        Self::of_process()
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Environment")
    }
}
