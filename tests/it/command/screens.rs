//! What an operator sees of each subcommand, in a terminal and without one. The files in
//! `tests/fixtures/command` are what a person has read.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use super::batch::plan_of;
use super::terminal::{SIZE, Terminal};
use super::{BINARY, Desk, expect, ran, until};
use openapi_simulator::state::Listing;

/// A desk where the command has its own name.
fn desk(faults: &str) -> Desk {
    let plan = openapi_simulator::fault::FaultPlan::parse(&format!("rules: [{faults}]")).unwrap();
    let there = "services: {dws: {only_listed: true, resources: {cluster-0: {}, cluster-1: {}, \
                 cluster-2: {}}}}";
    let there = Listing::parse(there).unwrap();
    let change =
        |it: openapi_simulator::Builder| it.fixed_request_ids().resources(there).faults(plan);
    let desk = Desk::with(change);
    fs::create_dir(desk.path("bin")).unwrap();
    std::os::unix::fs::symlink(BINARY, desk.path("bin/hwc-password")).unwrap();
    desk
}

/// What was typed and what came of it, one after the other.
struct Log<'a> {
    desk: &'a Desk,
    text: String,
}

impl<'a> Log<'a> {
    fn new(desk: &'a Desk) -> Self {
        let text = String::new();
        Self { desk, text }
    }

    fn add(&mut self, line: &str, shown: &str, code: Option<i32>) {
        let shown = shown.trim_end();
        let code = code.map_or("no code".to_owned(), |it| it.to_string());
        writeln!(self.text, "$ hwc-password {line}\n{shown}\n[exit {code}]\n").unwrap();
    }

    /// Without a terminal.
    fn piped(&mut self, line: &str) -> &mut Self {
        self.given(line, "")
    }

    /// The same with something on standard input.
    fn given(&mut self, line: &str, input: &str) -> &mut Self {
        self.changed(line, input, |_| {})
    }

    fn changed(&mut self, line: &str, input: &str, change: impl FnOnce(&mut Command)) -> &mut Self {
        // Where there is a terminal, it would be asked.
        let mut command = Command::new("setsid");
        self.desk.prepare(&mut command);
        command
            .arg("--wait")
            .arg(self.desk.path("bin/hwc-password"));
        command.args(line.split_whitespace());
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        change(&mut command);
        let mut child = command.spawn().unwrap();
        // Who does not read it closes it.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let ran = ran(child.wait_with_output().unwrap());
        self.add(line, &format!("{}{}", ran.err, ran.out), ran.code);
        self
    }

    /// In a terminal: waits for each text and then types.
    fn typed(&mut self, line: &str, keys: &[(&str, &str)]) -> &mut Self {
        let words: Vec<_> = line.split_whitespace().collect();
        let program = self.desk.path("bin/hwc-password").display().to_string();
        let mut terminal = Terminal::of(&program, &words, |command| {
            self.desk.prepare(command);
            command.env("TERM", "xterm");
        });
        let mut shown = String::new();
        for (prompt, keys) in keys {
            shown += &terminal.see(prompt);
            assert!(!terminal.has_echo(), "{shown}");
            terminal.write(keys);
        }
        until(|| !terminal.read());
        shown += &terminal.seen;
        assert!(terminal.has_echo(), "{shown}");
        let code = terminal.code();
        self.add(line, &screen(&shown), code);
        self
    }

    /// The log without what differs from run to run.
    fn masked(&self) -> String {
        let folder = self.desk.folder.path().display().to_string();
        masked(&self.text.replace(&folder, "HOME"))
    }
}

/// What a terminal shows of it.
fn screen(bytes: &str) -> String {
    let [lines, columns] = [SIZE.0, SIZE.1].map(|it| it.try_into().unwrap());
    let mut parser = vt100::Parser::new(lines, columns, 0);
    parser.process(bytes.as_bytes());
    parser.screen().contents()
}

