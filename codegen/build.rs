//! Digests the generator's own sources, so that a run knows whether the generator changed.

use std::path::Path;

use sha2::{Digest, Sha256};

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.toml");
    let mut files = vec![Path::new("Cargo.toml").to_owned()];
    // Texts that go into the generated package as they are.
    for licence in ["../LICENSE-MIT", "../LICENSE-APACHE"] {
        println!("cargo::rerun-if-changed={licence}");
        files.push(Path::new(licence).to_owned());
    }
    collect(Path::new("src"), &mut files)?;
    files.sort();
    let mut digest = Sha256::new();
    for file in files {
        digest.update(file.to_string_lossy().as_bytes());
        digest.update(std::fs::read(&file)?);
    }
    let digest: String = digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    println!("cargo::rustc-env=CODEGEN_FINGERPRINT={digest}");
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
