//! Crates of documents of others, checked by Cargo.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use huaweicloud_codegen::ClientCrate;
use huaweicloud_codegen::generate::GenerateError;
use huaweicloud_codegen::profile::RuntimePlace;
use serde_json::Value;

/// Where this repository is.
const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// What Cargo says of a crate.
#[derive(Default)]
struct Said {
    errors: usize,
    warnings: usize,
    first: String,
}

/// Makes a crate of each document, checks them, and prints what Cargo said of each.
pub fn all(folder: &Path, list: &[&str], out: &Path, lib: bool) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(out)?;
    let repository = Path::new(REPOSITORY).canonicalize()?;
    let runtime = repository.join("runtime/core").display().to_string();
    let mut said: BTreeMap<String, Said> = BTreeMap::new();
    let mut of = BTreeMap::new();
    for (index, document) in list.iter().enumerate() {
        let name = format!("sample{index:02}");
        let made = ClientCrate::of(folder.join(document))
            .name(&name)
            .out(out.join(&name))
            .runtime(RuntimePlace::Path(runtime.clone()))
            .write();
        of.insert(name.clone(), *document);
        match made {
            Ok(_) => {
                said.insert(name, Said::default());
            }
            Err(GenerateError::Documents { diagnostics, .. }) => {
                let first = diagnostics.iter().next().map(|it| it.message.as_str());
                println!("{document}: refused: {}", first.unwrap_or_default());
            }
            Err(error) => println!("{document}: {error}"),
        }
    }
    let members: Vec<_> = said.keys().map(|it| format!("{it:?}")).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = false\n",
        members.join(", ")
    );
    std::fs::write(out.join("Cargo.toml"), manifest)?;
    std::fs::copy(repository.join("Cargo.lock"), out.join("Cargo.lock"))?;
    check(out, lib, &mut said)?;
    let mut sound = 0;
    for (name, said) in &said {
        let document = of.get(name).copied().unwrap_or_default();
        if said.errors + said.warnings == 0 {
            sound += 1;
            continue;
        }
        println!(
            "{name} {document}: {} errors, {} warnings\n{}",
            said.errors, said.warnings, said.first
        );
    }
    println!("{sound} of {} compile without a warning", list.len());
    Ok(())
}

fn check(out: &Path, lib: bool, said: &mut BTreeMap<String, Said>) -> Result<(), Box<dyn Error>> {
    let mut command = Command::new("cargo");
    command.args(["check", "--workspace", "--keep-going"]);
    command.args(["--message-format", "json", "--quiet"]);
    if lib {
        command.arg("--lib");
    } else {
        command.args(["--lib", "--tests", "--examples"]);
        command.args(["--features", "mock,blocking"]);
    }
    let mut child = command.current_dir(out).stdout(Stdio::piped()).spawn()?;
    let lines = child.stdout.take().into_iter();
    for line in lines.flat_map(|it| BufReader::new(it).lines()) {
        let line: Value = serde_json::from_str(&line?)?;
        let target = line.get("package_id").and_then(Value::as_str);
        let (Some(message), Some(target)) = (line.get("message"), target) else {
            continue;
        };
        let Some(said) = said
            .iter_mut()
            .find(|it| target.contains(&format!("/{}#", it.0)))
        else {
            continue;
        };
        match message.get("level").and_then(Value::as_str) {
            Some("error") => said.1.errors += 1,
            Some("warning") => said.1.warnings += 1,
            _ => continue,
        }
        if said.1.first.is_empty() {
            let rendered = message.get("rendered").and_then(Value::as_str);
            said.1.first = rendered.unwrap_or_default().to_owned();
        }
    }
    let status = child.wait()?;
    // Cargo ends so too where a crate does not compile, which was counted.
    if !status.success() && said.values().all(|it| it.errors == 0) {
        return Err(
            format!("Cargo stopped for another reason than what it compiled: {status}").into(),
        );
    }
    Ok(())
}
