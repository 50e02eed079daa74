//! What comparing two large documents takes.

use std::process::{Command, Stdio};

/// The most that a comparison may take, in kB.
const MOST: u64 = 200_000;

/// A document of 4 MB on one line, in which every third schema differs by edition.
fn document(edition: usize) -> String {
    let words = "Words for whoever reads the pages of the service. ";
    let schemas = (0..1_560).map(|n| {
        let kind = ["string", "integer"][edition * usize::from(n % 3 == 0)];
        let properties = (0..24).map(|at| {
            format!("\"field_{at}\":{{\"type\":\"{kind}\",\"description\":\"{words}\"}}")
        });
        let properties = properties.collect::<Vec<_>>().join(",");
        format!("\"Thing{n}\":{{\"type\":\"object\",\"properties\":{{{properties}}}}}")
    });
    let paths = (0..1_560).map(|n| {
        format!(
            "\"/things/{n}\":{{\"get\":{{\"operationId\":\"ShowThing{n}\",\"description\":\"{words}\",\
             \"responses\":{{\"200\":{{\"description\":\"ok\",\"content\":{{\"application/json\":\
             {{\"schema\":{{\"$ref\":\"#/components/schemas/Thing{n}\"}}}}}}}}}}}}}}"
        )
    });
    format!(
        "{{\"openapi\":\"3.0.3\",\"info\":{{\"title\":\"Things\",\"version\":\"1\"}},\
         \"paths\":{{{}}},\"components\":{{\"schemas\":{{{}}}}}}}",
        paths.collect::<Vec<_>>().join(","),
        schemas.collect::<Vec<_>>().join(","),
    )
}

/// The most that a process has had in memory so far, in kB; nothing once it has ended.
fn peak(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

#[test]
fn two_documents_of_4_mb_are_compared_in_200_mb() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, edition) in [("old.json", 0), ("new.json", 1)] {
        let text = document(edition);
        assert!(text.len() > 4_000_000, "{}", text.len());
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-codegen"));
    command.current_dir(folder.path()).stdout(Stdio::null());
    let mut running = command
        .args(["diff", "--format", "json", "old.json", "new.json"])
        .spawn()
        .expect("a process");
    let mut most = 0;
    let status = loop {
        most = peak(running.id()).unwrap_or(most);
        if let Some(status) = running.try_wait().expect("a process") {
            break status;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    };
    assert!(status.success() && most > 0);
    assert!(most < MOST, "{most} kB");
}
