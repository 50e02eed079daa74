//! The command that takes a password on its standard input.

use std::ffi::OsStr;
use std::io;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use huaweicloud_runtime::Password;
use openapi_client_runtime::redact::Redactor;
use openapi_client_runtime::sanitize::{SENTENCE, sanitized};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, ChildStdin, Command};
use zeroize::Zeroizing;

use super::EscrowError;
use crate::private::in_words;

/// How much of what a command complains about is kept, in bytes.
const COMPLAINT: usize = 4 * 1024;
/// How long the rest of a complaint may take once the command has exited. What it left running may
/// hold its standard error open for good.
const LAST_WORDS: Duration = Duration::from_millis(100);
/// What the names of variables with credentials begin with: all of this command, and of the tools
/// whose configuration it reads those with secrets.
const CREDENTIALS: &[&str] = &[
    "HUAWEICLOUD_SDK_",
    "HWC_",
    "OS_PASS",
    "OS_TOKEN",
    "OS_AUTH_TOKEN",
    "OS_APPLICATION_CREDENTIAL_SECRET",
];

pub(crate) struct SecretCommand {
    line: String,
    timeout: Duration,
}

/// How a command ended, as far as it did.
struct Ended {
    status: ExitStatus,
    has_read_all: bool,
}

impl SecretCommand {
    pub(super) fn new(line: String, timeout: Duration) -> Self {
        Self { line, timeout }
    }

    /// Runs the command once. It keeps the password if it reads all of its standard input and exits
    /// with 0; one that does not read cannot have kept it, whatever it exits with.
    pub(super) async fn store(&self, json: &str, secret: &Password) -> Result<(), EscrowError> {
        let start = |error: io::Error| EscrowError::Start(in_words(&error));
        let (mut command, input) = self.prepared().map_err(start)?;
        let mut child = command.spawn().map_err(start)?;
        // It has a copy of the end that is read.
        drop(command);
        let group = Group::of(&child);
        let mut complaint = Zeroizing::new(Vec::with_capacity(COMPLAINT));
        let running = run(&mut child, input, json, &mut complaint);
        let ended = tokio::time::timeout(self.timeout, running).await;
        let outcome = match ended {
            Ok(Ok(Ended {
                status,
                has_read_all,
            })) => {
                // What it leaves running by intent, an agent say, is its own business.
                group.leave();
                match (status.success(), has_read_all) {
                    (true, true) => return Ok(()),
                    (true, false) => {
                        "exited with 0 without reading the password from its standard input"
                            .to_owned()
                    }
                    (false, _) => how(status),
                }
            }
            Ok(Err(error)) => format!("cannot be waited for ({error})"),
            Err(_) => {
                drop(group);
                // It is killed, and is not left behind as a zombie.
                let _ = child.kill().await;
                let seconds = self.timeout.as_secs_f64();
                format!("did not end within {seconds} seconds and was killed")
            }
        };
        let said = said(&complaint, secret);
        Err(EscrowError::Command { outcome, said })
    }

    /// The command, and the end of its standard input that is written to.
    fn prepared(&self) -> io::Result<(Command, Input)> {
        let mut command = if cfg!(windows) {
            let mut shell = Command::new("cmd");
            shell.arg("/C");
            shell
        } else {
            let mut shell = Command::new("sh");
            shell.arg("-c");
            shell
        };
        command
            .arg(&self.line)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        for (name, _) in std::env::vars_os() {
            if is_credential(&name) {
                command.env_remove(name);
            }
        }
        // What it starts is killed with it, and Ctrl-C is for this process to handle.
        #[cfg(unix)]
        command.process_group(0);
        let input = Input::of(&mut command)?;
        Ok((command, input))
    }
}

/// The standard input of a command. Its other end is held as well, to see what is left in it: a record
/// is smaller than a pipe, so that writing succeeds though nobody reads.
#[cfg(unix)]
struct Input {
    written: std::process::ChildStdin,
    left: io::PipeReader,
}

#[cfg(unix)]
impl Input {
    fn of(command: &mut Command) -> io::Result<Self> {
        let (left, written) = io::pipe()?;
        command.stdin(left.try_clone()?);
        let written = std::os::fd::OwnedFd::from(written).into();
        Ok(Self { written, left })
    }

