//! Two sets of documents, compared in every way that counts.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use huaweicloud_codegen::load::tree::Node;
use huaweicloud_codegen::load::{Document, load};
use huaweicloud_codegen::profile::Profile;
use huaweicloud_codegen::{Diagnostics, Source, render_changed};

use crate::change::{Change, Effect, RustChange, Severity, Verdict};
use crate::rust;
use crate::rust::codes::QUESTION_MEANS_ANOTHER;
use crate::wire::Services;
use crate::wire::codes::PREDICATE_CHANGED;

/// What differs between two sets of documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// What differs on the wire, the worst first.
    pub wire: Vec<Change>,
    /// What differs in the public surface of the crates that are made of them, the worst first.
    pub rust: Vec<RustChange>,
    /// Whether code is made otherwise, if only inside.
    pub emitted: bool,
}

/// Why two sets of documents could not be compared.
#[derive(Debug)]
pub enum CompareError {
    /// What is at this path does not say that it is OpenAPI.
    NotOpenApi(String),
    /// Two documents of one side are of one service: its name.
    Twice(String),
    /// A document of the old ones or of the new ones cannot be read to its end.
    Unreadable(Diagnostics),
    /// No crate can be made of one side, or what was made cannot be read.
    Crate(String),
}

impl fmt::Display for CompareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(found) => write!(
                f,
                "a document that cannot be read cannot be compared ({})",
                found.summary()
            ),
            Self::NotOpenApi(path) => {
                let path: String = path.escape_debug().collect();
                write!(
                    f,
                    "{path} has no `openapi: 3.…` at its top: it is no document of OpenAPI 3"
                )
            }
            Self::Twice(service) => {
                let service: String = service.escape_debug().collect();
                write!(
                    f,
                    "two documents are of the service `{service}`: a service has one, named after it"
                )
            }
            Self::Crate(message) => write!(f, "no crate to compare: {message}"),
        }
    }
}

impl std::error::Error for CompareError {}

/// Compares documents, and the crates that a profile makes of them.
///
/// A service is known by its name: the file stem of its document. One document on each side is one
/// service, whatever the files are called.
///
/// ```
/// use huaweicloud_codegen::{Source, profile};
/// use huaweicloud_semver::{change::Verdict, compare};
///
/// let document = |summary: &str| {
///     let text = format!(
///         "openapi: 3.0.3\ninfo: {{title: Demo, version: '1'}}\npaths:\n  /a:\n    get:\n      \
///          operationId: ShowA\n      summary: {summary}\n      responses: {{'204': {{description: ok}}}}\n"
///     );
///     Source::new("spec/demo.yaml", text)
/// };
/// let profile = profile::of_the_workspace();
/// let difference = compare(&[document("Shows")], &[document("Tells")], profile).unwrap();
/// assert_eq!(difference.verdict(), Verdict::Patch);
/// assert_eq!(difference.wire[0].code, "words-changed");
/// ```
///
/// # Errors
/// When a document cannot be read, or no crate can be made of one side.
pub fn compare(
    old: &[Source],
    new: &[Source],
    profile: &dyn Profile,
) -> Result<Difference, CompareError> {
    let (mut old, new) = (read(old)?, read(new)?);
    if let ([old], [new]) = (old.as_mut_slice(), new.as_slice()) {
        let name = new.source.service().to_owned();
        old.source = old.source.clone().named(name);
    }
    let mut wire = Services {
        old: &old,
        new: &new,
        profile,
    }
    .compare();
    wire.sort_by_key(|it| std::cmp::Reverse(it.severity));
    // Files name the document that they are made of, which says nothing of what is made.
    for old in &mut old {
        let mut news = new.iter();
        if let Some(new) = news.find(|it| it.source.service() == old.source.service()) {
            old.source.path.clone_from(&new.source.path);
        }
    }
    let [was, is] = render_changed(old, new, profile).map_err(CompareError::Crate)?;
    let emitted = code_of(&was) != code_of(&is);
    let mut rust = rust_changes(was, is)?;
    // What a method does stands in its body, which nobody compares; the document says it.
    let asked = wire.iter().filter(|it| it.code == PREDICATE_CHANGED.name);
    rust.extend(asked.map(|it| RustChange {
        code: QUESTION_MEANS_ANOTHER.code,
        effect: QUESTION_MEANS_ANOTHER.effect,
        silent: true,
        item: String::new(),
        message: it.message.clone(),
        instead: None,
        only_with: Vec::new(),
    }));
    rust.sort_by_key(|it| std::cmp::Reverse(it.effect));
    Ok(Difference {
        wire,
        rust,
        emitted,
    })
}

