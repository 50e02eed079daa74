//! A crate of its own from a document of whoever.

use std::path::{Path, PathBuf};

use crate::disk;
use crate::generate::{GenerateError, Outcome, compare_under, write_difference};
use crate::policy::Policy;
use crate::profile::{Neutral, RuntimePlace};
use crate::read;
use crate::source::Source;
use crate::workspace::{FileError, Workspace};

/// What a crate is made of and where it goes. Everything but the document has a default.
///
/// ```no_run
/// use huaweicloud_codegen::ClientCrate;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let made = ClientCrate::of("petstore.yaml").out("petstore-client").write()?;
/// println!("{} files changed", made.difference.lines().len());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct ClientCrate {
    document: PathBuf,
    out: Option<PathBuf>,
    name: Option<String>,
    policy: Policy,
    runtime: Option<RuntimePlace>,
}

impl ClientCrate {
    /// From a document, YAML or JSON, of OpenAPI 3.0 or 3.1.
    pub fn of(document: impl Into<PathBuf>) -> Self {
        Self {
            document: document.into(),
            out: None,
            name: None,
            policy: Policy::permissive(),
            runtime: None,
        }
    }

    /// The folder of the crate; by default one of the crate's name in the current folder.
    #[must_use]
    pub fn out(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out = Some(folder.into());
        self
    }

    /// The name of the crate; by default that of the document with `-client`.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// What becomes of what is found; by default it is told, and nothing more
    /// ([`Policy::permissive`]).
    #[must_use]
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// Where the runtime of the crate is; by default beside the sources of this generator, else in
    /// the registry.
    #[must_use]
    pub fn runtime(mut self, place: RuntimePlace) -> Self {
        self.runtime = Some(place);
        self
    }

    /// The name that the crate has.
    pub fn package(&self) -> String {
        let given = self.name.clone();
        given.unwrap_or_else(|| format!("{}-client", service_of(&self.document)))
    }

    /// The folder that the crate is in.
    pub fn folder(&self) -> PathBuf {
        let given = self.out.clone();
        given.unwrap_or_else(|| PathBuf::from(self.package()))
    }

    /// Compares the folder with what the document says. Writes nothing.
    ///
    /// # Errors
    /// When the document cannot be read, what is found in it forbids generation, or something of
    /// others stands where a file has to be.
    pub fn compare(&self) -> Result<Outcome, GenerateError> {
        let name = self.package();
        if !is_package_name(&name) {
            return Err(GenerateError::Name(name));
        }
        let source = source_of(&self.document)?;
        let on_disk = self.place()?.generated_files()?;
        let runtime = self.runtime.clone().unwrap_or_else(|| self.own_runtime());
        let profile = Neutral::new(name, runtime);
        let compared = compare_under(vec![source], on_disk, &profile, &self.policy);
        compared.map_err(|error| match error {
            // By its own name, not by that of the crate of a workspace.
            GenerateError::InTheWay { found, .. } => GenerateError::InTheWay {
                folder: self.folder().display().to_string(),
                found: found
                    .iter()
                    .map(|it| disk::inside(it).unwrap_or(it).to_owned())
                    .collect(),
            },
            error => error,
        })
    }

    /// Makes the folder what the document says. What is the same is not touched, nor is what the
    /// generator did not write.
    ///
    /// # Errors
    /// As [`compare`](Self::compare), or when a file cannot be written: then all is as it was.
    pub fn write(&self) -> Result<Outcome, GenerateError> {
        let outcome = self.compare()?;
        write_difference(&self.place()?, &outcome)?;
        Ok(outcome)
    }

    /// The runtime that belongs to this generator, as seen from the crate.
    fn own_runtime(&self) -> RuntimePlace {
        let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime/core");
        match (Path::new(own).canonicalize(), resolved(&self.folder())) {
            (Ok(own), Ok(folder)) => RuntimePlace::Path(seen_from(&folder, &own)),
            _ => RuntimePlace::Registry,
        }
    }

