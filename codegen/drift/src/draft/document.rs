//! The text of a document with a new operation, and of a document that is new itself.

use huaweicloud_codegen::Source;
use huaweicloud_codegen::load::Document;
use huaweicloud_codegen::load::tree::{Entry, Node};
use huaweicloud_pages::facts::{FactSource, Facts};
use serde_json::Value;

use super::DraftError;
use super::place::Placed;
use super::words::{asked, foreign, placeholder, sentence};
use crate::document::Spec;
use crate::patch::example::is_harmless;
use crate::patch::splice::{Editor, Refusal, Splice, apply};
use crate::piece::{New, entry, written};
use crate::scalar;

/// The tag of a document that has none.
const TAG: &str = "Management";

/// What a definition has its tags as.
pub(super) const TAGS: &str = "tags";

/// What is put into a document.
pub(super) struct Addition<'a> {
    pub(super) placed: &'a Placed,
    pub(super) operation: New,
    pub(super) components: Vec<(String, New)>,
}

impl Addition<'_> {
    fn path_item(&self) -> New {
        New::Map(vec![(self.placed.method.clone(), self.operation.clone())])
    }

    /// A document with it.
    pub(super) fn add_to(&self, document: &Document) -> Result<String, DraftError> {
        let refused = |why: Refusal| DraftError::Document {
            file: document.source.path.clone(),
            why,
        };
        if document.source.path.ends_with(".json") {
            return Err(refused("documents in JSON are edited by hand".to_owned()));
        }
        let splices = self.splices(document).map_err(refused)?;
        apply(&document.source.text, splices)
            .ok_or_else(|| refused("it is written in an unusual way".to_owned()))
    }

    fn splices(&self, document: &Document) -> Result<Vec<Splice>, Refusal> {
        let root = &document.tree;
        let editor = Editor {
            text: &document.source.text,
        };
        let block = |node: Option<&'_ Node>, what: &str| match node {
            Some(node) if editor.is_flow(node) => Err(format!(
                "its `{what}` stand between brackets; write them on lines of their own first"
            )),
            _ => Ok(()),
        };
        let paths = root.get("paths").ok_or("it has no `paths`")?;
        block(Some(paths), "paths")?;
        let mut splices = Vec::new();
        match paths.get(&self.placed.path) {
            Some(item) => {
                block(Some(item), &self.placed.path)?;
                splices.push(editor.insert(item, &[], &self.placed.method, &self.operation)?);
            }
            None => {
                let item = New::Commented(vec![String::new()], Box::new(self.path_item()));
                splices.push(editor.insert(
                    paths,
                    &[],
                    &scalar::in_block(&self.placed.path),
                    &item,
                )?);
            }
        }
        if self.components.is_empty() {
            return Ok(splices);
        }
        let components = root.get("components");
        let schemas = components.and_then(|it| it.get("schemas"));
        block(components, "components")?;
        block(schemas, "schemas")?;
        match (components, schemas) {
            (_, Some(schemas)) => {
                for (name, schema) in &self.components {
                    splices.push(editor.insert(schemas, &[], name, schema)?);
                }
            }
            (Some(components), None) => {
                let all = New::Map(self.components.clone());
                splices.push(editor.insert(components, &[], "schemas", &all)?);
            }
            (None, None) => {
                let all = New::Map(self.components.clone());
                let all = New::Map(vec![entry("schemas", all)]);
                let all = New::Commented(vec![String::new()], Box::new(all));
                splices.push(editor.insert(root, &[], "components", &all)?);
            }
        }
        Ok(splices)
    }

    /// A document of its own: what is the vendor's, as servers and security, comes from one that is
    /// there.
    pub(super) fn document(&self, like: &Document, facts: &Facts) -> String {
        let service = self.placed.service.as_str();
        let shown = service.to_uppercase();
        let known = like.source.service();
        let at = self.placed.at.as_slice();
        let root = &like.tree;
        let mut out = format!(
            "# The single source of the {shown} part of the client. Drafted from the page or definition\n\
             # of each operation; what is not settled is asked behind `# ask:`.\n\
             openapi: 3.0.3\n\n"
        );
        let mut info = format!(
            "info:\n  title: {}\n  version: 1.0.0\n  description: {}\n",
            asked(
                &format!("{shown} API"),
                "what is the service called in full?",
                at
            )
            .flow(),
            placeholder(&format!("What the client offers of {shown}."), at).flow()
        );
        for key in ["contact", "license"] {
            let own = root.get("info").and_then(|it| it.entry(key));
            info.push_str(&own.map(|it| lines_of(like, it, 2)).unwrap_or_default());
        }
        let mut parts = vec![info];
        let docs = root
            .get("externalDocs")
            .and_then(|it| it.get("url")?.as_str());
        if let Some(url) = docs {
            let url = of_service(url, known, service);
            let docs = New::Map(vec![
                entry(
                    "description",
                    New::Scalar(scalar::as_text(&format!("Documentation of {shown}"))),
                ),
                entry("url", asked(&url, "is this its address?", at)),
            ]);
            parts.push(New::block_entry("externalDocs", &docs, 0) + "\n");
        }
        let host = facts
            .services
            .last()
            .map_or(service, |it| it.value.as_str());
        if let Some(servers) = servers(root, known, host, at) {
            parts.push(New::block_entry("servers", &servers, 0) + "\n");
        }
        if let Some(security) = root.entry("security") {
            parts.push(lines_of(like, security, 0));
        }
        let tag = said_tag(facts).map_or(TAG, |it| it.0);
        let tag = New::Map(vec![
            entry("name", asked(tag, "what are these calls about?", at)),
            entry(
                "description",
                placeholder(&format!("Calls of {shown}."), at),
            ),
        ]);
        parts.push(New::block_entry("tags", &New::List(vec![tag]), 0) + "\n");
        let paths = New::Map(vec![(
            scalar::in_block(&self.placed.path),
            self.path_item(),
        )]);
        parts.push(New::block_entry("paths", &paths, 0) + "\n");
        let schemes = root
            .get("components")
            .and_then(|it| it.entry("securitySchemes"));
        let mut components = schemes.map(|it| lines_of(like, it, 2)).unwrap_or_default();
        if !self.components.is_empty() {
            let schemas = New::Map(self.components.clone());
            components.push_str(&format!("  {}\n", New::block_entry("schemas", &schemas, 2)));
        }
        if !components.is_empty() {
            parts.push(format!("components:\n{components}"));
        }
        out.push_str(&parts.join("\n"));
        out
    }
}

