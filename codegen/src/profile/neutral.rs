//! Nobody in particular: a document of whoever, and a crate on the neutral runtime alone.

use std::sync::Arc;

use super::{Profile, features};
use crate::disk;
use crate::model::{Caller, Package, Permissions, Readme, Runtime, Setup, Words, words};

/// The version of the runtime that emitted code is written for.
const RUNTIME_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The crate that clients stand on, as code writes it.
pub const RUNTIME: &str = "openapi_client_runtime";

/// A profile that says nothing of its own: addresses, words and credentials are the documents'.
///
/// ```
/// use huaweicloud_codegen::profile::{Neutral, RuntimePlace};
///
/// let profile = Neutral::new("petstore-client", RuntimePlace::Path("../runtime/core".to_owned()));
/// # let _ = profile;
/// ```
#[derive(Debug)]
pub struct Neutral {
    package: Arc<Package>,
}

/// Where the runtime of the emitted crate is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuntimePlace {
    /// In a registry, in the version that this generator writes for.
    Registry,
    /// In a folder, as seen from the crate.
    Path(String),
}

impl Neutral {
    /// A crate of this name, in version 0.1.0. The name is one that cargo takes.
    pub fn new(name: impl Into<String>, runtime: RuntimePlace) -> Self {
        let place = match runtime {
            RuntimePlace::Registry => format!("version = \"{RUNTIME_VERSION}\""),
            RuntimePlace::Path(path) => {
                let path = serde_json::Value::String(path);
                format!("version = \"{RUNTIME_VERSION}\", path = {path}")
            }
        };
        let package = package(name.into().into(), place.into());
        Self {
            package: Arc::new(package),
        }
    }
}

impl Profile for Neutral {
    fn package(&self) -> &Arc<Package> {
        &self.package
    }

    fn is_foreign(&self) -> bool {
        true
    }
}

fn package(name: Words, place: Words) -> Package {
    Package {
        name,
        version: words("0.1.0"),
        mark: disk::NEUTRAL_MARK,
        documents: "an OpenAPI document",
        again: "change the document and generate the client again",
        title: words("A client of {services}"),
        client: words("Makes the calls of {services}"),
        description: words(
            "A client of {services}: typed calls, typed errors, secrets that never print.",
        ),
        keywords: &["openapi", "api", "client"],
        categories: &["api-bindings"],
        runtime: Runtime {
            name: words("openapi-client-runtime"),
            place,
            modules: &[],
            types: &[&features::TYPES, &["CredentialsFuture"]],
            features: &features::OF_THE_RUNTIME,
        },
        setup: SETUP,
        permissions: Permissions {
            heading: "Permissions",
        },
        readme: README,
        license: None,
        command: None,
    }
}

const SETUP: Setup = Setup {
    methods: words(METHODS),
    client: words("Client::builder()"),
    blocking: words("ClientBuilder::new()"),
    built: words(""),
    shown: words(""),
    project: words(""),
    region: words(""),
    caller: Caller::OfTheDocuments,
};

const METHODS: &str = "
/// Starts a client for the address of the document.
#[must_use]
pub fn builder() -> ClientBuilder {
    ClientBuilder::new()
}
";

const README: Readme = Readme {
    intro: words(
        "A client of {services}. Typed calls, one error type an operation, and secrets that never \
         print.",
    ),
    install: words(
        "```toml\n[dependencies]\n{name} = { path = \"../{name}\" }\n\
         tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n```",
    ),
    verb: "run",
    setup: words(SETUP_TEXT),
    own_calls: "",
    promises: words(PROMISES),
    origin: words("Every file of this crate is generated from an OpenAPI document."),
};

const SETUP_TEXT: &str = "\
{callers}\
Calls need a Tokio runtime with I/O and time enabled, which `#[tokio::main]` has.

`examples/` has a program for each operation. Time-outs, retries, proxies, certificate authorities and other \
addresses are methods of `ClientBuilder`; one call can have time-outs, retries and further headers of its own, with \
`call_options`. What a call gives has the response's headers and bytes too. For TLS by the system's own library: \
`default-features = false` and the services you call, with `native-tls`.

With the feature `blocking`, `blocking::Client` makes the same calls without async: `client.send(call)` waits for the \
response. It may be used and dropped inside an async function. With the feature `mock`, `mock::Mock` gives your tests a \
client that checks and reads as ever, and gets the responses you choose; it shows what was asked for, and no password.";

const PROMISES: &str = "\
- What the document calls a password is a `Password`, as tokens and keys are: redacted in `Debug`, errors, logs and in anything you serialize yourself; wiped from memory when dropped.{made}
- Identifiers are checked, so that none can bend a path.
- A call that changes something is sent again only when it certainly was not processed. Credentials that were refused are not sent again for a while. Redirects are not followed. Plain HTTP goes to this machine only, unless asked for by name.
- Calls leave no faster than a documented limit allows, first come, first served, and a service that responds with 429 is given the time it asks for. `ClientBuilder::rate_limit` sets a limit of your own.
- `Error` says whether anything was sent, the status, the service's code and message, the request id, and whether the request may have been processed. `AnyError` does for calls of several operations.
- Words of a server are shown only as the code or message of a known error shape, and only if they repeat no part of a secret of the request in any usual spelling. The rest is withheld; `expose_body` gives it.
- No `unsafe` code.
";
