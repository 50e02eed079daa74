//! The one way to make the crate: spec text → files, with nothing else coming in.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::load::tree::{Node, Span};
use crate::model::Model;
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
/// Everything that is wrong with the documents, at once.
pub fn render(sources: &[Source]) -> Result<Rendered, Diagnostics> {
    let loaded = load::load(sources);
    let mut diagnostics = loaded.diagnostics;
    diagnostics.extend(check::check(&loaded.documents));
    if diagnostics.has_errors() {
        return Err(diagnostics);
    }
    let (model, found) = lower::lower(&loaded.documents);
    diagnostics.extend(found);
    if diagnostics.has_errors() {
        return Err(diagnostics);
    }
    match emit::emit(&model) {
        Ok(files) => Ok(Rendered {
            files,
            model,
            warnings: diagnostics,
        }),
        Err(errors) => {
            for error in errors {
                let document = loaded
                    .documents
                    .iter()
                    .find(|document| document.source.path == error.path);
                let operation = error.operation.as_deref();
                let place = operation.and_then(|id| operation_id(&document?.tree, id));
                let message = match operation {
                    Some(id) => format!("the operation `{id}`: {}", error.message),
                    None => error.message,
                };
                diagnostics.push(Diagnostic {
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
                });
            }
            Err(diagnostics)
        }
    }
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
