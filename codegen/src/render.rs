//! The one way to make the crate: spec text and a profile → files, with nothing else coming in.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, codes};
use crate::emit::{EmitError, Watch};
use crate::load::Document;
use crate::load::tree::{Node, Span};
use crate::model::{Model, Service};
use crate::policy::Policy;
use crate::profile::Profile;
use crate::source::Source;
use crate::{check, emit, load, lower, names};

/// What rendering made.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The text of every file by its path in the workspace: `generated/src/lib.rs`.
    pub files: BTreeMap<String, String>,
    /// The model the files were made from.
    pub model: Model,
    /// What was found that does not stand in the way.
    pub warnings: Diagnostics,
    /// The operations of the documents that no code was made for, each by its name and why. The
    /// warnings have their places.
    pub left_out: Vec<(String, String)>,
}

/// Makes the crate out of its documents, each finding with the weight that its rule has. The same
/// input gives the same bytes, on every machine.
///
/// # Errors
/// As [`render_under`].
pub fn render(sources: &[Source], profile: &dyn Profile) -> Result<Rendered, Diagnostics> {
    render_under(sources, profile, &Policy::default())
}

/// Makes the crate out of its documents under a policy.
///
/// # Errors
/// Everything that is found in the documents when something in it forbids generation: every stage
/// runs, whatever those before it found. One thing ends it early: of a document in another format,
/// nothing more is told.
pub fn render_under(
    sources: &[Source],
    profile: &dyn Profile,
    policy: &Policy,
) -> Result<Rendered, Diagnostics> {
    render_watched(sources, profile, policy, &|_, _| {})
}

/// As [`render_under`], and tells how many operations have been emitted, and of how many.
///
/// # Errors
/// As [`render_under`].
pub fn render_watched(
    sources: &[Source],
    profile: &dyn Profile,
    policy: &Policy,
    watch: Watch<'_>,
) -> Result<Rendered, Diagnostics> {
    let (found, lowered) = find(sources, profile);
    let mut found = lowered.judge(policy, found);
    let Lowered {
        documents: readable,
        mut model,
    } = lowered;
    if readable.len() < sources.len() {
        return Err(found);
    }
    if found.has_errors() {
        let is_wrong = |it: &&Source| found.has_errors_in(it);
        let wrong: HashSet<&str> = sources
            .iter()
            .filter(is_wrong)
            .map(|it| it.path.as_str())
            .collect();
        let sound = |service: &Service| !wrong.contains(service.path.as_str());
        model.services.retain(sound);
    }
    // The trees are the half of what a large document takes; only where operations stand is asked for
    // from here on.
    let places: Vec<_> = readable.into_iter().map(Places::of).collect();
    let mut left_out = Vec::new();
    loop {
        let errors = match emit::emit(&model, profile, watch) {
            Ok(_) if found.has_errors() => return Err(found),
            Ok(files) => {
                return Ok(Rendered {
                    files,
                    model,
                    warnings: found,
                    left_out,
                });
            }
            Err(errors) => errors,
        };
        let without = without(&errors, &mut model);
        left_out.extend(errors.iter().filter_map(|error| {
            let operation = error.operation.clone()?;
            Some((operation, error.message.clone()))
        }));
        let refused = refused(errors, &places);
        let judged = policy.judge(refused.clone());
        if !without || !policy.is_permissive() || judged.has_errors() {
            // Without the operation there is no crate, whatever the policy says of the finding.
            found.extend(refused);
            return Err(found);
        }
        found.extend(judged);
    }
}

/// Reads documents under a policy, up to the model that a crate would be made of: for what serves or
/// shows documents instead.
///
/// # Errors
/// Everything that is found when something in it forbids generation under the policy.
pub fn model_under(
    sources: &[Source],
    profile: &dyn Profile,
    policy: &Policy,
) -> Result<Lowered, Diagnostics> {
    let (found, lowered) = find(sources, profile);
    let found = lowered.judge(policy, found);
    if found.has_errors() || lowered.documents.len() < sources.len() {
        return Err(found);
    }
    Ok(lowered)
}

/// The documents that could be read and what they say.
#[derive(Debug)]
pub struct Lowered {
    /// The documents, each with its tree.
    pub documents: Vec<Document>,
    /// What they say.
    pub model: Model,
}

impl Lowered {
    /// Gives every finding the weight it has under a policy. What cannot be read at all, no policy
    /// can read: what says why stays an error.
    pub(crate) fn judge(&self, policy: &Policy, found: Diagnostics) -> Diagnostics {
        // A document is read whatever the files are like that it refers to.
        let texts = self.documents.iter().flat_map(|it| it.source.texts());
        let read: HashSet<&str> = texts.map(|(path, _)| path).collect();
        let stops =
            |it: &Diagnostic| it.severity == Severity::Error && !read.contains(it.path.as_str());
        let (stopping, others): (Vec<_>, Vec<_>) = found.into_iter().partition(stops);
        let mut judged = policy.judge(others.into_iter().collect());
        judged.extend(stopping.into_iter().collect());
        judged
    }
}

