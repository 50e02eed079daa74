//! Makes `notes-client/` what `notes.yaml` says.

use huaweicloud_codegen::{ClientCrate, generate::GenerateError};

fn main() {
    println!("cargo::rerun-if-changed=notes.yaml");
    match ClientCrate::of("notes.yaml").write() {
        Ok(made) if made.difference.is_empty() => {}
        // Cargo may have compiled what was there before.
        Ok(_) => println!("cargo::error=notes-client/ was out of date; run the same command again"),
        Err(error) => tell(&error),
    }
}

fn tell(error: &GenerateError) {
    for line in error.report().lines() {
        println!("cargo::error={line}");
    }
}
