//! What makes the sources a package: manifest, README, licences, format settings.

use crate::model::{Model, Package, Service};

use super::docs::{address, first_line, markdown, printable};
use super::examples;
use super::operation::{self, Context, example};
use super::tokens::header;
use super::{command, security, setup};

/// The files beside `src/`, by their path in the package.
pub fn emit(model: &Model, contexts: &[Context<'_>], own_calls: bool) -> Vec<(String, String)> {
    let license = model.package.license.iter().flat_map(|it| it.files);
    let license = license.map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    let mut files = vec![
        ("Cargo.toml".to_owned(), manifest(model, contexts)),
        ("README.md".to_owned(), readme(model, contexts, own_calls)),
        (
            "rustfmt.toml".to_owned(),
            format!("{}disable_all_formatting = true\n", header("#", "spec/")),
        ),
    ];
    files.extend(license);
    files
}

fn manifest(model: &Model, contexts: &[Context<'_>]) -> String {
    let package = &model.package;
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
    let examples: String = contexts
        .iter()
        .map(|it| example(&examples::name(it), &[&it.service.name]))
        .collect();
    let blocking = chosen(contexts).map(|it| example("blocking", &["blocking", &it.service.name]));
    let blocking = blocking.unwrap_or_default();
    let passed_on = package.runtime.features.iter();
    let default: Vec<_> = names
        .iter()
        .copied()
        .chain(passed_on.clone().filter(|it| it.default).map(|it| it.name))
        .collect();
    let runtime = &package.runtime.name;
    let license = package.license.as_ref();
    let license = license.map(|it| format!("license = \"{}\"\n", it.spdx));
    let runtime_features: String = passed_on
        .map(|it| {
            let (name, comment) = (it.name, it.comment);
            format!("# {comment}\n{name} = [\"{runtime}/{name}\"]\n")
        })
        .collect();
    let (mut cli, mut needed, mut binary) = Default::default();
    if let Some(command) = &package.command {
        let (name, krate, place) = (command.name, command.package, command.place);
        let feature = command::FEATURE;
        cli = format!("# The command `{name}`.\n{feature} = [\"dep:{krate}\"]\n");
        needed = format!("{krate} = {{ {place}, optional = true }}\n");
        binary = format!(
            "\n[[bin]]\nname = \"{name}\"\npath = \"{}\"\ntest = false\ndoc = false\nrequired-features = [\"{feature}\"]\n",
            command::path_of_binary(command)
        );
    }
    format!(
        r#"{header}[package]
name = "{name}"
description = {description}
version = "{version}"
edition = "2024"
rust-version = "1.89"
{license}readme = "README.md"
keywords = [{keywords}]
categories = [{categories}]
include = ["src/**/*.rs", "examples/**/*.rs", "tests/**/*.rs", "README.md", "LICENSE-*"]

# All its tests are in tests/ and in the documentation.
[lib]
test = false

[package.metadata.docs.rs]
all-features = true
rustdoc-args = ["--cfg", "docsrs"]

[lints.rust]
unexpected_cfgs = {{ level = "warn", check-cfg = ["cfg(docsrs)"] }}

[features]
default = [{default}]
{features}{runtime_features}{cli}
[dependencies]
{needed}{runtime} = {{ {place}, default-features = false }}
serde = {{ version = "1", features = ["derive"] }}
serde_json = "1"

[dev-dependencies]
tokio = {{ version = "1", features = ["macros", "rt-multi-thread"] }}
wiremock = "0.6"
{binary}{examples}{blocking}"#,
        header = header("#", "spec/"),
        name = package.name,
        // What JSON escapes, TOML does in the same way.
        description = serde_json::Value::String(printable(&description(model))),
        version = package.version,
        keywords = quoted(package.keywords),
        categories = quoted(package.categories),
        place = package.runtime.place,
        license = license.unwrap_or_default(),
        default = quoted(&default),
    )
}

/// From this many services on, the manifest says how many there are instead of naming them.
const MANY_SERVICES: usize = 9;

fn description(model: &Model) -> String {
    let names = model.services.iter().map(|it| it.name.to_uppercase());
    let services = match model.services.len() {
        count @ MANY_SERVICES.. => format!("{count} services"),
        _ => names.collect::<Vec<_>>().join(", "),
    };
    let text = model.package.description.replace("{names}", &services);
    setup::said(&text, model)
}

fn readme(model: &Model, contexts: &[Context<'_>], own_calls: bool) -> String {
    let Package { name, readme, .. } = &*model.package;
    let license = model.package.license.as_ref();
    let license = license
        .map(|it| format!("\n\n{}", it.words))
        .unwrap_or_default();
    let callers = match security::list(model) {
        list if list.is_empty() => list,
        list => format!("Calls are authenticated with:\n\n{list}\n\n"),
    };
    let own_calls = if own_calls { readme.own_calls } else { "" };
    format!(
        "# {name}\n\n\
         {intro}\n\n\
         ## Use it\n\n\
         {install}\n\n\
         ```rust,no_run\n{example}\n```\n\n\
         {setup}\n\n\
         ## Operations\n\n{table}\n\
         ## What you can rely on\n\n{promises}\n\
         ## Features\n\n{features}\n\
         ## Where it comes from\n\n\
         {origin}{license}\n",
        intro = setup::said(&readme.intro, model),
        install = readme.install.replace("{name}", name),
        example = chosen(contexts).map(examples::readme).unwrap_or_default(),
        setup = readme
            .setup
            .replace("{own_calls}", own_calls)
            .replace("{callers}", &callers),
        table = operations_table(model),
        promises = promises(&readme.promises, contexts),
        features = features_table(model),
        origin = readme.origin,
    )
}

fn promises(text: &str, contexts: &[Context<'_>]) -> String {
    let made = contexts.iter().find_map(|context| {
        let policy = operation::policies(context).into_iter().next()?;
        let (module, name) = (&context.service.module, &context.operation.type_name);
        Some(format!(
            " The rules are constants: `Password::generate(&{module}::{name}::{policy})` makes one \
             that keeps them."
        ))
    });
    text.replace("{made}", &made.unwrap_or_default())
}

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
                docs.map_or("#operations".to_owned(), |link| address(&link.url)),
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
    table.extend(model.package.command.iter().map(|command| {
        let feature = command::FEATURE;
        format!("| `{feature}` | the command `{}` | no |\n", command.name)
    }));
    table
}
