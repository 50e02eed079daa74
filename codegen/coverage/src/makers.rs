//! Calls of crates of many makers, decoded by readers of the documents that are not ours.

mod call;
mod compare;
mod document;
mod kinds;
mod values;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use huaweicloud_codegen::profile::{Neutral, Profile as _, RuntimePlace};
use huaweicloud_codegen::{ClientCrate, Policy, render_under, source_of};
use serde_json::{Value, json};

/// Where this repository is.
const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The program that makes the calls of a crate. Those of all crates are built into one folder.
fn program(name: &str) -> String {
    format!("calls_of_{name}")
}

/// Where it is once it is built.
fn built(out: &Path, name: &str) -> PathBuf {
    out.join("target/debug/examples").join(program(name))
}

/// Makes the crates with their programs, compiles them, makes the calls to a server of the readers,
/// and prints what arrived.
pub fn all(
    folder: &Path,
    list: &[&str],
    out: &Path,
    python: &Path,
    each: usize,
) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(out)?;
    let mut makers = Vec::new();
    for (index, document) in list.iter().enumerate() {
        let name = format!("maker{index:02}");
        eprintln!("{name}: {document}");
        makers.push(maker(
            &folder.join(document),
            &out.join(&name),
            &name,
            each,
        )?);
    }
    let names: Vec<_> = (0..list.len()).map(|it| format!("maker{it:02}")).collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = {names:?}\n\n[profile.dev]\ndebug = false\n"
    );
    fs::write(out.join("Cargo.toml"), manifest)?;
    fs::copy(
        Path::new(REPOSITORY).join("Cargo.lock"),
        out.join("Cargo.lock"),
    )?;
    let documents: Vec<_> = list.iter().map(|it| folder.join(it)).collect();
    fs::write(out.join("documents.json"), json!(documents).to_string())?;
    for name in &names {
        // Those of a run before, should they not compile now; none the first time.
        let _ = fs::remove_file(built(out, name));
    }
    // One that does not compile is told of where its calls would be.
    Command::new("cargo")
        .args(["build", "--workspace", "--keep-going", "--quiet"])
        .args(
            names
                .iter()
                .flat_map(|it| ["--example".to_owned(), program(it)]),
        )
        .current_dir(out)
        .status()?;
    let server = Server::start(python, out)?;
    println!("| document | kinds | calls | as given | by the second reader | differ |");
    println!("|---|---|---|---|---|---|");
    let mut details = String::new();
    for ((name, document), calls) in names.iter().zip(list).zip(&makers) {
        let Ended { row, detail } = run(out, name, &server.address, calls)?;
        println!("| `{document}` | {row} |");
        if !detail.is_empty() {
            details.push_str(&format!("\n{name} {document}\n{detail}"));
        }
    }
    println!("{details}");
    Ok(())
}

/// Writes the crate of a document and the calls of it. What the calls are is told again.
fn maker(path: &Path, out: &Path, name: &str, each: usize) -> Result<Vec<Value>, Box<dyn Error>> {
    let document: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    let chosen = kinds::choose(&document, each);
    let operations: Vec<_> = chosen.iter().map(|it| it.operation).collect();
    fs::create_dir_all(out)?;
    let cut = out.join("api.json");
    fs::write(
        &cut,
        serde_json::to_string_pretty(&document::cut(&document, &operations))?,
    )?;
    let runtime = Path::new(REPOSITORY).canonicalize()?.join("runtime/core");
    let runtime = RuntimePlace::Path(runtime.display().to_string());
    ClientCrate::of(&cut)
        .name(name)
        .out(out)
        .runtime(runtime.clone())
        .write()
        .map_err(|it| it.to_string())?;
    let profile = Neutral::new(name, runtime);
    let rendered = render_under(
        &[source_of(&cut, None, profile.package())?],
        &profile,
        &Policy::permissive(),
    );
    let rendered = rendered.map_err(|_| "the document is refused")?;
    let service = rendered.model.services.first().ok_or("no service")?;
    let mut calls = Vec::new();
    for choice in &chosen {
        match call::of(choice, service, name) {
            Ok(call) => calls.push(call),
            Err(why) => eprintln!("  {} is not called: {why}", choice.operation.name()),
        }
    }
    fs::create_dir_all(out.join("examples"))?;
    let code = call::program(&calls, name);
    let path = out.join(format!("examples/{}.rs", program(name)));
    // Not written anew where it is the same, so that nothing is compiled anew.
    if fs::read_to_string(&path).ok().as_ref() != Some(&code) {
        fs::write(path, code)?;
    }
    let facts: Vec<_> = calls.into_iter().map(|it| it.facts).collect();
    fs::write(
        out.join("calls.json"),
        serde_json::to_string_pretty(&facts)?,
    )?;
    Ok(facts)
}