    fn opened(self, _: &mut Child) -> io::Result<(ChildStdin, io::PipeReader)> {
        Ok((ChildStdin::from_std(self.written)?, self.left))
    }
}

#[cfg(windows)]
struct Input;

#[cfg(windows)]
impl Input {
    fn of(command: &mut Command) -> io::Result<Self> {
        command.stdin(Stdio::piped());
        Ok(Self)
    }

    /// What is left is not looked at: the exit code alone counts.
    fn opened(self, child: &mut Child) -> io::Result<(ChildStdin, io::Empty)> {
        let written = child.stdin.take();
        let written = written.ok_or(io::ErrorKind::BrokenPipe)?;
        Ok((written, io::empty()))
    }
}

/// Whether a variable is no business of a command.
pub(super) fn is_credential(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_ascii_uppercase();
    CREDENTIALS.iter().any(|prefix| name.starts_with(prefix))
}

/// Writes, waits and listens at the same time, for each may wait for the other.
async fn run(
    child: &mut Child,
    input: Input,
    json: &str,
    complaint: &mut Zeroizing<Vec<u8>>,
) -> io::Result<Ended> {
    let (mut stdin, mut left) = input.opened(child)?;
    let mut stderr = child.stderr.take();
    let feeding = async move {
        let outcome = async {
            stdin.write_all(json.as_bytes()).await?;
            stdin.write_all(b"\n").await
        };
        outcome.await.is_ok()
    };
    let mut feeding = std::pin::pin!(feeding);
    let mut fed = None;
    let status = loop {
        tokio::select! {
            is_written = &mut feeding, if fed.is_none() => fed = Some(is_written),
            () = hear(&mut stderr, complaint) => {}
            status = child.wait() => break status?,
        }
    };
    let listening = async {
        while stderr.is_some() {
            hear(&mut stderr, complaint).await;
        }
    };
    let _ = tokio::time::timeout(LAST_WORDS, listening).await;
    // All ends that are written to are closed by now, so that this does not wait.
    let has_read_all = fed == Some(true) && matches!(io::Read::read(&mut left, &mut [0]), Ok(0));
    Ok(Ended {
        status,
        has_read_all,
    })
}

/// Hears a part of a complaint; more than is kept is heard and forgotten, so that nobody waits for it.
async fn hear(
    stderr: &mut Option<tokio::process::ChildStderr>,
    complaint: &mut Zeroizing<Vec<u8>>,
) {
    let Some(source) = stderr else {
        return std::future::pending().await;
    };
    let mut part = Zeroizing::new([0; 1024]);
    match source.read(&mut part[..]).await {
        Ok(0) | Err(_) => *stderr = None,
        Ok(more) => {
            let room = COMPLAINT - complaint.len();
            complaint.extend_from_slice(&part[..more.min(room)]);
        }
    }
}

fn how(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return format!("was ended by signal {signal}");
    }
    match status.code() {
        Some(code) => format!("failed with exit code {code}"),
        None => "failed".to_owned(),
    }
}

/// A complaint, withheld where a part of the password is in it in any spelling.
fn said(complaint: &[u8], secret: &Password) -> String {
    let text = String::from_utf8_lossy(complaint);
    if text.trim().is_empty() {
        return String::new();
    }
    let mut redactor = Redactor::default();
    redactor.add(secret);
    let shown = redactor.examine().redacted(text.trim().to_owned());
    format!(". It said: {}", sanitized(&shown, SENTENCE))
}

/// The processes that a command started; killed when this is dropped, unless they are left.
struct Group(#[cfg(unix)] Option<rustix::process::Pid>);

impl Group {
    #[cfg(unix)]
    fn of(child: &Child) -> Self {
        let id = child.id().and_then(|id| i32::try_from(id).ok());
        Self(id.and_then(rustix::process::Pid::from_raw))
    }

    /// The child alone is killed, when it is dropped.
    #[cfg(not(unix))]
    fn of(_: &Child) -> Self {
        Self()
    }

    #[cfg_attr(not(unix), expect(unused_mut, reason = "nothing is held"))]
    fn leave(mut self) {
        #[cfg(unix)]
        self.0.take();
        drop(self);
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(group) = self.0 {
            // One that is gone already needs no signal.
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
    }
}
