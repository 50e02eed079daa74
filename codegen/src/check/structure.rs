//! Walks a document along its grammar: unknown and missing fields, wrong kinds, wrong words.

mod hints;

use super::outline::{Extension, Outline, Reference, Site};
use super::spelling;
use crate::diagnostic::{Report, codes};
use crate::grammar::{Fate, Field, Keys, Kind, SINCE_3_1, Shape};
use crate::load::Document;
use crate::load::tree::{Entry, Node, Span, Value};
use crate::profile::Profile;

/// Reports every mistake of form and returns the objects found; `None` if the document is of
/// another version, whose grammar is another.
pub(crate) fn walk<'a>(
    document: &'a Document,
    profile: &'a dyn Profile,
    report: &mut Report<'_>,
) -> Option<Outline<'a>> {
    let root = &document.tree;
    if !matches!(root.value, Value::Mapping(_)) {
        let message = format!(
            "an OpenAPI document must be a mapping, but this is {}",
            root.in_words()
        );
        report
            .error(codes::WRONG_KIND, &root.span, message, "not a mapping")
            .help("begin with `openapi: 3.0.3`, `info:` and `paths:`");
        return None;
    }
    if !is_supported_version(document, report) {
        return None;
    }
    let mut walker = Walker {
        outline: Outline::new(document, profile),
        report,
        old: match document.is_modern() {
            true => 0,
            false => document.source.text.len(),
        },
    };
    walker.object(Site {
        kind: Kind::Document,
        node: root,
        at: start_of(root),
        key: None,
        role: "",
        parent: None,
    });
    Some(walker.outline)
}

fn is_supported_version(document: &Document, report: &mut Report<'_>) -> bool {
    let root = &document.tree;
    let help = "write the document as OpenAPI 3.0 and begin with `openapi: 3.0.3`";
    if let Some(swagger) = root.entry("swagger") {
        let message = "Swagger 2.0 cannot be read, only OpenAPI 3.0 and 3.1";
        report
            .error(
                codes::VERSION,
                &swagger.key_span,
                message,
                "an older format",
            )
            .help(help);
        return false;
    }
    let Some(version) = root.get("openapi").filter(|it| it.as_str().is_some()) else {
        return true;
    };
    let text = version.as_str().unwrap_or_default();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let patch = text.strip_prefix("3.0.").map(|rest| {
        let end = rest.find(['-', '+']).unwrap_or(rest.len());
        &rest[..end]
    });
    // What is of 3.1 was rewritten when it was loaded.
    if patch.is_some_and(is_number) || document.is_modern() {
        return true;
    }
    let message = format!("OpenAPI {text} cannot be read, only 3.0.x and 3.1.x");
    report
        .error(codes::VERSION, &version.span, message, "another version")
        .help(help);
    false
}

struct Walker<'a, 'r, 'p> {
    outline: Outline<'a>,
    report: &'r mut Report<'p>,
    /// How many bytes are of 3.0. Files that the document refers to stand behind them, and have
    /// schemas of their own version.
    old: usize,
}

/// The value being looked at: which field of which object, and how deep inside it.
#[derive(Clone, Copy)]
struct Spot<'a> {
    owner: Kind,
    field: &'static str,
    inside: &'static str,
    parent: usize,
    at: &'a Span,
    key: Option<&'a str>,
}

impl<'a> Walker<'a, '_, '_> {
    /// Whether the version of the place has a field or word of the grammar.
    fn has(&self, name: &str, at: &Span) -> bool {
        at.start >= self.old || !SINCE_3_1.contains(&name)
    }

    fn object(&mut self, object: Site<'a>) {
        let Site { kind, node, at, .. } = object;
        let site = self.outline.sites.len();
        self.outline.sites.push(object);
        let grammar = kind.grammar();
        for entry in node.entries() {
            if entry.key.starts_with("x-") {
                self.outline.extensions.push(Extension { entry, site });
                continue;
            }
            match grammar.field(&entry.key) {
                Some(field) => {
                    if !self.has(field.name, &entry.key_span) {
                        self.unknown_field(kind, entry);
                    }
                    self.fate(field, entry);
                    let spot = Spot {
                        owner: kind,
                        field: field.name,
                        inside: "",
                        parent: site,
                        at: &entry.key_span,
                        key: Some(&entry.key),
                    };
                    self.value(&field.shape, &entry.value, spot);
                }
                None => self.unknown_field(kind, entry),
            }
        }
        self.missing_fields(kind, node, at);
    }