/// Everything that is found in documents before code is made of them, each with the weight of its
/// rule.
pub(crate) fn find(sources: &[Source], profile: &dyn Profile) -> (Diagnostics, Lowered) {
    let loaded = load::load(sources);
    let mut found = loaded.diagnostics;
    found.extend(check::check(&loaded.documents, profile));
    // What one stage finds must not hide what the next would: all run, on all that they can.
    let documents: Vec<_> = loaded
        .documents
        .into_iter()
        .filter(|document| is_lowerable(document, &found))
        .collect();
    let (model, lowered) = lower::lower(&documents, profile);
    let reported = Reported::of(&found);
    let lowered = lowered.into_iter().filter(|it| !reported.covers(it));
    found.extend(lowered.collect());
    (found, Lowered { documents, model })
}

/// Takes the operations that could not be emitted out of the model, and the types that none of the
/// others needs; whether that changed anything.
pub(crate) fn without(errors: &[EmitError], model: &mut Model) -> bool {
    let size = |model: &Model| -> usize {
        let services = model.services.iter();
        let sizes = services.map(|it| it.operations.len() + it.schemas.len());
        sizes.sum()
    };
    let before = size(model);
    for service in &mut model.services {
        let errors = errors.iter().filter(|error| error.path == service.path);
        let names: HashSet<_> = errors.map(|error| error.operation.as_deref()).collect();
        if names.is_empty() {
            continue;
        }
        service
            .operations
            .retain(|it| !names.contains(&Some(it.id.as_str())));
        emit::keep_needed(service);
    }
    size(model) < before
}

/// Whether a document can be lowered: it is OpenAPI.
fn is_lowerable(document: &Document, found: &Diagnostics) -> bool {
    let path = &document.source.path;
    let mut found = found.iter();
    !found.any(|it| it.path == *path && it.code == codes::VERSION)
}

/// Where errors were reported already.
struct Reported {
    /// The bytes of each, by path.
    places: HashMap<String, HashSet<Span>>,
}

impl Reported {
    fn of(diagnostics: &Diagnostics) -> Self {
        let mut places: HashMap<_, HashSet<_>> = HashMap::new();
        for it in diagnostics
            .iter()
            .filter(|it| it.severity == Severity::Error)
        {
            places
                .entry(it.path.clone())
                .or_default()
                .insert(it.span.clone());
        }
        Self { places }
    }

    /// Whether an error was reported of the same bytes: then the finding is what it leads to.
    fn covers(&self, finding: &Diagnostic) -> bool {
        let places = self.places.get(&finding.path);
        places.is_some_and(|places| places.contains(&finding.span))
    }
}

/// What could not be emitted, at the operations it is about.
fn refused(errors: Vec<EmitError>, documents: &[Places]) -> Diagnostics {
    let errors = errors.into_iter().map(|error| {
        let document = documents.iter().find(|it| it.source.path == error.path);
        let operation = error.operation.as_deref();
        let place = operation.and_then(|id| document?.operations.get(id).cloned());
        let message = match operation {
            Some(id) => format!("the operation `{id}`: {}", error.message),
            None => error.message,
        };
        let finding = Diagnostic {
            severity: Severity::Error,
            code: codes::NOT_EMITTED,
            message,
            path: error.path,
            label: match place {
                Some(_) => "in this operation or a schema it uses".to_owned(),
                None => "in this document".to_owned(),
            },
            span: place.unwrap_or(0..0),
            related: Vec::new(),
            help: Some(
                "the generator cannot make a client of it; simplify the schemas it names"
                    .to_owned(),
            ),
        };
        match document {
            Some(document) => finding.placed(&document.source),
            None => finding,
        }
    });
    errors.collect()
}

/// Where the operations of a document say their names, or stand if they have none.
struct Places {
    source: Source,
    operations: HashMap<String, Span>,
}

impl Places {
    fn of(document: Document) -> Self {
        let paths = document.tree.get("paths").map_or(&[][..], Node::entries);
        let mut operations = HashMap::new();
        for path in paths {
            for operation in path.value.entries() {
                let name = operation.value.get("operationId");
                let span = name.map_or(&operation.key_span, |name| &name.span);
                let id = lower::operation_id(&operation.value, &operation.key, &path.key);
                for id in [id, names::of_operation(&operation.key, &path.key)] {
                    operations.entry(id).or_insert_with(|| span.clone());
                }
            }
        }
        Self {
            source: document.source,
            operations,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_found_by_its_name() {
        let text = "paths:\n  /a:\n    get: {operationId: one}\n    put: {operationId: two}\n";
        let loaded = load::load(&[Source::new("spec/a.yaml", text)]);
        let documents = loaded.documents;
        let places: Vec<_> = documents.into_iter().map(Places::of).collect();
        let span = places[0].operations["two"].clone();
        assert_eq!(&text[span], "two");
        assert_eq!(places[0].operations.get("three"), None);
    }
}
