//! The simulator in a process of its own, as people start it.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

/// A running `simulate`, ended when dropped.
pub struct Simulate {
    pub child: Child,
    pub lines: BufReader<ChildStdout>,
    pub introduction: String,
}

impl Simulate {
    pub fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_huaweicloud-password-workbench"))
            .arg("simulate")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut introduction = String::new();
        while !introduction.contains("Requests as they arrive") {
            let read = lines.read_line(&mut introduction).unwrap();
            assert_ne!(read, 0, "it ended: {introduction}");
        }
        Self {
            child,
            lines,
            introduction,
        }
    }

    pub fn address(&self) -> String {
        let (_, rest) = self.introduction.split_once("http://").unwrap();
        rest.lines().next().unwrap().to_owned()
    }
}

impl Drop for Simulate {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
