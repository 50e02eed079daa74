//! What makes the sources a package: manifest, README, licences, format settings.

use crate::model::{Model, Package, Service};

use super::docs::{code, first_line, markdown, printable};
use super::operation;
use super::summary::{Summary, chosen};
use super::tokens::header;

const LICENSE_MIT: &str = include_str!("../../../LICENSE-MIT");
const LICENSE_APACHE: &str = include_str!("../../../LICENSE-APACHE");

/// The files beside `src/`, by their path in the package.
pub fn emit(model: &Model, summaries: &[Summary], own_calls: bool) -> Vec<(String, String)> {
    vec![
        ("Cargo.toml".to_owned(), manifest(model, summaries)),
        ("README.md".to_owned(), readme(model, summaries, own_calls)),
        (
            "rustfmt.toml".to_owned(),
            format!("{}disable_all_formatting = true\n", header("#", "spec/")),
        ),
        ("LICENSE-MIT".to_owned(), LICENSE_MIT.to_owned()),
        ("LICENSE-APACHE".to_owned(), LICENSE_APACHE.to_owned()),
    ]
}

fn manifest(model: &Model, summaries: &[Summary]) -> String {
    let package = model.package;
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
    let example = |name: &str, features: &[&str]| {
        format!(
            "\n[[example]]\nname = \"{name}\"\nrequired-features = [{}]\n",
            quoted(features)
        )
    };
    let examples: String = summaries
        .iter()
        .flat_map(|it| it.examples.iter().map(|name| (name, &it.service)))
        .map(|(name, service)| example(name, &[service]))
        .collect();
    let blocking =
        chosen(summaries).map(|(service, _)| example("blocking", &["blocking", service]));
    let blocking = blocking.unwrap_or_default();
    let test = |kind: &str, name: &str, features: &[&str]| {
        format!(
            "\n[[test]]\nname = \"{kind}_{name}\"\nrequired-features = [{}]\n",
            quoted(features)
        )
    };
    let tests: String = names
        .iter()
        .flat_map(|name| {
            [
                test("blocking", name, &["blocking", name]),
                test("conformance", name, &[name]),
                test("mock", name, &["mock", name]),
            ]
        })
        .collect();
    let passed_on = package.runtime.features.iter();
    let default: Vec<_> = names
        .iter()
        .copied()
        .chain(passed_on.clone().filter(|it| it.default).map(|it| it.name))
        .collect();
    let runtime = package.runtime.name;
    let runtime_features: String = passed_on
        .map(|it| {
            let (name, comment) = (it.name, it.comment);
            format!("# {comment}\n{name} = [\"{runtime}/{name}\"]\n")
        })
        .collect();
    format!(
        r#"{header}[package]
name = "{name}"
description = "{description}"
version = "{version}"
edition = "2024"
rust-version = "1.88"
license = "MIT OR Apache-2.0"
readme = "README.md"
keywords = [{keywords}]
categories = [{categories}]
include = ["src/**/*.rs", "examples/**/*.rs", "tests/**/*.rs", "README.md", "LICENSE-*"]

[package.metadata.docs.rs]
all-features = true
rustdoc-args = ["--cfg", "docsrs"]

[lints.rust]
unexpected_cfgs = {{ level = "warn", check-cfg = ["cfg(docsrs)"] }}

[features]
default = [{default}]
{features}{runtime_features}
[dependencies]
{runtime} = {{ version = "{version}", path = "{path}", default-features = false }}
serde = {{ version = "1", features = ["derive"] }}
serde_json = "1"

[dev-dependencies]
tokio = {{ version = "1", features = ["macros", "rt-multi-thread"] }}
wiremock = "0.6"
{examples}{blocking}{tests}"#,
        header = header("#", "spec/"),
        name = package.name,
        description = description(model),
        version = package.version,
        keywords = quoted(package.keywords),
        categories = quoted(package.categories),
        path = package.runtime.path,
        default = quoted(&default),
    )
}

/// From this many services on, the manifest says how many there are instead of naming them.
const MANY_SERVICES: usize = 9;

fn description(model: &Model) -> String {
    let Package { title, virtues, .. } = model.package;
    let names = model.services.iter().map(|it| it.name.to_uppercase());
    let services = match model.services.len() {
        count @ MANY_SERVICES.. => format!("{count} services"),
        _ => names.collect::<Vec<_>>().join(", "),
    };
    format!("{title} ({services}): {virtues}.")
}

fn readme(model: &Model, summaries: &[Summary], own_calls: bool) -> String {
    let Package { name, readme, .. } = model.package;
    let own_calls = if own_calls { readme.own_calls } else { "" };
    format!(
        "# {name}\n\n\
         {intro}\n\n\
         ## Use it\n\n\
         ```sh\ncargo add {name}\ncargo add tokio --features macros,rt-multi-thread\n```\n\n\
         ```rust,no_run\n{example}\n```\n\n\
         {setup}\n\n\
         ## Operations\n\n{table}\n\
         ## What you can rely on\n\n{promises}\n\
         ## Features\n\n{features}\n\
         ## Where it comes from\n\n\
         {origin}\n\n\
         Licensed under either of Apache License 2.0 or MIT, at your option.\n",
        intro = readme.intro,
        example = chosen(summaries).map_or("", |(_, shown)| shown.readme.as_str()),
        setup = readme.setup.replace("{own_calls}", own_calls),
        table = operations_table(model),
        promises = promises(readme.promises, summaries),
        features = features_table(model),
        origin = readme.origin,
    )
}

fn promises(text: &str, summaries: &[Summary]) -> String {
    let policy = summaries.iter().find_map(|it| it.policy.as_ref());
    let made = policy.map(|policy| {
        format!(
            " The rules are constants: `Password::generate(&{policy})` makes one that keeps them."
        )
    });
    text.replace("{made}", &made.unwrap_or_default())
}

/// The table of operations, which the workspace's README shows too.
pub fn operations_table(model: &Model) -> String {
    let mut table = "| service | operation | call | what it does |\n|---|---|---|---|\n".to_owned();
    for service in &model.services {
        for operation in &service.operations {
            table.push_str(&format!(
                "| {} | [`client.{}().{}`]({}) | {} | {} |\n",
                service.name.to_uppercase(),
                service.module,
                operation.ident,
                operation
                    .docs
                    .as_ref()
                    .map_or("#operations", |link| link.url.as_str()),
                code(&format!("{} {}", operation.method.wire(), operation.path)),
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
    table.extend(model.package.runtime.features.iter().map(|it| {
        let default = if it.default { "yes" } else { "no" };
        format!("| `{}` | {} | {default} |\n", it.name, it.brings)
    }));
    table
}
