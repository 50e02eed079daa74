//! Request and response bodies.

use crate::diagnostic::codes;
use crate::load::tree::Node;
use crate::media_type::is_json;
use crate::model::{
    Body, Content, Field, FormPart, FormPartKind, Response, SchemaKind, Spelling, Status, Style,
    SuccessWhen, Type,
};

use super::context::{Context, text};
use super::header::HeaderNames;
use super::media::Written;
use super::parameter::spelling;
use super::schema::Layers;

impl<'d> Context<'d> {
    pub(super) fn lower_body(&mut self, operation: &'d Node, owner: &str) -> Option<Body> {
        let node = self.resolve(operation.get("requestBody")?);
        let content = node.get("content")?;
        let mut all = self.media(content).into_iter();
        let (media, written) = all.next()?;
        let others = all.map(|it| it.0.key.clone()).collect();
        let schema = media.value.get("schema");
        let mut ty = match (written, schema) {
            (Written::Text, schema) => self.text_body(schema),
            (Written::Bytes, _) => Type::Bytes,
            (_, None) => Type::Any,
            (Written::Json, Some(schema)) => self.lower_whole(schema, &format!("{owner}Body")),
            (_, Some(schema)) => {
                self.refuse_policy(schema);
                self.lower_type(schema, &format!("{owner}Body"))
            }
        };
        let required = node.get("required").and_then(Node::as_bool) == Some(true);
        if let Type::Nullable(inner) = &ty
            && !required
            && self.fields_of(inner).is_some()
        {
            // Its fields are set one by one, and where none is, there is no body.
            self.report.warning(
                &media.value,
                codes::NOT_READ,
                "`null` is not sent as this body, which can be left out instead".to_owned(),
                "make the body required if `null` is to say something else",
            );
            ty = inner.as_ref().clone();
        }
        let fields = self.fields_of(&ty).map(<[_]>::to_vec);
        let content = match (written, fields) {
            (Written::Json, _) => Content::Json,
            (Written::Text, _) => Content::Text,
            (Written::Bytes, _) => Content::Bytes,
            (Written::Form, None) if !matches!(ty, Type::Any | Type::Map(_) | Type::Named(_)) => {
                // A form that is spelt out already.
                ty = self.text_body(schema);
                Content::Text
            }
            (Written::Form, _) => Content::Form(self.spellings(&media.value)),
            (Written::Multipart, Some(fields)) => {
                self.tell_of_parts(&media.value, &ty);
                Content::Multipart(self.parts(&media.value, &fields))
            }
            (Written::Multipart, None) => {
                ty = Type::Bytes;
                Content::Bytes
            }
        };
        Some(Body {
            media_type: written.media_type(&media.key),
            others,
            required,
            description: text(node.get("description")),
            example: self.example(&media.value, schema),
            ty,
            content,
        })
    }

    /// The fields of an object that is made field by field.
    pub(super) fn fields_of(&self, ty: &Type) -> Option<&[Field]> {
        let Type::Named(name) = ty else { return None };
        match &self.schemas.get(name)?.kind {
            SchemaKind::Object { fields, .. } => Some(fields),
            _ => None,
        }
    }

    /// The fields of a form that `encoding` spells in a way of their own.
    fn spellings(&self, media: &'d Node) -> Vec<(String, Spelling)> {
        let entries = media.get("encoding").map(Node::entries).unwrap_or_default();
        let spelt = entries.iter().filter_map(|entry| {
            let word = |key: &str| entry.value.get(key);
            let content_type = word("contentType").and_then(Node::as_str);
            let is_spelled = ["style", "explode", "allowReserved"]
                .iter()
                .any(|key| word(key).is_some());
            // Where the standard's style is given, it says how, not the content type.
            let usual = match content_type.is_some_and(is_json) && !is_spelled {
                true => Style::Json,
                false if is_spelled => Style::Form,
                false => return None,
            };
            Some((entry.key.clone(), spelling(&entry.value, usual)))
        });
        spelt.collect()
    }

    /// Tells of what the parts of a form are not.
    fn tell_of_parts(&mut self, media: &'d Node, ty: &Type) {
        let encoding = media.get("encoding").map(Node::entries);
        for entry in encoding.unwrap_or_default() {
            for key in ["style", "explode", "allowReserved"] {
                if let Some(said) = entry.value.entry(key) {
                    self.report.warning(
                        &said.value,
                        codes::NOT_READ,
                        format!("`{key}` is not read: a part is text, JSON or a file as it is"),
                        "say what it means in the description",
                    );
                }
            }
        }
        let Type::Named(name) = ty else { return };
        let kind = self.schemas.get(name).map(|schema| &schema.kind);
        if matches!(kind, Some(SchemaKind::Object { extra: Some(_), .. })) {
            self.report.warning(
                media,
                codes::NOT_READ,
                "other parts than those that are listed cannot be sent".to_owned(),
                "list them as properties",
            );
        }
    }