    /// Tells of a field that the client takes no notice of.
    fn fate(&mut self, field: &Field, entry: &Entry) {
        let Fate::Lost(instead) = field.fate else {
            return;
        };
        // It asks for nothing.
        if entry.value.as_bool() == Some(false) {
            return;
        }
        let message = format!("`{}` is not read: {instead}", field.name);
        self.report
            .warning(codes::NOT_READ, &entry.key_span, message, "not read")
            .help("say what it means in the description");
    }

    fn missing_fields(&mut self, kind: Kind, node: &Node, at: &Span) {
        let required = kind.grammar().fields.iter().filter(|field| field.required);
        for Field { name, .. } in required.filter(|field| node.get(field.name).is_none()) {
            let title = kind.title();
            self.report
                .error(
                    codes::MISSING_FIELD,
                    at,
                    format!("{title} needs the field `{name}`"),
                    format!("`{name}` is missing"),
                )
                .help(hints::missing(kind, name));
        }
    }

    fn unknown_field(&mut self, kind: Kind, entry: &Entry) {
        let (key, title) = (&entry.key, kind.title());
        let fields = kind.grammar().fields.iter().map(|field| field.name);
        let finding = self.report.error(
            codes::UNKNOWN_FIELD,
            &entry.key_span,
            format!("{title} has no field `{key}`"),
            "unknown field",
        );
        let fields: Vec<&str> = fields.collect();
        if let Some(help) = hints::unknown(kind, key) {
            finding.help(help);
        } else if let Some(near) = spelling::nearest(key, fields.iter().copied()) {
            finding.help(format!("did you mean `{near}`?"));
        } else {
            finding.help(format!(
                "its fields are {}; a field of your own begins with `x-`",
                spelling::one_of(&fields).replace(" or ", " and ")
            ));
        }
    }

    fn value(&mut self, shape: &Shape, node: &'a Node, spot: Spot<'a>) {
        match shape {
            Shape::Anything => {}
            Shape::Text => self.expect(node.as_str().is_some(), "text", node, spot),
            Shape::Flag => self.expect(node.as_bool().is_some(), "true or false", node, spot),
            Shape::Count => {
                let label = "a whole number of at least 0";
                self.expect(node.as_u64().is_some(), label, node, spot);
            }
            Shape::Number => self.expect(node.as_f64().is_some(), "a number", node, spot),
            Shape::Word(words) => self.word(words, node, spot),
            Shape::FlagOr(other) => {
                if node.as_bool().is_none() {
                    self.value(other, node, spot);
                }
            }
            Shape::Object(kind) => self.child(*kind, node, spot),
            Shape::OrReference(kind) => match node.entry("$ref") {
                Some(reference) => self.reference(*kind, node, reference, spot),
                None => self.child(*kind, node, spot),
            },
            Shape::List(item) => {
                self.expect(
                    matches!(node.value, Value::Sequence(_)),
                    "a list",
                    node,
                    spot,
                );
                for child in node.items() {
                    let spot = Spot {
                        inside: "an item of ",
                        at: start_of(child),
                        key: None,
                        ..spot
                    };
                    self.value(item, child, spot);
                }
            }
            Shape::Map(keys, item) => self.map(*keys, item, node, spot),
        }
    }

    fn map(&mut self, keys: Keys, item: &Shape, node: &'a Node, spot: Spot<'a>) {
        self.expect(
            matches!(node.value, Value::Mapping(_)),
            "a mapping",
            node,
            spot,
        );
        for entry in node.entries() {
            let extensible = matches!(keys, Keys::Path | Keys::Status);
            if extensible && entry.key.starts_with("x-") {
                continue;
            }
            self.map_key(keys, entry, spot);
            let spot = Spot {
                inside: "a value of ",
                at: &entry.key_span,
                key: Some(&entry.key),
                ..spot
            };
            self.value(item, &entry.value, spot);
        }
    }

