//! The lock's text → reviews, or every mistake in it with its place.

mod mistakes;

use std::collections::BTreeMap;

use huaweicloud_codegen::load;
use huaweicloud_codegen::load::tree::{Entry, Node, Span, Value as Yaml};
use huaweicloud_codegen::{Diagnostics, Source};

use super::{Deviation, Endpoints, Lock, PendingChange, Review, ReviewedFacts};
use crate::claim::{Aspect, ClaimValue, FactName, Subject};
use crate::code;
use crate::scalar::text;

/// The last line: in YAML it ends a document.
pub(super) const END: &str = "...";
/// The version of the file's form.
pub(super) const VERSION: u64 = 1;

const TOP: &[&str] = &["version", "endpoints", "operations"];
const REVIEW: &[&str] = &[
    "page",
    "file",
    "reviewed",
    "facts",
    "extensions",
    "earlier",
    "deviations",
    "pending",
];
const DEVIATION: &[&str] = &["fact", "code", "page", "spec", "reason"];
const PENDING: &[&str] = &["fact", "page", "since", "seen", "on"];

/// Reads every review, and the addresses.
pub(super) fn read(source: &Source) -> Result<Lock, Diagnostics> {
    let loaded = load::load(std::slice::from_ref(source));
    let mut reader = Reader {
        path: &source.path,
        found: loaded.diagnostics,
    };
    let end = source.text.trim_end().len();
    // Its help is for documents of OpenAPI.
    if reader.found.iter().any(|it| it.code == "yaml::empty") {
        reader.found = Diagnostics::default();
        reader.error(
            "lock::end",
            &(end..end),
            "there is nothing in the lock, so it was emptied or cut off",
            "here it ends",
            "take the file back from version control; to begin anew, remove the file",
        );
        return Err(reader.found);
    }
    // Reviews that were cut off must not pass for reviews that never were.
    if !reader.found.has_errors() && source.text.lines().next_back() != Some(END) {
        reader.error(
            "lock::end",
            &(end..end),
            format!("the last line is not `{END}`, so the file may be cut off"),
            "here it ends",
            "take the file back from version control; if nothing is missing, add the line",
        );
    }
    let mut lock = Lock {
        text: source.text.clone(),
        ..Lock::default()
    };
    if let Some(document) = loaded.documents.first() {
        let root = &document.tree;
        reader.keys(root, TOP, "the lock");
        match root.get("version").map(Node::as_u64) {
            Some(Some(VERSION)) => {}
            Some(_) => {
                reader.error(
                    "lock::version",
                    &span_of(root, "version"),
                    "this version of the lock is not known",
                    format!("only version {VERSION} is"),
                    "use the version of `cargo codegen` that wrote it",
                );
            }
            None => reader.missing(root, "version"),
        }
        lock.endpoints = reader.endpoints(root);
        for operation in reader.entries(root, "operations") {
            if let Some(review) = reader.review(operation) {
                let span = operation.key_span.start..operation.value.span.end;
                lock.reviews.insert(operation.key.clone(), (review, span));
            }
        }
    }
    if reader.found.has_errors() {
        return Err(reader.found);
    }
    Ok(lock)
}

struct Reader<'a> {
    path: &'a str,
    found: Diagnostics,
}

