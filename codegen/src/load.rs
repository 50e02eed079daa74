//! Text → documents: a tree in which every key and value knows its place.

mod merge;
mod modern;
mod offsets;
mod parse;
pub mod references;
mod scalar;
mod surrogates;
mod tags;
#[cfg(test)]
mod tests;
pub mod tree;
mod walk;

use crate::diagnostic::{Diagnostics, Report};
use crate::source::Source;
use tree::Node;

/// One document that could be read.
#[derive(Debug, Clone)]
pub struct Document {
    /// The text and the path it is reported under.
    pub source: Source,
    /// The whole document with places; anchors and merge keys are resolved, and what OpenAPI 3.1
    /// says otherwise is said as 3.0 does.
    pub tree: Node,
}

/// What came out of reading: the documents that are YAML, and what was wrong with the others.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The documents that could be read to their end, in the order of their sources. One with
    /// smaller mistakes (a duplicate key, an unknown tag) is among them, so that `check` can tell
    /// everything else at the same time; the diagnostics still forbid generation.
    pub documents: Vec<Document>,
    /// Syntax errors, duplicate keys and the like.
    pub diagnostics: Diagnostics,
}

/// Reads every source; one that is not YAML becomes diagnostics instead of a document.
///
/// JSON is read too, being YAML. Scalars follow the YAML 1.2 core schema. Aliases and merge keys
/// are applied, within bounds. Never panics, whatever the text.
pub fn load(sources: &[Source]) -> Loaded {
    let mut loaded = Loaded::default();
    for source in sources {
        let mut report = Report::new(&source.path);
        if let Some(mut tree) = parse::parse(&source.text, &mut report) {
            if modern::is_modern(&tree) {
                modern::rewrite_document(&mut tree, &mut report);
            }
            let source = source.clone();
            loaded.documents.push(Document { source, tree });
        }
        loaded.diagnostics.extend(report.finish());
    }
    loaded
}
