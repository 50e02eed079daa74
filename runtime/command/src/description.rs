//! What a client can do, in constants that generated code fills in.

use std::pin::Pin;

use huaweicloud_runtime::{AnyError, Operation, PasswordPolicy};

use crate::arguments::{Arguments, Reply};

/// The command line of a client `C`.
#[derive(Debug)]
pub struct Program<C: 'static> {
    /// What it is called as: `hwc-password`.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// What it is for, in a line.
    pub about: &'static str,
    /// The services that are compiled in.
    pub services: &'static [&'static Service<C>],
}

/// The commands of a service.
#[derive(Debug)]
pub struct Service<C: 'static> {
    /// Its name in the address of an operation: `dws`.
    pub name: &'static str,
    /// What it is called: `Data Warehouse Service`.
    pub title: &'static str,
    /// Its operations.
    pub commands: &'static [Command<C>],
}

/// The command of an operation.
#[derive(Debug)]
pub struct Command<C> {
    /// The facts that the client has of it.
    pub operation: &'static Operation,
    /// Its name, as it is typed: `reset-password`.
    pub name: &'static str,
    /// What it does, in a line.
    pub summary: &'static str,
    /// More on that.
    pub description: &'static str,
    /// The page it is documented on.
    pub page: &'static str,
    /// What the client itself calls it for.
    pub client_use: Option<&'static str>,
    /// What can be given, in the document's order.
    pub parameters: &'static [Parameter],
    /// What each documented status means.
    pub responses: &'static [(&'static str, &'static str)],
    /// What the caller needs the right to.
    pub permissions: &'static [Permission],
    /// Makes the call.
    pub call: fn(C, Arguments) -> Calling,
}

/// A call on its way.
pub type Calling = Pin<Box<dyn Future<Output = Result<Reply, AnyError>> + Send>>;

/// A value that an operation is given.
#[derive(Debug)]
pub struct Parameter {
    /// Its name in the client, unique in the operation: `cluster_id`.
    pub name: &'static str,
    /// What it means.
    pub about: &'static str,
    /// What it must fulfil, in words; empty where nothing is said.
    pub rules: &'static str,
    /// A value for show.
    pub example: Option<&'static str>,
    /// Whether it must be given.
    pub need: Need,
    /// What it is.
    pub kind: Kind,
}

/// When a value must be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Required,
    /// Never.
    Optional,
    /// Unless another, by its name, has a value, as JSON; then it must not.
    Unless(&'static str, &'static str),
}

/// What a value is, and how it is written on a command line.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Text as it stands.
    Text,
    /// One of these words; a service may know more.
    Choice(&'static [&'static str]),
    /// A number.
    Number,
    /// `true` or `false`; `true` where the flag stands alone.
    Boolean,
    /// Several, each by the flag once more: of texts, or of what JSON says.
    List(&'static Kind),
    /// What it is in JSON.
    Json,
    /// A text that must never be seen, with the rules for a new one if it is a password.
    Secret(Option<&'static PasswordPolicy>),
    /// JSON with a secret in it.
    SecretJson,
    /// The content of a file, by its path.
    File,
}

impl Kind {
    /// Whether a value of it must never be seen.
    pub(crate) fn is_secret(self) -> bool {
        matches!(self, Self::Secret(_) | Self::SecretJson)
    }
}

/// What a caller needs the right to.
#[derive(Debug)]
pub struct Permission {
    /// The action: `dws:cluster:resetPassword`.
    pub action: &'static str,
    /// What it does: `write`.
    pub access: Option<&'static str>,
    /// Other actions that it needs.
    pub dependencies: &'static [&'static str],
}