/// Puts words in the place of times and ports.
fn masked(text: &str) -> String {
    const SHAPES: [(&str, &str); 4] = [
        ("0000-00-00T00:00:00Z", "TIME"),
        ("00000000T000000Z", "TIME"),
        ("127.0.0.1:00000", "127.0.0.1:PORT"),
        ("127.0.0.1:0000", "127.0.0.1:PORT"),
    ];
    // A nought in a shape is any digit, but in an address that is the same each time.
    let fits = |text: &str, shape: &str| {
        let (fixed, shape) = match shape.strip_prefix("127.0.0.1:") {
            Some(port) => ("127.0.0.1:", port),
            None => ("", shape),
        };
        let found = text
            .strip_prefix(fixed)
            .and_then(|it| it.as_bytes().get(..shape.len()));
        let is_one = |(found, shape): (&u8, u8)| match shape {
            b'0' => found.is_ascii_digit(),
            other => *found == other,
        };
        found.is_some_and(|it| it.iter().zip(shape.bytes()).all(is_one))
    };
    let (mut masked, mut rest) = (String::new(), text);
    while let Some(first) = rest.chars().next() {
        if let Some((shape, word)) = SHAPES.iter().find(|(shape, _)| fits(rest, shape)) {
            masked.push_str(word);
            rest = &rest[shape.len()..];
        } else {
            masked.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    // `after 4.2ms` of an attempt.
    let mut parts = masked.split(" after ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let time = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let unit = ["ms", "µs", "ns", "s"]
            .iter()
            .find_map(|it| time.strip_prefix(it));
        match unit.filter(|_| time.len() < part.len()) {
            Some(rest) => text + " after TIME" + rest,
            None => text + " after " + part,
        }
    })
}

const RESET: &str = "dws reset-password --cluster-id cluster-0";
const GOOD: &str = "Correct-Horse-42\n";

#[test]
fn a_secret_is_asked_for_in_a_terminal() {
    let desk = desk("");
    let mut log = Log::new(&desk);
    let (new, again) = ("new password for reset-password: ", "again: ");
    log.typed(RESET, &[(new, GOOD), (again, GOOD)])
        .typed(
            RESET,
            &[
                (new, GOOD),
                (again, "Other-Horse-42\n"),
                (new, "\n"),
                (new, GOOD),
                (again, GOOD),
            ],
        )
        .typed(RESET, &[(new, "\n"), (new, "\n"), (new, "\n")])
        .typed(RESET, &[(new, "half\u{3}")])
        .typed(RESET, &[(new, "\u{4}")])
        .typed(RESET, &[(new, "short\n"), (again, "short\n")])
        .typed(
            "dcs reset-password --instance-id instance-1 --no-password-access",
            &[],
        );
    assert!(
        !log.text.contains("Horse") && !log.text.contains("short\n"),
        "{}",
        log.text
    );
    expect("prompts.txt", &log.masked());
    assert_eq!(desk.processed("dws", "cluster-0"), 2);
}

#[test]
fn what_is_made_is_shown_in_a_terminal_alone() {
    let desk = desk("");
    let mut log = Log::new(&desk);
    log.typed(
        &format!("{RESET} --generate --secret-file secrets --show"),
        &[],
    );
    let made = desk.lines("secrets")[0]["secret"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(log.text.contains(&made), "{}", log.text);
    log.text = log.text.replace(&made, "THE-NEW-PASSWORD");
    log.piped(&format!("{RESET} --generate --secret-file secrets --show"))
        .piped(&format!("{RESET} --generate"))
        .piped(&format!("{RESET} --generate --secret-file secrets"))
        .piped(&format!(
            "{RESET} --generate --secret-command cat>/dev/null --output json"
        ))
        .piped(&format!(
            "{RESET} --generate --secret-command false --output json"
        ));
    desk.write("readable", "");
    log.piped(&format!("{RESET} --generate --secret-file readable"))
        .piped(&format!("{RESET} --generate --secret-file nowhere/secrets"));
    expect("made.txt", &log.masked());
}

#[test]
fn one_call_without_a_terminal() {
    let desk = desk("");
    desk.write_private("password", GOOD);
    desk.write("readable", GOOD);
    let mut log = Log::new(&desk);
    log.piped(RESET)
        .given(&format!("{RESET} --password-stdin"), GOOD)
        .given(&format!("{RESET} --password-stdin --output json"), GOOD)
        .given(&format!("{RESET} --password-stdin --output yaml"), GOOD)
        .given(&format!("{RESET} --password-stdin -v"), GOOD)
        .given(&format!("{RESET} --password-stdin --dry-run"), GOOD)
        .given(&format!("{RESET} --password-stdin"), "weak\n")
        .given(&format!("{RESET} --password-stdin --output json"), "weak\n")
        .given(&format!("{RESET} --password-stdin"), "")
        .piped(&format!("{RESET} --password-file password"))
        .piped(&format!("{RESET} --password-file readable"))
        .piped(&format!("{RESET} --password-file missing"))
        .piped(&format!("{RESET} --password Correct-Horse-42"))
        .piped(&format!("{RESET} Correct-Horse-42"))
        .piped("dws reset-password")
        .piped("dws reset-pasword --cluster-id x")
        .piped(&format!("{RESET} --pasword-file x"))
        .piped(&format!("{RESET} --pasword-file x --output json"))
        .piped("dws reset-password --cluster-id nowhere --password-file password")
        .piped("dws reset-password --cluster-id nowhere --password-file password --output json")
        .piped("ecs show-reset-password-flag --server-id server-1")
        .piped("ecs show-reset-password-flag --server-id server-1 --output yaml");
    for (name, value) in [
        ("HUAWEICLOUD_SDK_SK", "wrong"),
        ("HWC_ENDPOINT", "http://127.0.0.1:9"),
        ("HWC_ENDPOINT", "http://example.com"),
        ("HWC_TIMEOUT", "soon"),
        ("HWC_REGION", ""),
    ] {
        writeln!(log.text, "$ export {name}={value}").unwrap();
        let line = format!("{RESET} --password-file password");
        log.changed(&line, "", |command| {
            command.env(name, value);
        });
    }
    assert!(
        !log.text
            .replace("--password Correct", "")
            .replace("cluster-0 Correct", "")
            .contains("Correct")
    );
    expect("one.txt", &log.masked());
}

#[test]
fn a_call_that_may_have_been_processed_says_so() {
    let desk = desk("{fault: reset-after}");
    desk.write_private("password", GOOD);
    let mut log = Log::new(&desk);
    log.piped(&format!("{RESET} --password-file password"))
        .piped(&format!("{RESET} --password-file password --output json"));
    desk.fail("{fault: throttle=1}");
    log.piped(&format!("{RESET} --password-file password --timeout 2s"));
    desk.fail("{fault: unavailable}");
    log.piped(&format!("{RESET} --password-file password -v"));
    expect("uncertain.txt", &log.masked());
}

#[test]
fn a_plan_in_a_terminal_and_without_one() {
    let desk = desk("");
    desk.write("plan.csv", plan_of(5));
    let batch = "batch plan.csv --secret-file secrets --concurrency 1";
    let mut log = Log::new(&desk);
    log.piped("batch plan.csv --dry-run")
        .piped("batch plan.csv")
        .piped(batch);
    desk.fail("{fault: reset-after}");
    desk.write("other.csv", plan_of(3));
    let other = "batch other.csv --secret-file others --concurrency 1";
    log.typed(other, &[]);
    desk.fail("");
    log.typed(other, &[])
        .typed(&format!("{other} --dry-run"), &[])
        .typed(
            &format!("{other} --done 2 --again 3 --again 4 --output yaml"),
            &[],
        )
        .typed(other, &[])
        .piped(&format!("{other} --again 9"))
        .piped("batch missing.csv");
    writeln!(
        log.text,
        "$ cat plan.csv.report.csv\n{}",
        desk.read("plan.csv.report.csv")
    )
    .unwrap();
    writeln!(
        log.text,
        "$ cat other.csv.journal\n{}",
        desk.read("other.csv.journal")
    )
    .unwrap();
    expect("batch.txt", &log.masked());
}

#[test]
fn a_bar_shows_how_far_a_plan_is() {
    let desk = desk("{fault: delay=700ms}");
    desk.write("plan.csv", plan_of(3));
    let program = desk.path("bin/hwc-password").display().to_string();
    let line = "batch plan.csv --secret-file secrets --concurrency 1";
    let words: Vec<_> = line.split(' ').collect();
    let mut terminal = Terminal::of(&program, &words, |command| {
        desk.prepare(command);
        command.env("TERM", "xterm");
    });
    let shown = screen(&(terminal.see("1/3") + &terminal.see("left")));
    assert_eq!(shown.lines().count(), 1, "{shown}");
    assert!(
        shown.starts_with('█') && shown.chars().count() <= 80,
        "{shown}"
    );
    // The first stops, and what is under way is waited for.
    terminal.write("\u{3}");
    terminal.see("stopping: no more rows are begun");
    until(|| !terminal.read());
    let rest = screen(&terminal.seen);
    assert!(!rest.contains('█'), "{rest}");
    assert_eq!(terminal.code(), Some(130));
}

#[test]
fn who_calls_and_what_codes_mean() {
    let desk = desk("");
    let mut log = Log::new(&desk);
    // The metadata service is another on each machine.
    let environment = "whoami --credentials environment";
    log.piped(environment)
        .piped(&format!("{environment} --output json"))
        .typed(environment, &[])
        .piped("whoami --credentials file");
    writeln!(log.text, "$ unset HUAWEICLOUD_SDK_AK HUAWEICLOUD_SDK_SK").unwrap();
    log.changed(environment, "", |command| {
        command
            .env_remove("HUAWEICLOUD_SDK_AK")
            .env_remove("HUAWEICLOUD_SDK_SK");
    });
    writeln!(log.text, "$ export HUAWEICLOUD_SDK_SK=wrong").unwrap();
    log.changed(environment, "", |command| {
        command.env("HUAWEICLOUD_SDK_SK", "wrong");
    });
    log.piped("explain APIGW.0301")
        .typed("explain DCS.4845", &[])
        .piped("explain 404")
        .piped("explain exit:6 --output json")
        .piped("explain NO.SUCH")
        .piped("policy")
        .piped("policy dws dcs/reset-password")
        .piped("policy dws --output yaml")
        .piped("policy redis");
    expect("answers.txt", &log.masked());
}

#[test]
fn help_has_the_words_of_the_documents() {
    let desk = desk("");
    let mut log = Log::new(&desk);
    for line in [
        "",
        "-h",
        "dws",
        "dws -h",
        "dws reset-password -h",
        "cbh reset-instance-password -h",
        "batch -h",
        "whoami -h",
        "policy -h",
        "explain -h",
        "completions -h",
        "man -h",
        "--version",
    ] {
        log.typed(line, &[]);
    }
    expect("help-short.txt", &log.masked());
    let mut log = Log::new(&desk);
    for line in [
        "--help",
        "dws --help",
        "dws reset-password --help",
        "dcs reset-password --help",
        "batch --help",
        "whoami --help",
    ] {
        log.typed(line, &[]);
    }
    expect("help-long.txt", &log.masked());
}

#[test]
fn completions_and_manual_pages_name_the_operations() {
    let desk = desk("");
    for shell in ["bash", "zsh", "fish"] {
        let ran = desk.run(&format!("completions {shell}"));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        for word in ["reset-instance-password", "cluster-id", "secret-file"] {
            assert!(ran.out.contains(word), "{shell}: {word}");
        }
    }
    let script = desk.run("completions bash").out;
    let checked = Command::new("bash").args(["-n", "-c", &script]).output();
    let checked = checked.unwrap();
    assert!(checked.status.success(), "{checked:?}");
    assert_eq!(desk.run("man pages").code, Some(0));
    let page = fs::read_to_string(desk.path("pages/hwc-password-dws-reset-password.1")).unwrap();
    for word in [
        "The cluster whose administrator gets the password",
        "\\-\\-cluster\\-id",
    ] {
        assert!(page.contains(word), "{page}");
    }
}

#[test]
fn the_documentation_has_the_exit_codes_of_the_help() {
    let help = Desk::new().run("--help").out;
    let (_, codes) = help.split_once("Exit codes:").unwrap();
    let codes = codes
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let told: Vec<_> = codes.collect();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/command.md")).unwrap();
    let (_, table) = page.split_once("### Exit codes").unwrap();
    let rows = table.lines().skip_while(|line| !line.starts_with("|---"));
    let rows = rows.skip(1).take_while(|line| line.starts_with('|'));
    let written: Vec<_> = rows
        .map(|row| row.split('|').nth(1).unwrap().trim())
        .collect();
    assert_eq!(told, written);
}
