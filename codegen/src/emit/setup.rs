//! How code begins a client: the pieces of the profile, and the credentials that the documents ask
//! for, put together.

use crate::model::{Caller, Model, Operation, OwnCredentials, Service};

use super::docs;
use super::security;

/// How long a line may be that begins a client.
const WIDTH: usize = 100;

/// The address in examples where the document gives none.
const ADDRESS: &str = "https://api.example.com";

/// The function of a program that reads an environment variable.
const VARIABLE: &str = "variable";

/// What begins the client of an example.
pub struct Beginning {
    /// `Client::builder()`
    start: String,
    /// `.credentials(…)`
    steps: Vec<String>,
    is_blocking: bool,
    /// The environment variables that it needs, as a list in words; empty for none.
    environment: String,
}

/// What the example of an operation begins with. A program tells of a variable that is not set by
/// its name.
pub fn of(service: &Service, operation: &Operation, kind: Kind) -> Beginning {
    let setup = &service.package.setup;
    let start = match kind {
        Kind::Blocking(_) => &setup.blocking,
        Kind::Async(_) => &setup.client,
    };
    let (Kind::Async(place) | Kind::Blocking(place)) = kind;
    let (caller, environment) = match &setup.caller {
        Caller::OfTheRuntime(own) => (given(own.from_environment), own.environment.to_owned()),
        Caller::OfTheDocuments => {
            let read = |name: &str| match place {
                Place::Documentation => format!("std::env::var(\"{name}\")?"),
                Place::Program => format!("{VARIABLE}(\"{name}\")?"),
            };
            let (credentials, environment) = security::from_environment(service, operation, read);
            (step(&credentials, ""), environment)
        }
    };
    let address = (!service.has_address()).then(|| format!(".endpoint(\"{ADDRESS}\")"));
    Beginning {
        start: start.replace("{region}", region(service)),
        steps: [caller].into_iter().chain(address).collect(),
        is_blocking: matches!(kind, Kind::Blocking(_)),
        environment,
    }
}

/// Which client is begun, and where.
#[derive(Clone, Copy)]
pub enum Kind {
    /// `Client`.
    Async(Place),
    /// `blocking::Client`.
    Blocking(Place),
}

/// Where code stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the documentation, where an error is passed on as it is.
    Documentation,
    /// In a program, which says what is missing.
    Program,
}

impl Beginning {
    /// What a program needs, as a line of its documentation with an empty one before it; nothing
    /// where it needs nothing.
    pub fn needs(&self, password: bool) -> String {
        let password = if password { "`NEW_PASSWORD`" } else { "" };
        match (&*self.environment, password) {
            ("", "") => String::new(),
            ("", only) | (only, "") => format!("//!\n//! Needs {only}.\n"),
            (environment, password) => format!("//!\n//! Needs {environment}, and {password}.\n"),
        }
    }

    /// The function that a program needs to read what it needs; nothing where it needs nothing.
    pub fn helper(&self) -> String {
        let is_called = self.steps.concat().contains(&format!("{VARIABLE}("));
        match is_called {
            true => format!(
                "\n/// An environment variable; one that is not set is told by its name.\n\
                 fn {VARIABLE}(name: &str) -> Result<String, String> {{\n    \
                 std::env::var(name).map_err(|_| format!(\"{{name}} is not set\"))\n}}\n"
            ),
            false => String::new(),
        }
    }

    /// All of it until it is built: in one line, or with a line for each step where that is too
    /// long.
    pub fn code(&self, indent: usize) -> String {
        let whole = format!("{}{}.build()?", self.start, self.steps.concat());
        match "let client = ;".len() + indent + whole.len() <= WIDTH {
            true => whole,
            false => self.lines(indent),
        }
    }

    /// All of it, with a line for each step.
    pub fn lines(&self, indent: usize) -> String {
        let mut out = self.start.clone();
        for step in self.steps.iter().map(String::as_str).chain([".build()?"]) {
            out.push_str(&format!("\n{:indent$}    {step}", ""));
        }
        out
    }

    /// The names of the crate that it needs, and `Password` where the call does; as `use` takes
    /// them.
    pub fn imports(&self, password: bool) -> String {
        let steps = self.steps.concat();
        let begun = self.start.split("::").next().unwrap_or_default();
        let blocking = format!("blocking::{begun}");
        let names = [
            (begun, !self.is_blocking),
            ("Credentials", steps.contains("Credentials::")),
            ("Password", password),
            (&*blocking, self.is_blocking),
            ("credentials", steps.contains("(credentials::")),
        ];
        let names = names.iter().filter(|(_, is_needed)| *is_needed);
        let names: Vec<_> = names.map(|(name, _)| *name).collect();
        match names.as_slice() {
            [only] => (*only).to_owned(),
            all => format!("{{{}}}", all.join(", ")),
        }
    }
}

/// Gives these credentials to a builder.
fn given(credentials: &str) -> String {
    format!(".credentials({credentials})")
}

/// What gives a builder the credentials in the documentation of the client.
pub fn shown(model: &Model) -> String {
    of_all(model, |own| own.shown, "", "\"SECRET\"")
}

/// What gives a builder the credentials of the conformance tests.
pub fn test(model: &Model) -> String {
    of_all(model, |own| own.test, "client_under_test::", "SECRET_KEY")
}

/// What gives a builder the credentials of the mock.
pub fn mock(model: &Model) -> String {
    of_all(model, |own| own.mock, "crate::", "\"MOCK-SECRET\"")
}

fn of_all(
    model: &Model,
    own: fn(&OwnCredentials) -> &'static str,
    prefix: &str,
    secret: &str,
) -> String {
    match &model.package.setup.caller {
        Caller::OfTheRuntime(credentials) => own(credentials).to_owned(),
        Caller::OfTheDocuments => security::all_at_once(model, prefix, secret).unwrap_or_default(),
    }
}

/// A step that gives a builder these credentials; without any, it says so.
pub fn step(credentials: &str, project: &str) -> String {
    match credentials {
        "" => ".without_credentials()".to_owned(),
        credentials => given(&format!("{credentials}{project}")),
    }
}

/// Words of the profile about the crate, with the titles of its services.
pub fn said(words: &str, model: &Model) -> String {
    let titles = model.services.iter().map(docs::service_title);
    let titles: Vec<_> = titles.collect();
    let titles = match titles.as_slice() {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    };
    words.replace("{services}", &titles)
}

/// The region of a service's examples in a piece of the profile.
pub fn in_region(piece: &str, service: Option<&Service>, model: &Model) -> String {
    let region = service.map_or(&*model.package.setup.region, region);
    piece.replace("{region}", region)
}

/// The region that stands in examples: the most common one, if the service is there.
pub fn region(service: &Service) -> &str {
    let usual = &*service.package.setup.region;
    let endpoints = &service.endpoints;
    if endpoints.is_empty() || endpoints.iter().any(|endpoint| endpoint.region == usual) {
        return usual;
    }
    endpoints
        .first()
        .map_or(usual, |endpoint| endpoint.region.as_str())
}
