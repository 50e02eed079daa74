//! The prompt in a pseudo-terminal: this program starts itself in one, and looks at the echo.

mod terminal;

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use self::terminal::Terminal;
use super::*;

/// What the others start in their terminal.
#[test]
#[ignore = "asks on the terminal; the other tests start it"]
fn asks() {
    println!("pid={}.", std::process::id());
    if std::env::var_os(LEAVES).is_some() {
        signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::default()).unwrap();
        leave_to_caller();
    }
    match ask("Secret", true) {
        Ok(secret) => println!("taken={}.", secret.expose().len()),
        Err(error) => {
            println!("failed={error}.");
            std::process::exit(error.exit_code().unwrap_or(99).into());
        }
    }
    std::thread::sleep(Duration::from_secs(1));
    println!("ended.");
}

/// Whether the caller of the prompt handles signals.
const LEAVES: &str = "TEST_PROMPT_LEAVES_SIGNALS";

const ASKS: &[&str] = &["--exact", "prompt::tests::asks", "--ignored", "--nocapture"];

/// This program, asking in a terminal.
fn asked() -> Terminal {
    let program = std::env::current_exe().unwrap();
    let mut terminal = Terminal::of(program.to_str().unwrap(), ASKS, |_| {});
    terminal.see("Secret: ");
    terminal
}

#[test]
fn what_is_typed_twice_is_taken_and_never_shown() {
    let mut terminal = asked();
    assert!(!terminal.has_echo());
    terminal.write("Hidden@1\n");
    let mut shown = terminal.see("Secret again: ");
    assert!(!terminal.has_echo());
    terminal.write("Hidden@1\n");
    shown += &terminal.see("taken=8.");
    assert!(terminal.has_echo());
    shown += &terminal.see("ended.");
    assert!(!shown.contains("idden"), "{shown}");
    assert_eq!(terminal.code(), Some(0));
}

#[test]
fn what_is_not_taken_is_asked_for_again() {
    let mut terminal = asked();
    terminal.write("Hidden@1\n");
    terminal.see("Secret again: ");
    terminal.write("Hidden@2\n");
    terminal.see("Not taken: the two are not the same.");
    terminal.see("Secret: ");
    terminal.write("\n");
    terminal.see("Not taken: it is empty.");
    terminal.see("Secret: ");
    // The keys of the terminal work: a letter taken back, and a line.
    terminal.write("wrong\u{15}Hiddex\u{7f}n@3\n");
    terminal.see("Secret again: ");
    terminal.write("Hidden@3\n");
    terminal.see("taken=8.");
    assert!(terminal.has_echo());
}

#[test]
fn three_times_is_enough() {
    let mut terminal = asked();
    for refused in ["a\u{1b}[D\n", "\n"] {
        terminal.write(refused);
        terminal.see("Secret: ");
    }
    terminal.write(&("x".repeat(2000) + "\n"));
    terminal.see("failed=no secret after 3 tries (it is longer than 1024 bytes");
    assert!(terminal.has_echo());
    assert_eq!(terminal.code(), Some(99));
}

#[test]
fn however_it_ends_there_is_echo() {
    for (typed, code, said) in [
        ("half\u{3}", 130, "interrupted"),
        ("half\u{1c}", 131, "interrupted"),
        ("\u{4}", 130, "the input ended"),
        ("HUP", 129, "interrupted"),
        ("INT", 130, "interrupted"),
        ("TERM", 143, "interrupted"),
    ] {
        let program = std::env::current_exe().unwrap();
        let mut terminal = Terminal::of(program.to_str().unwrap(), ASKS, |_| {});
        let before = terminal.see("Secret: ");
        assert!(!terminal.has_echo());
        let id = before
            .split_once("pid=")
            .unwrap()
            .1
            .split_once('.')
            .unwrap()
            .0;
        let id = Pid::from_raw(id.parse().unwrap()).unwrap();
        match typed {
            "HUP" => kill_process(id, Signal::HUP).unwrap(),
            "INT" => kill_process(id, Signal::INT).unwrap(),
            "TERM" => kill_process(id, Signal::TERM).unwrap(),
            keys => terminal.write(keys),
        }
        terminal.see(&format!("failed={said}"));
        assert!(terminal.has_echo(), "{typed:?}");
        assert_eq!(terminal.code(), Some(code), "{typed:?}");
    }
}

#[test]
fn after_the_prompt_signals_do_what_they_did() {
    let mut terminal = asked();
    terminal.write("Hidden@1\n");
    terminal.see("Secret again: ");
    terminal.write("Hidden@1\n");
    terminal.see("taken=8.");
    terminal.write("\u{3}");
    // By the signal itself, which `setsid` tells by a code of its own.
    assert_ne!(terminal.code(), Some(0));
    assert!(!terminal.seen.contains("ended."));
}

#[test]
fn after_the_prompt_a_caller_that_handles_signals_gets_them() {
    let program = std::env::current_exe().unwrap();
    let program = program.to_str().unwrap();
    let mut terminal = Terminal::of(program, ASKS, |command| {
        command.env(LEAVES, "1");
    });
    terminal.see("Secret: ");
    terminal.write("Hidden@1\n");
    terminal.see("Secret again: ");
    terminal.write("Hidden@1\n");
    terminal.see("taken=8.");
    terminal.write("\u{3}");
    terminal.see("ended.");
    assert_eq!(terminal.code(), Some(0));
}

#[test]
fn a_stopped_prompt_leaves_the_terminal_to_the_shell_and_comes_back() {
    let mut shell = Terminal::of("sh", &["-i"], |command| {
        command.env("PS1", "$ ");
    });
    shell.see("$ ");
    // A line editor has ways of its own with the echo.
    shell.write("set +o emacs +o vi\n");
    shell.see("$ ");
    let program = std::env::current_exe().unwrap();
    let command = format!("'{}' {}\n", program.display(), ASKS.join(" "));
    shell.write(&command);
    shell.see("Secret: ");
    assert!(!shell.has_echo());
    shell.write("half\u{1a}");
    let shown = shell.see("$ ");
    assert!(shell.has_echo());
    assert!(!shown.contains("half"), "{shown}");
    for again in ["fg\n", "fg\n"] {
        shell.write(again);
        shell.see("Secret: ");
        assert!(!shell.has_echo());
        shell.write("\u{1a}");
        shell.see("$ ");
        assert!(shell.has_echo());
    }
    shell.write("fg\n");
    shell.see("Secret: ");
    shell.write("Hidden@1\n");
    shell.see("Secret again: ");
    shell.write("Hidden@1\n");
    shell.see("taken=8.");
    assert!(shell.has_echo());
}

#[test]
fn the_first_process_of_a_terminal_does_not_stop_for_good() {
    let mut terminal = asked();
    terminal.write("half\u{1a}");
    terminal.see("Secret: ");
    assert!(!terminal.has_echo());
    terminal.write("Hidden@1\n");
    terminal.see("Secret again: ");
    terminal.write("Hidden@1\n");
    terminal.see("taken=8.");
}

#[test]
fn without_a_terminal_nobody_is_asked() {
    let output = Command::new("setsid")
        .arg("--wait")
        .arg(std::env::current_exe().unwrap())
        .args(ASKS)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("failed=there is no terminal"), "{said}");
    assert_eq!(output.status.code(), Some(99));
}
