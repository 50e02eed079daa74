//! Two operations.

use huaweicloud_codegen::load::tree::{Entry, Node};

use super::at::At;
use super::codes;
use super::parameter::{Both, parameters};
use super::{Comparison, Found, is_true, text};
use crate::change::Direction;

/// An operation and the path that it is at.
#[derive(Clone, Copy)]
pub(super) struct Operation<'d> {
    pub(super) method: &'d str,
    pub(super) path: &'d str,
    /// Where its path is listed.
    pub(super) listed: &'d Entry,
    pub(super) item: &'d Node,
    pub(super) entry: &'d Entry,
}

impl<'d> Operation<'d> {
    pub(super) fn node(&self) -> &'d Node {
        &self.entry.value
    }

    pub(super) fn id(&self) -> &'d str {
        text(self.node().get("operationId"))
    }

    /// What it is called in messages.
    pub(super) fn shown(&self) -> String {
        format!("{} {}", self.method.to_ascii_uppercase(), self.path)
    }

    /// What it has of its own, or its path has: `servers`.
    pub(super) fn own(&self, key: &str) -> Found<'d> {
        // A path item may say servers, and no security.
        let shared = self.item.get(key).filter(|_| key == "servers");
        self.node().get(key).or(shared)
    }
}

impl<'d> Comparison<'d> {
    /// Compares two operations, wherever they are.
    pub(super) fn operations(&mut self, old: Operation<'d>, new: Operation<'d>) {
        let outer = self.operation.replace(old.shown());
        self.of_operation(old, new);
        self.operation = outer;
    }

