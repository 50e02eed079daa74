//! Makes `notes-client/` what `notes.yaml` says.

use huaweicloud_codegen::{ClientCrate, Source, generate::GenerateError};

fn main() {
    println!("cargo::rerun-if-changed=notes.yaml");
    let made = ClientCrate::of("notes.yaml").write();
    // And the files that it refers to.
    let sources = made.as_ref().map_or(&[][..], |it| &it.sources);
    for (path, _) in sources.iter().flat_map(Source::texts) {
        println!("cargo::rerun-if-changed={path}");
    }
    match made {
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
