//! Request and response bodies.

use crate::diagnostic::codes;
use crate::load::tree::{Entry, Node};
use crate::model::{Body, Response, SchemaKind, Status, SuccessWhen, Type};

use super::context::{Context, text};
use super::schema::Layers;

impl<'d> Context<'d> {
    pub(super) fn lower_body(&mut self, operation: &'d Node, owner: &str) -> Option<Body> {
        let node = self.resolve(operation.get("requestBody")?);
        let content = node.get("content")?;
        let Some(media) = json_media(content) else {
            self.report.error(
                content,
                codes::MEDIA_TYPE,
                "no JSON among the media types of the request body".to_owned(),
                "the client sends application/json (or a type that ends in +json)",
            );
            return None;
        };
        if content.entries().len() > 1 {
            self.report.warning(
                content,
                codes::MEDIA_TYPES,
                format!("several media types; the client sends `{}`", media.key),
                "leave one media type to be rid of this warning",
            );
        }
        let schema = media.value.get("schema");
        let ty = schema
            .map(|schema| {
                self.refuse_policy(schema);
                self.lower_type(schema, &format!("{owner}Body"))
            })
            .unwrap_or(Type::Any);
        Some(Body {
            media_type: media.key.clone(),
            required: node.get("required").and_then(Node::as_bool) == Some(true),
            description: text(node.get("description")),
            example: self.example(&media.value, schema),
            ty,
        })
    }

    pub(super) fn lower_responses(&mut self, operation: &'d Node, owner: &str) -> Vec<Response> {
        let entries = operation
            .get("responses")
            .map(Node::entries)
            .unwrap_or_default();
        let mut responses: Vec<Response> = entries
            .iter()
            .filter_map(|entry| {
                let status = parse_status(&entry.key)?;
                Some(self.lower_response(status, self.resolve(&entry.value), owner))
            })
            .collect();
        let successes = responses
            .iter()
            .filter(|response| response.status.is_success());
        if successes.count() > 1 && responses.iter().any(|it| !it.headers.is_empty()) {
            self.report.warning(
                operation.get("responses").unwrap_or(operation),
                codes::HEADERS,
                "the headers of responses are not given to callers of this operation".to_owned(),
                "they are where an operation has one success; remove them to be rid of this warning",
            );
            for response in &mut responses {
                response.headers.clear();
            }
        }
        responses
    }

    fn lower_response(&mut self, status: Status, node: &'d Node, owner: &str) -> Response {
        let content = node
            .get("content")
            .filter(|content| !content.entries().is_empty());
        let media = content.and_then(json_media);
        if let (Some(content), None, true) = (content, media, status.is_success()) {
            self.report.error(
                content,
                codes::MEDIA_TYPE,
                format!(
                    "no JSON among the media types of the response {}",
                    status.key()
                ),
                "the client reads application/json (or a type that ends in +json)",
            );
        }
        let headers = self.lower_headers(node, status);
        let schema = media.and_then(|media| media.value.get("schema"));
        let body = schema.map(|schema| self.lower_type(schema, &response_hint(owner, status)));
        let success_when = node.get("x-success-when").and_then(|rule| {
            let Some(Type::Named(name)) = &body else {
                return None;
            };
            let SchemaKind::Object { fields, .. } = &self.schemas.get(name)?.kind else {
                return None;
            };
            let wire = rule.get("field")?.as_str()?;
            let field = fields.iter().find(|field| field.name == wire)?;
            Some(SuccessWhen {
                ident: field.ident.clone(),
                field: wire.to_owned(),
                equals: rule.get("equals")?.as_str()?.to_owned(),
            })
        });
        Response {
            status,
            description: text(node.get("description")).unwrap_or_default(),
            headers,
            success_when,
            example: media.and_then(|media| self.example(&media.value, schema)),
            body,
        }
    }

    /// The example of a media type, else the first of its examples, else that of its schema.
    fn example(&self, media: &'d Node, schema: Option<&'d Node>) -> Option<serde_json::Value> {
        let example = media.get("example").or_else(|| {
            let first = media.get("examples")?.entries().first()?;
            self.resolve(&first.value).get("value")
        });
        example
            .or_else(|| Layers::of(self, schema?).get("example"))
            .map(Node::to_json)
    }
}

fn response_hint(owner: &str, status: Status) -> String {
    match status {
        Status::Code(200) => format!("{owner}Response"),
        Status::Default => format!("{owner}DefaultResponse"),
        other => format!("{owner}Response{}", other.key()),
    }
}

/// The first media type that is JSON, whatever its parameters.
fn json_media(content: &Node) -> Option<&Entry> {
    content.entries().iter().find(|entry| {
        let essence = entry
            .key
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        essence == "application/json" || essence.ends_with("+json")
    })
}

/// `404`, `4XX` or `default`; extensions are none of them.
fn parse_status(key: &str) -> Option<Status> {
    if key == "default" {
        return Some(Status::Default);
    }
    if let Some(hundred) = key.strip_suffix("XX") {
        return hundred.parse().ok().map(Status::Range);
    }
    key.parse().ok().map(Status::Code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_codes_ranges_or_default() {
        assert_eq!(parse_status("404"), Some(Status::Code(404)));
        assert_eq!(parse_status("5XX"), Some(Status::Range(5)));
        assert_eq!(parse_status("default"), Some(Status::Default));
        assert_eq!(parse_status("x-note"), None);
    }
}