    fn place(&self) -> Result<Workspace, GenerateError> {
        let folder = self.folder();
        Workspace::of_crate(&folder).ok_or(GenerateError::NoFolder(folder))
    }
}

/// A folder without links and `..`, though it need not be there yet.
fn resolved(folder: &Path) -> std::io::Result<PathBuf> {
    let whole = std::path::absolute(folder)?;
    let mut there = whole.ancestors();
    let (there, known) = there
        .find_map(|it| Some((it, it.canonicalize().ok()?)))
        .unwrap_or((Path::new(""), PathBuf::new()));
    let mut resolved = known;
    // What is not there has no links.
    for part in whole.strip_prefix(there).unwrap_or(&whole).components() {
        match part {
            std::path::Component::ParentDir => _ = resolved.pop(),
            part => resolved.push(part),
        }
    }
    Ok(resolved)
}

/// The way from one folder to another, both whole, with `/` between parts as manifests have it.
fn seen_from(folder: &Path, other: &Path) -> String {
    let parts = |path: &Path| -> Vec<String> {
        let parts = path.components();
        parts
            .map(|it| it.as_os_str().to_string_lossy().into_owned())
            .collect()
    };
    let (from, to) = (parts(folder), parts(other));
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return other.display().to_string();
    }
    let up = vec![".."; from.len() - common];
    let down = to.iter().skip(common).map(String::as_str);
    up.into_iter().chain(down).collect::<Vec<_>>().join("/")
}

/// Reads a document of whoever, with the name that its service gets.
///
/// # Errors
/// When it is no regular file, larger than 64 MiB, or not UTF-8.
pub fn source_of(document: &Path) -> Result<Source, FileError> {
    let text = read::text(document).map_err(|error| FileError::new("read", document, error))?;
    let path = document.display().to_string();
    Ok(Source::new(path, text).named(service_of(document)))
}

/// A name that a service, a feature and a module can have, out of that of a file.
fn service_of(document: &Path) -> String {
    let stem = document.file_stem().unwrap_or_default().to_string_lossy();
    let plain = stem.to_ascii_lowercase();
    let words = plain.split(|it: char| !it.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|it| !it.is_empty()).collect();
    match words.join("-") {
        name if name.is_empty() => "api".to_owned(),
        name if name.starts_with(|it: char| it.is_ascii_digit()) => format!("api-{name}"),
        name => name,
    }
}

/// Whether cargo takes a name for a package.
fn is_package_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|it| it.is_ascii_alphabetic())
        && letters.all(|it| it.is_ascii_alphanumeric() || it == '-' || it == '_')
        && name.len() <= 64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_resolved_before_it_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir(root.join("a")).unwrap();
        for (given, whole) in [
            ("a/../b", "b"),
            ("a/new/../x/y", "a/x/y"),
            ("a", "a"),
            ("n/m", "n/m"),
        ] {
            assert_eq!(resolved(&root.join(given)).unwrap(), root.join(whole));
        }
    }

    #[test]
    fn the_way_to_another_folder_goes_up_and_down() {
        for (from, to, way) in [
            ("/a/b/client", "/a/tools/core", "../../tools/core"),
            ("/a/client", "/a", ".."),
            ("/a", "/a/core", "core"),
        ] {
            assert_eq!(seen_from(Path::new(from), Path::new(to)), way);
        }
    }

    #[test]
    fn a_service_is_named_after_its_file() {
        for (file, name) in [
            ("a/petstore.yaml", "petstore"),
            ("1forge.com.json", "api-1forge-com"),
            ("Foo Bar_v2.yml", "foo-bar-v2"),
            ("文档.yaml", "api"),
        ] {
            assert_eq!(service_of(Path::new(file)), name);
            assert!(is_package_name(name));
        }
        assert!(!is_package_name("a b") && !is_package_name("") && !is_package_name("1a"));
    }
}
