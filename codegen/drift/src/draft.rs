//! Pages and definitions → new operations of documents, and new documents.
//!
//! Everything that is said stands in the draft: as OpenAPI where that has a word for it, else in a
//! comment. Every doubt is a comment `# ask:` with the line that raises it. Descriptions are left to
//! people: what stands in their place is made of names, and no sentence of a page is copied. What is the
//! vendor's (servers, security, what the client fills in) comes from the documents that are there.
//!
//! ```text
//! place       the document, the path there, the name
//! tree        fields by their paths → what is in what
//! schema      a field → its schema; objects become components
//! components  the document's, and those that come with the draft
//! operation   parameters, body, responses
//! document    the text with all of it
//! examples    those of the files, where they fit the schemas
//! mend        what the generator refuses of that becomes a question
//! ```

mod components;
mod document;
mod examples;
mod mend;
mod operation;
mod place;
mod schema;
#[cfg(test)]
mod tests;
mod tree;
mod words;

use huaweicloud_codegen::check::{check, sounds_secret};
use huaweicloud_codegen::diagnostic::codes;
use huaweicloud_codegen::load::load;
use huaweicloud_codegen::{Source, profile};
use huaweicloud_pages::facts::{Fact, Facts};
use huaweicloud_pages::{combine, is_same_operation, password_rules};

use crate::document::Spec;
use components::Components;
use document::Addition;
use operation::Operation;

/// Why a page became no operation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// It names no route.
    #[error(
        "it names no route, so it is not the page of an API call; `cargo codegen docs read` shows what \
         was read"
    )]
    NoRoute,
    /// Its route is none that a document can have.
    #[error("its route `{0}` is none that a document can have; write the operation by hand")]
    Route(String),
    /// A document has its route.
    #[error(
        "{label} has this route already ({route}); `docs check` compares the two, and a call that shares \
         the route of another is described in that one"
    )]
    Known {
        /// The operation.
        label: String,
        /// Its route.
        route: String,
    },
    /// No document is of its service, or more than one.
    #[error(
        "which document is it for? it names {}; say with --service NAME, one of {} or a new one",
        if .named.is_empty() { "no service".to_owned() } else { .named.join(" and ") },
        .known.join(", ")
    )]
    Service {
        /// The words by which it names its service.
        named: Vec<String>,
        /// The services that have a document.
        known: Vec<String>,
    },
    /// A name that no service can have.
    #[error(
        "`{0}` cannot be the name of a service: write lower-case letters, and digits behind them, \
         as in `dcs`, and no word that Rust or the client needs"
    )]
    ServiceName(String),
    /// There is no document to take servers and security from.
    #[error(
        "spec/ has no document whose servers and security a new one could have; write the first one by \
         hand, docs/spec-extensions.md says what it contains"
    )]
    NoModel,
    /// The document cannot be edited.
    #[error("nothing can be added to {file}: {why}")]
    Document {
        /// The document.
        file: String,
        /// Why not.
        why: String,
    },
}

/// An operation that was drafted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftedOperation {
    /// Its name: `dcs/ResetPassword`.
    pub label: String,
    /// Its document.
    pub file: String,
    /// How many questions it comes with.
    pub asks: usize,
}

/// Documents with what was drafted.
#[derive(Debug, Clone, Default)]
pub struct Drafted {
    /// All documents.
    pub sources: Vec<Source>,
    /// What is new in them, in order.
    pub operations: Vec<DraftedOperation>,
    /// The pages that became no operation, by their files.
    pub failures: Vec<(String, DraftError)>,
}

/// Drafts an operation from each definition, page, or both of the same operation: into the document of
/// its service, or of the service that is asked for, which may be new.
pub fn draft(sources: &[Source], read: Vec<Facts>, service: Option<&str>) -> Drafted {
    let mut drafted = Drafted {
        sources: sources.to_vec(),
        ..Drafted::default()
    };
    let refused = service.filter(|it| !is_service(it));
    for facts in together(read) {
        let one = match refused {
            Some(name) => Err(DraftError::ServiceName(words::foreign(name))),
            None => one(&drafted.sources, &facts, service),
        };
        match one {
            Ok((source, label)) => {
                let old = drafted.sources.iter_mut().find(|it| it.path == source.path);
                let before = old.as_ref().map_or(0, |it| document::asks(it));
                drafted.operations.push(DraftedOperation {
                    label,
                    file: source.path.clone(),
                    asks: document::asks(&source) - before,
                });
                match old {
                    Some(old) => *old = source,
                    None => drafted.sources.push(source),
                }
                drafted.sources.sort_by(|a, b| a.path.cmp(&b.path));
            }
            Err(error) => {
                let files: Vec<&str> = facts.files.iter().map(|it| it.name.as_str()).collect();
                drafted.failures.push((files.join(", "), error));
            }
        }
    }
    drafted
}