    fn of_operation(&mut self, old: Operation<'d>, new: Operation<'d>) {
        let at = At::new(Direction::Both, "the operation");
        let spans = (Some(&old.entry.key_span), Some(&new.entry.key_span));
        if old.id() != new.id() {
            let message = format!(
                "the operation is called `{}`, and was `{}`",
                new.id(),
                old.id()
            );
            let span = |it: &Operation<'d>| {
                Some(
                    it.node()
                        .get("operationId")
                        .map_or(&it.entry.key_span, |it| &it.span),
                )
            };
            let spans = (span(&old), span(&new));
            self.tell(codes::OPERATION_RENAMED, Direction::None, spans, message);
        }
        // The same names in another order are other places, and no other names.
        let names = (names_in(old.path), names_in(new.path));
        let sorted = |names: &[&'d str]| {
            let mut names = names.to_vec();
            names.sort_unstable();
            names
        };
        let is_permuted = names.0 != names.1 && sorted(&names.0) == sorted(&names.1);
        if without_names(old.path) != without_names(new.path) || is_permuted {
            // All operations that stay together at a path share it.
            let listed = (old.listed, new.listed);
            let (was, is) = (&listed.0.value, &listed.1.value);
            self.once(&[was], &[is], Direction::Request, |this| {
                let message = format!("the path is `{}`, and was `{}`", new.path, old.path);
                let spans = (Some(&listed.0.key_span), Some(&listed.1.key_span));
                this.tell(codes::PATH_CHANGED, Direction::Request, spans, message);
            });
        }
        if old.method != new.method {
            let [is, was] = [new, old].map(|it| it.method.to_ascii_uppercase());
            let message = format!("the method is {is}, and was {was}");
            self.tell(codes::METHOD_CHANGED, Direction::Request, spans, message);
        }
        self.once(&[old.item], &[new.item], Direction::None, |this| {
            this.words(At::new(Direction::None, "the path"), &old.item, &new.item);
        });
        let was = parameters(&self.old, old.path, old.item, old.node(), is_permuted);
        let is = parameters(&self.new, new.path, new.item, new.node(), is_permuted);
        let both = Both {
            items: (old.item, new.item),
            spans: (&old.entry.key_span, &new.entry.key_span),
        };
        self.parameters(was, is, both);
        self.request_bodies(old, new);
        self.responses(old, new);
        if old.node().get("security").is_some() || new.node().get("security").is_some() {
            let security = |root: &'d Node, it: Operation<'d>| {
                it.node().get("security").or(root.get("security"))
            };
            let was = security(self.old.root(), old);
            let is = security(self.new.root(), new);
            self.security("the operation", was, is, (old.node(), new.node()));
        }
        if old.own("servers").is_some() || new.own("servers").is_some() {
            let servers =
                |root: &'d Node, it: Operation<'d>| it.own("servers").or(root.get("servers"));
            let was = servers(self.old.root(), old);
            let is = servers(self.new.root(), new);
            self.servers(was, is, (old.node(), new.node()));
        }
        self.words(at, &old.node(), &new.node());
    }

    fn request_bodies(&mut self, old: Operation<'d>, new: Operation<'d>) {
        let body = |node: Found<'d>, key: &'static str| node.and_then(|it| it.get(key));
        let (listed_old, listed_new) = (
            body(Some(old.node()), "requestBody"),
            body(Some(new.node()), "requestBody"),
        );
        let was = listed_old.map(|it| self.old.resolved(it));
        let is = listed_new.map(|it| self.new.resolved(it));
        let at = At::new(Direction::Request, "the body of the request");
        match (was, is) {
            (None, None) => {}
            (None, Some(is)) => {
                let (code, more) = match is_true(is.get("required")) {
                    true => (codes::REQUIRED_BODY_ADDED, ", and must be there"),
                    false => (codes::BODY_ADDED, ""),
                };
                let spans = (Some(&old.entry.key_span), listed_new.map(|it| &it.span));
                self.tell(code, at.direction, spans, format!("{at} is new{more}"));
            }
            (Some(_), None) => {
                let spans = (listed_old.map(|it| &it.span), Some(&new.entry.key_span));
                self.tell(
                    codes::BODY_REMOVED,
                    at.direction,
                    spans,
                    format!("{at} is gone"),
                );
            }
            (Some(was), Some(is)) => self.once(&[was], &[is], at.direction, |this| {
                let required =
                    |node: &'d Node| node.get("required").map_or(&node.span, |it| &it.span);
                let spans = (Some(required(was)), Some(required(is)));
                let flags = (is_true(was.get("required")), is_true(is.get("required")));
                this.requiredness(at, flags.0, flags.1, spans);
                this.contents(at, was, is);
                this.words(at, &was, &is);
            }),
        }
    }

    /// Compares what stands in `content`.
    fn contents(&mut self, at: At<'_>, old: &'d Node, new: &'d Node) {
        let media = |node: &'d Node| -> Vec<&'d Entry> {
            node.get("content")
                .map_or(&[][..], Node::entries)
                .iter()
                .collect()
        };
        // JSON and text are in UTF-8 whether it is said or not.
        let name = |it: &Entry| {
            let name = it.key.replace([' ', '"'], "").to_ascii_lowercase();
            name.replace(";charset=utf-8", "")
        };
        let (was, is) = (media(old), media(new));
        if was.is_empty() != is.is_empty() {
            let (code, state) = match was.is_empty() {
                true => (codes::BODY_ADDED, "new"),
                false => (codes::BODY_REMOVED, "gone"),
            };
            let message = match at.direction {
                Direction::Response => format!("the body of {at} is {state}"),
                _ => format!("{at} is {state}"),
            };
            let spans = (Some(&old.span), Some(&new.span));
            return self.tell(code, at.direction, spans, message);
        }
        let mut come = is;
        let mut gone = Vec::new();
        let mut both = Vec::new();
        for media in was {
            match come.iter().position(|it| name(it) == name(media)) {
                Some(place) => both.push((media, come.remove(place))),
                None => gone.push(media),
            }
        }
        if let ([old], [new], []) = (gone.as_slice(), come.as_slice(), both.as_slice()) {
            let message = format!("{at} is `{}`, and was `{}`", new.key, old.key);
            let spans = (Some(&old.key_span), Some(&new.key_span));
            self.tell(codes::MEDIA_TYPE_CHANGED, at.direction, spans, message);
            both.push((*old, *new));
            gone.clear();
            come.clear();
        }
        for media in gone {
            let message = format!("{at} may no longer be `{}`", media.key);
            let spans = (Some(&media.key_span), Some(&new.span));
            self.tell(codes::MEDIA_TYPE_REMOVED, at.direction, spans, message);
        }
        for media in come {
            let message = format!("{at} may also be `{}`", media.key);
            let spans = (Some(&old.span), Some(&media.key_span));
            self.tell(codes::MEDIA_TYPE_ADDED, at.direction, spans, message);
        }
        for (old, new) in both {
            let name = name(new);
            let (old, new) = (&old.value, &new.value);
            self.schema_of(at, old, new);
            if at.direction == Direction::Request {
                self.parts(at, &name, old, new);
            }
            self.words(at, &old, &new);
        }
    }

    /// Compares what stands in `schema`.
    pub(super) fn schema_of(&mut self, at: At<'_>, old: &'d Node, new: &'d Node) {
        match (old.get("schema"), new.get("schema")) {
            (Some(old), Some(new)) => self.schemas(at, &[old], &[new]),
            (None, Some(schema)) if !schema.entries().is_empty() => {
                let message = format!("{at} gets a schema");
                let spans = (Some(&old.span), Some(&schema.span));
                self.tell(codes::TYPE_NARROWED, at.direction, spans, message);
            }
            (Some(schema), None) if !schema.entries().is_empty() => {
                let message = format!("{at} loses its schema");
                let spans = (Some(&schema.span), Some(&new.span));
                self.tell(codes::TYPE_WIDENED, at.direction, spans, message);
            }
            _ => {}
        }
    }

    fn responses(&mut self, old: Operation<'d>, new: Operation<'d>) {
        let responses = |it: Operation<'d>| -> Vec<&'d Entry> {
            let entries = it.node().get("responses").map_or(&[][..], Node::entries);
            let statuses = entries.iter().filter(|it| !it.key.starts_with("x-"));
            statuses.collect()
        };
        let is_success = |entry: &&'d Entry| entry.key.starts_with('2');
        let mut come = responses(new);
        let mut gone = Vec::new();
        for was in responses(old) {
            match come
                .iter()
                .position(|it| it.key.eq_ignore_ascii_case(&was.key))
            {
                Some(place) => {
                    let is = come.remove(place);
                    self.response(was, is);
                }
                None => gone.push(was),
            }
        }
        if let ([was], [is]) = (gone.as_slice(), come.as_slice())
            && is_success(was) == is_success(is)
            && self.is_same(|this| this.response(was, is))
        {
            let message = format!("the response of status {} has status {}", was.key, is.key);
            let spans = (Some(&was.key_span), Some(&is.key_span));
            return self.tell(codes::STATUS_CHANGED, Direction::Response, spans, message);
        }
        for was in gone {
            let code = match is_success(&was) {
                true => codes::SUCCESS_REMOVED,
                false => codes::ERROR_REMOVED,
            };
            let message = format!("the response of status {} is gone", was.key);
            let spans = (Some(&was.key_span), Some(&new.entry.key_span));
            self.tell(code, Direction::Response, spans, message);
        }
        for is in come {
            let code = match is_success(&is) {
                true => codes::SUCCESS_ADDED,
                false => codes::ERROR_ADDED,
            };
            let message = format!("the response of status {} is new", is.key);
            let spans = (Some(&old.entry.key_span), Some(&is.key_span));
            self.tell(code, Direction::Response, spans, message);
        }
    }

    fn response(&mut self, old: &'d Entry, new: &'d Entry) {
        let root = format!("the response of status {}", old.key);
        let (was, is) = (self.old.resolved(&old.value), self.new.resolved(&new.value));
        let at = At::new(Direction::Response, &root);
        self.once(&[was], &[is], at.direction, |this| {
            let of = format!("of status {}", old.key);
            this.headers(at.direction, &of, was, is);
            this.contents(at, was, is);
            this.words(at, &was, &is);
        });
    }

    /// Compares the headers of a response, or of a part of a body: `of` says of which.
    pub(super) fn headers(&mut self, direction: Direction, of: &str, old: &'d Node, new: &'d Node) {
        let is_sent = direction == Direction::Request;
        let required = |node: &'d Node| is_true(node.get("required"));
        let headers = |node: &'d Node| node.get("headers").map_or(&[][..], Node::entries);
        let mut come: Vec<_> = headers(new).iter().collect();
        for was in headers(old) {
            let root = format!("the header `{}` {of}", was.key);
            let at = At::new(direction, &root);
            let header = self.old.resolved(&was.value);
            let pair = come
                .iter()
                .position(|it| it.key.eq_ignore_ascii_case(&was.key));
            let Some(pair) = pair.map(|at| come.remove(at)) else {
                let code = match required(header) {
                    _ if is_sent => codes::PARAMETER_REMOVED,
                    true => codes::REQUIRED_HEADER_REMOVED,
                    false => codes::HEADER_REMOVED,
                };
                let spans = (Some(&was.key_span), Some(&new.span));
                self.tell(code, at.direction, spans, format!("{at} is gone"));
                continue;
            };
            let other = self.new.resolved(&pair.value);
            self.once(&[header], &[other], at.direction, |this| {
                let spans = (Some(&header.span), Some(&other.span));
                this.requiredness(at, required(header), required(other), spans);
                this.schema_of(at, header, other);
                this.words(at, &header, &other);
            });
        }
        for is in come {
            let code = match required(self.new.resolved(&is.value)) {
                _ if !is_sent => codes::HEADER_ADDED,
                true => codes::REQUIRED_PARAMETER_ADDED,
                false => codes::PARAMETER_ADDED,
            };
            let message = format!("the header `{}` {of} is new", is.key);
            let spans = (Some(&old.span), Some(&is.key_span));
            self.tell(code, direction, spans, message);
        }
    }

    /// Whether two operations differ in nothing but words and where they are.
    pub(super) fn is_alike(&mut self, old: Operation<'d>, new: Operation<'d>) -> bool {
        old.method == new.method && self.is_same(|this| this.of_operation(old, new))
    }
}

/// The names of the parameters in a path, in their order.
fn names_in(path: &str) -> Vec<&str> {
    let parts = path.split('{').skip(1);
    parts.filter_map(|it| it.split('}').next()).collect()
}

/// A path by where its parameters stand, whatever they are called.
pub(super) fn without_names(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    let mut inside = false;
    for letter in path.chars() {
        match letter {
            '{' => {
                inside = true;
                text.push_str("{}");
            }
            '}' => inside = false,
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    text
}
