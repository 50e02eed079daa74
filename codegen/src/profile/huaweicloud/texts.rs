//! The words of the client's README.

use crate::model::{Readme, words};

pub(super) const README: Readme = Readme {
    intro: words(INTRO),
    install: words(INSTALL),
    verb: "reset",
    setup: words(SETUP),
    own_calls: IDENTITY,
    promises: words(PROMISES),
    origin: words(ORIGIN),
};

const INSTALL: &str = concat!(
    "The crate is not published yet. Until it is, depend on it by git, or by the path of a clone's `generated/`:\n\n\
     ```toml\n[dependencies]\n{name} = { git = \"",
    env!("CARGO_PKG_REPOSITORY"),
    "\" }\n\
     tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n```",
);

const INTRO: &str = "\
A client for the calls of Huawei Cloud that reset passwords, or say whether a server's can be reset. \
Typed calls, one error type an operation, and secrets that never print.";

const ORIGIN: &str = "\
Every file of this crate is generated from OpenAPI documents that are written by hand after the vendor's \
pages. It is not made or endorsed by Huawei.";

const IDENTITY: &str = "\
A client can also sign in by itself: with a user's password, and a passcode of a virtual MFA device where there is one \
(`ClientBuilder::sign_in`), or with an ID token of OpenID Connect (`sign_in_with_id_token`). It works in another \
account through an agency (`assume_agency`), and finds the id of its project by the region or by a name \
(`look_up_project_id`, `project_name`). Tokens and keys are renewed before they end.\n\n";

const SETUP: &str = "\
`Credentials::from_env` reads `HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK`, `HUAWEICLOUD_SDK_SECURITY_TOKEN` for \
temporary keys, and `HUAWEICLOUD_SDK_PROJECT_ID`; `Credentials::token` takes a token of IAM instead. Who calls can be \
read from the configuration of KooCLI or of OpenStack's tools too (`ClientBuilder::cloud_config`), and operations that \
need no credentials need none (`without_credentials`). Calls need a Tokio runtime with I/O and time enabled, which \
`#[tokio::main]` has.

{own_calls}\
`examples/` has a program for each operation. Time-outs, retries, proxies, certificate authorities and the \
official chain of credentials are methods of `ClientBuilder`; one call can have time-outs, retries and further headers \
of its own, with `call_options`. What a call gives has the response's headers and bytes too. For TLS by \
the system's own library: `default-features = false` and the services you call, with `native-tls`.

With the feature `blocking`, `blocking::Client` makes the same calls without async: `client.send(call)` waits for the response. \
It may be used and dropped inside an async function. With the feature `mock`, `mock::Mock` gives your tests a client \
that checks, signs and reads as ever, and gets the responses you choose; it shows what was asked for, and no password.

With the feature `cli` the crate has the command `hwc-password`, for one call or for many by a plan: \
`cargo install huaweicloud-password --features cli` once it is published. `hwc-password --help` says the rest. \
No other build compiles what it needs.";

const PROMISES: &str = "\
- A password is a `Password`: redacted in `Debug`, errors, logs and in anything you serialize yourself; wiped from memory when dropped.
- A password that breaks the documented policy is refused before anything is sent. `ClientBuilder::password_policy` turns that into a warning, or off.{made}
- Identifiers are checked, so that none can bend a path.
- A reset is sent again only when it certainly was not processed. Credentials that were refused are sent again only with another date or other credentials, and otherwise not for a while, so that no key and no user is locked. Redirects are not followed. Plain HTTP goes to this machine only, unless asked for by name.
- Calls leave no faster than a documented limit allows, first come, first served, and a service that responds with 429 is given the time it asks for. `ClientBuilder::rate_limit` sets a limit of your own.
- `Error` says whether anything was sent, the status, the service's code and message, the request id, and whether the request may have been processed. `AnyError` does for calls of several operations.
- Words of a server are shown only as the code or message of a known error shape, and only if they repeat no part of a secret of the request in any usual spelling. The rest is withheld; `expose_body` gives it.
- No `unsafe` code.
";
