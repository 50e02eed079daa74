//! Text → documents: a tree in which every key and value knows its place.

mod bundle;
mod json;
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

pub use bundle::Outside;
pub(crate) use bundle::{Lost, Why};
pub use modern::KEPT;

use crate::diagnostic::{Diagnostics, Report};
use crate::source::{Referred, Source};
use tree::Node;

/// One document that could be read.
#[derive(Debug, Clone)]
pub struct Document {
    /// The text and the path it is reported under.
    pub source: Source,
    /// The whole document with places; anchors and merge keys are resolved, what OpenAPI 3.1 says
    /// otherwise is said as 3.0 does, and what is referred to in other files is among its components.
    pub tree: Node,
    /// What became of the references to other files.
    pub outside: Outside,
}

impl Document {
    /// Whether it says that it is of version 3.1.
    pub(crate) fn is_modern(&self) -> bool {
        modern::is_modern(&self.tree)
    }
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
/// are applied, within bounds. References to other files are followed into those that the source
/// has ([`follow`]). Never panics, whatever the text.
pub fn load(sources: &[Source]) -> Loaded {
    let mut loaded = Loaded::default();
    for source in sources {
        let read = read(source, None);
        loaded.diagnostics.extend(read.found);
        loaded.documents.extend(read.tree.map(|tree| Document {
            source: source.clone(),
            tree,
            outside: read.outside,
        }));
    }
    loaded
}

/// Gives a source the files that it refers to, and those that these refer to: `open` says what
/// stands behind a path, which is as that of the source is.
///
/// ```
/// use huaweicloud_codegen::{Referred, Source, load};
///
/// let text = "components: {schemas: {Pet: {$ref: 'schemas/pet.yaml'}}}";
/// let source = load::follow(Source::new("spec/pets.yaml", text), &mut |path| {
///     assert_eq!(path, "spec/schemas/pet.yaml");
///     Referred::Text("type: string".into())
/// });
/// assert_eq!(source.texts().count(), 2);
/// ```
pub fn follow(source: Source, open: &mut dyn FnMut(&str) -> Referred) -> Source {
    if !bundle::refers_out(&source.text) {
        return source;
    }
    read(&source, Some(open)).source.unwrap_or(source)
}

/// What one source comes to.
struct Read {
    tree: Option<Node>,
    outside: Outside,
    found: Diagnostics,
    /// The source with the files that it refers to, if it was asked for them.
    source: Option<Source>,
}

fn read(source: &Source, open: Option<bundle::Open<'_>>) -> Read {
    let mut report = Report::new(source);
    let mut tree = parse::parse(&source.text, &mut report);
    let mut read = Read {
        tree: None,
        outside: Outside::default(),
        found: Diagnostics::default(),
        source: None,
    };
    if let Some(tree) = &mut tree {
        let is_modern = modern::is_modern(tree);
        let refers_out = bundle::refers_out(&source.text);
        let has_id = is_modern && refers_out && bundle::has_id(tree);
        if is_modern {
            modern::rewrite_document(tree, &mut report);
        }
        if refers_out {
            let (with_files, outside, found) = bundle::bundle(source, tree, has_id, open);
            (read.outside, read.found, read.source) = (outside, found, Some(with_files));
        }
    }
    read.found.extend(report.finish());
    read.tree = tree;
    read
}
