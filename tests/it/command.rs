//! `hwc-password` as operators run it, against the simulator.
#![cfg(target_os = "linux")]

mod batch;
mod kill;
mod new_operation;
mod reruns;
mod screens;
mod search;
mod stops;
#[path = "../../runtime/command/src/prompt/tests/terminal.rs"]
mod terminal;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use huaweicloud_codegen::Source;
use huaweicloud_codegen::workspace::documents_in;
use huaweicloud_password_workbench::cloud::{self, DEMO_ACCESS_KEY, DEMO_SECRET_KEY};
use openapi_simulator::fault::FaultPlan;
use openapi_simulator::{Builder, RunningSimulator};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tokio::runtime::Runtime;

const PROJECT: &str = "bbf1946d374b44a0a2a95533562ba954";

/// An operator's folder, and a cloud to work on.
struct Desk {
    folder: tempfile::TempDir,
    simulator: RunningSimulator,
    /// It serves while it is there.
    _runtime: Runtime,
}

/// What a command left behind.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        Self::with(|simulator| simulator)
    }

    fn with(change: impl FnOnce(Builder) -> Builder) -> Self {
        let runtime = Runtime::new().unwrap();
        let simulator = change(cloud::simulator()).start();
        Self {
            folder: tempfile::tempdir().unwrap(),
            simulator: runtime.block_on(simulator).unwrap(),
            _runtime: runtime,
        }
    }

    /// One whose calls go wrong by these rules, as YAML.
    fn failing(rules: &str) -> Self {
        let plan = FaultPlan::parse(&format!("{{seed: 7, rules: [{rules}]}}")).unwrap();
        Self::with(|simulator| simulator.faults(plan))
    }

    /// From here on, calls go wrong by these rules.
    fn fail(&self, rules: &str) {
        let plan = FaultPlan::parse(&format!("{{seed: 7, rules: [{rules}]}}")).unwrap();
        self.simulator.set_faults(plan).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).unwrap();
    }

    /// A file for its owner alone.
    fn write_private(&self, name: &str, text: &str) {
        use std::os::unix::fs::PermissionsExt as _;

        self.write(name, text);
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o600)).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Lets a command work here: nothing of who runs the tests has a part in it.
    fn prepare(&self, command: &mut Command) {
        command
            .env_clear()
            .envs(std::env::vars_os().filter(|(name, _)| name == "PATH"))
            .envs([
                ("HWC_ENDPOINT", self.simulator.endpoint().as_str()),
                ("HWC_REGION", "cn-north-4"),
                ("HUAWEICLOUD_SDK_AK", DEMO_ACCESS_KEY),
                ("HUAWEICLOUD_SDK_SK", DEMO_SECRET_KEY),
                ("HUAWEICLOUD_SDK_PROJECT_ID", PROJECT),
            ])
            .env("HOME", self.folder.path())
            .env("XDG_CONFIG_HOME", self.folder.path())
            .env("TMPDIR", self.folder.path())
            .current_dir(self.folder.path());
    }

    /// The command with arguments that hold no space. `COMMAND_UNDER_TEST` names another build of it.
    fn command(&self, line: &str) -> Command {
        let other = std::env::var_os("COMMAND_UNDER_TEST");
        let mut command = Command::new(other.unwrap_or_else(|| BINARY.into()));
        self.prepare(&mut command);
        command
            .args(line.split_whitespace())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, line: &str) -> Ran {
        ran(self.command(line).output().unwrap())
    }

    fn start(&self, line: &str) -> Child {
        self.command(line).spawn().unwrap()
    }

    fn processed(&self, service: &str, resource: &str) -> u64 {
        self.simulator.ledger().processed(service, resource)
    }

    /// Waits until the journal says of so many requests that they may leave, and gives them the time.
    fn wait_for_sending(&self, requests: usize) {
        until(|| {
            let journal = fs::read_to_string(self.path("plan.csv.journal"));
            journal.is_ok_and(|it| it.matches("\"sending\"").count() >= requests)
        });
        std::thread::sleep(std::time::Duration::from_millis(200));
    }

    /// The lines of a file of JSON.
    fn lines(&self, name: &str) -> Vec<Value> {
        let text = self.read(name);
        let lines = text.lines();
        lines.map(|it| serde_json::from_str(it).unwrap()).collect()
    }
}

const BINARY: &str = env!("CARGO_BIN_EXE_command-of-the-client");

fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn until(mut is_so: impl FnMut() -> bool) {
    let end = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while !is_so() {
        assert!(std::time::Instant::now() < end, "it took too long");
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

fn signal(child: &Child, signal: Signal) {
    let id = Pid::from_raw(child.id().try_into().unwrap()).unwrap();
    kill_process(id, signal).unwrap();
}

/// The documents of `spec/`, changed.
fn documents(change: impl Fn(&Source) -> String) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let documents = documents_in(&root.join("spec"), Some(root)).unwrap();
    let changed = documents.iter().map(|it| it.with_text(change(it)));
    changed.collect()
}

/// Compares a screen with the one that a person has read; `UPDATE_EXPECTED=1` writes it anew.
fn expect(name: &str, found: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("tests/fixtures/command").join(name);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, expected, "{name}; UPDATE_EXPECTED=1 writes it anew");
}