/// The tag of a new operation: that of its definition where the document has it, else one to be asked
/// about. That of a new document is asked about where it is described.
pub(super) fn tag(document: Option<&Document>, facts: &Facts, at: &[FactSource]) -> New {
    let tags = document.and_then(|it| it.tree.get("tags"));
    let tags = tags.map(Node::items).unwrap_or_default().iter();
    let mut names = tags.filter_map(|it| it.get("name")?.as_str());
    let said = said_tag(facts);
    let own = |it: &&str| said.is_some_and(|(tag, _)| it.eq_ignore_ascii_case(tag));
    match (names.clone().find(own), names.next()) {
        (Some(own), _) => New::Scalar(scalar::as_text(own)),
        (None, None) => New::Scalar(scalar::as_text(said.map_or(TAG, |it| it.0))),
        // One that stands until somebody names it is asked about there.
        (None, Some(TAG)) => New::scalar(TAG),
        (None, Some(first)) => {
            let question = match said {
                Some((tag, _)) => format!("its tag is `{}` there; which is it here?", foreign(tag)),
                None => "which tag is it?".to_owned(),
            };
            asked(first, &question, said.map_or(at, |it| it.1))
        }
    }
}

/// The tag that a definition has, if it is in letters that a client can have, and where.
fn said_tag(facts: &Facts) -> Option<(&str, &[FactSource])> {
    let (_, said) = facts.keywords.iter().find(|(key, _)| key == TAGS)?;
    let tag = said.value.get(0).filter(|it| is_harmless(it))?.as_str()?;
    Some((tag, said.sources.as_slice()))
}

