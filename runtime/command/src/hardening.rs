//! What keeps secrets out of the reach of others on the same machine, at the start of the process.

/// Turns core dumps off, keeps other processes of the same user out of this one's memory, and lets
/// new files be for their owner alone. To be called first in `main`.
///
/// Nothing of it is needed for the work, and a system that refuses it (a sandbox, an older kernel) is
/// no reason to refuse the work: failures are ignored.
pub(crate) fn harden() {
    #[cfg(unix)]
    {
        use rustix::fs::Mode;
        use rustix::process::{Resource, Rlimit, setrlimit, umask};

        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        let _ = setrlimit(Resource::Core, none);
        // A core that is handed to a program instead of a file is not bounded by the limit, and
        // `/proc/PID/environ` and `mem` are open to all processes of the user.
        #[cfg(any(target_os = "linux", target_os = "android"))]
        let _ =
            rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
        umask(Mode::RWXG | Mode::RWXO);
        // A file that grows past `ulimit -f` is an error of the write once the signal is caught; by
        // default it ends the process in the middle of a batch.
        let _ =
            signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::process::Command;

    /// What the other starts: what is hardened is a whole process, and all tests share theirs.
    #[test]
    #[ignore = "hardens the process; the other test starts it"]
    fn hardens() {
        super::harden();
        let of_process = |file: &str, name: &str| {
            let text = std::fs::read_to_string(format!("/proc/self/{file}")).unwrap();
            let line = text.lines().find(|line| line.starts_with(name));
            line.unwrap()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        };
        println!("[{}]", of_process("status", "Umask"));
        println!("[{}]", of_process("limits", "Max core file size"));
        println!("[{:?}]", rustix::process::dumpable_behavior().unwrap());
    }

    #[test]
    fn the_process_is_hardened() {
        let output = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "hardening::tests::hardens",
                "--ignored",
                "--nocapture",
            ])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        for expected in [
            "[Umask: 0077]",
            "[Max core file size 0 0 bytes]",
            "[NotDumpable]",
        ] {
            assert!(said.contains(expected), "{said}");
        }
    }
}
