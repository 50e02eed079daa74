//! Reading OpenAPI documents, as the generator reads them.

use std::path::Path;

use huaweicloud_codegen::load::Document;
use huaweicloud_codegen::model::Model;
use huaweicloud_codegen::profile::Profile;
use huaweicloud_codegen::{Lowered, Policy, Source, model_under, source_of, workspace};

use crate::error::SimulatorError;

/// The documents, each with the service of the model that was made of it.
#[derive(Debug)]
pub(crate) struct Documents {
    pub(crate) documents: Vec<Document>,
    pub(crate) model: Model,
    /// Whether they are somebody else's, who is not here to mend them.
    pub(crate) is_foreign: bool,
}

impl Documents {
    /// Reads a document, or every document of a folder; other YAML in it, without an `openapi` field,
    /// is left alone.
    pub(crate) fn read(path: &Path, profile: &dyn Profile) -> Result<Self, SimulatorError> {
        if path.is_file() {
            return Self::of(&[source_of(path, None, profile.package())?], profile);
        }
        let sources = workspace::documents_in(path, None)?;
        let is_document = |source: &Source| {
            let loaded = huaweicloud_codegen::load::load(std::slice::from_ref(source));
            let read = loaded.documents.first();
            read.is_none_or(|it| it.tree.get("openapi").is_some())
        };
        let documents: Vec<_> = sources.into_iter().filter(is_document).collect();
        if documents.is_empty() {
            return Err(SimulatorError::NoDocuments {
                directory: path.to_owned(),
            });
        }
        Self::of(&documents, profile)
    }

    /// Reads documents from their texts. What of others' documents a client would say less of is
    /// served all the same.
    pub(crate) fn of(sources: &[Source], profile: &dyn Profile) -> Result<Self, SimulatorError> {
        let policy = match profile.is_foreign() {
            true => Policy::permissive(),
            false => Policy::default(),
        };
        let read = model_under(sources, profile, &policy);
        let Lowered { documents, model } = read.map_err(|found| SimulatorError::Documents {
            report: found.render_short(sources),
        })?;
        Ok(Self {
            documents,
            model,
            is_foreign: profile.is_foreign(),
        })
    }
}
