//! The crate that is made: what it is called, what it stands on, and the words about it.

use std::borrow::Cow;

/// Words of a profile. In those about the crate `{services}` stands for the titles of its services.
pub type Words = Cow<'static, str>;

/// Words that are always the same.
pub const fn words(text: &'static str) -> Words {
    Cow::Borrowed(text)
}

/// What a crate is called and what is said of it. A profile gives it, no document does.
#[derive(Debug, PartialEq, Eq)]
pub struct Package {
    /// The name of the package: `demo-client`.
    pub name: Words,
    /// The version of the package.
    pub version: Words,
    /// Who wrote it, in the first line of each file.
    pub mark: &'static str,
    /// What it was written from, where that is more than one document.
    pub documents: &'static str,
    /// How it is written anew, in the second line of each file.
    pub again: &'static str,
    /// What the crate is, without a full stop: `Calls of Demo that do this`.
    pub title: Words,
    /// What a client does, without a full stop: `Calls the services of Demo`.
    pub client: Words,
    /// What the manifest says; `{names}` is where the names of the services stand.
    pub description: Words,
    /// The manifest's keywords.
    pub keywords: &'static [&'static str],
    /// The manifest's categories.
    pub categories: &'static [&'static str],
    /// The crate that the client stands on.
    pub runtime: Runtime,
    /// How code begins a client.
    pub setup: Setup,
    /// How the rights that calls need are told.
    pub permissions: Permissions,
    /// The words of the README.
    pub readme: Readme,
    /// The terms of the crate, if it comes with any.
    pub license: Option<License>,
    /// The command that it has behind the feature `cli`, if it has one.
    pub command: Option<CommandLine>,
}

/// A command for operators, with a subcommand for each operation.
#[derive(Debug, PartialEq, Eq)]
pub struct CommandLine {
    /// What it is called as.
    pub name: &'static str,
    /// What it is for, without a full stop.
    pub about: &'static str,
    /// The package with what is the same for all operations.
    pub package: &'static str,
    /// Where that is, as the manifest says it.
    pub place: &'static str,
}

impl CommandLine {
    /// The name of its package as code writes it.
    pub fn krate(&self) -> String {
        self.package.replace('-', "_")
    }
}

impl Package {
    /// The name as code writes it: `demo_client`.
    pub fn krate(&self) -> String {
        self.name.replace('-', "_")
    }
}

/// How code begins a client: in the crate itself, in examples and in tests. `{region}` stands for
/// [`Setup::region`], or for a region that the service has.
#[derive(Debug, PartialEq, Eq)]
pub struct Setup {
    /// The items of `impl Client` that begin one, and that tell what it was begun with.
    pub methods: Words,
    /// What begins a `Client`.
    pub client: Words,
    /// What begins a client of the module `blocking`, inside of it.
    pub blocking: Words,
    /// The items of that module which make it so.
    pub built: Words,
    /// What the documentation asks of a client once it is built, line by line.
    pub shown: Words,
    /// What puts the credentials of a test in a project, where there are such.
    pub project: Words,
    /// The region that stands in examples and tests.
    pub region: Words,
    /// Who calls.
    pub caller: Caller,
}

/// Where the credentials of a client come from.
#[derive(Debug, PartialEq, Eq)]
pub enum Caller {
    /// The runtime has its own, whatever the documents say.
    OfTheRuntime(OwnCredentials),
    /// The documents say which: the crate has a function for each of their security schemes.
    OfTheDocuments,
}

/// The credentials that a runtime has of its own.
#[derive(Debug, PartialEq, Eq)]
pub struct OwnCredentials {
    /// The environment variables that they are read from, as a list in words.
    pub environment: &'static str,
    /// Those of the environment, as an expression.
    pub from_environment: &'static str,
    /// Those in the documentation of the client.
    pub shown: &'static str,
    /// Those of the tests.
    pub test: &'static str,
    /// Those of the mock.
    pub mock: &'static str,
}

/// The terms of a crate.
#[derive(Debug, PartialEq, Eq)]
pub struct License {
    /// In the manifest: `MIT`.
    pub spdx: &'static str,
    /// In the README.
    pub words: &'static str,
    /// The files, by name.
    pub files: &'static [(&'static str, &'static str)],
}

/// The crate that the client stands on.
#[derive(Debug, PartialEq, Eq)]
pub struct Runtime {
    /// The name of its package.
    pub name: Words,
    /// Where it is, as the manifest says it: `version = "1"`, or `path = "../runtime"`.
    pub place: Words,
    /// Its modules that the client passes on.
    pub modules: &'static [&'static str],
    /// Its types that the client passes on, in lists that are one.
    pub types: &'static [&'static [&'static str]],
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
    pub intro: Words,
    /// How to depend on it; `{name}` is its name.
    pub install: Words,
    /// What the example does, as the name of a function.
    pub verb: &'static str,
    /// How a client is set up; `{own_calls}` is where [`Readme::own_calls`] stands, and `{callers}`
    /// where the security schemes of the documents do.
    pub setup: Words,
    /// What a client can do that makes calls for itself.
    pub own_calls: &'static str,
    /// What callers can rely on; `{made}` is where the making of passwords is told.
    pub promises: Words,
    /// Where the crate comes from.
    pub origin: Words,
}
