//! The one way to make the crate: spec text → files, with nothing else coming in.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
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
                diagnostics.push(Diagnostic {
                    severity: Severity::Error,
                    code: "emit::unsupported",
                    message: error.message,
                    path: error.path,
                    span: 0..0,
                    label: "in this document".to_owned(),
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
