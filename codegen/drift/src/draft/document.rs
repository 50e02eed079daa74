//! The text of a document with a new operation, and of a document that is new itself.

use huaweicloud_codegen::Source;
use huaweicloud_codegen::load::Document;
use huaweicloud_codegen::load::tree::{Entry, Node};
use huaweicloud_pages::facts::{FactSource, Facts};
use serde_json::Value;

use super::place::Placed;
use super::words::{ask, asked, foreign, placeholder, sentence};
use crate::document::Spec;
use crate::harmless::are_words;
use crate::lines::{line_start, next_line};
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
    /// A document with it.
    pub(super) fn add_to(&self, document: &Document) -> Result<String, Refusal> {
        if document.source.path.ends_with(".json") {
            return Err("documents in JSON are edited by hand".to_owned());
        }
        let root = &document.tree;
        let text = &document.source.text;
        let editor = Editor { text };
        root.get("paths").ok_or("it has no `paths`")?;
        let way = ["paths", &self.placed.path];
        let operation = entry(&self.placed.method, self.operation.clone());
        let mut splices = insert(editor, root, &way, &[operation])?;
        if !self.components.is_empty() {
            let way = ["components", "schemas"];
            splices.extend(insert(editor, root, &way, &self.components)?);
        }
        let unusual = || "it is written in an unusual way".to_owned();
        apply(text, splices).ok_or_else(unusual)
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
        let block = |key: &str, value: New| New::block_entry(key, &value, 0) + "\n";
        let mut parts = vec![info];
        let docs = root.get("externalDocs").and_then(|it| it.get("url"));
        if let Some(url) = docs.and_then(Node::as_str) {
            let url = of_service(url, known, service);
            let words = New::text(&format!("Documentation of {shown}"));
            let url = asked(&url, "is this its address?", at);
            let docs = vec![entry("description", words), entry("url", url)];
            parts.push(block("externalDocs", New::Map(docs)));
        }
        let host = facts.services.last();
        let host = host.map_or(service, |it| it.value.as_str());
        if let Some(servers) = servers(root, known, host, at) {
            parts.push(block("servers", servers));
        }
        if let Some(security) = root.entry("security") {
            parts.push(lines_of(like, security, 0));
        }
        let tag = said_tag(facts).map_or(TAG, |it| it.0);
        let tag = asked(tag, "what are these calls about?", at);
        let words = placeholder(&format!("Calls of {shown}."), at);
        let tag = New::Map(vec![entry("name", tag), entry("description", words)]);
        parts.push(block("tags", New::List(vec![tag])));
        let operation = entry(&self.placed.method, self.operation.clone());
        let path = scalar::in_block(&self.placed.path);
        let paths = vec![(path, New::Map(vec![operation]))];
        parts.push(block("paths", New::Map(paths)));
        let components = root.get("components");
        let schemes = components.and_then(|it| it.entry("securitySchemes"));
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

/// The edits that put entries into the mapping that a way of keys leads to. What is new around them
/// stands below an empty line.
fn insert(
    editor: Editor<'_>,
    root: &Node,
    way: &[&str],
    entries: &[(String, New)],
) -> Result<Vec<Splice>, Refusal> {
    let mut node = root;
    for (name, depth) in way.iter().zip(1..) {
        let Some(inner) = node.get(name) else {
            let further = way.iter().skip(depth).rev();
            let whole = further.fold(New::Map(entries.to_vec()), |inner, name| {
                New::Map(vec![(scalar::in_block(name), inner)])
            });
            let whole = whole.below(vec![String::new()]);
            let splice = editor.insert(node, &[], &scalar::in_block(name), &whole);
            return Ok(vec![splice?]);
        };
        if editor.is_flow(inner) {
            return Err(format!(
                "its `{name}` stand between brackets; write them on lines of their own first"
            ));
        }
        node = inner;
    }
    let entries = entries.iter();
    entries
        .map(|(key, value)| editor.insert(node, &[], key, value))
        .collect()
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
        (Some(own), _) => New::text(own),
        (None, None) => New::text(said.map_or(TAG, |it| it.0)),
        // One that stands until somebody names it is asked about there.
        (None, Some(TAG)) => New::text(TAG),
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
    let tag = said.value.get(0)?.as_str()?;
    are_words(tag).then_some((tag, said.sources.as_slice()))
}

/// The page that an operation is written from, by the address that others of its service have.
pub(super) fn origin(spec: &Spec, placed: &Placed, facts: &Facts) -> New {
    let all = spec.operations.iter();
    let known =
        all.filter_map(|it| Some((it.file != placed.file, &it.service, it.origin.as_ref()?)));
    let folder = match known.min_by_key(|it| it.0) {
        Some((_, service, origin)) => of_service(&origin.url, service, &placed.service),
        None => "https://example.com/".to_owned(),
    };
    let folder = folder.rsplit_once('/').map_or(folder.as_str(), |it| it.0);
    let url = format!("{folder}/{}.html", placed.id);
    let title = facts.title.as_ref().map(|it| foreign(&it.value));
    let title = title.filter(|it| it.is_ascii() && !it.is_empty());
    let title = title.unwrap_or_else(|| sentence(&placed.id));
    let title = format!("{title} ({})", placed.service.to_uppercase());
    let url = asked(&url, "is this the address of its page?", &placed.at);
    New::Map(vec![
        entry("description", New::text(&title)),
        entry("url", url),
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
    let known = server.get("variables").map(Node::entries);
    for variable in known.unwrap_or_default() {
        let said = |key: &str| variable.value.get(key);
        let default = written(&said("default").map_or(Value::Null, Node::to_json));
        let mut entries = vec![entry("default", default.clone())];
        if said("description").is_some() {
            let words = placeholder(&format!("The {}.", variable.key), at);
            entries.insert(0, entry("description", words));
        }
        if said("enum").is_some() {
            let question = ask("which others are there? the page does not say", at);
            let values = New::List(vec![default]).below(vec![question]);
            entries.push(entry("enum", values));
        }
        variables.push((scalar::as_text(&variable.key), New::Map(entries)));
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
    let start = line_start(text, entry.key_span.start);
    let end = next_line(text, entry.value.span.end.max(entry.key_span.end));
    if text.get(start..entry.key_span.start) != Some(margin.as_str()) {
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