fn read(sources: &[Source]) -> Result<Vec<Document>, CompareError> {
    let loaded = load(sources);
    if loaded.documents.len() < sources.len() {
        return Err(CompareError::Unreadable(loaded.diagnostics));
    }
    let mut services = HashSet::new();
    let mut documents = loaded.documents.iter();
    if let Some(again) = documents.find(|it| !services.insert(it.source.service())) {
        return Err(CompareError::Twice(again.source.service().to_owned()));
    }
    let is_openapi = |it: &Document| {
        let version = it.tree.get("openapi").and_then(Node::as_str);
        version.is_some_and(|version| version.starts_with("3."))
    };
    match loaded.documents.iter().find(|it| !is_openapi(it)) {
        Some(other) => Err(CompareError::NotOpenApi(other.source.path.clone())),
        None => Ok(loaded.documents),
    }
}

type Files = BTreeMap<String, String>;

fn rust_changes(old: Files, new: Files) -> Result<Vec<RustChange>, CompareError> {
    let surface = |files| rust::surface(files).map_err(|it| CompareError::Crate(it.to_string()));
    let (old, new) = std::thread::scope(|scope| {
        let old = scope.spawn(|| surface(old));
        let new = surface(new);
        let lost = |_| {
            Err(CompareError::Crate(
                "reading the old crate ended early".to_owned(),
            ))
        };
        (old.join().unwrap_or_else(lost), new)
    });
    Ok(rust::compare(&old?, &new?))
}

/// The code of the library.
fn code_of(files: &Files) -> Vec<(&String, &String)> {
    let code = files.iter().filter(|(path, _)| path.contains("/src/"));
    code.collect()
}

impl Difference {
    /// The step that the version has to take, from 1.0 on.
    pub fn verdict(&self) -> Verdict {
        self.decided().0
    }

    /// The step, and what decided it.
    pub fn decided(&self) -> (Verdict, Decision<'_>) {
        let wire = self.wire.first();
        let rust = self.rust.first();
        let severity = wire.map(|it| it.severity);
        let effect = rust.map(|it| it.effect);
        let by_rust = |verdict| (verdict, rust.map_or(Decision::Nothing, Decision::Rust));
        let by_wire = |verdict| (verdict, wire.map_or(Decision::Nothing, Decision::Wire));
        let inside = self.emitted && severity > Some(Severity::Documentation);
        match (severity, effect) {
            // Whatever the document says otherwise, there is nothing to release.
            (_, None) if !inside => (Verdict::None, Decision::Nothing),
            (_, Some(Effect::Breaking)) => by_rust(Verdict::Major),
            (Some(Severity::Breaking), _) => by_wire(Verdict::Major),
            (_, Some(Effect::Additive | Effect::Deprecated)) => by_rust(Verdict::Minor),
            (Some(Severity::Dangerous | Severity::Compatible), _) => by_wire(Verdict::Minor),
            (_, Some(Effect::Documentation)) => by_rust(Verdict::Patch),
            (_, None) => by_wire(Verdict::Patch),
        }
    }
}

/// What decided a verdict.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Decision<'a> {
    /// There was nothing to decide.
    Nothing,
    /// A difference on the wire.
    Wire(&'a Change),
    /// A difference in Rust.
    Rust(&'a RustChange),
}

impl Decision<'_> {
    /// The difference in a sentence.
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Nothing => None,
            Self::Wire(change) => Some(&change.message),
            Self::Rust(change) => Some(&change.message),
        }
    }

    /// Its code.
    pub fn code(&self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Wire(change) => Some(change.code),
            Self::Rust(change) => Some(change.code),
        }
    }

    /// What would have avoided the step, where anything would.
    pub fn instead(&self) -> Option<&str> {
        match self {
            Self::Nothing => None,
            Self::Wire(change) => crate::avoid::avoided(change.code),
            Self::Rust(change) => crate::avoid::avoided(change.code).or(change.instead.as_deref()),
        }
    }
}
