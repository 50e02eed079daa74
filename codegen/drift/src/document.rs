//! What the documents of `spec/` claim, each fact with the bytes that say it.

mod extensions;
pub(crate) mod keywords;
mod operation;
pub mod pointer;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use huaweicloud_codegen::load::tree::{Node, Span};
use huaweicloud_codegen::load::{self, Document};
use huaweicloud_codegen::{Diagnostics, Source};
use huaweicloud_pages::vendor::IMPLIED_HEADERS;

use crate::claim::{Claims, ParameterLocation, Subject, same_header};
pub(crate) use operation::is_method;
use pointer::Pointer;
pub(crate) use schema::{innermost, layers};

/// A page that an operation names as its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Its address.
    pub url: String,
    /// What the document calls it.
    pub title: Option<String>,
    /// The bytes of the address.
    pub span: Span,
}

/// Where a subject is described in the tree, references followed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SubjectPointers {
    /// Its schema.
    pub schema: Option<Pointer>,
    /// The object schema whose `properties` name it.
    pub parent: Option<Pointer>,
    /// The parameter or response object.
    pub object: Option<Pointer>,
}

impl SubjectPointers {
    /// All that describes it: its schema with the parts of that, and its object.
    pub(crate) fn nodes<'a>(&self, root: &'a Node) -> impl Iterator<Item = &'a Node> {
        let schemas = self.schema.iter().flat_map(|it| layers(root, it));
        let places = schemas.chain(self.object.clone());
        places.filter_map(|it| it.find(root))
    }
}

/// One operation of a document.
#[derive(Debug, Clone)]
pub struct DocumentOperation {
    /// The path of its document: `spec/dcs.yaml`.
    pub file: String,
    /// The document's service: `dcs`.
    pub service: String,
    /// Its name: `ResetPassword`.
    pub id: String,
    /// Its method in capitals.
    pub method: String,
    /// Its path template.
    pub path: String,
    /// Where it is.
    pub pointer: Pointer,
    /// The bytes that name it.
    pub named: Span,
    /// The page it was written from.
    pub origin: Option<Origin>,
    /// What it says.
    pub claims: Claims<Span>,
    /// Where its subjects are described.
    pub pointers: BTreeMap<Subject, SubjectPointers>,
    /// The schema of the request's body.
    pub body: Option<Pointer>,
    /// The words that name its service, in lower case: the document's name, the hosts of its servers,
    /// the service of its IAM action.
    pub services: Vec<String>,
    /// The names of the headers that its security schemes send.
    pub security_headers: Vec<String>,
    /// What it says that no page is read for: security and extensions, a line each.
    pub extensions: BTreeSet<String>,
}

impl DocumentOperation {
    /// Its name among all services: `dcs/ResetPassword`.
    pub fn label(&self) -> String {
        format!("{}/{}", self.service, self.id)
    }

    /// Where a subject is described. The names of headers have no case.
    pub(crate) fn pointers_of(&self, subject: &Subject) -> Option<&SubjectPointers> {
        let found = self.pointers.get(subject);
        found.or_else(|| same_header(self.pointers.iter(), subject))
    }

    /// Whether a response with this status has fields.
    pub(crate) fn has_fields_of(&self, status: &str) -> bool {
        let is_of = |it: &Subject| matches!(it, Subject::Response(of, _) if of == status);
        self.claims.any(is_of)
    }

    /// Whether a header goes without saying: HTTP, the security of the operation or signing adds it.
    pub(crate) fn implies(&self, subject: &Subject) -> bool {
        let Subject::Parameter(ParameterLocation::Header, name) = subject else {
            return false;
        };
        let security = self.security_headers.iter().map(String::as_str);
        let mut implied = IMPLIED_HEADERS.iter().copied().chain(security);
        implied.any(|it| it.eq_ignore_ascii_case(name))
    }

    /// The statuses it responds with, in the order of the document.
    pub fn statuses(&self) -> impl Iterator<Item = &str> {
        self.claims.iter().filter_map(|(subject, _)| match subject {
            Subject::Status(status) => Some(status.as_str()),
            _ => None,
        })
    }

    /// The status of its one success; nothing when it has several or none.
    pub fn success(&self) -> Option<&str> {
        let mut successes = self.statuses().filter(|status| status.starts_with('2'));
        successes.next().filter(|_| successes.next().is_none())
    }
}

/// The documents with what they say.
#[derive(Debug, Clone)]
pub struct Spec {
    /// The documents.
    pub documents: Vec<Document>,
    /// Their operations, in order.
    pub operations: Vec<DocumentOperation>,
}

impl Spec {
    /// Reads documents.
    ///
    /// # Errors
    /// When a document is not valid YAML, or has keys twice and the like.
    pub fn read(sources: &[Source]) -> Result<Self, Diagnostics> {
        let loaded = load::load(sources);
        if loaded.diagnostics.has_errors() {
            return Err(loaded.diagnostics);
        }
        let documents = loaded.documents;
        Ok(Self {
            operations: documents.iter().flat_map(operation::operations).collect(),
            documents,
        })
    }

    /// The operation of a label: `dcs/ResetPassword`.
    pub fn operation(&self, label: &str) -> Option<&DocumentOperation> {
        self.operations.iter().find(|it| it.label() == label)
    }

    /// The document that an operation is in.
    pub fn document(&self, file: &str) -> Option<&Document> {
        self.documents.iter().find(|it| it.source.path == file)
    }

    /// The tree that an operation is in.
    pub fn tree(&self, file: &str) -> Option<&Node> {
        self.document(file).map(|document| &document.tree)
    }
}

#[cfg(test)]
mod tests;
