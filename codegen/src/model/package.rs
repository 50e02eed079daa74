//! The crate that is made: what it is called, what it stands on, and the words about it.

/// What a crate is called and what is said of it. A profile gives it, no document does.
#[derive(Debug, PartialEq, Eq)]
pub struct Package {
    /// The name of the package: `demo-client`.
    pub name: &'static str,
    /// The version of the package.
    pub version: &'static str,
    /// What the crate is, without a full stop: `Calls of Demo that do this`.
    pub title: &'static str,
    /// What a client does, without a full stop: `Calls the services of Demo`.
    pub client: &'static str,
    /// What the manifest adds to the title and the names of the services.
    pub virtues: &'static str,
    /// The manifest's keywords.
    pub keywords: &'static [&'static str],
    /// The manifest's categories.
    pub categories: &'static [&'static str],
    /// The crate that the client stands on.
    pub runtime: Runtime,
    /// The region that stands in examples and tests.
    pub region: &'static str,
    /// The environment variables that an example needs, as a list in words.
    pub environment: &'static str,
    /// How the rights that calls need are told.
    pub permissions: Permissions,
    /// The words of the README.
    pub readme: Readme,
}

impl Package {
    /// The name as code writes it: `demo_client`.
    pub fn krate(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// The crate that the client stands on.
#[derive(Debug, PartialEq, Eq)]
pub struct Runtime {
    /// The name of its package.
    pub name: &'static str,
    /// Where it is beside the client.
    pub path: &'static str,
    /// Its modules that the client passes on.
    pub modules: &'static [&'static str],
    /// Its types that the client passes on.
    pub types: &'static [&'static str],
    /// Its features that the client passes on.
    pub features: &'static [Feature],
}

impl Runtime {
    /// The name as code writes it.
    pub fn krate(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// A feature of the runtime that the client passes on.
#[derive(Debug, PartialEq, Eq)]
pub struct Feature {
    /// Its name.
    pub name: &'static str,
    /// Whether it is on unless it is turned off.
    pub default: bool,
    /// The comment in the manifest.
    pub comment: &'static str,
    /// What it brings, in the README's table.
    pub brings: &'static str,
}

/// How the rights that calls need are told.
#[derive(Debug, PartialEq, Eq)]
pub struct Permissions {
    /// The heading above them.
    pub heading: &'static str,
}

/// The words of the README, section by section.
#[derive(Debug, PartialEq, Eq)]
pub struct Readme {
    /// What the crate is.
    pub intro: &'static str,
    /// How a client is set up; `{own_calls}` is where [`Readme::own_calls`] stands.
    pub setup: &'static str,
    /// What a client can do that makes calls for itself.
    pub own_calls: &'static str,
    /// What callers can rely on; `{made}` is where the making of passwords is told.
    pub promises: &'static str,
    /// Where the crate comes from.
    pub origin: &'static str,
}