    fn map_key(&mut self, keys: Keys, entry: &Entry, spot: Spot<'_>) {
        let key = &entry.key;
        let (valid, help) = match keys {
            Keys::Component => (
                !key.is_empty()
                    && key
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')),
                "use only letters, digits, `.`, `-` and `_`",
            ),
            Keys::MediaType => (
                key.split_once('/')
                    .is_some_and(|(a, b)| !a.trim().is_empty() && !b.trim().is_empty()),
                "write a media type, such as `application/json`",
            ),
            Keys::Free | Keys::Path | Keys::Status => return,
        };
        if !valid {
            let message = format!("`{key}` cannot be a key of `{}`", spot.field);
            self.report
                .error(codes::INVALID_NAME, &entry.key_span, message, "this key")
                .help(help);
        }
    }

    fn child(&mut self, kind: Kind, node: &'a Node, spot: Spot<'a>) {
        if !matches!(node.value, Value::Mapping(_)) {
            self.expect(false, kind.title(), node, spot);
            return;
        }
        self.object(Site {
            kind,
            node,
            at: spot.at,
            key: spot.key,
            role: spot.field,
            parent: Some(spot.parent),
        });
    }

    fn reference(&mut self, kind: Kind, node: &'a Node, reference: &'a Entry, spot: Spot<'a>) {
        match reference.value.as_str() {
            Some(text) => self.outline.references.push(Reference {
                kind,
                text,
                span: &reference.value.span,
            }),
            None => {
                let spot = Spot {
                    field: "$ref",
                    inside: "",
                    ..spot
                };
                self.expect(false, "text", &reference.value, spot);
            }
        }
        for sibling in node.entries().iter().filter(|entry| entry.key != "$ref") {
            let key = &sibling.key;
            let message = format!("`{key}` has no effect beside `$ref`");
            let label = "OpenAPI 3.0 ignores this";
            // An extension of this project that is ignored changes what the client does.
            let ours = self.outline.extension(key).is_some();
            let (code, span) = (codes::REF_SIBLINGS, &sibling.key_span);
            let finding = if ours {
                self.report.error(code, span, message, label)
            } else {
                self.report.warning(code, span, message, label)
            };
            let help = match kind {
                Kind::Schema => {
                    "wrap the reference: `allOf: [{$ref: …}]` and the other fields beside it"
                }
                _ => "write it at the place the reference leads to",
            };
            finding
                .related(&reference.key_span, "because of this `$ref`")
                .help(help);
        }
    }

    fn word(&mut self, words: &[&str], node: &Node, spot: Spot<'_>) {
        let Some(text) = node.as_str() else {
            self.expect(false, "text", node, spot);
            return;
        };
        let words = words.iter().filter(|word| self.has(word, &node.span));
        let words: Vec<&str> = words.copied().collect();
        if words.contains(&text) {
            return;
        }
        let near = spelling::nearest(text, words.iter().copied());
        let help = match (hints::word(spot.owner, spot.field, text), near) {
            (Some(hint), _) => hint.to_owned(),
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) => format!("use {}", spelling::one_of(&words)),
        };
        let message = format!("`{}` cannot be `{text}`", spot.field);
        self.report
            .error(codes::UNKNOWN_WORD, &node.span, message, "unknown word")
            .help(help);
    }

    fn expect(&mut self, fits: bool, expected: &str, node: &Node, spot: Spot<'_>) {
        if fits {
            return;
        }
        let found = node.in_words();
        let Spot { inside, field, .. } = spot;
        // A missing value is an empty span right behind its key; the key can be seen.
        let span = if node.span.is_empty() {
            spot.at
        } else {
            &node.span
        };
        let finding = self.report.error(
            codes::WRONG_KIND,
            span,
            format!("{inside}`{field}` must be {expected}, but is {found}"),
            format!("this is {found}"),
        );
        match hints::wrong_kind(spot.owner, field, expected, node) {
            Some(help) => finding.help(help),
            None => finding.help(format!("write {expected} here")),
        };
    }
}

/// The first bytes of an item: its first key, or all of it.
fn start_of(node: &Node) -> &Span {
    node.entries().first().map_or(&node.span, |it| &it.key_span)
}