/// What came of the calls of a crate.
struct Ended {
    row: String,
    detail: String,
}

fn run(out: &Path, name: &str, address: &str, calls: &[Value]) -> Result<Ended, Box<dyn Error>> {
    let seen_at = out.join(name).join("seen.jsonl");
    // From the run before; none the first time.
    let _ = fs::remove_file(&seen_at);
    let program = built(out, name);
    if !program.exists() {
        return Ok(Ended {
            row: format!(" | {} | | | does not compile", calls.len()),
            detail: String::new(),
        });
    }
    let said = Command::new(program)
        .env("ENDPOINT", format!("{address}/{name}"))
        .output()?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let said: Vec<String> = said
        .lines()
        .map(|it| serde_json::from_str(it).unwrap_or_default())
        .collect();
    let mut seen = BTreeMap::new();
    for line in fs::read_to_string(&seen_at).unwrap_or_default().lines() {
        let line: Value = serde_json::from_str(line)?;
        let index = line.get("call").and_then(Value::as_u64).unwrap_or_default();
        seen.entry(index).or_insert(line);
    }
    let (mut good, mut second, mut detail) = (0, 0, String::new());
    let mut kinds: BTreeMap<&str, bool> = BTreeMap::new();
    for (index, facts) in calls.iter().enumerate() {
        let said = said.get(index).map_or("the program ended", String::as_str);
        let outcome = compare::call(facts, seen.get(&(index as u64)), said);
        let shown: Vec<_> = document::items(facts.get("shown")).collect();
        for kind in document::items(facts.get("kinds")) {
            let arrived = outcome.differs.is_empty() && shown.contains(&kind);
            *kinds.entry(kind.as_str().unwrap_or_default()).or_default() |= arrived;
        }
        good += usize::from(outcome.differs.is_empty());
        second += usize::from(outcome.differs.is_empty() && !outcome.second.is_empty());
        if !outcome.differs.is_empty() || !outcome.second.is_empty() {
            let operation = document::text(facts, "operation");
            detail.push_str(&format!("  {index} {operation}\n"));
            for line in outcome.differs {
                detail.push_str(&format!("    ! {}\n", short(&line)));
            }
            for line in outcome.second {
                detail.push_str(&format!("    by the second reader: {line}\n"));
            }
        }
    }
    let arrived = kinds.values().filter(|it| **it).count();
    let missing = kinds.iter().filter(|it| !it.1).map(|it| it.0);
    for kind in missing {
        detail.push_str(&format!("  in no call as given: {kind}\n"));
    }
    Ok(Ended {
        row: format!(
            "{arrived} of {} | {} | {good} | {second} | {}",
            kinds.len(),
            calls.len(),
            calls.len() - good
        ),
        detail,
    })
}

fn short(line: &str) -> String {
    let line = line.replace('\n', " ");
    match line.char_indices().nth(700) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// The server of the readers; it ends with this.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(python: &Path, out: &Path) -> Result<Self, Box<dyn Error>> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/reader/serve.py");
        let mut child = Command::new(python)
            .arg(script)
            .arg(out)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut address = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout).read_line(&mut address)?;
        }
        let address = address.trim().to_owned();
        Ok(Self { child, address })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing more to do about it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
