//! Reading the directory of OpenAPI documents, as the generator reads it.

use std::path::Path;

use huaweicloud_codegen::load::{self, Document};
use huaweicloud_codegen::model::Model;
use huaweicloud_codegen::{Source, check, lower, workspace};

use super::error::SimulatorError;

/// The documents, each with the service of the model that was made of it.
#[derive(Debug)]
pub(crate) struct Documents {
    pub(crate) documents: Vec<Document>,
    pub(crate) model: Model,
}

impl Documents {
    /// Reads every document of a directory; other YAML, without an `openapi` field, is left alone.
    pub(crate) fn read(directory: &Path) -> Result<Self, SimulatorError> {
        let documents = Self::of(&workspace::documents_in(directory, None)?)?;
        if documents.documents.is_empty() {
            return Err(SimulatorError::NoDocuments {
                directory: directory.to_owned(),
            });
        }
        Ok(documents)
    }

    /// Reads documents from their texts.
    pub(crate) fn of(sources: &[Source]) -> Result<Self, SimulatorError> {
        let mut loaded = load::load(sources);
        loaded
            .documents
            .retain(|document| document.tree.get("openapi").is_some());
        let mut found = loaded.diagnostics;
        found.extend(check::check(
            &loaded.documents,
            huaweicloud_codegen::profile::of_the_workspace(),
        ));
        // Following references may not end in a document with mistakes.
        if !found.has_errors() {
            let (model, refused) = lower::lower(
                &loaded.documents,
                huaweicloud_codegen::profile::of_the_workspace(),
            );
            found.extend(refused);
            if !found.has_errors() {
                return Ok(Self {
                    documents: loaded.documents,
                    model,
                });
            }
        }
        let report = found.render_short(sources);
        Err(SimulatorError::Documents { report })
    }
}
