//! A search for secrets in everything that a command leaves behind or lets others see: its output, the
//! files that it writes, and what the system shows of its process and those that it starts.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use huaweicloud_password_workbench::cloud::DEMO_SECRET_KEY;

use super::terminal::Terminal;
use super::{BINARY, Desk, Ran, ran, until};
use crate::encodings::ENCODINGS;

/// Looks at all processes that have the mark in their environment.
struct Watcher {
    over: Arc<AtomicBool>,
    thread: JoinHandle<Seen>,
}

/// What the system showed of them, by their names.
#[derive(Default)]
struct Seen {
    arguments: BTreeSet<(String, String)>,
    environment: BTreeSet<(String, String)>,
    core_limits: BTreeMap<String, BTreeSet<String>>,
}

const MARK: &str = "SEARCHED_FOR_SECRETS=yes";

impl Watcher {
    fn new() -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let is_over = Arc::clone(&over);
        let thread = std::thread::spawn(move || {
            let mut seen = Seen::default();
            while !is_over.load(Ordering::Relaxed) {
                look(&mut seen);
            }
            seen
        });
        Self { over, thread }
    }

    fn end(self) -> Seen {
        self.over.store(true, Ordering::Relaxed);
        self.thread.join().unwrap()
    }
}

fn look(seen: &mut Seen) {
    for process in fs::read_dir("/proc").unwrap().flatten() {
        let name = process.file_name();
        if !name
            .to_string_lossy()
            .starts_with(|c: char| c.is_ascii_digit())
        {
            continue;
        }
        // It may be gone at any time.
        let read = |file: &str| {
            let bytes = fs::read(process.path().join(file)).unwrap_or_default();
            String::from_utf8_lossy(&bytes).into_owned()
        };
        let name = read("comm");
        let environment = read("environ");
        if !environment.split('\0').any(|it| it == MARK) {
            continue;
        }
        let (limits, arguments) = (read("limits"), read("cmdline"));
        // One that becomes another program meanwhile has the environment of the one and the name of
        // the other.
        if read("comm") != name {
            continue;
        }
        let name = name.trim().to_owned();
        // Between its start and its first line, a process is not yet the command.
        if let Some(line) = limits.lines().find(|it| it.starts_with("Max core")) {
            let all = seen.core_limits.entry(name.clone()).or_default();
            all.insert(line.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        seen.arguments.insert((name.clone(), arguments));
        seen.environment.insert((name, environment));
    }
}

/// All files below a folder.
fn files(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else {
            let bytes = fs::read(&path).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            found.push((path.display().to_string(), text));
        }
    }
}

/// Fails where a secret is in a text, however it is spelled.
fn search(secret: &str, place: &str, text: &str) {
    for (spelling, spell) in ENCODINGS {
        let spelled = spell(secret);
        let spelled = spelled.trim_matches('"').trim_end_matches('=');
        assert!(
            !text.contains(spelled),
            "{secret} stands in {place} ({spelling}): {text}"
        );
    }
}

/// Secrets that operators have, none like another.
const STDIN: &str = "From/Stdin-11";
const FILE: &str = "From/File-2222";
const PROMPT: &str = "From/Prompt-33";
const ARGUMENT: &str = "From/Argument-44";
const WEAK: &str = "weakling55";
const MISSING: &str = "From/Missing-66";
const PLANNED: &str = "From/Plan-7777";

struct Search {
    desk: Desk,
    printed: Vec<(String, String)>,
}

impl Search {
    fn took(&mut self, line: &str, ran: Ran) -> Option<i32> {
        self.printed
            .push((format!("what `{line}` printed"), ran.out));
        self.printed
            .push((format!("the errors of `{line}`"), ran.err));
        ran.code
    }

    fn run(&mut self, line: &str, input: &str, code: i32) {
        let mut command = self.desk.command(line);
        command
            .stdin(Stdio::piped())
            .env("SEARCHED_FOR_SECRETS", "yes");
        let mut child = command.spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let ran = ran(child.wait_with_output().unwrap());
        let said = format!("{ran:?}");
        assert_eq!(self.took(line, ran), Some(code), "{line}: {said}");
    }

    fn asked(&mut self, line: &str, secret: &str) {
        let words: Vec<_> = line.split_whitespace().collect();
        let mut terminal = Terminal::of(BINARY, &words, |command| {
            self.desk.prepare(command);
            command
                .env("TERM", "xterm")
                .env("SEARCHED_FOR_SECRETS", "yes");
        });
        let mut out = String::new();
        for prompt in [": ", "again: "] {
            out += &terminal.see(prompt);
            terminal.write(&format!("{secret}\n"));
        }
        until(|| !terminal.read());
        out += &terminal.seen;
        let code = terminal.code();
        let err = String::new();
        assert_eq!(self.took(line, Ran { code, out, err }), Some(0));
    }
}

const RESET: &str = "dws reset-password --cluster-id cluster-1";

#[test]
fn no_secret_is_anywhere_but_where_it_belongs() {
    let desk = Desk::new();
    desk.write_private("file", FILE);
    desk.write_private("planned", PLANNED);
    desk.write_private("weak", WEAK);
    let watcher = Watcher::new();
    let printed = Vec::new();
    let mut search_of = Search { desk, printed };
    let it = &mut search_of;

    for more in [
        "",
        " -v",
        " --output json",
        " --output yaml",
        " --dry-run",
        " --dry-run --output json",
    ] {
        it.run(&format!("{RESET} --password-stdin{more}"), STDIN, 0);
        it.run(&format!("{RESET} --password-file file{more}"), "", 0);
        it.run(&format!("{RESET} --password-file weak{more}"), "", 3);
        it.run(
            &format!("{RESET} --generate --secret-file secrets{more}"),
            "",
            0,
        );
    }
    it.asked(RESET, PROMPT);
    // Slow, so that it is looked at; what it is given goes where the test can see it.
    let command = "umask 077; cat >>handed; sleep 0.3";
    let mut handed = it
        .desk
        .command(&format!("{RESET} --generate --secret-command"));
    handed.arg(command).env("SEARCHED_FOR_SECRETS", "yes");
    let handed = ran(handed.output().unwrap());
    assert_eq!(it.took("--secret-command", handed), Some(0));
    // One that fails, and repeats what it was given.
    let mut repeats = it
        .desk
        .command(&format!("{RESET} --generate --secret-command"));
    repeats
        .arg("umask 077; tee -a handed >&2; exit 3")
        .env("SEARCHED_FOR_SECRETS", "yes");
    let repeats = ran(repeats.output().unwrap());
    assert_eq!(it.took("--secret-command", repeats), Some(1));
    // The service says no, and says nothing.
    it.desk.fail("{fault: html}, ");
    it.run(&format!("{RESET} --password-stdin -v"), MISSING, 6);
    it.desk.fail("{fault: reset-after}");
    it.run(
        &format!("{RESET} --password-stdin -v --output json"),
        MISSING,
        6,
    );
    it.desk
        .fail("{fault: throttle=0, calls: [1]}, {fault: internal-error=500}");
    it.run(&format!("{RESET} --password-stdin -v"), MISSING, 6);
    it.desk.fail("");

    // A password in each wrong place; all but the arguments themselves are searched for it.
    for line in [
        "dws reset-password --cluster-id x --password SECRET",
        "dws reset-password --cluster-id x --password=SECRET",
        "dws reset-password --cluster-id x --new-password SECRET",
        "dws reset-password --cluster-id x --newpassword SECRET",
        "dws reset-password --cluster-id x --pasword=SECRET",
        "dws reset-password --cluster-id x --password-stdin=SECRET",
        "dws reset-password --cluster-id x --password-stdin SECRET",
        "dws reset-password --cluster-id x --generate=SECRET",
        "dws reset-password --cluster-id x --generate SECRET",
        "dws reset-password --cluster-id x --dry-run=SECRET",
        "dws reset-password --cluster-id x -pSECRET",
        "dws reset-password --cluster-id x -p SECRET",
        "dws reset-password --cluster-id x SECRET",
        "dws reset-password --cluster-id x -- SECRET",
        "dws reset-password --cluster-id x --output SECRET",
        "dws reset-password --cluster-id x --rate SECRET",
        "dws reset-password --cluster-id x --timeout SECRET",
        "dws reset-password --cluster-id x --credentials SECRET",
        "dws reset-password --cluster-id x --allow-plain-http=SECRET",
        "dws reset-password --cluster-id x --proxy http://user:SECRET@127.0.0.1",
        "dws reset-pasword SECRET",
        "dws SECRET",
        "SECRET",
        "dcs reset-password --instance-id x --no-password-access=SECRET",
        "dcs reset-password --instance-id x --no-password-access SECRET",
        "iam keystone-create-user-token-by-password --auth SECRET",
        "batch plan.csv SECRET",
        "batch plan.csv --again SECRET",
        "batch plan.csv --concurrency SECRET",
        "batch plan.csv --max-failures SECRET",
        "policy SECRET",
        "completions SECRET",
        "whoami SECRET",
    ] {
        it.desk.write(
            "plan.csv",
            "service,cluster_id,password\ndws,cluster-2,generate\n",
        );
        let mut command = it.desk.command(&line.replace("SECRET", ARGUMENT));
        let ended = ran(command.output().unwrap());
        assert_eq!(
            it.took(line, ended),
            Some(2),
            "{line}: {:?}",
            it.printed.last()
        );
    }

    let plan = "service,operation,cluster_id,instance_id,server_id,password
dws,,cluster-2,,,generate
dcs,,,instance-1,,file:planned
cbh,,,,server-1,generate
ecs,,,,server-2,
";
    it.desk.write("plan.csv", plan);
    for line in [
        "batch plan.csv --secret-file secrets --dry-run",
        "batch plan.csv --secret-file secrets -v",
        "batch plan.csv --output json",
    ] {
        it.run(line, "", 0);
    }
    it.desk.write("handing.csv", plan);
    let mut handing = it.desk.command("batch handing.csv --secret-command");
    handing.arg(command).env("SEARCHED_FOR_SECRETS", "yes");
    let handing = ran(handing.output().unwrap());
    assert_eq!(it.took("batch with a command", handing), Some(0));
    // The password itself where its source belongs, and a cell too many.
    let wrong =
        plan.replace("generate", ARGUMENT) + &format!("dws,,cluster-4,,,generate,{ARGUMENT}\n");
    for (name, text) in [
        ("cell.csv", plan.replace("generate", ARGUMENT)),
        ("cells.csv", wrong),
    ] {
        it.desk.write(name, text);
        it.run(&format!("batch {name}"), "", 2);
        fs::remove_file(it.desk.path(name)).unwrap();
    }

    let seen = watcher.end();
    let mut made = Vec::new();
    for name in ["secrets", "handed"] {
        for record in it.desk.lines(name) {
            made.push(record["secret"].as_str().unwrap().to_owned());
        }
        fs::remove_file(it.desk.path(name)).unwrap();
    }
    assert!(made.len() > 8, "{}", made.len());
    for name in ["file", "planned", "weak"] {
        fs::remove_file(it.desk.path(name)).unwrap();
    }
    let mut left = Vec::new();
    files(it.desk.folder.path(), &mut left);
    for name in [
        "plan.csv.journal",
        "plan.csv.report.csv",
        "handing.csv.journal",
    ] {
        assert!(left.iter().any(|(path, _)| path.ends_with(name)), "{name}");
    }
    let given = [STDIN, FILE, PROMPT, ARGUMENT, WEAK, MISSING, PLANNED].map(str::to_owned);
    for secret in made.iter().chain(&given) {
        for (place, text) in it.printed.iter().chain(&left) {
            search(secret, place, text);
        }
        for (name, text) in &seen.arguments {
            search(secret, &format!("the arguments of {name}"), text);
        }
        for (name, text) in &seen.environment {
            search(secret, &format!("the environment of {name}"), text);
        }
    }
    for (place, text) in it.printed.iter().chain(&left) {
        search(DEMO_SECRET_KEY, place, text);
    }

    // The watcher saw what it was to see, and the credentials are the command's alone.
    let command = seen
        .core_limits
        .keys()
        .find(|it| it.starts_with("command-of"));
    let command = command.expect("the command was seen").clone();
    let limits = &seen.core_limits[&command];
    assert!(
        limits.contains("Max core file size 0 0 bytes"),
        "{limits:?}"
    );
    assert_eq!(seen.core_limits["sleep"].len(), 1);
    assert_eq!(
        &seen.core_limits["sleep"].first().unwrap()[..],
        "Max core file size 0 0 bytes"
    );
    for (name, text) in &seen.environment {
        let has_it = text.contains(DEMO_SECRET_KEY);
        assert!(
            !has_it || !["sh", "cat", "sleep", "tee"].contains(&name.as_str()),
            "{name}: {text}"
        );
    }
}

#[test]
fn a_secret_would_be_found() {
    for (_, spell) in ENCODINGS {
        let text = format!("error: {} is not allowed", spell(STDIN));
        assert!(std::panic::catch_unwind(|| search(STDIN, "a text", &text)).is_err());
    }
}
