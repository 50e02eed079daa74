//! The workbench as people run it: the built binary, its output and its exit codes.

use std::io::{BufRead as _, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Output};

use huaweicloud_password_workbench::calls;
use huaweicloud_password_workbench::cloud;
use huaweicloud_password_workbench::demo;

use crate::documents;
use crate::simulate::Simulate;

fn workbench(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_huaweicloud-password-workbench"));
    command.args(arguments);
    // A proxy or credentials of the machine must make no difference.
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY"] {
        command.env(name, "http://192.0.2.1:1");
    }
    command.env("HUAWEICLOUD_SDK_AK", "another");
    command
}

fn run(arguments: &[&str]) -> Output {
    workbench(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_demonstration_makes_five_calls_and_two_refusals() {
    let output = run(&[]);
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{shown}");
    assert_eq!(text(&output.stderr), "");

    let rows_with = |status: &str| {
        let has = |line: &&str| line.split_whitespace().any(|word| word == status);
        shown.lines().filter(has).count()
    };
    assert_eq!(rows_with("200"), 5, "{shown}");
    assert_eq!(rows_with("400"), 1, "{shown}");
    assert_eq!(shown.matches("(nothing was sent)").count(), 1, "{shown}");
    for part in [
        "ShowResetPwd",
        "ShowResetPasswordFlag",
        "ResetInstancePassword",
        "GET /v1/bbf1…a954/",
        "instances/5560…6e79/",
        "DCS.4019",
        "All 7 calls went as they should.",
        "6 signed requests arrived, and no other.",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    assert!(!shown.contains('\u{1b}'), "no colours in a pipe: {shown}");
    let fits = |line: &str| line.chars().count() <= 100;
    assert!(shown.lines().all(fits), "{shown}");
    for secret in ["Demo-Only_Pass4", "onlylowercase", "simulator-demo-secret"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn a_demonstration_that_goes_wrong_says_what_went_wrong() {
    let directory = tempfile::tempdir().unwrap();
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec");
    for entry in std::fs::read_dir(spec).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        // The service has moved a path and raised a limit, and the client does not know.
        let text = text
            .replace("/reset-password:", "/moved:")
            .replace("max: 64", "max: 8");
        std::fs::write(directory.path().join(path.file_name().unwrap()), text).unwrap();
    }
    let demonstration = demo::run(cloud::simulator().spec(directory.path()))
        .await
        .unwrap();
    assert!(!demonstration.succeeded());
    let shown = demonstration.to_string();
    for part in [
        "NOT as it should be:",
        "call 3, dcs ResetPassword: it should have ended in success",
        &format!(
            "call 3, dcs ResetPassword: the response was 400: body.{} breaks the password policy",
            calls::CACHE_PASSWORD
        ),
        "call 5, dws ResetPassword: the response was 404: no document describes this path",
    ] {
        let unwrapped = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(unwrapped.contains(part), "{part}\n{shown}");
    }
    assert!(!shown.contains("call 1,"), "{shown}");
}

#[test]
fn help_explains_both_commands_and_the_exit_codes() {
    let output = run(&["--help"]);
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0));
    for part in ["demonstration", "simulate", "curl", "Exit codes"] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    let shown = text(&run(&["simulate", "--help"]).stdout);
    for part in ["--addr", "--spec", "Ctrl-C"] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
}

#[test]
fn wrong_arguments_and_what_cannot_start_are_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = listener.local_addr().unwrap().to_string();
    for (arguments, code, message) in [
        (&["simulate", "--addr", "nowhere"][..], 2, "--addr"),
        (&["simulate", "--port", "80"], 2, "--port"),
        (&["demonstrate"], 2, "demonstrate"),
        (&["simulate", "--addr", &taken], 1, "cannot listen on"),
        (
            &["simulate", "--spec", "no/such/directory"],
            1,
            "cannot read no/such/directory",
        ),
        (
            &["simulate", "--spec", env!("CARGO_MANIFEST_DIR")],
            1,
            "no OpenAPI document",
        ),
    ] {
        let output = run(arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(message), "{arguments:?}: {said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}

fn next_line(simulate: &mut Simulate) -> String {
    let mut line = String::new();
    simulate.lines.read_line(&mut line).unwrap();
    line
}

/// A curl command of the introduction, sent by hand: machines without curl run this test too.
struct Curl {
    method: String,
    path: String,
    headers: Vec<String>,
    body: String,
}

impl Curl {
    fn parse(command: &str) -> Self {
        let mut curl = Self {
            method: String::new(),
            path: String::new(),
            headers: Vec::new(),
            body: String::new(),
        };
        let mut words = command.replace("\\\n", "");
        words = words.replace("curl -i -X ", "-X ");
        for option in words.split(" -") {
            let value = option.split_once(' ').map_or("", |(_, value)| value).trim();
            let bare = value.trim_matches('\'').to_owned();
            match option.trim_start_matches('-').chars().next() {
                Some('X') => {
                    let (method, url) = value.split_once(' ').unwrap();
                    curl.method = method.to_owned();
                    let url = url.trim().trim_matches('\'').replace("http://", "");
                    curl.path = url[url.find('/').unwrap()..].to_owned();
                }
                Some('H') => curl.headers.push(bare),
                Some('d') => curl.body = bare,
                _ => panic!("unknown option in {command}: {option}"),
            }
        }
        curl
    }

    fn send(&self, address: &str) -> String {
        let mut stream = TcpStream::connect(address).unwrap();
        let request = format!(
            "{} {} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {}\r\n{}\r\n\r\n{}",
            self.method,
            self.path,
            self.body.len(),
            self.headers.join("\r\n"),
            self.body,
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        response
    }
}

#[test]
fn simulate_responds_to_its_own_curl_commands() {
    let mut simulate = Simulate::start();
    let introduction = simulate.introduction.clone();
    let commands: Vec<&str> = introduction
        .split("\n\n")
        .filter_map(|block| Some(&block[block.find("curl -i")?..]))
        .collect();
    assert!(commands.len() >= 5, "{introduction}");
    for command in commands {
        let curl = Curl::parse(command);
        let documented = documents::operation(&curl.method, &curl.path);
        let (status, how) = match documented.is_open {
            true => (documented.success, "open"),
            false => (documented.success, "token"),
        };
        let response = curl.send(&simulate.address());
        let start = format!("HTTP/1.1 {status}");
        assert!(response.starts_with(&start), "{command}\n{response}");
        let line = next_line(&mut simulate);
        assert!(
            line.starts_with(&format!("{status}  ")) && line.ends_with(&format!(", {how}\n")),
            "{line}"
        );
    }
    let stray = Curl::parse("curl -i -X GET 'http://x/nothing' \\\n  -H 'X-A: b'");
    assert!(stray.send(&simulate.address()).starts_with("HTTP/1.1 404"));
    let line = next_line(&mut simulate);
    assert!(line.starts_with("404  GET /nothing"), "{line}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_simulator_with_code_0() {
    for signal in ["INT", "TERM"] {
        let mut simulate = Simulate::start();
        let id = simulate.child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.unwrap().success());
        assert_eq!(simulate.child.wait().unwrap().code(), Some(0), "{signal}");
    }
}

/// A reference is written once, and never over what somebody else put there.
#[test]
fn the_reference_is_written_to_a_new_folder() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    let write = || run(&["docs", "--out", out.to_str().unwrap()]);
    let written = write();
    assert!(written.status.success(), "{written:?}");
    let page = std::fs::read_to_string(out.join("reference/dws/reset_password.html")).unwrap();
    assert!(page.contains("hwc-password dws reset-password"), "{page}");
    let again = write();
    assert_eq!(again.status.code(), Some(1));
    assert!(text(&again.stderr).contains("is not empty"));
}
