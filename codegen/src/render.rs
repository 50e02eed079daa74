//! The one way to make the crate: spec text and a profile → files, with nothing else coming in.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, codes};
use crate::emit::EmitError;
use crate::load::Document;
use crate::load::tree::{Node, Span};
use crate::model::Model;
use crate::profile::Profile;
use crate::source::Source;
use crate::{check, emit, load, lower};

/// What rendering made.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The text of every file by its path in the workspace: `generated/src/lib.rs`.
    pub files: BTreeMap<String, String>,
    /// The model the files were made from.
    pub model: Model,
    /// What was found that does not stand in the way.
    pub warnings: Diagnostics,
}

/// Makes the crate out of its documents. The same input gives the same bytes, on every machine.
///
/// # Errors
/// Everything that is wrong with the documents, at once: every stage runs, whatever those before it
/// found. Two things end it early: of a document in another format, and of one whose references go
/// in a circle, nothing more is told.
pub fn render(sources: &[Source], profile: &dyn Profile) -> Result<Rendered, Diagnostics> {
    let loaded = load::load(sources);
    let mut diagnostics = loaded.diagnostics;
    diagnostics.extend(check::check(&loaded.documents, profile));
    // What one stage finds must not hide what the next would: all run, on all that they can.
    let readable: Vec<_> = loaded
        .documents
        .into_iter()
        .filter(|document| is_lowerable(document, &diagnostics))
        .collect();
    let (model, found) = lower::lower(&readable, profile);
    let reported = Reported::of(&diagnostics);
    let found = found.into_iter().filter(|it| !reported.covers(it));
    diagnostics.extend(found.collect());
    if !diagnostics.has_errors() {
        return match emit::emit(&model, profile) {
            Ok(files) => Ok(Rendered {
                files,
                model,
                warnings: diagnostics,
            }),
            Err(errors) => {
                diagnostics.extend(refused(errors, &readable));
                Err(diagnostics)
            }
        };
    }
    let sound = Model {
        package: model.package,
        services: model
            .services
            .into_iter()
            .filter(|service| !diagnostics.has_errors_in(&service.path))
            .collect(),
    };
    if let Err(errors) = emit::emit(&sound, profile) {
        diagnostics.extend(refused(errors, &readable));
    }
    Err(diagnostics)
}

/// Whether a document can be lowered: it is OpenAPI, and following its references ends.
fn is_lowerable(document: &Document, found: &Diagnostics) -> bool {
    let path = &document.source.path;
    let stops = [codes::VERSION, codes::REF_CYCLE];
    !found
        .iter()
        .any(|it| it.path == *path && stops.contains(&it.code))
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
fn refused(errors: Vec<EmitError>, documents: &[Document]) -> Diagnostics {
    let errors = errors.into_iter().map(|error| {
        let document = documents
            .iter()
            .find(|document| document.source.path == error.path);
        let operation = error.operation.as_deref();
        let place = operation.and_then(|id| operation_id(&document?.tree, id));
        let message = match operation {
            Some(id) => format!("the operation `{id}`: {}", error.message),
            None => error.message,
        };
        Diagnostic {
            severity: Severity::Error,
            code: "emit::unsupported",
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
        }
    });
    errors.collect()
}

/// Where an operation says its name.
fn operation_id(tree: &Node, id: &str) -> Option<Span> {
    let items = tree.get("paths")?.entries().iter();
    let operations = items.flat_map(|item| item.value.entries());
    operations
        .filter_map(|operation| operation.value.get("operationId"))
        .find(|name| name.as_str() == Some(id))
        .map(|name| name.span.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_found_by_its_name() {
        let text = "paths:\n  /a:\n    get: {operationId: one}\n    put: {operationId: two}\n";
        let loaded = load::load(&[Source::new("spec/a.yaml", text)]);
        let tree = &loaded.documents[0].tree;
        let span = operation_id(tree, "two").unwrap();
        assert_eq!(&text[span], "two");
        assert_eq!(operation_id(tree, "three"), None);
    }
}