/// The page that an operation is written from, by the address that others of its service have.
pub(super) fn origin(spec: &Spec, placed: &Placed, facts: &Facts) -> New {
    let mut operations: Vec<_> = spec
        .operations
        .iter()
        .filter(|it| it.origin.is_some())
        .collect();
    operations.sort_by_key(|it| it.file != placed.file);
    let like = operations
        .first()
        .and_then(|it| Some((it.service.as_str(), it.origin.as_ref()?)));
    let url = like.map_or_else(
        || format!("https://example.com/{}.html", placed.id),
        |(known, origin)| {
            let url = of_service(&origin.url, known, &placed.service);
            let folder = url
                .rsplit_once('/')
                .map_or(url.as_str(), |(folder, _)| folder);
            format!("{folder}/{}.html", placed.id)
        },
    );
    let title = facts.title.as_ref().map(|it| foreign(&it.value));
    let title = title.filter(|it| it.is_ascii() && !it.is_empty());
    let title = title.unwrap_or_else(|| sentence(&placed.id));
    let title = format!("{title} ({})", placed.service.to_uppercase());
    New::Map(vec![
        entry("description", New::Scalar(scalar::as_text(&title))),
        entry(
            "url",
            asked(&url, "is this the address of its page?", &placed.at),
        ),
    ])
}

/// The document that a new one is made like: the first that says who may call it, of those with one
/// address if there is one.
pub(super) fn model(spec: &Spec) -> Option<&Document> {
    let has = |it: &&Document, key: &str| it.tree.get(key).is_some();
    let documents = spec.documents.iter();
    let fitting = documents.filter(|it| {
        has(it, "servers") && has(it, "security") && !it.source.path.ends_with(".json")
    });
    let count = |it: &&Document| it.tree.get("servers").map_or(0, |it| it.items().len());
    fitting.min_by_key(|it| usize::from(count(it) != 1))
}

/// An address of one service as one of another.
fn of_service(url: &str, known: &str, service: &str) -> String {
    let (from, to) = (known, service);
    url.replace(&format!("/{from}/"), &format!("/{to}/"))
        .replace(&format!("-{from}/"), &format!("-{to}/"))
        .replace(&format!("//{from}."), &format!("//{to}."))
}

/// The first server of a document as one of another service, in the region it has by default.
fn servers(root: &Node, known: &str, host: &str, at: &[FactSource]) -> Option<New> {
    let server = root.get("servers")?.items().first()?;
    let url = of_service(server.get("url")?.as_str()?, known, host);
    let mut entries = vec![
        entry("url", asked(&url, "is this its address?", at)),
        entry("description", placeholder("One endpoint a region.", at)),
    ];
    let mut variables = Vec::new();
    for variable in server
        .get("variables")
        .map(Node::entries)
        .unwrap_or_default()
    {
        let default = variable
            .value
            .get("default")
            .map_or(Value::Null, Node::to_json);
        let values = New::List(vec![written(&default)]);
        let question = super::words::ask("which others are there? the page does not say", at);
        let mut said = vec![entry("default", written(&default))];
        if variable.value.get("description").is_some() {
            let words = placeholder(&format!("The {}.", variable.key), at);
            said.insert(0, entry("description", words));
        }
        if variable.value.get("enum").is_some() {
            said.push(entry("enum", values.below(vec![question])));
        }
        variables.push((scalar::as_text(&variable.key), New::Map(said)));
    }
    if !variables.is_empty() {
        entries.push(entry("variables", New::Map(variables)));
    }
    Some(New::List(vec![New::Map(entries)]))
}

/// An entry at a depth, by the lines it is written on, comments among them included; one that is written
/// in another style is written anew.
fn lines_of(document: &Document, entry: &Entry, indent: usize) -> String {
    let text = document.source.text.as_str();
    let margin = " ".repeat(indent);
    let before = text.get(..entry.key_span.start).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |it| it + 1);
    let end = entry.value.span.end.max(entry.key_span.end);
    let after = text.get(end..).unwrap_or_default();
    let end = end + after.find('\n').unwrap_or(after.len());
    if before.get(start..) != Some(margin.as_str()) {
        let value = written(&entry.value.to_json());
        let key = scalar::as_text(&entry.key);
        return format!("{margin}{}\n", New::block_entry(&key, &value, indent));
    }
    let lines = text.get(start..end).unwrap_or_default();
    format!("{}\n", lines.replace("\r\n", "\n").trim_end())
}

/// How often something is asked in a text.
pub(super) fn asks(source: &Source) -> usize {
    source.text.matches("# ask: ").count()
}
