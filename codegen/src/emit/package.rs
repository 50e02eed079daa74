//! What makes the sources a package: manifest, README, licences, format settings.

use crate::model::{Model, Service};

use super::docs::{first_line, markdown, printable};
use super::operation::{self, Context, example};
use super::tokens::header;

/// The version of the generated crate and of the runtime it stands on.
const VERSION: &str = env!("CARGO_PKG_VERSION");

const LICENSE_MIT: &str = include_str!("../../../LICENSE-MIT");
const LICENSE_APACHE: &str = include_str!("../../../LICENSE-APACHE");

/// The files beside `src/`, by their path in the package.
pub fn emit(model: &Model, contexts: &[Context<'_>]) -> Vec<(String, String)> {
    vec![
        ("Cargo.toml".to_owned(), manifest(model, contexts)),
        ("README.md".to_owned(), readme(model, contexts)),
        (
            "rustfmt.toml".to_owned(),
            format!("{}disable_all_formatting = true\n", header("#", "spec/")),
        ),
        ("LICENSE-MIT".to_owned(), LICENSE_MIT.to_owned()),
        ("LICENSE-APACHE".to_owned(), LICENSE_APACHE.to_owned()),
    ]
}

fn manifest(model: &Model, contexts: &[Context<'_>]) -> String {
    let names: Vec<_> = model
        .services
        .iter()
        .map(|service| service.name.as_str())
        .collect();
    let quoted = |names: &[&str]| {
        names
            .iter()
            .map(|name| format!("\"{name}\""))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let features: String = model
        .services
        .iter()
        .map(|service| {
            let title = printable(&first_line(&service.title));
            format!("# {title}\n{} = []\n", service.name)
        })
        .collect();
    let examples: String = contexts
        .iter()
        .map(|context| {
            format!(
                "\n[[example]]\nname = \"{}\"\nrequired-features = [\"{}\"]\n",
                example_name(context),
                context.service.name
            )
        })
        .collect();
    let blocking = chosen(contexts).map_or_else(String::new, |context| {
        format!(
            "\n[[example]]\nname = \"blocking\"\nrequired-features = [\"blocking\", \"{}\"]\n",
            context.service.name
        )
    });
    let mut default = names.clone();
    default.push("rustls");
    format!(
        r#"{header}[package]
name = "huaweicloud-password"
description = "Resets passwords of Huawei Cloud services (BMS, ECS, DCS, CBH, DWS): typed calls, typed errors, secrets that never print."
version = "{VERSION}"
edition = "2024"
rust-version = "1.88"
license = "MIT OR Apache-2.0"
readme = "README.md"
keywords = ["huaweicloud", "password", "openapi", "client", "cloud"]
categories = ["api-bindings", "authentication"]
include = ["src/**/*.rs", "examples/**/*.rs", "tests/**/*.rs", "README.md", "LICENSE-*"]

[package.metadata.docs.rs]
all-features = true
rustdoc-args = ["--cfg", "docsrs"]

[lints.rust]
unexpected_cfgs = {{ level = "warn", check-cfg = ["cfg(docsrs)"] }}

[features]
default = [{default}]
{features}# TLS by rustls with the ring provider and the system's trust store.
rustls = ["huaweicloud-runtime/rustls"]
# TLS by the system's own library.
native-tls = ["huaweicloud-runtime/native-tls"]
# HTTP/2 for clients that ask for it.
http2 = ["huaweicloud-runtime/http2"]
# The same calls without async.
blocking = ["huaweicloud-runtime/blocking"]
# A fake of the services, for tests.
mock = ["huaweicloud-runtime/mock"]
# Calls through a reqwest client of your own.
reqwest = ["huaweicloud-runtime/reqwest"]
# Credentials from OpenStack's clouds.yaml.
clouds-yaml = ["huaweicloud-runtime/clouds-yaml"]

[dependencies]
huaweicloud-runtime = {{ version = "{VERSION}", path = "../runtime", default-features = false }}
serde = {{ version = "1", features = ["derive"] }}
serde_json = "1"

[dev-dependencies]
tokio = {{ version = "1", features = ["macros", "rt-multi-thread"] }}
wiremock = "0.6"
{examples}{blocking}"#,
        header = header("#", "spec/"),
        default = quoted(&default),
    )
}

/// The name of an operation's example program, which no other operation has.
pub fn example_name(context: &Context<'_>) -> String {
    let module = &context.service.module;
    // `a` with `b_c` and `a_b` with `c` are two operations.
    let separator = if module.contains('_') { "__" } else { "_" };
    format!("{module}{separator}{}", context.operation.ident)
}

fn readme(model: &Model, contexts: &[Context<'_>]) -> String {
    format!(
        "# huaweicloud-password\n\n\
         {intro}\n\n\
         ## Use it\n\n\
         The crate is not published yet. Until it is, depend on it by git, or by the path of a clone's `generated/`:\n\n\
         ```toml\n[dependencies]\nhuaweicloud-password = {{ git = \"{repository}\" }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n```\n\n\
         ```rust,no_run\n{example}\n```\n\n\
         {setup}\n\n\
         ## Operations\n\n{table}\n\
         ## What you can rely on\n\n{promises}\n\
         ## Features\n\n{features}\n\
         ## Where it comes from\n\n\
         Every file of this crate is generated from OpenAPI documents that are written by hand after the vendor's \
         pages. It is not made or endorsed by Huawei.\n\n\
         Licensed under either of Apache License 2.0 or MIT, at your option.\n",
        intro = "A client for the calls of Huawei Cloud that reset passwords, or say whether a server's can be reset. \
                 Typed calls, one error type an operation, and secrets that never print.",
        repository = env!("CARGO_PKG_REPOSITORY"),
        example = readme_example(contexts),
        setup = setup(model),
        table = operations_table(model),
        promises = promises(contexts),
        features = features_table(model),
    )
}

/// What a client is set up with; one that can ask IAM has more ways to say who calls.
fn setup(model: &Model) -> String {
    let identity = match super::identity::service(model) {
        Some(_) => IDENTITY,
        None => "",
    };
    SETUP.replace("{identity}", identity)
}

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

{identity}\
`examples/` has a program for each operation. Time-outs, retries, proxies, certificate authorities and the \
official chain of credentials are methods of `ClientBuilder`; one call can have time-outs, retries and further headers \
of its own, with `call_options`. What a call gives has the response's headers and bytes too. For TLS by \
the system's own library: `default-features = false` and the services you call, with `native-tls`.

With the feature `blocking`, `blocking::Client` makes the same calls without async: `client.send(call)` waits for \
the response. \
It may be used and dropped inside an async function. With the feature `mock`, `mock::Mock` gives your tests a client \
that checks, signs and reads as ever, and gets the responses you choose; it shows what was asked for, and no password.";

fn promises(contexts: &[Context<'_>]) -> String {
    let made = contexts.iter().find_map(|context| {
        let policy = operation::policies(context).into_iter().next()?;
        let (module, name) = (&context.service.module, &context.operation.type_name);
        Some(format!(
            " The rules are constants: `Password::generate(&{module}::{name}::{policy})` makes one \
             that keeps them."
        ))
    });
    PROMISES.replace("{made}", &made.unwrap_or_default())
}

const PROMISES: &str = "\
- A password is a `Password`: redacted in `Debug`, errors, logs and in anything you serialize yourself; wiped from memory when dropped.
- A password that breaks the documented policy is refused before anything is sent. `ClientBuilder::password_policy` turns that into a warning, or off.{made}
- Identifiers are checked, so that none can bend a path.
- A reset is sent again only when it certainly was not processed. Credentials that were refused are sent again only with another date or other credentials, and otherwise not for a while, so that no key and no user is locked. Redirects are not followed. Plain HTTP goes to this machine only, unless asked for by name.
- Calls leave no faster than a documented limit allows, first come, first served, and a service that answers 429 is given the time it asks for. `ClientBuilder::rate_limit` sets a limit of your own.
- `Error` says whether anything was sent, the status, the service's code and message, the request id, and whether the request may have been processed. `AnyError` does for calls of several operations.
- Words of a server are shown only as the code or message of a known error shape, and only if they repeat no part of a secret of the request in any usual spelling. The rest is withheld; `expose_body` gives it.
- No `unsafe` code.
";

/// The operation that stands for all: the first one that takes a password, else the first.
pub fn chosen<'c, 'm>(contexts: &'c [Context<'m>]) -> Option<&'c Context<'m>> {
    let takes_password = |context: &&Context<'_>| {
        let call = example::call(context, example::Secrets::Environment);
        example::uses_password(&call.expression)
    };
    contexts
        .iter()
        .find(takes_password)
        .or_else(|| contexts.first())
}

fn readme_example(contexts: &[Context<'_>]) -> String {
    let Some(context) = chosen(contexts) else {
        return String::new();
    };
    let call = example::call(context, example::Secrets::Environment);
    let password = if example::uses_password(&call.expression) {
        ", Password"
    } else {
        ""
    };
    let input = if password.is_empty() {
        ""
    } else {
        "    let new_password = std::env::var(\"NEW_PASSWORD\").map_err(|_| \"NEW_PASSWORD is not set\")?;\n"
    };
    format!(
        "use huaweicloud_password::{{Client, Credentials{password}}};\n\n\
         #[tokio::main]\n\
         async fn main() {{\n    \
         if let Err(error) = reset().await {{\n        \
         eprintln!(\"error: {{error}}\");\n        \
         std::process::exit(1);\n    \
         }}\n}}\n\n\
         async fn reset() -> Result<(), Box<dyn std::error::Error>> {{\n    \
         let client = Client::builder(\"{region}\").credentials(Credentials::from_env()?).build()?;\n\
         {input}    \
         let response = {expression}\n        .send()\n        .await?;\n    \
         println!(\"done, request id {{:?}}\", response.request_id());\n    Ok(())\n}}",
        region = example::region(context),
        expression =
            example::with_variable(&example::pretty(&call.expression)).replace('\n', "\n    "),
    )
}

/// The table of operations, which the workspace's README shows too.
pub fn operations_table(model: &Model) -> String {
    let mut table = "| call | what it does |\n|---|---|\n".to_owned();
    for service in &model.services {
        for operation in &service.operations {
            let docs = operation.docs.as_ref();
            table.push_str(&format!(
                "| [`client.{}().{}`]({}) | {} |\n",
                service.module,
                operation.ident,
                docs.map_or("#operations", |link| link.url.as_str()),
                operation::title(operation).replace('|', "\\|"),
            ));
        }
    }
    table
}

fn features_table(model: &Model) -> String {
    let mut table = "| feature | what it brings | by default |\n|---|---|---|\n".to_owned();
    let line = |service: &Service| {
        format!(
            "| `{}` | {} | yes |\n",
            service.name,
            first_line(&markdown(&service.title))
        )
    };
    table.extend(model.services.iter().map(line));
    table.push_str("| `rustls` | TLS by rustls with ring and the system's trust store | yes |\n");
    table.push_str("| `native-tls` | TLS by the system's own library | no |\n");
    table.push_str(
        "| `http2` | HTTP/2 for clients that ask for it, `ClientBuilder::http2` | no |\n",
    );
    table.push_str("| `blocking` | the same calls without async, `blocking::Client` | no |\n");
    table.push_str(
        "| `mock` | a typed fake of the services for your own tests, `mock::Mock` | no |\n",
    );
    table.push_str(
        "| `reqwest` | calls through a reqwest client with settings of your own, \
         `ClientBuilder::reqwest_client` | no |\n",
    );
    table.push_str(
        "| `clouds-yaml` | credentials from OpenStack's `clouds.yaml`, \
         `credentials::CloudsYaml` | no |\n",
    );
    table
}
