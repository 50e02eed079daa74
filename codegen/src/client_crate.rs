//! A crate of its own from a document of whoever.

use std::path::{Path, PathBuf};

use crate::disk;
use crate::emit::Watch;
use crate::generate::{GenerateError, Outcome, compare_under, write_difference};
use crate::model::Package;
use crate::names::{self, reserved};
use crate::policy::Policy;
use crate::profile::{Neutral, Profile, RUNTIME, RuntimePlace};
use crate::refer;
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
    root: Option<PathBuf>,
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
            root: None,
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

    /// The folder in which, and below which, the files are that the document refers to. By default,
    /// and where the document is not in it, that is the folder of the document.
    #[must_use]
    pub fn root(mut self, folder: impl Into<PathBuf>) -> Self {
        self.root = Some(folder.into());
        self
    }

    /// The name that the crate has.
    pub fn package(&self) -> String {
        let given = self.name.clone();
        given.unwrap_or_else(|| format!("{}-client", plain_name(&self.document)))
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
        self.compare_watched(&|_, _| {})
    }

    /// As [`compare`](Self::compare), and tells how many operations have been emitted, and of how
    /// many.
    ///
    /// # Errors
    /// As [`compare`](Self::compare).
    pub fn compare_watched(&self, watch: Watch<'_>) -> Result<Outcome, GenerateError> {
        let name = self.package();
        if !is_package_name(&name) {
            return Err(GenerateError::Name(name));
        }
        if let Some(why) = reserved::taken_for_crates(&name, RUNTIME) {
            return Err(GenerateError::NameTaken(name, why));
        }
        let runtime = self.runtime.clone().unwrap_or_else(|| self.own_runtime());
        let profile = Neutral::new(name, runtime);
        let source = source_of(&self.document, self.root.as_deref(), profile.package())?;
        let on_disk = self.place()?.generated_files()?;
        let compared = compare_under(vec![source], on_disk, &profile, &self.policy, watch);
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
        self.write_watched(&|_, _| {})
    }

    /// As [`write`](Self::write), and tells how many operations have been emitted, and of how many.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub fn write_watched(&self, watch: Watch<'_>) -> Result<Outcome, GenerateError> {
        let outcome = self.compare_watched(watch)?;
        write_difference(&self.place()?, &outcome)?;
        Ok(outcome)
    }

    /// The runtime that belongs to this generator, as seen from the crate.
    fn own_runtime(&self) -> RuntimePlace {
        let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime/core");
        match (
            Path::new(own).canonicalize(),
            refer::resolved(&self.folder()),
        ) {
            (Ok(own), Ok(folder)) => RuntimePlace::Path(seen_from(&folder, &own)),
            _ => RuntimePlace::Registry,
        }
    }

    fn place(&self) -> Result<Workspace, GenerateError> {
        let folder = self.folder();
        Workspace::of_crate(&folder).ok_or(GenerateError::NoFolder(folder))
    }
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

/// Reads a document of whoever and the files that it refers to, with the name that its service gets
/// in a crate. Files are read in `root` and below it, if the document is there, else in the folder of
/// the document and below that.
///
/// # Errors
/// When it is no regular file, larger than 64 MiB, or not UTF-8.
pub fn source_of(
    document: &Path,
    root: Option<&Path>,
    package: &Package,
) -> Result<Source, FileError> {
    let path = document.display().to_string();
    let source = refer::document(Path::new(""), path, root)?;
    Ok(source.named(service_of(document, package)))
}

/// How long the name of a service may be, so that one with `-client` is a name of a crate.
const LONGEST: usize = 56;

/// A name out of that of a file: words of letters and digits.
fn plain_name(document: &Path) -> String {
    let stem = document.file_stem().unwrap_or_default().to_string_lossy();
    let plain = stem.to_ascii_lowercase();
    let words = plain.split(|it: char| !it.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|it| !it.is_empty()).collect();
    let mut name = match words.join("-") {
        name if name.is_empty() => "api".to_owned(),
        name if name.starts_with(|it: char| it.is_ascii_digit()) => format!("api-{name}"),
        name => name,
    };
    name.truncate(LONGEST);
    name.trim_end_matches('-').to_owned()
}