impl Reader<'_> {
    fn review(&mut self, operation: &Entry) -> Option<Review> {
        let node = &operation.value;
        self.keys(node, REVIEW, &format!("the review of {}", operation.key));
        Some(Review {
            page: self.text(node, "page")?,
            files: self.files(node),
            reviewed: self.day(node, "reviewed")?,
            facts: self.facts(node),
            extensions: self.each(node, "extensions", |it, node| {
                it.text_of(node, "extensions")
            }),
            earlier: self.earlier(node),
            deviations: self.each(node, "deviations", Self::deviation),
            pending: self.each(node, "pending", Self::pending),
        })
    }

    /// What the items below a key are read as.
    fn each<T, All: FromIterator<T>>(
        &mut self,
        node: &Node,
        key: &str,
        read: impl Fn(&mut Self, &Node) -> Option<T>,
    ) -> All {
        let items = self.items(node, key).iter();
        items.filter_map(|it| read(self, it)).collect()
    }

    fn endpoints(&mut self, root: &Node) -> Endpoints {
        let mut endpoints = Endpoints::new();
        for service in self.entries(root, "endpoints") {
            let addresses: &mut BTreeMap<_, _> = endpoints.entry(service.key.clone()).or_default();
            for address in self.entries_of(&service.value, &service.key) {
                match address.value.as_u64() {
                    Some(regions) => {
                        addresses.insert(address.key.clone(), regions);
                    }
                    None => self.error(
                        "lock::endpoints",
                        &address.value.span,
                        "an address is for a number of regions",
                        "not a whole number",
                        "count the regions that the page lists",
                    ),
                }
            }
        }
        endpoints
    }

    fn facts(&mut self, node: &Node) -> ReviewedFacts {
        let mut facts = ReviewedFacts::new();
        for subject in self.entries(node, "facts") {
            let Some(name) = Subject::parse(&subject.key) else {
                self.error(
                    "lock::fact",
                    &subject.key_span,
                    format!("`{}` names nothing a page can speak of", subject.key),
                    "such as `body name`, `response 200 name`, `status 404`",
                    "let `cargo codegen docs accept` write the facts",
                );
                continue;
            };
            let said: &mut BTreeMap<Aspect, ClaimValue> = facts.entry(name).or_default();
            for fact in self.entries_of(&subject.value, &subject.key) {
                match Aspect::parse(&fact.key) {
                    Some(aspect) => {
                        said.insert(aspect, self.value(aspect, &fact.value));
                    }
                    None => {
                        let known: Vec<&str> = Aspect::ALL.iter().map(|it| it.word()).collect();
                        self.unknown(&fact.key, &fact.key_span, "a fact", &known);
                    }
                }
            }
        }
        facts
    }

    fn earlier(&mut self, node: &Node) -> BTreeMap<FactName, Option<ClaimValue>> {
        let mut earlier = BTreeMap::new();
        for fact in self.entries(node, "earlier") {
            match FactName::parse(&fact.key) {
                Some(name) => {
                    let is_said = fact.value.value != Yaml::Null;
                    let said = is_said.then(|| self.value(name.aspect, &fact.value));
                    earlier.insert(name, said);
                }
                None => self.no_fact(&fact.key, &fact.key_span),
            }
        }
        earlier
    }

    fn deviation(&mut self, node: &Node) -> Option<Deviation> {
        self.keys(node, DEVIATION, "a deviation");
        let fact = self.fact(node)?;
        let code = self.text(node, "code")?;
        if !code::ALL.iter().any(|known| known.code == code) {
            self.error(
                "lock::code",
                &span_of(node, "code"),
                format!("there is no difference with the code `{code}`"),
                "unknown code",
                "let `cargo codegen docs accept --reason` record the deviation",
            );
        }
        let reason = self.text(node, "reason")?;
        if reason.trim().is_empty() {
            self.error(
                "lock::reason",
                &span_of(node, "reason"),
                "a deviation needs a reason",
                "this one is empty",
                "say why the document does not follow the page",
            );
        }
        let page = node.get("page");
        Some(Deviation {
            page: page.map(|it| self.value(fact.aspect, it)),
            fact,
            code,
            // A document may say anything.
            spec: node.get("spec").map(value),
            reason,
        })
    }

    fn pending(&mut self, node: &Node) -> Option<PendingChange> {
        self.keys(node, PENDING, "a pending fact");
        let fact = self.fact(node)?;
        let since = self.day(node, "since")?;
        let Some(page) = node.get("page") else {
            self.missing(node, "page");
            return None;
        };
        let seen = node.get("seen").and_then(Node::as_u64);
        Some(PendingChange {
            page: self.value(fact.aspect, page),
            fact,
            since,
            seen: seen.and_then(|seen| u32::try_from(seen).ok()).unwrap_or(1),
            on: node.get("on").map(text),
        })
    }

    fn fact(&mut self, node: &Node) -> Option<FactName> {
        let text = self.text(node, "fact")?;
        let name = FactName::parse(&text);
        if name.is_none() {
            self.no_fact(&text, &span_of(node, "fact"));
        }
        name
    }

    /// What a page says, which is of the kind that the aspect is of.
    fn value(&mut self, aspect: Aspect, node: &Node) -> ClaimValue {
        let said = value(node);
        let is_scalar = !matches!(node.value, Yaml::Sequence(_) | Yaml::Mapping(_));
        let text = said.as_one().filter(|_| is_scalar);
        let (is_right, kind) = match aspect {
            aspect if aspect.is_flag() => (matches!(text, Some("yes" | "no")), "`yes` or `no`"),
            aspect if aspect.is_number() => (text.is_some_and(is_number), "a number"),
            _ => (!matches!(node.value, Yaml::Mapping(_)), "text or a list"),
        };
        if !is_right {
            self.error(
                "lock::value",
                &node.span,
                format!("`{}` must be {kind}", aspect.word()),
                "this is not",
                "write what the page says, or let `cargo codegen docs accept` write it",
            );
        }
        said
    }

    /// One file, or a list of them.
    fn files(&mut self, node: &Node) -> Vec<String> {
        let Some(said) = node.get("file") else {
            return Vec::new();
        };
        let files = match &said.value {
            Yaml::Sequence(items) => items.as_slice(),
            _ => std::slice::from_ref(said),
        };
        let files = files.iter().filter_map(|it| self.text_of(it, "file"));
        files.collect()
    }
}

fn span_of(node: &Node, key: &str) -> Span {
    node.get(key).map_or(0..0, |it| it.span.clone())
}

/// Whether a text is a number, or one with signs that pages write around it.
fn is_number(text: &str) -> bool {
    let is_written_out = |it: char| it.is_alphabetic() && it != 'e' && it != 'E';
    text.contains(|it: char| it.is_ascii_digit()) && !text.contains(is_written_out)
}

/// A scalar or a list of scalars.
fn value(node: &Node) -> ClaimValue {
    match &node.value {
        Yaml::Sequence(items) => ClaimValue::Many(items.iter().map(text).collect()),
        _ => ClaimValue::one(text(node)),
    }
}
