//! The headers of responses.

use std::collections::{HashMap, HashSet};

use crate::check::is_nearly_secret;
use crate::diagnostic::codes;
use crate::load::tree::Node;
use crate::model::{Response, ResponseHeader, Status, Type};
use crate::names::Names;

use super::context::{Context, text};
use super::schema::{Layers, whole_number};

/// Every response carries it, and every response's `request_id()` gives it.
const REQUEST_ID: &str = "x-request-id";

/// The Rust names of the headers of an operation: one for a header of several responses.
#[derive(Default)]
pub(super) struct HeaderNames {
    idents: Names,
    known: HashMap<String, String>,
}

impl HeaderNames {
    fn of(&mut self, name: &str) -> String {
        let known = self.known.entry(name.to_ascii_lowercase());
        known.or_insert_with(|| self.idents.snake(name)).clone()
    }
}

impl<'d> Context<'d> {
    /// The headers of a successful response that callers are given, named by `names`. Errors keep what
    /// they have in their details, so theirs are not lowered.
    pub(super) fn lower_headers(
        &mut self,
        response: &'d Node,
        status: Status,
        names: &mut HeaderNames,
    ) -> Vec<ResponseHeader> {
        if !status.is_success() {
            return Vec::new();
        }
        let entries = response
            .get("headers")
            .map(Node::entries)
            .unwrap_or_default();
        let mut headers = Vec::new();
        for entry in entries {
            let name = entry.key.as_str();
            // OpenAPI says that a Content-Type among the headers is to be ignored.
            if name.eq_ignore_ascii_case("content-type") || name.eq_ignore_ascii_case(REQUEST_ID) {
                continue;
            }
            let node = self.resolve(&entry.value);
            let layers = node.get("schema").map(|schema| Layers::of(self, schema));
            let ty = self.header_type(name, &entry.value, layers.as_ref());
            let ty = self.unless_secret(name, layers.as_ref(), ty);
            headers.push(ResponseHeader {
                name: name.to_owned(),
                ident: names.of(name),
                required: node.get("required").and_then(Node::as_bool) == Some(true),
                deprecated: node.get("deprecated").and_then(Node::as_bool) == Some(true),
                description: text(node.get("description")),
                example: node
                    .get("example")
                    .or_else(|| layers.as_ref()?.get("example"))
                    .map(Node::to_json),
                ty,
            });
        }
        headers
    }

    /// Headers that are of another type in another success become the text that they are.
    pub(super) fn unite_headers(&mut self, node: &Node, responses: &mut [Response]) {
        let all: Vec<_> = responses.iter().flat_map(|it| it.headers.clone()).collect();
        let mut told = HashSet::new();
        for header in responses.iter_mut().flat_map(|it| &mut it.headers) {
            let mut others = all.iter().filter(|it| it.ident == header.ident);
            if others.clone().all(|it| it.ty == header.ty) {
                continue;
            }
            if told.insert(header.ident.clone()) {
                self.report.warning(
                    node,
                    codes::HEADERS,
                    format!("the header `{}` is given as the text it is", header.name),
                    "it is of another type in another success; give it the same in all of them",
                );
            }
            header.ty = match others.any(|it| it.ty == Type::Password) {
                true => Type::Password,
                false => Type::String,
            };
        }
    }

    fn header_type(&mut self, name: &str, node: &Node, schema: Option<&Layers<'d>>) -> Type {
        let word = |field: &str| schema?.get(field)?.as_str();
        let is_short = word("format") == Some("float");
        match (word("type"), word("format")) {
            (_, Some(format)) if format == "password" || is_nearly_secret(format) => Type::Password,
            (Some("string") | None, _) => Type::String,
            (Some("integer"), _) => schema.map_or(Type::String, whole_number),
            (Some("number"), _) => Type::Number {
                bits: if is_short { 32 } else { 64 },
            },
            (Some("boolean"), _) => Type::Boolean,
            _ => {
                self.report.warning(
                    node,
                    codes::HEADER_TYPE,
                    format!("the header `{name}` is given as the text it is"),
                    "headers of responses are read as text, numbers or booleans",
                );
                Type::String
            }
        }
    }
}
