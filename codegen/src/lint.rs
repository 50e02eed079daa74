//! One document → everything there is to say of it, without making code of it.
//!
//! What making code finds besides (`emit::unsupported`) is told by whoever makes it.

mod json;
mod owner;
mod sarif;

use std::collections::HashMap;

use crate::check;
use crate::diagnostic::formats::{Weight, github};
use crate::diagnostic::{Class, Diagnostic, Diagnostics};
use crate::load::{self, Document};
use crate::policy::Policy;
use crate::profile::Profile;
use crate::render;
use crate::source::{Lines, Position, Source};

pub use owner::Owner;
use owner::Owners;

/// What was found in one document.
#[derive(Debug)]
pub struct Linted {
    source: Source,
    found: Diagnostics,
    document: Option<Document>,
}

/// A finding with all that is known of it.
#[derive(Debug, Clone, Copy)]
pub struct Finding<'l> {
    /// What was found.
    pub diagnostic: &'l Diagnostic,
    /// What kind of thing it is.
    pub class: Class,
    /// What of the document it belongs to.
    pub owner: &'l Owner,
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
}

/// Looks at a document under a policy.
///
/// ```
/// use huaweicloud_codegen::{Policy, Source, lint, profile};
///
/// let source = Source::new("pets.yaml", "openapi: 3.0.3\ninfo: {title: Pets}\npaths: {}\n");
/// let linted = lint::lint(source, profile::of_the_workspace(), &Policy::default());
/// assert!(linted.is_denied());
/// ```
pub fn lint(source: Source, profile: &dyn Profile, policy: &Policy) -> Linted {
    let sources = [source];
    let (found, lowered) = render::find(&sources, profile);
    let found = lowered.judge(policy, found);
    let document = lowered.documents.into_iter().next();
    let [source] = sources;
    // Of one in another format it can still be told whose a finding is.
    let document = document.or_else(|| {
        let loaded = load::load(std::slice::from_ref(&source));
        loaded.documents.into_iter().next()
    });
    Linted {
        source,
        found,
        document,
    }
}

impl Linted {
    /// The document's text.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// What was found.
    pub fn found(&self) -> &Diagnostics {
        &self.found
    }

    /// Whether anything was found that the policy denies.
    pub fn is_denied(&self) -> bool {
        self.found.has_errors()
    }

    /// Calls with each finding, in the order of the document.
    fn each<T>(&self, mut call: impl FnMut(Finding<'_>, &Texts<'_>) -> T) -> Vec<T> {
        let owners = Owners::of(self.document.as_ref().map(|it| &it.tree));
        let lines = |(path, text)| (path, Lines::new(text));
        let texts = Texts(self.source.texts().map(lines).collect());
        let sorted = self.found.sorted();
        let findings = sorted.into_iter().map(|diagnostic| {
            let Diagnostic { path, span, .. } = diagnostic;
            let inside = self.source.span_of(path, span);
            let finding = Finding {
                diagnostic,
                class: check::class_of(diagnostic.code),
                owner: owners.owner(inside.map_or(0, |it| it.start)),
                start: texts.position(path, span.start),
                end: texts.position(path, span.end),
            };
            call(finding, &texts)
        });
        findings.collect()
    }
}

/// The lines of a document and of the files that it refers to, by path.
struct Texts<'l>(HashMap<&'l str, Lines<'l>>);

impl Texts<'_> {
    fn position(&self, path: &str, byte: usize) -> Position {
        let lines = self.0.get(path);
        lines.map_or(Position { line: 1, column: 1 }, |it| it.position(byte))
    }
}

/// How many findings there are of each class: `1 invalid, 2 lint`. Empty when there are none.
pub fn by_class(all: &[Linted]) -> String {
    let codes = || all.iter().flat_map(|it| it.found.sorted());
    let part = |class: Class| {
        let of_class = codes().filter(|it| check::class_of(it.code) == class);
        let count = of_class.count();
        (count > 0).then(|| format!("{count} {class}"))
    };
    let parts = [Class::Invalid, Class::Lossy, Class::Lint].map(part);
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(", ")
}

/// For people: each finding with its lines.
pub fn text(all: &[Linted], color: bool, width: Option<usize>) -> String {
    let texts = all.iter().map(|it| {
        let sources = std::slice::from_ref(&it.source);
        it.found.render_within(sources, color, width)
    });
    let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    texts.join("\n")
}

/// For programs: everything. Of the files that could not be read: each with why.
pub fn json(all: &[Linted], failures: &[(String, String)]) -> String {
    json::render(all, failures)
}

/// For tools that collect findings: SARIF 2.1.0.
pub fn sarif(all: &[Linted], failures: &[(String, String)]) -> String {
    sarif::render(all, failures)
}

/// For GitHub Actions: an annotation for each finding.
pub fn github(all: &[Linted], failures: &[(String, String)]) -> String {
    let failures = failures.iter().map(|(file, message)| {
        let message = format!("{file}: {message}");
        github::annotation(Weight::Error, None, "document not read", &message)
    });
    let annotations = all.iter().flat_map(|linted| {
        linted.each(|it, _| {
            let Diagnostic { code, message, .. } = it.diagnostic;
            let help = it.diagnostic.help.iter().map(|help| format!("\n{help}"));
            let message = format!("{message}{}", help.collect::<String>());
            let title = format!("{code} ({}, {})", it.class, it.owner);
            let at = (it.diagnostic.path.as_str(), it.start.line, it.start.column);
            let weight = it.diagnostic.severity.into();
            github::annotation(weight, Some(at), &title, &message)
        })
    });
    failures.chain(annotations).collect()
}
