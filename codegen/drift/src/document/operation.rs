//! The operations of a document with everything they say.

use std::collections::BTreeMap;

use huaweicloud_codegen::load::Document;
use huaweicloud_codegen::load::tree::{Entry as Item, Node, Span};
use huaweicloud_codegen::model::Method;

use huaweicloud_pages::vocabulary::service_in_address;

use super::extensions::extensions;
use super::keywords::{DEPRECATED, IAM, say};
use super::pointer::{Pointer, entries, items, resolve};
use super::schema::{Fields, describe};
use super::{DocumentOperation, Origin, SubjectPointers};
use crate::claim::{Aspect, ClaimValue, Claims, Subject, location, service_of_action};
use crate::scalar::text;

/// Whether a key of a path item is that of an operation.
pub(crate) fn is_method(key: &str) -> bool {
    Method::KEYS.contains(&key)
}

/// Every operation of a document.
pub(super) fn operations(document: &Document) -> Vec<DocumentOperation> {
    let root = &document.tree;
    let found = entries(root, "paths").iter().flat_map(|path| {
        let methods = path.value.entries().iter();
        let methods = methods.filter(|method| is_method(&method.key));
        methods.map(move |method| Reader::new(document, path, method).read())
    });
    found.collect()
}

struct Reader<'a> {
    document: &'a Document,
    root: &'a Node,
    path: &'a Item,
    method: &'a Item,
    pointer: Pointer,
    claims: Claims<Span>,
    pointers: BTreeMap<Subject, SubjectPointers>,
}

impl<'a> Reader<'a> {
    fn new(document: &'a Document, path: &'a Item, method: &'a Item) -> Self {
        Self {
            document,
            root: &document.tree,
            path,
            method,
            pointer: Pointer::default().walk(["paths", &path.key, &method.key]),
            claims: Claims::default(),
            pointers: BTreeMap::new(),
        }
    }

    fn read(mut self) -> DocumentOperation {
        let node = &self.method.value;
        let name = node.get("operationId");
        let method = self.method.key.to_uppercase();
        self.operation(&method);
        self.parameters();
        let body = self.body();
        self.responses();
        self.extensions();
        DocumentOperation {
            file: self.document.source.path.clone(),
            service: self.document.source.service().to_owned(),
            id: match name.and_then(Node::as_str) {
                Some(name) => name.to_owned(),
                None => format!("{method} {}", self.path.key),
            },
            method,
            path: self.path.key.clone(),
            named: name.map_or(self.method.key_span.clone(), |name| name.span.clone()),
            origin: origin(node),
            services: self.services(),
            security_headers: self.security_headers(),
            extensions: extensions(self.root, node),
            pointer: self.pointer,
            claims: self.claims,
            pointers: self.pointers,
            body,
        }
    }

    fn operation(&mut self, method: &str) {
        let node = &self.method.value;
        let at = self.path.key_span.clone();
        let entry = self.claims.entry(Subject::Operation, || at.clone());
        let route = ClaimValue::one(format!("{method} {}", self.path.key));
        entry.say(Aspect::Route, route, at);
        say(entry, node, DEPRECATED);
        let Some((action, others)) = items(node, "x-iam-actions").split_first() else {
            return;
        };
        if let Some(other) = others.first() {
            let names = others.iter().map(|it| text(it.get("action").unwrap_or(it)));
            let names = ClaimValue::Many(names.collect());
            entry.say(Aspect::Actions, names, other.span.clone());
        }
        if action.as_str().is_some() {
            let name = ClaimValue::one(text(action));
            entry.say(Aspect::Action, name, action.span.clone());
        }
        say(entry, action, IAM.iter().copied());
    }

    /// The operation's own parameters first: one of the path item with the same name yields.
    fn parameters(&mut self) {
        let item = Pointer::default().walk(["paths", &self.path.key, "parameters"]);
        for list in [self.pointer.below("parameters"), item] {
            let count = list.find(self.root).map_or(0, |node| node.items().len());
            for index in 0..count {
                self.parameter(list.below(index.to_string()));
            }
        }
    }

