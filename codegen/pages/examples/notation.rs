//! Prints the facts of the files given, as a list in the pages' notation.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line example"
)]

fn main() -> std::process::ExitCode {
    let mut list = Vec::new();
    let mut failed = false;
    for file in std::env::args().skip(1) {
        let read = std::fs::read(&file)
            .map_err(|error| format!("{file}: {error}"))
            .and_then(|bytes| {
                huaweicloud_pages::read(&file, &bytes).map_err(|error| error.to_string())
            });
        match read {
            Ok(facts) => {
                let facts = huaweicloud_pages::notation::facts(&facts);
                list.push(serde_json::json!({"file": file, "facts": facts}));
            }
            Err(message) => {
                eprintln!("{message}");
                failed = true;
            }
        }
    }
    println!("{:#}", serde_json::Value::Array(list));
    if failed {
        std::process::ExitCode::FAILURE
    } else {
        std::process::ExitCode::SUCCESS
    }
}