/// What is known of each operation, from one file or several. A route may be that of two calls, which
/// then have two names.
fn together(read: Vec<Facts>) -> Vec<Facts> {
    let mut groups: Vec<Vec<Facts>> = Vec::new();
    for facts in read {
        let is_one = |known: &Facts| {
            let mut names = known.operation.iter().zip(&facts.operation);
            is_same_operation(known, &facts) && names.all(|(a, b)| a.value == b.value)
        };
        match groups.iter_mut().find(|group| group.iter().all(is_one)) {
            Some(group) => group.push(facts),
            None => groups.push(vec![facts]),
        }
    }
    groups.into_iter().map(combine).map(with_rules).collect()
}

/// Facts with the rules of passwords that only the words of a definition tell. They are in no structure,
/// so that no document is held to them without a question.
fn with_rules(mut facts: Facts) -> Facts {
    for (_, field) in &mut facts.parameters {
        let name = field.path.rsplit('.').next().unwrap_or_default();
        let is_open = field.password.is_none() && (field.secret.is_some() || sounds_secret(name));
        let said = field.description.as_ref().filter(|_| is_open);
        let rules = said.and_then(|it| Some((password_rules(&it.value)?, it.sources.clone())));
        if let Some((value, sources)) = rules {
            field.password = Some(Fact { value, sources });
        }
    }
    facts
}

/// The document with one new operation, and the operation's name.
fn one(
    sources: &[Source],
    facts: &Facts,
    service: Option<&str>,
) -> Result<(Source, String), DraftError> {
    let refused = |file: &str, why: String| DraftError::Document {
        file: file.to_owned(),
        why,
    };
    let unreadable = |file: &str| refused(file, "it cannot be read".to_owned());
    let spec = Spec::read(sources).map_err(|_| unreadable("spec/"))?;
    let placed = place::place(&spec, facts, service)?;
    let document = spec.document(&placed.file);
    let mut components = document
        .map(|it| Components::of(&it.tree))
        .unwrap_or_default();
    let operation = Operation {
        spec: &spec,
        facts,
        placed: &placed,
        components: &mut components,
        tag: document::tag(document, facts, &placed.at),
        origin: document::origin(&spec, &placed, facts),
    }
    .write();
    let mut addition = Addition {
        placed: &placed,
        operation,
        components: components.into_added(),
    };
    let written = |addition: &Addition<'_>| {
        let source = match document {
            Some(document) => {
                let text = addition.add_to(document);
                let text = text.map_err(|why| refused(&placed.file, why))?;
                document.source.with_text(text)
            }
            None => {
                let like = document::model(&spec).ok_or(DraftError::NoModel)?;
                Source::new(placed.file.clone(), addition.document(like, facts))
            }
        };
        let source = mend::mend(document.map(|it| &it.source), source);
        let read = load(std::slice::from_ref(&source));
        let is_whole = !read.diagnostics.has_errors();
        let mut read = read.documents.into_iter();
        let drafted = read.find(|it| is_whole && placed.find(&it.tree).is_some());
        Ok((source, drafted.ok_or_else(|| unreadable(&placed.file))?))
    };
    let (mut source, document) = written(&addition)?;
    // What fits the schemas is known when they are there.
    if examples::put(&mut addition.operation, &document, &placed, facts) {
        source = written(&addition)?.0;
    }
    Ok((source, format!("{}/{}", placed.service, placed.id)))
}

/// Whether a text can be the name of a service, which becomes a file and a module: the generator says.
fn is_service(name: &str) -> bool {
    let is_file = |it: u8| it.is_ascii_alphanumeric() || b"-_".contains(&it);
    let source = Source::new(format!("spec/{name}.yaml"), "openapi: 3.0.3\n");
    let documents = load(&[source]).documents;
    let found = check(&documents, profile::of_the_workspace());
    let mut found = found.iter();
    let is_word = name.starts_with(|it: char| it.is_ascii_lowercase());
    is_word && name.bytes().all(is_file) && !found.any(|it| it.code == codes::SERVICE_NAME)
}