    fn parameter(&mut self, place: Pointer) -> Option<()> {
        let (object, node) = resolve(self.root, place)?;
        let name = node.get("name")?;
        let travels = location(node.get("in")?.as_str()?)?;
        let subject = Subject::Parameter(travels, name.as_str()?.to_owned());
        if self.pointers.contains_key(&subject) {
            return None;
        }
        let entry = self.claims.entry(subject.clone(), || name.span.clone());
        let said = node.get("required");
        let required = said.and_then(Node::as_bool).unwrap_or(false);
        let at = said.unwrap_or(name).span.clone();
        entry.say(Aspect::Required, ClaimValue::flag(required), at);
        say(entry, node, DEPRECATED);
        let schema = object.below("schema");
        describe(self.root, &schema, entry);
        let pointers = SubjectPointers {
            schema: schema.find(self.root).is_some().then_some(schema),
            parent: None,
            object: Some(object),
        };
        self.pointers.insert(subject, pointers);
        Some(())
    }

    fn body(&mut self) -> Option<Pointer> {
        let (body, _) = resolve(self.root, self.pointer.below("requestBody"))?;
        let schema = self.content_schema(&body)?;
        self.fields(&schema, &|path| Subject::Field(path.to_owned()));
        Some(schema)
    }

    fn fields(&mut self, schema: &Pointer, subject: &dyn Fn(&str) -> Subject) {
        let mut fields = Fields {
            root: self.root,
            claims: &mut self.claims,
            pointers: &mut self.pointers,
            subject,
        };
        fields.collect(schema, "", &mut Vec::new());
    }

    fn responses(&mut self) {
        for response in entries(&self.method.value, "responses") {
            let status = Subject::Status(response.key.clone());
            self.claims
                .entry(status.clone(), || response.key_span.clone());
            let place = self.pointer.walk(["responses", &response.key]);
            let Some((object, _)) = resolve(self.root, place) else {
                continue;
            };
            let schema = self.content_schema(&object);
            let pointers = SubjectPointers {
                schema: schema.clone(),
                parent: None,
                object: Some(object),
            };
            self.pointers.insert(status, pointers);
            if let Some(schema) = schema {
                let subject = |path: &str| Subject::Response(response.key.clone(), path.to_owned());
                self.fields(&schema, &subject);
            }
        }
    }

    /// The values by which extensions go: of the field that they name beside their own, or of their own.
    fn extensions(&mut self) {
        let root = self.root;
        for (subject, pointers) in &self.pointers {
            let entries = pointers.nodes(root).flat_map(Node::entries);
            for extension in entries.filter(|it| it.key.starts_with("x-")) {
                let Some(said) = extension.value.get("equals") else {
                    continue;
                };
                let named = extension.value.get("field").and_then(Node::as_str);
                let about = match (named, subject) {
                    (Some(name), Subject::Status(status)) => {
                        Subject::Response(status.clone(), name.to_owned())
                    }
                    (Some(name), _) => subject.called(name),
                    (None, _) => subject.clone(),
                };
                if let Some(entry) = self.claims.get_mut(&about) {
                    entry.say(
                        Aspect::Equals,
                        ClaimValue::one(text(said)),
                        said.span.clone(),
                    );
                }
            }
        }
    }

    /// The schema of a body or response: of JSON, or of the first type of content there is.
    fn content_schema(&self, object: &Pointer) -> Option<Pointer> {
        let content = object.below("content");
        let types = content.find(self.root)?.entries();
        let json = types.iter().find(|it| it.key.contains("json"));
        let chosen = json.or(types.first())?;
        let schema = content.walk([&*chosen.key, "schema"]);
        schema.find(self.root).is_some().then_some(schema)
    }

    fn services(&self) -> Vec<String> {
        let file = self.document.source.service().to_lowercase();
        let places = [self.root, &self.path.value, &self.method.value];
        let servers = places.into_iter().flat_map(|it| items(it, "servers"));
        let hosts = servers.filter_map(|it| service_in_address(it.get("url")?.as_str()?));
        let action = self.claims.one(&Subject::Operation, Aspect::Action);
        let action = action.and_then(service_of_action);
        std::iter::once(file).chain(hosts).chain(action).collect()
    }

    fn security_headers(&self) -> Vec<String> {
        let schemes = self.root.pointer("/components/securitySchemes");
        let schemes = schemes.map_or(&[][..], Node::entries).iter();
        let sent = schemes.filter(|it| it.value.get("in").and_then(Node::as_str) == Some("header"));
        let names = sent.filter_map(|it| it.value.get("name")?.as_str());
        names.map(str::to_owned).collect()
    }
}

fn origin(node: &Node) -> Option<Origin> {
    let docs = node.get("externalDocs")?;
    let url = docs.get("url")?;
    let title = docs.get("description").and_then(Node::as_str);
    Some(Origin {
        url: url.as_str()?.to_owned(),
        title: title.map(str::to_owned),
        span: url.span.clone(),
    })
}