/// A name that a service, a feature and a module can have in a crate, out of that of a file.
fn service_of(document: &Path, package: &Package) -> String {
    let mut name = plain_name(document);
    let is_taken = |name: &str| {
        let module = names::snake(name);
        names::is_keyword(&name.replace('-', "_"))
            || reserved::is_taken_beside_services(&module, package)
    };
    while is_taken(&name) {
        name.push_str("-api");
    }
    name
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
            assert_eq!(plain_name(Path::new(file)), name);
            assert!(is_package_name(name));
        }
        let long = plain_name(Path::new(&format!("{}.yaml", "ab-".repeat(40))));
        assert!(is_package_name(&format!("{long}-client")), "{long}");
        assert!(!is_package_name("a b") && !is_package_name("") && !is_package_name("1a"));
    }

    #[test]
    fn a_crate_is_called_what_nothing_else_is() {
        let folder = tempfile::tempdir().unwrap();
        let document = folder.path().join("a.yaml");
        std::fs::write(&document, "openapi: 3.0.3\n").unwrap();
        for name in [
            "crate",
            "self",
            "std",
            "core",
            "test",
            "serde",
            "serde-json",
            "tokio",
            "wiremock",
            "u8",
            "openapi-client-runtime",
            "Openapi_Client_Runtime",
            "con",
            "support",
            "gen",
        ] {
            let made = ClientCrate::of(&document)
                .name(name)
                .out(folder.path().join("x"));
            let refused = made.write().unwrap_err();
            assert!(
                matches!(refused, GenerateError::NameTaken(..)),
                "{name}: {refused}"
            );
        }
        assert!(!folder.path().join("x").exists());
    }

    /// Every module, feature and folder that a crate has beside its service is one that no service
    /// takes.
    #[test]
    fn a_service_is_called_what_nothing_else_in_the_crate_is() {
        let text = "openapi: 3.0.3\ninfo: {title: Demo, version: '1'}\nservers: [{url: 'https://a.example'}]\n\
            paths: {/a: {get: {operationId: a, security: [{k: []}], responses: {'204': {description: ok}}}}}\n\
            components: {securitySchemes: {k: {type: http, scheme: basic}}}\n";
        let profile = Neutral::new("demo-client", RuntimePlace::Registry);
        let sources = [Source::new("demo.yaml", text)];
        let files = crate::render(&sources, &profile).unwrap().files;
        let manifest = &files["generated/Cargo.toml"];
        let (_, features) = manifest.split_once("[features]\n").unwrap();
        let (features, _) = features.split_once("\n[").unwrap();
        let (_, dependencies) = manifest.split_once("[dependencies]\n").unwrap();
        let names = features.lines().chain(dependencies.lines());
        let names = names.filter_map(|line| Some(line.split_once(" = ")?.0.to_owned()));
        let modules = files
            .iter()
            .filter(|(path, _)| path.ends_with("lib.rs") || path.ends_with("main.rs"));
        let modules = modules
            .flat_map(|(_, text)| text.lines())
            .filter_map(|line| {
                let line = line.trim_start_matches("pub ");
                let module = line.strip_prefix("mod ")?.strip_suffix(';')?;
                Some(module.to_owned())
            });
        let mut found = 0;
        for name in names.chain(modules).filter(|name| name != "demo") {
            let taken = ["name", "required-features"].contains(&name.as_str());
            let file = format!("{name}.yaml");
            let given = service_of(Path::new(&file), profile.package());
            assert!(taken || given != name, "{name}");
            found += 1;
        }
        assert!(found > 10, "{found}");
        // What is free stays as it is.
        assert_eq!(
            service_of(Path::new("petstore.yaml"), profile.package()),
            "petstore"
        );
        assert_eq!(
            service_of(Path::new("Client.yaml"), profile.package()),
            "client-api"
        );
        assert_eq!(
            service_of(Path::new("demo_client.yaml"), profile.package()),
            "demo-client-api"
        );
    }

    #[test]
    fn folders_above_a_crate_are_made_and_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let document = folder.path().join("demo.yaml");
        let text = "openapi: 3.0.3\ninfo: {title: Demo, version: '1'}\npaths: {/a: {get: {operationId: a, responses: {'204': {description: ok}}}}}\n";
        std::fs::write(&document, text).unwrap();
        let made = ClientCrate::of(&document).out(folder.path().join("a/b/demo"));
        made.write().unwrap();
        assert!(folder.path().join("a/b/demo/Cargo.toml").exists());
        std::fs::write(folder.path().join("file"), "").unwrap();
        let failed = ClientCrate::of(&document).out(folder.path().join("file/b/demo"));
        failed.write().unwrap_err();
        let mut left: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|it| it.unwrap().file_name())
            .collect();
        left.sort();
        assert_eq!(left, ["a", "demo.yaml", "file"]);
    }
}