    /// What stands in each part of a form.
    fn parts(&self, media: &'d Node, fields: &[Field]) -> Vec<FormPart> {
        let schema = media.get("schema");
        let encoding = media.get("encoding");
        let parts = fields.iter().map(|field| {
            let schema = schema.and_then(|it| self.find_property(it, &field.name, 0));
            let given = encoding
                .and_then(|it| it.get(&field.name)?.get("contentType")?.as_str())
                .map(|it| it.split(',').next().unwrap_or_default().trim().to_owned())
                .filter(|it| !it.contains('*'));
            let is_of_json = given.as_deref().is_some_and(is_json);
            let items = schema.and_then(|it| Layers::of(self, it).get("items"));
            let kind = match &field.ty {
                _ if schema.is_some_and(|it| self.is_bytes(it)) => FormPartKind::File,
                Type::Array(_) if items.is_some_and(|it| self.is_bytes(it)) => FormPartKind::Files,
                _ if is_of_json => FormPartKind::Json,
                // The standard's default for what has no type is `application/octet-stream`.
                Type::Any if schema.is_some_and(|it| self.is_unsaid(it)) => FormPartKind::File,
                Type::Array(_) if items.is_some_and(|it| self.is_unsaid(it)) => FormPartKind::Files,
                Type::Array(item) if self.is_scalar(item) => FormPartKind::Value,
                ty if self.is_scalar(ty) => FormPartKind::Value,
                _ => FormPartKind::Json,
            };
            FormPart {
                name: field.name.clone(),
                kind,
                content_type: given.filter(|it| {
                    kind != FormPartKind::Json || is_json(it) && it != "application/json"
                }),
            }
        });
        parts.collect()
    }

    /// Whether a schema says nothing of its values.
    fn is_unsaid(&self, schema: &'d Node) -> bool {
        const SAID: [&str; 8] = [
            "type",
            "properties",
            "additionalProperties",
            "items",
            "enum",
            "allOf",
            "oneOf",
            "anyOf",
        ];
        let layers = Layers::of(self, schema);
        SAID.iter().all(|key| layers.get(key).is_none())
    }

    /// A property of an object schema, looked for in all of `allOf`.
    fn find_property(&self, schema: &'d Node, name: &str, depth: usize) -> Option<&'d Node> {
        let schema = self.resolve(schema);
        let own = schema.get("properties").and_then(|all| all.get(name));
        let members = schema.get("allOf").map(Node::items).unwrap_or_default();
        let members = members.iter().filter(|_| depth < 8);
        own.or_else(|| {
            members
                .rev()
                .find_map(|it| self.find_property(it, name, depth + 1))
        })
    }

    /// Whether a value of the type is one text.
    pub(super) fn is_scalar(&self, ty: &Type) -> bool {
        match ty {
            Type::String
            | Type::Password
            | Type::Integer { .. }
            | Type::Wide
            | Type::Number { .. }
            | Type::Boolean => true,
            Type::Nullable(inner) => self.is_scalar(inner),
            Type::Named(name) => self
                .schemas
                .get(name)
                .is_some_and(|schema| matches!(schema.kind, SchemaKind::Enum { .. })),
            _ => false,
        }
    }

    pub(super) fn lower_responses(&mut self, operation: &'d Node, owner: &str) -> Vec<Response> {
        let entries = operation
            .get("responses")
            .map(Node::entries)
            .unwrap_or_default();
        let mut names = HeaderNames::default();
        let mut responses: Vec<Response> = entries
            .iter()
            .filter_map(|entry| {
                let status = parse_status(&entry.key)?;
                let node = self.resolve(&entry.value);
                Some(self.lower_response(status, node, owner, &mut names))
            })
            .collect();
        self.unite_headers(
            operation.get("responses").unwrap_or(operation),
            &mut responses,
        );
        responses
    }

    fn lower_response(
        &mut self,
        status: Status,
        node: &'d Node,
        owner: &str,
        names: &mut HeaderNames,
    ) -> Response {
        let headers = self.lower_headers(node, status, names);
        let contents = self.lower_contents(node, &response_hint(owner, status));
        let rule = node.get("x-success-when");
        let several = contents.windows(2).any(|pair| pair[0].ty != pair[1].ty);
        if let (Some(rule), true) = (rule, several) {
            self.report.warning(
                rule,
                codes::MEDIA_TYPES,
                "which success says no is not looked at where the body is one of several"
                    .to_owned(),
                "leave one media type, or take the rule out",
            );
        }
        let success_when = rule.filter(|_| !several).and_then(|rule| {
            let Some(Type::Named(name)) = &contents.first()?.ty else {
                return None;
            };
            let SchemaKind::Object { fields, .. } = &self.schemas.get(name)?.kind else {
                return None;
            };
            let wire = rule.get("field")?.as_str()?;
            let field = fields.iter().find(|field| field.name == wire)?;
            if !self.is_of_words(&field.ty) {
                // `check` tells of it.
                return None;
            }
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
            contents,
        }
    }

    /// The example of a media type, else the first of its examples, else that of its schema.
    pub(super) fn example(
        &self,
        media: &'d Node,
        schema: Option<&'d Node>,
    ) -> Option<serde_json::Value> {
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
