//! The pages about the documents: what each operation is, a form to try it, and the same call in code.
//!
//! They are a pure function of the documents. A simulator serves them below `/_simulator/`; without one
//! they are static files, in which nothing asks for a server. A page is whole without JavaScript: the
//! script adds what needs one, filtering, copying and calls.
//!
//! Text of documents is escaped by the type of the templates, Markdown is rendered without HTML and
//! without images, and a strict `Content-Security-Policy` lets a page load and reach nothing but its own
//! origin.

mod fields;
mod index;
mod layout;
mod operation;
mod reference;
mod samples;
mod site;
mod text;

use std::sync::Arc;

use huaweicloud_codegen::load::Document;
use huaweicloud_codegen::model::{Model, Operation, Service};

use crate::curl;
use crate::gateway::Gateway;
use crate::operation::Operation as Served;

pub(crate) use self::site::Site;

/// What a page may load and reach: its own origin, and no script or style that stands in it.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'";

/// What the pages are made of.
struct Explorer<'a> {
    documents: &'a [Arc<Document>],
    model: &'a Model,
    /// What a simulator serves of it.
    served: Vec<&'a Served>,
    gateway: &'a dyn Gateway,
    /// The command for operators that is made of the same documents, if there is one.
    command: Option<&'a str>,
    /// Where the simulator is.
    endpoint: &'a str,
    /// Whether a simulator serves the pages.
    is_live: bool,
}

/// A file of the explorer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its place: relative, with slashes.
    pub path: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it.
    pub text: String,
}

/// The place of the first page.
pub(crate) const INDEX: &str = "index.html";
const HTML: &str = "text/html; charset=utf-8";

/// The files that are the same whatever the documents say.
const ASSETS: [(&str, &str, &str); 3] = [
    (
        "explorer.css",
        "text/css; charset=utf-8",
        include_str!("explorer/assets/explorer.css"),
    ),
    (
        "explorer.js",
        "text/javascript; charset=utf-8",
        include_str!("explorer/assets/explorer.js"),
    ),
    (
        "explorer.svg",
        "image/svg+xml",
        include_str!("explorer/assets/explorer.svg"),
    ),
];

impl Explorer<'_> {
    /// What a simulator serves of an operation.
    fn served(&self, service: &Service, operation: &Operation) -> Option<&Served> {
        let mut served = self.served.iter();
        let is_it = |it: &&&Served| it.service() == service.name && it.name() == operation.id;
        served.find(is_it).copied()
    }

    /// A shell command that calls an operation with the examples of its document.
    fn curl(&self, service: &Service, operation: &Operation) -> Option<String> {
        let served = self.served(service, operation)?;
        let endpoint = format!("{}/{}", self.endpoint, service.name);
        let credentials = self.gateway.credentials(served);
        Some(curl::command(served, &endpoint, &credentials))
    }

    /// The places of all files: the pages, what they load, and the documents.
    fn paths(&self) -> Vec<String> {
        let mut paths = vec![INDEX.to_owned()];
        for service in &self.model.services {
            let operations = service.operations.iter();
            paths.extend(operations.map(|it| operation_path(service, it)));
            paths.push(document_path(service));
        }
        paths.extend(ASSETS.map(|(path, ..)| path.to_owned()));
        paths
    }

    /// The file at a place.
    fn file(&self, path: &str) -> Option<File> {
        let asset = ASSETS.iter().find(|(it, ..)| *it == path);
        let service = |name: &str| self.model.services.iter().find(|it| it.name == name);
        let (media_type, text) = if let Some((_, media_type, text)) = asset {
            (*media_type, (*text).to_owned())
        } else if path == INDEX {
            (HTML, index::page(self))
        } else if let Some(name) = path.strip_prefix("documents/") {
            let service = service(name.strip_suffix(".json")?)?;
            (
                "application/json",
                samples::document(self, service)?.to_string(),
            )
        } else {
            let (name, page) = path.strip_prefix("reference/")?.split_once('/')?;
            let service = service(name)?;
            let ident = page.strip_suffix(".html")?;
            let operation = service.operations.iter().find(|it| it.ident == ident)?;
            (HTML, operation::page(self, service, operation))
        };
        Some(File {
            path: path.to_owned(),
            media_type,
            text,
        })
    }
}

/// Where the page of an operation is.
fn operation_path(service: &Service, operation: &Operation) -> String {
    format!("reference/{}/{}.html", service.name, operation.ident)
}

/// Where a document is.
fn document_path(service: &Service) -> String {
    format!("documents/{}.json", service.name)
}

#[cfg(test)]
mod tests;
